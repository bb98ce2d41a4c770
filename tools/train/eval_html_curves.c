// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>

#include "eval_html.h"

static void put_pr_curve(struct sl_page *page, const struct sl_eval_report *report) {
    static const char *const names[] = {"A", "B", "A at its threshold", "B at its threshold"};
    struct sl_page_point *points[2] = {NULL}, marks[2];
    struct sl_page_series series[4];
    size_t count = report->judges_count;
    for (uint32_t j = 0; j < count; j++) {
        struct sl_pr_point curve[SL_EVAL_SCORES];
        uint32_t curve_count = sl_tally_curve(&report->judges[j].tally, curve);
        uint32_t steps = curve_count > 0 ? curve_count + 1 : 0;
        points[j] = calloc(SL_EVAL_SCORES + 1, sizeof **points);
        // From the highest recall down, so that each step is as wide and as high as what it adds to
        // the average precision. A straight line between points would promise thresholds that do
        // not exist (Davis and Goadrich, ICML 2006).
        for (uint32_t i = 0; points[j] != NULL && i < steps; i++) {
            bool last = i == curve_count;
            const struct sl_pr_point *point = &curve[last ? 0 : curve_count - 1 - i];
            points[j][i] =
                (struct sl_page_point){.x = last ? 0 : point->recall, .y = point->precision};
        }
        const struct sl_figures *figures = &report->judges[j].figures;
        marks[j] = (struct sl_page_point){.x = figures->recall, .y = figures->precision};
        series[j] =
            (struct sl_page_series){count == 2 ? names[j] : "precision over recall", SL_PAGE_STEPS,
                                    points[j], points[j] != NULL ? steps : 0};
        series[count + j] = (struct sl_page_series){count == 2 ? names[2 + j] : "at the threshold",
                                                    SL_PAGE_MARKS, &marks[j], 1};
    }
    char description[256];
    snprintf(description, sizeof description,
             "Precision for each recall as the threshold falls. Average precision %.3f%s%.3f%s",
             report->judges[0].figures.average_precision, count == 2 ? " (A) and " : " (best F1 ",
             count == 2 ? report->judges[1].figures.average_precision : report->judges[0].best.f1,
             count == 2 ? " (B)." : ").");
    const struct sl_page_chart chart = {
        .title = "Precision and recall",
        .description = description,
        .x = {.name = "recall", .from = 0, .to = 1},
        .y = {.name = "precision", .from = 0, .to = 1},
        .series = series,
        .series_count = 2 * count,
    };
    sl_page_chart(page, &chart);
    free(points[0]);
    free(points[1]);
}

static void put_threshold_curve(struct sl_page *page, const struct sl_eval_judge *judge,
                                const char *title) {
    struct sl_page_point *points = calloc((size_t)3 * SL_EVAL_SCORES, sizeof *points);
    struct sl_page_series series[3] = {{"precision", SL_PAGE_LINE, points, 0},
                                       {"recall", SL_PAGE_LINE, points + SL_EVAL_SCORES, 0},
                                       {"F1", SL_PAGE_LINE, points + 2 * SL_EVAL_SCORES, 0}};
    for (uint32_t t = 0; points != NULL && t < SL_EVAL_SCORES; t += 5) {
        struct sl_confusion at = sl_confusion_at(&judge->tally, t);
        const double values[] = {sl_confusion_precision(&at), sl_confusion_recall(&at),
                                 sl_confusion_f1(&at)};
        for (size_t s = 0; s < 3; s++) {
            points[s * SL_EVAL_SCORES + series[s].points_count++] =
                (struct sl_page_point){.x = t / 1000.0, .y = values[s]};
        }
    }
    char description[192];
    snprintf(description, sizeof description,
             "Precision, recall and F1 for each threshold. F1 is highest, %.3f, at %.3f.",
             judge->best.f1, judge->best_threshold_permille / 1000.0);
    const struct sl_page_chart chart = {
        .title = title,
        .description = description,
        .x = {.name = "threshold", .from = 0, .to = 1},
        .y = {.name = "", .from = 0, .to = 1},
        .series = series,
        .series_count = 3,
    };
    sl_page_chart(page, &chart);
    free(points);
}

static void put_calibration(struct sl_page *page, const struct sl_eval_report *report) {
    struct sl_page_point points[2][SL_EVAL_BINS];
    struct sl_page_series series[2];
    for (uint32_t j = 0; j < report->judges_count; j++) {
        struct sl_calibration_bin bins[SL_EVAL_BINS];
        sl_tally_calibration(&report->judges[j].tally, bins);
        size_t count = 0;
        for (uint32_t b = 0; b < SL_EVAL_BINS; b++) {
            if (bins[b].posts > 0) {
                points[j][count++] = (struct sl_page_point){.x = bins[b].mean_score,
                                                            .y = bins[b].share,
                                                            .low = bins[b].share_low,
                                                            .high = bins[b].share_high};
            }
        }
        series[j] = (struct sl_page_series){
            report->judges_count == 1 ? "share of care, with 95 % interval" : (j == 0 ? "A" : "B"),
            SL_PAGE_MARKS, points[j], count};
    }
    const struct sl_page_chart chart = {
        .title = "Calibration",
        .description = "Share of requests among posts of about the same score, in ten bins. Marks "
                       "on the diagonal: the score is the probability it says it is. Below: too "
                       "sure; above: not sure enough.",
        .x = {.name = "score", .from = 0, .to = 1},
        .y = {.name = "share of care", .from = 0, .to = 1},
        .series = series,
        .series_count = report->judges_count,
        .diagonal = true,
    };
    sl_page_chart(page, &chart);
}

void sl_eval_html_curves(struct sl_page *page, const struct sl_eval_report *report) {
    char title[96];
    sl_page_section(page, "Curves");
    put_pr_curve(page, report);
    for (uint32_t j = 0; j < report->judges_count; j++) {
        put_threshold_curve(page, &report->judges[j],
                            sl_eval_html_side(report, j, "By threshold:", title));
    }
    put_calibration(page, report);
}
