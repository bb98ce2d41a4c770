// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "eval.h"
#include "eval_words.h"
#include "page/page.h"
#include "terminal.h"

#define BARS_MAX 24

static const char *side(const struct sl_eval_report *report, uint32_t j, const char *name,
                        char text[96]) {
    if (report->judges_count == 1) {
        return name;
    }
    snprintf(text, 96, "%s %s", name, j == 0 ? "A" : "B");
    return text;
}

static void put_number(struct sl_page *page, double value) {
    char text[SL_EVAL_NUMBER_BYTES];
    sl_page_cell(page, "%s", sl_eval_number(value, text));
}

static void put_count(struct sl_page *page, uint64_t count) {
    char text[SL_TRAIN_NUMBER_BYTES];
    sl_page_cell(page, "%s", sl_train_number(count, text));
}

// What was judged, and the first figures.

static void put_summary(struct sl_page *page, const struct sl_eval_report *report) {
    sl_page_section(page, "Summary");
    for (uint32_t j = 0; j < report->judges_count; j++) {
        const struct sl_eval_judge *judge = &report->judges[j];
        const char *name = report->judges_count == 1 ? "" : (j == 0 ? "A: " : "B: ");
        if (judge->left_out != NULL) {
            sl_page_paragraph(page,
                              "%s%s (%s), for each %s with a model that was trained on all others, "
                              "at that model’s threshold.",
                              name, judge->pack, judge->path, judge->left_out);
        } else {
            sl_page_paragraph(page, "%s%s (%s), %s%s, threshold %.3f.", name, judge->pack,
                              judge->path, judge->model != NULL ? "with model " : "rules alone",
                              judge->model != NULL ? judge->model : "",
                              judge->threshold_permille / 1000.0);
        }
        static const enum sl_eval_metric first[] = {SL_METRIC_F1, SL_METRIC_PRECISION,
                                                    SL_METRIC_RECALL, SL_METRIC_AVERAGE_PRECISION,
                                                    SL_METRIC_BRIER};
        const double values[] = {judge->figures.f1, judge->figures.precision, judge->figures.recall,
                                 judge->figures.average_precision, judge->figures.brier};
        struct sl_page_figure figures[5];
        char names[5][96], numbers[5][SL_EVAL_NUMBER_BYTES], notes[5][64];
        for (size_t i = 0; i < 5; i++) {
            struct sl_interval interval = report->bootstrap.interval[j][first[i]];
            bool has = report->replicates > 0 && !isnan(interval.low);
            snprintf(notes[i], sizeof notes[i], "%.3f to %.3f", interval.low, interval.high);
            figures[i] = (struct sl_page_figure){
                .name = side(report, j, sl_metric_name(first[i]), names[i]),
                .value = sl_eval_number(values[i], numbers[i]),
                .note = has ? notes[i] : NULL,
            };
        }
        sl_page_figures(page, figures, 5);
    }
}

static void put_posts(struct sl_page *page, const struct sl_eval_report *report) {
    const struct sl_labelled_counts *counts = &report->counts;
    const struct sl_page_column columns[] = {{"posts", SL_PAGE_TEXT}, {"", SL_PAGE_NUMBER}};
    const struct {
        const char *what;
        uint64_t count;
    } rows[] = {
        {"labelled", counts->posts},
        {"of these requests for care", counts->care},
        {"could not be read", counts->bad},
        {"without a label", counts->unlabelled},
        {"left out by a condition", counts->left_out},
        {"not UTF-8, and repaired", counts->repaired},
        {"refused by a pack", report->unjudged},
    };
    sl_page_table_begin(page, "Posts", columns, 2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sl_page_cell(page, "%s", rows[i].what);
        put_count(page, rows[i].count);
    }
    sl_page_table_end(page);
}

static void put_confusion(struct sl_page *page, const struct sl_eval_report *report) {
    const struct sl_page_column columns[] = {
        {"", SL_PAGE_TEXT}, {"called care", SL_PAGE_NUMBER}, {"not so", SL_PAGE_NUMBER}};
    char caption[96];
    for (uint32_t j = 0; j < report->judges_count; j++) {
        const struct sl_confusion *confusion = &report->judges[j].figures.confusion;
        sl_page_table_begin(page, side(report, j, "At the threshold", caption), columns, 3);
        sl_page_cell(page, "care");
        put_count(page, confusion->hits);
        put_count(page, confusion->misses);
        sl_page_cell(page, "not care");
        put_count(page, confusion->alarms);
        put_count(page, confusion->rejections);
        sl_page_table_end(page);
    }
}

static void put_figure_rows(struct sl_page *page, const struct sl_eval_report *report) {
    struct sl_page_column columns[] = {
        {"figure", SL_PAGE_TEXT},
        {report->judges_count == 2 ? "A" : "at the threshold", SL_PAGE_NUMBER},
        {"B", SL_PAGE_NUMBER}};
    const struct sl_figures *a = &report->judges[0].figures, *b = &report->judges[1].figures;
    const struct sl_eval_judge *judges = report->judges;
    const struct {
        const char *name;
        double values[2];
    } rows[] = {
        {"precision", {a->precision, b->precision}},
        {"recall", {a->recall, b->recall}},
        {"F1", {a->f1, b->f1}},
        {"average precision", {a->average_precision, b->average_precision}},
        {"ROC area", {a->roc_area, b->roc_area}},
        {"Brier", {a->brier, b->brier}},
        {"log loss", {a->log_loss, b->log_loss}},
        {"calibration error", {a->calibration_error, b->calibration_error}},
        {"best F1", {judges[0].best.f1, judges[1].best.f1}},
        {"at the threshold",
         {judges[0].best_threshold_permille / 1000.0, judges[1].best_threshold_permille / 1000.0}},
    };
    sl_page_table_begin(page, "All figures", columns, report->judges_count + 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        sl_page_cell(page, "%s", rows[i].name);
        for (uint32_t j = 0; j < report->judges_count; j++) {
            put_number(page, rows[i].values[j]);
        }
    }
    sl_page_table_end(page);
}

// Curves.

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

static void put_curves(struct sl_page *page, const struct sl_eval_report *report) {
    char title[96];
    sl_page_section(page, "Curves");
    put_pr_curve(page, report);
    for (uint32_t j = 0; j < report->judges_count; j++) {
        put_threshold_curve(page, &report->judges[j], side(report, j, "By threshold:", title));
    }
    put_calibration(page, report);
}

// The comparison.

static void put_comparison(struct sl_page *page, const struct sl_eval_report *report) {
    const struct sl_page_column columns[] = {{"figure", SL_PAGE_TEXT}, {"A", SL_PAGE_NUMBER},
                                             {"B", SL_PAGE_NUMBER},    {"B − A", SL_PAGE_NUMBER},
                                             {"95 %", SL_PAGE_NUMBER}, {"", SL_PAGE_TEXT}};
    struct sl_page_bar bars[SL_METRICS_COUNT];
    sl_page_section(page, "A against B");
    if (report->replicates == 0) {
        sl_page_paragraph(page, "Without the bootstrap nothing is said of differences.");
        return;
    }
    sl_page_table_begin(page, "Differences", columns, 6);
    for (enum sl_eval_metric metric = 0; metric < SL_METRICS_COUNT; metric++) {
        const double a = report->bootstrap.value[0][metric], b = report->bootstrap.value[1][metric];
        struct sl_interval range = report->bootstrap.difference[metric];
        const char *verdict = sl_eval_verdict_word(sl_eval_compare(report, metric));
        sl_page_cell(page, "%s", sl_metric_name(metric));
        put_number(page, a);
        put_number(page, b);
        sl_page_cell(page, "%+.3f", b - a);
        sl_page_cell(page, "%+.3f to %+.3f", range.low, range.high);
        sl_page_cell(page, "%s", verdict);
        bars[metric] = (struct sl_page_bar){.name = sl_metric_name(metric),
                                            .value = b - a,
                                            .low = range.low,
                                            .high = range.high,
                                            .note = verdict};
    }
    sl_page_table_end(page);
    sl_page_bars(page, "Differences",
                 "B less A for each figure, with 95 % intervals. Where an interval takes in zero, "
                 "there is no difference to be told.",
                 "B − A", bars, SL_METRICS_COUNT);
}

// Groups, findings, labels.

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
        put_count(page, group->posts);
        put_count(page, group->care);
        for (uint32_t j = 0; j < report->judges_count; j++) {
            const struct sl_figures *figures = &group->figures[j];
            sl_page_cell_share(page, figures->precision);
            sl_page_cell_share(page, figures->recall);
            sl_page_cell_share(page, figures->f1);
            put_number(page, figures->average_precision);
            put_number(page, figures->brier);
            if (groups->has_others) {
                put_number(page, group->with_others[j].f1);
                put_number(page, group->others_threshold_permille[j] / 1000.0);
            }
        }
    }
    sl_page_table_end(page);
}

static void put_groups(struct sl_page *page, const struct sl_eval_report *report,
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

static void put_findings(struct sl_page *page, const struct sl_eval_report *report,
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
    char posts[SL_TRAIN_NUMBER_BYTES];
    sl_page_section(page, heading);
    sl_page_paragraph(page, "Of %s posts that were labelled for them.%s%s%s",
                      sl_train_number(findings->posts, posts),
                      findings->unknown > 0 ? " Labels that no pack knows: " : "",
                      findings->unknown_words != NULL ? findings->unknown_words : "",
                      findings->unknown > 0 ? "." : "");
    sl_page_table_begin(page, heading, columns, count);
    for (uint32_t i = 0; i < findings->count; i++) {
        const struct sl_confusion *confusion = findings->findings[i].confusion;
        sl_page_cell(page, "%s", findings->findings[i].name);
        put_count(page, confusion->hits + confusion->misses);
        for (uint32_t j = 0; j < report->judges_count; j++, confusion++) {
            put_count(page, confusion->hits + confusion->alarms);
            sl_page_cell_share(page, sl_confusion_precision(confusion));
            sl_page_cell_share(page, sl_confusion_recall(confusion));
            sl_page_cell_share(page, sl_confusion_f1(confusion));
        }
    }
    sl_page_table_end(page);
}

static void put_called(struct sl_page *page, const struct sl_eval_report *report) {
    struct sl_page_column columns[1 + SL_LABELS_COUNT] = {{"label", SL_PAGE_TEXT}};
    char caption[96], precision[SL_EVAL_NUMBER_BYTES], recall[SL_EVAL_NUMBER_BYTES];
    for (enum sl_label label = 0; label < SL_LABELS_COUNT; label++) {
        columns[1 + label] = (struct sl_page_column){sl_label_word(label), SL_PAGE_NUMBER};
    }
    sl_page_section(page, "Labels");
    for (uint32_t j = 0; j < report->judges_count; j++) {
        sl_page_table_begin(page, side(report, j, "What posts are called", caption), columns,
                            1 + SL_LABELS_COUNT);
        for (uint32_t i = 0; i < report->called_count; i++) {
            sl_page_cell(page, "%s", report->called[i].word);
            for (enum sl_label label = 0; label < SL_LABELS_COUNT; label++) {
                put_count(page, report->called[i].posts[j][label]);
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

static void put_texts(struct sl_page *page, const struct sl_eval_report *report,
                      const char *heading, const struct sl_eval_texts *texts) {
    if (texts->count == 0) {
        return;
    }
    struct sl_page_column columns[] = {
        {"text, masked", SL_PAGE_TEXT}, {report->judges_count == 2 ? "A" : "score", SL_PAGE_NUMBER},
        {"B", SL_PAGE_NUMBER},          {"patterns", SL_PAGE_TEXT},
        {"source", SL_PAGE_TEXT},       {"place", SL_PAGE_TEXT}};
    if (report->judges_count == 1) {
        memmove(&columns[2], &columns[3], 3 * sizeof *columns);
    }
    char caption[128], total[SL_TRAIN_NUMBER_BYTES];
    snprintf(caption, sizeof caption, "%s: %u of %s", heading, texts->count,
             sl_train_number(texts->total, total));
    sl_page_table_begin(page, caption, columns, 4 + report->judges_count);
    for (uint32_t i = 0; i < texts->count; i++) {
        const struct sl_eval_text *text = &texts->texts[i];
        sl_page_cell(page, "%s", text->masked);
        for (uint32_t j = 0; j < report->judges_count; j++) {
            put_number(page, text->score_permille[j] / 1000.0);
        }
        sl_page_cell(page, "%s", text->why);
        sl_page_cell(page, "%s", text->source);
        sl_page_cell(page, "%s", text->place);
    }
    sl_page_table_end(page);
}

static void put_mistakes(struct sl_page *page, const struct sl_eval_report *report) {
    if (report->judges_count == 2) {
        sl_page_section(page, "Posts that changed sides");
        for (enum sl_eval_change change = 0; change < SL_EVAL_CHANGES_COUNT; change++) {
            put_texts(page, report, sl_eval_change_words(change), &report->changes[change]);
        }
    }
    sl_page_section(page, "Most confident mistakes");
    if (report->judges_count == 2) {
        sl_page_paragraph(page, "Of B.");
    }
    put_texts(page, report, "Requests missed, lowest score first", &report->misses);
    put_texts(page, report, "False alarms, highest score first", &report->alarms);
}

static void put_method(struct sl_page *page, const struct sl_eval_report *report) {
    sl_page_section(page, "How these figures are come by");
    sl_page_paragraph(page,
                      "Scores are those of verdicts, in thousandths; posts with equal scores are "
                      "one step of a curve. Average precision is the mean precision over the "
                      "requests found, from the highest score down. Brier is the mean of (score − "
                      "truth)²; log loss the mean of −ln of the probability given to the truth; "
                      "calibration error the mean distance between score and share of care in ten "
                      "bins. Intervals of shares in the calibration chart are Wilson’s.");
    if (report->replicates > 0) {
        char units[64] = "post by post";
        if (report->resampled_by != NULL) {
            snprintf(units, sizeof units, "by %.32s, %u values", report->resampled_by,
                     report->units);
        }
        sl_page_paragraph(page,
                          "Intervals of figures and differences: paired bootstrap, %u replicates, "
                          "drawn %s, seed %" PRIu64 ", middle 95 %%. Where the interval of a "
                          "difference takes in zero, there is no difference.",
                          report->replicates, units, report->seed);
    }
}

int sl_eval_write_html(const struct sl_eval_report *report, FILE *out, struct sl_error *error) {
    struct sl_page *page;
    char lead[256], posts[SL_TRAIN_NUMBER_BYTES], care[SL_TRAIN_NUMBER_BYTES];
    snprintf(lead, sizeof lead, "%s labelled posts, %s of them requests for care.",
             sl_train_number(report->counts.posts, posts),
             sl_train_number(report->counts.care, care));
    if (sl_page_open("How good is the judge of care?", lead, error, &page) != SL_OK) {
        return SL_FAILED;
    }
    put_summary(page, report);
    put_confusion(page, report);
    put_figure_rows(page, report);
    put_posts(page, report);
    if (report->judges_count == 2) {
        put_comparison(page, report);
    }
    put_curves(page, report);
    for (uint32_t i = 0; i < report->groups_count; i++) {
        put_groups(page, report, &report->groups[i]);
    }
    put_findings(page, report, "Topics", &report->topics);
    put_findings(page, report, "Signals", &report->signals);
    put_called(page, report);
    put_mistakes(page, report);
    put_method(page, report);
    int result = sl_page_write(page, out, error);
    sl_page_close(page);
    return result;
}
