// SPDX-License-Identifier: Apache-2.0
//
// Raw patterns: a recursive-descent reader of the part of Hyperscan's language in which no match
// touches a newline, so that words views joined by newlines match as each of them does alone.
//
//     alternatives = sequence *( "|" sequence )
//     sequence     = *( atom [ quantifier ] )
//     atom         = literal / "." / class / escape / group / "^" / "$"
//     group        = "(" [ "?:" ] alternatives ")"
//
// The proof, construct by construct:
//     literal       refused when no words view holds it, as none holds a newline
//     .             excludes the newline: the engine never sets DOTALL
//     [ ] \d \w \D \W \S   written out as the set of their bytes, less the newline
//     \s \h         a space, the only white space of a words view
//     \b \B         look at two neighbours; to them a newline is a sign, as is a text's border
//     ^ $           mean the borders of lines, with the space that stands there in every view; ^
//                   stands first and $ last, so that neither has anything to match on its far side
//     quantifiers, groups and | match nothing that their parts do not
// Everything else is refused, by name or as unknown.
#include "pack/raw.h"

#include <string.h>

#include "pack/expression.h"

// Groups that are refused; the first that fits speaks.
static const struct {
    const char *opening;
    const char *message;
} refused_groups[] = {
    {"?=", "expected no look-around: the matcher has none"},
    {"?!", "expected no look-around: the matcher has none"},
    {"?<=", "expected no look-around: the matcher has none"},
    {"?<!", "expected no look-around: the matcher has none"},
    {"?>", "expected (?: ), found an atomic group"},
    {"?<", "expected (?: ), found a named group"},
    {"?P", "expected (?: ), found a named group"},
    {"?'", "expected (?: ), found a named group"},
    {"?#", "expected no comments within a pattern"},
    {"?|", "expected (?: ), found a group that resets numbers"},
    {"?", "expected no flags: texts are in lower case, and . never passes a text's border"},
    {"*", "expected no verbs: the matcher has none"},
};

static int read_alternatives(struct sl_raw_reader *reader, bool leading,
                             struct sl_raw_shape *ret_shape);

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static int read_group(struct sl_raw_reader *reader, bool leading, struct sl_raw_shape *ret_shape) {
    size_t start = reader->at++;
    size_t borders_before = reader->borders_count;
    bool plain = strncmp(reader->pattern + reader->at, "?:", 2) == 0;
    reader->at += plain ? 2 : 0;
    for (size_t i = 0; !plain && i < sizeof refused_groups / sizeof refused_groups[0]; i++) {
        const char *opening = refused_groups[i].opening;
        if (strncmp(reader->pattern + reader->at, opening, strlen(opening)) == 0) {
            return sl_raw_refuse(reader, start, refused_groups[i].message);
        }
    }
    if (++reader->depth > SL_RAW_DEPTH_MAX) {
        return sl_raw_refuse(reader, start, "expected fewer groups within groups");
    }
    sl_regex_add(&reader->regex, "(?:");
    if (read_alternatives(reader, leading, ret_shape) != SL_OK) {
        return SL_FAILED;
    }
    if (reader->pattern[reader->at] != ')') {
        return sl_raw_refuse(reader, start, "expected ), found the end of the pattern");
    }
    reader->at++;
    reader->depth--;
    sl_regex_add(&reader->regex, ")");
    ret_shape->repeats = reader->borders_count == borders_before;
    return SL_OK;
}

static int read_border(struct sl_raw_reader *reader, bool leading, struct sl_raw_shape *ret_shape) {
    char sign = reader->pattern[reader->at];
    if (sign == '^' && !leading) {
        return sl_raw_refuse(reader, reader->at, "expected ^ only where a match begins");
    }
    reader->borders_count++;
    reader->at++;
    sl_regex_add(&reader->regex, sign == '^' ? "^ " : " $");
    *ret_shape = (struct sl_raw_shape){.empty = true, .closed = sign == '$'};
    return SL_OK;
}

static int read_atom(struct sl_raw_reader *reader, bool leading, struct sl_raw_shape *ret_shape) {
    switch (reader->pattern[reader->at]) {
    case '[':
        return sl_raw_read_class(reader, ret_shape);
    case '\\':
        return sl_raw_read_escape(reader, ret_shape);
    case '(':
        return read_group(reader, leading, ret_shape);
    case '^':
    case '$':
        return read_border(reader, leading, ret_shape);
    case '*':
    case '+':
    case '?':
        return sl_raw_refuse(reader, reader->at, "expected something to repeat before * + ?");
    case '{':
        return sl_raw_refuse(reader, reader->at,
                             "expected \\{ for the sign itself, or {n} behind a part");
    case '.':
        sl_regex_add(&reader->regex, ".");
        reader->at++;
        *ret_shape = (struct sl_raw_shape){.repeats = true, .states = 1};
        return SL_OK;
    default:
        return sl_raw_read_literal(reader, ret_shape);
    }
}

// Digits of a repeat's bound; more than three say "too many" as well as they are.
static size_t read_bound(struct sl_raw_reader *reader) {
    size_t bound = 0;
    while (is_digit(reader->pattern[reader->at])) {
        size_t digit = (size_t)(reader->pattern[reader->at++] - '0');
        bound = bound > SL_RAW_REPEAT_MAX ? bound : 10 * bound + digit;
    }
    return bound;
}

// {n}, {n,} or {n,m}; a missing bound comes back as n.
static int read_repeat(struct sl_raw_reader *reader, size_t *ret_least, size_t *ret_most) {
    size_t start = reader->at++;
    bool some = is_digit(reader->pattern[reader->at]);
    *ret_least = read_bound(reader);
    *ret_most = *ret_least;
    if (reader->pattern[reader->at] == ',') {
        reader->at++;
        if (is_digit(reader->pattern[reader->at])) {
            *ret_most = read_bound(reader);
        } else {
            *ret_most = *ret_least > 0 ? *ret_least : 1;
        }
    }
    if (!some || reader->pattern[reader->at] != '}') {
        return sl_raw_refuse(reader, start, "expected {n}, {n,} or {n,m}; the sign itself is \\{");
    }
    reader->at++;
    if (*ret_most < *ret_least || *ret_most == 0 || *ret_most > SL_RAW_REPEAT_MAX ||
        *ret_least > SL_RAW_REPEAT_MAX) {
        return sl_raw_refuse(
            reader, start,
            "expected ascending repeats from 1 to " SL_REGEX_TEXT(SL_RAW_REPEAT_MAX) ", or none");
    }
    return SL_OK;
}

// Greed does not matter to a matcher that reports every end, so the sign of laziness is left out.
static int read_quantifier(struct sl_raw_reader *reader, struct sl_raw_shape *shape) {
    size_t start = reader->at;
    char sign = reader->pattern[start];
    size_t least = sign == '+' ? 1 : 0;
    size_t most = 1;
    if (sign == '\0' || strchr("*+?{", sign) == NULL) {
        return SL_OK;
    }
    if (!shape->repeats) {
        return sl_raw_refuse(reader, start, "expected something to repeat, found a border");
    }
    if (sign == '{') {
        if (read_repeat(reader, &least, &most) != SL_OK) {
            return SL_FAILED;
        }
    } else {
        reader->at++;
    }
    for (size_t i = start; i < reader->at; i++) {
        char text[] = {reader->pattern[i], '\0'};
        sl_regex_add(&reader->regex, text);
    }
    reader->at += reader->pattern[reader->at] == '?';
    char next = reader->pattern[reader->at];
    if (next != '\0' && strchr("*+?{", next) != NULL) {
        return sl_raw_refuse(reader, reader->at,
                             "expected one repeat of a part, found two in a row");
    }
    shape->empty |= least == 0;
    shape->states *= most;
    return shape->states <= SL_RAW_STATES_MAX
               ? SL_OK
               : sl_raw_refuse(reader, start, "expected fewer repeats within repeats");
}

static int read_sequence(struct sl_raw_reader *reader, bool leading,
                         struct sl_raw_shape *ret_shape) {
    *ret_shape = (struct sl_raw_shape){.empty = true};
    for (bool first = true;; first = false) {
        char next = reader->pattern[reader->at];
        if (next == '\0' || next == '|' || next == ')') {
            return SL_OK;
        }
        if (ret_shape->closed) {
            return sl_raw_refuse(reader, reader->at, "expected nothing behind $");
        }
        struct sl_raw_shape part;
        if (read_atom(reader, leading && first, &part) != SL_OK ||
            read_quantifier(reader, &part) != SL_OK) {
            return SL_FAILED;
        }
        ret_shape->empty &= part.empty;
        ret_shape->closed = part.closed;
        ret_shape->states += part.states;
    }
}

static int read_alternatives(struct sl_raw_reader *reader, bool leading,
                             struct sl_raw_shape *ret_shape) {
    *ret_shape = (struct sl_raw_shape){.empty = false};
    for (;;) {
        struct sl_raw_shape sequence;
        if (read_sequence(reader, leading, &sequence) != SL_OK) {
            return SL_FAILED;
        }
        ret_shape->empty |= sequence.empty;
        ret_shape->closed |= sequence.closed;
        ret_shape->states += sequence.states;
        if (reader->pattern[reader->at] != '|') {
            return SL_OK;
        }
        reader->at++;
        sl_regex_add(&reader->regex, "|");
    }
}

static int read_pattern(struct sl_raw_reader *reader) {
    struct sl_raw_shape shape;
    if (read_alternatives(reader, true, &shape) != SL_OK) {
        return SL_FAILED;
    }
    if (reader->pattern[reader->at] == ')') {
        return sl_raw_refuse(reader, reader->at, "expected a group's begin before its end");
    }
    if (shape.empty) {
        return sl_raw_refuse(reader, 0,
                             "expected a pattern that needs a character, found one that "
                             "matches the empty string");
    }
    if (shape.states > SL_RAW_STATES_MAX) {
        return sl_raw_refuse(reader, 0, "expected fewer repeats");
    }
    return SL_OK;
}

int sl_expression_from_raw(const char *pattern, struct sl_arena *arena, struct sl_error *error,
                           size_t *ret_column, struct sl_expression *ret_expression) {
    struct sl_raw_reader reader;
    reader.pattern = pattern;
    reader.at = 0;
    reader.depth = 0;
    reader.borders_count = 0;
    reader.error = error;
    reader.ret_column = ret_column;
    sl_regex_start(&reader.regex);
    if (strnlen(pattern, SL_PHRASE_BYTES_MAX + 1) > SL_PHRASE_BYTES_MAX) {
        return sl_raw_refuse(
            &reader, 0,
            "expected at most " SL_REGEX_TEXT(SL_PHRASE_BYTES_MAX) " bytes, found more");
    }
    if (read_pattern(&reader) != SL_OK) {
        return SL_FAILED;
    }
    *ret_expression = (struct sl_expression){.regex = sl_regex_keep(&reader.regex, arena),
                                             .multiline = reader.borders_count > 0};
    return ret_expression->regex != NULL ? SL_OK
                                         : sl_raw_refuse(&reader, 0, "expected a shorter pattern");
}
