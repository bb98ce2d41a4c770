// SPDX-License-Identifier: Apache-2.0
//
// tests/support/text_oracle.h - text/fold.h and text/utf8.h once more, written to be read and not
// to be fast: straight from utf8proc's string functions and from lists spelled out as characters.
#ifndef SL_TESTS_SUPPORT_TEXT_ORACLE_H
#define SL_TESTS_SUPPORT_TEXT_ORACLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_ORACLE_TEXT_MAX     4096
#define SL_ORACLE_FOLDING_MAX  64
#define SL_ORACLE_DIGIT_ZEROES 67

// The digit zero of every script that has decimal digits in Unicode 15; one to nine follow each.
extern const uint32_t sl_oracle_digit_zeroes[SL_ORACLE_DIGIT_ZEROES];

// What a code point folds to; returns the bytes.
size_t sl_oracle_fold_code_point(uint32_t code_point, unsigned char *ret_bytes);

// The bytes of the code point or maximal ill-formed part that `text` begins with.
size_t sl_oracle_decode(const unsigned char *text, size_t len, uint32_t *ret_code_point,
                        bool *ret_valid);

// Holds sl_fold, its map, its ranges, its room limits and sl_text_may_identify against the oracle
// and the promises of fold.h. NULL, or what is wrong.
const char *sl_oracle_check_fold(const unsigned char *text, size_t len);

// The same for sl_utf8_valid and sl_utf8_repair.
const char *sl_oracle_check_utf8(const unsigned char *text, size_t len);

#endif
