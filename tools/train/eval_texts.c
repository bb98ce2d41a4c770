// SPDX-License-Identifier: Apache-2.0
#include "eval_texts.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

int sl_best_texts_init(struct sl_best_texts *best, uint32_t limit, struct sl_error *error) {
    *best = (struct sl_best_texts){.limit = limit};
    best->texts = calloc((size_t)limit + 1, sizeof *best->texts);
    best->ranks = calloc((size_t)limit + 1, sizeof *best->ranks);
    return best->texts != NULL && best->ranks != NULL ? SL_OK
                                                      : sl_error_set(error, "no memory for texts");
}

void sl_eval_text_free(struct sl_eval_text *text) {
    free(text->masked);
    free(text->place);
    free(text->source);
    free(text->why);
    *text = (struct sl_eval_text){0};
}

void sl_best_texts_done(struct sl_best_texts *best) {
    for (uint32_t i = 0; i < best->count; i++) {
        sl_eval_text_free(&best->texts[i]);
    }
    free(best->texts);
    free(best->ranks);
    *best = (struct sl_best_texts){0};
}

bool sl_best_texts_offer(struct sl_best_texts *best, int32_t rank) {
    best->total++;
    return best->limit > 0 && (best->count < best->limit || rank > best->ranks[best->count - 1]);
}

void sl_best_texts_keep(struct sl_best_texts *best, int32_t rank, struct sl_eval_text text) {
    uint32_t at = best->count;
    while (at > 0 && best->ranks[at - 1] < rank) {
        at--;
    }
    // There is room for one more than stay.
    memmove(best->texts + at + 1, best->texts + at, (best->count - at) * sizeof text);
    memmove(best->ranks + at + 1, best->ranks + at, (best->count - at) * sizeof rank);
    best->texts[at] = text;
    best->ranks[at] = rank;
    if (best->count < best->limit) {
        best->count++;
    } else {
        sl_eval_text_free(&best->texts[best->limit]);
    }
}

struct sl_eval_texts sl_best_texts_take(struct sl_best_texts *best) {
    struct sl_eval_texts taken = {.texts = best->texts, .count = best->count, .total = best->total};
    free(best->ranks);
    *best = (struct sl_best_texts){0};
    return taken;
}
