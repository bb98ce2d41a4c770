// SPDX-License-Identifier: Apache-2.0
#include "base/crypto.h"

#include <sodium.h>
#include <string.h>

#include "base/assert.h"

_Static_assert(SL_SHA256_BYTES == crypto_hash_sha256_BYTES, "as libsodium has it");
_Static_assert(SL_KEYED_KEY_BYTES == crypto_generichash_blake2b_KEYBYTES, "as libsodium has it");
_Static_assert(SL_KEYED_DOMAIN_MAX == crypto_generichash_blake2b_PERSONALBYTES,
               "as libsodium has it");

int sl_crypto_init(struct sl_error *error) {
    return sodium_init() < 0 ? sl_error_set(error, "libsodium cannot start on this machine")
                             : SL_OK;
}

void sl_sha256(const void *bytes, size_t len, uint8_t ret_hash[SL_SHA256_BYTES]) {
    crypto_hash_sha256(ret_hash, bytes, len);
}

void sl_keyed_hash(const uint8_t key[SL_KEYED_KEY_BYTES], const char *domain, const void *bytes,
                   size_t len, uint8_t *ret_hash, size_t hash_bytes) {
    uint8_t personal[SL_KEYED_DOMAIN_MAX] = {0};
    size_t domain_len = strlen(domain);
    SL_ASSERT(domain_len <= sizeof personal);
    SL_ASSERT(hash_bytes >= SL_KEYED_HASH_BYTES_MIN && hash_bytes <= SL_KEYED_HASH_BYTES_MAX);
    memcpy(personal, domain, domain_len);
    int status = crypto_generichash_blake2b_salt_personal(ret_hash, hash_bytes, bytes, len, key,
                                                          SL_KEYED_KEY_BYTES, NULL, personal);
    SL_ASSERT(status == 0);
}
