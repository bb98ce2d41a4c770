// SPDX-License-Identifier: Apache-2.0
//
// train/suggest_write.h - suggestions as a piece of a rule pack, each with its counts beside it.
//
// Three patterns, those without phrases left out: suggested.care, of phrases of which nearly all
// posts are care, with a weight that lifts a post from the pack's bias to its threshold;
// suggested.hint, of the others, with half of it; suggested.not_care, of phrases in false alarms,
// with half of it below zero.
#ifndef SL_TRAIN_SUGGEST_WRITE_H
#define SL_TRAIN_SUGGEST_WRITE_H

#include <stdio.h>

#include <sluice/engine.h>

#include "suggest_score.h"

struct sl_suggest_output {
    const struct sl_engine *engine;
    const struct sl_phrases *phrases;
    const char *group_fields[SL_PHRASES_GROUPS_MAX];
    struct sl_suggest_wish wish; // its limit holds for each pattern
};

int sl_suggest_write(const struct sl_suggest_output *output, FILE *out, struct sl_error *error);

#endif
