// SPDX-License-Identifier: Apache-2.0
#include "folds.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "train.h"

#define FOLDS_USUAL 5

struct member {
    uint64_t key;
    uint32_t post;
};

struct group {
    uint32_t first, count; // in the members, which are sorted by key
    uint32_t care;
    uint64_t order; // between groups of one size
};

const char *sl_folds_word(enum sl_corpus_group by) {
    static const char *const words[] = {
        [SL_CORPUS_CHOSEN] = "the group asked for",
        [SL_CORPUS_ORIGIN] = "source and brand",
        [SL_CORPUS_AUTHOR] = "author",
        [SL_CORPUS_TEXT] = "text",
        [SL_CORPUS_SOURCE] = "source",
    };
    return words[by];
}

static bool has_two_values(const struct sl_corpus *corpus, enum sl_corpus_group by) {
    uint64_t first = 0;
    for (uint32_t i = 0; i < corpus->posts_count; i++) {
        uint64_t key = corpus->posts[i].groups[by];
        if (key != 0 && first != 0 && key != first) {
            return true;
        }
        first = key != 0 ? key : first;
    }
    return false;
}

static enum sl_corpus_group choose(const struct sl_corpus *corpus, bool by_chosen) {
    if (by_chosen) {
        return SL_CORPUS_CHOSEN;
    }
    enum sl_corpus_group by = SL_CORPUS_ORIGIN;
    while (by < SL_CORPUS_TEXT && !has_two_values(corpus, by)) {
        by++;
    }
    return by;
}

static int compare_members(const void *a, const void *b) {
    const struct member *x = a, *y = b;
    if (x->key != y->key) {
        return x->key < y->key ? -1 : 1;
    }
    return x->post < y->post ? -1 : x->post > y->post;
}

static int compare_groups(const void *a, const void *b) {
    const struct group *x = a, *y = b;
    if (x->count != y->count) {
        return x->count > y->count ? -1 : 1;
    }
    return x->order < y->order ? -1 : x->order > y->order;
}

// Posts of one value stand together; returns how many values there are.
static uint32_t sort_members(const struct sl_corpus *corpus, enum sl_corpus_group by,
                             struct member *members) {
    for (uint32_t i = 0; i < corpus->posts_count; i++) {
        const uint64_t *keys = corpus->posts[i].groups;
        members[i] = (struct member){keys[by] != 0 ? keys[by] : keys[SL_CORPUS_TEXT], i};
    }
    qsort(members, corpus->posts_count, sizeof *members, compare_members);
    uint32_t count = 0;
    for (uint32_t i = 0; i < corpus->posts_count; i++) {
        count += i == 0 || members[i].key != members[i - 1].key;
    }
    return count;
}

static struct group *make_groups(const struct sl_corpus *corpus, const struct member *members,
                                 uint32_t count, uint64_t seed) {
    struct group *groups = calloc(count, sizeof *groups), *group = groups;
    for (uint32_t i = 0; i < corpus->posts_count && groups != NULL; i++) {
        if (i == 0 || members[i].key != members[i - 1].key) {
            uint64_t drawn[] = {seed, members[i].key};
            group += i > 0;
            *group = (struct group){.first = i, .order = sl_hash64(drawn, sizeof drawn)};
        }
        group->count++;
        group->care += corpus->posts[members[i].post].care;
    }
    return groups;
}

// Mixed sources.
static bool mark_mixed(const struct sl_corpus *corpus, struct member *members,
                       struct sl_folds *folds) {
    uint32_t count = sort_members(corpus, SL_CORPUS_SOURCE, members), care = 0, rest = 0;
    struct group *sources = make_groups(corpus, members, count, 0);
    for (uint32_t i = 0; i < count && sources != NULL; i++) {
        uint32_t others = sources[i].count - sources[i].care;
        bool mixed = sources[i].care >= SL_FOLDS_MIXED && others >= SL_FOLDS_MIXED;
        care += mixed ? sources[i].care : 0;
        rest += mixed ? others : 0;
        for (uint32_t j = 0; j < sources[i].count; j++) {
            folds->is_mixed[members[sources[i].first + j].post] = mixed;
        }
    }
    folds->mixed_count = care + rest;
    if (care < SL_FOLDS_MIXED_POSTS || rest < SL_FOLDS_MIXED_POSTS) {
        memset(folds->is_mixed, true, corpus->posts_count);
        folds->mixed_count = corpus->posts_count;
    }
    free(sources);
    return sources != NULL;
}

// A fold's load: the share it has of care and of the rest.
static void deal(const struct sl_corpus *corpus, const struct member *members,
                 const struct group *groups, struct sl_folds *folds) {
    double loads[SL_TRAIN_FOLDS_MAX] = {0};
    double care = corpus->care_count, rest = corpus->posts_count - care;
    for (uint32_t i = 0; i < folds->groups_count; i++) {
        uint8_t least = 0;
        for (uint8_t fold = 1; fold < folds->count; fold++) {
            least = loads[fold] < loads[least] ? fold : least;
        }
        loads[least] +=
            groups[i].care / (care + 1) + (groups[i].count - groups[i].care) / (rest + 1);
        for (uint32_t j = 0; j < groups[i].count; j++) {
            uint32_t post = members[groups[i].first + j].post;
            folds->of[post] = least;
        }
    }
}

static int no_memory(struct sl_error *error) {
    return sl_error_set(error, "out of memory for so many posts");
}

static int make(const struct sl_corpus *corpus, struct member *members, uint32_t folds_count,
                uint64_t seed, struct sl_error *error, struct sl_folds *folds) {
    if (!mark_mixed(corpus, members, folds)) {
        return no_memory(error);
    }
    folds->groups_count = sort_members(corpus, folds->by, members);
    if (folds->groups_count < 2) {
        return sl_error_set(error,
                            "all posts are of one %s: nothing can be held out; give posts of "
                            "several, or another --group",
                            sl_folds_word(folds->by));
    }
    struct group *groups = make_groups(corpus, members, folds->groups_count, seed);
    if (groups == NULL) {
        return no_memory(error);
    }
    uint32_t most = folds_count != 0 ? folds_count : FOLDS_USUAL;
    folds->count = most < folds->groups_count ? most : folds->groups_count;
    qsort(groups, folds->groups_count, sizeof *groups, compare_groups);
    deal(corpus, members, groups, folds);
    free(groups);
    return SL_OK;
}

int sl_folds_make(const struct sl_corpus *corpus, bool by_chosen, uint32_t folds_count,
                  uint64_t seed, struct sl_error *error, struct sl_folds *ret_folds) {
    struct member *members = calloc(corpus->posts_count, sizeof *members);
    *ret_folds = (struct sl_folds){.by = choose(corpus, by_chosen)};
    ret_folds->of = calloc(corpus->posts_count, sizeof *ret_folds->of);
    ret_folds->is_mixed = calloc(corpus->posts_count, sizeof *ret_folds->is_mixed);
    int result = members != NULL && ret_folds->of != NULL && ret_folds->is_mixed != NULL
                     ? make(corpus, members, folds_count, seed, error, ret_folds)
                     : no_memory(error);
    free(members);
    if (result != SL_OK) {
        sl_folds_done(ret_folds);
    }
    return result;
}

void sl_folds_done(struct sl_folds *folds) {
    free(folds->of);
    free(folds->is_mixed);
    *folds = (struct sl_folds){0};
}
