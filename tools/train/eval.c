// SPDX-License-Identifier: Apache-2.0
#include "eval.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/error.h"
#include "engine/internal.h"
#include "eval_collect.h"
#include "eval_engines.h"
#include "eval_left_out.h"
#include "eval_texts.h"
#include "judging.h"
#include "terminal.h"

struct evaluation {
    const struct sl_eval_options *options;
    uint32_t judges_count;
    struct sl_labelled *posts;
    struct sl_engine *engines[SL_JUDGING_ENGINES_MAX];
    struct sl_engine *masker;
    struct sl_eval_collector *collector;
    struct sl_train_progress progress;
};

static int open_evaluation(struct evaluation *evaluation, struct sl_error *error) {
    const struct sl_eval_options *options = evaluation->options;
    if (sl_labelled_open(&options->posts, options->paths, options->paths_count, error,
                         &evaluation->posts) != SL_OK) {
        return SL_FAILED;
    }
    // Until there is a model, the second judge is the first without one.
    const struct sl_eval_judge_options alone = {.pack = options->judges[0].pack, .model = ""};
    for (uint32_t j = 0; j < evaluation->judges_count; j++) {
        if (sl_eval_open_engine(j < options->judges_count ? &options->judges[j] : &alone,
                                SL_EVAL_MASK_AS_PACK, error, &evaluation->engines[j]) != SL_OK) {
            return SL_FAILED;
        }
    }
    const struct sl_engine *const engines[] = {evaluation->engines[0], evaluation->engines[1]};
    const struct sl_eval_judge_options masker = {.pack = options->judges[0].pack, .model = ""};
    return sl_eval_open_engine(&masker, SL_EVAL_MASK_ALL, error, &evaluation->masker) == SL_OK
               ? sl_eval_collector_open(options, evaluation->judges_count, evaluation->posts,
                                        engines, evaluation->masker, error, &evaluation->collector)
               : SL_FAILED;
}

static void close_evaluation(struct evaluation *evaluation) {
    sl_eval_collector_close(evaluation->collector);
    sl_engine_close(evaluation->masker);
    for (uint32_t j = 0; j < SL_JUDGING_ENGINES_MAX; j++) {
        sl_engine_close(evaluation->engines[j]);
    }
    sl_labelled_close(evaluation->posts);
}

static int receive(void *context, const struct sl_judged *judged, struct sl_error *error) {
    struct evaluation *evaluation = context;
    return sl_eval_collect(evaluation->collector, judged, error);
}

static void show_progress(void *context) {
    struct evaluation *evaluation = context;
    sl_train_progress_show(&evaluation->progress, "judging",
                           sl_labelled_progress(evaluation->posts),
                           sl_labelled_count(evaluation->posts)->posts, "posts");
}

static int judge_posts(struct evaluation *evaluation, struct sl_error *error) {
    const struct sl_eval_options *options = evaluation->options;
    const struct sl_judging judging = {
        .posts = evaluation->posts,
        .engines = {evaluation->engines[0], evaluation->engines[1]},
        .engines_count = evaluation->judges_count,
        .threads = options->threads,
        .receive = receive,
        .context = evaluation,
        .progress = show_progress,
    };
    evaluation->progress.quiet = !options->progress;
    int result = sl_judging_run(&judging, error);
    sl_train_progress_clear(&evaluation->progress);
    return result;
}

// Posts of one value, with a model that did not see them in place of the second judge.
static int judge_left_out(void *context, struct sl_labelled *posts, const char *model_path,
                          struct sl_error *error) {
    struct evaluation *evaluation = context;
    const struct sl_eval_judge_options judge = {.pack = evaluation->options->judges[0].pack,
                                                .model = model_path};
    struct sl_engine *engine, *before = evaluation->engines[1];
    struct sl_labelled *all = evaluation->posts;
    if (sl_eval_open_engine(&judge, SL_EVAL_MASK_AS_PACK, error, &engine) != SL_OK) {
        return SL_FAILED;
    }
    evaluation->posts = posts;
    evaluation->engines[1] = engine;
    sl_eval_collector_use(evaluation->collector, 1, engine);
    int result = judge_posts(evaluation, error);
    sl_eval_collector_use(evaluation->collector, 1, before);
    evaluation->engines[1] = before;
    evaluation->posts = all;
    sl_engine_close(engine);
    return result;
}

static int judge_all(struct evaluation *evaluation, struct sl_error *error,
                     struct sl_labelled_counts *ret_counts) {
    if (evaluation->options->leave_out != NULL) {
        return sl_left_out_run(evaluation->options, judge_left_out, evaluation, error, ret_counts);
    }
    int result = judge_posts(evaluation, error);
    *ret_counts = *sl_labelled_count(evaluation->posts);
    return result == SL_OK ? sl_labelled_require_posts(evaluation->posts, error) : result;
}

static int name_judge(const struct evaluation *evaluation, uint32_t j, struct sl_error *error,
                      struct sl_eval_judge *judge) {
    const struct sl_eval_options *options = evaluation->options;
    const struct sl_pack *pack = sl_engine_pack(evaluation->engines[j]);
    const char *model = NULL, *left_out = j < options->judges_count ? NULL : options->leave_out;
    if (sl_engine_has_model(evaluation->engines[j])) {
        model = options->judges[j].model != NULL ? options->judges[j].model : pack->model_path;
    }
    judge->pack = strdup(pack->full_name);
    judge->path = strdup(pack->path);
    judge->model = model != NULL ? strdup(model) : NULL;
    judge->left_out = left_out != NULL ? strdup(left_out) : NULL;
    return judge->pack != NULL && judge->path != NULL &&
                   (model == NULL) == (judge->model == NULL) &&
                   (left_out == NULL) == (judge->left_out == NULL)
               ? SL_OK
               : sl_error_set(error, "no memory for a report");
}

int sl_eval_run(const struct sl_eval_options *options, struct sl_error *error,
                struct sl_eval_report **ret_report) {
    struct evaluation evaluation = {
        .options = options, .judges_count = options->leave_out != NULL ? 2 : options->judges_count};
    SL_ASSERT(options->leave_out == NULL || options->judges_count == 1);
    struct sl_eval_report *report = calloc(1, sizeof *report);
    int result = report != NULL ? open_evaluation(&evaluation, error)
                                : sl_error_set(error, "no memory for a report");
    if (result == SL_OK) {
        result = judge_all(&evaluation, error, &report->counts);
    }
    if (result == SL_OK) {
        result = sl_eval_collector_finish(evaluation.collector, error, report);
    }
    for (uint32_t j = 0; j < evaluation.judges_count && result == SL_OK; j++) {
        result = name_judge(&evaluation, j, error, &report->judges[j]);
    }
    close_evaluation(&evaluation);
    if (result != SL_OK) {
        sl_eval_report_free(report);
        return SL_FAILED;
    }
    *ret_report = report;
    return SL_OK;
}

static void free_texts(struct sl_eval_texts *texts) {
    for (uint32_t i = 0; i < texts->count; i++) {
        sl_eval_text_free(&texts->texts[i]);
    }
    free(texts->texts);
}

static void free_findings(struct sl_eval_findings *findings) {
    for (uint32_t i = 0; i < findings->count; i++) {
        free(findings->findings[i].name);
    }
    free(findings->findings);
    free(findings->unknown_words);
}

static void free_groups(struct sl_eval_groups *groups) {
    for (uint32_t i = 0; i < groups->count; i++) {
        free(groups->groups[i]->name);
        free(groups->groups[i]);
    }
    free(groups->groups);
    free(groups->field);
}

void sl_eval_report_free(struct sl_eval_report *report) {
    if (report == NULL) {
        return;
    }
    for (uint32_t j = 0; j < 2; j++) {
        free(report->judges[j].pack);
        free(report->judges[j].path);
        free(report->judges[j].model);
        free(report->judges[j].left_out);
    }
    for (uint32_t i = 0; i < report->groups_count; i++) {
        free_groups(&report->groups[i]);
    }
    for (uint32_t i = 0; i < report->called_count; i++) {
        free(report->called[i].word);
    }
    free(report->called);
    free_findings(&report->topics);
    free_findings(&report->signals);
    free_texts(&report->misses);
    free_texts(&report->alarms);
    for (uint32_t i = 0; i < SL_EVAL_CHANGES_COUNT; i++) {
        free_texts(&report->changes[i]);
    }
    free(report->resampled_by);
    free(report);
}
