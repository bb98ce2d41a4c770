// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "eval.h"
#include "eval_words.h"
#include "terminal.h"
#include "text/utf8.h"

#define NAME_CELLS 28
#define TEXT_CELLS 220

struct screen {
    FILE *out;
    const char *bold, *dim, *good, *bad, *plain;
};

// Pads or cuts to a width in code points. What could move a terminal's cursor is left out.
static void put_cells(const struct screen *screen, const char *text, unsigned cells, bool pad) {
    const unsigned char *at = (const unsigned char *)text;
    unsigned used = 0;
    for (size_t rest = strlen(text); rest > 0;) {
        uint32_t code_point;
        bool valid;
        size_t len = sl_utf8_decode(at, rest, &code_point, &valid);
        if (used + 1 >= cells && rest > len) {
            fputs("…", screen->out);
            used++;
            break;
        }
        if (valid && code_point >= 0x20 && (code_point < 0x7F || code_point >= 0xA0)) {
            fwrite(at, 1, len, screen->out);
        } else {
            fputc(' ', screen->out);
        }
        used++;
        at += len;
        rest -= len;
    }
    fprintf(screen->out, "%*s", pad && used < cells ? (int)(cells - used) : 0, "");
}

static void put_heading(const struct screen *screen, const char *heading) {
    fprintf(screen->out, "\n%s%s%s\n", screen->bold, heading, screen->plain);
}

// A number to the right of so many cells; "–" is three bytes wide and one cell.
static void put_figure(const struct screen *screen, double value, int cells) {
    char text[SL_EVAL_NUMBER_BYTES];
    sl_eval_number(value, text);
    fprintf(screen->out, "%*s", cells + (isnan(value) ? 2 : 0), text);
}

static void put_count(const struct screen *screen, uint64_t count, int cells) {
    char text[SL_NUMBER_BYTES];
    fprintf(screen->out, "%*s", cells, sl_number_grouped(count, text));
}

static void put_judges(const struct screen *screen, const struct sl_eval_report *report) {
    for (uint32_t j = 0; j < report->judges_count; j++) {
        const struct sl_eval_judge *judge = &report->judges[j];
        fprintf(screen->out, "%s%s%s%s%s", screen->bold,
                report->judges_count == 2 ? (j == 0 ? "A  " : "B  ") : "", judge->pack,
                screen->plain,
                judge->left_out != NULL ? ", with models that never saw the "
                : judge->model != NULL  ? " with model "
                                        : ", rules alone");
        if (judge->left_out != NULL) {
            put_cells(screen, judge->left_out, 40, false);
            fputs(" they judge", screen->out);
        }
        if (judge->model != NULL) {
            put_cells(screen, judge->model, 60, false);
        }
        if (judge->left_out == NULL) {
            fprintf(screen->out, ", threshold %.3f", judge->threshold_permille / 1000.0);
        }
        fprintf(screen->out, "  %s%s%s\n", screen->dim, judge->path, screen->plain);
    }
}

static void put_posts(const struct screen *screen, const struct sl_eval_report *report) {
    const struct sl_labelled_counts *counts = &report->counts;
    char posts[SL_NUMBER_BYTES], care[SL_NUMBER_BYTES];
    fprintf(screen->out, "%s posts, %s care (%.1f %%)", sl_number_grouped(counts->posts, posts),
            sl_number_grouped(counts->care, care),
            100.0 * (double)counts->care / (double)counts->posts);
    const struct {
        uint64_t count;
        const char *what;
    } others[] = {
        {counts->bad, "could not be read"},      {counts->unlabelled, "without a label"},
        {counts->left_out, "left out"},          {counts->repaired, "not UTF-8"},
        {report->unjudged, "refused by a pack"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (others[i].count > 0) {
            fprintf(screen->out, ", %s %s", sl_number_grouped(others[i].count, posts),
                    others[i].what);
        }
    }
    fputc('\n', screen->out);
}

static void put_interval(const struct screen *screen, struct sl_interval interval) {
    fprintf(screen->out, "  %s%.3f to %.3f%s", screen->dim, interval.low, interval.high,
            screen->plain);
}

// Figures that the bootstrap knows have an interval.
static void put_row(const struct screen *screen, const struct sl_eval_report *report,
                    const char *name, int metric, const double values[2]) {
    fprintf(screen->out, "  %-18s", name);
    for (uint32_t j = 0; j < report->judges_count; j++) {
        put_figure(screen, values[j], 8);
        bool has = metric >= 0 && report->replicates > 0 &&
                   !isnan(report->bootstrap.interval[j][metric].low);
        if (has) {
            put_interval(screen, report->bootstrap.interval[j][metric]);
        } else {
            fprintf(screen->out, "%16s", "");
        }
    }
    if (report->judges_count == 2 && metric >= 0 && report->replicates > 0) {
        enum sl_eval_verdict verdict = sl_eval_compare(report, (enum sl_eval_metric)metric);
        const char *ink = verdict == SL_EVAL_B_BETTER  ? screen->good
                          : verdict == SL_EVAL_B_WORSE ? screen->bad
                                                       : screen->dim;
        fprintf(screen->out, "   %+.3f (%+.3f to %+.3f)  %s%s%s", values[1] - values[0],
                report->bootstrap.difference[metric].low, report->bootstrap.difference[metric].high,
                ink, sl_eval_verdict_word(verdict), screen->plain);
    }
    fputc('\n', screen->out);
}

static void put_figures(const struct screen *screen, const struct sl_eval_report *report) {
    const struct sl_figures *a = &report->judges[0].figures, *b = &report->judges[1].figures;
    bool two = report->judges_count == 2;
    fprintf(screen->out, "\n  %-18s%s%8s%16s%s%s%s\n", "", screen->dim, two ? "A" : "",
            report->replicates > 0 ? "95 %    " : "", two ? "       B" : "",
            two && report->replicates > 0 ? "        95 %       B - A" : "", screen->plain);
    put_row(screen, report, "precision", SL_METRIC_PRECISION,
            (double[]){a->precision, b->precision});
    put_row(screen, report, "recall", SL_METRIC_RECALL, (double[]){a->recall, b->recall});
    put_row(screen, report, "F1", SL_METRIC_F1, (double[]){a->f1, b->f1});
    put_row(screen, report, "average precision", SL_METRIC_AVERAGE_PRECISION,
            (double[]){a->average_precision, b->average_precision});
    put_row(screen, report, "ROC area", -1, (double[]){a->roc_area, b->roc_area});
    put_row(screen, report, "Brier", SL_METRIC_BRIER, (double[]){a->brier, b->brier});
    put_row(screen, report, "log loss", SL_METRIC_LOG_LOSS, (double[]){a->log_loss, b->log_loss});
    put_row(screen, report, "calibration error", -1,
            (double[]){a->calibration_error, b->calibration_error});
    put_row(screen, report, "best F1", -1,
            (double[]){report->judges[0].best.f1, report->judges[1].best.f1});
    put_row(screen, report, "  at threshold", -1,
            (double[]){report->judges[0].best_threshold_permille / 1000.0,
                       report->judges[1].best_threshold_permille / 1000.0});
}

static void put_confusion(const struct screen *screen, const struct sl_eval_report *report) {
    for (uint32_t j = 0; j < report->judges_count; j++) {
        const struct sl_confusion *confusion = &report->judges[j].figures.confusion;
        fprintf(screen->out, "\n  %s%-18s%14s%14s%s\n", screen->dim,
                report->judges_count == 2 ? (j == 0 ? "A" : "B") : "", "called care", "not so",
                screen->plain);
        fprintf(screen->out, "  %-18s", "care");
        put_count(screen, confusion->hits, 14);
        put_count(screen, confusion->misses, 14);
        fprintf(screen->out, "\n  %-18s", "not care");
        put_count(screen, confusion->alarms, 14);
        put_count(screen, confusion->rejections, 14);
        fputc('\n', screen->out);
    }
}

static void put_group(const struct screen *screen, const struct sl_eval_report *report,
                      const struct sl_eval_group *group, bool others) {
    fputs("  ", screen->out);
    put_cells(screen, *group->name != '\0' ? group->name : SL_EVAL_NO_VALUE, NAME_CELLS, true);
    put_count(screen, group->posts, 10);
    put_count(screen, group->care, 9);
    for (uint32_t j = 0; j < report->judges_count; j++) {
        const struct sl_figures *figures = &group->figures[j];
        put_figure(screen, figures->precision, 13);
        put_figure(screen, figures->recall, 8);
        put_figure(screen, figures->f1, 8);
        if (report->judges_count == 1) {
            put_figure(screen, figures->average_precision, 8);
            put_figure(screen, figures->brier, 8);
        }
        if (others) {
            put_figure(screen, group->with_others[j].f1, 8);
            fprintf(screen->out, " at %.2f", group->others_threshold_permille[j] / 1000.0);
        }
    }
    fputc('\n', screen->out);
}

#define GROUPS_SHOWN 30

static void put_groups(const struct screen *screen, const struct sl_eval_report *report,
                       const struct sl_eval_groups *groups) {
    char heading[96];
    bool others = groups->has_others;
    snprintf(heading, sizeof heading, "By %.64s", groups->field);
    put_heading(screen, heading);
    fprintf(screen->out, "  %s%-*s%10s%9s", screen->dim, NAME_CELLS, "", "posts", "care");
    for (uint32_t j = 0; j < report->judges_count; j++) {
        bool two = report->judges_count == 2;
        fprintf(screen->out, "%13s%8s%8s%s%s",
                !two     ? "precision"
                : j == 0 ? "precision A"
                         : "precision B",
                "recall", "F1", two ? "" : "      AP   Brier", others ? "   F1 with others'" : "");
    }
    fprintf(screen->out, "%s\n", screen->plain);
    for (uint32_t i = 0; i < groups->count && i < GROUPS_SHOWN; i++) {
        put_group(screen, report, groups->groups[i], others);
    }
    if (groups->count > GROUPS_SHOWN) {
        fprintf(screen->out, "  %sand %u more; --html and --json have all%s\n", screen->dim,
                groups->count - GROUPS_SHOWN, screen->plain);
    }
}

static void put_findings(const struct screen *screen, const struct sl_eval_report *report,
                         const char *heading, const struct sl_eval_findings *findings) {
    if (findings->posts == 0) {
        return;
    }
    put_heading(screen, heading);
    fprintf(screen->out, "  %s%-*s%10s", screen->dim, NAME_CELLS, "", "labelled");
    for (uint32_t j = 0; j < report->judges_count; j++) {
        fprintf(screen->out, "%10s%11s%8s%8s",
                report->judges_count == 1 ? "found"
                : j == 0                  ? "found A"
                                          : "found B",
                "precision", "recall", "F1");
    }
    fprintf(screen->out, "%s\n", screen->plain);
    for (uint32_t i = 0; i < findings->count; i++) {
        const struct sl_confusion *confusion = findings->findings[i].confusion;
        fputs("  ", screen->out);
        put_cells(screen, findings->findings[i].name, NAME_CELLS, true);
        put_count(screen, confusion->hits + confusion->misses, 10);
        for (uint32_t j = 0; j < report->judges_count; j++, confusion++) {
            put_count(screen, confusion->hits + confusion->alarms, 10);
            put_figure(screen, sl_confusion_precision(confusion), 11);
            put_figure(screen, sl_confusion_recall(confusion), 8);
            put_figure(screen, sl_confusion_f1(confusion), 8);
        }
        fputc('\n', screen->out);
    }
    if (findings->unknown > 0) {
        fprintf(screen->out, "  %slabels that no pack knows: %s%s\n", screen->dim,
                findings->unknown_words != NULL ? findings->unknown_words : "", screen->plain);
    }
}

static void put_called(const struct screen *screen, const struct sl_eval_report *report) {
    for (uint32_t j = 0; j < report->judges_count; j++) {
        put_heading(screen, report->judges_count == 1 ? "Labels, and what they are called"
                            : j == 0                  ? "Labels, and what A calls them"
                                                      : "Labels, and what B calls them");
        fprintf(screen->out, "  %s%-*s", screen->dim, NAME_CELLS, "label");
        for (enum sl_label label = 0; label < SL_LABELS_COUNT; label++) {
            fprintf(screen->out, "%11s", sl_label_word(label));
        }
        fprintf(screen->out, "%s\n", screen->plain);
        for (uint32_t i = 0; i < report->called_count; i++) {
            fputs("  ", screen->out);
            put_cells(screen, report->called[i].word, NAME_CELLS, true);
            for (enum sl_label label = 0; label < SL_LABELS_COUNT; label++) {
                put_count(screen, report->called[i].posts[j][label], 11);
            }
            fputc('\n', screen->out);
        }
        for (enum sl_label label = SL_LABEL_CARE + 1; label < SL_LABELS_COUNT; label++) {
            struct sl_confusion as =
                sl_eval_called_as(report->called, report->called_count, j, label);
            if (as.hits + as.misses > 0) {
                fprintf(screen->out, "  called %s: precision ", sl_label_word(label));
                put_figure(screen, sl_confusion_precision(&as), 0);
                fputs(", recall ", screen->out);
                put_figure(screen, sl_confusion_recall(&as), 0);
                fputc('\n', screen->out);
            }
        }
    }
}

static void put_lines(const struct screen *screen, const struct sl_eval_report *report) {
    for (uint32_t j = 0; j < report->judges_count; j++) {
        uint64_t posts = 0, right = 0;
        for (enum sl_line line = SL_LINE_UNKNOWN + 1; line < SL_LINES_COUNT; line++) {
            for (enum sl_line found = 0; found < SL_LINES_COUNT; found++) {
                posts += report->lines[j][line][found];
            }
            right += report->lines[j][line][line];
        }
        if (posts > 0) {
            char a[SL_NUMBER_BYTES], b[SL_NUMBER_BYTES];
            fprintf(screen->out, "\n  line: %s of %s right%s\n", sl_number_grouped(right, a),
                    sl_number_grouped(posts, b),
                    report->judges_count == 1 ? "" : (j == 0 ? " (A)" : " (B)"));
        }
    }
}

static void put_texts(const struct screen *screen, const struct sl_eval_report *report,
                      const char *heading, const struct sl_eval_texts *texts) {
    if (texts->count == 0) {
        return;
    }
    char line[128], total[SL_NUMBER_BYTES];
    snprintf(line, sizeof line, "%s: %u of %s", heading, texts->count,
             sl_number_grouped(texts->total, total));
    put_heading(screen, line);
    for (uint32_t i = 0; i < texts->count; i++) {
        const struct sl_eval_text *text = &texts->texts[i];
        fputs("  ", screen->out);
        for (uint32_t j = 0; j < report->judges_count; j++) {
            fprintf(screen->out, "%.3f  ", text->score_permille[j] / 1000.0);
        }
        put_cells(screen, text->masked, TEXT_CELLS, false);
        fprintf(screen->out, "\n         %s", screen->dim);
        put_cells(screen, text->place, 100, false);
        if (*text->source != '\0') {
            fputs(", ", screen->out);
            put_cells(screen, text->source, 40, false);
        }
        fprintf(screen->out, "%s%s%s\n", *text->why != '\0' ? ": " : "", text->why, screen->plain);
    }
}

static void put_changes(const struct screen *screen, const struct sl_eval_report *report) {
    for (enum sl_eval_change change = 0; change < SL_EVAL_CHANGES_COUNT; change++) {
        put_texts(screen, report, sl_eval_change_words(change), &report->changes[change]);
    }
}

void sl_eval_write_text(const struct sl_eval_report *report, bool ink, FILE *out) {
    const struct screen screen = {.out = out,
                                  .bold = ink ? "\x1b[1m" : "",
                                  .dim = ink ? "\x1b[2m" : "",
                                  .good = ink ? "\x1b[32m" : "",
                                  .bad = ink ? "\x1b[31m" : "",
                                  .plain = ink ? "\x1b[0m" : ""};
    put_judges(&screen, report);
    put_posts(&screen, report);
    put_figures(&screen, report);
    put_confusion(&screen, report);
    for (uint32_t i = 0; i < report->groups_count; i++) {
        put_groups(&screen, report, &report->groups[i]);
    }
    put_findings(&screen, report, "Topics", &report->topics);
    put_findings(&screen, report, "Signals", &report->signals);
    put_called(&screen, report);
    put_lines(&screen, report);
    put_changes(&screen, report);
    if (report->judges_count == 1) {
        put_texts(&screen, report, "Requests missed, lowest first", &report->misses);
        put_texts(&screen, report, "False alarms, highest first", &report->alarms);
    }
    if (report->replicates > 0) {
        fprintf(out, "\n%sIntervals: bootstrap of %u replicates, seed %" PRIu64 ", ", screen.dim,
                report->replicates, report->seed);
        fprintf(out,
                report->resampled_by != NULL ? "drawn by %s (%u values)" : "drawn post by post",
                report->resampled_by, report->units);
        fprintf(out, ".%s\n", screen.plain);
    }
}
