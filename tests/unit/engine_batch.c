// SPDX-License-Identifier: Apache-2.0
//
// Goal: texts that are judged together do not touch each other, at any batch size, and a text that
// cannot be judged leaves without a masked text and without harm to the others.
// Method: batches round the block size, texts round the limits, a matcher that is made to fail.
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "engine/testing.h"
#include "support/engine_pack.h"

static const char patterns[] =
    "  - {id: zero, weight: 1.0, phrases: [senza internet]}\n"
    "  - {id: one, weight: 2.0, topic: fault, phrases: [modem rotto, guasto]}\n"
    "  - {id: start, weight: 4.0, raw: ['^inizio']}\n"
    "  - {id: end, weight: 8.0, raw: ['fine$']}\n";

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

TestSuite(engine_batch, .init = open_all, .fini = close_all);

static const struct {
    const char *text;
    int why_count;
    uint16_t why;
} kinds[] =
    {
        {"siamo senza internet", 1, 0},
        {"niente di che, senza", 0, 0}, // the next text begins with what would complete the phrase
        {"internet va bene", 0, 0},
        {"inizio a stancarmi", 1, 2},
        {"", 0, 0},
        {"è la fine", 1, 3},
        {"la fine di un inizio", 0, 0},
        {"ho il MODEM ROTTO", 1, 1},
};
#define KINDS_COUNT (sizeof kinds / sizeof kinds[0])

static void fill(struct sl_text *texts, size_t count) {
    for (size_t i = 0; i < count; i++) {
        texts[i] = sl_test_text(kinds[i % KINDS_COUNT].text);
    }
}

Test(engine_batch, judge_any_batch_size_finds_in_each_text_what_is_its_own) {
    static const size_t counts[] = {1, 2, 63, 64, 65, 127, 128, 129, 256};
    struct sl_text texts[SL_JUDGE_BATCH_MAX];
    fill(texts, SL_JUDGE_BATCH_MAX);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        const struct sl_verdict *verdicts = sl_judge_texts(judge, texts, counts[i]);
        for (size_t j = 0; j < counts[i]; j++) {
            cr_assert_eq(verdicts[j].outcome, SL_JUDGED);
            cr_assert_eq(verdicts[j].why_count, kinds[j % KINDS_COUNT].why_count, "text %zu of %zu",
                         j, counts[i]);
            cr_assert_eq(verdicts[j].why[0], kinds[j % KINDS_COUNT].why);
        }
    }
}

Test(engine_batch, judge_mask_only_among_posts_leaves_them_alone) {
    struct sl_text texts[SL_JUDGE_BATCH_MAX];
    fill(texts, SL_JUDGE_BATCH_MAX);
    for (size_t i = 1; i < SL_JUDGE_BATCH_MAX; i += 2) {
        texts[i] = sl_test_text("guasto a mario.rossi@example.it");
        texts[i].mask_only = true;
    }
    const struct sl_verdict *verdicts = sl_judge_texts(judge, texts, SL_JUDGE_BATCH_MAX);
    for (size_t i = 0; i < SL_JUDGE_BATCH_MAX; i++) {
        bool post = i % 2 == 0;
        cr_assert_eq(verdicts[i].why_count, post ? kinds[i % KINDS_COUNT].why_count : 0);
        cr_assert_eq(verdicts[i].masks_count, post ? 0 : 1);
    }
}

// Of `len` bytes: `unit` over and over, ASCII spaces at the end.
static char *repeat(const char *unit, size_t len) {
    size_t unit_len = strlen(unit);
    char *text = malloc(len + 1);
    cr_assert_not_null(text);
    memset(text, ' ', len);
    for (size_t at = 0; at + unit_len <= len; at += unit_len) {
        memcpy(text + at, unit, unit_len);
    }
    text[len] = '\0';
    return text;
}

static enum sl_outcome outcome_of(const char *unit, size_t len, bool mask_only) {
    char *data = repeat(unit, len);
    struct sl_text text = {.data = data, .len = len, .mask_only = mask_only};
    const struct sl_verdict *verdict = sl_judge_texts(judge, &text, 1);
    enum sl_outcome outcome = verdict->outcome;
    cr_expect_eq(verdict->masked.data == NULL, outcome != SL_JUDGED);
    free(data);
    return outcome;
}

// U+FDFA folds to eighteen letters and spaces, the worst there is.
#define WORST "\xEF\xB7\xBA"

Test(engine_batch, judge_text_up_to_the_limit_is_judged_whatever_it_folds_to) {
    cr_expect_eq(outcome_of("guasto ", SL_JUDGE_TEXT_BYTES, false), SL_JUDGED);
    cr_expect_eq(outcome_of(WORST, SL_JUDGE_TEXT_BYTES, false), SL_JUDGED);
    cr_expect_eq(outcome_of("\xFF", SL_JUDGE_TEXT_BYTES, false), SL_JUDGED);
}

Test(engine_batch, judge_longer_text_is_judged_while_its_folded_view_fits) {
    cr_expect_eq(outcome_of("guasto ", 1 << 20, false), SL_JUDGED);
    cr_expect_eq(outcome_of("guasto ", 1 << 20, true), SL_JUDGED);
    cr_expect_eq(outcome_of("tel 3331234567 ", 1 << 10, true), SL_JUDGED);
    cr_expect_eq(outcome_of(WORST, 1 << 20, false), SL_JUDGE_TEXT_TOO_LONG);
    cr_expect_eq(outcome_of("guasto ", (1 << 20) + 1, false), SL_JUDGE_TEXT_TOO_LONG);
    cr_expect_eq(outcome_of("guasto ", (1 << 20) + 1, true), SL_JUDGE_TEXT_TOO_LONG);
}

Test(engine_batch, judge_text_that_leaves_no_room_for_its_newline_is_refused) {
    // 87,381 times 33 bytes, and 11 more, are one byte short of the block.
    size_t worst_len = (size_t)87381 * strlen(WORST);
    char *data = repeat(WORST, worst_len + 12);
    memset(data + worst_len, 'a', 12);
    struct sl_text text = {.data = data, .len = worst_len + 11};
    cr_expect_eq(sl_judge_texts(judge, &text, 1)->outcome, SL_JUDGED);
    text.len = worst_len + 12;
    cr_expect_eq(sl_judge_texts(judge, &text, 1)->outcome, SL_JUDGE_TEXT_TOO_LONG);
    free(data);
}

Test(engine_batch, judge_long_text_after_many_short_ones_keeps_its_matches) {
    struct sl_text texts[64];
    for (size_t i = 0; i < 64; i++) {
        texts[i] = sl_test_text("un guasto");
    }
    sl_judge_texts(judge, texts, 64);
    char *data = repeat("x ", 600); // one piece where there were sixty
    memcpy(data + 300, "guasto ", 7);
    struct sl_text text = {.data = data, .len = 600};
    cr_expect_eq(sl_judge_texts(judge, &text, 1)->why_count, 1);
    free(data);
}

Test(engine_batch, judge_long_texts_that_fill_the_block_are_judged_in_several) {
    char *longest = repeat(WORST, SL_JUDGE_TEXT_BYTES), *plain = repeat("guasto ", 1 << 20);
    char *over = repeat("a", (1 << 20) + 1);
    struct sl_text texts[21];
    for (size_t i = 0; i < 21; i++) {
        texts[i] = i % 3 == 0   ? (struct sl_text){.data = longest, .len = SL_JUDGE_TEXT_BYTES}
                   : i % 3 == 1 ? (struct sl_text){.data = plain, .len = 1 << 20}
                                : sl_test_text("inizio e fine");
    }
    texts[10] = (struct sl_text){.data = over, .len = (1 << 20) + 1};
    const struct sl_verdict *verdicts = sl_judge_texts(judge, texts, 21);
    for (size_t i = 0; i < 21; i++) {
        if (i == 10) {
            cr_expect_eq(verdicts[i].outcome, SL_JUDGE_TEXT_TOO_LONG);
            continue;
        }
        cr_expect_eq(verdicts[i].outcome, SL_JUDGED);
        cr_expect_eq(verdicts[i].why_count, (int)(i % 3), "text %zu", i);
    }
    free(longest);
    free(plain);
    free(over);
}

Test(engine_batch, judge_more_identifiers_than_the_limit_is_refused) {
    static char text[16384];
    for (int i = 0; i < SL_VERDICT_MASKS_MAX; i++) {
        strcat(text, "mario.rossi@example.it e ");
    }
    const struct sl_verdict *verdict = sl_test_judge(judge, text);
    cr_expect_eq(verdict->outcome, SL_JUDGED);
    cr_expect_eq(verdict->masks_count, SL_VERDICT_MASKS_MAX);
    strcat(text, "luigi.verdi@example.it");
    verdict = sl_test_judge(judge, text);
    cr_expect_eq(verdict->outcome, SL_JUDGE_TOO_MANY_MASKS);
    cr_expect_null(verdict->masked.data);
    cr_expect_eq(verdict->masks_count, 0);
}

Test(engine_batch, judge_failed_scan_refuses_every_text_of_the_block) {
    struct sl_text texts[SL_JUDGE_BATCH_MAX];
    fill(texts, SL_JUDGE_BATCH_MAX);
    texts[7] = sl_test_text("guasto, scrivetemi a mario.rossi@example.it");
    texts[9] = sl_test_text("mario.rossi@example.it");
    texts[9].mask_only = true; // is not scanned
    sl_judge_break_scan(judge);
    const struct sl_verdict *verdicts = sl_judge_texts(judge, texts, SL_JUDGE_BATCH_MAX);
    for (size_t i = 0; i < SL_JUDGE_BATCH_MAX; i++) {
        if (i == 9) {
            cr_expect_eq(verdicts[i].outcome, SL_JUDGED);
            cr_expect_eq(verdicts[i].masks_count, 1);
            continue;
        }
        cr_assert_eq(verdicts[i].outcome, SL_JUDGE_SCAN_FAILED);
        cr_assert_null(verdicts[i].masked.data);
        cr_assert_eq(verdicts[i].masks_count, 0);
        cr_assert_null(verdicts[i].masks);
        cr_assert_null(verdicts[i].originals);
    }
}
