// SPDX-License-Identifier: Apache-2.0
#include "learn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "parallel.h"
#include "train.h"

#define PASSES_MAX 200
#define KEPT_MAX   8    // pairs of steps and changes of the gradient
#define LEAST_GAIN 1e-6 // of the loss, in one pass: below it no figure moves any more
#define SUFFICIENT 1e-4 // Armijo's: of the gain that the slope promises
#define HALVINGS   20

struct learner {
    const struct sl_learn_problem *problem;
    size_t size;
    double weight; // of all posts
    float *shards[SL_TRAIN_SHARDS];
    double losses[SL_TRAIN_SHARDS];
    const float *at; // where the gradient is taken
    float *gradient;
    double penalties[SL_TRAIN_SHARDS];
    uint32_t passes;
    float *logits; // of a prediction
};

size_t sl_learn_size(const struct sl_learn_problem *problem) {
    return ((size_t)1 << problem->bits) + problem->patterns_count + 1;
}

static uint32_t shard_start(const struct sl_learn_problem *problem, uint32_t shard) {
    return (uint32_t)((uint64_t)problem->corpus->posts_count * shard / SL_TRAIN_SHARDS);
}

// One post.

static uint32_t hashes_of(const struct sl_learn_problem *problem,
                          const struct sl_corpus_post *post) {
    return problem->words_only ? post->words_count : post->hashes_count;
}

static double share_of(uint32_t count) {
    return count > 0 ? 1 / sqrt(count) : 0;
}

static double logit_of(const struct sl_learn_problem *problem, const struct sl_corpus_post *post,
                       const float *answer) {
    const uint32_t *hashes = problem->corpus->numbers + post->first;
    const uint32_t *patterns = hashes + post->hashes_count;
    const float *of_patterns = answer + ((size_t)1 << problem->bits);
    uint32_t count = hashes_of(problem, post), shift = 32 - problem->bits;
    double sum = 0, logit = of_patterns[problem->patterns_count];
    for (uint32_t i = 0; i < count; i++) {
        sum += answer[hashes[i] >> shift];
    }
    for (uint32_t i = 0; i < post->patterns_count && problem->patterns_count > 0; i++) {
        logit += of_patterns[patterns[i]];
    }
    return logit + sum * share_of(count);
}

static void add_gradient(const struct sl_learn_problem *problem, const struct sl_corpus_post *post,
                         double slope, float *gradient) {
    const uint32_t *hashes = problem->corpus->numbers + post->first;
    const uint32_t *patterns = hashes + post->hashes_count;
    float *of_patterns = gradient + ((size_t)1 << problem->bits);
    uint32_t count = hashes_of(problem, post), shift = 32 - problem->bits;
    float part = (float)(slope * share_of(count));
    for (uint32_t i = 0; i < count; i++) {
        gradient[hashes[i] >> shift] += part;
    }
    for (uint32_t i = 0; i < post->patterns_count && problem->patterns_count > 0; i++) {
        of_patterns[patterns[i]] += (float)slope;
    }
    of_patterns[problem->patterns_count] += (float)slope;
}

// One pass.

static void pass_shard(void *context, uint32_t thread, uint32_t shard) {
    (void)thread;
    struct learner *learner = context;
    const struct sl_learn_problem *problem = learner->problem;
    uint32_t to = shard_start(problem, shard + 1);
    float *gradient = learner->shards[shard];
    double loss = 0;
    memset(gradient, 0, learner->size * sizeof *gradient);
    for (uint32_t i = shard_start(problem, shard); i < to; i++) {
        double weight = problem->weights[i];
        if (weight > 0) {
            const struct sl_corpus_post *post = &problem->corpus->posts[i];
            double label = problem->labels[i] ? 1 : -1;
            double margin = label * logit_of(problem, post, learner->at);
            double away = exp(-fabs(margin)),
                   wrong = margin > 0 ? away / (1 + away) : 1 / (1 + away);
            loss += weight * (log1p(away) + (margin < 0 ? -margin : 0));
            add_gradient(problem, post, -label * weight * wrong, gradient);
        }
    }
    learner->losses[shard] = loss;
}

// Joins the shards' gradients over one stretch of weights; the bias is the last of all.
static void join_stretch(void *context, uint32_t thread, uint32_t stretch) {
    (void)thread;
    struct learner *learner = context;
    size_t from = learner->size * stretch / SL_TRAIN_SHARDS;
    size_t to = learner->size * (stretch + 1) / SL_TRAIN_SHARDS;
    float scale = (float)(1 / learner->weight), penalty = (float)learner->problem->penalty;
    double squares = 0;
    memcpy(learner->gradient + from, learner->shards[0] + from, (to - from) * sizeof(float));
    for (uint32_t shard = 1; shard < SL_TRAIN_SHARDS; shard++) {
        for (size_t i = from; i < to; i++) {
            learner->gradient[i] += learner->shards[shard][i];
        }
    }
    for (size_t i = from; i < to; i++) {
        bool is_bias = i + 1 == learner->size;
        learner->gradient[i] *= scale;
        learner->gradient[i] += is_bias ? 0 : penalty * learner->at[i];
        squares += is_bias ? 0 : (double)learner->at[i] * learner->at[i];
    }
    learner->penalties[stretch] = squares;
}

// The loss at `at`; its gradient goes to `gradient`.
static double pass(struct learner *learner, const float *at, float *gradient) {
    const struct sl_learn_problem *problem = learner->problem;
    double loss = 0, squares = 0;
    learner->at = at;
    learner->gradient = gradient;
    sl_parallel(problem->threads, SL_TRAIN_SHARDS, pass_shard, learner);
    sl_parallel(problem->threads, SL_TRAIN_SHARDS, join_stretch, learner);
    for (uint32_t i = 0; i < SL_TRAIN_SHARDS; i++) {
        loss += learner->losses[i];
        squares += learner->penalties[i];
    }
    learner->passes++;
    if (problem->progress != NULL) {
        problem->progress(problem->progress_context);
    }
    return loss / learner->weight + problem->penalty / 2 * squares;
}

// L-BFGS.

struct memory {
    float *steps[KEPT_MAX], *changes[KEPT_MAX]; // of the answer, and of its gradient
    double curvatures[KEPT_MAX];                // their products
    uint32_t count, next;
};

static double product(const float *a, const float *b, size_t size) {
    double sums[4] = {0};
    size_t i = 0;
    for (; i + 4 <= size; i += 4) {
        for (unsigned lane = 0; lane < 4; lane++) {
            sums[lane] += (double)a[i + lane] * b[i + lane];
        }
    }
    for (; i < size; i++) {
        sums[0] += (double)a[i] * b[i];
    }
    return sums[0] + sums[1] + sums[2] + sums[3];
}

static void add_times(float *to, const float *from, double factor, size_t size) {
    float times = (float)factor;
    for (size_t i = 0; i < size; i++) {
        to[i] += times * from[i];
    }
}

// The two loops: minus the gradient, times what is known of the inverse curvature.
static void find_direction(const struct memory *memory, const float *gradient, float *direction,
                           size_t size) {
    double factors[KEPT_MAX];
    for (size_t i = 0; i < size; i++) {
        direction[i] = -gradient[i];
    }
    for (uint32_t k = 0; k < memory->count; k++) {
        uint32_t i = (memory->next + KEPT_MAX - 1 - k) % KEPT_MAX;
        factors[i] = product(memory->steps[i], direction, size) / memory->curvatures[i];
        add_times(direction, memory->changes[i], -factors[i], size);
    }
    if (memory->count > 0) {
        uint32_t last = (memory->next + KEPT_MAX - 1) % KEPT_MAX;
        float scale = (float)(memory->curvatures[last] /
                              product(memory->changes[last], memory->changes[last], size));
        for (size_t i = 0; i < size; i++) {
            direction[i] *= scale;
        }
    }
    for (uint32_t k = memory->count; k > 0; k--) {
        uint32_t i = (memory->next + KEPT_MAX - k) % KEPT_MAX;
        double back = product(memory->changes[i], direction, size) / memory->curvatures[i];
        add_times(direction, memory->steps[i], factors[i] - back, size);
    }
}

// `before` become the step and the change that led to what is now.
static void remember(struct memory *memory, const float *answer, const float *gradient,
                     const float *answer_before, const float *gradient_before, size_t size) {
    float *step = memory->steps[memory->next], *change = memory->changes[memory->next];
    for (size_t i = 0; i < size; i++) {
        step[i] = answer[i] - answer_before[i];
        change[i] = gradient[i] - gradient_before[i];
    }
    double curvature = product(step, change, size);
    if (curvature > 1e-12) {
        memory->curvatures[memory->next] = curvature;
        memory->next = (memory->next + 1) % KEPT_MAX;
        memory->count += memory->count < KEPT_MAX;
    }
}

struct descent {
    struct memory memory;
    float *answer, *gradient;           // now
    float *next_answer, *next_gradient; // tried
    float *direction;
};

static void swap(float **a, float **b) {
    float *kept = *a;
    *a = *b;
    *b = kept;
}

// False: no step along the direction is better.
static bool step(struct learner *learner, struct descent *descent, double *loss) {
    double slope = product(descent->gradient, descent->direction, learner->size);
    double length = descent->memory.count > 0 ? 1 : 1 / sqrt(fabs(slope) + 1e-30);
    for (unsigned tries = 0; slope < 0 && tries < HALVINGS; tries++, length /= 2) {
        memcpy(descent->next_answer, descent->answer, learner->size * sizeof(float));
        add_times(descent->next_answer, descent->direction, length, learner->size);
        double next = pass(learner, descent->next_answer, descent->next_gradient);
        if (next <= *loss + SUFFICIENT * length * slope) {
            *loss = next;
            swap(&descent->answer, &descent->next_answer);
            swap(&descent->gradient, &descent->next_gradient);
            return true;
        }
    }
    return false;
}

static void descend(struct learner *learner, struct descent *descent) {
    double loss = pass(learner, descent->answer, descent->gradient);
    bool better = true;
    while (better && learner->passes < PASSES_MAX) {
        double before = loss;
        find_direction(&descent->memory, descent->gradient, descent->direction, learner->size);
        better = step(learner, descent, &loss);
        if (better) {
            remember(&descent->memory, descent->answer, descent->gradient, descent->next_answer,
                     descent->next_gradient, learner->size);
            better = before - loss > LEAST_GAIN * loss;
        }
    }
}

// All numbers stand in one piece of memory.
static float *take_memory(struct learner *learner, struct descent *descent) {
    size_t vectors = SL_TRAIN_SHARDS + 2 * KEPT_MAX + 5, size = learner->size;
    float *all = calloc(vectors * size, sizeof *all), *at = all;
    if (all == NULL) {
        return NULL;
    }
    for (uint32_t i = 0; i < SL_TRAIN_SHARDS; i++, at += size) {
        learner->shards[i] = at;
    }
    for (uint32_t i = 0; i < KEPT_MAX; i++, at += 2 * size) {
        descent->memory.steps[i] = at;
        descent->memory.changes[i] = at + size;
    }
    float **rest[] = {&descent->answer, &descent->gradient, &descent->next_answer,
                      &descent->next_gradient, &descent->direction};
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++, at += size) {
        *rest[i] = at;
    }
    return all;
}

int sl_learn(const struct sl_learn_problem *problem, float *answer, struct sl_error *error,
             uint32_t *ret_passes) {
    struct learner learner = {.problem = problem, .size = sl_learn_size(problem)};
    struct descent descent = {0};
    for (uint32_t i = 0; i < problem->corpus->posts_count; i++) {
        learner.weight += problem->weights[i];
    }
    float *memory = take_memory(&learner, &descent);
    if (memory == NULL) {
        return sl_error_set(error, "out of memory for %zu weights; give fewer --bits",
                            learner.size);
    }
    if (learner.weight > 0) {
        memcpy(descent.answer, answer, learner.size * sizeof *answer);
        descend(&learner, &descent);
        memcpy(answer, descent.answer, learner.size * sizeof *answer);
    }
    free(memory);
    *ret_passes = learner.passes;
    return SL_OK;
}

static void predict_shard(void *context, uint32_t thread, uint32_t shard) {
    (void)thread;
    struct learner *learner = context;
    const struct sl_learn_problem *problem = learner->problem;
    uint32_t to = shard_start(problem, shard + 1);
    for (uint32_t i = shard_start(problem, shard); i < to; i++) {
        learner->logits[i] = (float)logit_of(problem, &problem->corpus->posts[i], learner->at);
    }
}

void sl_learn_predict(const struct sl_learn_problem *problem, const float *answer,
                      float *ret_logits) {
    struct learner learner = {.problem = problem, .at = answer, .logits = ret_logits};
    sl_parallel(problem->threads, SL_TRAIN_SHARDS, predict_shard, &learner);
}
