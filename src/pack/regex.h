// SPDX-License-Identifier: Apache-2.0
//
// pack/regex.h - an expression while it is written: appends until its buffer is full, then stays
// full.
#ifndef SL_PACK_REGEX_H
#define SL_PACK_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define SL_REGEX_BYTES_MAX 15000 // Hyperscan takes 16,000

// A limit's number as text, for expressions and messages.
#define SL_REGEX_TEXT(limit)          SL_REGEX_TEXT_EXPANDED(limit)
#define SL_REGEX_TEXT_EXPANDED(limit) #limit

struct sl_regex {
    size_t len;
    bool full;
    char bytes[SL_REGEX_BYTES_MAX];
};

void sl_regex_start(struct sl_regex *regex);

void sl_regex_add(struct sl_regex *regex, const char *text);

// One byte that stands for itself: escaped when it is an ASCII sign.
void sl_regex_add_literal(struct sl_regex *regex, unsigned char byte);

// The expression, terminated, in the arena; NULL when the buffer or the arena is full.
const char *sl_regex_keep(const struct sl_regex *regex, struct sl_arena *arena);

#endif
