// SPDX-License-Identifier: Apache-2.0
//
// identify/checks.h - what can be proven of a number: check digits, check letters, and what was
// ever given out.
//
// Pure functions and constant tables; nothing here knows of texts. Digits are values 0..9, letters
// are lower-case ASCII, as the folded view has them. How often a random string of the right shape
// passes: Luhn 10 %, partita IVA with its office 1 %, codice fiscale 3.8 %, mod 97 1 %, CIN 3.8 %.
#ifndef SL_ENGINE_CHECKS_H
#define SL_ENGINE_CHECKS_H

#include <stdbool.h>
#include <stdint.h>

#define SL_FISCAL_CODE_CHARS  16
#define SL_VAT_NUMBER_DIGITS  11
#define SL_IBAN_CHARS_MAX     34
#define SL_ITALIAN_FIXED_MIN  6
#define SL_ITALIAN_FIXED_MAX  11
#define SL_ITALIAN_MOBILE     10
#define SL_ITALIAN_MOBILE_OLD 9 // numbers of the nineties are one digit shorter
#define SL_ITALIAN_CALLING    39
#define SL_ITALIAN_VOICEMAIL  12
#define SL_E164_DIGITS_MIN    7

// ISO/IEC 7812-1 annex B: cards, IMEI, ICCID, and inside partita IVA.
bool sl_check_luhn(const uint8_t *digits, uint32_t count);

// Seven digits of the company (not all zero), three of the office that gave it out (001–100, 120,
// 121, 888, 999), and a Luhn digit.
bool sl_check_vat_number(const uint8_t digits[SL_VAT_NUMBER_DIGITS]);

// Sixteen characters as DM 23/12/1976 wants them: letters and digits in their places, a month
// letter, a day of 01–31 or 41–71, a place. Digits may be replaced by l m n p q r s t u v
// (omocodia). The check letter is left to the next function.
bool sl_fiscal_code_shaped(const unsigned char *code);

// The sixteenth character is the one that the first fifteen ask for.
bool sl_check_fiscal_code(const unsigned char *code);

struct sl_iban_country {
    char letters[3];
    char bban[10]; // what follows the two check digits: "a1n10c12" is 1 letter, 10 digits, 12 of
                   // either
};

// Every country of the SWIFT registry and those that use the form without being in it. NULL: none.
const struct sl_iban_country *sl_iban_country_find(const unsigned char *letters);

// Characters of a whole IBAN of this country.
uint32_t sl_iban_chars(const struct sl_iban_country *country);

// True when the first `count` characters of an IBAN, four at least, are built as the country wants
// them. The letter o where only a digit can stand is taken for a zero and replaced by one.
bool sl_iban_shaped(const struct sl_iban_country *country, unsigned char *iban, uint32_t count);

// ISO 7064 mod 97-10 over the whole IBAN.
bool sl_check_iban(const unsigned char *iban, uint32_t chars);

// Italy's and San Marino's own check letter (CIN) over ABI, CAB and account.
bool sl_check_iban_cin(const unsigned char *iban);

struct sl_calling_code {
    uint16_t code;
    uint8_t digits_min, digits_max; // of the number behind it
};

// The country calling code these digits begin with, NULL when none is given out. *ret_digits is
// the length of the code, 1 to 3.
const struct sl_calling_code *sl_calling_code_find(const uint8_t *digits, uint32_t count,
                                                   uint32_t *ret_digits);

// Length of the Italian area code (2 to 4, with its 0) these digits begin with; 0: none is given
// out.
uint32_t sl_italian_area_digits(const uint8_t *digits, uint32_t count);

// An Italian number without country code that belongs to a service and not to a person: toll-free,
// shared-cost and premium numbers (800, 84x, 89x, 199, 0878 …).
bool sl_italian_service(const uint8_t *digits, uint32_t count);

#endif
