// SPDX-License-Identifier: Apache-2.0
//
// bench/report.h - what was measured, as a table for people and as a result file for tools.
//
// A row is one thing measured, once a round. What is told of it is the median and the range of its
// rounds, never the best one; all samples are in the result file.
//
// Units: a row per post keeps the nanoseconds of the whole round; its table shows them divided by
// posts.
#ifndef SL_BENCH_REPORT_H
#define SL_BENCH_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "bench/digest.h"
#include "bench/generate.h"
#include "bench/machine.h"

#define SL_REPORT_ROUNDS_MAX 101
#define SL_REPORT_ROWS_MAX   24
#define SL_REPORT_SUITES_MAX 8

enum sl_row_unit {
    SL_ROW_NS_A_POST,
    SL_ROW_MS,
    SL_ROW_MIB,
};

struct sl_row {
    const char *name;
    enum sl_row_unit unit;
    uint32_t rounds_count;
    double samples[SL_REPORT_ROUNDS_MAX]; // ns of a round, ms, MiB
    double cpu_ns[SL_REPORT_ROUNDS_MAX];  // of a round, all threads; 0: not measured
    double ratio[SL_REPORT_ROUNDS_MAX];   // to the ceiling of the same round; 0: none
};

struct sl_suite_report {
    const char *name;
    const char *ratio_name; // the heading of the column, NULL: none
    char note[512];         // what the figures were measured on and how to read them
    uint32_t rows_count;
    struct sl_row rows[SL_REPORT_ROWS_MAX];
};

struct sl_report {
    struct sl_machine machine;
    char pack[256];
    char pack_origin[512];
    unsigned workers_count; // 0: the pipeline's choice
    struct sl_generator_mix mix;
    const char *input_name; // NULL: generated from the mix
    uint64_t posts;
    struct sl_digest input;
    struct sl_digest output; // of a run that was checked; no bytes: none was
    uint32_t suites_count;
    struct sl_suite_report suites[SL_REPORT_SUITES_MAX];
};

// The report's next suite and a suite's next row. Both stay where they are.
struct sl_suite_report *sl_report_suite(struct sl_report *report, const char *name);
struct sl_row *sl_report_row(struct sl_suite_report *suite, const char *name,
                             enum sl_row_unit unit);

// Adds the sample of one round. `cpu_ns` and `ratio`: 0 where there is none.
void sl_row_add(struct sl_row *row, double sample, double cpu_ns, double ratio);

double sl_report_median(const double *samples, uint32_t count);

void sl_report_print_header(const struct sl_report *report, FILE *out);
void sl_report_print_suite(const struct sl_report *report, const struct sl_suite_report *suite,
                           FILE *out);
void sl_report_write_json(const struct sl_report *report, FILE *out);

#endif
