// SPDX-License-Identifier: Apache-2.0
//
// Goal: the ring keeps its contract at its edges: empty, full, wrap-around of the array and of the
// positions, and calls that break the rules.
// Method: one thread plays both sides. What two threads do to it is tests/stress/ring_stress.c,
// long random sequences against a model are tests/property/ring_property.c.
#include <criterion/criterion.h>
#include <signal.h>
#include <stdint.h>

#include "ring/ring.h"

static struct sl_ring ring;
static int things[16];

static void open_ring(size_t slots_count, uint64_t start_position) {
    struct sl_error error = {0};
    cr_assert_eq(sl_ring_init(&ring, slots_count, start_position, &error), SL_OK, "%s", error.text);
}

static void close_ring(void) {
    sl_ring_done(&ring);
}

TestSuite(ring, .fini = close_ring);

Test(ring, pop_empty_returns_null) {
    open_ring(8, 0);
    cr_assert_null(sl_ring_pop(&ring));
    cr_assert_eq(sl_ring_depth(&ring), 0);
}

Test(ring, push_until_full_keeps_order) {
    open_ring(8, 0);
    for (int i = 0; i < 8; i++) {
        cr_assert(sl_ring_push(&ring, &things[i]));
    }
    cr_assert_not(sl_ring_push(&ring, &things[8]));
    cr_assert_eq(sl_ring_depth(&ring), 8);
    for (int i = 0; i < 8; i++) {
        cr_assert_eq(sl_ring_pop(&ring), &things[i]);
    }
    cr_assert_null(sl_ring_pop(&ring));
}

Test(ring, push_one_slot_alternates) {
    open_ring(1, UINT64_MAX - 2);
    for (int i = 0; i < 8; i++) {
        cr_assert(sl_ring_push(&ring, &things[i]));
        cr_assert_not(sl_ring_push(&ring, &things[i + 1]));
        cr_assert_eq(sl_ring_pop(&ring), &things[i]);
        cr_assert_null(sl_ring_pop(&ring));
    }
}

Test(ring, push_past_last_position_keeps_order) {
    open_ring(4, UINT64_MAX - 5);
    for (int i = 0; i < 15; i++) {
        cr_assert(sl_ring_push(&ring, &things[i]));
        cr_assert(sl_ring_push(&ring, &things[i + 1]));
        cr_assert_eq(sl_ring_depth(&ring), 2);
        cr_assert_eq(sl_ring_pop(&ring), &things[i]);
        cr_assert_eq(sl_ring_pop(&ring), &things[i + 1]);
    }
}

Test(ring, claim_at_array_end_stops_there) {
    open_ring(8, 5);
    void **slots;
    cr_assert_eq(sl_ring_claim(&ring, 8, &slots), 3);
    cr_assert_eq(slots, &ring.slots[5]);
    sl_ring_commit(&ring, 3);
    cr_assert_eq(sl_ring_claim(&ring, 8, &slots), 5);
    cr_assert_eq(slots, &ring.slots[0]);
}

Test(ring, claim_without_commit_hands_out_same_slots) {
    open_ring(8, 0);
    void **first;
    void **second;
    cr_assert_eq(sl_ring_claim(&ring, 4, &first), 4);
    cr_assert_eq(sl_ring_claim(&ring, 2, &second), 2);
    cr_assert_eq(first, second);
    cr_assert_eq(sl_ring_depth(&ring), 0);
}

Test(ring, commit_of_part_shows_only_that_part) {
    open_ring(8, 0);
    void **slots;
    cr_assert_eq(sl_ring_claim(&ring, 4, &slots), 4);
    slots[0] = &things[0];
    slots[1] = &things[1];
    sl_ring_commit(&ring, 2);
    void *const *filled;
    cr_assert_eq(sl_ring_peek(&ring, 4, &filled), 2);
    cr_assert_eq(filled[1], &things[1]);
}

Test(ring, peek_with_stale_copy_sees_new_slots) {
    open_ring(8, 0);
    void *const *filled;
    sl_ring_push(&ring, &things[0]);
    cr_assert_eq(sl_ring_peek(&ring, 8, &filled), 1);
    sl_ring_push(&ring, &things[1]);
    cr_assert_eq(sl_ring_peek(&ring, 8, &filled), 2);
}

Test(ring, release_of_part_frees_only_that_part) {
    open_ring(4, 0);
    for (int i = 0; i < 4; i++) {
        sl_ring_push(&ring, &things[i]);
    }
    void *const *filled;
    cr_assert_eq(sl_ring_peek(&ring, 4, &filled), 4);
    sl_ring_release(&ring, 1);
    void **slots;
    cr_assert_eq(sl_ring_claim(&ring, 4, &slots), 1);
    cr_assert_eq(sl_ring_pop(&ring), &things[1]);
}

Test(ring, done_on_zeroed_ring_is_harmless) {
    struct sl_ring zeroed = {0};
    sl_ring_done(&zeroed);
}

Test(ring, commit_beyond_free_slots_aborts, .signal = SIGABRT) {
    open_ring(4, 0);
    sl_ring_commit(&ring, 5);
}

Test(ring, release_beyond_filled_slots_aborts, .signal = SIGABRT) {
    open_ring(4, 0);
    sl_ring_push(&ring, &things[0]);
    sl_ring_release(&ring, 2);
}

Test(ring, push_of_null_aborts, .signal = SIGABRT) {
    open_ring(4, 0);
    sl_ring_push(&ring, NULL);
}

Test(ring, init_with_odd_size_aborts, .signal = SIGABRT) {
    open_ring(6, 0);
}
