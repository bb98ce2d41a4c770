// SPDX-License-Identifier: Apache-2.0
//
// support/identifiers.h - valid identifiers of every kind out of random numbers, and the words that
// people put before them. Nothing of it comes from the engine.
#ifndef SL_TESTS_SUPPORT_IDENTIFIERS_H
#define SL_TESTS_SUPPORT_IDENTIFIERS_H

#include <sluice/words.h>
#include <stdbool.h>

#include "support/random.h"

#define SL_TEST_IDENTIFIER_MAX 256
#define SL_TEST_CUE_MAX        64

// Writes a valid identifier as its issuer prints it: upper case where case means nothing, and no
// separators but those that belong to it (an address has spaces, a MAC address colons).
void sl_random_plain_identifier(struct sl_random *random, enum sl_kind kind, char *ret_text);

// The same as somebody might write it: any case, and any grouping or separators where this kind has
// them. The text begins and ends with a character of the identifier.
void sl_random_identifier(struct sl_random *random, enum sl_kind kind, char *ret_text);

// Nothing but words near by tells this identifier from any other number.
bool sl_identifier_needs_cue(enum sl_kind kind, const char *identifier);

// Writes what somebody might put before `identifier`, "il mio iban è ", with what parts the two.
void sl_random_cue(struct sl_random *random, enum sl_kind kind, const char *identifier,
                   char *ret_cue);

// Puts up to `gap_max` separators between characters of `plain`: none, everywhere, or here and
// there.
void sl_random_separate(struct sl_random *random, const char *plain, unsigned gap_max,
                        char *ret_text);

#endif
