// SPDX-License-Identifier: Apache-2.0
//
// pack/problems.h - everything found wrong with a pack, gathered while reading goes on, told in the
// order of the file.
//
// A problem never ends the reading by itself: who adds one goes on with what can still be read, so
// that a person sees all mistakes at once.
#ifndef SL_PACK_PROBLEMS_H
#define SL_PACK_PROBLEMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "pack/pack.h"

#define SL_PROBLEMS_MAX 256 // kept; more are only counted

struct sl_problem {
    struct sl_pack_place place; // line 0: the file as a whole
    const char *text;
};

struct sl_problems {
    struct sl_arena *arena; // holds the texts
    size_t count;
    struct sl_problem list[SL_PROBLEMS_MAX];
};

void sl_problems_init(struct sl_problems *problems, struct sl_arena *arena);

void sl_problems_add(struct sl_problems *problems, struct sl_pack_place place, const char *format,
                     ...) __attribute__((format(printf, 3, 4)));

// SL_OK when there are none. Otherwise adds a line for each that fits whole, and one that says how
// many more there are.
int sl_problems_tell(struct sl_problems *problems, struct sl_error *error);

// The word nearest to `word` by edits (Damerau–Levenshtein, adjacent swaps only), or NULL when none
// is near enough to be what was meant.
const char *sl_problems_nearest(const char *word, const char *const *words, size_t words_count);

#endif
