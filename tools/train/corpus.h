// SPDX-License-Identifier: Apache-2.0
//
// train/corpus.h - labelled posts as a learner sees them: hashes of features, hits of patterns, and
// what people said of each.
//
// Every post is read and judged once, on all threads, and appended in the order of the files. The
// hashes go to a file without a name in $TMPDIR (or /tmp), which is mapped at the end: passes over
// it need no more memory than the machine has to spare. No text is kept, but for words that many
// posts of many authors use (wordbook.h).
//
// Brands: names that are hidden from the model are those of the pack (care.brands), of the file of
// names, and of the posts' own field `brand`, for which the files are read once before; from
// standard input, which cannot be read twice, only the first two.
#ifndef SL_TRAIN_CORPUS_H
#define SL_TRAIN_CORPUS_H

#include <sluice/engine.h>

#include "base/error.h"
#include "labelled.h"
#include "model/features.h"
#include "names.h"
#include "pack/pack.h"
#include "wordbook.h"

#define SL_CORPUS_POSTS_MAX UINT32_MAX
// What the file without a name may take.
#define SL_CORPUS_FILE_BYTES_MAX (UINT64_C(64) << 30)

#define SL_CORPUS_VEILS (SL_VEIL_NAME - SL_VEIL_FIRST + 1)

// Fields whose values hold posts together.
enum sl_corpus_group {
    SL_CORPUS_CHOSEN, // the option's
    SL_CORPUS_ORIGIN, // source and brand together
    SL_CORPUS_AUTHOR,
    SL_CORPUS_TEXT, // the same text, where nothing else is known
    SL_CORPUS_SOURCE,
    SL_CORPUS_GROUPS,
};

struct sl_corpus_post {
    uint64_t first; // of its hashes; behind them its patterns, a number each
    uint32_t hashes_count;
    uint32_t words_count; // of words and pairs, which stand first
    uint16_t patterns_count;
    bool care, topics_known, signals_known;
    int32_t rules_milli;               // the logit of the rules alone
    uint64_t topics, signals;          // of the pack
    uint64_t groups[SL_CORPUS_GROUPS]; // hash of the value; 0: has none
};

struct sl_corpus_options {
    struct sl_labelled_options posts;
    const char *const *paths;
    size_t paths_count;
    const char *group;  // a field, or NULL
    const char *refuse; // a file, or NULL
    uint32_t threads;
    bool quiet;
};

struct sl_corpus {
    struct sl_corpus_post *posts;
    uint32_t posts_count, posts_room;
    uint32_t care_count;
    const uint32_t *numbers; // the mapped file: hashes and patterns
    uint64_t numbers_count;
    struct sl_labelled_counts counts;
    uint64_t unjudged;                // the engine refused them
    uint64_t veiled[SL_CORPUS_VEILS]; // by placeholder
    struct sl_names names;
    struct sl_refusals refusals;
    struct sl_wordbook vocabulary;
    uint64_t unknown_words; // topics and signals of posts that the pack does not declare
};

int sl_corpus_read(const struct sl_engine *engine, const struct sl_corpus_options *options,
                   struct sl_error *error, struct sl_corpus *ret_corpus);
void sl_corpus_done(struct sl_corpus *corpus);

#endif
