// SPDX-License-Identifier: Apache-2.0
//
// Goal: a report says of posts, packs and changes what is so, and its JSON is JSON whatever the
// posts hold.
// Method: a pack, a second one and posts written here; members of the report compared, and the JSON
// read by yajl's tree.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

#include "eval.h"
#include "support/pack_files.h"

static const char head[] = "pack: p\nversion: \"1\"\ncare: {threshold: 0.5, bias: -2}\n"
                           "topics: [fault, billing]\nsignals: [thanks]\n"
                           "routes: [{queue: all}]\npatterns:\n"
                           "  - {id: fault, weight: 3, topic: fault, phrases: [non va]}\n"
                           "  - {id: soft, weight: 1, phrases: [aiuto]}\n"
                           "  - {id: thanks, weight: -1, signal: thanks, phrases: [grazie]}\n";
static const char more[] = "  - {id: bill, weight: 4, topic: billing, phrases: [fattura]}\n";

static const char posts[] =
    "{\"text\":\"non va \\u0001 <b>\",\"label\":true,\"topics\":[\"fault\"],\"line\":\"fixed\","
    "\"source\":\"a\\\\\\\"\\n\"}\n"
    "{\"text\":\"la fattura\",\"label\":true,\"topics\":[\"billing\"],\"source\":\"b\"}\n"
    "{\"text\":\"fattura bella, aiuto\",\"label\":false,\"topics\":[],\"source\":\"b\"}\n"
    "{\"text\":\"grazie\",\"label\":\"thanks\",\"signals\":[\"thanks\",\"altro\"],\"source\":\"b\"}"
    "\n"
    "{\"text\":\"niente\",\"label\":false,\"signals\":[]}\n";

struct evaluated {
    struct sl_pack_files files;
    struct sl_eval_report *report;
};

static struct evaluated evaluate(bool two) {
    struct evaluated evaluated;
    char second[2048];
    snprintf(second, sizeof second, "%s%s", head, more);
    sl_pack_files_open(&evaluated.files);
    const char *a = sl_pack_files_write(&evaluated.files, "a.yaml", head, strlen(head));
    const char *b = sl_pack_files_write(&evaluated.files, "b.yaml", second, strlen(second));
    const char *path = sl_pack_files_write(&evaluated.files, "\xFFp.ndjson", posts, strlen(posts));
    struct sl_error error = {0};
    const struct sl_eval_options options = {.judges = {{.pack = a}, {.pack = b}},
                                            .judges_count = two ? 2 : 1,
                                            .paths = &path,
                                            .paths_count = 1,
                                            .threads = 2,
                                            .replicates = 50,
                                            .seed = 1,
                                            .examples = 3};
    cr_assert_eq(sl_eval_run(&options, &error, &evaluated.report), SL_OK, "%s", error.text);
    return evaluated;
}

static void end(struct evaluated *evaluated) {
    sl_eval_report_free(evaluated->report);
    sl_pack_files_close(&evaluated->files);
}

static const struct sl_eval_finding *finding(const struct sl_eval_findings *findings,
                                             const char *name) {
    for (uint32_t i = 0; i < findings->count; i++) {
        if (strcmp(findings->findings[i].name, name) == 0) {
            return &findings->findings[i];
        }
    }
    cr_assert_fail("%s is not among the findings", name);
    return NULL;
}

Test(report, counts_topics_and_signals_only_where_people_judged_them) {
    struct evaluated evaluated = evaluate(false);
    const struct sl_eval_report *report = evaluated.report;
    cr_expect_eq(report->topics.posts, 3);
    cr_expect_eq(report->signals.posts, 2);
    cr_expect_eq(report->signals.unknown, 1);
    cr_expect_str_eq(report->signals.unknown_words, "altro (1)");
    const struct sl_confusion fault = finding(&report->topics, "fault")->confusion[0];
    cr_expect(fault.hits == 1 && fault.alarms == 0 && fault.misses == 0 && fault.rejections == 2);
    const struct sl_confusion billing = finding(&report->topics, "billing")->confusion[0];
    cr_expect(billing.hits == 0 && billing.misses == 1);
    const struct sl_confusion thanks = finding(&report->signals, "thanks")->confusion[0];
    cr_expect(thanks.hits == 1 && thanks.rejections == 1);
    cr_expect_eq(report->lines[0][SL_LINE_FIXED][SL_LINE_UNKNOWN], 1);
    end(&evaluated);
}

Test(report, groups_are_by_size_and_add_up) {
    struct evaluated evaluated = evaluate(false);
    const struct sl_eval_groups *sources = &evaluated.report->groups[0];
    cr_assert_str_eq(sources->field, "source");
    cr_assert_eq(sources->count, 3);
    cr_expect_str_eq(sources->groups[0]->name, "b");
    cr_expect_str_eq(sources->groups[1]->name, "", "posts without a source");
    uint64_t posts_count = 0, care = 0;
    for (uint32_t i = 0; i < sources->count; i++) {
        posts_count += sources->groups[i]->posts;
        care += sources->groups[i]->care;
    }
    cr_expect_eq(posts_count, evaluated.report->counts.posts);
    cr_expect_eq(care, evaluated.report->counts.care);
    // No post has a language; topics are there.
    cr_expect_eq(evaluated.report->groups_count, 2);
    cr_expect_str_eq(evaluated.report->groups[1].field, "topic");
    end(&evaluated);
}

Test(report, threshold_of_the_others_is_chosen_without_the_source) {
    struct evaluated evaluated = evaluate(false);
    const struct sl_eval_groups *sources = &evaluated.report->groups[0];
    struct sl_tally others = {0};
    cr_assert(sources->has_others);
    for (uint32_t i = 1; i < sources->count; i++) {
        for (uint32_t score = 0; score < SL_EVAL_SCORES; score++) {
            others.care[score] += sources->groups[i]->tally[0].care[score];
            others.other[score] += sources->groups[i]->tally[0].other[score];
        }
    }
    cr_expect_eq(sources->groups[0]->others_threshold_permille[0],
                 sl_tally_best_threshold(&others, 500));
    end(&evaluated);
}

Test(report, mistakes_and_changes_say_where_and_why) {
    struct evaluated evaluated = evaluate(true);
    const struct sl_eval_report *report = evaluated.report;
    cr_assert_eq(report->changes[SL_EVAL_GAINED_HITS].total, 1);
    cr_assert_eq(report->changes[SL_EVAL_GAINED_ALARMS].total, 1);
    cr_expect_eq(report->changes[SL_EVAL_LOST_HITS].total, 0);
    const struct sl_eval_text *gained = &report->changes[SL_EVAL_GAINED_HITS].texts[0];
    cr_expect_str_eq(gained->masked, "la fattura");
    cr_expect_str_eq(gained->why, "only with B: bill +4");
    cr_expect_str_eq(strrchr(gained->place, '/'), "/\xFFp.ndjson:2");
    cr_assert_eq(report->alarms.total, 1, "those of the second judge");
    cr_expect_str_eq(report->alarms.texts[0].why, "bill +4, soft +1");
    cr_expect_eq(report->misses.total, 0);
    end(&evaluated);
}

Test(report, json_is_json_and_says_what_the_report_says) {
    struct evaluated evaluated = evaluate(true);
    char *text, problem[256];
    size_t len;
    FILE *out = open_memstream(&text, &len);
    sl_eval_write_json(evaluated.report, out);
    fclose(out);
    yajl_val tree = yajl_tree_parse(text, problem, sizeof problem);
    cr_assert_not_null(tree, "%s in %s", problem, text);
    yajl_val recall =
        yajl_tree_get(tree, (const char *[]){"b", "figures", "recall", NULL}, yajl_t_number);
    cr_assert_not_null(recall);
    cr_expect_eq(YAJL_GET_DOUBLE(recall), 1);
    yajl_val care = yajl_tree_get(tree, (const char *[]){"posts", "care", NULL}, yajl_t_number);
    cr_assert_not_null(care);
    cr_expect_eq(YAJL_GET_INTEGER(care), 2);
    yajl_val lost = yajl_tree_get(
        tree, (const char *[]){"comparison", "recall", "difference", NULL}, yajl_t_number);
    cr_assert_not_null(lost);
    cr_expect_float_eq(YAJL_GET_DOUBLE(lost), 0.5, 1e-9);
    yajl_tree_free(tree);
    free(text);
    end(&evaluated);
}
