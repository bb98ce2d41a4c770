// SPDX-License-Identifier: Apache-2.0
//
// Goal: phrases are counted exactly, hold nothing that names somebody, and are chosen by what they
// tell apart.
// Method: a few texts, with what must come of them; for counts, random texts of few words counted
// once more by comparing strings; the z-value with figures worked out by hand.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "suggest_counts.h"
#include "suggest_score.h"
#include "support/random.h"

static struct sl_phrases *open_phrases(uint32_t least, uint32_t words) {
    struct sl_error error = {0};
    struct sl_phrases *phrases;
    cr_assert_eq(sl_phrases_open(least, words, 1, &error, &phrases), SL_OK, "%s", error.text);
    return phrases;
}

static void sketch(struct sl_phrases *phrases, const char *text, enum sl_phrase_cell cell) {
    sl_phrases_sketch(phrases, sl_str_from(text), cell);
}

static void count(struct sl_phrases *phrases, const char *text, enum sl_phrase_cell cell,
                  const char *source) {
    struct sl_str value = sl_str_from(source);
    cr_assert(sl_phrases_count(phrases, sl_str_from(text), cell, &value));
}

static const struct sl_phrase *find(const struct sl_phrases *phrases, const char *text) {
    uint32_t all_count;
    const struct sl_phrase *all = sl_phrases_all(phrases, &all_count);
    for (uint32_t i = 0; i < all_count; i++) {
        if (strcmp(all[i].text, text) == 0) {
            return &all[i];
        }
    }
    return NULL;
}

static struct sl_phrases *phrases_of(const char *text) {
    struct sl_phrases *phrases = open_phrases(1, 4);
    sketch(phrases, text, SL_CELL_MISS);
    count(phrases, text, SL_CELL_MISS, "x");
    return phrases;
}

Test(suggest, phrases_are_up_to_four_words_in_a_row_folded) {
    struct sl_phrases *phrases = phrases_of("Non c'è PIÙ linea, da ieri");
    for (const char *const *text = (const char *const[]){"non", "non c", "non c e", "non c e piu",
                                                         "e piu linea da", "linea da ieri", NULL};
         *text != NULL; text++) {
        cr_expect_not_null(find(phrases, *text), "%s", *text);
    }
    cr_expect_null(find(phrases, "non c e piu linea"));
    sl_phrases_close(phrases);
}

Test(suggest, phrases_do_not_go_across_sentences) {
    struct sl_phrases *phrases = phrases_of("Non va. Rispondete! subito");
    cr_expect_not_null(find(phrases, "non va"));
    cr_expect_null(find(phrases, "va rispondete"));
    cr_expect_null(find(phrases, "rispondete subito"));
    cr_expect_null(find(phrases, "."));
    sl_phrases_close(phrases);
}

Test(suggest, what_names_somebody_is_in_no_phrase) {
    struct sl_phrases *phrases =
        phrases_of("@operatore_x chiamate [PHONE] #campagna vedi https://t.example/abc o "
                   "www.sito.example scrivo a [EMAIL] codice ab12cd da 3 giorni");
    uint32_t all_count;
    const struct sl_phrase *all = sl_phrases_all(phrases, &all_count);
    for (uint32_t i = 0; i < all_count; i++) {
        for (const char *const *word =
                 (const char *const[]){"operatore", "phone", "campagna", "abc", "https", "sito",
                                       "email", "12", "3", "[", NULL};
             *word != NULL; word++) {
            cr_expect_null(strstr(all[i].text, *word), "%s in \"%s\"", *word, all[i].text);
        }
    }
    cr_expect_not_null(find(phrases, "chiamate"));
    cr_expect_not_null(find(phrases, "scrivo a"));
    cr_expect_null(find(phrases, "da giorni"), "what stood between is not there, but was");
    sl_phrases_close(phrases);
}

Test(suggest, post_counts_once_and_sources_are_told_apart) {
    struct sl_phrases *phrases = open_phrases(2, 1);
    const char *posts[][2] = {{"linea linea linea", "a"}, {"la linea", "a"}, {"linea", "b"}};
    for (int i = 0; i < 3; i++) {
        sketch(phrases, posts[i][0], SL_CELL_MISS);
    }
    for (int i = 0; i < 3; i++) {
        count(phrases, posts[i][0], SL_CELL_MISS, posts[i][1]);
    }
    count(phrases, "linea", SL_CELL_HIT, "c");
    const struct sl_phrase *phrase = find(phrases, "linea");
    cr_assert_not_null(phrase);
    cr_expect_eq(phrase->posts[SL_CELL_MISS], 3);
    cr_expect_eq(phrase->posts[SL_CELL_HIT], 1);
    cr_expect_eq(phrase->spread[SL_LIST_MISSES][0].count, 2);
    cr_expect_null(find(phrases, "la"), "in one post only");
    sl_phrases_close(phrases);
}

#define TEXTS 300

static void make_text(struct sl_random *random, char text[64]) {
    size_t words = 1 + sl_random_below(random, 8);
    text[0] = '\0';
    for (size_t i = 0; i < words; i++) {
        char word[4] = {(char)('a' + sl_random_below(random, 5)),
                        (char)('a' + sl_random_below(random, 3)), ' ', '\0'};
        strcat(text, word);
    }
}

static bool holds_words(const char *text, const char *phrase) {
    char padded[80], wanted[80];
    snprintf(padded, sizeof padded, " %s", text);
    snprintf(wanted, sizeof wanted, " %s ", phrase);
    return strstr(padded, wanted) != NULL;
}

Test(suggest, counts_are_those_of_looking_at_each_text) {
    struct sl_random random = {.state = sl_random_seed()};
    char texts[TEXTS][64];
    enum sl_phrase_cell cells[TEXTS];
    struct sl_phrases *phrases = open_phrases(4, 4);
    for (int i = 0; i < TEXTS; i++) {
        make_text(&random, texts[i]);
        cells[i] = (enum sl_phrase_cell)sl_random_below(&random, SL_CELLS_COUNT);
        sketch(phrases, texts[i], cells[i]);
    }
    for (int i = 0; i < TEXTS; i++) {
        count(phrases, texts[i], cells[i], "x");
    }
    uint32_t all_count;
    const struct sl_phrase *all = sl_phrases_all(phrases, &all_count);
    cr_assert_gt(all_count, 15);
    for (uint32_t p = 0; p < all_count; p++) {
        uint32_t counted[SL_CELLS_COUNT] = {0};
        for (int i = 0; i < TEXTS; i++) {
            counted[cells[i]] += holds_words(texts[i], all[p].text);
        }
        cr_assert_eq(memcmp(counted, all[p].posts, sizeof counted), 0, "%s", all[p].text);
    }
    // None that is frequent enough is missing: each word of two letters, say.
    for (char a = 'a'; a < 'f'; a++) {
        for (char b = 'a'; b < 'd'; b++) {
            char word[3] = {a, b, '\0'};
            uint32_t misses = 0;
            for (int i = 0; i < TEXTS; i++) {
                misses += cells[i] == SL_CELL_MISS && holds_words(texts[i], word);
            }
            cr_assert(misses < 4 || find(phrases, word) != NULL, "%s", word);
        }
    }
    sl_phrases_close(phrases);
}

Test(suggest, z_is_that_of_the_formula) {
    // 30 of 100 against 10 of 400: a0 = 50, a = 50 * 40 / 500 = 4.
    double d = log(34.0 / (100 + 50 - 30 - 4)) - log(14.0 / (400 + 50 - 10 - 4));
    cr_expect(fabs(sl_suggest_z(30, 100, 10, 400) - d / sqrt(1.0 / 34 + 1.0 / 14)) < 1e-9);
    cr_expect_eq(sl_suggest_z(0, 100, 10, 400), -INFINITY);
}

Test(suggest, z_grows_with_evidence_and_shrinks_with_counter_evidence) {
    cr_expect_gt(sl_suggest_z(60, 1000, 10, 4000), sl_suggest_z(30, 1000, 10, 4000));
    cr_expect_lt(sl_suggest_z(30, 1000, 60, 4000), sl_suggest_z(30, 1000, 10, 4000));
    cr_expect(fabs(sl_suggest_z(10, 1000, 40, 4000)) < 0.01, "as frequent here as there");
}

static uint32_t choose(const struct sl_phrases *phrases, uint32_t spread,
                       struct sl_suggestion *suggestions) {
    struct sl_error error = {0};
    uint32_t chosen;
    const struct sl_suggest_wish wish = {
        .spread_min = spread, .groups_count = 1, .purity_min = 0.7, .purity_below = 2, .limit = 20};
    cr_assert_eq(sl_suggest_choose(phrases, SL_LIST_MISSES, &wish, &error, suggestions, &chosen),
                 SL_OK);
    return chosen;
}

Test(suggest, chosen_are_no_two_that_say_the_same_and_none_of_one_source) {
    struct sl_phrases *phrases = open_phrases(5, 4);
    struct sl_suggestion suggestions[20];
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 400; i++) {
            const char *text = i % 4 == 0   ? "manca la linea"
                               : i % 4 == 1 ? "bella la canzone"
                               : i % 4 == 2 ? "offerta marchio"
                                            : "bella la voce";
            enum sl_phrase_cell cell = i % 2 == 0 ? SL_CELL_MISS : SL_CELL_REJECTION;
            const char *source = i % 4 == 2 ? "one" : i % 8 < 4 ? "two" : "three";
            if (pass == 0) {
                sketch(phrases, text, cell);
            } else {
                count(phrases, text, cell, source);
            }
        }
    }
    cr_assert_eq(choose(phrases, 2, suggestions), 1);
    cr_expect_not_null(strstr("manca la linea", suggestions[0].phrase->text));
    cr_expect_eq(suggestions[0].mistakes, 100);
    cr_expect_eq(suggestions[0].others, 0);
    cr_expect_eq(choose(phrases, 1, suggestions), 2, "the words of one source, where they may");
    sl_phrases_close(phrases);
}
