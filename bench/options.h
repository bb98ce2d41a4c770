// SPDX-License-Identifier: Apache-2.0
//
// bench/options.h - what the command line asks for.
#ifndef SL_BENCH_OPTIONS_H
#define SL_BENCH_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "bench/generate.h"
#include "io/io.h"

enum sl_bench_command {
    SL_BENCH_HELP,
    SL_BENCH_GENERATE,
    SL_BENCH_MEASURE,
};

// Bits of the suites to run; their order of running is that of bench/suites.c.
#define SL_BENCH_SUITES_ALL UINT32_MAX

struct sl_bench_options {
    enum sl_bench_command command;
    uint32_t suites; // bit i: suite i
    uint64_t posts;
    struct sl_generator_mix mix;
    const char *output;    // of generate; NULL: standard output
    const char *input;     // measure this file; NULL: generate one
    const char *pack;      // NULL: the one that ships
    const char *directory; // for the files that a measurement needs
    const char *json;      // the result file, or NULL
    uint32_t rounds;
    uint32_t workers; // 0: as many as the pipeline takes by itself
    enum sl_io_backend io;
};

// Reads the command line. The strings stay the caller's.
int sl_options_parse(int count, char **arguments, struct sl_error *error,
                     struct sl_bench_options *ret_options);

// The text of --help.
void sl_options_print_help(void);

#endif
