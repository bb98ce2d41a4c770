// SPDX-License-Identifier: Apache-2.0
//
// Goal: a phrase finds exactly the texts that pack/expression.h says it finds, also when texts
// stand side by side.
// Method: random phrases, kept as what they mean beside what they look like, and random texts of
// the same few words; a matcher that tries everything says what must be found. All texts go through
// the real matcher in one block, newlines between. Texts are shorter than a gap, so that its length
// does not matter here.
#include <criterion/criterion.h>
#include <hs/hs.h>
#include <string.h>

#include "pack/expression.h"
#include "support/random.h"
#include "text/fold.h"

#define ROUNDS_COUNT  12
#define PHRASES_COUNT 40 // a round
#define TEXTS_COUNT   200
#define TEXT_BYTES    SL_PHRASE_GAP_BYTES

struct word {
    const char *text;
    bool stem, tail;
};

struct alternative {
    struct word words[2];
    size_t words_count;
};

struct item {
    bool gap, optional;
    struct alternative alternatives[3];
    size_t alternatives_count;
};

struct phrase {
    struct item items[6];
    size_t items_count;
    char text[512];
};

struct text {
    char bytes[TEXT_BYTES + 1];
    size_t len;
};

static struct sl_arena arena;

static void open_arena(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_fold_init(&error), SL_OK);
    cr_assert_eq(sl_arena_init(&arena, 64 << 20, &error), SL_OK);
}

static void close_arena(void) {
    sl_arena_done(&arena);
}

TestSuite(pack_phrases, .init = open_arena, .fini = close_arena);

// What must be found: everything is tried.

static bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

// The end of the word that begins at `at` and is this one; 0 when none is.
static size_t word_end(const struct text *text, size_t at, const struct word *word) {
    size_t len = strlen(word->text);
    if (!is_word_byte(word->text[0])) {
        return strncmp(text->bytes + at, word->text, len) == 0 ? at + len : 0;
    }
    size_t end = at;
    while (end < text->len && is_word_byte(text->bytes[end])) {
        end++;
    }
    if ((at > 0 && is_word_byte(text->bytes[at - 1])) || end - at < len) {
        return 0;
    }
    for (size_t start = at; start + len <= end; start++) {
        bool placed = (start == at || word->tail) && (start + len == end || word->stem);
        if (placed && strncmp(text->bytes + start, word->text, len) == 0) {
            return end;
        }
    }
    return 0;
}

static bool items_match(const struct text *text, const struct phrase *phrase, size_t item,
                        size_t at, bool begun, bool gap);

// Words from `word` on, of which the next may begin at `at`; then the items behind.
static bool words_match(const struct text *text, const struct phrase *phrase, size_t item,
                        const struct alternative *alternative, size_t word, size_t at) {
    size_t end = word_end(text, at, &alternative->words[word]);
    if (end == 0) {
        return false;
    }
    if (word + 1 == alternative->words_count) {
        return items_match(text, phrase, item + 1, end, true, false);
    }
    for (size_t skip = 0; skip <= 3 && end + skip < text->len; skip++) {
        if (words_match(text, phrase, item, alternative, word + 1, end + skip)) {
            return true;
        }
        if (strchr(" ,'\"()/:#@*&+<>~-", text->bytes[end + skip]) == NULL) {
            return false;
        }
    }
    return false;
}

static bool item_begins(const struct text *text, const struct phrase *phrase, size_t item,
                        size_t at) {
    const struct item *it = &phrase->items[item];
    for (size_t i = 0; i < it->alternatives_count; i++) {
        if (words_match(text, phrase, item, &it->alternatives[i], 0, at)) {
            return true;
        }
    }
    return false;
}

static bool items_match(const struct text *text, const struct phrase *phrase, size_t item,
                        size_t at, bool begun, bool gap) {
    if (item == phrase->items_count) {
        return true;
    }
    if (phrase->items[item].gap) {
        return items_match(text, phrase, item + 1, at, true, true);
    }
    if (phrase->items[item].optional && items_match(text, phrase, item + 1, at, begun, gap)) {
        return true;
    }
    for (size_t skip = 0; at + skip < text->len && (!begun || gap || skip <= 3); skip++) {
        if (item_begins(text, phrase, item, at + skip)) {
            return true;
        }
        const char *passes = gap ? "\n.?!;" : " ,'\"()/:#@*&+<>~-";
        bool listed = strchr(passes, text->bytes[at + skip]) != NULL;
        if (begun && listed == gap) {
            return false;
        }
    }
    return false;
}

// Phrases and texts.

static const char *const vocabulary[] = {"non", "va", "la", "rete", "reti", "a", "4g", "😡", "al"};
#define VOCABULARY_COUNT (sizeof vocabulary / sizeof vocabulary[0])

static void make_word(struct sl_random *random, struct word *word) {
    *word = (struct word){.text = vocabulary[sl_random_below(random, VOCABULARY_COUNT)]};
    if (is_word_byte(word->text[0])) {
        word->stem = sl_random_below(random, 6) == 0;
        word->tail = sl_random_below(random, 6) == 0;
    }
}

static void make_item(struct sl_random *random, struct item *item) {
    *item = (struct item){.gap = sl_random_below(random, 5) == 0,
                          .optional = sl_random_below(random, 3) == 0,
                          .alternatives_count = 1 + sl_random_below(random, 3)};
    for (size_t i = 0; i < item->alternatives_count; i++) {
        struct alternative *alternative = &item->alternatives[i];
        alternative->words_count = 1 + sl_random_below(random, 2);
        for (size_t j = 0; j < alternative->words_count; j++) {
            make_word(random, &alternative->words[j]);
        }
    }
}

// Every gap, and the phrase, needs words that must be there.
static bool is_sensible(const struct phrase *phrase) {
    bool must = false;
    for (size_t i = 0; i < phrase->items_count; i++) {
        const struct item *item = &phrase->items[i];
        if (item->gap && !must) {
            return false;
        }
        must = item->gap ? false : must || !item->optional;
    }
    return must;
}

static void write_item(struct phrase *phrase, const struct item *item) {
    if (item->gap) {
        strcat(phrase->text, "… ");
        return;
    }
    strcat(phrase->text, item->optional ? "(" : "{");
    for (size_t i = 0; i < item->alternatives_count; i++) {
        strcat(phrase->text, i > 0 ? "|" : "");
        for (size_t j = 0; j < item->alternatives[i].words_count; j++) {
            const struct word *word = &item->alternatives[i].words[j];
            strcat(phrase->text, j > 0 ? " " : "");
            strcat(phrase->text, word->tail ? "*" : "");
            strcat(phrase->text, word->text);
            strcat(phrase->text, word->stem ? "*" : "");
        }
    }
    strcat(phrase->text, item->optional ? ") " : "} ");
}

static void make_phrase(struct sl_random *random, struct phrase *phrase) {
    do {
        phrase->items_count = 1 + sl_random_below(random, 6);
        for (size_t i = 0; i < phrase->items_count; i++) {
            make_item(random, &phrase->items[i]);
        }
    } while (!is_sensible(phrase));
    phrase->text[0] = '\0';
    for (size_t i = 0; i < phrase->items_count; i++) {
        write_item(phrase, &phrase->items[i]);
    }
}

static void make_text(struct sl_random *random, struct text *text) {
    static const char *const joins[] = {" ",  " ", " ", " ", ", ",   "-", "'",
                                        ". ", "!", "_", "",  " (- ", "è"};
    *text = (struct text){.len = 0};
    for (;;) {
        const char *word = vocabulary[sl_random_below(random, VOCABULARY_COUNT)];
        const char *join = joins[sl_random_below(random, sizeof joins / sizeof joins[0])];
        if (text->len + strlen(word) + strlen(join) > TEXT_BYTES ||
            sl_random_below(random, 10) == 0) {
            return;
        }
        strcat(strcat(text->bytes, word), join);
        text->len = strlen(text->bytes);
    }
}

// The real matcher.

struct found {
    const size_t *starts; // of texts in the block
    bool at[PHRASES_COUNT][TEXTS_COUNT];
};

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)from, (void)flags;
    struct found *found = context;
    size_t text = 0;
    while (found->starts[text + 1] <= to) {
        text++;
    }
    found->at[id][text] = true;
    return 0;
}

static hs_database_t *compile(const struct phrase *phrases) {
    const char *regexes[PHRASES_COUNT];
    unsigned ids[PHRASES_COUNT];
    for (unsigned i = 0; i < PHRASES_COUNT; i++) {
        struct sl_error error = {0};
        struct sl_expression expression = {0};
        size_t column;
        cr_assert_eq(
            sl_expression_from_phrase(phrases[i].text, &arena, &error, &column, &expression), SL_OK,
            "%s: %s", phrases[i].text, error.text);
        regexes[i] = expression.regex;
        ids[i] = i;
    }
    hs_database_t *database = NULL;
    hs_compile_error_t *refused = NULL;
    hs_error_t compiled = hs_compile_multi(regexes, NULL, ids, PHRASES_COUNT, HS_MODE_BLOCK, NULL,
                                           &database, &refused);
    cr_assert_eq(compiled, HS_SUCCESS, "%s", refused != NULL ? refused->message : "");
    return database;
}

static void scan(const hs_database_t *database, const struct text *texts, struct found *found) {
    static char block[TEXTS_COUNT * (TEXT_BYTES + 1)];
    static size_t starts[TEXTS_COUNT + 1];
    for (size_t i = 0; i < TEXTS_COUNT; i++) {
        memcpy(block + starts[i], texts[i].bytes, texts[i].len);
        block[starts[i] + texts[i].len] = '\n';
        starts[i + 1] = starts[i] + texts[i].len + 1;
    }
    *found = (struct found){.starts = starts};
    hs_scratch_t *scratch = NULL;
    cr_assert_eq(hs_alloc_scratch(database, &scratch), HS_SUCCESS);
    cr_assert_eq(
        hs_scan(database, block, (unsigned)starts[TEXTS_COUNT], 0, scratch, on_match, found),
        HS_SUCCESS);
    hs_free_scratch(scratch);
}

Test(pack_phrases, phrases_find_what_they_mean) {
    static struct phrase phrases[PHRASES_COUNT];
    static struct text texts[TEXTS_COUNT];
    static struct found found;
    struct sl_random random = {sl_random_seed()};
    size_t found_count = 0;
    for (size_t round = 0; round < ROUNDS_COUNT; round++) {
        for (size_t i = 0; i < PHRASES_COUNT; i++) {
            make_phrase(&random, &phrases[i]);
        }
        for (size_t i = 0; i < TEXTS_COUNT; i++) {
            make_text(&random, &texts[i]);
        }
        hs_database_t *database = compile(phrases);
        scan(database, texts, &found);
        for (size_t i = 0; i < PHRASES_COUNT; i++) {
            for (size_t j = 0; j < TEXTS_COUNT; j++) {
                bool expected = items_match(&texts[j], &phrases[i], 0, 0, false, false);
                cr_assert_eq(found.at[i][j], expected, "%s in \"%s\"", phrases[i].text,
                             texts[j].bytes);
                found_count += expected;
            }
        }
        hs_free_database(database);
    }
    cr_assert_gt(found_count, ROUNDS_COUNT * PHRASES_COUNT, "%zu", found_count);
}
