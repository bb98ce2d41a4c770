// SPDX-License-Identifier: Apache-2.0
//
// train/train.h - `sluice-train train`: labelled posts in, a model file (model/model.h) out.
//
// How it learns. Every post is judged once by the engine, which hands out what a model would see
// (engine/internal.h) and which patterns of the pack were hit; the features' hashes go to a file
// without a name that is mapped, so that memory holds what is used of it only. Each head (care, and
// every topic and signal of the pack with enough posts) is a logistic regression with an L2
// penalty: convex, one best answer, found by L-BFGS (Liu and Nocedal, Mathematical Programming 45,
// 1989) over all posts. No learning rate, and no order of posts: a post that stands twice weighs
// twice.
//
// What is held out is whole groups (--group: sources; else brands, authors), never posts at random
// where groups are known: a model must do well on those it has not seen. The penalty is chosen by
// the log-loss of held-out predictions; the same predictions fit how rules and model combine
//     logit = offset + rules_slope * (logit of the rules) + model_slope * (logit of the model)
// which is also the calibration (Platt, "Probabilistic outputs for support vector machines", 1999),
// and give the threshold at which missed requests and false alarms cost least.
//
// Deterministic: the same posts, pack and options give the same bytes, whatever the number of
// threads: sums are taken over SL_TRAIN_SHARDS fixed parts of the posts and joined in their order.
//
// Cost: reading a post 2–4 µs once; one pass over all features under 1 µs a post. Memory: 40 bytes
// a post and 16 MiB a thread and head; the features' file takes some 800 bytes a post.
#ifndef SL_TRAIN_TRAIN_H
#define SL_TRAIN_TRAIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "labelled.h"

#define SL_TRAIN_SHARDS    16
#define SL_TRAIN_FOLDS_MAX 16

struct sl_train_options {
    const char *pack; // NULL: the one that ships
    struct sl_labelled_options posts;
    const char *const *paths;
    size_t paths_count;
    const char *group;  // "source", "author", or one of posts.group_fields; NULL: see above
    const char *refuse; // a file of names to refuse, one a line; NULL: none
    uint64_t seed;      // how groups go to folds
    uint32_t threads;   // 0: one for each core
    uint32_t folds;     // 0: as many as there are groups, up to 5
    uint32_t bits;      // of the table of care; 0: 18
    double cost_miss, cost_alarm; // only their ratio counts; both 0: the best F1
    double penalty;               // of the weights; 0: chosen
    bool balance;                 // both classes weigh the same in sum
    const char *output;           // the model file
    bool quiet;
};

// What was learned, on held-out posts.
struct sl_train_figures {
    double precision, recall, f1; // at the threshold
    double log_loss;
};

struct sl_train_result {
    uint64_t posts, care, groups, bad; // bad: lines that cannot be read
    double penalty;
    struct sl_train_figures rules, model, both;
    int32_t threshold_permille;
    uint32_t heads; // beside care
};

// Reads, learns and writes options->output (a temporary file beside it, then renamed). Unless
// quiet, progress and a summary go to standard error.
int sl_train_run(const struct sl_train_options *options, struct sl_error *error,
                 struct sl_train_result *ret_result);

// The subcommands: read their arguments (arguments[0] is the name), print, return the exit status.
int sl_train_command(int count, char **arguments);
extern const char sl_train_help[];
int sl_show_command(int count, char **arguments); // show.c
extern const char sl_show_help[];

#endif
