// SPDX-License-Identifier: Apache-2.0
#include "suggest_counts.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/hash.h"
#include "model/features.h"
#include "model/veil.h"
#include "text/fold.h"
#include "text/words.h"

#define SKETCH_ROWS 4
#define SKETCH_BITS 20
#define TABLE_SLOTS (2 * SL_PHRASES_MAX)
#define FOLD_BYTES  ((size_t)SL_VEIL_TEXT_BYTES * SL_FOLD_GROWTH)
#define GRAMS_MAX   (SL_FEATURES_TOKENS_MAX * SL_PHRASES_WORDS_MAX)
#define SEEN_SLOTS  (4 * SL_FEATURES_TOKENS_MAX * SL_PHRASES_WORDS_MAX)

struct gram {
    uint64_t hash;
    uint32_t start, len; // bytes of the view
    uint32_t words_count;
};

struct sl_phrases {
    uint32_t least, words_max, groups_count;
    uint64_t posts[SL_CELLS_COUNT];
    uint32_t (*sketches)[SKETCH_ROWS][1u << SKETCH_BITS]; // one a list
    struct sl_phrase *list;
    uint32_t count;
    uint32_t *slots; // of TABLE_SLOTS: index + 1, by hash
    // The text at hand.
    unsigned char *folded, *veiled, *view;
    uint32_t *map;
    struct sl_features *features;
    struct gram *grams; // different ones
    uint32_t grams_count;
    uint32_t *seen; // hash table over `grams`: index + 1 where `seen_in` is this text
    uint64_t *seen_in;
    uint64_t text; // counted from 1
};

int sl_phrases_open(uint32_t least, uint32_t words_max, uint32_t groups_count,
                    struct sl_error *error, struct sl_phrases **ret_phrases) {
    SL_ASSERT(words_max >= 1 && words_max <= SL_PHRASES_WORDS_MAX);
    SL_ASSERT(groups_count <= SL_PHRASES_GROUPS_MAX && least >= 1);
    struct sl_phrases *phrases = calloc(1, sizeof *phrases);
    if (phrases == NULL) {
        return sl_error_set(error, "no memory for phrases");
    }
    phrases->least = least;
    phrases->words_max = words_max;
    phrases->groups_count = groups_count;
    phrases->sketches = calloc(SL_LISTS_COUNT, sizeof *phrases->sketches);
    phrases->list = calloc(SL_PHRASES_MAX, sizeof *phrases->list);
    phrases->slots = calloc(TABLE_SLOTS, sizeof *phrases->slots);
    phrases->folded = malloc(FOLD_BYTES);
    phrases->map = malloc((FOLD_BYTES + 1) * sizeof *phrases->map);
    phrases->veiled = malloc(SL_VEIL_BYTES);
    phrases->view = malloc(SL_WORDS_BYTES(SL_VEIL_BYTES) + SL_FEATURES_PAD_BYTES);
    phrases->features = malloc(sizeof *phrases->features);
    phrases->grams = malloc(GRAMS_MAX * sizeof *phrases->grams);
    phrases->seen = malloc(SEEN_SLOTS * sizeof *phrases->seen);
    phrases->seen_in = calloc(SEEN_SLOTS, sizeof *phrases->seen_in);
    *ret_phrases = phrases;
    if (phrases->sketches == NULL || phrases->list == NULL || phrases->slots == NULL ||
        phrases->folded == NULL || phrases->map == NULL || phrases->veiled == NULL ||
        phrases->view == NULL || phrases->features == NULL || phrases->grams == NULL ||
        phrases->seen == NULL || phrases->seen_in == NULL) {
        sl_phrases_close(phrases);
        return sl_error_set(error, "no memory for phrases");
    }
    return sl_fold_init(error);
}

void sl_phrases_close(struct sl_phrases *phrases) {
    if (phrases == NULL) {
        return;
    }
    for (uint32_t i = 0; i < phrases->count; i++) {
        free(phrases->list[i].text);
    }
    free(phrases->sketches);
    free(phrases->list);
    free(phrases->slots);
    free(phrases->folded);
    free(phrases->map);
    free(phrases->veiled);
    free(phrases->view);
    free(phrases->features);
    free(phrases->grams);
    free(phrases->seen);
    free(phrases->seen_in);
    free(phrases);
}

// From a text to its phrases.

static bool is_word_byte(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || byte == '_' || byte >= 0x80;
}

// Signs part phrases, as hidden tokens do; and so does "phone" of "[phone]", which stands for an
// identifier.
static bool is_word(const struct sl_phrases *phrases, uint32_t i) {
    const struct sl_features *features = phrases->features;
    const struct sl_feature_token *token = &features->tokens[i];
    if (token->veil != 0 || !is_word_byte(phrases->view[token->start])) {
        return false;
    }
    bool opened = i > 0 && phrases->view[token[-1].end - 1] == '[';
    bool hashtag = i > 0 && phrases->view[token[-1].end - 1] == '#';
    bool closed = i + 1 < features->tokens_count && phrases->view[token[1].start] == ']';
    return !(opened && closed) && !hashtag;
}

static void add_gram(struct sl_phrases *phrases, uint32_t first, uint32_t last) {
    uint32_t start = phrases->features->tokens[first].start;
    uint32_t len = phrases->features->tokens[last].end - start;
    if (len > SL_PHRASES_BYTES_MAX) {
        return;
    }
    uint64_t hash = sl_hash64(phrases->view + start, len);
    uint32_t slot = (uint32_t)hash & (SEEN_SLOTS - 1);
    while (phrases->seen_in[slot] == phrases->text) {
        if (phrases->grams[phrases->seen[slot]].hash == hash) {
            return;
        }
        slot = (slot + 1) & (SEEN_SLOTS - 1);
    }
    phrases->seen_in[slot] = phrases->text;
    phrases->seen[slot] = phrases->grams_count;
    phrases->grams[phrases->grams_count++] =
        (struct gram){.hash = hash, .start = start, .len = len, .words_count = last - first + 1};
}

static void read_view(struct sl_phrases *phrases, struct sl_str masked) {
    struct sl_folded folded;
    static const struct sl_refusals none = {0};
    size_t len = masked.len < SL_VEIL_TEXT_BYTES ? masked.len : SL_VEIL_TEXT_BYTES;
    size_t folded_len = sl_fold(masked.data, len, phrases->folded, FOLD_BYTES, phrases->map,
                                FOLD_BYTES + 1, &folded);
    SL_ASSERT(folded_len != SL_FOLD_NO_ROOM);
    size_t veiled_len = sl_veil(phrases->folded, folded_len, NULL, 0, phrases->veiled);
    size_t view_len = sl_words(phrases->veiled, veiled_len, phrases->view, NULL);
    memset(phrases->view + view_len, 0, SL_FEATURES_PAD_BYTES);
    sl_features_read(phrases->view, view_len, &none, phrases->features);
}

static void read_grams(struct sl_phrases *phrases, struct sl_str masked) {
    read_view(phrases, masked);
    phrases->text++;
    phrases->grams_count = 0;
    uint32_t tokens_count = phrases->features->tokens_count;
    for (uint32_t first = 0; first < tokens_count; first++) {
        for (uint32_t last = first;
             last < tokens_count && last < first + phrases->words_max && is_word(phrases, last);
             last++) {
            add_gram(phrases, first, last);
        }
    }
}

// The sketch.

static uint32_t *sketch_cell(const struct sl_phrases *phrases, enum sl_phrase_list list,
                             uint32_t row, uint64_t hash) {
    // Rows by double hashing (Kirsch and Mitzenmacher, 2006).
    uint32_t at = (uint32_t)hash + row * (uint32_t)(hash >> 32 | 1);
    return &phrases->sketches[list][row][at >> (32 - SKETCH_BITS)];
}

static uint32_t estimate(const struct sl_phrases *phrases, enum sl_phrase_list list,
                         uint64_t hash) {
    uint32_t least = UINT32_MAX;
    for (uint32_t row = 0; row < SKETCH_ROWS; row++) {
        uint32_t count = *sketch_cell(phrases, list, row, hash);
        least = count < least ? count : least;
    }
    return least;
}

static uint32_t estimate_most(const struct sl_phrases *phrases, uint64_t hash) {
    uint32_t misses = estimate(phrases, SL_LIST_MISSES, hash);
    uint32_t alarms = estimate(phrases, SL_LIST_ALARMS, hash);
    return misses > alarms ? misses : alarms;
}

void sl_phrases_sketch(struct sl_phrases *phrases, struct sl_str masked, enum sl_phrase_cell cell) {
    if (cell != SL_CELL_MISS && cell != SL_CELL_ALARM) {
        return;
    }
    enum sl_phrase_list list = cell == SL_CELL_MISS ? SL_LIST_MISSES : SL_LIST_ALARMS;
    read_grams(phrases, masked);
    for (uint32_t i = 0; i < phrases->grams_count; i++) {
        uint64_t hash = phrases->grams[i].hash;
        // Raising only the lowest counters keeps the estimate as low as it can be (conservative
        // update: Estan and Varghese, 2002).
        uint32_t count = estimate(phrases, list, hash);
        for (uint32_t row = 0; row < SKETCH_ROWS; row++) {
            uint32_t *at = sketch_cell(phrases, list, row, hash);
            *at = *at == count ? count + 1 : *at;
        }
    }
}

// Exact counts.

static uint32_t find_slot(const struct sl_phrases *phrases, uint64_t hash) {
    uint32_t slot = (uint32_t)(hash >> 20) & (TABLE_SLOTS - 1);
    while (phrases->slots[slot] != 0 && phrases->list[phrases->slots[slot] - 1].hash != hash) {
        slot = (slot + 1) & (TABLE_SLOTS - 1);
    }
    return slot;
}

// Makes room by asking for more posts of each phrase.
static void raise_least(struct sl_phrases *phrases) {
    while (phrases->count == SL_PHRASES_MAX) {
        phrases->least += (phrases->least + 1) / 2;
        uint32_t kept = 0;
        for (uint32_t i = 0; i < phrases->count; i++) {
            if (estimate_most(phrases, phrases->list[i].hash) >= phrases->least) {
                phrases->list[kept++] = phrases->list[i];
            } else {
                free(phrases->list[i].text);
            }
        }
        phrases->count = kept;
    }
    memset(phrases->slots, 0, TABLE_SLOTS * sizeof *phrases->slots);
    for (uint32_t i = 0; i < phrases->count; i++) {
        phrases->slots[find_slot(phrases, phrases->list[i].hash)] = i + 1;
    }
}

// NULL: out of memory.
static struct sl_phrase *add_phrase(struct sl_phrases *phrases, const struct gram *gram) {
    char *text = strndup((const char *)phrases->view + gram->start, gram->len);
    if (text == NULL) {
        return NULL;
    }
    struct sl_phrase *phrase = &phrases->list[phrases->count++];
    *phrase =
        (struct sl_phrase){.hash = gram->hash, .text = text, .words_count = gram->words_count};
    phrases->slots[find_slot(phrases, gram->hash)] = phrases->count;
    return phrase;
}

static void add_value(struct sl_spread *spread, struct sl_str value) {
    if (value.len == 0) {
        spread->unknown = true;
        return;
    }
    uint32_t hash = (uint32_t)sl_hash64(value.data, value.len);
    for (uint8_t i = 0; i < spread->count; i++) {
        if (spread->values[i] == hash) {
            return;
        }
    }
    if (spread->count < SL_PHRASES_SPREAD_MAX) {
        spread->values[spread->count++] = hash;
    }
}

bool sl_phrases_count(struct sl_phrases *phrases, struct sl_str masked, enum sl_phrase_cell cell,
                      const struct sl_str *groups) {
    phrases->posts[cell]++;
    read_grams(phrases, masked);
    for (uint32_t i = 0; i < phrases->grams_count; i++) {
        const struct gram *gram = &phrases->grams[i];
        uint32_t index = phrases->slots[find_slot(phrases, gram->hash)];
        struct sl_phrase *phrase = index > 0 ? &phrases->list[index - 1] : NULL;
        if (phrase == NULL) {
            if (phrases->count == SL_PHRASES_MAX) {
                raise_least(phrases);
            }
            if (estimate_most(phrases, gram->hash) < phrases->least) {
                continue;
            }
            phrase = add_phrase(phrases, gram);
            if (phrase == NULL) {
                return false;
            }
        }
        phrase->posts[cell]++;
        if (cell == SL_CELL_MISS || cell == SL_CELL_ALARM) {
            enum sl_phrase_list list = cell == SL_CELL_MISS ? SL_LIST_MISSES : SL_LIST_ALARMS;
            for (uint32_t g = 0; g < phrases->groups_count; g++) {
                add_value(&phrase->spread[list][g], groups[g]);
            }
        }
    }
    return true;
}

const struct sl_phrase *sl_phrases_all(const struct sl_phrases *phrases, uint32_t *ret_count) {
    *ret_count = phrases->count;
    return phrases->list;
}

const uint64_t *sl_phrases_posts(const struct sl_phrases *phrases) {
    return phrases->posts;
}

uint32_t sl_phrases_least(const struct sl_phrases *phrases) {
    return phrases->least;
}
