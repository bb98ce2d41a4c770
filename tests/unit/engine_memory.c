// SPDX-License-Identifier: Apache-2.0
//
// Goal: a judge asks nobody for memory after it was opened.
// Method: every allocation of the process, the matcher's too, is counted while batches of every
// sort are judged.
#include <criterion/criterion.h>
#include <stdio.h>

#include "support/allocations.h"
#include "support/engine_pack.h"

Test(engine_memory, judge_batches_allocates_nothing) {
    if (!sl_allocations_counted()) {
        fprintf(stderr, "skipped: allocations cannot be counted under a sanitizer\n");
        cr_skip_test("allocations cannot be counted under a sanitizer");
    }
    struct sl_engine *engine = sl_test_engine_open(
        "  - {id: fault, weight: 3.0, phrases: [guasto, non … funziona]}\n", "");
    struct sl_judge *judge = sl_test_judge_open(engine);
    static const char *const kinds[] = {
        "guasto, chiamatemi al 333 1234567",
        "È GIÙ, non mi funziona 😀 mario.rossi@example.it",
        "grazie",
        "",
        "\xFF\xFE",
        "IT60X0542811101000000123456 e RSSMRA85M01H501Q",
    };
    struct sl_text texts[SL_JUDGE_BATCH_MAX];
    for (size_t i = 0; i < SL_JUDGE_BATCH_MAX; i++) {
        texts[i] = sl_test_text(kinds[i % (sizeof kinds / sizeof kinds[0])]);
        texts[i].mask_only = i % 7 == 0;
    }
    unsigned long before = sl_allocations_count();
    cr_assert_gt(before, 0);
    for (int round = 0; round < 50; round++) {
        sl_judge_texts(judge, texts, SL_JUDGE_BATCH_MAX);
    }
    cr_expect_eq(sl_allocations_count(), before);
    sl_judge_close(judge);
    sl_engine_close(engine);
}
