// SPDX-License-Identifier: Apache-2.0
#include "bench/identifiers.h"

#include <stdbool.h>

#define COUNT(array)        (sizeof(array) / sizeof((array)[0]))
#define PICK(random, array) ((array)[sl_random_below((random), COUNT(array))])

static char digit(struct sl_random *random) {
    return (char)('0' + sl_random_below(random, 10));
}

static void put_digits(struct sl_random *random, struct sl_pen *pen, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        sl_pen_put_char(pen, digit(random));
    }
}

// Italian mobile and fixed numbers.
static void put_phone(struct sl_random *random, struct sl_pen *pen) {
    static const char *const fronts[] = {"", "", "", "+39 ", "0039", "+39"};
    static const char *const fixed[] = {"02", "06", "011", "081"};
    sl_pen_put_string(pen, PICK(random, fronts));
    if (sl_random_below(random, 5) == 0) {
        sl_pen_put_string(pen, PICK(random, fixed));
        put_digits(random, pen, 7);
        return;
    }
    const char *gap = sl_random_below(random, 2) == 0 ? " " : "";
    sl_pen_put_char(pen, '3');
    sl_pen_put_char(pen, (char)('2' + sl_random_below(random, 8)));
    put_digits(random, pen, 1);
    sl_pen_put_string(pen, gap);
    put_digits(random, pen, 3);
    sl_pen_put_string(pen, sl_random_below(random, 2) == 0 ? gap : "");
    put_digits(random, pen, 4);
}

static void put_email(struct sl_random *random, struct sl_pen *pen) {
    static const char *const names[] = {"giulia", "marco", "info", "luca",
                                        "sara",   "tom",   "emma", "davide"};
    static const char *const families[] = {"rossi",   "bianchi", "ferri", "conti",
                                           "gallina", "smith",   "moro",  "serra"};
    static const char *const hosts[] = {"posta.example.com", "example.org", "mail.example.net",
                                        "example.com"};
    sl_pen_put_string(pen, PICK(random, names));
    sl_pen_put_char(pen, "._-"[sl_random_below(random, 3)]);
    sl_pen_put_string(pen, PICK(random, families));
    if (sl_random_below(random, 2) == 0) {
        put_digits(random, pen, 2);
    }
    sl_pen_put_char(pen, '@');
    sl_pen_put_string(pen, PICK(random, hosts));
}

static int value_of(char c) {
    return c >= 'A' ? c - 'A' : c - '0';
}

// The check letter of fiscal codes and, over the bank part, of Italian account numbers: the values
// of odd places go through a table, those of even places count as they are, modulo 26.
static char check_letter(const char *text, size_t len) {
    static const unsigned char odd[26] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                          20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    unsigned sum = 0;
    for (size_t i = 0; i < len; i++) {
        int value = value_of(text[i]);
        sum += i % 2 == 0 ? odd[value] : (unsigned)value;
    }
    return (char)('A' + sum % 26);
}

static void put_fiscal_code(struct sl_random *random, struct sl_pen *pen) {
    static const char consonants[] = "BCDFGLMNPRSTVZ";
    static const char months[] = "ABCDEHLMPRST";
    static const char *const towns[] = {"H501", "F205", "F839", "L219", "G273", "A662", "D612"};
    char *start = pen->at;
    for (int i = 0; i < 6; i++) {
        sl_pen_put_char(pen, consonants[sl_random_below(random, sizeof consonants - 1)]);
    }
    sl_pen_put_number(pen, 40 + sl_random_below(random, 60), 2);
    sl_pen_put_char(pen, months[sl_random_below(random, 12)]);
    sl_pen_put_number(pen, 1 + sl_random_below(random, 28) + 40 * sl_random_below(random, 2), 2);
    sl_pen_put_string(pen, PICK(random, towns));
    sl_pen_put_char(pen, check_letter(start, 15));
    if (sl_random_below(random, 3) == 0) {
        for (char *c = start; c < pen->at; c++) {
            *c = *c >= 'A' ? (char)(*c | 0x20) : *c;
        }
    }
}

// What makes the digits before it and itself sum to a multiple of ten (Luhn).
static char luhn_digit(const char *digits, size_t len) {
    unsigned sum = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned value = (unsigned)(digits[len - 1 - i] - '0');
        value *= i % 2 == 0 ? 2 : 1;
        sum += value > 9 ? value - 9 : value;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

static void put_vat_number(struct sl_random *random, struct sl_pen *pen) {
    char *start = pen->at;
    put_digits(random, pen, 7);
    sl_pen_put_number(pen, 1 + sl_random_below(random, 100), 3);
    sl_pen_put_char(pen, luhn_digit(start, 10));
}

static void put_card(struct sl_random *random, struct sl_pen *pen) {
    char digits[16];
    struct sl_pen plain = {digits, digits + sizeof digits};
    if (sl_random_below(random, 2) == 0) {
        sl_pen_put_char(&plain, '4');
        put_digits(random, &plain, 1);
    } else {
        sl_pen_put_number(&plain, 51 + sl_random_below(random, 5), 2);
    }
    put_digits(random, &plain, 13);
    sl_pen_put_char(&plain, luhn_digit(digits, 15));
    const char *gap = sl_random_below(random, 2) == 0 ? " " : "";
    for (int group = 0; group < 4; group++) {
        sl_pen_put_string(pen, group > 0 ? gap : "");
        sl_pen_put(pen, digits + (size_t)group * 4, 4);
    }
}

// ISO 7064 mod 97-10 over the account part, the country and two zeros, letters as 10 to 35.
static unsigned iban_check(const char *account, size_t len) {
    unsigned remainder = 0;
    for (size_t i = 0; i < len; i++) {
        bool letter = account[i] >= 'A';
        unsigned value = (unsigned)(letter ? account[i] - 'A' + 10 : account[i] - '0');
        remainder = (remainder * (letter ? 100 : 10) + value) % 97;
    }
    static const unsigned char italy_and_zeros[] = {18, 29, 0};
    for (size_t i = 0; i < sizeof italy_and_zeros; i++) {
        remainder = (remainder * 100 + italy_and_zeros[i]) % 97;
    }
    return 98 - remainder;
}

static void put_iban(struct sl_random *random, struct sl_pen *pen) {
    char account[23]; // check letter, bank 5, branch 5, account 12
    struct sl_pen part = {account, account + sizeof account};
    sl_pen_put_char(&part, 'A');
    put_digits(random, &part, 22);
    account[0] = check_letter(account + 1, 22);
    char whole[27];
    struct sl_pen plain = {whole, whole + sizeof whole};
    sl_pen_put_string(&plain, "IT");
    sl_pen_put_number(&plain, iban_check(account, sizeof account), 2);
    sl_pen_put(&plain, account, sizeof account);
    bool grouped = sl_random_below(random, 2) == 0;
    for (size_t i = 0; i < sizeof whole; i++) {
        if (grouped && i > 0 && i % 4 == 0) {
            sl_pen_put_char(pen, ' ');
        }
        sl_pen_put_char(pen, whole[i]);
    }
}

static void put_price(struct sl_random *random, struct sl_pen *pen) {
    sl_pen_put_number(pen, 10 + sl_random_below(random, 60), 0);
    sl_pen_put_string(pen, sl_random_below(random, 2) == 0 ? ",90" : "");
}

static void put_hours(struct sl_random *random, struct sl_pen *pen) {
    sl_pen_put_number(pen, 10 + sl_random_below(random, 90), 0);
}

static void put_day(struct sl_random *random, struct sl_pen *pen) {
    sl_pen_put_number(pen, 10 + sl_random_below(random, 19), 0);
}

static void put_year(struct sl_random *random, struct sl_pen *pen) {
    sl_pen_put_number(pen, 1995 + sl_random_below(random, 31), 0);
}

static void put_clock(struct sl_random *random, struct sl_pen *pen) {
    sl_pen_put_number(pen, 10 + sl_random_below(random, 13), 0);
    sl_pen_put_char(pen, ':');
    sl_pen_put_number(pen, sl_random_below(random, 60), 2);
}

static void put_mention(struct sl_random *random, struct sl_pen *pen) {
    static const char *const handles[] = {"@telco_it", "@TelcoHelp", "@giuli_f", "@marcoferri",
                                          "@retetelco"};
    sl_pen_put_string(pen, PICK(random, handles));
}

sl_identifier_fn sl_identifier_by_name(const char *name, size_t len) {
    static const struct {
        const char *name;
        sl_identifier_fn put;
    } table[] = {
        {"phone", put_phone},
        {"email", put_email},
        {"fiscal_code", put_fiscal_code},
        {"vat_number", put_vat_number},
        {"iban", put_iban},
        {"card", put_card},
        {"price", put_price},
        {"hours", put_hours},
        {"day", put_day},
        {"year", put_year},
        {"clock", put_clock},
        {"mention", put_mention},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        if (strlen(table[i].name) == len && memcmp(table[i].name, name, len) == 0) {
            return table[i].put;
        }
    }
    return NULL;
}
