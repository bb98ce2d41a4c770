// SPDX-License-Identifier: Apache-2.0
#include "support/model_files.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/veil.h"
#include "text/words.h"

#define SCALE 0.1

static const struct sl_refusals no_refusals;

void sl_test_features(const char *folded, const struct sl_refusals *refusals,
                      struct sl_features *ret_features) {
    static unsigned char veiled[SL_VEIL_BYTES];
    static unsigned char view[SL_WORDS_BYTES(SL_VEIL_BYTES) + SL_FEATURES_PAD_BYTES];
    size_t len = sl_veil((const unsigned char *)folded, strlen(folded), NULL, 0, veiled);
    len = sl_words(veiled, len, view, NULL);
    sl_features_read(view, len, refusals != NULL ? refusals : &no_refusals, ret_features);
}

static uint32_t bucket_of(const char *word) {
    static struct sl_features features;
    sl_test_features(word, NULL, &features);
    cr_assert_eq(features.tokens_count, 1);
    return features.hashes[0] >> (32 - SL_TEST_MODEL_BITS);
}

void sl_test_model_write(const char *path, const struct sl_test_model *model) {
    static int8_t care[1 << SL_TEST_MODEL_BITS], rows[16 << SL_TEST_MODEL_BITS];
    memset(care, 0, sizeof care);
    memset(rows, 0, sizeof rows);
    for (const struct sl_test_weight *w = model->weights; w != NULL && w->word != NULL; w++) {
        care[bucket_of(w->word)] = (int8_t)lround(w->weight / SCALE);
    }
    struct sl_model_head head = {.kind = SL_MODEL_TOPIC, .scale = SCALE, .threshold = 0.5};
    struct sl_model_pattern pattern = {.weight = model->pattern_weight};
    struct sl_refusal refusal;
    struct sl_model_parts parts = {.pack = SL_STR("test@1"),
                                   .posts = 10,
                                   .care_posts = 5,
                                   .bias = model->bias,
                                   .care_scale = SCALE,
                                   .offset = model->offset,
                                   .rules_slope = model->rules_slope,
                                   .model_slope = model->model_slope,
                                   .threshold_permille = model->threshold_permille,
                                   .care_bits = SL_TEST_MODEL_BITS,
                                   .rows_bits = SL_TEST_MODEL_BITS,
                                   .care = care,
                                   .rows = rows,
                                   .heads = &head,
                                   .patterns = &pattern,
                                   .refusals = &refusal};
    if (model->topic_weight != NULL) {
        head.name = sl_str_from(model->topic);
        parts.heads_count = 1;
        parts.row_bytes = sl_model_row_bytes(1);
        rows[16 * bucket_of(model->topic_weight->word)] =
            (int8_t)lround(model->topic_weight->weight / SCALE);
    }
    if (model->pattern != NULL) {
        pattern.id = sl_str_from(model->pattern);
        parts.patterns_count = 1;
    }
    if (model->refused != NULL) {
        cr_assert(sl_refusal_from((const unsigned char *)model->refused, strlen(model->refused),
                                  &refusal));
        parts.refusals_count = 1;
    }
    struct sl_error error = {0};
    cr_assert_eq(sl_model_file_write(path, &parts, &error), SL_OK, "%s", error.text);
}
