// SPDX-License-Identifier: Apache-2.0
//
// Goal: what was measured is told truly: the median and the whole range, all samples in the result
// file, which is JSON whatever a processor or file is called.
// Method: a report with known samples, its table compared as text and its file read by a parser.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

#include "bench/report.h"

static struct sl_report *make_report(void) {
    struct sl_report *report = calloc(1, sizeof *report);
    *report = (struct sl_report){
        .machine = {.cpu = "a \"fast\" one\t\\",
                    .cores = "0-1",
                    .version = "1",
                    .commit = "abc",
                    .compiler = "gcc",
                    .flags = "-O3"},
        .pack = "telco@1",
        .workers_count = 2,
        .posts = 1000,
        .input = {.hash = 0xabc, .bytes = 450000},
    };
    struct sl_suite_report *suite = sl_report_suite(report, "pipeline");
    suite->ratio_name = "of ceiling";
    struct sl_row *row = sl_report_row(suite, "pipeline, file to file", SL_ROW_NS_A_POST);
    sl_row_add(row, 2500000, 3000000, 0.5);
    sl_row_add(row, 900000, 1000000, 0.7);
    sl_row_add(row, 1000000, 1100000, 0.9);
    return report;
}

static char *text_of(const struct sl_report *report,
                     void (*write)(const struct sl_report *report, FILE *out)) {
    char *text;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    write(report, out);
    fclose(out);
    return text;
}

static void print_first_suite(const struct sl_report *report, FILE *out) {
    sl_report_print_suite(report, &report->suites[0], out);
}

Test(bench, report_median_is_the_middle_of_the_samples) {
    cr_assert_eq(sl_report_median((double[]){5, 1, 9}, 3), 5);
    cr_assert_eq(sl_report_median((double[]){4, 1, 9, 2}, 4), 3);
    cr_assert_eq(sl_report_median((double[]){7}, 1), 7);
}

Test(bench, report_table_shows_median_range_and_rates) {
    struct sl_report *report = make_report();
    char *text = text_of(report, print_first_suite);
    for (const char *const *word = (const char *const[]){"1000", "900–2500", "1,000,000", "450",
                                                         "1100", "0.70", "0.50–0.90", NULL};
         *word != NULL; word++) {
        cr_expect_not_null(strstr(text, *word), "%s is not in:%s", *word, text);
    }
    free(text);
    free(report);
}

static double number_at(yajl_val tree, const char **path) {
    yajl_val value = yajl_tree_get(tree, path, yajl_t_number);
    cr_assert_not_null(value, "%s is missing", path[0]);
    return YAJL_GET_DOUBLE(value);
}

Test(bench, report_file_is_json_with_every_sample) {
    struct sl_report *report = make_report();
    char *text = text_of(report, sl_report_write_json), problem[256];
    yajl_val tree = yajl_tree_parse(text, problem, sizeof problem);
    cr_assert_not_null(tree, "%s in %s", problem, text);
    yajl_val cpu = yajl_tree_get(tree, (const char *[]){"machine", "cpu", NULL}, yajl_t_string);
    cr_expect_str_eq(YAJL_GET_STRING(cpu), report->machine.cpu);
    cr_expect_eq(number_at(tree, (const char *[]){"input", "bytes", NULL}), 450000);
    yajl_val suites = yajl_tree_get(tree, (const char *[]){"suites", NULL}, yajl_t_array);
    cr_assert(YAJL_IS_ARRAY(suites) && YAJL_GET_ARRAY(suites)->len == 1);
    yajl_val suite = YAJL_GET_ARRAY(suites)->values[0];
    yajl_val rows = yajl_tree_get(suite, (const char *[]){"rows", NULL}, yajl_t_array);
    yajl_val row = YAJL_GET_ARRAY(rows)->values[0];
    cr_expect_eq(number_at(row, (const char *[]){"median", NULL}), 1000000);
    yajl_val samples = yajl_tree_get(row, (const char *[]){"samples", NULL}, yajl_t_array);
    cr_assert_eq(YAJL_GET_ARRAY(samples)->len, 3);
    cr_expect_eq(YAJL_GET_DOUBLE(YAJL_GET_ARRAY(samples)->values[0]), 2500000);
    yajl_tree_free(tree);
    free(text);
    free(report);
}
