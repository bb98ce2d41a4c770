// SPDX-License-Identifier: Apache-2.0
//
// Goal: the checks accept what their published rules accept and nothing near it.
// Method: examples computed by hand; then every change of one character of a valid number must be
// refused where the rule promises that (Luhn, mod 97). Independent implementations are in
// tests/property/identify_property.c.
#include <criterion/criterion.h>
#include <string.h>

#include "identify/checks.h"

static void to_digits(const char *text, uint8_t *digits) {
    for (size_t i = 0; text[i] != '\0'; i++) {
        digits[i] = (uint8_t)(text[i] - '0');
    }
}

static bool luhn(const char *text) {
    uint8_t digits[32];
    to_digits(text, digits);
    return sl_check_luhn(digits, (uint32_t)strlen(text));
}

static bool vat(const char *text) {
    uint8_t digits[SL_VAT_NUMBER_DIGITS];
    to_digits(text, digits);
    return sl_check_vat_number(digits);
}

Test(checks, luhn_any_one_digit_changed_refuses) {
    char number[] = "4023600123456784";
    cr_assert(luhn(number));
    for (size_t i = 0; number[i] != '\0'; i++) {
        char right = number[i];
        for (char digit = '0'; digit <= '9'; digit++) {
            number[i] = digit;
            cr_expect_eq(luhn(number), digit == right, "digit %zu", i);
        }
        number[i] = right;
    }
}

Test(checks, vat_number_needs_company_office_and_check_digit) {
    cr_expect(vat("01234560157"));
    cr_expect(vat("00000070011"));
    cr_expect_not(vat("01234560158"), "check digit");
    cr_expect_not(vat("00000000000"), "no company");
    cr_expect_not(vat("00000000158"), "no company");
    cr_expect_not(vat("12345671502"), "no office 150");
    cr_expect_not(vat("12345670009"), "no office 0");
}

static bool fiscal(const char *code) {
    return sl_fiscal_code_shaped((const unsigned char *)code) &&
           sl_check_fiscal_code((const unsigned char *)code);
}

Test(checks, fiscal_code_takes_omocodia_and_refuses_what_no_date_or_place_is) {
    cr_expect(fiscal("bncgli84a41f205j"));
    cr_expect(fiscal("rsspla8rm1nf2l5k"), "some digits replaced");
    cr_expect(fiscal("rssmraurmlmhrlma"), "all digits replaced");
    cr_expect(fiscal("abcxyz00r31z404e"), "born abroad");
    cr_expect_not(fiscal("bncgli84a41f205k"), "check letter");
    static const char *const shapeless[] = {
        "bncgl184a41f205j", "bncgli8oa41f205j", "bncgli84f41f205j", "bncgli84a00f205j",
        "bncgli84a32f205j", "bncgli84a40f205j", "bncgli84a72f205j", "bncgli84a41n205j",
        "bncgli84a41f20aj", "bncgli84a41f2051",
    };
    for (size_t i = 0; i < sizeof shapeless / sizeof shapeless[0]; i++) {
        cr_expect_not(sl_fiscal_code_shaped((const unsigned char *)shapeless[i]), "example %zu", i);
    }
}

Test(checks, iban_any_one_character_changed_refuses) {
    unsigned char iban[] = "it91g0306909400100000012345";
    const struct sl_iban_country *italy = sl_iban_country_find(iban);
    cr_assert_not_null(italy);
    cr_assert_eq(sl_iban_chars(italy), 27);
    cr_assert(sl_iban_shaped(italy, iban, 27) && sl_check_iban(iban, 27) &&
              sl_check_iban_cin(iban));
    for (size_t i = 4; i < 27; i++) {
        unsigned char right = iban[i];
        for (unsigned char c = '0'; c <= '9'; c++) {
            iban[i] = c;
            cr_expect_eq(sl_check_iban(iban, 27), c == right, "character %zu", i);
        }
        iban[i] = right;
    }
}

Test(checks, iban_of_every_country_has_a_length_within_the_standard) {
    uint32_t countries = 0;
    for (unsigned char a = 'a'; a <= 'z'; a++) {
        for (unsigned char b = 'a'; b <= 'z'; b++) {
            const unsigned char letters[2] = {a, b};
            const struct sl_iban_country *country = sl_iban_country_find(letters);
            if (country != NULL) {
                countries++;
                cr_expect(memcmp(country->letters, letters, 2) == 0);
                cr_expect(sl_iban_chars(country) >= 15 &&
                              sl_iban_chars(country) <= SL_IBAN_CHARS_MAX,
                          "%s", country->letters);
            }
        }
    }
    cr_expect_eq(countries, 125);
}

Test(checks, iban_shape_wants_letters_and_digits_in_their_places) {
    unsigned char british[] = "gb03nwbk60161331926899";
    const struct sl_iban_country *country = sl_iban_country_find(british);
    cr_expect(sl_iban_shaped(country, british, 22));
    british[5] = '1';
    cr_expect_not(sl_iban_shaped(country, british, 22), "a digit in the bank's letters");
    unsigned char zeros[] = "it91g03o69o94oo1oooooo12345";
    cr_expect(sl_iban_shaped(sl_iban_country_find(zeros), zeros, 27));
    cr_expect(memcmp(zeros, "it91g0306909400", 15) == 0, "the letter o is a zero in the bank");
}

Test(checks, calling_code_is_found_at_any_length) {
    static const struct {
        const char *number;
        uint32_t code, digits;
    } known[] = {{"12125550100", 1, 1},
                 {"393471234567", 39, 2},
                 {"3785491234", 378, 3},
                 {"442071234", 44, 2},
                 {"99891234567", 998, 3}};
    uint8_t digits[16];
    uint32_t code_digits;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        to_digits(known[i].number, digits);
        const struct sl_calling_code *found =
            sl_calling_code_find(digits, (uint32_t)strlen(known[i].number), &code_digits);
        cr_assert_not_null(found, "example %zu", i);
        cr_expect_eq(found->code, known[i].code);
        cr_expect_eq(code_digits, known[i].digits);
    }
    to_digits("0123456789", digits);
    cr_expect_null(sl_calling_code_find(digits, 10, &code_digits));
    to_digits("9991234567", digits);
    cr_expect_null(sl_calling_code_find(digits, 10, &code_digits));
    cr_expect_null(sl_calling_code_find(digits, 2, &code_digits));
}

Test(checks, italian_area_has_two_to_four_digits_or_is_none) {
    static const struct {
        const char *number;
        uint32_t digits;
    } known[] = {{"0612345678", 2}, {"0212345678", 2}, {"0551234567", 3}, {"0811234567", 3},
                 {"0721123456", 4}, {"0574123456", 4}, {"0140123456", 0}, {"0012345678", 0},
                 {"3471234567", 0}, {"0512", 3},       {"051", 0}};
    uint8_t digits[16];
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        to_digits(known[i].number, digits);
        cr_expect_eq(sl_italian_area_digits(digits, (uint32_t)strlen(known[i].number)),
                     known[i].digits, "example %zu", i);
    }
}

Test(checks, italian_service_is_short_or_has_a_known_prefix) {
    static const char *const services[] = {"187",       "800123456", "8001234",   "892424",
                                           "199123456", "848800123", "0878123456"};
    static const char *const persons[] = {"3471234567", "0612345678", "8101234567", "5512345678"};
    uint8_t digits[16];
    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++) {
        to_digits(services[i], digits);
        cr_expect(sl_italian_service(digits, (uint32_t)strlen(services[i])), "service %zu", i);
    }
    for (size_t i = 0; i < sizeof persons / sizeof persons[0]; i++) {
        to_digits(persons[i], digits);
        cr_expect_not(sl_italian_service(digits, (uint32_t)strlen(persons[i])), "person %zu", i);
    }
}
