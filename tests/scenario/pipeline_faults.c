// SPDX-License-Identifier: Apache-2.0
//
// Goal: short reads and writes, late and reordered completions, errors and drains at any moment
// change nothing but what they must, and every record is accounted for. Method: all stages polled
// in one thread on an io back end whose faults come from a seed; each run is compared with one
// without faults. SLUICE_TEST_SEED repeats a failure.

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "scenario/pipeline_runner.h"
#include "support/random.h"

#if defined(__SANITIZE_ADDRESS__)
#define ROUNDS 40
#else
#define ROUNDS 150
#endif

static struct sl_engine *engine;
static struct sl_random dice;

static void set_up(void) {
    engine = open_engine();
    dice = (struct sl_random){sl_random_seed()};
}

static void tear_down(void) {
    sl_engine_close(engine);
}

TestSuite(pipeline_faults, .init = set_up, .fini = tear_down);

static struct sl_io_sim_options random_sim(void) {
    return (struct sl_io_sim_options){
        .seed = sl_random_next(&dice),
        .short_percent = (unsigned)sl_random_below(&dice, 100),
        .delay_polls_max = (unsigned)sl_random_below(&dice, 20),
    };
}

static struct sl_pipeline_config random_config(void) {
    static const size_t blocks[] = {64, 200, 4096, 65536, 1 << 20};
    return (struct sl_pipeline_config){
        .engine = engine,
        .workers_count = 1 + (unsigned)sl_random_below(&dice, 4),
        .block_bytes = blocks[sl_random_below(&dice, 5)],
    };
}

static size_t count_records(struct bytes records) {
    size_t count = 0;
    for (size_t at = 0; at < records.len;) {
        const char *newline = memchr(records.data + at, '\n', records.len - at);
        size_t end = newline != NULL ? (size_t)(newline - records.data) : records.len;
        count += strspn(records.data + at, " \r\t") < end - at;
        at = end + 1;
    }
    return count;
}

static void expect_accounts(const struct run *run) {
    cr_assert_eq(run->totals.received, run->totals.emitted + run->totals.quarantined);
}

Test(pipeline_faults, run_on_a_bad_day_gives_the_same_bytes) {
    struct bytes records = make_records(sl_random_next(&dice), 300);
    struct run first = {.records = records, .config = {.engine = engine, .workers_count = 1}};
    run_pipeline(&first);
    cr_assert_eq(first.joined, SL_OK);
    cr_assert_eq(first.totals.received, count_records(records));
    expect_accounts(&first);
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct sl_io_sim_options sim = random_sim();
        struct run run = {.records = records, .config = random_config(), .sim = &sim};
        run_pipeline(&run);
        cr_assert_eq(run.joined, SL_OK, "%s", run.error.text);
        cr_assert(same_bytes(run.items, first.items), "round %u: other items", round);
        cr_assert_eq(run.refused.len, first.refused.len, "round %u: other refusals", round);
        expect_accounts(&run);
        free_run(&run);
    }
    free_run(&first);
    free(records.data);
}

Test(pipeline_faults, read_that_fails_keeps_what_came_before) {
    struct bytes records = make_records(sl_random_next(&dice), 200);
    for (unsigned round = 0; round < ROUNDS / 2; round++) {
        size_t at = sl_random_below(&dice, records.len);
        struct sl_io_sim_options sim = random_sim();
        sim.read_fault.at_byte = (int64_t)at;
        sim.read_fault.error = EIO;
        struct run run = {.records = records, .config = random_config(), .sim = &sim};
        run_pipeline(&run);
        cr_assert_eq(run.joined, SL_FAILED);
        cr_assert_not_null(strstr(run.error.text, "cannot read on"));
        cr_assert_eq(run.totals.received, count_records((struct bytes){records.data, at}));
        bool broke_inside = at > 0 && records.data[at - 1] != '\n';
        cr_assert_leq(run.totals.by_reason[SL_QUARANTINE_UNFINISHED], (uint64_t)broke_inside);
        expect_accounts(&run);
        free_run(&run);
    }
    free(records.data);
}

Test(pipeline_faults, write_that_fails_ends_the_run_with_an_error) {
    struct bytes records = make_records(sl_random_next(&dice), 2000);
    for (unsigned round = 0; round < ROUNDS / 5; round++) {
        struct sl_io_sim_options sim = random_sim();
        sim.write_fault.at_byte = (int64_t)sl_random_below(&dice, 300000);
        sim.write_fault.error = ENOSPC;
        struct run run = {.records = records, .config = random_config(), .sim = &sim};
        run_pipeline(&run);
        cr_assert_eq(run.joined, SL_FAILED);
        cr_assert_not_null(strstr(run.error.text, "No space left"));
        cr_assert_leq(run.items.len, (size_t)sim.write_fault.at_byte);
        free_run(&run);
    }
    free(records.data);
}

Test(pipeline_faults, drain_at_any_moment_finishes_what_was_taken_in) {
    struct bytes records = make_records(sl_random_next(&dice), 400);
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct sl_io_sim_options sim = random_sim();
        struct run run = {
            .records = records,
            .config = random_config(),
            .sim = &sim,
            .drain_after_polls = 1 + sl_random_below(&dice, 400),
        };
        run_pipeline(&run);
        cr_assert_eq(run.joined, SL_OK, "%s", run.error.text);
        struct bytes taken = records;
        if (run.stopped) {
            taken.len = run.stopped_offset;
            cr_assert(taken.len == 0 || records.data[taken.len - 1] == '\n');
        }
        cr_assert_eq(run.totals.received, count_records(taken));
        expect_accounts(&run);
        free_run(&run);
    }
    free(records.data);
}
