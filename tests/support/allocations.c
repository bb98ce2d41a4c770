// SPDX-License-Identifier: Apache-2.0
#include "support/allocations.h"

#include <stdatomic.h>
#include <stddef.h>

static atomic_ulong calls_count;

unsigned long sl_allocations_count(void) {
    return atomic_load_explicit(&calls_count, memory_order_relaxed);
}

#ifndef __has_feature
#define __has_feature(name) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||                               \
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)

bool sl_allocations_counted(void) {
    return false;
}

#else

bool sl_allocations_counted(void) {
    return true;
}

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *old, size_t bytes);
void *__libc_memalign(size_t align, size_t bytes);
void *malloc(size_t bytes);
void *calloc(size_t count, size_t bytes);
void *realloc(void *old, size_t bytes);
void *aligned_alloc(size_t align, size_t bytes);

static void count(void) {
    atomic_fetch_add_explicit(&calls_count, 1, memory_order_relaxed);
}

void *malloc(size_t bytes) {
    count();
    return __libc_malloc(bytes);
}

void *calloc(size_t elements_count, size_t bytes) {
    count();
    return __libc_calloc(elements_count, bytes);
}

void *realloc(void *old, size_t bytes) {
    count();
    return __libc_realloc(old, bytes);
}

void *aligned_alloc(size_t align, size_t bytes) {
    count();
    return __libc_memalign(align, bytes);
}

#endif
