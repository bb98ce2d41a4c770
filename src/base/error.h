// SPDX-License-Identifier: Apache-2.0
//
// base/error.h - the writing side of sluice/error.h.
#ifndef SL_BASE_ERROR_H
#define SL_BASE_ERROR_H

#include <sluice/error.h>

// Starts the stack with its innermost line. Returns SL_FAILED, so that a function can end with
// `return sl_error_set(error, "…");`.
int sl_error_set(struct sl_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Adds one line below what is there (or starts the stack). Returns SL_FAILED.
int sl_error_add(struct sl_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
