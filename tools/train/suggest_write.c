// SPDX-License-Identifier: Apache-2.0
#include "suggest_write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "engine/internal.h"
#include "terminal.h"

#define STRONG_PURITY 0.95

// What lifts a post from the bias to the threshold, and half of it: a little more than just so.
static double weight_of(const struct sl_suggest_output *output, bool strong) {
    const struct sl_pack *pack = sl_engine_pack(output->engine);
    double share = fmin(fmax(pack->threshold_permille / 1000.0, 0.001), 0.999);
    double lift = log(share / (1 - share)) - pack->bias_milli / 1000.0;
    double weight = ceil((strong ? lift : lift / 2) * 10) / 10;
    return fmin(fmax(weight, 0.1), 20);
}

// Words that YAML's readers have been known to take for something else.
static bool needs_quotes(const char *phrase) {
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(phrase, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void print_spread(const struct sl_suggest_output *output, FILE *out,
                         const struct sl_suggestion *suggestion, enum sl_phrase_list list) {
    for (uint32_t g = 0; g < output->wish.groups_count; g++) {
        const struct sl_spread *spread = &suggestion->phrase->spread[list][g];
        if (spread->count > 0) {
            fprintf(out, ", %s %u%s", output->group_fields[g], spread->count,
                    spread->count == SL_PHRASES_SPREAD_MAX ? "+" : "");
        }
    }
}

// One of the three patterns that are printed.
struct proposal {
    const char *id;
    const char *comment;
    enum sl_phrase_list list;
    double purity_min, purity_below;
    double weight;
    struct sl_suggestion *suggestions;
    uint32_t count;
};

static void print_proposal(const struct sl_suggest_output *output, FILE *out,
                           const struct proposal *proposal) {
    if (proposal->count == 0) {
        return;
    }
    fprintf(out, "  # %s\n  - id: %s\n    weight: %.1f\n    phrases:\n", proposal->comment,
            proposal->id, proposal->weight);
    for (uint32_t i = 0; i < proposal->count; i++) {
        const struct sl_suggestion *suggestion = &proposal->suggestions[i];
        const char *quote = needs_quotes(suggestion->phrase->text) ? "\"" : "";
        int width = (int)strlen(suggestion->phrase->text) + 2 * (int)strlen(quote);
        fprintf(out, "      - %s%s%s%*s # ", quote, suggestion->phrase->text, quote,
                width < 34 ? 34 - width : 0, "");
        if (proposal->list == SL_LIST_MISSES) {
            fprintf(out, "missed %u, care %u, other %u", suggestion->mistakes, suggestion->same,
                    suggestion->others);
        } else {
            fprintf(out, "alarms %u, found %u", suggestion->mistakes, suggestion->others);
        }
        fprintf(out, ", z %.1f", suggestion->z);
        print_spread(output, out, suggestion, proposal->list);
        fputc('\n', out);
    }
}

static void print_all(const struct sl_suggest_output *output, FILE *out,
                      const struct proposal *proposals, size_t count) {
    const uint64_t *posts = sl_phrases_posts(output->phrases);
    char a[SL_NUMBER_BYTES], b[SL_NUMBER_BYTES];
    uint32_t phrases_count = 0;
    fprintf(out,
            "# Phrases from labelled posts that %s gets wrong. Read them before you use them.\n",
            sl_engine_pack_name(output->engine));
    fprintf(out, "# It misses %s of %s requests, ", sl_number_grouped(posts[SL_CELL_MISS], a),
            sl_number_grouped(posts[SL_CELL_MISS] + posts[SL_CELL_HIT], b));
    fprintf(out, "and calls care %s of %s posts that are none.\n",
            sl_number_grouped(posts[SL_CELL_ALARM], a),
            sl_number_grouped(posts[SL_CELL_ALARM] + posts[SL_CELL_REJECTION], b));
    for (size_t i = 0; i < count; i++) {
        phrases_count += proposals[i].count;
    }
    if (phrases_count == 0) {
        fprintf(out, "# No phrase stands out.\npatterns: []\n");
        return;
    }
    fputs(
        "# Behind each phrase: posts with it. missed, alarms: those the rules get wrong; care, "
        "other:\n# all requests and all posts that are none; found: requests that the rules find; "
        "z: "
        "how\n# surely it tells them apart (2 and more).\npatterns:\n",
        out);
    for (size_t i = 0; i < count; i++) {
        print_proposal(output, out, &proposals[i]);
    }
}

static int choose(const struct sl_suggest_output *output, struct proposal *proposal,
                  struct sl_error *error) {
    struct sl_suggest_wish wish = output->wish;
    wish.purity_min = proposal->purity_min;
    wish.purity_below = proposal->purity_below;
    proposal->suggestions = calloc(wish.limit, sizeof *proposal->suggestions);
    return proposal->suggestions != NULL
               ? sl_suggest_choose(output->phrases, proposal->list, &wish, error,
                                   proposal->suggestions, &proposal->count)
               : sl_error_set(error, "no memory for suggestions");
}

int sl_suggest_write(const struct sl_suggest_output *output, FILE *out, struct sl_error *error) {
    double purity = output->wish.purity_min;
    double strong = fmax(purity, STRONG_PURITY);
    struct proposal proposals[] = {
        {.id = "suggested.care",
         .comment = "Nearly always care: the weight reaches the threshold alone.",
         .list = SL_LIST_MISSES,
         .purity_min = strong,
         .purity_below = 2,
         .weight = weight_of(output, true)},
        {.id = "suggested.hint",
         .comment = "More often care than not: two such patterns reach the threshold.",
         .list = SL_LIST_MISSES,
         .purity_min = purity,
         .purity_below = strong,
         .weight = weight_of(output, false)},
        {.id = "suggested.not_care",
         .comment = "In false alarms rather than in requests that are found.",
         .list = SL_LIST_ALARMS,
         .purity_min = purity,
         .purity_below = 2,
         .weight = -weight_of(output, false)},
    };
    size_t count = sizeof proposals / sizeof *proposals;
    int result = SL_OK;
    for (size_t i = 0; i < count && result == SL_OK; i++) {
        result = choose(output, &proposals[i], error);
    }
    if (result == SL_OK) {
        print_all(output, out, proposals, count);
    }
    for (size_t i = 0; i < count; i++) {
        free(proposals[i].suggestions);
    }
    return result;
}
