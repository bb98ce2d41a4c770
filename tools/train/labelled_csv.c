// SPDX-License-Identifier: Apache-2.0
//
// Lines end with a newline, a carriage return before it being white space, so that a row ends where
// a line does unless the line end stands in quotes.
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "labelled_record.h"

#define COLUMNS_MAX 1024
#define NO_FIELD    UINT32_MAX

struct sl_table {
    struct sl_input *input;
    struct csv_parser parser;
    struct sl_record *record;
    uint32_t field_of[COLUMNS_MAX]; // of a column
    uint32_t columns_count;
    uint32_t column; // the next of this row
    uint64_t row_line;
    size_t row_bytes;
    bool in_header, row_ended, finished;
};

static int is_space(unsigned char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static int is_line_end(unsigned char byte) {
    return byte == '\n';
}

static void take_heading(struct sl_table *table, const char *name, size_t len) {
    struct sl_record *record = table->record;
    sl_record_note_seen(record, name, len);
    uint32_t field = NO_FIELD;
    for (uint32_t i = 0; i < record->fields_count; i++) {
        if (sl_str_equal(record->fields[i], (struct sl_str){name, len})) {
            field = i;
        }
    }
    for (uint32_t i = 0; field != NO_FIELD && i < table->column; i++) {
        if (table->field_of[i] == field) {
            record->problem = "a column stands twice";
        }
    }
    table->field_of[table->column] = field;
}

static void on_cell(void *bytes, size_t len, void *context) {
    struct sl_table *table = context;
    if (table->column < COLUMNS_MAX) {
        if (table->in_header) {
            take_heading(table, bytes, len);
        } else if (table->column < table->columns_count &&
                   table->field_of[table->column] != NO_FIELD && len > 0) {
            sl_record_put(table->record, table->field_of[table->column], bytes, len);
        }
    }
    table->column++;
}

static void on_row(int terminator, void *context) {
    (void)terminator;
    struct sl_table *table = context;
    table->row_ended = true;
}

static bool restart(struct sl_table *table, unsigned char delimiter) {
    if (csv_init(&table->parser, 0) != 0) {
        return false;
    }
    csv_set_delim(&table->parser, delimiter);
    csv_set_space_func(&table->parser, is_space);
    csv_set_term_func(&table->parser, is_line_end);
    return true;
}

// After a row that cannot be read the next line begins a row.
static void give_up_row(struct sl_table *table, const char *problem) {
    unsigned char delimiter = csv_get_delim(&table->parser);
    csv_free(&table->parser);
    restart(table, delimiter);
    table->record->problem = problem;
    table->row_ended = true;
}

// Has a row begun that a line's end did not finish? Only inside quotes.
static bool is_inside_row(const struct sl_table *table) {
    return table->column > 0 || table->parser.entry_pos > 0 || table->parser.quoted;
}

// The last line may lack its newline.
static enum sl_line_outcome end_table(struct sl_table *table) {
    table->finished = true;
    csv_parse(&table->parser, "\n", 1, on_cell, on_row, table);
    if (!table->row_ended && is_inside_row(table)) {
        give_up_row(table, "a quote is opened and never closed; all behind it was left out");
    }
    return table->row_ended ? SL_INPUT_LINE : SL_INPUT_END;
}

// Feeds lines to the parser until they make a row.
static enum sl_line_outcome next_row(struct sl_table *table, struct sl_error *error) {
    table->column = 0;
    table->row_bytes = 0;
    table->row_ended = false;
    while (!table->row_ended) {
        struct sl_str line;
        enum sl_line_outcome outcome =
            table->finished ? SL_INPUT_END : sl_input_next(table->input, error, &line);
        if (outcome == SL_INPUT_FAILED) {
            return outcome;
        }
        if (outcome == SL_INPUT_END) {
            return table->finished ? SL_INPUT_END : end_table(table);
        }
        if (table->row_bytes == 0) {
            table->row_line = table->input->line;
        }
        table->row_bytes += line.len;
        if (outcome == SL_INPUT_TOO_LONG || table->row_bytes > SL_LABELLED_ROW_BYTES) {
            give_up_row(table, "longer than 1 MiB; is a quote never closed?");
        } else if (csv_parse(&table->parser, line.data, line.len, on_cell, on_row, table) !=
                   line.len) {
            give_up_row(table, "no row of a table");
        } else if (!table->row_ended && !is_inside_row(table)) {
            table->row_bytes = 0; // a blank line is no row
        }
    }
    return SL_INPUT_LINE;
}

// Spreadsheets write a comma or, where the comma stands in numbers, a semicolon. What the header
// has most of.
static unsigned char find_delimiter(struct sl_input *input) {
    static const char delimiters[] = ",;\t|";
    size_t counts[sizeof delimiters] = {0}, best = 0;
    struct sl_str header = sl_input_peek(input, 4096);
    bool quoted = false;
    for (size_t i = 0; i < header.len && (quoted || header.data[i] != '\n'); i++) {
        quoted ^= header.data[i] == '"';
        const char *found = header.data[i] != '\0' ? strchr(delimiters, header.data[i]) : NULL;
        if (found != NULL && !quoted) {
            counts[found - delimiters]++;
        }
    }
    for (size_t i = 1; i + 1 < sizeof delimiters; i++) {
        best = counts[i] > counts[best] ? i : best;
    }
    return (unsigned char)delimiters[best];
}

static int check_columns(const struct sl_table *table, const uint32_t *required,
                         size_t required_count, struct sl_error *error) {
    const struct sl_record *record = table->record;
    for (size_t i = 0; i < required_count; i++) {
        bool there = false;
        for (uint32_t column = 0; column < table->columns_count; column++) {
            there |= table->field_of[column] == required[i];
        }
        if (!there) {
            return sl_error_set(error,
                                "%s:%lu: expected a column \"%.*s\", found: %s; name it with an "
                                "option (--text, --label)",
                                table->input->path, (unsigned long)table->row_line,
                                (int)record->fields[required[i]].len,
                                record->fields[required[i]].data, record->seen);
        }
    }
    return SL_OK;
}

static int read_header(struct sl_table *table, const uint32_t *required, size_t required_count,
                       struct sl_error *error) {
    table->in_header = true;
    table->record->seen[0] = '\0';
    enum sl_line_outcome outcome = next_row(table, error);
    table->in_header = false;
    table->columns_count = table->column;
    if (outcome == SL_INPUT_FAILED) {
        return SL_FAILED;
    }
    if (outcome == SL_INPUT_END) {
        return sl_error_set(error, "%s: expected a header, found nothing", table->input->path);
    }
    if (table->record->problem != NULL || table->columns_count > COLUMNS_MAX) {
        return sl_error_set(error, "%s:%lu: no header of a table: %s", table->input->path,
                            (unsigned long)table->row_line,
                            table->record->problem != NULL ? table->record->problem
                                                           : "it has more than 1024 columns");
    }
    return check_columns(table, required, required_count, error);
}

int sl_table_open(struct sl_input *input, struct sl_record *record, const uint32_t *required,
                  size_t required_count, struct sl_error *error, struct sl_table **ret_table) {
    struct sl_table *table = calloc(1, sizeof *table);
    if (table == NULL || !restart(table, find_delimiter(input))) {
        free(table);
        return sl_error_set(error, "no memory for a table");
    }
    table->input = input;
    table->record = record;
    record->is_table = true;
    sl_record_reset(record);
    if (read_header(table, required, required_count, error) != SL_OK) {
        sl_table_close(table);
        return SL_FAILED;
    }
    *ret_table = table;
    return SL_OK;
}

void sl_table_close(struct sl_table *table) {
    if (table != NULL) {
        csv_free(&table->parser);
        free(table);
    }
}

enum sl_line_outcome sl_table_next(struct sl_table *table, struct sl_record *record,
                                   struct sl_error *error, uint64_t *ret_line) {
    enum sl_line_outcome outcome = next_row(table, error);
    *ret_line = table->row_line;
    if (outcome == SL_INPUT_LINE && record->problem == NULL &&
        table->column != table->columns_count) {
        record->problem = "it has more or fewer cells than the header";
    }
    return outcome;
}
