// SPDX-License-Identifier: Apache-2.0
//
// phrases/phrases.h - a pack's phrases, all at once, over the words of texts.
//
// Phrases come in their plain form (pack/expression.h says what it is and finds); texts as words
// views (text/words.h) with a newline behind each. What is reported is what the phrases'
// expressions would find, text by text.
//
// How: a token is looked up once and becomes a number; everything behind works on numbers. What
// stands in a phrase between its gaps is a finite set of sequences of words, and all of them
// together are one deterministic automaton, made by the subset construction over numbers of words
// (Rabin & Scott, Finite automata and their decision problems, 1959) and started at every token,
// which costs less than the failure links of Aho & Corasick (Efficient string matching, 1975): most
// tokens begin no phrase, and few runs outlive a word. Gaps, the beginning of a sentence and the
// question at its end are kept beside the automaton. perf/words-automaton.md says why not
// Hyperscan.
//
// Cost: some ten nanoseconds a token, hardly more for more phrases. Linear in the text: what starts
// at a token ends within SL_PHRASES_RUN_TOKENS_MAX steps.
//
// Call order: init once; then for each thread memory for a walk, and sl_phrases_walk for each
// block. Threads: what init made is not written to again; a walk's memory belongs to one thread.
// Only init allocates.
#ifndef SL_PHRASES_PHRASES_H
#define SL_PHRASES_PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SL_PHRASES_RUN_TOKENS_MAX 32 // between two gaps of a phrase; a longer one is not taken
#define SL_PHRASES_RUN_TAILS_MAX  1  // words that end so, likewise
#define SL_PHRASES_PAD_BYTES      64 // readable behind a block, whatever they hold

// One phrase to find; several may be reported as the same.
struct sl_phrases_source {
    const char *plain; // NULL: not taken
    uint32_t found;    // what is reported
};

struct sl_phrases;
struct sl_phrases_walk;

// Makes the tables for as many of the phrases as they have room for: ret_taken[i] says whether
// phrase i is among them; the rest is for others to find. *ret_phrases is NULL where none was
// taken. Fails only for want of memory.
int sl_phrases_init(const struct sl_phrases_source *sources, uint32_t count, struct sl_error *error,
                    bool *ret_taken, struct sl_phrases **ret_phrases);
void sl_phrases_done(struct sl_phrases *phrases);

size_t sl_phrases_bytes(const struct sl_phrases *phrases);

// What a thread's walks need; zero it before the first.
size_t sl_phrases_walk_bytes(const struct sl_phrases *phrases);

// Reports that a phrase stands in the text in which byte `end` of the block is: at least once a
// text and `found`, possibly more often. Text by text, but the ends within one may come in any
// order.
typedef void (*sl_phrases_found_fn)(void *context, uint32_t found, uint32_t end);

// Walks over a block: views with a newline behind each.
void sl_phrases_walk(const struct sl_phrases *phrases, struct sl_phrases_walk *walk,
                     const unsigned char *block, size_t len, sl_phrases_found_fn tell,
                     void *context);

#endif
