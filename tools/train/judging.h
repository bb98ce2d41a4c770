// SPDX-License-Identifier: Apache-2.0
//
// train/judging.h - labelled posts through one or two engines, on all cores, back in order.
//
// The calling thread reads posts in batches and hands them to worker threads, each with a judge of
// its own for every engine; judged batches come back in the order of reading, so what the receiver
// sees does not depend on the number of threads. What a judged post points to lives until the
// receiver returns.
//
// Memory: three batches a worker, each of up to 256 posts or 1 MiB and a post.
#ifndef SL_TRAIN_JUDGING_H
#define SL_TRAIN_JUDGING_H

#include <sluice/engine.h>

#include "labelled.h"

#define SL_JUDGING_ENGINES_MAX 2

struct sl_judgement {
    enum sl_outcome outcome; // unless SL_JUDGED nothing else is set
    enum sl_label label;
    enum sl_line line;
    uint16_t score_permille;
    uint8_t why_count;
    uint16_t why[SL_VERDICT_REASONS_MAX];
    uint64_t topics, signals;
    struct sl_str masked;
};

struct sl_judged {
    const struct sl_labelled_post *post;
    const struct sl_judgement *judgements; // one an engine
};

// SL_FAILED ends the judging with the error that the receiver set.
typedef int (*sl_judged_fn)(void *context, const struct sl_judged *judged, struct sl_error *error);

struct sl_judging {
    struct sl_labelled *posts;
    const struct sl_engine *engines[SL_JUDGING_ENGINES_MAX];
    uint32_t engines_count;
    uint32_t threads; // 0: one for each core this process may use
    sl_judged_fn receive;
    void *context;
    void (*progress)(void *context); // after each batch, or NULL
};

// How many threads `asked` comes to: 0 is one for each core this process may use.
uint32_t sl_judging_threads(uint32_t asked);

// Judges all posts from where the reader stands.
int sl_judging_run(const struct sl_judging *judging, struct sl_error *error);

#endif
