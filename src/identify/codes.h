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
bool sl_code_read(const struct sl_look *look, const struct sl_digit_run *run, uint32_t group,
                  const char *form, struct sl_code *ret_code);

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
