// SPDX-License-Identifier: Apache-2.0
//
// Goal: an explanation names the phrases that fired, where, and what each added, agrees with the
// verdict, and shows no identifier.
// Method: texts with known phrases and identifiers; places are compared as the words they cover.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "engine/internal.h"
#include "engine/testing.h"
#include "support/engine_pack.h"

static const char patterns[] =
    "  - {id: fault, weight: 3.0, topic: fault, phrases: [non funziona, \"{linea|rete} guast*\"]}\n"
    "  - {id: bill, weight: -0.5, topic: billing, phrases: [bolletta]}\n"
    "  - {id: gap, weight: 1.0, phrases: [senza … giorni]}\n"
    "  - {id: call, weight: 0.25, raw: ['chiama.{0,30}subito']}\n"
    "  - {id: inside, weight: 0.125, raw: ['4567 subito']}\n"
    "  - {id: far, weight: 0.1, raw: ['a1.{0,200}b1.{0,200}c1.{0,200}d1']}\n";

static struct sl_engine *engine;
static struct sl_judge *judge;

static void open_all(void) {
    engine = sl_test_engine_open(patterns, "");
    judge = sl_test_judge_open(engine);
}

static void close_all(void) {
    sl_judge_close(judge);
    sl_engine_close(engine);
}

TestSuite(engine_explain, .init = open_all, .fini = close_all);

static const struct sl_explanation *explain(struct sl_text text) {
    struct sl_error error = {0};
    const struct sl_explanation *explanation = NULL;
    cr_assert_eq(sl_judge_explain(judge, text, &error, &explanation), SL_OK, "%s", error.text);
    return explanation;
}

static void expect_hit(const struct sl_explanation *explanation, uint32_t index, const char *id,
                       const char *phrase, int weight_milli, const char *words) {
    cr_assert_lt(index, explanation->hits_count);
    const struct sl_explained_hit *hit = &explanation->hits[index];
    cr_expect_str_eq(sl_engine_pattern(engine, hit->pattern), id);
    cr_expect_str_eq(hit->phrase, phrase);
    cr_expect_eq(hit->weight_milli, weight_milli);
    cr_expect(hit->end - hit->start == strlen(words) &&
                  memcmp(explanation->folded.data + hit->start, words, strlen(words)) == 0,
              "hit %u covers '%.*s' instead of '%s'", index, (int)(hit->end - hit->start),
              explanation->folded.data + hit->start, words);
}

static void expect_folded(const struct sl_explanation *explanation, const char *expected) {
    cr_expect(explanation->folded.len == strlen(expected) &&
                  memcmp(explanation->folded.data, expected, strlen(expected)) == 0,
              "'%.*s' instead of '%s'", (int)explanation->folded.len, explanation->folded.data,
              expected);
}

Test(engine_explain, explain_phrases_tells_places_and_counts_each_pattern_once) {
    const struct sl_explanation *explanation =
        explain(sl_test_text("La RÈTE guasta: non  funziona, e la bolletta? Non funziona!"));
    expect_folded(explanation, "la rete guasta: non funziona, e la bolletta? non funziona!");
    cr_assert_eq(explanation->hits_count, 4);
    expect_hit(explanation, 0, "fault", "{linea|rete} guast*", 3000, "rete guast");
    expect_hit(explanation, 1, "fault", "non funziona", 0, "non funziona");
    expect_hit(explanation, 2, "bill", "bolletta", -500, "bolletta");
    expect_hit(explanation, 3, "fault", "non funziona", 0, "non funziona");
    cr_expect_eq(explanation->logit_milli, 500);
    cr_expect_eq(explanation->verdict.score_permille, 622);
    cr_expect_eq(explanation->verdict.label, SL_LABEL_CARE);
}

Test(engine_explain, explain_gap_covers_all_of_it) {
    const struct sl_explanation *explanation =
        explain(sl_test_text("sono senza linea da tre giorni"));
    cr_assert_eq(explanation->hits_count, 1);
    expect_hit(explanation, 0, "gap", "senza … giorni", 1000, "senza linea da tre giorni");
}

Test(engine_explain, explain_text_without_anything_is_the_bias) {
    const struct sl_explanation *explanation = explain(sl_test_text("Che bello"));
    expect_folded(explanation, "che bello");
    cr_expect_eq(explanation->hits_count, 0);
    cr_expect_eq(explanation->identifiers_count, 0);
    cr_expect_eq(explanation->logit_milli, -2000);
}

Test(engine_explain, explain_identifiers_shows_labels_and_places_in_the_original) {
    const char *text = "È così: mario.rossi@example.it non funziona";
    const struct sl_explanation *explanation = explain(sl_test_text(text));
    expect_folded(explanation, "e cosi: [EMAIL] non funziona");
    cr_assert_eq(explanation->hits_count, 1);
    expect_hit(explanation, 0, "fault", "non funziona", 3000, "non funziona");
    cr_assert_eq(explanation->identifiers_count, 1);
    const struct sl_explained_identifier *identifier = &explanation->identifiers[0];
    cr_expect_eq(identifier->kind, SL_KIND_EMAIL);
    cr_expect(identifier->masked);
    cr_expect_eq(identifier->start, strstr(text, "mario") - text);
    cr_expect_eq(identifier->end, strstr(text, " non") - text);
    cr_expect_not_null(strstr(identifier->reasons, "shape"), "%s", identifier->reasons);
}

Test(engine_explain, explain_hit_over_an_identifier_covers_its_label) {
    const struct sl_explanation *explanation = explain(sl_test_text("Chiama 333 1234567 subito"));
    expect_folded(explanation, "chiama [PHONE] subito");
    cr_assert_eq(explanation->hits_count, 2);
    expect_hit(explanation, 0, "call", "chiama.{0,30}subito", 250, "chiama [PHONE] subito");
    expect_hit(explanation, 1, "inside", "4567 subito", 125, "[PHONE] subito");
}

// The matcher cannot find starts for this one: it is shown where it ends.
Test(engine_explain, explain_hit_without_a_start_is_a_place) {
    const struct sl_explanation *explanation = explain(sl_test_text("a1 b1 c1 d1"));
    cr_assert_eq(explanation->hits_count, 1);
    cr_expect_eq(explanation->hits[0].start, 11);
    cr_expect_eq(explanation->hits[0].end, 11);
    cr_expect_eq(explanation->hits[0].weight_milli, 100);
}

Test(engine_explain, explain_more_hits_than_room_keeps_the_first_and_the_whole_score) {
    static char text[8192];
    for (int i = 0; i < SL_EXPLAINED_HITS_MAX + 20; i++) {
        strcat(text, "bolletta, ");
    }
    strcat(text, "non funziona");
    const struct sl_explanation *explanation = explain(sl_test_text(text));
    cr_expect_eq(explanation->hits_count, SL_EXPLAINED_HITS_MAX);
    cr_expect_eq(explanation->logit_milli, 500);
    expect_hit(explanation, 0, "bill", "bolletta", -500, "bolletta");
}

Test(engine_explain, explain_mask_only_tells_identifiers_alone) {
    struct sl_text text = sl_test_text("non funziona, mario.rossi@example.it");
    text.mask_only = true;
    const struct sl_explanation *explanation = explain(text);
    cr_expect_eq(explanation->hits_count, 0);
    cr_expect_eq(explanation->identifiers_count, 1);
}

Test(engine_explain, explain_text_that_was_not_judged_tells_the_outcome_alone) {
    sl_judge_break_scan(judge);
    const struct sl_explanation *explanation =
        explain(sl_test_text("non funziona, mario.rossi@example.it"));
    cr_expect_eq(explanation->verdict.outcome, SL_JUDGE_SCAN_FAILED);
    cr_expect_null(explanation->folded.data);
    cr_expect_eq(explanation->identifiers_count, 0);
}
