// SPDX-License-Identifier: Apache-2.0
//
// train/fit.h - what is learned from a corpus: the table of care and of the patterns, how it is
// combined with the rules, and the heads of topics and signals.
#ifndef SL_TRAIN_FIT_H
#define SL_TRAIN_FIT_H

#include "base/error.h"
#include "corpus.h"
#include "folds.h"
#include "stack.h"
#include "terminal.h"
#include "train.h"

// A head is learned where so many posts have its topic or signal, and as many have not.
#define SL_FIT_HEAD_POSTS 20
#define SL_FIT_ROWS_BITS  14

struct sl_fit_head {
    bool is_signal;
    uint32_t index; // of the pack's topics or signals
    uint32_t posts;
    float *answer;            // 2^SL_FIT_ROWS_BITS weights, and the bias
    double threshold;         // a logit
    double precision, recall; // held out, at the threshold
};

struct sl_fit {
    uint32_t bits, patterns_count;
    float *answer; // as sl_learn leaves it
    double penalty;
    struct sl_stack stack;
    uint32_t threshold_permille;
    struct sl_train_figures rules, model, both; // held out
    struct sl_fit_head *heads;
    uint32_t heads_count;
    uint64_t passes, passed_posts; // over the posts, for the rate that is told
    int64_t learning_ns;
};

int sl_fit_make(const struct sl_corpus *corpus, const struct sl_pack *pack,
                const struct sl_folds *folds, const struct sl_train_options *options,
                struct sl_error *error, struct sl_fit *ret_fit);
void sl_fit_done(struct sl_fit *fit);

#endif
