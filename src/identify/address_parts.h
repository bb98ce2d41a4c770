// SPDX-License-Identifier: Apache-2.0
//
// identify/address_parts.h - what an address is made of behind the name of its street: the civic
// number and what follows it. For kind_address.c and address_english.c only.
//
// Town and post code belong to an address that names them so that nobody can take them for the
// next thing said: behind a post code, a comma or a dash, or before a province. A town that merely
// stands behind the number does not; alone it is never masked, for people must be able to say where
// the line is down.
#ifndef SL_IDENTIFY_ADDRESS_PARTS_H
#define SL_IDENTIFY_ADDRESS_PARTS_H

#include "identify/kind.h"

// What was read, as evidence.
enum sl_address_part {
    SL_ADDRESS_SUFFIX = 1 << 0,   // "12/B", "12 bis"
    SL_ADDRESS_EXTRA = 1 << 1,    // "int. 4", "km 3"
    SL_ADDRESS_CODE = 1 << 2,     // a post code
    SL_ADDRESS_TOWN = 1 << 3,     // a name with a capital
    SL_ADDRESS_PROVINCE = 1 << 4, // the province's letters, or its chief town
    SL_ADDRESS_YEAR = 1 << 5,     // the number could be one
};

// The civic number whose digits begin at `at`. Returns where it ends and sets its parts; SL_NOWHERE
// when it is an amount, a time, a date or part of a longer number.
uint32_t sl_address_number(const struct sl_look *look, uint32_t at, uint32_t *parts);

// Goes on behind a civic number over stairs, floors, post code and town, as far as they belong to
// the address. Returns where it ends then and adds the parts.
uint32_t sl_address_tail(const struct sl_look *look, uint32_t at, uint32_t *parts);

// An Italian post code that begins behind the signs at `at`; SL_NOWHERE: there is none.
uint32_t sl_address_code(const struct sl_look *look, uint32_t at);

// True when the letter at `at` is a capital in the original.
bool sl_address_capital(const struct sl_look *look, uint32_t at);

// Behind ' ', ',', '-' and line ends from `at` on, three at most.
uint32_t sl_address_gap(const struct sl_look *look, uint32_t at);

// One of kind_address.c's cues that is English: the street's name stands before it.
void sl_address_look_english(struct sl_look *look, const struct sl_cue *cue);

// Words for streets that stand behind the name, as sl_cue_words has them.
#define SL_ADDRESS_ENGLISH                                                                         \
    "street|st|road|rd|avenue|ave|lane|boulevard|blvd|drive|dr|close|court|crescent|terrace|"      \
    "square|place|way|gardens|grove|mews|highway|hwy|parkway|pkwy|"                                \
    "terr|ln|ct"

#endif
