// SPDX-License-Identifier: Apache-2.0
//
// Goal: a number begun by an author is waited for in that author's next posts, for a time, and no
// longer; whoever comes between and however often a post is repeated. Memory is fixed: what has to
// make room is the oldest, and is counted.
// Method: tails and heads made from digits alone, given to the table in the order that each case
// needs.
#include <criterion/criterion.h>
#include <string.h>

#include "desk/unfinished.h"

#define NOON_NS   (INT64_C(1772366400) * SL_NS_PER_SECOND)
#define MINUTE_NS (60 * SL_NS_PER_SECOND)

static struct sl_unfinished table;

static void open_table(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_unfinished_init(&table, &error), SL_OK, "%s", error.text);
}

static void close_table(void) {
    sl_unfinished_done(&table);
}

TestSuite(desk_unfinished, .init = open_table, .fini = close_table);

static struct sl_edges tail_of(const char *digits) {
    struct sl_edges edges = {.has_tail = true};
    struct sl_edge_part *part = &edges.tail.parts[SL_EDGE_PHONE];
    cr_assert(sl_fragment_begin(SL_KIND_PHONE, (const unsigned char *)digits,
                                (uint32_t)strlen(digits), false, &part->fragment));
    part->start = 10;
    part->score = 40;
    edges.tail.end = 10 + (uint32_t)strlen(digits);
    return edges;
}

static struct sl_edges head_of(const char *digits, bool through) {
    struct sl_edges edges = {.has_head = true, .through = through};
    struct sl_head *head = &edges.head;
    head->start = 2;
    head->chars_count = head->digits_count = (uint8_t)strlen(digits);
    for (uint32_t i = 0; i < head->chars_count; i++) {
        head->chars[i] = (unsigned char)digits[i];
        head->places[i + 1] = 3 + i;
    }
    head->ends = UINT64_C(1) << head->chars_count;
    return edges;
}

static const struct sl_join *take(uint64_t author, uint64_t item, int64_t at_ns,
                                  const struct sl_edges *edges) {
    struct sl_unfinished_post post = {.author = {.high = author << 8, .low = author},
                                      .item_id = {.high = 7, .low = item},
                                      .at_ns = at_ns,
                                      .edges = edges};
    return sl_unfinished_take(&table, &post);
}

static uint64_t joined(void) {
    return sl_counter_read(&table.counters.joined);
}

Test(desk_unfinished, take_finishes_the_authors_own_number) {
    struct sl_edges tail = tail_of("328"), head = head_of("5550142", false);
    cr_assert_null(take(1, 100, NOON_NS, &tail));
    cr_assert_null(take(2, 101, NOON_NS, &head), "another author's");
    cr_assert_null(take(2, 102, NOON_NS, NULL));
    const struct sl_join *join = take(1, 103, NOON_NS + MINUTE_NS, &head);
    cr_assert_not_null(join);
    cr_expect_eq(join->kind, SL_KIND_PHONE);
    cr_expect(join->start == 2 && join->end == 9);
    cr_assert_eq(join->earlier_count, 1);
    cr_expect_eq(join->earlier[0].item_id.low, 100);
    cr_expect(join->earlier[0].start == 10 && join->earlier[0].end == 13);
    cr_expect_eq(joined(), 1);
}

Test(desk_unfinished, take_keeps_what_does_not_fit) {
    struct sl_edges tail = tail_of("328"), head = head_of("55501423", false);
    take(1, 100, NOON_NS, &tail);
    cr_expect_null(take(1, 101, NOON_NS, &head));
    cr_expect_eq(joined(), 0);
}

Test(desk_unfinished, take_waits_for_some_posts) {
    struct sl_edges tail = tail_of("328"), head = head_of("5550142", false);
    for (int between = 0; between <= SL_UNFINISHED_POSTS; between++) {
        uint64_t author = 10 + (uint64_t)between;
        take(author, 1, NOON_NS, &tail);
        for (int i = 0; i < between; i++) {
            take(author, 2 + (uint64_t)i, NOON_NS, NULL);
        }
        const struct sl_join *join = take(author, 50, NOON_NS, &head);
        cr_expect_eq(join != NULL, between < SL_UNFINISHED_POSTS, "%d posts between", between);
    }
}

Test(desk_unfinished, take_waits_for_some_time_forwards_and_backwards) {
    static const struct {
        int64_t begun_ns, finished_ns;
        bool joined;
    } cases[] = {
        {NOON_NS, NOON_NS + SL_UNFINISHED_WINDOW_NS, true},
        {NOON_NS, NOON_NS + SL_UNFINISHED_WINDOW_NS + 1, false},
        {NOON_NS, NOON_NS - SL_UNFINISHED_WINDOW_NS, true},
        {NOON_NS, NOON_NS - SL_UNFINISHED_WINDOW_NS - 1, false},
        {SL_TIME_NONE, NOON_NS, true},
        {NOON_NS, SL_TIME_NONE, true},
        {SL_TIME_NONE, SL_TIME_NONE, true},
        {INT64_MIN + 1, INT64_MAX, false},
    };
    struct sl_edges tail = tail_of("328"), head = head_of("5550142", false);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        take(20 + i, 1, cases[i].begun_ns, &tail);
        cr_expect_eq(take(20 + i, 2, cases[i].finished_ns, &head) != NULL, cases[i].joined,
                     "case %zu", i);
    }
}

Test(desk_unfinished, take_finishes_a_repeated_post_again_and_no_other) {
    struct sl_edges tail = tail_of("328"), head = head_of("5550142", false);
    take(1, 100, NOON_NS, &tail);
    cr_assert_not_null(take(1, 101, NOON_NS, &head));
    for (int i = 0; i < 5; i++) {
        cr_expect_not_null(take(1, 101, NOON_NS, &head), "repeated");
    }
    cr_expect_null(take(1, 102, NOON_NS, &head), "another post");
    cr_expect_null(take(1, 100, NOON_NS, &tail), "the beginning once more");
    cr_expect_not_null(take(1, 101, NOON_NS, &head));
}

Test(desk_unfinished, take_puts_three_pieces_together) {
    struct sl_edges tail = tail_of("328"), middle = head_of("5550", true);
    struct sl_edges head = head_of("142", false);
    take(1, 100, NOON_NS, &tail);
    cr_assert_null(take(1, 101, NOON_NS, &middle));
    const struct sl_join *join = take(1, 102, NOON_NS, &head);
    cr_assert_not_null(join);
    cr_assert_eq(join->earlier_count, 2);
    cr_expect_eq(join->earlier[0].item_id.low, 100);
    cr_expect_eq(join->earlier[1].item_id.low, 101);
    cr_expect(join->earlier[1].start == 2 && join->earlier[1].end == 6);
}

Test(desk_unfinished, take_remembers_the_one_before_the_last) {
    struct sl_edges tail = tail_of("328"), other = tail_of("33355"),
                    head = head_of("5550142", false);
    take(1, 100, NOON_NS, &tail);
    take(1, 101, NOON_NS, &other);
    const struct sl_join *join = take(1, 102, NOON_NS, &head);
    cr_assert_not_null(join);
    cr_expect_eq(join->earlier[0].item_id.low, 100);
}

// Authors that fall into one set.
static uint64_t crowd(uint64_t i) {
    return 5 + i * (SL_UNFINISHED_ENTRIES / SL_UNFINISHED_WAYS);
}

Test(desk_unfinished, take_forgets_the_oldest_where_there_is_no_room) {
    struct sl_edges tail = tail_of("328"), head = head_of("5550142", false);
    for (uint64_t i = 0; i < SL_UNFINISHED_WAYS + 2; i++) {
        take(crowd(i), 100 + i, NOON_NS, &tail);
    }
    cr_expect_eq(sl_counter_read(&table.counters.evicted), 2);
    for (uint64_t i = 0; i < SL_UNFINISHED_WAYS + 2; i++) {
        cr_expect_eq(take(crowd(i), 200 + i, NOON_NS, &head) != NULL, i >= 2, "author %zu",
                     (size_t)i);
    }
}

Test(desk_unfinished, take_what_nobody_waits_for_makes_room_uncounted) {
    struct sl_edges tail = tail_of("328");
    for (uint64_t i = 0; i < 3 * SL_UNFINISHED_WAYS; i++) {
        int64_t later_ns = (int64_t)(i / SL_UNFINISHED_WAYS) * 2 * SL_UNFINISHED_WINDOW_NS;
        take(crowd(i), 100 + i, NOON_NS + later_ns, &tail);
    }
    cr_expect_eq(sl_counter_read(&table.counters.evicted), 0);
}
