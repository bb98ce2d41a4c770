// SPDX-License-Identifier: Apache-2.0
//
// support/identifiers.h - valid identifiers out of random numbers, and the rules of their check
// characters once more: written from the published rules, to be read and not to be fast, and
// without a line of the engine's.
#ifndef SL_TESTS_SUPPORT_IDENTIFIERS_H
#define SL_TESTS_SUPPORT_IDENTIFIERS_H

#include <sluice/words.h>
#include <stdbool.h>

#include "support/random.h"

#define SL_TEST_IDENTIFIER_MAX 256

// Strings of digits, or of upper-case letters and digits.
bool sl_oracle_luhn(const char *digits);
bool sl_oracle_vat_number(const char *digits);
bool sl_oracle_iban(const char *iban);
bool sl_oracle_iban_cin(const char *iban);
char sl_oracle_fiscal_letter(const char *first_fifteen);

// Writes a valid identifier that needs no cue, as somebody might write it: any case, and any
// separators where this kind has them. The text begins and ends with a character of the identifier.
void sl_random_identifier(struct sl_random *random, enum sl_kind kind, char *ret_text);

// Puts up to `gap_max` separators between characters of `plain`: none, everywhere, or here and
// there.
void sl_random_separate(struct sl_random *random, const char *plain, unsigned gap_max,
                        char *ret_text);

#endif
