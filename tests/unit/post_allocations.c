// SPDX-License-Identifier: Apache-2.0
//
// Goal: decoding asks nobody for memory.
// Method: every allocation of the process, simdjson's too, is counted while records of all kinds
// are decoded.
#include <criterion/criterion.h>
#include <stdio.h>

#include "support/allocations.h"
#include "support/post_records.h"

Test(post_allocations, decode_allocates_nothing) {
    if (!sl_allocations_counted()) {
        fprintf(stderr, "skipped: allocations cannot be counted under a sanitizer\n");
        cr_skip_test("allocations cannot be counted under a sanitizer");
    }
    static const char *const records[] = {
        "{\"id\":\"1\",\"channel\":\"facebook\",\"text\":\"ciao\",\"author\":{\"followers\":1}}",
        "{\"id\":\"1\",\"text\":\"a\\nb \\ud83d\\ude00\",\"te\\u0078ts\":[{},[],1.5e3]}",
        "{\"id\":\"1\",\"text\":\"\xFF \\ud83d\"}",
        "{\"id\":\"1\",\"text\":",
        "{\"id\":\"1\"}",
    };
    static char memory[512];
    struct sl_post_decoder *decoder = sl_test_decoder_open();
    struct sl_post post;
    unsigned long before = sl_allocations_count();
    cr_assert_gt(before, 0);
    for (int i = 0; i < 1000; i++) {
        size_t len = strlen(records[i % 5]);
        memcpy(memory, records[i % 5], len);
        sl_post_decode(decoder, memory, len, &post);
        if (i % 64 == 0) {
            sl_post_decoder_reset(decoder);
        }
    }
    cr_expect_eq(sl_allocations_count(), before);
    sl_post_decoder_close(decoder);
}
