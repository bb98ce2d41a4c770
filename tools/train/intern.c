// SPDX-License-Identifier: Apache-2.0
#include "intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

void sl_intern_init(struct sl_intern *names, uint32_t limit) {
    *names = (struct sl_intern){.limit = limit};
}

void sl_intern_done(struct sl_intern *names) {
    for (uint32_t i = 0; i < names->count; i++) {
        free((void *)names->names[i].data);
    }
    free(names->names);
    free(names->slots);
    *names = (struct sl_intern){0};
}

// Where the name stands, or the empty slot where it would.
static uint32_t find_slot(const struct sl_intern *names, struct sl_str name) {
    uint32_t slot = (uint32_t)sl_hash64(name.data, name.len) & (names->slots_count - 1);
    while (names->slots[slot] != 0 && !sl_str_equal(names->names[names->slots[slot] - 1], name)) {
        slot = (slot + 1) & (names->slots_count - 1);
    }
    return slot;
}

// Half of the slots stay empty.
static bool make_room(struct sl_intern *names) {
    if (2 * (names->count + 1) <= names->slots_count) {
        return true;
    }
    uint32_t slots_count = names->slots_count == 0 ? 64 : 2 * names->slots_count;
    struct sl_str *grown = realloc(names->names, slots_count / 2 * sizeof *grown);
    uint32_t *slots = calloc(slots_count, sizeof *slots);
    names->names = grown != NULL ? grown : names->names;
    if (grown == NULL || slots == NULL) {
        free(slots);
        return false;
    }
    free(names->slots);
    names->slots = slots;
    names->slots_count = slots_count;
    for (uint32_t i = 0; i < names->count; i++) {
        slots[find_slot(names, names->names[i])] = i + 1;
    }
    return true;
}

uint32_t sl_intern_find(const struct sl_intern *names, struct sl_str name) {
    uint32_t slot = names->slots_count > 0 ? find_slot(names, name) : 0;
    return names->slots_count > 0 && names->slots[slot] != 0 ? names->slots[slot] - 1
                                                             : SL_INTERN_NONE;
}

uint32_t sl_intern_add(struct sl_intern *names, struct sl_str name) {
    uint32_t known = sl_intern_find(names, name);
    if (known != SL_INTERN_NONE || names->count == names->limit || names->out_of_memory) {
        return known;
    }
    char *copy = malloc(name.len + 1);
    if (copy == NULL || !make_room(names)) {
        free(copy);
        names->out_of_memory = true;
        return SL_INTERN_NONE;
    }
    memcpy(copy, name.data != NULL ? name.data : "", name.len);
    copy[name.len] = '\0';
    names->slots[find_slot(names, name)] = names->count + 1;
    names->names[names->count] = (struct sl_str){copy, name.len};
    return names->count++;
}
