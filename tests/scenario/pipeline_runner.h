// SPDX-License-Identifier: Apache-2.0
//
// tests/scenario/pipeline_runner.h - runs a pipeline over records in memory and keeps what came
// out.
#ifndef SL_TESTS_SCENARIO_PIPELINE_RUNNER_H
#define SL_TESTS_SCENARIO_PIPELINE_RUNNER_H

#include "pipeline/pipeline.h"
#include "support/io_sim.h"

#define EXPECT(condition, ...) ((condition) ? (void)0 : broken_off(__FILE__, __LINE__, __VA_ARGS__))
_Noreturn void broken_off(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

struct bytes {
    char *data;
    size_t len;
};

struct run {
    // Set by the caller.
    struct sl_pipeline_config config; // engine, workers, block, format, io
    struct bytes records;             // written to the input file
    bool threads;                     // or all stages polled in this thread
    struct sl_io_sim_options *sim;    // NULL: the real back end
    uint64_t drain_after_polls;       // 0: never; not with threads
    // Set by run_pipeline.
    int joined;
    struct sl_error error;
    struct sl_pipeline_totals totals;
    struct bytes items;
    struct bytes refused;
    bool stopped;
    uint64_t stopped_offset;
};

// The shipped pack, compiled without a cache.
struct sl_engine *open_engine(void);

// Records of every sort, good and bad, `count` of them, the same for the same seed.
struct bytes make_records(uint64_t seed, size_t count);

void run_pipeline(struct run *run);
void free_run(struct run *run); // what run_pipeline set
bool same_bytes(struct bytes a, struct bytes b);

#endif
