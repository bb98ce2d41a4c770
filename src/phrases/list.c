// SPDX-License-Identifier: Apache-2.0
#include "phrases/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

void sl_list_done(struct sl_list *list) {
    free(list->items);
    *list = (struct sl_list){0};
}

bool sl_list_make_room(struct sl_list *list, size_t more) {
    size_t room = list->room > 0 ? list->room : 64;
    while (room - list->count < more) {
        room *= 2;
    }
    if (room == list->room) {
        return true;
    }
    uint64_t *items = list->failed ? NULL : realloc(list->items, room * sizeof *items);
    if (items == NULL) {
        list->failed = true;
        return false;
    }
    list->items = items;
    list->room = room;
    return true;
}

void sl_list_add_all(struct sl_list *list, const uint64_t *items, size_t count) {
    if (count > 0 && sl_list_make_room(list, count)) {
        memcpy(list->items + list->count, items, count * sizeof *items);
        list->count += count;
    }
}

// Merges two ascending runs that stand side by side.
static void merge(const uint64_t *from, size_t middle, size_t end, uint64_t *to) {
    size_t left = 0, right = middle;
    for (size_t i = 0; i < end; i++) {
        bool take_left = right == end || (left < middle && from[left] <= from[right]);
        to[i] = take_left ? from[left++] : from[right++];
    }
}

static size_t run_end(const uint64_t *items, size_t start, size_t count) {
    size_t at = start + 1;
    while (at < count && items[at - 1] <= items[at]) {
        at++;
    }
    return at < count ? at : count;
}

// What is sorted here are ascending runs in a row: a natural merge sort takes them as they are.
static bool merge_runs(const uint64_t *from, size_t count, uint64_t *to) {
    bool one = true;
    for (size_t start = 0; start < count;) {
        size_t middle = run_end(from, start, count);
        size_t end = middle < count ? run_end(from, middle, count) : count;
        one &= start == 0 && end == count;
        merge(from + start, middle - start, end - start, to + start);
        start = end;
    }
    return one;
}

void sl_list_sort(struct sl_list *list, struct sl_list *spare) {
    spare->count = 0;
    if (!sl_list_make_room(spare, list->count)) {
        list->failed = true;
        return;
    }
    bool sorted = list->count < 2 || run_end(list->items, 0, list->count) == list->count;
    while (!sorted) {
        sorted = merge_runs(list->items, list->count, spare->items);
        uint64_t *items = list->items;
        size_t room = list->room;
        list->items = spare->items;
        list->room = spare->room;
        spare->items = items;
        spare->room = room;
    }
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (kept == 0 || list->items[i] != list->items[kept - 1]) {
            list->items[kept++] = list->items[i];
        }
    }
    list->count = kept;
}

// Pools.

void sl_pool_done(struct sl_pool *pool) {
    sl_list_done(&pool->items);
    sl_list_done(&pool->starts);
    free(pool->slots);
    *pool = (struct sl_pool){0};
}

static size_t slot_of(const struct sl_pool *pool, const uint64_t *items, size_t count) {
    size_t slot = (size_t)sl_hash64(items, count * sizeof *items) & (pool->slots_count - 1);
    while (pool->slots[slot] != 0) {
        size_t same_count;
        const uint64_t *same = sl_pool_at(pool, pool->slots[slot] - 1, &same_count);
        if (same_count == count && memcmp(same, items, count * sizeof *items) == 0) {
            break;
        }
        slot = (slot + 1) & (pool->slots_count - 1);
    }
    return slot;
}

static bool grow(struct sl_pool *pool) {
    uint32_t *old = pool->slots;
    size_t slots_count = pool->slots_count > 0 ? pool->slots_count * 2 : 1024;
    pool->slots = calloc(slots_count, sizeof *pool->slots);
    if (pool->slots == NULL) {
        pool->slots = old;
        return false;
    }
    pool->slots_count = slots_count;
    for (uint32_t i = 0; i < pool->count; i++) {
        size_t count;
        const uint64_t *items = sl_pool_at(pool, i, &count);
        pool->slots[slot_of(pool, items, count)] = i + 1;
    }
    free(old);
    return true;
}

uint32_t sl_pool_number(struct sl_pool *pool, const uint64_t *items, size_t count) {
    if (pool->failed || (2 * (size_t)pool->count >= pool->slots_count && !grow(pool))) {
        pool->failed = true;
        return SL_POOL_NONE;
    }
    size_t slot = slot_of(pool, items, count);
    if (pool->slots[slot] != 0) {
        return pool->slots[slot] - 1;
    }
    if (pool->starts.count == 0) {
        sl_list_add(&pool->starts, 0);
    }
    sl_list_add_all(&pool->items, items, count);
    sl_list_add(&pool->starts, pool->items.count);
    if (pool->items.failed || pool->starts.failed) {
        pool->failed = true;
        return SL_POOL_NONE;
    }
    pool->slots[slot] = ++pool->count;
    return pool->count - 1;
}
