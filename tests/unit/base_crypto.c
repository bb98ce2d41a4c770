// SPDX-License-Identifier: Apache-2.0
//
// Goal: the hashes are the ones their names promise, and a keyed hash depends on its key, its
// domain, its length and every byte of the value.
// Method: the examples of FIPS 180-4, an example of keyed BLAKE2b made with Python's hashlib, and
// pairs that differ in one thing only.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"

static const uint8_t key[SL_KEYED_KEY_BYTES] = {1, 2, 3, 4, 5};

static void init(void) {
    struct sl_error error;
    cr_assert_eq(sl_crypto_init(&error), SL_OK);
}

TestSuite(base_crypto, .init = init);

static void expect_hex(const uint8_t *bytes, size_t count, const char *expected) {
    char hex[2 * SL_KEYED_HASH_BYTES_MAX + 1];
    for (size_t i = 0; i < count; i++) {
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    }
    cr_expect_str_eq(hex, expected);
}

Test(base_crypto, sha256_of_the_standards_examples) {
    uint8_t hash[SL_SHA256_BYTES];
    sl_sha256("abc", 3, hash);
    expect_hex(hash, sizeof hash,
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sl_sha256("", 0, hash);
    expect_hex(hash, sizeof hash,
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

Test(base_crypto, keyed_hash_is_personal_blake2b) {
    uint8_t hash[SL_KEYED_HASH_BYTES_MIN];
    sl_keyed_hash(key, "phone", "example", 7, hash, sizeof hash);
    expect_hex(hash, sizeof hash, "a514245096e5eda33a7df908696fe6be");
}

Test(base_crypto, keyed_hash_depends_on_all_it_is_given) {
    static const uint8_t other_key[SL_KEYED_KEY_BYTES] = {1, 2, 3, 4, 6};
    uint8_t hash[SL_KEYED_HASH_BYTES_MAX], other[SL_KEYED_HASH_BYTES_MAX];
    sl_keyed_hash(key, "phone", "example", 7, hash, 32);
    sl_keyed_hash(key, "phone", "example", 7, other, 32);
    cr_expect_arr_eq(hash, other, 32);
    sl_keyed_hash(other_key, "phone", "example", 7, other, 32);
    cr_expect_arr_neq(hash, other, 32);
    sl_keyed_hash(key, "iban", "example", 7, other, 32);
    cr_expect_arr_neq(hash, other, 32);
    sl_keyed_hash(key, "phone", "exampld", 7, other, 32);
    cr_expect_arr_neq(hash, other, 32);
    sl_keyed_hash(key, "phone", "example", 7, other, 33);
    cr_expect_arr_neq(hash, other, 32);
}
