// SPDX-License-Identifier: Apache-2.0
//
// text/fold_table.h - what each code point beyond ASCII folds to. Private to this module.
//
// Two stages: an index by the upper bits, and pages of 64 foldings, of which all code points that
// stay as they are share the first. A folding of up to three bytes stands in its page; a longer one
// in a pool.
//
// Threads: written by sl_fold_init, only read afterwards.
#ifndef SL_TEXT_FOLD_TABLE_H
#define SL_TEXT_FOLD_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

#define SL_FOLDING_CHANGES 0x80 // without it the code point stays as it is
#define SL_FOLDING_TELLS   0x40 // holds a digit, '@', ':' or '/'
#define SL_FOLDING_LEN     0x3F // bytes; 0 with SL_FOLDING_CHANGES: the code point is dropped
#define SL_FOLDING_INLINE  3

#define SL_FOLD_PAGE_BITS  6
#define SL_FOLD_PAGE_SIZE  (1u << SL_FOLD_PAGE_BITS)
#define SL_FOLD_INDEX_SIZE (0x110000u >> SL_FOLD_PAGE_BITS)
#define SL_FOLD_PAGES_MAX  512  // Unicode 15 takes 338
#define SL_FOLD_POOL_BYTES 8192 // Unicode 15 takes 6,017

struct sl_folding {
    uint8_t tag;
    uint8_t bytes[SL_FOLDING_INLINE]; // or the place in the pool, low byte first
};

struct sl_fold_table {
    bool ready;
    uint32_t pages_count;
    uint32_t pool_used_bytes;
    uint16_t index[SL_FOLD_INDEX_SIZE];
    struct sl_folding pages[SL_FOLD_PAGES_MAX][SL_FOLD_PAGE_SIZE];
    uint8_t pool[SL_FOLD_POOL_BYTES];
};

extern struct sl_fold_table sl_fold_table;

static inline const struct sl_folding *sl_folding_of(uint32_t code_point) {
    uint32_t page = sl_fold_table.index[code_point >> SL_FOLD_PAGE_BITS];
    return &sl_fold_table.pages[page][code_point & (SL_FOLD_PAGE_SIZE - 1)];
}

static inline const uint8_t *sl_folding_bytes(const struct sl_folding *folding) {
    if ((folding->tag & SL_FOLDING_LEN) <= SL_FOLDING_INLINE) {
        return folding->bytes;
    }
    return sl_fold_table.pool + (folding->bytes[0] | (uint32_t)folding->bytes[1] << 8);
}

#endif
