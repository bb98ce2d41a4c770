// SPDX-License-Identifier: Apache-2.0
#include "eval_figures.h"

#include <math.h>

#define WILSON_Z 1.959963984540054 // of 95 %

static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : NAN;
}

struct sl_confusion sl_confusion_at(const struct sl_tally *tally, uint32_t threshold_permille) {
    struct sl_confusion confusion = {0};
    for (uint32_t score = 0; score < SL_EVAL_SCORES; score++) {
        if (score >= threshold_permille) {
            confusion.hits += tally->care[score];
            confusion.alarms += tally->other[score];
        } else {
            confusion.misses += tally->care[score];
            confusion.rejections += tally->other[score];
        }
    }
    return confusion;
}

double sl_confusion_precision(const struct sl_confusion *confusion) {
    return ratio((double)confusion->hits, (double)(confusion->hits + confusion->alarms));
}

double sl_confusion_recall(const struct sl_confusion *confusion) {
    return ratio((double)confusion->hits, (double)(confusion->hits + confusion->misses));
}

double sl_confusion_f1(const struct sl_confusion *confusion) {
    if (confusion->hits + confusion->misses == 0) {
        return NAN;
    }
    return 2.0 * (double)confusion->hits /
           (double)(2 * confusion->hits + confusion->alarms + confusion->misses);
}

static void count(const struct sl_tally *tally, double *ret_care, double *ret_other) {
    uint64_t care = 0, other = 0;
    for (uint32_t score = 0; score < SL_EVAL_SCORES; score++) {
        care += tally->care[score];
        other += tally->other[score];
    }
    *ret_care = (double)care;
    *ret_other = (double)other;
}

double sl_tally_average_precision(const struct sl_tally *tally) {
    double care, other, sum = 0;
    uint64_t hits = 0, called = 0;
    count(tally, &care, &other);
    for (uint32_t score = SL_EVAL_SCORES; score-- > 0;) {
        hits += tally->care[score];
        called += tally->care[score] + tally->other[score];
        if (tally->care[score] > 0) {
            sum += (double)tally->care[score] * ((double)hits / (double)called);
        }
    }
    return ratio(sum, care);
}

double sl_tally_roc_area(const struct sl_tally *tally) {
    double care, other, pairs = 0;
    uint64_t below = 0;
    count(tally, &care, &other);
    for (uint32_t score = 0; score < SL_EVAL_SCORES; score++) {
        pairs += (double)tally->care[score] * ((double)below + (double)tally->other[score] / 2);
        below += tally->other[score];
    }
    return ratio(pairs, care * other);
}

double sl_tally_brier(const struct sl_tally *tally) {
    double care, other, sum = 0;
    count(tally, &care, &other);
    for (uint32_t score = 0; score < SL_EVAL_SCORES; score++) {
        double p = score / 1000.0;
        sum += (double)tally->care[score] * (1 - p) * (1 - p) + (double)tally->other[score] * p * p;
    }
    return ratio(sum, care + other);
}

double sl_tally_log_loss(const struct sl_tally *tally) {
    double care, other, sum = 0;
    count(tally, &care, &other);
    for (uint32_t score = 0; score < SL_EVAL_SCORES; score++) {
        double p = fmin(fmax(score / 1000.0, 0.0005), 0.9995);
        sum -= (double)tally->care[score] * log(p) + (double)tally->other[score] * log1p(-p);
    }
    return ratio(sum, care + other);
}

void sl_tally_calibration(const struct sl_tally *tally,
                          struct sl_calibration_bin bins[SL_EVAL_BINS]) {
    for (uint32_t b = 0; b < SL_EVAL_BINS; b++) {
        uint32_t first = b * 100, end = b + 1 == SL_EVAL_BINS ? SL_EVAL_SCORES : first + 100;
        uint64_t care = 0, posts = 0, sum = 0;
        for (uint32_t score = first; score < end; score++) {
            care += tally->care[score];
            posts += tally->care[score] + tally->other[score];
            sum += score * (tally->care[score] + tally->other[score]);
        }
        double n = (double)posts, share = ratio((double)care, n), z2 = WILSON_Z * WILSON_Z;
        double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
        double half = WILSON_Z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n);
        bins[b] = (struct sl_calibration_bin){
            .posts = posts,
            .care = care,
            .mean_score = ratio((double)sum / 1000, n),
            .share = share,
            .share_low = posts > 0 ? fmax(middle - half, 0) : NAN,
            .share_high = posts > 0 ? fmin(middle + half, 1) : NAN,
        };
    }
}

static double calibration_error(const struct sl_tally *tally) {
    struct sl_calibration_bin bins[SL_EVAL_BINS];
    double sum = 0, posts = 0;
    sl_tally_calibration(tally, bins);
    for (uint32_t b = 0; b < SL_EVAL_BINS; b++) {
        if (bins[b].posts > 0) {
            sum += (double)bins[b].posts * fabs(bins[b].mean_score - bins[b].share);
            posts += (double)bins[b].posts;
        }
    }
    return ratio(sum, posts);
}

static struct sl_figures figures_with(const struct sl_tally *tally, struct sl_confusion confusion) {
    return (struct sl_figures){
        .confusion = confusion,
        .precision = sl_confusion_precision(&confusion),
        .recall = sl_confusion_recall(&confusion),
        .f1 = sl_confusion_f1(&confusion),
        .average_precision = sl_tally_average_precision(tally),
        .roc_area = sl_tally_roc_area(tally),
        .brier = sl_tally_brier(tally),
        .log_loss = sl_tally_log_loss(tally),
        .calibration_error = calibration_error(tally),
    };
}

struct sl_figures sl_figures_called(const struct sl_tally *tally) {
    return figures_with(tally, tally->called);
}

struct sl_figures sl_figures_of(const struct sl_tally *tally, uint32_t threshold_permille) {
    return figures_with(tally, sl_confusion_at(tally, threshold_permille));
}

// Is a's F1 above b's? In whole numbers, so that equal ones are equal. All have hits + misses > 0,
// and counts below 2^31.
static int compare_f1(const struct sl_confusion *a, const struct sl_confusion *b) {
    unsigned __int128 left = (unsigned __int128)a->hits * (2 * b->hits + b->alarms + b->misses);
    unsigned __int128 right = (unsigned __int128)b->hits * (2 * a->hits + a->alarms + a->misses);
    return left < right ? -1 : left > right;
}

uint32_t sl_tally_best_threshold(const struct sl_tally *tally, uint32_t fallback) {
    struct sl_confusion here = sl_confusion_at(tally, 1), best = here;
    uint32_t first = 1, last = 1;
    if (here.hits + here.misses == 0) {
        return fallback;
    }
    for (uint32_t threshold = 2; threshold < SL_EVAL_SCORES; threshold++) {
        uint64_t care = tally->care[threshold - 1], other = tally->other[threshold - 1];
        here.hits -= care;
        here.misses += care;
        here.alarms -= other;
        here.rejections += other;
        int order = compare_f1(&here, &best);
        if (order > 0) {
            best = here;
            first = last = threshold;
        } else if (order == 0 && care + other == 0 && last + 1 == threshold) {
            last = threshold;
        }
    }
    return best.hits > 0 ? (first + last) / 2 : fallback;
}

uint32_t sl_tally_curve(const struct sl_tally *tally, struct sl_pr_point points[SL_EVAL_SCORES]) {
    double care, other;
    uint64_t hits = 0, called = 0;
    uint32_t points_count = 0;
    count(tally, &care, &other);
    for (uint32_t score = SL_EVAL_SCORES; care > 0 && score-- > 0;) {
        if (tally->care[score] + tally->other[score] == 0) {
            continue;
        }
        hits += tally->care[score];
        called += tally->care[score] + tally->other[score];
        points[points_count++] = (struct sl_pr_point){
            .threshold_permille = score,
            .precision = (double)hits / (double)called,
            .recall = (double)hits / care,
        };
    }
    return points_count;
}
