// SPDX-License-Identifier: Apache-2.0
//
// train/suggest_score.h - which of the counted phrases are worth a person's time.
//
// Score: weighted log-odds-ratio with an informative Dirichlet prior, as a z-value (Monroe,
// Colaresi and Quinn, "Fightin' Words", Political Analysis 16(4), 2008, equations 15, 20 and 22),
// over posts instead of words: with y of n mistakes holding a phrase, y' of n' posts of those they
// are told from, and a prior of a tenth of all posts, a0 = (n + n') / 10 and a = a0 (y + y') / (n +
// n'),
//     d = ln((y + a) / (n + a0 - y - a)) - ln((y' + a) / (n' + a0 - y' - a))
//     z = d / sqrt(1 / (y + a) + 1 / (y' + a))
//
// Requests that are missed are told from posts that are no requests; false alarms from requests
// that are found, since only those have something to lose by a weight below zero.
//
// Chosen are, from the highest z down, phrases with z of at least SL_SUGGEST_Z_MIN and a word of
// four letters or more, that enough mistakes hold and that are spread widely and pure enough; but
// for those that hold a chosen one (it would be found anyway) and those of which a chosen longer
// one already accounts for nine tenths.
#ifndef SL_TRAIN_SUGGEST_SCORE_H
#define SL_TRAIN_SUGGEST_SCORE_H

#include "suggest_counts.h"

#define SL_SUGGEST_Z_MIN 2.0

struct sl_suggestion {
    const struct sl_phrase *phrase;
    uint32_t mistakes; // posts that the rules get wrong
    uint32_t same;     // of misses: all requests with it; of alarms: the alarms
    uint32_t others;   // of misses: all posts with it that are none; of alarms: requests found
    double z;
    double purity; // same / (same + others)
};

double sl_suggest_z(uint64_t mistakes, uint64_t all_mistakes, uint64_t others, uint64_t all_others);

struct sl_suggest_wish {
    uint32_t spread_min; // values of each group, unless some post of the phrase has none
    uint32_t groups_count;
    double purity_min, purity_below;
    uint32_t limit;
};

// Fills up to `limit` suggestions, best first.
int sl_suggest_choose(const struct sl_phrases *phrases, enum sl_phrase_list list,
                      const struct sl_suggest_wish *wish, struct sl_error *error,
                      struct sl_suggestion *ret_suggestions, uint32_t *ret_count);

#endif
