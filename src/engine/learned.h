// SPDX-License-Identifier: Apache-2.0
//
// engine/learned.h - the learned model's part in a judgement.
//
// A judge asks its model twice: when a text has gone into the block, while its words view is at
// hand, what its features add up to; and when the rules have spoken, what follows from both. What
// the rules found is told in between, pattern by pattern. Without a model each of these is one
// branch.
//
// The same way leads to training: sl_judge_observe (internal.h) hands out what the model would have
// seen.
//
// Ownership and threads: belongs to one judge. Nothing is allocated after init.
#ifndef SL_ENGINE_LEARNED_H
#define SL_ENGINE_LEARNED_H

#include "base/error.h"
#include "engine/internal.h"
#include "identify/finder.h"
#include "model/model.h"
#include "text/fold.h"

struct sl_learned_memory;

struct sl_learned {
    struct sl_model *model; // held; NULL: the rules judge alone
    uint64_t generation;
    struct sl_learned_memory *memory;
    struct sl_observed *observed; // what is told of the text at hand; NULL: nobody asks
};

int sl_learned_init(struct sl_learned *learned, struct sl_model_shelf *shelf,
                    struct sl_error *error);
void sl_learned_done(struct sl_learned *learned);

// Takes the model that stands on the shelf now. Not between a text's view and its conclusion.
void sl_learned_refresh(struct sl_learned *learned, struct sl_model_shelf *shelf);

static inline bool sl_learned_listens(const struct sl_learned *learned) {
    return learned->model != NULL || learned->observed != NULL;
}

// The text of piece `piece` of the block: its words view, with SL_FEATURES_PAD_BYTES readable
// behind it, its folded text, and the identifiers in that.
void sl_learned_read(struct sl_learned *learned, uint32_t piece, const unsigned char *view,
                     size_t view_len, const struct sl_folded *folded, const struct sl_found *found);

// A pattern that counts for the text at hand; returns what it adds to the model's logit.
int32_t sl_learned_hit(struct sl_learned *learned, uint32_t pattern);

// From here to the end, what is read and hit is told there, and belongs to one text.
struct sl_observed *sl_learned_begin_observing(struct sl_learned *learned);
void sl_learned_end_observing(struct sl_learned *learned);

// What follows for piece `piece`. Only with a model.
void sl_learned_conclude(struct sl_learned *learned, uint32_t piece, int32_t rules_milli,
                         int32_t patterns_milli, struct sl_model_opinion *ret_opinion);

// Explains the last text that was concluded. Only with a model, before anything else is judged or
// the block is used again.
void sl_learned_explain(const struct sl_learned *learned, struct sl_explained_model *ret_explained);

#endif
