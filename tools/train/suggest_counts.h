// SPDX-License-Identifier: Apache-2.0
//
// train/suggest_counts.h - how many posts hold a phrase, of every phrase that enough of them do, in
// bounded memory.
//
// Two passes over the same posts. sl_phrases_sketch counts into a count-min sketch, which never
// counts too little (Cormode and Muthukrishnan, Journal of Algorithms 55, 2005); sl_phrases_count
// then counts exactly what the sketch finds in `least` missed requests or in `least` false alarms.
// Should more than SL_PHRASES_MAX come together, `least` is raised and what lies below it is
// dropped; so every count is exact, and no phrase at or above the last `least` is lost.
//
// A post counts once for a phrase, however often it stands in it. How widely a phrase is spread is
// told by different values of some groups, up to SL_PHRASES_SPREAD_MAX of each.
//
// Memory: 32 MiB of sketches and some 300 bytes a phrase, 45 MiB at most. Threads: one. Cost: 5 µs
// a post and pass.
#ifndef SL_TRAIN_SUGGEST_COUNTS_H
#define SL_TRAIN_SUGGEST_COUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

#define SL_PHRASES_MAX        131072
#define SL_PHRASES_WORDS_MAX  4
#define SL_PHRASES_BYTES_MAX  96 // longer ones are not counted
#define SL_PHRASES_GROUPS_MAX 4
#define SL_PHRASES_SPREAD_MAX 8

// How people and rules judged a post.
enum sl_phrase_cell {
    SL_CELL_HIT,
    SL_CELL_MISS,
    SL_CELL_ALARM,
    SL_CELL_REJECTION,
    SL_CELLS_COUNT,
};

// The two kinds of mistakes, and how widely a phrase is spread over those.
enum sl_phrase_list {
    SL_LIST_MISSES,
    SL_LIST_ALARMS,
    SL_LISTS_COUNT,
};

struct sl_spread {
    uint32_t values[SL_PHRASES_SPREAD_MAX]; // hashes
    uint8_t count;
    bool unknown; // a post had no value
};

struct sl_phrase {
    uint64_t hash;
    char *text;
    uint32_t words_count;
    uint32_t posts[SL_CELLS_COUNT];
    struct sl_spread spread[SL_LISTS_COUNT][SL_PHRASES_GROUPS_MAX];
};

struct sl_phrases;

int sl_phrases_open(uint32_t least, uint32_t words_max, uint32_t groups_count,
                    struct sl_error *error, struct sl_phrases **ret_phrases);
void sl_phrases_close(struct sl_phrases *phrases);

// `masked` is a text whose identifiers are labels in brackets. `groups`: one value a group.
void sl_phrases_sketch(struct sl_phrases *phrases, struct sl_str masked, enum sl_phrase_cell cell);
bool sl_phrases_count(struct sl_phrases *phrases, struct sl_str masked, enum sl_phrase_cell cell,
                      const struct sl_str *groups); // false: out of memory

// What was counted, in no order; the phrases' until close.
const struct sl_phrase *sl_phrases_all(const struct sl_phrases *phrases, uint32_t *ret_count);
const uint64_t *sl_phrases_posts(const struct sl_phrases *phrases); // of the second pass, by cell
uint32_t sl_phrases_least(const struct sl_phrases *phrases);

#endif
