// SPDX-License-Identifier: Apache-2.0
//
// train/intern.h - numbers for names, in the order in which they are first met.
//
// Names may hold any bytes. Up to `limit` are kept; what comes later gets SL_INTERN_NONE. Owns its
// copies, which stay where they are. Threads: one.
#ifndef SL_TRAIN_INTERN_H
#define SL_TRAIN_INTERN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define SL_INTERN_NONE UINT32_MAX

struct sl_intern {
    struct sl_str *names; // ended by NUL, too
    uint32_t count, limit;
    uint32_t *slots; // hash table: index + 1
    uint32_t slots_count;
    bool out_of_memory; // nothing more was kept
};

void sl_intern_init(struct sl_intern *names, uint32_t limit);
void sl_intern_done(struct sl_intern *names);

// The name's number; new ones are added.
uint32_t sl_intern_add(struct sl_intern *names, struct sl_str name);

// SL_INTERN_NONE where it was not added.
uint32_t sl_intern_find(const struct sl_intern *names, struct sl_str name);

#endif
