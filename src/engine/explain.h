// SPDX-License-Identifier: Apache-2.0
//
// engine/explain.h - the two halves of an explanation: explain_rules.c says which rules decided,
// explain.c where their phrases stand.
#ifndef SL_ENGINE_EXPLAIN_H
#define SL_ENGINE_EXPLAIN_H

#include "engine/internal.h"
#include "engine/judge.h"

// What is known of one text once it is settled.
struct sl_explained_rules {
    bool *found; // by pattern, then by guard: the matcher found it
    bool *left;  // by pattern: found, and not taken away everywhere
    bool *hit;   // by pattern: it counts
};

// Scans and settles the words view, which stands at the beginning of the judge's block, and tells
// of conditions and sums; logit_milli becomes what patterns without phrases add.
int sl_explain_settle(struct sl_judge *judge, struct sl_str words,
                      struct sl_explained_rules *ret_rules, struct sl_explanation *explanation,
                      struct sl_error *error);
void sl_explain_forget(struct sl_explained_rules *rules);

#endif
