// SPDX-License-Identifier: Apache-2.0
//
// sluice/error.h - what went wrong on the control plane, told to a person.
//
// An error is a short stack of lines in the caller's storage: the innermost line first says what
// was found and what to do about it (`file:line:column: key: expected …, found …`), each caller on
// the way up may add one line of context. Libraries never print; the program that owns the storage
// does.
//
// Use: declare `struct sl_error error = {0};`, pass its address, print `error.text` when a function
// says it failed. A function that succeeds leaves the error untouched. Text never holds the value
// of an identifier or the text of a post.
//
// Threads: one error belongs to one thread at a time. Nothing is allocated. Text that does not fit
// is cut, never overrun.
#ifndef SLUICE_ERROR_H
#define SLUICE_ERROR_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SL_ERROR_TEXT_BYTES 4096

struct sl_error {
    size_t length;                  // bytes of text, without the terminating NUL
    char text[SL_ERROR_TEXT_BYTES]; // lines joined by '\n', no newline at the end
};

// Functions of the control plane return one of these.
enum sl_result {
    SL_OK = 0,
    SL_FAILED = -1,
};

#ifdef __cplusplus
}
#endif
#endif
