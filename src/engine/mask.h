// SPDX-License-Identifier: Apache-2.0
//
// engine/mask.h - cuts identifiers out of a text.
//
// Spans of the folded view become ranges of the original bytes, widened so that no code point is
// split; ranges that overlap or touch become one, named by the kind that stands first in enum
// sl_kind. Each range is replaced by what its kind's operator puts there (operators.h).
#ifndef SL_ENGINE_MASK_H
#define SL_ENGINE_MASK_H

#include <sluice/engine.h>

#include "base/arena.h"
#include "engine/operators.h"
#include "identify/edges.h"
#include "identify/finder.h"
#include "text/fold.h"

// A range while it is cut out.
struct sl_cut {
    uint32_t start, end; // bytes of the original
    struct sl_replaced replaced;
};

// What one masked text takes of an arena at most, its lists included.
#define SL_MASK_ROOM_BYTES(text_bytes)                                                             \
    ((text_bytes) + 128 +                                                                          \
     SL_VERDICT_MASKS_MAX *                                                                        \
         (SL_REPLACEMENT_BYTES_MAX + 3 * sizeof(struct sl_mask) + sizeof(struct sl_cut)))

// Fills `masked`, `masks_count`, `masks`, `originals`, `kept_count` and `kept` of the verdict, from
// an arena with room for SL_MASK_ROOM_BYTES(text->len). Without spans `masked` is the text itself.
// Returns SL_JUDGE_TOO_MANY_MASKS, the verdict untouched, when the finder gave up or found too
// many.
enum sl_outcome sl_mask_text(const struct sl_text *text, const struct sl_folded *folded,
                             const struct sl_found *found, const struct sl_operators *operators,
                             struct sl_arena *arena, struct sl_verdict *verdict);

// Takes the edges of a text from bytes of its folded view to bytes of the masked text of its
// verdict, and weighs what is masked by itself.
void sl_mask_edges(const struct sl_folded *folded, const struct sl_verdict *verdict,
                   struct sl_edges *edges);

// A masked text from which one more piece may have to be cut. There is room for a label before
// `data` and for one mask more than there are.
struct sl_masked_text {
    char *data;
    size_t len;
    struct sl_mask *masks;
    uint32_t masks_count;
};

// Puts the label of `kind`, whatever its operator (of half a number there is no value), in the
// place of bytes [start, end) and of the masks in them, which lie in them whole. `start` is near
// the beginning: what stands before it is moved.
void sl_mask_more(struct sl_masked_text *masked, uint32_t start, uint32_t end, enum sl_kind kind,
                  bool italian);

#endif
