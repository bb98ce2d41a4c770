// SPDX-License-Identifier: Apache-2.0
#include "phrases/vocabulary.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

void sl_vocabulary_done(struct sl_vocabulary *vocabulary) {
    free(vocabulary->symbols);
    free(vocabulary->texts);
    free(vocabulary->slots);
    *vocabulary = (struct sl_vocabulary){0};
}

// Where a text is, or could be put.
static uint32_t *slot_of(const struct sl_vocabulary *vocabulary, const char *text, size_t len,
                         enum sl_symbol_kind kind) {
    uint32_t last = (1u << vocabulary->slot_bits) - 1;
    uint32_t slot = ((uint32_t)sl_hash64(text, len) + kind) & last;
    for (;; slot = (slot + 1) & last) {
        const struct sl_symbol *symbol = &vocabulary->symbols[vocabulary->slots[slot]];
        if (vocabulary->slots[slot] == 0 ||
            (symbol->len == len && symbol->kind == kind &&
             memcmp(vocabulary->texts + symbol->text, text, len) == 0)) {
            return &vocabulary->slots[slot];
        }
    }
}

static bool grow_slots(struct sl_vocabulary *vocabulary) {
    if (vocabulary->slots != NULL && 2 * (size_t)vocabulary->count < (size_t)1
                                                                         << vocabulary->slot_bits) {
        return true;
    }
    unsigned bits = vocabulary->slots != NULL ? vocabulary->slot_bits + 1 : 12;
    uint32_t *slots = calloc((size_t)1 << bits, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slot_bits = bits;
    for (uint32_t i = 1; i < vocabulary->count; i++) {
        const struct sl_symbol *symbol = &vocabulary->symbols[i];
        *slot_of(vocabulary, vocabulary->texts + symbol->text, symbol->len,
                 (enum sl_symbol_kind)symbol->kind) = i;
    }
    return true;
}

static bool grow_symbols(struct sl_vocabulary *vocabulary) {
    if (vocabulary->count < vocabulary->room) {
        return true;
    }
    uint32_t room = vocabulary->room > 0 ? 2 * vocabulary->room : 1024;
    struct sl_symbol *symbols = realloc(vocabulary->symbols, room * sizeof *symbols);
    if (symbols == NULL) {
        return false;
    }
    vocabulary->symbols = symbols;
    vocabulary->room = room;
    if (vocabulary->count == 0) {
        symbols[vocabulary->count++] = (struct sl_symbol){0};
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

uint32_t sl_vocabulary_add(struct sl_vocabulary *vocabulary, const char *text, size_t len,
                           enum sl_symbol_kind kind) {
    static const size_t most[] = {SL_SYMBOL_BYTES_MAX, SL_STEM_BYTES_MAX, SL_TAIL_BYTES_MAX,
                                  SL_TAIL_BYTES_MAX};
    if (len == 0 || len > most[kind] || !grow_symbols(vocabulary) || !grow_slots(vocabulary) ||
        !grow_texts(vocabulary, len)) {
        return 0;
    }
    uint32_t *slot = slot_of(vocabulary, text, len, kind);
    if (*slot == 0 && vocabulary->count < SL_SYMBOLS_MAX) {
        *slot = vocabulary->count++;
        vocabulary->symbols[*slot] = (struct sl_symbol){
            .text = (uint32_t)vocabulary->texts_len, .len = (uint8_t)len, .kind = (uint8_t)kind};
        memcpy(vocabulary->texts + vocabulary->texts_len, text, len);
        vocabulary->texts_len += len;
    }
    return *slot;
}

uint32_t sl_vocabulary_stem_of(const struct sl_vocabulary *vocabulary, uint32_t symbol) {
    const struct sl_symbol *of = &vocabulary->symbols[symbol];
    size_t len = of->len - (of->kind == SL_SYMBOL_STEM);
    uint32_t stem = 0;
    for (len = len < SL_STEM_BYTES_MAX ? len : SL_STEM_BYTES_MAX;
         of->kind <= SL_SYMBOL_STEM && len > 0 && stem == 0; len--) {
        stem = *slot_of(vocabulary, vocabulary->texts + of->text, len, SL_SYMBOL_STEM);
    }
    return stem;
}
