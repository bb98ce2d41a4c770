// SPDX-License-Identifier: Apache-2.0
#include "bench/digest.h"

#include "base/assert.h"
#include "base/hash.h"

void sl_digest_add(struct sl_digest *digest, const void *piece, size_t len) {
    SL_ASSERT(digest->bytes % SL_DIGEST_PIECE_BYTES == 0 && len <= SL_DIGEST_PIECE_BYTES);
    uint64_t chain[2] = {digest->hash, sl_hash64(piece, len)};
    digest->hash = sl_hash64(chain, sizeof chain);
    digest->bytes += len;
}

struct sl_digest sl_digest_of(struct sl_str stream) {
    struct sl_digest digest = {0};
    while (digest.bytes < stream.len) {
        size_t left = stream.len - digest.bytes;
        sl_digest_add(&digest, stream.data + digest.bytes,
                      left < SL_DIGEST_PIECE_BYTES ? left : SL_DIGEST_PIECE_BYTES);
    }
    return digest;
}
