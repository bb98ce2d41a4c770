// SPDX-License-Identifier: Apache-2.0
//
// text/utf8.h - validity of UTF-8, and its repair.
#ifndef SL_TEXT_UTF8_H
#define SL_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_UTF8_REPLACEMENT   0xFFFDu
#define SL_UTF8_REPAIR_GROWTH 3 // one bad byte becomes the three of U+FFFD

// Decodes the code point at `text` (len ≥ 1). Returns its bytes (1–4) and the code point; for an
// ill-formed sequence the length of its maximal subpart (1–3) and *ret_valid = false, with U+FFFD.
size_t sl_utf8_decode(const unsigned char *text, size_t len, uint32_t *ret_code_point,
                      bool *ret_valid);

// Writes `code_point` (a Unicode scalar value) as UTF-8; returns 1–4.
size_t sl_utf8_encode(uint32_t code_point, unsigned char *ret_bytes);

bool sl_utf8_valid(const char *text, size_t len);

// Copies text with every maximal ill-formed part replaced by U+FFFD. `out` has room for
// len * SL_UTF8_REPAIR_GROWTH. Returns the bytes written.
size_t sl_utf8_repair(const char *text, size_t len, char *out);

#endif
