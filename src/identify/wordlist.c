// SPDX-License-Identifier: Apache-2.0
#include "identify/wordlist.h"

#include <string.h>

#define SIGNS_MAX 4

const char sl_wordlist_months[] =
    "|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|"
    "dicembre|gen|feb|mar|apr|mag|giu|lug|ago|set|sett|ott|nov|dic|january|february|march|april|"
    "may|june|july|august|september|october|november|december|jan|jun|jul|aug|sep|sept|oct|dec|";

bool sl_wordlist_has(const char *list, const unsigned char *word, size_t len) {
    for (const char *bar = list; len > 0 && bar != NULL; bar = strchr(bar + 1, '|')) {
        if ((unsigned char)bar[1] == word[0] && strncmp(bar + 1, (const char *)word, len) == 0 &&
            bar[1 + len] == '|') {
            return true;
        }
    }
    return false;
}

uint32_t sl_wordlist_end(const struct sl_look *look, uint32_t at) {
    while (at < look->len && sl_is_letter(look->bytes[at])) {
        at++;
    }
    return at;
}

uint32_t sl_wordlist_start(const struct sl_look *look, uint32_t at) {
    while (at > 0 && sl_is_letter(look->bytes[at - 1])) {
        at--;
    }
    return at;
}

bool sl_wordlist_at(const struct sl_look *look, const char *list, uint32_t at) {
    return sl_wordlist_has(list, look->bytes + at, sl_wordlist_end(look, at) - at);
}

// Something in square brackets that is no number: a label of the stage's own, perhaps.
static bool is_label(const struct sl_look *look, uint32_t at) {
    return look->bytes[at] == '[' && at + 1 < look->len && sl_is_letter(look->bytes[at + 1]);
}

bool sl_wordlist_ends(const struct sl_look *look, uint32_t at) {
    return at >= look->len || (!sl_is_alnum(look->bytes[at]) && !is_label(look, at));
}

// The next letter or digit.
static uint32_t skip_signs(const struct sl_look *look, uint32_t at) {
    for (uint32_t signs = 0; at < look->len && !sl_is_alnum(look->bytes[at]); at++) {
        unsigned char c = look->bytes[at];
        signs += (c & 0xC0) != 0x80;
        if (signs > SIGNS_MAX || c == '!' || c == '?' || c == ';' || is_label(look, at)) {
            return SL_NOWHERE;
        }
    }
    return at < look->len ? at : SL_NOWHERE;
}

uint32_t sl_wordlist_skip(const struct sl_look *look, const char *list, uint32_t max, uint32_t at) {
    at = skip_signs(look, at);
    for (uint32_t words = 0; at != SL_NOWHERE && words < max; words++) {
        uint32_t end = sl_wordlist_end(look, at);
        if (end == at || !sl_wordlist_has(list, look->bytes + at, end - at)) {
            break;
        }
        at = skip_signs(look, end);
    }
    return at;
}
