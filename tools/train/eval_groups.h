// SPDX-License-Identifier: Apache-2.0
//
// train/eval_groups.h - tallies for each value of a field.
#ifndef SL_TRAIN_EVAL_GROUPS_H
#define SL_TRAIN_EVAL_GROUPS_H

#include "eval_report.h"
#include "intern.h"
#include "judging.h"

struct sl_grouping {
    const char *field;
    struct sl_intern names;
    struct sl_eval_group **groups; // by number of the name, the rest behind them
};

int sl_grouping_init(struct sl_grouping *grouping, const char *field, struct sl_error *error);
void sl_grouping_done(struct sl_grouping *grouping);

// Counts a post in the group of this value; absent is a value, too. False: out of memory.
bool sl_grouping_add(struct sl_grouping *grouping, struct sl_str value, bool care,
                     const struct sl_judgement *judgements, uint32_t judges_count);

// Hands the groups over with their figures, in order. `judges` have their tallies; where `others`
// is set, each group also gets the figures at the best threshold of all the others. No groups where
// no post had a value.
int sl_grouping_take(struct sl_grouping *grouping, const struct sl_eval_judge *judges,
                     uint32_t judges_count, bool others, struct sl_error *error,
                     struct sl_eval_groups *ret_groups);

#endif
