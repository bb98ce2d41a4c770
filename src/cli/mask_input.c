// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "cli/mask.h"

#define INPUT_BYTES ((size_t)2 << 20)
#define READ_BYTES  ((size_t)1 << 17) // at once: what is read should still be in the cache

// What has been read of an input and not been masked yet.
struct source {
    int fd;
    char *data; // INPUT_BYTES and the padding
    size_t filled;
    bool passing; // inside a line that does not fit
};

static volatile sig_atomic_t reload_asked;

static void on_hangup(int signal_number) {
    (void)signal_number;
    reload_asked = 1;
}

// A read that waits is to be interrupted: the lists are read again at once.
static void watch_hangup(void) {
    struct sigaction action = {.sa_handler = on_hangup};
    sigemptyset(&action.sa_mask);
    sigaction(SIGHUP, &action, NULL);
}

static void reload(struct sl_masker *masker) {
    struct sl_error error = {0};
    reload_asked = 0;
    if (sl_engine_reload_allowed(masker->engine, &error) == SL_OK) {
        sl_cli_note("the allow lists are read again");
    } else {
        sl_cli_fail(&error, SL_EXIT_FINE);
    }
}

static int fail(const char *name, const char *what) {
    struct sl_error error = {0};
    sl_error_set(&error, "%s: cannot %s: %s", name, what, strerror(errno));
    return sl_cli_fail(&error, SL_EXIT_UNDONE);
}

static void leave_out_long(struct sl_masker *masker) {
    masker->line++;
    sl_mask_leave_out(masker, "it is longer than 1 MiB");
}

// Passes over the rest of a line that does not fit; returns the bytes passed.
static size_t pass_line(struct sl_masker *masker, struct source *source) {
    const char *newline = memchr(source->data, '\n', source->filled);
    if (newline == NULL) {
        return source->filled;
    }
    leave_out_long(masker);
    source->passing = false;
    return (size_t)(newline - source->data) + 1;
}

// Masks the whole lines that are there, and makes room.
static void mask_filled(struct sl_masker *masker, struct source *source) {
    char *data = source->data;
    size_t start = source->passing ? pass_line(masker, source) : 0;
    const char *newline = memrchr(data + start, '\n', source->filled - start);
    if (newline != NULL) {
        size_t whole = (size_t)(newline + 1 - data);
        sl_mask_lines(masker, data + start, whole - start);
        start = whole;
        sl_out_flush(masker->out);
    }
    source->filled -= start;
    memmove(data, data + start, source->filled);
    if (source->filled == INPUT_BYTES) {
        source->passing = true;
        source->filled = 0;
    }
}

static int mask_source(struct sl_masker *masker, struct source *source, const char *name) {
    ssize_t got = 1;
    while (got != 0 && masker->out->problem == 0) {
        if (reload_asked) {
            reload(masker);
        }
        size_t room = INPUT_BYTES - source->filled;
        got =
            read(source->fd, source->data + source->filled, room < READ_BYTES ? room : READ_BYTES);
        if (got < 0 && errno != EINTR) {
            return fail(name, "read");
        }
        if (got > 0) {
            source->filled += (size_t)got;
            mask_filled(masker, source);
        }
    }
    if (source->passing) {
        leave_out_long(masker);
    } else if (masker->out->problem == 0) {
        sl_mask_lines(masker, source->data, source->filled);
    }
    if (!sl_out_flush(masker->out)) {
        errno = masker->out->problem;
        return fail("standard output", "write");
    }
    return SL_EXIT_FINE;
}

static int mask_input(struct sl_masker *masker, const char *name, char *data) {
    bool is_standard = strcmp(name, "-") == 0;
    struct source source = {.fd = STDIN_FILENO, .data = data};
    masker->input = is_standard ? NULL : name;
    masker->line = 0;
    if (!is_standard && (source.fd = open(name, O_RDONLY | O_CLOEXEC)) < 0) {
        return fail(name, "open");
    }
    int status = mask_source(masker, &source, is_standard ? "standard input" : name);
    if (!is_standard) {
        close(source.fd);
    }
    masker->counts.lines += masker->line;
    return status;
}

static int mask_all(struct sl_masker *masker, char *data) {
    const struct sl_mask_job *job = masker->job;
    int status = SL_EXIT_FINE;
    watch_hangup();
    for (size_t i = 0; i < job->inputs_count && status == SL_EXIT_FINE; i++) {
        status = mask_input(masker, job->inputs[i], data);
    }
    if (job->report != SL_MASK_REPORT_NONE) {
        sl_mask_report(masker);
    }
    bool found = false;
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        found |= masker->counts.found[kind] > 0;
    }
    bool refused = masker->counts.left_out > 0 || (job->check && found);
    return status == SL_EXIT_FINE && refused ? SL_EXIT_REFUSED : status;
}

int sl_mask_inputs(struct sl_engine *engine, const struct sl_mask_job *job) {
    struct sl_masker masker = {.job = job, .engine = engine};
    struct sl_arena input = {0};
    struct sl_error error = {0};
    int status = SL_EXIT_UNDONE;
    masker.out = calloc(1, sizeof *masker.out);
    if (masker.out == NULL) {
        sl_error_set(&error, "no memory for the output");
        sl_cli_fail(&error, status);
    } else if (job->pointers_count > 0 &&
               sl_post_selection_open(job->pointers, job->pointers_count, &error,
                                      &masker.selection) != SL_OK) {
        status = sl_cli_fail(&error, SL_EXIT_USAGE);
    } else if (sl_judge_open(engine, &error, &masker.judge) != SL_OK ||
               sl_arena_init(&input, INPUT_BYTES + SL_POST_PADDING_BYTES, &error) != SL_OK ||
               (job->spans && sl_json_open(&error, &masker.json) != SL_OK)) {
        sl_cli_fail(&error, status);
    } else {
        masker.out->fd = STDOUT_FILENO;
        status = mask_all(&masker, (char *)input.base);
    }
    free(masker.record);
    sl_json_close(masker.json);
    sl_arena_done(&input);
    sl_judge_close(masker.judge);
    sl_post_selection_close(masker.selection);
    free(masker.out);
    return status;
}
