// SPDX-License-Identifier: Apache-2.0
//
// Goal: whatever a phrase and a text are, the automaton finds the phrase where the matcher finds
// its expressions, and nothing is read or written out of bounds.
// Method: libFuzzer; the first line is a phrase, each other a text. The memory of the tables and of
// the block is of the exact size, so that the address sanitizer sees what goes beyond.
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack/expression.h"
#include "phrases/phrases.h"
#include "text/fold.h"
#include "text/words.h"

#define TEXT_BYTES  512
#define TEXTS_MAX   64
#define VIEW_BYTES  (SL_WORDS_BYTES(TEXT_BYTES * SL_FOLD_GROWTH) + 1)
#define BLOCK_BYTES (TEXTS_MAX * VIEW_BYTES)

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct found {
    uint64_t texts;
    uint32_t ends[TEXTS_MAX], count;
};

static void stop_when(bool wrong, const char *what) {
    if (wrong) {
        fprintf(stderr, "%s\n", what);
        abort();
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    struct sl_error error = {0};
    stop_when(sl_fold_init(&error) != SL_OK, error.text);
    return 0;
}

static void note(struct found *found, uint64_t end) {
    uint32_t text = 0;
    while (found->ends[text] < end) {
        text++;
        stop_when(text == found->count, "a match behind all texts");
    }
    found->texts |= UINT64_C(1) << text;
}

static void on_words(void *context, uint32_t found, uint32_t end) {
    stop_when(found != 0, "another phrase");
    note(context, end);
}

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)id, (void)from, (void)flags;
    note(context, to);
    return 0;
}

static size_t make_block(const uint8_t *data, size_t size, unsigned char *block,
                         struct found *found) {
    static unsigned char folded[TEXT_BYTES * SL_FOLD_GROWTH];
    static uint32_t map[TEXT_BYTES * SL_FOLD_GROWTH + 1];
    size_t block_len = 0;
    while (size > 0 && found->count < TEXTS_MAX) {
        const uint8_t *end = memchr(data, '\n', size);
        size_t len = end != NULL ? (size_t)(end - data) : size;
        struct sl_folded result;
        size_t folded_len = sl_fold((const char *)data, len < TEXT_BYTES ? len : TEXT_BYTES, folded,
                                    sizeof folded, map, sizeof map / sizeof map[0], &result);
        stop_when(folded_len == SL_FOLD_NO_ROOM, "no room to fold");
        block_len += sl_words(folded, folded_len, block + block_len, NULL);
        found->ends[found->count++] = (uint32_t)block_len;
        block[block_len++] = '\n';
        data += len + (end != NULL);
        size -= len + (end != NULL);
    }
    return block_len;
}

static void match(const struct sl_expression *expression, const unsigned char *block, size_t len,
                  struct found *found) {
    const char *regexes[] = {expression->regex, expression->behind_mentions};
    unsigned flags = expression->multiline ? HS_FLAG_MULTILINE : 0;
    for (int i = 0; i < 2 && regexes[i] != NULL; i++) {
        hs_database_t *database = NULL;
        hs_scratch_t *scratch = NULL;
        hs_compile_error_t *refused = NULL;
        if (hs_compile(regexes[i], flags, HS_MODE_BLOCK, NULL, &database, &refused) != HS_SUCCESS) {
            hs_free_compile_error(refused);
            continue;
        }
        stop_when(hs_alloc_scratch(database, &scratch) != HS_SUCCESS, "no scratch");
        stop_when(hs_scan(database, (const char *)block, (unsigned)len, 0, scratch, on_match,
                          found) != HS_SUCCESS,
                  "no scan");
        hs_free_scratch(scratch);
        hs_free_database(database);
    }
}

static void compare(const struct sl_expression *expression, const uint8_t *data, size_t size) {
    struct sl_phrases_source source = {.plain = expression->plain};
    struct sl_error error = {0};
    struct sl_phrases *phrases;
    bool taken;
    stop_when(sl_phrases_init(&source, 1, &error, &taken, &phrases) != SL_OK, error.text);
    if (!taken) {
        return;
    }
    static unsigned char memory[BLOCK_BYTES];
    struct found by_words = {0}, by_matcher;
    size_t len = make_block(data, size, memory, &by_words);
    unsigned char *block = calloc(1, len + SL_PHRASES_PAD_BYTES);
    struct sl_phrases_walk *walk = calloc(1, sl_phrases_walk_bytes(phrases));
    stop_when(block == NULL || walk == NULL, "no memory");
    memcpy(block, memory, len);
    by_matcher = by_words;
    sl_phrases_walk(phrases, walk, block, len, on_words, &by_words);
    match(expression, block, len, &by_matcher);
    stop_when(by_words.texts != by_matcher.texts, expression->plain);
    free(block);
    free(walk);
    sl_phrases_done(phrases);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char phrase[SL_PHRASE_BYTES_MAX + 1];
    const uint8_t *end = memchr(data, '\n', size);
    size_t len = end != NULL ? (size_t)(end - data) : size;
    if (len >= sizeof phrase || memchr(data, '\0', len) != NULL) {
        return 0;
    }
    memcpy(phrase, data, len);
    phrase[len] = '\0';
    struct sl_arena arena;
    struct sl_error error = {0};
    struct sl_expression expression;
    size_t column;
    stop_when(sl_arena_init(&arena, 1 << 20, &error) != SL_OK, error.text);
    enum sl_phrase_use use = size % 2 == 0 ? SL_PHRASE_FINDS : SL_PHRASE_UNLESS;
    if (end != NULL && sl_expression_from_words(phrase, NULL, use, &arena, &error, &column,
                                                &expression) == SL_OK) {
        compare(&expression, end + 1, size - len - 1);
    }
    sl_arena_done(&arena);
    return 0;
}
