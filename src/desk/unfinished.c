// SPDX-License-Identifier: Apache-2.0
#include "desk/unfinished.h"

#include <string.h>

#define SETS_COUNT (SL_UNFINISHED_ENTRIES / SL_UNFINISHED_WAYS)

struct sl_unfinished_entry {
    struct sl_hash128 author;
    struct sl_tail tail;
    uint32_t pieces_count;
    struct sl_earlier pieces[SL_UNFINISHED_PIECES];
    int64_t at_ns;
    struct sl_hash128 finished_by;
    bool finished;
    uint8_t posts_left;
};

_Static_assert(sizeof(struct sl_unfinished_entry) < 300, "as documented");
_Static_assert((SETS_COUNT & (SETS_COUNT - 1)) == 0, "a set is some bits of the hash");

int sl_unfinished_init(struct sl_unfinished *unfinished, struct sl_error *error) {
    size_t tags_bytes = SL_UNFINISHED_ENTRIES * sizeof *unfinished->tags;
    size_t orders_bytes = SL_UNFINISHED_ENTRIES * sizeof *unfinished->orders;
    size_t entries_bytes = SL_UNFINISHED_ENTRIES * sizeof *unfinished->entries;
    *unfinished = (struct sl_unfinished){0};
    if (sl_arena_init(&unfinished->memory, tags_bytes + orders_bytes + entries_bytes, error) !=
        SL_OK) {
        return SL_FAILED;
    }
    unfinished->tags = sl_arena_take(&unfinished->memory, tags_bytes, 64);
    unfinished->orders = sl_arena_take(&unfinished->memory, orders_bytes, 64);
    unfinished->entries = sl_arena_take(&unfinished->memory, entries_bytes, 64);
    sl_arena_seal(&unfinished->memory);
    return SL_OK;
}

void sl_unfinished_done(struct sl_unfinished *unfinished) {
    sl_arena_done(&unfinished->memory);
}

static bool same_hash(struct sl_hash128 a, struct sl_hash128 b) {
    return a.high == b.high && a.low == b.low;
}

static bool in_time(const struct sl_unfinished_entry *entry, int64_t at_ns) {
    if (entry->at_ns == SL_TIME_NONE || at_ns == SL_TIME_NONE) {
        return true; // the count of posts must do
    }
    int64_t apart_ns;
    return !__builtin_sub_overflow(at_ns, entry->at_ns, &apart_ns) &&
           apart_ns <= SL_UNFINISHED_WINDOW_NS && apart_ns >= -SL_UNFINISHED_WINDOW_NS;
}

static uint16_t tag_of(struct sl_hash128 author) {
    return (uint16_t)(author.high | 1);
}

static uint32_t set_of(struct sl_hash128 author) {
    return (uint32_t)(author.low & (SETS_COUNT - 1)) * SL_UNFINISHED_WAYS;
}

static void free_entry(struct sl_unfinished *unfinished, uint32_t index) {
    unfinished->tags[index] = 0;
    memset(&unfinished->entries[index], 0, sizeof unfinished->entries[index]);
}

// The post has been seen with this number: as a piece of it, or as its end.
static bool has_seen(const struct sl_unfinished_entry *entry, struct sl_hash128 item_id) {
    for (uint32_t i = 0; i < entry->pieces_count; i++) {
        if (same_hash(entry->pieces[i].item_id, item_id)) {
            return true;
        }
    }
    return entry->finished && same_hash(entry->finished_by, item_id);
}

// The place for a number begun in this post: the same post's, a free one, or the oldest.
static uint32_t find_room(struct sl_unfinished *unfinished, const struct sl_unfinished_post *post) {
    uint32_t set = set_of(post->author), oldest = set;
    for (uint32_t i = set; i < set + SL_UNFINISHED_WAYS; i++) {
        const struct sl_unfinished_entry *entry = &unfinished->entries[i];
        bool same_author =
            unfinished->tags[i] == tag_of(post->author) && same_hash(entry->author, post->author);
        if (unfinished->tags[i] == 0 || (same_author && entry->pieces_count == 1 &&
                                         same_hash(entry->pieces[0].item_id, post->item_id))) {
            return i;
        }
        oldest = unfinished->orders[i] < unfinished->orders[oldest] ? i : oldest;
    }
    const struct sl_unfinished_entry *entry = &unfinished->entries[oldest];
    bool waited_for = !entry->finished && in_time(entry, post->at_ns);
    sl_counter_add(&unfinished->counters.evicted, waited_for);
    return oldest;
}

static void hold(struct sl_unfinished *unfinished, const struct sl_unfinished_post *post) {
    uint32_t index = find_room(unfinished, post);
    unfinished->tags[index] = tag_of(post->author);
    unfinished->orders[index] = unfinished->posts;
    unfinished->entries[index] = (struct sl_unfinished_entry){
        .author = post->author,
        .tail = post->edges->tail,
        .pieces_count = 1,
        .pieces = {{.item_id = post->item_id, .end = post->edges->tail.end}},
        .at_ns = post->at_ns,
        .posts_left = SL_UNFINISHED_POSTS,
    };
}

// A number may be several things until it is whole; where it begins is known then.
static void describe(struct sl_unfinished *unfinished, const struct sl_unfinished_entry *entry,
                     const struct sl_edge_join *join) {
    struct sl_join *told = &unfinished->join;
    *told = (struct sl_join){.kind = join->kind,
                             .start = join->head_start,
                             .end = join->head_end,
                             .earlier_count = entry->pieces_count};
    memcpy(told->earlier, entry->pieces, sizeof told->earlier);
    told->earlier[0].start = join->tail_start;
}

// Adds a post that is nothing but the middle of a number.
static void extend(struct sl_unfinished_entry *entry, const struct sl_unfinished_post *post) {
    struct sl_tail tail = entry->tail;
    if (entry->finished || entry->pieces_count == SL_UNFINISHED_PIECES ||
        has_seen(entry, post->item_id) || !sl_edges_extend(&tail, &post->edges->head)) {
        return;
    }
    const struct sl_head *head = &post->edges->head;
    entry->tail = tail;
    entry->pieces[entry->pieces_count++] = (struct sl_earlier){
        .item_id = post->item_id, .start = head->start, .end = head->places[head->chars_count]};
    entry->at_ns = post->at_ns;
    entry->posts_left = SL_UNFINISHED_POSTS + 1; // this post counts down, too
}

static void count_down(struct sl_unfinished *unfinished, uint32_t index,
                       const struct sl_unfinished_post *post) {
    struct sl_unfinished_entry *entry = &unfinished->entries[index];
    if (has_seen(entry, post->item_id) && entry->posts_left <= SL_UNFINISHED_POSTS) {
        return; // it came a second time
    }
    if (--entry->posts_left == 0) {
        free_entry(unfinished, index);
    }
}

// What is held of the author, for a moment.
struct held {
    uint32_t count;
    uint32_t indexes[SL_UNFINISHED_WAYS];
};

static void find_held(struct sl_unfinished *unfinished, const struct sl_unfinished_post *post,
                      struct held *ret_held) {
    uint32_t set = set_of(post->author);
    uint16_t tag = tag_of(post->author);
    ret_held->count = 0;
    for (uint32_t i = set; i < set + SL_UNFINISHED_WAYS; i++) {
        const struct sl_unfinished_entry *entry = &unfinished->entries[i];
        if (unfinished->tags[i] != tag || !same_hash(entry->author, post->author)) {
            continue;
        }
        if (in_time(entry, post->at_ns)) {
            ret_held->indexes[ret_held->count++] = i;
        } else {
            free_entry(unfinished, i);
        }
    }
}

// The best of the joins that this post's head makes, the latest of equals.
static bool join_best(struct sl_unfinished *unfinished, const struct held *held,
                      const struct sl_unfinished_post *post) {
    struct sl_unfinished_entry *best = NULL;
    uint64_t best_order = 0;
    struct sl_edge_join best_join = {0};
    for (uint32_t i = 0; i < held->count; i++) {
        struct sl_unfinished_entry *entry = &unfinished->entries[held->indexes[i]];
        bool taken = entry->finished && !same_hash(entry->finished_by, post->item_id);
        bool own = !entry->finished && has_seen(entry, post->item_id);
        struct sl_edge_join join;
        if (taken || own || !sl_edges_join(&entry->tail, &post->edges->head, &join)) {
            continue;
        }
        if (best == NULL || join.score > best_join.score ||
            (join.score == best_join.score && unfinished->orders[held->indexes[i]] > best_order)) {
            best = entry;
            best_order = unfinished->orders[held->indexes[i]];
            best_join = join;
        }
    }
    if (best == NULL) {
        return false;
    }
    best->finished = true;
    best->finished_by = post->item_id;
    describe(unfinished, best, &best_join);
    sl_counter_add(&unfinished->counters.joined, 1);
    return true;
}

const struct sl_join *sl_unfinished_take(struct sl_unfinished *unfinished,
                                         const struct sl_unfinished_post *post) {
    struct held held;
    find_held(unfinished, post, &held);
    unfinished->posts++;
    const struct sl_edges *edges = post->edges;
    bool joined = edges != NULL && edges->has_head && join_best(unfinished, &held, post);
    for (uint32_t i = 0; i < held.count; i++) {
        struct sl_unfinished_entry *entry = &unfinished->entries[held.indexes[i]];
        if (edges != NULL && edges->through && !joined) {
            extend(entry, post);
        }
        count_down(unfinished, held.indexes[i], post);
    }
    if (edges != NULL && edges->has_tail && !(joined && edges->through)) {
        hold(unfinished, post);
    }
    return joined ? &unfinished->join : NULL;
}
