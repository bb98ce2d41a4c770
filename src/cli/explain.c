// SPDX-License-Identifier: Apache-2.0
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "engine/internal.h"
#include "item/json.h"

static const char help[] =
    "Tells why a text is judged as it is: the folded text, which phrases fired and what each "
    "added, the\n"
    "score, topics and signals, and the identifiers by kind, never their values.\n"
    "\n"
    "Usage: sluice explain [--pack FILE] [--json] [TEXT]\n"
    "\n"
    "Without TEXT each line of standard input is explained.\n"
    "\n"
    "Example:\n"
    "  sluice explain \"da ieri sera non ho internet, chiamatemi al 333 1234567\"\n";

static const struct option long_options[] = {
    {"pack", required_argument, NULL, 'p'},
    {"json", no_argument, NULL, 'j'},
    {NULL, 0, NULL, 0},
};

struct explainer {
    const struct sl_engine *engine;
    const struct sl_pack *pack;
    struct sl_judge *judge;
    struct sl_json *json; // NULL: for people
};

// For people.

static void print_title(const char *title) {
    printf("%s%-12s%s", sl_cli_ink(stdout, SL_INK_BOLD), title, sl_cli_ink(stdout, SL_INK_PLAIN));
}

static void print_names(const char *title, uint64_t bits, const char *const *names) {
    print_title(title);
    if (bits == 0) {
        printf("none");
    }
    for (unsigned bit = 0; bit < 64; bit++) {
        if ((bits >> bit & 1) != 0) {
            printf("%s ", names[bit]);
        }
    }
    putchar('\n');
}

static void print_conditions(const struct explainer *explainer,
                             const struct sl_explanation *explanation) {
    for (uint32_t i = 0; i < explanation->conditions_count; i++) {
        const struct sl_explained_condition *condition = &explanation->conditions[i];
        printf("%+8.3f  %-28s %-34s %s\n", condition->weight_milli / 1000.0,
               explainer->pack->patterns[condition->pattern].id,
               condition->holds ? "(when)" : "(when, does not hold)", condition->reason);
    }
}

static const char *name_of_mark(const struct sl_pack *pack, uint32_t mark) {
    return mark < SL_PACK_TOPICS_MAX ? pack->topics[mark]
                                     : pack->signals[mark - SL_PACK_TOPICS_MAX];
}

static void print_sums(const struct sl_pack *pack, const struct sl_explanation *explanation) {
    for (uint32_t i = 0; i < explanation->sums_count; i++) {
        const struct sl_explained_sum *sum = &explanation->sums[i];
        printf("            %s %g of %g%s: %s\n", name_of_mark(pack, sum->mark),
               sum->sum_milli / 1000.0, sum->threshold_milli / 1000.0,
               sum->sum_milli >= sum->threshold_milli ? "" : ", too little", sum->shares);
    }
}

static void print_hits(const struct explainer *explainer,
                       const struct sl_explanation *explanation) {
    printf("\n%s%8s  %-28s %-34s %s%s\n", sl_cli_ink(stdout, SL_INK_DIM), "weight", "pattern",
           "phrase", "found", sl_cli_ink(stdout, SL_INK_PLAIN));
    printf("%+8.3f  %-28s\n", explainer->pack->bias_milli / 1000.0, "(where nothing is found)");
    for (uint32_t i = 0; i < explanation->hits_count; i++) {
        const struct sl_explained_hit *hit = &explanation->hits[i];
        const struct sl_text *folded = &explanation->folded;
        int found_len = hit->end <= folded->len ? (int)(hit->end - hit->start) : 0;
        printf("%+8.3f  %-28s %-34s \"%.*s\" at %" PRIu32, hit->weight_milli / 1000.0,
               explainer->pack->patterns[hit->pattern].id, hit->phrase, found_len,
               folded->data + hit->start, hit->start);
        if (hit->taken_by != NULL) {
            printf(", taken away by: %s", hit->taken_by);
        }
        puts(hit->withheld ? ", its condition does not hold" : "");
    }
    print_conditions(explainer, explanation);
    double logit = explanation->logit_milli / 1000.0;
    printf("%+8.3f  = %.3f\n\n", logit, 1 / (1 + exp(-logit)));
}

static void print_model(const struct sl_explained_model *model) {
    if (!model->used) {
        return;
    }
    printf("%+8.3f  the rules %+.3f times %.3f\n", model->rules_slope * model->rules_milli / 1000.0,
           model->rules_milli / 1000.0, model->rules_slope);
    printf("%+8.3f  the model %+.3f times %.3f\n", model->model_slope * model->model_milli / 1000.0,
           model->model_milli / 1000.0, model->model_slope);
    for (uint32_t i = 0; i < model->features_count; i++) {
        printf("%s%14s %+.3f  \"%s\"%s\n", sl_cli_ink(stdout, SL_INK_DIM), "",
               model->features[i].logit_milli / 1000.0, model->features[i].words,
               sl_cli_ink(stdout, SL_INK_PLAIN));
    }
    printf("%s%14s %+.3f  runs of characters\n%14s %+.3f  patterns that were hit%s\n",
           sl_cli_ink(stdout, SL_INK_DIM), "", model->runs_milli / 1000.0, "",
           model->patterns_milli / 1000.0, sl_cli_ink(stdout, SL_INK_PLAIN));
    printf("%+8.3f  (always)\n%+8.3f  = rules and model together\n\n", model->offset,
           model->logit_milli / 1000.0);
}

static void print_identifiers(const struct sl_explanation *explanation) {
    print_title("identifiers");
    if (explanation->identifiers_count == 0) {
        puts("none");
    }
    for (uint32_t i = 0; i < explanation->identifiers_count; i++) {
        const struct sl_explained_identifier *identifier = &explanation->identifiers[i];
        printf("%s%s at bytes %" PRIu32 "–%" PRIu32 ": %s, score %d (%s)\n",
               i == 0 ? "" : "            ", sl_kind_word(identifier->kind), identifier->start,
               identifier->end,
               identifier->masked ? "masked"
               : identifier->kept ? "kept"
                                  : "let go",
               identifier->score, identifier->reasons);
    }
}

// While a model is in use, it is the model's.
static int32_t threshold_permille(const struct explainer *explainer,
                                  const struct sl_explanation *explanation) {
    return explanation->model.used ? explanation->model.threshold_permille
                                   : explainer->pack->threshold_permille;
}

static void print_explanation(const struct explainer *explainer,
                              const struct sl_explanation *explanation) {
    const struct sl_verdict *verdict = &explanation->verdict;
    const struct sl_pack *pack = explainer->pack;
    print_title("masked");
    printf("%.*s\n", (int)verdict->masked.len, verdict->masked.data);
    print_title("folded");
    printf("%.*s\n", (int)explanation->folded.len, explanation->folded.data);
    print_hits(explainer, explanation);
    print_model(&explanation->model);
    print_title("label");
    printf("%s%s%s, %.1f %% care, from %.1f %% on it is care\n",
           sl_cli_ink(stdout, verdict->label == SL_LABEL_CARE ? SL_INK_GREEN : SL_INK_YELLOW),
           sl_label_word(verdict->label), sl_cli_ink(stdout, SL_INK_PLAIN),
           verdict->score_permille / 10.0, threshold_permille(explainer, explanation) / 10.0);
    if (verdict->flag != SL_FLAG_NONE) {
        print_title("agency");
        printf("a hashtag says %s; the engine alone: %s\n", sl_flag_word(verdict->flag),
               sl_label_word(verdict->judged));
    }
    print_names("topics", verdict->topics, pack->topics);
    print_names("signals", verdict->signals, pack->signals);
    print_sums(pack, explanation);
    print_title("line");
    puts(sl_line_word(verdict->line));
    print_identifiers(explanation);
}

// For tools.

static void put_names(struct sl_json *json, const char *key, uint64_t bits,
                      const char *const *names) {
    sl_json_put_key(json, key);
    sl_json_begin_list(json);
    for (unsigned bit = 0; bit < 64; bit++) {
        if ((bits >> bit & 1) != 0) {
            sl_json_put_word(json, names[bit]);
        }
    }
    sl_json_end_list(json);
}

static void put_range(struct sl_json *json, uint32_t start, uint32_t end) {
    sl_json_put_key(json, "start");
    sl_json_put_integer(json, start);
    sl_json_put_key(json, "end");
    sl_json_put_integer(json, end);
}

static void put_hits(const struct explainer *explainer, const struct sl_explanation *explanation) {
    struct sl_json *json = explainer->json;
    sl_json_put_key(json, "hits");
    sl_json_begin_list(json);
    for (uint32_t i = 0; i < explanation->hits_count; i++) {
        const struct sl_explained_hit *hit = &explanation->hits[i];
        sl_json_begin_map(json);
        sl_json_put_key(json, "pattern");
        sl_json_put_word(json, explainer->pack->patterns[hit->pattern].id);
        sl_json_put_key(json, "phrase");
        sl_json_put_word(json, hit->phrase);
        sl_json_put_key(json, "weight");
        sl_json_put_thousandths(json, hit->weight_milli);
        put_range(json, hit->start, hit->end);
        if (hit->taken_by != NULL) {
            sl_json_put_key(json, "taken_by");
            sl_json_put_word(json, hit->taken_by);
        }
        if (hit->withheld) {
            sl_json_put_key(json, "withheld");
            sl_json_put_bool(json, true);
        }
        sl_json_end_map(json);
    }
    sl_json_end_list(json);
}

static void put_conditions(const struct explainer *explainer,
                           const struct sl_explanation *explanation) {
    struct sl_json *json = explainer->json;
    sl_json_put_key(json, "conditions");
    sl_json_begin_list(json);
    for (uint32_t i = 0; i < explanation->conditions_count; i++) {
        const struct sl_explained_condition *condition = &explanation->conditions[i];
        sl_json_begin_map(json);
        sl_json_put_key(json, "pattern");
        sl_json_put_word(json, explainer->pack->patterns[condition->pattern].id);
        sl_json_put_key(json, "holds");
        sl_json_put_bool(json, condition->holds);
        sl_json_put_key(json, "weight");
        sl_json_put_thousandths(json, condition->weight_milli);
        sl_json_put_key(json, "reason");
        sl_json_put_word(json, condition->reason);
        sl_json_end_map(json);
    }
    sl_json_end_list(json);
}

static void put_sums(const struct explainer *explainer, const struct sl_explanation *explanation) {
    struct sl_json *json = explainer->json;
    sl_json_put_key(json, "sums");
    sl_json_begin_list(json);
    for (uint32_t i = 0; i < explanation->sums_count; i++) {
        const struct sl_explained_sum *sum = &explanation->sums[i];
        sl_json_begin_map(json);
        sl_json_put_key(json, sum->mark < SL_PACK_TOPICS_MAX ? "topic" : "signal");
        sl_json_put_word(json, name_of_mark(explainer->pack, sum->mark));
        sl_json_put_key(json, "sum");
        sl_json_put_thousandths(json, sum->sum_milli);
        sl_json_put_key(json, "threshold");
        sl_json_put_thousandths(json, sum->threshold_milli);
        sl_json_put_key(json, "shares");
        sl_json_put_word(json, sum->shares);
        sl_json_end_map(json);
    }
    sl_json_end_list(json);
}

static void put_identifiers(struct sl_json *json, const struct sl_explanation *explanation) {
    sl_json_put_key(json, "identifiers");
    sl_json_begin_list(json);
    for (uint32_t i = 0; i < explanation->identifiers_count; i++) {
        const struct sl_explained_identifier *identifier = &explanation->identifiers[i];
        sl_json_begin_map(json);
        sl_json_put_key(json, "kind");
        sl_json_put_word(json, sl_kind_word(identifier->kind));
        sl_json_put_key(json, "masked");
        sl_json_put_bool(json, identifier->masked);
        sl_json_put_key(json, "kept");
        sl_json_put_bool(json, identifier->kept);
        put_range(json, identifier->start, identifier->end);
        sl_json_put_key(json, "score");
        sl_json_put_integer(json, identifier->score);
        sl_json_put_key(json, "reasons");
        sl_json_put_word(json, identifier->reasons);
        sl_json_end_map(json);
    }
    sl_json_end_list(json);
}

static int32_t to_milli(double value) {
    return (int32_t)lround(1000 * value);
}

static void put_milli(struct sl_json *json, const char *key, int32_t milli) {
    sl_json_put_key(json, key);
    sl_json_put_thousandths(json, milli);
}

static void put_model(struct sl_json *json, const struct sl_explained_model *model) {
    if (!model->used) {
        return;
    }
    sl_json_put_key(json, "model");
    sl_json_begin_map(json);
    put_milli(json, "logit", model->logit_milli);
    put_milli(json, "offset", to_milli(model->offset));
    put_milli(json, "rules", model->rules_milli);
    put_milli(json, "rules_slope", to_milli(model->rules_slope));
    put_milli(json, "model", model->model_milli);
    put_milli(json, "model_slope", to_milli(model->model_slope));
    put_milli(json, "patterns", model->patterns_milli);
    put_milli(json, "runs", model->runs_milli);
    sl_json_put_key(json, "words");
    sl_json_begin_list(json);
    for (uint32_t i = 0; i < model->features_count; i++) {
        sl_json_begin_map(json);
        sl_json_put_key(json, "words");
        sl_json_put_word(json, model->features[i].words);
        put_milli(json, "logit", model->features[i].logit_milli);
        sl_json_end_map(json);
    }
    sl_json_end_list(json);
    sl_json_end_map(json);
}

static void put_explanation(const struct explainer *explainer,
                            const struct sl_explanation *explanation) {
    struct sl_json *json = explainer->json;
    const struct sl_verdict *verdict = &explanation->verdict;
    sl_json_begin_map(json);
    sl_json_put_key(json, "text");
    sl_json_put_text(json, verdict->masked);
    sl_json_put_key(json, "folded");
    sl_json_put_text(json, explanation->folded);
    sl_json_put_key(json, "label");
    sl_json_put_word(json, sl_label_word(verdict->label));
    if (verdict->flag != SL_FLAG_NONE) {
        sl_json_put_key(json, "flag");
        sl_json_put_word(json, sl_flag_word(verdict->flag));
        sl_json_put_key(json, "judged");
        sl_json_put_word(json, sl_label_word(verdict->judged));
    }
    sl_json_put_key(json, "score");
    sl_json_put_thousandths(json, verdict->score_permille);
    sl_json_put_key(json, "logit");
    sl_json_put_thousandths(json, explanation->logit_milli);
    sl_json_put_key(json, "bias");
    sl_json_put_thousandths(json, explainer->pack->bias_milli);
    sl_json_put_key(json, "threshold");
    sl_json_put_thousandths(json, threshold_permille(explainer, explanation));
    put_hits(explainer, explanation);
    put_conditions(explainer, explanation);
    put_model(json, &explanation->model);
    put_names(json, "topics", verdict->topics, explainer->pack->topics);
    put_names(json, "signals", verdict->signals, explainer->pack->signals);
    put_sums(explainer, explanation);
    sl_json_put_key(json, "line");
    sl_json_put_word(json, sl_line_word(verdict->line));
    put_identifiers(json, explanation);
    sl_json_end_map(json);
    struct sl_text line = sl_json_take_line(json);
    fwrite(line.data, 1, line.len, stdout);
}

static int explain_text(const struct explainer *explainer, struct sl_text text) {
    struct sl_error error = {0};
    const struct sl_explanation *explanation;
    if (sl_judge_explain(explainer->judge, text, &error, &explanation) != SL_OK) {
        return sl_cli_fail(&error, SL_EXIT_REFUSED);
    }
    if (explainer->json != NULL) {
        put_explanation(explainer, explanation);
    } else {
        print_explanation(explainer, explanation);
    }
    return SL_EXIT_FINE;
}

static int explain_lines(const struct explainer *explainer) {
    char *line = NULL;
    size_t room = 0;
    ssize_t len;
    int status = SL_EXIT_FINE;
    while ((len = getline(&line, &room, stdin)) > 0) {
        struct sl_text text = {.data = line, .len = (size_t)len};
        text.len -= line[len - 1] == '\n';
        int one = explain_text(explainer, text);
        status = one > status ? one : status;
        if (explainer->json == NULL) {
            putchar('\n');
        }
    }
    free(line);
    return status;
}

static int explain_with(struct explainer *explainer, bool json, const char *text) {
    struct sl_error error = {0};
    int status = SL_EXIT_UNDONE;
    if (sl_judge_open(explainer->engine, &error, &explainer->judge) != SL_OK ||
        (json && sl_json_open(&error, &explainer->json) != SL_OK)) {
        sl_cli_fail(&error, status);
    } else if (text != NULL) {
        status = explain_text(explainer, (struct sl_text){.data = text, .len = strlen(text)});
    } else {
        status = explain_lines(explainer);
    }
    sl_json_close(explainer->json);
    sl_judge_close(explainer->judge);
    return status;
}

static int run(int argc, char **argv) {
    const char *pack_path = NULL;
    bool json = false;
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option == 'p') {
            pack_path = optarg;
        } else if (option == 'j') {
            json = true;
        } else {
            return sl_cli_usage(&sl_command_explain, "that option is not known");
        }
    }
    if (argc - optind > 1) {
        return sl_cli_usage(&sl_command_explain, "expected one TEXT; put it in quotes");
    }
    struct sl_engine *engine;
    int status = sl_cli_engine(pack_path, &engine);
    if (status != SL_EXIT_FINE) {
        return status;
    }
    struct explainer explainer = {.engine = engine, .pack = sl_engine_pack(engine)};
    status = explain_with(&explainer, json, optind < argc ? argv[optind] : NULL);
    sl_engine_close(engine);
    return status;
}

const struct sl_command sl_command_explain = {
    .name = "explain",
    .summary = "why a text is judged as it is",
    .help = help,
    .run = run,
};
