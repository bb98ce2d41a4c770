// SPDX-License-Identifier: Apache-2.0
//
// phrases/lexicon.h - what tokens are looked up in: from the bytes of a word to its symbol and to
// where the automaton starts with it.
//
// Words of up to eight bytes are their own keys, longer ones have a hash for one and are compared.
// A table has no collisions: a second, small table says how far to displace the keys of each of its
// buckets so that all fall apart (Tarjan & Yao, Storing a sparse table, 1979; Belazzougui, Botelho
// & Dietzfelbinger, Hash, displace, and compress, 2009). So a look-up is the same few steps
// whatever comes of it: two loads and one comparison.
//
// Who looks up has SL_WORD_KEY_BYTES readable bytes from the text on.
#ifndef SL_PHRASES_LEXICON_H
#define SL_PHRASES_LEXICON_H

#include <endian.h>
#include <string.h>

#include "phrases/vocabulary.h"

#define SL_WORD_KEY_BYTES    8
#define SL_STEM_FILTER_BYTES 4 // by which the filter knows a stem
#define SL_STEM_FILTER_BITS  12
#define SL_WORD_HASH         UINT64_C(0x9E3779B97F4A7C15)
#define SL_WORD_KEY_LONG     1 // the lowest byte of longer words' keys; no token holds it

struct sl_word_entry {
    uint64_t key;   // 0: none
    uint64_t known; // what is known of the word
};

// What is known of a word in one number: its symbol below, where the automaton goes with it above.
static inline uint32_t sl_word_symbol(uint64_t known) {
    return (uint32_t)known;
}

static inline uint32_t sl_word_target(uint64_t known) {
    return (uint32_t)(known >> 32);
}

struct sl_word_table {
    struct sl_word_entry *entries;
    uint16_t *displacements;
    uint64_t multiplier;
    unsigned displacement_shift;
    uint32_t last; // index of an entry
};

struct sl_lexicon {
    struct sl_word_table words, stems, tails, within;
    struct sl_symbol *symbols;
    char *texts;
    size_t symbols_bytes, texts_bytes;
    uint32_t tail_lengths, within_lengths; // bit i: one of i bytes
    // By the first bytes: bit i: a stem of i bytes more.
    uint16_t long_stems[1u << SL_STEM_FILTER_BITS];
    uint8_t short_stems[256]; // by the first byte: bit i: a stem of i bytes
};

// Takes symbols and texts over from the vocabulary. `starts`: by symbol, where the automaton goes.
// False: out of memory, or two words that no table keeps apart; sl_lexicon_done then, too.
bool sl_lexicon_init(struct sl_lexicon *lexicon, struct sl_vocabulary *vocabulary,
                     const uint32_t *starts);
void sl_lexicon_done(struct sl_lexicon *lexicon);
size_t sl_lexicon_bytes(const struct sl_lexicon *lexicon);

static inline uint64_t sl_word_load(const void *text) {
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    return le64toh(bytes);
}

static inline uint64_t sl_word_key(const void *text, size_t len) {
    static const uint64_t bytes[SL_WORD_KEY_BYTES + 1] = {
        0,
        UINT64_C(0xFF),
        UINT64_C(0xFFFF),
        UINT64_C(0xFFFFFF),
        UINT64_C(0xFFFFFFFF),
        UINT64_C(0xFFFFFFFFFF),
        UINT64_C(0xFFFFFFFFFFFF),
        UINT64_C(0xFFFFFFFFFFFFFF),
        UINT64_MAX,
    };
    uint64_t first = sl_word_load(text);
    if (len <= SL_WORD_KEY_BYTES) {
        return first & bytes[len];
    }
    // No token holds the byte FF, which is none of UTF-8.
    uint64_t last = sl_word_load((const char *)text + len - SL_WORD_KEY_BYTES);
    uint64_t mixed = (first * UINT64_C(0x9FB21C651E98DF25) ^ last) * SL_WORD_HASH + len;
    return (mixed ^ mixed >> 32) | UINT64_C(0xFF) << 56;
}

static inline size_t sl_word_place(const struct sl_word_table *table, uint64_t key) {
    uint64_t hash = key * table->multiplier;
    uint32_t displacement = table->displacements[hash >> table->displacement_shift];
    return ((uint32_t)(hash >> 32) + displacement * ((uint32_t)(hash >> 44) | 1)) & table->last;
}

// Whether an entry whose key is that of a text is of that text.
static inline bool sl_word_is(const struct sl_lexicon *lexicon, const struct sl_word_entry *entry,
                              const void *text, size_t len) {
    const struct sl_symbol *symbol = &lexicon->symbols[sl_word_symbol(entry->known)];
    return len <= SL_WORD_KEY_BYTES ||
           (symbol->len == len && memcmp(lexicon->texts + symbol->text, text, len) == 0);
}

// The entry of a text in one of the tables, or NULL.
static inline const struct sl_word_entry *sl_word_find(const struct sl_lexicon *lexicon,
                                                       const struct sl_word_table *table,
                                                       const void *text, size_t len) {
    uint64_t key = sl_word_key(text, len);
    const struct sl_word_entry *entry = &table->entries[sl_word_place(table, key)];
    return entry->key == key && sl_word_is(lexicon, entry, text, len) ? entry : NULL;
}

static inline uint32_t sl_stem_slot(const void *text) {
    return (uint32_t)sl_word_load(text) * UINT32_C(0x9E3779B1) >> (32 - SL_STEM_FILTER_BITS);
}

// The longest stem that a text begins with, or NULL.
static inline const struct sl_word_entry *sl_word_stem(const struct sl_lexicon *lexicon,
                                                       const void *text, size_t len) {
    uint32_t lengths = (uint32_t)lexicon->long_stems[sl_stem_slot(text)] << SL_STEM_FILTER_BYTES |
                       lexicon->short_stems[*(const unsigned char *)text];
    lengths &= len < SL_STEM_BYTES_MAX ? (2u << len) - 1 : UINT32_MAX;
    while (lengths != 0) {
        unsigned longest = 31 - (unsigned)__builtin_clz(lengths);
        const struct sl_word_entry *entry = sl_word_find(lexicon, &lexicon->stems, text, longest);
        if (entry != NULL) {
            return entry;
        }
        lengths ^= 1u << longest;
    }
    return NULL;
}

#endif
