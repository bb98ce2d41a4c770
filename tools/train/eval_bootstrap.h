// SPDX-License-Identifier: Apache-2.0
//
// train/eval_bootstrap.h - how far a figure, or the difference of two judges, may be chance.
//
// Paired bootstrap (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, 13.3): as many
// posts as there are are drawn with replacement, the same for both judges, the figures computed
// again, and so on; the interval of a figure holds the middle 95 % of its replicates (percentile
// method, rank interpolated). Where posts hang together (many of one brand) whole units are drawn
// instead, since drawing posts one by one would promise too much.
//
// Replicate r draws from a generator of its own, seeded by (seed, r): xoshiro256** by Blackman and
// Vigna (2018) from splitmix64, draws below n by Lemire's multiplication (2019). So the same posts,
// seed and replicates give the same intervals with any number of threads.
//
// A replicate in which a figure has no value (no request was drawn) is left out for that figure.
#ifndef SL_TRAIN_EVAL_BOOTSTRAP_H
#define SL_TRAIN_EVAL_BOOTSTRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum sl_eval_metric {
    SL_METRIC_PRECISION,
    SL_METRIC_RECALL,
    SL_METRIC_F1,
    SL_METRIC_AVERAGE_PRECISION,
    SL_METRIC_BRIER,
    SL_METRIC_LOG_LOSS,
    SL_METRICS_COUNT,
};

const char *sl_metric_name(enum sl_eval_metric metric);

// Brier and log loss are better when they are lower.
bool sl_metric_lower_is_better(enum sl_eval_metric metric);

struct sl_scored {
    uint16_t score_permille[2];
    bool called[2]; // care, by each judge
    bool care;
    uint32_t unit; // posts of one unit are drawn together; ignored unless `units_count`
};

struct sl_interval {
    double low, high; // NAN where no replicate has a value
};

struct sl_bootstrap_job {
    const struct sl_scored *posts;
    size_t posts_count;
    uint32_t units_count; // units are 0 to units_count - 1; 0: each post by itself
    uint32_t judges_count;
    uint32_t replicates; // 1 to 100,000
    uint64_t seed;
    uint32_t threads;
};

struct sl_bootstrap {
    double value[2][SL_METRICS_COUNT]; // on the posts as they are
    struct sl_interval interval[2][SL_METRICS_COUNT];
    struct sl_interval difference[SL_METRICS_COUNT]; // of the second less the first
};

int sl_bootstrap_run(const struct sl_bootstrap_job *job, struct sl_error *error,
                     struct sl_bootstrap *ret_bootstrap);

#endif
