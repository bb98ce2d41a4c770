// SPDX-License-Identifier: Apache-2.0
//
// train/eval.h - `sluice-train eval`: how good is a judge of care, on posts that people have
// judged?
//
// Two steps, one file each way out: sl_eval_run reads posts (labelled.h), has one or two packs
// judge every one, and fills a report; the writers put it on the terminal, into one HTML page, or
// into JSON. A report is plain numbers and words, so that tests compare it with figures from
// elsewhere. All figures come from score_permille, the probability a verdict carries, and from the
// pack's threshold: what is measured is what the stage does. eval_figures.h defines each figure.
//
// Deterministic: the same posts, packs, options and seed give the same report, whatever the number
// of threads. Texts in a report are masked.
//
// Cost: two packs judge some 300,000 posts a second and core each; the bootstrap takes 10 ns for
// each post and replicate. 12 bytes are kept for a post, 32 KiB for each value of a group.
#ifndef SL_TRAIN_EVAL_H
#define SL_TRAIN_EVAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "eval_report.h"
#include "labelled.h"

struct sl_eval_judge_options {
    const char *pack;  // NULL: the one that ships
    const char *model; // NULL: as the pack says; "": none
};

struct sl_eval_options {
    struct sl_eval_judge_options judges[2]; // the second: what the first is compared with
    uint32_t judges_count;                  // 1 or 2
    struct sl_labelled_options posts;
    const char *const *paths;
    size_t paths_count;
    uint32_t threads;        // 0: one for each core
    uint32_t replicates;     // of the bootstrap; 0: none, no intervals
    const char *resample_by; // draw all posts of one value of this field together; NULL: each post
    uint64_t seed;
    uint32_t examples; // at most so many texts of a kind
    // Compare the first judge with models that are trained for each value of this field on all
    // posts but those, and judge those (eval_left_out.h); the second judge is not given then.
    const char *leave_out;
    bool progress; // on standard error
};

// Fails when a pack or file cannot be read; then the error says which and why.
int sl_eval_run(const struct sl_eval_options *options, struct sl_error *error,
                struct sl_eval_report **ret_report);
void sl_eval_report_free(struct sl_eval_report *report);

// For people; in colours where `ink`.
void sl_eval_write_text(const struct sl_eval_report *report, bool ink, FILE *out);

// One self-contained page without scripts; one JSON object. Whether writing went well is asked of
// the FILE, but for memory.
int sl_eval_write_html(const struct sl_eval_report *report, FILE *out, struct sl_error *error);
void sl_eval_write_json(const struct sl_eval_report *report, FILE *out);

// The subcommand: reads its arguments (arguments[0] is "eval"), prints, returns the exit status.
int sl_eval_command(int count, char **arguments);
extern const char sl_eval_help[];

#endif
