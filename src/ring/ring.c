// SPDX-License-Identifier: Apache-2.0
#include "ring/ring.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

// The table in ring.h says why each order is what it is. They are macros so that
// tests/stress/ring.cmake can weaken one at a time and see ThreadSanitizer report it.
#ifndef SL_RING_ORDER_W1
#define SL_RING_ORDER_W1 memory_order_acquire
#endif
#ifndef SL_RING_ORDER_W2
#define SL_RING_ORDER_W2 memory_order_release
#endif
#ifndef SL_RING_ORDER_R1
#define SL_RING_ORDER_R1 memory_order_acquire
#endif
#ifndef SL_RING_ORDER_R2
#define SL_RING_ORDER_R2 memory_order_release
#endif

int sl_ring_init(struct sl_ring *ring, size_t slots_count, uint64_t start_position,
                 struct sl_error *error) {
    SL_ASSERT(slots_count >= 1 && slots_count <= SL_RING_SLOTS_MAX);
    SL_ASSERT((slots_count & (slots_count - 1)) == 0);
    // Whole lines of its own, so that a neighbour on the heap cannot slow the ring down.
    size_t lines_count =
        (slots_count * sizeof(void *) + SL_RING_LINE_BYTES - 1) / SL_RING_LINE_BYTES;
    memset(ring, 0, sizeof *ring);
    ring->slots = aligned_alloc(SL_RING_LINE_BYTES, lines_count * SL_RING_LINE_BYTES);
    if (ring->slots == NULL) {
        return sl_error_set(error, "no memory for a ring of %zu slots", slots_count);
    }
    ring->slots_count = slots_count;
    atomic_init(&ring->write_position, start_position);
    atomic_init(&ring->read_position, start_position);
    ring->cached_read_position = start_position;
    ring->cached_write_position = start_position;
    return SL_OK;
}

void sl_ring_done(struct sl_ring *ring) {
    free(ring->slots);
    memset(ring, 0, sizeof *ring);
}

// How many of the wanted slots lie between `position` and the end of the array.
static size_t before_wrap(const struct sl_ring *ring, uint64_t position, size_t want) {
    size_t run = (size_t)(ring->slots_count - (position & (ring->slots_count - 1)));
    return want < run ? want : run;
}

static void **slot_at(const struct sl_ring *ring, uint64_t position) {
    return &ring->slots[position & (ring->slots_count - 1)];
}

size_t sl_ring_claim(struct sl_ring *ring, size_t want, void ***ret_slots) {
    SL_ASSERT(want >= 1);
    uint64_t position = atomic_load_explicit(&ring->write_position, memory_order_relaxed); // W0
    size_t run = before_wrap(ring, position, want);
    uint64_t free_count = ring->slots_count - (position - ring->cached_read_position);
    if (free_count < run) {
        ring->cached_read_position =
            atomic_load_explicit(&ring->read_position, SL_RING_ORDER_W1); // W1
        free_count = ring->slots_count - (position - ring->cached_read_position);
    }
    *ret_slots = slot_at(ring, position);
    return free_count < run ? (size_t)free_count : run;
}

void sl_ring_commit(struct sl_ring *ring, size_t count) {
    uint64_t position = atomic_load_explicit(&ring->write_position, memory_order_relaxed); // W0
    SL_ASSERT(count <= ring->slots_count - (position - ring->cached_read_position));
    atomic_store_explicit(&ring->write_position, position + count, SL_RING_ORDER_W2); // W2
}

size_t sl_ring_peek(struct sl_ring *ring, size_t want, void *const **ret_slots) {
    SL_ASSERT(want >= 1);
    uint64_t position = atomic_load_explicit(&ring->read_position, memory_order_relaxed); // R0
    size_t run = before_wrap(ring, position, want);
    uint64_t filled_count = ring->cached_write_position - position;
    if (filled_count < run) {
        ring->cached_write_position =
            atomic_load_explicit(&ring->write_position, SL_RING_ORDER_R1); // R1
        filled_count = ring->cached_write_position - position;
    }
    *ret_slots = slot_at(ring, position);
    return filled_count < run ? (size_t)filled_count : run;
}

void sl_ring_release(struct sl_ring *ring, size_t count) {
    uint64_t position = atomic_load_explicit(&ring->read_position, memory_order_relaxed); // R0
    SL_ASSERT(count <= ring->cached_write_position - position);
    atomic_store_explicit(&ring->read_position, position + count, SL_RING_ORDER_R2); // R2
}

bool sl_ring_push(struct sl_ring *ring, void *item) {
    SL_ASSERT(item != NULL);
    void **slot;
    if (sl_ring_claim(ring, 1, &slot) == 0) {
        return false;
    }
    *slot = item;
    sl_ring_commit(ring, 1);
    return true;
}

void *sl_ring_pop(struct sl_ring *ring) {
    void *const *slot;
    if (sl_ring_peek(ring, 1, &slot) == 0) {
        return NULL;
    }
    void *item = *slot;
    sl_ring_release(ring, 1);
    return item;
}

size_t sl_ring_depth(const struct sl_ring *ring) {
    uint64_t read = atomic_load_explicit(&ring->read_position, memory_order_relaxed);   // D0
    uint64_t write = atomic_load_explicit(&ring->write_position, memory_order_relaxed); // D0
    // The two loads are of two moments: between them the ring may have turned over.
    uint64_t depth = write - read;
    if (depth > UINT64_MAX / 2) {
        return 0;
    }
    return depth < ring->slots_count ? (size_t)depth : (size_t)ring->slots_count;
}
