// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/error.h"
#include "labelled_record.h"

#define BUFFER_BYTES ((size_t)2 * SL_LABELLED_ROW_BYTES)
#define READ_BYTES   ((size_t)1 << 18)

int sl_input_open(const char *path, struct sl_error *error, struct sl_input *ret_input) {
    bool standard = strcmp(path, "-") == 0;
    errno = 0;
    gzFile file = standard ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path, "rbe");
    char *buffer = malloc(BUFFER_BYTES);
    if (file == NULL || buffer == NULL) {
        int problem = errno != 0 ? errno : ENOMEM;
        if (file != NULL) {
            gzclose(file);
        }
        free(buffer);
        return sl_error_set(error, "%s: cannot open: %s", path, strerror(problem));
    }
    gzbuffer(file, (unsigned)READ_BYTES);
    *ret_input = (struct sl_input){.path = path, .file = file, .buffer = buffer};
    return SL_OK;
}

void sl_input_close(struct sl_input *input) {
    if (input->file != NULL) {
        gzclose(input->file);
    }
    free(input->buffer);
    *input = (struct sl_input){0};
}

uint64_t sl_input_packed_bytes(const struct sl_input *input) {
    z_off_t offset = gzoffset(input->file);
    return offset > 0 ? (uint64_t)offset : 0;
}

static bool fill(struct sl_input *input, struct sl_error *error) {
    memmove(input->buffer, input->buffer + input->start, input->end - input->start);
    input->end -= input->start;
    input->start = 0;
    size_t room = BUFFER_BYTES - input->end;
    errno = 0;
    int got = gzread(input->file, input->buffer + input->end,
                     (unsigned)(room < READ_BYTES ? room : READ_BYTES));
    int problem = Z_OK;
    const char *reason = gzerror(input->file, &problem);
    // A packed file that was cut gives what there is, then ends with this problem.
    if (got < 0 || (got == 0 && problem != Z_OK && problem != Z_STREAM_END)) {
        sl_error_set(error, "%s: cannot read: %s", input->path,
                     problem == Z_ERRNO && errno != 0 ? strerror(errno) : reason);
        return false;
    }
    input->ended = got == 0;
    input->end += (size_t)got;
    return true;
}

enum sl_line_outcome sl_input_next(struct sl_input *input, struct sl_error *error,
                                   struct sl_str *ret_line) {
    size_t looked = 0;
    for (;;) {
        char *from = input->buffer + input->start;
        char *newline = memchr(from + looked, '\n', input->end - input->start - looked);
        size_t len = newline != NULL ? (size_t)(newline + 1 - from) : input->end - input->start;
        if (newline != NULL || (input->ended && (len > 0 || input->passing))) {
            bool too_long = input->passing || len > SL_LABELLED_ROW_BYTES;
            input->start += len;
            input->line++;
            input->passing = false;
            *ret_line = (struct sl_str){from, len};
            return too_long ? SL_INPUT_TOO_LONG : SL_INPUT_LINE;
        }
        if (input->ended) {
            return SL_INPUT_END;
        }
        looked = len;
        if (len > SL_LABELLED_ROW_BYTES) {
            input->passing = true;
            input->start = input->end = looked = 0;
        }
        if (!fill(input, error)) {
            return SL_INPUT_FAILED;
        }
    }
}

struct sl_str sl_input_peek(struct sl_input *input, size_t len) {
    struct sl_error ignored = {0}; // told again when the line is taken
    while (!input->ended && input->end - input->start < len && fill(input, &ignored)) {
    }
    size_t there = input->end - input->start;
    return (struct sl_str){input->buffer + input->start, there < len ? there : len};
}
