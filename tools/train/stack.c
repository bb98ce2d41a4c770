// SPDX-License-Identifier: Apache-2.0
#include "stack.h"

#include <math.h>
#include <string.h>

#define STEPS_MAX 50
// Holds the slopes where the posts fall apart without a mistake; nothing beside a few posts.
#define RIDGE 1e-3

static double sigmoid(double logit) {
    return logit > 0 ? 1 / (1 + exp(-logit)) : exp(logit) / (1 + exp(logit));
}

double sl_stack_probability(const struct sl_stack *stack, double rules, double model) {
    return sigmoid(stack->offset + stack->rules_slope * rules + stack->model_slope * model);
}

struct newton {
    double gradient[3];
    double hessian[3][3];
};

static struct newton look(const struct sl_predictions *predictions, const double *numbers,
                          const bool *used) {
    struct newton newton = {0};
    for (size_t i = 0; i < predictions->count; i++) {
        double values[3] = {1, predictions->rules[i], predictions->model[i]};
        double logit = 0;
        for (unsigned a = 0; a < 3; a++) {
            logit += used[a] ? numbers[a] * values[a] : 0;
        }
        double probability = sigmoid(logit), weight = predictions->weights[i];
        for (unsigned a = 0; a < 3; a++) {
            newton.gradient[a] += weight * (probability - predictions->labels[i]) * values[a];
            for (unsigned b = 0; b < 3; b++) {
                newton.hessian[a][b] +=
                    weight * probability * (1 - probability) * values[a] * values[b];
            }
        }
    }
    for (unsigned a = 0; a < 3; a++) {
        newton.gradient[a] += a > 0 ? RIDGE * numbers[a] : 0;
        newton.hessian[a][a] += RIDGE;
    }
    return newton;
}

// Solves for the numbers in use; the matrix is positive definite, so no pivot is zero.
static void solve(struct newton *newton, const bool *used, double *ret_step) {
    for (unsigned a = 0; a < 3; a++) {
        for (unsigned b = 0; b < 3; b++) {
            newton->hessian[a][b] = used[a] && used[b] ? newton->hessian[a][b] : a == b;
        }
        newton->gradient[a] = used[a] ? newton->gradient[a] : 0;
    }
    for (unsigned a = 0; a < 3; a++) {
        for (unsigned b = a + 1; b < 3; b++) {
            double factor = newton->hessian[b][a] / newton->hessian[a][a];
            for (unsigned c = a; c < 3; c++) {
                newton->hessian[b][c] -= factor * newton->hessian[a][c];
            }
            newton->gradient[b] -= factor * newton->gradient[a];
        }
    }
    for (int a = 2; a >= 0; a--) {
        double rest = newton->gradient[a];
        for (unsigned b = (unsigned)a + 1; b < 3; b++) {
            rest -= newton->hessian[a][b] * ret_step[b];
        }
        ret_step[a] = rest / newton->hessian[a][a];
    }
}

static void fit(const struct sl_predictions *predictions, const bool *used, double *numbers) {
    for (unsigned i = 0; i < STEPS_MAX; i++) {
        struct newton newton = look(predictions, numbers, used);
        double step[3], most = 0;
        solve(&newton, used, step);
        for (unsigned a = 0; a < 3; a++) {
            // A step into the flat part of the curve may be far too long.
            double bounded = step[a] > 2 ? 2 : step[a] < -2 ? -2 : step[a];
            numbers[a] -= used[a] ? bounded : 0;
            most = fabs(bounded) > most ? fabs(bounded) : most;
        }
        if (most < 1e-9) {
            return;
        }
    }
}

struct sl_stack sl_stack_fit(const struct sl_predictions *predictions, enum sl_stack_of of) {
    bool used[3] = {true, (of & SL_STACK_RULES) != 0, (of & SL_STACK_MODEL) != 0};
    double numbers[3] = {0};
    fit(predictions, used, numbers);
    for (unsigned a = 1; a < 3; a++) {
        if (numbers[a] < 0) { // at its bound: the others without it
            memset(numbers, 0, sizeof numbers);
            used[a] = false;
            fit(predictions, used, numbers);
        }
    }
    return (struct sl_stack){numbers[0], numbers[1] > 0 ? numbers[1] : 0,
                             numbers[2] > 0 ? numbers[2] : 0};
}

// Weights of posts by score, as the engine rounds it.
struct scores {
    double care[1001], rest[1001];
};

static void count_scores(const struct sl_predictions *predictions, const struct sl_stack *stack,
                         struct scores *scores) {
    memset(scores, 0, sizeof *scores);
    for (size_t i = 0; i < predictions->count; i++) {
        double probability =
            sl_stack_probability(stack, predictions->rules[i], predictions->model[i]);
        long score = lround(1000 * probability);
        (predictions->labels[i] ? scores->care : scores->rest)[score] += predictions->weights[i];
    }
}

// Higher is better.
static double worth(double hits, double misses, double alarms, const struct sl_aim *aim) {
    if (aim->cost_miss > 0 || aim->cost_alarm > 0) {
        return -(aim->cost_miss * misses + aim->cost_alarm * alarms);
    }
    return hits > 0 ? 2 * hits / (2 * hits + misses + alarms) : 0;
}

uint32_t sl_stack_threshold(const struct sl_predictions *predictions, const struct sl_stack *stack,
                            const struct sl_aim *aim) {
    struct scores scores;
    double hits = 0, misses = 0, alarms = 0, best = -INFINITY;
    uint32_t first = 500, last = 500;
    count_scores(predictions, stack, &scores);
    for (unsigned score = 0; score <= 1000; score++) {
        misses += scores.care[score];
    }
    for (uint32_t score = 1000; score > 0; score--) {
        hits += scores.care[score];
        misses -= scores.care[score];
        alarms += scores.rest[score];
        double here = worth(hits, misses, alarms, aim);
        if (here > best) {
            best = here;
            first = last = score;
        } else if (here == best && last == score + 1) {
            last = score;
        }
    }
    return (first + last) / 2;
}

struct sl_train_figures sl_stack_figures(const struct sl_predictions *predictions,
                                         const struct sl_stack *stack,
                                         uint32_t threshold_permille) {
    struct sl_train_figures figures = {0};
    double hits = 0, misses = 0, alarms = 0, loss = 0, weight = 0;
    for (size_t i = 0; i < predictions->count; i++) {
        double probability =
            sl_stack_probability(stack, predictions->rules[i], predictions->model[i]);
        bool care = lround(1000 * probability) >= (long)threshold_permille;
        double right = predictions->labels[i] ? probability : 1 - probability;
        hits += care && predictions->labels[i] ? predictions->weights[i] : 0;
        misses += !care && predictions->labels[i] ? predictions->weights[i] : 0;
        alarms += care && !predictions->labels[i] ? predictions->weights[i] : 0;
        loss -= predictions->weights[i] * log(right > 1e-15 ? right : 1e-15);
        weight += predictions->weights[i];
    }
    figures.precision = hits > 0 ? hits / (hits + alarms) : 0;
    figures.recall = hits > 0 ? hits / (hits + misses) : 0;
    figures.f1 = hits > 0 ? 2 * hits / (2 * hits + misses + alarms) : 0;
    figures.log_loss = weight > 0 ? loss / weight : 0;
    return figures;
}
