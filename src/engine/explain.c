// SPDX-License-Identifier: Apache-2.0
#include <hs/hs.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "engine/explain.h"
#include "engine/internal.h"
#include "engine/judge.h"
#include "engine/mask.h"
#include "engine/places.h"
#include "text/fold.h"

// The judge's scan keeps neither phrases nor starts, for speed. So the text is scanned and settled
// again here, alone in a block, and what is known then is kept: which patterns and exceptions were
// found, and which patterns were hit. Then each phrase of those found is compiled alone and with
// starts, exceptions first. So nothing that is explained can differ from what was judged.
struct search {
    const struct sl_pack *pack;
    struct sl_str text;  // a words view; a newline stands behind it
    const uint32_t *map; // from the view to the folded text
    struct hs_scratch *scratch;
    const struct sl_explained_rules *rules;
    bool *counted; // by pattern: its weight stands at a hit
    struct sl_place *guards;
    size_t guards_count, guards_room;
    struct sl_explained_hit *hits;
    size_t hits_count, hits_room;
    size_t phrase_first; // index of the first hit of the phrase that is looked for
    uint32_t id;         // of the phrase that is looked for: an expression, or past them a guard
    bool starts_known;
    bool out_of_memory;
};

// Room for one more; NULL, and out_of_memory, when there is none.
static void *make_room(struct search *search, void *list, size_t count, size_t *room,
                       size_t bytes) {
    if (count < *room) {
        return list;
    }
    size_t more = *room == 0 ? 64 : 2 * *room;
    void *longer = realloc(list, more * bytes);
    if (longer == NULL) {
        search->out_of_memory = true;
        return NULL;
    }
    *room = more;
    return longer;
}

static int on_guard(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)id, (void)flags;
    struct search *search = context;
    struct sl_place *guards = make_room(search, search->guards, search->guards_count,
                                        &search->guards_room, sizeof *guards);
    if (guards == NULL) {
        return 1;
    }
    search->guards = guards;
    search->guards[search->guards_count++] =
        sl_place_of(search->pack, search->text, search->id, (uint32_t)from, (uint32_t)to);
    return 0;
}

// The phrase of the pattern's `unless` that takes a place away, or NULL.
static const char *taker_of(const struct search *search, uint32_t pattern, uint32_t from,
                            uint32_t to) {
    const struct sl_pack *pack = search->pack;
    struct sl_place place = sl_place_of(pack, search->text, search->id, from, to);
    for (size_t i = 0; i < search->guards_count; i++) {
        const struct sl_place *guard = &search->guards[i];
        if (sl_place_taken(&place, guard) && sl_place_is_guard_of(pack, pattern, guard->id)) {
            return pack->guards[guard->id - pack->expressions_count].phrase;
        }
    }
    return NULL;
}

// The spaces at a match's ends, and the sign before a sentence, are the matcher's business.
static void trim(const struct search *search, struct sl_explained_hit *hit) {
    const struct sl_pack_expression *expression = &search->pack->expressions[search->id];
    const char *text = search->text.data;
    while (hit->start < hit->end &&
           (text[hit->start] == ' ' || (!expression->raw && expression->multiline &&
                                        strchr(".?!;", text[hit->start]) != NULL))) {
        hit->start++;
    }
    while (hit->end > hit->start && text[hit->end - 1] == ' ') {
        hit->end--;
    }
}

// The matcher reports every end ("funzion*": seven of them in "funzionava"); matches of one phrase
// that overlap are one hit for a person.
static int on_phrase(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                     void *context) {
    (void)id, (void)flags;
    struct search *search = context;
    const struct sl_pack_expression *expression = &search->pack->expressions[search->id];
    struct sl_explained_hit hit = {.pattern = expression->pattern,
                                   .phrase = expression->phrase,
                                   .start = (uint32_t)(search->starts_known ? from : to),
                                   .end = (uint32_t)to};
    hit.taken_by = taker_of(search, hit.pattern, hit.start, hit.end);
    trim(search, &hit);
    while (search->hits_count > search->phrase_first) {
        const struct sl_explained_hit *last = &search->hits[search->hits_count - 1];
        if (hit.start >= last->end || (hit.taken_by == NULL) != (last->taken_by == NULL)) {
            break;
        }
        hit.start = last->start < hit.start ? last->start : hit.start;
        hit.end = last->end > hit.end ? last->end : hit.end;
        search->hits_count--;
    }
    struct sl_explained_hit *hits =
        make_room(search, search->hits, search->hits_count, &search->hits_room, sizeof *hits);
    if (hits == NULL) {
        return 1;
    }
    search->hits = hits;
    search->hits[search->hits_count++] = hit;
    return 0;
}

static hs_database_t *compile_phrase(struct search *search, const char *regex, bool multiline) {
    unsigned flags = multiline ? HS_FLAG_MULTILINE : 0;
    hs_database_t *database = NULL;
    hs_compile_error_t *refused = NULL;
    search->starts_known = hs_compile(regex, flags | HS_FLAG_SOM_LEFTMOST, HS_MODE_BLOCK, NULL,
                                      &database, &refused) == HS_SUCCESS;
    if (!search->starts_known) { // some expressions are too large once starts are asked for
        hs_free_compile_error(refused);
        refused = NULL;
        hs_compile(regex, flags, HS_MODE_BLOCK, NULL, &database, &refused);
        hs_free_compile_error(refused);
    }
    return database;
}

static int search_one(struct search *search, hs_database_t *database, match_event_handler on_found,
                      const struct sl_pack_place *place, struct sl_error *error) {
    search->phrase_first = search->hits_count;
    bool searched = database != NULL &&
                    hs_alloc_scratch(database, &search->scratch) == HS_SUCCESS &&
                    hs_scan(database, search->text.data, (unsigned)search->text.len + 1, 0,
                            search->scratch, on_found, search) == HS_SUCCESS;
    hs_free_database(database);
    return searched ? SL_OK
                    : sl_error_set(error, "%s:%u:%u: cannot search for this phrase alone: %s",
                                   place->file, place->line, place->column,
                                   search->out_of_memory ? "out of memory" : "the matcher failed");
}

static int search_guards(struct search *search, struct sl_error *error) {
    const struct sl_pack *pack = search->pack;
    for (uint32_t i = 0; i < pack->guards_count; i++) {
        const struct sl_pack_guard *guard = &pack->guards[i];
        search->id = pack->expressions_count + i;
        if (search->rules->found[pack->patterns_count + i] &&
            search_one(search, compile_phrase(search, guard->regex, guard->multiline), on_guard,
                       &guard->place, error) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

static int search_phrases(struct search *search, struct sl_error *error) {
    const struct sl_pack *pack = search->pack;
    if (search_guards(search, error) != SL_OK) {
        return SL_FAILED;
    }
    for (uint32_t i = 0; i < pack->expressions_count; i++) {
        const struct sl_pack_expression *expression = &pack->expressions[i];
        search->id = i;
        if (search->rules->found[expression->pattern] &&
            search_one(search, compile_phrase(search, expression->regex, expression->multiline),
                       on_phrase, &expression->place, error) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

static int compare_hits(const void *left, const void *right) {
    const struct sl_explained_hit *a = left, *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end < b->end ? -1 : 1;
    }
    return a->pattern < b->pattern ? -1 : a->pattern > b->pattern;
}

static uint32_t count_before(const struct sl_verdict *masked, uint32_t at, bool is_end) {
    uint32_t i = 0;
    while (i < masked->masks_count && masked->originals[i].end + is_end <= at) {
        i++;
    }
    return i;
}

// Where a byte of the folded view stands once labels replaced the identifiers. Inside an
// identifier: at its label's border.
static uint32_t place_in_masked(const struct sl_verdict *masked, uint32_t at, bool is_end) {
    uint32_t i = count_before(masked, at, is_end);
    if (i < masked->masks_count && masked->originals[i].start + is_end <= at) {
        return is_end ? masked->masks[i].end : masked->masks[i].start;
    }
    uint32_t from_original = i == 0 ? 0 : masked->originals[i - 1].end;
    uint32_t from_masked = i == 0 ? 0 : masked->masks[i - 1].end;
    return from_masked + (at - from_original);
}

// Each pattern that was hit weighs where it is found first.
static void explain_hits(struct search *search, const struct sl_verdict *masked,
                         struct sl_explanation *explanation) {
    if (search->hits_count > 0) {
        qsort(search->hits, search->hits_count, sizeof *search->hits, compare_hits);
    }
    const struct sl_explained_rules *rules = search->rules;
    explanation->logit_milli += search->pack->bias_milli;
    for (size_t i = 0; i < search->hits_count; i++) {
        struct sl_explained_hit *hit = &search->hits[i];
        hit->withheld = !rules->hit[hit->pattern] && rules->left[hit->pattern];
        if (rules->hit[hit->pattern] && hit->taken_by == NULL && !search->counted[hit->pattern]) {
            search->counted[hit->pattern] = true;
            hit->weight_milli = search->pack->patterns[hit->pattern].weight_milli;
            explanation->logit_milli += hit->weight_milli;
        }
        hit->start = place_in_masked(masked, search->map[hit->start], false);
        hit->end = place_in_masked(masked, search->map[hit->end], true);
        if (i < SL_EXPLAINED_HITS_MAX) {
            explanation->hits[explanation->hits_count++] = *hit;
        }
    }
}

static bool is_kept(const struct sl_pack *pack, enum sl_kind kind) {
    return pack->identifiers[kind].masked_by == SL_OPERATOR_KEEP;
}

static void explain_identifiers(const struct sl_pack *pack, const struct sl_folded *folded,
                                const struct sl_found *found, struct sl_explanation *explanation) {
    for (uint32_t i = 0; i < found->candidates_count && i < SL_EXPLAINED_IDENTIFIERS_MAX; i++) {
        const struct sl_candidate *candidate = &found->candidates[i];
        struct sl_explained_identifier *identifier = &explanation->identifiers[i];
        identifier->kind = candidate->kind;
        identifier->score = candidate->score;
        bool accepted = candidate->score >= sl_kind_threshold(candidate->kind);
        identifier->kept = accepted && is_kept(pack, candidate->kind);
        identifier->masked = accepted && !identifier->kept;
        sl_fold_original_range(folded, candidate->start, candidate->end, &identifier->start,
                               &identifier->end);
        sl_reasons_to_text(candidate->reasons, identifier->reasons, sizeof identifier->reasons);
        explanation->identifiers_count++;
    }
}

// The folded view with labels for identifiers is the folded view, masked as a text of its own.
static void mask_folded(struct sl_judge *judge, const struct sl_folded *folded,
                        const struct sl_found *found, struct sl_verdict *ret_masked) {
    struct sl_text text = {.data = (const char *)folded->bytes, .len = folded->len};
    struct sl_folded itself = {
        .bytes = folded->bytes, .len = folded->len, .original_len = folded->len, .identity = true};
    *ret_masked = (struct sl_verdict){.outcome = SL_JUDGED};
    ret_masked->outcome =
        sl_mask_text(&text, &itself, found, &judge->engine->operators, &judge->cuts, ret_masked);
}

static int explain_rules(struct sl_judge *judge, const struct sl_folded *folded,
                         const struct sl_verdict *masked, struct sl_explanation *explanation,
                         struct sl_error *error) {
    const struct sl_pack *pack = judge->engine->pack;
    uint32_t *map = malloc((SL_WORDS_BYTES(folded->len) + 1) * sizeof *map);
    struct sl_explained_rules rules = {0};
    struct search search = {.pack = pack,
                            .map = map,
                            .rules = &rules,
                            .counted = calloc(pack->patterns_count + 1, sizeof(bool))};
    int result = SL_FAILED;
    if (map == NULL || search.counted == NULL) {
        sl_error_set(error, "out of memory for an explanation");
    } else {
        size_t words_len = sl_words(folded->bytes, folded->len, judge->block, map);
        map[words_len] = folded->len;
        search.text = (struct sl_str){(const char *)judge->block, words_len};
        result = sl_explain_settle(judge, search.text, &rules, explanation, error);
    }
    if (result == SL_OK && pack->expressions_count > 0) {
        result = search_phrases(&search, error);
    }
    if (result == SL_OK) {
        explain_hits(&search, masked, explanation);
    }
    sl_explain_forget(&rules);
    hs_free_scratch(search.scratch);
    free(search.counted);
    free(search.guards);
    free(search.hits);
    free(map);
    return result;
}

static int explain(struct sl_judge *judge, const struct sl_text *text,
                   struct sl_explanation *explanation, struct sl_error *error) {
    struct sl_folded folded;
    if (!sl_judge_fold(judge, text, &folded)) {
        return sl_error_set(error, "the text is too long to be explained");
    }
    struct sl_found found = sl_finder_look(judge->finder, text->data, &folded);
    struct sl_verdict masked;
    mask_folded(judge, &folded, &found, &masked);
    if (masked.outcome != SL_JUDGED) {
        return sl_error_set(error, "the text holds too many identifiers to be explained");
    }
    explanation->folded = masked.masked;
    explain_identifiers(judge->engine->pack, &folded, &found, explanation);
    if (text->mask_only) {
        return SL_OK;
    }
    return explain_rules(judge, &folded, &masked, explanation, error);
}

int sl_judge_explain(struct sl_judge *judge, struct sl_text text, struct sl_error *error,
                     const struct sl_explanation **ret_explanation) {
    free(judge->explanation);
    judge->explanation = calloc(1, sizeof *judge->explanation);
    if (judge->explanation == NULL) {
        return sl_error_set(error, "out of memory for an explanation");
    }
    judge->explanation->verdict = *sl_judge_texts(judge, &text, 1);
    if (judge->explanation->verdict.outcome == SL_JUDGED && !text.mask_only &&
        judge->learned.model != NULL) {
        sl_learned_explain(&judge->learned, &judge->explanation->model);
    }
    if (judge->explanation->verdict.outcome == SL_JUDGED &&
        explain(judge, &text, judge->explanation, error) != SL_OK) {
        return SL_FAILED;
    }
    *ret_explanation = judge->explanation;
    return SL_OK;
}
