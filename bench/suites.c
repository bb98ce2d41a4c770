// SPDX-License-Identifier: Apache-2.0
#include "bench/suites.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "engine/internal.h"

static const struct {
    const char *name;
    const char *about;
    sl_suite_fn run;
} suites[] = {
    {"start", "time until the first byte is read, with and without a compiled pack in the cache",
     sl_suite_start},
    {"memory", "most memory resident at once while the pipeline runs", sl_suite_memory},
    {"stages", "each step of the work in one thread, and all of them as a bare loop: the ceiling",
     sl_suite_stages},
    {"pipeline", "the whole stage, file to file and file to nowhere, beside the ceiling",
     sl_suite_pipeline},
};

uint32_t sl_suites_count(void) {
    return sizeof suites / sizeof suites[0];
}

const char *sl_suite_name(uint32_t index) {
    return suites[index].name;
}

const char *sl_suite_about(uint32_t index) {
    return suites[index].about;
}

int sl_suite_run(uint32_t index, struct sl_bench *bench, struct sl_error *error) {
    return suites[index].run(bench, error);
}

int sl_bench_open_engine(struct sl_bench *bench, struct sl_error *error) {
    if (bench->engine != NULL) {
        return SL_OK;
    }
    if (sl_engine_open(bench->options->pack, NULL, error, &bench->engine) != SL_OK ||
        sl_loop_open(bench->engine, error, &bench->loop) != SL_OK) {
        return SL_FAILED;
    }
    snprintf(bench->report->pack_origin, sizeof bench->report->pack_origin, "%s",
             sl_engine_origin(bench->engine));
    return SL_OK;
}

int sl_bench_check_output(struct sl_bench *bench, const char *run, const struct sl_digest *output,
                          struct sl_error *error) {
    if (!bench->has_output) {
        bench->output = *output;
        bench->has_output = true;
        bench->report->output = *output;
        return SL_OK;
    }
    if (output->hash == bench->output.hash && output->bytes == bench->output.bytes) {
        return SL_OK;
    }
    bench->differed = true;
    return sl_error_set(error,
                        "%s wrote other bytes than the first run: expected %" PRIu64
                        " bytes with hash %016" PRIx64 ", found %" PRIu64 " with %016" PRIx64,
                        run, bench->output.bytes, bench->output.hash, output->bytes, output->hash);
}

int sl_bench_run_ceiling(struct sl_bench *bench, struct sl_error *error,
                         struct sl_ceiling *ret_ceiling) {
    struct sl_loop_totals totals;
    int64_t wall_ns = sl_clock_monotonic_ns(), cpu_ns = sl_clock_thread_cpu_ns();
    if (sl_loop_run(bench->loop, bench->input.fd, error, &totals) != SL_OK) {
        return SL_FAILED;
    }
    wall_ns = sl_clock_monotonic_ns() - wall_ns - totals.digest_ns;
    cpu_ns = sl_clock_thread_cpu_ns() - cpu_ns - totals.digest_ns;
    *ret_ceiling = (struct sl_ceiling){.wall_ns = (double)wall_ns, .cpu_ns = (double)cpu_ns};
    return sl_bench_check_output(bench, "the bare loop", &totals.output, error);
}
