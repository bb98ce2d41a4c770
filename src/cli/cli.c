// SPDX-License-Identifier: Apache-2.0
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "engine/internal.h"

int sl_cli_usage(const struct sl_command *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%ssluice %s:%s ", sl_cli_ink(stderr, SL_INK_RED), command->name,
            sl_cli_ink(stderr, SL_INK_PLAIN));
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nTry 'sluice %s --help'.\n", command->name);
    return SL_EXIT_USAGE;
}

int sl_cli_fail(const struct sl_error *error, int status) {
    const char *line = error->text;
    while (line != NULL && *line != '\0') {
        const char *end = strchr(line, '\n');
        int len = end != NULL ? (int)(end - line) : (int)strlen(line);
        fprintf(stderr, "%ssluice: error:%s %.*s\n", sl_cli_ink(stderr, SL_INK_RED),
                sl_cli_ink(stderr, SL_INK_PLAIN), len, line);
        line = end != NULL ? end + 1 : NULL;
    }
    return status;
}

void sl_cli_note(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%ssluice:%s ", sl_cli_ink(stderr, SL_INK_DIM),
            sl_cli_ink(stderr, SL_INK_PLAIN));
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

int sl_cli_engine(const char *pack_path, struct sl_engine **ret_engine) {
    return sl_cli_engine_masking(pack_path, NULL, ret_engine);
}

int sl_cli_engine_masking(const char *pack_path, const struct sl_masking_options *masking,
                          struct sl_engine **ret_engine) {
    struct sl_engine_options options = {.masking = masking};
    struct sl_error error = {0};
    char shipped[PATH_MAX];
    if (pack_path == NULL) {
        if (sl_pack_find_shipped(&error, shipped, sizeof shipped) != SL_OK) {
            return sl_cli_fail(&error, SL_EXIT_USAGE);
        }
        pack_path = shipped;
    }
    if (sl_engine_open(pack_path, &options, &error, ret_engine) != SL_OK) {
        return sl_cli_fail(&error, SL_EXIT_USAGE);
    }
    return SL_EXIT_FINE;
}

bool sl_cli_io_backend(enum sl_io_backend *ret_backend) {
    const char *word = getenv("SLUICE_IO");
    if (word == NULL || *word == '\0' || strcmp(word, "auto") == 0) {
        *ret_backend = SL_IO_AUTO;
    } else if (strcmp(word, "uring") == 0) {
        *ret_backend = SL_IO_URING;
    } else if (strcmp(word, "plain") == 0) {
        *ret_backend = SL_IO_PLAIN;
    } else {
        struct sl_error error = {0};
        sl_error_set(&error, "SLUICE_IO: expected auto, uring or plain, found \"%s\"", word);
        sl_cli_fail(&error, SL_EXIT_USAGE);
        return false;
    }
    return true;
}

bool sl_cli_parse_number(const char *word, unsigned long least, unsigned long most,
                         unsigned long *ret_value) {
    char *end;
    errno = 0;
    unsigned long value = strtoul(word, &end, 10);
    bool number = *word >= '0' && *word <= '9' && *end == '\0' && errno == 0;
    *ret_value = value;
    return number && value >= least && value <= most;
}

const char *sl_cli_ink(FILE *stream, enum sl_ink ink) {
    static const char *const inks[] = {
        [SL_INK_PLAIN] = "\x1b[0m", [SL_INK_BOLD] = "\x1b[1m",   [SL_INK_DIM] = "\x1b[2m",
        [SL_INK_RED] = "\x1b[31m",  [SL_INK_GREEN] = "\x1b[32m", [SL_INK_YELLOW] = "\x1b[33m",
        [SL_INK_CYAN] = "\x1b[36m",
    };
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    bool wanted =
        (no_color == NULL || *no_color == '\0') && term != NULL && strcmp(term, "dumb") != 0;
    return wanted && isatty(fileno(stream)) ? inks[ink] : "";
}

const char *sl_cli_bar(double share, unsigned width, char *text) {
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    unsigned cells = (unsigned)(share * width * 8 + 0.5);
    char *at = text;
    for (unsigned i = 0; i < cells / 8 && i < width; i++) {
        at = stpcpy(at, "█");
    }
    stpcpy(at, cells / 8 < width ? eighths[cells % 8] : "");
    return text;
}
