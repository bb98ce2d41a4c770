// SPDX-License-Identifier: Apache-2.0
//
// base/counter.h - numbers that one thread raises and any thread reads.
//
// A relaxed load and store instead of an atomic addition: there is one writer, and a reader wants a
// recent value, not an ordering with other memory. Each thread's counters stand on cache lines of
// their own (the owner aligns them).
#ifndef SL_BASE_COUNTER_H
#define SL_BASE_COUNTER_H

#include <stdatomic.h>
#include <stdint.h>

struct sl_counter {
    _Atomic uint64_t value;
};

// Only the owning thread.
static inline void sl_counter_add(struct sl_counter *counter, uint64_t amount) {
    uint64_t value = atomic_load_explicit(&counter->value, memory_order_relaxed);
    atomic_store_explicit(&counter->value, value + amount, memory_order_relaxed);
}

// Any thread.
static inline uint64_t sl_counter_read(const struct sl_counter *counter) {
    return atomic_load_explicit(&counter->value, memory_order_relaxed);
}

#endif
