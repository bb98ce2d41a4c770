// SPDX-License-Identifier: Apache-2.0
//
// engine/identify_kinds.h - what the frame offers to a kind, and what a kind gives back.
//
// The frame (identify.c) walks a folded text once and calls every kind that is on for each anchor:
// numeric kinds and those that begin with letters get each run of digits, e-mail gets each '@'. The
// kind decides whether a candidate stands there, weighs it, and hands it in with sl_look_add. Kinds
// keep no state and do not know of each other.
//
// A run is cut into groups, the digits that touch; a window is some groups in a row. Numbers begin
// and end with a group: half a group is part of something longer.
#ifndef SL_ENGINE_IDENTIFY_KINDS_H
#define SL_ENGINE_IDENTIFY_KINDS_H

#include "engine/cues.h"
#include "engine/identify.h"

#define SL_RUN_DIGITS_MAX 64 // longer runs are offered in pieces …
#define SL_RUN_OVERLAP    32 // … that share this many digits: more than any identifier has
#define SL_RUN_GAP_MAX    3  // separator characters between two digits
#define SL_NOWHERE        UINT32_MAX

// Digits that belong together: between two of them stand at most SL_RUN_GAP_MAX separators, which
// are space . - / \ _ * | , ' : ~ + ( ) [ ] { } and everything beyond ASCII, and no letters.
struct sl_digit_run {
    uint32_t start, end; // folded bytes, from the first digit to behind the last
    uint32_t digits_count;
    uint32_t groups_count;
    uint8_t digits[SL_RUN_DIGITS_MAX];     // values 0..9
    uint32_t offsets[SL_RUN_DIGITS_MAX];   // folded byte of each
    uint8_t groups[SL_RUN_DIGITS_MAX + 1]; // first digit of each; digits_count behind the last
};

// One text, and where to put what is found in it.
struct sl_look {
    const unsigned char *bytes;
    uint32_t len;
    const struct sl_cues *cues; // by kind
    struct sl_finder *finder;
};

typedef void (*sl_identify_run_fn)(struct sl_look *look, const struct sl_digit_run *run);
typedef void (*sl_identify_at_fn)(struct sl_look *look, uint32_t at);

void sl_identify_card(struct sl_look *look, const struct sl_digit_run *run);
void sl_identify_email(struct sl_look *look, uint32_t at);
void sl_identify_fiscal_code(struct sl_look *look, const struct sl_digit_run *run);
void sl_identify_iban(struct sl_look *look, const struct sl_digit_run *run);
void sl_identify_phone(struct sl_look *look, const struct sl_digit_run *run);
void sl_identify_vat_number(struct sl_look *look, const struct sl_digit_run *run);

// Hands in a candidate that was weighed, accepted or not. The score is brought into 0..100.
void sl_look_add(struct sl_look *look, struct sl_candidate candidate);

// The same for a code of letters and digits whose own check nearly proves it: what stands round it
// is looked at only when the check fails (`valid` false) or something is glued to its beginning.
// Then a cue adds its weight, and one inside a longer word or number is let go unheard.
void sl_look_add_code(struct sl_look *look, struct sl_candidate candidate, bool valid,
                      int cue_strong, int cue_weak);

// What stands round bytes [start, end), with this kind's cues.
struct sl_surroundings sl_look_around(const struct sl_look *look, enum sl_kind kind, uint32_t start,
                                      uint32_t end);

// The one character that ties bytes [start, end) to digits before or behind them (. - / , : _ * '
// +), '0' when they touch digits, 0 when they do neither.
unsigned char sl_joint_before(const struct sl_look *look, uint32_t start);
unsigned char sl_joint_after(const struct sl_look *look, uint32_t end);

// The first byte from `at` on, or (back) behind the last byte before `at`, that is no separator;
// SL_NOWHERE when more than SL_RUN_GAP_MAX separators or the end of the text stand there.
uint32_t sl_skip_separators(const struct sl_look *look, uint32_t at);
uint32_t sl_skip_separators_back(const struct sl_look *look, uint32_t at);

// Collects letters and digits from `at` on, leaving out separators, until `max` are there or
// something else comes. Writes each one's place too. Returns how many.
uint32_t sl_look_squeeze(const struct sl_look *look, uint32_t at, uint32_t max,
                         unsigned char *ret_chars, uint32_t *ret_offsets);

static inline bool sl_is_digit(unsigned char c) {
    return (unsigned char)(c - '0') < 10;
}

static inline bool sl_is_letter(unsigned char c) {
    return (unsigned char)(c - 'a') < 26;
}

static inline bool sl_is_alnum(unsigned char c) {
    return sl_is_digit(c) || sl_is_letter(c);
}

static inline uint32_t sl_group_digits(const struct sl_digit_run *run, uint32_t group) {
    return (uint32_t)run->groups[group + 1] - run->groups[group];
}

// The folded bytes of groups [first, last).
static inline uint32_t sl_window_start(const struct sl_digit_run *run, uint32_t first) {
    return run->offsets[run->groups[first]];
}

static inline uint32_t sl_window_end(const struct sl_digit_run *run, uint32_t last) {
    return run->offsets[run->groups[last] - 1] + 1;
}

#endif
