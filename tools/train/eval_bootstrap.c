// SPDX-License-Identifier: Apache-2.0
#include "eval_bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/error.h"
#include "eval_figures.h"
#include "parallel.h"

const char *sl_metric_name(enum sl_eval_metric metric) {
    static const char *const names[SL_METRICS_COUNT] = {
        [SL_METRIC_PRECISION] = "precision",
        [SL_METRIC_RECALL] = "recall",
        [SL_METRIC_F1] = "F1",
        [SL_METRIC_AVERAGE_PRECISION] = "average precision",
        [SL_METRIC_BRIER] = "Brier",
        [SL_METRIC_LOG_LOSS] = "log loss",
    };
    return names[metric];
}

bool sl_metric_lower_is_better(enum sl_eval_metric metric) {
    return metric == SL_METRIC_BRIER || metric == SL_METRIC_LOG_LOSS;
}

// The generator: xoshiro256**, seeded by splitmix64.

struct draws {
    uint64_t state[4];
};

static uint64_t split_mix(uint64_t *state) {
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

static struct draws draws_from(uint64_t seed, uint64_t replicate) {
    struct draws draws;
    uint64_t state = seed;
    state = split_mix(&state) ^ replicate;
    for (unsigned i = 0; i < 4; i++) {
        draws.state[i] = split_mix(&state);
    }
    return draws;
}

static inline uint64_t rotate(uint64_t bits, unsigned by) {
    return bits << by | bits >> (64 - by);
}

static inline uint64_t draw_bits(struct draws *draws) {
    uint64_t *s = draws->state, result = rotate(s[1] * 5, 7) * 9, shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

static inline uint64_t draw_below(struct draws *draws, uint64_t limit) {
    unsigned __int128 product = (unsigned __int128)draw_bits(draws) * limit;
    if ((uint64_t)product < limit) {
        uint64_t least = -limit % limit;
        while ((uint64_t)product < least) {
            product = (unsigned __int128)draw_bits(draws) * limit;
        }
    }
    return (uint64_t)(product >> 64);
}

// What the threads share: posts ordered by unit, and a row of figures for each replicate.
struct row {
    double value[2][SL_METRICS_COUNT];
};

struct shared {
    const struct sl_bootstrap_job *job;
    const uint32_t *order;      // posts by unit; NULL: each post is one
    const uint32_t *unit_start; // units_count + 1
    size_t units_count;
    struct row *rows;
    struct sl_tally (*tallies)[2]; // of each thread
};

static inline void add_post(const struct sl_scored *post, uint32_t judges_count,
                            struct sl_tally tallies[2]) {
    for (uint32_t judge = 0; judge < judges_count; judge++) {
        sl_tally_post(&tallies[judge], post->score_permille[judge], post->care,
                      post->called[judge]);
    }
}

static void measure(const struct sl_bootstrap_job *job, const struct sl_tally tallies[2],
                    double values[2][SL_METRICS_COUNT]) {
    for (uint32_t judge = 0; judge < job->judges_count; judge++) {
        const struct sl_tally *tally = &tallies[judge];
        const struct sl_confusion *called = &tally->called;
        double *value = values[judge];
        value[SL_METRIC_PRECISION] = sl_confusion_precision(called);
        value[SL_METRIC_RECALL] = sl_confusion_recall(called);
        value[SL_METRIC_F1] = sl_confusion_f1(called);
        value[SL_METRIC_AVERAGE_PRECISION] = sl_tally_average_precision(tally);
        value[SL_METRIC_BRIER] = sl_tally_brier(tally);
        value[SL_METRIC_LOG_LOSS] = sl_tally_log_loss(tally);
    }
}

static void draw_replicate(void *context, uint32_t thread, uint32_t replicate) {
    const struct shared *shared = context;
    const struct sl_bootstrap_job *job = shared->job;
    struct sl_tally *tallies = shared->tallies[thread];
    struct draws draws = draws_from(job->seed, replicate);
    memset(tallies, 0, 2 * sizeof *tallies);
    for (size_t i = 0; i < shared->units_count; i++) {
        size_t unit = (size_t)draw_below(&draws, shared->units_count);
        if (shared->order == NULL) {
            add_post(&job->posts[unit], job->judges_count, tallies);
            continue;
        }
        for (uint32_t p = shared->unit_start[unit]; p < shared->unit_start[unit + 1]; p++) {
            add_post(&job->posts[shared->order[p]], job->judges_count, tallies);
        }
    }
    measure(job, tallies, shared->rows[replicate].value);
}

static int compare_doubles(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

static double quantile(const double *sorted, size_t count, double share) {
    double at = share * (double)(count - 1);
    size_t below = (size_t)at;
    return below + 1 < count
               ? sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below])
               : sorted[below];
}

// Sorts `values`.
static struct sl_interval middle_of(double *values, size_t count) {
    if (count == 0) {
        return (struct sl_interval){NAN, NAN};
    }
    qsort(values, count, sizeof *values, compare_doubles);
    return (struct sl_interval){quantile(values, count, 0.025), quantile(values, count, 0.975)};
}

static void summarise(const struct shared *shared, double *room, struct sl_bootstrap *result) {
    uint32_t replicates = shared->job->replicates, judges_count = shared->job->judges_count;
    for (enum sl_eval_metric metric = 0; metric < SL_METRICS_COUNT; metric++) {
        // The last round is that of the difference.
        for (uint32_t round = 0; round < (judges_count == 2 ? 3 : 1); round++) {
            size_t count = 0;
            for (uint32_t r = 0; r < replicates; r++) {
                const struct row *row = &shared->rows[r];
                double value = round < 2 ? row->value[round][metric]
                                         : row->value[1][metric] - row->value[0][metric];
                if (!isnan(value)) {
                    room[count++] = value;
                }
            }
            struct sl_interval interval = middle_of(room, count);
            if (round < 2) {
                result->interval[round][metric] = interval;
            } else {
                result->difference[metric] = interval;
            }
        }
    }
}

// Counting sort of posts by unit.
static bool order_by_unit(const struct sl_bootstrap_job *job, uint32_t **ret_order,
                          uint32_t **ret_start) {
    uint32_t *start = calloc((size_t)job->units_count + 2, sizeof *start);
    uint32_t *order = malloc(job->posts_count * sizeof *order);
    *ret_order = order;
    *ret_start = start;
    if (start == NULL || order == NULL) {
        return false;
    }
    for (size_t i = 0; i < job->posts_count; i++) {
        SL_ASSERT(job->posts[i].unit < job->units_count);
        start[job->posts[i].unit + 2]++;
    }
    for (uint32_t unit = 2; unit <= job->units_count + 1; unit++) {
        start[unit] += start[unit - 1];
    }
    for (size_t i = 0; i < job->posts_count; i++) {
        order[start[job->posts[i].unit + 1]++] = (uint32_t)i;
    }
    return true;
}

static void measure_once(const struct sl_bootstrap_job *job, struct sl_tally tallies[2],
                         struct sl_bootstrap *result) {
    memset(tallies, 0, 2 * sizeof *tallies);
    for (size_t i = 0; i < job->posts_count; i++) {
        add_post(&job->posts[i], job->judges_count, tallies);
    }
    measure(job, tallies, result->value);
}

int sl_bootstrap_run(const struct sl_bootstrap_job *job, struct sl_error *error,
                     struct sl_bootstrap *ret_bootstrap) {
    SL_ASSERT(job->posts_count > 0 && job->posts_count < UINT32_MAX && job->replicates > 0);
    SL_ASSERT(job->judges_count == 1 || job->judges_count == 2);
    SL_ASSERT(job->threads >= 1 && job->threads <= SL_PARALLEL_THREADS_MAX);
    uint32_t *order = NULL, *start = NULL;
    struct shared shared = {.job = job, .units_count = job->posts_count};
    shared.tallies = calloc(job->threads, sizeof *shared.tallies);
    double *room = malloc(job->replicates * sizeof *room);
    shared.rows = calloc(job->replicates, sizeof *shared.rows);
    bool done = shared.tallies != NULL && room != NULL && shared.rows != NULL &&
                (job->units_count == 0 || order_by_unit(job, &order, &start));
    if (done) {
        if (job->units_count > 0) {
            shared.order = order;
            shared.unit_start = start;
            shared.units_count = job->units_count;
        }
        *ret_bootstrap = (struct sl_bootstrap){0};
        measure_once(job, shared.tallies[0], ret_bootstrap);
        sl_parallel(job->threads, job->replicates, draw_replicate, &shared);
        summarise(&shared, room, ret_bootstrap);
    }
    free(shared.rows);
    free(room);
    free(shared.tallies);
    free(order);
    free(start);
    return done ? SL_OK : sl_error_set(error, "no memory for the bootstrap");
}
