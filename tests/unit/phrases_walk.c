// SPDX-License-Identifier: Apache-2.0
//
// Goal: each construct of a plain form finds what pack/expression.h says, at its limits; what the
// automaton has no room for is left to others, and told.
// Method: one phrase and a few views; what is found is compared with what is said beside it.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "phrases/phrases.h"

#define BLOCK_BYTES (1 << 17)
#define FOUND_MAX   64

static unsigned char block[BLOCK_BYTES + SL_PHRASES_PAD_BYTES];
static size_t counts[FOUND_MAX];

static void on_found(void *context, uint32_t found, uint32_t end) {
    cr_assert_lt(found, FOUND_MAX);
    cr_assert_lt(end, *(const size_t *)context);
    counts[found]++;
}

static struct sl_phrases *open_phrases(const char *const *plain, uint32_t count) {
    struct sl_phrases_source sources[FOUND_MAX] = {0};
    bool taken[FOUND_MAX];
    struct sl_error error = {0};
    struct sl_phrases *phrases;
    for (uint32_t i = 0; i < count; i++) {
        sources[i] = (struct sl_phrases_source){.plain = plain[i], .found = i};
    }
    cr_assert_eq(sl_phrases_init(sources, count, &error, taken, &phrases), SL_OK);
    for (uint32_t i = 0; i < count; i++) {
        cr_assert(taken[i], "%s", plain[i]);
    }
    return phrases;
}

static void walk(const struct sl_phrases *phrases, const char *views) {
    size_t len = strlen(views);
    struct sl_phrases_walk *memory = calloc(1, sl_phrases_walk_bytes(phrases));
    cr_assert_not_null(memory);
    memcpy(block, views, len);
    memset(counts, 0, sizeof counts);
    sl_phrases_walk(phrases, memory, block, len, on_found, &len);
    free(memory);
}

static bool finds(const char *plain, const char *view) {
    static char views[BLOCK_BYTES];
    struct sl_phrases *phrases = open_phrases(&plain, 1);
    snprintf(views, sizeof views, "%s\n", view);
    walk(phrases, views);
    sl_phrases_done(phrases);
    return counts[0] > 0;
}

Test(phrases_walk, words_next_to_each_other_are_found) {
    cr_expect(finds("non va ", " ieri non va bene "));
    cr_expect(finds("non va ", " non va "));
    cr_expect(!finds("non va ", " non ci va "));
    cr_expect(!finds("non va ", " non vado "));
    cr_expect(!finds("non va ", " nonna va "));
    cr_expect(!finds("non va ", " non . va "));
}

Test(phrases_walk, words_of_all_lengths_are_whole) {
    static const char *const words[] = {"a", "ab", "abcdefgh", "abcdefghi", "abcdefghijklmnopq"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        for (size_t j = 0; j < sizeof words / sizeof words[0]; j++) {
            char plain[64], view[64];
            snprintf(plain, sizeof plain, "%s ", words[i]);
            snprintf(view, sizeof view, " %s ", words[j]);
            cr_expect_eq(finds(plain, view), i == j, "%s in %s", words[i], words[j]);
        }
    }
    cr_expect(!finds("abcdefgh1ijklmnopq ", " abcdefgh2ijklmnopq "));
}

Test(phrases_walk, groups_find_one_of_them) {
    cr_expect(finds("{ senza | manca la } rete ", " manca la rete "));
    cr_expect(!finds("{ senza | manca la } rete ", " manca rete "));
    cr_expect(finds("non ( mi | ci ) va ", " non va "));
    cr_expect(finds("non ( mi | ci ) va ", " non ci va "));
    cr_expect(!finds("non ( mi | ci ) va ", " non mi ci va "));
    cr_expect(finds("la { a | { b | c } d } e ", " la c d e "));
}

Test(phrases_walk, stems_find_words_that_begin_so) {
    cr_expect(finds("guast* ", " guasti "));
    cr_expect(finds("guast* ", " guast "));
    cr_expect(!finds("guast* ", " guas "));
    cr_expect(finds("gu* rete ", " guasta rete "));
    static const char *const both[] = {"guasto ", "guast* ", "guas* rete "};
    struct sl_phrases *phrases = open_phrases(both, 3);
    walk(phrases, " guasto rete \n guastata \n");
    cr_expect_eq(counts[0], 1);
    cr_expect_eq(counts[1], 2);
    cr_expect_eq(counts[2], 1);
    sl_phrases_done(phrases);
}

Test(phrases_walk, signs_at_the_edges_are_found_inside_longer_ones) {
    cr_expect(finds("*# fibra ", " !# fibra "));
    cr_expect(!finds("*# fibra ", " #! fibra "));
    cr_expect(finds("aiuto 😡* ", " aiuto 😡👍 "));
    cr_expect(!finds("aiuto 😡* ", " aiuto 👍😡 "));
}

Test(phrases_walk, words_that_end_so_are_found_behind_others) {
    cr_expect(finds("*@ *help ", " @ timhelp "));
    cr_expect(finds("*@ *help ", " @ help "));
    cr_expect(!finds("*@ *help ", " @ helpme "));
    cr_expect(finds("la { *zione | *one } guasta ", " la stazione guasta "));
    static const char *const both[] = {"la *one ", "la sta* ", "la stazione va "};
    struct sl_phrases *phrases = open_phrases(both, 3);
    walk(phrases, " la stazione va \n");
    cr_expect(counts[0] == 1 && counts[1] == 1 && counts[2] == 1);
    sl_phrases_done(phrases);
}

Test(phrases_walk, signs_alone_are_found_within_others) {
    cr_expect(finds("*😡* ", " 👍😡👍 "));
    cr_expect(finds("{ *?!* | *😡* } ", " .?!. "));
    cr_expect(!finds("*?!* ", " ! ? "));
}

static void fill_gap(char *view, const char *from, size_t bytes, const char *to) {
    size_t at = (size_t)sprintf(view, " %s ", from);
    memset(view + at, 'q', bytes);
    strcpy(view + at + bytes, to);
}

Test(phrases_walk, gaps_reach_as_far_as_they_may) {
    char view[512];
    fill_gap(view, "non", 46, " va ");
    cr_expect(finds("non ~ va ", view));
    fill_gap(view, "non", 47, " va ");
    cr_expect(!finds("non ~ va ", view));
    fill_gap(view, "chi", 238, " ? ");
    cr_expect(finds("chi ~ ? ", view));
    fill_gap(view, "chi", 239, " ? ");
    cr_expect(!finds("chi ~ ? ", view));
}

Test(phrases_walk, gaps_stay_within_a_sentence) {
    cr_expect(finds("non ~ va ", " non va "));
    cr_expect(finds("non ~ va ", " non # mi va "));
    cr_expect(!finds("non ~ va ", " non . va "));
    cr_expect(!finds("non ~ va ", " va non "));
    cr_expect(!finds("non ~ va ", " non \n va "));
    cr_expect(finds("a ~ b ~ c ", " a q b q c "));
    cr_expect(!finds("a ~ b ~ c ", " a q c q b "));
    cr_expect(finds("*@ ~ va ", " .@ va "), "the tail stands behind the full stop");
}

Test(phrases_walk, gaps_know_parts_that_began_later_and_ended_earlier) {
    cr_expect(finds("{ a b c | b } ~ c ", " a b c "));
    cr_expect(!finds("{ a b c | c } ~ c ", " a b c "));
    cr_expect(finds("{ a | b } ~ b c ", " a b c "));
    cr_expect(!finds("b ~ b c ", " a b c "));
}

Test(phrases_walk, sentences_begin_behind_signs_and_mentions) {
    cr_expect(finds("^ quando ", " quando "));
    cr_expect(finds("^ quando ", " ciao ! quando "));
    cr_expect(finds("^ quando ", " @ tim quando "));
    cr_expect(finds("^ quando ", " ciao . @ tim @ voi quando "));
    cr_expect(!finds("^ quando ", " ciao quando "));
    cr_expect(!finds("^ quando ", " @ @ tim quando "));
    cr_expect(!finds("^ quando ", " @ 😡 quando "));
    cr_expect(!finds("^ quando ", " .# quando "));
}

Test(phrases_walk, questions_are_asked_at_the_end_of_their_sentence) {
    cr_expect(finds("quando ~ ? ", " quando torna ? "));
    cr_expect(finds("quando ~ ? ", " quando !? "));
    cr_expect(finds("quando ~ ? ", " quando ..?! "));
    cr_expect(!finds("quando ~ ? ", " quando torna ! ? "));
    cr_expect(!finds("quando ~ ? ", " quando torna #? "));
    cr_expect(!finds("quando ~ ? ", " torna ? quando "));
    cr_expect(finds("^ chi ~ c ~ ? ", " chi b c d ? "));
}

Test(phrases_walk, texts_of_a_block_are_apart) {
    static const char *const plain[] = {"non va ", "^ va ", "non ~ ? "};
    struct sl_phrases *phrases = open_phrases(plain, 3);
    walk(phrases, " non \n va \n \n ? \n");
    cr_expect_eq(counts[0], 0);
    cr_expect_eq(counts[1], 1);
    cr_expect_eq(counts[2], 0);
    sl_phrases_done(phrases);
}

// More tokens than are looked at in one go, with a match at every seam that there can be.
Test(phrases_walk, long_texts_are_walked_to_their_end) {
    static const char *const plain[] = {"a b c ", "b ~ c "};
    static char views[BLOCK_BYTES];
    struct sl_phrases *phrases = open_phrases(plain, 2);
    for (size_t before = 0; before < 8; before++) {
        size_t at = (size_t)sprintf(views, " %.*s", (int)(2 * before), "q q q q q q q q ");
        size_t count = 0;
        for (; at < BLOCK_BYTES - 16; count++) {
            at += (size_t)sprintf(views + at, "a b c ");
        }
        strcpy(views + at, "\n");
        walk(phrases, views);
        cr_expect_eq(counts[0], count, "%zu instead of %zu", counts[0], count);
        cr_expect_eq(counts[1], count);
    }
    sl_phrases_done(phrases);
}

Test(phrases_walk, what_cannot_be_taken_is_told) {
    char too_long[4 * SL_PHRASES_RUN_TOKENS_MAX] = "";
    for (int i = 0; i <= SL_PHRASES_RUN_TOKENS_MAX; i++) {
        strcat(too_long, "a ");
    }
    const struct sl_phrases_source sources[] = {
        {.plain = NULL, .found = 0},      {.plain = too_long, .found = 1},
        {.plain = "guasto ", .found = 2}, {.plain = "( a ) ", .found = 3},
        {.plain = "*zione ", .found = 4}, {.plain = "la *zione *zione ", .found = 5},
    };
    bool taken[6];
    struct sl_error error = {0};
    struct sl_phrases *phrases;
    cr_assert_eq(sl_phrases_init(sources, 6, &error, taken, &phrases), SL_OK);
    cr_expect(!taken[0] && !taken[1] && taken[2] && !taken[3] && !taken[4] && !taken[5]);
    walk(phrases, " a guasto \n");
    cr_expect_eq(counts[2], 1);
    sl_phrases_done(phrases);
    cr_assert_eq(sl_phrases_init(sources, 2, &error, taken, &phrases), SL_OK);
    cr_expect_null(phrases);
}

// Of n phrases each wants its own word at its own place: every subset of them is a state.
Test(phrases_walk, phrases_that_would_make_too_many_states_are_left) {
    enum { COUNT = 28 };
    static char plain[COUNT][COUNT * 16];
    struct sl_phrases_source sources[COUNT];
    bool taken[COUNT];
    for (uint32_t i = 0; i < COUNT; i++) {
        for (uint32_t j = 0; j < COUNT; j++) {
            strcat(plain[i], i == j ? "a " : "{ a | b } ");
        }
        sources[i] = (struct sl_phrases_source){.plain = plain[i], .found = i};
    }
    struct sl_error error = {0};
    struct sl_phrases *phrases;
    cr_assert_eq(sl_phrases_init(sources, COUNT, &error, taken, &phrases), SL_OK);
    cr_assert_not_null(phrases);
    cr_expect(taken[0] && !taken[COUNT - 1]);
    cr_expect_lt(sl_phrases_bytes(phrases), 64u << 20);
    sl_phrases_done(phrases);
}
