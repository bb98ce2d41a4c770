// SPDX-License-Identifier: Apache-2.0
//
// Goal: whatever the order of calls, the ring is a bounded first-in first-out queue.
// Method: long random sequences of claim, commit, peek and release on rings of every small size,
// beside a model that is nothing but two counters: the item at position p is the number p.
#include "ring/ring.h"
#include "support/random.h"
#include <criterion/criterion.h>

struct model {
    uint64_t start;
    uint64_t written_count;
    uint64_t read_count;
};

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t before_wrap(const struct sl_ring *ring, uint64_t position) {
    return (size_t)(ring->slots_count - position % ring->slots_count);
}

static void write_some(struct sl_ring *ring, struct model *model, struct sl_random *random) {
    size_t want = 1 + sl_random_below(random, ring->slots_count + 2);
    size_t free_count = ring->slots_count - (size_t)(model->written_count - model->read_count);
    void **slots;
    size_t count = sl_ring_claim(ring, want, &slots);
    size_t run = before_wrap(ring, model->start + model->written_count);
    cr_assert_eq(count, least(want, least(free_count, run)));
    size_t filled = sl_random_below(random, count + 1);
    for (size_t i = 0; i < filled; i++) {
        slots[i] = (void *)(uintptr_t)++model->written_count;
    }
    sl_ring_commit(ring, filled);
}

static void read_some(struct sl_ring *ring, struct model *model, struct sl_random *random) {
    size_t want = 1 + sl_random_below(random, ring->slots_count + 2);
    size_t filled_count = (size_t)(model->written_count - model->read_count);
    void *const *slots;
    size_t count = sl_ring_peek(ring, want, &slots);
    size_t run = before_wrap(ring, model->start + model->read_count);
    cr_assert_eq(count, least(want, least(filled_count, run)));
    size_t taken = sl_random_below(random, count + 1);
    for (size_t i = 0; i < taken; i++) {
        cr_assert_eq((uintptr_t)slots[i], ++model->read_count);
    }
    sl_ring_release(ring, taken);
}

Test(ring, calls_in_any_order_keep_first_in_first_out) {
    struct sl_random random = {sl_random_seed()};
    for (size_t slots_count = 1; slots_count <= 64; slots_count *= 2) {
        struct sl_ring ring;
        struct model model = {.start = UINT64_MAX - sl_random_below(&random, 1000)};
        struct sl_error error = {0};
        int opened = sl_ring_init(&ring, slots_count, model.start, &error);
        cr_assert_eq(opened, SL_OK, "%s", error.text);
        for (int i = 0; i < 20000; i++) {
            if (sl_random_below(&random, 2) == 0) {
                write_some(&ring, &model, &random);
            } else {
                read_some(&ring, &model, &random);
            }
            cr_assert_eq(sl_ring_depth(&ring), model.written_count - model.read_count);
        }
        sl_ring_done(&ring);
    }
}
