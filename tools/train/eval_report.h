// SPDX-License-Identifier: Apache-2.0
//
// train/eval_report.h - what an evaluation found, as numbers and words; eval.h says how it is come
// by. Everything belongs to the report. Lists are in a settled order: groups by posts, most first,
// then by name; texts as their comment says, then in the order of reading.
#ifndef SL_TRAIN_EVAL_REPORT_H
#define SL_TRAIN_EVAL_REPORT_H

#include <sluice/words.h>

#include "eval_bootstrap.h"
#include "eval_figures.h"
#include "labelled.h"

#define SL_EVAL_VALUES_MAX 1024 // values of one field; those met later are taken together
#define SL_EVAL_REST       "(all others)"

struct sl_eval_judge {
    char *pack;                  // "telco@1.0"
    char *path;                  // of the pack
    char *model;                 // its file, or NULL
    char *left_out;              // field: for each value a model that did not see it; or NULL
    uint32_t threshold_permille; // not where each of these models has its own
    struct sl_tally tally;
    struct sl_figures figures;
    uint32_t best_threshold_permille;
    struct sl_figures best; // at that
};

// Posts of one source, language, topic …
struct sl_eval_group {
    char *name; // SL_EVAL_REST: values beyond the limit; "": posts without this field
    uint64_t posts, care;
    struct sl_figures figures[2]; // one a judge, at its threshold
    // With the best threshold of all other sources; only of sources, and where there are others.
    uint32_t others_threshold_permille[2];
    struct sl_figures with_others[2];
    struct sl_tally tally[2];
};

struct sl_eval_groups {
    char *field; // "source"
    struct sl_eval_group **groups;
    uint32_t count;
    bool has_others; // their figures with the threshold of the others are there
};

// A topic or signal as something to be found: of posts that were judged for it.
struct sl_eval_finding {
    char *name;
    struct sl_confusion confusion[2];
};

struct sl_eval_findings {
    struct sl_eval_finding *findings;
    uint32_t count;
    uint64_t posts;      // that were judged for any
    uint64_t unknown;    // words in labels that no pack knows
    char *unknown_words; // the most frequent of these, or NULL
};

// Posts by the word of their label, and by what each judge calls them.
struct sl_eval_called {
    char *word;
    uint64_t posts[2][SL_LABELS_COUNT];
};

struct sl_eval_text {
    char *masked;
    char *place; // "posts.ndjson:12"
    char *source;
    bool care;
    uint16_t score_permille[2];
    char *why; // patterns with weights; of a changed post: those that make the difference
};

struct sl_eval_texts {
    struct sl_eval_text *texts;
    uint32_t count;
    uint64_t total; // how many there are
};

enum sl_eval_change {
    SL_EVAL_GAINED_HITS,
    SL_EVAL_LOST_HITS,
    SL_EVAL_GAINED_ALARMS,
    SL_EVAL_LOST_ALARMS,
    SL_EVAL_CHANGES_COUNT,
};

// What the verdict's labels are worth where people gave the same: of posts with this word, how many
// are called so. Words are those of labels; "spam" is noise.
struct sl_confusion sl_eval_called_as(const struct sl_eval_called *called, uint32_t called_count,
                                      uint32_t judge, enum sl_label label);

struct sl_eval_report {
    struct sl_labelled_counts counts;
    uint64_t unjudged; // posts that an engine refused
    uint32_t judges_count;
    struct sl_eval_judge judges[2];
    // Source and lang first, then as asked for; topics last. Fields that no post has are not here.
    struct sl_eval_groups groups[SL_LABELLED_GROUPS_MAX + 1];
    uint32_t groups_count;
    struct sl_eval_findings topics, signals;
    uint64_t lines[2][SL_LINES_COUNT][SL_LINES_COUNT]; // [judge][labelled][found]; unknown: no row
    struct sl_eval_called *called;
    uint32_t called_count;
    struct sl_eval_texts misses, alarms;                 // of the last judge; most confident first
    struct sl_eval_texts changes[SL_EVAL_CHANGES_COUNT]; // with two judges; largest change first
    uint32_t replicates;
    uint64_t seed;
    char *resampled_by;            // field, or NULL: post by post
    uint32_t units;                // values of that field
    struct sl_bootstrap bootstrap; // where there are replicates
};

#endif
