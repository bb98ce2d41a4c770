// SPDX-License-Identifier: Apache-2.0
//
// base/assert.h - a programmer's error ends the program, in release builds too.
//
// SL_ASSERT states what must be true here if the code is right; it is never used for input, files
// or the operating system. It says where and what, and aborts: a stage that cannot trust itself
// must not emit.
#ifndef SL_BASE_ASSERT_H
#define SL_BASE_ASSERT_H

#define SL_ASSERT(condition)                                                                       \
    ((__builtin_expect(!!(condition), 1)) ? (void)0                                                \
                                          : sl_assert_failed(__FILE__, __LINE__, #condition))

// Prints "file:line: assertion failed: condition" on standard error and aborts. Never returns.
_Noreturn void sl_assert_failed(const char *file, int line, const char *condition);

#endif
