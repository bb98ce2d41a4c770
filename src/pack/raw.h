// SPDX-License-Identifier: Apache-2.0
//
// pack/raw.h - what the two halves of the reader of raw patterns share: raw.c reads how a pattern
// is put together, raw_character.c what stands for one character.
#ifndef SL_PACK_RAW_H
#define SL_PACK_RAW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "pack/regex.h"

// What the reader must know of a part to judge what stands round it.
struct sl_raw_shape {
    bool empty;    // can match nothing
    bool repeats;  // may be followed by a quantifier
    bool closed;   // ends with $: nothing may follow
    size_t states; // characters with repeats written out
};

struct sl_raw_reader {
    const char *pattern;
    size_t at;
    size_t depth;
    size_t borders_count; // ^ and $ so far
    struct sl_error *error;
    size_t *ret_column;
    struct sl_regex regex;
};

// Fails, with the place.
int sl_raw_refuse(struct sl_raw_reader *reader, size_t at, const char *message);

// Each begins where the reader stands, writes what it read and steps behind it.
int sl_raw_read_class(struct sl_raw_reader *reader, struct sl_raw_shape *ret_shape);   // [
int sl_raw_read_escape(struct sl_raw_reader *reader, struct sl_raw_shape *ret_shape);  // backslash
int sl_raw_read_literal(struct sl_raw_reader *reader, struct sl_raw_shape *ret_shape); // the rest

#endif
