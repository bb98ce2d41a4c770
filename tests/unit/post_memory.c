// SPDX-License-Identifier: Apache-2.0
//
// Goal: a decoder says when a batch has used up its memory, keeps the posts of a batch apart, and
// has room for the worst of records after a reset.
// Method: it is filled up with records that take as much as a record can.
#include <criterion/criterion.h>
#include <stdio.h>

#include "support/post_records.h"

static char record[SL_POST_RECORD_MAX_BYTES + SL_POST_PADDING_BYTES];

// The record that takes the most memory: nothing but bytes to repair, in a field that then has to
// be unescaped.
static void make_worst_record(void) {
    static const char head[] = "{\"id\":\"1\",\"text\":\"t\",\"url\":\"\\n", tail[] = "\"}";
    memset(record, 0xFF, sizeof record);
    memcpy(record, head, sizeof head - 1);
    memcpy(record + SL_POST_RECORD_MAX_BYTES - (sizeof tail - 1), tail, sizeof tail - 1);
}

Test(post_memory, full_decoder_says_so_and_recovers) {
    struct sl_post_decoder *decoder = sl_test_decoder_open();
    struct sl_post post;
    make_worst_record();
    for (int round = 0; round < 3; round++) {
        int decoded = 0;
        while (sl_post_decode(decoder, record, SL_POST_RECORD_MAX_BYTES, &post) == SL_POST_OK) {
            cr_assert(post.repaired);
            cr_assert_lt(++decoded, 1000);
        }
        cr_expect_eq(sl_post_decode(decoder, record, SL_POST_RECORD_MAX_BYTES, &post),
                     SL_POST_NO_ROOM);
        cr_expect_geq(decoded, 1);
        sl_post_decoder_reset(decoder);
    }
    sl_post_decoder_close(decoder);
}

Test(post_memory, posts_of_a_batch_live_until_reset) {
    struct sl_post_decoder *decoder = sl_test_decoder_open();
    static char records[100][SL_POST_PADDING_BYTES * 2];
    struct sl_post posts[100];
    for (int i = 0; i < 100; i++) {
        int len =
            snprintf(records[i], sizeof records[i], "{\"id\":\"%d\",\"text\":\"a\\n%d\"}", i, i);
        cr_assert_eq(sl_post_decode(decoder, records[i], (size_t)len, &posts[i]), SL_POST_OK);
    }
    for (int i = 0; i < 100; i++) {
        char wanted[16];
        snprintf(wanted, sizeof wanted, "a\n%d", i);
        cr_expect(sl_str_equal(posts[i].text, sl_str_from(wanted)));
    }
    sl_post_decoder_close(decoder);
}

Test(post_memory, close_of_nothing_does_nothing) {
    sl_post_decoder_close(NULL);
}
