// SPDX-License-Identifier: Apache-2.0
//
// base/arena.h - memory that is taken at start, handed out in order, and given back all at once.
//
// Two uses. A *sealed* arena holds what lives as long as the stage: take everything, seal, and any
// later take is a programmer's error. A *scratch* arena serves one batch at a time: take while it
// lasts, reset, take again; it answers NULL when it is full and the caller fails closed.
//
// Pages come from mmap and become resident only when they are touched, so a generous size costs
// address space, not memory.
//
// Threads: one arena belongs to one thread at a time. Cost of a take: an addition and a compare.
#ifndef SL_BASE_ARENA_H
#define SL_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct sl_arena {
    unsigned char *base;
    size_t size_bytes;
    size_t used_bytes;
    bool sealed;
};

// Maps `size_bytes`. Fails, with the size in the error, when the system refuses.
int sl_arena_init(struct sl_arena *arena, size_t size_bytes, struct sl_error *error);

// Unmaps. Safe on a zeroed arena.
void sl_arena_done(struct sl_arena *arena);

// Hands out `bytes`, aligned to `align` (a power of two), or NULL when they do not fit. First use
// of a page reads as zero; after a reset the bytes are whatever they were.
void *sl_arena_take(struct sl_arena *arena, size_t bytes, size_t align);

// Gives back what was taken since `used_bytes` was as it was then. Not for sealed arenas.
void sl_arena_rewind(struct sl_arena *arena, size_t used_bytes);

// From here on a take asserts.
void sl_arena_seal(struct sl_arena *arena);

// Gives everything back. Not for sealed arenas.
void sl_arena_reset(struct sl_arena *arena);

#endif
