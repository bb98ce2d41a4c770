// SPDX-License-Identifier: Apache-2.0
#include "support/identifiers.h"

#include <ctype.h>
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

static char control_letter(const char *chars, size_t count) {
    int sum = 0;
    for (size_t place = 1; place <= count; place++) {
        char c = chars[place - 1];
        int even_value = isdigit((unsigned char)c) ? c - '0' : c - 'A';
        sum += place % 2 == 1 ? odd_value(c) : even_value;
    }
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[sum % 26];
}

char sl_oracle_fiscal_letter(const char *first_fifteen) {
    return control_letter(first_fifteen, 15);
}

bool sl_oracle_iban_cin(const char *iban) {
    return iban[4] == control_letter(iban + 5, 22);
}

static char digit(struct sl_random *random) {
    return (char)('0' + sl_random_below(random, 10));
}

static char letter(struct sl_random *random) {
    return (char)('A' + sl_random_below(random, 26));
}

static void put_digits(struct sl_random *random, char *text, size_t count) {
    for (size_t i = 0; i < count; i++) {
        text[i] = digit(random);
    }
    text[count] = '\0';
}

// Turns the last digit into the one that makes the rule true.
static void settle(char *digits, bool (*rule)(const char *)) {
    char *last = digits + strlen(digits) - 1;
    for (*last = '0'; *last < '9' && !rule(digits); (*last)++) {
    }
}

static void random_fiscal_code(struct sl_random *random, char *code) {
    static const char omocodia[] = "LMNPQRSTUV";
    static const int places[] = {14, 13, 12, 10, 9, 7};
    for (int i = 0; i < 6; i++) {
        code[i] = letter(random);
    }
    unsigned day = 1 + (unsigned)sl_random_below(random, 31) + 40 * (random->state & 1);
    snprintf(code + 6, 11, "%02u%c%02u%c%03u", (unsigned)sl_random_below(random, 100),
             "ABCDEHLMPRST"[sl_random_below(random, 12)], day,
             "ABCDEFGHIJKLMZ"[sl_random_below(random, 14)],
             (unsigned)sl_random_below(random, 1000));
    for (uint64_t i = 0, replaced = sl_random_below(random, 24); i < replaced && i < 6; i++) {
        code[places[i]] = omocodia[code[places[i]] - '0'];
    }
    code[15] = sl_oracle_fiscal_letter(code);
    code[16] = '\0';
}

static void random_vat_number(struct sl_random *random, char *digits) {
    static const char *const offices[] = {"001", "015", "100", "120", "121", "888", "999"};
    put_digits(random, digits, 7);
    digits[0] = '1';
    snprintf(digits + 7, 5, "%s0", offices[sl_random_below(random, 7)]);
    settle(digits, sl_oracle_luhn);
}

static void random_iban(struct sl_random *random, char *iban) {
    static const char *const structures[] = {
        "ITannnnnnnnnncccccccccccc",     "SMannnnnnnnnncccccccccccc", "DEnnnnnnnnnnnnnnnnnn",
        "FRnnnnnnnnnncccccccccccnn",     "GBaaaannnnnnnnnnnnnn",      "NOnnnnnnnnnnn",
        "MTaaaannnnncccccccccccccccccc", "ESnnnnnnnnnnnnnnnnnnnn",    "ROaaaacccccccccccccccc",
        "CHnnnnncccccccccccc",
    };
    const char *structure = structures[sl_random_below(random, 10)];
    snprintf(iban, SL_TEST_IDENTIFIER_MAX, "%.2s00", structure);
    char *end = iban + 4;
    for (const char *part = structure + 2; *part != '\0'; part++) {
        bool number = *part == 'n' || (*part == 'c' && sl_random_below(random, 4) > 0);
        *end++ = number ? digit(random) : letter(random);
    }
    *end = '\0';
    if (structure[2] == 'a' && structure[3] == 'n') {
        iban[4] = control_letter(iban + 5, 22);
    }
    for (int check = 2; check < 99 && !sl_oracle_iban(iban); check++) {
        iban[2] = (char)('0' + check / 10);
        iban[3] = (char)('0' + check % 10);
    }
}

// Digits in groups of these sizes with a separator between; a 0 ends them.
static void join_groups(struct sl_random *random, const char *digits, const char *sizes,
                        char *text) {
    static const char *const separators[] = {"",    " ", "-", ".",      "/",
                                             " - ", "_", "*", "\u00a0", "|"};
    const char *separator = separators[sl_random_below(random, 10)];
    for (text[0] = '\0'; *sizes != '\0'; sizes++) {
        size_t size = (size_t)(*sizes - '0');
        strncat(text, digits, size);
        digits += size;
        if (sizes[1] != '\0') {
            strcat(text, separator);
        }
    }
}

static void random_card(struct sl_random *random, char *text) {
    static const struct {
        const char *prefix, *sizes;
        size_t digits;
    } cards[] = {
        {"4", "4444", 16},    {"51", "4444", 16},   {"2720", "4444", 16},
        {"37", "465", 15},    {"3600", "464", 14},  {"6011", "4444", 16},
        {"5018", "4444", 16}, {"3589", "4444", 16}, {"6212", "4444", 16},
    };
    size_t which = sl_random_below(random, sizeof cards / sizeof cards[0]);
    char digits[32];
    put_digits(random, digits, cards[which].digits);
    memcpy(digits, cards[which].prefix, strlen(cards[which].prefix));
    settle(digits, sl_oracle_luhn);
    join_groups(random, digits, cards[which].sizes, text);
}

static void random_phone(struct sl_random *random, char *text) {
    static const char *const mobiles[] = {"37", "334", "3223", "343", "3322", "32221", "46", "55"};
    static const char *const prefixes[] = {"", "+39", "+39 ", "0039 ", "(+39) "};
    static const char *const fixed[] = {"06", "02", "011", "055", "081", "0574", "0721"};
    char digits[32], number[64];
    put_digits(random, digits, 10);
    if (sl_random_below(random, 3) > 0) {
        digits[0] = '3';
        digits[1] = (char)('2' + sl_random_below(random, 8));
        join_groups(random, digits, mobiles[sl_random_below(random, 8)], number);
        snprintf(text, SL_TEST_IDENTIFIER_MAX, "%s%s", prefixes[sl_random_below(random, 5)],
                 number);
    } else {
        const char *area = fixed[sl_random_below(random, 7)];
        digits[0] = '1';
        snprintf(text, SL_TEST_IDENTIFIER_MAX, "%s%s%.*s", area,
                 (const char *[]){"", " ", "/", "-"}[sl_random_below(random, 4)],
                 (int)(10 - strlen(area)), digits);
    }
}

static void random_email(struct sl_random *random, char *text) {
    static const char *const ends[] = {"it", "com", "co.uk", "pec.it", "net", "museum"};
    char local[16] = "";
    size_t len = 1 + sl_random_below(random, 12);
    for (size_t i = 0; i < len; i++) {
        bool sign = i > 0 && i + 1 < len && sl_random_below(random, 5) == 0;
        local[i] = sign ? "._-+"[sl_random_below(random, 4)] : letter(random);
    }
    snprintf(text, SL_TEST_IDENTIFIER_MAX, "%s@%c%c%u.%s", local, letter(random), letter(random),
             (unsigned)sl_random_below(random, 1000), ends[sl_random_below(random, 6)]);
}

void sl_random_separate(struct sl_random *random, const char *plain, unsigned gap_max,
                        char *ret_text) {
    // The last two are more than one separator once folded, or no separator at its ends.
    static const char *const separators[] = {" ", ".", "-", "/", "_",  "*",      "|", ",",
                                             "'", ":", "~", "+", "\\", "\u2022", "…", "\n"};
    uint64_t often = sl_random_below(random, 3);
    for (ret_text[0] = '\0'; *plain != '\0'; plain++) {
        strncat(ret_text, plain, 1);
        bool gap =
            plain[1] != '\0' && often > 0 && sl_random_below(random, often == 1 ? 4 : 1) == 0;
        for (uint64_t i = gap ? 1 + sl_random_below(random, gap_max) : 0; i > 0; i--) {
            strcat(ret_text, separators[sl_random_below(random, gap_max > 1 ? 14 : 16)]);
        }
    }
}

static void random_case(struct sl_random *random, char *text) {
    uint64_t way = sl_random_below(random, 3);
    for (; *text != '\0'; text++) {
        if (way == 1 || (way == 2 && sl_random_below(random, 2) == 0)) {
            *text = (char)tolower((unsigned char)*text);
        }
    }
}

void sl_random_identifier(struct sl_random *random, enum sl_kind kind, char *ret_text) {
    char plain[64];
    switch (kind) {
    case SL_KIND_IBAN:
        random_iban(random, plain);
        sl_random_separate(random, plain, 3, ret_text);
        break;
    case SL_KIND_FISCAL_CODE:
        random_fiscal_code(random, plain);
        sl_random_separate(random, plain, 3, ret_text);
        break;
    case SL_KIND_VAT_NUMBER:
        random_vat_number(random, plain + 2);
        memcpy(plain, "IT", 2);
        sl_random_separate(random, plain + 2, 1, ret_text + 2);
        memcpy(ret_text, "IT", 2);
        break;
    case SL_KIND_CARD:
        random_card(random, ret_text);
        break;
    case SL_KIND_EMAIL:
        random_email(random, ret_text);
        break;
    default:
        random_phone(random, ret_text);
    }
    random_case(random, ret_text);
}
