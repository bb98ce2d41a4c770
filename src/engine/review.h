// SPDX-License-Identifier: Apache-2.0
//
// engine/review.h - what a pack says in vain: rules that can never be, rules that say what others
// say already, names that nothing uses.
//
// Nothing of it makes a pack wrong, so loading does not tell it. What follows from the rules alone
// is read off them. What depends on what phrases find is tried on samples (samples.h): a phrase is
// superfluous when another of its pattern is found in all its samples, and in vain when an
// exception takes it away in all of them. Of phrases with very many ways nothing is told.
//
// For people and tools: allocates, and compiles the pack's phrases once more.
#ifndef SL_ENGINE_REVIEW_H
#define SL_ENGINE_REVIEW_H

#include "engine/internal.h"

// One finding, in a sentence that says what to do.
typedef void (*sl_finding_fn)(void *context, struct sl_pack_place place, const char *text);

int sl_judge_review(struct sl_judge *judge, sl_finding_fn found, void *context,
                    struct sl_error *error);

#endif
