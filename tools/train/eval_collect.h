// SPDX-License-Identifier: Apache-2.0
//
// train/eval_collect.h - judged posts, one by one, into a report.
//
// Open, sl_eval_collect for each post in order (it fits sl_judged_fn), then finish. One thread.
#ifndef SL_TRAIN_EVAL_COLLECT_H
#define SL_TRAIN_EVAL_COLLECT_H

#include "eval.h"
#include "judging.h"

struct sl_eval_collector;

// The reader, the engines and the options outlive the collector. `masker` cuts identifiers of all
// kinds out of the texts that are shown.
int sl_eval_collector_open(const struct sl_eval_options *options, uint32_t judges_count,
                           const struct sl_labelled *posts, const struct sl_engine *const *engines,
                           const struct sl_engine *masker, struct sl_error *error,
                           struct sl_eval_collector **ret_collector);
void sl_eval_collector_close(struct sl_eval_collector *collector);

// From here on this engine is judge `judge`; its pack is the same.
void sl_eval_collector_use(struct sl_eval_collector *collector, uint32_t judge,
                           const struct sl_engine *engine);

int sl_eval_collect(void *context, const struct sl_judged *judged, struct sl_error *error);

// Fills all of the report but the judges' names and the counts of the reader.
int sl_eval_collector_finish(struct sl_eval_collector *collector, struct sl_error *error,
                             struct sl_eval_report *report);

#endif
