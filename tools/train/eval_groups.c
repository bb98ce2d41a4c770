// SPDX-License-Identifier: Apache-2.0
#include "eval_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

int sl_grouping_init(struct sl_grouping *grouping, const char *field, struct sl_error *error) {
    *grouping = (struct sl_grouping){.field = field};
    sl_intern_init(&grouping->names, SL_EVAL_VALUES_MAX);
    grouping->groups = calloc(SL_EVAL_VALUES_MAX + 1, sizeof *grouping->groups);
    return grouping->groups != NULL ? SL_OK : sl_error_set(error, "no memory for groups");
}

void sl_grouping_done(struct sl_grouping *grouping) {
    for (uint32_t i = 0; grouping->groups != NULL && i <= SL_EVAL_VALUES_MAX; i++) {
        free(grouping->groups[i]);
    }
    free(grouping->groups);
    sl_intern_done(&grouping->names);
    *grouping = (struct sl_grouping){0};
}

bool sl_grouping_add(struct sl_grouping *grouping, struct sl_str value, bool care,
                     const struct sl_judgement *judgements, uint32_t judges_count) {
    uint32_t index = sl_intern_add(&grouping->names, value);
    index = index == SL_INTERN_NONE ? SL_EVAL_VALUES_MAX : index;
    if (grouping->groups[index] == NULL) {
        grouping->groups[index] = calloc(1, sizeof **grouping->groups);
    }
    struct sl_eval_group *group = grouping->groups[index];
    if (group == NULL || grouping->names.out_of_memory) {
        return false;
    }
    group->posts++;
    group->care += care;
    for (uint32_t judge = 0; judge < judges_count; judge++) {
        sl_tally_post(&group->tally[judge], judgements[judge].score_permille, care,
                      judgements[judge].label == SL_LABEL_CARE);
    }
    return true;
}

static int compare_groups(const void *left, const void *right) {
    const struct sl_eval_group *a = *(struct sl_eval_group *const *)left,
                               *b = *(struct sl_eval_group *const *)right;
    return a->posts != b->posts ? (a->posts > b->posts ? -1 : 1) : strcmp(a->name, b->name);
}

static struct sl_tally less(const struct sl_tally *all, const struct sl_tally *part) {
    struct sl_tally rest = *all;
    for (uint32_t score = 0; score < SL_EVAL_SCORES; score++) {
        rest.care[score] -= part->care[score];
        rest.other[score] -= part->other[score];
    }
    return rest;
}

static void measure(struct sl_eval_group *group, const struct sl_eval_judge *judges,
                    uint32_t judges_count, bool others) {
    for (uint32_t j = 0; j < judges_count; j++) {
        uint32_t threshold = judges[j].threshold_permille;
        group->figures[j] = sl_figures_called(&group->tally[j]);
        if (others) {
            struct sl_tally rest = less(&judges[j].tally, &group->tally[j]);
            group->others_threshold_permille[j] = sl_tally_best_threshold(&rest, threshold);
            group->with_others[j] =
                sl_figures_of(&group->tally[j], group->others_threshold_permille[j]);
        }
    }
}

int sl_grouping_take(struct sl_grouping *grouping, const struct sl_eval_judge *judges,
                     uint32_t judges_count, bool others, struct sl_error *error,
                     struct sl_eval_groups *ret_groups) {
    uint32_t names_count = grouping->names.count;
    bool nothing = names_count == 0 || (names_count == 1 && grouping->names.names[0].len == 0);
    *ret_groups = (struct sl_eval_groups){0};
    if (nothing) {
        return SL_OK;
    }
    uint32_t count = 0;
    struct sl_eval_group **groups = grouping->groups;
    for (uint32_t i = 0; i <= SL_EVAL_VALUES_MAX; i++) {
        if (groups[i] != NULL) {
            groups[i]->name =
                strdup(i < names_count ? grouping->names.names[i].data : SL_EVAL_REST);
            if (groups[i]->name == NULL) {
                return sl_error_set(error, "no memory for groups");
            }
            struct sl_eval_group *group = groups[i];
            groups[i] = NULL;
            groups[count++] = group;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        measure(groups[i], judges, judges_count, others && count > 1);
    }
    qsort(groups, count, sizeof *groups, compare_groups);
    ret_groups->field = strdup(grouping->field);
    ret_groups->groups = groups;
    ret_groups->count = count;
    ret_groups->has_others = others && count > 1;
    grouping->groups = NULL;
    return ret_groups->field != NULL ? SL_OK : sl_error_set(error, "no memory for groups");
}
