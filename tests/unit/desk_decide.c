// SPDX-License-Identifier: Apache-2.0
//
// Goal: a decision follows from the pack's first route that fits, the post's time, and what the
// post showed in public. Method: a pack made by hand with a route for care and one for the rest.
#include <criterion/criterion.h>

#include "base/clock.h"
#include "desk/desk.h"

#define MINUTE_NS (60 * SL_NS_PER_SECOND)
#define NOON_NS   (INT64_C(1772366400) * SL_NS_PER_SECOND)

static const struct sl_pack_route routes[] = {
    {.labels = 1u << SL_LABEL_CARE,
     .masked = -1,
     .queue = "care",
     .priority = 7,
     .deadline_ns = 30 * MINUTE_NS,
     .actions = 1u << SL_ACTION_SURVEY},
    {.masked = -1, .queue = "rest", .deadline_ns = -1},
};
static const struct sl_pack pack = {.routes = routes, .routes_count = 2};
static struct sl_desk *desk;

static void open_desk(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_desk_open(&pack, &error, &desk), SL_OK, "%s", error.text);
}

static void close_desk(void) {
    sl_desk_close(desk);
}

TestSuite(desk, .init = open_desk, .fini = close_desk);

static struct sl_case care_at(int64_t time_ns) {
    return (struct sl_case){.facts = {.label = SL_LABEL_CARE, .kind = SL_STR("post")},
                            .item_id = {.high = 1, .low = 2},
                            .created_at_ns = time_ns};
}

static struct sl_decision decide(struct sl_case the_case) {
    struct sl_decision decision;
    sl_desk_decide(desk, &the_case, &decision);
    return decision;
}

Test(desk, decide_care_opens_a_request_with_a_deadline) {
    struct sl_decision decision = decide(care_at(NOON_NS));
    cr_expect_str_eq(decision.queue, "care");
    cr_expect_eq(decision.priority, 7);
    cr_expect_eq(decision.route, 0);
    cr_expect_eq(decision.due_ns, NOON_NS + 30 * MINUTE_NS);
    cr_expect_eq(decision.actions, 1u << SL_ACTION_SURVEY);
    cr_expect(decision.has_request);
    cr_expect_eq(decision.request.turn, 1);
    cr_expect_eq(decision.request.id.low, 2);
    cr_expect_eq(decision.request.opened_at_ns, NOON_NS);
}

Test(desk, decide_other_labels_open_none) {
    struct sl_case the_case = care_at(NOON_NS);
    the_case.facts.label = SL_LABEL_THANKS;
    struct sl_decision decision = decide(the_case);
    cr_expect_str_eq(decision.queue, "rest");
    cr_expect_eq(decision.due_ns, SL_TIME_NONE);
    cr_expect_not(decision.has_request);
}

Test(desk, decide_the_brands_own_words_are_never_care) {
    struct sl_case the_case = care_at(NOON_NS);
    the_case.from_brand = true;
    struct sl_decision decision = decide(the_case);
    cr_expect_eq(decision.label, SL_LABEL_EDITORIAL);
    cr_expect_str_eq(decision.queue, "rest");
    cr_expect_not(decision.has_request);
}

Test(desk, decide_post_without_a_time_is_dated_by_the_latest_seen) {
    cr_expect_eq(decide(care_at(SL_TIME_NONE)).due_ns, SL_TIME_NONE);
    decide(care_at(NOON_NS));
    decide(care_at(NOON_NS - 60 * MINUTE_NS)); // late: the clock does not go back
    cr_expect_eq(decide(care_at(SL_TIME_NONE)).due_ns, NOON_NS + 30 * MINUTE_NS);
}

Test(desk, decide_time_at_the_edge_has_no_deadline) {
    cr_expect_eq(decide(care_at(INT64_MAX - 1)).due_ns, SL_TIME_NONE);
}

Test(desk, decide_identifier_in_public_asks_for_courtesy_and_removal) {
    struct sl_case the_case = care_at(NOON_NS);
    uint32_t privacy = 1u << SL_ACTION_COURTESY | 1u << SL_ACTION_REMOVE;
    the_case.facts.masked = true;
    cr_expect_eq(decide(the_case).actions, privacy | 1u << SL_ACTION_SURVEY);
    the_case.facts.kind = SL_STR("message");
    cr_expect_eq(decide(the_case).actions, 1u << SL_ACTION_SURVEY);
}
