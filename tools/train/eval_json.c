// SPDX-License-Identifier: Apache-2.0
//
// A figure without a value has no member.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bench/json.h"
#include "eval.h"
#include "eval_words.h"
#include "text/utf8.h"

static const char *const sides[2] = {"a", "b"};

static void put_real(struct sl_json *json, const char *key, double value) {
    if (!isnan(value)) {
        sl_json_real(json, key, value);
    }
}

// Names of files may be any bytes.
static void put_text(struct sl_json *json, const char *key, const char *text) {
    size_t len = strlen(text);
    char *repaired = sl_utf8_valid(text, len) ? NULL : malloc(len * SL_UTF8_REPAIR_GROWTH + 1);
    if (repaired != NULL) {
        repaired[sl_utf8_repair(text, len, repaired)] = '\0';
    }
    sl_json_string(json, key, repaired != NULL ? repaired : text);
    free(repaired);
}

static void put_confusion(struct sl_json *json, const struct sl_confusion *confusion) {
    sl_json_count(json, "hits", confusion->hits);
    sl_json_count(json, "false_alarms", confusion->alarms);
    sl_json_count(json, "misses", confusion->misses);
    sl_json_count(json, "rejections", confusion->rejections);
    put_real(json, "precision", sl_confusion_precision(confusion));
    put_real(json, "recall", sl_confusion_recall(confusion));
    put_real(json, "f1", sl_confusion_f1(confusion));
}

#define NO_THRESHOLD UINT32_MAX

static void put_figures(struct sl_json *json, const char *key, const struct sl_figures *figures,
                        uint32_t threshold_permille) {
    sl_json_open(json, key, '{');
    if (threshold_permille != NO_THRESHOLD) {
        sl_json_real(json, "threshold", threshold_permille / 1000.0);
    }
    put_confusion(json, &figures->confusion);
    put_real(json, "average_precision", figures->average_precision);
    put_real(json, "roc_area", figures->roc_area);
    put_real(json, "brier", figures->brier);
    put_real(json, "log_loss", figures->log_loss);
    put_real(json, "calibration_error", figures->calibration_error);
    sl_json_close(json, '}');
}

static uint32_t threshold_of(const struct sl_eval_judge *judge) {
    return judge->left_out != NULL ? NO_THRESHOLD : judge->threshold_permille;
}

static void put_curve(struct sl_json *json, const struct sl_tally *tally) {
    struct sl_pr_point points[SL_EVAL_SCORES];
    double columns[3][SL_EVAL_SCORES];
    uint32_t count = sl_tally_curve(tally, points);
    for (uint32_t i = 0; i < count; i++) {
        columns[0][i] = points[i].threshold_permille / 1000.0;
        columns[1][i] = points[i].precision;
        columns[2][i] = points[i].recall;
    }
    sl_json_open(json, "curve", '{');
    sl_json_reals(json, "threshold", columns[0], count);
    sl_json_reals(json, "precision", columns[1], count);
    sl_json_reals(json, "recall", columns[2], count);
    sl_json_close(json, '}');
}

static void put_calibration(struct sl_json *json, const struct sl_tally *tally) {
    struct sl_calibration_bin bins[SL_EVAL_BINS];
    sl_tally_calibration(tally, bins);
    sl_json_open(json, "calibration", '[');
    for (uint32_t b = 0; b < SL_EVAL_BINS; b++) {
        sl_json_open(json, NULL, '{');
        sl_json_count(json, "posts", bins[b].posts);
        sl_json_count(json, "care", bins[b].care);
        put_real(json, "mean_score", bins[b].mean_score);
        put_real(json, "share", bins[b].share);
        put_real(json, "share_low", bins[b].share_low);
        put_real(json, "share_high", bins[b].share_high);
        sl_json_close(json, '}');
    }
    sl_json_close(json, ']');
}

static void put_interval(struct sl_json *json, const char *key, struct sl_interval interval) {
    if (!isnan(interval.low)) {
        sl_json_reals(json, key, (double[]){interval.low, interval.high}, 2);
    }
}

static void put_judge(struct sl_json *json, const struct sl_eval_report *report, uint32_t j) {
    const struct sl_eval_judge *judge = &report->judges[j];
    sl_json_open(json, sides[j], '{');
    sl_json_string(json, "pack", judge->pack);
    put_text(json, "path", judge->path);
    if (judge->model != NULL) {
        put_text(json, "model", judge->model);
    }
    if (judge->left_out != NULL) {
        sl_json_string(json, "models_trained_without_each", judge->left_out);
    }
    put_figures(json, "figures", &judge->figures, threshold_of(judge));
    put_figures(json, "best", &judge->best, judge->best_threshold_permille);
    if (report->replicates > 0) {
        sl_json_open(json, "intervals", '{');
        for (enum sl_eval_metric metric = 0; metric < SL_METRICS_COUNT; metric++) {
            put_interval(json, sl_metric_name(metric), report->bootstrap.interval[j][metric]);
        }
        sl_json_close(json, '}');
    }
    put_curve(json, &judge->tally);
    put_calibration(json, &judge->tally);
    sl_json_close(json, '}');
}

static void put_comparison(struct sl_json *json, const struct sl_eval_report *report) {
    sl_json_open(json, "comparison", '{');
    for (enum sl_eval_metric metric = 0; metric < SL_METRICS_COUNT; metric++) {
        const double *a = report->bootstrap.value[0], *b = report->bootstrap.value[1];
        sl_json_open(json, sl_metric_name(metric), '{');
        put_real(json, "difference", b[metric] - a[metric]);
        put_interval(json, "interval", report->bootstrap.difference[metric]);
        sl_json_string(json, "verdict", sl_eval_verdict_word(sl_eval_compare(report, metric)));
        sl_json_close(json, '}');
    }
    sl_json_close(json, '}');
}

static void put_groups(struct sl_json *json, const struct sl_eval_report *report) {
    sl_json_open(json, "groups", '[');
    for (uint32_t g = 0; g < report->groups_count; g++) {
        const struct sl_eval_groups *groups = &report->groups[g];
        sl_json_open(json, NULL, '{');
        sl_json_string(json, "field", groups->field);
        sl_json_open(json, "values", '[');
        for (uint32_t i = 0; i < groups->count; i++) {
            const struct sl_eval_group *group = groups->groups[i];
            sl_json_open(json, NULL, '{');
            sl_json_string(json, "value", group->name);
            sl_json_count(json, "posts", group->posts);
            sl_json_count(json, "care", group->care);
            for (uint32_t j = 0; j < report->judges_count; j++) {
                put_figures(json, sides[j], &group->figures[j], threshold_of(&report->judges[j]));
                if (groups->has_others) {
                    put_figures(
                        json, j == 0 ? "a_with_threshold_of_others" : "b_with_threshold_of_others",
                        &group->with_others[j], group->others_threshold_permille[j]);
                }
            }
            sl_json_close(json, '}');
        }
        sl_json_close(json, ']');
        sl_json_close(json, '}');
    }
    sl_json_close(json, ']');
}

static void put_findings(struct sl_json *json, const char *key,
                         const struct sl_eval_findings *findings, uint32_t judges_count) {
    sl_json_open(json, key, '{');
    sl_json_count(json, "posts", findings->posts);
    sl_json_count(json, "unknown_words", findings->unknown);
    for (uint32_t i = 0; i < findings->count; i++) {
        sl_json_open(json, findings->findings[i].name, '{');
        for (uint32_t j = 0; j < judges_count; j++) {
            sl_json_open(json, sides[j], '{');
            put_confusion(json, &findings->findings[i].confusion[j]);
            sl_json_close(json, '}');
        }
        sl_json_close(json, '}');
    }
    sl_json_close(json, '}');
}

static void put_called(struct sl_json *json, const struct sl_eval_report *report) {
    sl_json_open(json, "labels", '[');
    for (uint32_t i = 0; i < report->called_count; i++) {
        sl_json_open(json, NULL, '{');
        sl_json_string(json, "label", report->called[i].word);
        for (uint32_t j = 0; j < report->judges_count; j++) {
            sl_json_open(json, sides[j], '{');
            for (enum sl_label label = 0; label < SL_LABELS_COUNT; label++) {
                sl_json_count(json, sl_label_word(label), report->called[i].posts[j][label]);
            }
            sl_json_close(json, '}');
        }
        sl_json_close(json, '}');
    }
    sl_json_close(json, ']');
}

static void put_texts(struct sl_json *json, const char *key, const struct sl_eval_texts *texts,
                      uint32_t judges_count) {
    sl_json_open(json, key, '{');
    sl_json_count(json, "posts", texts->total);
    sl_json_open(json, "texts", '[');
    for (uint32_t i = 0; i < texts->count; i++) {
        const struct sl_eval_text *text = &texts->texts[i];
        sl_json_open(json, NULL, '{');
        sl_json_string(json, "text", text->masked);
        put_text(json, "place", text->place);
        sl_json_string(json, "source", text->source);
        for (uint32_t j = 0; j < judges_count; j++) {
            sl_json_real(json, j == 0 ? "score_a" : "score_b", text->score_permille[j] / 1000.0);
        }
        sl_json_string(json, "why", text->why);
        sl_json_close(json, '}');
    }
    sl_json_close(json, ']');
    sl_json_close(json, '}');
}

static void put_counts(struct sl_json *json, const struct sl_eval_report *report) {
    const struct sl_labelled_counts *counts = &report->counts;
    sl_json_open(json, "posts", '{');
    sl_json_count(json, "judged", counts->posts - report->unjudged);
    sl_json_count(json, "care", counts->care);
    sl_json_count(json, "not_read", counts->bad);
    sl_json_count(json, "without_label", counts->unlabelled);
    sl_json_count(json, "left_out", counts->left_out);
    sl_json_count(json, "not_utf8", counts->repaired);
    sl_json_count(json, "refused_by_pack", report->unjudged);
    sl_json_close(json, '}');
}

void sl_eval_write_json(const struct sl_eval_report *report, FILE *out) {
    struct sl_json json = {.file = out};
    sl_json_open(&json, NULL, '{');
    sl_json_count(&json, "sluice_eval", 1);
    put_counts(&json, report);
    for (uint32_t j = 0; j < report->judges_count; j++) {
        put_judge(&json, report, j);
    }
    if (report->replicates > 0) {
        sl_json_count(&json, "replicates", report->replicates);
        sl_json_count(&json, "seed", report->seed);
        if (report->resampled_by != NULL) {
            sl_json_string(&json, "resampled_by", report->resampled_by);
        }
        if (report->judges_count == 2) {
            put_comparison(&json, report);
        }
    }
    put_groups(&json, report);
    put_findings(&json, "topics", &report->topics, report->judges_count);
    put_findings(&json, "signals", &report->signals, report->judges_count);
    put_called(&json, report);
    put_texts(&json, "missed", &report->misses, report->judges_count);
    put_texts(&json, "false_alarms", &report->alarms, report->judges_count);
    if (report->judges_count == 2) {
        for (enum sl_eval_change change = 0; change < SL_EVAL_CHANGES_COUNT; change++) {
            put_texts(&json, sl_eval_change_key(change), &report->changes[change], 2);
        }
    }
    sl_json_close(&json, '}');
}
