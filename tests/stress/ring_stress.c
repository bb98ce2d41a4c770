// SPDX-License-Identifier: Apache-2.0
//
// Goal: between two threads the ring keeps every pointer, in order, and what a pointer points to is
// seen as it was written.
// Method: millions of pointers to plain (non-atomic) payloads, in runs of changing length, through
// a small ring whose positions wrap past UINT64_MAX on the way. The writer reuses a payload as soon
// as the ring says that its slot is free, so each of the ring's four orders protects plain memory:
// built with ThreadSanitizer the program reports a race if one of them is too weak. ring_mutants
// checks that by weakening them. Not a Criterion program, because Criterion's runner does not start
// under ThreadSanitizer (Snaipe/Criterion#274).
#include <inttypes.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>

#include "base/assert.h"
#include "ring/ring.h"

enum {
    SLOTS_COUNT = 64,
    RUN_MAX = 24,
};

static const uint64_t items_count = 4000000;

struct payload {
    uint64_t sequence;
    uint64_t check;
};

struct stress {
    struct sl_ring ring;
    // One payload a slot: free exactly when its slot is.
    struct payload payloads[SLOTS_COUNT];
};

// Run lengths that repeat late and differ between the two sides.
static size_t run_length(uint64_t sequence, uint64_t factor) {
    return (size_t)(1 + (sequence * factor >> 7) % RUN_MAX);
}

static void *write_all(void *argument) {
    struct stress *stress = argument;
    uint64_t sequence = 0;
    while (sequence < items_count) {
        void **slots;
        size_t count = sl_ring_claim(&stress->ring, run_length(sequence, 2654435761), &slots);
        for (size_t i = 0; i < count; i++, sequence++) {
            struct payload *payload = &stress->payloads[sequence % SLOTS_COUNT];
            *payload = (struct payload){.sequence = sequence, .check = ~sequence};
            slots[i] = payload;
        }
        if (count == 0) {
            sched_yield();
        } else {
            sl_ring_commit(&stress->ring, count);
        }
    }
    return NULL;
}

static void read_all(struct stress *stress) {
    uint64_t sequence = 0;
    while (sequence < items_count) {
        void *const *slots;
        size_t count = sl_ring_peek(&stress->ring, run_length(sequence, 40503), &slots);
        for (size_t i = 0; i < count; i++, sequence++) {
            const struct payload *payload = slots[i];
            SL_ASSERT(payload->sequence == sequence);
            SL_ASSERT(payload->check == ~sequence);
        }
        if (count == 0) {
            sched_yield();
        } else {
            sl_ring_release(&stress->ring, count);
        }
    }
}

int main(void) {
    static struct stress stress;
    struct sl_error error = {0};
    uint64_t start = UINT64_MAX - items_count / 2;
    int opened = sl_ring_init(&stress.ring, SLOTS_COUNT, start, &error);
    SL_ASSERT(opened == SL_OK);
    pthread_t writer;
    int started = pthread_create(&writer, NULL, write_all, &stress);
    SL_ASSERT(started == 0);
    read_all(&stress);
    pthread_join(writer, NULL);
    sl_ring_done(&stress.ring);
    printf("%" PRIu64 " pointers passed in order\n", items_count);
    return 0;
}
