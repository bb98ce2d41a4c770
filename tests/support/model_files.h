// SPDX-License-Identifier: Apache-2.0
//
// tests/support/model_files.h - small models for tests: weights for words that the test names.
#ifndef SL_TESTS_SUPPORT_MODEL_FILES_H
#define SL_TESTS_SUPPORT_MODEL_FILES_H

#include <stdint.h>

#include "model/file.h"

#define SL_TEST_MODEL_BITS 12

struct sl_test_weight {
    const char *word; // folded
    double weight;    // of the bucket, up to 12.7
};

// What a model says beside its table; all zero is a model that says nothing.
struct sl_test_model {
    const struct sl_test_weight *weights; // ended by a word that is NULL; NULL: none
    double bias, offset, rules_slope, model_slope;
    uint32_t threshold_permille;
    const char *topic;                         // a head, said where...
    const struct sl_test_weight *topic_weight; // ...this word stands; NULL: no head
    const char *pattern;                       // NULL: none
    double pattern_weight;
    const char *refused; // a name; NULL: none
};

// Writes the model to `path`. What goes wrong fails the test.
void sl_test_model_write(const char *path, const struct sl_test_model *model);

// The words view of a folded text and its features.
void sl_test_features(const char *folded, const struct sl_refusals *refusals,
                      struct sl_features *ret_features);

#endif
