// SPDX-License-Identifier: Apache-2.0
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "engine/internal.h"
#include "engine/review.h"

static const char help[] =
    "Checks a rule pack: everything that can be wrong in the file, then rules that are in vain, "
    "then "
    "the\n"
    "pack's own examples.\n"
    "\n"
    "Usage: sluice check [--pack FILE] [--strict]\n"
    "\n"
    "  --strict   rules in vain fail the check too\n"
    "\n"
    "Without --pack the shipped pack is checked. Problems are told as file:line:column with what "
    "was\n"
    "expected. Examples that come out otherwise than they say are listed with what was found and "
    "what\n"
    "decided. Warnings tell rules that can never be, or that others say already.\n"
    "Exit status: 0 all is well; 1 examples failed; 2 the pack is wrong.\n";

static const struct option long_options[] = {
    {"pack", required_argument, NULL, 'p'},
    {"strict", no_argument, NULL, 's'},
    {NULL, 0, NULL, 0},
};

struct finding {
    struct sl_pack_place place;
    char *text;
};

struct checker {
    const struct sl_engine *engine;
    const struct sl_pack *pack;
    struct sl_judge *judge;
    uint32_t failed_count;
    struct finding *findings;
    size_t findings_count, findings_room;
    bool out_of_memory;
};

// The place of the example that is being checked, before its first complaint.
static void complain(struct checker *checker, const struct sl_pack_example *example, bool *first,
                     const char *key, const char *expected, const char *found) {
    const struct sl_pack_place *place = &example->place;
    if (*first) {
        checker->failed_count++;
        *first = false;
    }
    fprintf(stderr, "%s%s:%" PRIu32 ":%" PRIu32 ":%s examples: %s: expected %s, found %s\n",
            sl_cli_ink(stderr, SL_INK_RED), place->file, place->line, place->column,
            sl_cli_ink(stderr, SL_INK_PLAIN), key, expected, found);
}

static void check_bits(struct checker *checker, const struct sl_pack_example *example, bool *first,
                       const char *key, uint64_t missing, const char *const *names) {
    for (unsigned bit = 0; bit < 64; bit++) {
        if ((missing >> bit & 1) != 0) {
            complain(checker, example, first, key, names[bit], "none");
        }
    }
}

static void check_absent(struct checker *checker, const struct sl_pack_example *example,
                         bool *first, const char *key, uint64_t present, const char *const *names) {
    for (unsigned bit = 0; bit < 64; bit++) {
        if ((present >> bit & 1) != 0) {
            complain(checker, example, first, key, "none", names[bit]);
        }
    }
}

static const char *queue_of(const struct checker *checker, const struct sl_verdict *verdict) {
    struct sl_route_facts facts = {
        .label = verdict->label,
        .line = verdict->line,
        .topics = verdict->topics,
        .signals = verdict->signals,
        .followers = -1,
        .masked = verdict->masks_count > 0,
    };
    return sl_pack_route(checker->pack, &facts)->queue;
}

static bool same_text(struct sl_str expected, struct sl_text found) {
    return expected.len == found.len && memcmp(expected.data, found.data, expected.len) == 0;
}

static void check_example(struct checker *checker, const struct sl_pack_example *example,
                          const struct sl_verdict *verdict) {
    const struct sl_pack *pack = checker->pack;
    bool first = true;
    if (verdict->outcome != SL_JUDGED) {
        complain(checker, example, &first, "text", "a verdict", "a text that cannot be judged");
        return;
    }
    if (example->label >= 0 && (int)verdict->label != example->label) {
        complain(checker, example, &first, "label", sl_label_word((enum sl_label)example->label),
                 sl_label_word(verdict->label));
    }
    if (example->line >= 0 && (int)verdict->line != example->line) {
        complain(checker, example, &first, "line", sl_line_word((enum sl_line)example->line),
                 sl_line_word(verdict->line));
    }
    check_bits(checker, example, &first, "topic", example->topics & ~verdict->topics, pack->topics);
    check_bits(checker, example, &first, "signal", example->signals & ~verdict->signals,
               pack->signals);
    check_absent(checker, example, &first, "no_topic", example->absent_topics & verdict->topics,
                 pack->topics);
    check_absent(checker, example, &first, "no_signal", example->absent_signals & verdict->signals,
                 pack->signals);
    if (example->queue != NULL && strcmp(queue_of(checker, verdict), example->queue) != 0) {
        complain(checker, example, &first, "queue", example->queue, queue_of(checker, verdict));
    }
    if (example->masked.data != NULL && !same_text(example->masked, verdict->masked)) {
        // What was found may hold what should have been masked: it is not shown.
        complain(checker, example, &first, "masked", "the masked text given", "another one");
    }
}

// No failure: a model serves a pack that has fewer topics than its posts had.
static void tell_unmatched(const struct sl_engine *engine) {
    char names[1024];
    uint32_t count = sl_engine_unmatched(engine, names, sizeof names);
    if (count > 0) {
        sl_cli_note("care.model: the pack does not declare %" PRIu32
                    " of what the model knows, which is not used: %s",
                    count, names);
    }
}

// What decided about an example that failed: the rules, never its text.
static void tell_reasons(struct checker *checker, const struct sl_pack_example *example) {
    struct sl_error error = {0};
    const struct sl_explanation *explanation;
    struct sl_text text = {.data = example->text.data, .len = example->text.len};
    if (sl_judge_explain(checker->judge, text, &error, &explanation) != SL_OK) {
        return;
    }
    const struct sl_pack *pack = checker->pack;
    fprintf(stderr, "    bias %+g", pack->bias_milli / 1000.0);
    for (uint32_t i = 0; i < explanation->hits_count; i++) {
        const struct sl_explained_hit *hit = &explanation->hits[i];
        const char *id = pack->patterns[hit->pattern].id;
        if (hit->taken_by != NULL) {
            fprintf(stderr, ", %s taken away by \"%s\"", id, hit->taken_by);
        } else if (hit->withheld) {
            fprintf(stderr, ", %s held back", id);
        } else if (hit->weight_milli != 0) {
            fprintf(stderr, ", %s %+g", id, hit->weight_milli / 1000.0);
        }
    }
    for (uint32_t i = 0; i < explanation->conditions_count; i++) {
        const struct sl_explained_condition *condition = &explanation->conditions[i];
        fprintf(stderr, ", %s %+g (%s)", pack->patterns[condition->pattern].id,
                condition->weight_milli / 1000.0, condition->reason);
    }
    fprintf(stderr, " = %+g, %.3f\n", explanation->logit_milli / 1000.0,
            explanation->verdict.score_permille / 1000.0);
}

// Rules in vain.

static void add_finding(void *context, struct sl_pack_place place, const char *text) {
    struct checker *checker = context;
    if (checker->findings_count == checker->findings_room) {
        size_t room = checker->findings_room == 0 ? 64 : 2 * checker->findings_room;
        struct finding *findings = realloc(checker->findings, room * sizeof *findings);
        if (findings == NULL) {
            checker->out_of_memory = true;
            return;
        }
        checker->findings = findings;
        checker->findings_room = room;
    }
    char *kept = strdup(text);
    checker->out_of_memory |= kept == NULL;
    if (kept != NULL) {
        checker->findings[checker->findings_count++] = (struct finding){place, kept};
    }
}

static int compare_findings(const void *left, const void *right) {
    const struct finding *a = left, *b = right;
    int files = strcmp(a->place.file, b->place.file);
    if (files != 0 || a->place.line != b->place.line) {
        return files != 0 ? files : a->place.line < b->place.line ? -1 : 1;
    }
    return a->place.column != b->place.column ? a->place.column < b->place.column ? -1 : 1
                                              : strcmp(a->text, b->text);
}

static int compare_examples(const void *left, const void *right) {
    const struct sl_pack_example *a = *(const struct sl_pack_example *const *)left;
    const struct sl_pack_example *b = *(const struct sl_pack_example *const *)right;
    size_t len = a->text.len < b->text.len ? a->text.len : b->text.len;
    int texts = memcmp(a->text.data, b->text.data, len);
    if (texts != 0 || a->text.len != b->text.len) {
        return texts != 0 ? texts : a->text.len < b->text.len ? -1 : 1;
    }
    return (a > b) - (a < b);
}

static void review_examples(struct checker *checker) {
    const struct sl_pack *pack = checker->pack;
    const struct sl_pack_example **sorted = calloc(pack->examples_count + 1, sizeof *sorted);
    for (uint32_t i = 0; sorted != NULL && i < pack->examples_count; i++) {
        sorted[i] = &pack->examples[i];
    }
    if (sorted != NULL && pack->examples_count > 0) {
        qsort(sorted, pack->examples_count, sizeof *sorted, compare_examples);
    }
    for (uint32_t i = 1; sorted != NULL && i < pack->examples_count; i++) {
        struct sl_str a = sorted[i - 1]->text, b = sorted[i]->text;
        if (a.len == b.len && memcmp(a.data, b.data, a.len) == 0) {
            char text[128];
            snprintf(text, sizeof text, "examples: the text of line %" PRIu32 " again: join them",
                     sorted[i - 1]->place.line);
            add_finding(checker, sorted[i]->place, text);
        }
    }
    free(sorted);
}

static void tell_findings(struct checker *checker) {
    if (checker->findings_count > 0) {
        qsort(checker->findings, checker->findings_count, sizeof *checker->findings,
              compare_findings);
    }
    for (size_t i = 0; i < checker->findings_count; i++) {
        const struct finding *finding = &checker->findings[i];
        fprintf(stderr, "%s%s:%" PRIu32 ":%" PRIu32 ":%s warning: %s\n",
                sl_cli_ink(stderr, SL_INK_YELLOW), finding->place.file, finding->place.line,
                finding->place.column, sl_cli_ink(stderr, SL_INK_PLAIN), finding->text);
        free(finding->text);
    }
    free(checker->findings);
}

static int review(struct checker *checker) {
    struct sl_error error = {0};
    int result = sl_judge_review(checker->judge, add_finding, checker, &error);
    review_examples(checker);
    tell_findings(checker);
    if (checker->out_of_memory) {
        result = sl_error_set(&error, "out of memory for the review of the rules");
    }
    return result == SL_OK ? SL_EXIT_FINE : sl_cli_fail(&error, SL_EXIT_UNDONE);
}

static int check_examples(struct checker *checker) {
    const struct sl_pack *pack = checker->pack;
    for (uint32_t i = 0; i < pack->examples_count; i++) {
        const struct sl_pack_example *example = &pack->examples[i];
        struct sl_text text = {.data = example->text.data, .len = example->text.len};
        uint32_t failed_count = checker->failed_count;
        check_example(checker, example, sl_judge_texts(checker->judge, &text, 1));
        if (checker->failed_count > failed_count) {
            tell_reasons(checker, example);
        }
    }
    // A phrase that begins with ^ is two expressions.
    uint32_t phrases_count = 0;
    for (uint32_t i = 0; i < pack->expressions_count; i++) {
        phrases_count += i == 0 || pack->expressions[i].phrase != pack->expressions[i - 1].phrase;
    }
    bool fine = checker->failed_count == 0;
    printf("%s%s%s: %" PRIu32 " phrases in %" PRIu32 " patterns, %" PRIu32 " routes; ",
           sl_cli_ink(stdout, fine ? SL_INK_GREEN : SL_INK_RED), pack->full_name,
           sl_cli_ink(stdout, SL_INK_PLAIN), phrases_count, pack->patterns_count,
           pack->routes_count);
    if (fine) {
        printf("all %" PRIu32 " examples come out as they say", pack->examples_count);
    } else {
        printf("%" PRIu32 " of %" PRIu32 " examples do not", checker->failed_count,
               pack->examples_count);
    }
    if (checker->findings_count > 0) {
        printf("; %zu warning%s", checker->findings_count, checker->findings_count > 1 ? "s" : "");
    }
    putchar('\n');
    return fine ? SL_EXIT_FINE : SL_EXIT_REFUSED;
}

static int check(struct checker *checker, bool strict) {
    struct sl_error error = {0};
    if (sl_judge_open(checker->engine, &error, &checker->judge) != SL_OK) {
        return sl_cli_fail(&error, SL_EXIT_UNDONE);
    }
    int status = review(checker);
    if (status == SL_EXIT_FINE) {
        status = check_examples(checker);
    }
    if (status == SL_EXIT_FINE && strict && checker->findings_count > 0) {
        status = SL_EXIT_REFUSED;
    }
    sl_judge_close(checker->judge);
    return status;
}

static int run(int argc, char **argv) {
    const char *pack_path = NULL;
    bool strict = false;
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option == 'p') {
            pack_path = optarg;
        } else if (option == 's') {
            strict = true;
        } else {
            return sl_cli_usage(&sl_command_check, "expected --pack FILE or --strict");
        }
    }
    if (optind < argc) {
        return sl_cli_usage(&sl_command_check, "expected no argument, found \"%s\"", argv[optind]);
    }
    struct sl_engine *engine;
    int status = sl_cli_engine(pack_path, &engine);
    if (status != SL_EXIT_FINE) {
        return status;
    }
    struct checker checker = {.engine = engine, .pack = sl_engine_pack(engine)};
    tell_unmatched(engine);
    status = check(&checker, strict);
    sl_engine_close(engine);
    return status;
}

const struct sl_command sl_command_check = {
    .name = "check",
    .summary = "what is wrong in a rule pack, and its own examples",
    .help = help,
    .run = run,
};
