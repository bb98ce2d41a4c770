// SPDX-License-Identifier: Apache-2.0
//
// Goal: a phrase finds exactly the texts that pack/expression.h says it finds, also when texts
// stand side by side.
// Method: random phrases, kept as what they mean beside what they look like, and random texts of
// the same few words; a matcher over tokens that tries everything says what must be found. The
// words views of all texts go through the real matcher in one block, newlines between. Texts are
// shorter than a gap, so that its length does not matter here.
#include <criterion/criterion.h>
#include <hs/hs.h>
#include <string.h>

#include "pack/expression.h"
#include "support/random.h"
#include "text/fold.h"
#include "text/words.h"

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

// What must be found: everything is tried, token by token.

enum class {
    WORD,
    WIDE,
    SIGN,
    BETWEEN,
};

static enum class class_of(char byte) {
    if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_'){return WORD;}
return (unsigned char)byte >= 0x80                ? WIDE
       : strchr(" ,'\"()/:*&+<>~-", byte) != NULL ? BETWEEN
                                                  : SIGN;
}

struct token {
    const char *bytes;
    size_t len;
};

struct tokens {
    struct token list[TEXT_BYTES];
    size_t count;
};

static struct tokens tokens_of(const struct text *text) {
    struct tokens tokens = {.count = 0};
    for (size_t at = 0; at < text->len;) {
        size_t start = at;
        while (at < text->len && class_of(text->bytes[at]) == class_of(text->bytes[start])) {
            at++;
        }
        if (class_of(text->bytes[start]) != BETWEEN) {
            tokens.list[tokens.count++] = (struct token){text->bytes + start, at - start};
        }
    }
    return tokens;
}

static bool word_fits(struct token token, const struct word *word, bool first, bool last) {
    size_t len = strlen(word->text);
    bool is_word = class_of(word->text[0]) == WORD;
    bool open_left = is_word ? word->tail : first;
    bool open_right = is_word ? word->stem : last;
    for (size_t start = 0; start + len <= token.len; start++) {
        bool placed = (start == 0 || open_left) && (start + len == token.len || open_right);
        if (placed && memcmp(token.bytes + start, word->text, len) == 0) {
            return class_of(token.bytes[0]) == class_of(word->text[0]);
        }
    }
    return false;
}

static bool ends_sentence(struct token token) {
    for (size_t i = 0; i < token.len; i++) {
        if (strchr(".?!;", token.bytes[i]) != NULL) {
            return true;
        }
    }
    return false;
}

// The first and the last item that must be there.
static void find_edges(const struct phrase *phrase, size_t *ret_first, size_t *ret_last) {
    *ret_first = SIZE_MAX;
    for (size_t i = 0; i < phrase->items_count; i++) {
        if (!phrase->items[i].gap && !phrase->items[i].optional) {
            *ret_first = *ret_first == SIZE_MAX ? i : *ret_first;
            *ret_last = i;
        }
    }
}

static bool alternative_fits(const struct tokens *tokens, const struct phrase *phrase, size_t item,
                             const struct alternative *alternative, size_t at) {
    size_t first, last = 0;
    find_edges(phrase, &first, &last);
    for (size_t i = 0; i < alternative->words_count; i++) {
        bool is_first = item == first && i == 0;
        bool is_last = item == last && i + 1 == alternative->words_count;
        if (at + i == tokens->count ||
            !word_fits(tokens->list[at + i], &alternative->words[i], is_first, is_last)) {
            return false;
        }
    }
    return true;
}

// Whether the items from `item` on are found from token `at` on.
static bool items_match(const struct tokens *tokens, const struct phrase *phrase, size_t item,
                        size_t at) {
    if (item == phrase->items_count) {
        return true;
    }
    const struct item *it = &phrase->items[item];
    if (it->gap) {
        for (; at <= tokens->count; at++) {
            if (items_match(tokens, phrase, item + 1, at)) {
                return true;
            }
            if (at < tokens->count && ends_sentence(tokens->list[at])) {
                return false;
            }
        }
        return false;
    }
    if (it->optional && items_match(tokens, phrase, item + 1, at)) {
        return true;
    }
    for (size_t i = 0; i < it->alternatives_count; i++) {
        if (alternative_fits(tokens, phrase, item, &it->alternatives[i], at) &&
            items_match(tokens, phrase, item + 1, at + it->alternatives[i].words_count)) {
            return true;
        }
    }
    return false;
}

static bool is_found(const struct tokens *tokens, const struct phrase *phrase) {
    for (size_t at = 0; at < tokens->count; at++) {
        if (items_match(tokens, phrase, 0, at)) {
            return true;
        }
    }
    return false;
}

// Phrases and texts.

static const char *const vocabulary[] = {"non", "va", "la", "rete", "reti", "a", "4g", "😡", "al"};
#define VOCABULARY_COUNT (sizeof vocabulary / sizeof vocabulary[0])

static void make_word(struct sl_random *random, struct word *word) {
    *word = (struct word){.text = vocabulary[sl_random_below(random, VOCABULARY_COUNT)]};
    if (class_of(word->text[0]) == WORD) {
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
    static unsigned char block[TEXTS_COUNT * (SL_WORDS_BYTES(TEXT_BYTES) + 1)];
    static size_t starts[TEXTS_COUNT + 1];
    for (size_t i = 0; i < TEXTS_COUNT; i++) {
        size_t len =
            sl_words((const unsigned char *)texts[i].bytes, texts[i].len, block + starts[i], NULL);
        block[starts[i] + len] = '\n';
        starts[i + 1] = starts[i] + len + 1;
    }
    *found = (struct found){.starts = starts};
    hs_scratch_t *scratch = NULL;
    cr_assert_eq(hs_alloc_scratch(database, &scratch), HS_SUCCESS);
    cr_assert_eq(hs_scan(database, (const char *)block, (unsigned)starts[TEXTS_COUNT], 0, scratch,
                         on_match, found),
                 HS_SUCCESS);
    hs_free_scratch(scratch);
}

Test(pack_phrases, phrases_find_what_they_mean) {
    static struct phrase phrases[PHRASES_COUNT];
    static struct text texts[TEXTS_COUNT];
    static struct tokens tokens[TEXTS_COUNT];
    static struct found found;
    struct sl_random random = {sl_random_seed()};
    size_t found_count = 0;
    for (size_t round = 0; round < ROUNDS_COUNT; round++) {
        for (size_t i = 0; i < PHRASES_COUNT; i++) {
            make_phrase(&random, &phrases[i]);
        }
        for (size_t i = 0; i < TEXTS_COUNT; i++) {
            make_text(&random, &texts[i]);
            tokens[i] = tokens_of(&texts[i]);
        }
        hs_database_t *database = compile(phrases);
        scan(database, texts, &found);
        for (size_t i = 0; i < PHRASES_COUNT; i++) {
            for (size_t j = 0; j < TEXTS_COUNT; j++) {
                bool expected = is_found(&tokens[j], &phrases[i]);
                cr_assert_eq(found.at[i][j], expected, "%s in \"%s\"", phrases[i].text,
                             texts[j].bytes);
                found_count += expected;
            }
        }
        hs_free_database(database);
    }
    cr_assert_gt(found_count, ROUNDS_COUNT * PHRASES_COUNT, "%zu", found_count);
}
