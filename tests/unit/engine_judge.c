// SPDX-License-Identifier: Apache-2.0
//
// Goal: what one text's verdict says follows from the patterns found in it, by the rules of the
// pack.
// Method: small packs in which every weight is chosen, texts that hold known patterns.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "engine/internal.h"
#include "support/engine_pack.h"

#define FAULT   (UINT64_C(1) << 0)
#define BILLING (UINT64_C(1) << 1)
#define URGENCY (UINT64_C(1) << 3)

static const char patterns[] =
    "  - {id: fault.down, weight: 3.0, topic: fault, line: fixed, phrases: [non funziona, "
    "guasto]}\n"
    "  - {id: bill.high, weight: 1.5, topic: billing, phrases: [bolletta]}\n"
    "  - {id: exactly, weight: 2.0, phrases: [esattamente]}\n"
    "  - {id: almost, weight: 1.996, phrases: [quasi]}\n"
    "  - {id: thanks, weight: -1.0, signal: thanks, phrases: [grazie]}\n"
    "  - {id: spam, weight: -1.0, signal: spam, phrases: [guadagna subito]}\n"
    "  - {id: urgent, weight: 0.0, signal: urgency, phrases: [urgente]}\n"
    "  - {id: modem, weight: 0.5, line: fixed, phrases: [modem]}\n"
    "  - {id: sim, weight: 0.5, line: mobile, phrases: [sim]}\n"
    "  - {id: router, weight: 0.5, line: fixed, phrases: [router]}\n";

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

TestSuite(engine_judge, .init = open_all, .fini = close_all);

Test(engine_judge, judge_text_without_patterns_scores_the_bias) {
    const struct sl_verdict *verdict = sl_test_judge(judge, "che bella giornata");
    cr_expect_eq(verdict->outcome, SL_JUDGED);
    cr_expect_eq(verdict->label, SL_LABEL_EDITORIAL);
    cr_expect_eq(verdict->score_permille, 119); // 1 / (1 + e^2)
    cr_expect_eq(verdict->why_count, 0);
    cr_expect_eq(verdict->topics, 0);
    cr_expect_eq(verdict->signals, 0);
    cr_expect_eq(verdict->line, SL_LINE_UNKNOWN);
}

Test(engine_judge, judge_score_at_the_threshold_is_care) {
    const struct sl_verdict *verdict = sl_test_judge(judge, "esattamente");
    cr_expect_eq(verdict->score_permille, 500);
    cr_expect_eq(verdict->label, SL_LABEL_CARE);
}

Test(engine_judge, judge_score_below_the_threshold_is_editorial) {
    const struct sl_verdict *verdict = sl_test_judge(judge, "quasi");
    cr_expect_eq(verdict->score_permille, 499);
    cr_expect_eq(verdict->label, SL_LABEL_EDITORIAL);
}

Test(engine_judge, judge_thanks_below_the_threshold_is_thanks) {
    cr_expect_eq(sl_test_judge(judge, "Grazie!")->label, SL_LABEL_THANKS);
}

Test(engine_judge, judge_thanks_with_a_request_is_care) {
    const struct sl_verdict *verdict =
        sl_test_judge(judge, "grazie, ma NON FUNZIONA e la bolletta sale");
    cr_expect_eq(verdict->score_permille, 818); // -2 + 3 + 1.5 - 1
    cr_expect_eq(verdict->label, SL_LABEL_CARE);
    cr_expect_eq(verdict->topics, FAULT | BILLING);
}

Test(engine_judge, judge_spam_is_noise_unless_it_thanks) {
    cr_expect_eq(sl_test_judge(judge, "guadagna subito da casa")->label, SL_LABEL_NOISE);
    cr_expect_eq(sl_test_judge(judge, "grazie, guadagna subito")->label, SL_LABEL_THANKS);
}

Test(engine_judge, judge_text_that_says_nothing_is_noise) {
    static const char *const silent[] = {
        "", " ", "?!…", "\xF0\x9F\x98\x80", "❤️❤️ ☎", "。。。", "€ £", "\xFF\xFE"};
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++) {
        cr_expect_eq(sl_test_judge(judge, silent[i])->label, SL_LABEL_NOISE, "text %zu", i);
    }
}

Test(engine_judge, judge_text_with_a_letter_or_digit_of_any_script_is_no_noise) {
    static const char *const speaking[] = {
        "a", "È", "!7", "привет", "\xE4\xBD\xA0\xE5\xA5\xBD", "\xD9\x85\xD8\xB1", "ß", "①", "😀 ok"};
    for (size_t i = 0; i < sizeof speaking / sizeof speaking[0]; i++) {
        cr_expect_eq(sl_test_judge(judge, speaking[i])->label, SL_LABEL_EDITORIAL, "text %zu", i);
    }
}

Test(engine_judge, judge_absent_data_of_no_length_is_an_empty_text) {
    struct sl_text text = {0};
    const struct sl_verdict *verdict = sl_judge_texts(judge, &text, 1);
    cr_expect_eq(verdict->outcome, SL_JUDGED);
    cr_expect_eq(verdict->masked.len, 0);
}

Test(engine_judge, judge_pattern_found_often_counts_once) {
    const struct sl_verdict *once = sl_test_judge(judge, "non funziona");
    uint16_t score = once->score_permille;
    const struct sl_verdict *often =
        sl_test_judge(judge, "guasto! non funziona, non funziona. Guasto, guasto!");
    cr_expect_eq(often->score_permille, score);
    cr_expect_eq(often->why_count, 1);
    cr_expect_eq(score, 731); // -2 + 3
}

Test(engine_judge, judge_line_goes_with_the_most_patterns) {
    cr_expect_eq(sl_test_judge(judge, "il modem")->line, SL_LINE_FIXED);
    cr_expect_eq(sl_test_judge(judge, "la sim")->line, SL_LINE_MOBILE);
    cr_expect_eq(sl_test_judge(judge, "la sim nel modem")->line, SL_LINE_UNKNOWN);
    cr_expect_eq(sl_test_judge(judge, "sim, modem, router")->line, SL_LINE_FIXED);
    cr_expect_eq(sl_test_judge(judge, "sim sim sim modem")->line, SL_LINE_UNKNOWN);
}

Test(engine_judge, judge_reasons_are_the_heaviest_first_and_weightless_last) {
    static const char *const texts[] = {"urgente: grazie, la bolletta, guasto, sim e modem",
                                        "modem e sim; guasto; bolletta grazie urgente"};
    static const char *const expected[] = {"fault.down", "bill.high", "thanks",
                                           "modem",      "sim",       "urgent"};
    for (size_t i = 0; i < 2; i++) {
        const struct sl_verdict *verdict = sl_test_judge(judge, texts[i]);
        cr_assert_eq(verdict->why_count, 6);
        for (size_t j = 0; j < 6; j++) {
            cr_expect_str_eq(sl_engine_pattern(engine, verdict->why[j]), expected[j]);
        }
        cr_expect_eq(verdict->signals & URGENCY, URGENCY);
    }
}

Test(engine_judge, judge_more_reasons_than_room_keeps_the_heaviest) {
    const struct sl_verdict *verdict =
        sl_test_judge(judge, "urgente sim router modem guadagna subito grazie quasi esattamente "
                             "bolletta guasto");
    static const char *const expected[SL_VERDICT_REASONS_MAX] = {
        "fault.down", "exactly", "almost", "bill.high", "thanks", "spam", "modem", "sim"};
    cr_assert_eq(verdict->why_count, SL_VERDICT_REASONS_MAX);
    for (size_t i = 0; i < SL_VERDICT_REASONS_MAX; i++) {
        cr_expect_str_eq(sl_engine_pattern(engine, verdict->why[i]), expected[i]);
    }
}

Test(engine_judge, judge_mask_only_says_nothing_but_masks) {
    struct sl_text text = sl_test_text("guasto, grazie: mario.rossi@example.it");
    text.mask_only = true;
    const struct sl_verdict *verdict = sl_judge_texts(judge, &text, 1);
    cr_expect_eq(verdict->outcome, SL_JUDGED);
    cr_expect_eq(verdict->why_count, 0);
    cr_expect_eq(verdict->topics | verdict->signals, 0);
    cr_expect_eq(verdict->score_permille, 0);
    cr_expect_eq(verdict->masks_count, 1);
}

Test(engine_judge, judge_invalid_utf8_is_said_to_be_repaired) {
    struct sl_text text = sl_test_text("guasto \xC3");
    cr_expect(sl_judge_texts(judge, &text, 1)->repaired);
    text.mask_only = true;
    cr_expect(sl_judge_texts(judge, &text, 1)->repaired);
    text = sl_test_text("guasto \xC3\xA0");
    cr_expect_not(sl_judge_texts(judge, &text, 1)->repaired);
}

Test(engine_judge, name_beyond_the_last_is_absent) {
    cr_expect_str_eq(sl_engine_pack_name(engine), "prova@1");
    cr_expect_str_eq(sl_engine_pack(engine)->name, "prova");
    cr_expect_gt(strlen(sl_engine_matcher_version()), 0);
    cr_expect_str_eq(sl_engine_topic(engine, 2), "coverage");
    cr_expect_null(sl_engine_topic(engine, 3));
    cr_expect_str_eq(sl_engine_signal(engine, 0), "complaint");
    cr_expect_null(sl_engine_signal(engine, 4));
    cr_expect_str_eq(sl_engine_pattern(engine, 9), "router");
    cr_expect_null(sl_engine_pattern(engine, 10));
}

Test(engine_judge, open_pack_without_patterns_judges_and_masks) {
    struct sl_pack *pack = sl_test_pack_load(patterns);
    pack->patterns_count = 0;
    pack->expressions_count = 0;
    struct sl_engine *bare = NULL;
    struct sl_error error = {0};
    cr_assert_eq(sl_engine_open_pack(pack, NULL, &error, &bare), SL_OK, "%s", error.text);
    struct sl_judge *bare_judge = sl_test_judge_open(bare);
    const struct sl_verdict *verdict =
        sl_test_judge(bare_judge, "guasto! sono mario.rossi@example.it");
    cr_expect_eq(verdict->outcome, SL_JUDGED);
    cr_expect_eq(verdict->label, SL_LABEL_EDITORIAL);
    cr_expect_eq(verdict->why_count, 0);
    cr_expect_eq(verdict->masks_count, 1);
    sl_judge_close(bare_judge);
    sl_engine_close(bare);
}

Test(engine_judge, open_missing_pack_fails_with_its_name) {
    struct sl_error error = {0};
    struct sl_engine *none = NULL;
    cr_assert_eq(sl_engine_open("/nowhere/none.yaml", NULL, &error, &none), SL_FAILED);
    cr_expect_not_null(strstr(error.text, "/nowhere/none.yaml"), "%s", error.text);
}

Test(engine_judge, open_expression_that_the_matcher_refuses_tells_its_place) {
    struct sl_pack *pack = sl_test_pack_load(patterns);
    // What the pack lets through is meant to compile; so something else is put in its place.
    struct sl_pack_expression *expression = (struct sl_pack_expression *)&pack->expressions[2];
    expression->regex = "(never closed";
    expression->plain = NULL;
    char place[64];
    snprintf(place, sizeof place, ".yaml:%u:%u: ", expression->place.line,
             expression->place.column);
    struct sl_engine *none = NULL;
    struct sl_error error = {0};
    cr_assert_eq(sl_engine_open_pack(pack, NULL, &error, &none), SL_FAILED);
    cr_expect_not_null(strstr(error.text, place), "%s", error.text);
    cr_expect_not_null(strstr(error.text, "bill.high"), "%s", error.text);
    cr_expect_not_null(strstr(error.text, "bolletta"), "%s", error.text);
}
