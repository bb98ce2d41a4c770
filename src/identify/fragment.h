// SPDX-License-Identifier: Apache-2.0
//
// identify/fragment.h - the beginning of a number whose end is not there yet, without the number.
//
// People cut a number in two: "il mio numero è 347" and, in the next post, "1234567". Until the
// rest comes, nothing is kept of the first half but this: what kind of number it may be, how many
// characters may still come, and the running sums of its check (Luhn for both parities, mod 97, the
// sum of the codice fiscale). A country's two letters are kept, digits never.
//
// Pure functions. Characters are lower-case ASCII letters and digits, as the folded view has them.
#ifndef SL_IDENTIFY_FRAGMENT_H
#define SL_IDENTIFY_FRAGMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <sluice/words.h>

#define SL_FRAGMENT_CHARS_MAX 33 // the longest IBAN has one more

struct sl_fragment {
    uint64_t left;      // bit n: n more characters may make it whole
    uint64_t left_rare; // the same, of numbers that take more than the digits to be believed
    uint16_t sums[2];
    char country[2];   // IBAN
    uint8_t kind;      // enum sl_kind: phone, card, iban, fiscal_code
    uint8_t chars;     // so far
    bool no_zero_next; // a mobile number of which only the 3 is there
};

enum sl_fragment_state {
    SL_FRAGMENT_PART,
    SL_FRAGMENT_WHOLE_RARE, // by left_rare
    SL_FRAGMENT_WHOLE,
};

// True when `chars` may begin a number of this kind that has at least one character more; `plus`
// when a + stands before them.
bool sl_fragment_begin(enum sl_kind kind, const unsigned char *chars, uint32_t count, bool plus,
                       struct sl_fragment *ret_fragment);

// Adds the next character. False: no number of this kind goes on so.
bool sl_fragment_append(struct sl_fragment *fragment, unsigned char c);

// Whether the characters so far are a number, its check included where it has one.
enum sl_fragment_state sl_fragment_state(const struct sl_fragment *fragment);

#endif
