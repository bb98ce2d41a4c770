// SPDX-License-Identifier: Apache-2.0
#include "engine/identify.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "engine/identify_kinds.h"

#define REJECTED_MAX 256 // kept for whoever asks why

struct kind_row {
    int threshold;
    uint32_t digits_min; // of a run worth offering
    sl_identify_run_fn run;
    sl_identify_at_fn at; // '@'
};

static const struct kind_row kinds[SL_KINDS_COUNT] = {
    [SL_KIND_IBAN] = {60, 2, sl_identify_iban, NULL},
    [SL_KIND_FISCAL_CODE] = {60, 1, sl_identify_fiscal_code, NULL},
    [SL_KIND_CARD] = {60, 12, sl_identify_card, NULL},
    [SL_KIND_EMAIL] = {60, 0, NULL, sl_identify_email},
    [SL_KIND_VAT_NUMBER] = {60, 11, sl_identify_vat_number, NULL},
    [SL_KIND_PHONE] = {60, 6, sl_identify_phone, NULL},
};

struct sl_finder {
    bool on[SL_KINDS_COUNT];
    struct sl_cues cues[SL_KINDS_COUNT];
    struct sl_str *allow[SL_KINDS_COUNT]; // squeezed
    uint32_t allow_count[SL_KINDS_COUNT];
    struct sl_digit_run run;
    bool overflow;
    uint32_t accepted, rejected; // together: the candidates
    struct sl_candidate candidates[SL_IDENTIFY_CANDIDATES_MAX + REJECTED_MAX];
    struct sl_candidate spans[SL_IDENTIFY_CANDIDATES_MAX];
};

int sl_kind_threshold(enum sl_kind kind) {
    return kinds[kind].threshold;
}

// What an allow list compares: letters, digits, '@' and all beyond ASCII.
static bool is_value(unsigned char c) {
    return sl_is_alnum(c) || c == '@' || c >= 0x80;
}

static int open_allow_list(struct sl_finder *finder, enum sl_kind kind,
                           const struct sl_pack_identifier *identifier, struct sl_error *error) {
    size_t bytes = identifier->allow_count * sizeof(struct sl_str);
    for (uint32_t i = 0; i < identifier->allow_count; i++) {
        bytes += identifier->allow[i].len;
    }
    struct sl_str *list = malloc(bytes + 1);
    if (list == NULL) {
        return sl_error_set(error, "no memory for the allow list of %s", sl_kind_word(kind));
    }
    char *out = (char *)(list + identifier->allow_count);
    for (uint32_t i = 0; i < identifier->allow_count; i++) {
        char *value = out;
        for (size_t j = 0; j < identifier->allow[i].len; j++) {
            if (is_value((unsigned char)identifier->allow[i].data[j])) {
                *out++ = identifier->allow[i].data[j];
            }
        }
        list[i] = (struct sl_str){value, (size_t)(out - value)};
    }
    finder->allow[kind] = list;
    finder->allow_count[kind] = identifier->allow_count;
    return SL_OK;
}

int sl_finder_open(const struct sl_pack *pack, struct sl_error *error,
                   struct sl_finder **ret_finder) {
    struct sl_finder *finder = calloc(1, sizeof *finder);
    if (finder == NULL) {
        return sl_error_set(error, "no memory for a finder of %zu bytes", sizeof *finder);
    }
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        const struct sl_pack_identifier *identifier = &pack->identifiers[kind];
        finder->on[kind] = identifier->on;
        if (sl_cues_open(kind, identifier->cues, identifier->cues_count, error,
                         &finder->cues[kind]) != SL_OK ||
            open_allow_list(finder, kind, identifier, error) != SL_OK) {
            sl_finder_close(finder);
            return SL_FAILED;
        }
    }
    *ret_finder = finder;
    return SL_OK;
}

void sl_finder_close(struct sl_finder *finder) {
    if (finder == NULL) {
        return;
    }
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        sl_cues_close(&finder->cues[kind]);
        free(finder->allow[kind]);
    }
    free(finder);
}

static bool allowed(const struct sl_look *look, const struct sl_candidate *candidate) {
    const struct sl_finder *finder = look->finder;
    for (uint32_t i = 0; i < finder->allow_count[candidate->kind]; i++) {
        struct sl_str value = finder->allow[candidate->kind][i];
        size_t matched = 0;
        uint32_t at = candidate->start;
        for (; at < candidate->end; at++) {
            if (!is_value(look->bytes[at])) {
                continue;
            }
            if (matched == value.len || (unsigned char)value.data[matched] != look->bytes[at]) {
                break;
            }
            matched++;
        }
        if (at == candidate->end && matched == value.len) {
            return true;
        }
    }
    return false;
}

void sl_look_add(struct sl_look *look, struct sl_candidate candidate) {
    SL_ASSERT(candidate.start < candidate.end && candidate.end <= look->len);
    struct sl_finder *finder = look->finder;
    candidate.score = candidate.score < 0 ? 0 : candidate.score > 100 ? 100 : candidate.score;
    if (candidate.score >= kinds[candidate.kind].threshold && allowed(look, &candidate)) {
        candidate.score = 0;
        candidate.reasons |= SL_REASON_ALLOWED;
    }
    bool accepted = candidate.score >= kinds[candidate.kind].threshold;
    uint32_t *count = accepted ? &finder->accepted : &finder->rejected;
    if (*count < (accepted ? SL_IDENTIFY_CANDIDATES_MAX : REJECTED_MAX)) {
        finder->candidates[finder->accepted + finder->rejected] = candidate;
        (*count)++;
    } else {
        finder->overflow |= accepted;
    }
}

void sl_look_add_code(struct sl_look *look, struct sl_candidate candidate, bool valid,
                      int cue_strong, int cue_weak) {
    bool glued_before = candidate.start > 0 && sl_is_alnum(look->bytes[candidate.start - 1]);
    candidate.reasons |= valid ? SL_REASON_CHECKSUM : SL_REASON_CHECKSUM_WRONG;
    if (!valid || glued_before) {
        struct sl_surroundings around =
            sl_look_around(look, candidate.kind, candidate.start, candidate.end);
        if (around.letters_before || sl_joint_before(look, candidate.start) == '0') {
            return;
        }
        if (around.before != SL_CUE_NONE) {
            candidate.score += around.before == SL_CUE_STRONG ? cue_strong : cue_weak;
            candidate.reasons |= SL_REASON_CUE_BEFORE;
        }
        if (around.after == SL_CUE_STRONG) {
            candidate.score += cue_strong;
            candidate.reasons |= SL_REASON_CUE_AFTER;
        }
    }
    sl_look_add(look, candidate);
}

struct sl_surroundings sl_look_around(const struct sl_look *look, enum sl_kind kind, uint32_t start,
                                      uint32_t end) {
    return sl_cues_look(&look->cues[kind], look->bytes, look->len, start, end);
}

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

static void offer_run(struct sl_look *look, const struct sl_digit_run *run) {
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        if (kinds[kind].run != NULL && run->digits_count >= kinds[kind].digits_min &&
            look->finder->on[kind]) {
            kinds[kind].run(look, run);
        }
    }
}

static void look_at_digits(struct sl_look *look) {
    struct sl_digit_run *run = &look->finder->run;
    uint32_t at = next_digit(look->bytes, look->len, 0);
    while (at < look->len) {
        run->digits_count = 0;
        run->groups_count = 0;
        uint32_t more = fill_run(look, at, run);
        offer_run(look, run);
        while (more != SL_NOWHERE) {
            keep_overlap(run);
            more = fill_run(look, more, run);
            offer_run(look, run);
        }
        at = next_digit(look->bytes, look->len, run->end);
    }
}

static void look_at_signs(struct sl_look *look) {
    const unsigned char *end = look->bytes + look->len;
    const unsigned char *sign = memchr(look->bytes, '@', look->len);
    while (sign != NULL) {
        for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
            if (kinds[kind].at != NULL && look->finder->on[kind]) {
                kinds[kind].at(look, (uint32_t)(sign - look->bytes));
            }
        }
        sign = memchr(sign + 1, '@', (size_t)(end - sign - 1));
    }
}

// The frame finds anchors in order, so there is next to nothing to move.
static void sort_candidates(struct sl_candidate *candidates, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        struct sl_candidate candidate = candidates[i];
        uint32_t at = i;
        for (; at > 0 && candidates[at - 1].start > candidate.start; at--) {
            candidates[at] = candidates[at - 1];
        }
        candidates[at] = candidate;
    }
}

static uint32_t merge_accepted(struct sl_finder *finder) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < finder->accepted + finder->rejected; i++) {
        const struct sl_candidate *candidate = &finder->candidates[i];
        struct sl_candidate *span = count > 0 ? &finder->spans[count - 1] : NULL;
        if (candidate->score < kinds[candidate->kind].threshold) {
            continue;
        }
        if (span == NULL || candidate->start > span->end) {
            finder->spans[count++] = *candidate;
            continue;
        }
        span->end = candidate->end > span->end ? candidate->end : span->end;
        span->kind = candidate->kind < span->kind ? candidate->kind : span->kind;
        span->score = candidate->score > span->score ? candidate->score : span->score;
        span->reasons |= candidate->reasons;
    }
    return count;
}

struct sl_found sl_finder_look(struct sl_finder *finder, const struct sl_folded *folded) {
    if (folded->digits_count == 0 && !folded->has_at) {
        return (struct sl_found){0};
    }
    finder->overflow = false;
    finder->accepted = 0;
    finder->rejected = 0;
    struct sl_look look = {folded->bytes, folded->len, finder->cues, finder};
    if (folded->digits_count > 0) {
        look_at_digits(&look);
    }
    if (folded->has_at) {
        look_at_signs(&look);
    }
    if (finder->overflow) {
        return (struct sl_found){.overflow = true};
    }
    sort_candidates(finder->candidates, finder->accepted + finder->rejected);
    return (struct sl_found){
        .candidates = finder->candidates,
        .candidates_count = finder->accepted + finder->rejected,
        .spans = finder->spans,
        .spans_count = merge_accepted(finder),
    };
}

size_t sl_reasons_to_text(uint32_t reasons, char *text, size_t room) {
    static const char *const words[] = {
        "shape",          "checksum",   "wrong checksum", "issuer",      "grouping",
        "prefix",         "cue before", "cue after",      "cue against", "bad neighbour",
        "service number", "alone",      "allowed",
    };
    SL_ASSERT(room > 0);
    size_t len = 0;
    for (uint32_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t comma = len > 0 ? 2 : 0;
        size_t word = strlen(words[i]);
        if ((reasons >> i & 1) == 0) {
            continue;
        }
        if (len + comma + word >= room) {
            break;
        }
        memcpy(text + len, ", ", comma);
        memcpy(text + len + comma, words[i], word);
        len += comma + word;
    }
    text[len] = '\0';
    return len;
}
