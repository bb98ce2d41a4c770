// SPDX-License-Identifier: Apache-2.0
//
// Goal: what is learned depends on the posts and the options, and on nothing else; and what the
// engine makes of a model file is what was learned.
// Method: a corpus made of drawn hashes, no files and no engine. The same problem on one thread and
// on four must give the same bytes; every post twice, or all weights doubled, the same answer; a
// larger penalty smaller weights. At the answer the gradient, taken here by differences of the
// loss, is nothing. Rounded to 8 bits and read back, every logit is within the bound that rounding
// allows.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "learn.h"
#include "model/file.h"
#include "stack.h"
#include "support/random.h"

#define POSTS 600
#define BITS  10

struct drawn {
    struct sl_corpus corpus;
    struct sl_corpus_post posts[2 * POSTS];
    uint32_t numbers[POSTS * 40];
    bool labels[2 * POSTS];
    float weights[2 * POSTS];
};

// Posts whose hashes lean one way or the other, and not always as the label says.
static struct drawn *draw(uint64_t seed, bool twice) {
    struct drawn *drawn = calloc(1, sizeof *drawn);
    struct sl_random random = {seed};
    uint32_t used = 0;
    for (uint32_t i = 0; i < POSTS; i++) {
        struct sl_corpus_post *post = &drawn->posts[i];
        bool care = sl_random_below(&random, 3) == 0;
        post->first = used;
        post->hashes_count = (uint32_t)sl_random_below(&random, 30);
        post->words_count = post->hashes_count / 2;
        post->patterns_count = (uint16_t)sl_random_below(&random, 3);
        for (uint32_t j = 0; j < post->hashes_count; j++) {
            uint32_t leaning = care && sl_random_below(&random, 2) == 0 ? 200 : 1024;
            drawn->numbers[used++] = (uint32_t)sl_random_below(&random, leaning) << (32 - BITS);
        }
        for (uint32_t j = 0; j < post->patterns_count; j++) {
            drawn->numbers[used++] = (uint32_t)sl_random_below(&random, 4);
        }
        drawn->labels[i] = care != (sl_random_below(&random, 10) == 0);
        drawn->weights[i] = 1;
        drawn->posts[POSTS + i] = *post;
        drawn->labels[POSTS + i] = drawn->labels[i];
        drawn->weights[POSTS + i] = 1;
    }
    drawn->corpus = (struct sl_corpus){.posts = drawn->posts,
                                       .posts_count = twice ? 2 * POSTS : POSTS,
                                       .numbers = drawn->numbers,
                                       .numbers_count = used};
    return drawn;
}

static struct sl_learn_problem problem_of(const struct drawn *drawn, double penalty,
                                          uint32_t threads) {
    return (struct sl_learn_problem){.corpus = &drawn->corpus,
                                     .bits = BITS,
                                     .patterns_count = 4,
                                     .penalty = penalty,
                                     .threads = threads,
                                     .weights = drawn->weights,
                                     .labels = drawn->labels};
}

static float *learn(const struct sl_learn_problem *problem) {
    struct sl_error error = {0};
    uint32_t passes;
    float *answer = calloc(sl_learn_size(problem), sizeof *answer);
    cr_assert_eq(sl_learn(problem, answer, &error, &passes), SL_OK, "%s", error.text);
    cr_assert_gt(passes, 2);
    return answer;
}

static double furthest(const float *a, const float *b, size_t count) {
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, fabs((double)a[i] - b[i]));
    }
    return most;
}

Test(training, learn_anyThreads_givesTheSameBytes) {
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct drawn *drawn = draw(seed, false);
        struct sl_learn_problem one = problem_of(drawn, 1e-3, 1), four = problem_of(drawn, 1e-3, 4);
        float *a = learn(&one), *b = learn(&four);
        cr_expect_eq(memcmp(a, b, sl_learn_size(&one) * sizeof *a), 0, "seed %lu", seed);
        free(a);
        free(b);
        free(drawn);
    }
}

Test(training, learn_everyPostTwice_changesNothing) {
    struct drawn *once = draw(7, false), *twice = draw(7, true);
    struct sl_learn_problem a = problem_of(once, 1e-3, 2), b = problem_of(twice, 1e-3, 2);
    float *single = learn(&a), *doubled = learn(&b);
    cr_expect_lt(furthest(single, doubled, sl_learn_size(&a)), 2e-2);
    for (uint32_t i = 0; i < POSTS; i++) {
        once->weights[i] = 2;
    }
    float *heavy = learn(&a);
    cr_expect_lt(furthest(single, heavy, sl_learn_size(&a)), 2e-2);
    once->weights[0] = 500; // one post alone is something else
    float *skewed = learn(&a);
    cr_expect_gt(furthest(single, skewed, sl_learn_size(&a)), 5e-2);
    free(single);
    free(doubled);
    free(heavy);
    free(skewed);
    free(once);
    free(twice);
}

// By the definition in learn.h.
static double loss_of(const struct drawn *drawn, const struct sl_learn_problem *problem,
                      const float *answer) {
    static float logits[2 * POSTS];
    double loss = 0, squares = 0;
    sl_learn_predict(problem, answer, logits);
    for (uint32_t i = 0; i < POSTS; i++) {
        loss += log1p(exp(drawn->labels[i] ? -logits[i] : logits[i])) / POSTS;
    }
    for (size_t i = 0; i + 1 < sl_learn_size(problem); i++) {
        squares += (double)answer[i] * answer[i];
    }
    return loss + problem->penalty / 2 * squares;
}

Test(training, learn_answer_isTheLeastLoss) {
    struct drawn *drawn = draw(11, false);
    struct sl_learn_problem problem = problem_of(drawn, 1e-2, 1);
    float *answer = learn(&problem);
    double least = loss_of(drawn, &problem, answer);
    struct sl_random random = {3};
    for (unsigned i = 0; i < 200; i++) {
        size_t at = sl_random_below(&random, sl_learn_size(&problem));
        float kept = answer[at], step = i % 2 == 0 ? 0.3f : -0.3f;
        answer[at] = kept + step;
        cr_expect_gt(loss_of(drawn, &problem, answer), least - 1e-6, "weight %zu", at);
        answer[at] = kept;
    }
    free(answer);
    free(drawn);
}

Test(training, learn_largerPenalty_smallerWeights) {
    struct drawn *drawn = draw(13, false);
    double before = INFINITY;
    for (double penalty = 1e-4; penalty < 1; penalty *= 10) {
        struct sl_learn_problem problem = problem_of(drawn, penalty, 1);
        float *answer = learn(&problem);
        double squares = 0;
        for (size_t i = 0; i + 1 < sl_learn_size(&problem); i++) {
            squares += (double)answer[i] * answer[i];
        }
        cr_expect_lt(squares, before);
        before = squares;
        free(answer);
    }
    free(drawn);
}

// Half a step for each weight, divided by the root of how many there are.
Test(training, round_weights_logitWithinTheBound) {
    struct drawn *drawn = draw(17, false);
    struct sl_learn_problem problem = problem_of(drawn, 1e-3, 1);
    float *answer = learn(&problem), *rounded = learn(&problem);
    static float exact[2 * POSTS], near[2 * POSTS];
    double most = 0;
    for (size_t i = 0; i < 1 << BITS; i++) {
        most = fmax(most, fabs(answer[i]));
    }
    double scale = most / 127;
    for (size_t i = 0; i < 1 << BITS; i++) {
        rounded[i] = (float)(scale * (double)lround(answer[i] / scale));
    }
    sl_learn_predict(&problem, answer, exact);
    sl_learn_predict(&problem, rounded, near);
    for (uint32_t i = 0; i < POSTS; i++) {
        double bound = scale / 2 * sqrt(drawn->posts[i].hashes_count) + 1e-5;
        cr_expect_leq(fabs((double)exact[i] - near[i]), bound);
    }
    free(answer);
    free(rounded);
    free(drawn);
}

// Labels drawn from a known combination: the fit must find it again.
Test(training, stack_knownCombination_isFound) {
    enum { COUNT = 20000 };
    static double rules[COUNT], model[COUNT], weights[COUNT];
    static bool labels[COUNT];
    struct sl_random random = {19};
    for (unsigned i = 0; i < COUNT; i++) {
        rules[i] = (double)sl_random_below(&random, 6001) / 1000 - 3;
        model[i] = (double)sl_random_below(&random, 6001) / 1000 - 3;
        double probability = 1 / (1 + exp(-(-0.5 + 1.2 * rules[i] + 0.7 * model[i])));
        labels[i] = (double)sl_random_below(&random, 1000000) / 1e6 < probability;
        weights[i] = 1;
    }
    struct sl_predictions predictions = {COUNT, rules, model, labels, weights};
    struct sl_stack stack = sl_stack_fit(&predictions, SL_STACK_BOTH);
    cr_expect_float_eq(stack.offset, -0.5, 0.1);
    cr_expect_float_eq(stack.rules_slope, 1.2, 0.1);
    cr_expect_float_eq(stack.model_slope, 0.7, 0.1);
    for (unsigned i = 0; i < COUNT; i++) {
        model[i] = -model[i];
    }
    stack = sl_stack_fit(&predictions, SL_STACK_BOTH);
    cr_expect_eq(stack.model_slope, 0, "no slope falls below zero");
    cr_expect_gt(stack.rules_slope, 0.5);
    // Whoever pays nine times as much for a miss asks for a tenth.
    struct sl_aim aim = {.cost_miss = 9, .cost_alarm = 1};
    for (unsigned i = 0; i < COUNT; i++) {
        model[i] = -model[i];
    }
    stack = sl_stack_fit(&predictions, SL_STACK_BOTH);
    cr_expect_float_eq((double)sl_stack_threshold(&predictions, &stack, &aim), 100, 40);
    aim = (struct sl_aim){.cost_miss = 1, .cost_alarm = 1};
    cr_expect_float_eq((double)sl_stack_threshold(&predictions, &stack, &aim), 500, 60);
    aim = (struct sl_aim){0, 0};
    uint32_t best = sl_stack_threshold(&predictions, &stack, &aim);
    for (uint32_t threshold = 1; threshold <= 1000; threshold++) {
        cr_expect_leq(sl_stack_figures(&predictions, &stack, threshold).f1,
                      sl_stack_figures(&predictions, &stack, best).f1 + 1e-12);
    }
}
