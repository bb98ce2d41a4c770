// SPDX-License-Identifier: Apache-2.0
#include "identify/secrets.h"

#include <string.h>

#define REACH_BACK   64 // from the first long piece to where the secret begins
#define JWT_PART_MIN 10
#define DIGITS_MIN   2 // else it is words with hyphens
#define WORDS_MAX    4 // behind a key without an end that are still read as its lines

enum alphabet { ALNUM, UPPER, WORD, DOTTED };

static const struct form {
    const char *prefix;
    uint16_t min, max; // characters behind it
    enum alphabet alphabet;
} forms[] = {
    {"ghp_", 30, 255, ALNUM},     {"gho_", 30, 255, ALNUM},
    {"ghu_", 30, 255, ALNUM},     {"ghs_", 30, 255, ALNUM},
    {"ghr_", 30, 255, ALNUM},     {"github_pat_", 40, 255, WORD},
    {"glpat-", 20, 64, WORD},     {"AKIA", 16, 16, UPPER},
    {"ASIA", 16, 16, UPPER},      {"sk-", 20, 255, WORD},
    {"sk_live_", 16, 255, ALNUM}, {"sk_test_", 16, 255, ALNUM},
    {"rk_live_", 16, 255, ALNUM}, {"pk_live_", 16, 255, ALNUM},
    {"xoxb-", 20, 255, WORD},     {"xoxp-", 20, 255, WORD},
    {"xoxa-", 20, 255, WORD},     {"xoxr-", 20, 255, WORD},
    {"xoxs-", 20, 255, WORD},     {"xapp-", 20, 255, WORD},
    {"AIza", 35, 39, WORD},       {"ya29.", 20, 2048, DOTTED},
    {"hf_", 30, 64, ALNUM},       {"npm_", 36, 36, ALNUM},
    {"pypi-", 50, 255, WORD},     {"SG.", 40, 80, DOTTED},
    {"shpat_", 32, 32, ALNUM},    {"GOCSPX-", 28, 28, WORD},
    {"lin_api_", 32, 64, ALNUM},  {"dop_v1_", 64, 64, ALNUM},
    {"EAA", 80, 512, ALNUM},      {"AGE-SECRET-KEY-1", 58, 58, UPPER},
};

static bool fits(const struct sl_look *look, uint32_t at, enum alphabet alphabet) {
    unsigned char c = look->bytes[at];
    if (alphabet == UPPER && sl_is_letter(c)) {
        return sl_look_original(look, at) != c;
    }
    return sl_is_alnum(c) || (alphabet >= WORD && (c == '_' || c == '-')) ||
           (alphabet == DOTTED && c == '.');
}

static bool has_digits(const struct sl_look *look, uint32_t start, uint32_t end) {
    uint32_t digits = 0;
    for (uint32_t at = start; at < end; at++) {
        digits += sl_is_digit(look->bytes[at]);
    }
    return digits >= DIGITS_MIN;
}

// In its own case; a disguised letter has none.
static bool begins_with(const struct sl_look *look, uint32_t at, const char *prefix) {
    for (; *prefix != '\0'; prefix++, at++) {
        unsigned char original = at < look->len ? sl_look_original(look, at) : 0;
        if (original != (unsigned char)*prefix && original < 0x80) {
            return false;
        }
        unsigned char lower = (unsigned char)(*prefix | (*prefix >= 'A' && *prefix <= 'Z') << 5);
        if (look->bytes[at] != lower) {
            return false;
        }
    }
    return true;
}

static uint32_t body_end(const struct sl_look *look, uint32_t at, uint32_t max,
                         enum alphabet alphabet) {
    uint32_t end = at;
    while (end < look->len && end - at <= max && fits(look, end, alphabet)) {
        end++;
    }
    while (end > at && look->bytes[end - 1] == '.') {
        end--;
    }
    return end;
}

// "eyJ….….…": a head, what it says, and, unless cut off, a signature.
static uint32_t jwt_end(const struct sl_look *look, uint32_t at) {
    uint32_t head = body_end(look, at, UINT32_MAX, WORD);
    if (head - at < JWT_PART_MIN || head + 1 >= look->len || look->bytes[head] != '.') {
        return at;
    }
    uint32_t body = body_end(look, head + 1, UINT32_MAX, WORD);
    if (body - head <= JWT_PART_MIN) {
        return at;
    }
    return body < look->len && look->bytes[body] == '.' ? body_end(look, body + 1, UINT32_MAX, WORD)
                                                        : body;
}

static bool read_secret(const struct sl_look *look, uint32_t at, uint32_t *ret_end) {
    if (begins_with(look, at, "eyJ")) {
        *ret_end = jwt_end(look, at);
        return *ret_end > at;
    }
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const struct form *form = &forms[i];
        if (look->bytes[at] != ((unsigned char)form->prefix[0] | 0x20) ||
            !begins_with(look, at, form->prefix)) {
            continue;
        }
        uint32_t body = at + (uint32_t)strlen(form->prefix);
        uint32_t end = body_end(look, body, form->max, form->alphabet);
        if (end - body >= form->min && end - body <= form->max &&
            (form->alphabet == UPPER || has_digits(look, body, end))) {
            *ret_end = end;
            return true;
        }
    }
    return false;
}

bool sl_secret_at_token(const struct sl_look *look, const struct sl_token *token,
                        uint32_t *ret_start, uint32_t *ret_end) {
    const unsigned char *bytes = look->bytes;
    uint32_t at = token->start, piece = 0;
    for (;;) {
        bool begins = at == 0 || !sl_is_alnum(bytes[at - 1]);
        if (begins && read_secret(look, at, ret_end) && *ret_end > token->start) {
            *ret_start = at;
            return true;
        }
        piece = begins ? 0 : piece + 1;
        bool goes_on = at > 0 && (sl_is_alnum(bytes[at - 1]) || bytes[at - 1] == '-' ||
                                  bytes[at - 1] == '_' || bytes[at - 1] == '.');
        if (!goes_on || piece == SL_TOKEN_CHARS || token->start - at == REACH_BACK) {
            return false;
        }
        at--;
    }
}

static bool is_key_text(unsigned char c) {
    return sl_is_alnum(c) || c == '+' || c == '/' || c == '=';
}

// The footer's last hyphen, when a footer begins at `at`.
static uint32_t footer_end(const struct sl_look *look, uint32_t at) {
    static const char footer[] = "-----end ";
    if (look->len - at < sizeof footer - 1 ||
        memcmp(look->bytes + at, footer, sizeof footer - 1) != 0) {
        return at;
    }
    at += sizeof footer - 1;
    while (at < look->len && (sl_is_letter(look->bytes[at]) || look->bytes[at] == ' ')) {
        at++;
    }
    while (at < look->len && look->bytes[at] == '-') {
        at++;
    }
    return at;
}

// Up to the footer; without one, up to the last word that is long enough for a line of a key.
static uint32_t block_end(const struct sl_look *look, uint32_t at) {
    uint32_t end = at, short_words = 0;
    while (at < look->len && short_words < WORDS_MAX) {
        if (look->bytes[at] == '-') {
            uint32_t footer = footer_end(look, at);
            return footer > at ? footer : end;
        }
        uint32_t word = at;
        while (at < look->len && is_key_text(look->bytes[at])) {
            at++;
        }
        bool line = at - word >= SL_TOKEN_CHARS;
        end = line ? at : end;
        short_words = line ? 0 : short_words + (at > word);
        if (at == word && look->bytes[at] != ' ' && look->bytes[at] != ':' &&
            look->bytes[at] != ',') {
            break;
        }
        at += at == word;
    }
    return end;
}

bool sl_secret_block(const struct sl_look *look, const struct sl_cue *cue, uint32_t *ret_start,
                     uint32_t *ret_end) {
    const unsigned char *bytes = look->bytes;
    uint32_t start = cue->start, end = cue->end;
    while (start > 0 && bytes[start - 1] == '-' && cue->start - start < 8) {
        start--;
    }
    while (end < look->len && bytes[end] == '-' && end - cue->end < 8) {
        end++;
    }
    if (start == cue->start || end == cue->end) {
        return false;
    }
    *ret_start = start;
    *ret_end = block_end(look, end);
    return *ret_end > end;
}

bool sl_looks_random(const struct sl_look *look, uint32_t start, uint32_t end) {
    enum { NONE, DIGIT, LOWER, CAPITAL } last = NONE, now;
    uint32_t changes = 0, digits = 0, letters = 0, piece = 0, longest = 0;
    for (uint32_t at = start; at < end; at++, last = now) {
        unsigned char c = look->bytes[at];
        now = sl_is_digit(c)    ? DIGIT
              : !sl_is_alnum(c) ? NONE
                                : (sl_look_original(look, at) == c ? LOWER : CAPITAL);
        digits += now == DIGIT;
        letters += now > DIGIT;
        piece = now == NONE ? 0 : piece + 1;
        longest = piece > longest ? piece : longest;
        // A capital before small letters is how words begin.
        bool word = last == CAPITAL && now == LOWER;
        changes += last != NONE && now != NONE && now != last && !word;
    }
    return digits >= 2 && letters >= 2 && longest >= SL_TOKEN_CHARS && changes * 5 >= end - start;
}
