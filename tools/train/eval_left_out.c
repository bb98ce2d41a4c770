// SPDX-License-Identifier: Apache-2.0
#include "eval_left_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/error.h"
#include "intern.h"
#include "terminal.h"
#include "train.h"

#define CONDITION_BYTES 512

struct left_out {
    const struct sl_eval_options *options;
    struct sl_intern values;
    char folder[32]; // of the models
    char model_path[64];
};

static uint32_t find_group(const struct sl_labelled *posts, const char *field) {
    uint32_t group = 0, count = sl_labelled_groups_count(posts);
    while (group < count && strcmp(sl_labelled_group_field(posts, group), field) != 0) {
        group++;
    }
    return group;
}

// Conditions compare words without regard to capitals, so values are told apart in that way, too.
static bool is_known(const struct sl_intern *values, struct sl_str value) {
    for (uint32_t i = 0; i < values->count; i++) {
        if (values->names[i].len == value.len &&
            strncasecmp(values->names[i].data, value.data != NULL ? value.data : "", value.len) ==
                0) {
            return true;
        }
    }
    return false;
}

static int add_value(struct left_out *left_out, struct sl_str value, struct sl_error *error) {
    const char *field = left_out->options->leave_out;
    if (is_known(&left_out->values, value)) {
        return SL_OK;
    }
    if (value.len > 0 && memchr(value.data, ',', value.len) != NULL) {
        return sl_error_set(error, "--leave-out %s: a post has several values, or one with a comma",
                            field);
    }
    if (value.len + strlen(field) + 3 > CONDITION_BYTES ||
        sl_intern_add(&left_out->values, value) == SL_INTERN_NONE) {
        return sl_error_set(error, "--leave-out %s: it has more than %u values, or one too long",
                            field, SL_LEFT_OUT_VALUES_MAX);
    }
    return SL_OK;
}

static int find_values(struct left_out *left_out, struct sl_labelled *posts,
                       struct sl_error *error) {
    const struct sl_labelled_post *post;
    uint32_t group = find_group(posts, left_out->options->leave_out);
    if (group == sl_labelled_groups_count(posts)) {
        return sl_error_set(error, "--leave-out %s: name the field with --by as well",
                            left_out->options->leave_out);
    }
    int result = sl_labelled_next(posts, error, &post);
    while (result == SL_OK && post != NULL) {
        result = add_value(left_out, post->groups[group], error);
        result = result == SL_OK ? sl_labelled_next(posts, error, &post) : result;
    }
    if (result == SL_OK) {
        result = sl_labelled_require_posts(posts, error);
    }
    return result == SL_OK && left_out->values.count < 2
               ? sl_error_set(error, "--leave-out %s: all posts have the same",
                              left_out->options->leave_out)
               : result;
}

static int read_once(struct left_out *left_out, struct sl_error *error,
                     struct sl_labelled_counts *ret_counts) {
    const struct sl_eval_options *options = left_out->options;
    struct sl_labelled *posts;
    if (sl_labelled_open(&options->posts, options->paths, options->paths_count, error, &posts) !=
        SL_OK) {
        return SL_FAILED;
    }
    int result = find_values(left_out, posts, error);
    *ret_counts = *sl_labelled_count(posts);
    if (result == SL_OK) { // standard input cannot be read again
        result = sl_labelled_rewind(posts, error);
    }
    sl_labelled_close(posts);
    return result;
}

// The options with one condition more, in `condition`.
static struct sl_labelled_options with_condition(const struct left_out *left_out,
                                                 const char *relation, const char *value,
                                                 char condition[CONDITION_BYTES]) {
    struct sl_labelled_options posts = left_out->options->posts;
    snprintf(condition, CONDITION_BYTES, "%s%s%s", left_out->options->leave_out, relation, value);
    posts.conditions[posts.conditions_count++] = condition;
    posts.on_problem = NULL; // told already
    return posts;
}

static int train_without(struct left_out *left_out, const char *value, struct sl_error *error) {
    const struct sl_eval_options *options = left_out->options;
    char condition[CONDITION_BYTES];
    struct sl_train_result learned;
    const struct sl_train_options training = {
        .pack = options->judges[0].pack,
        .posts = with_condition(left_out, "!=", value, condition),
        .paths = options->paths,
        .paths_count = options->paths_count,
        .group = options->leave_out,
        .seed = options->seed,
        .threads = options->threads,
        .output = left_out->model_path,
        .quiet = true,
    };
    return sl_train_run(&training, error, &learned) == SL_OK
               ? SL_OK
               : sl_error_add(error, "when training without %s \"%s\"", options->leave_out, value);
}

static int judge_left_out(struct left_out *left_out, const char *value, sl_left_out_fn judge,
                          void *context, struct sl_error *error) {
    const struct sl_eval_options *options = left_out->options;
    char condition[CONDITION_BYTES];
    const struct sl_labelled_options only = with_condition(left_out, "=", value, condition);
    struct sl_labelled *posts;
    if (sl_labelled_open(&only, options->paths, options->paths_count, error, &posts) != SL_OK) {
        return SL_FAILED;
    }
    int result = judge(context, posts, left_out->model_path, error);
    sl_labelled_close(posts);
    return result;
}

static int run_all(struct left_out *left_out, sl_left_out_fn judge, void *context,
                   struct sl_error *error) {
    int result = SL_OK;
    for (uint32_t i = 0; i < left_out->values.count && result == SL_OK; i++) {
        const char *value = left_out->values.names[i].data;
        if (left_out->options->progress) {
            sl_train_note("%u of %u: training without %s \"%s\"", i + 1, left_out->values.count,
                          left_out->options->leave_out, value);
        }
        result = train_without(left_out, value, error);
        if (result == SL_OK) {
            result = judge_left_out(left_out, value, judge, context, error);
        }
        unlink(left_out->model_path);
    }
    return result;
}

int sl_left_out_run(const struct sl_eval_options *options, sl_left_out_fn judge, void *context,
                    struct sl_error *error, struct sl_labelled_counts *ret_counts) {
    struct left_out left_out = {.options = options, .folder = "/tmp/sluice-train-XXXXXX"};
    if (options->posts.conditions_count == SL_LABELLED_CONDITIONS_MAX) {
        return sl_error_set(error, "--leave-out: one --where less is possible beside it");
    }
    sl_intern_init(&left_out.values, SL_LEFT_OUT_VALUES_MAX);
    int result = read_once(&left_out, error, ret_counts);
    if (result == SL_OK && mkdtemp(left_out.folder) == NULL) {
        result = sl_error_set(error, "cannot make a folder for models in /tmp");
    } else if (result == SL_OK) {
        snprintf(left_out.model_path, sizeof left_out.model_path, "%s/model", left_out.folder);
        result = run_all(&left_out, judge, context, error);
        rmdir(left_out.folder);
    }
    sl_intern_done(&left_out.values);
    return result;
}
