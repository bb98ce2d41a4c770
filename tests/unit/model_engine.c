// SPDX-License-Identifier: Apache-2.0
//
// Goal: rules and model together, each alone, and what is said of it.
// Method: a pack of two patterns and models of a few words whose weights are known, so that every
// logit can be worked out here.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/internal.h"
#include "support/engine_pack.h"
#include "support/model_files.h"

static const char patterns[] = "  - {id: fault.words, weight: 1, phrases: [non funziona]}\n"
                               "  - {id: song.words, weight: -1, phrases: [canzone]}\n";

static const struct sl_test_weight weights[] = {{"internet", 10}, {"bella", -10}, {NULL, 0}};
static const struct sl_test_weight topic_weight = {"modem", 5};

static char path[64];
static struct sl_engine *engine;
static struct sl_judge *judge;

static void open_with(const struct sl_test_model *model) {
    struct sl_error error = {0};
    strcpy(path, "/tmp/sluice-model-XXXXXX");
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    close(fd);
    sl_test_model_write(path, model);
    struct sl_engine_options options = {.cache_dir = "", .model_path = path};
    cr_assert_eq(sl_engine_open_pack(sl_test_pack_load(patterns), &options, &error, &engine), SL_OK,
                 "%s", error.text);
    judge = sl_test_judge_open(engine);
}

static void close_all(void) {
    sl_judge_close(judge);
    sl_engine_close(engine);
    unlink(path);
}

static long permille(double logit) {
    return lround(1000 / (1 + exp(-logit)));
}

Test(model_engine, judge_noPatternHit_modelDecides, .fini = close_all) {
    open_with(
        &(struct sl_test_model){.weights = weights, .model_slope = 1, .threshold_permille = 500});
    // Three words, two pairs, and " da ieri internet " in runs of four: 18 bytes.
    const struct sl_verdict *verdict = sl_test_judge(judge, "da ieri internet");
    cr_expect_eq(verdict->score_permille, permille(10 / sqrt(3 + 2 + 15)));
    cr_expect_eq(verdict->label, SL_LABEL_CARE);
    cr_assert_eq(verdict->why_count, 1);
    cr_expect_eq(verdict->why[0], SL_VERDICT_REASON_MODEL);
    cr_expect_str_eq(sl_engine_pattern(engine, verdict->why[0]), "model");
    verdict = sl_test_judge(judge, "che bella");
    cr_expect_eq(verdict->label, SL_LABEL_EDITORIAL);
    cr_expect_eq(verdict->why_count, 0, "the rules alone say so, too");
}

Test(model_engine, judge_patternsAndModel_addUp, .fini = close_all) {
    open_with(&(struct sl_test_model){.weights = weights,
                                      .bias = 0.5,
                                      .offset = 0.25,
                                      .rules_slope = 0.75,
                                      .model_slope = 0.5,
                                      .threshold_permille = 300,
                                      .pattern = "fault.words",
                                      .pattern_weight = 2});
    // The rules: -2 + 1. " internet non funziona " is 23 bytes long.
    double model = 0.5 + 2 + 10 / sqrt(3 + 2 + 20);
    const struct sl_verdict *verdict = sl_test_judge(judge, "internet non funziona");
    cr_expect_eq(verdict->score_permille, permille(0.25 + 0.75 * -1 + 0.5 * model));
    cr_expect_eq(verdict->label, SL_LABEL_CARE);
    cr_assert_eq(verdict->why_count, 2);
    cr_expect_eq(verdict->why[0], SL_VERDICT_REASON_MODEL, "the rules alone say 27 %%");
    cr_expect_eq(verdict->why[1], 0);
}

Test(model_engine, judge_modelThatSaysNothing_rulesDecide, .fini = close_all) {
    open_with(&(struct sl_test_model){.rules_slope = 1, .threshold_permille = 200});
    cr_expect_eq(sl_test_judge(judge, "non funziona")->score_permille, permille(-1));
    cr_expect_eq(sl_test_judge(judge, "la canzone")->score_permille, permille(-3));
    cr_expect_eq(sl_test_judge(judge, "")->score_permille, permille(-2));
}

Test(model_engine, judge_topicHead_addsOnlyToCare, .fini = close_all) {
    open_with(&(struct sl_test_model){.weights = weights,
                                      .model_slope = 1,
                                      .threshold_permille = 600,
                                      .topic = "fault",
                                      .topic_weight = &topic_weight});
    cr_expect_eq(sl_test_judge(judge, "internet modem")->topics, 1);
    cr_expect_eq(sl_test_judge(judge, "il modem")->topics, 0, "no care");
    cr_expect_eq(sl_test_judge(judge, "internet")->topics, 0);
}

Test(model_engine, judge_whatIsHidden_changesNoScore, .fini = close_all) {
    open_with(&(struct sl_test_model){
        .weights = weights, .model_slope = 1, .threshold_permille = 500, .refused = "acme"});
    static const char *const texts[] = {"@anna internet acme", "@Bruno_77 internet Acme",
                                        "@ÉLODIE internet, ACMÉ", "@x.y-z internet ACME"};
    uint16_t score = sl_test_judge(judge, texts[0])->score_permille;
    for (size_t i = 1; i < sizeof texts / sizeof texts[0]; i++) {
        cr_expect_eq(sl_test_judge(judge, texts[i])->score_permille, score, "%s", texts[i]);
    }
    static const char *const people[] = {"scrivo da anna.rossi@example.org internet",
                                         "scrivo da b@example.com internet"};
    cr_expect_eq(sl_test_judge(judge, people[0])->score_permille,
                 sl_test_judge(judge, people[1])->score_permille);
}

Test(model_engine, judge_batch_sameAsAlone, .fini = close_all) {
    open_with(&(struct sl_test_model){.weights = weights,
                                      .rules_slope = 1,
                                      .model_slope = 1,
                                      .threshold_permille = 500,
                                      .pattern = "song.words",
                                      .pattern_weight = -1});
    static const char *const texts[] = {
        "internet non funziona",   "che bella canzone",   "@a internet", "",
        "http://x.example/ bella", "internet 333 1234567"};
    struct sl_text batch[200];
    uint16_t alone[6];
    for (size_t i = 0; i < 6; i++) {
        alone[i] = sl_test_judge(judge, texts[i])->score_permille;
    }
    for (size_t i = 0; i < 200; i++) {
        batch[i] = sl_test_text(texts[i % 6]);
    }
    const struct sl_verdict *verdicts = sl_judge_texts(judge, batch, 200);
    for (size_t i = 0; i < 200; i++) {
        cr_assert_eq(verdicts[i].score_permille, alone[i % 6], "text %zu", i);
    }
}

Test(model_engine, explain_model_addsUpAndHidesWhatIsHidden, .fini = close_all) {
    open_with(&(struct sl_test_model){.weights = weights,
                                      .bias = 0.5,
                                      .offset = 0.25,
                                      .rules_slope = 0.75,
                                      .model_slope = 0.5,
                                      .threshold_permille = 300});
    struct sl_error error = {0};
    const struct sl_explanation *explanation;
    struct sl_text text = sl_test_text("@anna internet non funziona, chiamate il 333 1234567");
    cr_assert_eq(sl_judge_explain(judge, text, &error, &explanation), SL_OK, "%s", error.text);
    const struct sl_explained_model *model = &explanation->model;
    cr_assert(model->used);
    cr_expect_eq(model->threshold_permille, 300);
    cr_expect_eq(model->rules_milli, explanation->logit_milli);
    cr_expect_float_eq(model->logit_milli,
                       250 + 0.75 * model->rules_milli + 0.5 * model->model_milli, 1);
    cr_expect_eq(permille(model->logit_milli / 1000.0), explanation->verdict.score_permille);
    cr_assert_geq(model->features_count, 1);
    cr_expect_str_eq(model->features[0].words, "internet");
    for (uint32_t i = 0; i < model->features_count; i++) {
        cr_expect_null(strstr(model->features[i].words, "anna"));
        cr_expect_null(strpbrk(model->features[i].words, "0123456789"));
    }
}

Test(model_engine, reload_otherFile_isUsedFromTheNextCall, .fini = close_all) {
    struct sl_error error = {0};
    open_with(
        &(struct sl_test_model){.weights = weights, .model_slope = 1, .threshold_permille = 500});
    cr_expect_eq(sl_test_judge(judge, "internet")->label, SL_LABEL_CARE);
    sl_test_model_write(path, &(struct sl_test_model){.offset = -3, .threshold_permille = 500});
    cr_expect_eq(sl_test_judge(judge, "internet")->label, SL_LABEL_CARE, "not read yet");
    cr_assert_eq(sl_engine_reload_model(engine, &error), SL_OK, "%s", error.text);
    cr_expect_eq(sl_test_judge(judge, "internet")->score_permille, permille(-3));
}

Test(model_engine, reload_damagedFile_oldOneStays, .fini = close_all) {
    struct sl_error error = {0};
    open_with(
        &(struct sl_test_model){.weights = weights, .model_slope = 1, .threshold_permille = 500});
    FILE *file = fopen(path, "r+b"); // in place, as a careless copy does
    cr_assert_not_null(file);
    fputs("no model", file);
    fclose(file);
    cr_assert_eq(truncate(path, 100), 0);
    cr_assert_eq(sl_engine_reload_model(engine, &error), SL_FAILED);
    cr_expect_not_null(strstr(error.text, "the model stays as it was"));
    cr_expect_eq(sl_test_judge(judge, "internet")->label, SL_LABEL_CARE);
}

Test(model_engine, open_unknownTopic_isTold, .fini = close_all) {
    open_with(&(struct sl_test_model){.model_slope = 1,
                                      .threshold_permille = 500,
                                      .topic = "weather",
                                      .topic_weight = &topic_weight});
    char names[64];
    cr_expect_eq(sl_engine_unmatched(engine, names, sizeof names), 1);
    cr_expect_str_eq(names, "topic weather");
    cr_expect_eq(sl_test_judge(judge, "il modem internet")->topics, 0);
}
