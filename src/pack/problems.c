// SPDX-License-Identifier: Apache-2.0
#include "pack/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_BYTES    1024
#define WORD_BYTES    64 // longer words are not compared
#define COUNT_RESERVE 32 // for the line "… and N more"

void sl_problems_init(struct sl_problems *problems, struct sl_arena *arena) {
    problems->arena = arena;
    problems->count = 0;
}

void sl_problems_add(struct sl_problems *problems, struct sl_pack_place place, const char *format,
                     ...) {
    size_t index = problems->count++;
    if (index >= SL_PROBLEMS_MAX) {
        return;
    }
    char text[TEXT_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    char *kept = sl_arena_take(problems->arena, strlen(text) + 1, 1);
    if (kept != NULL) {
        memcpy(kept, text, strlen(text) + 1);
    }
    problems->list[index] = (struct sl_problem){
        .place = place, .text = kept != NULL ? kept : "no memory left to tell the problem"};
}

static int compare_problems(const void *left, const void *right) {
    const struct sl_pack_place *a = &((const struct sl_problem *)left)->place;
    const struct sl_pack_place *b = &((const struct sl_problem *)right)->place;
    int files = strcmp(a->file, b->file);
    if (files != 0) {
        return files;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return (a->column > b->column) - (a->column < b->column);
}

static bool tell(const struct sl_problem *problem, struct sl_error *error) {
    char line[2 * TEXT_BYTES];
    const struct sl_pack_place *place = &problem->place;
    if (place->line == 0) {
        snprintf(line, sizeof line, "%s: %s", place->file, problem->text);
    } else {
        snprintf(line, sizeof line, "%s:%u:%u: %s", place->file, place->line, place->column,
                 problem->text);
    }
    if (error->length + 1 + strlen(line) + COUNT_RESERVE > sizeof error->text) {
        return false;
    }
    sl_error_add(error, "%s", line);
    return true;
}

int sl_problems_tell(struct sl_problems *problems, struct sl_error *error) {
    if (problems->count == 0) {
        return SL_OK;
    }
    size_t kept = problems->count < SL_PROBLEMS_MAX ? problems->count : SL_PROBLEMS_MAX;
    qsort(problems->list, kept, sizeof problems->list[0], compare_problems);
    size_t told = 0;
    while (told < kept && tell(&problems->list[told], error)) {
        told++;
    }
    if (told < problems->count) {
        sl_error_add(error, "… and %zu more", problems->count - told);
    }
    return SL_FAILED;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

// Three rows of the table of distances are enough for swaps of neighbours.
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len) {
    size_t rows[3][WORD_BYTES + 1];
    for (size_t j = 0; j <= b_len; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a_len; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3];
        const size_t *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t replaced = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(replaced, 1 + least(above[j], row[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = least(row[j], 1 + two_above[j - 2]);
            }
        }
    }
    return rows[a_len % 3][b_len];
}

const char *sl_problems_nearest(const char *word, const char *const *words, size_t words_count) {
    size_t len = strlen(word);
    const char *nearest = NULL;
    size_t best = 1 + (len > 3 ? len / 3 : 1);
    for (size_t i = 0; i < words_count && len <= WORD_BYTES; i++) {
        size_t other = strlen(words[i]);
        size_t edits = other <= WORD_BYTES ? distance(word, len, words[i], other) : best;
        if (edits < best) {
            best = edits;
            nearest = words[i];
        }
    }
    return nearest;
}
