// SPDX-License-Identifier: Apache-2.0
//
// train/eval_engines.h - engines for reports: whatever a pack says of operators, what they mask is
// a label.
#ifndef SL_TRAIN_EVAL_ENGINES_H
#define SL_TRAIN_EVAL_ENGINES_H

#include <sluice/engine.h>

#include "eval.h"

enum sl_eval_masking {
    SL_EVAL_MASK_AS_PACK, // the kinds that the pack masks: a model sees what it sees in the stage
    SL_EVAL_MASK_ALL,     // all kinds: a report is read and sent about
};

int sl_eval_open_engine(const struct sl_eval_judge_options *judge, enum sl_eval_masking masking,
                        struct sl_error *error, struct sl_engine **ret_engine);

#endif
