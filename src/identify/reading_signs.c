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
    uint32_t end;   // behind the escape; 0: it is none
    uint32_t count; // bytes
    unsigned char bytes[FOLDED_MAX];
};

static uint32_t value_of(unsigned char c) {
    return sl_is_digit(c)                 ? (uint32_t)(c - '0')
           : (unsigned char)(c - 'a') < 6 ? (uint32_t)(c - 'a') + 10
                                          : UINT32_MAX;
}

// Reads digits of a base from `at` on, min to max of them. Returns their end, 0 when there are
// fewer.
static uint32_t read_value(const struct sl_reading *reading, uint32_t at, uint32_t base,
                           uint32_t min, uint32_t max, uint32_t *ret_value) {
    uint32_t count = 0;
    *ret_value = 0;
    for (; count < max && at + count < reading->len; count++) {
        uint32_t value = value_of(reading->bytes[at + count]);
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
    fold_bytes((const char *)text, len, unescaped);
}

// "&#51;", "&#x33;", "&commat;"; "&amp;#51;" too.
static void read_entity(const struct sl_reading *reading, uint32_t at,
                        struct unescaped *unescaped) {
    uint32_t value;
    at++;
    while (reading->len - at > 5 && memcmp(reading->bytes + at, "amp;", 4) == 0 &&
           (reading->bytes[at + 4] == '#' || sl_is_letter(reading->bytes[at + 4]))) {
        at += 4;
    }
    if (reading->len - at > 1 && reading->bytes[at] == '#') {
        bool hex = reading->bytes[at + 1] == 'x';
        uint32_t end = read_value(reading, at + 1 + hex, hex ? 16 : 10, 1, 7, &value);
        bool closed = end != 0 && end < reading->len && reading->bytes[end] == ';';
        bool cut = end != 0 && (end == reading->len || !sl_is_alnum(reading->bytes[end]));
        unescaped->end = closed ? end + 1 : cut ? end : 0;
        if (unescaped->end != 0) {
            fold_code_point(value, unescaped);
        }
        return;
    }
    uint32_t end = at;
    while (end < reading->len && end - at < ESCAPE_MAX && sl_is_letter(reading->bytes[end])) {
        end++;
    }
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        if (end < reading->len && reading->bytes[end] == ';' &&
            strlen(entities[i].name) == end - at &&
            memcmp(entities[i].name, reading->bytes + at, end - at) == 0) {
            unescaped->end = end + 1;
            unescaped->count = (uint32_t)strlen(entities[i].text);
            memcpy(unescaped->bytes, entities[i].text, unescaped->count);
        }
    }
}

// "%40", "%2540", and several that make one character, "%C3%B9".
static void read_percent(const struct sl_reading *reading, uint32_t at,
                         struct unescaped *unescaped) {
    unsigned char text[4];
    size_t count = 0;
    while (count < sizeof text && at < reading->len && reading->bytes[at] == '%') {
        uint32_t value, ignored, from = at + 1;
        while (reading->len - from >= 4 && memcmp(reading->bytes + from, "25", 2) == 0 &&
               read_value(reading, from + 2, 16, 2, 2, &ignored) != 0) {
            from += 2;
        }
        uint32_t end = read_value(reading, from, 16, 2, 2, &value);
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
        fold_bytes((const char *)text, count, unescaped);
    } else {
        unescaped->end = 0;
    }
}

// "\u0033", "\x33".
static void read_backslash(const struct sl_reading *reading, uint32_t at,
                           struct unescaped *unescaped) {
    uint32_t value;
    unsigned char sort = reading->len - at > 1 ? reading->bytes[at + 1] : 0;
    uint32_t digits = sort == 'u' ? 4 : 2;
    if (sort == 'u' || sort == 'x') {
        unescaped->end = read_value(reading, at + 2, 16, digits, digits, &value);
        if (unescaped->end != 0) {
            fold_code_point(value, unescaped);
        }
    }
}

static void read_escape(const struct sl_reading *reading, uint32_t at,
                        struct unescaped *unescaped) {
    unescaped->end = 0;
    unescaped->count = 0;
    switch (reading->bytes[at]) {
    case '&':
        read_entity(reading, at, unescaped);
        break;
    case '%':
        read_percent(reading, at, unescaped);
        break;
    case '\\':
        read_backslash(reading, at, unescaped);
        break;
    default:
        break;
    }
}

static bool begins_escape(unsigned char c) {
    return c == '&' || c == '%' || c == '\\';
}

bool sl_reading_unescape(struct sl_reading *reading) {
    struct sl_rewrite rewrite = {.reading = reading};
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
        read_escape(reading, at, &unescaped);
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

// Look-alikes.

struct lookalike {
    uint16_t code_point;
    char letter; // 0: it looks like a digit only
    char digit;  // 0: like no digit
};

// Lower case, as the fold leaves them, so the capitals' likeness counts too: η is H, ν is N. By
// code point.
static const struct lookalike lookalikes[] = {
    {0x00F0, 'd', 0},   {0x00F8, 'o', '0'}, {0x0111, 'd', 0},   {0x0127, 'h', 0},
    {0x0131, 'i', '1'}, {0x0142, 'l', '1'}, {0x0167, 't', 0},   {0x0180, 'b', '8'},
    {0x0185, 'b', '6'}, {0x01A8, 's', '2'}, {0x01B6, 'z', '2'}, {0x01BD, 's', '5'},
    {0x01C0, 'l', '1'}, {0x021D, 0, '3'},   {0x0250, 'a', 0},   {0x0251, 'a', 0},
    {0x025B, 'e', '3'}, {0x025C, 0, '3'},   {0x0261, 'g', '9'}, {0x0262, 'g', '6'},
    {0x0269, 'i', '1'}, {0x026A, 'i', '1'}, {0x0274, 'n', 0},   {0x0275, 'o', '0'},
    {0x0280, 'r', 0},   {0x0292, 'z', '3'}, {0x0299, 'b', '8'}, {0x029C, 'h', 0},
    {0x029F, 'l', 0},   {0x03B1, 'a', 0},   {0x03B2, 'b', '8'}, {0x03B3, 'y', 0},
    {0x03B5, 'e', '3'}, {0x03B6, 'z', '2'}, {0x03B7, 'h', 0},   {0x03B8, 'o', '0'},
    {0x03B9, 'i', '1'}, {0x03BA, 'k', 0},   {0x03BC, 'm', 0},   {0x03BD, 'n', 0},
    {0x03BF, 'o', '0'}, {0x03C1, 'p', 0},   {0x03C3, 'o', '0'}, {0x03C4, 't', 0},
    {0x03C5, 'y', 0},   {0x03C7, 'x', 0},   {0x03F3, 'j', 0},   {0x0430, 'a', 0},
    {0x0431, 'b', '6'}, {0x0432, 'b', '8'}, {0x0433, 'r', 0},   {0x0434, 'd', 0},
    {0x0435, 'e', 0},   {0x0437, 'z', '3'}, {0x0438, 'u', 0},   {0x043A, 'k', 0},
    {0x043C, 'm', 0},   {0x043D, 'h', 0},   {0x043E, 'o', '0'}, {0x043F, 'n', 0},
    {0x0440, 'p', 0},   {0x0441, 'c', 0},   {0x0442, 't', 0},   {0x0443, 'y', 0},
    {0x0445, 'x', 0},   {0x0447, 0, '4'},   {0x044C, 'b', '6'}, {0x044D, 0, '3'},
    {0x044F, 'r', 0},   {0x0454, 'e', '3'}, {0x0455, 's', '5'}, {0x0456, 'i', '1'},
    {0x0458, 'j', 0},   {0x0475, 'v', 0},   {0x049B, 'k', 0},   {0x04AF, 'y', 0},
    {0x04BB, 'h', 0},   {0x04CF, 'l', '1'}, {0x04E1, 0, '3'},   {0x04E9, 'o', '0'},
    {0x0501, 'd', 0},   {0x051B, 'q', 0},   {0x051D, 'w', 0},   {0x0578, 'n', 0},
    {0x057D, 'u', 0},   {0x0581, 'g', 0},   {0x0585, 'o', '0'}, {0x05E1, 'o', '0'},
    {0x1D00, 'a', 0},   {0x1D04, 'c', 0},   {0x1D05, 'd', 0},   {0x1D07, 'e', 0},
    {0x1D0A, 'j', 0},   {0x1D0B, 'k', 0},   {0x1D0D, 'm', 0},   {0x1D0F, 'o', '0'},
    {0x1D18, 'p', 0},   {0x1D1B, 't', 0},   {0x1D1C, 'u', 0},   {0x1D20, 'v', 0},
    {0x1D21, 'w', 0},   {0x1D22, 'z', '2'}, {0x3007, 'o', '0'},
};

#define LOOKALIKES_COUNT (sizeof lookalikes / sizeof lookalikes[0])

// The look-alike at `at`, NULL when there is none, and its bytes.
static const struct lookalike *lookalike_at(const struct sl_reading *reading, uint32_t at,
                                            uint32_t *ret_len) {
    uint32_t code_point;
    bool valid;
    if (reading->bytes[at] < 0x80) {
        return NULL;
    }
    *ret_len =
        (uint32_t)sl_utf8_decode(reading->bytes + at, reading->len - at, &code_point, &valid);
    size_t low = 0, high = LOOKALIKES_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lookalikes[middle].code_point < code_point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < LOOKALIKES_COUNT && lookalikes[low].code_point == code_point;
    return found ? &lookalikes[low] : NULL;
}

// Letters, digits and look-alikes that touch.
struct word {
    uint32_t start, end;
    bool letters, digits, lookalikes;
    bool all_letters, all_digits; // every look-alike could be one
};

static struct word read_word(const struct sl_reading *reading, uint32_t at) {
    struct word word = {.start = at, .end = at, .all_letters = true, .all_digits = true};
    while (word.end < reading->len) {
        uint32_t len = 1;
        unsigned char c = reading->bytes[word.end];
        if (sl_is_alnum(c)) {
            word.letters |= sl_is_letter(c);
            word.digits |= sl_is_digit(c);
        } else {
            const struct lookalike *lookalike = lookalike_at(reading, word.end, &len);
            if (lookalike == NULL) {
                break;
            }
            word.lookalikes = true;
            word.all_letters &= lookalike->letter != 0;
            word.all_digits &= lookalike->digit != 0;
        }
        word.end += len;
    }
    return word;
}

static bool digit_beyond(const struct sl_reading *reading, uint32_t at) {
    for (uint32_t gap = 0; gap <= SL_RUN_GAP_MAX && at + gap < reading->len; gap++) {
        unsigned char c = reading->bytes[at + gap];
        if (sl_is_alnum(c)) {
            return sl_is_digit(c);
        }
    }
    return false;
}

// What the look-alikes of a word are: 'd' digits, 'l' letters, 0 themselves.
static char sort_of(const struct sl_reading *reading, const struct word *word, bool digit_before) {
    if (!word->lookalikes) {
        return 0;
    }
    if (word->all_digits && !word->letters &&
        (word->digits || (digit_before && digit_beyond(reading, word->end)))) {
        return 'd';
    }
    return word->all_letters && (word->letters || word->digits) ? 'l' : 0;
}

static void write_word(struct sl_rewrite *rewrite, const struct word *word, char sort) {
    const struct sl_reading *reading = rewrite->reading;
    uint32_t len = 1;
    for (uint32_t at = word->start; at < word->end; at += len) {
        const struct lookalike *lookalike = lookalike_at(reading, at, &len);
        if (lookalike == NULL) {
            len = 1;
            sl_rewrite_keep(rewrite, at, at + 1);
        } else {
            char plain = sort == 'd' ? lookalike->digit : lookalike->letter;
            sl_rewrite_put(rewrite, (unsigned char)plain, reading->map[at]);
            rewrite->changed = true;
        }
    }
}

bool sl_reading_replace_lookalikes(struct sl_reading *reading) {
    struct sl_rewrite rewrite = {.reading = reading};
    uint32_t gap = SL_RUN_GAP_MAX + 1; // bytes since the last digit
    for (uint32_t at = 0; at < reading->len;) {
        struct word word = read_word(reading, at);
        if (word.end == at) {
            sl_rewrite_keep(&rewrite, at, at + 1);
            at++;
            gap++;
            continue;
        }
        char sort = sort_of(reading, &word, gap <= SL_RUN_GAP_MAX);
        if (sort != 0) {
            write_word(&rewrite, &word, sort);
        } else {
            sl_rewrite_keep(&rewrite, word.start, word.end);
        }
        at = word.end;
        gap = rewrite.len > 0 && sl_is_digit(reading->bytes[rewrite.len - 1]) ? 0
                                                                              : SL_RUN_GAP_MAX + 1;
    }
    return sl_rewrite_end(&rewrite);
}
