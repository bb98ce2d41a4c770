// SPDX-License-Identifier: Apache-2.0
//
// Goal: what was written is read back; what is not an item is refused with its place, whatever it
// is, and costs no more memory than an item may.
// Method: items of our own writer, and items put together with msgpack-c's packer that have keys,
// types, sizes and depths they should not have; streams cut at every byte.
#include <criterion/criterion.h>
#include <math.h>
#include <msgpack.h>
#include <stdlib.h>
#include <string.h>

#include <sluice/item.h>

#include "support/items.h"

static struct sl_item_reader *reader;
static struct sl_error error;
static struct sl_item item;
static msgpack_sbuffer buffer;
static msgpack_packer packer;

static void open_reader(void) {
    cr_assert_eq(sl_item_reader_open(&error, &reader), SL_OK, "%s", error.text);
    msgpack_sbuffer_init(&buffer);
    msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
}

static void close_reader(void) {
    sl_item_reader_close(reader);
    msgpack_sbuffer_destroy(&buffer);
}

TestSuite(item_read, .init = open_reader, .fini = close_reader);

static void pack_text(const char *text) {
    msgpack_pack_str_with_body(&packer, text, strlen(text));
}

static void feed(const void *bytes, size_t len) {
    cr_assert_eq(sl_item_reader_feed(reader, bytes, len, &error), SL_OK, "%s", error.text);
}

static void expect_next(enum sl_item_status wanted) {
    enum sl_item_status status = sl_item_reader_next(reader, &item, &error);
    cr_assert_eq(status, wanted, "%d: %s", status, status == SL_ITEM_BROKEN ? error.text : "");
}

// Feeds what has been packed, and expects it to break the reader with an error that holds `what`.
static void expect_broken(const char *what) {
    feed(buffer.data, buffer.size);
    expect_next(SL_ITEM_BROKEN);
    cr_expect_not_null(strstr(error.text, what), "wanted %s\nfound  %s", what, error.text);
    close_reader();
    open_reader();
}

static void expect_text(struct sl_text found, const char *wanted) {
    cr_expect(found.data != NULL && found.len == strlen(wanted) &&
                  memcmp(found.data, wanted, found.len) == 0,
              "wanted %s, found %.*s", wanted, (int)found.len, found.data);
}

static struct sl_str full_item(enum sl_item_format format) {
    struct sl_test_item source;
    sl_test_item_fill(&source);
    struct sl_item_writer *writer = sl_test_writer_open(format);
    struct sl_str bytes = sl_test_item_write(writer, &source);
    sl_item_writer_close(writer);
    return bytes;
}

Test(item_read, full_item_is_read_back) {
    struct sl_str bytes = full_item(SL_ITEM_MSGPACK);
    feed(bytes.data, bytes.len);
    expect_next(SL_ITEM_READY);
    cr_expect_eq(item.version, 1);
    expect_text(item.id, "c3db8aeb759990c9c44dd8bb37c9cc0d");
    expect_text(item.post.id, "p-1");
    expect_text(item.post.channel, "facebook");
    expect_text(item.post.page, "fibranet");
    expect_text(item.post.kind, "comment");
    expect_text(item.post.parent_id, "p-0");
    expect_text(item.post.thread_id, "t-9");
    expect_text(item.post.lang, "it");
    expect_text(item.post.url, "https://example.org/p/1");
    cr_expect_eq(item.post.created_at_ns, INT64_C(1772352900250000000));
    expect_text(item.author.id, "a-7");
    expect_text(item.author.name, "Anna \"B\"");
    expect_text(item.author.handle, "annab");
    cr_expect_eq(item.author.followers, 1500);
    expect_text(item.text, "è giù: chiamatemi al\n[PHONE] o [EMAIL] 😡");
    cr_assert_eq(item.masks_count, 2);
    expect_text(item.masks[1].kind, "email");
    cr_expect(item.masks[1].start == 32 && item.masks[1].end == 39);
    expect_text(item.care.label, "care");
    cr_expect_eq(item.care.score, 0.973);
    cr_assert_eq(item.care.why.count, 2);
    expect_text(item.care.why.entries[0], "bill.high");
    cr_assert_eq(item.topics.count, 2);
    expect_text(item.topics.entries[1], "coverage");
    expect_text(item.care.agency.flag, "editorial");
    expect_text(item.care.agency.judged, "thanks");
    expect_text(item.line, "fixed");
    cr_assert_eq(item.signals.count, 1);
    cr_assert_eq(item.knowledge.count, 3);
    expect_text(item.knowledge.entries[2], "https://kb.example.org/map");
    expect_text(item.request.id, "0123456789abcdeffedcba9876543210");
    cr_expect_eq(item.request.turn, 1);
    cr_expect_eq(item.request.opened_at_ns, INT64_C(1772352900250000000));
    expect_text(item.queue, "care.fixed");
    cr_expect_eq(item.priority, 7);
    cr_expect_eq(item.due_ns, INT64_C(1772360100000000000));
    cr_assert_eq(item.actions.count, 2);
    expect_text(item.actions.entries[1], "remove");
    expect_text(item.critical.entries[0], "influencer");
    cr_assert_eq(item.mask_earlier_count, 1);
    expect_text(item.mask_earlier[0].id, "112233445566778899aabbccddeeff00");
    expect_text(item.mask_earlier[0].kind, "phone");
    cr_expect(item.mask_earlier[0].start == 17 && item.mask_earlier[0].end == 20);
    cr_expect_null(item.override.id.data);
    expect_text(item.pack, "telco@1.0");
    expect_next(SL_ITEM_MORE);
    cr_expect_eq(sl_item_reader_finish(reader, &error), SL_OK);
    free((char *)bytes.data);
}

Test(item_read, json_line_is_that_of_the_writer) {
    struct sl_str bytes = full_item(SL_ITEM_MSGPACK), line = full_item(SL_ITEM_JSON);
    feed(bytes.data, bytes.len);
    expect_next(SL_ITEM_READY);
    struct sl_text found = sl_item_reader_json(reader);
    cr_expect(sl_str_equal((struct sl_str){found.data, found.len}, line), "%.*s", (int)found.len,
              found.data);
    free((char *)bytes.data);
    free((char *)line.data);
}

Test(item_read, stream_fed_byte_by_byte_gives_all_items) {
    struct sl_str bytes = full_item(SL_ITEM_MSGPACK);
    for (int i = 0; i < 3; i++) {
        for (size_t at = 0; at < bytes.len; at++) {
            expect_next(SL_ITEM_MORE);
            feed(bytes.data + at, 1);
        }
        expect_next(SL_ITEM_READY);
        expect_text(item.pack, "telco@1.0");
    }
    expect_next(SL_ITEM_MORE);
    cr_expect_eq(sl_item_reader_finish(reader, &error), SL_OK);
    char place[64];
    snprintf(place, sizeof place, "work item at byte %zu:", 3 * bytes.len);
    feed("\xc1", 1);
    expect_next(SL_ITEM_BROKEN);
    cr_expect_not_null(strstr(error.text, place), "%s", error.text);
    free((char *)bytes.data);
}

Test(item_read, beginning_of_an_item_that_nobody_asked_for_fails_too) {
    feed("\x81", 1);
    cr_expect_eq(sl_item_reader_finish(reader, &error), SL_FAILED);
}

Test(item_read, stream_cut_at_any_byte_fails_at_its_end) {
    struct sl_str bytes = full_item(SL_ITEM_MSGPACK);
    char place[64];
    snprintf(place, sizeof place, "work item at byte %zu: the stream ends inside it", bytes.len);
    for (size_t cut = 1; cut < bytes.len; cut++) {
        feed(bytes.data, bytes.len);
        feed(bytes.data, cut);
        expect_next(SL_ITEM_READY);
        expect_next(SL_ITEM_MORE);
        cr_expect_eq(sl_item_reader_finish(reader, &error), SL_FAILED);
        cr_expect_str_eq(error.text, place);
        expect_next(SL_ITEM_BROKEN);
        close_reader();
        open_reader();
    }
    free((char *)bytes.data);
}

Test(item_read, several_items_in_one_feed_come_one_by_one) {
    for (int i = 0; i < 5; i++) {
        msgpack_pack_map(&packer, 1);
        pack_text("priority");
        msgpack_pack_int(&packer, i);
    }
    feed(buffer.data, buffer.size);
    for (int i = 0; i < 5; i++) {
        expect_next(SL_ITEM_READY);
        cr_expect_eq(item.priority, i);
    }
    expect_next(SL_ITEM_MORE);
}

Test(item_read, missing_keys_and_nil_are_absent) {
    msgpack_pack_map(&packer, 3);
    pack_text("post");
    msgpack_pack_nil(&packer);
    pack_text("due");
    msgpack_pack_nil(&packer);
    pack_text("priority");
    msgpack_pack_nil(&packer);
    feed(buffer.data, buffer.size);
    expect_next(SL_ITEM_READY);
    cr_expect(item.version == 0 && item.id.data == NULL && item.post.id.data == NULL);
    cr_expect_eq(item.post.created_at_ns, SL_ITEM_NO_TIME);
    cr_expect(item.author.followers == -1 && item.priority == -1);
    cr_expect(item.due_ns == SL_ITEM_NO_TIME && item.request.opened_at_ns == SL_ITEM_NO_TIME);
    cr_expect(item.masks_count == 0 && item.topics.count == 0);
}

Test(item_read, empty_strings_are_not_absent) {
    msgpack_pack_map(&packer, 2);
    pack_text("");
    pack_text("");
    pack_text("text");
    pack_text("");
    feed(buffer.data, buffer.size);
    expect_next(SL_ITEM_READY);
    expect_text(item.text, "");
    expect_text(sl_item_reader_json(reader), "{\"\":\"\",\"text\":\"\"}\n");
}

Test(item_read, nothing_of_an_item_stays_for_the_next) {
    struct sl_str bytes = full_item(SL_ITEM_MSGPACK);
    feed(bytes.data, bytes.len);
    feed("\x80", 1);
    expect_next(SL_ITEM_READY);
    expect_next(SL_ITEM_READY);
    cr_expect(item.id.data == NULL && item.masks_count == 0 && item.priority == -1);
    free((char *)bytes.data);
}

// Packs values of all kinds under keys that nobody knows.
static void pack_unknown(void) {
    msgpack_timestamp time = {.tv_sec = 1772352900, .tv_nsec = 0};
    msgpack_pack_map(&packer, 11);
    pack_text("new");
    msgpack_pack_array(&packer, 2);
    msgpack_pack_map(&packer, 1);
    pack_text("");
    msgpack_pack_true(&packer);
    msgpack_pack_map(&packer, 0);
    pack_text("u64");
    msgpack_pack_uint64(&packer, UINT64_MAX);
    pack_text("i64");
    msgpack_pack_int64(&packer, INT64_MIN);
    pack_text("float");
    msgpack_pack_float(&packer, 0.5f);
    pack_text("double");
    msgpack_pack_double(&packer, 0.1 + 0.2);
    pack_text("nan");
    msgpack_pack_double(&packer, NAN);
    pack_text("inf");
    msgpack_pack_double(&packer, -INFINITY);
    pack_text("bin");
    msgpack_pack_bin_with_body(&packer, "\xff", 1);
    pack_text("ext");
    msgpack_pack_ext_with_body(&packer, "\xff", 1, 5);
    pack_text("time");
    msgpack_pack_timestamp(&packer, &time);
    pack_text("priority");
    msgpack_pack_int(&packer, 3);
}

Test(item_read, unknown_keys_are_passed_over_and_shown) {
    pack_unknown();
    feed(buffer.data, buffer.size);
    expect_next(SL_ITEM_READY);
    cr_expect_eq(item.priority, 3);
    expect_text(sl_item_reader_json(reader),
                "{\"new\":[{\"\":true},{}],\"u64\":18446744073709551615,"
                "\"i64\":-9223372036854775808,\"float\":0.5,\"double\":0.30000000000000004,"
                "\"nan\":null,\"inf\":null,\"bin\":null,\"ext\":null,"
                "\"time\":\"2026-03-01T08:15:00Z\",\"priority\":3}\n");
}

static void pack_key(const char *key) {
    msgpack_pack_map(&packer, 1);
    pack_text(key);
}

Test(item_read, values_of_a_wrong_type_are_refused_with_their_key) {
    pack_key("queue");
    msgpack_pack_int(&packer, 5);
    expect_broken("work item at byte 0: queue: expected a string");
    pack_key("post");
    pack_text("p-1");
    expect_broken("post: expected a map");
    pack_key("post");
    pack_key("id");
    msgpack_pack_int(&packer, 1);
    expect_broken("post.id: expected a string");
    pack_key("priority");
    msgpack_pack_int(&packer, 10);
    expect_broken("priority: expected an integer from 0 to 9");
    pack_key("priority");
    msgpack_pack_int(&packer, -1);
    expect_broken("priority: expected an integer from 0 to 9");
    pack_key("care");
    pack_key("score");
    msgpack_pack_double(&packer, 1.5);
    expect_broken("care.score: expected a number from 0 to 1");
    pack_key("care");
    pack_key("score");
    msgpack_pack_double(&packer, -0.1);
    expect_broken("care.score: expected a number from 0 to 1");
    pack_key("care");
    pack_key("score");
    msgpack_pack_double(&packer, NAN);
    expect_broken("care.score: expected a number from 0 to 1");
    pack_key("due");
    pack_text("2026-03-01T08:15:00Z");
    expect_broken("due: expected a timestamp");
    pack_key("author");
    pack_key("followers");
    msgpack_pack_int(&packer, -2);
    expect_broken("author.followers: expected an integer from 0");
    pack_key("v");
    msgpack_pack_uint64(&packer, UINT64_C(1) << 32);
    expect_broken("v: expected an integer from 0 to 4294967295");
    pack_key("topics");
    pack_text("fault");
    expect_broken("topics: expected a list of at most 64 strings");
    pack_key("topics");
    msgpack_pack_array(&packer, 1);
    msgpack_pack_int(&packer, 1);
    expect_broken("topics: expected a list of at most 64 strings");
    pack_key("masks");
    msgpack_pack_array(&packer, 1);
    msgpack_pack_int(&packer, 1);
    expect_broken("masks: expected a list of at most 256 maps");
    pack_key("masks");
    msgpack_pack_array(&packer, 1);
    pack_key("start");
    pack_text("0");
    expect_broken("masks.start: expected an integer from 0 to 4294967295");
}

Test(item_read, lists_that_are_too_long_are_refused) {
    pack_key("topics");
    msgpack_pack_array(&packer, SL_ITEM_LIST_MAX + 1);
    for (int i = 0; i <= SL_ITEM_LIST_MAX; i++) {
        pack_text("fault");
    }
    expect_broken("topics: expected a list of at most 64 strings");
    pack_key("masks");
    msgpack_pack_array(&packer, SL_VERDICT_MASKS_MAX + 1);
    for (int i = 0; i <= SL_VERDICT_MASKS_MAX; i++) {
        msgpack_pack_map(&packer, 0);
    }
    expect_broken("masks: expected a list of at most 256 maps");
}

Test(item_read, version_from_the_future_is_refused) {
    pack_key("v");
    msgpack_pack_int(&packer, 2);
    expect_broken("its version (`v`) is above 1");
}

Test(item_read, keys_and_strings_that_json_cannot_say_are_refused) {
    msgpack_pack_map(&packer, 1);
    msgpack_pack_int(&packer, 1);
    msgpack_pack_nil(&packer);
    expect_broken("a key that is not a string");
    pack_key("unknown");
    msgpack_pack_array(&packer, 1);
    msgpack_pack_map(&packer, 1);
    msgpack_pack_nil(&packer);
    msgpack_pack_nil(&packer);
    expect_broken("a key that is not a string");
    pack_key("unknown");
    pack_text("\xFF");
    expect_broken("not valid UTF-8");
    pack_key("\xC3");
    msgpack_pack_nil(&packer);
    expect_broken("not valid UTF-8");
}

Test(item_read, times_out_of_range_are_refused) {
    static const msgpack_timestamp times[] = {
        {.tv_sec = 9223372036, .tv_nsec = 854775808}, {.tv_sec = -9223372037, .tv_nsec = 145224192},
        {.tv_sec = INT64_MAX, .tv_nsec = 0},          {.tv_sec = INT64_MIN, .tv_nsec = 999999999},
        {.tv_sec = -1, .tv_nsec = 1000000000},
    };
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        pack_key("unknown");
        msgpack_pack_timestamp(&packer, &times[i]);
        expect_broken("a time in it is none");
    }
    pack_key("due");
    msgpack_pack_ext_with_body(&packer, "abc", 3, -1);
    expect_broken("a time in it is none");
}

Test(item_read, times_at_the_ends_of_the_range_are_read) {
    static const struct {
        msgpack_timestamp time;
        int64_t ns;
    } times[] = {
        {{.tv_sec = 9223372036, .tv_nsec = 854775807}, INT64_MAX},
        {{.tv_sec = -9223372037, .tv_nsec = 145224193}, INT64_MIN + 1},
        {{.tv_sec = -1, .tv_nsec = 999999999}, -1},
        {{.tv_sec = 0, .tv_nsec = 0}, 0},
    };
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        msgpack_sbuffer_clear(&buffer);
        pack_key("due");
        msgpack_pack_timestamp(&packer, &times[i].time);
        feed(buffer.data, buffer.size);
        expect_next(SL_ITEM_READY);
        cr_expect_eq(item.due_ns, times[i].ns);
    }
}

static void expect_bytes_broken(struct sl_str bytes, const char *what) {
    msgpack_sbuffer_write(&buffer, bytes.data, bytes.len);
    expect_broken(what);
}

Test(item_read, what_is_not_an_item_is_refused) {
    expect_bytes_broken(SL_STR("{\"v\":1}\n"), "expected a MessagePack map");
    expect_bytes_broken(SL_STR("\x90"), "expected a MessagePack map");
    expect_bytes_broken(SL_STR("\xc0"), "expected a MessagePack map");
    expect_bytes_broken(SL_STR("\xc1"), "expected a MessagePack map");
    expect_bytes_broken(SL_STR("\x81\xa1"
                               "a\xc1"),
                        "0xc1");
}

Test(item_read, sizes_that_cannot_be_are_refused_before_they_cost_anything) {
    expect_bytes_broken(SL_STR("\xdf\xff\xff\xff\xff"), "more than 65536 values");
    expect_bytes_broken(SL_STR("\xdf\x80\x00\x00\x00"), "more than 65536 values");
    expect_bytes_broken(SL_STR("\x81\xa1"
                               "a\xdd\xff\xff\xff\xff"),
                        "more than 65536 values");
    expect_bytes_broken(SL_STR("\x81\xa1"
                               "a\xdb\xff\xff\xff\xff"),
                        "more than 16 MiB");
    expect_bytes_broken(SL_STR("\x81\xa1"
                               "a\xc6\x01\x00\x00\x00"),
                        "more than 16 MiB");
    // Each list announces a little less than is left.
    char nested[4 + 3 * 8 + 1] = "\x81\xa1"
                                 "a\x98";
    for (int i = 0; i < 8; i++) {
        memcpy(nested + 4 + 3 * i, "\xdc\x40\x00", 3);
    }
    expect_bytes_broken((struct sl_str){nested, sizeof nested - 1}, "more than 65536 values");
}

static void pack_lists(int depth) {
    pack_key("a");
    for (int i = 0; i < depth; i++) {
        msgpack_pack_array(&packer, 1);
    }
    msgpack_pack_nil(&packer);
}

Test(item_read, deep_nesting_is_refused) {
    pack_lists(30);
    feed(buffer.data, buffer.size);
    expect_next(SL_ITEM_READY);
    cr_expect_gt(sl_item_reader_json(reader).len, 60);
    close_reader();
    open_reader();
    pack_lists(60000);
    expect_broken("nested too deeply");
}

Test(item_read, largest_item_is_read_and_one_byte_more_refused) {
    size_t frame = 1 + 2 + 5, len = SL_ITEM_MAX_BYTES - frame;
    char *text = malloc(len + 1);
    memset(text, 'a', len + 1);
    for (size_t more = 0; more < 2; more++) {
        msgpack_sbuffer_clear(&buffer);
        pack_key("a");
        msgpack_pack_str_with_body(&packer, text, len + more);
        feed(buffer.data, buffer.size);
        expect_next(more == 0 ? SL_ITEM_READY : SL_ITEM_BROKEN);
    }
    free(text);
}

Test(item_read, broken_reader_stays_broken) {
    msgpack_sbuffer_write(&buffer, "\x80\x80\xc1", 3);
    feed(buffer.data, buffer.size);
    expect_next(SL_ITEM_READY);
    expect_next(SL_ITEM_READY);
    for (int i = 0; i < 2; i++) {
        expect_next(SL_ITEM_BROKEN);
        cr_expect_not_null(strstr(error.text, "work item at byte 2:"), "%s", error.text);
    }
    cr_expect_eq(sl_item_reader_feed(reader, "\x80", 1, &error), SL_FAILED);
    cr_expect_eq(sl_item_reader_finish(reader, &error), SL_FAILED);
}

Test(item_read, empty_stream_is_fine) {
    expect_next(SL_ITEM_MORE);
    feed(NULL, 0);
    expect_next(SL_ITEM_MORE);
    cr_expect_eq(sl_item_reader_finish(reader, &error), SL_OK);
}

Test(item_read, close_of_nothing_does_nothing) {
    sl_item_reader_close(NULL);
}
