// SPDX-License-Identifier: Apache-2.0
#include "identify/own.h"

#include <string.h>

#include "identify/kind.h"

#define STARS_MIN       4
#define SHOWN_MAX       4
#define LABEL_BYTES_MAX 64

static bool is_word(const unsigned char *bytes, uint32_t len) {
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        const char *words[] = {sl_kind_word(kind), sl_kind_italian_word(kind)};
        for (int i = 0; i < 2; i++) {
            if (strlen(words[i]) == len && memcmp(words[i], bytes, len) == 0) {
                return true;
            }
        }
    }
    return false;
}

// Behind ":": the key's name, a colon, letters. Returns the byte behind them.
static uint32_t pass_token(const unsigned char *bytes, uint32_t len, uint32_t at) {
    while (at < len && sl_is_alnum(bytes[at])) {
        at++;
    }
    if (at == len || bytes[at] != ':') {
        return at;
    }
    at++;
    while (at < len && sl_is_letter(bytes[at])) {
        at++;
    }
    return at;
}

// The bracket that closes the label which begins at `open`; 0 when none does.
static uint32_t label_end(const unsigned char *bytes, uint32_t len, uint32_t open) {
    uint32_t at = open + 1;
    while (at < len && (sl_is_letter(bytes[at]) || bytes[at] == '_')) {
        at++;
    }
    if (at == len || !is_word(bytes + open + 1, at - open - 1)) {
        return 0;
    }
    if (bytes[at] == ':') {
        at = pass_token(bytes, len, at + 1);
    }
    return at < len && bytes[at] == ']' ? at + 1 : 0;
}

static bool in_label(const unsigned char *bytes, uint32_t len, uint32_t start, uint32_t end) {
    uint32_t least = start > LABEL_BYTES_MAX ? start - LABEL_BYTES_MAX : 0;
    const unsigned char *open = memrchr(bytes + least, '[', start + 1 - least);
    return open != NULL && label_end(bytes, len, (uint32_t)(open - bytes)) >= end;
}

static bool behind_stars(const unsigned char *bytes, uint32_t start, uint32_t end) {
    uint32_t shown = end;
    while (shown > 0 && end - shown <= SHOWN_MAX && sl_is_alnum(bytes[shown - 1])) {
        shown--;
    }
    uint32_t stars = shown;
    while (stars > 0 && shown - stars < STARS_MIN && bytes[stars - 1] == '*') {
        stars--;
    }
    if (shown - stars < STARS_MIN || end - shown > SHOWN_MAX) {
        return false;
    }
    for (uint32_t at = start; at < shown; at++) {
        if (bytes[at] != '*') {
            return false;
        }
    }
    return true;
}

bool sl_own_output(const unsigned char *bytes, uint32_t len, uint32_t start, uint32_t end) {
    bool touches = end < len && sl_is_alnum(bytes[end]);
    uint32_t stars = start;
    while (stars < end && bytes[stars] == '*') {
        stars++;
    }
    return stars == end || (!touches && behind_stars(bytes, start, end)) ||
           in_label(bytes, len, start, end);
}
