// SPDX-License-Identifier: Apache-2.0
//
// train/eval_why.h - the patterns behind a score, in words.
#ifndef SL_TRAIN_EVAL_WHY_H
#define SL_TRAIN_EVAL_WHY_H

#include "judging.h"

// "fault.slow +1.8, thanks -1": what counted most, heaviest first; "" where nothing was hit. The
// caller frees it; NULL: out of memory.
char *sl_why_told(const struct sl_engine *engine, const struct sl_judgement *judgement);

// What the second judge saw otherwise than the first: "only with B: fault.slow +1.8; weight:
// urgency +1 to +1.5". Of a verdict's reasons, so of a post's eight heaviest patterns.
char *sl_why_changed(const struct sl_engine *const engines[2],
                     const struct sl_judgement judgements[2]);

#endif
