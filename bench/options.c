// SPDX-License-Identifier: Apache-2.0
#include "bench/options.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/report.h"
#include "bench/suites.h"
#include "pipeline/pipeline.h"

#define POSTS_MAX UINT64_C(1000000000)

enum value_kind {
    VALUE_TEXT,
    VALUE_COUNT64, // uint64_t, with k or M behind it
    VALUE_COUNT32, // uint32_t, between min and max
    VALUE_SHARE,   // double, 0..1
    VALUE_IO,
};

#define GENERATES 1u
#define MEASURES  2u

struct option {
    const char *name;
    enum value_kind kind;
    size_t offset;
    unsigned commands; // in which it means something
    uint64_t min, max;
    const char *value; // in the help
    const char *help;
};

#define AT(member) offsetof(struct sl_bench_options, member)
#define BOTH       (GENERATES | MEASURES)
#define FILE_NAME  "FILE"
#define SHARE(n, m, h)                                                                             \
    { n, VALUE_SHARE, AT(mix.m), BOTH, 0, 1, "SHARE", h }

static const struct option options[] = {
    {"--posts", VALUE_COUNT64, AT(posts), BOTH, 1, POSTS_MAX, "N",
     "how many; 400k and 2M are understood [400k]"},
    {"--seed", VALUE_COUNT64, AT(mix.seed), BOTH, 0, UINT64_MAX, "S",
     "the same seed gives the same posts [1]"},
    {"--length-mean", VALUE_COUNT32, AT(mix.length_mean), BOTH, SL_GENERATOR_LENGTH_MIN,
     SL_GENERATOR_LENGTH_MAX, "BYTES", "of the texts; they spread as public posts do [140]"},
    SHARE("--italian", italian, "in Italian, the others in English [0.7]"),
    SHARE("--care", care, "that ask for care [0.3]"),
    SHARE("--identifiers", identifiers, "that hold an identifier, valid by its checks [0.05]"),
    SHARE("--numbers", numbers, "that hold '@' or two digits, and no identifier [0.125]"),
    SHARE("--escapes", escapes, "with JSON escapes in the text [0.1]"),
    SHARE("--emoji", emoji, "with emoji [0.08]"),
    SHARE("--urls", urls, "that carry the address of the post [0.25]"),
    {"-o", VALUE_TEXT, AT(output), GENERATES, 0, 0, FILE_NAME, "write there [standard output]"},
    {"--rounds", VALUE_COUNT32, AT(rounds), MEASURES, 1, SL_REPORT_ROUNDS_MAX, "R",
     "counted ones, after one that is not [7]"},
    {"--workers", VALUE_COUNT32, AT(workers), MEASURES, 0, SL_PIPELINE_WORKERS_MAX, "N",
     "of the pipeline; 0: cores less one [1]"},
    {"--io", VALUE_IO, AT(io), MEASURES, 0, 0, "uring|plain", "the back end [whichever works]"},
    {"--pack", VALUE_TEXT, AT(pack), MEASURES, 0, 0, FILE_NAME, "the rule pack [the shipped one]"},
    {"--input", VALUE_TEXT, AT(input), MEASURES, 0, 0, FILE_NAME,
     "measure these posts instead of generated ones"},
    {"--dir", VALUE_TEXT, AT(directory), MEASURES, 0, 0, "DIR",
     "for the files that come and go [$TMPDIR or /tmp]"},
    {"--json", VALUE_TEXT, AT(json), MEASURES, 0, 0, FILE_NAME, "write all samples there"},
};

#define OPTIONS_COUNT (sizeof options / sizeof options[0])

static void print_options(unsigned commands) {
    for (size_t i = 0; i < OPTIONS_COUNT; i++) {
        const struct option *option = &options[i];
        if (option->commands == commands) {
            char left[64];
            snprintf(left, sizeof left, "%s %s", option->name, option->value);
            printf("  %-24s %s\n", left, option->help);
        }
    }
}

void sl_options_print_help(void) {
    fputs("sluice-bench - what the stage costs, beside what it could cost at best\n"
          "\n"
          "  sluice-bench [SUITE…] [OPTION…]       measure; all suites unless some are named\n"
          "  sluice-bench generate [OPTION…]       write posts, one JSON object a line\n"
          "\n"
          "Suites:\n",
          stdout);
    for (uint32_t i = 0; i < sl_suites_count(); i++) {
        printf("  %-10s %s\n", sl_suite_name(i), sl_suite_about(i));
    }
    fputs("\nPosts:\n", stdout);
    print_options(BOTH);
    fputs("\nOf generate:\n", stdout);
    print_options(GENERATES);
    fputs("\nOf a measurement:\n", stdout);
    print_options(MEASURES);
    fputs(
        "\n"
        "How to read it: figures are medians over the rounds with their range, never the best\n"
        "of them. The ceiling is one thread that does the same work in a bare loop; ceiling\n"
        "and pipeline take turns, so that a machine that warms up or slows down does so for\n"
        "both, and `of ceiling` compares the two of each round. MB/s are bytes of JSON read.\n"
        "All outputs must hash alike; if they do not, the bench says so and exits with 1.\n"
        "\n"
        "  sluice-bench pipeline --posts 1M --json today.json\n"
        "  sluice-bench generate --posts 10k --seed 7 -o posts.ndjson && sluice run posts.ndjson\n",
        stdout);
}

static int parse_count(const struct option *option, const char *text, struct sl_error *error,
                       uint64_t *ret_value) {
    char *end;
    errno = 0;
    uint64_t value = strtoull(text, &end, 10);
    uint64_t factor = *end == 'k' ? 1000 : *end == 'M' ? 1000000 : 1;
    end += factor > 1;
    bool number = text[0] >= '0' && text[0] <= '9' && *end == '\0' && errno == 0;
    if (!number || value > option->max / factor || value * factor < option->min) {
        return sl_error_set(error, "%s: expected a number from %llu to %llu, found %s",
                            option->name, (unsigned long long)option->min,
                            (unsigned long long)option->max, text);
    }
    *ret_value = value * factor;
    return SL_OK;
}

static int parse_share(const struct option *option, const char *text, struct sl_error *error,
                       double *ret_share) {
    char *end;
    double share = strtod(text, &end);
    if (end == text || *end != '\0' || !(share >= 0 && share <= 1)) {
        return sl_error_set(error, "%s: expected a share from 0 to 1, found %s", option->name,
                            text);
    }
    *ret_share = share;
    return SL_OK;
}

static int parse_value(const struct option *option, const char *text, struct sl_error *error,
                       struct sl_bench_options *into) {
    void *at = (char *)into + option->offset;
    uint64_t count;
    switch (option->kind) {
    case VALUE_TEXT:
        *(const char **)at = text;
        return SL_OK;
    case VALUE_COUNT64:
        return parse_count(option, text, error, at);
    case VALUE_COUNT32:
        if (parse_count(option, text, error, &count) != SL_OK) {
            return SL_FAILED;
        }
        *(uint32_t *)at = (uint32_t)count;
        return SL_OK;
    case VALUE_SHARE:
        return parse_share(option, text, error, at);
    case VALUE_IO:
        if (strcmp(text, "uring") != 0 && strcmp(text, "plain") != 0) {
            return sl_error_set(error, "--io: expected uring or plain, found %s", text);
        }
        *(enum sl_io_backend *)at = text[0] == 'u' ? SL_IO_URING : SL_IO_PLAIN;
        return SL_OK;
    }
    return SL_FAILED;
}

static const struct option *find_option(const char *name, size_t len) {
    for (size_t i = 0; i < OPTIONS_COUNT; i++) {
        if (strlen(options[i].name) == len && memcmp(options[i].name, name, len) == 0) {
            return &options[i];
        }
    }
    return NULL;
}

static int parse_option(char **arguments, int *index, int count, struct sl_error *error,
                        struct sl_bench_options *into) {
    const char *argument = arguments[*index];
    size_t len = strcspn(argument, "=");
    const struct option *option = find_option(argument, len);
    if (option == NULL) {
        return sl_error_set(error, "%.*s: no such option; see sluice-bench --help", (int)len,
                            argument);
    }
    unsigned command = into->command == SL_BENCH_GENERATE ? GENERATES : MEASURES;
    if ((option->commands & command) == 0) {
        return sl_error_set(error, "%s has no meaning %s", option->name,
                            command == GENERATES ? "for generate" : "without generate");
    }
    const char *value = argument[len] == '=' ? argument + len + 1 : NULL;
    if (value == NULL) {
        if (*index + 1 == count) {
            return sl_error_set(error, "%s: expected %s behind it", option->name, option->value);
        }
        value = arguments[++*index];
    }
    return parse_value(option, value, error, into);
}

static int parse_suite(const char *word, struct sl_error *error, struct sl_bench_options *into) {
    if (strcmp(word, "all") == 0) {
        into->suites = SL_BENCH_SUITES_ALL;
        return SL_OK;
    }
    for (uint32_t i = 0; i < sl_suites_count(); i++) {
        if (strcmp(word, sl_suite_name(i)) == 0) {
            into->suites |= UINT32_C(1) << i;
            return SL_OK;
        }
    }
    return sl_error_set(error, "%s: no such suite; see sluice-bench --help", word);
}

static int check(const struct sl_bench_options *options_read, struct sl_error *error) {
    const struct sl_generator_mix *mix = &options_read->mix;
    if (mix->identifiers + mix->numbers > 1) {
        return sl_error_set(error,
                            "--identifiers and --numbers are shares of the same posts: "
                            "expected at most 1 together, found %g",
                            mix->identifiers + mix->numbers);
    }
    return SL_OK;
}

int sl_options_parse(int count, char **arguments, struct sl_error *error,
                     struct sl_bench_options *ret_options) {
    const char *directory = getenv("TMPDIR");
    *ret_options = (struct sl_bench_options){
        .command = SL_BENCH_MEASURE,
        .posts = 400000,
        .mix = sl_generator_mix_default(),
        .directory = directory != NULL && *directory != '\0' ? directory : "/tmp",
        .rounds = 7,
        .workers = 1,
        .io = SL_IO_AUTO,
    };
    int first = 1;
    if (count > 1 && strcmp(arguments[1], "generate") == 0) {
        ret_options->command = SL_BENCH_GENERATE;
        first = 2;
    }
    for (int i = first; i < count; i++) {
        if (strcmp(arguments[i], "--help") == 0 || strcmp(arguments[i], "-h") == 0) {
            ret_options->command = SL_BENCH_HELP;
            return SL_OK;
        }
        bool suite = arguments[i][0] != '-' && ret_options->command == SL_BENCH_MEASURE;
        int result = suite ? parse_suite(arguments[i], error, ret_options)
                           : parse_option(arguments, &i, count, error, ret_options);
        if (result != SL_OK) {
            return SL_FAILED;
        }
    }
    if (ret_options->suites == 0) {
        ret_options->suites = SL_BENCH_SUITES_ALL;
    }
    return check(ret_options, error);
}
