// SPDX-License-Identifier: Apache-2.0
#include "eval_collect.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/error.h"
#include "engine/internal.h"
#include "eval_findings.h"
#include "eval_groups.h"
#include "eval_texts.h"
#include "eval_why.h"
#include "intern.h"

#define LABEL_WORDS_MAX 64
#define NO_FIELD        UINT32_MAX

struct sl_eval_collector {
    const struct sl_eval_options *options;
    const struct sl_engine *engines[SL_JUDGING_ENGINES_MAX];
    uint32_t judges_count;
    uint32_t threshold_permille[SL_JUDGING_ENGINES_MAX];
    struct sl_tally tallies[SL_JUDGING_ENGINES_MAX];
    uint64_t unjudged;

    struct sl_scored *scored; // every post, for the bootstrap
    size_t scored_count, scored_room;
    uint32_t unit_group;    // the group that posts are drawn by, or NO_FIELD
    struct sl_intern units; // values of that group; a post without one gets a unit at the end

    struct sl_grouping groupings[SL_LABELLED_GROUPS_MAX + 1];
    uint32_t group_of[SL_LABELLED_GROUPS_MAX + 1]; // of a grouping; NO_FIELD: topics
    uint32_t groupings_count;
    struct sl_finding_counts topics, signals;
    uint64_t lines[2][SL_LINES_COUNT][SL_LINES_COUNT];
    struct sl_intern label_words;
    uint64_t called[LABEL_WORDS_MAX][2][SL_LABELS_COUNT];

    struct sl_judge *masker;
    struct sl_best_texts misses, alarms, changes[SL_EVAL_CHANGES_COUNT];
};

static int add_grouping(struct sl_eval_collector *collector, const char *field, uint32_t group,
                        struct sl_error *error) {
    uint32_t index = collector->groupings_count++;
    collector->group_of[index] = group;
    return sl_grouping_init(&collector->groupings[index], field, error);
}

// Authors are not told apart in a report unless they are asked for: they are persons.
static int open_groupings(struct sl_eval_collector *collector, const struct sl_labelled *posts,
                          struct sl_error *error) {
    uint32_t asked_from = SL_LABELLED_GROUPS_FIXED;
    uint32_t asked_end = asked_from + collector->options->posts.group_fields_count;
    if (add_grouping(collector, sl_labelled_group_field(posts, SL_LABELLED_SOURCE),
                     SL_LABELLED_SOURCE, error) != SL_OK ||
        add_grouping(collector, sl_labelled_group_field(posts, SL_LABELLED_LANG), SL_LABELLED_LANG,
                     error) != SL_OK) {
        return SL_FAILED;
    }
    for (uint32_t group = asked_from; group < asked_end; group++) {
        if (add_grouping(collector, sl_labelled_group_field(posts, group), group, error) != SL_OK) {
            return SL_FAILED;
        }
    }
    return add_grouping(collector, "topic", NO_FIELD, error);
}

static int find_units(struct sl_eval_collector *collector, const struct sl_labelled *posts,
                      struct sl_error *error) {
    const char *field = collector->options->resample_by;
    collector->unit_group = NO_FIELD;
    if (field == NULL) {
        return SL_OK;
    }
    for (uint32_t group = 0; group < sl_labelled_groups_count(posts); group++) {
        if (strcmp(sl_labelled_group_field(posts, group), field) == 0) {
            collector->unit_group = group;
            return SL_OK;
        }
    }
    return sl_error_set(error, "--resample-by %s: name the field with --by as well", field);
}

static int open_texts(struct sl_eval_collector *collector, struct sl_error *error) {
    uint32_t limit = collector->options->examples;
    int result = sl_best_texts_init(&collector->misses, limit, error);
    result = result == SL_OK ? sl_best_texts_init(&collector->alarms, limit, error) : result;
    for (uint32_t i = 0; i < SL_EVAL_CHANGES_COUNT && result == SL_OK; i++) {
        result = sl_best_texts_init(&collector->changes[i], limit, error);
    }
    return result;
}

int sl_eval_collector_open(const struct sl_eval_options *options, uint32_t judges_count,
                           const struct sl_labelled *posts, const struct sl_engine *const *engines,
                           const struct sl_engine *masker, struct sl_error *error,
                           struct sl_eval_collector **ret_collector) {
    struct sl_eval_collector *collector = calloc(1, sizeof *collector);
    if (collector == NULL) {
        return sl_error_set(error, "no memory for an evaluation");
    }
    collector->options = options;
    collector->judges_count = judges_count;
    for (uint32_t j = 0; j < judges_count; j++) {
        collector->engines[j] = engines[j];
        collector->threshold_permille[j] = (uint32_t)sl_engine_threshold_permille(engines[j]);
    }
    sl_intern_init(&collector->units, UINT32_MAX - 1);
    sl_intern_init(&collector->label_words, LABEL_WORDS_MAX);
    sl_finding_counts_init(&collector->topics, engines, judges_count, sl_engine_topic);
    sl_finding_counts_init(&collector->signals, engines, judges_count, sl_engine_signal);
    if (open_groupings(collector, posts, error) != SL_OK ||
        find_units(collector, posts, error) != SL_OK || open_texts(collector, error) != SL_OK ||
        sl_judge_open(masker, error, &collector->masker) != SL_OK) {
        sl_eval_collector_close(collector);
        return SL_FAILED;
    }
    *ret_collector = collector;
    return SL_OK;
}

void sl_eval_collector_close(struct sl_eval_collector *collector) {
    if (collector == NULL) {
        return;
    }
    for (uint32_t i = 0; i < collector->groupings_count; i++) {
        sl_grouping_done(&collector->groupings[i]);
    }
    for (uint32_t i = 0; i < SL_EVAL_CHANGES_COUNT; i++) {
        sl_best_texts_done(&collector->changes[i]);
    }
    sl_best_texts_done(&collector->misses);
    sl_best_texts_done(&collector->alarms);
    sl_finding_counts_done(&collector->topics);
    sl_finding_counts_done(&collector->signals);
    sl_intern_done(&collector->units);
    sl_intern_done(&collector->label_words);
    sl_judge_close(collector->masker);
    free(collector->scored);
    free(collector);
}

// Texts.

static char *mask(struct sl_eval_collector *collector, struct sl_str text) {
    const struct sl_text whole = {.data = text.data, .len = text.len, .mask_only = true};
    const struct sl_verdict *verdict = sl_judge_texts(collector->masker, &whole, 1);
    return verdict->outcome == SL_JUDGED ? strndup(verdict->masked.data, verdict->masked.len)
                                         : strdup("(a text that cannot be masked)");
}

static int keep_text(struct sl_eval_collector *collector, struct sl_best_texts *best, int32_t rank,
                     const struct sl_judged *judged, char *why, struct sl_error *error) {
    const struct sl_labelled_post *post = judged->post;
    struct sl_eval_text text = {.care = post->care, .why = why};
    for (uint32_t j = 0; j < collector->judges_count; j++) {
        text.score_permille[j] = judged->judgements[j].score_permille;
    }
    text.masked = mask(collector, post->text);
    text.source = strndup(
        post->groups[SL_LABELLED_SOURCE].data != NULL ? post->groups[SL_LABELLED_SOURCE].data : "",
        post->groups[SL_LABELLED_SOURCE].len);
    if (asprintf(&text.place, "%s:%" PRIu64, post->file, post->file_line) < 0) {
        text.place = NULL;
    }
    if (text.masked == NULL || text.source == NULL || text.place == NULL || why == NULL) {
        sl_eval_text_free(&text);
        return sl_error_set(error, "no memory for a text");
    }
    sl_best_texts_keep(best, rank, text);
    return SL_OK;
}

// The more confident a mistake, the higher its rank.
static int offer_mistake(struct sl_eval_collector *collector, const struct sl_judged *judged,
                         struct sl_error *error) {
    uint32_t last = collector->judges_count - 1;
    const struct sl_judgement *judgement = &judged->judgements[last];
    bool called = judgement->label == SL_LABEL_CARE;
    if (called == judged->post->care) {
        return SL_OK;
    }
    struct sl_best_texts *best = called ? &collector->alarms : &collector->misses;
    int32_t rank = called ? judgement->score_permille : 1000 - judgement->score_permille;
    return sl_best_texts_offer(best, rank)
               ? keep_text(collector, best, rank, judged,
                           sl_why_told(collector->engines[last], judgement), error)
               : SL_OK;
}

static int offer_change(struct sl_eval_collector *collector, const struct sl_judged *judged,
                        struct sl_error *error) {
    const struct sl_judgement *judgements = judged->judgements;
    bool called[2] = {judgements[0].label == SL_LABEL_CARE, judgements[1].label == SL_LABEL_CARE};
    if (called[0] == called[1]) {
        return SL_OK;
    }
    enum sl_eval_change change = judged->post->care
                                     ? (called[1] ? SL_EVAL_GAINED_HITS : SL_EVAL_LOST_HITS)
                                     : (called[1] ? SL_EVAL_GAINED_ALARMS : SL_EVAL_LOST_ALARMS);
    struct sl_best_texts *best = &collector->changes[change];
    int32_t rank = abs(judgements[1].score_permille - judgements[0].score_permille);
    return sl_best_texts_offer(best, rank)
               ? keep_text(collector, best, rank, judged,
                           sl_why_changed(collector->engines, judgements), error)
               : SL_OK;
}

// Counts.

static int keep_score(struct sl_eval_collector *collector, const struct sl_judged *judged,
                      struct sl_error *error) {
    if (collector->options->replicates == 0) {
        return SL_OK;
    }
    if (collector->scored_count == collector->scored_room) {
        size_t room = collector->scored_room == 0 ? 4096 : 2 * collector->scored_room;
        struct sl_scored *scored = realloc(collector->scored, room * sizeof *scored);
        if (scored == NULL || room > UINT32_MAX) {
            collector->scored = scored != NULL ? scored : collector->scored;
            return sl_error_set(error, "no memory to resample so many posts; --replicates 0 does "
                                       "without");
        }
        collector->scored = scored;
        collector->scored_room = room;
    }
    struct sl_scored *kept = &collector->scored[collector->scored_count++];
    *kept = (struct sl_scored){.care = judged->post->care};
    for (uint32_t j = 0; j < collector->judges_count; j++) {
        kept->score_permille[j] = judged->judgements[j].score_permille;
        kept->called[j] = judged->judgements[j].label == SL_LABEL_CARE;
    }
    if (collector->unit_group != NO_FIELD) {
        struct sl_str value = judged->post->groups[collector->unit_group];
        kept->unit = value.len > 0 ? sl_intern_add(&collector->units, value) : SL_INTERN_NONE;
    }
    return SL_OK;
}

static bool count_groups(struct sl_eval_collector *collector, const struct sl_judged *judged) {
    const struct sl_labelled_post *post = judged->post;
    bool counted = true;
    for (uint32_t i = 0; i < collector->groupings_count; i++) {
        struct sl_grouping *grouping = &collector->groupings[i];
        if (collector->group_of[i] != NO_FIELD) {
            counted &= sl_grouping_add(grouping, post->groups[collector->group_of[i]], post->care,
                                       judged->judgements, collector->judges_count);
            continue;
        }
        for (uint32_t w = 0; w < post->topics.count; w++) {
            counted &= sl_grouping_add(grouping, post->topics.words[w], post->care,
                                       judged->judgements, collector->judges_count);
        }
    }
    return counted && !collector->units.out_of_memory;
}

static void count_findings(struct sl_eval_collector *collector, const struct sl_judged *judged) {
    const struct sl_labelled_post *post = judged->post;
    uint64_t topics[2] = {0}, signals[2] = {0};
    uint32_t word = sl_intern_add(&collector->label_words, post->label);
    for (uint32_t j = 0; j < collector->judges_count; j++) {
        const struct sl_judgement *judgement = &judged->judgements[j];
        topics[j] = judgement->topics;
        signals[j] = judgement->signals;
        if (post->line != SL_LINE_UNKNOWN) {
            collector->lines[j][post->line][judgement->line]++;
        }
        if (word != SL_INTERN_NONE) {
            collector->called[word][j][judgement->label]++;
        }
    }
    if (post->topics.known) {
        sl_finding_counts_add(&collector->topics, &post->topics, topics, collector->judges_count);
    }
    if (post->signals.known) {
        sl_finding_counts_add(&collector->signals, &post->signals, signals,
                              collector->judges_count);
    }
}

void sl_eval_collector_use(struct sl_eval_collector *collector, uint32_t judge,
                           const struct sl_engine *engine) {
    collector->engines[judge] = engine;
}

int sl_eval_collect(void *context, const struct sl_judged *judged, struct sl_error *error) {
    struct sl_eval_collector *collector = context;
    for (uint32_t j = 0; j < collector->judges_count; j++) {
        if (judged->judgements[j].outcome != SL_JUDGED) {
            collector->unjudged++;
            return SL_OK;
        }
    }
    for (uint32_t j = 0; j < collector->judges_count; j++) {
        const struct sl_judgement *judgement = &judged->judgements[j];
        sl_tally_post(&collector->tallies[j], judgement->score_permille, judged->post->care,
                      judgement->label == SL_LABEL_CARE);
    }
    count_findings(collector, judged);
    if (!count_groups(collector, judged)) {
        return sl_error_set(error, "no memory for groups");
    }
    if (keep_score(collector, judged, error) != SL_OK ||
        offer_mistake(collector, judged, error) != SL_OK) {
        return SL_FAILED;
    }
    return collector->judges_count == 2 ? offer_change(collector, judged, error) : SL_OK;
}

// The report.

static void finish_judges(const struct sl_eval_collector *collector,
                          struct sl_eval_report *report) {
    report->judges_count = collector->judges_count;
    for (uint32_t j = 0; j < collector->judges_count; j++) {
        struct sl_eval_judge *judge = &report->judges[j];
        judge->threshold_permille = collector->threshold_permille[j];
        judge->tally = collector->tallies[j];
        judge->figures = sl_figures_called(&judge->tally);
        judge->best_threshold_permille =
            sl_tally_best_threshold(&judge->tally, judge->threshold_permille);
        judge->best = sl_figures_of(&judge->tally, judge->best_threshold_permille);
    }
}

static int finish_groups(struct sl_eval_collector *collector, struct sl_error *error,
                         struct sl_eval_report *report) {
    for (uint32_t i = 0; i < collector->groupings_count; i++) {
        struct sl_eval_groups *groups = &report->groups[report->groups_count];
        if (sl_grouping_take(&collector->groupings[i], report->judges, report->judges_count,
                             collector->group_of[i] == SL_LABELLED_SOURCE, error,
                             groups) != SL_OK) {
            report->groups_count += groups->groups != NULL;
            return SL_FAILED;
        }
        report->groups_count += groups->count > 0;
    }
    return SL_OK;
}

static int finish_called(const struct sl_eval_collector *collector, struct sl_error *error,
                         struct sl_eval_report *report) {
    const struct sl_intern *words = &collector->label_words;
    report->called = calloc(words->count + 1, sizeof *report->called);
    if (report->called == NULL) {
        return sl_error_set(error, "no memory for labels");
    }
    for (uint32_t i = 0; i < words->count; i++) {
        report->called[i].word = strdup(words->names[i].data);
        memcpy(report->called[i].posts, collector->called[i], sizeof collector->called[i]);
        report->called_count++;
    }
    return SL_OK;
}

// Posts without a value are units of their own, behind those that have one.
static uint32_t number_units(struct sl_eval_collector *collector) {
    uint32_t units_count = collector->units.count;
    for (size_t i = 0; i < collector->scored_count; i++) {
        if (collector->scored[i].unit == SL_INTERN_NONE) {
            collector->scored[i].unit = units_count++;
        }
    }
    return units_count;
}

static int finish_bootstrap(struct sl_eval_collector *collector, struct sl_error *error,
                            struct sl_eval_report *report) {
    const struct sl_eval_options *options = collector->options;
    if (options->replicates == 0 || collector->scored_count == 0) {
        return SL_OK;
    }
    struct sl_bootstrap_job job = {
        .posts = collector->scored,
        .posts_count = collector->scored_count,
        .units_count = collector->unit_group != NO_FIELD ? number_units(collector) : 0,
        .judges_count = collector->judges_count,
        .replicates = options->replicates,
        .seed = options->seed,
        .threads = sl_judging_threads(options->threads),
    };
    report->replicates = options->replicates;
    report->seed = options->seed;
    report->units = job.units_count;
    report->resampled_by = options->resample_by != NULL ? strdup(options->resample_by) : NULL;
    return sl_bootstrap_run(&job, error, &report->bootstrap);
}

int sl_eval_collector_finish(struct sl_eval_collector *collector, struct sl_error *error,
                             struct sl_eval_report *report) {
    report->unjudged = collector->unjudged;
    finish_judges(collector, report);
    memcpy(report->lines, collector->lines, sizeof report->lines);
    report->misses = sl_best_texts_take(&collector->misses);
    report->alarms = sl_best_texts_take(&collector->alarms);
    for (uint32_t i = 0; i < SL_EVAL_CHANGES_COUNT; i++) {
        report->changes[i] = sl_best_texts_take(&collector->changes[i]);
    }
    return finish_groups(collector, error, report) == SL_OK &&
                   sl_finding_counts_take(&collector->topics, error, &report->topics) == SL_OK &&
                   sl_finding_counts_take(&collector->signals, error, &report->signals) == SL_OK &&
                   finish_called(collector, error, report) == SL_OK
               ? finish_bootstrap(collector, error, report)
               : SL_FAILED;
}
