// SPDX-License-Identifier: Apache-2.0
#include "support/identifier_checks.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool sl_oracle_luhn(const char *digits) {
    unsigned sum = 0;
    size_t len = strlen(digits);
    for (size_t i = 0; i < len; i++) {
        unsigned value = (unsigned)(digits[i] - '0');
        if ((len - i) % 2 == 0) {
            value = value * 2 / 10 + value * 2 % 10;
        }
        sum += value;
    }
    return sum % 10 == 0;
}

bool sl_oracle_vat_number(const char *digits) {
    char office[4] = {digits[7], digits[8], digits[9], '\0'};
    int number = atoi(office);
    bool given_out = (number > 0 && number < 101) || strcmp(office, "120") == 0 ||
                     strcmp(office, "121") == 0 || strcmp(office, "888") == 0 ||
                     strcmp(office, "999") == 0;
    return strncmp(digits, "0000000", 7) != 0 && given_out && sl_oracle_luhn(digits);
}

bool sl_oracle_iban(const char *iban) {
    char number[128] = "";
    char turned[64];
    snprintf(turned, sizeof turned, "%s%.4s", iban + 4, iban);
    for (const char *c = turned; *c != '\0'; c++) {
        size_t at = strlen(number);
        snprintf(number + at, sizeof number - at, "%d",
                 isdigit((unsigned char)*c) ? *c - '0' : *c - 'A' + 10);
    }
    // Long division, digit by digit.
    int remainder = 0;
    for (const char *c = number; *c != '\0'; c++) {
        remainder = (remainder * 10 + (*c - '0')) % 97;
    }
    return remainder == 1;
}

// The tables of DM 23/12/1976, as printed.
static int odd_value(char c) {
    static const char chars[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const int values[] = {1,  0, 5, 7,  9,  13, 15, 17, 19, 21, 1,  0,
                                 5,  7, 9, 13, 15, 17, 19, 21, 2,  4,  18, 20,
                                 11, 3, 6, 8,  12, 14, 16, 10, 22, 25, 24, 23};
    return values[strchr(chars, c) - chars];
}

char sl_oracle_control_letter(const char *chars, size_t count) {
    int sum = 0;
    for (size_t place = 1; place <= count; place++) {
        char c = chars[place - 1];
        int even_value = isdigit((unsigned char)c) ? c - '0' : c - 'A';
        sum += place % 2 == 1 ? odd_value(c) : even_value;
    }
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[sum % 26];
}

char sl_oracle_fiscal_letter(const char *first_fifteen) {
    return sl_oracle_control_letter(first_fifteen, 15);
}

bool sl_oracle_iban_cin(const char *iban) {
    return iban[4] == sl_oracle_control_letter(iban + 5, 22);
}
