// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "identify/reading_steps.h"
#include "identify/runs.h"
#include "text/fold.h"
#include "text/utf8.h"

#define ESCAPE_MAX     32 // bytes of one escape that is looked at
#define CODE_POINT_MAX 0x10FFFF
#define FOLDED_MAX     (4 * SL_FOLD_GROWTH)

static const struct {
    const char *name;
    const char *text;
} entities[] = {
    {"amp", "&"},    {"apos", "'"},   {"ast", "*"},    {"bsol", "\\"}, {"bull", "."},
    {"colon", ":"},  {"comma", ","},  {"commat", "@"}, {"dash", "-"},  {"emsp", " "},
    {"ensp", " "},   {"equals", "="}, {"excl", "!"},   {"gt", ">"},    {"hyphen", "-"},
    {"lowbar", "_"}, {"lpar", "("},   {"lsqb", "["},   {"lt", "<"},    {"mdash", "-"},
    {"middot", "."}, {"minus", "-"},  {"nbsp", " "},   {"ndash", "-"}, {"newline", " "},
    {"num", "#"},    {"percnt", "%"}, {"period", "."}, {"plus", "+"},  {"quot", "\""},
    {"rpar", ")"},   {"rsqb", "]"},   {"semi", ";"},   {"shy", ""},    {"sol", "/"},
    {"tab", " "},    {"thinsp", " "}, {"zwj", ""},     {"zwnj", ""},   {"verbar", "|"},
};

// What an escape stands for, folded.
struct unescaped {
    uint32_t end; // behind the escape; 0: it is none
    uint32_t code_point;
    uint32_t count; // bytes
    unsigned char bytes[FOLDED_MAX];
};

// What escapes are read from.
struct source {
    const unsigned char *bytes;
    uint32_t len;
};

static uint32_t value_of(unsigned char c) {
    return sl_is_digit(c)                 ? (uint32_t)(c - '0')
           : (unsigned char)(c - 'a') < 6 ? (uint32_t)(c - 'a') + 10
                                          : UINT32_MAX;
}

// Reads digits of a base from `at` on, min to max of them. Returns their end, 0 when there are
// fewer.
static uint32_t read_value(const struct source *source, uint32_t at, uint32_t base, uint32_t min,
                           uint32_t max, uint32_t *ret_value) {
    uint32_t count = 0;
    *ret_value = 0;
    for (; count < max && at + count < source->len; count++) {
        uint32_t value = value_of(source->bytes[at + count]);
        if (value >= base) {
            break;
        }
        *ret_value = *ret_value * base + value;
    }
    return count >= min ? at + count : 0;
}

static void fold_bytes(const char *text, size_t len, struct unescaped *unescaped) {
    uint32_t map[FOLDED_MAX + 1];
    struct sl_folded folded;
    size_t count = sl_fold(text, len, unescaped->bytes, sizeof unescaped->bytes, map,
                           sizeof map / sizeof map[0], &folded);
    unescaped->count = count == SL_FOLD_NO_ROOM ? 0 : (uint32_t)count;
}

static void fold_code_point(uint32_t code_point, struct unescaped *unescaped) {
    unsigned char text[4];
    bool surrogate = code_point >= 0xD800 && code_point < 0xE000;
    if (code_point > CODE_POINT_MAX || surrogate) {
        unescaped->end = 0;
        return;
    }
    size_t len = sl_utf8_encode(code_point, text);
    unescaped->code_point = code_point;
    fold_bytes((const char *)text, len, unescaped);
}

// "&#51;", "&#x33;", "&commat;"; "&amp;#51;" too.
static void read_entity(const struct source *source, uint32_t at, struct unescaped *unescaped) {
    uint32_t value;
    at++;
    while (source->len - at > 5 && memcmp(source->bytes + at, "amp;", 4) == 0 &&
           (source->bytes[at + 4] == '#' || sl_is_letter(source->bytes[at + 4]))) {
        at += 4;
    }
    if (source->len - at > 1 && source->bytes[at] == '#') {
        bool hex = source->bytes[at + 1] == 'x';
        uint32_t end = read_value(source, at + 1 + hex, hex ? 16 : 10, 1, 7, &value);
        bool closed = end != 0 && end < source->len && source->bytes[end] == ';';
        bool cut = end != 0 && (end == source->len || !sl_is_alnum(source->bytes[end]));
        unescaped->end = closed ? end + 1 : cut ? end : 0;
        if (unescaped->end != 0) {
            fold_code_point(value, unescaped);
        }
        return;
    }
    uint32_t end = at;
    while (end < source->len && end - at < ESCAPE_MAX && sl_is_letter(source->bytes[end])) {
        end++;
    }
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        if (end < source->len && source->bytes[end] == ';' &&
            strlen(entities[i].name) == end - at &&
            memcmp(entities[i].name, source->bytes + at, end - at) == 0) {
            unescaped->end = end + 1;
            unescaped->code_point = (unsigned char)entities[i].text[0];
            unescaped->count = (uint32_t)strlen(entities[i].text);
            memcpy(unescaped->bytes, entities[i].text, unescaped->count);
        }
    }
}

// "%40", "%2540", and several that make one character, "%C3%B9".
static void read_percent(const struct source *source, uint32_t at, struct unescaped *unescaped) {
    unsigned char text[4];
    size_t count = 0;
    while (count < sizeof text && at < source->len && source->bytes[at] == '%') {
        uint32_t value, ignored, from = at + 1;
        while (source->len - from >= 4 && memcmp(source->bytes + from, "25", 2) == 0 &&
               read_value(source, from + 2, 16, 2, 2, &ignored) != 0) {
            from += 2;
        }
        uint32_t end = read_value(source, from, 16, 2, 2, &value);
        if (end == 0 || (count > 0 && (value & 0xC0) != 0x80)) {
            break;
        }
        text[count++] = (unsigned char)value;
        unescaped->end = end;
        at = end;
        if (value < 0x80) {
            break;
        }
    }
    uint32_t code_point;
    bool valid = false;
    if (count > 0 && sl_utf8_decode(text, count, &code_point, &valid) == count && valid) {
        unescaped->code_point = code_point;
        fold_bytes((const char *)text, count, unescaped);
    } else {
        unescaped->end = 0;
    }
}

// "\u0033", "\x33".
static void read_backslash(const struct source *source, uint32_t at, struct unescaped *unescaped) {
    uint32_t value;
    unsigned char sort = source->len - at > 1 ? source->bytes[at + 1] : 0;
    uint32_t digits = sort == 'u' ? 4 : 2;
    if (sort == 'u' || sort == 'x') {
        unescaped->end = read_value(source, at + 2, 16, digits, digits, &value);
        if (unescaped->end != 0) {
            fold_code_point(value, unescaped);
        }
    }
}

static void read_escape(const struct source *source, uint32_t at, struct unescaped *unescaped) {
    unescaped->end = 0;
    unescaped->count = 0;
    switch (source->bytes[at]) {
    case '&':
        read_entity(source, at, unescaped);
        break;
    case '%':
        read_percent(source, at, unescaped);
        break;
    case '\\':
        read_backslash(source, at, unescaped);
        break;
    default:
        break;
    }
}

uint32_t sl_reading_code_point(const struct sl_folded *folded, uint32_t at) {
    const struct source source = {folded->bytes, folded->len};
    struct unescaped unescaped;
    uint32_t code_point;
    bool valid;
    read_escape(&source, at, &unescaped);
    if (unescaped.end != 0 && unescaped.count > 0) {
        sl_utf8_decode(unescaped.bytes, unescaped.count, &code_point, &valid);
    } else {
        sl_utf8_decode(folded->bytes + at, folded->len - at, &code_point, &valid);
    }
    return code_point;
}

unsigned char sl_reading_escaped(const struct sl_folded *folded, uint32_t at) {
    const struct source source = {folded->bytes, folded->len};
    struct unescaped unescaped;
    read_escape(&source, at, &unescaped);
    bool plain = unescaped.end != 0 && unescaped.code_point < 0x80;
    return plain ? (unsigned char)unescaped.code_point : 0;
}

static bool begins_escape(unsigned char c) {
    return c == '&' || c == '%' || c == '\\';
}

bool sl_reading_unescape(struct sl_reading *reading) {
    struct sl_rewrite rewrite = {.reading = reading};
    const struct source source = {reading->bytes, reading->len};
    struct unescaped unescaped;
    for (uint32_t at = 0; at < reading->len;) {
        uint32_t plain = at;
        while (plain < reading->len && !begins_escape(reading->bytes[plain])) {
            plain++;
        }
        sl_rewrite_keep(&rewrite, at, plain);
        at = plain;
        if (at == reading->len) {
            break;
        }
        read_escape(&source, at, &unescaped);
        if (unescaped.end == 0 || unescaped.count > unescaped.end - at) {
            sl_rewrite_keep(&rewrite, at, at + 1);
            at++;
            continue;
        }
        uint32_t origin = reading->map[at];
        for (uint32_t i = 0; i < unescaped.count; i++) {
            bool doubled = unescaped.bytes[i] == ' ' && rewrite.len > 0 &&
                           reading->bytes[rewrite.len - 1] == ' ';
            if (!doubled) {
                sl_rewrite_put(&rewrite, unescaped.bytes[i], origin);
            }
        }
        rewrite.changed = true;
        at = unescaped.end;
    }
    return sl_rewrite_end(&rewrite);
}
