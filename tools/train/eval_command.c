// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "eval.h"
#include "labelled_options.h"
#include "terminal.h"

const char sl_eval_help[] =
    "How good a pack, or a pack with a model, is on posts that people have labelled.\n"
    "\n"
    "Usage: sluice-train eval [OPTION…] FILE…\n"
    "\n"
    "  --pack FILE           the pack (the one that ships)\n"
    "  --model FILE          its model, in place of the one the pack names; \"\" for none\n"
    "  --against FILE        compare with this pack, post by post\n"
    "  --against-model FILE  compare with this model (of --against, or else of --pack)\n"
    "  --leave-out FIELD     compare with models trained for each value of FIELD (source, brand) "
    "on\n"
    "                        all posts but those, which judge those; takes a training for each\n"
    "  --html FILE           write a page with curves and all figures\n"
    "  --json FILE           write all figures for tools\n"
    "  --examples N          show at most N texts of a kind, masked (10)\n"
    "  --replicates N        of the bootstrap (1000); 0: no intervals\n"
    "  --resample-by FIELD   draw all posts of one value (a source, a brand) together\n"
    "  --seed N              of the bootstrap (1)\n"
    "  --threads N           as many as there are cores\n"
    "\n";

enum {
    OPTION_PACK = 1,
    OPTION_MODEL,
    OPTION_AGAINST,
    OPTION_AGAINST_MODEL,
    OPTION_LEAVE_OUT,
    OPTION_HTML,
    OPTION_JSON,
    OPTION_EXAMPLES,
    OPTION_REPLICATES,
    OPTION_RESAMPLE_BY,
    OPTION_SEED,
    OPTION_THREADS,
};

static const struct option long_options[] = {
    {"pack", required_argument, NULL, OPTION_PACK},
    {"model", required_argument, NULL, OPTION_MODEL},
    {"against", required_argument, NULL, OPTION_AGAINST},
    {"against-model", required_argument, NULL, OPTION_AGAINST_MODEL},
    {"leave-out", required_argument, NULL, OPTION_LEAVE_OUT},
    {"html", required_argument, NULL, OPTION_HTML},
    {"json", required_argument, NULL, OPTION_JSON},
    {"examples", required_argument, NULL, OPTION_EXAMPLES},
    {"replicates", required_argument, NULL, OPTION_REPLICATES},
    {"resample-by", required_argument, NULL, OPTION_RESAMPLE_BY},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"threads", required_argument, NULL, OPTION_THREADS},
    SL_LABELLED_LONG_OPTIONS,
    {NULL, 0, NULL, 0},
};

struct command {
    struct sl_eval_options options;
    const char *html, *json;
    bool refused; // a line could not be read
};

static bool read_count(const char *word, uint64_t least, uint64_t most, uint32_t *ret_count) {
    uint64_t value;
    bool fits = sl_train_parse_number(word, least, most, &value);
    *ret_count = (uint32_t)value;
    return fits;
}

static int read_option(struct command *command, int option) {
    struct sl_eval_options *options = &command->options;
    struct sl_error error = {0};
    switch (option) {
    case OPTION_PACK:
        options->judges[0].pack = optarg;
        return SL_TRAIN_FINE;
    case OPTION_MODEL:
        options->judges[0].model = optarg;
        return SL_TRAIN_FINE;
    case OPTION_AGAINST:
        options->judges[1].pack = optarg;
        options->judges_count = 2;
        return SL_TRAIN_FINE;
    case OPTION_AGAINST_MODEL:
        options->judges[1].model = optarg;
        options->judges_count = 2;
        return SL_TRAIN_FINE;
    case OPTION_LEAVE_OUT:
        options->leave_out = optarg;
        return SL_TRAIN_FINE;
    case OPTION_HTML:
        command->html = optarg;
        return SL_TRAIN_FINE;
    case OPTION_JSON:
        command->json = optarg;
        return SL_TRAIN_FINE;
    case OPTION_EXAMPLES:
        return read_count(optarg, 0, 10000, &options->examples)
                   ? SL_TRAIN_FINE
                   : sl_train_usage("eval", "--examples: expected a number up to 10000");
    case OPTION_REPLICATES:
        return read_count(optarg, 0, 100000, &options->replicates)
                   ? SL_TRAIN_FINE
                   : sl_train_usage("eval", "--replicates: expected a number up to 100000");
    case OPTION_RESAMPLE_BY:
        options->resample_by = optarg;
        return SL_TRAIN_FINE;
    case OPTION_SEED:
        return sl_train_parse_number(optarg, 0, UINT64_MAX, &options->seed)
                   ? SL_TRAIN_FINE
                   : sl_train_usage("eval", "--seed: expected a number");
    case OPTION_THREADS:
        return read_count(optarg, 1, 64, &options->threads)
                   ? SL_TRAIN_FINE
                   : sl_train_usage("eval", "--threads: expected a number from 1 to 64");
    case '?':
        return sl_train_usage("eval", "that option is not known, or lacks its value");
    default:
        return sl_labelled_read_option(option, optarg, &error, &options->posts) == SL_OK
                   ? SL_TRAIN_FINE
                   : sl_train_usage("eval", "%s", error.text);
    }
}

static int read_arguments(int count, char **arguments, struct command *command) {
    int option, status = SL_TRAIN_FINE;
    opterr = 0;
    optind = 0; // getopt may have been used before
    while (status == SL_TRAIN_FINE &&
           (option = getopt_long(count, arguments, "", long_options, NULL)) != -1) {
        status = read_option(command, option);
    }
    struct sl_eval_options *options = &command->options;
    if (status == SL_TRAIN_FINE && optind == count) {
        status = sl_train_usage("eval", "expected files of labelled posts (- for standard input)");
    }
    if (status == SL_TRAIN_FINE && options->leave_out != NULL && options->judges_count == 2) {
        status =
            sl_train_usage("eval", "--leave-out has its own second judge; leave --against out");
    }
    if (options->judges_count == 2 && options->judges[1].pack == NULL) {
        options->judges[1].pack = options->judges[0].pack;
    }
    options->paths = (const char *const *)arguments + optind;
    options->paths_count = (size_t)(count - optind);
    return status;
}

static void tell_problem(void *context, const char *problem) {
    struct command *command = context;
    command->refused = true;
    if (!command->options.posts.strict) { // or else it is the error
        sl_train_note("%s", problem);
    }
}

static int write_file(const char *path, const struct sl_eval_report *report, bool html) {
    struct sl_error error = {0};
    FILE *out = fopen(path, "we");
    int result = SL_OK;
    if (out == NULL) {
        sl_error_set(&error, "%s: cannot write: %s", path, strerror(errno));
        return sl_train_fail(&error, SL_TRAIN_UNDONE);
    }
    if (html) {
        result = sl_eval_write_html(report, out, &error);
    } else {
        sl_eval_write_json(report, out);
    }
    bool failed = ferror(out) != 0;
    failed |= fclose(out) != 0;
    if (result == SL_OK && failed) {
        result = sl_error_set(&error, "%s: cannot write: %s", path, strerror(errno));
    }
    return result == SL_OK ? SL_TRAIN_FINE : sl_train_fail(&error, SL_TRAIN_UNDONE);
}

static void tell_doubts(const struct sl_eval_report *report) {
    const struct sl_labelled_counts *counts = &report->counts;
    if (counts->bad > SL_LABELLED_PROBLEMS_MAX) {
        sl_train_note("%" PRIu64 " lines in all could not be read", counts->bad);
    }
    if (counts->care == 0 || counts->care == counts->posts) {
        sl_train_note("%s post is care, so that precision, recall and the like say nothing; are "
                      "the labels read right? --label, --care",
                      counts->care == 0 ? "no" : "every");
    }
}

static int write_all(const struct command *command, const struct sl_eval_report *report,
                     double seconds) {
    char posts[SL_NUMBER_BYTES];
    sl_eval_write_text(report, sl_train_inks(stdout), stdout);
    fflush(stdout);
    tell_doubts(report);
    int status = SL_TRAIN_FINE;
    if (command->html != NULL) {
        status = write_file(command->html, report, true);
    }
    if (command->json != NULL && status == SL_TRAIN_FINE) {
        status = write_file(command->json, report, false);
    }
    if (status == SL_TRAIN_FINE) {
        sl_train_note("%s posts in %.1f s%s%s", sl_number_grouped(report->counts.posts, posts),
                      seconds, command->html != NULL ? "; the page is " : "",
                      command->html != NULL ? command->html : "");
    }
    return status;
}

int sl_eval_command(int count, char **arguments) {
    struct command command = {.options = {.judges_count = 1,
                                          .replicates = 1000,
                                          .seed = 1,
                                          .examples = 10,
                                          .progress = true,
                                          .posts = {.on_problem = tell_problem}}};
    struct sl_error error = {0};
    struct sl_eval_report *report;
    int status = read_arguments(count, arguments, &command);
    if (status != SL_TRAIN_FINE) {
        return status;
    }
    command.options.posts.problem_context = &command;
    int64_t started_ns = sl_clock_monotonic_ns();
    if (sl_eval_run(&command.options, &error, &report) != SL_OK) {
        bool refused = command.refused && command.options.posts.strict;
        return sl_train_fail(&error, refused ? SL_TRAIN_REFUSED : SL_TRAIN_USAGE);
    }
    status = write_all(&command, report, (double)(sl_clock_monotonic_ns() - started_ns) / 1e9);
    sl_eval_report_free(report);
    return status;
}
