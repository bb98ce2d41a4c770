// SPDX-License-Identifier: Apache-2.0
#include "wordbook.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 4096

// Of 64 bits into which n authors are hashed, 64 * (1 - e^(-n / 64)) are set on average: 17 for 20.
#define AUTHORS_BITS 17

static struct sl_wordbook_word *slot_of(struct sl_wordbook_word *slots, uint32_t slots_count,
                                        uint64_t hash) {
    uint32_t at = (uint32_t)hash & (slots_count - 1);
    while (slots[at].hash != 0 && slots[at].hash != hash) {
        at = (at + 1) & (slots_count - 1);
    }
    return &slots[at];
}

static bool grow(struct sl_wordbook *vocabulary) {
    uint32_t slots_count = vocabulary->slots_count == 0 ? SLOTS_FIRST : 2 * vocabulary->slots_count;
    struct sl_wordbook_word *slots = calloc(slots_count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < vocabulary->slots_count; i++) {
        if (vocabulary->slots[i].hash != 0) {
            *slot_of(slots, slots_count, vocabulary->slots[i].hash) = vocabulary->slots[i];
        }
    }
    free(vocabulary->slots);
    vocabulary->slots = slots;
    vocabulary->slots_count = slots_count;
    return true;
}

bool sl_wordbook_add(struct sl_wordbook *vocabulary, uint64_t hash, const char *word, size_t len,
                     uint64_t author) {
    if (hash == 0 || len > SL_WORDBOOK_WORD_BYTES) {
        return true;
    }
    if (2 * vocabulary->count >= vocabulary->slots_count && !grow(vocabulary)) {
        return false;
    }
    struct sl_wordbook_word *slot = slot_of(vocabulary->slots, vocabulary->slots_count, hash);
    if (slot->hash == 0) {
        if (vocabulary->count == SL_WORDBOOK_WORDS_MAX) {
            return true;
        }
        vocabulary->count++;
        slot->hash = hash;
        slot->len = (uint8_t)len;
        memcpy(slot->word, word, len);
    }
    slot->posts++;
    slot->authors |= UINT64_C(1) << (author >> 58);
    return true;
}

bool sl_wordbook_is_common(const struct sl_wordbook_word *word) {
    return word->posts >= SL_WORDBOOK_LEAST && __builtin_popcountll(word->authors) >= AUTHORS_BITS;
}

void sl_wordbook_done(struct sl_wordbook *vocabulary) {
    free(vocabulary->slots);
    *vocabulary = (struct sl_wordbook){0};
}
