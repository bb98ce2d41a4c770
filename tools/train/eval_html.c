// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "eval.h"
#include "eval_html.h"
#include "eval_words.h"
#include "terminal.h"

const char *sl_eval_html_side(const struct sl_eval_report *report, uint32_t judge, const char *name,
                              char text[SL_EVAL_SIDE_BYTES]) {
    if (report->judges_count == 1) {
        return name;
    }
    snprintf(text, SL_EVAL_SIDE_BYTES, "%s %s", name, judge == 0 ? "A" : "B");
    return text;
}

void sl_eval_html_number(struct sl_page *page, double value) {
    char text[SL_EVAL_NUMBER_BYTES];
    sl_page_cell(page, "%s", sl_eval_number(value, text));
}

void sl_eval_html_count(struct sl_page *page, uint64_t count) {
    char text[SL_NUMBER_BYTES];
    sl_page_cell(page, "%s", sl_number_grouped(count, text));
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
                .name = sl_eval_html_side(report, j, sl_metric_name(first[i]), names[i]),
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
        sl_eval_html_count(page, rows[i].count);
    }
    sl_page_table_end(page);
}

static void put_confusion(struct sl_page *page, const struct sl_eval_report *report) {
    const struct sl_page_column columns[] = {
        {"", SL_PAGE_TEXT}, {"called care", SL_PAGE_NUMBER}, {"not so", SL_PAGE_NUMBER}};
    char caption[96];
    for (uint32_t j = 0; j < report->judges_count; j++) {
        const struct sl_confusion *confusion = &report->judges[j].figures.confusion;
        sl_page_table_begin(page, sl_eval_html_side(report, j, "At the threshold", caption),
                            columns, 3);
        sl_page_cell(page, "care");
        sl_eval_html_count(page, confusion->hits);
        sl_eval_html_count(page, confusion->misses);
        sl_page_cell(page, "not care");
        sl_eval_html_count(page, confusion->alarms);
        sl_eval_html_count(page, confusion->rejections);
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
            sl_eval_html_number(page, rows[i].values[j]);
        }
    }
    sl_page_table_end(page);
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
        sl_eval_html_number(page, a);
        sl_eval_html_number(page, b);
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
    char caption[128], total[SL_NUMBER_BYTES];
    snprintf(caption, sizeof caption, "%s: %u of %s", heading, texts->count,
             sl_number_grouped(texts->total, total));
    sl_page_table_begin(page, caption, columns, 4 + report->judges_count);
    for (uint32_t i = 0; i < texts->count; i++) {
        const struct sl_eval_text *text = &texts->texts[i];
        sl_page_cell(page, "%s", text->masked);
        for (uint32_t j = 0; j < report->judges_count; j++) {
            sl_eval_html_number(page, text->score_permille[j] / 1000.0);
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
    char lead[256], posts[SL_NUMBER_BYTES], care[SL_NUMBER_BYTES];
    snprintf(lead, sizeof lead, "%s labelled posts, %s of them requests for care.",
             sl_number_grouped(report->counts.posts, posts),
             sl_number_grouped(report->counts.care, care));
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
    sl_eval_html_curves(page, report);
    sl_eval_html_groups(page, report);
    sl_eval_html_findings(page, report);
    sl_eval_html_labels(page, report);
    put_mistakes(page, report);
    put_method(page, report);
    int result = sl_page_write(page, out, error);
    sl_page_close(page);
    return result;
}
