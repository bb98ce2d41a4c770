// SPDX-License-Identifier: Apache-2.0
//
// sluice-bench: from the command line to a report. Exit status: 0 fine; 1 outputs that should be
// equal were not; 2 the command line; 3 could not finish.
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/input.h"
#include "bench/options.h"
#include "bench/probe.h"
#include "bench/report.h"
#include "bench/suites.h"
#include "pack/pack.h"

enum exit_status {
    EXIT_FINE,
    EXIT_DIFFERED,
    EXIT_USAGE,
    EXIT_UNFINISHED,
};

// In a process of its own: what is measured later has nothing warmed for it.
static int probe_pack(void *argument, struct sl_error *error, struct sl_probe_answer *ret_answer) {
    const struct sl_bench_options *options = argument;
    struct sl_pack *pack;
    if (sl_pack_load(options->pack, error, &pack) != SL_OK) {
        return SL_FAILED;
    }
    snprintf(ret_answer->text, sizeof ret_answer->text, "%s, %u patterns, %u expressions",
             pack->full_name, pack->patterns_count, pack->expressions_count);
    return SL_OK;
}

static int describe(struct sl_bench *bench, struct sl_error *error) {
    struct sl_report *report = bench->report;
    report->machine = sl_machine_look();
    report->workers_count = bench->options->workers;
    report->mix = bench->options->mix;
    report->input_name = bench->options->input;
    struct sl_probe_answer pack;
    if (sl_probe_run(probe_pack, (void *)bench->options, error, &pack) != SL_OK ||
        sl_input_open(bench->options, error, &bench->input) != SL_OK) {
        return SL_FAILED;
    }
    snprintf(report->pack, sizeof report->pack, "%s", pack.text);
    report->posts = bench->input.posts;
    report->input = bench->input.digest;
    return SL_OK;
}

static int write_json(const struct sl_report *report, const char *path, struct sl_error *error) {
    FILE *file = fopen(path, "we");
    if (file == NULL) {
        return sl_error_set(error, "%s: cannot open it for writing: %s", path, strerror(errno));
    }
    sl_report_write_json(report, file);
    bool bad = ferror(file) != 0;
    if (fclose(file) != 0 || bad) {
        return sl_error_set(error, "%s: cannot write: %s", path, strerror(errno));
    }
    return SL_OK;
}

static int run_suites(struct sl_bench *bench, struct sl_error *error) {
    for (uint32_t i = 0; i < sl_suites_count(); i++) {
        if ((bench->options->suites >> i & 1) == 0) {
            continue;
        }
        if (sl_suite_run(i, bench, error) != SL_OK) {
            return sl_error_add(error, "suite %s", sl_suite_name(i));
        }
        const struct sl_report *report = bench->report;
        sl_report_print_suite(report, &report->suites[report->suites_count - 1], stdout);
        fflush(stdout);
    }
    return SL_OK;
}

static int measure(struct sl_bench *bench, struct sl_error *error) {
    if (describe(bench, error) != SL_OK) {
        return SL_FAILED;
    }
    sl_report_print_header(bench->report, stdout);
    fflush(stdout);
    if (run_suites(bench, error) != SL_OK) {
        return SL_FAILED;
    }
    const char *json = bench->options->json;
    return json != NULL ? write_json(bench->report, json, error) : SL_OK;
}

static int measure_all(const struct sl_bench_options *options, struct sl_error *error) {
    struct sl_report *report = calloc(1, sizeof *report);
    if (report == NULL) {
        sl_error_set(error, "no memory for a report");
        return EXIT_UNFINISHED;
    }
    struct sl_bench bench = {.options = options, .report = report, .input = {.fd = -1}};
    int result = measure(&bench, error);
    sl_loop_close(bench.loop);
    sl_engine_close(bench.engine);
    sl_input_close(&bench.input);
    free(report);
    return result == SL_OK ? EXIT_FINE : bench.differed ? EXIT_DIFFERED : EXIT_UNFINISHED;
}

int main(int count, char **arguments) {
    struct sl_error error = {0};
    struct sl_bench_options options;
    char shipped[PATH_MAX];
    int status = EXIT_FINE;
    if (sl_options_parse(count, arguments, &error, &options) != SL_OK) {
        status = EXIT_USAGE;
    } else if (options.command == SL_BENCH_HELP) {
        sl_options_print_help();
    } else if (options.command == SL_BENCH_GENERATE) {
        status = sl_input_generate(&options, &error) == SL_OK ? EXIT_FINE : EXIT_UNFINISHED;
    } else if (options.pack == NULL &&
               sl_pack_find_shipped(&error, shipped, sizeof shipped) != SL_OK) {
        status = EXIT_USAGE;
    } else {
        options.pack = options.pack != NULL ? options.pack : shipped;
        status = measure_all(&options, &error);
    }
    if (status != EXIT_FINE) {
        fflush(stdout);
        fprintf(stderr, "sluice-bench: %s\n", error.text);
    }
    return status;
}
