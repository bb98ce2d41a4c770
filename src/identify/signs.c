// SPDX-License-Identifier: Apache-2.0
#include "identify/signs.h"

#include <string.h>

// Longer ones first where one ends another.
static const struct {
    const char *word;
    enum sl_sign sign;
    bool everyday;
} words[] = {
    {"trattino basso", SL_SIGN_LOW_LINE, false},
    {"lineetta bassa", SL_SIGN_LOW_LINE, false},
    {"underscore", SL_SIGN_LOW_LINE, false},
    {"under score", SL_SIGN_LOW_LINE, false},
    {"underline", SL_SIGN_LOW_LINE, false},
    {"trattino", SL_SIGN_DASH, false},
    {"lineetta", SL_SIGN_DASH, false},
    {"hyphen", SL_SIGN_DASH, false},
    {"minus", SL_SIGN_DASH, false},
    {"dash", SL_SIGN_DASH, false},
    {"meno", SL_SIGN_DASH, false},
    {"chiocciolina", SL_SIGN_AT, false},
    {"chiocciola", SL_SIGN_AT, false},
    {"kiocciola", SL_SIGN_AT, false},
    {"at", SL_SIGN_AT, true},
    {"punto", SL_SIGN_DOT, false},
    {"dot", SL_SIGN_DOT, false},
};

static const struct {
    unsigned char byte;
    enum sl_sign sign;
} marks[] = {
    {'@', SL_SIGN_AT},   {'.', SL_SIGN_DOT},      {',', SL_SIGN_COMMA},
    {'-', SL_SIGN_DASH}, {'_', SL_SIGN_LOW_LINE},
};

static bool blank_at(const struct sl_look *look, uint32_t at) {
    return at < look->len && look->bytes[at] == ' ';
}

static bool is_bracket(unsigned char c, const char *brackets) {
    return c != '\0' && strchr(brackets, c) != NULL;
}

// The sign alone that begins at `at`. Returns where it ends, `at` for none.
static uint32_t core_ahead(const struct sl_look *look, uint32_t at, struct sl_sign_place *place) {
    for (size_t i = 0; at < look->len && i < sizeof marks / sizeof marks[0]; i++) {
        if (look->bytes[at] == marks[i].byte) {
            place->sign = marks[i].sign;
            return at + 1;
        }
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        uint32_t len = (uint32_t)strlen(words[i].word);
        if (look->len - at >= len && memcmp(look->bytes + at, words[i].word, len) == 0 &&
            (look->len - at == len || !sl_is_alnum(look->bytes[at + len]))) {
            place->sign = words[i].sign;
            place->everyday = words[i].everyday;
            place->disguised = true;
            return at + len;
        }
    }
    return at;
}

static uint32_t core_behind(const struct sl_look *look, uint32_t at, struct sl_sign_place *place) {
    for (size_t i = 0; at > 0 && i < sizeof marks / sizeof marks[0]; i++) {
        if (look->bytes[at - 1] == marks[i].byte) {
            place->sign = marks[i].sign;
            return at - 1;
        }
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        uint32_t len = (uint32_t)strlen(words[i].word);
        if (at >= len && memcmp(look->bytes + at - len, words[i].word, len) == 0 &&
            (at == len || !sl_is_alnum(look->bytes[at - len - 1]))) {
            place->sign = words[i].sign;
            place->everyday = words[i].everyday;
            place->disguised = true;
            return at - len;
        }
    }
    return at;
}

static void settle(struct sl_sign_place *place, bool bracketed, bool word_touches) {
    // "marioat" is no sign.
    if (place->sign != SL_SIGN_NONE && place->disguised && word_touches) {
        place->sign = SL_SIGN_NONE;
    }
    place->everyday = place->everyday && !bracketed;
    place->disguised = (place->disguised || bracketed) && !place->everyday;
}

struct sl_sign_place sl_sign_ahead(const struct sl_look *look, uint32_t at) {
    struct sl_sign_place place = {.start = at, .end = at};
    uint32_t next = at;
    place.blank_before = blank_at(look, next);
    next += place.blank_before;
    bool bracketed = next < look->len && is_bracket(look->bytes[next], "([{<");
    next += bracketed;
    next += bracketed && blank_at(look, next);
    bool touches = next == at && at > 0 && sl_is_alnum(look->bytes[at - 1]);
    uint32_t end = next > look->len ? next : core_ahead(look, next, &place);
    if (end == next) {
        return place;
    }
    if (bracketed) {
        end += blank_at(look, end);
        if (end == look->len || !is_bracket(look->bytes[end], ")]}>")) {
            place.sign = SL_SIGN_NONE;
            return place;
        }
        end++;
    }
    place.blank_after = blank_at(look, end);
    place.end = end + place.blank_after;
    settle(&place, bracketed, touches);
    return place;
}

struct sl_sign_place sl_sign_behind(const struct sl_look *look, uint32_t at) {
    const unsigned char *bytes = look->bytes;
    struct sl_sign_place place = {.start = at, .end = at};
    uint32_t next = at;
    place.blank_after = next > 0 && bytes[next - 1] == ' ';
    next -= place.blank_after;
    bool bracketed = next > 0 && is_bracket(bytes[next - 1], ")]}>");
    next -= bracketed;
    next -= bracketed && next > 0 && bytes[next - 1] == ' ';
    bool touches = next == at && at < look->len && sl_is_alnum(bytes[at]);
    uint32_t start = core_behind(look, next, &place);
    if (start == next) {
        return place;
    }
    if (bracketed) {
        start -= start > 0 && bytes[start - 1] == ' ';
        if (start == 0 || !is_bracket(bytes[start - 1], "([{<")) {
            place.sign = SL_SIGN_NONE;
            return place;
        }
        start--;
    }
    place.blank_before = start > 0 && bytes[start - 1] == ' ';
    place.start = start - place.blank_before;
    settle(&place, bracketed, touches);
    return place;
}
