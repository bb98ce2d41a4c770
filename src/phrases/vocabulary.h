// SPDX-License-Identifier: Apache-2.0
//
// phrases/vocabulary.h - the words and parts of words that phrases are made of, as numbers:
// symbols, from 1 on. While phrases are read; lexicon.h is what tokens are looked up in.
#ifndef SL_PHRASES_VOCABULARY_H
#define SL_PHRASES_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_SYMBOL_BITS      20
#define SL_SYMBOLS_MAX      ((1u << SL_SYMBOL_BITS) - 1)
#define SL_SYMBOL_BYTES_MAX 255
#define SL_STEM_BYTES_MAX   19
#define SL_TAIL_BYTES_MAX   16

enum sl_symbol_kind {
    SL_SYMBOL_WORD,
    SL_SYMBOL_STEM,
    SL_SYMBOL_TAIL,
    SL_SYMBOL_WITHIN, // stands anywhere in a token
};

struct sl_symbol {
    uint32_t text; // where it begins in texts
    uint8_t len;
    uint8_t kind;
};

struct sl_vocabulary {
    struct sl_symbol *symbols; // the first is none
    uint32_t count, room;
    char *texts;
    size_t texts_len, texts_room;
    uint32_t *slots; // symbols by hash
    unsigned slot_bits;
};

// The symbol of a text, new where it was not there; 0: out of memory or room, or the text is longer
// than its kind may be.
uint32_t sl_vocabulary_add(struct sl_vocabulary *vocabulary, const char *text, size_t len,
                           enum sl_symbol_kind kind);
void sl_vocabulary_done(struct sl_vocabulary *vocabulary);

// The longest stem that a symbol begins with, itself aside, or 0.
uint32_t sl_vocabulary_stem_of(const struct sl_vocabulary *vocabulary, uint32_t symbol);

#endif
