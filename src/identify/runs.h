// SPDX-License-Identifier: Apache-2.0
//
// identify/runs.h - the runs of digits of a text, one by one. What a run is: kind.h.
#ifndef SL_IDENTIFY_RUNS_H
#define SL_IDENTIFY_RUNS_H

#include "identify/kind.h"

struct sl_runs {
    struct sl_digit_run run;
    uint32_t next;    // the digit the run goes on with when it was too long, or SL_NOWHERE
    uint32_t from;    // where to look for the next run
    uint32_t touches; // of all runs so far: enum sl_touch
};

// What may stand between the digits of a run; of characters beyond ASCII any byte.
static inline bool sl_is_separator(unsigned char c) {
    static const uint64_t low = 1ull << ' ' | 1ull << '-' | 1ull << '.' | 1ull << '/' |
                                1ull << '*' | 1ull << ',' | 1ull << '\'' | 1ull << ':' |
                                1ull << '+' | 1ull << '(' | 1ull << ')';
    static const uint64_t high = 1ull << ('\\' - 64) | 1ull << ('_' - 64) | 1ull << ('|' - 64) |
                                 1ull << ('~' - 64) | 1ull << ('[' - 64) | 1ull << (']' - 64) |
                                 1ull << ('{' - 64) | 1ull << ('}' - 64);
    return c >= 0x80 || ((c < 64 ? low >> c : high >> (c - 64)) & 1) != 0;
}

static inline void sl_runs_begin(struct sl_runs *runs) {
    runs->next = SL_NOWHERE;
    runs->from = 0;
    runs->touches = 0;
}

// Finds the next run, or the next piece of one that is longer than SL_RUN_DIGITS_MAX. False: there
// is none.
bool sl_runs_next(struct sl_runs *runs, const struct sl_look *look);

// The first digit of bytes [at, len), or len; at <= len.
uint32_t sl_next_digit(const unsigned char *bytes, uint32_t len, uint32_t at);

#endif
