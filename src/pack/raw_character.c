// SPDX-License-Identifier: Apache-2.0
#include "pack/raw.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "text/fold.h"
#include "text/utf8.h"

struct byte_set {
    bool has[256];
};

// Escapes that are refused, and what to write instead. Other letters are refused as unknown.
static const struct {
    const char *letters;
    const char *message;
} refused_escapes[] = {
    {"AZz", "expected ^ and $ for the borders of a text, found \\A, \\Z or \\z"},
    {"nrtfvaeR0", "expected characters that a folded text holds, found one of control"},
    {"123456789gk", "expected no references to groups: the matcher keeps none"},
    {"pPX", "expected ASCII classes like [a-z]: texts are folded, found \\p, \\P or \\X"},
    {"QE", "expected each sign with its own \\, found \\Q or \\E"},
    {"KG", "expected no \\K or \\G: the matcher reports ends only"},
    {"HVNC", "expected a class like [^x], found \\H, \\V, \\N or \\C"},
};

int sl_raw_refuse(struct sl_raw_reader *reader, size_t at, const char *message) {
    *reader->ret_column = at + 1;
    return sl_error_set(reader->error, "%s", message);
}

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool is_upper(unsigned char byte) {
    return byte >= 'A' && byte <= 'Z';
}

static bool is_word(unsigned byte) {
    return is_digit((char)byte) || byte == '_' || is_upper((unsigned char)byte) ||
           (byte >= 'a' && byte <= 'z');
}

// Whether a folded text can hold this ASCII character; refuses it otherwise.
static int check_class_byte(struct sl_raw_reader *reader, size_t at, unsigned char byte) {
    if (byte < ' ' || byte == 0x7F) {
        return sl_raw_refuse(reader, at,
                             "expected characters that a folded text holds, found one of control");
    }
    if (is_upper(byte)) {
        *reader->ret_column = at + 1;
        return sl_error_set(reader->error, "expected \"%c\", found \"%c\": texts are folded first",
                            byte + 'a' - 'A', byte);
    }
    return SL_OK;
}

// Whether a words view can hold it.
static int check_literal(struct sl_raw_reader *reader, size_t at, unsigned char byte) {
    if (byte != ' ' && strchr(",'\"()/:*&+<>~-", byte) != NULL) {
        *reader->ret_column = at + 1;
        return sl_error_set(reader->error,
                            "expected a space, found \"%c\": it stands between words", byte);
    }
    return check_class_byte(reader, at, byte);
}

// \xhh and \x{hh} behind the x; a byte beyond ASCII is part of a character and stands for nothing.
static int read_hex(struct sl_raw_reader *reader, size_t escape, unsigned char *ret_byte) {
    bool braces = reader->pattern[reader->at] == '{';
    const char *digits = reader->pattern + reader->at + braces;
    size_t count = strspn(digits, "0123456789abcdefABCDEF");
    if (count < 2 || (braces && (count != 2 || digits[2] != '}'))) {
        return sl_raw_refuse(reader, escape, "expected two hexadecimal digits behind \\x");
    }
    char text[] = {digits[0], digits[1], '\0'};
    unsigned long byte = strtoul(text, NULL, 16);
    if (byte >= 0x80) {
        return sl_raw_refuse(reader, escape,
                             "expected the character itself, found a byte beyond ASCII");
    }
    reader->at += 2 + 2 * (size_t)braces;
    *ret_byte = (unsigned char)byte;
    return SL_OK;
}

static int refuse_escape(struct sl_raw_reader *reader, size_t escape, char letter) {
    for (size_t i = 0; i < sizeof refused_escapes / sizeof refused_escapes[0]; i++) {
        if (letter != '\0' && strchr(refused_escapes[i].letters, letter) != NULL) {
            return sl_raw_refuse(reader, escape, refused_escapes[i].message);
        }
    }
    return sl_raw_refuse(reader, escape, "expected an escape of those listed in docs/pack.md");
}

// The bytes of \d \w \s \h \D \W \S; false for any other letter.
static bool add_escape_set(struct byte_set *set, char letter) {
    if (letter == '\0' || strchr("dwshDWS", letter) == NULL) {
        return false;
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        bool in = letter == 'd' || letter == 'D'   ? is_digit((char)byte)
                  : letter == 'w' || letter == 'W' ? is_word(byte)
                                                   : byte == ' ';
        set->has[byte] |= (letter >= 'a') == in;
    }
    return true;
}

static void write_class_byte(struct sl_regex *regex, unsigned byte) {
    static const char hex[] = "0123456789abcdef";
    char escaped[] = {'\\', 'x', hex[byte >> 4], hex[byte & 15], '\0'};
    char plain[] = {(char)byte, '\0'};
    sl_regex_add(regex, is_word(byte) ? plain : escaped);
}

static void write_class(struct sl_regex *regex, const struct byte_set *set) {
    SL_ASSERT(!set->has['\n']);
    sl_regex_add(regex, "[");
    for (unsigned byte = 0; byte < 256; byte++) {
        unsigned last = byte;
        while (set->has[byte] && last + 1 < 256 && set->has[last + 1]) {
            last++;
        }
        if (set->has[byte]) {
            write_class_byte(regex, byte);
            sl_regex_add(regex, last > byte ? "-" : "");
            if (last > byte) {
                write_class_byte(regex, last);
            }
        }
        byte = last;
    }
    sl_regex_add(regex, "]");
}

// One character of a class, or the end of a range.
static int read_class_literal(struct sl_raw_reader *reader, unsigned char *ret_byte) {
    size_t start = reader->at;
    unsigned char byte = (unsigned char)reader->pattern[reader->at++];
    if (byte >= 0x80) {
        return sl_raw_refuse(reader, start,
                             "expected (?:a|b) for characters beyond ASCII, found one in a class");
    }
    if (byte == '[' && strchr(":.=", reader->pattern[reader->at]) != NULL &&
        reader->pattern[reader->at] != '\0') {
        return sl_raw_refuse(reader, start, "expected characters and ranges, found a POSIX class");
    }
    if (byte == '\\') {
        byte = (unsigned char)reader->pattern[reader->at++];
        if (byte == 'x') {
            return read_hex(reader, start, ret_byte);
        }
        if (byte <= ' ' || byte >= 0x7F || is_word(byte)) {
            return refuse_escape(reader, start, (char)byte);
        }
    }
    *ret_byte = byte;
    return SL_OK;
}

static int read_class_member(struct sl_raw_reader *reader, struct byte_set *set, bool negated) {
    size_t start = reader->at;
    if (reader->pattern[start] == '\\' && add_escape_set(set, reader->pattern[start + 1])) {
        reader->at += 2;
        return SL_OK;
    }
    unsigned char first;
    if (read_class_literal(reader, &first) != SL_OK) {
        return SL_FAILED;
    }
    unsigned char last = first;
    const char *dash = reader->pattern + reader->at;
    if (dash[0] == '-' && dash[1] != ']' && dash[1] != '\0') {
        reader->at++;
        if (read_class_literal(reader, &last) != SL_OK) {
            return SL_FAILED;
        }
    }
    if (last < first) {
        return sl_raw_refuse(reader, start, "expected a range that ascends");
    }
    if (!negated && (check_class_byte(reader, start, first) != SL_OK ||
                     check_class_byte(reader, start, last) != SL_OK)) {
        return SL_FAILED;
    }
    for (unsigned byte = first; byte <= last; byte++) {
        set->has[byte] = true;
    }
    return SL_OK;
}

int sl_raw_read_class(struct sl_raw_reader *reader, struct sl_raw_shape *ret_shape) {
    size_t start = reader->at++;
    bool negated = reader->pattern[reader->at] == '^';
    reader->at += negated;
    struct byte_set set = {.has = {false}};
    bool first = true;
    while (reader->pattern[reader->at] != ']' || first) {
        if (reader->pattern[reader->at] == '\0') {
            return sl_raw_refuse(reader, start, "expected ], found the end of the pattern");
        }
        if (read_class_member(reader, &set, negated) != SL_OK) {
            return SL_FAILED;
        }
        first = false;
    }
    reader->at++;
    bool some = false;
    for (unsigned byte = 0; byte < 256; byte++) {
        set.has[byte] = set.has[byte] != negated && byte != '\n';
        some |= set.has[byte];
    }
    if (!some) {
        return sl_raw_refuse(reader, start, "expected a class that some character is in");
    }
    write_class(&reader->regex, &set);
    *ret_shape = (struct sl_raw_shape){.repeats = true, .states = 1};
    return SL_OK;
}

int sl_raw_read_escape(struct sl_raw_reader *reader, struct sl_raw_shape *ret_shape) {
    size_t escape = reader->at++;
    char letter = reader->pattern[reader->at];
    reader->at += letter != '\0';
    struct byte_set set = {.has = {false}};
    *ret_shape = (struct sl_raw_shape){.repeats = true, .states = 1};
    if (letter == 'b' || letter == 'B') {
        sl_regex_add(&reader->regex, letter == 'b' ? "\\b" : "\\B");
        *ret_shape = (struct sl_raw_shape){.empty = true};
        return SL_OK;
    }
    if (add_escape_set(&set, letter)) {
        set.has['\n'] = false;
        write_class(&reader->regex, &set);
        return SL_OK;
    }
    unsigned char byte = (unsigned char)letter;
    if (letter == 'x' && read_hex(reader, escape, &byte) != SL_OK) {
        return SL_FAILED;
    }
    if (letter != 'x' && (byte <= ' ' || byte >= 0x7F || is_word(byte))) {
        return refuse_escape(reader, escape, letter);
    }
    if (check_literal(reader, escape, byte) != SL_OK) {
        return SL_FAILED;
    }
    sl_regex_add_literal(&reader->regex, byte);
    return SL_OK;
}

// A character beyond ASCII: several bytes, kept together for a quantifier.
static int read_character(struct sl_raw_reader *reader, struct sl_raw_shape *ret_shape) {
    const char *text = reader->pattern + reader->at;
    uint32_t code_point;
    bool valid;
    size_t len = sl_utf8_decode((const unsigned char *)text, strlen(text), &code_point, &valid);
    unsigned char folded_bytes[4 * SL_FOLD_GROWTH];
    uint32_t map[4 * SL_FOLD_GROWTH + 1];
    struct sl_folded folded;
    size_t folded_len = sl_fold(text, len, folded_bytes, sizeof folded_bytes, map,
                                sizeof map / sizeof map[0], &folded);
    if (!valid || folded_len != len || memcmp(folded_bytes, text, len) != 0) {
        *reader->ret_column = reader->at + 1;
        return sl_error_set(
            reader->error, "expected \"%.*s\", found \"%.*s\": texts are folded first",
            valid ? (int)folded_len : 0, (const char *)folded_bytes, (int)len, text);
    }
    sl_regex_add(&reader->regex, "(?:");
    for (size_t i = 0; i < len; i++) {
        sl_regex_add_literal(&reader->regex, (unsigned char)text[i]);
    }
    sl_regex_add(&reader->regex, ")");
    reader->at += len;
    *ret_shape = (struct sl_raw_shape){.repeats = true, .states = len};
    return SL_OK;
}

int sl_raw_read_literal(struct sl_raw_reader *reader, struct sl_raw_shape *ret_shape) {
    unsigned char byte = (unsigned char)reader->pattern[reader->at];
    if (byte >= 0x80) {
        return read_character(reader, ret_shape);
    }
    if (check_literal(reader, reader->at, byte) != SL_OK) {
        return SL_FAILED;
    }
    sl_regex_add_literal(&reader->regex, byte);
    reader->at++;
    *ret_shape = (struct sl_raw_shape){.repeats = true, .states = 1};
    return SL_OK;
}
