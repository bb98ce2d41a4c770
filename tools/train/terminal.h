// SPDX-License-Identifier: Apache-2.0
//
// train/terminal.h - what the commands of `sluice-train` say to people: errors, notes, progress.
// Exit statuses are those of `sluice`.
#ifndef SL_TRAIN_TERMINAL_H
#define SL_TRAIN_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <sluice/error.h>

#include "base/number.h"

enum sl_train_exit {
    SL_TRAIN_FINE = 0,
    SL_TRAIN_REFUSED = 1, // ran, but posts were refused (--strict)
    SL_TRAIN_USAGE = 2,   // usage, pack or model
    SL_TRAIN_UNDONE = 3,  // could not finish
};

// Usage errors: prints "sluice-train COMMAND: message" and where help is; returns SL_TRAIN_USAGE.
int sl_train_usage(const char *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Prints every line of an error behind "sluice-train: error: ". Returns `status`.
int sl_train_fail(const struct sl_error *error, int status);

// A line on standard error that is no error.
void sl_train_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Colours are wanted on this stream: a terminal, NO_COLOR unset.
bool sl_train_inks(FILE *stream);

// A whole number, or one with up to three decimals in thousandths; false for any other word or one
// out of bounds.
bool sl_train_parse_number(const char *word, uint64_t least, uint64_t most, uint64_t *ret_value);
bool sl_train_parse_milli(const char *word, int64_t least_milli, int64_t most_milli,
                          int64_t *ret_milli);

// A line that is written over and over, where standard error is a terminal: what is done, how much,
// how far, how fast. At most four times a second; call it as often as you like, from one thread.
// All zero to begin with.
struct sl_train_progress {
    bool quiet;
    bool shown;
    int64_t started_ns; // 0: not yet
    int64_t shown_ns;
};

// `share`: 0 to 1, below 0 where it is not known. `done` counts what `unit` names.
void sl_train_progress_show(struct sl_train_progress *progress, const char *what, double share,
                            uint64_t done, const char *unit);
// Wipes the line; the next show starts the clock anew.
void sl_train_progress_clear(struct sl_train_progress *progress);

#endif
