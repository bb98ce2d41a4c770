// SPDX-License-Identifier: Apache-2.0
#include "labelled.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/error.h"
#include "labelled_meaning.h"
#include "labelled_record.h"

struct sl_labelled {
    struct sl_labelled_options options;
    struct sl_meaning meaning;
    const char *const *paths;
    size_t paths_count;
    size_t path; // the file that is read, or next to be
    struct sl_input input;
    struct sl_table *table; // NULL: NDJSON
    struct sl_record record;
    struct sl_labelled_post post;
    struct sl_labelled_counts counts;
    uint64_t files_bytes; // of all files, 0: not known
    uint64_t done_bytes;  // of files that have been read
    bool quiet;           // problems have been told
};

// Opens each for a moment, so that a wrong name is told before an hour's reading.
static int look_at_files(struct sl_labelled *reader, struct sl_error *error) {
    bool known = true;
    for (size_t i = 0; i < reader->paths_count; i++) {
        struct stat status;
        struct sl_input input;
        bool standard = strcmp(reader->paths[i], "-") == 0;
        if (standard) {
            known = false;
            continue;
        }
        if (stat(reader->paths[i], &status) == 0 && S_ISDIR(status.st_mode)) {
            return sl_error_set(error, "%s: expected a file, found a directory", reader->paths[i]);
        }
        if (sl_input_open(reader->paths[i], error, &input) != SL_OK) {
            return SL_FAILED;
        }
        sl_input_close(&input);
        known = known && S_ISREG(status.st_mode);
        reader->files_bytes += (uint64_t)status.st_size;
    }
    reader->files_bytes = known ? reader->files_bytes : 0;
    return SL_OK;
}

int sl_labelled_open(const struct sl_labelled_options *options, const char *const *paths,
                     size_t paths_count, struct sl_error *error, struct sl_labelled **ret_reader) {
    struct sl_labelled *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return sl_error_set(error, "no memory to read posts");
    }
    reader->options = *options;
    reader->paths = paths;
    reader->paths_count = paths_count;
    if (sl_record_init(&reader->record, error) != SL_OK ||
        sl_meaning_init(&reader->options, &reader->record, error, &reader->meaning) != SL_OK ||
        look_at_files(reader, error) != SL_OK) {
        sl_labelled_close(reader);
        return SL_FAILED;
    }
    *ret_reader = reader;
    return SL_OK;
}

static void close_file(struct sl_labelled *reader) {
    sl_table_close(reader->table);
    reader->table = NULL;
    if (reader->input.file != NULL) {
        uint64_t bytes = sl_input_packed_bytes(&reader->input);
        reader->done_bytes += bytes;
        reader->counts.bytes = reader->done_bytes;
        sl_input_close(&reader->input);
    }
}

void sl_labelled_close(struct sl_labelled *reader) {
    if (reader != NULL) {
        close_file(reader);
        sl_meaning_done(&reader->meaning);
        sl_record_done(&reader->record);
        free(reader);
    }
}

static bool name_says(const char *path, const char *ending) {
    size_t len = strlen(path), packed = len > 3 && strcasecmp(path + len - 3, ".gz") == 0 ? 3 : 0;
    size_t ending_len = strlen(ending);
    return len > packed + ending_len &&
           strncasecmp(path + len - packed - ending_len, ending, ending_len) == 0;
}

static bool is_table(struct sl_input *input) {
    if (name_says(input->path, ".csv") || name_says(input->path, ".tsv")) {
        return true;
    }
    if (name_says(input->path, ".ndjson") || name_says(input->path, ".jsonl") ||
        name_says(input->path, ".json")) {
        return false;
    }
    struct sl_str first = sl_input_peek(input, 64);
    size_t i = 0;
    while (i < first.len && strchr(" \t\r\n\xEF\xBB\xBF", first.data[i]) != NULL) {
        i++;
    }
    return i < first.len && first.data[i] != '{';
}

static void pass_byte_order_mark(struct sl_input *input) {
    struct sl_str first = sl_input_peek(input, 3);
    if (sl_str_equal(first, SL_STR("\xEF\xBB\xBF"))) {
        input->start += 3;
    }
}

static int open_file(struct sl_labelled *reader, struct sl_error *error) {
    const uint32_t required[] = {reader->meaning.text, reader->meaning.label};
    if (sl_input_open(reader->paths[reader->path], error, &reader->input) != SL_OK) {
        return SL_FAILED;
    }
    pass_byte_order_mark(&reader->input);
    reader->record.is_table = false;
    return is_table(&reader->input)
               ? sl_table_open(&reader->input, &reader->record, required, 2, error, &reader->table)
               : SL_OK;
}

static bool is_blank(struct sl_str line) {
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] != ' ' && line.data[i] != '\t' && line.data[i] != '\r' &&
            line.data[i] != '\n') {
            return false;
        }
    }
    return true;
}

static enum sl_line_outcome next_json(struct sl_labelled *reader, struct sl_error *error,
                                      uint64_t *ret_line) {
    struct sl_str line;
    enum sl_line_outcome outcome;
    do {
        outcome = sl_input_next(&reader->input, error, &line);
    } while (outcome == SL_INPUT_LINE && is_blank(line));
    *ret_line = reader->input.line;
    if (outcome == SL_INPUT_LINE) {
        sl_record_from_json(&reader->record, line);
    } else if (outcome == SL_INPUT_TOO_LONG) {
        reader->record.problem = "longer than 1 MiB";
        return SL_INPUT_LINE;
    }
    return outcome;
}

static int tell_problem(struct sl_labelled *reader, uint64_t line, const char *problem,
                        struct sl_error *error) {
    struct sl_error told = {0};
    const char *path = reader->input.path;
    reader->counts.bad++;
    sl_error_set(&told, "%s:%" PRIu64 ": %s", strcmp(path, "-") == 0 ? "standard input" : path,
                 line, problem);
    if (!reader->quiet && reader->options.on_problem != NULL &&
        reader->counts.bad <= SL_LABELLED_PROBLEMS_MAX) {
        reader->options.on_problem(reader->options.problem_context, told.text);
    }
    return reader->options.strict ? sl_error_set(error, "%s", told.text) : SL_OK;
}

// Makes a post of the record, or says what it is instead.
static int take_record(struct sl_labelled *reader, uint64_t line, struct sl_error *error,
                       bool *ret_taken) {
    char problem[SL_MEANING_PROBLEM_BYTES];
    *ret_taken = false;
    if (reader->record.problem != NULL) {
        return tell_problem(reader, line, reader->record.problem, error);
    }
    switch (sl_meaning_of(&reader->meaning, &reader->record, problem, &reader->post)) {
    case SL_MEANS_NOTHING:
        return tell_problem(reader, line, problem, error);
    case SL_MEANS_UNLABELLED:
        reader->counts.unlabelled++;
        return SL_OK;
    case SL_MEANS_LEFT_OUT:
        reader->counts.left_out++;
        return SL_OK;
    case SL_MEANS_POST:
        break;
    }
    reader->post.file = reader->input.path;
    reader->post.file_line = line;
    reader->counts.posts++;
    reader->counts.care += reader->post.care;
    reader->counts.repaired += reader->record.repaired;
    *ret_taken = true;
    return SL_OK;
}

int sl_labelled_next(struct sl_labelled *reader, struct sl_error *error,
                     const struct sl_labelled_post **ret_post) {
    *ret_post = NULL;
    for (;;) {
        if (reader->input.file == NULL) {
            if (reader->path == reader->paths_count) {
                return SL_OK;
            }
            if (open_file(reader, error) != SL_OK) {
                return SL_FAILED;
            }
        }
        uint64_t line = 0;
        bool taken = false;
        sl_record_reset(&reader->record);
        enum sl_line_outcome outcome =
            reader->table != NULL ? sl_table_next(reader->table, &reader->record, error, &line)
                                  : next_json(reader, error, &line);
        if (outcome == SL_INPUT_FAILED ||
            (outcome == SL_INPUT_LINE && take_record(reader, line, error, &taken) != SL_OK)) {
            return SL_FAILED;
        }
        if (taken) {
            *ret_post = &reader->post;
            return SL_OK;
        }
        if (outcome == SL_INPUT_END) {
            close_file(reader);
            reader->path++;
        }
    }
}

int sl_labelled_rewind(struct sl_labelled *reader, struct sl_error *error) {
    for (size_t i = 0; i < reader->paths_count; i++) {
        if (strcmp(reader->paths[i], "-") == 0) {
            return sl_error_set(error, "standard input cannot be read again; put it into a file");
        }
    }
    close_file(reader);
    reader->path = 0;
    reader->counts = (struct sl_labelled_counts){0};
    reader->done_bytes = 0;
    reader->quiet = true;
    return SL_OK;
}

const struct sl_labelled_counts *sl_labelled_count(const struct sl_labelled *reader) {
    return &reader->counts;
}

double sl_labelled_progress(const struct sl_labelled *reader) {
    if (reader->files_bytes == 0) {
        return -1;
    }
    uint64_t here = reader->input.file != NULL ? sl_input_packed_bytes(&reader->input) : 0;
    double share = (double)(reader->done_bytes + here) / (double)reader->files_bytes;
    return share < 1 ? share : 1;
}

uint32_t sl_labelled_groups_count(const struct sl_labelled *reader) {
    return reader->meaning.groups_count;
}

const char *sl_labelled_group_field(const struct sl_labelled *reader, uint32_t index) {
    return reader->record.fields[reader->meaning.groups[index]].data;
}

int sl_labelled_require_posts(const struct sl_labelled *reader, struct sl_error *error) {
    const struct sl_labelled_counts *counts = &reader->counts;
    if (counts->posts > 0) {
        return SL_OK;
    }
    if (counts->unlabelled > 0) {
        const struct sl_str *label = &reader->record.fields[reader->meaning.label];
        return sl_error_set(error,
                            "no post has a label that says whether it is care: %" PRIu64
                            " have none in \"%.*s\"; say where it stands with --label (fields "
                            "seen: %s) and which values are care with --care",
                            counts->unlabelled, (int)label->len, label->data, reader->record.seen);
    }
    return sl_error_set(error, counts->bad > 0 ? "no post could be read; the first problems are "
                                                 "told above"
                               : counts->left_out > 0 ? "no post is left by --where"
                                                      : "there are no posts");
}
