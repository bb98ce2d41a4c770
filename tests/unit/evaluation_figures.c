// SPDX-License-Identifier: Apache-2.0
//
// Goal: each figure is what its definition says, also where scores are equal or a class is empty.
// Method: sets small enough to be computed by hand; the sums stand beside them.
#include <criterion/criterion.h>
#include <math.h>

#include "eval_figures.h"

static struct sl_tally *tally_of(const uint32_t *care, size_t care_count, const uint32_t *other,
                                 size_t other_count) {
    static struct sl_tally tally;
    tally = (struct sl_tally){0};
    for (size_t i = 0; i < care_count; i++) {
        tally.care[care[i]]++;
    }
    for (size_t i = 0; i < other_count; i++) {
        tally.other[other[i]]++;
    }
    return &tally;
}

#define TALLY(care, other)                                                                         \
    tally_of(care, sizeof(care) / sizeof *(care), other, sizeof(other) / sizeof *(other))

static const uint32_t CARE[] = {900, 700, 300};
static const uint32_t OTHER[] = {800, 200, 100};

static void expect_near(const char *what, double value, double expected) {
    cr_expect(fabs(value - expected) < 1e-7, "%s is %.9f instead of %.9f", what, value, expected);
}

Test(figures, confusion_counts_posts_on_either_side_of_the_threshold) {
    struct sl_confusion confusion = sl_confusion_at(TALLY(CARE, OTHER), 500);
    cr_expect_eq(confusion.hits, 2);
    cr_expect_eq(confusion.alarms, 1);
    cr_expect_eq(confusion.misses, 1);
    cr_expect_eq(confusion.rejections, 2);
}

Test(figures, figures_as_called_need_no_threshold) {
    struct sl_tally tally = {0};
    sl_tally_post(&tally, 900, true, false); // as where a flag of the agency decides
    sl_tally_post(&tally, 100, true, true);
    sl_tally_post(&tally, 100, false, true);
    sl_tally_post(&tally, 100, false, false);
    struct sl_figures figures = sl_figures_called(&tally);
    cr_expect_eq(figures.confusion.hits, 1);
    cr_expect_eq(figures.confusion.misses, 1);
    cr_expect_eq(figures.confusion.alarms, 1);
    cr_expect_eq(figures.confusion.rejections, 1);
    expect_near("ROC area", figures.roc_area, 3.0 / 4);
}

Test(figures, score_at_the_threshold_is_called_care) {
    struct sl_confusion at = sl_confusion_at(TALLY(CARE, OTHER), 700);
    cr_expect_eq(at.hits, 2);
    at = sl_confusion_at(TALLY(CARE, OTHER), 701);
    cr_expect_eq(at.hits, 1);
}

Test(figures, precision_recall_and_f1_of_a_small_set) {
    struct sl_figures figures = sl_figures_of(TALLY(CARE, OTHER), 300);
    expect_near("precision", figures.precision, 3.0 / 4);
    expect_near("recall", figures.recall, 1);
    expect_near("F1", figures.f1, 6.0 / 7);
}

Test(figures, average_precision_is_the_mean_over_the_requests_found) {
    // 900 is the first of 1, 700 the second of 3, 300 the third of 4.
    expect_near("AP", sl_tally_average_precision(TALLY(CARE, OTHER)),
                (1.0 / 1 + 2.0 / 3 + 3.0 / 4) / 3);
}

Test(figures, roc_area_is_the_share_of_pairs_in_the_right_order) {
    // 900 is above all three, 700 above two, 300 above two.
    expect_near("ROC area", sl_tally_roc_area(TALLY(CARE, OTHER)), 7.0 / 9);
}

Test(figures, equal_scores_have_no_order) {
    static const uint32_t same[] = {500, 500};
    expect_near("AP", sl_tally_average_precision(TALLY(same, same)), 0.5);
    expect_near("ROC area", sl_tally_roc_area(TALLY(same, same)), 0.5);
}

Test(figures, brier_and_log_loss_of_a_small_set) {
    double brier = (0.01 + 0.09 + 0.49 + 0.64 + 0.04 + 0.01) / 6;
    double loss = -(log(0.9) + log(0.7) + log(0.3) + log(0.2) + log(0.8) + log(0.9)) / 6;
    expect_near("Brier", sl_tally_brier(TALLY(CARE, OTHER)), brier);
    expect_near("log loss", sl_tally_log_loss(TALLY(CARE, OTHER)), loss);
}

Test(figures, log_loss_of_certain_scores_is_finite) {
    static const uint32_t wrong_care[] = {0}, wrong_other[] = {1000};
    expect_near("log loss", sl_tally_log_loss(TALLY(wrong_care, wrong_other)), -log(0.0005));
}

Test(figures, calibration_puts_scores_into_ten_bins) {
    static const uint32_t care[] = {0, 99, 100, 950, 1000, 1000, 1000},
                          other[] = {50, 100, 199, 1000};
    struct sl_calibration_bin bins[SL_EVAL_BINS];
    sl_tally_calibration(TALLY(care, other), bins);
    cr_expect_eq(bins[0].posts, 3);
    cr_expect_eq(bins[0].care, 2);
    expect_near("mean score", bins[0].mean_score, 0.149 / 3);
    expect_near("share", bins[0].share, 2.0 / 3);
    cr_expect_eq(bins[1].posts, 3);
    cr_expect_eq(bins[9].posts, 5);
    cr_expect_eq(bins[9].care, 4);
    cr_expect_eq(bins[5].posts, 0);
    cr_expect(isnan(bins[5].share) && isnan(bins[5].share_low));
    double error = (3 * fabs(0.149 / 3 - 2.0 / 3) + 3 * fabs(0.399 / 3 - 1.0 / 3) +
                    5 * fabs(4.95 / 5 - 4.0 / 5)) /
                   11;
    expect_near("calibration error", sl_figures_of(TALLY(care, other), 500).calibration_error,
                error);
}

Test(figures, interval_of_a_share_is_wilsons) {
    // 8 of 10, z = 1.96: the textbook's 0.490 to 0.943.
    uint32_t care[8], other[2];
    for (size_t i = 0; i < 8; i++) {
        care[i] = 450;
    }
    other[0] = other[1] = 450;
    struct sl_calibration_bin bins[SL_EVAL_BINS];
    sl_tally_calibration(TALLY(care, other), bins);
    cr_expect(fabs(bins[4].share_low - 0.4902) < 5e-5, "%f", bins[4].share_low);
    cr_expect(fabs(bins[4].share_high - 0.9433) < 5e-5, "%f", bins[4].share_high);
}

Test(figures, best_threshold_is_the_middle_of_those_that_share_the_best_f1) {
    // Between 200 and 300 all three requests are called, and one other post.
    cr_expect_eq(sl_tally_best_threshold(TALLY(CARE, OTHER), 1), 250);
}

Test(figures, best_threshold_without_requests_is_the_fallback) {
    static const uint32_t none[] = {0};
    cr_expect_eq(sl_tally_best_threshold(tally_of(none, 0, OTHER, 3), 412), 412);
    // A request with a score of 0 can never be called.
    cr_expect_eq(sl_tally_best_threshold(TALLY(none, OTHER), 412), 412);
}

Test(figures, one_class_alone_leaves_figures_without_a_value) {
    struct sl_figures none = sl_figures_of(tally_of(CARE, 0, OTHER, 3), 500);
    cr_expect(isnan(none.recall) && isnan(none.f1) && isnan(none.average_precision) &&
              isnan(none.roc_area));
    expect_near("precision", none.precision, 0);
    struct sl_figures all = sl_figures_of(tally_of(CARE, 3, OTHER, 0), 950);
    cr_expect(isnan(all.precision) && isnan(all.roc_area));
    expect_near("recall", all.recall, 0);
    expect_near("F1", all.f1, 0);
    cr_expect(isnan(sl_figures_of(tally_of(CARE, 0, OTHER, 0), 500).brier));
}

Test(figures, curve_goes_from_the_highest_score_to_all_posts) {
    struct sl_pr_point points[SL_EVAL_SCORES];
    cr_assert_eq(sl_tally_curve(TALLY(CARE, OTHER), points), 6);
    cr_expect_eq(points[0].threshold_permille, 900);
    expect_near("precision", points[1].precision, 0.5);
    expect_near("recall", points[2].recall, 2.0 / 3);
    expect_near("recall", points[5].recall, 1);
    expect_near("precision", points[5].precision, 0.5);
    cr_expect_eq(sl_tally_curve(tally_of(CARE, 0, OTHER, 3), points), 0);
}
