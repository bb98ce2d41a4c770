// SPDX-License-Identifier: Apache-2.0
//
// engine/database.h - what texts are searched with: the pack's phrases as one automaton over words
// (phrases/phrases.h); what it does not take (raw patterns, words that end so), compiled into one
// Hyperscan block-mode database; and the expressions of patterns with exceptions, with starts of
// match, in a small second one (places.h).
//
// The matcher reports the index of the pattern an expression belongs to, or the number of patterns
// and a guard's index; so phrases of one pattern that end at the same byte are one report. No start
// of match (explain.c finds starts for the few who ask), no UTF-8 mode and no case folding (texts
// are folded already), no single-match (one scan serves many texts).
//
// Compiling some hundred phrases takes a second or two and is paid once (taking them from the cache
// a few milliseconds): the database is kept in the cache (cache.h) under a key of every expression,
// flag and pattern index, the matcher's version and the processor's features. What a pattern weighs
// or says is not in the key: only what is matched.
//
// Ownership: immutable once open, shared by all judges; each judge clones the scratch.
#ifndef SL_ENGINE_DATABASE_H
#define SL_ENGINE_DATABASE_H

#include <limits.h>

#include "base/error.h"
#include "pack/pack.h"

struct hs_database;
struct hs_scratch;
struct sl_phrases;

// Above any other index: a pattern's index and this are reported where something stands of which
// sl_words_asks must still say whether it is asked.
#define SL_DATABASE_ASKED 0x10000u

struct sl_database {
    struct sl_phrases *phrases;   // NULL: none
    struct hs_database *compiled; // NULL: nothing is left to scan for
    struct hs_database *places;   // reports expressions, then guards; NULL: no pattern has any
    struct hs_scratch
        *scratch; // for both databases; the model for every judge's own; never scanned with
    char origin[PATH_MAX + 512]; // sl_engine_origin
};

// Takes the database from the cache or compiles it. `cache_dir` as in struct sl_engine_options. An
// expression that the matcher refuses is told with its place in the pack; a cache that cannot be
// used is no failure. The caller passes zeroed storage, and calls sl_database_done also after a
// failure.
int sl_database_init(struct sl_database *database, const struct sl_pack *pack,
                     const char *cache_dir, struct sl_error *error);
void sl_database_done(struct sl_database *database);

#endif
