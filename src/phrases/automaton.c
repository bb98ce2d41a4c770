// SPDX-License-Identifier: Apache-2.0
//
// The subset construction. A state is the set of nodes in which the phrases may be after the same
// tokens; it goes on with a symbol to the set of all nodes to which edges of that symbol lead, and
// of stems with which the symbol begins. Sets are stored once.
//
// Tokens that no phrase names stand for their longest stem. So a state that asks for a stem goes on
// with every symbol that begins so, and one lookup finds it.
#include <stdlib.h>

#include "phrases/internal.h"

// Sets of phrases can be made for which there are more states than anyone has memory for.
#define TRANSITIONS_MAX (1u << 20) // times SECOND_BITS_EACH is within 32 bits
#define EDGES_SEEN_MAX  (1u << 24)

#define SLOTS_A_TRANSITION 2
#define SECOND_BITS_EACH   16 // one pair in so many is looked up in vain

struct maker {
    struct sl_phrases_draft *draft;
    struct sl_phrases *phrases;
    struct sl_list under;        // symbols that begin with a stem, stem by stem
    struct sl_list under_starts; // by symbol, and the end of the last
    struct sl_pool states;       // of nodes; state 0 is none
    struct sl_list single;       // by node: the target of it alone, or 0
    struct sl_pool endings;      // sets of actions
    struct sl_list ends;         // by state: its set of actions and one, or 0
    struct sl_list transitions;
    struct sl_list edges, targets, actions, spare;
    size_t edges_seen;
    uint32_t first_states_count; // to which the start leads
    bool full;
};

static void maker_done(struct maker *maker) {
    struct sl_list *lists[] = {&maker->under,   &maker->under_starts, &maker->single,
                               &maker->ends,    &maker->transitions,  &maker->edges,
                               &maker->targets, &maker->actions,      &maker->spare};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        sl_list_done(lists[i]);
    }
    sl_pool_done(&maker->states);
    sl_pool_done(&maker->endings);
}

static bool has_failed(const struct maker *maker) {
    return maker->under.failed || maker->under_starts.failed || maker->states.failed ||
           maker->single.failed || maker->endings.failed || maker->ends.failed ||
           maker->transitions.failed || maker->edges.failed || maker->targets.failed ||
           maker->actions.failed || maker->spare.failed;
}

// Stems.

static void list_under(struct maker *maker) {
    const struct sl_vocabulary *vocabulary = &maker->draft->vocabulary;
    struct sl_list pairs = {0};
    for (uint32_t i = 1; i < vocabulary->count; i++) {
        for (uint32_t stem = sl_vocabulary_stem_of(vocabulary, i); stem != 0;
             stem = sl_vocabulary_stem_of(vocabulary, stem)) {
            sl_list_add(&pairs, SL_EDGE(stem, i));
        }
    }
    // Ascending in the symbols, but not in the stems.
    sl_list_sort(&pairs, &maker->spare);
    size_t at = 0;
    for (uint32_t i = 0; i <= vocabulary->count; i++) {
        sl_list_add(&maker->under_starts, at);
        while (at < pairs.count && pairs.items[at] >> 32 == i) {
            sl_list_add(&maker->under, (uint32_t)pairs.items[at++]);
        }
    }
    maker->under.failed |= pairs.failed;
    sl_list_done(&pairs);
}

// Edges of stems once more for each symbol that begins so.
static void spread_stems(struct maker *maker) {
    const struct sl_vocabulary *vocabulary = &maker->draft->vocabulary;
    struct sl_list *edges = &maker->edges;
    size_t count = edges->count;
    for (size_t i = 0; i < count; i++) {
        uint32_t symbol = (uint32_t)(edges->items[i] >> 32), to = (uint32_t)edges->items[i];
        if (symbol == SL_EDGE_ENDS || vocabulary->symbols[symbol].kind != SL_SYMBOL_STEM) {
            continue;
        }
        for (uint64_t j = maker->under_starts.items[symbol];
             j < maker->under_starts.items[symbol + 1]; j++) {
            sl_list_add(edges, SL_EDGE(maker->under.items[j], to));
        }
    }
}

// States.

// What ends in a set of nodes, as a set of actions and one; 0: nothing. And how it goes on.
static uint64_t ending_of(struct maker *maker, const uint64_t *nodes, size_t count,
                          uint32_t *ret_flags) {
    maker->actions.count = 0;
    *ret_flags = SL_TARGET_LEAF;
    for (size_t i = 0; i < count; i++) {
        size_t edges_count;
        const uint64_t *edges = sl_pool_at(&maker->draft->nodes, (uint32_t)nodes[i], &edges_count);
        for (size_t j = 0; j < edges_count && edges[j] >> 32 != SL_EDGE_ENDS; j++) {
            bool tail = maker->draft->vocabulary.symbols[edges[j] >> 32].kind == SL_SYMBOL_TAIL;
            *ret_flags = (*ret_flags & ~SL_TARGET_LEAF) | (tail ? SL_TARGET_TAIL : 0);
        }
        for (size_t j = edges_count; j > 0 && edges[j - 1] >> 32 == SL_EDGE_ENDS; j--) {
            sl_list_add(&maker->actions, (uint32_t)edges[j - 1]);
        }
    }
    if (maker->actions.count == 0) {
        return 0;
    }
    sl_list_sort(&maker->actions, &maker->spare);
    return (uint64_t)sl_pool_number(&maker->endings, maker->actions.items, maker->actions.count) +
           1;
}

// Where a transition to a set of nodes leads; 0: there is no room.
static uint32_t target_of(struct maker *maker, const uint64_t *nodes, size_t count) {
    uint64_t *known = count == 1 ? &maker->single.items[nodes[0]] : NULL;
    if (known != NULL && *known != 0) {
        return (uint32_t)*known;
    }
    uint32_t before = maker->states.count;
    uint32_t number = sl_pool_number(&maker->states, nodes, count);
    if (number >= SL_STATES_MAX) {
        maker->full = true;
        return 0;
    }
    uint32_t flags;
    uint64_t ending = ending_of(maker, nodes, count, &flags);
    if (number == before) {
        sl_list_add(&maker->ends, ending);
    }
    uint32_t target = (number + 1) | (ending != 0 ? SL_TARGET_ENDS : 0) | flags;
    if (known != NULL) {
        *known = target;
    }
    return target;
}

// The transitions of a state whose edges are in `edges`; state 0: of the start.
static void leave(struct maker *maker, uint32_t state) {
    struct sl_list *edges = &maker->edges, *targets = &maker->targets;
    spread_stems(maker);
    sl_list_sort(edges, &maker->spare);
    maker->edges_seen += edges->count;
    maker->full |= maker->edges_seen > EDGES_SEEN_MAX;
    for (size_t i = 0; i < edges->count && !maker->full && !has_failed(maker);) {
        uint32_t symbol = (uint32_t)(edges->items[i] >> 32);
        if (symbol == SL_EDGE_ENDS) {
            break;
        }
        targets->count = 0;
        while (i < edges->count && edges->items[i] >> 32 == symbol) {
            sl_list_add(targets, (uint32_t)edges->items[i++]);
        }
        uint32_t target = target_of(maker, targets->items, targets->count);
        if (state == 0) {
            maker->draft->targets.items[symbol] = target;
        } else {
            sl_list_add(&maker->transitions,
                        sl_transition_key(state, symbol) << SL_TARGET_BITS | target);
        }
    }
    maker->full |= maker->transitions.count > TRANSITIONS_MAX;
}

static void make_states(struct maker *maker) {
    for (uint32_t i = 0; i < maker->draft->nodes.count; i++) {
        sl_list_add(&maker->single, 0);
    }
    sl_list_add_all(&maker->edges, maker->draft->starts.items, maker->draft->starts.count);
    leave(maker, 0);
    maker->first_states_count = maker->states.count;
    for (uint32_t i = 0; i < maker->states.count && !maker->full && !has_failed(maker); i++) {
        size_t nodes_count, edges_count;
        const uint64_t *nodes = sl_pool_at(&maker->states, i, &nodes_count);
        maker->edges.count = 0;
        for (size_t j = 0; j < nodes_count; j++) {
            const uint64_t *edges =
                sl_pool_at(&maker->draft->nodes, (uint32_t)nodes[j], &edges_count);
            sl_list_add_all(&maker->edges, edges, edges_count);
        }
        leave(maker, i + 1);
    }
}

// Tables.

static bool keep_transitions(const struct maker *maker) {
    struct sl_phrases *phrases = maker->phrases;
    phrases->transitions_count = maker->transitions.count;
    phrases->transition_bits = 4;
    while ((size_t)1 << phrases->transition_bits <
           SLOTS_A_TRANSITION * phrases->transitions_count) {
        phrases->transition_bits++;
    }
    size_t slots_count = (size_t)1 << phrases->transition_bits;
    phrases->transitions = calloc(slots_count, sizeof *phrases->transitions);
    for (size_t i = 0; phrases->transitions != NULL && i < maker->transitions.count; i++) {
        uint64_t transition = maker->transitions.items[i];
        size_t slot = sl_transition_slot(phrases, transition >> SL_TARGET_BITS);
        while (phrases->transitions[slot] != 0) {
            slot = (slot + 1) & (slots_count - 1);
        }
        phrases->transitions[slot] = transition;
    }
    return phrases->transitions != NULL;
}

// One bit of many for each transition of a first state.
static bool keep_seconds(const struct maker *maker) {
    const struct sl_list *transitions = &maker->transitions;
    struct sl_phrases *phrases = maker->phrases;
    uint64_t last = sl_transition_key(maker->first_states_count, SL_SYMBOLS_MAX);
    size_t count = 0;
    while (count < transitions->count && transitions->items[count] >> SL_TARGET_BITS <= last) {
        count++;
    }
    unsigned bits = 9;
    while ((size_t)1 << bits < SECOND_BITS_EACH * count) {
        bits++;
    }
    phrases->second_shift = 32 - bits;
    phrases->seconds = calloc(((size_t)1 << bits) / 32, sizeof *phrases->seconds);
    for (size_t i = 0; phrases->seconds != NULL && i < count; i++) {
        uint64_t key = transitions->items[i] >> SL_TARGET_BITS;
        uint32_t bit = sl_second_bit((uint32_t)(key >> SL_SYMBOL_BITS),
                                     (uint32_t)key & SL_SYMBOLS_MAX, phrases->second_shift);
        phrases->seconds[bit / 32] |= UINT32_C(1) << bit % 32;
    }
    return phrases->seconds != NULL;
}

static bool keep_actions(const struct maker *maker) {
    const struct sl_phrases_draft *draft = maker->draft;
    struct sl_phrases *phrases = maker->phrases;
    size_t count, at = 0;
    phrases->states_count = maker->states.count;
    phrases->actions_count = maker->endings.count + maker->endings.items.count;
    phrases->ends = calloc(phrases->states_count + 1, sizeof *phrases->ends);
    phrases->actions = calloc(phrases->actions_count + 1, sizeof *phrases->actions);
    uint32_t *starts = calloc(maker->endings.count + 1, sizeof *starts);
    bool kept = phrases->ends != NULL && phrases->actions != NULL && starts != NULL;
    for (uint32_t i = 0; kept && i < maker->endings.count; i++) {
        const uint64_t *numbers = sl_pool_at(&maker->endings, i, &count);
        starts[i] = (uint32_t)at;
        phrases->actions[at++] = count;
        for (size_t j = 0; j < count; j++) {
            size_t one;
            phrases->actions[at++] = *sl_pool_at(&draft->actions, (uint32_t)numbers[j], &one);
        }
    }
    for (uint32_t i = 0; kept && i < phrases->states_count; i++) {
        uint64_t ending = maker->ends.items[i];
        phrases->ends[i + 1] = ending != 0 ? starts[ending - 1] : 0;
    }
    free(starts);
    return kept;
}

static bool keep_questions(const struct maker *maker) {
    const struct sl_list *questions = &maker->draft->questions;
    struct sl_phrases *phrases = maker->phrases;
    phrases->gaps_count = maker->draft->gaps_count;
    phrases->questions_count = (uint32_t)questions->count;
    phrases->questions = calloc(questions->count + 1, sizeof *phrases->questions);
    for (size_t i = 0; phrases->questions != NULL && i < questions->count; i++) {
        phrases->questions[i] = (uint32_t)questions->items[i];
    }
    return phrases->questions != NULL;
}

enum sl_automaton_result sl_automaton_make(struct sl_phrases_draft *draft,
                                           struct sl_phrases *phrases) {
    struct maker maker = {.draft = draft, .phrases = phrases};
    for (uint32_t i = 0; i < draft->vocabulary.count; i++) {
        sl_list_add(&draft->targets, 0);
    }
    if (draft->targets.failed) {
        return SL_AUTOMATON_NO_MEMORY;
    }
    list_under(&maker);
    if (!has_failed(&maker)) {
        make_states(&maker);
    }
    enum sl_automaton_result result = SL_AUTOMATON_NO_MEMORY;
    if (maker.full) {
        result = SL_AUTOMATON_FULL;
    } else if (!has_failed(&maker) && keep_transitions(&maker) && keep_seconds(&maker) &&
               keep_actions(&maker) && keep_questions(&maker)) {
        result = SL_AUTOMATON_MADE;
    }
    maker_done(&maker);
    return result;
}
