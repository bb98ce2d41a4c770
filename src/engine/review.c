// SPDX-License-Identifier: Apache-2.0
#include "engine/review.h"

#include <hs/hs.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/explain.h"
#include "engine/judge.h"
#include "engine/samples.h"

#define TEXT_BYTES 512

struct review {
    struct sl_judge *judge;
    const struct sl_pack *pack;
    sl_finding_fn tell;
    void *context;
    bool *never; // by pattern: it cannot be hit
};

static void tell(struct review *review, struct sl_pack_place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void tell(struct review *review, struct sl_pack_place place, const char *format, ...) {
    char text[TEXT_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    review->tell(review->context, place, text);
}

// Names.

static void review_groups(struct review *review) {
    for (uint32_t i = 0; i < review->pack->word_groups_count; i++) {
        const struct sl_pack_word_group *group = &review->pack->word_groups[i];
        if (!group->used) {
            tell(review, group->place, "words.%s: no phrase names <%s>: leave it out", group->name,
                 group->name);
        }
    }
}

// The most that patterns which can be hit add to a mark; -1: nothing is ever said of it.
static int64_t most_of(const struct review *review, uint32_t mark) {
    const struct sl_pack *pack = review->pack;
    int64_t most_milli = -1;
    for (uint32_t i = 0; i < pack->patterns_count; i++) {
        const struct sl_pack_pattern *pattern = &pack->patterns[i];
        uint64_t bits = mark < SL_PACK_TOPICS_MAX ? pattern->topics : pattern->signals;
        if (review->never[i]) {
            continue;
        }
        if ((bits >> mark % SL_PACK_TOPICS_MAX & 1) != 0) {
            return INT64_MAX;
        }
        for (uint32_t j = 0; j < pattern->shares.count; j++) {
            const struct sl_pack_share *share = &pack->shares[pattern->shares.first + j];
            if (pack->sums[share->sum].mark == mark) {
                most_milli = most_milli < 0 ? 0 : most_milli;
                most_milli += share->weight_milli > 0 ? share->weight_milli : 0;
            }
        }
    }
    return most_milli;
}

static void review_marks(struct review *review, const char *what, const char *const *names,
                         uint32_t count, uint32_t first_mark) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t mark = first_mark + i;
        int64_t most_milli = most_of(review, mark);
        int32_t threshold_milli = review->pack->thresholds_milli[mark];
        struct sl_pack_place place = review->pack->mark_places[mark];
        if (most_milli < 0) {
            tell(review, place,
                 "%ss: no pattern that can be hit says %s: leave it out, or write one", what,
                 names[i]);
        } else if (most_milli < threshold_milli) {
            tell(review, place,
                 "%ss: %s takes %g, and all patterns together add %g: it is never found", what,
                 names[i], threshold_milli / 1000.0, (double)most_milli / 1000.0);
        }
    }
}

// Conditions.

static bool can_be(const struct review *review, uint16_t operand) {
    uint32_t mark = operand & ~SL_PACK_OPERAND_MARK;
    return (operand & SL_PACK_OPERAND_MARK) == 0
               ? !review->never[operand]
               : most_of(review, mark) >= review->pack->thresholds_milli[mark];
}

static bool is_excluded(const struct sl_pack *pack, const struct sl_pack_pattern *pattern,
                        uint16_t operand) {
    for (uint32_t i = 0; i < pattern->clauses.count; i++) {
        const struct sl_pack_clause *clause = &pack->clauses[pattern->clauses.first + i];
        for (uint32_t j = 0; clause->negated && j < clause->operands.count; j++) {
            if (pack->operands[clause->operands.first + j] == operand) {
                return true;
            }
        }
    }
    return false;
}

// A clause none of whose operands can be there, or can be beside what must not.
static bool review_clause(struct review *review, const struct sl_pack_pattern *pattern,
                          const struct sl_pack_clause *clause) {
    const struct sl_pack *pack = review->pack;
    const char *excluded = NULL, *impossible = NULL;
    for (uint32_t i = 0; i < clause->operands.count; i++) {
        uint16_t operand = pack->operands[clause->operands.first + i];
        if (!can_be(review, operand)) {
            impossible = sl_pack_operand_name(pack, operand);
        } else if (is_excluded(pack, pattern, operand)) {
            excluded = sl_pack_operand_name(pack, operand);
        } else {
            return true;
        }
    }
    tell(review, pattern->place,
         excluded != NULL ? "%s: can never be hit: it asks for %s and for its absence"
                          : "%s: can never be hit: it asks for %s, which can never be",
         pattern->id, excluded != NULL ? excluded : impossible);
    return false;
}

static void review_conditions(struct review *review) {
    const struct sl_pack *pack = review->pack;
    for (uint32_t i = 0; i < pack->steps_count; i++) {
        uint16_t index = pack->steps[i].index;
        const struct sl_pack_pattern *pattern = &pack->patterns[index];
        for (uint32_t j = 0; !pack->steps[i].is_mark && j < pattern->clauses.count; j++) {
            const struct sl_pack_clause *clause = &pack->clauses[pattern->clauses.first + j];
            if (!clause->negated && !review_clause(review, pattern, clause)) {
                review->never[index] = true;
                break;
            }
        }
    }
}

// The same phrase in two patterns of which each always counts.

static int compare_regexes(const void *left, const void *right) {
    const struct sl_pack_expression *a = *(const struct sl_pack_expression *const *)left;
    const struct sl_pack_expression *b = *(const struct sl_pack_expression *const *)right;
    int regexes = strcmp(a->regex, b->regex);
    return regexes != 0 ? regexes : (a > b) - (a < b);
}

static bool is_plain(const struct sl_pack *pack, const struct sl_pack_expression *expression) {
    const struct sl_pack_pattern *pattern = &pack->patterns[expression->pattern];
    return pattern->guards.count == 0 && pattern->clauses.count == 0;
}

static void review_twins(struct review *review) {
    const struct sl_pack *pack = review->pack;
    const struct sl_pack_expression **sorted = calloc(pack->expressions_count + 1, sizeof *sorted);
    uint32_t count = 0;
    for (uint32_t i = 0; sorted != NULL && i < pack->expressions_count; i++) {
        if (is_plain(pack, &pack->expressions[i])) {
            sorted[count++] = &pack->expressions[i];
        }
    }
    if (count > 0) {
        qsort(sorted, count, sizeof *sorted, compare_regexes);
    }
    for (uint32_t i = 1; i < count; i++) {
        const struct sl_pack_expression *first = sorted[i - 1], *second = sorted[i];
        if (first->pattern != second->pattern && strcmp(first->regex, second->regex) == 0) {
            tell(review, second->place,
                 "%s: the phrase of %s (%s:%u) again: both count; let one pattern say it",
                 pack->patterns[second->pattern].id, pack->patterns[first->pattern].id,
                 first->place.file, first->place.line);
        }
    }
    free(sorted);
}

// Phrases that others of their pattern find already. A phrase that begins with ^ stands twice among
// the expressions; the first speaks for both.

static int on_cover(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)from, (void)to, (void)flags;
    ((bool *)context)[id] = true;
    return 0;
}

// Which expressions are found in all samples of one: `ret_all`. False: nothing can be told.
static bool cover(const struct sl_pack *pack, const struct sl_pack_expression *of,
                  hs_database_t *database, hs_scratch_t *scratch, bool *seen, bool *ret_all) {
    struct sl_sampler *sampler = malloc(sizeof *sampler);
    if (sampler == NULL) {
        return false;
    }
    sl_sampler_start(sampler, of->regex);
    memset(ret_all, true, pack->expressions_count);
    bool scanned = true;
    while (scanned && sl_sampler_next(sampler)) {
        memset(seen, false, pack->expressions_count);
        scanned = hs_scan(database, sampler->text, (unsigned)sampler->len, 0, scratch, on_cover,
                          seen) == HS_SUCCESS;
        for (uint32_t i = 0; i < pack->expressions_count; i++) {
            ret_all[i] &= seen[i];
        }
    }
    scanned = scanned && !sampler->failed;
    free(sampler);
    return scanned;
}

// Of two that find the same, the later is told.
static void tell_covered(struct review *review, uint32_t index, const bool *all, bool *told) {
    const struct sl_pack *pack = review->pack;
    const struct sl_pack_expression *of = &pack->expressions[index];
    for (uint32_t i = 0; i < pack->expressions_count; i++) {
        const struct sl_pack_expression *other = &pack->expressions[i];
        if (all[i] && i != index && !told[i] && other->pattern == of->pattern &&
            other->phrase != of->phrase) {
            told[index] = true;
            tell(review, of->place,
                 "%s: the phrase of line %u, column %u is found wherever this one is: leave this "
                 "one out",
                 pack->patterns[of->pattern].id, other->place.line, other->place.column);
            return;
        }
    }
}

static hs_database_t *compile_all(const struct sl_pack *pack) {
    const char **regexes = calloc(pack->expressions_count, sizeof *regexes);
    unsigned *flags = calloc(pack->expressions_count, sizeof *flags);
    unsigned *ids = calloc(pack->expressions_count, sizeof *ids);
    hs_database_t *database = NULL;
    hs_compile_error_t *refused = NULL;
    for (uint32_t i = 0;
         regexes != NULL && flags != NULL && ids != NULL && i < pack->expressions_count; i++) {
        regexes[i] = pack->expressions[i].regex;
        flags[i] = pack->expressions[i].multiline ? HS_FLAG_MULTILINE : 0;
        ids[i] = i;
    }
    if (regexes != NULL && flags != NULL && ids != NULL) {
        hs_compile_multi(regexes, flags, ids, pack->expressions_count, HS_MODE_BLOCK, NULL,
                         &database, &refused);
        hs_free_compile_error(refused);
    }
    free(regexes);
    free(flags);
    free(ids);
    return database;
}

static int review_cover(struct review *review, struct sl_error *error) {
    const struct sl_pack *pack = review->pack;
    hs_database_t *database = compile_all(pack);
    hs_scratch_t *scratch = NULL;
    bool *marks = calloc(3, pack->expressions_count + 1);
    bool ready =
        database != NULL && marks != NULL && hs_alloc_scratch(database, &scratch) == HS_SUCCESS;
    for (uint32_t i = 0; ready && i < pack->expressions_count; i++) {
        bool *all = marks, *seen = marks + pack->expressions_count;
        bool *told = seen + pack->expressions_count;
        // The later of two is told first, so that the other finds it told.
        uint32_t index = pack->expressions_count - 1 - i;
        bool twin =
            index > 0 && pack->expressions[index - 1].phrase == pack->expressions[index].phrase;
        if (!pack->expressions[index].raw && !twin &&
            cover(pack, &pack->expressions[index], database, scratch, seen, all)) {
            tell_covered(review, index, all, told);
        }
    }
    hs_free_scratch(scratch);
    hs_free_database(database);
    free(marks);
    return ready ? SL_OK : sl_error_set(error, "out of memory for the review of the phrases");
}

// Phrases whose exceptions take every way of them away.

static int is_left(struct sl_judge *judge, struct sl_sampler *sampler, uint32_t pattern,
                   struct sl_error *error, bool *ret_left) {
    struct sl_explained_rules rules = {0};
    struct sl_explanation *explanation = calloc(1, sizeof *explanation);
    int result = SL_FAILED;
    if (explanation == NULL) {
        sl_error_set(error, "out of memory for the review of the phrases");
    } else {
        memcpy(judge->block, sampler->text, sampler->len);
        struct sl_str words = {(const char *)judge->block, sampler->len};
        result = sl_explain_settle(judge, words, &rules, explanation, error);
    }
    *ret_left = result == SL_OK && rules.left[pattern];
    sl_explain_forget(&rules);
    free(explanation);
    return result;
}

static int review_guarded(struct review *review, const struct sl_pack_expression *expression,
                          struct sl_sampler *sampler, struct sl_error *error) {
    bool left = false;
    sl_sampler_start(sampler, expression->regex);
    while (!left && sl_sampler_next(sampler)) {
        if (is_left(review->judge, sampler, expression->pattern, error, &left) != SL_OK) {
            return SL_FAILED;
        }
    }
    if (!left && !sampler->failed) {
        tell(review, expression->place,
             "%s: can never count: its own \"unless\" takes it away wherever it is found",
             review->pack->patterns[expression->pattern].id);
    }
    return SL_OK;
}

static int review_guards(struct review *review, struct sl_error *error) {
    const struct sl_pack *pack = review->pack;
    struct sl_sampler *sampler = malloc(sizeof *sampler);
    int result = sampler != NULL
                     ? SL_OK
                     : sl_error_set(error, "out of memory for the review of the phrases");
    for (uint32_t i = 0; result == SL_OK && i < pack->expressions_count; i++) {
        const struct sl_pack_expression *expression = &pack->expressions[i];
        bool twin = i > 0 && pack->expressions[i - 1].phrase == expression->phrase;
        if (!expression->raw && !twin && pack->patterns[expression->pattern].guards.count > 0) {
            result = review_guarded(review, expression, sampler, error);
        }
    }
    free(sampler);
    return result;
}

int sl_judge_review(struct sl_judge *judge, sl_finding_fn found, void *context,
                    struct sl_error *error) {
    const struct sl_pack *pack = judge->engine->pack;
    struct review review = {.judge = judge,
                            .pack = pack,
                            .tell = found,
                            .context = context,
                            .never = calloc(pack->patterns_count + 1, sizeof(bool))};
    if (review.never == NULL) {
        return sl_error_set(error, "out of memory for the review of the rules");
    }
    review_groups(&review);
    review_conditions(&review);
    review_marks(&review, "topic", pack->topics, pack->topics_count, 0);
    review_marks(&review, "signal", pack->signals, pack->signals_count, SL_PACK_TOPICS_MAX);
    review_twins(&review);
    int result = review_cover(&review, error) == SL_OK ? review_guards(&review, error) : SL_FAILED;
    free(review.never);
    return result;
}
