// SPDX-License-Identifier: Apache-2.0
//
// Goal: a record that could not be decoded becomes a text in which identifiers can be found: no
// JSON escape hides them, no byte is invalid, and the room is kept.
// Method: broken records and what they should read like; every room from none to enough.
#include <criterion/criterion.h>

#include "post/post.h"
#include "text/utf8.h"

static void expect_text(struct sl_str record, const char *wanted) {
    char out[256];
    size_t len = sl_post_record_to_text(record.data, record.len, out, sizeof out);
    cr_expect(sl_str_equal((struct sl_str){out, len}, sl_str_from(wanted)),
              "wanted \"%s\", found \"%.*s\"", wanted, (int)len, out);
}

Test(post_record_text, escapes_are_resolved) {
    expect_text(SL_STR("{\"text\":\"chiama il \\u0033\\u0033\\u0033 1234567"),
                "{\"text\":\"chiama il 333 1234567");
    expect_text(SL_STR("a\\n\\\"b\\\" \\/ \\\\ \\uD83D\\uDE00"), "a\n\"b\" / \\ 😀");
}

Test(post_record_text, what_is_no_escape_stays) {
    expect_text(SL_STR("\\x41 \\u00 \\u00zz \\"), "\\x41 \\u00 \\u00zz \\");
}

Test(post_record_text, escape_cut_off_at_the_end_stays) {
    expect_text((struct sl_str){"\\u0033", 5}, "\\u003");
    expect_text((struct sl_str){"\\ud83d\\ude00", 11}, "\uFFFD\\ude0");
    expect_text((struct sl_str){"a\\n", 2}, "a\\");
}

Test(post_record_text, escapes_are_resolved_once) {
    expect_text(SL_STR("\\\\u0033"), "\\u0033");
}

Test(post_record_text, broken_unicode_is_replaced) {
    expect_text(SL_STR("a\xFF \xE2\x82 \\ud83d."), "a\uFFFD \uFFFD \uFFFD.");
}

Test(post_record_text, room_cuts_at_a_code_point) {
    struct sl_str record = SL_STR("a\xC3\xA8\\u20ac😀\xFF");
    for (size_t room = 0; room <= 16; room++) {
        char out[17];
        memset(out, '#', sizeof out);
        size_t len = sl_post_record_to_text(record.data, record.len, out, room);
        cr_expect_leq(len, room);
        cr_expect(sl_utf8_valid(out, len), "room %zu", room);
        cr_expect_eq(out[len], '#');
        cr_expect_gt(len + 4, room < 13 ? room : 13);
    }
}
