// SPDX-License-Identifier: Apache-2.0
//
// cli/cli.h - what the commands of `sluice` share. Only this module prints, reads the environment
// and decides the exit status.
#ifndef SL_CLI_CLI_H
#define SL_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <sluice/engine.h>

#include "base/number.h"
#include "io/io.h"

enum sl_exit {
    SL_EXIT_FINE = 0,
    SL_EXIT_REFUSED =
        1, // ran, but records were quarantined (--strict), examples failed, lines dropped
    SL_EXIT_USAGE = 2,  // usage or configuration
    SL_EXIT_UNDONE = 3, // could not finish
};

struct sl_command {
    const char *name;
    const char *summary;
    const char *help;
    int (*run)(int argc, char **argv); // argv[0] is the command's name; returns enum sl_exit
};

extern const struct sl_command sl_command_run;
extern const struct sl_command sl_command_mask;
extern const struct sl_command sl_command_explain;
extern const struct sl_command sl_command_check;
extern const struct sl_command sl_command_decode;

// Usage errors: prints "sluice COMMAND: message" and where help is; returns SL_EXIT_USAGE.
int sl_cli_usage(const struct sl_command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Prints every line of an error behind "sluice: error: ". Returns `status`.
int sl_cli_fail(const struct sl_error *error, int status);

// A line on standard error that is no error.
void sl_cli_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Opens the engine with this pack (NULL: the one that ships), or prints what is wrong with it.
// Returns an enum sl_exit.
int sl_cli_engine(const char *pack_path, struct sl_engine **ret_engine);

// The same, with masking said otherwise than in the pack.
int sl_cli_engine_masking(const char *pack_path, const struct sl_masking_options *masking,
                          struct sl_engine **ret_engine);

// SLUICE_IO: auto, uring or plain. False (after printing) for any other word.
bool sl_cli_io_backend(enum sl_io_backend *ret_backend);

// A decimal number from `least` to `most`; false for any other word.
bool sl_cli_parse_number(const char *word, unsigned long least, unsigned long most,
                         unsigned long *ret_value);

// Terminal.

// An escape sequence when `stream` is a terminal that wants colours (NO_COLOR unset), else "".
enum sl_ink {
    SL_INK_PLAIN,
    SL_INK_BOLD,
    SL_INK_DIM,
    SL_INK_RED,
    SL_INK_GREEN,
    SL_INK_YELLOW,
    SL_INK_CYAN,
};
const char *sl_cli_ink(FILE *stream, enum sl_ink ink);

// A bar of `width` cells for share (0..1), in eighths of a cell where the locale's terminal is
// UTF-8.
#define SL_CLI_BAR_BYTES 128
const char *sl_cli_bar(double share, unsigned width, char *text);

#endif
