// SPDX-License-Identifier: Apache-2.0
#include "suggest.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/error.h"
#include "engine/internal.h"
#include "eval_engines.h"
#include "intern.h"
#include "judging.h"
#include "labelled_options.h"
#include "suggest_counts.h"
#include "suggest_write.h"
#include "terminal.h"

#define LIMIT_MAX 10000
#define LANGS_MAX 64

const char sl_suggest_help[] =
    "Phrases that would make the rules better, from labelled posts that they get wrong, as a "
    "piece\n"
    "of a rule pack. Read it before you use it: docs/rules-howto.md.\n"
    "\n"
    "Usage: sluice-train suggest [OPTION…] FILE…\n"
    "\n"
    "  --pack FILE           the pack (the one that ships); its rules alone are asked\n"
    "  --least N             a phrase stands in at least N posts that the rules get wrong (5)\n"
    "  --spread N            and in those of at least N sources and authors (2), and of as many\n"
    "                        values of each --by field (of which up to two count)\n"
    "  --purity P            the share of posts with the phrase that have the right label (0.7)\n"
    "  --words N             phrases of up to N words, at most 4 (4)\n"
    "  --limit N             at most N phrases a list (40)\n"
    "  --threads N           as many as there are cores\n"
    "\n";

enum {
    OPTION_PACK = 1,
    OPTION_LEAST,
    OPTION_SPREAD,
    OPTION_PURITY,
    OPTION_WORDS,
    OPTION_LIMIT,
    OPTION_THREADS,
};

static const struct option long_options[] = {
    {"pack", required_argument, NULL, OPTION_PACK},
    {"least", required_argument, NULL, OPTION_LEAST},
    {"spread", required_argument, NULL, OPTION_SPREAD},
    {"purity", required_argument, NULL, OPTION_PURITY},
    {"words", required_argument, NULL, OPTION_WORDS},
    {"limit", required_argument, NULL, OPTION_LIMIT},
    {"threads", required_argument, NULL, OPTION_THREADS},
    SL_LABELLED_LONG_OPTIONS,
    {NULL, 0, NULL, 0},
};

struct command {
    const char *pack;
    uint64_t least, spread, words, limit, threads;
    int64_t purity_milli;
    struct sl_labelled_options posts;
    const char *const *paths;
    size_t paths_count;
    bool refused;

    struct sl_labelled *reader;
    struct sl_engine *engine;
    struct sl_phrases *phrases;
    uint32_t groups[SL_PHRASES_GROUPS_MAX]; // of the reader
    uint32_t groups_count;
    struct sl_intern langs;
    uint64_t lang_posts[LANGS_MAX];
    bool counting; // the second pass
    struct sl_train_progress progress;
};

static int take_number(const char *name, uint64_t least, uint64_t most, uint64_t *ret_value) {
    return sl_train_parse_number(optarg, least, most, ret_value)
               ? SL_TRAIN_FINE
               : sl_train_usage("suggest", "--%s: expected a number from %" PRIu64 " to %" PRIu64,
                                name, least, most);
}

static int read_option(struct command *command, int option) {
    struct sl_error error = {0};
    switch (option) {
    case OPTION_PACK:
        command->pack = optarg;
        return SL_TRAIN_FINE;
    case OPTION_LEAST:
        return take_number("least", 1, 1000000, &command->least);
    case OPTION_SPREAD:
        return take_number("spread", 1, SL_PHRASES_SPREAD_MAX, &command->spread);
    case OPTION_PURITY:
        return sl_train_parse_milli(optarg, 0, 1000, &command->purity_milli)
                   ? SL_TRAIN_FINE
                   : sl_train_usage("suggest", "--purity: expected a number from 0 to 1");
    case OPTION_WORDS:
        return take_number("words", 1, SL_PHRASES_WORDS_MAX, &command->words);
    case OPTION_LIMIT:
        return take_number("limit", 1, LIMIT_MAX, &command->limit);
    case OPTION_THREADS:
        return take_number("threads", 1, 64, &command->threads);
    case '?':
        return sl_train_usage("suggest", "that option is not known, or lacks its value");
    default:
        return sl_labelled_read_option(option, optarg, &error, &command->posts) == SL_OK
                   ? SL_TRAIN_FINE
                   : sl_train_usage("suggest", "%s", error.text);
    }
}

static int read_arguments(int count, char **arguments, struct command *command) {
    int option, status = SL_TRAIN_FINE;
    opterr = 0;
    optind = 0;
    while (status == SL_TRAIN_FINE &&
           (option = getopt_long(count, arguments, "", long_options, NULL)) != -1) {
        status = read_option(command, option);
    }
    if (status == SL_TRAIN_FINE && optind == count) {
        status = sl_train_usage("suggest", "expected files of labelled posts");
    }
    if (status == SL_TRAIN_FINE && command->posts.group_fields_count + 2 > SL_PHRASES_GROUPS_MAX) {
        status = sl_train_usage("suggest", "--by: expected at most two fields");
    }
    command->paths = (const char *const *)arguments + optind;
    command->paths_count = (size_t)(count - optind);
    return status;
}

static void tell_problem(void *context, const char *problem) {
    struct command *command = context;
    command->refused = true;
    if (!command->posts.strict) { // or else it is the error
        sl_train_note("%s", problem);
    }
}

static int open_all(struct command *command, struct sl_error *error) {
    command->posts.on_problem = tell_problem;
    command->posts.problem_context = command;
    const struct sl_eval_judge_options judge = {.pack = command->pack, .model = ""};
    command->groups[command->groups_count++] = SL_LABELLED_SOURCE;
    command->groups[command->groups_count++] = SL_LABELLED_AUTHOR;
    for (uint32_t i = 0; i < command->posts.group_fields_count; i++) {
        command->groups[command->groups_count++] = SL_LABELLED_GROUPS_FIXED + i;
    }
    return sl_labelled_open(&command->posts, command->paths, command->paths_count, error,
                            &command->reader) == SL_OK &&
                   sl_eval_open_engine(&judge, SL_EVAL_MASK_ALL, error, &command->engine) ==
                       SL_OK &&
                   sl_phrases_open((uint32_t)command->least, (uint32_t)command->words,
                                   command->groups_count, error, &command->phrases) == SL_OK
               ? SL_OK
               : SL_FAILED;
}

static void close_all(struct command *command) {
    sl_phrases_close(command->phrases);
    sl_engine_close(command->engine);
    sl_labelled_close(command->reader);
}

static int receive(void *context, const struct sl_judged *judged, struct sl_error *error) {
    struct command *command = context;
    const struct sl_judgement *judgement = &judged->judgements[0];
    if (judgement->outcome != SL_JUDGED) {
        return SL_OK;
    }
    bool called = judgement->score_permille >= sl_engine_threshold_permille(command->engine);
    enum sl_phrase_cell cell = judged->post->care ? (called ? SL_CELL_HIT : SL_CELL_MISS)
                                                  : (called ? SL_CELL_ALARM : SL_CELL_REJECTION);
    if (!command->counting) {
        sl_phrases_sketch(command->phrases, judgement->masked, cell);
        return SL_OK;
    }
    uint32_t lang = sl_intern_add(&command->langs, judged->post->groups[SL_LABELLED_LANG]);
    if (lang != SL_INTERN_NONE) {
        command->lang_posts[lang]++;
    }
    struct sl_str groups[SL_PHRASES_GROUPS_MAX];
    for (uint32_t g = 0; g < command->groups_count; g++) {
        groups[g] = judged->post->groups[command->groups[g]];
    }
    return sl_phrases_count(command->phrases, judgement->masked, cell, groups)
               ? SL_OK
               : sl_error_set(error, "no memory for phrases");
}

static void show_progress(void *context) {
    struct command *command = context;
    sl_train_progress_show(&command->progress, command->counting ? "counting" : "looking",
                           sl_labelled_progress(command->reader),
                           sl_labelled_count(command->reader)->posts, "posts");
}

static int read_twice(struct command *command, struct sl_error *error) {
    const struct sl_judging judging = {
        .posts = command->reader,
        .engines = {command->engine},
        .engines_count = 1,
        .threads = (uint32_t)command->threads,
        .receive = receive,
        .context = command,
        .progress = show_progress,
    };
    int result = sl_judging_run(&judging, error);
    if (result == SL_OK) {
        result = sl_labelled_require_posts(command->reader, error);
    }
    if (result == SL_OK) {
        result = sl_labelled_rewind(command->reader, error);
    }
    command->counting = true;
    if (result == SL_OK) {
        result = sl_judging_run(&judging, error);
    }
    sl_train_progress_clear(&command->progress);
    return result;
}

// A word of one language tells its posts from those of the other.
static void tell_languages(const struct command *command) {
    uint64_t posts = sl_labelled_count(command->reader)->posts;
    uint32_t many = 0;
    for (uint32_t i = 0; i < command->langs.count; i++) {
        many += command->lang_posts[i] * 50 > posts;
    }
    if (many > 1) {
        sl_train_note("the posts are of %u languages; take one at a time: --where %s=…", many,
                      sl_labelled_group_field(command->reader, SL_LABELLED_LANG));
    }
}

static int print_all(const struct command *command, struct sl_error *error) {
    struct sl_suggest_output output = {
        .engine = command->engine,
        .phrases = command->phrases,
        .wish = {.spread_min = (uint32_t)command->spread,
                 .groups_count = command->groups_count,
                 .purity_min = (double)command->purity_milli / 1000,
                 .limit = (uint32_t)command->limit},
    };
    for (uint32_t g = 0; g < command->groups_count; g++) {
        output.group_fields[g] = sl_labelled_group_field(command->reader, command->groups[g]);
    }
    return sl_suggest_write(&output, stdout, error);
}

int sl_suggest_command(int count, char **arguments) {
    struct command command = {
        .least = 5, .spread = 2, .words = 4, .limit = 40, .purity_milli = 700};
    struct sl_error error = {0};
    sl_intern_init(&command.langs, LANGS_MAX);
    int status = read_arguments(count, arguments, &command);
    if (status != SL_TRAIN_FINE) {
        return status;
    }
    if (open_all(&command, &error) != SL_OK || read_twice(&command, &error) != SL_OK ||
        print_all(&command, &error) != SL_OK) {
        bool refused = command.refused && command.posts.strict;
        status = sl_train_fail(&error, refused ? SL_TRAIN_REFUSED : SL_TRAIN_USAGE);
    } else {
        tell_languages(&command);
        if (sl_phrases_least(command.phrases) > command.least) {
            sl_train_note("there were so many phrases that only those in at least %u posts were "
                          "counted",
                          sl_phrases_least(command.phrases));
        }
    }
    close_all(&command);
    sl_intern_done(&command.langs);
    return status;
}
