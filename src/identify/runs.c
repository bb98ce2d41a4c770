// SPDX-License-Identifier: Apache-2.0
#include "identify/runs.h"

#include <string.h>

#include "identify/letters.h"
#include "identify/reading.h"

#define LINK_REACH   64
#define ESCAPE_REACH 7 // "&amp;#x"

static bool is_joint(unsigned char c) {
    static const uint64_t low = 1ull << '.' | 1ull << '-' | 1ull << '/' | 1ull << ',' |
                                1ull << ':' | 1ull << '*' | 1ull << '\'' | 1ull << '+';
    return c < 64 ? (low >> c & 1) != 0 : c == '_';
}

unsigned char sl_joint_before(const struct sl_look *look, uint32_t start) {
    const unsigned char *bytes = look->bytes;
    if (start > 0 && sl_is_digit(bytes[start - 1])) {
        return '0';
    }
    bool joined = start > 1 && sl_is_digit(bytes[start - 2]) && is_joint(bytes[start - 1]);
    return joined ? bytes[start - 1] : 0;
}

unsigned char sl_joint_after(const struct sl_look *look, uint32_t end) {
    const unsigned char *bytes = look->bytes;
    if (end < look->len && sl_is_digit(bytes[end])) {
        return '0';
    }
    bool joined = end + 1 < look->len && sl_is_digit(bytes[end + 1]) && is_joint(bytes[end]);
    return joined ? bytes[end] : 0;
}

static bool continues_character(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

uint32_t sl_skip_separators(const struct sl_look *look, uint32_t at) {
    uint32_t characters = 0;
    for (; at < look->len && sl_is_separator(look->bytes[at]); at++) {
        characters += !continues_character(look->bytes[at]);
        if (characters > SL_RUN_GAP_MAX) {
            return SL_NOWHERE;
        }
    }
    return at < look->len ? at : SL_NOWHERE;
}

uint32_t sl_skip_separators_back(const struct sl_look *look, uint32_t at) {
    uint32_t characters = 0;
    for (; at > 0 && sl_is_separator(look->bytes[at - 1]); at--) {
        characters += !continues_character(look->bytes[at - 1]);
        if (characters > SL_RUN_GAP_MAX) {
            return SL_NOWHERE;
        }
    }
    return at > 0 ? at : SL_NOWHERE;
}

uint32_t sl_look_squeeze(const struct sl_look *look, uint32_t at, uint32_t max,
                         unsigned char *ret_chars, uint32_t *ret_offsets) {
    uint32_t count = 0;
    while (at < look->len) {
        while (count < max && at < look->len && sl_is_alnum(look->bytes[at])) {
            ret_chars[count] = look->bytes[at];
            ret_offsets[count++] = at++;
        }
        at = count < max ? sl_skip_separators(look, at) : SL_NOWHERE;
        if (at == SL_NOWHERE || !sl_is_alnum(look->bytes[at])) {
            break;
        }
    }
    return count;
}

uint32_t sl_word_end(const unsigned char *bytes, uint32_t len, uint32_t at) {
    for (; len - at >= 8; at += 8) {
        uint64_t word = sl_letters_load(bytes + at);
        uint64_t others = ~(sl_letters_range(word, 'a', 'z') | sl_letters_range(word, '0', '9')) &
                          SL_LETTERS_TOPS;
        if (others != 0) {
            return at + (uint32_t)__builtin_ctzll(others) / 8;
        }
    }
    while (at < len && sl_is_alnum(bytes[at])) {
        at++;
    }
    return at;
}

// Eight bytes at a time: a post is mostly letters.
uint32_t sl_next_digit(const unsigned char *bytes, uint32_t len, uint32_t at) {
    for (; len - at >= 8; at += 8) {
        uint64_t digits = sl_letters_range(sl_letters_load(bytes + at), '0', '9');
        if (digits != 0) {
            return at + (uint32_t)__builtin_ctzll(digits) / 8;
        }
    }
    while (at < len && !sl_is_digit(bytes[at])) {
        at++;
    }
    return at;
}

static bool digit_at(const struct sl_look *look, uint32_t at) {
    return at < look->len && sl_is_digit(look->bytes[at]);
}

// Takes the digits that touch, from `at` on, into the run. Returns where they end.
static uint32_t fill_group(const struct sl_look *look, uint32_t at, struct sl_digit_run *run) {
    uint32_t count = run->digits_count;
    if (count == 0 || run->offsets[count - 1] + 1 != at) {
        run->groups[run->groups_count++] = (uint8_t)count;
    }
    do {
        run->digits[count] = look->bytes[at] - '0';
        run->offsets[count++] = at++;
    } while (count < SL_RUN_DIGITS_MAX && digit_at(look, at));
    run->digits_count = count;
    return at;
}

// Takes digits from `at` on into the run. Returns where the next digit stands when the run is full,
// SL_NOWHERE when it is complete.
static uint32_t fill_run(const struct sl_look *look, uint32_t at, struct sl_digit_run *run) {
    uint32_t next = at;
    while (next != SL_NOWHERE && digit_at(look, next) && run->digits_count < SL_RUN_DIGITS_MAX) {
        next = fill_group(look, next, run);
        next = digit_at(look, next) ? next : sl_skip_separators(look, next);
    }
    run->start = run->offsets[0];
    run->end = run->offsets[run->digits_count - 1] + 1;
    run->groups[run->groups_count] = (uint8_t)run->digits_count;
    return next != SL_NOWHERE && sl_is_digit(look->bytes[next]) ? next : SL_NOWHERE;
}

// Leaves the last SL_RUN_OVERLAP digits of a full run as the beginning of its next piece.
static void keep_overlap(struct sl_digit_run *run) {
    const uint32_t cut = run->digits_count - SL_RUN_OVERLAP;
    memmove(run->digits, run->digits + cut, SL_RUN_OVERLAP * sizeof run->digits[0]);
    memmove(run->offsets, run->offsets + cut, SL_RUN_OVERLAP * sizeof run->offsets[0]);
    run->digits_count = SL_RUN_OVERLAP;
    run->groups_count = 0;
    for (uint32_t i = 0; i < SL_RUN_OVERLAP; i++) {
        if (i == 0 || run->offsets[i - 1] + 1 != run->offsets[i]) {
            run->groups[run->groups_count++] = (uint8_t)i;
        }
    }
}

static bool digit_within(const struct sl_look *look, uint32_t start, uint32_t end) {
    end = end < look->len ? end : look->len;
    return start < end && sl_next_digit(look->bytes, end, start) < end;
}

// Links are full of letters and digits that stand for nothing else.
static bool in_link(const struct sl_look *look, uint32_t at) {
    for (uint32_t back = 0; back < LINK_REACH && at > 0 && look->bytes[at - 1] != ' '; back++) {
        at--;
        if (look->bytes[at] == ':' && look->len - at > 2 && look->bytes[at + 1] == '/' &&
            look->bytes[at + 2] == '/') {
            return true;
        }
    }
    return false;
}

static bool letter_apart(const struct sl_look *look, uint32_t at) {
    return sl_is_letter(look->bytes[at]) && !sl_is_alnum(look->bytes[at - 1]) &&
           !sl_is_alnum(look->bytes[at + 1]);
}

// Letters that people write for digits or between them.
static bool stands_in(unsigned char c) {
    static const uint32_t letters = 1u << ('o' - 'a') | 1u << ('l' - 'a') | 1u << ('i' - 'a') |
                                    1u << ('z' - 'a') | 1u << ('s' - 'a') | 1u << ('b' - 'a') |
                                    1u << ('q' - 'a') | 1u << ('e' - 'a') | 1u << ('a' - 'a') |
                                    1u << ('g' - 'a') | 1u << ('t' - 'a') | 1u << ('x' - 'a');
    return c == '!' || (sl_is_letter(c) && (letters >> (c - 'a') & 1) != 0);
}

// True when the run is part of an escape: "&#51;", "%33", "\u0033".
static bool in_escape(const struct sl_look *look, uint32_t start) {
    uint32_t reach = start < ESCAPE_REACH ? start : ESCAPE_REACH;
    const unsigned char *before = look->bytes + start - reach;
    unsigned char last = before[reach - 1];
    return last == '%' || ((last == '#' || last == 'x') && memchr(before, '&', reach) != NULL) ||
           ((last == 'x' || last == 'u') && memchr(before, '\\', reach) != NULL);
}

// What a disguise would leave round a run.
static uint32_t touches_of(const struct sl_look *look, const struct sl_digit_run *run) {
    const unsigned char *bytes = look->bytes;
    const uint32_t start = run->start, end = run->end;
    unsigned char before = start > 0 ? bytes[start - 1] : ' ';
    unsigned char after = end < look->len ? bytes[end] : ' ';
    uint32_t touches = 0;
    if (before == ' ') {
        bool apart = start >= 5 && bytes[start - 3] == ' ' && letter_apart(look, start - 2) &&
                     letter_apart(look, start - 4);
        touches |= apart ? SL_TOUCH_APART : 0;
        bool zero = start >= 4 && bytes[start - 2] == 'o' && bytes[start - 3] == ' ' &&
                    sl_is_digit(bytes[start - 4]);
        touches |= zero ? SL_TOUCH_LETTER : 0;
    } else if (start > 0 && in_escape(look, start)) {
        touches |= SL_TOUCH_ESCAPE;
    } else if (stands_in(before) &&
               (before == 'o' || digit_within(look, start > 4 ? start - 4 : 0, start - 1))) {
        touches |= SL_TOUCH_LETTER;
    }
    if (sl_is_separator(after)) {
        bool gap = look->len - end > 4 && sl_is_separator(bytes[end + 1]) &&
                   sl_is_separator(bytes[end + 2]) && sl_is_separator(bytes[end + 3]);
        touches |= gap ? SL_TOUCH_GAP : 0;
    } else if (after == '&') {
        touches |= SL_TOUCH_ESCAPE;
    } else if (stands_in(after) && digit_within(look, end + 1, end + 4)) {
        touches |= SL_TOUCH_LETTER;
    }
    return (touches & SL_TOUCH_LETTER) != 0 && in_link(look, start) ? touches & ~SL_TOUCH_LETTER
                                                                    : touches;
}

bool sl_look_digit_near(const struct sl_look *look, uint32_t start, uint32_t end, uint32_t reach) {
    return digit_within(look, end, end + reach) ||
           digit_within(look, start > reach ? start - reach : 0, start);
}

bool sl_runs_next(struct sl_runs *runs, const struct sl_look *look) {
    uint32_t at = runs->next;
    if (at != SL_NOWHERE) {
        keep_overlap(&runs->run);
    } else {
        at = sl_next_digit(look->bytes, look->len, runs->from);
        if (at >= look->len) {
            return false;
        }
        runs->run.digits_count = 0;
        runs->run.groups_count = 0;
    }
    runs->next = fill_run(look, at, &runs->run);
    runs->from = runs->run.end;
    runs->touches |= touches_of(look, &runs->run);
    return true;
}
