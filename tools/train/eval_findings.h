// SPDX-License-Identifier: Apache-2.0
//
// train/eval_findings.h - topics or signals as something to be found: what people said against what
// the judges found. Names are those of both packs together; a pack that does not know a name never
// finds it.
#ifndef SL_TRAIN_EVAL_FINDINGS_H
#define SL_TRAIN_EVAL_FINDINGS_H

#include <sluice/engine.h>

#include "eval_report.h"
#include "intern.h"

#define SL_FINDINGS_NAMES_MAX 128 // of two packs with 64 each

typedef const char *(*sl_engine_name_fn)(const struct sl_engine *engine, size_t index);

struct sl_finding_counts {
    struct sl_intern names;
    uint32_t name_of_bit[2][64]; // by judge
    struct sl_confusion confusions[SL_FINDINGS_NAMES_MAX][2];
    uint64_t posts, unknown;
    struct sl_intern unknown_names;
    uint64_t unknown_counts[64];
};

void sl_finding_counts_init(struct sl_finding_counts *counts,
                            const struct sl_engine *const *engines, uint32_t engines_count,
                            sl_engine_name_fn name);
void sl_finding_counts_done(struct sl_finding_counts *counts);

// Counts a post that was judged for these, with what each judge found.
void sl_finding_counts_add(struct sl_finding_counts *counts, const struct sl_labelled_words *words,
                           const uint64_t found[2], uint32_t judges_count);

// Names that neither people nor judges ever said are left out.
int sl_finding_counts_take(const struct sl_finding_counts *counts, struct sl_error *error,
                           struct sl_eval_findings *ret_findings);

#endif
