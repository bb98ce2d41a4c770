// SPDX-License-Identifier: Apache-2.0
//
// pipeline/quarantine.h - why a record was refused: one list of reasons over all stages, each with
// a word for counters and files and a sentence for people.
#ifndef SL_PIPELINE_QUARANTINE_H
#define SL_PIPELINE_QUARANTINE_H

#include <sluice/engine.h>

#include "post/post.h"

// The decoder's faults, then the judge's outcomes, then the pipeline's own. The first of either of
// the first two means "fine" and is never counted.
enum sl_quarantine_reason {
    SL_QUARANTINE_POST = 0,
    SL_QUARANTINE_JUDGE = SL_QUARANTINE_POST + SL_POST_FAULTS_COUNT,
    SL_QUARANTINE_UNFINISHED =
        SL_QUARANTINE_JUDGE + SL_OUTCOMES_COUNT, // reading broke off inside it
    SL_QUARANTINE_ITEM_TOO_LONG,
    SL_QUARANTINE_REASONS_COUNT,
};

const char *sl_quarantine_word(enum sl_quarantine_reason reason);
const char *sl_quarantine_help(enum sl_quarantine_reason reason);

#endif
