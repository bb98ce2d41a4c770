// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "cli/cli.h"
#include "engine/internal.h"
#include "pipeline/pipeline.h"

static const char help[] =
    "Reads posts, decides which are requests for care, masks personal data, and writes one work "
    "item\n"
    "for each.\n"
    "\n"
    "Usage: sluice run [OPTION…] [INPUT…]\n"
    "\n"
    "INPUT are files, one JSON object a line (docs/post.md); '-' or nothing is standard input.\n"
    "\n"
    "  -o, --output FILE        where items go; '-' or nothing: standard output\n"
    "      --format FORMAT      msgpack or json; msgpack unless items go to a terminal\n"
    "      --quarantine FILE    keep refused records here, masked, with reason and line\n"
    "      --pack FILE          the rule pack; the shipped telco.yaml otherwise\n"
    "      --input-format WORD  shape of the records: post (the only one so far)\n"
    "      --workers N          worker threads; auto (cores less one) otherwise\n"
    "      --block BYTES        bytes asked for in one read; 1048576 otherwise\n"
    "      --strict             exit status 1 when a record was refused\n"
    "  -q, --quiet              no progress and no summary\n"
    "\n"
    "Ends when the inputs end. SIGINT or SIGTERM stops reading, finishes what was taken in and "
    "ends;\n"
    "a second one ends at once. SIGHUP reads the pack's allow lists and its model again.\n"
    "\n"
    "Examples:\n"
    "  sluice run --format json posts.ndjson | jq .queue\n"
    "  zcat archive.ndjson.gz | sluice run -o items.msgpack --quarantine refused.ndjson\n";

struct options {
    const char *pack;
    bool quiet;
    bool strict;
    bool format_given;
    struct sl_pipeline_config config;
};

enum {
    OPTION_FORMAT = 256,
    OPTION_QUARANTINE,
    OPTION_PACK,
    OPTION_INPUT_FORMAT,
    OPTION_WORKERS,
    OPTION_BLOCK,
    OPTION_STRICT,
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"quarantine", required_argument, NULL, OPTION_QUARANTINE},
    {"pack", required_argument, NULL, OPTION_PACK},
    {"input-format", required_argument, NULL, OPTION_INPUT_FORMAT},
    {"workers", required_argument, NULL, OPTION_WORKERS},
    {"block", required_argument, NULL, OPTION_BLOCK},
    {"strict", no_argument, NULL, OPTION_STRICT},
    {"quiet", no_argument, NULL, 'q'},
    {NULL, 0, NULL, 0},
};

static int read_format(struct options *options, const char *word) {
    options->format_given = true;
    if (strcmp(word, "msgpack") == 0) {
        options->config.format = SL_ITEM_MSGPACK;
    } else if (strcmp(word, "json") == 0) {
        options->config.format = SL_ITEM_JSON;
    } else {
        return sl_cli_usage(&sl_command_run, "--format: expected msgpack or json, found \"%s\"",
                            word);
    }
    return SL_EXIT_FINE;
}

static int read_workers(struct options *options, const char *word) {
    unsigned long value = 0;
    if (strcmp(word, "auto") != 0 &&
        !sl_cli_parse_number(word, 1, SL_PIPELINE_WORKERS_MAX, &value)) {
        return sl_cli_usage(&sl_command_run, "--workers: expected auto or 1 to %d, found \"%s\"",
                            SL_PIPELINE_WORKERS_MAX, word);
    }
    options->config.workers_count = (unsigned)value;
    return SL_EXIT_FINE;
}

static int read_block(struct options *options, const char *word) {
    unsigned long value;
    if (!sl_cli_parse_number(word, SL_PIPELINE_BLOCK_MIN_BYTES, SL_PIPELINE_BLOCK_MAX_BYTES,
                             &value)) {
        return sl_cli_usage(&sl_command_run, "--block: expected %u to %u bytes, found \"%s\"",
                            SL_PIPELINE_BLOCK_MIN_BYTES, SL_PIPELINE_BLOCK_MAX_BYTES, word);
    }
    options->config.block_bytes = value;
    return SL_EXIT_FINE;
}

static int read_option(struct options *options, int option) {
    switch (option) {
    case 'o':
        options->config.output = optarg;
        return SL_EXIT_FINE;
    case 'q':
        options->quiet = true;
        return SL_EXIT_FINE;
    case OPTION_FORMAT:
        return read_format(options, optarg);
    case OPTION_QUARANTINE:
        options->config.quarantine = optarg;
        return SL_EXIT_FINE;
    case OPTION_PACK:
        options->pack = optarg;
        return SL_EXIT_FINE;
    case OPTION_INPUT_FORMAT:
        if (strcmp(optarg, "post") != 0) {
            return sl_cli_usage(&sl_command_run, "--input-format: expected post, found \"%s\"",
                                optarg);
        }
        return SL_EXIT_FINE;
    case OPTION_WORKERS:
        return read_workers(options, optarg);
    case OPTION_BLOCK:
        return read_block(options, optarg);
    case OPTION_STRICT:
        options->strict = true;
        return SL_EXIT_FINE;
    default:
        return sl_cli_usage(&sl_command_run, "what was meant by %s?", "the option above");
    }
}

static int read_options(int argc, char **argv, struct options *options) {
    static const char *const standard_input[] = {"-"};
    int option;
    while ((option = getopt_long(argc, argv, "o:q", long_options, NULL)) != -1) {
        int status = read_option(options, option);
        if (status != SL_EXIT_FINE) {
            return status;
        }
    }
    struct sl_pipeline_config *config = &options->config;
    bool given = optind < argc;
    config->inputs = given ? (const char *const *)(argv + optind) : standard_input;
    config->inputs_count = given ? (size_t)(argc - optind) : 1;
    if (!options->format_given && strcmp(config->output, "-") == 0 && isatty(STDOUT_FILENO)) {
        config->format = SL_ITEM_JSON;
    }
    return sl_cli_io_backend(&config->io) ? SL_EXIT_FINE : SL_EXIT_USAGE;
}

// Progress, on a terminal only.

struct progress {
    bool shown;
    int64_t started_ns;
};

static double per_second(uint64_t count, int64_t elapsed_ns) {
    return elapsed_ns > 0 ? (double)count * 1e9 / (double)elapsed_ns : 0;
}

static void show_progress(struct progress *progress, const struct sl_pipeline *pipeline) {
    struct sl_pipeline_totals totals;
    char posts[SL_NUMBER_BYTES], rate[SL_NUMBER_BYTES], refused[SL_NUMBER_BYTES];
    int64_t elapsed_ns = sl_clock_monotonic_ns() - progress->started_ns;
    sl_pipeline_read_totals(pipeline, &totals);
    uint64_t done = totals.emitted + totals.quarantined;
    fprintf(stderr, "\r\x1b[K%s posts  %s/s  %.0f MB/s  %s refused", sl_number_grouped(done, posts),
            sl_number_grouped((uint64_t)per_second(done, elapsed_ns), rate),
            per_second(totals.bytes_in, elapsed_ns) / 1e6,
            sl_number_grouped(totals.quarantined, refused));
    fflush(stderr);
    progress->shown = true;
}

static void clear_progress(struct progress *progress) {
    if (progress->shown) {
        fputs("\r\x1b[K", stderr);
        progress->shown = false;
    }
}

static void reload(struct sl_engine *engine, bool quiet) {
    struct sl_error error = {0};
    if (sl_engine_reload_allowed(engine, &error) != SL_OK) {
        sl_cli_fail(&error, SL_EXIT_FINE);
    } else if (!quiet) {
        sl_cli_note("the allow lists are read again");
    }
    error = (struct sl_error){0};
    if (sl_engine_reload_model(engine, &error) != SL_OK) {
        sl_cli_fail(&error, SL_EXIT_FINE);
    } else if (!quiet && sl_engine_has_model(engine)) {
        sl_cli_note("the model is read again");
    }
}

// The first signal to end drains; from then on such signals have their default effect and end the
// process.
static void on_signal(struct sl_pipeline *pipeline, struct sl_engine *engine, int signal_fd,
                      bool quiet) {
    struct signalfd_siginfo info;
    if (read(signal_fd, &info, sizeof info) != (ssize_t)sizeof info) {
        return;
    }
    if (info.ssi_signo == SIGHUP) {
        reload(engine, quiet);
        return;
    }
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    sl_pipeline_drain(pipeline);
    sigprocmask(SIG_UNBLOCK, &ending, NULL);
}

static void watch(struct sl_pipeline *pipeline, struct sl_engine *engine, const sigset_t *signals,
                  struct progress *progress, bool quiet) {
    int signal_fd = signalfd(-1, signals, SFD_CLOEXEC);
    int timeout_ms = !quiet && isatty(STDERR_FILENO) ? 250 : -1;
    struct pollfd watched[] = {
        {.fd = sl_pipeline_done_fd(pipeline), .events = POLLIN},
        {.fd = signal_fd, .events = POLLIN},
    };
    while ((watched[0].revents & POLLIN) == 0) {
        int ready = poll(watched, 2, timeout_ms);
        if (ready == 0) {
            show_progress(progress, pipeline);
        } else if (ready > 0 && (watched[1].revents & POLLIN) != 0) {
            clear_progress(progress);
            on_signal(pipeline, engine, signal_fd, quiet);
        }
    }
    clear_progress(progress);
    close(signal_fd);
}

// The summary.

struct queue_count {
    const char *queue;
    uint64_t items;
};

static int more_items(const void *a, const void *b) {
    const struct queue_count *x = a, *y = b;
    if (x->items != y->items) {
        return x->items > y->items ? -1 : 1;
    }
    return strcmp(x->queue, y->queue);
}

static void print_queues(const struct sl_pipeline *pipeline, const struct sl_pack *pack,
                         uint64_t emitted) {
    struct queue_count *queues = calloc(pack->routes_count, sizeof *queues);
    size_t count = 0;
    for (uint32_t route = 0; queues != NULL && route < pack->routes_count; route++) {
        size_t i = 0;
        while (i < count && strcmp(queues[i].queue, pack->routes[route].queue) != 0) {
            i++;
        }
        count += i == count;
        queues[i].queue = pack->routes[route].queue;
        queues[i].items += sl_pipeline_route_items(pipeline, route);
    }
    if (count > 0) {
        qsort(queues, count, sizeof *queues, more_items);
    }
    for (size_t i = 0; i < count && queues[i].items > 0; i++) {
        char number[SL_NUMBER_BYTES], bar[SL_CLI_BAR_BYTES];
        fprintf(stderr, "  %s%-26s%s %12s  %s%s%s\n", sl_cli_ink(stderr, SL_INK_BOLD),
                queues[i].queue, sl_cli_ink(stderr, SL_INK_PLAIN),
                sl_number_grouped(queues[i].items, number), sl_cli_ink(stderr, SL_INK_CYAN),
                sl_cli_bar((double)queues[i].items / (double)emitted, 30, bar),
                sl_cli_ink(stderr, SL_INK_PLAIN));
    }
    free(queues);
}

static void print_counts(const char *title, const uint64_t *counts, size_t count,
                         const char *(*word)(size_t)) {
    const char *gap = "";
    for (size_t i = 0; i < count; i++) {
        char number[SL_NUMBER_BYTES];
        if (counts[i] > 0) {
            if (*gap == '\0') {
                fprintf(stderr, "%s ", title);
            }
            fprintf(stderr, "%s%s %s", gap, word(i), sl_number_grouped(counts[i], number));
            gap = ", ";
        }
    }
    if (*gap != '\0') {
        fputc('\n', stderr);
    }
}

static void print_joined(const struct sl_pipeline_totals *totals) {
    char joined[SL_NUMBER_BYTES], evicted[SL_NUMBER_BYTES];
    if (totals->joined > 0 || totals->joined_evicted > 0) {
        fprintf(stderr, "split over posts: joined %s, forgotten early %s\n",
                sl_number_grouped(totals->joined, joined),
                sl_number_grouped(totals->joined_evicted, evicted));
    }
}

// How often the engine alone would have said what the agency did.
static void print_flagged(const struct sl_pipeline_totals *totals) {
    for (unsigned flag = SL_FLAG_CARE; flag < SL_FLAGS_COUNT; flag++) {
        const uint64_t *judged = totals->flagged[flag];
        uint64_t agrees = judged[flag == SL_FLAG_CARE], all = judged[0] + judged[1];
        char number[SL_NUMBER_BYTES], agreed[SL_NUMBER_BYTES];
        if (all > 0) {
            fprintf(stderr,
                    "flagged %s by the agency: %s, of which the engine says the same of %s "
                    "(%.1f %%)\n",
                    sl_flag_word((enum sl_flag)flag), sl_number_grouped(all, number),
                    sl_number_grouped(agrees, agreed), 100.0 * (double)agrees / (double)all);
        }
    }
}

static const char *label_word(size_t i) {
    return sl_label_word((enum sl_label)i);
}

static const char *kind_word(size_t i) {
    return sl_kind_word((enum sl_kind)i);
}

static const char *reason_word(size_t i) {
    return sl_quarantine_word((enum sl_quarantine_reason)i);
}

static void print_refused(const struct sl_pipeline *pipeline, uint64_t quarantined,
                          const char *quarantine) {
    struct sl_refused refused[SL_PIPELINE_REFUSED_MAX];
    size_t count = sl_pipeline_first_refused(pipeline, refused);
    for (size_t i = 0; i < count; i++) {
        fprintf(stderr, "  %s%s:%llu:%s %s: %s\n", sl_cli_ink(stderr, SL_INK_YELLOW),
                refused[i].source, (unsigned long long)refused[i].line,
                sl_cli_ink(stderr, SL_INK_PLAIN), sl_quarantine_word(refused[i].reason),
                sl_quarantine_help(refused[i].reason));
    }
    if (quarantined > count) {
        char number[SL_NUMBER_BYTES];
        fprintf(stderr, "  … and %s more\n", sl_number_grouped(quarantined - count, number));
    }
    if (count > 0 && quarantine == NULL) {
        fputs("  they were counted only; --quarantine FILE keeps them\n", stderr);
    }
}

static void print_summary(const struct sl_pipeline *pipeline, const struct options *options,
                          int64_t elapsed_ns) {
    const struct sl_pipeline_config *config = &options->config;
    const struct sl_pack *pack = sl_engine_pack(config->engine);
    struct sl_pipeline_totals totals;
    char number[SL_NUMBER_BYTES], rate[SL_NUMBER_BYTES];
    sl_pipeline_read_totals(pipeline, &totals);
    unsigned workers = sl_pipeline_workers_count(pipeline);
    fprintf(stderr, "%s%s posts%s in %.2f s: %s posts/s, %.1f MB/s (%s, %u worker%s, %s)\n",
            sl_cli_ink(stderr, SL_INK_BOLD), sl_number_grouped(totals.received, number),
            sl_cli_ink(stderr, SL_INK_PLAIN), (double)elapsed_ns / 1e9,
            sl_number_grouped((uint64_t)per_second(totals.received, elapsed_ns), rate),
            per_second(totals.bytes_in, elapsed_ns) / 1e6, pack->full_name, workers,
            workers == 1 ? "" : "s",
            sl_pipeline_io_in_use(pipeline) == SL_IO_URING ? "io_uring" : "plain calls");
    print_counts("items:", totals.by_label, SL_LABELS_COUNT, label_word);
    print_queues(pipeline, pack, totals.emitted);
    print_counts("masked:", totals.by_mask, SL_KINDS_COUNT, kind_word);
    print_joined(&totals);
    print_counts("quarantined:", totals.by_reason, SL_QUARANTINE_REASONS_COUNT, reason_word);
    print_flagged(&totals);
    print_refused(pipeline, totals.quarantined, config->quarantine);
    const char *input;
    uint64_t offset;
    if (sl_pipeline_stopped_at(pipeline, &input, &offset)) {
        fprintf(stderr, "stopped by a signal: %s was read up to byte %s\n", input,
                sl_number_grouped(offset, number));
    }
}

// Before any thread exists, so that all inherit it. A shell may have had them ignored for a command
// in the background; then they would not even reach the signalfd.
static void block_signals(sigset_t *ret_signals) {
    sigemptyset(ret_signals);
    sigaddset(ret_signals, SIGINT);
    sigaddset(ret_signals, SIGTERM);
    sigaddset(ret_signals, SIGHUP);
    sigprocmask(SIG_BLOCK, ret_signals, NULL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
}

static int run_pipeline(struct sl_pipeline *pipeline, struct sl_engine *engine,
                        const struct options *options) {
    struct sl_error error = {0};
    struct progress progress = {.started_ns = sl_clock_monotonic_ns()};
    const char *fallback = sl_pipeline_io_fallback_reason(pipeline);
    if (fallback != NULL && !options->quiet) {
        sl_cli_note("%s", fallback);
    }
    sigset_t signals;
    block_signals(&signals);
    if (sl_pipeline_start(pipeline, &error) != SL_OK) {
        return sl_cli_fail(&error, SL_EXIT_UNDONE);
    }
    watch(pipeline, engine, &signals, &progress, options->quiet);
    int joined = sl_pipeline_join(pipeline, &error);
    if (!options->quiet) {
        print_summary(pipeline, options, sl_clock_monotonic_ns() - progress.started_ns);
    }
    if (joined != SL_OK) {
        return sl_cli_fail(&error, SL_EXIT_UNDONE);
    }
    struct sl_pipeline_totals totals;
    sl_pipeline_read_totals(pipeline, &totals);
    return options->strict && totals.quarantined > 0 ? SL_EXIT_REFUSED : SL_EXIT_FINE;
}

static int run(int argc, char **argv) {
    struct options options = {.config = {.output = "-"}};
    struct sl_engine *engine;
    int status = read_options(argc, argv, &options);
    if (status == SL_EXIT_FINE) {
        status = sl_cli_engine(options.pack, &engine);
    }
    if (status != SL_EXIT_FINE) {
        return status;
    }
    options.config.engine = engine;
    struct sl_error error = {0};
    struct sl_pipeline *pipeline;
    if (sl_pipeline_open(&options.config, &error, &pipeline) == SL_OK) {
        status = run_pipeline(pipeline, engine, &options);
        sl_pipeline_close(pipeline);
    } else {
        status = sl_cli_fail(&error, SL_EXIT_USAGE);
    }
    sl_engine_close(engine);
    return status;
}

const struct sl_command sl_command_run = {
    .name = "run",
    .summary = "the stage: posts in, work items out",
    .help = help,
    .run = run,
};
