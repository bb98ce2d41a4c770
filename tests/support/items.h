// SPDX-License-Identifier: Apache-2.0
//
// support/items.h - work items to write in tests, without an engine or a desk.
#ifndef SL_TESTS_SUPPORT_ITEMS_H
#define SL_TESTS_SUPPORT_ITEMS_H

#include "item/write.h"

// A pack put together by hand: telco@1.0, topics fault (2 links), billing (none), coverage (1 of
// the links of fault and one more), signals thanks and urgency, patterns fault.down, bill.high.
extern const struct sl_pack sl_test_pack;

// What an item is made from.
struct sl_test_item {
    struct sl_post post;
    struct sl_mask masks[SL_VERDICT_MASKS_MAX];
    struct sl_verdict verdict;
    struct sl_join join;
    struct sl_decision decision;
    const struct sl_masked_text *instead; // of the verdict's text, or NULL
};

// One that has everything, and one that has as little as can be. Verdicts and decisions point into
// the item.
void sl_test_item_fill(struct sl_test_item *ret_item);
void sl_test_item_fill_least(struct sl_test_item *ret_item);

struct sl_item_writer *sl_test_writer_open(enum sl_item_format format);

// The whole item, written into exactly the room that was promised to be enough. The caller frees
// its data.
struct sl_str sl_test_item_write(struct sl_item_writer *writer, const struct sl_test_item *item);

#endif
