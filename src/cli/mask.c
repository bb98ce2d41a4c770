// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/cli.h"
#include "item/json.h"

static const char help[] =
    "A filter: text lines in, the same lines out with every identifier cut out.\n"
    "\n"
    "Usage: sluice mask [--pack FILE] [--spans] [--operator label] < TEXT\n"
    "\n"
    "      --spans           a JSON object a line: {\"text\": masked, \"spans\": [{\"kind\", "
    "\"start\", \"end\"}]},\n"
    "                        byte offsets into the original line\n"
    "      --operator WORD   what stands in place of an identifier: label ([PHONE]), the only one "
    "so far\n"
    "      --pack FILE       the rule pack that says which kinds are masked\n"
    "\n"
    "A line that cannot be masked (over 1 MiB, or with more than 256 identifiers) is left out, its "
    "number\n"
    "is told on standard error, and the exit status is 1.\n"
    "\n"
    "Example:\n"
    "  echo 'scrivetemi a anna@example.it' | sluice mask\n";

#define INPUT_BYTES (2u << 20)

static const struct option long_options[] = {
    {"pack", required_argument, NULL, 'p'},
    {"spans", no_argument, NULL, 's'},
    {"operator", required_argument, NULL, 'o'},
    {NULL, 0, NULL, 0},
};

struct masker {
    struct sl_judge *judge;
    struct sl_json *json; // NULL: plain lines
    struct sl_arena input;
    uint64_t lines;
    bool left_out;
    bool broken;
};

static void write_out(struct masker *masker, const char *bytes, size_t len) {
    masker->broken |= fwrite(bytes, 1, len, stdout) != len;
}

static void write_spans(struct masker *masker, const struct sl_verdict *verdict) {
    struct sl_json *json = masker->json;
    sl_json_begin_map(json);
    sl_json_put_key(json, "text");
    sl_json_put_text(json, verdict->masked);
    sl_json_put_key(json, "spans");
    sl_json_begin_list(json);
    for (uint32_t i = 0; i < verdict->masks_count; i++) {
        sl_json_begin_map(json);
        sl_json_put_key(json, "kind");
        sl_json_put_word(json, sl_kind_word(verdict->originals[i].kind));
        sl_json_put_key(json, "start");
        sl_json_put_integer(json, verdict->originals[i].start);
        sl_json_put_key(json, "end");
        sl_json_put_integer(json, verdict->originals[i].end);
        sl_json_end_map(json);
    }
    sl_json_end_list(json);
    sl_json_end_map(json);
    struct sl_text line = sl_json_take_line(json);
    write_out(masker, line.data, line.len);
}

static void leave_out(struct masker *masker, uint64_t line, const char *why) {
    sl_cli_note("line %llu is left out: %s", (unsigned long long)line, why);
    masker->left_out = true;
}

static void write_masked(struct masker *masker, const struct sl_verdict *verdict, bool newline) {
    masker->lines++;
    if (verdict->outcome != SL_JUDGED) {
        leave_out(masker, masker->lines,
                  verdict->outcome == SL_JUDGE_TOO_MANY_MASKS ? "it holds over 256 identifiers"
                                                              : "it cannot be masked");
    } else if (masker->json != NULL) {
        write_spans(masker, verdict);
    } else {
        write_out(masker, verdict->masked.data, verdict->masked.len);
        if (newline) {
            write_out(masker, "\n", 1);
        }
    }
}

// Masks the lines of `data`, the last of which may lack its newline.
static void mask_lines(struct masker *masker, const char *data, size_t len) {
    size_t at = 0;
    while (at < len) {
        struct sl_text texts[SL_JUDGE_BATCH_MAX];
        size_t count = 0;
        bool newline = true;
        while (at < len && count < SL_JUDGE_BATCH_MAX) {
            const char *end = memchr(data + at, '\n', len - at);
            newline = end != NULL;
            size_t line_len = newline ? (size_t)(end - data) - at : len - at;
            texts[count++] = (struct sl_text){data + at, line_len, .mask_only = true};
            at += line_len + newline;
        }
        const struct sl_verdict *verdicts = sl_judge_texts(masker->judge, texts, count);
        for (size_t i = 0; i < count; i++) {
            write_masked(masker, &verdicts[i], newline || i + 1 < count);
        }
    }
}

// Passes over the rest of a line that does not fit. Returns the bytes passed.
static size_t pass_line(struct masker *masker, const char *data, size_t len, bool *passing) {
    const char *newline = memchr(data, '\n', len);
    if (newline == NULL) {
        return len;
    }
    masker->lines++;
    leave_out(masker, masker->lines, "it is longer than 1 MiB");
    *passing = false;
    return (size_t)(newline - data) + 1;
}

static int mask_input(struct masker *masker) {
    char *data = (char *)masker->input.base;
    size_t filled = 0;
    bool passing = false;
    ssize_t got;
    while (!masker->broken &&
           (got = read(STDIN_FILENO, data + filled, INPUT_BYTES - filled)) != 0) {
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            struct sl_error error = {0};
            sl_error_set(&error, "standard input: cannot read: %s", strerror(errno));
            return sl_cli_fail(&error, SL_EXIT_UNDONE);
        }
        filled += (size_t)got;
        size_t start = passing ? pass_line(masker, data, filled, &passing) : 0;
        const char *newline = passing ? NULL : memrchr(data + start, '\n', filled - start);
        if (newline != NULL) {
            size_t whole = (size_t)(newline + 1 - data);
            mask_lines(masker, data + start, whole - start);
            start = whole;
            masker->broken |= fflush(stdout) != 0;
        }
        filled -= start;
        memmove(data, data + start, filled);
        if (filled == INPUT_BYTES) {
            passing = true;
            filled = 0;
        }
    }
    if (passing) {
        masker->lines++;
        leave_out(masker, masker->lines, "it is longer than 1 MiB");
    } else {
        mask_lines(masker, data, filled);
    }
    if (masker->broken || fflush(stdout) != 0) {
        struct sl_error error = {0};
        sl_error_set(&error, "standard output: cannot write: %s", strerror(errno));
        return sl_cli_fail(&error, SL_EXIT_UNDONE);
    }
    return masker->left_out ? SL_EXIT_REFUSED : SL_EXIT_FINE;
}

static int mask_with(const struct sl_engine *engine, bool spans) {
    struct masker masker = {0};
    struct sl_error error = {0};
    int status = SL_EXIT_UNDONE;
    if (sl_judge_open(engine, &error, &masker.judge) == SL_OK &&
        sl_arena_init(&masker.input, INPUT_BYTES, &error) == SL_OK &&
        (!spans || sl_json_open(&error, &masker.json) == SL_OK)) {
        status = mask_input(&masker);
    } else {
        sl_cli_fail(&error, status);
    }
    sl_json_close(masker.json);
    sl_arena_done(&masker.input);
    sl_judge_close(masker.judge);
    return status;
}

static int run(int argc, char **argv) {
    const char *pack_path = NULL;
    bool spans = false;
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option == 'p') {
            pack_path = optarg;
        } else if (option == 's') {
            spans = true;
        } else if (option != 'o') {
            return sl_cli_usage(&sl_command_mask, "that option is not known");
        } else if (strcmp(optarg, "label") != 0) {
            return sl_cli_usage(&sl_command_mask, "--operator: expected label, found \"%s\"",
                                optarg);
        }
    }
    if (optind < argc) {
        return sl_cli_usage(&sl_command_mask, "it reads standard input; \"%s\" is one too many",
                            argv[optind]);
    }
    struct sl_engine *engine;
    int status = sl_cli_engine(pack_path, &engine);
    if (status == SL_EXIT_FINE) {
        status = mask_with(engine, spans);
        sl_engine_close(engine);
    }
    return status;
}

const struct sl_command sl_command_mask = {
    .name = "mask",
    .summary = "a filter that cuts identifiers out of text",
    .help = help,
    .run = run,
};
