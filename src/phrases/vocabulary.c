// SPDX-License-Identifier: Apache-2.0
#include "phrases/vocabulary.h"

#include <stdlib.h>

void sl_vocabulary_done(struct sl_vocabulary *vocabulary) {
    free(vocabulary->symbols);
    free(vocabulary->texts);
    free(vocabulary->slots);
    *vocabulary = (struct sl_vocabulary){0};
}

static void put(struct sl_vocabulary *vocabulary, uint32_t symbol) {
    const struct sl_symbol *named = &vocabulary->symbols[symbol];
    uint64_t hash = sl_symbol_hash(named->head, named->len, (enum sl_symbol_kind)named->kind);
    uint32_t last = (1u << vocabulary->slot_bits) - 1;
    uint32_t slot = (uint32_t)hash & last;
    while (vocabulary->slots[slot] != 0) {
        slot = (slot + 1) & last;
    }
    vocabulary->slots[slot] = ((uint32_t)(hash >> 32) & ~SL_SYMBOLS_MAX) | symbol;
}

// At most a third of the slots is taken: most lookups are in vain and end at the first.
static bool grow_slots(struct sl_vocabulary *vocabulary) {
    if (vocabulary->slots != NULL &&
        3 * (size_t)vocabulary->symbols_count < (size_t)1 << vocabulary->slot_bits) {
        return true;
    }
    unsigned bits = vocabulary->slots != NULL ? vocabulary->slot_bits + 1 : 10;
    uint32_t *slots = calloc((size_t)1 << bits, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slot_bits = bits;
    for (uint32_t i = 1; i < vocabulary->symbols_count; i++) {
        put(vocabulary, i);
    }
    return true;
}

static bool grow_symbols(struct sl_vocabulary *vocabulary) {
    if (vocabulary->symbols_count < vocabulary->symbols_room) {
        return true;
    }
    uint32_t room = vocabulary->symbols_room > 0 ? 2 * vocabulary->symbols_room : 1024;
    struct sl_symbol *symbols = realloc(vocabulary->symbols, room * sizeof *symbols);
    if (symbols == NULL) {
        return false;
    }
    vocabulary->symbols = symbols;
    vocabulary->symbols_room = room;
    if (vocabulary->symbols_count == 0) {
        symbols[vocabulary->symbols_count++] = (struct sl_symbol){0};
    }
    return true;
}

static bool grow_texts(struct sl_vocabulary *vocabulary, size_t len) {
    if (vocabulary->texts != NULL && vocabulary->texts_room - vocabulary->texts_len >= len) {
        return true;
    }
    size_t room = 2 * vocabulary->texts_room + len + 4096;
    char *texts = realloc(vocabulary->texts, room);
    if (texts == NULL) {
        return false;
    }
    vocabulary->texts = texts;
    vocabulary->texts_room = room;
    return true;
}

static bool is_too_long(size_t len, enum sl_symbol_kind kind) {
    return len == 0 || len > UINT16_MAX || (kind == SL_SYMBOL_STEM && len > SL_STEM_BYTES_MAX) ||
           (kind == SL_SYMBOL_TAIL && len > SL_TAIL_BYTES_MAX);
}

static void note_length(struct sl_vocabulary *vocabulary, const char *text, size_t len,
                        enum sl_symbol_kind kind) {
    if (kind == SL_SYMBOL_TAIL) {
        vocabulary->tails |= 1u << len;
    } else if (kind == SL_SYMBOL_STEM && len < SL_STEM_FILTER_BYTES) {
        vocabulary->short_stems |= 1u << len;
    } else if (kind == SL_SYMBOL_STEM) {
        vocabulary->stems[sl_stem_slot(text)] |= (uint16_t)(1u << (len - SL_STEM_FILTER_BYTES));
    }
}

uint32_t sl_vocabulary_add(struct sl_vocabulary *vocabulary, const char *text, size_t len,
                           enum sl_symbol_kind kind) {
    if (is_too_long(len, kind) || !grow_symbols(vocabulary) || !grow_slots(vocabulary) ||
        !grow_texts(vocabulary, len)) {
        return 0;
    }
    uint32_t symbol = sl_vocabulary_find(vocabulary, text, len, kind);
    if (symbol != 0 || vocabulary->symbols_count == SL_SYMBOLS_MAX ||
        vocabulary->texts_len > UINT32_MAX - len) {
        return symbol;
    }
    symbol = vocabulary->symbols_count++;
    vocabulary->symbols[symbol] = (struct sl_symbol){.head = sl_symbol_head_of(text, len),
                                                     .text = (uint32_t)vocabulary->texts_len,
                                                     .len = (uint16_t)len,
                                                     .kind = (uint8_t)kind};
    memcpy(vocabulary->texts + vocabulary->texts_len, text, len);
    vocabulary->texts_len += len;
    put(vocabulary, symbol);
    note_length(vocabulary, text, len, kind);
    return symbol;
}
