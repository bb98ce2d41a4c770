// SPDX-License-Identifier: Apache-2.0
#include "identify/checks.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(unsigned char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(unsigned char c) {
    return c >= 'a' && c <= 'z';
}

bool sl_check_luhn(const uint8_t *digits, uint32_t count) {
    static const uint8_t doubled[10] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t digit = digits[count - 1 - i];
        sum += (i & 1) != 0 ? doubled[digit] : digit;
    }
    return sum % 10 == 0;
}

bool sl_check_vat_number(const uint8_t digits[SL_VAT_NUMBER_DIGITS]) {
    uint32_t company = 0;
    for (uint32_t i = 0; i < 7; i++) {
        company = company * 10 + digits[i];
    }
    uint32_t office = digits[7] * 100u + digits[8] * 10u + digits[9];
    bool given_out = (office >= 1 && office <= 100) || office == 120 || office == 121 ||
                     office == 888 || office == 999;
    return company != 0 && given_out && sl_check_luhn(digits, SL_VAT_NUMBER_DIGITS);
}

#define LETTER(c) (1u << ((c) - 'a'))

static const uint32_t month_letters = LETTER('a') | LETTER('b') | LETTER('c') | LETTER('d') |
                                      LETTER('e') | LETTER('h') | LETTER('l') | LETTER('m') |
                                      LETTER('p') | LETTER('r') | LETTER('s') | LETTER('t');

static bool is_month_letter(unsigned char c) {
    return is_letter(c) && (month_letters >> (c - 'a') & 1) != 0;
}

// The digit a character of a codice fiscale stands for, -1 for none.
static int fiscal_digit(unsigned char c) {
    static const int8_t omocodia[26] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0,  1,
                                        2,  -1, 3,  4,  5,  6,  7,  8,  9,  -1, -1, -1, -1};
    return is_digit(c) ? c - '0' : is_letter(c) ? omocodia[c - 'a'] : -1;
}

bool sl_fiscal_code_shaped(const unsigned char *code) {
    // What chance makes least often comes first.
    if (!is_month_letter(code[8])) {
        return false;
    }
    static const uint8_t digit_places[] = {9, 10, 6, 7, 12, 13, 14};
    for (uint32_t i = 0; i < sizeof digit_places; i++) {
        if (fiscal_digit(code[digit_places[i]]) < 0) {
            return false;
        }
    }
    for (uint32_t i = 0; i < 6; i++) {
        if (!is_letter(code[i])) {
            return false;
        }
    }
    int day = fiscal_digit(code[9]) * 10 + fiscal_digit(code[10]);
    bool born = (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
    bool place = (code[11] >= 'a' && code[11] <= 'm') || code[11] == 'z';
    return born && place && is_letter(code[15]);
}

// Weight of a character in an odd place (first, third …) of a codice fiscale and of the CIN; in an
// even place a digit weighs its value and a letter its place in the alphabet.
static uint32_t odd_weight(unsigned char c) {
    static const uint8_t weights[26] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                        20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    return weights[is_digit(c) ? c - '0' : c - 'a'];
}

static unsigned char check_letter(const unsigned char *chars, uint32_t count) {
    uint32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        unsigned char c = chars[i];
        sum += (i & 1) == 0 ? odd_weight(c) : (uint32_t)(is_digit(c) ? c - '0' : c - 'a');
    }
    return (unsigned char)('a' + sum % 26);
}

bool sl_check_fiscal_code(const unsigned char *code) {
    return code[15] == check_letter(code, 15);
}

// ISO 13616 registry and the countries that use the form on their own, by letters. The structures
// are merged: neighbours of one class are one.
static const struct sl_iban_country iban_countries[] = {
    {"aa", "c12"},      {"ad", "n8c12"},    {"ae", "n19"},      {"al", "n8c16"},
    {"ao", "n21"},      {"at", "n16"},      {"ax", "n14"},      {"az", "a4c20"},
    {"ba", "n16"},      {"be", "n12"},      {"bf", "n23"},      {"bg", "a4n6c8"},
    {"bh", "a4c14"},    {"bi", "n12"},      {"bj", "a1n23"},    {"bl", "n10c11n2"},
    {"br", "n23a1c1"},  {"by", "c4n4c16"},  {"cf", "n23"},      {"cg", "n23"},
    {"ch", "n5c12"},    {"ci", "a1n23"},    {"cm", "n23"},      {"cr", "n18"},
    {"cv", "n21"},      {"cy", "n8c16"},    {"cz", "n20"},      {"de", "n18"},
    {"dj", "n23"},      {"dk", "n14"},      {"do", "c4n20"},    {"dz", "n20"},
    {"ee", "n16"},      {"eg", "n25"},      {"es", "n20"},      {"fi", "n14"},
    {"fk", "a2n12"},    {"fo", "n14"},      {"fr", "n10c11n2"}, {"ga", "n23"},
    {"gb", "a4n14"},    {"ge", "a2n16"},    {"gf", "n10c11n2"}, {"gi", "a4c15"},
    {"gl", "n14"},      {"gp", "n10c11n2"}, {"gq", "n23"},      {"gr", "n7c16"},
    {"gt", "c24"},      {"gw", "c2n19"},    {"hn", "a4n20"},    {"hr", "n17"},
    {"hu", "n24"},      {"ie", "a4n14"},    {"il", "n19"},      {"iq", "a4n15"},
    {"ir", "n22"},      {"is", "n22"},      {"it", "a1n10c12"}, {"jo", "a4n4c18"},
    {"km", "n23"},      {"kw", "a4c22"},    {"kz", "n3c13"},    {"lb", "n4c20"},
    {"lc", "a4c24"},    {"li", "n5c12"},    {"lt", "n16"},      {"lu", "n3c13"},
    {"lv", "a4c13"},    {"ly", "n21"},      {"ma", "n24"},      {"mc", "n10c11n2"},
    {"md", "c20"},      {"me", "n18"},      {"mf", "n10c11n2"}, {"mg", "n23"},
    {"mk", "n3c10n2"},  {"ml", "a1n23"},    {"mn", "n16"},      {"mq", "n10c11n2"},
    {"mr", "n23"},      {"mt", "a4n5c18"},  {"mu", "a4n19a3"},  {"mz", "n21"},
    {"nc", "n10c11n2"}, {"ne", "a2n22"},    {"ni", "a4n24"},    {"nl", "a4n10"},
    {"no", "n11"},      {"om", "n3c16"},    {"pf", "n10c11n2"}, {"pk", "a4c16"},
    {"pl", "n24"},      {"pm", "n10c11n2"}, {"ps", "a4c21"},    {"pt", "n21"},
    {"qa", "a4n4c17"},  {"re", "n10c11n2"}, {"ro", "a4c16"},    {"rs", "n18"},
    {"ru", "n14c15"},   {"sa", "n2c18"},    {"sc", "a4n20a3"},  {"sd", "n14"},
    {"se", "n20"},      {"si", "n15"},      {"sk", "n20"},      {"sm", "a1n10c12"},
    {"sn", "a1n23"},    {"so", "n19"},      {"st", "n21"},      {"sv", "a4n20"},
    {"td", "n23"},      {"tf", "n10c11n2"}, {"tg", "a2n22"},    {"tl", "n19"},
    {"tn", "n20"},      {"tr", "n6c16"},    {"ua", "n6c19"},    {"va", "n18"},
    {"vg", "a4n16"},    {"wf", "n10c11n2"}, {"xk", "n16"},      {"ye", "a4n4c18"},
    {"yt", "n10c11n2"}};

// By the first letter: the first row of iban_countries, and a bit for each second letter that has a
// row.
static const struct {
    uint8_t row;
    uint32_t seconds;
} iban_letters[26] = {{0, 0x2884819},   {8, 0x1020bf1},   {18, 0x32211e0},  {27, 0x2004610},
                      {32, 0x0040050},  {35, 0x0024500},  {39, 0x04b8933},  {50, 0x0122000},
                      {53, 0x00f0810},  {59, 0x0004000},  {60, 0x2401000},  {63, 0x1380106},
                      {70, 0x21b2c7d},  {84, 0x0004914},  {89, 0x0001000},  {90, 0x00c1c20},
                      {96, 0x0000001},  {97, 0x0144010},  {101, 0x028751d}, {112, 0x0022868},
                      {118, 0x0000001}, {119, 0x0000041}, {121, 0x0000020}, {122, 0x0000400},
                      {123, 0x0080010}, {125, 0x0000000}};

const struct sl_iban_country *sl_iban_country_find(const unsigned char *letters) {
    if (!is_letter(letters[0]) || !is_letter(letters[1])) {
        return NULL;
    }
    uint32_t seconds = iban_letters[letters[0] - 'a'].seconds;
    uint32_t bit = 1u << (letters[1] - 'a');
    uint32_t before = (uint32_t)__builtin_popcount(seconds & (bit - 1));
    return (seconds & bit) != 0 ? &iban_countries[iban_letters[letters[0] - 'a'].row + before]
                                : NULL;
}

// Reads "n10" at *bban: the class, with *ret_count characters of it. 0 at the end.
static char next_part(const char **bban, uint32_t *ret_count) {
    char class = **bban;
    if (class == '\0') {
        return '\0';
    }
    uint32_t count = 0;
    for ((*bban)++; is_digit((unsigned char)**bban); (*bban)++) {
        count = count * 10 + (uint32_t)(**bban - '0');
    }
    *ret_count = count;
    return class;
}

uint32_t sl_iban_chars(const struct sl_iban_country *country) {
    uint32_t chars = 4;
    uint32_t count;
    for (const char *bban = country->bban; next_part(&bban, &count) != '\0';) {
        chars += count;
    }
    return chars;
}

static bool iban_part_shaped(char class, unsigned char *chars, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (class == 'n' && chars[i] == 'o') {
            chars[i] = '0';
        }
        bool fits = (class != 'a' && is_digit(chars[i])) || (class != 'n' && is_letter(chars[i]));
        if (!fits) {
            return false;
        }
    }
    return true;
}

bool sl_iban_shaped(const struct sl_iban_country *country, unsigned char *iban, uint32_t count) {
    uint32_t at = 4;
    uint32_t part;
    const char *bban = country->bban;
    if (memcmp(country->letters, iban, 2) != 0 || !iban_part_shaped('n', iban + 2, 2)) {
        return false;
    }
    for (char class; at < count && (class = next_part(&bban, &part)) != '\0'; at += part) {
        if (!iban_part_shaped(class, iban + at, part < count - at ? part : count - at)) {
            return false;
        }
    }
    return true;
}

bool sl_check_iban(const unsigned char *iban, uint32_t chars) {
    uint32_t remainder = 0;
    for (uint32_t i = 0; i < chars; i++) {
        unsigned char c = iban[(i + 4) % chars];
        remainder = is_digit(c) ? remainder * 10 + (uint32_t)(c - '0')
                                : remainder * 100 + (uint32_t)(c - 'a' + 10);
        remainder %= 97;
    }
    return remainder == 1;
}

bool sl_check_iban_cin(const unsigned char *iban) {
    return iban[4] == check_letter(iban + 5, 22);
}

// ITU-T E.164 country calling codes, and the lengths of the numbers
// behind them (libphonenumber's metadata of 2026-07).
static const struct sl_calling_code calling_codes[] = {
    {1, 10, 10},  {7, 10, 14},  {20, 8, 10},   {27, 5, 10},  {30, 10, 12},  {31, 5, 11},
    {32, 8, 9},   {33, 9, 9},   {34, 9, 9},    {36, 8, 9},   {39, 6, 12},   {40, 6, 9},
    {41, 9, 12},  {43, 4, 13},  {44, 7, 10},   {45, 8, 8},   {46, 6, 12},   {47, 5, 8},
    {48, 6, 10},  {49, 4, 15},  {51, 8, 9},    {52, 10, 10}, {53, 6, 10},   {54, 10, 11},
    {55, 8, 11},  {56, 9, 11},  {57, 8, 11},   {58, 10, 10}, {60, 8, 10},   {61, 5, 12},
    {62, 7, 17},  {63, 6, 13},  {64, 5, 10},   {65, 8, 11},  {66, 8, 13},   {81, 8, 17},
    {82, 5, 14},  {84, 7, 10},  {86, 7, 12},   {90, 7, 13},  {91, 8, 13},   {92, 8, 12},
    {93, 9, 9},   {94, 9, 9},   {95, 6, 10},   {98, 4, 10},  {211, 9, 9},   {212, 9, 9},
    {213, 8, 9},  {216, 8, 8},  {218, 9, 9},   {220, 7, 7},  {221, 9, 9},   {222, 8, 8},
    {223, 8, 8},  {224, 8, 9},  {225, 10, 10}, {226, 8, 8},  {227, 8, 8},   {228, 8, 8},
    {229, 8, 10}, {230, 7, 10}, {231, 7, 9},   {232, 8, 8},  {233, 8, 9},   {234, 10, 14},
    {235, 8, 8},  {236, 8, 8},  {237, 8, 9},   {238, 7, 7},  {239, 7, 7},   {240, 9, 9},
    {241, 7, 8},  {242, 9, 9},  {243, 7, 10},  {244, 9, 9},  {245, 7, 9},   {246, 7, 7},
    {247, 5, 6},  {248, 7, 7},  {249, 9, 9},   {250, 8, 9},  {251, 9, 9},   {252, 6, 9},
    {253, 8, 8},  {254, 7, 10}, {255, 9, 9},   {256, 9, 9},  {257, 8, 8},   {258, 8, 9},
    {260, 9, 9},  {261, 9, 9},  {262, 9, 9},   {263, 5, 10}, {264, 8, 9},   {265, 7, 9},
    {266, 8, 8},  {267, 7, 10}, {268, 8, 9},   {269, 7, 7},  {290, 4, 5},   {291, 7, 7},
    {297, 7, 7},  {298, 6, 6},  {299, 6, 6},   {350, 8, 8},  {351, 9, 9},   {352, 4, 11},
    {353, 7, 10}, {354, 7, 9},  {355, 6, 9},   {356, 8, 8},  {357, 8, 8},   {358, 5, 12},
    {359, 6, 12}, {370, 8, 8},  {371, 8, 8},   {372, 7, 10}, {373, 8, 8},   {374, 8, 8},
    {375, 6, 11}, {376, 6, 9},  {377, 8, 9},   {378, 8, 10}, {380, 9, 10},  {381, 6, 12},
    {382, 8, 9},  {383, 8, 12}, {385, 7, 9},   {386, 5, 8},  {387, 8, 9},   {389, 8, 8},
    {420, 9, 12}, {421, 6, 9},  {423, 7, 9},   {500, 5, 5},  {501, 7, 11},  {502, 8, 11},
    {503, 7, 11}, {504, 8, 11}, {505, 8, 8},   {506, 8, 10}, {507, 7, 11},  {508, 6, 9},
    {509, 8, 8},  {590, 9, 9},  {591, 8, 9},   {592, 7, 7},  {593, 8, 11},  {594, 9, 9},
    {595, 6, 11}, {596, 9, 9},  {597, 6, 7},   {598, 4, 13}, {599, 7, 8},   {670, 7, 8},
    {672, 6, 6},  {673, 7, 7},  {674, 7, 7},   {675, 7, 8},  {676, 5, 7},   {677, 5, 7},
    {678, 5, 7},  {679, 7, 11}, {680, 7, 7},   {681, 6, 9},  {682, 5, 5},   {683, 4, 7},
    {685, 5, 10}, {686, 5, 8},  {687, 6, 6},   {688, 5, 7},  {689, 6, 9},   {690, 4, 7},
    {691, 7, 7},  {692, 7, 7},  {800, 8, 8},   {808, 8, 8},  {850, 8, 10},  {852, 5, 11},
    {853, 7, 8},  {855, 8, 10}, {856, 8, 10},  {870, 9, 12}, {878, 12, 12}, {880, 6, 10},
    {881, 9, 10}, {882, 7, 12}, {883, 8, 12},  {886, 7, 11}, {888, 11, 11}, {960, 7, 10},
    {961, 7, 8},  {962, 8, 9},  {963, 8, 9},   {964, 8, 10}, {965, 7, 8},   {966, 9, 10},
    {967, 7, 9},  {968, 7, 9},  {970, 8, 10},  {971, 5, 12}, {972, 7, 12},  {973, 8, 8},
    {974, 7, 11}, {975, 7, 8},  {976, 8, 10},  {977, 8, 11}, {979, 9, 9},   {992, 9, 9},
    {993, 8, 8},  {994, 9, 9},  {995, 9, 9},   {996, 9, 10}, {998, 9, 9}};

static int compare_calling_code(const void *code, const void *entry) {
    return *(const int *)code - ((const struct sl_calling_code *)entry)->code;
}

const struct sl_calling_code *sl_calling_code_find(const uint8_t *digits, uint32_t count,
                                                   uint32_t *ret_digits) {
    int code = 0;
    // No code begins another one, so the first that is found is the only one.
    for (uint32_t i = 0; i < 3 && i < count && digits[0] != 0; i++) {
        code = code * 10 + digits[i];
        const struct sl_calling_code *found =
            bsearch(&code, calling_codes, sizeof calling_codes / sizeof calling_codes[0],
                    sizeof calling_codes[0], compare_calling_code);
        if (found != NULL) {
            *ret_digits = i + 1;
            return found;
        }
    }
    return NULL;
}

// Bit c of entry ab: the area 0abc is in use (libphonenumber's ranges of 2026-07). All bits: 0ab
// is an area of three digits, or 0a one of two.
static const uint16_t italian_areas[100] = {
    0x000, 0x000, 0x000, 0x000, 0x000, 0x000, 0x000, 0x000, 0x000, 0x000, 0x3ff, 0x3ff, 0x03e,
    0x002, 0x01e, 0x3ff, 0x06a, 0x03e, 0x0bc, 0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x3ff,
    0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x01e, 0x006, 0x07e, 0x3ff, 0x23c, 0x0fe, 0x07e,
    0x3ff, 0x3ff, 0x3ff, 0x3fe, 0x3fe, 0x3ff, 0x3ff, 0x03e, 0x01e, 0x3ff, 0x3ff, 0x3ff, 0x3ff,
    0x03e, 0x07c, 0x2fe, 0x3ff, 0x070, 0x1be, 0x1f8, 0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x3ff,
    0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x3ff, 0x006, 0x0fe, 0x05c, 0x3ff, 0x26a, 0x07a,
    0x23e, 0x3ff, 0x3ff, 0x3ff, 0x1b8, 0x06e, 0x000, 0x3ff, 0x03e, 0x13e, 0x03e, 0x3ff, 0x3ff,
    0x3ff, 0x3ff, 0x13e, 0x006, 0x3ff, 0x1fe, 0x07e, 0x03e, 0x3ff};

uint32_t sl_italian_area_digits(const uint8_t *digits, uint32_t count) {
    if (count < 4 || digits[0] != 0) {
        return 0;
    }
    if (digits[1] == 2 || digits[1] == 6) {
        return 2;
    }
    uint16_t third = italian_areas[digits[1] * 10 + digits[2]];
    if (third == 0x3ff) {
        return 3;
    }
    return (third >> digits[3] & 1) != 0 ? 4 : 0;
}

bool sl_italian_service(const uint8_t *digits, uint32_t count) {
    if (count < 6) {
        return true;
    }
    static const uint16_t prefixes[] = {144, 163, 164, 166, 199, 800, 803, 840,
                                        841, 847, 848, 892, 893, 894, 895, 899};
    uint32_t prefix = digits[0] * 100u + digits[1] * 10u + digits[2];
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (prefixes[i] == prefix) {
            return count <= 10;
        }
    }
    return prefix == 87 && digits[3] == 8;
}
