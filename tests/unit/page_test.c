// SPDX-License-Identifier: Apache-2.0
//
// Goal: a page is well-formed whatever is put into it, says what was put into it, fetches nothing,
// and is the same bytes for the same calls.
// Method: libxml2 reads every page as strict XML; texts are looked for in the tree it builds, so
// that escaping is checked by somebody else's reading. Hostile texts, then random bytes.
#include <criterion/criterion.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/page.h"
#include "support/random.h"
#include "text/utf8.h"

static const char hostile[] = "</title></style><script>alert('1')</script>&amp; \"q\" ]]> <!-- è 😡";

struct bytes {
    char *data;
    size_t len;
};

static struct sl_page *open_page(const char *title) {
    struct sl_error error = {0};
    struct sl_page *page;
    cr_assert_eq(sl_page_open(title, title, &error, &page), SL_OK, "%s", error.text);
    return page;
}

static struct bytes write_page(struct sl_page *page) {
    struct sl_error error = {0};
    struct bytes bytes;
    FILE *out = open_memstream(&bytes.data, &bytes.len);
    cr_assert_eq(sl_page_write(page, out, &error), SL_OK, "%s", error.text);
    fclose(out);
    sl_page_close(page);
    return bytes;
}

static xmlDocPtr parse(struct bytes bytes) {
    xmlDocPtr tree =
        xmlReadMemory(bytes.data, (int)bytes.len, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
    const xmlError *problem = xmlGetLastError();
    cr_assert_not_null(tree, "line %d: %s", problem->line, problem->message);
    return tree;
}

// The text of the nth element that the path leads to; freed by the caller.
static char *text_at(xmlDocPtr tree, const char *path, int n) {
    xmlXPathContextPtr context = xmlXPathNewContext(tree);
    xmlXPathRegisterNs(context, BAD_CAST "h", BAD_CAST "http://www.w3.org/1999/xhtml");
    xmlXPathRegisterNs(context, BAD_CAST "s", BAD_CAST "http://www.w3.org/2000/svg");
    xmlXPathObjectPtr found = xmlXPathEvalExpression(BAD_CAST path, context);
    cr_assert(found != NULL && found->nodesetval != NULL && found->nodesetval->nodeNr > n, "%s",
              path);
    char *text = (char *)xmlNodeGetContent(found->nodesetval->nodeTab[n]);
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    return text;
}

static void expect_text(xmlDocPtr tree, const char *path, int n, const char *expected) {
    char *text = text_at(tree, path, n);
    cr_expect_str_eq(text, expected);
    free(text);
}

// Everything there is, with one text everywhere.
static struct sl_page *full_page(const char *text, double value) {
    struct sl_page *page = open_page(text);
    const struct sl_page_figure figures[] = {{text, text, text}, {text, text, NULL}};
    const struct sl_page_column columns[] = {
        {text, SL_PAGE_TEXT}, {text, SL_PAGE_NUMBER}, {text, SL_PAGE_SHARE}};
    const struct sl_page_point points[] = {{0.1, value, 0, 0}, {0.5, NAN, 0, 0}, {0.9, 1, 0.5, 2}};
    const struct sl_page_series series[] = {{text, SL_PAGE_LINE, points, 3},
                                            {text, SL_PAGE_STEPS, points, 3},
                                            {text, SL_PAGE_MARKS, points, 3},
                                            {text, SL_PAGE_LINE, NULL, 0}};
    const struct sl_page_chart chart = {.title = text,
                                        .description = text,
                                        .x = {.name = text},
                                        .y = {.name = text},
                                        .series = series,
                                        .series_count = 4,
                                        .diagonal = true};
    const struct sl_page_bar bars[] = {{text, value, 0, 0, text}, {text, -2, -3, 1, NULL}};
    sl_page_section(page, text);
    sl_page_paragraph(page, "%s", text);
    sl_page_verbatim(page, text);
    sl_page_figures(page, figures, 2);
    sl_page_section(page, text);
    sl_page_table_begin(page, text, columns, 3);
    sl_page_cell(page, "%s", text);
    sl_page_cell(page, "%s", text);
    sl_page_cell_share(page, value);
    sl_page_table_end(page);
    sl_page_chart(page, &chart);
    sl_page_bars(page, text, text, text, bars, 2);
    return page;
}

Test(page, hostile_texts_stay_texts) {
    struct bytes bytes = write_page(full_page(hostile, 0.25));
    xmlDocPtr tree = parse(bytes);
    expect_text(tree, "//h:title", 0, hostile);
    expect_text(tree, "//h:h1", 0, hostile);
    expect_text(tree, "//h:h2", 1, hostile);
    expect_text(tree, "//h:nav//h:a", 1, hostile);
    expect_text(tree, "//h:section/h:p", 0, hostile);
    expect_text(tree, "//h:pre", 0, hostile);
    expect_text(tree, "//h:dt", 0, hostile);
    expect_text(tree, "//h:caption", 0, hostile);
    expect_text(tree, "//h:tbody/h:tr/h:th", 0, hostile);
    expect_text(tree, "//s:title", 0, hostile);
    expect_text(tree, "//s:desc", 1, hostile);
    expect_text(tree, "//h:figcaption", 0, hostile);
    expect_text(tree, "//@aria-label", 1, hostile);
    cr_expect_null(strstr(bytes.data, "<script"));
    xmlFreeDoc(tree);
    free(bytes.data);
}

Test(page, nothing_is_fetched_or_run) {
    struct bytes bytes = write_page(full_page("a", 0.25));
    xmlDocPtr tree = parse(bytes);
    expect_text(tree, "//h:meta[@http-equiv='Content-Security-Policy']/@content", 0,
                "default-src 'none'; style-src 'unsafe-inline'");
    const char *const words[] = {"src=", "<link", "@import", "<script", "onload", NULL};
    for (const char *const *word = words; *word != NULL; word++) {
        cr_expect_null(strstr(bytes.data, *word), "%s", *word);
    }
    for (const char *at = bytes.data; (at = strstr(at, "url(")) != NULL; at++) {
        cr_expect_eq(at[4], '#');
    }
    xmlFreeDoc(tree);
    free(bytes.data);
}

Test(page, charts_are_named_and_described_by_elements_that_exist_once) {
    struct bytes bytes = write_page(full_page("a", 0.25));
    xmlDocPtr tree = parse(bytes);
    expect_text(tree, "//s:svg[@role='img']/@aria-labelledby", 0, "chart1-title chart1-text");
    expect_text(tree, "//s:svg[@role='img']/@aria-labelledby", 1, "chart2-title chart2-text");
    expect_text(tree, "//s:title[@id='chart2-title']", 0, "a");
    xmlXPathContextPtr context = xmlXPathNewContext(tree);
    xmlXPathObjectPtr twice =
        xmlXPathEvalExpression(BAD_CAST "count(//@id[. = preceding::*/@id])", context);
    cr_expect_eq(twice->floatval, 0);
    xmlXPathFreeObject(twice);
    xmlXPathFreeContext(context);
    xmlFreeDoc(tree);
    free(bytes.data);
}

Test(page, numbers_without_a_value_are_dashes_and_gaps) {
    struct bytes bytes = write_page(full_page("a", NAN));
    xmlDocPtr tree = parse(bytes);
    expect_text(tree, "(//h:tbody/h:tr/h:td)[2]", 0, "–");
    cr_expect_null(strstr(bytes.data, "nan"));
    cr_expect_null(strstr(bytes.data, "inf"));
    xmlFreeDoc(tree);
    free(bytes.data);
}

Test(page, points_stand_where_the_axes_say) {
    // The plot is 64 to 704 wide and 350 down to 14 high.
    const struct sl_page_point points[] = {{0, 0, 0, 0}, {1, 1, 0, 0}};
    const struct sl_page_series series[] = {{"a", SL_PAGE_LINE, points, 2}};
    const struct sl_page_chart chart = {.title = "t",
                                        .description = "d",
                                        .x = {.name = "x", .from = 0, .to = 1},
                                        .y = {.name = "y", .from = 0, .to = 2},
                                        .series = series,
                                        .series_count = 1};
    struct sl_page *page = open_page("a");
    sl_page_section(page, "a");
    sl_page_chart(page, &chart);
    struct bytes bytes = write_page(page);
    cr_expect_not_null(strstr(bytes.data, "d=\"M64.0 350.0L704.0 182.0\""), "%s",
                       strstr(bytes.data, "class=\"l l0\""));
    free(bytes.data);
}

Test(page, axes_have_round_ticks) {
    const struct sl_page_point points[] = {{3, 1500, 0, 0}, {97, 980000, 0, 0}};
    const struct sl_page_series series[] = {{"a", SL_PAGE_LINE, points, 2}};
    struct sl_page_chart chart = {.title = "t",
                                  .description = "d",
                                  .x = {.name = "x"},
                                  .y = {.name = "y", .logarithmic = true},
                                  .series = series,
                                  .series_count = 1};
    struct sl_page *page = open_page("a");
    sl_page_section(page, "a");
    sl_page_chart(page, &chart);
    struct bytes bytes = write_page(page);
    for (const char *const *tick =
             (const char *const[]){">0<", ">50<", ">100<", ">1,000<", ">1,000,000<", NULL};
         *tick != NULL; tick++) {
        cr_expect_not_null(strstr(bytes.data, *tick), "%s", *tick);
    }
    free(bytes.data);
}

Test(page, same_calls_give_the_same_bytes) {
    struct bytes one = write_page(full_page(hostile, 0.25));
    struct bytes two = write_page(full_page(hostile, 0.25));
    cr_expect(one.len == two.len && memcmp(one.data, two.data, one.len) == 0);
    free(one.data);
    free(two.data);
}

Test(page, full_disk_is_told) {
    struct sl_error error = {0};
    struct sl_page *page = full_page("a", 1);
    FILE *out = fopen("/dev/full", "w");
    cr_assert_not_null(out);
    cr_expect_eq(sl_page_write(page, out, &error), SL_FAILED);
    cr_expect_not_null(strstr(error.text, "cannot write the page"));
    fclose(out);
    sl_page_close(page);
}

Test(page, any_bytes_make_a_well_formed_page) {
    struct sl_random random = {.state = sl_random_seed()};
    for (int round = 0; round < 100; round++) {
        char text[80];
        size_t len = sl_random_below(&random, sizeof text);
        for (size_t i = 0; i < len; i++) {
            // Half of them of a few that mean something.
            static const char special[] = "<>&\"'\x01\x7F\xEF\xBF\xBE\xC3\xA9]-!/";
            text[i] = sl_random_below(&random, 2) == 0
                          ? special[sl_random_below(&random, sizeof special - 1)]
                          : (char)(1 + sl_random_below(&random, 255));
        }
        text[len] = '\0';
        double value = (double)sl_random_below(&random, 2000) - 1000;
        struct bytes bytes = write_page(full_page(text, value));
        xmlFreeDoc(parse(bytes));
        free(bytes.data);
    }
}
