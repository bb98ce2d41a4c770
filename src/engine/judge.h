// SPDX-License-Identifier: Apache-2.0
//
// engine/judge.h - the engine and the judge from inside, for the files of this folder.
//
// A judge works in blocks. A text is folded, its identifiers are cut out at once, while the map
// back to its bytes is at hand, and its words view goes into the block, one behind the other with a
// newline behind each. After 64 texts, when the block is full, or at the end of the batch, the
// block is scanned: one walk over its words and one call of the matcher for all its texts.
#ifndef SL_ENGINE_JUDGE_H
#define SL_ENGINE_JUDGE_H

#include <sluice/engine.h>

#include "base/arena.h"
#include "engine/database.h"
#include "engine/internal.h"
#include "engine/learned.h"
#include "engine/operators.h"
#include "identify/finder.h"
#include "pack/pack.h"
#include "phrases/phrases.h"
#include "text/words.h"

// As many as a set of bits holds: see `seen`.
#define SL_BLOCK_PIECES_MAX 64

// Whatever a text of SL_JUDGE_TEXT_BYTES folds to fits, and its words view with the newline behind
// it.
#define SL_FOLDED_BYTES (SL_JUDGE_TEXT_BYTES * SL_FOLD_GROWTH)
#define SL_BLOCK_BYTES  (SL_WORDS_BYTES(SL_FOLDED_BYTES) + 1)

struct sl_engine {
    struct sl_pack *pack;
    struct sl_database database;
    struct sl_operators operators;
    struct sl_operators labels; // where what the operators make could be taken for an identifier
    struct sl_allow_shelf *allowed;
    char *model_path; // NULL: no model
    struct sl_model_shelf *models;
};

// One text in the block, and what was found in it so far.
struct sl_piece {
    uint32_t start, end; // in the block; the newline stands at `end`
    int32_t logit_milli;
    int32_t learned_milli; // what the hits add to the model's logit
    int32_t mobile_votes, fixed_votes;
    enum sl_flag flag; // beside the text
    struct sl_verdict *verdict;
};

// What a topic or signal that counts from a sum on has in each piece.
struct sl_sum {
    uint64_t pieces; // in which anything was added
    int32_t milli[SL_BLOCK_PIECES_MAX];
};

// See places.h.
#define SL_PLACES_MAX 512

struct sl_place {
    uint32_t id; // of an expression; or the number of expressions and a guard's index
    uint32_t start, end;
};

struct sl_judge {
    const struct sl_engine *engine;
    struct hs_scratch *scratch;
    struct sl_phrases_walk *walk; // NULL: no phrases
    struct sl_finder *finder;
    struct sl_arena memory; // what the pointers below point to; sealed
    struct sl_arena cuts;   // masked texts of this call

    uint64_t allowed_generation; // of the set that the finder has
    struct sl_learned learned;

    unsigned char *folded; // the text that was folded last, and its map
    uint32_t *map;
    unsigned char *folded_again; // a masked text
    uint32_t *map_again;
    unsigned char *block;
    uint32_t block_used;
    struct sl_piece *pieces;
    uint32_t pieces_count;
    uint32_t cursor; // the piece of the last match
    // By pattern, then by guard, then by flag: bit i is set when it was found in piece i.
    uint64_t *seen;
    uint16_t *touched; // those with bits in `seen`
    uint32_t touched_count;
    uint64_t *doubted;       // by pattern that has guards: pieces in which one of them was found
    struct sl_place *places; // of one piece
    uint32_t places_count;
    struct sl_sum *sums;                // by sum of the pack
    uint64_t marked[SL_PACK_MARKS_MAX]; // by mark that a condition asks for: pieces that have it
    struct sl_verdict *verdicts;
    struct sl_edges *edges; // of the texts of this call that have any
    uint16_t edges_count;
    uint16_t edges_of[SL_JUDGE_BATCH_MAX]; // by text: index in `edges` and one, or 0

    struct sl_explanation *explanation; // of the last sl_judge_explain, or NULL
};

// Folds a text into `folded`. False: it does not fit.
bool sl_judge_fold(struct sl_judge *judge, const struct sl_text *text,
                   struct sl_folded *ret_folded);

// Scans the block: fills `seen`. False: the matcher failed.
bool sl_judge_scan(struct sl_judge *judge);

// Makes ready for the next block.
void sl_judge_forget_block(struct sl_judge *judge);

#endif
