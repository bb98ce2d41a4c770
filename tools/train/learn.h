// SPDX-License-Identifier: Apache-2.0
//
// train/learn.h - logistic regression with an L2 penalty, over the posts of a corpus.
//
// Finds the weights that make
//     sum over posts of weight * log(1 + e^(-label * logit)) / sum of weights
//         + penalty / 2 * (sum of squares of the weights)
// least, where label is +1 or -1 and
//     logit = bias + (weights of the patterns hit) + (sum of the hashes' weights) / sqrt(hashes)
// The bias is not penalised. Least squares of this kind have one answer; L-BFGS (Nocedal, "Updating
// quasi-Newton matrices with limited storage", 1980; Liu and Nocedal 1989) with backtracking finds
// it. Since losses are averages, every post twice, or all weights doubled, changes nothing.
//
// The posts are cut into SL_TRAIN_SHARDS parts of equal length; each has a gradient of its own, and
// they are added in their order, so the answer is the same bytes on any number of threads.
//
// Cost: about 0.4 µs a post, pass and core for 140 bytes of text, and 10 ms a pass with 2^18
// weights. Memory: 4 bytes a weight, for each shard and for each of 20 vectors.
#ifndef SL_TRAIN_LEARN_H
#define SL_TRAIN_LEARN_H

#include "base/error.h"
#include "corpus.h"

struct sl_learn_problem {
    const struct sl_corpus *corpus;
    bool words_only;         // words and pairs only, and no patterns
    uint32_t bits;           // the table has 2^bits weights
    uint32_t patterns_count; // weights behind the table; 0 with words_only
    double penalty;
    uint32_t threads;
    const float *weights; // by post; 0: left out
    const bool *labels;   // by post
    // After each pass over the posts, or NULL.
    void (*progress)(void *context);
    void *progress_context;
};

// How many numbers an answer has: the table, the patterns, and last the bias.
size_t sl_learn_size(const struct sl_learn_problem *problem);

// Starts from `answer` and leaves the best one there. *ret_passes counts passes over the posts.
int sl_learn(const struct sl_learn_problem *problem, float *answer, struct sl_error *error,
             uint32_t *ret_passes);

// The logit of every post, those left out included.
void sl_learn_predict(const struct sl_learn_problem *problem, const float *answer,
                      float *ret_logits);

#endif
