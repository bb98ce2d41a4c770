// SPDX-License-Identifier: Apache-2.0
//
// desk/unfinished.h - numbers that were begun in one post and may be finished in the author's next.
//
// Held by author (a hash of channel and author id): what fragment.h keeps of the number, the item
// it stands in and where. Never its digits. A number is waited for SL_UNFINISHED_POSTS posts of
// its author and SL_UNFINISHED_WINDOW_NS of the posts' own time, forwards and backwards, since
// times are not always in order. What was finished stays for as long, so that the same post, coming
// a second time, is finished again; another post does not finish it twice.
//
// Fixed memory: SL_UNFINISHED_ENTRIES of under 300 bytes each, 4.5 MiB, resident as it is used, in
// sets of SL_UNFINISHED_WAYS. When a set is full its oldest entry goes, and is counted if it was
// still waited for. Posts come in order of input, so the same input gives the same joins.
//
// Threads: one; the counters may be read by any. Nothing is allocated after init. Cost: some 5 ns
// for an author of whom nothing is held.
#ifndef SL_DESK_UNFINISHED_H
#define SL_DESK_UNFINISHED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/counter.h"
#include "base/hash.h"
#include "identify/edges.h"

#define SL_UNFINISHED_POSTS     3
#define SL_UNFINISHED_WINDOW_NS (10 * 60 * SL_NS_PER_SECOND)
#define SL_UNFINISHED_PIECES    2 // of one number, before the last
#define SL_UNFINISHED_WAYS      8
#define SL_UNFINISHED_ENTRIES   16384

// A piece of a number in an earlier item: bytes of its masked text.
struct sl_earlier {
    struct sl_hash128 item_id;
    uint32_t start, end;
};

// A number that a post finishes: the bytes of its own masked text, and the earlier pieces.
struct sl_join {
    enum sl_kind kind;
    uint32_t start, end;
    uint32_t earlier_count;
    struct sl_earlier earlier[SL_UNFINISHED_PIECES];
};

struct sl_unfinished_counters {
    struct sl_counter joined;
    struct sl_counter evicted;
};

struct sl_unfinished_entry;

struct sl_unfinished {
    struct sl_arena memory;
    // By entry, apart from it, since most posts look no further.
    uint16_t *tags;   // of its author, 0 when it is free
    uint64_t *orders; // of the post that held it
    struct sl_unfinished_entry *entries;
    uint64_t posts; // seen
    struct sl_join join;
    struct sl_unfinished_counters counters;
};

// A post as the table sees it.
struct sl_unfinished_post {
    struct sl_hash128 author;
    struct sl_hash128 item_id;
    int64_t at_ns;                // or SL_TIME_NONE
    const struct sl_edges *edges; // or NULL
};

int sl_unfinished_init(struct sl_unfinished *unfinished, struct sl_error *error);
void sl_unfinished_done(struct sl_unfinished *unfinished);

// Takes an author's next post. Returns the number it finishes, or NULL; until the next call.
const struct sl_join *sl_unfinished_take(struct sl_unfinished *unfinished,
                                         const struct sl_unfinished_post *post);

#endif
