// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "bench/suites.h"
#include "pipeline/pipeline.h"

struct run {
    double wall_ns;
    double cpu_ns; // all threads
    struct sl_pipeline_totals totals;
    unsigned workers_count;
    enum sl_io_backend io;
};

static int64_t process_cpu_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * SL_NS_PER_SECOND + now.tv_nsec;
}

static int run_open(struct sl_pipeline *pipeline, struct sl_error *error, struct run *ret_run) {
    int64_t wall_ns = sl_clock_monotonic_ns(), cpu_ns = process_cpu_ns();
    if (sl_pipeline_start(pipeline, error) != SL_OK) {
        return SL_FAILED;
    }
    struct pollfd done = {.fd = sl_pipeline_done_fd(pipeline), .events = POLLIN};
    while (poll(&done, 1, -1) < 0 && errno == EINTR) {
    }
    if (sl_pipeline_join(pipeline, error) != SL_OK) {
        return SL_FAILED;
    }
    ret_run->wall_ns = (double)(sl_clock_monotonic_ns() - wall_ns);
    ret_run->cpu_ns = (double)(process_cpu_ns() - cpu_ns);
    ret_run->workers_count = sl_pipeline_workers_count(pipeline);
    ret_run->io = sl_pipeline_io_in_use(pipeline);
    sl_pipeline_read_totals(pipeline, &ret_run->totals);
    return SL_OK;
}

static int run_pipeline(struct sl_bench *bench, const char *output, struct sl_error *error,
                        struct run *ret_run) {
    const char *inputs[] = {bench->input.path};
    struct sl_pipeline_config config = {
        .engine = bench->engine,
        .inputs = inputs,
        .inputs_count = 1,
        .output = output,
        .format = SL_ITEM_MSGPACK,
        .workers_count = bench->options->workers,
        .io = bench->options->io,
    };
    struct sl_pipeline *pipeline;
    if (sl_pipeline_open(&config, error, &pipeline) != SL_OK) {
        return SL_FAILED;
    }
    int result = run_open(pipeline, error, ret_run);
    sl_pipeline_close(pipeline);
    return result;
}

static int check_file(struct sl_bench *bench, int fd, struct sl_error *error) {
    struct sl_str bytes;
    if (sl_file_map(fd, "the output", error, &bytes) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_digest digest = sl_digest_of(bytes);
    sl_file_unmap(bytes);
    return sl_bench_check_output(bench, "the pipeline", &digest, error);
}

struct rows {
    struct sl_row *ceiling, *file, *nowhere;
};

// One turn of each. The first, which is not counted, finds caches and files cold.
static int run_round(struct sl_bench *bench, int output_fd, const char *output, bool counted,
                     const struct rows *rows, struct sl_error *error, struct run *ret_run) {
    struct sl_ceiling ceiling;
    struct run file, nowhere;
    if (sl_bench_run_ceiling(bench, error, &ceiling) != SL_OK ||
        run_pipeline(bench, output, error, &file) != SL_OK ||
        check_file(bench, output_fd, error) != SL_OK ||
        run_pipeline(bench, "/dev/null", error, &nowhere) != SL_OK) {
        return SL_FAILED;
    }
    if (nowhere.totals.emitted != file.totals.emitted ||
        nowhere.totals.bytes_out != file.totals.bytes_out) {
        bench->differed = true;
        return sl_error_set(
            error, "the pipeline wrote %" PRIu64 " items to a file and %" PRIu64 " to /dev/null",
            file.totals.emitted, nowhere.totals.emitted);
    }
    if (counted) {
        sl_row_add(rows->ceiling, ceiling.wall_ns, ceiling.cpu_ns, 1.0);
        sl_row_add(rows->file, file.wall_ns, file.cpu_ns, ceiling.wall_ns / file.wall_ns);
        sl_row_add(rows->nowhere, nowhere.wall_ns, nowhere.cpu_ns,
                   ceiling.wall_ns / nowhere.wall_ns);
    }
    *ret_run = file;
    return SL_OK;
}

static double percent(uint64_t part, uint64_t whole) {
    return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static void write_note(const struct run *run, const struct sl_digest *output, char *note,
                       size_t room) {
    const struct sl_pipeline_totals *totals = &run->totals;
    snprintf(note, room,
             "%u worker%s, %s; out %" PRIu64 " bytes, hash %016" PRIx64 " in every round\n"
             "  care %.1f %%, thanks %.1f %%, noise %.1f %%; masked %.1f %% of posts; "
             "%" PRIu64 " refused",
             run->workers_count, run->workers_count == 1 ? "" : "s",
             run->io == SL_IO_URING ? "io_uring" : "plain system calls", output->bytes,
             output->hash, percent(totals->by_label[SL_LABEL_CARE], totals->emitted),
             percent(totals->by_label[SL_LABEL_THANKS], totals->emitted),
             percent(totals->by_label[SL_LABEL_NOISE], totals->emitted),
             percent(totals->masked_posts, totals->emitted), totals->quarantined);
}

int sl_suite_pipeline(struct sl_bench *bench, struct sl_error *error) {
    if (sl_bench_open_engine(bench, error) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_suite_report *suite = sl_report_suite(bench->report, "pipeline");
    suite->ratio_name = "of ceiling";
    struct rows rows = {
        .ceiling = sl_report_row(suite, "ceiling (bare loop)", SL_ROW_NS_A_POST),
        .file = sl_report_row(suite, "pipeline, file to file", SL_ROW_NS_A_POST),
        .nowhere = sl_report_row(suite, "pipeline, file to /dev/null", SL_ROW_NS_A_POST),
    };
    char output[SL_FILE_PATH_BYTES];
    int output_fd = sl_file_open_temporary(bench->options->directory, error, output);
    if (output_fd < 0) {
        return SL_FAILED;
    }
    int result = SL_OK;
    struct run run = {0};
    for (uint32_t round = 0; round <= bench->options->rounds && result == SL_OK; round++) {
        result = run_round(bench, output_fd, output, round > 0, &rows, error, &run);
    }
    close(output_fd);
    write_note(&run, &bench->output, suite->note, sizeof suite->note);
    return result;
}
