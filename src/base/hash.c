// SPDX-License-Identifier: Apache-2.0
#include "base/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t sl_hash64(const void *data, size_t len) {
    return XXH3_64bits(data, len);
}

struct sl_hash128 sl_hash128(const void *data, size_t len) {
    XXH128_hash_t hash = XXH3_128bits(data, len);
    return (struct sl_hash128){.high = hash.high64, .low = hash.low64};
}

// Most keys are short: they are joined on the stack and hashed at once, which is several times
// cheaper than the streaming state; both give the same hash.
#define JOIN_BYTES 512

static void put_length(unsigned char *at, size_t len) {
    for (int i = 0; i < 8; i++) {
        at[i] = (unsigned char)((uint64_t)len >> (8 * i));
    }
}

struct sl_hash128 sl_hash128_parts(const struct sl_str *parts, size_t count) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        total += 8 + parts[i].len;
    }
    if (total <= JOIN_BYTES) {
        unsigned char joined[JOIN_BYTES], *at = joined;
        for (size_t i = 0; i < count; i++) {
            put_length(at, parts[i].len);
            if (parts[i].len > 0) {
                memcpy(at + 8, parts[i].data, parts[i].len);
            }
            at += 8 + parts[i].len;
        }
        return sl_hash128(joined, total);
    }
    XXH3_state_t state;
    XXH3_128bits_reset(&state);
    for (size_t i = 0; i < count; i++) {
        unsigned char length[8];
        put_length(length, parts[i].len);
        XXH3_128bits_update(&state, length, sizeof length);
        if (parts[i].len > 0) {
            XXH3_128bits_update(&state, parts[i].data, parts[i].len);
        }
    }
    XXH128_hash_t hash = XXH3_128bits_digest(&state);
    return (struct sl_hash128){.high = hash.high64, .low = hash.low64};
}

void sl_hash128_hex(struct sl_hash128 hash, char *ret_hex) {
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++) {
        ret_hex[i] = digits[hash.high >> (60 - 4 * i) & 15];
        ret_hex[16 + i] = digits[hash.low >> (60 - 4 * i) & 15];
    }
}
