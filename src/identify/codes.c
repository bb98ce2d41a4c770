// SPDX-License-Identifier: Apache-2.0
#include "identify/codes.h"

#include <string.h>

#include "base/assert.h"
#include "identify/wordlist.h"

#define BARE_TEXT_MAX 64
#define BARE_WORD_MAX 3
#define CUE_BESIDE    8 // "passaporto n. "
#define DIGITS_LONG   7

static const char two_letter_words[] =
    "|di|da|al|il|la|lo|le|in|no|nr|ci|ce|se|su|tu|mi|si|ti|vi|ne|ho|ha|un|me|te|ed|ma|tv|of|is|to|"
    "my|id|or|at|on|it|am|pm|as|an|by|be|we|he|us|gb|mb|kb|tb|kw|km|kg|cm|mm|ml|db|hz|mq|gg|";

static bool fits(unsigned char c, char place) {
    switch (place) {
    case '#':
        return sl_is_digit(c);
    case '@':
        return sl_is_letter(c);
    case '*':
        return true;
    default:
        return c == (unsigned char)place;
    }
}

// Where a code begins that has `letters` characters before the first digit, at `at`.
static uint32_t go_back(const struct sl_look *look, uint32_t at, uint32_t letters) {
    for (; letters > 0; letters--) {
        if (at == 0 || !sl_is_letter(look->bytes[at - 1])) {
            at = sl_skip_separators_back(look, at);
            if (at == SL_NOWHERE || !sl_is_letter(look->bytes[at - 1])) {
                return SL_NOWHERE;
            }
        }
        at--;
    }
    return at;
}

// The letters from `at` on are the last ones of a word that stands apart from what follows.
static bool ends_word(const struct sl_look *look, uint32_t at, uint32_t letters) {
    return letters > 0 && at > 0 && sl_is_letter(look->bytes[at - 1]) &&
           !sl_is_alnum(look->bytes[at + letters]);
}

// A capital, or beyond ASCII, where it is taken for one.
static bool is_upper(const struct sl_look *look, uint32_t at) {
    unsigned char c = sl_look_original(look, at);
    return (c >= 'A' && c <= 'Z') || c >= 0x80;
}

// Looks at the gaps between the characters.
static void read_gaps(const struct sl_look *look, const uint32_t *offsets, uint32_t count,
                      struct sl_code *code) {
    uint32_t gaps = 0, letters = 0;
    bool odd = false;
    code->upper = true;
    for (uint32_t i = 0; i < count; i++) {
        bool letter = sl_is_letter(code->chars[i]);
        bool gap_before = i > 0 && offsets[i] > offsets[i - 1] + 1;
        bool gap_after = i + 1 < count && offsets[i + 1] > offsets[i] + 1;
        gaps += gap_before;
        code->split |= gap_before && letter && sl_is_letter(code->chars[i - 1]);
        code->upper &= !letter || is_upper(look, offsets[i]);
        code->loose |= letter && (gap_before || gap_after) && !is_upper(look, offsets[i]);
        code->grouped |= gap_before && letter != sl_is_letter(code->chars[i - (i > 0)]);
        odd |= gap_before && !letter && sl_is_digit(code->chars[i - (i > 0)]);
        letters = letter ? letters + 1 : 0;
        bool ends = i + 1 == count || !sl_is_letter(code->chars[i + 1]);
        bool apart =
            ends && letters == 2 && (gap_after || (i > 1 && offsets[i - 1] > offsets[i - 2] + 1));
        code->word |= apart && sl_wordlist_has(two_letter_words, code->chars + i - 1, 2);
    }
    code->touching = gaps == 0;
    code->grouped &= !odd;
    if (gaps == count - 1) {
        code->word = code->loose = code->split = false;
    }
}

bool sl_code_read_at(const struct sl_look *look, const struct sl_digit_run *run, uint32_t group,
                     const struct sl_code_form *form, struct sl_code *ret_code) {
    uint32_t offsets[SL_CODE_CHARS_MAX];
    uint32_t count = (uint32_t)strlen(form->places);
    SL_ASSERT(count <= SL_CODE_CHARS_MAX);
    struct sl_code code = {0};
    uint32_t start = go_back(look, sl_window_start(run, group), form->letters);
    if (start == SL_NOWHERE || ends_word(look, start, form->letters) ||
        sl_look_squeeze(look, start, count, code.chars, offsets) < count) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!fits(code.chars[i], form->places[i])) {
            return false;
        }
    }
    code.start = start;
    code.end = offsets[count - 1] + 1;
    bool longer = !sl_wordlist_ends(look, code.end);
    if (longer || (start > 0 && sl_is_digit(look->bytes[start - 1]))) {
        return false;
    }
    read_gaps(look, offsets, count, &code);
    *ret_code = code;
    return !code.split || code.upper;
}

// A short text without a word of some length: somebody answers with the code and nothing else.
static bool is_bare(const struct sl_look *look) {
    uint32_t letters = 0;
    for (uint32_t at = 0; at < look->len && look->len <= BARE_TEXT_MAX; at++) {
        letters = sl_is_letter(look->bytes[at]) ? letters + 1 : 0;
        if (letters > BARE_WORD_MAX) {
            return false;
        }
    }
    return look->len <= BARE_TEXT_MAX;
}

// Letters that are words in small letters ("da 1234567") are of a code right behind its cue, where
// they could hardly belong to a sentence: joined by a sign, or many digits and its end.
static bool told_in_small(const struct sl_look *look, enum sl_kind kind,
                          const struct sl_code *code) {
    uint32_t digits = 0;
    bool space = false;
    for (uint32_t at = code->start; at < code->end; at++) {
        digits += sl_is_digit(look->bytes[at]);
        space |= look->bytes[at] == ' ';
    }
    bool ends = code->end == look->len || look->bytes[code->end] != ' ';
    return (!space || (digits >= DIGITS_LONG && ends)) &&
           sl_code_cued_within(look, kind, code->start, CUE_BESIDE);
}

void sl_code_add(struct sl_look *look, enum sl_kind kind, const struct sl_code *code,
                 const struct sl_code_weights *weights) {
    struct sl_surroundings around = sl_look_around(look, kind, code->start, code->end);
    struct sl_candidate candidate = {code->start, code->end, kind, weights->shape, SL_REASON_SHAPE};
    bool parted = code->split && !sl_code_cued_within(look, kind, code->start, CUE_BESIDE);
    if (around.letters_before || around.in_address || parted) {
        return;
    }
    if (around.before != SL_CUE_NONE) {
        candidate.score += around.before == SL_CUE_STRONG ? weights->cue_strong : weights->cue_weak;
        candidate.reasons |= SL_REASON_CUE_BEFORE;
    } else if (around.after == SL_CUE_STRONG) {
        candidate.score += weights->cue_strong;
        candidate.reasons |= SL_REASON_CUE_AFTER;
    } else if ((code->touching || code->grouped) && is_bare(look)) {
        candidate.score += weights->bare;
        candidate.reasons |= SL_REASON_ALONE;
    }
    if (around.against && around.before != SL_CUE_STRONG) {
        candidate.score += weights->against;
        candidate.reasons |= SL_REASON_CUE_AGAINST;
    }
    candidate.score += code->loose ? weights->loose : 0;
    // "ip 192.168.1.1"
    bool scattered = code->loose && !code->grouped;
    bool word = code->word && !code->upper && !told_in_small(look, kind, code);
    if (word || scattered || around.amount) {
        candidate.score = 0;
        candidate.reasons |= SL_REASON_NEIGHBOUR;
    }
    sl_look_add(look, candidate);
}

bool sl_code_cued_within(const struct sl_look *look, enum sl_kind kind, uint32_t start,
                         uint32_t reach) {
    for (uint32_t i = sl_cues_from(look->cues, start); i > 0; i--) {
        const struct sl_cue *cue = &look->cues->cues[i - 1];
        if (start - cue->start > SL_CUE_REACH_BEFORE) {
            break;
        }
        if ((cue->strong >> kind & 1) != 0 && cue->end <= start && start - cue->end <= reach) {
            return true;
        }
    }
    return false;
}
