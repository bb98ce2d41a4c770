// SPDX-License-Identifier: Apache-2.0
#include <math.h>
#include <stdio.h>

#include "eval_html.h"
#include "eval_words.h"
#include "terminal.h"

#define BARS_MAX 24

static void put_group_rows(struct sl_page *page, const struct sl_eval_report *report,
                           const struct sl_eval_groups *groups) {
    struct sl_page_column columns[3 + 2 * 7] = {
        {groups->field, SL_PAGE_TEXT}, {"posts", SL_PAGE_NUMBER}, {"care", SL_PAGE_NUMBER}};
    static const char *const headings[2][7] = {
        {"precision", "recall", "F1", "AP", "Brier", "F1, others’ threshold", "threshold"},
        {"precision B", "recall B", "F1 B", "AP B", "Brier B", "F1 B, others’ threshold",
         "threshold B"}};
    size_t count = 3;
    for (uint32_t j = 0; j < report->judges_count; j++) {
        for (size_t i = 0; i < (groups->has_others ? 7 : 5); i++) {
            columns[count++] =
                (struct sl_page_column){headings[j][i], i < 3 ? SL_PAGE_SHARE : SL_PAGE_NUMBER};
        }
    }
    char caption[128];
    snprintf(caption, sizeof caption, "By %.96s", groups->field);
    sl_page_table_begin(page, caption, columns, count);
    for (uint32_t i = 0; i < groups->count; i++) {
        const struct sl_eval_group *group = groups->groups[i];
        sl_page_cell(page, "%s", *group->name != '\0' ? group->name : SL_EVAL_NO_VALUE);
        sl_eval_html_count(page, group->posts);
        sl_eval_html_count(page, group->care);
        for (uint32_t j = 0; j < report->judges_count; j++) {
            const struct sl_figures *figures = &group->figures[j];
            sl_page_cell_share(page, figures->precision);
            sl_page_cell_share(page, figures->recall);
            sl_page_cell_share(page, figures->f1);
            sl_eval_html_number(page, figures->average_precision);
            sl_eval_html_number(page, figures->brier);
            if (groups->has_others) {
                sl_eval_html_number(page, group->with_others[j].f1);
                sl_eval_html_number(page, group->others_threshold_permille[j] / 1000.0);
            }
        }
    }
    sl_page_table_end(page);
}

static void put_groups_of(struct sl_page *page, const struct sl_eval_report *report,
                          const struct sl_eval_groups *groups) {
    char title[128];
    snprintf(title, sizeof title, "By %.96s", groups->field);
    sl_page_section(page, title);
    if (groups->has_others) {
        sl_page_paragraph(page, "“Others’ threshold”: the one with the highest F1 on all other "
                                "sources, none of this one. It tells what a threshold chosen "
                                "elsewhere is worth here.");
    }
    put_group_rows(page, report, groups);
    struct sl_page_bar bars[BARS_MAX];
    size_t count = 0;
    uint32_t last = report->judges_count - 1;
    for (uint32_t i = 0; i < groups->count && count < BARS_MAX; i++) {
        const struct sl_eval_group *group = groups->groups[i];
        if (!isnan(group->figures[last].f1)) {
            bars[count++] =
                (struct sl_page_bar){.name = *group->name != '\0' ? group->name : SL_EVAL_NO_VALUE,
                                     .value = group->figures[last].f1};
        }
    }
    if (count > 1) {
        sl_page_bars(page, title,
                     "F1 for each value that has requests, those with most posts first.",
                     last == 0 ? "F1" : "F1 of B", bars, count);
    }
}

void sl_eval_html_groups(struct sl_page *page, const struct sl_eval_report *report) {
    for (uint32_t i = 0; i < report->groups_count; i++) {
        put_groups_of(page, report, &report->groups[i]);
    }
}

static void put_findings_of(struct sl_page *page, const struct sl_eval_report *report,
                            const char *heading, const struct sl_eval_findings *findings) {
    static const char *const headings[2][4] = {{"found", "precision", "recall", "F1"},
                                               {"found B", "precision B", "recall B", "F1 B"}};
    if (findings->posts == 0) {
        return;
    }
    struct sl_page_column columns[2 + 2 * 4] = {{"", SL_PAGE_TEXT}, {"labelled", SL_PAGE_NUMBER}};
    size_t count = 2;
    for (uint32_t j = 0; j < report->judges_count; j++) {
        for (size_t i = 0; i < 4; i++) {
            columns[count++] =
                (struct sl_page_column){headings[j][i], i > 0 ? SL_PAGE_SHARE : SL_PAGE_NUMBER};
        }
    }
    char posts[SL_NUMBER_BYTES];
    sl_page_section(page, heading);
    sl_page_paragraph(page, "Of %s posts that were labelled for them.%s%s%s",
                      sl_number_grouped(findings->posts, posts),
                      findings->unknown > 0 ? " Labels that no pack knows: " : "",
                      findings->unknown_words != NULL ? findings->unknown_words : "",
                      findings->unknown > 0 ? "." : "");
    sl_page_table_begin(page, heading, columns, count);
    for (uint32_t i = 0; i < findings->count; i++) {
        const struct sl_confusion *confusion = findings->findings[i].confusion;
        sl_page_cell(page, "%s", findings->findings[i].name);
        sl_eval_html_count(page, confusion->hits + confusion->misses);
        for (uint32_t j = 0; j < report->judges_count; j++, confusion++) {
            sl_eval_html_count(page, confusion->hits + confusion->alarms);
            sl_page_cell_share(page, sl_confusion_precision(confusion));
            sl_page_cell_share(page, sl_confusion_recall(confusion));
            sl_page_cell_share(page, sl_confusion_f1(confusion));
        }
    }
    sl_page_table_end(page);
}

void sl_eval_html_findings(struct sl_page *page, const struct sl_eval_report *report) {
    put_findings_of(page, report, "Topics", &report->topics);
    put_findings_of(page, report, "Signals", &report->signals);
}

void sl_eval_html_labels(struct sl_page *page, const struct sl_eval_report *report) {
    struct sl_page_column columns[1 + SL_LABELS_COUNT] = {{"label", SL_PAGE_TEXT}};
    char caption[96], precision[SL_EVAL_NUMBER_BYTES], recall[SL_EVAL_NUMBER_BYTES];
    for (enum sl_label label = 0; label < SL_LABELS_COUNT; label++) {
        columns[1 + label] = (struct sl_page_column){sl_label_word(label), SL_PAGE_NUMBER};
    }
    sl_page_section(page, "Labels");
    for (uint32_t j = 0; j < report->judges_count; j++) {
        sl_page_table_begin(page, sl_eval_html_side(report, j, "What posts are called", caption),
                            columns, 1 + SL_LABELS_COUNT);
        for (uint32_t i = 0; i < report->called_count; i++) {
            sl_page_cell(page, "%s", report->called[i].word);
            for (enum sl_label label = 0; label < SL_LABELS_COUNT; label++) {
                sl_eval_html_count(page, report->called[i].posts[j][label]);
            }
        }
        sl_page_table_end(page);
        for (enum sl_label label = SL_LABEL_CARE + 1; label < SL_LABELS_COUNT; label++) {
            struct sl_confusion as =
                sl_eval_called_as(report->called, report->called_count, j, label);
            if (as.hits + as.misses > 0) {
                sl_page_paragraph(page, "Called %s: precision %s, recall %s.", sl_label_word(label),
                                  sl_eval_number(sl_confusion_precision(&as), precision),
                                  sl_eval_number(sl_confusion_recall(&as), recall));
            }
        }
    }
}
