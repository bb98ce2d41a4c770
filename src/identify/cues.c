// SPDX-License-Identifier: Apache-2.0
#include "identify/cues.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "identify/letters.h"

#define LABEL_MAX 32

// Cues are kept by their key: the letters of their first word, as far as eight; of a stem, the four
// that it has at least. A set of bits over the first four says no to most words of a text before
// the table is asked.
#define KEY_LETTERS    8
#define FILTER_LETTERS 4
#define STEM_KEY       (UINT64_C(1) << 63) // no letter has this bit
#define FILTER_BITS    15
#define ENTRIES_MAX    4096
#define NO_CUE         UINT16_MAX

struct entry {
    const char *text;
    uint64_t key; // 0: it does not begin with a letter
    // A quick no. Of a stem its first bytes; of others the first ones of the word behind the key.
    uint64_t head, head_mask;
    uint16_t len;
    bool stem;
    bool is_key; // it is its key and nothing else
    uint32_t strong, weak, against, senses;
};

// The first entry of a key. The tag, of the key's hash, says no without a look at the entry, unless
// the slot is the first for a key that stands in a later one, too.
struct slot {
    uint16_t tag : 15, shared : 1;
    uint16_t entry;
};

struct index {
    struct entry *entries; // by key
    uint32_t entries_count;
    uint32_t keyless_count; // these stand first
    struct slot *slots;     // twice as many as keys, or more
    uint32_t slots_mask;
    uint64_t filter[(1u << FILTER_BITS) / 64];
};

struct sl_cue_table {
    struct index all, telling;
};

static bool is_letter(unsigned char c) {
    return (unsigned char)(c - 'a') < 26;
}

static bool is_digit(unsigned char c) {
    return (unsigned char)(c - '0') < 10;
}

static bool is_word(unsigned char c) {
    return is_letter(c) || is_digit(c);
}

// The table.

static uint64_t first_letters(uint64_t letters, uint32_t count) {
    return count >= 8 ? letters : letters & ((UINT64_C(1) << 8 * count) - 1);
}

// Of what stands in the first eight bytes, the letters that nothing parts.
static uint64_t leading_letters(uint64_t word) {
    // The top bit of every byte that is no letter.
    uint64_t others = ~sl_letters_range(word, 'a', 'z') & SL_LETTERS_TOPS;
    uint64_t first = others & -others;
    return first == 0 ? word : word & ((first >> 7) - 1);
}

// Up to eight bytes of a cue from `at` on, as far as the next space.
static uint64_t head_of(const char *text, size_t len, size_t at, uint64_t *ret_mask) {
    uint64_t head = 0;
    *ret_mask = 0;
    for (uint32_t i = 0; i < 8 && at + i < len && text[at + i] != ' '; i++) {
        head |= (uint64_t)(unsigned char)text[at + i] << 8 * i;
        *ret_mask |= UINT64_C(0xFF) << 8 * i;
    }
    return head;
}

// The key of a cue of which the first words are joined, `joints` spaces left out.
static void set_key(struct entry *entry, uint32_t joints) {
    uint32_t letters = 0;
    size_t at = 0;
    entry->key = 0;
    for (; at < entry->len && letters < KEY_LETTERS; at++) {
        if (is_letter((unsigned char)entry->text[at])) {
            entry->key |= (uint64_t)(unsigned char)entry->text[at] << 8 * letters++;
        } else if (entry->text[at] != ' ' || joints-- == 0) {
            break;
        }
    }
    bool ends = at == entry->len;
    entry->is_key = ends && !entry->stem && letters < KEY_LETTERS;
    entry->head = entry->head_mask = 0;
    if (ends && entry->stem && letters >= FILTER_LETTERS) {
        entry->head = entry->key;
        entry->head_mask = first_letters(~UINT64_C(0), letters);
        entry->key = first_letters(entry->key, FILTER_LETTERS) | STEM_KEY;
    } else if (!ends && letters < KEY_LETTERS && entry->text[at] == ' ') {
        entry->head = head_of(entry->text, entry->len, at + 1, &entry->head_mask);
    }
}

static uint64_t hash_of(uint64_t key) {
    return key * UINT64_C(0x9E3779B97F4A7C15);
}

// Adds one cue, under the key of each way to join its words ("c f", "cf"). Where `entries` is NULL
// it is only counted.
static uint32_t add_cue_text(const char *text, size_t len, struct entry says,
                             struct entry *entries) {
    says.stem = len > FILTER_LETTERS && text[len - 1] == '*';
    says.text = text;
    says.len = (uint16_t)(len - says.stem);
    uint64_t last = 0;
    for (uint32_t count = 0;; count++) {
        set_key(&says, count);
        if (count > 0 && says.key == last) {
            return count;
        }
        if (entries != NULL) {
            entries[count] = says;
        }
        last = says.key;
    }
}

// "a|b|c*"
static uint32_t add_list(const char *words, struct entry says, struct entry *entries) {
    uint32_t count = 0;
    while (words != NULL && *words != '\0') {
        size_t len = strcspn(words, "|");
        SL_ASSERT(is_letter((unsigned char)words[0]));
        count += add_cue_text(words, len, says, entries == NULL ? NULL : entries + count);
        words += len + (words[len] == '|');
    }
    return count;
}

static uint32_t add_source(const struct sl_cue_source *source, uint32_t bit,
                           struct entry *entries) {
    const struct entry strong = {.strong = bit}, weak = {.weak = bit}, against = {.against = bit};
    uint32_t count = add_list(source->words.strong, strong, entries);
    count += add_list(source->words.weak, weak, entries == NULL ? NULL : entries + count);
    count += add_list(source->words.against, against, entries == NULL ? NULL : entries + count);
    for (uint32_t i = 0; i < source->extra_count; i++) {
        struct sl_str extra = source->extra[i];
        if (extra.len > 0 && extra.len <= UINT16_MAX) {
            count += add_cue_text(extra.data, extra.len, strong,
                                  entries == NULL ? NULL : entries + count);
        }
    }
    return count;
}

static uint32_t add_all(const struct sl_cue_source sources[SL_KINDS_COUNT],
                        const char *const senses[32], struct entry *entries) {
    uint32_t count = 0;
    for (uint32_t kind = 0; kind < SL_KINDS_COUNT; kind++) {
        count += add_source(&sources[kind], 1u << kind, entries == NULL ? NULL : entries + count);
    }
    for (uint32_t sense = 0; sense < 32; sense++) {
        const struct entry says = {.senses = 1u << sense};
        count += add_list(senses[sense], says, entries == NULL ? NULL : entries + count);
    }
    return count;
}

static int compare_entries(const void *a, const void *b) {
    const struct entry *left = a, *right = b;
    if (left->key != right->key) {
        return left->key < right->key ? -1 : 1;
    }
    if (left->stem != right->stem) {
        return left->stem ? -1 : 1;
    }
    size_t len = left->len < right->len ? left->len : right->len;
    int order = memcmp(left->text, right->text, len);
    return order != 0 ? order : (int)left->len - (int)right->len;
}

// The same words for several kinds are one entry.
static uint32_t merge_entries(struct entry *entries, uint32_t count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct entry *last = kept > 0 ? &entries[kept - 1] : NULL;
        if (last != NULL && compare_entries(last, &entries[i]) == 0) {
            last->strong |= entries[i].strong;
            last->weak |= entries[i].weak;
            last->against |= entries[i].against;
            last->senses |= entries[i].senses;
        } else {
            entries[kept++] = entries[i];
        }
    }
    return kept;
}

static uint32_t filter_bit(uint32_t letters) {
    return letters * 0x9E3779B1u >> (32 - FILTER_BITS);
}

static uint32_t first_slot(const struct index *index, uint64_t hash) {
    return (uint32_t)(hash >> 40) & index->slots_mask;
}

static uint32_t tag_of(uint64_t hash) {
    return hash >> 24 & 0x7FFF;
}

// Whether it may be worth a look for the key; without a branch.
static uint32_t may_stand(const struct index *index, uint64_t key) {
    uint64_t hash = hash_of(key);
    struct slot slot = index->slots[first_slot(index, hash)];
    return (uint32_t)(slot.tag == tag_of(hash)) | slot.shared;
}

// The slot of a key, or the free one where it would stand.
static uint32_t find_slot(const struct index *index, uint64_t key) {
    uint64_t hash = hash_of(key);
    uint32_t at = first_slot(index, hash);
    for (;; at = (at + 1) & index->slots_mask) {
        const struct slot *slot = &index->slots[at];
        if (slot->entry == NO_CUE ||
            (slot->tag == tag_of(hash) && index->entries[slot->entry].key == key)) {
            return at;
        }
    }
}

static void add_key(struct index *index, uint64_t key, uint32_t entry) {
    uint64_t hash = hash_of(key);
    uint32_t bit = filter_bit((uint32_t)first_letters(key, FILTER_LETTERS));
    index->filter[bit / 64] |= UINT64_C(1) << bit % 64;
    uint32_t first = first_slot(index, hash), at = find_slot(index, key);
    index->slots[at].tag = tag_of(hash) & 0x7FFF;
    index->slots[at].entry = (uint16_t)entry;
    index->slots[first].shared |= at != first;
}

// Takes over the entries. False: no memory.
static bool fill_index(struct index *index, struct entry *entries, uint32_t count) {
    qsort(entries, count, sizeof *entries, compare_entries);
    index->entries = entries;
    index->entries_count = merge_entries(entries, count);
    uint32_t slots_count = 2;
    while (slots_count < 2 * index->entries_count) {
        slots_count *= 2;
    }
    index->slots = malloc(slots_count * sizeof *index->slots);
    if (index->slots == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < slots_count; i++) {
        index->slots[i] = (struct slot){.entry = NO_CUE};
    }
    index->slots_mask = slots_count - 1;
    uint64_t last = 0;
    for (uint32_t i = 0; i < index->entries_count; i++) {
        uint64_t key = entries[i].key;
        if (key == 0) {
            index->keyless_count++;
        } else if (key != last) {
            add_key(index, key, i);
        }
        last = key;
    }
    return true;
}

static uint32_t keep_telling(struct entry *entries, uint32_t count, uint32_t telling) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if ((entries[i].senses & SL_SENSES_TELLING) != 0 || (entries[i].strong & telling) != 0) {
            entries[kept++] = entries[i];
        }
    }
    return kept;
}

int sl_cue_table_open(const struct sl_cue_source sources[SL_KINDS_COUNT],
                      const char *const senses[32], uint32_t telling, struct sl_error *error,
                      struct sl_cue_table **ret_table) {
    uint32_t count = add_all(sources, senses, NULL);
    if (count > ENTRIES_MAX) {
        return sl_error_set(error, "the pack has too many cues: %u with the built-in ones, %u fit",
                            count, ENTRIES_MAX);
    }
    struct sl_cue_table *table = calloc(1, sizeof *table);
    struct entry *all = calloc(count, sizeof *all), *some = calloc(count, sizeof *some);
    bool filled = table != NULL && all != NULL && some != NULL;
    if (filled) {
        add_all(sources, senses, all);
        add_all(sources, senses, some);
        filled = fill_index(&table->telling, some, keep_telling(some, count, telling));
        filled &= fill_index(&table->all, all, count);
    } else {
        free(all);
        free(some);
    }
    if (!filled) {
        sl_cue_table_close(table);
        return sl_error_set(error, "no memory for %u cues", count);
    }
    *ret_table = table;
    return SL_OK;
}

void sl_cue_table_close(struct sl_cue_table *table) {
    if (table != NULL) {
        free(table->all.entries);
        free(table->all.slots);
        free(table->telling.entries);
        free(table->telling.slots);
        free(table);
    }
}

// Finding.

// Where the cue that begins at `at` ends, 0 when it does not stand there.
static uint32_t match_cue(const struct entry *cue, const unsigned char *bytes, uint32_t at,
                          uint32_t len) {
    for (uint32_t i = 0; i < cue->len; i++) {
        if (cue->text[i] == ' ') {
            for (uint32_t gap = 0; gap < 3 && at < len && !is_word(bytes[at]); gap++) {
                at++;
            }
        } else if (at >= len || bytes[at] != (unsigned char)cue->text[i]) {
            return 0;
        } else {
            at++;
        }
    }
    while (cue->stem && at < len && is_letter(bytes[at])) {
        at++;
    }
    bool whole =
        at == len || !is_letter(bytes[at]) || !is_word((unsigned char)cue->text[cue->len - 1]);
    return whole ? at : 0;
}

bool sl_label_at(const unsigned char *bytes, uint32_t len, uint32_t at) {
    if (at >= len || bytes[at] != '[') {
        return false;
    }
    uint32_t start = at + 1, end = start;
    while (end < len && (is_letter(bytes[end]) || bytes[end] == '_')) {
        end++;
    }
    if (end == len || (bytes[end] != ']' && bytes[end] != ':')) {
        return false;
    }
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        for (int italian = 0; italian < 2; italian++) {
            const char *word = italian != 0 ? sl_kind_italian_word(kind) : sl_kind_word(kind);
            if (strlen(word) == end - start && memcmp(word, bytes + start, end - start) == 0) {
                return true;
            }
        }
    }
    return false;
}

// The word at `at` is one of a label's: "[CRYPTO_WALLET]".
static bool in_label(const unsigned char *bytes, uint32_t len, uint32_t at) {
    uint32_t start = at;
    while (start > 0 && at - start < LABEL_MAX &&
           (bytes[start - 1] == '_' || is_letter(bytes[start - 1]))) {
        start--;
    }
    return start > 0 && sl_label_at(bytes, len, start - 1);
}

static void add_cue(struct sl_cue_list *list, const struct entry *entry, uint32_t start,
                    uint32_t end) {
    if (list->cues_count == list->cues_room) {
        list->overflow = true;
        return;
    }
    list->cues[list->cues_count++] = (struct sl_cue){
        .start = start,
        .end = end,
        .strong = entry->strong,
        .weak = entry->weak,
        .against = entry->against,
        .senses = entry->senses,
    };
    list->strong |= entry->strong;
    list->weak |= entry->weak;
    list->senses |= entry->senses;
}

#define LIKELY_MAX 256

// One text. What was left of the last chunk: whether its last byte was a letter, and how many
// letters and digits stood at its end.
struct search {
    const struct index *index;
    const unsigned char *bytes;
    uint32_t len;
    struct sl_cue_list *list;
    uint64_t letter_before, wide;
    uint32_t word_before;
    uint32_t likely_count; // words that may be cues
    uint32_t likely[LIKELY_MAX];
};

// The first entry of a key, or NO_CUE.
static uint32_t find_key(const struct index *index, uint64_t key) {
    return index->slots[find_slot(index, key)].entry;
}

// Adds the cues of a key, from `first` on, that stand at `at`. `head` are the bytes that tell them
// apart, `key_end` is where the key itself ends.
static void add_cues(const struct search *search, uint32_t first, uint32_t at, uint32_t key_end,
                     uint64_t head) {
    const struct entry *entries = search->index->entries;
    for (uint32_t i = first;
         i < search->index->entries_count && entries[i].key == entries[first].key; i++) {
        if ((head & entries[i].head_mask) != entries[i].head) {
            continue;
        }
        uint32_t end =
            entries[i].is_key ? key_end : match_cue(&entries[i], search->bytes, at, search->len);
        if (end != 0 && !in_label(search->bytes, search->len, at)) {
            add_cue(search->list, &entries[i], at, end);
        }
    }
}

static void add_words(const struct search *search, uint32_t first, uint32_t at, uint64_t letters) {
    uint32_t end = at + (uint32_t)(71 - __builtin_clzll(letters)) / 8;
    uint32_t next = end;
    for (uint32_t gap = 0; gap < 3 && next < search->len && !is_word(search->bytes[next]); gap++) {
        next++;
    }
    add_cues(search, first, at, end, sl_letters_load(search->bytes + next));
}

static uint64_t letters_at(const struct search *search, uint32_t at) {
    return leading_letters(first_letters(sl_letters_load(search->bytes + at), search->len - at));
}

static uint64_t stem_key(uint64_t letters) {
    return first_letters(letters, FILTER_LETTERS) | STEM_KEY;
}

static void look_at_word(const struct search *search, uint32_t at) {
    uint64_t letters = letters_at(search, at);
    uint32_t words = find_key(search->index, letters);
    uint32_t stems = find_key(search->index, stem_key(letters));
    if (words != NO_CUE) {
        add_words(search, words, at, letters);
    }
    if (stems != NO_CUE) {
        add_cues(search, stems, at, 0, letters);
    }
}

static bool may_be_cue(const uint64_t *filter, uint32_t letters) {
    uint32_t bit = filter_bit(letters);
    return (filter[bit / 64] >> bit % 64 & 1) != 0;
}

// Adds the long tokens that have a byte in [from, to).
static void find_tokens(const unsigned char *bytes, uint32_t len, uint32_t from, uint32_t to,
                        struct sl_cue_list *list) {
    uint32_t done = list->tokens_count > 0 ? list->tokens[list->tokens_count - 1].end : 0;
    uint32_t start = from > done ? from : done;
    while (start > done && is_word(bytes[start - 1])) {
        start--;
    }
    while (start < to) {
        uint32_t end = start;
        while (end < len && is_word(bytes[end])) {
            end++;
        }
        if (end - start >= SL_TOKEN_CHARS && list->tokens_count == list->tokens_room) {
            list->overflow = true;
            return;
        }
        if (end - start >= SL_TOKEN_CHARS) {
            list->tokens[list->tokens_count++] = (struct sl_token){start, end};
        }
        start = end + 1;
    }
}

_Static_assert(SL_TOKEN_CHARS == 16, "has_long_run counts to sixteen");

// True when sixteen bits in a row are set, `before` of them in front of this word.
static bool has_long_run(uint64_t bits, uint32_t before) {
    uint64_t runs = bits & bits >> 1;
    runs &= runs >> 2;
    runs &= runs >> 4;
    runs &= runs >> 8;
    return runs != 0 || before + (uint32_t)__builtin_ctzll(~bits | UINT64_C(1) << 63) >= 16;
}

// Cues that begin with a sign or a letter beyond ASCII; only packs bring such.
static void find_keyless(const struct search *search) {
    const struct index *index = search->index;
    const unsigned char *bytes = search->bytes;
    for (uint32_t at = 0; at < search->len; at++) {
        bool inside = at > 0 && is_word(bytes[at]) && is_word(bytes[at - 1]);
        for (uint32_t i = 0; !inside && i < index->keyless_count; i++) {
            uint32_t end = match_cue(&index->entries[i], bytes, at, search->len);
            if (end != 0) {
                add_cue(search->list, &index->entries[i], at, end);
            }
        }
    }
}

static void sort_cues(struct sl_cue_list *list) {
    for (uint32_t i = 1; i < list->cues_count; i++) {
        struct sl_cue cue = list->cues[i];
        uint32_t at = i;
        for (; at > 0 && list->cues[at - 1].start > cue.start; at--) {
            list->cues[at] = list->cues[at - 1];
        }
        list->cues[at] = cue;
    }
}

// A chunk is as many bytes as a word may begin in and have the letters that the filter asks for
// among those that are looked at with it.
#define CHUNK_BYTES (SL_LETTERS_BYTES - FILTER_LETTERS + 1)

// Which words of a text are cues cannot be foretold. So they are asked for without a branch, all by
// their first letters and those that are left by their keys, before any is looked up.
static void ask_for(struct search *search, uint32_t from, uint64_t letters, uint64_t starts) {
    // By which of the first four bytes are letters: those that nothing parts.
    static const uint32_t masks[1u << FILTER_LETTERS] = {
        0, 0xFF, 0, 0xFFFF, 0, 0xFF, 0, 0xFFFFFF, 0, 0xFF, 0, 0xFFFF, 0, 0xFF, 0, 0xFFFFFFFF,
    };
    const unsigned char *bytes = search->bytes + from;
    const uint64_t *filter = search->index->filter;
    uint32_t *likely = search->likely;
    size_t count = search->likely_count;
    for (; starts != 0; starts &= starts - 1) {
        uint64_t at = (uint64_t)__builtin_ctzll(starts);
        uint32_t first;
        memcpy(&first, bytes + at, sizeof first);
        first = le32toh(first) & masks[letters >> at & ((1u << FILTER_LETTERS) - 1)];
        likely[count] = from + (uint32_t)at;
        count += may_be_cue(filter, first);
    }
    search->likely_count = (uint32_t)count;
}

static void look_up_likely(struct search *search) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < search->likely_count; i++) {
        uint32_t at = search->likely[i];
        uint64_t letters = letters_at(search, at);
        search->likely[count] = at;
        count += may_stand(search->index, letters) | may_stand(search->index, stem_key(letters));
    }
    for (uint32_t i = 0; i < count; i++) {
        look_at_word(search, search->likely[i]);
    }
    search->likely_count = 0;
}

// Looks at the words that begin in the chunk at `from`, and at the long tokens.
static void take_chunk(struct search *search, uint32_t from) {
    const uint32_t rest = search->len - from;
    const uint64_t chunk = ~UINT64_C(0) >> (SL_LETTERS_BYTES - CHUNK_BYTES);
    uint64_t fresh = rest < SL_LETTERS_BYTES ? (UINT64_C(1) << rest) - 1 : ~UINT64_C(0);
    struct sl_letters now = sl_letters_in(search->bytes + from);
    uint64_t letters = now.letters & fresh;
    uint64_t words = (now.letters | now.digits) & fresh;
    if (has_long_run(words, search->word_before)) {
        find_tokens(search->bytes, search->len, from,
                    from + (rest < SL_LETTERS_BYTES ? rest : SL_LETTERS_BYTES), search->list);
    }
    search->wide |= now.wide & fresh;
    ask_for(search, from, letters, letters & ~(letters << 1 | search->letter_before) & chunk);
    search->letter_before = letters >> (CHUNK_BYTES - 1) & 1;
    search->word_before = (uint32_t)__builtin_clzll(~(words << (SL_LETTERS_BYTES - CHUNK_BYTES)));
    if (search->likely_count > LIKELY_MAX - CHUNK_BYTES) {
        look_up_likely(search);
    }
}

void sl_cues_find(const struct sl_cue_table *table, bool only_telling, const unsigned char *bytes,
                  uint32_t len, struct sl_cue_list *list) {
    list->table = table;
    list->cues_count = list->tokens_count = 0;
    list->strong = list->weak = list->senses = 0;
    list->overflow = false;
    list->only_telling = only_telling;
    struct search search;
    search.index = only_telling ? &table->telling : &table->all;
    search.bytes = bytes;
    search.len = len;
    search.list = list;
    search.letter_before = search.wide = 0;
    search.word_before = search.likely_count = 0;
    for (uint32_t from = 0; from < len; from += CHUNK_BYTES) {
        take_chunk(&search, from);
    }
    look_up_likely(&search);
    list->wide = search.wide != 0;
    if (search.index->keyless_count > 0) {
        find_keyless(&search);
        sort_cues(list);
    }
}

uint32_t sl_cues_from(const struct sl_cue_list *list, uint32_t at) {
    uint32_t low = 0, high = list->cues_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (list->cues[middle].start < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

enum sl_cue_weight sl_cues_glued(const struct sl_cue_table *table, enum sl_kind kind,
                                 const unsigned char *bytes, uint32_t start) {
    const struct index *index = &table->all;
    const uint32_t bit = 1u << kind;
    uint32_t at = start;
    while (at > 0 && start - at < SL_CUE_REACH_BEFORE && is_letter(bytes[at - 1])) {
        at--;
    }
    uint64_t letters = leading_letters(first_letters(sl_letters_load(bytes + at), start - at));
    const uint64_t keys[] = {letters, stem_key(letters)};
    for (uint32_t k = 0; k < 2; k++) {
        uint32_t first = find_key(index, keys[k]);
        for (uint32_t i = first; i < index->entries_count && index->entries[i].key == keys[k];
             i++) {
            const struct entry *entry = &index->entries[i];
            if (((entry->strong | entry->weak) & bit) != 0 &&
                match_cue(entry, bytes, at, start) == start) {
                return (entry->strong & bit) != 0 ? SL_CUE_STRONG : SL_CUE_WEAK;
            }
        }
    }
    return SL_CUE_NONE;
}
