// SPDX-License-Identifier: Apache-2.0
//
// train/labelled.h - posts that people have judged, read from files one at a time.
//
// Files are NDJSON (one object a line) or tables with a header (CSV: comma or semicolon; TSV),
// plain or gzipped, "-" for standard input. What a file is follows from its name (.ndjson .jsonl
// .json .csv .tsv, .gz behind any), or else from its first character ('{': NDJSON).
//
// What is read of a post, under names that options can change (in a table: the column; in JSON: the
// member, "author.id" being a member of a member):
//     text      required
//     label     whether it is a request for care: true or false, or words. `care` words are care;
//               all others are not, or only those of `not_care` where that is given. Where neither
//               is given: true yes 1 care, and false no 0 editorial thanks noise spam.
//     topics    (also "topic") a word or a list of words; in a table, separated by , or ;
//     signals   (also "signal") likewise
//     line      mobile or fixed
//     groups    any other members by which figures are told apart; source, author and lang always
// `maps` turn words of label, topics, signals and line into others before anything is done with
// them. A member that is absent, null or empty was not judged: a post without a label is passed
// over and counted, topics that are not known are not "no topic" ([] is).
//
// A line that cannot be read is told to `on_problem` as "file:line: reason" (the first
// SL_LABELLED_PROBLEMS_MAX of them), counted, and passed over; with `strict` it ends the reading
// with the same words as the error. A file that cannot be opened or unpacked, and a table without
// the text or label column, always do. No problem and no error repeats a text; a label is repeated
// when it is one short word. Text that is not UTF-8 is repaired with U+FFFD, and counted.
//
// Use: open, sl_labelled_next until it hands out NULL, close. Rewind to read all again (not where
// standard input is among the files). What a post points to lives until the next call. Order is
// that of the files as given: the same files give the same posts.
//
// Threads: one. Memory: about 3 MiB whatever the files' size; a line or row has at most
// SL_LABELLED_ROW_BYTES, a text SL_POST_TEXT_MAX_BYTES.
// Cost: some 2 µs a post of 300 bytes on a Zen 3; unpacking adds a third.
// Sources: RFC 8259 by yajl, RFC 4180 by libcsv, RFC 1952 by zlib.
#ifndef SL_TRAIN_LABELLED_H
#define SL_TRAIN_LABELLED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sluice/words.h>

#include "base/error.h"
#include "base/str.h"

#define SL_LABELLED_GROUPS_MAX     16
#define SL_LABELLED_WORDS_MAX      16 // topics or signals of one post
#define SL_LABELLED_CONDITIONS_MAX 16
#define SL_LABELLED_MAPS_MAX       64
#define SL_LABELLED_PROBLEMS_MAX   20
#define SL_LABELLED_ROW_BYTES      (1u << 20)

// The groups that are always there; those of `group_fields` follow.
enum sl_labelled_group {
    SL_LABELLED_SOURCE, // where the post was gathered: figures on one say little about another
    SL_LABELLED_AUTHOR,
    SL_LABELLED_LANG,
    SL_LABELLED_GROUPS_FIXED,
};

typedef void (*sl_labelled_problem_fn)(void *context, const char *problem);

// All zero: the names above, and what is said of labels. Strings stay the caller's, and stay.
struct sl_labelled_options {
    const char *text_field, *label_field, *topics_field, *signals_field, *line_field;
    const char *source_field, *author_field, *lang_field;
    const char *group_fields[SL_LABELLED_GROUPS_MAX];
    uint32_t group_fields_count;
    const char *care;                       // "VALUE,VALUE…"
    const char *not_care;                   // the same
    const char *maps[SL_LABELLED_MAPS_MAX]; // "VALUE=WORD"
    uint32_t maps_count;
    const char *conditions[SL_LABELLED_CONDITIONS_MAX]; // "FIELD=VALUE,…", "FIELD!=VALUE,…"; all
    uint32_t conditions_count;                          // must hold; other posts are passed over
    bool strict;
    sl_labelled_problem_fn on_problem; // or NULL
    void *problem_context;
};

struct sl_labelled_words {
    struct sl_str words[SL_LABELLED_WORDS_MAX];
    uint32_t count;
    bool known; // somebody judged it
};

struct sl_labelled_post {
    struct sl_str text; // valid UTF-8, not empty
    bool care;
    struct sl_str label; // its word, mapped
    struct sl_labelled_words topics, signals;
    enum sl_line line;                            // unknown also where nobody judged it
    struct sl_str groups[SL_LABELLED_GROUPS_MAX]; // absent where the post has none; lists: joined
    const char *file;
    uint64_t file_line; // from 1; of a row over many lines the first
};

struct sl_labelled_counts {
    uint64_t posts;      // handed out
    uint64_t care;       // of these
    uint64_t bad;        // lines that cannot be read
    uint64_t unlabelled; // without a label, or with one that is neither care nor not_care
    uint64_t left_out;   // a condition did not hold
    uint64_t repaired;   // handed out, and not UTF-8
    uint64_t bytes;      // of the files as they stand on disk
};

struct sl_labelled;

// Checks the options, and that every file can be opened.
int sl_labelled_open(const struct sl_labelled_options *options, const char *const *paths,
                     size_t paths_count, struct sl_error *error, struct sl_labelled **ret_reader);
void sl_labelled_close(struct sl_labelled *reader);

// The next post, or NULL behind the last.
int sl_labelled_next(struct sl_labelled *reader, struct sl_error *error,
                     const struct sl_labelled_post **ret_post);

// Begins anew, counts included; problems are not told again. Fails with standard input.
int sl_labelled_rewind(struct sl_labelled *reader, struct sl_error *error);

// So far.
const struct sl_labelled_counts *sl_labelled_count(const struct sl_labelled *reader);

// How much of the files has been read, 0 to 1; -1 where that is not known (standard input).
double sl_labelled_progress(const struct sl_labelled *reader);

// How many groups there are, and the field that group i was asked for by.
uint32_t sl_labelled_groups_count(const struct sl_labelled *reader);
const char *sl_labelled_group_field(const struct sl_labelled *reader, uint32_t index);

// Once all is read: fails, with what to do, when there was no post at all, or none with a label.
int sl_labelled_require_posts(const struct sl_labelled *reader, struct sl_error *error);

#endif
