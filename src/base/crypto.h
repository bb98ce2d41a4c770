// SPDX-License-Identifier: Apache-2.0
//
// base/crypto.h - cryptographic hashes (libsodium, https://libsodium.org).
//
// SHA-256 for checksums that others define by it; the keyed hash to put a name in the place of a
// value. A value of few possibilities, such as a phone number, is hidden by a secret key alone:
// without one, anybody can try them all. For tables and caches there is hash.h, which is faster.
#ifndef SL_BASE_CRYPTO_H
#define SL_BASE_CRYPTO_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SL_SHA256_BYTES         32
#define SL_KEYED_KEY_BYTES      32
#define SL_KEYED_DOMAIN_MAX     16 // characters
#define SL_KEYED_HASH_BYTES_MIN 16
#define SL_KEYED_HASH_BYTES_MAX 64

// Makes libsodium ready. Call before the functions below, as often and from as many threads as you
// like.
int sl_crypto_init(struct sl_error *error);

void sl_sha256(const void *bytes, size_t len, uint8_t ret_hash[SL_SHA256_BYTES]);

// BLAKE2b with a key. One value has unrelated hashes in different domains, and under different
// lengths of hash. `domain` is ASCII, up to SL_KEYED_DOMAIN_MAX characters.
void sl_keyed_hash(const uint8_t key[SL_KEYED_KEY_BYTES], const char *domain, const void *bytes,
                   size_t len, uint8_t *ret_hash, size_t hash_bytes);

#endif
