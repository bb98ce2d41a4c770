// SPDX-License-Identifier: Apache-2.0
//
// Goal: what a record says is what the post says, however the record is written down.
// Method: records in all the spellings that JSON and docs/post.md allow, compared field by field.
// What is refused is tests/unit/post_faults.c.
#include <criterion/criterion.h>
#include <stdio.h>

#include "base/clock.h"
#include "support/post_records.h"

static struct sl_post_decoder *decoder;

static void open_decoder(void) {
    decoder = sl_test_decoder_open();
}

static void close_decoder(void) {
    sl_post_decoder_close(decoder);
}

TestSuite(post_decode, .init = open_decoder, .fini = close_decoder);

static struct sl_post decode(const char *record) {
    struct sl_post post;
    enum sl_post_fault fault = sl_test_decode(decoder, sl_str_from(record), &post);
    cr_assert_eq(fault, SL_POST_OK, "%s: %s", record, sl_post_fault_word(fault));
    return post;
}

static void expect(struct sl_str found, const char *wanted) {
    cr_expect(found.data != NULL && sl_str_equal(found, sl_str_from(wanted)),
              "wanted \"%s\", found \"%.*s\"", wanted, (int)found.len, found.data);
}

Test(post_decode, full_record_fills_every_field) {
    struct sl_post post = decode(
        "{\"id\":\"p-1\",\"channel\":\"facebook\",\"page\":\"fibranet\",\"kind\":\"comment\","
        "\"created_at\":\"2026-03-01T09:15:00.250+01:00\",\"parent_id\":\"p-0\","
        "\"thread_id\":\"t-9\",\"lang\":\"it\",\"url\":\"https://example.org/p/1\","
        "\"from_brand\":true,\"author\":{\"id\":\"a-7\",\"name\":\"Anna Bianchi\","
        "\"handle\":\"annab\",\"followers\":1500,\"verified\":true},"
        "\"text\":\"da ieri non ho internet\"}");
    expect(post.id, "p-1");
    expect(post.channel, "facebook");
    expect(post.page, "fibranet");
    expect(post.kind, "comment");
    expect(post.parent_id, "p-0");
    expect(post.thread_id, "t-9");
    expect(post.lang, "it");
    expect(post.url, "https://example.org/p/1");
    expect(post.author_id, "a-7");
    expect(post.author_name, "Anna Bianchi");
    expect(post.author_handle, "annab");
    expect(post.text, "da ieri non ho internet");
    cr_expect_eq(post.created_at_ns, INT64_C(1772352900250000000));
    cr_expect_eq(post.followers, 1500);
    cr_expect(post.verified && post.from_brand && !post.repaired);
}

Test(post_decode, least_record_leaves_the_rest_absent) {
    struct sl_post post = decode("{\"id\":\"1\",\"text\":\"\"}");
    struct sl_post least = {
        .id = post.id, .text = post.text, .created_at_ns = SL_TIME_NONE, .followers = -1};
    expect(post.text, "");
    cr_expect_null(sl_test_post_difference(&post, &least));
}

Test(post_decode, null_fields_are_absent) {
    struct sl_post post = decode(
        "{\"id\":\"1\",\"text\":\"t\",\"channel\":null,\"page\":null,\"kind\":null,"
        "\"created_at\":null,\"parent_id\":null,\"thread_id\":null,\"lang\":null,\"url\":null,"
        "\"from_brand\":null,\"author\":{\"id\":null,\"name\":null,\"handle\":null,"
        "\"followers\":null,\"verified\":null}}");
    struct sl_post bare = {
        .id = post.id, .text = post.text, .created_at_ns = SL_TIME_NONE, .followers = -1};
    cr_expect_null(sl_test_post_difference(&post, &bare));
    decode("{\"id\":\"1\",\"text\":\"t\",\"author\":null}");
}

Test(post_decode, hashtags_are_read) {
    struct sl_post post =
        decode("{\"id\":\"1\",\"hashtags\":[\"a\",null,\"\\u0023b\"],\"text\":\"\"}");
    cr_assert_eq(post.hashtags_count, 2);
    expect(post.hashtags[0], "a");
    expect(post.hashtags[1], "#b");
    cr_expect_eq(decode("{\"id\":\"1\",\"hashtags\":[],\"text\":\"\"}").hashtags_count, 0);
    cr_expect_eq(decode("{\"id\":\"1\",\"hashtags\":null,\"text\":\"\"}").hashtags_count, 0);
}

Test(post_decode, hashtags_beyond_the_limit_are_passed_over) {
    char record[1024] = "{\"id\":\"1\",\"text\":\"\",\"hashtags\":[";
    for (int i = 0; i < 2 * SL_POST_HASHTAGS_MAX; i++) {
        strcat(record, i == 0 ? "\"a\"" : ",\"a\"");
    }
    cr_expect_eq(decode(strcat(record, "]}")).hashtags_count, SL_POST_HASHTAGS_MAX);
}

Test(post_decode, empty_string_differs_from_absent) {
    struct sl_post post = decode("{\"id\":\"1\",\"text\":\"t\",\"channel\":\"\"}");
    expect(post.channel, "");
    cr_expect_null(post.page.data);
}

Test(post_decode, plain_string_is_a_view_of_the_record) {
    static const char record[] = "{\"text\":\"ciao\",\"id\":\"1\"}                             "
                                 "                                                 ";
    struct sl_post post;
    cr_assert_eq(sl_post_decode(decoder, record, sizeof record - 1 - SL_POST_PADDING_BYTES, &post),
                 SL_POST_OK);
    cr_expect_eq(post.text.data, record + 9);
}

Test(post_decode, every_escape_is_resolved) {
    struct sl_post post =
        decode("{\"id\":\"\\u0041\\/\",\"text\":"
               "\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e8 \\u20AC \\ud83d\\uDE00 .\"}");
    expect(post.id, "A/");
    expect(post.text, "\" \\ / \b \f \n \r \t è € 😀 .");
    cr_expect_not(post.repaired);
    post = decode("{\"id\":\"1\",\"text\":\"a\\u0000b\"}");
    cr_expect(sl_str_equal(post.text, SL_STR("a\0b")));
}

Test(post_decode, escaped_quote_at_the_end_belongs_to_the_string) {
    expect(decode("{\"id\":\"1\",\"text\":\"a\\\\\"}").text, "a\\");
    expect(decode("{\"id\":\"1\",\"text\":\"a\\\"\"  }").text, "a\"");
}

Test(post_decode, escaped_key_is_the_key) {
    struct sl_post post =
        decode("{\"\\u0069d\":\"1\",\"te\\u0078t\":\"t\",\"author\":{\"n\\u0061me\":\"Anna\"}}");
    expect(post.id, "1");
    expect(post.text, "t");
    expect(post.author_name, "Anna");
}

Test(post_decode, lone_surrogates_are_replaced) {
    static const char *const texts[][2] = {
        {"\\ud83d", "\uFFFD"},
        {"a\\ud83d b", "a\uFFFD b"},
        {"\\ude00", "\uFFFD"},
        {"\\ude00\\ud83d", "\uFFFD\uFFFD"},
        {"\\ud83d\\ud83d\\ude00", "\uFFFD😀"},
        {"\\ud83d\\u0041", "\uFFFDA"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char record[128];
        snprintf(record, sizeof record, "{\"id\":\"1\",\"text\":\"%s\"}", texts[i][0]);
        struct sl_post post = decode(record);
        expect(post.text, texts[i][1]);
        cr_expect(post.repaired);
    }
}

Test(post_decode, invalid_utf8_is_replaced) {
    struct sl_post post = decode("{\"id\":\"1\",\"text\":\"a\xFF"
                                 "b \xE2\x82 c\\u00e8\",\"lang\":\"i\xC3t\"}");
    expect(post.text, "a\uFFFDb \uFFFD cè");
    expect(post.lang, "i\uFFFDt");
    cr_expect(post.repaired);
    cr_expect_not(decode("{\"id\":\"1\",\"text\":\"è\"}").repaired);
}

Test(post_decode, numeric_ids_keep_their_digits) {
    struct sl_post post = decode(
        "{\"id\":123456789012345678901234567890,\"text\":\"t\",\"parent_id\":-5,\"thread_id\":0 ,"
        "\"page\": 10159876543210987\t,\"author\":{\"id\":9007199254740993}}");
    expect(post.id, "123456789012345678901234567890");
    expect(post.parent_id, "-5");
    expect(post.thread_id, "0");
    expect(post.page, "10159876543210987");
    expect(post.author_id, "9007199254740993");
}

Test(post_decode, white_space_bom_and_cr_are_passed_over) {
    struct sl_post post = decode("\xEF\xBB\xBF \t{ \"id\" : \"1\" ,\r\n\t\"text\" : \"t\" , "
                                 "\"author\" : { \"verified\" : true } } \r");
    expect(post.id, "1");
    expect(post.text, "t");
    cr_expect(post.verified);
}

Test(post_decode, unknown_fields_are_passed_over) {
    struct sl_post post = decode(
        "{\"x\":null,\"y\":[1,-2.5e+3,{\"id\":\"no\",\"text\":[\"}\"]},[[]],{}],\"z\":\"\\\"}\","
        "\"x\":true,\"idd\":false,\"author\":{\"text\":\"no\",\"author\":{\"id\":\"no\"}},"
        "\"created_at_ms\":{\"a\":\"\\u0022}\"},\"\":0.5,\"id\":\"1\",\"text\":\"t\"}");
    expect(post.id, "1");
    expect(post.text, "t");
    cr_expect_null(post.author_id.data);
}

Test(post_decode, neighbours_do_not_add_to_the_depth) {
    char record[1024] = "{\"id\":\"1\",\"text\":\"t\",\"x\":[";
    for (int i = 0; i < 2 * SL_POST_DEPTH_MAX; i++) {
        strcat(record, "[],{},");
    }
    strcat(record, "1]}");
    decode(record);
}

Test(post_decode, every_spelling_of_a_time_is_read) {
    static const struct {
        const char *value;
        int64_t ns;
    } times[] = {
        {"\"2026-03-01T09:15:00Z\"", INT64_C(1772356500000000000)},
        {"\"2026-03-01 09:15:00.5+01:00\"", INT64_C(1772352900500000000)},
        {"1772356500", INT64_C(1772356500000000000)},
        {"1772356500123", INT64_C(1772356500123000000)},
        {"\"1772356500\"", INT64_C(1772356500000000000)},
        {"\"1772356500123\"", INT64_C(1772356500123000000)},
        {"100000000000", INT64_C(100000000000000000)},
        {"0", 0},
        {"-1", -1000000000},
        {"-100000000000", -INT64_C(100000000000000000)},
        {"9223372036", INT64_C(9223372036000000000)},
    };
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        char record[128];
        snprintf(record, sizeof record, "{\"id\":\"1\",\"text\":\"t\",\"created_at\":%s}",
                 times[i].value);
        cr_expect_eq(decode(record).created_at_ns, times[i].ns, "%s", times[i].value);
    }
}
