// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>
#include <string.h>

#include "phrases/internal.h"

static void draft_done(struct sl_phrases_draft *draft) {
    sl_vocabulary_done(&draft->vocabulary);
    sl_pool_done(&draft->nodes);
    sl_pool_done(&draft->actions);
    sl_list_done(&draft->depths);
    sl_list_done(&draft->starts);
    sl_list_done(&draft->targets);
    sl_list_done(&draft->questions);
}

static bool has_failed(const struct sl_phrases_draft *draft) {
    return draft->nodes.failed || draft->actions.failed || draft->depths.failed ||
           draft->starts.failed || draft->targets.failed || draft->questions.failed;
}

// A phrase that stands for several expressions comes several times in a row.
static bool is_again(const struct sl_phrases_source *sources, uint32_t index) {
    return index > 0 && sources[index].plain != NULL &&
           sources[index - 1].plain == sources[index].plain &&
           sources[index - 1].found == sources[index].found;
}

static bool make_lexicon(struct sl_phrases_draft *draft, struct sl_phrases *phrases) {
    const struct sl_vocabulary *vocabulary = &draft->vocabulary;
    uint32_t *targets = calloc(vocabulary->count + 1, sizeof *targets);
    for (uint32_t i = 1; targets != NULL && i < vocabulary->count; i++) {
        bool is_word =
            sl_is_word_byte((unsigned char)vocabulary->texts[vocabulary->symbols[i].text]);
        uint32_t target = (uint32_t)draft->targets.items[i] | (is_word ? 0 : SL_TARGET_SIGN);
        bool event = (target & (SL_TARGET_ENDS | SL_TARGET_TAIL | SL_TARGET_SIGN)) != 0;
        targets[i] = target | (event ? SL_TARGET_EVENT : 0);
    }
    bool made = targets != NULL && sl_lexicon_init(&phrases->lexicon, &draft->vocabulary, targets);
    free(targets);
    return made;
}

static void clear(struct sl_phrases *phrases) {
    sl_lexicon_done(&phrases->lexicon);
    free(phrases->transitions);
    free(phrases->seconds);
    free(phrases->ends);
    free(phrases->actions);
    free(phrases->questions);
    *phrases = (struct sl_phrases){0};
}

// Signs that every text holds are known, whether or not a phrase says them: what is known is found
// sooner.
static void add_signs(struct sl_phrases_draft *draft) {
    static const char *const signs[] = {"\n", ".", "?", "!", "@", "#", "..", "...", "!!", "!!!"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        sl_vocabulary_add(&draft->vocabulary, signs[i], strlen(signs[i]), SL_SYMBOL_WORD);
    }
}

static enum sl_automaton_result make(const struct sl_phrases_source *sources, uint32_t count,
                                     bool *ret_taken, struct sl_phrases *phrases) {
    struct sl_phrases_draft draft = {0};
    add_signs(&draft);
    for (uint32_t i = 0; i < count; i++) {
        ret_taken[i] =
            is_again(sources, i) ? ret_taken[i - 1] : sl_phrases_read(&draft, &sources[i]);
    }
    enum sl_automaton_result result =
        has_failed(&draft) ? SL_AUTOMATON_NO_MEMORY : sl_automaton_make(&draft, phrases);
    if (result == SL_AUTOMATON_MADE && !make_lexicon(&draft, phrases)) {
        result = SL_AUTOMATON_FULL;
    }
    if (result != SL_AUTOMATON_MADE) {
        clear(phrases);
    }
    draft_done(&draft);
    return result;
}

int sl_phrases_init(const struct sl_phrases_source *sources, uint32_t count, struct sl_error *error,
                    bool *ret_taken, struct sl_phrases **ret_phrases) {
    *ret_phrases = NULL;
    struct sl_phrases *phrases = calloc(1, sizeof *phrases);
    if (phrases == NULL) {
        return sl_error_set(error, "out of memory for %u phrases", count);
    }
    memset(ret_taken, 0, count * sizeof *ret_taken);
    enum sl_automaton_result result = make(sources, count, ret_taken, phrases);
    while (result == SL_AUTOMATON_FULL && count > 0) {
        memset(ret_taken, 0, count * sizeof *ret_taken);
        count /= 2;
        result = make(sources, count, ret_taken, phrases);
    }
    if (result != SL_AUTOMATON_MADE) {
        sl_phrases_done(phrases);
        return sl_error_set(error, "out of memory for %u phrases", count);
    }
    if (phrases->states_count == 0) {
        sl_phrases_done(phrases);
        return SL_OK;
    }
    *ret_phrases = phrases;
    return SL_OK;
}

void sl_phrases_done(struct sl_phrases *phrases) {
    if (phrases == NULL) {
        return;
    }
    clear(phrases);
    free(phrases);
}

size_t sl_phrases_bytes(const struct sl_phrases *phrases) {
    return sizeof *phrases + sl_lexicon_bytes(&phrases->lexicon) +
           ((size_t)1 << (32 - phrases->second_shift)) / 8 +
           ((size_t)1 << phrases->transition_bits) * sizeof *phrases->transitions +
           phrases->states_count * sizeof *phrases->ends +
           phrases->actions_count * sizeof *phrases->actions +
           phrases->questions_count * sizeof *phrases->questions;
}
