// SPDX-License-Identifier: Apache-2.0
#include "phrases/lexicon.h"

#include <stdlib.h>

#define KEYS_A_BUCKET 4
#define TRIES_MAX     16 // of other hashes; two keys of one bucket may go together in one of them

// The keys of a table while it is made, in order of their buckets.
struct keys {
    struct sl_word_entry *entries;
    uint32_t *buckets; // by bucket: where its keys begin; and the end of the last
    uint32_t *order;   // buckets, those of most keys first
    uint32_t count, buckets_count;
};

static void keys_done(struct keys *keys) {
    free(keys->entries);
    free(keys->buckets);
    free(keys->order);
}

static uint64_t key_of(const struct sl_lexicon *lexicon, const struct sl_symbol *symbol) {
    char padded[SL_SYMBOL_BYTES_MAX + SL_WORD_KEY_BYTES] = {0};
    memcpy(padded, lexicon->texts + symbol->text, symbol->len);
    return sl_word_key(padded, symbol->len);
}

static uint32_t buckets_of(const struct sl_word_table *table) {
    return (uint32_t)1 << (64 - table->displacement_shift);
}

static uint32_t bucket_of(const struct sl_word_table *table, uint64_t key) {
    return (uint32_t)(key * table->multiplier >> table->displacement_shift);
}

static bool keys_init(struct keys *keys, const struct sl_lexicon *lexicon, uint32_t symbols_count,
                      enum sl_symbol_kind kind, const uint32_t *starts) {
    keys->entries = calloc(symbols_count + 1, sizeof *keys->entries);
    for (uint32_t i = 1; keys->entries != NULL && i < symbols_count; i++) {
        if (lexicon->symbols[i].kind == kind) {
            keys->entries[keys->count++] =
                (struct sl_word_entry){.key = key_of(lexicon, &lexicon->symbols[i]),
                                       .known = (uint64_t)starts[i] << 32 | i};
        }
    }
    return keys->entries != NULL;
}

// Counting sorts: keys by bucket, then buckets by how many keys they have.
static bool sort_keys(struct keys *keys, const struct sl_word_table *table) {
    uint32_t count = buckets_of(table);
    struct sl_word_entry *sorted = calloc(keys->count + 1, sizeof *sorted);
    free(keys->buckets);
    free(keys->order);
    keys->buckets = calloc(count + 2, sizeof *keys->buckets);
    keys->order = calloc(count, sizeof *keys->order);
    keys->buckets_count = count;
    if (sorted == NULL || keys->buckets == NULL || keys->order == NULL) {
        free(sorted);
        return false;
    }
    uint32_t *ends = keys->buckets + 1; // becomes the beginning of the next
    for (uint32_t i = 0; i < keys->count; i++) {
        ends[bucket_of(table, keys->entries[i].key) + 1]++;
    }
    for (uint32_t i = 1; i <= count; i++) {
        ends[i] += ends[i - 1];
    }
    for (uint32_t i = 0; i < keys->count; i++) {
        sorted[ends[bucket_of(table, keys->entries[i].key)]++] = keys->entries[i];
    }
    free(keys->entries);
    keys->entries = sorted;
    uint32_t filled = 0, most = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t own = keys->buckets[i + 1] - keys->buckets[i];
        most = own > most ? own : most;
    }
    for (uint32_t size = most + 1; size-- > 0;) {
        for (uint32_t i = 0; i < count; i++) {
            if (keys->buckets[i + 1] - keys->buckets[i] == size) {
                keys->order[filled++] = i;
            }
        }
    }
    return true;
}

// Whether the keys of a bucket fall on free entries, and apart; then they are put there.
static bool place_bucket(struct sl_word_table *table, const struct sl_word_entry *entries,
                         uint32_t count) {
    uint32_t put = 0;
    while (put < count) {
        struct sl_word_entry *entry = &table->entries[sl_word_place(table, entries[put].key)];
        if (entry->key != 0) {
            break;
        }
        *entry = entries[put++];
    }
    bool all = put == count;
    while (!all && put > 0) {
        table->entries[sl_word_place(table, entries[--put].key)] = (struct sl_word_entry){0};
    }
    return all;
}

static bool place_keys(struct sl_word_table *table, const struct keys *keys) {
    for (uint32_t i = 0; i < keys->buckets_count; i++) {
        uint32_t bucket = keys->order[i], first = keys->buckets[bucket];
        uint32_t count = keys->buckets[bucket + 1] - first, tried = 0;
        while (!place_bucket(table, keys->entries + first, count)) {
            if (tried++ == UINT16_MAX) {
                return false;
            }
            table->displacements[bucket] = (uint16_t)tried;
        }
    }
    return true;
}

static bool take_room(struct sl_word_table *table) {
    free(table->entries);
    free(table->displacements);
    table->entries = calloc((size_t)table->last + 1, sizeof *table->entries);
    table->displacements = calloc(buckets_of(table), sizeof *table->displacements);
    return table->entries != NULL && table->displacements != NULL;
}

static bool table_init(struct sl_word_table *table, const struct sl_lexicon *lexicon,
                       uint32_t symbols_count, enum sl_symbol_kind kind, const uint32_t *starts) {
    struct keys keys = {0};
    bool made = false;
    bool able = keys_init(&keys, lexicon, symbols_count, kind, starts);
    table->last = 1;
    while (table->last < 2 * keys.count) {
        table->last = 2 * table->last + 1;
    }
    table->displacement_shift = 63;
    while (KEYS_A_BUCKET * buckets_of(table) < keys.count) {
        table->displacement_shift--;
    }
    table->multiplier = SL_WORD_HASH;
    for (int i = 0; able && !made && i < TRIES_MAX; i++) {
        able = take_room(table) && sort_keys(&keys, table);
        made = able && place_keys(table, &keys);
        table->multiplier += made ? 0 : 2 * SL_WORD_HASH;
    }
    keys_done(&keys);
    return made;
}

static void note_stem(struct sl_lexicon *lexicon, const struct sl_symbol *symbol) {
    const char *text = lexicon->texts + symbol->text;
    if (symbol->len < SL_STEM_FILTER_BYTES) {
        lexicon->short_stems[(unsigned char)*text] |= (uint8_t)(1u << symbol->len);
    } else {
        char padded[SL_STEM_BYTES_MAX + SL_WORD_KEY_BYTES] = {0};
        memcpy(padded, text, symbol->len);
        lexicon->long_stems[sl_stem_slot(padded)] |=
            (uint16_t)(1u << (symbol->len - SL_STEM_FILTER_BYTES));
    }
}

bool sl_lexicon_init(struct sl_lexicon *lexicon, struct sl_vocabulary *vocabulary,
                     const uint32_t *starts) {
    uint32_t count = vocabulary->count;
    lexicon->symbols = vocabulary->symbols;
    lexicon->texts = vocabulary->texts;
    lexicon->symbols_bytes = vocabulary->room * sizeof *vocabulary->symbols;
    lexicon->texts_bytes = vocabulary->texts_room;
    vocabulary->symbols = NULL;
    vocabulary->texts = NULL;
    for (uint32_t i = 1; i < count; i++) {
        if (lexicon->symbols[i].kind == SL_SYMBOL_STEM) {
            note_stem(lexicon, &lexicon->symbols[i]);
        } else if (lexicon->symbols[i].kind == SL_SYMBOL_TAIL) {
            lexicon->tail_lengths |= 1u << lexicon->symbols[i].len;
        } else if (lexicon->symbols[i].kind == SL_SYMBOL_WITHIN) {
            lexicon->within_lengths |= 1u << lexicon->symbols[i].len;
        }
    }
    return table_init(&lexicon->words, lexicon, count, SL_SYMBOL_WORD, starts) &&
           table_init(&lexicon->stems, lexicon, count, SL_SYMBOL_STEM, starts) &&
           table_init(&lexicon->tails, lexicon, count, SL_SYMBOL_TAIL, starts) &&
           table_init(&lexicon->within, lexicon, count, SL_SYMBOL_WITHIN, starts);
}

static size_t table_bytes(const struct sl_word_table *table) {
    return ((size_t)table->last + 1) * sizeof *table->entries +
           buckets_of(table) * sizeof *table->displacements;
}

size_t sl_lexicon_bytes(const struct sl_lexicon *lexicon) {
    return table_bytes(&lexicon->words) + table_bytes(&lexicon->stems) +
           table_bytes(&lexicon->tails) + table_bytes(&lexicon->within) + lexicon->symbols_bytes +
           lexicon->texts_bytes;
}

void sl_lexicon_done(struct sl_lexicon *lexicon) {
    struct sl_word_table *tables[] = {&lexicon->words, &lexicon->stems, &lexicon->tails,
                                      &lexicon->within};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        free(tables[i]->entries);
        free(tables[i]->displacements);
    }
    free(lexicon->symbols);
    free(lexicon->texts);
    *lexicon = (struct sl_lexicon){0};
}
