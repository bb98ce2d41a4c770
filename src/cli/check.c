// SPDX-License-Identifier: Apache-2.0
#include <getopt.h>
#include <inttypes.h>
#include <string.h>

#include "cli/cli.h"
#include "engine/internal.h"

static const char help[] =
    "Checks a rule pack: everything that can be wrong in the file, then the pack's own examples.\n"
    "\n"
    "Usage: sluice check [--pack FILE]\n"
    "\n"
    "Without --pack the shipped pack is checked. Problems are told as file:line:column with what "
    "was\n"
    "expected. Examples that come out otherwise than they say are listed with what was found.\n"
    "Exit status: 0 all is well; 1 examples failed; 2 the pack is wrong.\n";

static const struct option long_options[] = {
    {"pack", required_argument, NULL, 'p'},
    {NULL, 0, NULL, 0},
};

struct checker {
    const struct sl_engine *engine;
    const struct sl_pack *pack;
    uint32_t failed_count;
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

static int check_examples(struct checker *checker) {
    struct sl_error error = {0};
    struct sl_judge *judge;
    if (sl_judge_open(checker->engine, &error, &judge) != SL_OK) {
        return sl_cli_fail(&error, SL_EXIT_UNDONE);
    }
    const struct sl_pack *pack = checker->pack;
    for (uint32_t i = 0; i < pack->examples_count; i++) {
        const struct sl_pack_example *example = &pack->examples[i];
        struct sl_text text = {.data = example->text.data, .len = example->text.len};
        check_example(checker, example, sl_judge_texts(judge, &text, 1));
    }
    sl_judge_close(judge);
    bool fine = checker->failed_count == 0;
    printf("%s%s%s: %" PRIu32 " phrases in %" PRIu32 " patterns, %" PRIu32 " routes; ",
           sl_cli_ink(stdout, fine ? SL_INK_GREEN : SL_INK_RED), pack->full_name,
           sl_cli_ink(stdout, SL_INK_PLAIN), pack->expressions_count, pack->patterns_count,
           pack->routes_count);
    if (fine) {
        printf("all %" PRIu32 " examples come out as they say\n", pack->examples_count);
    } else {
        printf("%" PRIu32 " of %" PRIu32 " examples do not\n", checker->failed_count,
               pack->examples_count);
    }
    return fine ? SL_EXIT_FINE : SL_EXIT_REFUSED;
}

static int run(int argc, char **argv) {
    const char *pack_path = NULL;
    int option;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (option != 'p') {
            return sl_cli_usage(&sl_command_check, "expected --pack FILE");
        }
        pack_path = optarg;
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
    status = check_examples(&checker);
    sl_engine_close(engine);
    return status;
}

const struct sl_command sl_command_check = {
    .name = "check",
    .summary = "what is wrong in a rule pack, and its own examples",
    .help = help,
    .run = run,
};
