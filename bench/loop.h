// SPDX-License-Identifier: Apache-2.0
//
// bench/loop.h - the bare loop: what one thread needs to turn posts into items when it does nothing
// else. It is the ceiling that the pipeline is measured against.
//
// It is made of the stage's own parts, in batches of 64: read(2), cut at the newlines, decode,
// judge and mask, write bodies, decide, write items. It has no rings, no other thread, no writes:
// items go to memory that is used over and over. Its output is byte for byte that of the pipeline,
// which its digest shows; taking the digest is not counted in its time.
//
// Use: open, then for each run rewind, take and the steps in their order until take answers 0, and
// finish. A run may leave out `fold` and `mask`, which are there to be timed on their own: their
// work is also part of `judge`.
//
// Differences to the pipeline: a record of more than SL_POST_RECORD_MAX_BYTES ends the run with an
// error; a refused record is counted and forgotten.
//
// Threads: one. Nothing is allocated after open.
#ifndef SL_BENCH_LOOP_H
#define SL_BENCH_LOOP_H

#include <stdint.h>

#include <sluice/engine.h>

#include "base/error.h"
#include "bench/digest.h"

#define SL_LOOP_BATCH_COUNT 64

struct sl_loop;

struct sl_loop_totals {
    uint64_t records;
    uint64_t refused;
    struct sl_digest output;
    int64_t digest_ns; // wall time that went into the digest: not the loop's
};

// The engine outlives the loop.
int sl_loop_open(const struct sl_engine *engine, struct sl_error *error, struct sl_loop **ret_loop);
void sl_loop_close(struct sl_loop *loop);

// Begins a run over the file.
void sl_loop_rewind(struct sl_loop *loop, int fd);

// Cuts the next batch of lines, reading when there are none. Returns how many; 0 at the end.
uint32_t sl_loop_take(struct sl_loop *loop);

// One step over the whole batch each. Decode may put records back that it has no room for.
void sl_loop_decode(struct sl_loop *loop);
void sl_loop_fold(struct sl_loop *loop);
void sl_loop_mask(struct sl_loop *loop);
void sl_loop_judge(struct sl_loop *loop);
void sl_loop_write_bodies(struct sl_loop *loop);
void sl_loop_write_items(struct sl_loop *loop);

// Ends a run. Fails when reading failed.
int sl_loop_finish(struct sl_loop *loop, struct sl_error *error, struct sl_loop_totals *ret_totals);

// A whole run.
int sl_loop_run(struct sl_loop *loop, int fd, struct sl_error *error,
                struct sl_loop_totals *ret_totals);

#endif
