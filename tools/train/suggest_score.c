// SPDX-License-Identifier: Apache-2.0
#include "suggest_score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define TELLING_BYTES 4 // of one word of a phrase at least

double sl_suggest_z(uint64_t mistakes, uint64_t all_mistakes, uint64_t others,
                    uint64_t all_others) {
    if (mistakes == 0) {
        return -INFINITY;
    }
    double y = (double)mistakes, n = (double)all_mistakes;
    double other_y = (double)others, other_n = (double)all_others;
    double a0 = (n + other_n) / 10, a = a0 * (y + other_y) / (n + other_n);
    double d = log((y + a) / (n + a0 - y - a)) - log((other_y + a) / (other_n + a0 - other_y - a));
    return d / sqrt(1 / (y + a) + 1 / (other_y + a));
}

static struct sl_suggestion weigh(const struct sl_phrase *phrase, const uint64_t *posts,
                                  enum sl_phrase_list list) {
    const uint32_t *in = phrase->posts;
    struct sl_suggestion suggestion = {.phrase = phrase};
    uint64_t all, all_others;
    if (list == SL_LIST_MISSES) {
        suggestion.mistakes = in[SL_CELL_MISS];
        suggestion.same = in[SL_CELL_HIT] + in[SL_CELL_MISS];
        suggestion.others = in[SL_CELL_ALARM] + in[SL_CELL_REJECTION];
        all = posts[SL_CELL_MISS];
        all_others = posts[SL_CELL_ALARM] + posts[SL_CELL_REJECTION];
    } else {
        suggestion.mistakes = suggestion.same = in[SL_CELL_ALARM];
        suggestion.others = in[SL_CELL_HIT];
        all = posts[SL_CELL_ALARM];
        all_others = posts[SL_CELL_HIT];
    }
    suggestion.z = sl_suggest_z(suggestion.mistakes, all, suggestion.others, all_others);
    suggestion.purity =
        (double)suggestion.same / ((double)suggestion.same + (double)suggestion.others);
    return suggestion;
}

static bool is_spread(const struct sl_phrase *phrase, enum sl_phrase_list list,
                      const struct sl_suggest_wish *wish) {
    for (uint32_t g = 0; g < wish->groups_count; g++) {
        const struct sl_spread *spread = &phrase->spread[list][g];
        if (!spread->unknown && spread->count < wish->spread_min) {
            return false;
        }
    }
    return true;
}

// "e", "non si": words that are in every other text say nothing by themselves.
static bool says_something(const char *text) {
    for (const char *word = text; *word != '\0';) {
        size_t len = strcspn(word, " ");
        if (len >= TELLING_BYTES) {
            return true;
        }
        word += len + (word[len] == ' ');
    }
    return false;
}

// Of phrases that tell the same, the longest says most clearly what it is.
static int compare_suggestions(const void *left, const void *right) {
    const struct sl_suggestion *a = left, *b = right;
    if (a->z != b->z) {
        return a->z > b->z ? -1 : 1;
    }
    if (a->phrase->words_count != b->phrase->words_count) {
        return a->phrase->words_count > b->phrase->words_count ? -1 : 1;
    }
    return strcmp(a->phrase->text, b->phrase->text);
}

// Whole words: "rete" is in "la rete", not in "prete".
static bool holds(const char *longer, const char *shorter) {
    size_t len = strlen(shorter);
    for (const char *at = strstr(longer, shorter); at != NULL; at = strstr(at + 1, shorter)) {
        if ((at == longer || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' ')) {
            return true;
        }
    }
    return false;
}

static bool is_covered(const struct sl_suggestion *candidate, const struct sl_suggestion *chosen,
                       uint32_t chosen_count) {
    for (uint32_t i = 0; i < chosen_count; i++) {
        if (holds(candidate->phrase->text, chosen[i].phrase->text) ||
            (holds(chosen[i].phrase->text, candidate->phrase->text) &&
             (uint64_t)chosen[i].mistakes * 10 >= (uint64_t)candidate->mistakes * 9)) {
            return true;
        }
    }
    return false;
}

int sl_suggest_choose(const struct sl_phrases *phrases, enum sl_phrase_list list,
                      const struct sl_suggest_wish *wish, struct sl_error *error,
                      struct sl_suggestion *ret_suggestions, uint32_t *ret_count) {
    uint32_t count, candidates_count = 0, chosen = 0;
    const struct sl_phrase *all = sl_phrases_all(phrases, &count);
    struct sl_suggestion *candidates = malloc(((size_t)count + 1) * sizeof *candidates);
    if (candidates == NULL) {
        return sl_error_set(error, "no memory for suggestions");
    }
    for (uint32_t i = 0; i < count; i++) {
        struct sl_suggestion candidate = weigh(&all[i], sl_phrases_posts(phrases), list);
        if (candidate.mistakes >= sl_phrases_least(phrases) && candidate.z >= SL_SUGGEST_Z_MIN &&
            says_something(all[i].text) && candidate.purity >= wish->purity_min &&
            candidate.purity < wish->purity_below && is_spread(&all[i], list, wish)) {
            candidates[candidates_count++] = candidate;
        }
    }
    qsort(candidates, candidates_count, sizeof *candidates, compare_suggestions);
    for (uint32_t i = 0; i < candidates_count && chosen < wish->limit; i++) {
        if (!is_covered(&candidates[i], ret_suggestions, chosen)) {
            ret_suggestions[chosen++] = candidates[i];
        }
    }
    free(candidates);
    *ret_count = chosen;
    return SL_OK;
}
