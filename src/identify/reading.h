// SPDX-License-Identifier: Apache-2.0
//
// identify/reading.h - the second reading of a text: what a person makes of disguises that the fold
// leaves standing.
//
// The fold (text/fold.h) takes each code point by itself. What needs its neighbours is undone here,
// for identifiers only: HTML entities and percent-encoding, numbers spelled out ("tre quattro
// sette", "quarantasette", "doppio due", "forty-seven"), letters for digits and look-alikes of
// other scripts inside runs and codes, letters that stand apart.
//
// Not every text has a second reading, and it never replaces the first: identifiers of both are
// masked.
#ifndef SL_IDENTIFY_READING_H
#define SL_IDENTIFY_READING_H

#include <stdbool.h>
#include <stdint.h>

#include "identify/cues.h"
#include "text/fold.h"

struct sl_reading {
    unsigned char *bytes; // the caller's, room for as many bytes as the folded text has
    uint32_t *map;        // the caller's, one entry more
    uint32_t len;
};

// Words for numbers, as sl_cue_words has them: SL_SENSE_NUMBER.
extern const char sl_reading_number_words[];

// Reads a folded text again. `cues` are its cues; `spelled` are the kinds for which one number
// spelled out behind a cue of theirs is enough. False: it reads no differently.
//
// The map is as the fold's: byte i of the reading comes from the folded bytes that begin at map[i];
// map[len] is the folded length; it never decreases. Bytes that stand for one disguise share their
// beginning, so a range widens to the whole of it (sl_reading_range).
bool sl_reading_make(struct sl_reading *reading, const struct sl_folded *folded,
                     const struct sl_cue_list *cues, uint32_t spelled);

// The folded bytes [*ret_start, *ret_end) behind bytes [start, end) of the reading; start < end.
void sl_reading_range(const struct sl_reading *reading, uint32_t start, uint32_t end,
                      uint32_t *ret_start, uint32_t *ret_end);

#endif
