// SPDX-License-Identifier: Apache-2.0
//
// train/stack.h - from two logits to one probability, and from that to yes or no.
//
// The combination is a logistic regression of three numbers, fitted to held-out predictions by
// Newton's method. Neither slope may fall below zero: a rule that speaks for care never makes it
// less likely. With the rules' logit alone, or the model's, it is Platt's calibration
// ("Probabilistic outputs for support vector machines", 1999).
#ifndef SL_TRAIN_STACK_H
#define SL_TRAIN_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "train.h"

// Held-out predictions, by post.
struct sl_predictions {
    size_t count;
    const double *rules; // logits
    const double *model;
    const bool *labels;
    const double *weights;
};

struct sl_stack {
    double offset, rules_slope, model_slope;
};

// What the combination may use.
enum sl_stack_of {
    SL_STACK_RULES = 1,
    SL_STACK_MODEL = 2,
    SL_STACK_BOTH = 3,
};

struct sl_stack sl_stack_fit(const struct sl_predictions *predictions, enum sl_stack_of of);

double sl_stack_probability(const struct sl_stack *stack, double rules, double model);

// What a threshold is chosen by.
struct sl_aim {
    double cost_miss, cost_alarm; // least cost; both 0: best F1
};

// The threshold in thousandths, at least 1. Of several that are best, the middle of their stretch.
uint32_t sl_stack_threshold(const struct sl_predictions *predictions, const struct sl_stack *stack,
                            const struct sl_aim *aim);

struct sl_train_figures sl_stack_figures(const struct sl_predictions *predictions,
                                         const struct sl_stack *stack, uint32_t threshold_permille);

#endif
