// SPDX-License-Identifier: Apache-2.0
#include "support/disguises.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define COUNT(array)        (sizeof(array) / sizeof((array)[0]))
#define PICK(random, array) ((array)[sl_random_below((random), COUNT(array))])
#define LETTERS_MAX         2

struct disguiser {
    struct sl_random *random;
    const char *plain;
    char *text;
    uint32_t chosen, used;
    bool english;
    int letters_left;
    size_t group; // characters of one, for SL_DISGUISE_GROUPS
    const char *word_gap;
};

uint32_t sl_disguises_of(enum sl_kind kind, const char *plain) {
    const uint32_t characters = SL_DISGUISE_WIDTH | SL_DISGUISE_INVISIBLE | SL_DISGUISE_ENTITIES |
                                SL_DISGUISE_PERCENT | SL_DISGUISE_DIGITS | SL_DISGUISE_KEYCAPS;
    const uint32_t codes = characters | SL_DISGUISE_LOOKALIKES;
    bool date = strchr(plain, '/') != NULL;
    switch (kind) {
    case SL_KIND_URL_TOKEN:
    case SL_KIND_PASSWORD:
    case SL_KIND_CRYPTO_WALLET:
    case SL_KIND_BIRTH_DATE:
        return characters;
    case SL_KIND_CARD_SECRET:
        return characters | (date ? 0 : SL_DISGUISE_SPELLED);
    case SL_KIND_IP:
        return characters | SL_DISGUISE_SIGNS;
    case SL_KIND_EMAIL:
        return codes | SL_DISGUISE_SIGNS;
    case SL_KIND_ADDRESS:
    case SL_KIND_MAC:
    case SL_KIND_CUSTOMER_CODE:
    case SL_KIND_MIGRATION_CODE:
        return codes;
    case SL_KIND_IBAN:
    case SL_KIND_FISCAL_CODE:
        return codes | SL_DISGUISE_SEPARATORS | SL_DISGUISE_LETTERS;
    case SL_KIND_IDENTITY_CARD:
    case SL_KIND_PASSPORT:
    case SL_KIND_DRIVING_LICENCE:
    case SL_KIND_PLATE:
        return codes | SL_DISGUISE_SEPARATORS;
    case SL_KIND_PUK_PIN:
        return characters | SL_DISGUISE_SEPARATORS | SL_DISGUISE_SPELLED;
    case SL_KIND_PHONE:
        return characters | SL_DISGUISE_GROUPS | SL_DISGUISE_LETTERS | SL_DISGUISE_SPELLED;
    default:
        return characters | SL_DISGUISE_SEPARATORS | SL_DISGUISE_SPELLED | SL_DISGUISE_LETTERS;
    }
}

static bool chance(struct disguiser *d, uint32_t disguise, unsigned one_in) {
    return (d->chosen & disguise) != 0 && sl_random_below(d->random, one_in) == 0;
}

static void put(struct disguiser *d, const char *part, uint32_t disguise) {
    strcat(d->text, part);
    d->used |= disguise;
}

static void put_code_point(struct disguiser *d, uint32_t c, uint32_t disguise) {
    char utf8[5] = {0};
    if (c < 0x800) {
        utf8[0] = (char)(0xC0 | c >> 6);
        utf8[1] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        utf8[0] = (char)(0xE0 | c >> 12);
        utf8[1] = (char)(0x80 | (c >> 6 & 0x3F));
        utf8[2] = (char)(0x80 | (c & 0x3F));
    } else {
        utf8[0] = (char)(0xF0 | c >> 18);
        utf8[1] = (char)(0x80 | (c >> 12 & 0x3F));
        utf8[2] = (char)(0x80 | (c >> 6 & 0x3F));
        utf8[3] = (char)(0x80 | (c & 0x3F));
    }
    put(d, utf8, disguise);
}

// Another digit of the same value. The circled zeroes do not stand beside their ones.
static void put_other_digit(struct disguiser *d, int value) {
    static const uint32_t zeroes[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10, 0x1D7CE, 0x2080};
    static const uint32_t ones[] = {0x2460, 0x2776}, round_zeroes[] = {0x24EA, 0x24FF};
    uint64_t which = sl_random_below(d->random, COUNT(zeroes) + COUNT(ones));
    uint32_t c = which < COUNT(zeroes) ? zeroes[which] + (uint32_t)value
                 : value == 0          ? round_zeroes[which - COUNT(zeroes)]
                                       : ones[which - COUNT(zeroes)] + (uint32_t)value - 1;
    put_code_point(d, c, SL_DISGUISE_DIGITS);
}

static const char *lookalike(char c) {
    static const char letters[] = "ABCEHKMOPTXaceopx";
    static const char *const others[] = {"А", "В", "С", "Е", "Н", "К", "М", "О", "Р",
                                         "Т", "Х", "а", "с", "е", "о", "р", "х"};
    const char *found = strchr(letters, c);
    return found != NULL && c != '\0' ? others[found - letters] : NULL;
}

// In a code of letters and digits, only what nobody keeps apart.
static const char *letter_for(struct disguiser *d, char digit) {
    if (digit != '0' && isalpha((unsigned char)d->plain[0]) != 0) {
        return NULL;
    }
    switch (digit) {
    case '0':
        return sl_random_below(d->random, 2) == 0 ? "O" : "o";
    case '1':
        return sl_random_below(d->random, 2) == 0 ? "l" : "I";
    case '5':
        return "S";
    case '8':
        return "B";
    default:
        return NULL;
    }
}

static bool is_digit(char c) {
    return isdigit((unsigned char)c) != 0;
}

// Writes one character of the identifier, one way or another.
static void put_character(struct disguiser *d, size_t at) {
    char c = d->plain[at], escaped[16];
    bool inside = at > 0 && is_digit(d->plain[at - 1]) && is_digit(d->plain[at + 1]);
    const char *other = NULL;
    if (is_digit(c) && inside && d->letters_left > 0 && chance(d, SL_DISGUISE_LETTERS, 3) &&
        (other = letter_for(d, c)) != NULL) {
        put(d, other, SL_DISGUISE_LETTERS);
        d->letters_left--;
    } else if (is_digit(c) && chance(d, SL_DISGUISE_KEYCAPS, 2)) {
        snprintf(escaped, sizeof escaped, "%c%s\u20e3", c,
                 sl_random_below(d->random, 2) == 0 ? "\ufe0f" : "");
        put(d, escaped, SL_DISGUISE_KEYCAPS);
    } else if (is_digit(c) && chance(d, SL_DISGUISE_DIGITS, 2)) {
        put_other_digit(d, c - '0');
    } else if (c != ' ' && chance(d, SL_DISGUISE_WIDTH, 2)) {
        put_code_point(d, 0xFEE0 + (uint32_t)c, SL_DISGUISE_WIDTH);
    } else if (chance(d, SL_DISGUISE_ENTITIES, 4)) {
        snprintf(escaped, sizeof escaped, sl_random_below(d->random, 2) == 0 ? "&#%u;" : "&#x%x;",
                 (unsigned)c);
        put(d, escaped, SL_DISGUISE_ENTITIES);
    } else if (chance(d, SL_DISGUISE_PERCENT, 4)) {
        snprintf(escaped, sizeof escaped, "%%%02X", (unsigned)c);
        put(d, escaped, SL_DISGUISE_PERCENT);
    } else if ((other = lookalike(c)) != NULL && chance(d, SL_DISGUISE_LOOKALIKES, 3)) {
        put(d, other, SL_DISGUISE_LOOKALIKES);
    } else {
        strncat(d->text, &c, 1);
    }
}

// Writes the digits from `at` on that one word says; returns how many, 0 when it is left to others.
static size_t put_word(struct disguiser *d, size_t at) {
    static const char *const ones[2][10] = {
        {"zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"},
        {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}};
    static const char *const tens[2][10] = {
        {"", "", "vent", "trent", "quarant", "cinquant", "sessant", "settant", "ottant", "novant"},
        {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}};
    const char *digits = d->plain + at;
    if (!is_digit(digits[0]) || !chance(d, SL_DISGUISE_SPELLED, 2)) {
        return 0;
    }
    int first = digits[0] - '0', second = is_digit(digits[1]) ? digits[1] - '0' : 0;
    char word[64];
    if (digits[1] == digits[0] && sl_random_below(d->random, 2) == 0) {
        snprintf(word, sizeof word, "%s %s", d->english ? "double" : "doppio",
                 ones[d->english][first]);
    } else if (first >= 2 && second > 0 && sl_random_below(d->random, 2) == 0) {
        // "quarantasette" but "quarantuno" and "quarantotto"; "venti" alone of the tens ends in i.
        const char *vowel = d->english                   ? "-"
                            : second == 1 || second == 8 ? ""
                            : first == 2                 ? "i"
                                                         : "a";
        snprintf(word, sizeof word, "%s%s%s", tens[d->english][first], vowel,
                 ones[d->english][second]);
    } else {
        put(d, ones[d->english][first], SL_DISGUISE_SPELLED);
        return 1;
    }
    put(d, word, SL_DISGUISE_SPELLED);
    return 2;
}

static bool put_sign(struct disguiser *d, char c) {
    static const char *const ats[] = {" chiocciola ", "(at)", "[at]", " [chiocciola] ", " (at) "};
    static const char *const dots[] = {" punto ", "[.]", "(dot)", " dot ", "[dot]"};
    if ((c != '@' && c != '.') || (d->chosen & SL_DISGUISE_SIGNS) == 0 ||
        sl_random_below(d->random, 4) == 0) {
        return false;
    }
    put(d, c == '@' ? PICK(d->random, ats) : PICK(d->random, dots), SL_DISGUISE_SIGNS);
    return true;
}

// A group ends before `at`, and no character is left alone by it.
static bool group_ends(const struct disguiser *d, size_t at) {
    return (d->chosen & SL_DISGUISE_GROUPS) != 0 && at % d->group == 0 &&
           (d->group == 1 || d->plain[at + 1] != '\0');
}

// What stands between two characters; a word has a space beside it at least.
static void put_gap(struct disguiser *d, size_t at, bool beside_word) {
    static const char *const separators[] = {" ", ".", "-",  "/",      "_", "*",   "|", " - ",
                                             "•", "…", "\n", "☎️", "👉", " 📞 ", "—", "\u2009"};
    static const char *const invisible[] = {"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff",
                                            "\u00ad", "\u200e", "\u202d", "\u202c", "\u2063",
                                            "\u034f", "\ufe0f", "\u0336"};
    if (beside_word) {
        put(d, d->word_gap, 0);
    } else if (chance(d, SL_DISGUISE_SEPARATORS, 3) || group_ends(d, at)) {
        put(d, PICK(d->random, separators),
            d->chosen & (SL_DISGUISE_SEPARATORS | SL_DISGUISE_GROUPS));
    }
    if (chance(d, SL_DISGUISE_INVISIBLE, 3)) {
        put(d, PICK(d->random, invisible), SL_DISGUISE_INVISIBLE);
    }
}

uint32_t sl_random_disguise(struct sl_random *random, const char *plain, uint32_t allowed,
                            char *ret_text) {
    static const char *const word_gaps[] = {" ", " ", "-", ", "};
    struct disguiser d = {
        .random = random,
        .plain = plain,
        .text = ret_text,
        .chosen = allowed & (uint32_t)sl_random_next(random),
        .english = sl_random_below(random, 4) == 0,
        .letters_left = LETTERS_MAX,
        .group = 1 + sl_random_below(random, 4),
        .word_gap = PICK(random, word_gaps),
    };
    bool word_before = false, sign_before = false;
    ret_text[0] = '\0';
    // A letter is read as a digit inside a run of digits.
    if ((d.chosen & SL_DISGUISE_LETTERS) != 0) {
        d.chosen &= ~(uint32_t)(SL_DISGUISE_SPELLED | SL_DISGUISE_SEPARATORS | SL_DISGUISE_GROUPS);
    }
    for (size_t at = 0; plain[at] != '\0';) {
        size_t start = strlen(ret_text);
        size_t said = put_word(&d, at);
        char word[64];
        // The gap depends on what follows it: take that off, put the gap, and put it back.
        snprintf(word, sizeof word, "%s", ret_text + start);
        ret_text[start] = '\0';
        if (at > 0 && !sign_before) {
            put_gap(&d, at, said > 0 || word_before);
        }
        strcat(ret_text, word);
        sign_before = said == 0 && put_sign(&d, plain[at]);
        if (said == 0 && !sign_before) {
            put_character(&d, at);
        }
        word_before = said > 0;
        at += said > 0 ? said : 1;
    }
    return d.used;
}
