// SPDX-License-Identifier: Apache-2.0
#include "identify/cues.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

#define ADDRESS_REACH 512

// Cues are kept by their key, the first letters of their first word. A set of bits says no to most
// words of a text before the table is asked.
#define KEY_LETTERS 4
#define FILTER_BITS 15
#define SLOT_BITS   12
#define NO_CUE      UINT16_MAX

struct entry {
    const char *text;
    uint32_t key; // 0: it does not begin with a letter
    uint16_t len;
    bool stem;
    uint32_t strong, weak, against, senses;
};

struct sl_cue_table {
    struct entry *entries; // by key
    uint32_t entries_count;
    uint32_t keyless_count; // these stand first
    uint64_t filter[(1u << FILTER_BITS) / 64];
    uint16_t slots[1u << SLOT_BITS]; // the first entry of a key
};

// Words that make an amount of the number before them.
static const char *const units[] = {
    "gb",      "mb",     "kb",        "tb",        "giga",     "mega",     "mbps",
    "mbit",    "gbps",   "kbps",      "euro",      "eur",      "usd",      "dollari",
    "dollars", "pounds", "sterline",  "cent",      "percento", "minuti",   "minutes",
    "mins",    "mesi",   "months",    "settimane", "weeks",    "anni",     "years",
    "punti",   "points", "km",        "mq",        "kg",       "views",    "visualizzazioni",
    "like",    "likes",  "followers", "follower",  "iscritti", "abitanti", "persone",
    "people",  "users",  "utenti",    "clienti",   "voti",     "milioni",  "miliardi",
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

// The first letters of a cue as a number, KEY_LETTERS at most, up to the first sign that is not one
// of `joints` spaces.
static uint32_t key_of(const char *text, size_t len, uint32_t joints) {
    uint32_t key = 0, letters = 0;
    for (size_t i = 0; i < len && letters < KEY_LETTERS; i++) {
        if (is_letter((unsigned char)text[i])) {
            key |= (uint32_t)(unsigned char)text[i] << 8 * letters++;
        } else if (text[i] != ' ' || joints-- == 0) {
            break;
        }
    }
    return key;
}

static uint32_t hash_of(uint32_t key) {
    return key * 0x9E3779B1u;
}

// Adds one cue, under the key of each way to join its words ("c f", "cf"). Where `entries` is NULL
// it is only counted.
static uint32_t add_cue_text(const char *text, size_t len, struct entry says,
                             struct entry *entries) {
    says.stem = len > KEY_LETTERS && text[len - 1] == '*';
    says.text = text;
    says.len = (uint16_t)(len - says.stem);
    uint32_t count = 0;
    do {
        says.key = key_of(text, says.len, count);
        if (entries != NULL) {
            entries[count] = says;
        }
        count++;
    } while (key_of(text, says.len, count) != says.key);
    return count;
}

// "a|b|c*"
static uint32_t add_words(const char *words, struct entry says, struct entry *entries) {
    uint32_t count = 0;
    while (words != NULL && *words != '\0') {
        size_t len = strcspn(words, "|");
        count += add_cue_text(words, len, says, entries == NULL ? NULL : entries + count);
        words += len + (words[len] == '|');
    }
    return count;
}

static uint32_t add_source(const struct sl_cue_source *source, uint32_t bit,
                           struct entry *entries) {
    const struct entry strong = {.strong = bit}, weak = {.weak = bit}, against = {.against = bit};
    uint32_t count = add_words(source->words.strong, strong, entries);
    count += add_words(source->words.weak, weak, entries == NULL ? NULL : entries + count);
    count += add_words(source->words.against, against, entries == NULL ? NULL : entries + count);
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
        count += add_words(senses[sense], says, entries == NULL ? NULL : entries + count);
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

static void index_entries(struct sl_cue_table *table) {
    memset(table->slots, 0xFF, sizeof table->slots);
    for (uint32_t i = 0; i < table->entries_count; i++) {
        uint32_t key = table->entries[i].key;
        if (key == 0) {
            table->keyless_count++;
            continue;
        }
        if (i > 0 && table->entries[i - 1].key == key) {
            continue;
        }
        uint32_t bit = hash_of(key) >> (32 - FILTER_BITS);
        table->filter[bit / 64] |= UINT64_C(1) << bit % 64;
        uint32_t slot = hash_of(key) >> (32 - SLOT_BITS);
        while (table->slots[slot] != NO_CUE) {
            slot = (slot + 1) % (1u << SLOT_BITS);
        }
        table->slots[slot] = (uint16_t)i;
    }
}

int sl_cue_table_open(const struct sl_cue_source sources[SL_KINDS_COUNT],
                      const char *const senses[32], struct sl_error *error,
                      struct sl_cue_table **ret_table) {
    uint32_t count = add_all(sources, senses, NULL);
    if (count > (1u << SLOT_BITS) / 2) {
        return sl_error_set(error, "the pack has too many cues: %u with the built-in ones, %u fit",
                            count, (1u << SLOT_BITS) / 2);
    }
    struct sl_cue_table *table = calloc(1, sizeof *table);
    struct entry *entries = calloc(count, sizeof *entries);
    if (table == NULL || entries == NULL) {
        free(table);
        free(entries);
        return sl_error_set(error, "no memory for %u cues", count);
    }
    add_all(sources, senses, entries);
    qsort(entries, count, sizeof *entries, compare_entries);
    table->entries = entries;
    table->entries_count = merge_entries(entries, count);
    index_entries(table);
    *ret_table = table;
    return SL_OK;
}

void sl_cue_table_close(struct sl_cue_table *table) {
    if (table != NULL) {
        free(table->entries);
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
    return at == len || !is_letter(bytes[at]) ? at : 0;
}

// "[PHONE]", "[PHONE:k1:…]": a label that the stage itself wrote.
static bool is_label(const unsigned char *bytes, uint32_t len, uint32_t start) {
    if (start == 0 || bytes[start - 1] != '[') {
        return false;
    }
    uint32_t end = start;
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
    list->senses |= entry->senses;
}

// The first entry of a key; entries_count when there is none.
static uint32_t find_key(const struct sl_cue_table *table, uint32_t key) {
    uint32_t slot = hash_of(key) >> (32 - SLOT_BITS);
    while (table->slots[slot] != NO_CUE && table->entries[table->slots[slot]].key != key) {
        slot = (slot + 1) % (1u << SLOT_BITS);
    }
    return table->slots[slot] == NO_CUE ? table->entries_count : table->slots[slot];
}

static void look_up(const struct sl_cue_table *table, const unsigned char *bytes, uint32_t len,
                    uint32_t at, uint32_t key, struct sl_cue_list *list) {
    uint32_t first = find_key(table, key);
    if (first == table->entries_count || is_label(bytes, len, at)) {
        return;
    }
    for (uint32_t i = first; i < table->entries_count && table->entries[i].key == key; i++) {
        uint32_t end = match_cue(&table->entries[i], bytes, at, len);
        if (end != 0) {
            add_cue(list, &table->entries[i], at, end);
        }
    }
}

static uint32_t key_at(const unsigned char *bytes, uint32_t len, uint32_t at) {
    unsigned char letters[KEY_LETTERS] = {0};
    if (len - at >= KEY_LETTERS) {
        memcpy(letters, bytes + at, KEY_LETTERS);
    } else {
        memcpy(letters, bytes + at, len - at);
    }
    uint32_t word;
    memcpy(&word, letters, sizeof word);
    word = le32toh(word);
    // The top bit of every byte that is no letter, and of every byte behind one.
    const uint32_t tops = 0x80808080u;
    uint32_t low = word & ~tops;
    uint32_t letter = (low + (0x80 - 'a') * 0x01010101u) & ~(low + (0x7F - 'z') * 0x01010101u);
    uint32_t others = (~letter | word) & tops;
    uint32_t first = others & -others;
    return first == 0 ? word : word & ((first >> 7) - 1);
}

static void add_token(struct sl_cue_list *list, uint32_t start, uint32_t end) {
    if (end - start < SL_TOKEN_CHARS) {
        return;
    }
    if (list->tokens_count == list->tokens_room) {
        list->overflow = true;
        return;
    }
    list->tokens[list->tokens_count++] = (struct sl_token){start, end};
}

// The top bit of each of eight bytes that is a letter, and of each that is a digit.
static uint64_t letters_in(uint64_t word) {
    const uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones;
    uint64_t low = word & ~tops;
    return (low + (0x80 - 'a') * ones) & ~(low + (0x7F - 'z') * ones) & ~word & tops;
}

static uint64_t digits_in(uint64_t word) {
    const uint64_t ones = 0x0101010101010101u, tops = 0x80 * ones;
    uint64_t low = word & ~tops;
    return (low + (0x80 - '0') * ones) & ~(low + (0x7F - '9') * ones) & ~word & tops;
}

// Cues that begin with a sign or a letter beyond ASCII; only packs bring such.
static void find_keyless(const struct sl_cue_table *table, const unsigned char *bytes, uint32_t len,
                         struct sl_cue_list *list) {
    for (uint32_t at = 0; table->keyless_count > 0 && at < len; at++) {
        bool inside = at > 0 && is_word(bytes[at]) && is_word(bytes[at - 1]);
        for (uint32_t i = 0; !inside && i < table->keyless_count; i++) {
            uint32_t end = match_cue(&table->entries[i], bytes, at, len);
            if (end != 0) {
                add_cue(list, &table->entries[i], at, end);
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

// What stands in a stretch of up to 64 bytes, a bit for each.
#define STRETCH_BYTES 64

struct stretch {
    uint64_t letters, words; // words: letters and digits
    uint64_t wide;           // not 0: there are bytes beyond ASCII
};

// The top bits of eight bytes as eight bits, the first byte's lowest.
static uint64_t gather(uint64_t tops) {
    return (tops >> 7) * 0x0102040810204080u >> 56;
}

static struct stretch read_stretch(const unsigned char bytes[STRETCH_BYTES]) {
    struct stretch stretch = {0, 0, 0};
    for (uint32_t at = 0; at < STRETCH_BYTES; at += 8) {
        uint64_t word;
        memcpy(&word, bytes + at, sizeof word);
        word = le64toh(word);
        uint64_t letters = letters_in(word);
        stretch.letters |= gather(letters) << at;
        stretch.words |= gather(letters | digits_in(word)) << at;
        stretch.wide |= word & 0x8080808080808080u;
    }
    return stretch;
}

static uint32_t lowest_ones(uint64_t bits) {
    return bits == UINT64_MAX ? STRETCH_BYTES : (uint32_t)__builtin_ctzll(~bits);
}

static uint32_t highest_ones(uint64_t bits) {
    return bits == UINT64_MAX ? STRETCH_BYTES : (uint32_t)__builtin_clzll(~bits);
}

_Static_assert(SL_TOKEN_CHARS == 16, "four steps of doubling");

// A bit where sixteen ones or more begin.
static uint64_t sixteen_ones(uint64_t bits) {
    bits &= bits >> 1;
    bits &= bits >> 2;
    bits &= bits >> 4;
    return bits & bits >> 8;
}

// Adds the tokens that end in the stretch at `at`, of which the first may have begun `run` bytes
// before it. Returns how many of its last bytes may be a token's beginning.
static uint32_t add_tokens(struct sl_cue_list *list, uint64_t words, uint32_t at, uint32_t run) {
    uint32_t first = lowest_ones(words);
    if (first == STRETCH_BYTES) {
        return run + STRETCH_BYTES;
    }
    add_token(list, at - run, at + first);
    uint32_t last = highest_ones(words);
    uint64_t inside = words >> first << first;
    inside = last > 0 ? inside << last >> last : inside;
    for (uint64_t long_ones = sixteen_ones(inside); long_ones != 0;) {
        uint32_t start = (uint32_t)__builtin_ctzll(long_ones);
        uint32_t end = start + lowest_ones(inside >> start);
        add_token(list, at + start, at + end);
        long_ones = long_ones >> end << end;
    }
    return last;
}

// The key of the word at `place` of a stretch, all letters of which that count stand in it.
static uint32_t key_within(const unsigned char *stretch, uint64_t letters, uint32_t place) {
    static const uint32_t masks[] = {0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF};
    uint32_t word;
    memcpy(&word, stretch + place, sizeof word);
    uint64_t others = ~(letters >> place) | 1u << KEY_LETTERS;
    return le32toh(word) & masks[__builtin_ctzll(others)];
}

// Most words are no cues, and which are cannot be foretold: so first all are asked for, without a
// branch, and then those that could be are looked up.
static void look_at_words(const struct sl_cue_table *table, const unsigned char *bytes,
                          uint32_t len, uint32_t at, const unsigned char *stretch, uint64_t letters,
                          uint64_t starts, struct sl_cue_list *list) {
    uint32_t keys[STRETCH_BYTES / 2], places[STRETCH_BYTES / 2], count = 0;
    for (; starts != 0; starts &= starts - 1) {
        uint32_t place = (uint32_t)__builtin_ctzll(starts);
        uint32_t key = place <= STRETCH_BYTES - KEY_LETTERS ? key_within(stretch, letters, place)
                                                            : key_at(bytes, len, at + place);
        uint32_t bit = hash_of(key) >> (32 - FILTER_BITS);
        keys[count] = key;
        places[count] = at + place;
        count += table->filter[bit / 64] >> bit % 64 & 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        look_up(table, bytes, len, places[i], keys[i], list);
    }
}

void sl_cues_find(const struct sl_cue_table *table, const unsigned char *bytes, uint32_t len,
                  struct sl_cue_list *list) {
    list->table = table;
    list->cues_count = list->tokens_count = 0;
    list->strong = list->senses = 0;
    list->overflow = false;
    uint64_t wide = 0;
    uint64_t letter_before = 0;
    uint32_t run = 0; // letters and digits that touch, up to here
    for (uint32_t at = 0; at < len; at += STRETCH_BYTES) {
        unsigned char last[STRETCH_BYTES] = {0};
        const unsigned char *here = bytes + at;
        if (len - at < STRETCH_BYTES) {
            here = memcpy(last, here, len - at);
        }
        struct stretch stretch = read_stretch(here);
        uint64_t starts = stretch.letters & ~(stretch.letters << 1 | letter_before);
        look_at_words(table, bytes, len, at, here, stretch.letters, starts, list);
        run = add_tokens(list, stretch.words, at, run);
        letter_before = stretch.letters >> 63;
        wide |= stretch.wide;
    }
    add_token(list, len - (len % STRETCH_BYTES == 0 ? run : 0), len);
    list->wide = wide != 0;
    if (table->keyless_count > 0) {
        find_keyless(table, bytes, len, list);
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

// Surroundings.

static enum sl_cue_weight weight_of(const struct sl_cue *cue, uint32_t bit) {
    return (cue->strong & bit) != 0    ? SL_CUE_STRONG
           : (cue->weak & bit) != 0    ? SL_CUE_WEAK
           : (cue->against & bit) != 0 ? SL_CUE_AGAINST
                                       : SL_CUE_NONE;
}

// The letters before `start` are a cue that a code of letters was glued to: "ibanit60…".
static enum sl_cue_weight glued_cue(const struct sl_cue_table *table, uint32_t bit,
                                    const unsigned char *bytes, uint32_t start) {
    uint32_t at = start;
    while (at > 0 && start - at < SL_CUE_REACH_BEFORE && is_letter(bytes[at - 1])) {
        at--;
    }
    uint32_t key = key_at(bytes, start, at);
    for (uint32_t i = find_key(table, key); i < table->entries_count; i++) {
        const struct entry *entry = &table->entries[i];
        if (entry->key != key) {
            break;
        }
        if (((entry->strong | entry->weak) & bit) != 0 &&
            match_cue(entry, bytes, at, start) == start) {
            return (entry->strong & bit) != 0 ? SL_CUE_STRONG : SL_CUE_WEAK;
        }
    }
    return SL_CUE_NONE;
}

static void look_before(const struct sl_cue_list *list, uint32_t bit, const unsigned char *bytes,
                        uint32_t start, struct sl_surroundings *around) {
    bool touched = false;
    for (uint32_t i = sl_cues_from(list, start); i > 0; i--) {
        const struct sl_cue *cue = &list->cues[i - 1];
        if (start - cue->start > SL_CUE_REACH_BEFORE) {
            break;
        }
        enum sl_cue_weight weight = weight_of(cue, bit);
        if (cue->end > start || weight == SL_CUE_NONE) {
            continue;
        }
        touched |= cue->end == start;
        // A word may be for this kind in one phrase and against it in another.
        around->against |= (cue->against & bit) != 0;
        if (weight > SL_CUE_AGAINST && weight > around->before) {
            around->before = weight;
        }
    }
    bool letters = start > 0 && is_letter(bytes[start - 1]) && !touched;
    enum sl_cue_weight glued = letters ? glued_cue(list->table, bit, bytes, start) : SL_CUE_NONE;
    around->letters_before = letters && glued == SL_CUE_NONE;
    around->before = glued > around->before ? glued : around->before;
}

static bool digit_follows(const unsigned char *bytes, uint32_t at, uint32_t len) {
    for (uint32_t end = at + 6 < len ? at + 6 : len; at < end; at++) {
        if (is_digit(bytes[at])) {
            return true;
        }
    }
    return false;
}

static void look_after(const struct sl_cue_list *list, uint32_t bit, const unsigned char *bytes,
                       uint32_t len, uint32_t end, struct sl_surroundings *around) {
    bool touched = false;
    for (uint32_t i = sl_cues_from(list, end); i < list->cues_count; i++) {
        const struct sl_cue *cue = &list->cues[i];
        if (cue->start - end >= SL_CUE_REACH_AFTER) {
            break;
        }
        enum sl_cue_weight weight = weight_of(cue, bit);
        if (weight < SL_CUE_WEAK) {
            continue;
        }
        touched |= cue->start == end;
        if (weight > around->after && !digit_follows(bytes, cue->end, len)) {
            around->after = weight;
        }
    }
    around->letters_after = end < len && is_letter(bytes[end]) && !touched;
}

static bool currency_at(const unsigned char *bytes, uint32_t len, uint32_t at) {
    if (is_word(bytes[at]) || bytes[at] == ' ') {
        return false;
    }
    static const char *const signs[] = {"€", "£", "¥", "$", "%"};
    for (uint32_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        uint32_t sign_len = (uint32_t)strlen(signs[i]);
        if (len - at >= sign_len && memcmp(bytes + at, signs[i], sign_len) == 0) {
            return true;
        }
    }
    return false;
}

static bool amount_before(const unsigned char *bytes, uint32_t start) {
    uint32_t end = start > 0 && bytes[start - 1] == ' ' ? start - 1 : start;
    uint32_t at = end;
    // Signs are one to three bytes long, the word is four.
    for (uint32_t len = 1; len <= 3 && len <= end; len++) {
        if (currency_at(bytes, end, end - len)) {
            return true;
        }
    }
    while (at > 0 && is_word(bytes[at - 1])) {
        at--;
    }
    return end - at == 4 && memcmp(bytes + at, "euro", 4) == 0;
}

static bool amount_after(const unsigned char *bytes, uint32_t len, uint32_t end) {
    uint32_t at = end < len && bytes[end] == ' ' ? end + 1 : end;
    if (at >= len || currency_at(bytes, len, at)) {
        return at < len;
    }
    uint32_t word_end = at;
    while (word_end < len && is_word(bytes[word_end])) {
        word_end++;
    }
    for (uint32_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if ((unsigned char)units[i][0] == bytes[at] && strlen(units[i]) == word_end - at &&
            memcmp(units[i], bytes + at, word_end - at) == 0) {
            return true;
        }
    }
    return false;
}

static bool token_has(const unsigned char *token, size_t len, const char *word) {
    return memmem(token, len, word, strlen(word)) != NULL;
}

static bool in_address(const unsigned char *bytes, uint32_t start) {
    uint32_t at = start;
    while (at > 0 && start - at < ADDRESS_REACH && bytes[at - 1] != ' ') {
        at--;
    }
    size_t len = start - at;
    if (!token_has(bytes + at, len, "://") && !token_has(bytes + at, len, "www.")) {
        return false;
    }
    return !token_has(bytes + at, len, "wa.me") && !token_has(bytes + at, len, "whatsapp") &&
           !token_has(bytes + at, len, "phone") && !token_has(bytes + at, len, "tel");
}

static bool alone(const unsigned char *bytes, uint32_t len, uint32_t start, uint32_t end) {
    for (uint32_t at = start; at > 0; at--) {
        if (is_word(bytes[at - 1])) {
            return false;
        }
    }
    for (uint32_t at = end; at < len; at++) {
        if (is_word(bytes[at])) {
            return false;
        }
    }
    return true;
}

struct sl_surroundings sl_cues_around(const struct sl_cue_list *list, enum sl_kind kind,
                                      const unsigned char *bytes, uint32_t len, uint32_t start,
                                      uint32_t end) {
    struct sl_surroundings around = {0};
    look_before(list, 1u << kind, bytes, start, &around);
    look_after(list, 1u << kind, bytes, len, end, &around);
    around.amount = amount_before(bytes, start) || amount_after(bytes, len, end);
    around.in_address = in_address(bytes, start);
    around.alone = alone(bytes, len, start, end);
    return around;
}
