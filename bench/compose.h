// SPDX-License-Identifier: Apache-2.0
//
// bench/compose.h - the text of one generated post.
#ifndef SL_BENCH_COMPOSE_H
#define SL_BENCH_COMPOSE_H

#include <stdint.h>

#include "bench/grammar.h"
#include "bench/pen.h"
#include "bench/random.h"

// Shares are of 2^32.
struct sl_compose_mix {
    const struct sl_grammar *grammar;
    uint32_t length_mean;
    uint64_t care;
    uint64_t identifiers;
    uint64_t numbers; // on top of identifiers: one draw decides between the two and neither
    uint64_t escapes;
    uint64_t emoji;
};

// Writes the inside of a JSON string.
void sl_compose_text(const struct sl_compose_mix *mix, struct sl_random *random,
                     enum sl_phrases_language language, struct sl_pen *pen);

#endif
