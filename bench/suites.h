// SPDX-License-Identifier: Apache-2.0
//
// bench/suites.h - the suites: what can be measured, and what they all work on.
//
// A suite is one file suite_<name>.c with one function of type sl_suite_fn, listed in the table in
// suites.c. They run in the order of that table. Those that look at a process from outside (start,
// memory) come first: they fork, and the bench must still be small then.
#ifndef SL_BENCH_SUITES_H
#define SL_BENCH_SUITES_H

#include <stdbool.h>
#include <stdint.h>

#include <sluice/engine.h>

#include "base/error.h"
#include "bench/digest.h"
#include "bench/input.h"
#include "bench/loop.h"
#include "bench/options.h"
#include "bench/report.h"

struct sl_bench {
    const struct sl_bench_options *options;
    struct sl_report *report;
    struct sl_bench_input input;
    struct sl_engine *engine; // opened by the first suite that asks for it
    struct sl_loop *loop;
    struct sl_digest output; // of the first run; every other must equal it
    bool has_output;
    bool differed; // some run did not
};

typedef int (*sl_suite_fn)(struct sl_bench *bench, struct sl_error *error);

uint32_t sl_suites_count(void);
const char *sl_suite_name(uint32_t index);
const char *sl_suite_about(uint32_t index);
int sl_suite_run(uint32_t index, struct sl_bench *bench, struct sl_error *error);

int sl_suite_start(struct sl_bench *bench, struct sl_error *error);
int sl_suite_memory(struct sl_bench *bench, struct sl_error *error);
int sl_suite_stages(struct sl_bench *bench, struct sl_error *error);
int sl_suite_pipeline(struct sl_bench *bench, struct sl_error *error);

// Opens engine and bare loop unless that has been done.
int sl_bench_open_engine(struct sl_bench *bench, struct sl_error *error);

// Compares what a run wrote with what the first one wrote. Fails, and marks the bench, when it
// differs.
int sl_bench_check_output(struct sl_bench *bench, const char *run, const struct sl_digest *output,
                          struct sl_error *error);

// One run of the bare loop.
struct sl_ceiling {
    double wall_ns;
    double cpu_ns;
};
int sl_bench_run_ceiling(struct sl_bench *bench, struct sl_error *error,
                         struct sl_ceiling *ret_ceiling);

#endif
