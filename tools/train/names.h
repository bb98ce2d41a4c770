// SPDX-License-Identifier: Apache-2.0
//
// train/names.h - the names that a model must not learn, as people write them.
#ifndef SL_TRAIN_NAMES_H
#define SL_TRAIN_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "model/features.h"

struct sl_name {
    char *name; // folded
    struct sl_refusal refusal;
    uint64_t count; // places where it was hidden
};

struct sl_names {
    struct sl_name *list; // by the hash of all their words, once sealed
    struct sl_refusal *refusals;
    uint32_t count, room;
};

// Folds and adds one name; what has no word, more than SL_REFUSAL_WORDS_MAX of them, or begins
// with a number (hidden anyway), is passed over. False: no memory.
bool sl_names_add(struct sl_names *names, struct sl_str name);

// A file: UTF-8, one name a line, '#' begins a comment. The error says file:line.
int sl_names_add_file(struct sl_names *names, const char *path, struct sl_error *error);

// Drops what stands twice, and makes the refusals, which live as long as the names. False: no
// memory.
bool sl_names_seal(struct sl_names *names, struct sl_refusals *ret_refusals);

// These words of a view were hidden: counts which name they are.
void sl_names_count(struct sl_names *names, const unsigned char *words, size_t len);

void sl_names_done(struct sl_names *names);

#endif
