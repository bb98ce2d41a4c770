// SPDX-License-Identifier: Apache-2.0
//
// identify/codes.h - codes of a fixed form without a check: documents and plates.
//
// A form has one character a place: '#' a digit, '@' a letter, '*' either; letters and digits stand
// for themselves. Codes are written in one piece, in groups ("AB 123 CD"), or with every character
// apart; people who speak of something else write words beside numbers ("da 500 mb"), and that is
// what sl_code_read tells from codes.
#ifndef SL_IDENTIFY_CODES_H
#define SL_IDENTIFY_CODES_H

#include "identify/kind.h"

#define SL_CODE_CHARS_MAX 12

// A form, and what of it a run of digits must have.
struct sl_code_form {
    const char *places;
    uint32_t letters; // before its first digit
    uint32_t digits;  // then
    bool goes_on;     // letters follow: the run has no more digits
};

struct sl_code {
    uint32_t start, end;
    unsigned char chars[SL_CODE_CHARS_MAX]; // without separators
    bool touching;                          // in one piece
    bool grouped;                           // letters apart from digits, nothing else apart
    bool upper;                             // all its letters are capitals in the original
    bool loose; // small letters stand apart from the digits: words perhaps
    bool split; // letters that belong together stand apart
    bool word;  // two letters that stand apart are a word or a unit
};

// Reads a code of this form whose first digit is the first of the run's group. False: it is none,
// or part of something longer. A form that begins with letters fits a run's first group only.
bool sl_code_read_at(const struct sl_look *look, const struct sl_digit_run *run, uint32_t group,
                     const struct sl_code_form *form, struct sl_code *ret_code);

// The same; most runs are done with at once.
static inline bool sl_code_read(const struct sl_look *look, const struct sl_digit_run *run,
                                uint32_t group, const struct sl_code_form *form,
                                struct sl_code *ret_code) {
    uint32_t digits = run->digits_count - run->groups[group];
    return (form->letters == 0 || group == 0) &&
           (form->goes_on ? digits == form->digits : digits >= form->digits) &&
           sl_code_read_at(look, run, group, form, ret_code);
}

// What the cues say for a code whose shape alone weighs `shape`.
struct sl_code_weights {
    int shape;
    int cue_strong, cue_weak, against, loose;
    int bare; // the text is nothing but codes and words of up to three letters
};

// Weighs a code and hands it in.
void sl_code_add(struct sl_look *look, enum sl_kind kind, const struct sl_code *code,
                 const struct sl_code_weights *weights);

// True when a strong cue of this kind ends at most `reach` bytes before `start`.
bool sl_code_cued_within(const struct sl_look *look, enum sl_kind kind, uint32_t start,
                         uint32_t reach);

#endif
