// SPDX-License-Identifier: Apache-2.0
//
// identify/allow.h - values that are never masked: a set that is made once, read by many, and
// exchanged as a whole while they read.
//
// Values come from the pack (`allow`) and from files that it names (`allow_file`: one value a line,
// '#' begins a line that is a comment). Both sides of a comparison are brought into one form
// (identify/value.h), and then must be the same byte for byte.
//
// A set is immutable and counted: whoever holds it gives it back, and the last one frees it. A
// shelf is where the current set stands. Any thread may take from a shelf or put a new set there;
// who took the old one keeps it until he looks again. sl_allow_shelf_changed is one load; the
// shelf's lock is taken only when it says so.
//
// Cost of a question: one XXH3 of a few bytes and on average little more than one comparison, also
// with 100,000 values; 24 bytes a value beside the values themselves.
#ifndef SL_IDENTIFY_ALLOW_H
#define SL_IDENTIFY_ALLOW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "pack/pack.h"

#define SL_ALLOW_FILE_BYTES_MAX (64u << 20)

struct sl_allow;

// Makes the set of a pack, files included. The error says file:line of a value that is none, and
// nothing of the value.
int sl_allow_load(const struct sl_pack *pack, struct sl_error *error, struct sl_allow **ret_allow);

uint32_t sl_allow_count(const struct sl_allow *allow);

// True when this folded value is one of those allowed for its kind.
bool sl_allow_has(const struct sl_allow *allow, enum sl_kind kind, const unsigned char *value,
                  size_t len);

// One more holder; returns the set.
struct sl_allow *sl_allow_hold(struct sl_allow *allow);
void sl_allow_release(struct sl_allow *allow); // NULL is fine

struct sl_allow_shelf {
    atomic_flag busy;
    struct sl_allow *current;    // guarded by busy
    _Atomic uint64_t generation; // counts the sets that stood here
};

// Puts a set on the shelf, which takes over the caller's hold; what stood there is given back.
void sl_allow_shelf_put(struct sl_allow_shelf *shelf, struct sl_allow *allow);

// A hold on the current set, and which one it is.
struct sl_allow *sl_allow_shelf_take(struct sl_allow_shelf *shelf, uint64_t *ret_generation);

// True when another set stands there than the one of this generation.
bool sl_allow_shelf_changed(const struct sl_allow_shelf *shelf, uint64_t generation);

#endif
