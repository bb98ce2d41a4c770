// SPDX-License-Identifier: Apache-2.0
//
// Goal: pointers choose what RFC 6901 says and no more, records that are not JSON are refused, and
// a walk along a raw string keeps step with its text.
// Method: tables of record, pointer and what must be chosen; every prefix of a record.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "post/select.h"

static const struct sl_post_selected *selected;
static size_t selected_count;

static struct sl_post_selection *open_selection(const char *const *pointers, size_t count) {
    struct sl_error error = {0};
    struct sl_post_selection *selection = NULL;
    cr_assert_eq(sl_post_selection_open(pointers, count, &error, &selection), SL_OK, "%s",
                 error.text);
    return selection;
}

// The record with something behind it that must not be read as a part of it.
static enum sl_post_fault run(struct sl_post_selection *selection, const char *record, size_t len) {
    static char room[4096 + SL_POST_PADDING_BYTES];
    cr_assert_leq(len, 4096);
    memset(room, '"', sizeof room);
    memcpy(room, record, len);
    return sl_post_select(selection, room, len, &selected, &selected_count);
}

// What was chosen, joined by '|'.
static const char *chosen(void) {
    static char text[4096];
    size_t len = 0;
    for (size_t i = 0; i < selected_count; i++) {
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%.*s", i > 0 ? "|" : "",
                                (int)selected[i].text.len, selected[i].text.data);
    }
    text[len] = '\0';
    return text;
}

Test(post_select, pointers_choose_what_they_say) {
    static const char record[] =
        " {\"text\" : \"a \\u00e8\", \"n\": 12.5e3, \"no\": null, \"yes\": true,\r\n"
        "\"user\": {\"name\": \"b\", \"a/b\": \"c\", \"a~b\": \"d\", \"\": \"e\"},"
        "\"tags\": [\"f\", {\"x\": \"g\"}, [\"h\", 7]], \"text\": \"twice\", \"t\\u0065xt2\": "
        "\"i\","
        "\"*\": \"star\"} ";
    static const struct {
        const char *pointer, *expected;
    } cases[] = {
        {"/text", "a è|twice"},
        {"/n", "12.5e3"},
        {"/no", ""},
        {"/yes", ""},
        {"/user/name", "b"},
        {"/user/a~1b", "c"},
        {"/user/a~0b", "d"},
        {"/user/", "e"},
        {"/user", "b|c|d|e"},
        {"/user/*", "b|c|d|e"},
        {"/tags/0", "f"},
        {"/tags/00", ""},
        {"/tags/1/x", "g"},
        {"/tags/2", "h|7"},
        {"/tags/*", "f|g|h|7"},
        {"/tags/*/x", "g"},
        {"/tags/*/*", "g|h|7"},
        {"/*", "a è|12.5e3|b|c|d|e|f|g|h|7|twice|i|star"},
        {"", "a è|12.5e3|b|c|d|e|f|g|h|7|twice|i|star"},
        {"/text2", "i"},
        {"/Text", ""},
        {"/text/deeper", ""},
        {"/absent", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sl_post_selection *selection = open_selection(&cases[i].pointer, 1);
        cr_assert_eq(run(selection, record, sizeof record - 1), SL_POST_OK, "%s", cases[i].pointer);
        cr_expect_str_eq(chosen(), cases[i].expected, "%s", cases[i].pointer);
        sl_post_selection_close(selection);
    }
}

Test(post_select, several_pointers_choose_a_value_once) {
    static const char *const pointers[] = {"/a", "/a/b", "/*/b", "/c"};
    struct sl_post_selection *selection = open_selection(pointers, 4);
    static const char record[] =
        "{\"a\":{\"b\":\"1\",\"d\":\"2\"},\"c\":\"3\",\"e\":{\"b\":\"4\"}}";
    cr_assert_eq(run(selection, record, sizeof record - 1), SL_POST_OK);
    cr_expect_str_eq(chosen(), "1|2|3|4");
    sl_post_selection_close(selection);
}

Test(post_select, records_that_are_not_json_are_refused) {
    static const char *const broken[] = {
        "",
        "x",
        "{\"a\":}",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "[1,]",
        "{a:1}",
        "\"",
        "{\"a\":\"\xFF\"}",
        "{\"a\":1} {}",
        "{\"a\":tru}",
        "{\"a\":01}",
        "{\"a\":1",
        "{\"a\":[",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "[\"a\"]]",
        "nul",
    };
    const char *pointer = "/a";
    struct sl_post_selection *selection = open_selection(&pointer, 1);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        cr_expect_eq(run(selection, broken[i], strlen(broken[i])), SL_POST_NOT_JSON, "%s",
                     broken[i]);
        cr_expect_eq(selected_count, 0);
    }
    char deep[2 * (SL_POST_DEPTH_MAX + 1)];
    memset(deep, '[', sizeof deep / 2);
    memset(deep + sizeof deep / 2, ']', sizeof deep / 2);
    cr_expect_eq(run(selection, deep, sizeof deep), SL_POST_TOO_DEEP);
    sl_post_selection_close(selection);
    const char *all = "";
    selection = open_selection(&all, 1);
    cr_expect_eq(run(selection, deep, sizeof deep), SL_POST_TOO_DEEP);
    cr_expect_eq(run(selection, deep + 1, sizeof deep - 2), SL_POST_OK);
    sl_post_selection_close(selection);
}

Test(post_select, every_prefix_of_a_record_is_refused) {
    static const char record[] = "{\"a\":[\"b\\n\",{\"c\":-1.5}],\"d\":\"\\ud83d\\ude00\"}";
    const char *pointer = "";
    struct sl_post_selection *selection = open_selection(&pointer, 1);
    for (size_t len = 0; len + 1 < sizeof record; len++) {
        cr_expect_eq(run(selection, record, len), SL_POST_NOT_JSON, "%zu", len);
    }
    cr_expect_eq(run(selection, record, sizeof record - 1), SL_POST_OK);
    sl_post_selection_close(selection);
}

Test(post_select, pointers_that_are_wrong_are_told) {
    static char long_part[2 + SL_POST_POINTER_PART_BYTES + 1];
    memset(long_part, 'a', sizeof long_part - 1);
    long_part[0] = '/';
    const struct {
        const char *pointer, *says;
    } cases[] = {
        {"text", "it begins with '/'"},
        {"/a~b", "behind '~' stands 0"},
        {"/a~", "behind '~' stands 0"},
        {long_part, "at most 64 bytes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sl_error error = {0};
        struct sl_post_selection *selection = NULL;
        cr_expect_eq(sl_post_selection_open(&cases[i].pointer, 1, &error, &selection), SL_FAILED);
        cr_expect_not_null(strstr(error.text, cases[i].says), "%s", error.text);
        cr_expect_null(selection);
    }
}

Test(post_select, walk_along_a_raw_string_keeps_step_with_its_text) {
    static const char raw[] = "a\\n\\u00e8\\\"\xC3\xA8\\ud83d\\ude00b";
    static const size_t steps[][2] = {{0, 0},  {1, 1},  {2, 3},   {4, 9},
                                      {5, 11}, {7, 13}, {11, 25}, {12, 26}};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const char *at = sl_post_raw_advance(raw, raw + sizeof raw - 1, steps[i][0]);
        cr_expect_eq((size_t)(at - raw), steps[i][1], "%zu", steps[i][0]);
    }
    cr_expect_eq(sl_post_raw_advance(raw, raw + sizeof raw - 1, 99), raw + sizeof raw - 1);
}
