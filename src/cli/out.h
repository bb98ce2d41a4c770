// SPDX-License-Identifier: Apache-2.0
//
// cli/out.h - standard output for filters: what is copied unchanged goes out in the largest pieces
// there are.
//
// Bytes that stand one behind the other in memory become one piece, without being copied, until
// something else comes or sl_out_settle is called. Call that before the bytes change. Errors are
// kept: ask once, at the end or when it is time to stop.
#ifndef SL_CLI_OUT_H
#define SL_CLI_OUT_H

#include <stdbool.h>
#include <stddef.h>

#define SL_OUT_BYTES ((size_t)1 << 18)

struct sl_out {
    int fd;
    int problem; // errno of the first write that failed; from then on nothing is written
    const char *pending;
    size_t pending_len;
    size_t used;
    char buffer[SL_OUT_BYTES];
};

// Bytes that stay as they are until the next settle.
void sl_out_put(struct sl_out *out, const char *bytes, size_t len);

// Bytes that may change at once.
void sl_out_copy(struct sl_out *out, const char *bytes, size_t len);

// Takes a copy of what is pending.
void sl_out_settle(struct sl_out *out);

// Writes all there is. False when a write has failed, now or before.
bool sl_out_flush(struct sl_out *out);

#endif
