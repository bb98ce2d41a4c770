// SPDX-License-Identifier: Apache-2.0
#include "engine/settle.h"

#include <stdlib.h>
#include <string.h>

#include "engine/places.h"

// What a hit adds to its text.

static bool weighs_more(const struct sl_pack_pattern *patterns, uint16_t a, uint16_t b) {
    int32_t weight_a = abs(patterns[a].weight_milli), weight_b = abs(patterns[b].weight_milli);
    return weight_a != weight_b ? weight_a > weight_b : a < b;
}

// Kept in order, so that the list does not depend on the order of matches.
static void add_reason(const struct sl_pack_pattern *patterns, struct sl_verdict *verdict,
                       uint16_t pattern) {
    uint32_t at = verdict->why_count;
    while (at > 0 && weighs_more(patterns, pattern, verdict->why[at - 1])) {
        at--;
    }
    if (at == SL_VERDICT_REASONS_MAX) {
        return;
    }
    if (verdict->why_count < SL_VERDICT_REASONS_MAX) {
        verdict->why_count++;
    }
    memmove(&verdict->why[at + 1], &verdict->why[at],
            (verdict->why_count - 1u - at) * sizeof verdict->why[0]);
    verdict->why[at] = pattern;
}

static void add_pattern(const struct sl_pack_pattern *patterns, struct sl_piece *piece,
                        uint16_t pattern) {
    const struct sl_pack_pattern *says = &patterns[pattern];
    piece->logit_milli += says->weight_milli;
    piece->mobile_votes += says->line == SL_LINE_MOBILE;
    piece->fixed_votes += says->line == SL_LINE_FIXED;
    piece->verdict->topics |= says->topics;
    piece->verdict->signals |= says->signals;
    add_reason(patterns, piece->verdict, pattern);
}

static void add_shares(struct sl_judge *judge, const struct sl_pack_pattern *says, uint32_t piece) {
    const struct sl_pack_share *shares = &judge->engine->pack->shares[says->shares.first];
    for (uint32_t i = 0; i < says->shares.count; i++) {
        struct sl_sum *sum = &judge->sums[shares[i].sum];
        sum->pieces |= UINT64_C(1) << piece;
        sum->milli[piece] += shares[i].weight_milli;
    }
}

static void count_pattern(struct sl_judge *judge, uint16_t pattern) {
    const struct sl_pack_pattern *patterns = judge->engine->pack->patterns;
    const struct sl_pack_pattern *says = &patterns[pattern];
    for (uint64_t left = judge->seen[pattern]; left != 0; left &= left - 1) {
        uint32_t piece = (uint32_t)__builtin_ctzll(left);
        add_pattern(patterns, &judge->pieces[piece], pattern);
        if (says->shares.count > 0) {
            add_shares(judge, says, piece);
        }
        if (sl_learned_listens(&judge->learned)) {
            judge->pieces[piece].learned_milli += sl_learned_hit(&judge->learned, pattern);
        }
    }
}

// Topics and signals.

static uint64_t *bits_of(struct sl_verdict *verdict, uint32_t mark, uint64_t *ret_bit) {
    bool is_topic = mark < SL_PACK_TOPICS_MAX;
    *ret_bit = UINT64_C(1) << (is_topic ? mark : mark - SL_PACK_TOPICS_MAX);
    return is_topic ? &verdict->topics : &verdict->signals;
}

static void finish_sum(struct sl_judge *judge, const struct sl_pack_sum *of, struct sl_sum *sum) {
    for (uint64_t left = sum->pieces; left != 0; left &= left - 1) {
        uint32_t piece = (uint32_t)__builtin_ctzll(left);
        uint64_t bit, *bits = bits_of(judge->pieces[piece].verdict, of->mark, &bit);
        *bits |= sum->milli[piece] >= of->threshold_milli ? bit : 0;
    }
}

static void finish_mark(struct sl_judge *judge, uint32_t mark) {
    const struct sl_pack *pack = judge->engine->pack;
    for (uint32_t i = 0; i < pack->sums_count; i++) {
        if (pack->sums[i].mark == mark) {
            finish_sum(judge, &pack->sums[i], &judge->sums[i]);
        }
    }
    uint64_t pieces = 0;
    for (uint32_t i = 0; i < judge->pieces_count; i++) {
        uint64_t bit, *bits = bits_of(judge->pieces[i].verdict, mark, &bit);
        pieces |= (uint64_t)((*bits & bit) != 0) << i;
    }
    judge->marked[mark] = pieces;
}

// Conditions.

// The pieces in which one of the operands is there.
static uint64_t any_of(const struct sl_judge *judge, struct sl_pack_slice operands) {
    const uint16_t *operand = &judge->engine->pack->operands[operands.first];
    uint64_t pieces = 0;
    for (uint32_t i = 0; i < operands.count; i++) {
        pieces |= (operand[i] & SL_PACK_OPERAND_MARK) != 0
                      ? judge->marked[operand[i] & ~SL_PACK_OPERAND_MARK]
                      : judge->seen[operand[i]];
    }
    return pieces;
}

static void finish_pattern(struct sl_judge *judge, uint16_t pattern) {
    const struct sl_pack *pack = judge->engine->pack;
    const struct sl_pack_pattern *asks = &pack->patterns[pattern];
    uint64_t pieces = asks->searched ? judge->seen[pattern] : UINT64_MAX;
    for (uint32_t i = 0; i < asks->clauses.count && pieces != 0; i++) {
        const struct sl_pack_clause *clause = &pack->clauses[asks->clauses.first + i];
        uint64_t holds = any_of(judge, clause->operands);
        pieces &= clause->negated ? ~holds : holds;
    }
    judge->seen[pattern] = pieces & (UINT64_MAX >> (SL_BLOCK_PIECES_MAX - judge->pieces_count));
    count_pattern(judge, pattern);
}

bool sl_settle(struct sl_judge *judge) {
    const struct sl_pack *pack = judge->engine->pack;
    if (judge->pieces_count == 0) {
        return true;
    }
    if (pack->guarded_count > 0 && !sl_places_settle(judge)) {
        return false;
    }
    for (uint32_t i = 0; i < judge->touched_count; i++) {
        uint16_t found = judge->touched[i];
        if (found < pack->patterns_count && pack->patterns[found].clauses.count == 0) {
            count_pattern(judge, found);
        }
    }
    for (uint32_t i = 0; i < pack->steps_count; i++) {
        const struct sl_pack_step *step = &pack->steps[i];
        if (step->is_mark) {
            finish_mark(judge, step->index);
        } else {
            finish_pattern(judge, step->index);
        }
    }
    return true;
}

void sl_settle_forget(struct sl_judge *judge) {
    const struct sl_pack *pack = judge->engine->pack;
    for (uint32_t i = 0; i < judge->touched_count; i++) {
        judge->seen[judge->touched[i]] = 0;
    }
    judge->touched_count = 0;
    for (uint32_t i = 0; i < pack->steps_count; i++) {
        if (!pack->steps[i].is_mark) {
            judge->seen[pack->steps[i].index] = 0;
        }
    }
    for (uint32_t i = 0; i < pack->sums_count; i++) {
        if (judge->sums[i].pieces != 0) {
            judge->sums[i] = (struct sl_sum){0};
        }
    }
}
