// SPDX-License-Identifier: Apache-2.0
//
// bench/grammar.h - the phrases with their slots found once, so that filling them is quick.
//
// Immutable once open, so any thread may expand from it with a generator of its own.
#ifndef SL_BENCH_GRAMMAR_H
#define SL_BENCH_GRAMMAR_H

#include "base/error.h"
#include "bench/pen.h"
#include "bench/phrases.h"
#include "bench/random.h"

struct sl_grammar;

// Fails when a phrase names a slot that there is not.
int sl_grammar_open(struct sl_error *error, struct sl_grammar **ret_grammar);
void sl_grammar_close(struct sl_grammar *grammar);

// Writes one line of the list, drawn at random, with its slots filled.
void sl_grammar_expand(const struct sl_grammar *grammar, struct sl_random *random,
                       enum sl_phrases_language language, enum sl_phrases_list list,
                       struct sl_pen *pen);

#endif
