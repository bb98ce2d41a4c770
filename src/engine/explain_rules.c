// SPDX-License-Identifier: Apache-2.0
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "engine/explain.h"
#include "engine/places.h"
#include "engine/settle.h"

// A list of words while it is written; what does not fit is left out.
struct line {
    char *text;
    size_t room, len;
};

static void add(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct line *line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int wrote = vsnprintf(line->text + line->len, line->room - line->len, format, arguments);
    va_end(arguments);
    line->len += (size_t)wrote;
    if (line->len >= line->room) {
        line->len = line->room - 1;
    }
}

static bool is_there(const struct sl_judge *judge, uint16_t operand) {
    return (operand & SL_PACK_OPERAND_MARK) != 0
               ? judge->marked[operand & ~SL_PACK_OPERAND_MARK] != 0
               : judge->seen[operand] != 0;
}

// The operands of a clause that decide it: those that are there, or all when none is.
static void tell_clause(const struct sl_judge *judge, const struct sl_pack_clause *clause,
                        struct line *line) {
    const struct sl_pack *pack = judge->engine->pack;
    const uint16_t *operands = &pack->operands[clause->operands.first];
    bool any = false;
    for (uint32_t i = 0; i < clause->operands.count; i++) {
        any |= is_there(judge, operands[i]);
    }
    const char *join = line->len > 0 ? "; " : "";
    const char *how = any == clause->negated ? any ? "but there is " : "missing "
                      : any                  ? ""
                                             : "no ";
    add(line, "%s%s", join, how);
    bool first = true;
    for (uint32_t i = 0; i < clause->operands.count; i++) {
        if (is_there(judge, operands[i]) == any) {
            add(line, "%s%s",
                first ? ""
                : any ? ", "
                      : " or ",
                sl_pack_operand_name(pack, operands[i]));
            first = false;
        }
    }
}

static void tell_condition(const struct sl_judge *judge, uint32_t pattern, bool left,
                           struct sl_explanation *explanation) {
    const struct sl_pack *pack = judge->engine->pack;
    const struct sl_pack_pattern *asks = &pack->patterns[pattern];
    bool holds = judge->seen[pattern] != 0;
    if ((!holds && !(asks->searched && left)) ||
        explanation->conditions_count == SL_EXPLAINED_CONDITIONS_MAX) {
        return;
    }
    struct sl_explained_condition *condition =
        &explanation->conditions[explanation->conditions_count++];
    *condition = (struct sl_explained_condition){.pattern = pattern, .holds = holds};
    condition->weight_milli = holds && !asks->searched ? asks->weight_milli : 0;
    struct line line = {condition->reason, sizeof condition->reason, 0};
    for (uint32_t i = 0; i < asks->clauses.count; i++) {
        tell_clause(judge, &pack->clauses[asks->clauses.first + i], &line);
    }
}

static void tell_conditions(const struct sl_judge *judge, const struct sl_explained_rules *rules,
                            struct sl_explanation *explanation) {
    const struct sl_pack *pack = judge->engine->pack;
    for (uint32_t i = 0; i < pack->steps_count; i++) {
        uint16_t pattern = pack->steps[i].index;
        if (!pack->steps[i].is_mark) {
            tell_condition(judge, pattern, rules->left[pattern], explanation);
            // Beyond the limit it is not told, but it counts.
            explanation->logit_milli +=
                judge->seen[pattern] != 0 && !pack->patterns[pattern].searched
                    ? pack->patterns[pattern].weight_milli
                    : 0;
        }
    }
}

static void tell_sums(const struct sl_judge *judge, struct sl_explanation *explanation) {
    const struct sl_pack *pack = judge->engine->pack;
    for (uint32_t i = 0; i < pack->sums_count; i++) {
        if (judge->sums[i].pieces == 0) {
            continue;
        }
        struct sl_explained_sum *sum = &explanation->sums[explanation->sums_count++];
        *sum = (struct sl_explained_sum){.mark = pack->sums[i].mark,
                                         .sum_milli = judge->sums[i].milli[0],
                                         .threshold_milli = pack->sums[i].threshold_milli};
        struct line line = {sum->shares, sizeof sum->shares, 0};
        for (uint32_t j = 0; j < pack->patterns_count; j++) {
            const struct sl_pack_slice *shares = &pack->patterns[j].shares;
            for (uint32_t k = 0; k < shares->count && judge->seen[j] != 0; k++) {
                const struct sl_pack_share *share = &pack->shares[shares->first + k];
                if (share->sum == i) {
                    add(&line, "%s%s %+g", line.len > 0 ? ", " : "", pack->patterns[j].id,
                        share->weight_milli / 1000.0);
                }
            }
        }
    }
}

static bool take_rules(const struct sl_pack *pack, struct sl_explained_rules *rules) {
    rules->found = calloc(pack->patterns_count + pack->guards_count + 1, sizeof(bool));
    rules->left = calloc(pack->patterns_count + 1, sizeof(bool));
    rules->hit = calloc(pack->patterns_count + 1, sizeof(bool));
    return rules->found != NULL && rules->left != NULL && rules->hit != NULL;
}

static void keep_seen(const struct sl_judge *judge, bool *of, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        of[i] = judge->seen[i] != 0;
    }
}

int sl_explain_settle(struct sl_judge *judge, struct sl_str words,
                      struct sl_explained_rules *ret_rules, struct sl_explanation *explanation,
                      struct sl_error *error) {
    const struct sl_pack *pack = judge->engine->pack;
    if (!take_rules(pack, ret_rules)) {
        return sl_error_set(error, "out of memory for an explanation");
    }
    struct sl_verdict verdict = {.outcome = SL_JUDGED};
    judge->block_used = (uint32_t)words.len;
    judge->block[judge->block_used++] = '\n';
    judge->pieces[0] = (struct sl_piece){.end = (uint32_t)words.len, .verdict = &verdict};
    judge->pieces_count = 1;
    bool scanned = sl_judge_scan(judge);
    keep_seen(judge, ret_rules->found, pack->patterns_count + pack->guards_count);
    scanned = scanned && sl_places_settle(judge);
    keep_seen(judge, ret_rules->left, pack->patterns_count);
    scanned = scanned && sl_settle(judge);
    keep_seen(judge, ret_rules->hit, pack->patterns_count);
    if (scanned) {
        tell_conditions(judge, ret_rules, explanation);
        tell_sums(judge, explanation);
    }
    sl_judge_forget_block(judge);
    return scanned ? SL_OK : sl_error_set(error, "the matcher failed");
}

void sl_explain_forget(struct sl_explained_rules *rules) {
    free(rules->found);
    free(rules->left);
    free(rules->hit);
}
