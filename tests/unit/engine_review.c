// SPDX-License-Identifier: Apache-2.0
//
// Goal: rules in vain are told, and no others.
// Method: small packs with the findings that must come, in any order, and a pack of near misses
// that must give none; and the samples of phrases, which it all rests on.
#include <criterion/criterion.h>
#include <hs/hs.h>
#include <stdio.h>
#include <string.h>

#include "engine/review.h"
#include "engine/samples.h"
#include "pack/expression.h"
#include "support/engine_pack.h"
#include "text/fold.h"

#define HEAD "pack: p\nversion: '1'\ncare: {threshold: 0.5, bias: -2}\nroutes: [{queue: all}]\n"

static char found[4096];

static void add(void *context, struct sl_pack_place place, const char *text) {
    (void)context;
    size_t len = strlen(found);
    const char *path = strstr(text, place.file);
    size_t before = path != NULL ? (size_t)(path - text) : strlen(text);
    const char *behind = path != NULL ? path + strlen(place.file) : "";
    snprintf(found + len, sizeof found - len, "%u:%u: %.*s%s%s\n", place.line, place.column,
             (int)before, text, path != NULL ? "p.yaml" : "", behind);
}

static const char *review(const char *yaml) {
    struct sl_engine *engine = sl_test_whole_engine_open(yaml);
    struct sl_judge *judge = sl_test_judge_open(engine);
    struct sl_error error = {0};
    found[0] = '\0';
    cr_assert_eq(sl_judge_review(judge, add, NULL, &error), SL_OK, "%s", error.text);
    sl_judge_close(judge);
    sl_engine_close(engine);
    return found;
}

Test(engine_review, names_that_nothing_uses_are_told) {
    cr_expect_str_eq(review(HEAD "topics: [a, b: {threshold: 2}, c]\nsignals: [s]\n"
                                 "words: {x: [uno], y: [due, <x>], z: [tre]}\n"
                                 "patterns:\n  - {id: p, topic: [a, b], phrases: [<x>]}\n"),
                     "7:19: words.y: no phrase names <y>: leave it out\n"
                     "7:34: words.z: no phrase names <z>: leave it out\n"
                     "5:13: topics: b takes 2, and all patterns together add 1: it is never found\n"
                     "5:32: topics: no pattern that can be hit says c: leave it out, or write one\n"
                     "6:11: signals: no pattern that can be hit says s: leave it out, or write "
                     "one\n");
}

Test(engine_review, conditions_that_never_hold_are_told) {
    cr_expect_str_eq(review(HEAD "topics: [t: {threshold: 2}]\npatterns:\n"
                                 "  - {id: a, weight: 1, phrases: [uno]}\n"
                                 "  - {id: b, weight: 1, when: {all: [a], none: [a]}}\n"
                                 "  - {id: c, weight: 1, when: {any: [b, topic: t]}}\n"
                                 "  - {id: d, weight: 1, topic: t, when: {any: [a, b]}}\n"),
                     "8:5: b: can never be hit: it asks for a and for its absence\n"
                     "9:5: c: can never be hit: it asks for t, which can never be\n"
                     "5:10: topics: t takes 2, and all patterns together add 1: it is never "
                     "found\n");
}

Test(engine_review, phrases_that_others_cover_are_told) {
    cr_expect_str_eq(
        review(HEAD
               "patterns:\n  - id: a\n    weight: 1\n    phrases:\n"
               "      - guasti\n      - 'guast*'\n      - non (va) linea\n"
               "      - non … linea\n      - '{a|b} c'\n      - a c\n      - ciao\n"
               "      - ^ ciao\n      - due tre\n  - {id: b, weight: 1, phrases: [due tre]}\n"),
        "18:34: b: the phrase of a (p.yaml:17) again: both count; let one pattern say it\n"
        "16:9: a: the phrase of line 15, column 9 is found wherever this one is: leave this one "
        "out\n"
        "14:9: a: the phrase of line 13, column 9 is found wherever this one is: leave this one "
        "out\n"
        "11:9: a: the phrase of line 12, column 9 is found wherever this one is: leave this one "
        "out\n"
        "9:9: a: the phrase of line 10, column 9 is found wherever this one is: leave this one "
        "out\n");
}

Test(engine_review, phrases_that_are_always_taken_away_are_told) {
    cr_expect_str_eq(review(HEAD "patterns:\n  - {id: a, weight: 1, unless: ['nessun*', 'non …'], "
                                 "phrases: [nessun problema, 'non ho problem*', "
                                 "'{nessun|un} guasto']}\n"),
                     "6:64: a: can never count: its own \"unless\" takes it away wherever it is "
                     "found\n"
                     "6:81: a: can never count: its own \"unless\" takes it away wherever it is "
                     "found\n");
}

Test(engine_review, rules_that_differ_a_little_are_not_told) {
    cr_expect_str_eq(
        review(HEAD "topics: [t: {threshold: 1.5}, u]\nwords: {x: [uno, 'due*']}\npatterns:\n"
                    "  - {id: a, weight: 1, topic: t, phrases: ['funzion*', '*zione', <x> va,\n"
                    "     non va … linea, non … linea, a (b) c, a d c, chi … ?, ^ chi]}\n"
                    "  - {id: b, topic: [t, u], phrases: [<x> va], when: {none: [a]}}\n"
                    "  - {id: c, weight: 1, phrases: [problema, un guasto vero],\n"
                    "     unless: [un problema]}\n"),
        "");
}

// Samples.

static void expect_samples(const char *phrase, const char *const *samples, size_t count) {
    static struct sl_sampler sampler;
    struct sl_arena arena = {0};
    struct sl_error error = {0};
    struct sl_expression expression;
    size_t column, samples_count = 0;
    cr_assert_eq(sl_fold_init(&error), SL_OK);
    cr_assert_eq(sl_arena_init(&arena, 1 << 20, &error), SL_OK);
    cr_assert_eq(sl_expression_from_phrase(phrase, &arena, &error, &column, &expression), SL_OK);
    sl_sampler_start(&sampler, expression.regex);
    while (sl_sampler_next(&sampler)) {
        bool known = false;
        for (size_t i = 0; i < count; i++) {
            known |= strlen(samples[i]) == sampler.len &&
                     memcmp(samples[i], sampler.text, sampler.len) == 0;
        }
        cr_expect(known, "%s: \"%.*s\"", phrase, (int)sampler.len, sampler.text);
        samples_count++;
    }
    cr_expect_not(sampler.failed);
    cr_expect_eq(samples_count, count, "%s: %zu", phrase, samples_count);
    sl_arena_done(&arena);
}

#define EXPECT_SAMPLES(phrase, ...)                                                                \
    expect_samples(phrase, (const char *[]){__VA_ARGS__},                                          \
                   sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *))

Test(engine_review, samples_are_all_ways_of_a_phrase) {
    EXPECT_SAMPLES("linea", " zqx linea zqx ");
    EXPECT_SAMPLES("lin*", " zqx lin zqx ", " zqx linzqx zqx ");
    EXPECT_SAMPLES("*nea", " zqx nea zqx ", " zqx zqxnea zqx ");
    EXPECT_SAMPLES("la (mia) linea", " zqx la linea zqx ", " zqx la mia linea zqx ");
    EXPECT_SAMPLES("{a|b c} (d|e) f", " zqx a f zqx ", " zqx b c f zqx ", " zqx a d f zqx ",
                   " zqx b c d f zqx ", " zqx a e f zqx ", " zqx b c e f zqx ");
    EXPECT_SAMPLES("fun* va ?", " zqx fun va ? zqx ", " zqx funzqx va ? zqx ");
    EXPECT_SAMPLES("a … b", " zqx a b zqx ",
                   " zqx a qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qqq qq b zqx ");
    EXPECT_SAMPLES("^ a", " a zqx ", " zqx . a zqx ");
}

static int on_found(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)id, (void)from, (void)to, (void)flags;
    *(bool *)context = true;
    return 1;
}

static void expect_own_samples_found(const struct sl_pack_expression *expression) {
    static struct sl_sampler sampler;
    hs_database_t *database = NULL;
    hs_compile_error_t *refused = NULL;
    hs_scratch_t *scratch = NULL;
    cr_assert_eq(hs_compile(expression->regex, expression->multiline ? HS_FLAG_MULTILINE : 0,
                            HS_MODE_BLOCK, NULL, &database, &refused),
                 HS_SUCCESS);
    cr_assert_eq(hs_alloc_scratch(database, &scratch), HS_SUCCESS);
    sl_sampler_start(&sampler, expression->regex);
    while (sl_sampler_next(&sampler)) {
        bool is_found = false;
        hs_scan(database, sampler.text, (unsigned)sampler.len, 0, scratch, on_found, &is_found);
        cr_expect(is_found, "%s: \"%.*s\"", expression->phrase, (int)sampler.len, sampler.text);
    }
    hs_free_scratch(scratch);
    hs_free_database(database);
}

Test(engine_review, samples_of_shipped_phrases_are_found_by_them) {
    struct sl_error error = {0};
    struct sl_pack *pack;
    cr_assert_eq(sl_pack_load(SL_SOURCE_DIR "/rules/telco.yaml", &error, &pack), SL_OK, "%s",
                 error.text);
    for (uint32_t i = 0; i < pack->expressions_count; i++) {
        if (!pack->expressions[i].raw) {
            expect_own_samples_found(&pack->expressions[i]);
        }
    }
    sl_pack_free(pack);
}

Test(engine_review, samples_of_a_phrase_with_too_many_ways_are_refused) {
    static struct sl_sampler sampler;
    sl_sampler_start(&sampler,
                     "(?: a | b )(?:c )?(?:d )?(?:e )?(?:f )?(?:g )?(?:h )?(?:i )?(?:j )?");
    while (sl_sampler_next(&sampler)) {
    }
    cr_expect(sampler.failed);
}
