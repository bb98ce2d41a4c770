// SPDX-License-Identifier: Apache-2.0
//
// train/eval_words.h - the words and numbers that all forms of a report share.
#ifndef SL_TRAIN_EVAL_WORDS_H
#define SL_TRAIN_EVAL_WORDS_H

#include "eval_report.h"

#define SL_EVAL_NO_VALUE     "(none)"
#define SL_EVAL_NUMBER_BYTES 32

// Three decimals, "–" for NAN. Returns `text`.
const char *sl_eval_number(double value, char text[SL_EVAL_NUMBER_BYTES]);

// Whether the second judge is better: only where the interval of the difference leaves zero out.
enum sl_eval_verdict {
    SL_EVAL_NO_DIFFERENCE,
    SL_EVAL_B_BETTER,
    SL_EVAL_B_WORSE,
};
enum sl_eval_verdict sl_eval_compare(const struct sl_eval_report *report,
                                     enum sl_eval_metric metric);
const char *sl_eval_verdict_word(enum sl_eval_verdict verdict);

// "Requests that only B finds" …
const char *sl_eval_change_words(enum sl_eval_change change);
const char *sl_eval_change_key(enum sl_eval_change change); // "gained_hits" …

#endif
