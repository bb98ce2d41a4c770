// SPDX-License-Identifier: Apache-2.0
//
// ring/ring.h - a bounded queue of pointers between exactly one producer and one consumer thread.
//
// The writer side claims slots, fills them and commits; the reader side peeks, reads and releases.
// Both work on runs: a claim or peek hands out up to `want` slots that lie next to each other
// (fewer at the wrap-around or when the ring is nearly full or empty, possibly none). Nothing
// blocks and nothing spins; a full ring is an answer, and waiting is the caller's business
// (ring/bell.h).
//
// Each side writes its own position, on cache lines of its own (128 bytes apart: adjacent-line
// prefetch), and keeps a cached copy of the other's, so that the other's line is read only when the
// cached copy does not allow all that is wanted. Positions are free-running 64-bit counts; they may
// wrap.
//
// Memory orders (C11 atomics only, no fences, so that ThreadSanitizer sees every edge). Each atomic
// operation in ring.c bears its label:
//
//   label  operation                     order    pairs  why
//   W0     writer loads write_position   relaxed  -      only the writer stores it
//   W1     writer loads read_position    acquire  R2     the reader is done with the slots that the
//                                                        writer is about to overwrite
//   W2     writer stores write_position  release  R1     the slots' contents are seen before the
//                                                        position that announces them
//   R0     reader loads read_position    relaxed  -      only the reader stores it
//   R1     reader loads write_position   acquire  W2     see W2
//   R2     reader stores read_position   release  W1     see W1
//   D0     anyone loads both positions   relaxed  -      a gauge: nothing is read on its strength
//
// Source of the layout: the cached-index single-producer single-consumer queue (Lee, Bu,
// Chandranmenon, "MCRingBuffer", 2010; also DPDK's rte_ring and Rigtorp's SPSCQueue).
//
// Threads: `init` and `done` by the owner while nobody else uses the ring; claim/commit by the one
// writer; peek/release by the one reader. Only `init` allocates. Cost: a claim+commit or
// peek+release pair is a few nanoseconds when the cached copies suffice.
#ifndef SL_RING_RING_H
#define SL_RING_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SL_RING_LINE_BYTES 128
#define SL_RING_SLOTS_MAX  ((size_t)1 << 20)

struct sl_ring {
    // Set by init, read by both.
    _Alignas(SL_RING_LINE_BYTES) void **slots;
    uint64_t slots_count;

    // The writer's line.
    _Alignas(SL_RING_LINE_BYTES) _Atomic uint64_t write_position;
    uint64_t cached_read_position;

    // The reader's line.
    _Alignas(SL_RING_LINE_BYTES) _Atomic uint64_t read_position;
    uint64_t cached_write_position;
};

// Takes memory for `slots_count` pointers (a power of two, 1 to SL_RING_SLOTS_MAX; anything else is
// a programmer's error). `start_position` is where both positions begin: 0 in use, near UINT64_MAX
// in tests of the wrap.
int sl_ring_init(struct sl_ring *ring, size_t slots_count, uint64_t start_position,
                 struct sl_error *error);

// Gives the memory back; what the pointers point to is the caller's. Safe on a zeroed ring.
void sl_ring_done(struct sl_ring *ring);

// Writer: up to `want` (≥ 1) free adjacent slots in `*ret_slots`; returns how many. Claiming again
// without a commit hands out the same slots.
size_t sl_ring_claim(struct sl_ring *ring, size_t want, void ***ret_slots);

// Writer: makes the first `count` claimed slots visible to the reader. Asserts that they were free.
void sl_ring_commit(struct sl_ring *ring, size_t count);

// Reader: up to `want` (≥ 1) filled adjacent slots in `*ret_slots`; returns how many. Peeking again
// without a release hands out the same slots, and perhaps more behind them.
size_t sl_ring_peek(struct sl_ring *ring, size_t want, void *const **ret_slots);

// Reader: gives the first `count` peeked slots back to the writer. Asserts that they were filled.
void sl_ring_release(struct sl_ring *ring, size_t count);

// One pointer at a time, built on the above. `push` answers false when full, `pop` NULL when empty
// (so NULL cannot be pushed).
bool sl_ring_push(struct sl_ring *ring, void *item);
void *sl_ring_pop(struct sl_ring *ring);

// Any thread: how many slots are filled, at some recent moment. For gauges only.
size_t sl_ring_depth(const struct sl_ring *ring);

#endif
