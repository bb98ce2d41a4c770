// SPDX-License-Identifier: Apache-2.0
//
// support/disguises.h - writes an identifier so that a person still reads it and a pattern does
// not: any of the disguises below, in any mixture, character by character.
#ifndef SL_TESTS_SUPPORT_DISGUISES_H
#define SL_TESTS_SUPPORT_DISGUISES_H

#include <sluice/words.h>
#include <stdint.h>

#include "support/random.h"

#define SL_TEST_DISGUISED_MAX 4096

enum sl_disguise {
    SL_DISGUISE_WIDTH = 1 << 0,      // full-width characters
    SL_DISGUISE_DIGITS = 1 << 1,     // digits of other scripts, circled, mathematical
    SL_DISGUISE_KEYCAPS = 1 << 2,    // 3️⃣
    SL_DISGUISE_INVISIBLE = 1 << 3,  // zero-width and bidi characters, marks
    SL_DISGUISE_LOOKALIKES = 1 << 4, // letters of other scripts
    SL_DISGUISE_ENTITIES = 1 << 5,   // &#51;
    SL_DISGUISE_PERCENT = 1 << 6,    // %33
    SL_DISGUISE_SEPARATORS = 1 << 7, // signs, emoji, line breaks, anywhere
    SL_DISGUISE_SPELLED = 1 << 8,    // tre, forty-seven, doppio due
    SL_DISGUISE_LETTERS = 1 << 9,    // l for 1, O for 0, up to two
    SL_DISGUISE_SIGNS = 1 << 10,     // chiocciola, (dot)
    SL_DISGUISE_GROUPS = 1 << 11,    // separators between groups of one size
};

// Which of them leave `plain`, an identifier of this kind, what it is to whoever reads it. Not
// among them, for nobody reads them in one way only:
//   - a sign or word between the characters of what consists of signs: addresses, tokens, dates;
//   - numbers spelled out in codes of letters, where "tre" is T, R and E, and "e" a letter or
//   "and";
//   - letters for digits beside other letters, words or separators: "3 o 4" is three or four;
//   - a password spelled otherwise, which is another password.
uint32_t sl_disguises_of(enum sl_kind kind, const char *plain);

// Disguises `plain`, which is printed as sl_random_plain_identifier does, with some of `allowed`;
// returns those that were used. The text begins and ends with a character of the identifier.
uint32_t sl_random_disguise(struct sl_random *random, const char *plain, uint32_t allowed,
                            char *ret_text);

#endif
