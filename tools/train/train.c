// SPDX-License-Identifier: Apache-2.0
#include "train.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "corpus.h"
#include "engine/internal.h"
#include "fit.h"
#include "folds.h"
#include "labelled_options.h"
#include "model/file.h"
#include "parallel.h"
#include "store.h"
#include "terminal.h"

const char sl_train_help[] =
    "Learns from labelled posts, and writes a model that judges beside the rules of a pack.\n"
    "\n"
    "Usage: sluice-train train [OPTION…] -o FILE POSTS…\n"
    "\n"
    "  -o, --output FILE     the model (name it in the pack: care: {model: FILE})\n"
    "      --pack FILE       the rule pack; the shipped telco.yaml otherwise\n"
    "      --refuse FILE     names that the model must not learn, one a line; those of the pack\n"
    "                        (care.brands) and of the posts' field \"brand\" are refused anyway\n"
    "      --group FIELD     posts of one value are held out together; otherwise those of one\n"
    "                        source and brand, or of one author\n"
    "      --folds N         into how many parts groups are dealt; 5 otherwise\n"
    "      --cost-miss X     what a missed request costs, and\n"
    "      --cost-alarm Y    what a false alarm costs: from them follows the threshold; without,\n"
    "                        it is where F1 is best\n"
    "      --penalty X       of the weights; otherwise chosen on posts held out\n"
    "      --no-balance      posts weigh as they come; otherwise both classes the same in sum\n"
    "      --bits N          the table has 2^N weights, 10 to 24; 18 otherwise\n"
    "      --seed N          decides between groups of one size; 1 otherwise\n"
    "      --threads N       1 to 256; as many as cores otherwise. The model is the same\n"
    "  -q, --quiet           no progress and no summary\n"
    "\n";

enum {
    OPTION_PACK = 256,
    OPTION_REFUSE,
    OPTION_GROUP,
    OPTION_FOLDS,
    OPTION_COST_MISS,
    OPTION_COST_ALARM,
    OPTION_PENALTY,
    OPTION_NO_BALANCE,
    OPTION_BITS,
    OPTION_SEED,
    OPTION_THREADS,
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"pack", required_argument, NULL, OPTION_PACK},
    {"refuse", required_argument, NULL, OPTION_REFUSE},
    {"group", required_argument, NULL, OPTION_GROUP},
    {"folds", required_argument, NULL, OPTION_FOLDS},
    {"cost-miss", required_argument, NULL, OPTION_COST_MISS},
    {"cost-alarm", required_argument, NULL, OPTION_COST_ALARM},
    {"penalty", required_argument, NULL, OPTION_PENALTY},
    {"no-balance", no_argument, NULL, OPTION_NO_BALANCE},
    {"bits", required_argument, NULL, OPTION_BITS},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"threads", required_argument, NULL, OPTION_THREADS},
    {"quiet", no_argument, NULL, 'q'},
    SL_LABELLED_LONG_OPTIONS,
    {NULL, 0, NULL, 0},
};

static int read_count(const char *name, uint64_t least, uint64_t most, uint64_t *ret_value) {
    if (!sl_train_parse_number(optarg, least, most, ret_value)) {
        return sl_train_usage("train", "--%s: expected %llu to %llu, found \"%s\"", name,
                              (unsigned long long)least, (unsigned long long)most, optarg);
    }
    return SL_TRAIN_FINE;
}

static int read_cost(const char *name, double *ret_value) {
    int64_t milli;
    if (!sl_train_parse_milli(optarg, 0, INT64_C(1000000000), &milli)) {
        return sl_train_usage("train", "--%s: expected a number from 0 to 1000000, found \"%s\"",
                              name, optarg);
    }
    *ret_value = (double)milli / 1000;
    return SL_TRAIN_FINE;
}

// Penalties have more decimals than costs.
static int read_penalty(double *ret_value) {
    char *end;
    *ret_value = strtod(optarg, &end);
    bool fits = end != optarg && *end == '\0' && *ret_value >= 1e-9 && *ret_value <= 10;
    return fits ? SL_TRAIN_FINE
                : sl_train_usage("train", "--penalty: expected 1e-9 to 10, found \"%s\"", optarg);
}

static int read_own_option(int option, struct sl_train_options *options) {
    uint64_t value = 0;
    int status = SL_TRAIN_FINE;
    switch (option) {
    case OPTION_PACK:
        options->pack = optarg;
        break;
    case OPTION_REFUSE:
        options->refuse = optarg;
        break;
    case OPTION_GROUP:
        options->group = optarg;
        break;
    case OPTION_FOLDS:
        status = read_count("folds", 2, SL_TRAIN_FOLDS_MAX, &value);
        options->folds = (uint32_t)value;
        break;
    case OPTION_COST_MISS:
        return read_cost("cost-miss", &options->cost_miss);
    case OPTION_COST_ALARM:
        return read_cost("cost-alarm", &options->cost_alarm);
    case OPTION_PENALTY:
        return read_penalty(&options->penalty);
    case OPTION_NO_BALANCE:
        options->balance = false;
        break;
    case OPTION_BITS:
        status = read_count("bits", SL_MODEL_BITS_MIN, SL_MODEL_BITS_MAX, &value);
        options->bits = (uint32_t)value;
        break;
    case OPTION_SEED:
        return read_count("seed", 0, UINT64_MAX, &options->seed);
    default:
        status = read_count("threads", 1, SL_PARALLEL_THREADS_MAX, &value);
        options->threads = (uint32_t)value;
        break;
    }
    return status;
}

static int read_option(int option, struct sl_train_options *options) {
    struct sl_error error = {0};
    if (option == 'o') {
        options->output = optarg;
    } else if (option == 'q') {
        options->quiet = true;
    } else if (option >= OPTION_PACK && option <= OPTION_THREADS) {
        return read_own_option(option, options);
    } else if (option == '?') {
        return sl_train_usage("train", "what was meant by the option above?");
    } else if (sl_labelled_read_option(option, optarg, &error, &options->posts) != SL_OK) {
        return sl_train_usage("train", "%s", error.text);
    }
    return SL_TRAIN_FINE;
}

static int read_options(int count, char **arguments, struct sl_train_options *options) {
    static const char *const standard_input[] = {"-"};
    int option, status = SL_TRAIN_FINE;
    optind = 1;
    while (status == SL_TRAIN_FINE &&
           (option = getopt_long(count, arguments, "o:q", long_options, NULL)) != -1) {
        status = read_option(option, options);
    }
    if (status != SL_TRAIN_FINE) {
        return status;
    }
    if (options->output == NULL) {
        return sl_train_usage("train", "expected -o FILE: where does the model go?");
    }
    if ((options->cost_miss == 0) != (options->cost_alarm == 0)) {
        return sl_train_usage("train", "expected both --cost-miss and --cost-alarm, above 0");
    }
    bool given = optind < count;
    options->paths = given ? (const char *const *)(arguments + optind) : standard_input;
    options->paths_count = given ? (size_t)(count - optind) : 1;
    return SL_TRAIN_FINE;
}

// Telling.

// *context: whether there was one.
static void tell_problem(void *context, const char *problem) {
    *(bool *)context = true;
    sl_train_note("%s", problem);
}

static void tell_posts(const struct sl_corpus *corpus, const struct sl_folds *folds) {
    const struct sl_labelled_counts *counts = &corpus->counts;
    char posts[SL_NUMBER_BYTES], care[SL_NUMBER_BYTES], number[SL_NUMBER_BYTES];
    fprintf(stderr, "posts: %s, of them %s care; held out by %s: %u groups in %u folds\n",
            sl_number_grouped(corpus->posts_count, posts),
            sl_number_grouped(corpus->care_count, care), sl_folds_word(folds->by),
            folds->groups_count, folds->count);
    const struct {
        uint64_t count;
        const char *what;
    } rest[] = {
        {counts->bad, "cannot be read"},
        {counts->unlabelled, "without a label"},
        {counts->left_out, "left out by --where"},
        {counts->repaired, "repaired: not UTF-8"},
        {corpus->unjudged, "not judged: too long, or too many identifiers"},
        {corpus->unknown_words, "topics and signals that the pack does not declare"},
    };
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++) {
        if (rest[i].count > 0) {
            fprintf(stderr, "  %12s %s\n", sl_number_grouped(rest[i].count, number), rest[i].what);
        }
    }
}

static int more_often(const void *a, const void *b) {
    const struct sl_name *x = a, *y = b;
    if (x->count != y->count) {
        return x->count > y->count ? -1 : 1;
    }
    return strcmp(x->name, y->name);
}

#define NAMES_TOLD 12

// What the model did not see, and how often it stood there.
static void tell_refused(struct sl_corpus *corpus) {
    static const char *const words[SL_CORPUS_VEILS] = {"pages", "mentions", "identifiers",
                                                       "numbers", "names"};
    char number[SL_NUMBER_BYTES];
    fputs("refused:", stderr);
    for (uint32_t i = 0; i < SL_CORPUS_VEILS; i++) {
        fprintf(stderr, "%s %s %s", i > 0 ? "," : "", words[i],
                sl_number_grouped(corpus->veiled[i], number));
    }
    struct sl_names *names = &corpus->names;
    if (names->count > 0) {
        qsort(names->list, names->count, sizeof *names->list, more_often);
    }
    fprintf(stderr, "\n  of %u names:", names->count);
    for (uint32_t i = 0; i < names->count && i < NAMES_TOLD && names->list[i].count > 0; i++) {
        fprintf(stderr, "%s %s %s", i > 0 ? "," : "", names->list[i].name,
                sl_number_grouped(names->list[i].count, number));
    }
    fputc('\n', stderr);
}

static void tell_figures(const char *what, const struct sl_train_figures *figures) {
    fprintf(stderr, "  %-16s precision %.3f  recall %.3f  F1 %.3f  log-loss %.4f\n", what,
            figures->precision, figures->recall, figures->f1, figures->log_loss);
}

static void tell_fit(const struct sl_fit *fit, const struct sl_pack *pack,
                     const struct sl_train_options *options) {
    char rate[SL_NUMBER_BYTES];
    double seconds = (double)fit->learning_ns / 1e9;
    fprintf(
        stderr, "learned in %.1f s: %llu passes, %s posts a second and thread; penalty %g\n",
        seconds, (unsigned long long)fit->passes,
        sl_number_grouped((uint64_t)((double)fit->passed_posts / seconds / options->threads), rate),
        fit->penalty);
    fputs("on posts held out (the rules alone at the pack's threshold):\n", stderr);
    tell_figures("rules", &fit->rules);
    tell_figures("model", &fit->model);
    tell_figures("rules and model", &fit->both);
    fprintf(stderr, "logit = %.3f + %.3f rules + %.3f model; care from %.1f %% on\n",
            fit->stack.offset, fit->stack.rules_slope, fit->stack.model_slope,
            fit->threshold_permille / 10.0);
    if (fit->stack.model_slope == 0) {
        sl_train_note(
            "on groups that it has not seen the model does not help, so the rules decide; "
            "give posts of more sources that hold both care and other posts");
    }
    for (uint32_t i = 0; i < fit->heads_count; i++) {
        const struct sl_fit_head *head = &fit->heads[i];
        fprintf(stderr, "  %s %-24s %6u posts  precision %.3f  recall %.3f\n",
                head->is_signal ? "signal" : "topic ",
                (head->is_signal ? pack->signals : pack->topics)[head->index], head->posts,
                head->precision, head->recall);
    }
}

// Running.

static void fill_result(const struct sl_corpus *corpus, const struct sl_folds *folds,
                        const struct sl_fit *fit, struct sl_train_result *ret_result) {
    *ret_result = (struct sl_train_result){.posts = corpus->posts_count,
                                           .care = corpus->care_count,
                                           .groups = folds->groups_count,
                                           .bad = corpus->counts.bad,
                                           .penalty = fit->penalty,
                                           .rules = fit->rules,
                                           .model = fit->model,
                                           .both = fit->both,
                                           .threshold_permille = fit->threshold_permille,
                                           .heads = fit->heads_count};
}

static int learn_corpus(struct sl_corpus *corpus, const struct sl_pack *pack,
                        const struct sl_train_options *options, struct sl_error *error,
                        struct sl_train_result *ret_result) {
    struct sl_folds folds;
    struct sl_fit fit;
    if (sl_folds_make(corpus, options->group != NULL, options->folds, options->seed, error,
                      &folds) != SL_OK) {
        return SL_FAILED;
    }
    if (!options->quiet) {
        tell_posts(corpus, &folds);
        tell_refused(corpus);
    }
    int result = sl_fit_make(corpus, pack, &folds, options, error, &fit);
    if (result == SL_OK) {
        if (!options->quiet) {
            tell_fit(&fit, pack, options);
        }
        fill_result(corpus, &folds, &fit, ret_result);
        result = sl_store_model(corpus, pack, &fit, options->seed, options->output, error);
        sl_fit_done(&fit);
    }
    sl_folds_done(&folds);
    return result;
}

static int open_engine(const char *pack, struct sl_error *error, struct sl_engine **ret_engine) {
    static const struct sl_engine_options no_model = {.model_path = ""};
    char shipped[4096];
    if (pack == NULL) {
        if (sl_pack_find_shipped(error, shipped, sizeof shipped) != SL_OK) {
            return SL_FAILED;
        }
        pack = shipped;
    }
    return sl_engine_open(pack, &no_model, error, ret_engine);
}

int sl_train_run(const struct sl_train_options *options, struct sl_error *error,
                 struct sl_train_result *ret_result) {
    struct sl_train_options all = *options;
    struct sl_engine *engine;
    struct sl_corpus corpus;
    all.threads = all.threads != 0 ? all.threads : sl_parallel_cores();
    if (open_engine(all.pack, error, &engine) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_corpus_options reading = {.posts = all.posts,
                                        .paths = all.paths,
                                        .paths_count = all.paths_count,
                                        .group = all.group,
                                        .refuse = all.refuse,
                                        .threads = all.threads,
                                        .quiet = all.quiet};
    int result = sl_corpus_read(engine, &reading, error, &corpus);
    if (result == SL_OK) {
        result = learn_corpus(&corpus, sl_engine_pack(engine), &all, error, ret_result);
        sl_corpus_done(&corpus);
    }
    sl_engine_close(engine);
    return result;
}

int sl_train_command(int count, char **arguments) {
    struct sl_train_options options = {.seed = 1, .balance = true};
    bool problems = false;
    options.posts.on_problem = tell_problem;
    options.posts.problem_context = &problems;
    int status = read_options(count, arguments, &options);
    if (status != SL_TRAIN_FINE) {
        return status;
    }
    struct sl_error error = {0};
    struct sl_train_result result;
    if (sl_train_run(&options, &error, &result) != SL_OK) {
        return sl_train_fail(&error,
                             problems && options.posts.strict ? SL_TRAIN_REFUSED : SL_TRAIN_USAGE);
    }
    return SL_TRAIN_FINE;
}
