// SPDX-License-Identifier: Apache-2.0
//
// Goal: a work item is written as docs/work-item.md says, in both notations, to the byte.
// Method: whole lines of JSON are compared with what they should be; in MessagePack the forms that
// the document promises (shortest ones, timestamps) are looked for byte by byte, the rest is read
// back by tests/unit/item_read.c.
#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>

#include "base/clock.h"
#include "support/items.h"

static struct sl_item_writer *json, *msgpack;

static void open_writers(void) {
    json = sl_test_writer_open(SL_ITEM_JSON);
    msgpack = sl_test_writer_open(SL_ITEM_MSGPACK);
}

static void close_writers(void) {
    sl_item_writer_close(json);
    sl_item_writer_close(msgpack);
}

TestSuite(item_write, .init = open_writers, .fini = close_writers);

static void expect_json(const struct sl_test_item *item, const char *wanted) {
    // Twice, for what the first may have left behind.
    for (int i = 0; i < 2; i++) {
        struct sl_str line = sl_test_item_write(json, item);
        cr_expect(sl_str_equal(line, sl_str_from(wanted)), "wanted %s\nfound  %.*s", wanted,
                  (int)line.len, line.data);
        free((char *)line.data);
    }
}

static void expect_bytes(const struct sl_test_item *item, struct sl_str wanted) {
    struct sl_str bytes = sl_test_item_write(msgpack, item);
    cr_expect_not_null(memmem(bytes.data, bytes.len, wanted.data, wanted.len));
    free((char *)bytes.data);
}

Test(item_write, full_item_has_every_key_in_order) {
    struct sl_test_item item;
    sl_test_item_fill(&item);
    expect_json(&item,
                "{\"v\":1,\"id\":\"c3db8aeb759990c9c44dd8bb37c9cc0d\",\"post\":{\"id\":\"p-1\","
                "\"channel\":\"facebook\",\"page\":\"fibranet\",\"kind\":\"comment\","
                "\"created_at\":\"2026-03-01T08:15:00.250Z\",\"parent_id\":\"p-0\","
                "\"thread_id\":\"t-9\",\"lang\":\"it\",\"url\":\"https://example.org/p/1\"},"
                "\"author\":{\"id\":\"a-7\",\"name\":\"Anna \\\"B\\\"\",\"handle\":\"annab\","
                "\"followers\":1500},\"text\":\"è giù: chiamatemi al\\n[PHONE] o [EMAIL] 😡\","
                "\"masks\":[{\"kind\":\"phone\",\"start\":22,\"end\":29},"
                "{\"kind\":\"email\",\"start\":32,\"end\":39}],"
                "\"care\":{\"label\":\"care\",\"score\":0.973,"
                "\"why\":[\"bill.high\",\"fault.down\"],\"agency\":"
                "{\"flag\":\"editorial\",\"judged\":\"thanks\"}},"
                "\"topics\":[\"fault\",\"coverage\"],"
                "\"line\":\"fixed\",\"signals\":[\"urgency\"],"
                "\"knowledge\":[\"https://kb.example.org/fault\","
                "\"https://kb.example.org/modem\",\"https://kb.example.org/map\"],"
                "\"request\":{\"id\":\"0123456789abcdeffedcba9876543210\",\"turn\":1,"
                "\"opened_at\":\"2026-03-01T08:15:00.250Z\"},\"queue\":\"care.fixed\","
                "\"priority\":7,\"due\":\"2026-03-01T10:15:00Z\","
                "\"actions\":[\"courtesy\",\"remove\"],\"critical\":[\"influencer\"],"
                "\"mask_earlier\":[{\"id\":\"112233445566778899aabbccddeeff00\","
                "\"kind\":\"phone\",\"start\":17,\"end\":20}],"
                "\"override\":null,\"pack\":\"telco@1.0\"}\n");
}

Test(item_write, least_item_says_null_for_what_is_absent) {
    struct sl_test_item item;
    sl_test_item_fill_least(&item);
    expect_json(
        &item,
        "{\"v\":1,\"id\":\"535f3920e2982d1a4aee8f11ac538cf1\",\"post\":{\"id\":\"1\","
        "\"channel\":null,\"page\":null,\"kind\":null,\"created_at\":null,"
        "\"parent_id\":null,\"thread_id\":null,\"lang\":null,\"url\":null},"
        "\"author\":{\"id\":null,\"name\":null,\"handle\":null,"
        "\"followers\":null},\"text\":\"\",\"masks\":[],"
        "\"care\":{\"label\":\"editorial\",\"score\":0,\"why\":[],\"agency\":null},\"topics\":[],"
        "\"line\":\"unknown\",\"signals\":[],\"knowledge\":[],\"request\":null,"
        "\"queue\":\"editorial\",\"priority\":0,\"due\":null,\"actions\":[],"
        "\"critical\":[],\"mask_earlier\":[],\"override\":null,\"pack\":\"telco@1.0\"}\n");
}

Test(item_write, control_characters_are_escaped) {
    struct sl_test_item item;
    sl_test_item_fill_least(&item);
    item.post.author_name = SL_STR("\0\x01\x1f\x7f\"\\/\b\f\n\r\t");
    struct sl_str line = sl_test_item_write(json, &item);
    static const char wanted[] = "\"name\":\"\\u0000\\u0001\\u001F\x7f\\\"\\\\/\\b\\f\\n\\r\\t\"";
    cr_expect_not_null(memmem(line.data, line.len, wanted, sizeof wanted - 1), "%.*s",
                       (int)line.len, line.data);
    free((char *)line.data);
}

Test(item_write, score_has_as_many_decimals_as_it_needs) {
    static const struct {
        uint16_t permille;
        const char *wanted;
    } scores[] = {{0, "\"score\":0,"},     {1, "\"score\":0.001,"},   {10, "\"score\":0.01,"},
                  {500, "\"score\":0.5,"}, {999, "\"score\":0.999,"}, {1000, "\"score\":1,"}};
    struct sl_test_item item;
    sl_test_item_fill_least(&item);
    for (size_t i = 0; i < sizeof scores / sizeof scores[0]; i++) {
        item.verdict.score_permille = scores[i].permille;
        struct sl_str line = sl_test_item_write(json, &item);
        cr_expect_not_null(memmem(line.data, line.len, scores[i].wanted, strlen(scores[i].wanted)),
                           "%s", scores[i].wanted);
        free((char *)line.data);
    }
}

Test(item_write, msgpack_begins_with_a_map_of_twenty) {
    struct sl_test_item item;
    sl_test_item_fill(&item);
    struct sl_str bytes = sl_test_item_write(msgpack, &item);
    cr_expect_eq(memcmp(bytes.data, "\xde\x00\x14\xa1v\x01\xa2id\xd9\x20", 11), 0);
    free((char *)bytes.data);
}

Test(item_write, msgpack_takes_the_shortest_forms) {
    struct sl_test_item item;
    sl_test_item_fill(&item);
    expect_bytes(&item, SL_STR("\xa9"
                               "followers\xcd\x05\xdc"));
    expect_bytes(&item, SL_STR("\xa5start\x16\xa3"
                               "end\x1d"));
    expect_bytes(&item, SL_STR("\xa5score\xcb\x3f\xef\x22\xd0\xe5\x60\x41\x89"));
    expect_bytes(&item, SL_STR("\xa8override\xc0\xa4pack\xa9telco@1.0"));
    item.post.followers = 200;
    expect_bytes(&item, SL_STR("followers\xcc\xc8"));
    item.post.followers = INT64_MAX;
    expect_bytes(&item, SL_STR("followers\xcf\x7f\xff\xff\xff\xff\xff\xff\xff"));
}

Test(item_write, timestamps_take_the_shortest_of_three_forms) {
    struct sl_test_item item;
    sl_test_item_fill_least(&item);
    item.decision.due_ns = INT64_C(1772352900) * SL_NS_PER_SECOND;
    expect_bytes(&item, SL_STR("\xa3"
                               "due\xd6\xff\x69\xa3\xf5\x84"));
    item.decision.due_ns += 1;
    expect_bytes(&item, SL_STR("\xa3"
                               "due\xd7\xff\x00\x00\x00\x04\x69\xa3\xf5\x84"));
    item.decision.due_ns = INT64_C(4294967296) * SL_NS_PER_SECOND;
    expect_bytes(&item, SL_STR("\xa3"
                               "due\xd7\xff\x00\x00\x00\x01\x00\x00\x00\x00"));
    item.decision.due_ns = -1;
    expect_bytes(&item, SL_STR("\xa3"
                               "due\xc7\x0c\xff\x3b\x9a\xc9\xff\xff\xff\xff\xff\xff\xff\xff\xff"));
}

Test(item_write, id_is_the_same_for_ever) {
    struct sl_post post = {
        .channel = SL_STR("facebook"), .page = SL_STR("fibranet"), .id = SL_STR("p-1")};
    char hex[SL_HASH_HEX_BYTES + 1] = "";
    sl_hash128_hex(sl_item_id(&post), hex);
    cr_expect_str_eq(hex, "c3db8aeb759990c9c44dd8bb37c9cc0d");
}

Test(item_write, id_tells_channel_page_and_post_apart) {
    struct sl_post one = {.channel = SL_STR("a"), .page = SL_STR("bc"), .id = SL_STR("1")};
    struct sl_post other = {.channel = SL_STR("ab"), .page = SL_STR("c"), .id = SL_STR("1")};
    cr_expect_neq(sl_item_id(&one).low, sl_item_id(&other).low);
    other = one;
    other.text = SL_STR("another text");
    cr_expect_eq(sl_item_id(&one).low, sl_item_id(&other).low);
}

Test(item_write, long_names_of_a_pack_are_refused) {
    char name[300];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    struct sl_pack pack = sl_test_pack;
    pack.full_name = name;
    struct sl_error error = {0};
    struct sl_item_writer *writer;
    cr_expect_eq(sl_item_writer_open(SL_ITEM_JSON, &pack, &error, &writer), SL_FAILED);
    cr_expect_not_null(strstr(error.text, "256 bytes together"));
}

// Writes the item with a pack of its own, into the room promised: what does not fit asserts.
static void expect_bound_kept(const struct sl_pack *pack, const struct sl_test_item *item) {
    for (int format = SL_ITEM_MSGPACK; format <= SL_ITEM_JSON; format++) {
        struct sl_error error = {0};
        struct sl_item_writer *writer;
        cr_assert_eq(sl_item_writer_open((enum sl_item_format)format, pack, &error, &writer), SL_OK,
                     "%s", error.text);
        free((char *)sl_test_item_write(writer, item).data);
        sl_item_writer_close(writer);
    }
}

Test(item_write, body_without_strings_keeps_its_bound) {
    struct sl_pack pack = {
        .full_name = "", .routes = &(struct sl_pack_route){.queue = ""}, .routes_count = 1};
    struct sl_test_item item;
    sl_test_item_fill_least(&item);
    item.post.followers = INT64_MAX;
    item.post.created_at_ns = INT64_MIN + 1;
    item.verdict.score_permille = 999;
    expect_bound_kept(&pack, &item);
}

Test(item_write, body_of_nothing_but_escapes_keeps_its_bound) {
    static char text[10000];
    memset(text, '\x01', sizeof text);
    struct sl_test_item item;
    sl_test_item_fill_least(&item);
    item.post.author_name = (struct sl_str){text, sizeof text};
    item.verdict.masked = (struct sl_text){.data = text, .len = sizeof text};
    expect_bound_kept(&sl_test_pack, &item);
}

Test(item_write, body_with_all_names_of_a_pack_keeps_its_bound) {
    static char name[3000];
    memset(name, 'n', sizeof name - 1);
    const char *const names[] = {name, name}, *const links[] = {name, name + 1, NULL};
    const struct sl_pack_pattern pattern = {.id = name};
    struct sl_test_item item;
    sl_test_item_fill_least(&item);
    for (int which = 0; which < 4; which++) {
        struct sl_pack pack = sl_test_pack;
        pack.topics = which == 0 ? names : pack.topics;
        pack.topics_count = 2;
        pack.signals = which == 1 ? names : pack.signals;
        pack.patterns = which == 2 ? &pattern : pack.patterns;
        pack.patterns_count = 1;
        pack.knowledge[0] = which == 3 ? links : NULL;
        item.verdict.topics = item.verdict.signals = 3;
        item.verdict.why_count = SL_VERDICT_REASONS_MAX;
        expect_bound_kept(&pack, &item);
    }
}

Test(item_write, longest_frame_keeps_its_bound) {
    char queue[248];
    memset(queue, '\x01', sizeof queue - 1);
    queue[sizeof queue - 1] = '\0';
    struct sl_pack_route route = {.queue = queue};
    struct sl_pack pack = sl_test_pack;
    pack.routes = &route;
    pack.routes_count = 1;
    struct sl_test_item item;
    sl_test_item_fill(&item);
    item.decision.queue = queue;
    item.decision.actions = (1u << SL_ACTIONS_COUNT) - 1;
    item.decision.criticals = (1u << SL_CRITICALS_COUNT) - 1;
    item.decision.request.turn = UINT32_MAX;
    item.decision.request.opened_at_ns = item.decision.due_ns = INT64_MAX;
    item.join =
        (struct sl_join){.kind = SL_KIND_DRIVING_LICENCE, .earlier_count = SL_UNFINISHED_PIECES};
    for (uint32_t i = 0; i < SL_UNFINISHED_PIECES; i++) {
        item.join.earlier[i] = (struct sl_earlier){.start = UINT32_MAX, .end = UINT32_MAX};
    }
    expect_bound_kept(&pack, &item);
}

// The text is written once more, shorter or longer, and nothing else moves.
Test(item_write, another_text_goes_out_instead_of_the_bodys) {
    struct sl_item_writer *writers[] = {json, msgpack};
    for (int i = 0; i < 2; i++) {
        struct sl_test_item item, wanted;
        struct sl_mask masks[2] = {{.start = 0, .end = 2, .kind = SL_KIND_CARD},
                                   {.start = 7, .end = 15, .kind = SL_KIND_DRIVING_LICENCE}};
        struct sl_masked_text text = {
            .data = "è \"lungo\" [DRIVING_LICENCE]", .masks = masks, .masks_count = 2};
        text.len = strlen(text.data);
        sl_test_item_fill(&item);
        sl_test_item_fill(&wanted);
        item.instead = &text;
        wanted.verdict.masked = (struct sl_text){.data = text.data, .len = text.len};
        wanted.verdict.masks = masks;
        struct sl_str found = sl_test_item_write(writers[i], &item);
        struct sl_str same = sl_test_item_write(writers[i], &wanted);
        cr_expect(sl_str_equal(found, same), "%.*s", (int)found.len, found.data);
        free((char *)found.data);
        free((char *)same.data);
    }
}

Test(item_write, text_that_was_not_judged_does_not_leave, .signal = SIGABRT) {
    struct sl_test_item item;
    sl_test_item_fill(&item);
    item.verdict.outcome = SL_JUDGE_SCAN_FAILED;
    sl_test_item_write(msgpack, &item);
}

Test(item_write, body_in_too_little_room_asserts, .signal = SIGABRT) {
    struct sl_test_item item;
    sl_test_item_fill(&item);
    static char out[65536];
    size_t bound = sl_item_body_bound(msgpack, &item.post, &item.verdict);
    sl_item_write_body(msgpack, sl_item_id(&item.post), &item.post, &item.verdict, out, bound - 1);
}

static void expect_quarantined(const struct sl_quarantined *quarantined, const char *wanted) {
    struct sl_item_writer *writers[] = {json, msgpack};
    for (int i = 0; i < 2; i++) {
        size_t room = (quarantined->record.len + quarantined->source.len) * 6 + 2048;
        char *out = malloc(room);
        size_t len = sl_item_write_quarantined(writers[i], quarantined, out, room);
        cr_expect(sl_str_equal((struct sl_str){out, len}, sl_str_from(wanted)),
                  "wanted %s\nfound  %.*s", wanted, (int)len, out);
        free(out);
    }
}

Test(item_write, quarantined_record_is_a_line) {
    struct sl_quarantined quarantined = {
        .reason = "not_json",
        .help = "write one object a line",
        .source = SL_STR("posts.ndjson"),
        .line = 17,
        .record_bytes = 40,
        .record = SL_STR("{\"text\":\"chiamate il [PHONE]\x01"),
    };
    expect_quarantined(&quarantined,
                       "{\"reason\":\"not_json\",\"help\":\"write one object a line\","
                       "\"source\":\"posts.ndjson\",\"line\":17,\"record_bytes\":40,\"cut\":false,"
                       "\"record\":\"{\\\"text\\\":\\\"chiamate il [PHONE]\\u0001\"}\n");
    quarantined.source = SL_STR("a\xFF.ndjson");
    quarantined.cut = true;
    quarantined.record = (struct sl_str){0};
    expect_quarantined(&quarantined,
                       "{\"reason\":\"not_json\",\"help\":\"write one object a line\","
                       "\"source\":\"a\uFFFD.ndjson\",\"line\":17,\"record_bytes\":40,"
                       "\"cut\":true,\"record\":null}\n");
}

Test(item_write, close_of_nothing_does_nothing) {
    sl_item_writer_close(NULL);
}
