// SPDX-License-Identifier: Apache-2.0
//
// identify/reading.h - the second reading of a text: what a person makes of disguises that the fold
// leaves standing.
//
// The fold (text/fold.h) takes each code point by itself. What needs its neighbours is undone here,
// for identifiers only, in this order:
//   1. Escapes: HTML entities, percent-encoding, \u0033 and \x33, also escaped twice. What an
//      escape stands for is folded; white space behind white space goes.
//   2. Look-alikes: letters of other scripts become the Latin letter or digit they look like, in a
//      word that has Latin letters or digits, or beside digits.
//   3. Numbers spelled out, Italian and English, become their digits: "tre quattro sette",
//      "trequarantasette", "centoventitre", "forty-seven", "doppio due", "t r e", "piu trentanove",
//      "primo agosto". The separators between them stay, so that runs of digits form (kind.h);
//      words like "poi" or "trattino" between two of them become one. A number alone stays a word
//      unless a cue of a kind in `spelled` stands before it.
//   4. Clutter in long runs: letters for digits ("347l234567"), letters between groups of digits
//      ("4242x4242x4242x4242"), decorations longer than a gap of a run may be.
//   5. Words whose letters stand apart ("V I A  R O M A  12") are joined; double white space in the
//      original parts them.
//
// Not every text has a second reading, and it never replaces the first: identifiers of both are
// masked. So it need not be right about what a number means, only about its digits; whether they
// identify anybody is the kinds' to say.
//
// Threads: no state. Nothing is allocated. Cost: a few ns for a text that shows no sign of a
// disguise, 20 to 150 ns a byte for one that does (one real post in a hundred), whatever it holds.
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
    bool runs, letters; // what sl_reading_go_on has to undo
};

// What stood beside the runs of digits of the first reading (runs.h), bits.
enum sl_touch {
    SL_TOUCH_LETTER = 1 << 0, // a letter with another digit near it
    SL_TOUCH_ESCAPE = 1 << 1, // a sign that escapes begin with
    SL_TOUCH_GAP = 1 << 2,    // more separators than a run may hold
    SL_TOUCH_APART = 1 << 3,  // letters that stand apart
};

// Words for numbers, as sl_cue_words has them: SL_SENSE_NUMBER.
extern const char sl_reading_number_words[];

// Reads a folded text again, all but what sl_reading_go_on undoes. `cues` are its cues, `touches`
// what its runs of digits touch; `spelled` are the kinds for which one number spelled out behind a
// cue of theirs is enough. False: so far it reads no differently.
//
// The map is as the fold's: byte i of the reading comes from the folded bytes that begin at map[i];
// map[len] is the folded length; it never decreases. Bytes that stand for one disguise share their
// beginning, so a range widens to the whole of it (sl_reading_range).
bool sl_reading_make(struct sl_reading *reading, const struct sl_folded *folded,
                     const struct sl_cue_list *cues, uint32_t touches, uint32_t spelled);

// Takes letters for digits, and joins letters that stand apart: what makes a number whole may break
// a code, whose letters look like digits. So the text is looked at before and after. False: that
// makes no difference. Only after sl_reading_make, whatever that returned.
bool sl_reading_go_on(struct sl_reading *reading, const struct sl_folded *folded);

// The folded bytes [*ret_start, *ret_end) behind bytes [start, end) of the reading; start < end.
void sl_reading_range(const struct sl_reading *reading, uint32_t start, uint32_t end,
                      uint32_t *ret_start, uint32_t *ret_end);

#endif
