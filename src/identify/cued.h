// SPDX-License-Identifier: Apache-2.0
//
// identify/cued.h - what a cue introduces: "codice puk della sim: 12345678", "12345678 è il mio
// puk".
//
// Codes without a check are known by their cue alone, so they are looked for from the cue: forward
// over the signs and words that lead from a cue to its value ("è", "n.", "della sim"), or back over
// "è il mio". How much else stood between is told, never decided here.
#ifndef SL_IDENTIFY_CUED_H
#define SL_IDENTIFY_CUED_H

#include "identify/kind.h"

// How far behind its cue a value may begin.
#define SL_CUED_REACH 48

enum sl_cued_step {
    SL_CUED_NONE, // the sentence ends, or an address, a handle or a label of the stage's begins
    SL_CUED_WORD, // letters only, and no word that leads on to a value
    SL_CUED_CODE, // begins with a digit, or holds one
};

struct sl_cued {
    uint32_t from;       // behind the cue
    uint32_t start, end; // letters and digits, with '-' and '_' inside, '.' and '/' between digits
    uint32_t words;      // passed before it
    uint32_t strangers;  // of them those of SL_CUED_WORD
    bool linked;         // ':', '=', an arrow, a bracket or "è" right before it
    bool numbered;       // "n.", "numero", "id" right before it
    bool strange;        // it is an SL_CUED_WORD itself
    bool masked;         // a label of the stage's stands where the value was
};

// Takes one step from a value to the next; the first from {.from = cue->end, .end = cue->end}.
// "di 4 cifre" is passed over like a word.
enum sl_cued_step sl_cued_next(const struct sl_look *look, struct sl_cued *value);

// Goes back from a cue that begins at `at` over "è il mio". False: no digit or letter that could
// end a value stands there. Else value->end is set, not its start; linked tells of "è", "come",
// '='.
bool sl_cued_before(const struct sl_look *look, uint32_t at, struct sl_cued *value);

// True when the word behind `end` is what is counted: "cifre", "volte", "minuti".
bool sl_cued_counts(const struct sl_look *look, uint32_t end);

// Four digits of a year of this time.
bool sl_cued_is_year(const struct sl_look *look, uint32_t start, uint32_t end);

// A cue against the kind begins in [from, to).
bool sl_cued_against(const struct sl_look *look, enum sl_kind kind, uint32_t from, uint32_t to);

// Behind the digits that touch and begin at `at`.
uint32_t sl_cued_digits_end(const struct sl_look *look, uint32_t at);

// Behind the digits that begin at `at`, however they are parted, as far as a run of them goes; how
// many they are. `at` itself where they are more than `max`.
uint32_t sl_cued_run_end(const struct sl_look *look, uint32_t at, uint32_t max,
                         uint32_t *ret_count);

// The cue is part of a handle or hashtag: "@user", "#pin".
bool sl_cued_cue_in_handle(const struct sl_look *look, const struct sl_cue *cue);

// True when bytes [start, end) are one of these folded words, parted by '|'.
bool sl_cued_listed(const struct sl_look *look, uint32_t start, uint32_t end, const char *words);

// The same with words[i] those that begin with the letter 'a' + i, NULL none: quicker for many.
bool sl_cued_among(const struct sl_look *look, uint32_t start, uint32_t end,
                   const char *const words[26]);

#endif
