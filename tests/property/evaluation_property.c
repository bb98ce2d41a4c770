// SPDX-License-Identifier: Apache-2.0
//
// Goal: figures and intervals hold for any posts, and do not depend on how they are computed.
// Method: random sets; each figure once more from the posts themselves, pair by pair or step by
// step, without tallies; what must not change (threads, order of classes, posts in units of equals)
// does not. SLUICE_TEST_SEED takes a printed seed back.
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "eval_bootstrap.h"
#include "eval_figures.h"
#include "eval_texts.h"
#include "support/random.h"

#define ROUNDS    200
#define POSTS_MAX 60

struct sample {
    struct sl_scored posts[POSTS_MAX];
    size_t count;
};

// Few different scores, so that many are equal; sometimes one class alone.
static struct sample draw(struct sl_random *random) {
    struct sample sample = {.count = 1 + sl_random_below(random, POSTS_MAX)};
    uint32_t grain = 1 + (uint32_t)sl_random_below(random, 400);
    uint32_t care_in_8 = (uint32_t)sl_random_below(random, 9);
    for (size_t i = 0; i < sample.count; i++) {
        for (int j = 0; j < 2; j++) {
            uint32_t score = (uint32_t)sl_random_below(random, SL_EVAL_SCORES) / grain * grain;
            sample.posts[i].score_permille[j] = (uint16_t)score;
            sample.posts[i].called[j] = sl_random_below(random, 2) == 0;
        }
        sample.posts[i].care = sl_random_below(random, 8) < care_in_8;
    }
    return sample;
}

static struct sl_tally tally(const struct sample *sample, int judge) {
    struct sl_tally result = {0};
    for (size_t i = 0; i < sample->count; i++) {
        const struct sl_scored *post = &sample->posts[i];
        sl_tally_post(&result, post->score_permille[judge], post->care, post->called[judge]);
    }
    return result;
}

static void expect_same(const char *what, double value, double expected) {
    cr_assert(isnan(expected) ? isnan(value) : fabs(value - expected) < 1e-9,
              "%s is %.12f instead of %.12f", what, value, expected);
}

static double slow_roc_area(const struct sample *sample) {
    double right = 0, pairs = 0;
    for (size_t i = 0; i < sample->count; i++) {
        for (size_t j = 0; j < sample->count; j++) {
            const struct sl_scored *a = &sample->posts[i], *b = &sample->posts[j];
            if (a->care && !b->care) {
                pairs++;
                right += a->score_permille[0] > b->score_permille[0]    ? 1
                         : a->score_permille[0] == b->score_permille[0] ? 0.5
                                                                        : 0;
            }
        }
    }
    return pairs > 0 ? right / pairs : NAN;
}

// Of each request: the precision if all posts that score as high or higher are called.
static double slow_average_precision(const struct sample *sample) {
    double sum = 0, care = 0;
    for (size_t i = 0; i < sample->count; i++) {
        double hits = 0, called = 0;
        for (size_t j = 0; j < sample->count; j++) {
            if (sample->posts[j].score_permille[0] >= sample->posts[i].score_permille[0]) {
                called++;
                hits += sample->posts[j].care;
            }
        }
        care += sample->posts[i].care;
        sum += sample->posts[i].care ? hits / called : 0;
    }
    return care > 0 ? sum / care : NAN;
}

static double slow_f1(const struct sample *sample, uint32_t threshold, int judge) {
    double hits = 0, wrong = 0, care = 0;
    for (size_t i = 0; i < sample->count; i++) {
        const struct sl_scored *post = &sample->posts[i];
        bool called = post->score_permille[judge] >= threshold;
        care += post->care;
        hits += called && post->care;
        wrong += called != post->care;
    }
    return care > 0 ? 2 * hits / (2 * hits + wrong) : NAN;
}

static double slow_brier(const struct sample *sample) {
    double sum = 0;
    for (size_t i = 0; i < sample->count; i++) {
        double off = sample->posts[i].score_permille[0] / 1000.0 - sample->posts[i].care;
        sum += off * off;
    }
    return sum / (double)sample->count;
}

Test(evaluation, figures_are_those_of_the_posts_one_by_one) {
    struct sl_random random = {.state = sl_random_seed()};
    for (int round = 0; round < ROUNDS; round++) {
        struct sample sample = draw(&random);
        struct sl_tally counts = tally(&sample, 0);
        uint32_t threshold = (uint32_t)sl_random_below(&random, SL_EVAL_SCORES);
        struct sl_figures figures = sl_figures_of(&counts, threshold);
        expect_same("ROC area", figures.roc_area, slow_roc_area(&sample));
        expect_same("AP", figures.average_precision, slow_average_precision(&sample));
        expect_same("F1", figures.f1, slow_f1(&sample, threshold, 0));
        expect_same("Brier", figures.brier, slow_brier(&sample));
    }
}

Test(evaluation, no_threshold_is_better_than_the_best) {
    struct sl_random random = {.state = sl_random_seed()};
    for (int round = 0; round < ROUNDS; round++) {
        struct sample sample = draw(&random);
        struct sl_tally counts = tally(&sample, 0);
        uint32_t best = sl_tally_best_threshold(&counts, 500);
        double best_f1 = slow_f1(&sample, best, 0);
        for (uint32_t t = 1; t < SL_EVAL_SCORES && !isnan(best_f1); t++) {
            cr_assert_leq(slow_f1(&sample, t, 0), best_f1 + 1e-12);
        }
    }
}

Test(evaluation, roc_area_of_swapped_classes_and_mirrored_scores_is_the_same) {
    struct sl_random random = {.state = sl_random_seed()};
    for (int round = 0; round < ROUNDS; round++) {
        struct sample sample = draw(&random);
        struct sl_tally counts = tally(&sample, 0), mirrored;
        for (uint32_t score = 0; score < SL_EVAL_SCORES; score++) {
            mirrored.care[score] = counts.other[SL_EVAL_SCORES - 1 - score];
            mirrored.other[score] = counts.care[SL_EVAL_SCORES - 1 - score];
        }
        expect_same("ROC area", sl_tally_roc_area(&mirrored), sl_tally_roc_area(&counts));
        expect_same("Brier", sl_tally_brier(&mirrored), sl_tally_brier(&counts));
    }
}

Test(evaluation, curve_never_goes_back_and_ends_with_all_requests) {
    struct sl_random random = {.state = sl_random_seed()};
    struct sl_pr_point points[SL_EVAL_SCORES];
    for (int round = 0; round < ROUNDS; round++) {
        struct sample sample = draw(&random);
        struct sl_tally counts = tally(&sample, 0);
        uint32_t count = sl_tally_curve(&counts, points);
        for (uint32_t i = 0; i < count; i++) {
            struct sl_confusion at = sl_confusion_at(&counts, points[i].threshold_permille);
            expect_same("precision", points[i].precision, sl_confusion_precision(&at));
            expect_same("recall", points[i].recall, sl_confusion_recall(&at));
            cr_assert(i == 0 || points[i].recall >= points[i - 1].recall);
        }
        cr_assert(count == 0 || points[count - 1].recall == 1);
    }
}

static struct sl_bootstrap resample(const struct sl_scored *posts, size_t count, uint32_t units,
                                    uint32_t threads, uint64_t seed) {
    struct sl_error error = {0};
    struct sl_bootstrap result;
    const struct sl_bootstrap_job job = {.posts = posts,
                                         .posts_count = count,
                                         .units_count = units,
                                         .judges_count = 2,
                                         .replicates = 100,
                                         .seed = seed,
                                         .threads = threads};
    cr_assert_eq(sl_bootstrap_run(&job, &error, &result), SL_OK, "%s", error.text);
    return result;
}

// NAN is the same as NAN here.
static bool same_bytes(const struct sl_bootstrap *a, const struct sl_bootstrap *b) {
    return memcmp(a, b, sizeof *a) == 0;
}

Test(evaluation, bootstrap_is_the_same_for_any_threads_and_another_for_another_seed) {
    struct sl_random random = {.state = sl_random_seed()};
    bool differs = false;
    for (int round = 0; round < 20; round++) {
        struct sample sample = draw(&random);
        struct sl_bootstrap one = resample(sample.posts, sample.count, 0, 1, 7);
        struct sl_bootstrap three = resample(sample.posts, sample.count, 0, 3, 7);
        struct sl_bootstrap other = resample(sample.posts, sample.count, 0, 1, 8);
        cr_assert(same_bytes(&one, &three));
        differs |= !same_bytes(&one, &other);
    }
    cr_assert(differs);
}

Test(evaluation, bootstrap_of_equal_judges_finds_no_difference) {
    struct sl_random random = {.state = sl_random_seed()};
    for (int round = 0; round < 20; round++) {
        struct sample sample = draw(&random);
        for (size_t i = 0; i < sample.count; i++) {
            sample.posts[i].score_permille[1] = sample.posts[i].score_permille[0];
            sample.posts[i].called[1] = sample.posts[i].called[0];
        }
        struct sl_bootstrap result = resample(sample.posts, sample.count, 0, 2, 1);
        for (enum sl_eval_metric metric = 0; metric < SL_METRICS_COUNT; metric++) {
            struct sl_interval difference = result.difference[metric];
            cr_assert(isnan(difference.low) || (difference.low == 0 && difference.high == 0));
        }
    }
}

Test(evaluation, bootstrap_of_units_of_equal_posts_is_that_of_the_units) {
    struct sl_random random = {.state = sl_random_seed()};
    for (int round = 0; round < 20; round++) {
        struct sample sample = draw(&random);
        struct sl_scored copies[3 * POSTS_MAX];
        for (size_t i = 0; i < 3 * sample.count; i++) {
            copies[i] = sample.posts[i % sample.count];
            copies[i].unit = (uint32_t)(i % sample.count);
        }
        struct sl_bootstrap once = resample(sample.posts, sample.count, 0, 2, 3);
        struct sl_bootstrap units =
            resample(copies, 3 * sample.count, (uint32_t)sample.count, 2, 3);
        for (enum sl_eval_metric metric = 0; metric < SL_METRICS_COUNT; metric++) {
            expect_same("low", units.interval[0][metric].low, once.interval[0][metric].low);
            expect_same("high", units.difference[metric].high, once.difference[metric].high);
        }
    }
}

// Recall of n requests is a share: its interval is known without resampling.
Test(evaluation, bootstrap_interval_of_recall_is_about_that_of_a_share) {
    enum { REQUESTS = 500 };
    struct sl_scored posts[REQUESTS] = {0};
    for (size_t i = 0; i < REQUESTS; i++) {
        uint16_t score = i % 10 < 7 ? 800 : 200;
        posts[i] = (struct sl_scored){
            .score_permille = {score, score}, .called = {score > 500}, .care = true};
    }
    struct sl_error error = {0};
    struct sl_bootstrap result;
    const struct sl_bootstrap_job job = {.posts = posts,
                                         .posts_count = REQUESTS,
                                         .judges_count = 1,
                                         .replicates = 4000,
                                         .seed = 1,
                                         .threads = 2};
    cr_assert_eq(sl_bootstrap_run(&job, &error, &result), SL_OK);
    double half = 1.96 * sqrt(0.7 * 0.3 / REQUESTS);
    expect_same("recall", result.value[0][SL_METRIC_RECALL], 0.7);
    struct sl_interval recall = result.interval[0][SL_METRIC_RECALL];
    cr_assert(fabs(recall.low - (0.7 - half)) < 0.15 * half, "%f", recall.low);
    cr_assert(fabs(recall.high - (0.7 + half)) < 0.15 * half, "%f", recall.high);
}

static char *copy_of(uint32_t number) {
    char text[16];
    snprintf(text, sizeof text, "%u", number);
    return strdup(text);
}

Test(evaluation, best_texts_are_the_first_of_a_stable_sort) {
    struct sl_random random = {.state = sl_random_seed()};
    for (int round = 0; round < ROUNDS; round++) {
        struct sl_error error = {0};
        struct sl_best_texts best;
        int32_t ranks[50];
        uint32_t limit = (uint32_t)sl_random_below(&random, 12), count = 50;
        cr_assert_eq(sl_best_texts_init(&best, limit, &error), SL_OK);
        for (uint32_t i = 0; i < count; i++) {
            ranks[i] = (int32_t)sl_random_below(&random, 20);
            if (sl_best_texts_offer(&best, ranks[i])) {
                sl_best_texts_keep(&best, ranks[i], (struct sl_eval_text){.masked = copy_of(i)});
            }
        }
        cr_assert_eq(best.count, limit);
        cr_assert_eq(best.total, count);
        uint32_t place = 0;
        for (int32_t rank = 19; rank >= 0; rank--) {
            for (uint32_t i = 0; i < count && place < limit; i++) {
                if (ranks[i] == rank) {
                    cr_assert_eq((uint32_t)atoi(best.texts[place++].masked), i);
                }
            }
        }
        sl_best_texts_done(&best);
    }
}
