// SPDX-License-Identifier: Apache-2.0
//
// identify/signs.h - the signs of an e-mail address as people write them to hide it or to spell it:
// "chiocciola", "(at)", "punto", "[.]", "trattino basso", a sign between blanks.
#ifndef SL_IDENTIFY_SIGNS_H
#define SL_IDENTIFY_SIGNS_H

#include "identify/kind.h"

enum sl_sign {
    SL_SIGN_NONE,
    SL_SIGN_AT,
    SL_SIGN_DOT,
    SL_SIGN_COMMA, // typed for a dot
    SL_SIGN_DASH,
    SL_SIGN_LOW_LINE,
};

// A sign with the blanks and brackets round it.
struct sl_sign_place {
    uint32_t start, end;
    enum sl_sign sign;
    bool blank_before, blank_after;
    bool disguised; // a word or in brackets, and no everyday word
    bool everyday;  // "at": also a word of its own
};

// The sign that begins or ends at `at`; SL_SIGN_NONE where none does. Either is bounded: a dozen or
// so bytes are looked at.
struct sl_sign_place sl_sign_ahead(const struct sl_look *look, uint32_t at);
struct sl_sign_place sl_sign_behind(const struct sl_look *look, uint32_t at);

#endif
