// SPDX-License-Identifier: Apache-2.0
#include "support/items.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"

static const char *const topics[] = {"fault", "billing", "coverage"};
static const char *const signals[] = {"thanks", "urgency"};
static const char *const fault_links[] = {"https://kb.example.org/fault",
                                          "https://kb.example.org/modem", NULL};
static const char *const coverage_links[] = {"https://kb.example.org/modem",
                                             "https://kb.example.org/map", NULL};
static const struct sl_pack_pattern patterns[] = {{.id = "fault.down"}, {.id = "bill.high"}};
static const struct sl_pack_route routes[] = {{.queue = "care.fixed"}, {.queue = "editorial"}};

const struct sl_pack sl_test_pack = {
    .name = "telco",
    .version = "1.0",
    .full_name = "telco@1.0",
    .topics = topics,
    .topics_count = 3,
    .signals = signals,
    .signals_count = 2,
    .patterns = patterns,
    .patterns_count = 2,
    .routes = routes,
    .routes_count = 2,
    .knowledge = {fault_links, NULL, coverage_links},
};

static struct sl_text text_of(const char *terminated) {
    return (struct sl_text){.data = terminated, .len = strlen(terminated)};
}

void sl_test_item_fill(struct sl_test_item *ret_item) {
    *ret_item = (struct sl_test_item){
        .post = {.id = SL_STR("p-1"),
                 .channel = SL_STR("facebook"),
                 .page = SL_STR("fibranet"),
                 .kind = SL_STR("comment"),
                 .parent_id = SL_STR("p-0"),
                 .thread_id = SL_STR("t-9"),
                 .lang = SL_STR("it"),
                 .url = SL_STR("https://example.org/p/1"),
                 .author_id = SL_STR("a-7"),
                 .author_name = SL_STR("Anna \"B\""),
                 .author_handle = SL_STR("annab"),
                 .created_at_ns = INT64_C(1772352900250000000),
                 .followers = 1500},
        .masks = {{.start = 22, .end = 29, .kind = SL_KIND_PHONE},
                  {.start = 32, .end = 39, .kind = SL_KIND_EMAIL}},
        .verdict = {.outcome = SL_JUDGED,
                    .label = SL_LABEL_EDITORIAL,
                    .judged = SL_LABEL_THANKS,
                    .flag = SL_FLAG_EDITORIAL,
                    .line = SL_LINE_FIXED,
                    .score_permille = 973,
                    .why_count = 2,
                    .why = {1, 0},
                    .topics = 5,
                    .signals = 2,
                    .masked = text_of("è giù: chiamatemi al\n[PHONE] o [EMAIL] 😡"),
                    .masks_count = 2},
        .join = {.kind = SL_KIND_PHONE,
                 .start = 22,
                 .end = 29,
                 .earlier_count = 1,
                 .earlier = {{.item_id = {.high = 0x1122334455667788, .low = 0x99aabbccddeeff00},
                              .start = 17,
                              .end = 20}}},
        .decision = {.label = SL_LABEL_CARE,
                     .queue = "care.fixed",
                     .priority = 7,
                     .due_ns = INT64_C(1772360100000000000),
                     .actions = 1u << SL_ACTION_COURTESY | 1u << SL_ACTION_REMOVE,
                     .criticals = 1u << SL_CRITICAL_INFLUENCER,
                     .has_request = true,
                     .request = {.id = {.high = 0x0123456789abcdef, .low = 0xfedcba9876543210},
                                 .turn = 1,
                                 .opened_at_ns = INT64_C(1772352900250000000)}},
    };
    ret_item->verdict.masks = ret_item->masks;
    ret_item->decision.join = &ret_item->join;
}

void sl_test_item_fill_least(struct sl_test_item *ret_item) {
    *ret_item = (struct sl_test_item){
        .post = {.id = SL_STR("1"), .created_at_ns = SL_TIME_NONE, .followers = -1},
        .verdict = {.outcome = SL_JUDGED, .masked = text_of("")},
        .decision = {.queue = "editorial", .due_ns = SL_TIME_NONE},
    };
}

struct sl_item_writer *sl_test_writer_open(enum sl_item_format format) {
    struct sl_error error = {0};
    struct sl_item_writer *writer;
    if (sl_item_writer_open(format, &sl_test_pack, &error, &writer) != SL_OK) {
        fprintf(stderr, "%s\n", error.text);
        abort();
    }
    return writer;
}

static void *take(size_t bytes) {
    void *memory = malloc(bytes);
    if (memory == NULL) {
        abort();
    }
    return memory;
}

struct sl_str sl_test_item_write(struct sl_item_writer *writer, const struct sl_test_item *item) {
    size_t bound = sl_item_body_bound(writer, &item->post, &item->verdict);
    char *bytes = take(bound);
    struct sl_item_body body = sl_item_write_body(writer, sl_item_id(&item->post), &item->post,
                                                  &item->verdict, bytes, bound);
    body.instead = item->instead;
    size_t room = body.len + SL_ITEM_FRAME_MAX_BYTES;
    char *out = take(room);
    size_t len = sl_item_write(writer, body, &item->decision, out, room);
    free(bytes);
    return (struct sl_str){out, len};
}
