// SPDX-License-Identifier: Apache-2.0
//
// identify/reading_steps.h - the steps of the second reading, for reading.c alone. What each
// undoes: reading.h.
//
// A step rewrites a reading in place, from left to right: it never writes more bytes than it has
// read. Each returns whether it changed anything. All take time linear in the text.
#ifndef SL_IDENTIFY_READING_STEPS_H
#define SL_IDENTIFY_READING_STEPS_H

#include "identify/reading.h"

bool sl_reading_unescape(struct sl_reading *reading);
bool sl_reading_replace_lookalikes(struct sl_reading *reading);
bool sl_reading_lookalikes_to_digits(struct sl_reading *reading, const struct sl_folded *folded);
bool sl_reading_spell_out(struct sl_reading *reading, const struct sl_cue_list *cues,
                          uint32_t spelled);
bool sl_reading_clear_runs(struct sl_reading *reading);
bool sl_reading_join_letters(struct sl_reading *reading, const struct sl_folded *folded);

// The code point that stands at a folded byte, or that the escape stands for that begins there.
uint32_t sl_reading_code_point(const struct sl_folded *folded, uint32_t at);

// Where a step writes.
struct sl_rewrite {
    struct sl_reading *reading;
    uint32_t len;
    bool changed;
};

static inline void sl_rewrite_put(struct sl_rewrite *rewrite, unsigned char byte, uint32_t origin) {
    rewrite->reading->bytes[rewrite->len] = byte;
    rewrite->reading->map[rewrite->len++] = origin;
}

// Bytes [start, end) of the reading as they are.
static inline void sl_rewrite_keep(struct sl_rewrite *rewrite, uint32_t start, uint32_t end) {
    if (rewrite->len == start) {
        rewrite->len = end; // nothing moved yet
        return;
    }
    for (uint32_t at = start; at < end; at++) {
        sl_rewrite_put(rewrite, rewrite->reading->bytes[at], rewrite->reading->map[at]);
    }
}

static inline bool sl_rewrite_end(struct sl_rewrite *rewrite) {
    struct sl_reading *reading = rewrite->reading;
    reading->map[rewrite->len] = reading->map[reading->len];
    reading->len = rewrite->len;
    return rewrite->changed;
}

// A number word. Words build on each other: "cento" and "venti" and "tre" are 123.
enum sl_atom_kind {
    SL_ATOM_UNIT,     // 0 … 9
    SL_ATOM_TEEN,     // 10 … 19
    SL_ATOM_TENS,     // 20 … 90
    SL_ATOM_HUNDRED,  // times what stands before it
    SL_ATOM_THOUSAND, // the same
    SL_ATOM_TIMES,    // "doppio"
    SL_ATOM_ORDINAL,  // "primo": a day
};

struct sl_atom {
    uint16_t value;
    uint8_t kind;
    bool english;
    uint8_t start, len; // letters of the word it was found in
};

#define SL_ATOM_LETTERS_MAX 200 // a longer word is no number: twenty digits have at most 160

// Takes a word of `len` letters apart. Returns the atoms it consists of, 0 when it is anything
// else.
uint32_t sl_atoms_read(const unsigned char *letters, uint32_t len,
                       struct sl_atom atoms[SL_ATOM_LETTERS_MAX]);

// A number that is put together from atoms.
struct sl_numeral {
    uint32_t value;
    uint32_t low;   // place that was filled last: 1, 10, 100, 1000; 0: no number yet
    uint32_t times; // its digits stand so often; 0: it was not begun
    bool unit_last; // the last atom was a unit: it can become hundreds
    bool english;
};

// What stands between two atoms.
enum sl_join {
    SL_JOIN_LOOSE, // too much for one number
    SL_JOIN_TIGHT, // a space or hyphen
    SL_JOIN_AND,
    SL_JOIN_GLUED,
};

void sl_numeral_begin(struct sl_numeral *numeral, const struct sl_atom *atom);

// Adds an atom; `alone`: nothing else stands in its word. False: it begins another number.
bool sl_numeral_add(struct sl_numeral *numeral, const struct sl_atom *atom, enum sl_join join,
                    bool alone);

// Writes the digits of the value, 7 at most, and returns how many.
uint32_t sl_numeral_digits(const struct sl_numeral *numeral, unsigned char digits[8]);

#endif
