// SPDX-License-Identifier: Apache-2.0
//
// identify/wordlist.h - words of a text against short lists, for kinds that read on from a cue.
//
// A list is "|one|two|three|". Looking a word up takes as long as the list is, so lists are asked
// only behind a cue, never for each word of a text.
#ifndef SL_IDENTIFY_WORDLIST_H
#define SL_IDENTIFY_WORDLIST_H

#include "identify/kind.h"

// Names of months, Italian and English, whole and cut to three letters.
extern const char sl_wordlist_months[];

bool sl_wordlist_has(const char *list, const unsigned char *word, size_t len);

// Where the letters that begin at `at` end.
uint32_t sl_wordlist_end(const struct sl_look *look, uint32_t at);

// Where the letters that end before `at` begin.
uint32_t sl_wordlist_start(const struct sl_look *look, uint32_t at);

// True when no word or number goes on at `at`. A label in a masked word's place counts as it, so
// that a text masked twice stays as it is.
bool sl_wordlist_ends(const struct sl_look *look, uint32_t at);

// True when the letters that begin at `at` are a word of the list.
bool sl_wordlist_at(const struct sl_look *look, const char *list, uint32_t at);

// Goes on from `at` over signs and at most `max` words of the list, and returns where the first
// letter or digit stands that is none of them; SL_NOWHERE at the end of the text or of the phrase
// (! ? ;), at a label, or where more than four signs stand together.
uint32_t sl_wordlist_skip(const struct sl_look *look, const char *list, uint32_t max, uint32_t at);

#endif
