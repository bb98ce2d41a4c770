// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "bench/probe.h"
#include "bench/suites.h"
#include "engine/internal.h"
#include "pipeline/pipeline.h"

#define COLD_ROUNDS_MAX 3 // compiling takes long and varies little

enum value {
    VALUE_LOAD,  // the pack read and checked
    VALUE_READY, // all that, the engine and the pipeline open
};

struct start {
    const struct sl_bench_options *options;
    const char *cache;
};

static int open_all(const struct start *start, struct sl_error *error, double *ret_values) {
    int64_t start_ns = sl_clock_monotonic_ns();
    struct sl_pack *pack;
    if (sl_pack_load(start->options->pack, error, &pack) != SL_OK) {
        return SL_FAILED;
    }
    ret_values[VALUE_LOAD] = (double)(sl_clock_monotonic_ns() - start_ns) / 1e6;
    struct sl_engine_options options = {.cache_dir = start->cache};
    struct sl_engine *engine;
    if (sl_engine_open_pack(pack, &options, error, &engine) != SL_OK) {
        return SL_FAILED;
    }
    const char *inputs[] = {"/dev/null"};
    struct sl_pipeline_config config = {
        .engine = engine,
        .inputs = inputs,
        .inputs_count = 1,
        .output = "/dev/null",
        .workers_count = start->options->workers,
        .io = start->options->io,
    };
    struct sl_pipeline *pipeline;
    if (sl_pipeline_open(&config, error, &pipeline) != SL_OK ||
        sl_pipeline_start(pipeline, error) != SL_OK) {
        return SL_FAILED;
    }
    ret_values[VALUE_READY] = (double)(sl_clock_monotonic_ns() - start_ns) / 1e6;
    return sl_pipeline_join(pipeline, error);
}

static int probe_start(void *argument, struct sl_error *error, struct sl_probe_answer *ret_answer) {
    return open_all(argument, error, ret_answer->values);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place) {
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

static void remove_all(const char *directory) {
    nftw(directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static int run_rounds(struct sl_bench *bench, const char *cache, struct sl_suite_report *suite,
                      struct sl_error *error) {
    struct start start = {.options = bench->options, .cache = cache};
    struct sl_row *load = sl_report_row(suite, "load and check the pack", SL_ROW_MS);
    struct sl_row *cold = sl_report_row(suite, "ready, nothing in the cache", SL_ROW_MS);
    struct sl_row *warm = sl_report_row(suite, "ready, compiled pack cached", SL_ROW_MS);
    struct sl_probe_answer answer;
    for (uint32_t round = 0; round < bench->options->rounds; round++) {
        if (round < COLD_ROUNDS_MAX) {
            remove_all(cache);
            if (sl_probe_run(probe_start, &start, error, &answer) != SL_OK) {
                return SL_FAILED;
            }
            sl_row_add(cold, answer.values[VALUE_READY], 0, 0);
        }
        if (sl_probe_run(probe_start, &start, error, &answer) != SL_OK) {
            return SL_FAILED;
        }
        sl_row_add(load, answer.values[VALUE_LOAD], 0, 0);
        sl_row_add(warm, answer.values[VALUE_READY], 0, 0);
    }
    return SL_OK;
}

int sl_suite_start(struct sl_bench *bench, struct sl_error *error) {
    char cache[PATH_MAX];
    snprintf(cache, sizeof cache, "%s/sluice-bench-cache-XXXXXX", bench->options->directory);
    if (mkdtemp(cache) == NULL) {
        return sl_error_set(error,
                            "cannot create a folder in %s: %s; name another place with --dir",
                            bench->options->directory, strerror(errno));
    }
    struct sl_suite_report *suite = sl_report_suite(bench->report, "start");
    int result = run_rounds(bench, cache, suite, error);
    remove_all(cache);
    snprintf(suite->note, sizeof suite->note,
             "a new process each time, from its first line to threads that wait for input");
    return result;
}
