// SPDX-License-Identifier: Apache-2.0
//
// base/hash.h - XXH3, the hash of our tables and files (xxHash, https://xxhash.com, stable since
// 0.8.0).
//
// Not cryptographic: never to hide a value (crypto.h).
#ifndef SL_BASE_HASH_H
#define SL_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

#define SL_HASH_HEX_BYTES 32

struct sl_hash128 {
    uint64_t high;
    uint64_t low;
};

uint64_t sl_hash64(const void *data, size_t len);

struct sl_hash128 sl_hash128(const void *data, size_t len);

// Hash of a list of strings in which ("ab","c") and ("a","bc") differ: each part goes in behind its
// length as 8 bytes, little endian. An absent string counts as an empty one.
struct sl_hash128 sl_hash128_parts(const struct sl_str *parts, size_t count);

// 32 lower-case hex digits, most significant first, no terminating NUL.
void sl_hash128_hex(struct sl_hash128 hash, char *ret_hex);

#endif
