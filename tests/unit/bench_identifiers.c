// SPDX-License-Identifier: Apache-2.0
//
// Goal: identifiers in generated posts are such that a good masker must find them: their checks
// hold.
// Method: a thousand of each kind, checked here in another way than they were made: the IBAN as one
// long number divided by 97, Luhn from left to right with a table, the fiscal code's letter against
// published values first.
#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "bench/identifiers.h"

#define DRAWS_COUNT 1000

// Draws one, without its separators and in capitals.
static size_t draw(const char *kind, uint64_t index, char *text, size_t room) {
    struct sl_random random = sl_random_of(99, index);
    sl_identifier_fn put = sl_identifier_by_name(kind, strlen(kind));
    cr_assert_not_null(put, "there is no %s", kind);
    struct sl_pen pen = {text, text + room - 1};
    put(&random, &pen);
    size_t len = 0;
    for (char *c = text; c < pen.at; c++) {
        if (*c != ' ') {
            text[len++] = (char)toupper((unsigned char)*c);
        }
    }
    text[len] = '\0';
    return len;
}

static bool luhn_holds(const char *digits, size_t len) {
    static const int doubled[] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    int sum = 0;
    for (size_t i = 0; i < len; i++) {
        int value = digits[i] - '0';
        sum += (len - i) % 2 == 0 ? doubled[value] : value;
    }
    return sum % 10 == 0;
}

Test(bench, identifiers_cards_and_vat_numbers_pass_luhn) {
    char text[64];
    cr_assert(luhn_holds("4111111111111111", 16) && luhn_holds("01333550323", 11));
    for (uint64_t i = 0; i < DRAWS_COUNT; i++) {
        size_t len = draw("card", i, text, sizeof text);
        cr_assert(len == 16 && (text[0] == '4' || text[0] == '5') && luhn_holds(text, len));
        len = draw("vat_number", i, text, sizeof text);
        cr_assert(len == 11 && luhn_holds(text, len));
    }
}

static unsigned iban_remainder(const char *iban) {
    char turned[64], digits[128];
    size_t used = 0;
    snprintf(turned, sizeof turned, "%s%.4s", iban + 4, iban);
    for (const char *c = turned; *c != '\0'; c++) {
        used += (size_t)snprintf(digits + used, sizeof digits - used, "%d",
                                 isdigit((unsigned char)*c) ? *c - '0' : *c - 'A' + 10);
    }
    unsigned remainder = 0;
    for (size_t i = 0; i < used; i++) {
        remainder = (remainder * 10 + (unsigned)(digits[i] - '0')) % 97;
    }
    return remainder;
}

Test(bench, identifiers_ibans_leave_one) {
    char text[64];
    cr_assert_eq(iban_remainder("IT60X0542811101000000123456"), 1);
    for (uint64_t i = 0; i < DRAWS_COUNT; i++) {
        cr_assert_eq(draw("iban", i, text, sizeof text), 27);
        cr_assert_eq(iban_remainder(text), 1, "%s", text);
    }
}

static char fiscal_code_letter(const char *code) {
    static const char characters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const int odd[] = {1,  0,  5, 7, 9,  13, 15, 17, 19, 21, 1,  0,  5,  7,  9,  13, 15, 17,
                              19, 21, 2, 4, 18, 20, 11, 3,  6,  8,  12, 14, 16, 10, 22, 25, 24, 23};
    int sum = 0;
    for (int place = 1; place <= 15; place++) {
        int index = (int)(strchr(characters, code[place - 1]) - characters);
        sum += place % 2 == 1 ? odd[index] : index < 10 ? index : index - 10;
    }
    return (char)('A' + sum % 26);
}

Test(bench, identifiers_fiscal_codes_end_in_their_letter) {
    char text[64];
    cr_assert_eq(fiscal_code_letter("RSSMRA85M01H501"), 'Q');
    for (uint64_t i = 0; i < DRAWS_COUNT; i++) {
        cr_assert_eq(draw("fiscal_code", i, text, sizeof text), 16);
        cr_assert_eq(text[15], fiscal_code_letter(text), "%s", text);
    }
}

Test(bench, identifiers_unknown_name_is_none) {
    cr_assert_null(sl_identifier_by_name("passport", 8));
    cr_assert_null(sl_identifier_by_name("car", 3));
}
