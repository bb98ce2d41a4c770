// SPDX-License-Identifier: Apache-2.0
//
// cli/mask.h - the parts of `sluice mask`: options (mask.c), inputs and lines (mask_input.c), what
// becomes of a line (mask_line.c), the report (mask_report.c).
#ifndef SL_CLI_MASK_H
#define SL_CLI_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sluice/engine.h>

#include "cli/out.h"
#include "item/json.h"
#include "post/select.h"

enum sl_mask_report {
    SL_MASK_REPORT_NONE,
    SL_MASK_REPORT_TABLE,
    SL_MASK_REPORT_JSON,
};

struct sl_mask_job {
    const char *pack;
    struct sl_masking_options masking;
    const char *pointers[SL_POST_POINTERS_MAX];
    size_t pointers_count; // 0: lines of text
    bool spans;
    bool check;
    enum sl_mask_report report;
    char *const *inputs; // "-": standard input
    size_t inputs_count;
};

struct sl_mask_counts {
    uint64_t lines;
    uint64_t left_out;
    uint64_t found[SL_KINDS_COUNT]; // masked or kept
};

// One input after the other.
struct sl_masker {
    const struct sl_mask_job *job;
    struct sl_engine *engine;
    struct sl_judge *judge;
    struct sl_json *json;                // with --spans
    struct sl_post_selection *selection; // with --json
    struct sl_out *out;
    struct sl_mask_counts counts;
    const char *input; // name; NULL: standard input
    uint64_t line;     // in this input
    char *record;      // one with something masked in it; grown on demand
    size_t record_len, record_room;
};

// Does the job; returns an enum sl_exit.
int sl_mask_inputs(struct sl_engine *engine, const struct sl_mask_job *job);

// Masks whole lines, of which the last may lack its newline. SL_POST_PADDING_BYTES are readable
// behind them, and they stay as they are until masker->out is settled.
void sl_mask_lines(struct sl_masker *masker, const char *data, size_t len);

// Counts a line that cannot be masked, and tells its number.
void sl_mask_leave_out(struct sl_masker *masker, const char *why);

// On standard error.
void sl_mask_report(const struct sl_masker *masker);

#endif
