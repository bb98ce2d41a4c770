// SPDX-License-Identifier: Apache-2.0
//
// Goal: a record that is not a post is refused, with the reason that helps; nothing that is broken
// passes because nobody looked at it.
// Method: a table of broken records and their faults, each limit from both sides, and a record cut
// off at every byte while the bytes behind it would complete it.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/post_records.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct sl_post_decoder *decoder;

static void open_decoder(void) {
    decoder = sl_test_decoder_open();
}

static void close_decoder(void) {
    sl_post_decoder_close(decoder);
}

TestSuite(post_faults, .init = open_decoder, .fini = close_decoder);

static void expect_fault(struct sl_str record, enum sl_post_fault wanted) {
    struct sl_post post;
    enum sl_post_fault fault = sl_test_decode(decoder, record, &post);
    cr_expect_eq(fault, wanted, "wanted %s, found %s: %.*s", sl_post_fault_word(wanted),
                 sl_post_fault_word(fault), record.len < 200 ? (int)record.len : 200, record.data);
}

// Of a record {"id":"1","text":"t",<members>}.
static void expect_member_fault(const char *members, enum sl_post_fault wanted) {
    char record[512];
    int len = snprintf(record, sizeof record, "{\"id\":\"1\",\"text\":\"t\",%s}", members);
    expect_fault((struct sl_str){record, (size_t)len}, wanted);
}

Test(post_faults, broken_json_is_refused) {
    static const char *const records[] = {
        "",
        " ",
        "\r",
        "{",
        "}",
        "[]",
        "null",
        "\"id\"",
        "17",
        "{}}",
        "{\"id\":\"1\",\"text\":\"t\"",
        "{\"id\":\"1\",\"text\":\"t\"}}",
        "{\"id\":\"1\",\"text\":\"t\"},",
        "{\"id\":\"1\",\"text\":\"t\"} {}",
        "{\"id\":\"1\",\"text\":\"t\"}{\"id\":\"2\",\"text\":\"u\"}",
        "{\"id\":\"1\",\"text\":\"t\"} x",
        "{\"id\":\"1\",\"text\":\"t\"]",
        "[{\"id\":\"1\",\"text\":\"t\"}]",
        "{\"id\":\"1\",\"text\":\"t\",}",
        "{,\"id\":\"1\",\"text\":\"t\"}",
        "{\"id\":\"1\"\"text\":\"t\"}",
        "{\"id\":\"1\" \"text\":\"t\"}",
        "{\"id\"\"1\",\"text\":\"t\"}",
        "{\"id\",\"1\",\"text\":\"t\"}",
        "{\"id\":,\"text\":\"t\"}",
        "{\"id\":\"1\",\"text\":\"t}",
        "{\"id\":\"1\",\"text\":\"t\\\"}",
        "{id:\"1\",\"text\":\"t\"}",
        "{'id':'1','text':'t'}",
        "{\"id\":\"1\",\"text\":\"a\tb\"}",
        "{\"id\":\"1\",\"text\":\"a\nb\"}",
        "{\"id\":\"1\",\"text\":\"\\x41\"}",
        "{\"id\":\"1\",\"text\":\"\\u12\"}",
        "{\"id\":\"1\",\"text\":\"\\u12g4\"}",
        "{\"id\":\"1\",\"text\":\"\\ud83d\\u12\"}",
        "{\"i\\qd\":\"1\",\"text\":\"t\"}",
        "\xEF\xBB\xBF",
        "\xEF\xBB{\"id\":\"1\",\"text\":\"t\"}",
        "{\"id\":\"1\",\"text\":\"t\"} // done",
    };
    for (size_t i = 0; i < COUNT(records); i++) {
        expect_fault(sl_str_from(records[i]), SL_POST_NOT_JSON);
    }
    expect_fault(SL_STR("{\"id\":\"1\",\"text\":\"a\0b\"}"), SL_POST_NOT_JSON);
    expect_fault(SL_STR("{\"id\":\"1\",\0\"text\":\"t\"}"), SL_POST_NOT_JSON);
    expect_fault(SL_STR("{\"id\":\"1\",\"text\":\"t\"}\0"), SL_POST_NOT_JSON);
}

Test(post_faults, broken_values_of_unknown_fields_are_refused) {
    static const char *const values[] = {
        "",           ",",          "tru",       "trueish", "nul",     "NULL",    "True",
        "fals",       "01",         "-",         "+1",      "1.",      ".5",      "1e",
        "1e+",        "--1",        "0x10",      "1_000",   "12\"a\"", "\"a\"b",  "\"a\"\"b\"",
        "true\"a\"",  "NaN",        "-Infinity", "[",       "]",       "[1",      "[1,",
        "[1,]",       "[,1]",       "[1 2]",     "[1:2]",   "{",       "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "{\"a\":1]",  "[1}",       "{a:1}",   "{1:1}",   "[[]",     "{\"a\":{}",
        "[tru]",      "{\"a\":01}",
    };
    for (size_t i = 0; i < COUNT(values); i++) {
        char member[64];
        snprintf(member, sizeof member, "\"x\":%s", values[i]);
        expect_member_fault(member, SL_POST_NOT_JSON);
        snprintf(member, sizeof member, "\"x\":%s,\"y\":1", values[i]);
        expect_member_fault(member, SL_POST_NOT_JSON);
    }
}

Test(post_faults, broken_values_of_known_fields_are_refused) {
    static const char *const members[] = {
        "\"lang\":tru",           "\"lang\":nul",        "\"lang\":[1,]",
        "\"from_brand\":truex",   "\"from_brand\":fals", "\"from_brand\":true1",
        "\"parent_id\":01",       "\"parent_id\":1x",    "\"parent_id\":-",
        "\"created_at\":1772a",   "\"created_at\":",     "\"author\":{\"followers\":007}",
        "\"author\":{\"id\":1,}", "\"author\":{1}",      "\"author\":{\"verified\":tru}",
    };
    for (size_t i = 0; i < COUNT(members); i++) {
        expect_member_fault(members[i], SL_POST_NOT_JSON);
    }
}

Test(post_faults, absent_id_and_text_are_told_apart) {
    expect_fault(SL_STR("{}"), SL_POST_NO_ID);
    expect_fault(SL_STR("{\"text\":\"t\"}"), SL_POST_NO_ID);
    expect_fault(SL_STR("{\"id\":null,\"text\":\"t\"}"), SL_POST_NO_ID);
    expect_fault(SL_STR("{\"id\":\"\",\"text\":\"t\"}"), SL_POST_NO_ID);
    expect_fault(SL_STR("{\"id\":\"1\"}"), SL_POST_NO_TEXT);
    expect_fault(SL_STR("{\"id\":\"1\",\"text\":null}"), SL_POST_NO_TEXT);
    expect_fault(SL_STR("{\"id\":\"1\",\"message\":\"t\"}"), SL_POST_NO_TEXT);
    expect_fault(SL_STR("{\"ID\":\"1\",\"text\":\"t\"}"), SL_POST_NO_ID);
}

Test(post_faults, values_of_a_wrong_type_are_refused) {
    static const char *const members[] = {
        "\"channel\":1",
        "\"channel\":{}",
        "\"lang\":[\"it\"]",
        "\"kind\":true",
        "\"hashtags\":\"a\"",
        "\"hashtags\":[1]",
        "\"hashtags\":[[\"a\"]]",
        "\"hashtags\":{}",
        "\"url\":false",
        "\"page\":1.5",
        "\"page\":[1]",
        "\"parent_id\":1e3",
        "\"thread_id\":true",
        "\"from_brand\":\"yes\"",
        "\"from_brand\":1",
        "\"created_at\":{}",
        "\"created_at\":true",
        "\"author\":\"Anna\"",
        "\"author\":[]",
        "\"author\":7",
        "\"author\":{\"id\":1.0}",
        "\"author\":{\"name\":1}",
        "\"author\":{\"handle\":[]}",
        "\"author\":{\"verified\":\"true\"}",
        "\"author\":{\"verified\":0}",
        "\"author\":{\"followers\":-1}",
        "\"author\":{\"followers\":1.5}",
        "\"author\":{\"followers\":\"12\"}",
        "\"author\":{\"followers\":9223372036854775808}",
    };
    for (size_t i = 0; i < COUNT(members); i++) {
        expect_member_fault(members[i], SL_POST_BAD_FIELD);
    }
    expect_fault(SL_STR("{\"id\":{},\"text\":\"t\"}"), SL_POST_BAD_FIELD);
    expect_fault(SL_STR("{\"id\":1.0,\"text\":\"t\"}"), SL_POST_BAD_FIELD);
    expect_fault(SL_STR("{\"id\":\"1\",\"text\":5}"), SL_POST_BAD_FIELD);
    expect_fault(SL_STR("{\"id\":\"1\",\"text\":[\"t\"]}"), SL_POST_BAD_FIELD);
}

Test(post_faults, known_key_twice_is_refused) {
    expect_member_fault("\"id\":\"2\"", SL_POST_DUPLICATE_KEY);
    expect_member_fault("\"text\":\"t\"", SL_POST_DUPLICATE_KEY);
    expect_member_fault("\"te\\u0078t\":\"u\"", SL_POST_DUPLICATE_KEY);
    expect_member_fault("\"lang\":null,\"lang\":\"it\"", SL_POST_DUPLICATE_KEY);
    expect_member_fault("\"author\":{\"id\":1},\"author\":{\"name\":\"a\"}", SL_POST_DUPLICATE_KEY);
    expect_member_fault("\"author\":{\"id\":1,\"id\":1}", SL_POST_DUPLICATE_KEY);
    expect_member_fault("\"author\":{\"id\":1},\"x\":1,\"x\":2", SL_POST_OK);
}

Test(post_faults, what_is_no_time_is_refused) {
    static const char *const values[] = {
        "\"\"",           "\"yesterday\"",
        "\"2026-03-01\"", "\"2026-02-30T00:00:00Z\"",
        "1772356500.5",   "1e9",
        "9223372037",     "1772356500123456",
        "\"1.5\"",        "\"Sun Mar 01 2026\"",
        "\"-\"",          "\" 1772356500\"",
        "-9223372037",    "99999999999999999999",
    };
    for (size_t i = 0; i < COUNT(values); i++) {
        char member[64];
        snprintf(member, sizeof member, "\"created_at\":%s", values[i]);
        expect_member_fault(member, SL_POST_BAD_TIME);
    }
}

// A post in which `open` stands `times` times in an unknown field, closed again.
static void expect_depth_fault(char open, char close, unsigned times, enum sl_post_fault wanted) {
    char record[1024];
    size_t len = (size_t)snprintf(record, sizeof record, "{\"id\":\"1\",\"text\":\"t\",\"x\":");
    for (unsigned i = 0; i < times; i++) {
        len += (size_t)snprintf(record + len, sizeof record - len,
                                i > 0 && open == '{' ? "\"a\":%c" : "%c", open);
    }
    memset(record + len, close, times);
    record[len + times] = '}';
    expect_fault((struct sl_str){record, len + times + 1}, wanted);
}

Test(post_faults, nesting_is_counted_from_the_record_on) {
    expect_depth_fault('[', ']', SL_POST_DEPTH_MAX - 1, SL_POST_OK);
    expect_depth_fault('{', '}', SL_POST_DEPTH_MAX - 1, SL_POST_OK);
    expect_depth_fault('[', ']', SL_POST_DEPTH_MAX, SL_POST_TOO_DEEP);
    expect_depth_fault('{', '}', SL_POST_DEPTH_MAX, SL_POST_TOO_DEEP);
    expect_member_fault(
        "\"x\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"",
        SL_POST_OK);
}

Test(post_faults, a_million_brackets_end_early) {
    static char record[SL_POST_RECORD_MAX_BYTES];
    memset(record, '[', sizeof record);
    memcpy(record, "{\"a\":", 5);
    expect_fault((struct sl_str){record, sizeof record}, SL_POST_TOO_DEEP);
    memset(record, '{', sizeof record);
    expect_fault((struct sl_str){record, sizeof record}, SL_POST_NOT_JSON);
}

// {"id":"1","text":"t","<key>":"aaa…"} in which the string has `len` bytes; the caller frees it.
static struct sl_str long_record(const char *key, size_t len) {
    char *record = malloc(len + 64);
    size_t at = (size_t)sprintf(record, "{\"id\":\"1\",%s\"%s\":\"",
                                strcmp(key, "text") == 0 ? "" : "\"text\":\"t\",", key);
    memset(record + at, 'a', len);
    memcpy(record + at + len, "\"}", 2);
    return (struct sl_str){record, at + len + 2};
}

static void expect_length_fault(const char *key, size_t len, enum sl_post_fault wanted) {
    struct sl_str record = long_record(key, len);
    expect_fault(record, wanted);
    free((char *)record.data);
}

Test(post_faults, limits_hold_to_the_byte) {
    struct sl_str frame = long_record("x", 0);
    size_t longest = SL_POST_RECORD_MAX_BYTES - frame.len;
    free((char *)frame.data);
    expect_length_fault("x", longest, SL_POST_OK);
    expect_length_fault("x", longest + 1, SL_POST_RECORD_TOO_LONG);
    expect_length_fault("text", SL_POST_TEXT_MAX_BYTES, SL_POST_OK);
    expect_length_fault("text", SL_POST_TEXT_MAX_BYTES + 1, SL_POST_TEXT_TOO_LONG);
    expect_length_fault("thread_id", SL_POST_ID_MAX_BYTES, SL_POST_OK);
    expect_length_fault("thread_id", SL_POST_ID_MAX_BYTES + 1, SL_POST_BAD_FIELD);
    expect_length_fault("lang", SL_POST_ID_MAX_BYTES + 1, SL_POST_OK);
}

Test(post_faults, record_cut_off_at_any_byte_is_not_completed_by_what_follows) {
    static const char record[] = "\xEF\xBB\xBF{\"id\":123,\"author\":{\"id\":\"a\\\"b\","
                                 "\"followers\":12,\"verified\":false},"
                                 "\"x\":[1,{\"y\":null}],\"created_at\":1772356500,\"text\":"
                                 "\"caff\xC3\xA8 \\ud83d\\ude00\"}";
    size_t len = sizeof record - 1;
    struct sl_post post;
    for (size_t cut = 0; cut < len; cut++) {
        struct sl_str rest = {record + cut, len - cut};
        enum sl_post_fault fault =
            sl_test_decode_padded(decoder, (struct sl_str){record, cut}, rest, &post);
        cr_expect_eq(fault, SL_POST_NOT_JSON, "cut at %zu: %s", cut, sl_post_fault_word(fault));
    }
    expect_fault((struct sl_str){record, len}, SL_POST_OK);
}

Test(post_faults, every_fault_has_a_word_of_its_own_and_a_sentence) {
    for (int i = 0; i < SL_POST_FAULTS_COUNT; i++) {
        const char *word = sl_post_fault_word((enum sl_post_fault)i);
        cr_expect_gt(strlen(sl_post_fault_help((enum sl_post_fault)i)), 10);
        cr_expect_eq(strspn(word, "abcdefghijklmnopqrstuvwxyz_"), strlen(word));
        for (int j = 0; j < i; j++) {
            cr_expect_str_neq(word, sl_post_fault_word((enum sl_post_fault)j));
        }
    }
}
