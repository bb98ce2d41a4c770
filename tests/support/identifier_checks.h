// SPDX-License-Identifier: Apache-2.0
//
// support/identifier_checks.h - the rules of the check characters once more: written from the
// published rules, to be read and not to be fast, and without a line of the engine's.
#ifndef SL_TESTS_SUPPORT_IDENTIFIER_CHECKS_H
#define SL_TESTS_SUPPORT_IDENTIFIER_CHECKS_H

#include <stdbool.h>
#include <stddef.h>

// Strings of digits, or of upper-case letters and digits.
bool sl_oracle_luhn(const char *digits);
bool sl_oracle_vat_number(const char *digits);
bool sl_oracle_iban(const char *iban);
bool sl_oracle_iban_cin(const char *iban);
char sl_oracle_fiscal_letter(const char *first_fifteen);

// The letter that the Italian rule for codici fiscali and bank accounts gives `count` characters.
char sl_oracle_control_letter(const char *chars, size_t count);

#endif
