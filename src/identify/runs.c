// SPDX-License-Identifier: Apache-2.0
#include "identify/runs.h"

#include <string.h>

static bool is_joint(unsigned char c) {
    return c != '\0' && strchr(".-/,:_*'+", c) != NULL;
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

static bool is_separator(unsigned char c) {
    static const uint64_t low = 1ull << ' ' | 1ull << '-' | 1ull << '.' | 1ull << '/' |
                                1ull << '*' | 1ull << ',' | 1ull << '\'' | 1ull << ':' |
                                1ull << '+' | 1ull << '(' | 1ull << ')';
    static const uint64_t high = 1ull << ('\\' - 64) | 1ull << ('_' - 64) | 1ull << ('|' - 64) |
                                 1ull << ('~' - 64) | 1ull << ('[' - 64) | 1ull << (']' - 64) |
                                 1ull << ('{' - 64) | 1ull << ('}' - 64);
    return c >= 0x80 || ((c < 64 ? low >> c : high >> (c - 64)) & 1) != 0;
}

static bool continues_character(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

uint32_t sl_skip_separators(const struct sl_look *look, uint32_t at) {
    uint32_t characters = 0;
    for (; at < look->len && is_separator(look->bytes[at]); at++) {
        characters += !continues_character(look->bytes[at]);
        if (characters > SL_RUN_GAP_MAX) {
            return SL_NOWHERE;
        }
    }
    return at < look->len ? at : SL_NOWHERE;
}

uint32_t sl_skip_separators_back(const struct sl_look *look, uint32_t at) {
    uint32_t characters = 0;
    for (; at > 0 && is_separator(look->bytes[at - 1]); at--) {
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
    while (count < max && at < look->len) {
        if (sl_is_alnum(look->bytes[at])) {
            ret_chars[count] = look->bytes[at];
            ret_offsets[count++] = at++;
            continue;
        }
        at = sl_skip_separators(look, at);
        if (at == SL_NOWHERE || !sl_is_alnum(look->bytes[at])) {
            break;
        }
    }
    return count;
}

// Eight bytes at a time: a post is mostly letters.
static uint32_t next_digit(const unsigned char *bytes, uint32_t len, uint32_t at) {
    static const uint64_t ones = 0x0101010101010101u;
    for (; len - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, bytes + at, 8);
        word ^= '0' * ones;
        // The top bit of a byte stays clear only where its value is below ten.
        uint64_t others = ((word & 0x7f * ones) + (0x80 - 10) * ones) | word;
        if ((~others & 0x80 * ones) != 0) {
            break;
        }
    }
    while (at < len && !sl_is_digit(bytes[at])) {
        at++;
    }
    return at;
}

// Takes digits from `at` on into the run. Returns where the next digit stands when the run is full,
// SL_NOWHERE when it is complete.
static uint32_t fill_run(const struct sl_look *look, uint32_t at, struct sl_digit_run *run) {
    uint32_t next = at;
    while (next != SL_NOWHERE && sl_is_digit(look->bytes[next]) &&
           run->digits_count < SL_RUN_DIGITS_MAX) {
        uint32_t count = run->digits_count++;
        if (count == 0 || run->offsets[count - 1] + 1 != next) {
            run->groups[run->groups_count++] = (uint8_t)count;
        }
        run->digits[count] = look->bytes[next] - '0';
        run->offsets[count] = next;
        next++;
        if (next == look->len || !sl_is_digit(look->bytes[next])) {
            next = sl_skip_separators(look, next);
        }
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

bool sl_runs_next(struct sl_runs *runs, const struct sl_look *look) {
    uint32_t at = runs->next;
    if (at != SL_NOWHERE) {
        keep_overlap(&runs->run);
    } else {
        at = next_digit(look->bytes, look->len, runs->from);
        if (at >= look->len) {
            return false;
        }
        runs->run.digits_count = 0;
        runs->run.groups_count = 0;
    }
    runs->next = fill_run(look, at, &runs->run);
    runs->from = runs->run.end;
    return true;
}
