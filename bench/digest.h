// SPDX-License-Identifier: Apache-2.0
//
// bench/digest.h - one hash of a long stream, taken piece by piece: what shows that two runs wrote
// the same bytes.
//
// Pieces of SL_DIGEST_PIECE_BYTES (the last one may be shorter) are hashed with XXH3, and each hash
// is folded into the one of the stream, so it does not matter who held how much in memory.
#ifndef SL_BENCH_DIGEST_H
#define SL_BENCH_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define SL_DIGEST_PIECE_BYTES (1u << 20)

struct sl_digest {
    uint64_t hash;
    uint64_t bytes;
};

// Adds the next piece: exactly SL_DIGEST_PIECE_BYTES, or fewer if it is the last.
void sl_digest_add(struct sl_digest *digest, const void *piece, size_t len);

// Of a stream that is in memory as a whole.
struct sl_digest sl_digest_of(struct sl_str stream);

#endif
