// SPDX-License-Identifier: Apache-2.0
//
// Every batch of 64 posts goes through all steps before the next one does, as it does in the stage,
// and the clock is read between two steps: so each step finds the caches as it would find them
// there, and the steps can be added up and held against the same loop without clocks. What the
// clock costs, 25 ns a step and batch, is in the figures: below 1 ns a post.
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/clock.h"
#include "bench/suites.h"
#include "io/io.h"

#define READ_BYTES     (1u << 20)
#define READS_INFLIGHT 4

enum step {
    STEP_TAKE,
    STEP_DECODE,
    STEP_FOLD,
    STEP_MASK,
    STEP_JUDGE,
    STEP_BODIES,
    STEP_ITEMS,
    STEPS_COUNT,
};

typedef void (*step_fn)(struct sl_loop *loop);

static const step_fn step_functions[STEPS_COUNT] = {
    [STEP_DECODE] = sl_loop_decode,       [STEP_FOLD] = sl_loop_fold,
    [STEP_MASK] = sl_loop_mask,           [STEP_JUDGE] = sl_loop_judge,
    [STEP_BODIES] = sl_loop_write_bodies, [STEP_ITEMS] = sl_loop_write_items,
};

// One run over the input; ret_ns are the sums by step.
static int run_steps(struct sl_bench *bench, struct sl_error *error, int64_t ret_ns[STEPS_COUNT]) {
    struct sl_loop *loop = bench->loop;
    memset(ret_ns, 0, STEPS_COUNT * sizeof *ret_ns);
    sl_loop_rewind(loop, bench->input.fd);
    int64_t before_ns = sl_clock_monotonic_ns();
    while (sl_loop_take(loop) > 0) {
        for (int step = STEP_TAKE; step < STEPS_COUNT; step++) {
            if (step != STEP_TAKE) {
                step_functions[step](loop);
            }
            int64_t now_ns = sl_clock_monotonic_ns();
            ret_ns[step] += now_ns - before_ns;
            before_ns = now_ns;
        }
    }
    struct sl_loop_totals totals;
    if (sl_loop_finish(loop, error, &totals) != SL_OK) {
        return SL_FAILED;
    }
    ret_ns[STEP_ITEMS] -= totals.digest_ns;
    return sl_bench_check_output(bench, "the loop by steps", &totals.output, error);
}

struct reader {
    struct sl_io *io;
    struct sl_arena memory;
    struct sl_io_request requests[READS_INFLIGHT];
    int fd;
    int64_t next_offset;
    int64_t size;
    int64_t read_bytes;
};

static void read_next(struct reader *reader, struct sl_io_request *request) {
    if (reader->next_offset < reader->size) {
        request->verb = SL_IO_READ;
        request->fd = reader->fd;
        request->len = READ_BYTES;
        request->offset = reader->next_offset;
        reader->next_offset += READ_BYTES;
        sl_io_submit(reader->io, request);
    }
}

static int read_all(struct reader *reader, struct sl_error *error) {
    for (int i = 0; i < READS_INFLIGHT; i++) {
        read_next(reader, &reader->requests[i]);
    }
    while (sl_io_in_flight(reader->io) > 0) {
        struct sl_io_request *done[READS_INFLIGHT];
        size_t count = sl_io_poll(reader->io, done, READS_INFLIGHT);
        for (size_t i = 0; i < count; i++) {
            if (done[i]->result < 0) {
                return sl_error_set(error, "cannot read the input: %s",
                                    strerror((int)-done[i]->result));
            }
            reader->read_bytes += done[i]->result;
            read_next(reader, done[i]);
        }
        if (count == 0) {
            sl_io_wait(reader->io, -1);
        }
    }
    return reader->read_bytes == reader->size ? SL_OK
                                              : sl_error_set(error, "the input ended early");
}

// The input through the io module, into buffers used over and over.
static int run_read(struct sl_bench *bench, struct sl_error *error, int64_t *ret_ns) {
    struct reader reader = {.fd = bench->input.fd, .size = (int64_t)bench->input.digest.bytes};
    if (sl_io_open(bench->options->io, READS_INFLIGHT, -1, error, &reader.io) != SL_OK) {
        return SL_FAILED;
    }
    int result = sl_arena_init(&reader.memory, READS_INFLIGHT * (size_t)READ_BYTES, error);
    if (result == SL_OK) {
        for (int i = 0; i < READS_INFLIGHT; i++) {
            reader.requests[i].data = sl_arena_take(&reader.memory, READ_BYTES, 4096);
            memset(reader.requests[i].data, 0, READ_BYTES);
        }
        int64_t start_ns = sl_clock_monotonic_ns();
        result = read_all(&reader, error);
        *ret_ns = sl_clock_monotonic_ns() - start_ns;
    }
    sl_io_close(reader.io);
    sl_arena_done(&reader.memory);
    return result;
}

struct rows {
    struct sl_row *take, *decode, *judge, *fold, *identify, *scan, *bodies, *items, *sum, *ceiling,
        *read;
};

static void add_sample(struct sl_row *row, double ns, const struct sl_ceiling *ceiling) {
    sl_row_add(row, ns, 0, ns / ceiling->wall_ns);
}

static void add_round(const struct rows *rows, const int64_t ns[STEPS_COUNT], int64_t read_ns,
                      const struct sl_ceiling *ceiling) {
    double fold = (double)ns[STEP_FOLD], mask = (double)ns[STEP_MASK];
    double judge = (double)ns[STEP_JUDGE];
    double sum = (double)(ns[STEP_TAKE] + ns[STEP_DECODE] + ns[STEP_BODIES] + ns[STEP_ITEMS]);
    add_sample(rows->take, (double)ns[STEP_TAKE], ceiling);
    add_sample(rows->decode, (double)ns[STEP_DECODE], ceiling);
    add_sample(rows->judge, judge, ceiling);
    add_sample(rows->fold, fold, ceiling);
    add_sample(rows->identify, mask - fold, ceiling);
    add_sample(rows->scan, judge - mask, ceiling);
    add_sample(rows->bodies, (double)ns[STEP_BODIES], ceiling);
    add_sample(rows->items, (double)ns[STEP_ITEMS], ceiling);
    add_sample(rows->sum, sum + judge, ceiling);
    sl_row_add(rows->ceiling, ceiling->wall_ns, ceiling->cpu_ns, 1.0);
    add_sample(rows->read, (double)read_ns, ceiling);
}

static struct rows open_rows(struct sl_suite_report *suite) {
    enum sl_row_unit unit = SL_ROW_NS_A_POST;
    return (struct rows){
        .take = sl_report_row(suite, "read and cut lines", unit),
        .decode = sl_report_row(suite, "parse", unit),
        .judge = sl_report_row(suite, "judge and mask, of this:", unit),
        .fold = sl_report_row(suite, "  fold", unit),
        .identify = sl_report_row(suite, "  find and mask identifiers", unit),
        .scan = sl_report_row(suite, "  scan and score", unit),
        .bodies = sl_report_row(suite, "encode bodies", unit),
        .items = sl_report_row(suite, "decide, encode items", unit),
        .sum = sl_report_row(suite, "sum of the steps", unit),
        .ceiling = sl_report_row(suite, "ceiling (bare loop)", unit),
        .read = sl_report_row(suite, "read alone, module io", unit),
    };
}

int sl_suite_stages(struct sl_bench *bench, struct sl_error *error) {
    if (sl_bench_open_engine(bench, error) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_suite_report *suite = sl_report_suite(bench->report, "stages");
    suite->ratio_name = "of ceiling";
    struct rows rows = open_rows(suite);
    for (uint32_t round = 0; round <= bench->options->rounds; round++) {
        int64_t step_ns[STEPS_COUNT], read_ns;
        struct sl_ceiling ceiling;
        if (run_steps(bench, error, step_ns) != SL_OK ||
            sl_bench_run_ceiling(bench, error, &ceiling) != SL_OK ||
            run_read(bench, error, &read_ns) != SL_OK) {
            return SL_FAILED;
        }
        if (round > 0) {
            add_round(&rows, step_ns, read_ns, &ceiling);
        }
    }
    snprintf(suite->note, sizeof suite->note,
             "one thread, batches of %d; identifiers and scan are differences: mask-only less "
             "fold, judge less mask-only",
             SL_LOOP_BATCH_COUNT);
    return SL_OK;
}
