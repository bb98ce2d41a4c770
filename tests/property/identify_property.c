// SPDX-License-Identifier: Apache-2.0
//
// Goal: whatever valid identifier stands in a post, however it is separated, is masked whole, and
// nothing beside it; switching a kind on never unmasks a byte; spans are in order and in bounds;
// a text without digits and signs holds nothing; the check characters follow their published rules.
// Method: random identifiers (support/identifiers.c, which has its own implementation of the rules)
// in neutral sentences, alone and mixed with noise, looked at by finders with random kinds on.
#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#include "identify/checks.h"
#include "support/finder.h"
#include "support/identifiers.h"

#define ROUNDS 20000

TestSuite(identify_property, .init = sl_test_finder_init, .fini = sl_test_finder_done);

static struct sl_mask spans[SL_TEST_SPANS_MAX];

// Sentences without a cue. The identifier goes to the %. The signs round it are no separators, so
// that no letters of the sentence can be read as the beginning or end of a spaced code.
static const char *const frames[] = {
    "ecco! %! e basta",
    "%",
    "allora? %; poi vediamo",
    "!(%)!",
    "buongiorno!\n%!\nsaluti",
    "👉!%!👈",
    "«%»",
    "sempre la stessa storia! % !!!",
};

// Returns where the identifier begins.
static size_t put_in_frame(const char *frame, const char *identifier, char *text) {
    size_t start = strcspn(frame, "%");
    sprintf(text, "%.*s%s%s", (int)start, frame, identifier, frame + start + 1);
    return start;
}

Test(identify_property, look_any_valid_identifier_is_masked_whole_and_nothing_else) {
    struct sl_random random = {sl_random_seed()};
    char identifier[SL_TEST_IDENTIFIER_MAX], text[2 * SL_TEST_IDENTIFIER_MAX];
    for (int round = 0; round < ROUNDS; round++) {
        enum sl_kind kind = (enum sl_kind)(round % SL_KINDS_COUNT);
        size_t which = sl_random_below(&random, sizeof frames / sizeof frames[0]);
        sl_random_identifier(&random, kind, identifier);
        size_t start = put_in_frame(frames[which], identifier, text);
        size_t end = start + strlen(identifier);
        uint32_t count = sl_test_find(sl_test_finder(), text, strlen(text), spans);
        cr_assert_eq(count, 1, "round %d: %u spans for a %s in frame %zu", round, count,
                     sl_kind_word(kind), which);
        cr_assert(spans[0].start == start && spans[0].end == end,
                  "round %d: %s masked at %u–%u and not %zu–%zu", round, sl_kind_word(kind),
                  spans[0].start, spans[0].end, start, end);
    }
}

// Words, numbers and identifiers in any order.
static size_t random_post(struct sl_random *random, char *text, size_t room) {
    static const char *const words[] = {"tel ",  "iban ", "ordine ", "carta ", "p.iva ",     "cf ",
                                        "mail ", "@",     "29,90 €", " ",      "12/04/2026", ": ",
                                        "it",    "+",     "00",      "39",     "-",          "€",
                                        "è ",    "📧",     ".",       "a",      "1",          "\n"};
    size_t len = 0;
    for (uint64_t parts = sl_random_below(random, 30); parts > 0; parts--) {
        char part[SL_TEST_IDENTIFIER_MAX];
        if (sl_random_below(random, 4) == 0) {
            sl_random_identifier(random, (enum sl_kind)sl_random_below(random, SL_KINDS_COUNT),
                                 part);
        } else if (sl_random_below(random, 3) == 0) {
            sprintf(part, "%u", (unsigned)(sl_random_next(random) >> sl_random_below(random, 64)));
        } else {
            strcpy(part, words[sl_random_below(random, sizeof words / sizeof words[0])]);
        }
        if (len + strlen(part) < room) {
            len += (size_t)sprintf(text + len, "%s", part);
        }
    }
    return len;
}

static struct sl_finder *open_kinds(uint32_t kinds) {
    struct sl_error error = {0};
    struct sl_pack pack = {0};
    struct sl_finder *finder;
    for (uint32_t kind = 0; kind < SL_KINDS_COUNT; kind++) {
        pack.identifiers[kind].on = (kinds >> kind & 1) != 0;
    }
    cr_assert_eq(sl_finder_open(&pack, &error, &finder), SL_OK, "%s", error.text);
    return finder;
}

static uint32_t cover(struct sl_finder *finder, const char *text, size_t len, char *covered) {
    uint32_t count = sl_test_find(finder, text, len, spans);
    memset(covered, 0, len + 1);
    for (uint32_t i = 0; i < count; i++) {
        memset(covered + spans[i].start, 1, spans[i].end - spans[i].start);
    }
    return count;
}

Test(identify_property, look_with_one_more_kind_never_unmasks) {
    struct sl_random random = {sl_random_seed()};
    static struct sl_finder *finders[1 << SL_KINDS_COUNT];
    char text[2048], fewer[2048 + 1], more[2048 + 1];
    for (uint32_t kinds = 0; kinds < 1u << SL_KINDS_COUNT; kinds++) {
        finders[kinds] = open_kinds(kinds);
    }
    for (int round = 0; round < ROUNDS; round++) {
        size_t len = random_post(&random, text, sizeof text);
        uint32_t kinds = (uint32_t)sl_random_below(&random, 1 << SL_KINDS_COUNT);
        uint32_t extra = (uint32_t)sl_random_below(&random, SL_KINDS_COUNT);
        cover(finders[kinds], text, len, fewer);
        cover(finders[kinds | 1u << extra], text, len, more);
        for (size_t i = 0; i < len; i++) {
            cr_assert(fewer[i] <= more[i], "round %d: byte %zu is unmasked by %s", round, i,
                      sl_kind_word((enum sl_kind)extra));
        }
    }
    for (uint32_t kinds = 0; kinds < 1u << SL_KINDS_COUNT; kinds++) {
        sl_finder_close(finders[kinds]);
    }
}

Test(identify_property, look_spans_of_any_bytes_are_in_order_and_in_bounds) {
    struct sl_random random = {sl_random_seed()};
    static const char alphabet[] = "0123456789033 +-./()@:,it90x\xc3\xa8\xf0\x9f\xff";
    char text[512];
    for (int round = 0; round < ROUNDS; round++) {
        size_t len = sl_random_below(&random, sizeof text);
        for (size_t i = 0; i < len; i++) {
            text[i] = alphabet[sl_random_below(&random, sizeof alphabet - 1)];
        }
        sl_test_find(sl_test_finder(), text, len, spans);
    }
}

Test(identify_property, look_text_without_digits_and_signs_finds_nothing) {
    struct sl_random random = {sl_random_seed()};
    char text[512];
    for (int round = 0; round < ROUNDS; round++) {
        size_t len = sl_random_below(&random, sizeof text);
        for (size_t i = 0; i < len; i++) {
            char c = (char)(1 + sl_random_below(&random, 127));
            text[i] = isdigit((unsigned char)c) || c == '@' ? ' ' : c;
        }
        cr_assert_eq(sl_test_find(sl_test_finder(), text, len, spans), 0, "round %d", round);
    }
}

static void lower(const char *text, unsigned char *ret_lower, uint8_t *ret_digits) {
    for (size_t i = 0; i <= strlen(text); i++) {
        ret_lower[i] = (unsigned char)tolower((unsigned char)text[i]);
        ret_digits[i] = (uint8_t)(text[i] - '0');
    }
}

Test(identify_property, checks_agree_with_the_published_rules) {
    struct sl_random random = {sl_random_seed()};
    char text[SL_TEST_IDENTIFIER_MAX];
    unsigned char chars[SL_TEST_IDENTIFIER_MAX];
    uint8_t digits[SL_TEST_IDENTIFIER_MAX];
    for (int round = 0; round < ROUNDS; round++) {
        size_t count = 11 + sl_random_below(&random, 9);
        for (size_t i = 0; i < count; i++) {
            text[i] = (char)('0' + sl_random_below(&random, i < 7 ? 2 : 10));
        }
        text[count] = '\0';
        lower(text, chars, digits);
        cr_assert_eq(sl_check_luhn(digits, (uint32_t)count), sl_oracle_luhn(text));
        text[11] = '\0';
        cr_assert_eq(sl_check_vat_number(digits), sl_oracle_vat_number(text));
        text[27] = '\0';
        for (size_t i = 0; i < 27; i++) {
            text[i] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[sl_random_below(&random, 36)];
        }
        lower(text, chars, digits);
        cr_assert_eq(sl_check_iban(chars, 27), sl_oracle_iban(text));
        text[4] = (char)('A' + sl_random_below(&random, 26));
        text[15] = (char)('A' + sl_random_below(&random, 26));
        lower(text, chars, digits);
        cr_assert_eq(sl_check_iban_cin(chars), sl_oracle_iban_cin(text));
        cr_assert_eq(sl_check_fiscal_code(chars), sl_oracle_fiscal_letter(text) == text[15]);
    }
}
