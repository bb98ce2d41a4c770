// SPDX-License-Identifier: Apache-2.0
//
// phrases/internal.h - what the files of this folder share: read.c turns phrases into nodes,
// automaton.c nodes into tables, walk.c walks over them.
//
// A phrase falls into parts at its gaps. A part is a graph without circles: a node is the ascending
// list of its edges, an edge the symbol it wants and the node it leads to. Nodes with the same
// edges are one node, so phrases share their ends. Where a part ends, an edge leads to an action.
#ifndef SL_PHRASES_INTERNAL_H
#define SL_PHRASES_INTERNAL_H

#include "phrases/lexicon.h"
#include "phrases/list.h"
#include "phrases/phrases.h"
#include "phrases/vocabulary.h"

// An action: what must have been there before the part, and what follows from the part.
#define SL_NEEDS_NOTHING             0u
#define SL_NEEDS_BEGIN               1u // of a sentence
#define SL_NEEDS_GAP                 2u // behind the part before the gap
#define SL_GIVES_FOUND               0u
#define SL_GIVES_GAP                 1u // the part behind the gap may come
#define SL_GIVES_QUESTION            2u // found, if the sentence asks
#define SL_ACTION_BITS               30 // of the number that goes with it
#define SL_ACTION_NUMBER             ((1u << SL_ACTION_BITS) - 1)
#define SL_ACTION_HALF(kind, number) ((uint32_t)(kind) << SL_ACTION_BITS | (uint32_t)(number))

// Edges: the symbol above, the node below; of the last the action.
#define SL_EDGE(symbol, to) ((uint64_t)(symbol) << 32 | (to))
#define SL_EDGE_ENDS        UINT32_MAX // the "symbol" of a part's end

struct sl_phrases_draft {
    struct sl_vocabulary vocabulary;
    struct sl_pool nodes;
    struct sl_list depths;    // by node: tokens to its farthest end; above, most tails
    struct sl_pool actions;   // of one number each: needs above, gives below
    struct sl_list starts;    // edges from the start
    struct sl_list targets;   // by symbol: where the automaton goes from there
    struct sl_list questions; // what is found by each
    uint32_t gaps_count;
};

// Adds a phrase. False: it is not one that the automaton takes, or memory is out, of which the
// draft's lists tell.
bool sl_phrases_read(struct sl_phrases_draft *draft, const struct sl_phrases_source *source);

// Where a transition leads: a state, and what has to be known of it first.
#define SL_STATE_BITS  20
#define SL_STATES_MAX  ((1u << SL_STATE_BITS) - 1)
#define SL_TARGET_BITS (SL_STATE_BITS + 3)
#define SL_TARGET_ENDS (1u << SL_STATE_BITS)
#define SL_TARGET_LEAF (2u << SL_STATE_BITS)
#define SL_TARGET_TAIL (4u << SL_STATE_BITS) // it may go on with a word that ends so
// From the start: of a token of signs, and of one at which there is anything to do.
#define SL_TARGET_SIGN  (1u << 30)
#define SL_TARGET_EVENT (1u << 31)

_Static_assert(SL_STATE_BITS + SL_SYMBOL_BITS + SL_TARGET_BITS <= 64, "a transition is one number");

struct sl_phrases {
    struct sl_lexicon lexicon;
    uint64_t *transitions; // state, symbol, target; 0: free
    unsigned transition_bits;
    uint32_t *seconds; // bits: whether a state to which the start leads goes on with a symbol
    unsigned second_shift;
    uint32_t *ends;      // by state: where its actions begin
    uint64_t *actions;   // a number of them, then so many
    uint32_t *questions; // what is found by each
    uint32_t gaps_count, questions_count, states_count;
    size_t transitions_count, actions_count;
};

enum sl_automaton_result {
    SL_AUTOMATON_MADE,
    SL_AUTOMATON_FULL, // more states or transitions than there is room for
    SL_AUTOMATON_NO_MEMORY,
};

// Fills all but the lexicon, and the draft's targets.
enum sl_automaton_result sl_automaton_make(struct sl_phrases_draft *draft,
                                           struct sl_phrases *phrases);

// A byte of a word of letters (text/words.h).
static inline bool sl_is_word_byte(unsigned char byte) {
    return (unsigned char)(byte - 'a') < 26 || (unsigned char)(byte - '0') < 10 || byte == '_';
}

static inline uint64_t sl_transition_key(uint32_t state, uint32_t symbol) {
    return (uint64_t)state << SL_SYMBOL_BITS | symbol;
}

static inline size_t sl_transition_slot(const struct sl_phrases *phrases, uint64_t key) {
    return (size_t)(key * SL_WORD_HASH >> (64 - phrases->transition_bits));
}

// A bit that is set may mean another pair.
static inline uint32_t sl_second_bit(uint32_t state, uint32_t symbol, unsigned shift) {
    return (state * UINT32_C(0x9E3779B1) ^ symbol * UINT32_C(0x85EBCA77)) >> shift;
}

#endif
