// SPDX-License-Identifier: Apache-2.0
//
// bench/random.h - numbers that look random and come again from the same seed, on every machine.
//
// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014): one
// addition and a mix a number, and any 64-bit state is a good start, so that every post can have a
// generator of its own. Not for secrets.
#ifndef SL_BENCH_RANDOM_H
#define SL_BENCH_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct sl_random {
    uint64_t state;
};

static inline uint64_t sl_random_next(struct sl_random *random) {
    uint64_t mixed = random->state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

// The generator of one item of a numbered series.
static inline struct sl_random sl_random_of(uint64_t seed, uint64_t index) {
    struct sl_random of_seed = {seed};
    struct sl_random random = {sl_random_next(&of_seed) ^ (index * UINT64_C(0xd1342543de82ef95))};
    sl_random_next(&random);
    return random;
}

// 0 … limit - 1, each as likely as the other but for 1 in 2^32.
static inline uint32_t sl_random_below(struct sl_random *random, uint32_t limit) {
    return (uint32_t)(((sl_random_next(random) >> 32) * limit) >> 32);
}

// True in `share` of 2^32 cases.
static inline bool sl_random_chance(struct sl_random *random, uint64_t share) {
    return (sl_random_next(random) >> 32) < share;
}

#endif
