// SPDX-License-Identifier: Apache-2.0
#include "bench/grammar.h"

#include <stdlib.h>

#include "bench/identifiers.h"

#define LINES_MAX  1024
#define PIECES_MAX 4096
#define NO_LIST    SL_PHRASES_LISTS_COUNT

// A stretch of text, and the slot behind it, if any.
struct piece {
    const char *text;
    uint32_t len;
    enum sl_phrases_list list; // or NO_LIST
    sl_identifier_fn put;      // or NULL
};

struct line {
    uint32_t first;
    uint32_t count;
};

struct sl_grammar {
    struct line lists[SL_PHRASES_LANGUAGES_COUNT][SL_PHRASES_LISTS_COUNT]; // of lines
    struct line lines[LINES_MAX];                                          // of pieces
    struct piece pieces[PIECES_MAX];
    uint32_t lines_count;
    uint32_t pieces_count;
};

static int fill_slot(struct piece *piece, const char *name, size_t len, struct sl_error *error) {
    if (name[0] == '=') {
        piece->put = sl_identifier_by_name(name + 1, len - 1);
        if (piece->put != NULL) {
            return SL_OK;
        }
    }
    for (int list = 0; list < SL_PHRASES_LISTS_COUNT; list++) {
        const char *known = sl_phrases_name(list);
        if (strlen(known) == len && memcmp(known, name, len) == 0) {
            piece->list = list;
            return SL_OK;
        }
    }
    return sl_error_set(error, "a phrase has the slot {%.*s}, which is unknown", (int)len, name);
}

static int add_line(struct sl_grammar *grammar, const char *text, struct sl_error *error) {
    SL_ASSERT(grammar->lines_count < LINES_MAX);
    struct line *line = &grammar->lines[grammar->lines_count++];
    line->first = grammar->pieces_count;
    while (*text != '\0') {
        SL_ASSERT(grammar->pieces_count < PIECES_MAX);
        struct piece *piece = &grammar->pieces[grammar->pieces_count++];
        *piece = (struct piece){.text = text, .len = (uint32_t)strcspn(text, "{"), .list = NO_LIST};
        text += piece->len;
        if (*text == '{') {
            size_t len = strcspn(text + 1, "}");
            if (fill_slot(piece, text + 1, len, error) != SL_OK) {
                return SL_FAILED;
            }
            text += len + 2;
        }
    }
    line->count = grammar->pieces_count - line->first;
    return SL_OK;
}

static int add_list(struct sl_grammar *grammar, struct line *list, const char *const *lines,
                    struct sl_error *error) {
    list->first = grammar->lines_count;
    for (; *lines != NULL; lines++) {
        if (add_line(grammar, *lines, error) != SL_OK) {
            return SL_FAILED;
        }
    }
    list->count = grammar->lines_count - list->first;
    return SL_OK;
}

int sl_grammar_open(struct sl_error *error, struct sl_grammar **ret_grammar) {
    struct sl_grammar *grammar = calloc(1, sizeof *grammar);
    if (grammar == NULL) {
        return sl_error_set(error, "no memory for the phrases");
    }
    for (int language = 0; language < SL_PHRASES_LANGUAGES_COUNT; language++) {
        for (int list = 0; list < SL_PHRASES_LISTS_COUNT; list++) {
            if (add_list(grammar, &grammar->lists[language][list], sl_phrases_lines(language, list),
                         error) != SL_OK) {
                sl_grammar_close(grammar);
                return SL_FAILED;
            }
        }
    }
    *ret_grammar = grammar;
    return SL_OK;
}

void sl_grammar_close(struct sl_grammar *grammar) {
    free(grammar);
}

void sl_grammar_expand(const struct sl_grammar *grammar, struct sl_random *random,
                       enum sl_phrases_language language, enum sl_phrases_list list,
                       struct sl_pen *pen) {
    const struct line *lines = &grammar->lists[language][list];
    const struct line *line = &grammar->lines[lines->first + sl_random_below(random, lines->count)];
    for (uint32_t i = 0; i < line->count; i++) {
        const struct piece *piece = &grammar->pieces[line->first + i];
        sl_pen_put(pen, piece->text, piece->len);
        if (piece->put != NULL) {
            piece->put(random, pen);
        } else if (piece->list != NO_LIST) {
            sl_grammar_expand(grammar, random, language, piece->list, pen);
        }
    }
}
