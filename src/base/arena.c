// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "base/assert.h"

int sl_arena_init(struct sl_arena *arena, size_t size_bytes, struct sl_error *error) {
    SL_ASSERT(size_bytes > 0);
    void *base = mmap(NULL, size_bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) {
        return sl_error_set(error, "cannot reserve %zu bytes of memory: %s", size_bytes,
                            strerror(errno));
    }
    *arena = (struct sl_arena){.base = base, .size_bytes = size_bytes};
    return SL_OK;
}

void sl_arena_done(struct sl_arena *arena) {
    if (arena->base != NULL) {
        munmap(arena->base, arena->size_bytes);
    }
    *arena = (struct sl_arena){0};
}

void *sl_arena_take(struct sl_arena *arena, size_t bytes, size_t align) {
    SL_ASSERT(!arena->sealed);
    SL_ASSERT(align != 0 && (align & (align - 1)) == 0);
    size_t start = (arena->used_bytes + align - 1) & ~(align - 1);
    if (start > arena->size_bytes || bytes > arena->size_bytes - start) {
        return NULL;
    }
    arena->used_bytes = start + bytes;
    return arena->base + start;
}

void sl_arena_rewind(struct sl_arena *arena, size_t used_bytes) {
    SL_ASSERT(!arena->sealed && used_bytes <= arena->used_bytes);
    arena->used_bytes = used_bytes;
}

void sl_arena_seal(struct sl_arena *arena) {
    arena->sealed = true;
}

void sl_arena_reset(struct sl_arena *arena) {
    SL_ASSERT(!arena->sealed);
    arena->used_bytes = 0;
}
