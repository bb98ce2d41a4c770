// SPDX-License-Identifier: Apache-2.0
//
// identify/value.h - one form for all the ways to write the same value, so that values can be
// compared (allow lists) and named (tokens).
//
// By kind, of the value in the view in which it was found (folded, disguises undone):
//   phone        digits behind a '+'; "00" is '+'; without a country it is Italy's: "+39…"
//   email        lower case; "chiocciola", "(at)", "punto" are signs; spaces and brackets are gone
//   vat_number   its digits: "IT" in front of them is gone
//   ip           as inet_ntop(3) writes it
//   address, birth_date, password, url_token
//                as it stands, what parts the words being one space
//   all others   letters, in upper case, and digits
// A codice fiscale with letters in place of digits (omocodia) stays another than the one without:
// it was given out because two persons would have had the same.
//
// Pure functions.
#ifndef SL_IDENTIFY_VALUE_H
#define SL_IDENTIFY_VALUE_H

#include <stddef.h>

#include <sluice/words.h>

#define SL_VALUE_BYTES_MAX 1024

// Writes the one form of a folded value to `out`; returns its length, 0 when nothing is left or it
// is longer than SL_VALUE_BYTES_MAX.
size_t sl_value_canonical(enum sl_kind kind, const unsigned char *value, size_t len,
                          unsigned char out[SL_VALUE_BYTES_MAX]);

// How many characters tell who it is: letters and digits of ASCII. Writes the last `most` of them,
// in upper case, to `ret_last`, unless that is NULL.
size_t sl_value_characters(const unsigned char *value, size_t len, size_t most, char *ret_last);

#endif
