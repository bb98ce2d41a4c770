// SPDX-License-Identifier: Apache-2.0
//
// Goal: with its threads running, the pipeline gives the same bytes whatever their number, takes
// memory only at start, and ends. Method: runs with 1 to 4 workers on both back ends, compared with
// one polled in a single thread; a malloc that counts, over a short and a long input. Also what
// ThreadSanitizer watches.

#include <stdatomic.h>
#include <stdlib.h>

#include "scenario/pipeline_runner.h"
#include "support/random.h"

static struct sl_engine *engine;

static void expect_the_same_bytes_whatever_the_threads(void) {
    struct bytes records = make_records(sl_random_seed(), 3000);
    struct run first = {.records = records, .config = {.engine = engine, .workers_count = 1}};
    run_pipeline(&first);
    static const enum sl_io_backend backends[] = {SL_IO_AUTO, SL_IO_PLAIN};
    for (unsigned i = 0; i < 24; i++) {
        struct run run = {
            .records = records,
            .threads = true,
            .config = {.engine = engine,
                       .workers_count = 1 + i % 4,
                       .block_bytes = i % 3 == 0 ? 4096 : 30000,
                       .io = backends[i / 4 % 2]},
        };
        run_pipeline(&run);
        EXPECT(run.joined == SL_OK, "%s", run.error.text);
        EXPECT(same_bytes(run.items, first.items), "run %u: other items", i);
        EXPECT(run.refused.len == first.refused.len, "run %u: other refusals", i);
        EXPECT(run.totals.received == run.totals.emitted + run.totals.quarantined, "run %u: lost",
               i);
        free_run(&run);
    }
    free_run(&first);
    free(records.data);
}

// Sanitizers bring a malloc of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif
#else
#define SANITIZED
#endif

#ifndef SANITIZED
static _Atomic uint64_t allocations;

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *memory, size_t bytes);

void *malloc(size_t bytes) {
    allocations++;
    return __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes) {
    allocations++;
    return __libc_calloc(count, bytes);
}

void *realloc(void *memory, size_t bytes) {
    allocations++;
    return __libc_realloc(memory, bytes);
}

static uint64_t allocations_of(size_t records_count, enum sl_item_format format) {
    struct run run = {
        .records = make_records(1, records_count),
        .threads = true,
        .config = {.engine = engine, .workers_count = 2, .block_bytes = 65536, .format = format},
    };
    uint64_t before = allocations;
    run_pipeline(&run);
    uint64_t after = allocations;
    EXPECT(run.joined == SL_OK, "%s", run.error.text);
    EXPECT(run.totals.emitted > records_count / 2, "nothing came out");
    free_run(&run);
    free(run.records.data);
    return after - before;
}

static void expect_no_allocation_per_post(void) {
    static const enum sl_item_format formats[] = {SL_ITEM_MSGPACK, SL_ITEM_JSON};
    for (unsigned i = 0; i < 2; i++) {
        allocations_of(100, formats[i]); // what the libraries take once
        uint64_t few = allocations_of(2000, formats[i]);
        uint64_t many = allocations_of(20000, formats[i]);
        EXPECT(few > 0, "the counting malloc is not in use");
        EXPECT(many == few, "%" PRIu64 " allocations for 2,000 posts, %" PRIu64 " for 20,000", few,
               many);
    }
}
#else
static void expect_no_allocation_per_post(void) {
}
#endif

int main(void) {
    engine = open_engine();
    expect_the_same_bytes_whatever_the_threads();
    expect_no_allocation_per_post();
    sl_engine_close(engine);
    return 0;
}
