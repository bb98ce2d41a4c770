// SPDX-License-Identifier: Apache-2.0
//
// Goal: the first route of which all conditions hold decides, and each condition decides.
// Method: for each condition a pack of that route and the catch-all; facts that fit, and facts that
// differ from them in the one thing the condition is about.
#include <criterion/criterion.h>

#include "pack/pack.h"

static struct sl_pack_route routes[3];
static struct sl_pack pack;

static void catch_all(void) {
    for (size_t i = 0; i < 3; i++) {
        routes[i] = (struct sl_pack_route){.masked = -1, .deadline_ns = -1};
    }
    pack = (struct sl_pack){.routes = routes, .routes_count = 3};
    routes[1].labels = 1u << SL_LABEL_NOISE;
}

TestSuite(pack_route, .init = catch_all);

static const struct sl_route_facts usual = {
    .label = SL_LABEL_CARE,
    .line = SL_LINE_FIXED,
    .topics = 2,
    .signals = 4,
    .channel = {"facebook", 8},
    .page = {"Brand", 5},
    .kind = {"comment", 7},
    .lang = {"it", 2},
    .followers = 100,
    .masked = true,
};

static struct sl_pack_words words(const char *first, const char *second) {
    return (struct sl_pack_words){.words = {sl_str_from(first), sl_str_from(second)}, .count = 2};
}

// The first route takes the usual facts, and the last takes these.
static void expect_decides(struct sl_route_facts other) {
    cr_assert_eq(sl_pack_route(&pack, &usual), &routes[0]);
    cr_assert_eq(sl_pack_route(&pack, &other), &routes[2]);
}

Test(pack_route, first_that_fits_decides) {
    routes[1].labels = 0;
    cr_assert_eq(sl_pack_route(&pack, &usual), &routes[0]);
}

Test(pack_route, label_decides) {
    routes[0].labels = 1u << SL_LABEL_CARE | 1u << SL_LABEL_THANKS;
    struct sl_route_facts other = usual;
    other.label = SL_LABEL_EDITORIAL;
    expect_decides(other);
}

Test(pack_route, line_decides) {
    routes[0].lines = 1u << SL_LINE_FIXED;
    struct sl_route_facts other = usual;
    other.line = SL_LINE_UNKNOWN;
    expect_decides(other);
}

Test(pack_route, any_topic_decides) {
    routes[0].topics = 3;
    struct sl_route_facts other = usual;
    other.topics = 4;
    expect_decides(other);
}

Test(pack_route, any_signal_decides) {
    routes[0].signals = 12;
    struct sl_route_facts other = usual;
    other.signals = 3;
    expect_decides(other);
}

Test(pack_route, channel_decides_in_any_case) {
    routes[0].channels = words("x", "FaceBook");
    struct sl_route_facts other = usual;
    other.channel = sl_str_from("facebooks");
    expect_decides(other);
}

Test(pack_route, page_decides) {
    routes[0].pages = words("brand", "other");
    struct sl_route_facts other = usual;
    other.page = (struct sl_str){NULL, 0};
    expect_decides(other);
}

Test(pack_route, kind_decides) {
    routes[0].kinds = words("reply", "comment");
    struct sl_route_facts other = usual;
    other.kind = sl_str_from("post");
    expect_decides(other);
}

Test(pack_route, language_decides) {
    routes[0].langs = words("en", "it");
    struct sl_route_facts other = usual;
    other.lang = sl_str_from("fr");
    expect_decides(other);
}

Test(pack_route, followers_decide_from_the_number_on) {
    routes[0].followers_min = 100;
    struct sl_route_facts other = usual;
    other.followers = 99;
    expect_decides(other);
    other.followers = -1;
    expect_decides(other);
}

Test(pack_route, masked_decides_both_ways) {
    struct sl_route_facts other = usual;
    other.masked = false;
    routes[0].masked = 1;
    expect_decides(other);
    routes[0].masked = 0;
    cr_assert_eq(sl_pack_route(&pack, &usual), &routes[2]);
    cr_assert_eq(sl_pack_route(&pack, &other), &routes[0]);
}

Test(pack_route, all_conditions_must_hold) {
    routes[0].labels = 1u << SL_LABEL_CARE;
    routes[0].topics = 1;
    cr_assert_eq(sl_pack_route(&pack, &usual), &routes[2]);
}
