// SPDX-License-Identifier: Apache-2.0
//
// Goal: a judge asks nobody for memory after it was opened.
// Method: every allocation of the process, the matcher's too, is counted while batches of every
// sort are judged.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/internal.h"
#include "support/allocations.h"
#include "support/engine_pack.h"
#include "support/model_files.h"

static const char patterns[] = "  - {id: fault, weight: 3.0, phrases: [guasto, non … funziona]}\n";

// Batches of texts of every sort, among them one of more identifiers than qsort sorts in place.
static void expect_no_allocation(const struct sl_engine *engine) {
    static char many[8192];
    for (size_t i = 0; i < 200; i++) {
        strcat(many, "tel 333 1234567, ");
    }
    static const char *const kinds[] = {
        "guasto, chiamatemi al 333 1234567",
        "È GIÙ, non mi funziona 😀 mario.rossi@example.it",
        "grazie",
        "",
        "\xFF\xFE",
        "IT60X0542811101000000123456 e RSSMRA85M01H501Q",
        "@acme vedi https://example.org/a?b=c",
        many,
    };
    struct sl_judge *judge = sl_test_judge_open(engine);
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
}

static void require_counting(void) {
    if (!sl_allocations_counted()) {
        fprintf(stderr, "skipped: allocations cannot be counted under a sanitizer\n");
        cr_skip_test("allocations cannot be counted under a sanitizer");
    }
}

Test(engine_memory, judge_batches_allocates_nothing) {
    require_counting();
    struct sl_engine *engine = sl_test_engine_open(patterns, "");
    expect_no_allocation(engine);
    sl_engine_close(engine);
}

Test(engine_memory, judge_withModel_allocates_nothing) {
    static const struct sl_test_weight weights[] = {{"guasto", 3}, {NULL, 0}};
    static const struct sl_test_weight topic_weight = {"modem", 5};
    struct sl_error error = {0};
    struct sl_engine *engine;
    require_counting();
    char path[] = "/tmp/sluice-model-XXXXXX";
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    close(fd);
    sl_test_model_write(path, &(struct sl_test_model){.weights = weights,
                                                      .model_slope = 1,
                                                      .threshold_permille = 500,
                                                      .topic = "fault",
                                                      .topic_weight = &topic_weight,
                                                      .refused = "acme"});
    struct sl_engine_options options = {.cache_dir = "", .model_path = path};
    cr_assert_eq(sl_engine_open_pack(sl_test_pack_load(patterns), &options, &error, &engine), SL_OK,
                 "%s", error.text);
    expect_no_allocation(engine);
    sl_engine_close(engine);
    unlink(path);
}
