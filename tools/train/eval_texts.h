// SPDX-License-Identifier: Apache-2.0
//
// train/eval_texts.h - the few texts of a kind that are worth showing, out of a stream of them.
//
// Each offered text has a rank; the highest stay, of equal ones the first offered. A text is copied
// only when it is to stay. Texts must be masked already.
#ifndef SL_TRAIN_EVAL_TEXTS_H
#define SL_TRAIN_EVAL_TEXTS_H

#include "eval_report.h"

struct sl_best_texts {
    struct sl_eval_text *texts; // ranks[i] belongs to texts[i]; highest first
    int32_t *ranks;
    uint32_t count, limit;
    uint64_t total; // offered
};

int sl_best_texts_init(struct sl_best_texts *best, uint32_t limit, struct sl_error *error);
void sl_best_texts_done(struct sl_best_texts *best);

// Counts a text, and tells whether one of this rank would stay.
bool sl_best_texts_offer(struct sl_best_texts *best, int32_t rank);

// Keeps a text that would stay; its strings belong to the list from here on.
void sl_best_texts_keep(struct sl_best_texts *best, int32_t rank, struct sl_eval_text text);

// Hands the texts over; the list is empty then.
struct sl_eval_texts sl_best_texts_take(struct sl_best_texts *best);

void sl_eval_text_free(struct sl_eval_text *text);

#endif
