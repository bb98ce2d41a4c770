// SPDX-License-Identifier: Apache-2.0
//
// phrases/list.h - numbers in a row, as many as come; and sets of numbers, each stored once. For
// building only.
#ifndef SL_PHRASES_LIST_H
#define SL_PHRASES_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Once memory runs out a list stays as it is and says so; who fills it looks at the end.
struct sl_list {
    uint64_t *items;
    size_t count, room;
    bool failed;
};

void sl_list_done(struct sl_list *list);
bool sl_list_make_room(struct sl_list *list, size_t more);

static inline void sl_list_add(struct sl_list *list, uint64_t item) {
    if (list->count < list->room || sl_list_make_room(list, 1)) {
        list->items[list->count++] = item;
    }
}

void sl_list_add_all(struct sl_list *list, const uint64_t *items, size_t count);

// Ascending, each once. `spare` is room to work in; what it holds is lost.
void sl_list_sort(struct sl_list *list, struct sl_list *spare);

// Sequences of numbers, each under its own number from 0.
struct sl_pool {
    struct sl_list items;
    struct sl_list starts; // of each, and the end of the last
    uint32_t *slots;       // index and one, or 0
    size_t slots_count;
    uint32_t count;
    bool failed;
};

#define SL_POOL_NONE UINT32_MAX

void sl_pool_done(struct sl_pool *pool);

// The number of a sequence; a new one when it was not there. SL_POOL_NONE: out of memory.
uint32_t sl_pool_number(struct sl_pool *pool, const uint64_t *items, size_t count);

static inline const uint64_t *sl_pool_at(const struct sl_pool *pool, uint32_t number,
                                         size_t *ret_count) {
    size_t start = (size_t)pool->starts.items[number];
    *ret_count = (size_t)pool->starts.items[number + 1] - start;
    return pool->items.items + start;
}

#endif
