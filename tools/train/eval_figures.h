// SPDX-License-Identifier: Apache-2.0
//
// train/eval_figures.h - the figures by which a judge of care is measured.
//
// A verdict's score is one of 1,001 values, so counts of posts by score and truth hold everything
// that these figures need: they are exact, cost nothing to add up, and posts with equal scores
// (ties) are never put into an order of their own.
//
//     precision         of the posts called care, the share that is          hits / (hits + alarms)
//     recall            of the posts that are care, the share called so      hits / (hits + misses)
//     F1                their harmonic mean              2 hits / (2 hits + alarms + misses)
//     average precision precision, averaged over the requests found on the way down from the
//                       highest score: the sum over scores of (gain of recall) * precision
//     ROC area          chance that a request scores above a post that is none, ties half
//                       (Mann-Whitney)
//     Brier             mean of (score - truth)^2: 0 is perfect; a judge that knows nothing but the
//                       share s of care reaches s (1 - s)
//     log loss          mean of -ln(probability given to the truth); scores within half a
//                       thousandth of 0 and 1 count as that half
//     calibration error mean over ten bins of score, weighted by posts, of |mean score - share of
//                       care|
// What has no value (recall without a request) is NAN.
#ifndef SL_TRAIN_EVAL_FIGURES_H
#define SL_TRAIN_EVAL_FIGURES_H

#include <stdbool.h>
#include <stdint.h>

#define SL_EVAL_SCORES 1001
#define SL_EVAL_BINS   10

struct sl_confusion {
    uint64_t hits;       // care, called so
    uint64_t alarms;     // called care, and not
    uint64_t misses;     // care, not called so
    uint64_t rejections; // neither
};

// Posts by score in permille, and by what the verdict said.
struct sl_tally {
    uint64_t care[SL_EVAL_SCORES];
    uint64_t other[SL_EVAL_SCORES];
    struct sl_confusion called;
};

struct sl_figures {
    struct sl_confusion confusion;
    double precision, recall, f1;
    double average_precision, roc_area;
    double brier, log_loss, calibration_error;
};

static inline void sl_tally_post(struct sl_tally *tally, uint32_t score_permille, bool care,
                                 bool called) {
    (care ? tally->care : tally->other)[score_permille]++;
    struct sl_confusion *confusion = &tally->called;
    ++*(care ? (called ? &confusion->hits : &confusion->misses)
             : (called ? &confusion->alarms : &confusion->rejections));
}

struct sl_confusion sl_confusion_at(const struct sl_tally *tally, uint32_t threshold_permille);
double sl_confusion_precision(const struct sl_confusion *confusion);
double sl_confusion_recall(const struct sl_confusion *confusion);
double sl_confusion_f1(const struct sl_confusion *confusion);

// As the verdicts said, and as they would have at another threshold.
struct sl_figures sl_figures_called(const struct sl_tally *tally);
struct sl_figures sl_figures_of(const struct sl_tally *tally, uint32_t threshold_permille);

double sl_tally_average_precision(const struct sl_tally *tally);
double sl_tally_roc_area(const struct sl_tally *tally);
double sl_tally_brier(const struct sl_tally *tally);
double sl_tally_log_loss(const struct sl_tally *tally);

// The threshold of the highest F1, in permille: the middle of the thresholds that share it next to
// each other (no post scores between them). 1 to 1000; `fallback` where nothing is care.
uint32_t sl_tally_best_threshold(const struct sl_tally *tally, uint32_t fallback);

// Precision and recall for each score that occurs, from the highest down: recall never falls.
// Returns how many; none where nothing is care.
struct sl_pr_point {
    uint32_t threshold_permille;
    double precision, recall;
};
uint32_t sl_tally_curve(const struct sl_tally *tally, struct sl_pr_point points[SL_EVAL_SCORES]);

// Bin i holds scores of i/10 and more, below (i+1)/10; the last also 1. The interval of the share
// is Wilson's, 95 % ("Probable Inference", 1927).
struct sl_calibration_bin {
    uint64_t posts, care;
    double mean_score, share, share_low, share_high;
};
void sl_tally_calibration(const struct sl_tally *tally,
                          struct sl_calibration_bin bins[SL_EVAL_BINS]);

#endif
