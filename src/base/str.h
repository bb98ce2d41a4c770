// SPDX-License-Identifier: Apache-2.0
//
// base/str.h - a view of bytes that somebody else owns.
//
// Not terminated, may hold NUL bytes. `data == NULL` means "absent", which differs from empty: an
// absent field leaves as nil, an empty one as "". How long the bytes live is said by whoever hands
// the view out.
#ifndef SL_BASE_STR_H
#define SL_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct sl_str {
    const char *data;
    size_t len;
};

#define SL_STR(literal) ((struct sl_str){(literal), sizeof(literal) - 1})

static inline struct sl_str sl_str_from(const char *terminated) {
    return (struct sl_str){terminated, terminated != NULL ? strlen(terminated) : 0};
}

static inline bool sl_str_equal(struct sl_str a, struct sl_str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

#endif
