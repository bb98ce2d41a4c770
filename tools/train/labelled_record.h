// SPDX-License-Identifier: Apache-2.0
//
// train/labelled_record.h - what the files of labelled*.c share: lines of a file that may be
// packed, and the values of the fields that are asked for.
#ifndef SL_TRAIN_LABELLED_RECORD_H
#define SL_TRAIN_LABELLED_RECORD_H

#include "base/arena.h"
#include "labelled.h"

#define SL_RECORD_FIELDS_MAX 48
#define SL_RECORD_WORDS_MAX  SL_LABELLED_WORDS_MAX
#define SL_RECORD_SEEN_BYTES 256

// A field's value as words; null is none, a list has as many as it has.
struct sl_value {
    struct sl_str words[SL_RECORD_WORDS_MAX];
    uint32_t count;
    bool known; // not absent, not null
    bool list;
};

// One record: the values asked for, in the order of `fields`.
struct sl_record {
    struct sl_str fields[SL_RECORD_FIELDS_MAX];
    uint32_t fields_count;
    struct sl_value values[SL_RECORD_FIELDS_MAX];
    struct sl_arena store;           // what the values point to
    bool repaired;                   // a value was not UTF-8
    bool is_table;                   // lists stand in one cell
    const char *problem;             // why the record is no good; static
    char seen[SL_RECORD_SEEN_BYTES]; // names of the first record's fields, for an error
};

int sl_record_init(struct sl_record *record, struct sl_error *error);
void sl_record_done(struct sl_record *record);

// The index of this field, which is added where it is new.
uint32_t sl_record_field(struct sl_record *record, const char *name);

void sl_record_reset(struct sl_record *record);

// Adds a word to a value, repaired where need be. False, with `problem` set, when there are too
// many.
bool sl_record_put(struct sl_record *record, uint32_t field, const char *bytes, size_t len);

// Notes a field's name for an error.
void sl_record_note_seen(struct sl_record *record, const char *name, size_t len);

// Lines.

enum sl_line_outcome {
    SL_INPUT_LINE,
    SL_INPUT_TOO_LONG, // passed over
    SL_INPUT_END,
    SL_INPUT_FAILED, // the error says why
};

struct sl_input {
    const char *path; // "-": standard input
    void *file;       // gzFile
    char *buffer;
    size_t start, end;   // what has been read and not been taken
    uint64_t line;       // of the line that was taken last, from 1
    bool passing, ended; // within a line that is too long; nothing more to read
};

int sl_input_open(const char *path, struct sl_error *error, struct sl_input *ret_input);
void sl_input_close(struct sl_input *input);
uint64_t sl_input_packed_bytes(const struct sl_input *input); // read so far, as on disk

// The next line with its newline, if it has one; lives until the next call.
enum sl_line_outcome sl_input_next(struct sl_input *input, struct sl_error *error,
                                   struct sl_str *ret_line);

// The first bytes, up to `len`, without taking them.
struct sl_str sl_input_peek(struct sl_input *input, size_t len);

// JSON.

// Reads an object into the record. False: `problem` says why not.
bool sl_record_from_json(struct sl_record *record, struct sl_str line);

// Tables.

struct sl_table;

// Takes the header. Fails when the input has none, or not the columns `required` (a list of indices
// of fields).
int sl_table_open(struct sl_input *input, struct sl_record *record, const uint32_t *required,
                  size_t required_count, struct sl_error *error, struct sl_table **ret_table);
void sl_table_close(struct sl_table *table);

// Reads the next row into the record; *ret_line is its first line. SL_INPUT_LINE also for a row
// that is no good: then `problem` is set.
enum sl_line_outcome sl_table_next(struct sl_table *table, struct sl_record *record,
                                   struct sl_error *error, uint64_t *ret_line);

#endif
