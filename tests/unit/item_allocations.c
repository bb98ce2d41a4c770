// SPDX-License-Identifier: Apache-2.0
//
// Goal: writing items asks nobody for memory.
// Method: every allocation of the process, yajl's too, is counted while items are written in both
// notations.
#include <criterion/criterion.h>
#include <stdio.h>

#include "support/allocations.h"
#include "support/items.h"

static void write_items(struct sl_item_writer *writer, const struct sl_test_item *item) {
    static char bytes[65536], out[65536];
    for (int i = 0; i < 1000; i++) {
        struct sl_item_body body = sl_item_write_body(writer, sl_item_id(&item->post), &item->post,
                                                      &item->verdict, bytes, sizeof bytes);
        sl_item_write(writer, body, &item->decision, out, sizeof out);
    }
    struct sl_quarantined quarantined = {.reason = "not_json", .help = "", .source = SL_STR("a")};
    sl_item_write_quarantined(writer, &quarantined, out, sizeof out);
}

Test(item_allocations, write_allocates_nothing) {
    if (!sl_allocations_counted()) {
        fprintf(stderr, "skipped: allocations cannot be counted under a sanitizer\n");
        cr_skip_test("allocations cannot be counted under a sanitizer");
    }
    struct sl_test_item full, least;
    sl_test_item_fill(&full);
    sl_test_item_fill_least(&least);
    for (int format = SL_ITEM_MSGPACK; format <= SL_ITEM_JSON; format++) {
        struct sl_item_writer *writer = sl_test_writer_open((enum sl_item_format)format);
        unsigned long before = sl_allocations_count();
        cr_assert_gt(before, 0);
        write_items(writer, &full);
        write_items(writer, &least);
        cr_expect_eq(sl_allocations_count(), before, "format %d", format);
        sl_item_writer_close(writer);
    }
}
