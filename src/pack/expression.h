// SPDX-License-Identifier: Apache-2.0
//
// pack/expression.h - from what people write to an expression that is safe to scan blocks with.
//
// Two languages go in: phrases, for everyone, and raw patterns, for what phrases cannot say. One
// comes out: Hyperscan's, restricted to constructs that never consume a newline and never tell a
// newline from the border of a text. It is matched on words views (text/words.h), which hold no
// newline, so the matches in views joined by newlines are exactly the matches in each view alone.
//
// A phrase:
//     word          that word, whole
//     stem*         a word that begins so ("funzion*": funziona, funzionano)
//     *tail         a word that ends so
//     (word)        may be there or not; (a|b c) one of them, or nothing
//     {a|b c|d}     exactly one of them
//     … or ...      up to SL_PHRASE_GAP_BYTES bytes (about eight words) in between, or none; before
//                   a ? that ends the phrase, up to SL_PHRASE_QUESTION_BYTES
//     <name>        exactly one of the word group of that name
//     ^ word        the word begins a sentence, mentions (@name) aside
// A phrase's words are turned into a words view like a text's: folded, and without the
// space , ' " ( ) / : * & + < > ~ - between them. So "non funziona" finds "non, funziona" and
// "non *funziona*", and "c'è" is "c" and "e"; but not "certo che non. Funziona tutto", because any
// other sign (". ? ! ; # @", an emoji) is a token of its own. A gap stays within a sentence. Groups
// do not nest.
//
// A word of ASCII letters, digits and _ is found whole. A token of signs or of another script is
// found inside longer ones too.
//
// An optional group at the edge of a phrase or beside a gap decides nothing and is left out of the
// expression. Of a phrase that tells where another does not count, the end matters too: there an
// optional group stays, and a gap at an edge, refused elsewhere, lets it reach that far further.
//
// A word group is a list of words, stems and sequences of them, which may name groups that were
// made before. It is written out where it is named: in the four forms that its place can ask for.
//
// The plain form of a phrase finds what its expression finds, and says it in words, for a matcher
// of words (phrases/phrases.h). It is made of these, with a space behind each:
//     word      a token of the view
//     stem*     a token that begins so
//     *tail     a token that ends so
//     *sign*    alone: a token of signs or of another script that holds it
//     { a | b } exactly one of them; they nest, where word groups were named
//     ( a | b ) one of them, or nothing
//     ~         a gap; before a ? that ends the phrase, the longer one
//     ^         at the beginning: a sentence begins, mentions aside
// It has no gaps within alternatives, and where it has gaps, no ends of sentences but in the last
// token.
//
// No function keeps the arguments; all write the result into the arena and need
// sl_fold_init.
#ifndef SL_PACK_EXPRESSION_H
#define SL_PACK_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "pack/pack.h"
#include "pack/regex.h"

#define SL_PHRASE_BYTES_MAX        500 // of a phrase and of a raw pattern
#define SL_PHRASE_ALTERNATIVES_MAX 64
#define SL_PHRASE_GAPS_MAX         4
#define SL_PHRASE_GAP_BYTES        48
#define SL_PHRASE_QUESTION_BYTES   240
#define SL_WORD_GROUPS_MAX         256
#define SL_RAW_DEPTH_MAX           16
#define SL_RAW_REPEAT_MAX          200  // the largest number in { }
#define SL_RAW_STATES_MAX          2000 // characters of a raw pattern with its repeats written out

struct sl_expression {
    const char *regex;           // in the arena
    const char *behind_mentions; // of a phrase with ^: the same behind mentions; else NULL
    const char *plain;           // of a phrase; NULL: that form cannot say it
    // Of a phrase that ends with "… ?", the same up to the gap: what is found there is found by the
    // whole when sl_words_asks says so of its end, which is far cheaper. Else NULL.
    const char *asked, *asked_behind_mentions;
    bool multiline; // needs ^ and $ to mean the borders of lines
    // Of SL_PHRASE_UNLESS: it reaches SL_PHRASE_GAP_BYTES further within the sentence.
    bool reaches_back, reaches_on;
};

enum sl_phrase_use {
    SL_PHRASE_FINDS,
    SL_PHRASE_UNLESS, // its extent takes others away
};

struct sl_word_group {
    struct sl_pack_word_group *known_as;
    const char *regex[2][2]; // [it begins an expression][it ends one]
    const char *plain;       // or NULL
};

struct sl_word_groups {
    const struct sl_word_group *list;
    uint32_t count;
};

// A word group while it is made: start, add each entry, end.
struct sl_word_group_draft {
    struct sl_regex regex[2][2], plain;
    bool sayable; // by the plain form
    uint32_t entries_count;
};

// On failure the error is one line without a place, `expected …, found …`, and *ret_column counts
// bytes of the phrase from 1.
int sl_expression_from_words(const char *phrase, const struct sl_word_groups *groups,
                             enum sl_phrase_use use, struct sl_arena *arena, struct sl_error *error,
                             size_t *ret_column, struct sl_expression *ret_expression);

// The same for SL_PHRASE_FINDS, without word groups.
int sl_expression_from_phrase(const char *phrase, struct sl_arena *arena, struct sl_error *error,
                              size_t *ret_column, struct sl_expression *ret_expression);

void sl_word_group_start(struct sl_word_group_draft *draft);
int sl_word_group_add(struct sl_word_group_draft *draft, const char *entry,
                      const struct sl_word_groups *groups, struct sl_error *error,
                      size_t *ret_column);
// False: the group is too long, or the arena is full.
bool sl_word_group_end(struct sl_word_group_draft *draft, struct sl_arena *arena,
                       struct sl_word_group *group);

// Reads a raw pattern construct by construct, rewrites what can be made safe and refuses the rest;
// raw.c holds the table of constructs with the reason for each. Patterns that match the empty
// string are refused, and so are characters that no folded text holds.
int sl_expression_from_raw(const char *pattern, struct sl_arena *arena, struct sl_error *error,
                           size_t *ret_column, struct sl_expression *ret_expression);

#endif
