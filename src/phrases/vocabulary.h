// SPDX-License-Identifier: Apache-2.0
//
// phrases/vocabulary.h - the words, stems and tails that phrases are made of, as numbers: symbols,
// from 1 on. A hash table with a tag in each slot, so that a token which no phrase says costs one
// multiplication and one load.
//
// Who looks up has 16 readable bytes from the text on.
#ifndef SL_PHRASES_VOCABULARY_H
#define SL_PHRASES_VOCABULARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SL_SYMBOL_BITS           20
#define SL_SYMBOLS_MAX           ((1u << SL_SYMBOL_BITS) - 1)
#define SL_SYMBOL_HEAD_BYTES     16
#define SL_STEM_FILTER_BYTES     4 // of a stem that the filter knows by its first bytes
#define SL_STEM_BYTES_MAX        (SL_STEM_FILTER_BYTES + 15)
#define SL_STEM_FILTER_SLOT_BITS 12
#define SL_TAIL_BYTES_MAX        8

enum sl_symbol_kind {
    SL_SYMBOL_WORD,
    SL_SYMBOL_STEM,
    SL_SYMBOL_TAIL,
};

struct sl_symbol_head {
    uint64_t low, high;
};

struct sl_symbol {
    struct sl_symbol_head head; // the first bytes, zeros behind
    uint32_t text;              // where all of them are in texts
    uint32_t start;             // where the automaton goes from its start with this; 0: nowhere
    uint16_t len;
    uint8_t kind;
};

struct sl_vocabulary {
    struct sl_symbol *symbols; // by symbol; the first is none
    uint32_t symbols_count, symbols_room;
    char *texts;
    size_t texts_len, texts_room;
    uint32_t *slots; // a tag above SL_SYMBOL_BITS of a symbol, or 0
    unsigned slot_bits;
    uint32_t short_stems, tails; // bit i: one of i bytes
    // By the first bytes: bit i: a stem of i bytes more.
    uint16_t stems[1u << SL_STEM_FILTER_SLOT_BITS];
};

// The symbol of a text, new where it was not there; 0: out of memory, or the text is longer than
// its kind may be. The text has SL_SYMBOL_HEAD_BYTES readable bytes.
uint32_t sl_vocabulary_add(struct sl_vocabulary *vocabulary, const char *text, size_t len,
                           enum sl_symbol_kind kind);
void sl_vocabulary_done(struct sl_vocabulary *vocabulary);

static inline struct sl_symbol_head sl_symbol_head_of(const void *text, size_t len) {
    static const unsigned char kept[2 * SL_SYMBOL_HEAD_BYTES] = {
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    };
    struct sl_symbol_head head, mask;
    size_t most = len < SL_SYMBOL_HEAD_BYTES ? len : SL_SYMBOL_HEAD_BYTES;
    memcpy(&head, text, sizeof head);
    memcpy(&mask, kept + SL_SYMBOL_HEAD_BYTES - most, sizeof mask);
    head.low &= mask.low;
    head.high &= mask.high;
    return head;
}

static inline uint64_t sl_symbol_hash(struct sl_symbol_head head, size_t len,
                                      enum sl_symbol_kind kind) {
    uint64_t mixed = head.low ^ (head.high * UINT64_C(0x9FB21C651E98DF25)) ^ (len << 2 | kind);
    mixed *= UINT64_C(0x9E3779B97F4A7C15);
    return mixed ^ mixed >> 32;
}

static inline uint32_t sl_vocabulary_find(const struct sl_vocabulary *vocabulary, const void *text,
                                          size_t len, enum sl_symbol_kind kind) {
    struct sl_symbol_head head = sl_symbol_head_of(text, len);
    uint64_t hash = sl_symbol_hash(head, len, kind);
    uint32_t last = (1u << vocabulary->slot_bits) - 1;
    uint32_t tag = (uint32_t)(hash >> 32) & ~SL_SYMBOLS_MAX;
    for (uint32_t slot = (uint32_t)hash & last; vocabulary->slots[slot] != 0;
         slot = (slot + 1) & last) {
        uint32_t found = vocabulary->slots[slot];
        if ((found & ~SL_SYMBOLS_MAX) != tag) {
            continue;
        }
        const struct sl_symbol *symbol = &vocabulary->symbols[found & SL_SYMBOLS_MAX];
        if (symbol->head.low == head.low && symbol->head.high == head.high && symbol->len == len &&
            symbol->kind == kind &&
            (len <= SL_SYMBOL_HEAD_BYTES ||
             memcmp(vocabulary->texts + symbol->text, text, len) == 0)) {
            return found & SL_SYMBOLS_MAX;
        }
    }
    return 0;
}

static inline uint32_t sl_stem_slot(const void *text) {
    uint32_t first;
    memcpy(&first, text, sizeof first);
    return (first * UINT32_C(0x9E3779B1)) >> (32 - SL_STEM_FILTER_SLOT_BITS);
}

// The longest stem that a text of at most `len` bytes begins with, or 0.
static inline uint32_t sl_vocabulary_stem(const struct sl_vocabulary *vocabulary, const void *text,
                                          size_t len) {
    if (len >= SL_STEM_FILTER_BYTES) {
        size_t more = len - SL_STEM_FILTER_BYTES;
        uint32_t lengths = vocabulary->stems[sl_stem_slot(text)];
        lengths &= more < 15 ? (2u << more) - 1 : UINT32_MAX;
        while (lengths != 0) {
            unsigned longest = 31 - (unsigned)__builtin_clz(lengths);
            uint32_t found = sl_vocabulary_find(vocabulary, text, SL_STEM_FILTER_BYTES + longest,
                                                SL_SYMBOL_STEM);
            if (found != 0) {
                return found;
            }
            lengths ^= 1u << longest;
        }
    }
    for (size_t i = SL_STEM_FILTER_BYTES - 1; vocabulary->short_stems != 0 && i > 0; i--) {
        if (i <= len && (vocabulary->short_stems >> i & 1) != 0) {
            uint32_t found = sl_vocabulary_find(vocabulary, text, i, SL_SYMBOL_STEM);
            if (found != 0) {
                return found;
            }
        }
    }
    return 0;
}

#endif
