// SPDX-License-Identifier: Apache-2.0
//
// identify/reading.h - the second reading of a text: what a person makes of disguises that the fold
// leaves standing.
//
// The fold (text/fold.h) takes each code point by itself. What needs its neighbours is undone here,
// for identifiers only, in this order:
//   1. Escapes: HTML entities, percent-encoding, \u0033 and \x33, also escaped twice. What an
//      escape stands for is folded; white space behind white space goes.
//   2. Look-alikes: letters of other scripts become the Latin letter they look like, or the digit,
//      in a word that has nothing else but Latin letters and digits, or nothing else at all in a
//      text of Latin letters. Then those that may be either become digits among digits, where no
//      other letters stand in their word.
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
// It comes in up to SL_READINGS_MAX readings: after 1 and half of 2, after the other half, after 3,
// and at last. Not every text has one, and none replaces another: identifiers of all are masked. So
// it need not be right about what a number means, only about its digits; whether they identify
// anybody is the kinds' to say.
//
// Threads: no state. Nothing is allocated. Cost: a few ns for a text that shows no sign of a
// disguise, 20 to 150 ns a byte for one that does (one real post in a hundred), whatever it holds.
#ifndef SL_IDENTIFY_READING_H
#define SL_IDENTIFY_READING_H

#include <stdbool.h>
#include <stdint.h>

#include "identify/cues.h"
#include "text/fold.h"

#define SL_READINGS_MAX 4 // of one text

struct sl_reading {
    unsigned char *room;  // the caller's: SL_READINGS_MAX times the folded text's bytes and padding
    uint32_t *map;        // the caller's: one entry more than the folded text has bytes
    unsigned char *bytes; // in the room; what was read before stays in its place there
    uint32_t len;

    // What is left to undo.
    uint32_t step, spelled;
    bool escapes, lookalikes, words, runs, letters;
    bool given; // the reading was given out and must stay
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

// Tells whether a folded text may have other readings. `cues` are its cues, `touches` what its runs
// of digits touch; `spelled` are the kinds for which one number spelled out behind a cue of theirs
// is enough.
bool sl_reading_begin(struct sl_reading *reading, const struct sl_folded *folded,
                      const struct sl_cue_list *cues, uint32_t touches, uint32_t spelled);

// Makes the next reading; false: there is none. Only after sl_reading_begin said that there may be.
// `cues` are those of the reading before, at first of the folded text. What makes a number whole
// may break a code, whose letters look like digits or spell them ("TRE"); so each reading undoes
// more than the one before it, and the text is looked at in each.
//
// The map is as the fold's: byte i of the reading comes from the folded bytes that begin at map[i];
// map[len] is the folded length; it never decreases. Bytes that stand for one disguise share their
// beginning, so a range widens to the whole of it (sl_reading_range).
bool sl_reading_next(struct sl_reading *reading, const struct sl_folded *folded,
                     const struct sl_cue_list *cues);

// The ASCII character with its case that the escape stands for which begins at a folded byte; 0:
// none does, or it is of no ASCII.
unsigned char sl_reading_escaped(const struct sl_folded *folded, uint32_t at);

// The folded bytes [*ret_start, *ret_end) behind bytes [start, end) of the reading; start < end.
void sl_reading_range(const struct sl_reading *reading, uint32_t start, uint32_t end,
                      uint32_t *ret_start, uint32_t *ret_end);

#endif
