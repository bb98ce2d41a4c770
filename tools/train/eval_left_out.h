// SPDX-License-Identifier: Apache-2.0
//
// train/eval_left_out.h - what a trained model is worth on a source it has never seen.
//
// For each value of a field a model is trained on all posts but those (train.h), and judges those.
// So every post is judged once, by a model that saw nothing of its source; what comes of it is an
// ordinary comparison, of which these models are the second judge.
//
// Cost: a training for each value, SL_LEFT_OUT_VALUES_MAX at most.
#ifndef SL_TRAIN_EVAL_LEFT_OUT_H
#define SL_TRAIN_EVAL_LEFT_OUT_H

#include "eval.h"

#define SL_LEFT_OUT_VALUES_MAX 64

// Called for each value, with its posts alone and a model that did not see them; the reader and the
// file are gone afterwards.
typedef int (*sl_left_out_fn)(void *context, struct sl_labelled *posts, const char *model_path,
                              struct sl_error *error);

// Reads all posts once to find the values; *ret_counts are of that reading, and problems are told
// then. Fails where the field has one value only, too many, or lists.
int sl_left_out_run(const struct sl_eval_options *options, sl_left_out_fn judge, void *context,
                    struct sl_error *error, struct sl_labelled_counts *ret_counts);

#endif
