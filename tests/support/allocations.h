// SPDX-License-Identifier: Apache-2.0
//
// support/allocations.h - how often anybody in the process, libraries too, asked for memory.
//
// allocations.c stands in front of the C library's malloc. Sanitizers stand there themselves: in
// their builds nothing can be counted, and a test that wants to must skip.
#ifndef SL_TESTS_SUPPORT_ALLOCATIONS_H
#define SL_TESTS_SUPPORT_ALLOCATIONS_H

#include <stdbool.h>

bool sl_allocations_counted(void);

// Calls of malloc, calloc, realloc and aligned_alloc since the start.
unsigned long sl_allocations_count(void);

#endif
