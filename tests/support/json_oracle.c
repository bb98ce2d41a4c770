// SPDX-License-Identifier: Apache-2.0
#include "support/json_oracle.h"

#include <ctype.h>
#include <string.h>

struct reader {
    const unsigned char *at;
    const unsigned char *end;
    bool bad_escape;
};

static bool read_value(struct reader *reader);

static bool is(const struct reader *reader, char c) {
    return reader->at < reader->end && *reader->at == (unsigned char)c;
}

static bool read_char(struct reader *reader, char c) {
    if (!is(reader, c)) {
        return false;
    }
    reader->at++;
    return true;
}

static void read_space(struct reader *reader) {
    while (is(reader, ' ') || is(reader, '\t') || is(reader, '\n') || is(reader, '\r')) {
        reader->at++;
    }
}

static bool read_word(struct reader *reader, const char *word) {
    for (; *word != '\0'; word++) {
        if (!read_char(reader, *word)) {
            return false;
        }
    }
    return true;
}

static bool read_digits(struct reader *reader) {
    const unsigned char *first = reader->at;
    while (reader->at < reader->end && isdigit(*reader->at)) {
        reader->at++;
    }
    return reader->at > first;
}

static bool read_number(struct reader *reader) {
    read_char(reader, '-');
    if (!read_char(reader, '0') && !read_digits(reader)) {
        return false;
    }
    if (read_char(reader, '.') && !read_digits(reader)) {
        return false;
    }
    if (read_char(reader, 'e') || read_char(reader, 'E')) {
        if (!read_char(reader, '+')) {
            read_char(reader, '-');
        }
        return read_digits(reader);
    }
    return true;
}

// After the backslash. What it escapes is passed over even when it is no escape.
static void read_escape(struct reader *reader) {
    if (strchr("\"\\/bfnrtu", *reader->at) == NULL || *reader->at == '\0') {
        reader->bad_escape = true;
    }
    bool is_unicode = *reader->at++ == 'u';
    for (int i = 0; is_unicode && i < 4; i++) {
        if (reader->at + i >= reader->end || !isxdigit(reader->at[i])) {
            reader->bad_escape = true;
            return;
        }
    }
}

static bool read_string(struct reader *reader) {
    if (!read_char(reader, '"')) {
        return false;
    }
    while (reader->at < reader->end && *reader->at != '"') {
        if (*reader->at < 0x20) {
            return false;
        }
        if (*reader->at++ == '\\' && reader->at < reader->end) {
            read_escape(reader);
        }
    }
    return read_char(reader, '"');
}

static bool read_member(struct reader *reader) {
    read_space(reader);
    if (!read_string(reader)) {
        return false;
    }
    read_space(reader);
    return read_char(reader, ':') && read_value(reader);
}

static bool read_list(struct reader *reader, char close, bool (*read_entry)(struct reader *)) {
    reader->at++;
    read_space(reader);
    if (read_char(reader, close)) {
        return true;
    }
    do {
        if (!read_entry(reader)) {
            return false;
        }
        read_space(reader);
    } while (read_char(reader, ','));
    return read_char(reader, close);
}

static bool read_value(struct reader *reader) {
    read_space(reader);
    if (reader->at == reader->end) {
        return false;
    }
    switch (*reader->at) {
    case '{':
        return read_list(reader, '}', read_member);
    case '[':
        return read_list(reader, ']', read_value);
    case '"':
        return read_string(reader);
    case 't':
        return read_word(reader, "true");
    case 'f':
        return read_word(reader, "false");
    case 'n':
        return read_word(reader, "null");
    default:
        return read_number(reader);
    }
}

enum sl_oracle_json sl_oracle_json_object(const char *text, size_t len) {
    struct reader reader = {(const unsigned char *)text, (const unsigned char *)text + len, false};
    read_space(&reader);
    bool valid = is(&reader, '{') && read_value(&reader);
    read_space(&reader);
    if (!valid || reader.at != reader.end) {
        return SL_ORACLE_JSON_BROKEN;
    }
    return reader.bad_escape ? SL_ORACLE_JSON_ESCAPES : SL_ORACLE_JSON_VALID;
}
