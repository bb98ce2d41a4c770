// SPDX-License-Identifier: Apache-2.0
//
// Goal: an item says the same in both notations and when it is read back, and never takes more room
// than was promised; no bytes whatever harm the reader.
// Method: random posts, verdicts and decisions are written in both notations into exactly the room
// promised, read back from a stream cut at random, and compared key by key; the line that the
// reader makes of the MessagePack form must be the line of the JSON form, byte for byte. Then the
// streams are broken at random.
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include <sluice/item.h>

#include "base/clock.h"
#include "support/items.h"
#include "support/random.h"

#define ITEMS_COUNT   4000
#define STREAMS_COUNT 4000
#define STRINGS_ROOM  65536

static struct sl_random source;

static uint64_t below(uint64_t limit) {
    return sl_random_below(&source, limit);
}

static bool one_in(uint64_t times) {
    return below(times) == 0;
}

static char strings[STRINGS_ROOM];
static size_t strings_used;

// A random string that lives until the next item; sometimes absent, seldom long.
static struct sl_str random_string(bool may_be_absent) {
    static const char *const characters[] = {
        "a",    "b",    " ",  "\"", "\\", "/",    "è",        "€",      "😀",         "\n",
        "\x01", "\x1f", "\t", "",   "[",  "\x7f", "\xc2\x80", "\u2028", "\U0010FFFF"};
    if (may_be_absent && one_in(4)) {
        return (struct sl_str){0};
    }
    char *start = strings + strings_used;
    for (uint64_t i = below(one_in(20) ? 300 : 20); i > 0; i--) {
        const char *character = characters[below(sizeof characters / sizeof characters[0])];
        size_t len = *character == '\0' ? 1 : strlen(character);
        cr_assert_lt(strings_used + len, sizeof strings);
        memcpy(strings + strings_used, character, len);
        strings_used += len;
    }
    return (struct sl_str){start, (size_t)(strings + strings_used - start)};
}

static int64_t random_time(void) {
    static const int64_t edges[] = {SL_TIME_NONE,
                                    INT64_MIN + 1,
                                    INT64_MAX,
                                    0,
                                    -1,
                                    999999999,
                                    INT64_C(4294967295999999999),
                                    INT64_C(4294967296000000000)};
    static const int64_t units[] = {1, 1000, 1000000, SL_NS_PER_SECOND};
    if (one_in(2)) {
        return edges[below(sizeof edges / sizeof edges[0])];
    }
    int64_t unit = units[below(4)];
    return (int64_t)sl_random_next(&source) / unit * unit;
}

static void fill_post(struct sl_post *ret_post) {
    static const int64_t followers[] = {-1,       0, 127, 128, 255, 256, 65536, INT64_C(1) << 32,
                                        INT64_MAX};
    *ret_post = (struct sl_post){
        .id = random_string(false),
        .channel = random_string(true),
        .page = random_string(true),
        .kind = random_string(true),
        .parent_id = random_string(true),
        .thread_id = random_string(true),
        .lang = random_string(true),
        .url = random_string(true),
        .author_id = random_string(true),
        .author_name = random_string(true),
        .author_handle = random_string(true),
        .created_at_ns = random_time(),
        .followers = followers[below(sizeof followers / sizeof followers[0])],
    };
}

static void fill_verdict(struct sl_test_item *item) {
    struct sl_str masked = random_string(false);
    item->verdict = (struct sl_verdict){
        .outcome = SL_JUDGED,
        .label = (enum sl_label)below(SL_LABELS_COUNT),
        .line = (enum sl_line)below(SL_LINES_COUNT),
        .score_permille = (uint16_t)below(1001),
        .why_count = (uint8_t)below(SL_VERDICT_REASONS_MAX + 1),
        .topics = below(8),
        .signals = below(4),
        .masked = {.data = masked.data, .len = masked.len},
        .masks_count = (uint32_t)(one_in(50) ? SL_VERDICT_MASKS_MAX : below(4)),
        .masks = item->masks,
    };
    for (uint8_t i = 0; i < item->verdict.why_count; i++) {
        item->verdict.why[i] = (uint16_t)below(2);
    }
    for (uint32_t i = 0; i < item->verdict.masks_count; i++) {
        item->masks[i] = (struct sl_mask){.start = (uint32_t)sl_random_next(&source),
                                          .end = (uint32_t)below(300),
                                          .kind = (enum sl_kind)below(SL_KINDS_COUNT)};
    }
}

static void fill_item(struct sl_test_item *item) {
    strings_used = 0;
    fill_post(&item->post);
    fill_verdict(item);
    item->decision = (struct sl_decision){
        .label = (enum sl_label)below(SL_LABELS_COUNT),
        .queue = one_in(2) ? "care.fixed" : "editorial",
        .priority = (uint8_t)below(10),
        .due_ns = random_time(),
        .actions = (uint32_t)below(1u << SL_ACTIONS_COUNT),
        .criticals = (uint32_t)below(1u << SL_CRITICALS_COUNT),
        .has_request = one_in(2),
        .request = {.id = {sl_random_next(&source), sl_random_next(&source)},
                    .turn = (uint32_t)sl_random_next(&source),
                    .opened_at_ns = random_time()},
        .join = one_in(2) ? &item->join : NULL,
    };
    item->instead = NULL;
    item->join = (struct sl_join){.kind = (enum sl_kind)below(SL_KINDS_COUNT),
                                  .earlier_count = (uint32_t)below(SL_UNFINISHED_PIECES + 1)};
    for (uint32_t i = 0; i < item->join.earlier_count; i++) {
        item->join.earlier[i] =
            (struct sl_earlier){.item_id = {sl_random_next(&source), sl_random_next(&source)},
                                .start = (uint32_t)sl_random_next(&source),
                                .end = (uint32_t)below(300)};
    }
}

static bool same(struct sl_text found, struct sl_str wanted) {
    return (found.data == NULL) == (wanted.data == NULL) &&
           sl_str_equal((struct sl_str){found.data, found.len}, wanted);
}

static bool same_word(struct sl_text found, const char *wanted) {
    return same(found, sl_str_from(wanted));
}

static bool same_post(const struct sl_item *found, const struct sl_post *wanted) {
    return same(found->post.id, wanted->id) && same(found->post.channel, wanted->channel) &&
           same(found->post.page, wanted->page) && same(found->post.kind, wanted->kind) &&
           same(found->post.parent_id, wanted->parent_id) &&
           same(found->post.thread_id, wanted->thread_id) && same(found->post.lang, wanted->lang) &&
           same(found->post.url, wanted->url) &&
           found->post.created_at_ns == wanted->created_at_ns &&
           same(found->author.id, wanted->author_id) &&
           same(found->author.name, wanted->author_name) &&
           same(found->author.handle, wanted->author_handle) &&
           found->author.followers == wanted->followers;
}

static bool same_verdict(const struct sl_item *found, const struct sl_verdict *wanted) {
    bool all = same(found->text, (struct sl_str){wanted->masked.data, wanted->masked.len}) &&
               found->care.score == wanted->score_permille / 1000.0 &&
               found->care.why.count == wanted->why_count &&
               found->topics.count == (uint32_t)__builtin_popcountll(wanted->topics) &&
               found->signals.count == (uint32_t)__builtin_popcountll(wanted->signals) &&
               same_word(found->line, sl_line_word(wanted->line)) &&
               found->masks_count == wanted->masks_count;
    for (uint32_t i = 0; all && i < wanted->masks_count; i++) {
        all = same_word(found->masks[i].kind, sl_kind_word(wanted->masks[i].kind)) &&
              found->masks[i].start == wanted->masks[i].start &&
              found->masks[i].end == wanted->masks[i].end;
    }
    for (uint32_t i = 0; all && i < wanted->why_count; i++) {
        all = same_word(found->care.why.entries[i], sl_test_pack.patterns[wanted->why[i]].id);
    }
    return all;
}

static bool same_earlier(const struct sl_item *found, const struct sl_join *wanted) {
    uint32_t count = wanted != NULL ? wanted->earlier_count : 0;
    bool all = found->mask_earlier_count == count;
    for (uint32_t i = 0; all && i < count; i++) {
        char hex[SL_HASH_HEX_BYTES];
        sl_hash128_hex(wanted->earlier[i].item_id, hex);
        all = same(found->mask_earlier[i].id, (struct sl_str){hex, sizeof hex}) &&
              same_word(found->mask_earlier[i].kind, sl_kind_word(wanted->kind)) &&
              found->mask_earlier[i].start == wanted->earlier[i].start &&
              found->mask_earlier[i].end == wanted->earlier[i].end;
    }
    return all;
}

static bool same_decision(const struct sl_item *found, const struct sl_decision *wanted) {
    char hex[SL_HASH_HEX_BYTES];
    sl_hash128_hex(wanted->request.id, hex);
    bool same_request = wanted->has_request
                            ? same(found->request.id, (struct sl_str){hex, sizeof hex}) &&
                                  found->request.turn == wanted->request.turn &&
                                  found->request.opened_at_ns == wanted->request.opened_at_ns
                            : found->request.id.data == NULL;
    return same_request && same_word(found->care.label, sl_label_word(wanted->label)) &&
           same_word(found->queue, wanted->queue) && found->priority == wanted->priority &&
           found->due_ns == wanted->due_ns &&
           found->actions.count == (uint32_t)__builtin_popcount(wanted->actions) &&
           found->critical.count == (uint32_t)__builtin_popcount(wanted->criticals) &&
           same_earlier(found, wanted->join) && same_word(found->pack, "telco@1.0");
}

static struct sl_item_reader *open_reader(void) {
    struct sl_error error = {0};
    struct sl_item_reader *reader;
    cr_assert_eq(sl_item_reader_open(&error, &reader), SL_OK, "%s", error.text);
    return reader;
}

// Feeds the bytes in pieces until an item is there.
static void read_in_pieces(struct sl_item_reader *reader, struct sl_str bytes,
                           struct sl_item *ret_item) {
    struct sl_error error = {0};
    size_t at = 0;
    enum sl_item_status status;
    while ((status = sl_item_reader_next(reader, ret_item, &error)) == SL_ITEM_MORE) {
        cr_assert_lt(at, bytes.len);
        size_t piece = 1 + below(one_in(2) ? 8 : bytes.len);
        piece = piece > bytes.len - at ? bytes.len - at : piece;
        cr_assert_eq(sl_item_reader_feed(reader, bytes.data + at, piece, &error), SL_OK);
        at += piece;
    }
    cr_assert(status == SL_ITEM_READY && at == bytes.len, "%s", error.text);
}

Test(item_property, item_says_the_same_in_both_notations) {
    source.state = sl_random_seed();
    struct sl_item_writer *json = sl_test_writer_open(SL_ITEM_JSON);
    struct sl_item_writer *msgpack = sl_test_writer_open(SL_ITEM_MSGPACK);
    struct sl_item_reader *reader = open_reader();
    static struct sl_test_item wanted;
    static struct sl_item found;
    for (int i = 0; i < ITEMS_COUNT; i++) {
        fill_item(&wanted);
        struct sl_str bytes = sl_test_item_write(msgpack, &wanted);
        struct sl_str line = sl_test_item_write(json, &wanted);
        read_in_pieces(reader, bytes, &found);
        cr_assert(same_post(&found, &wanted.post), "item %d: %.*s", i, (int)line.len, line.data);
        cr_assert(same_verdict(&found, &wanted.verdict), "item %d: %.*s", i, (int)line.len,
                  line.data);
        cr_assert(same_decision(&found, &wanted.decision), "item %d: %.*s", i, (int)line.len,
                  line.data);
        struct sl_text shown = sl_item_reader_json(reader);
        cr_assert(same(shown, line), "item %d: %.*s%.*s", i, (int)line.len, line.data,
                  (int)shown.len, shown.data);
        free((char *)bytes.data);
        free((char *)line.data);
    }
    struct sl_error error = {0};
    cr_expect_eq(sl_item_reader_finish(reader, &error), SL_OK, "%s", error.text);
    sl_item_reader_close(reader);
    sl_item_writer_close(json);
    sl_item_writer_close(msgpack);
}

static void break_at_random(struct sl_str *bytes) {
    char *data = (char *)bytes->data;
    size_t at = below(bytes->len), len = 1 + below(8);
    len = len > bytes->len - at ? bytes->len - at : len;
    switch (below(3)) {
    case 0:
        data[at] = (char)below(256);
        break;
    case 1:
        data[at] = (char)(0xc0 + below(32));
        break;
    default:
        memmove(data + at, data + at + len, bytes->len - at - len);
        bytes->len -= len < bytes->len ? len : 0;
        break;
    }
}

// Reads to the end or to what is wrong; returns the items found.
static unsigned read_broken(struct sl_str bytes) {
    struct sl_error error = {0};
    static struct sl_item found;
    struct sl_item_reader *reader = open_reader();
    unsigned items_count = 0;
    enum sl_item_status status;
    cr_assert_eq(sl_item_reader_feed(reader, bytes.data, bytes.len, &error), SL_OK);
    while ((status = sl_item_reader_next(reader, &found, &error)) == SL_ITEM_READY) {
        struct sl_text line = sl_item_reader_json(reader);
        cr_assert(line.len >= 3 && line.data[0] == '{' && line.data[line.len - 1] == '\n');
        items_count++;
    }
    int end = sl_item_reader_finish(reader, &error);
    cr_assert(status == SL_ITEM_MORE || end == SL_FAILED);
    cr_assert(end == SL_OK || error.length > 0);
    sl_item_reader_close(reader);
    return items_count;
}

Test(item_property, broken_streams_do_no_harm) {
    source.state = sl_random_seed();
    struct sl_item_writer *msgpack = sl_test_writer_open(SL_ITEM_MSGPACK);
    static struct sl_test_item item;
    unsigned items_count = 0;
    for (int i = 0; i < STREAMS_COUNT; i++) {
        fill_item(&item);
        struct sl_str bytes = sl_test_item_write(msgpack, &item);
        for (int mutation = 0; mutation < 4; mutation++) {
            break_at_random(&bytes);
            items_count += read_broken(bytes);
        }
        free((char *)bytes.data);
    }
    cr_expect_gt(items_count, STREAMS_COUNT / 10);
    sl_item_writer_close(msgpack);
}
