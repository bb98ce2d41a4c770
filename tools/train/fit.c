// SPDX-License-Identifier: Apache-2.0
#include "fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "learn.h"

#define BITS_USUAL 18

// From most to least: each begins where the one before ended, and the first that is worse than its
// best predecessor twice in a row ends the search.
static const double penalties[] = {1e-3, 3e-4, 1e-4, 3e-5, 1e-5};

#define PENALTIES_COUNT (sizeof penalties / sizeof penalties[0])

// A head's posts are few; what serves care serves it nearly as well.
#define HEAD_PENALTY 1e-4

struct fitter {
    const struct sl_corpus *corpus;
    const struct sl_folds *folds;
    const struct sl_train_options *options;
    struct sl_fit *fit;
    struct sl_learn_problem problem;
    float *weights; // by post, as all are used
    float *part;    // the same without a fold
    bool *labels;
    float *logits;                      // of one prediction
    float *answers[SL_TRAIN_FOLDS_MAX]; // of the folds, for the next penalty to begin with
    double *held_out;                   // logits, by post
    double *best_held_out;
    double *rules;
    double *counted; // by post: 1 where it counts for the combination, else 0
    double *ones;
    struct sl_train_progress progress;
};

static void on_pass(void *context) {
    struct fitter *fitter = context;
    struct sl_fit *fit = fitter->fit;
    fit->passes++;
    fit->passed_posts += fitter->corpus->posts_count;
    sl_train_progress_show(&fitter->progress, "learning", -1, fit->passed_posts, "posts in passes");
}

// Memory.

static bool take_arrays(struct fitter *fitter) {
    size_t count = fitter->corpus->posts_count;
    fitter->weights = calloc(count, sizeof *fitter->weights);
    fitter->part = calloc(count, sizeof *fitter->part);
    fitter->labels = calloc(count, sizeof *fitter->labels);
    fitter->logits = calloc(count, sizeof *fitter->logits);
    fitter->held_out = calloc(count, sizeof *fitter->held_out);
    fitter->best_held_out = calloc(count, sizeof *fitter->best_held_out);
    fitter->rules = calloc(count, sizeof *fitter->rules);
    fitter->counted = calloc(count, sizeof *fitter->counted);
    fitter->ones = calloc(count, sizeof *fitter->ones);
    return fitter->weights != NULL && fitter->part != NULL && fitter->labels != NULL &&
           fitter->logits != NULL && fitter->held_out != NULL && fitter->best_held_out != NULL &&
           fitter->rules != NULL && fitter->counted != NULL && fitter->ones != NULL;
}

static void free_answers(struct fitter *fitter) {
    for (uint32_t i = 0; i < SL_TRAIN_FOLDS_MAX; i++) {
        free(fitter->answers[i]);
        fitter->answers[i] = NULL;
    }
}

static int take_answers(struct fitter *fitter, struct sl_error *error) {
    free_answers(fitter);
    for (uint32_t i = 0; i < fitter->folds->count; i++) {
        fitter->answers[i] = calloc(sl_learn_size(&fitter->problem), sizeof(float));
        if (fitter->answers[i] == NULL) {
            return sl_error_set(error, "out of memory for weights; give fewer --bits");
        }
    }
    return SL_OK;
}

static void free_arrays(struct fitter *fitter) {
    free_answers(fitter);
    free(fitter->weights);
    free(fitter->part);
    free(fitter->labels);
    free(fitter->logits);
    free(fitter->held_out);
    free(fitter->best_held_out);
    free(fitter->rules);
    free(fitter->counted);
    free(fitter->ones);
}

// With balance, both classes weigh the same in sum. Each fold is balanced by itself: where the
// posts that are left are seldom care only because a source of care is held out, the model must not
// learn that.
static void balance(const struct fitter *fitter, float *weights) {
    double sums[2] = {0};
    for (uint32_t i = 0; i < fitter->corpus->posts_count; i++) {
        sums[fitter->labels[i]] += weights[i];
    }
    for (uint32_t i = 0; i < fitter->corpus->posts_count && fitter->options->balance; i++) {
        double sum = sums[fitter->labels[i]];
        weights[i] *= sum > 0 ? (float)((sums[0] + sums[1]) / (2 * sum)) : 0;
    }
}

// One pass over the folds: every post gets the logit of a model that has not seen its group.
static int predict_held_out(struct fitter *fitter, struct sl_error *error) {
    uint32_t passes;
    for (uint32_t fold = 0; fold < fitter->folds->count; fold++) {
        for (uint32_t i = 0; i < fitter->corpus->posts_count; i++) {
            fitter->part[i] = fitter->folds->of[i] == fold ? 0 : fitter->weights[i];
        }
        balance(fitter, fitter->part);
        fitter->problem.weights = fitter->part;
        if (sl_learn(&fitter->problem, fitter->answers[fold], error, &passes) != SL_OK) {
            return SL_FAILED;
        }
        sl_learn_predict(&fitter->problem, fitter->answers[fold], fitter->logits);
        for (uint32_t i = 0; i < fitter->corpus->posts_count; i++) {
            if (fitter->folds->of[i] == fold) {
                fitter->held_out[i] = fitter->logits[i];
            }
        }
    }
    return SL_OK;
}

// Care.

// Of 0 and 1,000 it is far, not without end.
static double logit_of_permille(int32_t permille) {
    double share = permille < 1 ? 0.0005 : permille > 999 ? 0.9995 : permille / 1000.0;
    return log(share / (1 - share));
}

static struct sl_predictions predictions_of(const struct fitter *fitter, const double *model) {
    return (struct sl_predictions){.count = fitter->corpus->posts_count,
                                   .rules = fitter->rules,
                                   .model = model,
                                   .labels = fitter->labels,
                                   .weights = fitter->counted};
}

static int choose_penalty(struct fitter *fitter, struct sl_error *error) {
    double given = fitter->options->penalty, best = INFINITY;
    size_t count = given > 0 ? 1 : PENALTIES_COUNT;
    unsigned worse = 0;
    for (size_t i = 0; i < count && worse < 2; i++) {
        fitter->problem.penalty = given > 0 ? given : penalties[i];
        if (predict_held_out(fitter, error) != SL_OK) {
            return SL_FAILED;
        }
        struct sl_predictions predictions = predictions_of(fitter, fitter->held_out);
        struct sl_stack stack = sl_stack_fit(&predictions, SL_STACK_BOTH);
        double loss = sl_stack_figures(&predictions, &stack, 500).log_loss;
        worse = loss < best ? 0 : worse + 1;
        if (loss < best) {
            best = loss;
            fitter->fit->penalty = fitter->problem.penalty;
            fitter->fit->stack = stack;
            memcpy(fitter->best_held_out, fitter->held_out,
                   predictions.count * sizeof *fitter->held_out);
        }
    }
    return SL_OK;
}

static void choose_threshold(struct fitter *fitter, const struct sl_pack *pack) {
    struct sl_fit *fit = fitter->fit;
    struct sl_predictions predictions = predictions_of(fitter, fitter->best_held_out);
    struct sl_stack rules = {.rules_slope = 1}, model = sl_stack_fit(&predictions, SL_STACK_MODEL);
    struct sl_aim aim = {fitter->options->cost_miss, fitter->options->cost_alarm};
    predictions.weights = fitter->ones;
    fit->threshold_permille = sl_stack_threshold(&predictions, &fit->stack, &aim);
    fit->both = sl_stack_figures(&predictions, &fit->stack, fit->threshold_permille);
    fit->rules = sl_stack_figures(&predictions, &rules, (uint32_t)pack->threshold_permille);
    fit->model =
        sl_stack_figures(&predictions, &model, sl_stack_threshold(&predictions, &model, &aim));
}

static int fit_care(struct fitter *fitter, const struct sl_pack *pack, struct sl_error *error) {
    struct sl_fit *fit = fitter->fit;
    uint32_t passes;
    for (uint32_t i = 0; i < fitter->corpus->posts_count; i++) {
        fitter->labels[i] = fitter->corpus->posts[i].care;
        fitter->weights[i] = 1;
    }
    if (take_answers(fitter, error) != SL_OK || choose_penalty(fitter, error) != SL_OK) {
        return SL_FAILED;
    }
    fit->answer = calloc(sl_learn_size(&fitter->problem), sizeof *fit->answer);
    if (fit->answer == NULL) {
        return sl_error_set(error, "out of memory for weights; give fewer --bits");
    }
    fitter->problem.penalty = fit->penalty;
    balance(fitter, fitter->weights);
    fitter->problem.weights = fitter->weights;
    if (sl_learn(&fitter->problem, fit->answer, error, &passes) != SL_OK) {
        return SL_FAILED;
    }
    choose_threshold(fitter, pack);
    return SL_OK;
}

// Heads.

static uint64_t said(const struct sl_corpus_post *post, const struct sl_fit_head *head) {
    return (head->is_signal ? post->signals : post->topics) >> head->index & 1;
}

static bool is_known(const struct sl_corpus_post *post, const struct sl_fit_head *head) {
    return head->is_signal ? post->signals_known : post->topics_known;
}

static void count_head(const struct sl_corpus *corpus, struct sl_fit_head *head,
                       uint32_t *ret_others) {
    head->posts = *ret_others = 0;
    for (uint32_t i = 0; i < corpus->posts_count; i++) {
        const struct sl_corpus_post *post = &corpus->posts[i];
        head->posts += is_known(post, head) && said(post, head);
        *ret_others += is_known(post, head) && !said(post, head);
    }
}

// The threshold of a head is where its F1 is best on held-out posts.
static void choose_head_threshold(struct fitter *fitter, struct sl_fit_head *head) {
    for (uint32_t i = 0; i < fitter->corpus->posts_count; i++) {
        fitter->counted[i] = fitter->weights[i] > 0;
    }
    struct sl_predictions predictions = predictions_of(fitter, fitter->held_out);
    struct sl_stack stack = sl_stack_fit(&predictions, SL_STACK_MODEL);
    struct sl_aim best_f1 = {0, 0};
    uint32_t threshold = sl_stack_threshold(&predictions, &stack, &best_f1);
    struct sl_train_figures figures = sl_stack_figures(&predictions, &stack, threshold);
    // From the calibrated probability back to the head's own logit. A head that tells nothing has
    // no slope, and is never said.
    double logit = logit_of_permille((int32_t)threshold);
    head->threshold = stack.model_slope > 1e-6 ? (logit - stack.offset) / stack.model_slope : 1e5;
    head->precision = figures.precision;
    head->recall = figures.recall;
}

static int fit_head(struct fitter *fitter, struct sl_fit_head *head, struct sl_error *error) {
    uint32_t passes;
    for (uint32_t i = 0; i < fitter->corpus->posts_count; i++) {
        const struct sl_corpus_post *post = &fitter->corpus->posts[i];
        fitter->labels[i] = said(post, head);
        fitter->weights[i] = is_known(post, head);
    }
    if (take_answers(fitter, error) != SL_OK || predict_held_out(fitter, error) != SL_OK) {
        return SL_FAILED;
    }
    head->answer = calloc(sl_learn_size(&fitter->problem), sizeof *head->answer);
    if (head->answer == NULL) {
        return sl_error_set(error, "out of memory for weights");
    }
    choose_head_threshold(fitter, head);
    balance(fitter, fitter->weights);
    fitter->problem.weights = fitter->weights;
    return sl_learn(&fitter->problem, head->answer, error, &passes);
}

static int fit_heads(struct fitter *fitter, const struct sl_pack *pack, struct sl_error *error) {
    struct sl_fit *fit = fitter->fit;
    uint32_t count = pack->topics_count + pack->signals_count;
    fit->heads = calloc(count + 1, sizeof *fit->heads);
    if (fit->heads == NULL) {
        return sl_error_set(error, "out of memory for heads");
    }
    fitter->problem.words_only = true;
    fitter->problem.bits = SL_FIT_ROWS_BITS;
    fitter->problem.patterns_count = 0;
    fitter->problem.penalty = HEAD_PENALTY;
    for (uint32_t i = 0; i < count; i++) {
        bool is_signal = i >= pack->topics_count;
        struct sl_fit_head *head = &fit->heads[fit->heads_count];
        uint32_t others;
        *head = (struct sl_fit_head){.is_signal = is_signal,
                                     .index = is_signal ? i - pack->topics_count : i};
        count_head(fitter->corpus, head, &others);
        if (head->posts >= SL_FIT_HEAD_POSTS && others >= SL_FIT_HEAD_POSTS) {
            fit->heads_count++;
            if (fit_head(fitter, head, error) != SL_OK) {
                return SL_FAILED;
            }
        }
    }
    return SL_OK;
}

static int require_both(const struct sl_corpus *corpus, struct sl_error *error) {
    if (corpus->care_count > 0 && corpus->care_count < corpus->posts_count) {
        return SL_OK;
    }
    return sl_error_set(error,
                        "all %u posts are labelled alike: expected posts that are care and posts "
                        "that are not; see --care and --not-care",
                        corpus->posts_count);
}

int sl_fit_make(const struct sl_corpus *corpus, const struct sl_pack *pack,
                const struct sl_folds *folds, const struct sl_train_options *options,
                struct sl_error *error, struct sl_fit *ret_fit) {
    *ret_fit = (struct sl_fit){.bits = options->bits != 0 ? options->bits : BITS_USUAL,
                               .patterns_count = pack->patterns_count};
    struct fitter fitter = {.corpus = corpus, .folds = folds, .options = options, .fit = ret_fit};
    fitter.problem = (struct sl_learn_problem){.corpus = corpus,
                                               .bits = ret_fit->bits,
                                               .patterns_count = ret_fit->patterns_count,
                                               .threads = options->threads,
                                               .progress = on_pass,
                                               .progress_context = &fitter};
    fitter.progress.quiet = options->quiet;
    int result = require_both(corpus, error);
    if (result == SL_OK && !take_arrays(&fitter)) {
        result = sl_error_set(error, "out of memory for so many posts");
    }
    int64_t started_ns = sl_clock_monotonic_ns();
    if (result == SL_OK) {
        fitter.problem.labels = fitter.labels;
        for (uint32_t i = 0; i < corpus->posts_count; i++) {
            fitter.rules[i] = corpus->posts[i].rules_milli / 1000.0;
            fitter.counted[i] = folds->is_mixed[i];
            fitter.ones[i] = 1;
        }
        result =
            fit_care(&fitter, pack, error) == SL_OK ? fit_heads(&fitter, pack, error) : SL_FAILED;
    }
    ret_fit->learning_ns = sl_clock_monotonic_ns() - started_ns;
    sl_train_progress_clear(&fitter.progress);
    free_arrays(&fitter);
    if (result != SL_OK) {
        sl_fit_done(ret_fit);
    }
    return result;
}

void sl_fit_done(struct sl_fit *fit) {
    for (uint32_t i = 0; i < fit->heads_count; i++) {
        free(fit->heads[i].answer);
    }
    free(fit->heads);
    free(fit->answer);
    *fit = (struct sl_fit){0};
}
