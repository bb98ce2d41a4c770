// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "bench/probe.h"
#include "bench/suites.h"
#include "pipeline/pipeline.h"

#define ROUNDS_MAX 3 // it varies by pages

static int run_whole(struct sl_bench *bench, const char *output, struct sl_error *error) {
    struct sl_engine *engine;
    if (sl_engine_open(bench->options->pack, NULL, error, &engine) != SL_OK) {
        return SL_FAILED;
    }
    const char *inputs[] = {bench->input.path};
    struct sl_pipeline_config config = {
        .engine = engine,
        .inputs = inputs,
        .inputs_count = 1,
        .output = output,
        .format = SL_ITEM_MSGPACK,
        .workers_count = bench->options->workers,
        .io = bench->options->io,
    };
    struct sl_pipeline *pipeline;
    if (sl_pipeline_open(&config, error, &pipeline) != SL_OK ||
        sl_pipeline_start(pipeline, error) != SL_OK) {
        return SL_FAILED;
    }
    return sl_pipeline_join(pipeline, error);
}

static int probe_run(void *argument, struct sl_error *error, struct sl_probe_answer *ret_answer) {
    (void)ret_answer;
    return run_whole(argument, "/dev/null", error);
}

static int probe_nothing(void *argument, struct sl_error *error,
                         struct sl_probe_answer *ret_answer) {
    (void)argument;
    (void)error;
    (void)ret_answer;
    return SL_OK;
}

int sl_suite_memory(struct sl_bench *bench, struct sl_error *error) {
    struct sl_suite_report *suite = sl_report_suite(bench->report, "memory");
    struct sl_row *peak = sl_report_row(suite, "peak resident, whole run", SL_ROW_MIB);
    struct sl_row *base = sl_report_row(suite, "of this, before it begins", SL_ROW_MIB);
    struct sl_probe_answer whole, nothing;
    // The first round, which is not counted, sees to it that the compiled pack is in the cache.
    for (uint32_t round = 0; round <= bench->options->rounds && round <= ROUNDS_MAX; round++) {
        if (sl_probe_run(probe_run, bench, error, &whole) != SL_OK ||
            sl_probe_run(probe_nothing, NULL, error, &nothing) != SL_OK) {
            return SL_FAILED;
        }
        if (round > 0) {
            sl_row_add(peak, whole.peak_mib, 0, 0);
            sl_row_add(base, nothing.peak_mib, 0, 0);
        }
    }
    snprintf(suite->note, sizeof suite->note, "file to /dev/null, in a new process each time");
    return SL_OK;
}
