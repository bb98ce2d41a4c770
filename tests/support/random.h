// SPDX-License-Identifier: Apache-2.0
//
// tests/support/random.h - numbers for property tests and injected faults, the same for the same
// seed on every machine (SplitMix64; Steele, Lea, Flood, 2014; public domain).
//
// Use: take a seed from `sl_random_seed` at the start of a test. It prints the seed on standard
// error, which ctest shows when the test fails; with SLUICE_TEST_SEED set to it the same numbers
// come again.
#ifndef SL_TESTS_SUPPORT_RANDOM_H
#define SL_TESTS_SUPPORT_RANDOM_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct sl_random {
    uint64_t state;
};

// What SLUICE_TEST_SEED says, otherwise one from the clock.
static inline uint64_t sl_random_seed(void) {
    const char *given = getenv("SLUICE_TEST_SEED");
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint64_t seed = given != NULL ? strtoull(given, NULL, 0)
                                  : (uint64_t)now.tv_sec * 1000000007u + (uint64_t)now.tv_nsec;
    fprintf(stderr, "SLUICE_TEST_SEED=%" PRIu64 "\n", seed);
    return seed;
}

static inline uint64_t sl_random_next(struct sl_random *random) {
    uint64_t z = (random->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

// 0 to limit − 1; `limit` ≥ 1.
static inline uint64_t sl_random_below(struct sl_random *random, uint64_t limit) {
    return sl_random_next(random) % limit;
}

#endif
