// SPDX-License-Identifier: Apache-2.0
#include "engine/learned.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "engine/judge.h"
#include "model/veil.h"
#include "text/words.h"

struct sl_learned_memory {
    // Of the text that was read last.
    struct sl_features features;
    const unsigned char *view;
    // Of the text that was concluded last.
    int32_t rules_milli, patterns_milli;
    struct sl_model_opinion opinion;

    struct sl_observed observed;
    struct sl_model_sums sums[SL_BLOCK_PIECES_MAX];
    struct sl_veil_range ranges[2 * SL_VERDICT_MASKS_MAX];
    unsigned char veiled[SL_VEIL_BYTES];
    unsigned char veiled_view[SL_WORDS_BYTES(SL_VEIL_BYTES) + SL_FEATURES_PAD_BYTES];
};

int sl_learned_init(struct sl_learned *learned, struct sl_model_shelf *shelf,
                    struct sl_error *error) {
    learned->memory = calloc(1, sizeof *learned->memory);
    if (learned->memory == NULL) {
        return sl_error_set(error, "out of memory for a judge");
    }
    learned->model = sl_model_shelf_take(shelf, &learned->generation);
    return SL_OK;
}

void sl_learned_done(struct sl_learned *learned) {
    sl_model_release(learned->model);
    free(learned->memory);
    *learned = (struct sl_learned){0};
}

void sl_learned_refresh(struct sl_learned *learned, struct sl_model_shelf *shelf) {
    if (sl_model_shelf_changed(shelf, learned->generation)) {
        sl_model_release(learned->model);
        learned->model = sl_model_shelf_take(shelf, &learned->generation);
    }
}

static size_t take_ranges(const struct sl_span *spans, uint32_t count, size_t used, size_t room,
                          struct sl_veil_range *ret_ranges) {
    for (uint32_t i = 0; i < count && used < room; i++) {
        ret_ranges[used++] = (struct sl_veil_range){spans[i].start, spans[i].end};
    }
    return used;
}

// The words view without what a model must not see. Most texts hold nothing of the kind: their
// view serves as it is.
static size_t veil_view(struct sl_learned_memory *memory, const struct sl_folded *folded,
                        const struct sl_found *found) {
    size_t room = sizeof memory->ranges / sizeof memory->ranges[0];
    size_t count = take_ranges(found->spans, found->spans_count, 0, room, memory->ranges);
    count = take_ranges(found->kept, found->kept_count, count, room, memory->ranges);
    size_t len = sl_veil(folded->bytes, folded->len, memory->ranges, count, memory->veiled);
    memory->view = memory->veiled_view;
    return sl_words(memory->veiled, len, memory->veiled_view, NULL);
}

void sl_learned_read(struct sl_learned *learned, uint32_t piece, const unsigned char *view,
                     size_t view_len, const struct sl_folded *folded,
                     const struct sl_found *found) {
    struct sl_learned_memory *memory = learned->memory;
    memory->view = view;
    if (folded->has_at || folded->has_scheme || found->spans_count > 0 || found->kept_count > 0) {
        view_len = veil_view(memory, folded, found);
    }
    if (learned->observed != NULL) {
        learned->observed->view = memory->view;
        learned->observed->view_len = view_len;
        learned->observed->patterns_count = 0;
    }
    if (learned->model != NULL) {
        sl_features_read(memory->view, view_len, sl_model_refusals(learned->model),
                         &memory->features);
        sl_model_add_up(learned->model, &memory->features, &memory->sums[piece]);
    }
}

int32_t sl_learned_hit(struct sl_learned *learned, uint32_t pattern) {
    struct sl_observed *observed = learned->observed;
    if (observed != NULL && observed->patterns_count < SL_OBSERVED_PATTERNS_MAX) {
        observed->patterns[observed->patterns_count++] = (uint16_t)pattern;
    }
    return learned->model != NULL ? sl_model_pattern_milli(learned->model, pattern) : 0;
}

void sl_learned_conclude(struct sl_learned *learned, uint32_t piece, int32_t rules_milli,
                         int32_t patterns_milli, struct sl_model_opinion *ret_opinion) {
    struct sl_learned_memory *memory = learned->memory;
    sl_model_conclude(learned->model, &memory->sums[piece], rules_milli, patterns_milli,
                      ret_opinion);
    memory->rules_milli = rules_milli;
    memory->patterns_milli = patterns_milli;
    memory->opinion = *ret_opinion;
}

struct sl_observed *sl_learned_begin_observing(struct sl_learned *learned) {
    learned->observed = &learned->memory->observed;
    return learned->observed;
}

void sl_learned_end_observing(struct sl_learned *learned) {
    learned->observed = NULL;
}

// Explaining.

static void put_words(const struct sl_learned_memory *memory, uint32_t start, uint32_t end,
                      char *ret_words) {
    static const char *const placeholders[] = {"[page]", "[mention]", "[identifier]", "[number]",
                                               "[name]"};
    const struct sl_feature_token *tokens = memory->features.tokens;
    size_t used = 0;
    for (uint32_t i = start; i < end; i++) {
        size_t room = SL_EXPLAINED_WORDS_BYTES - 1 - used, len = tokens[i].end - tokens[i].start;
        const char *word = (const char *)memory->view + tokens[i].start;
        if (tokens[i].veil != 0) {
            word = placeholders[tokens[i].veil - SL_VEIL_FIRST];
            len = strlen(word);
        }
        if (len + (used > 0) > room) { // whole words only, or a code point might be cut
            break;
        }
        if (used > 0) {
            ret_words[used++] = ' ';
        }
        memcpy(ret_words + used, word, len);
        used += len;
    }
    ret_words[used] = '\0';
}

// Keeps the strongest, strongest first.
static void keep_feature(struct sl_explained_model *explained,
                         const struct sl_explained_feature *feature) {
    uint32_t at = explained->features_count;
    while (at > 0 && labs(explained->features[at - 1].logit_milli) < labs(feature->logit_milli)) {
        at--;
    }
    if (at == SL_EXPLAINED_FEATURES_MAX) {
        return;
    }
    if (explained->features_count < SL_EXPLAINED_FEATURES_MAX) {
        explained->features_count++;
    }
    memmove(&explained->features[at + 1], &explained->features[at],
            (explained->features_count - 1 - at) * sizeof explained->features[0]);
    explained->features[at] = *feature;
}

void sl_learned_explain(const struct sl_learned *learned,
                        struct sl_explained_model *ret_explained) {
    const struct sl_learned_memory *memory = learned->memory;
    const struct sl_features *features = &memory->features;
    *ret_explained = (struct sl_explained_model){.used = true,
                                                 .threshold_permille =
                                                     sl_model_threshold_permille(learned->model),
                                                 .rules_milli = memory->rules_milli,
                                                 .model_milli = memory->opinion.model_milli,
                                                 .logit_milli = memory->opinion.logit_milli};
    sl_model_combination(learned->model, &ret_explained->rules_slope, &ret_explained->model_slope,
                         &ret_explained->offset);
    ret_explained->patterns_milli =
        (int32_t)lround(ret_explained->model_slope * memory->patterns_milli);
    double runs = 0;
    for (uint32_t i = 0; i < features->count; i++) {
        double logit = sl_model_contribution(learned->model, features, i);
        if (i >= features->words_count) {
            runs += logit;
            continue;
        }
        struct sl_explained_feature feature = {.logit_milli = (int32_t)lround(1000 * logit)};
        bool pair = i >= features->tokens_count;
        uint32_t token = pair ? i - features->tokens_count : i;
        if (feature.logit_milli != 0) {
            put_words(memory, token, token + 1 + pair, feature.words);
            keep_feature(ret_explained, &feature);
        }
    }
    ret_explained->runs_milli = (int32_t)lround(1000 * runs);
}
