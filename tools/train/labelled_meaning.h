// SPDX-License-Identifier: Apache-2.0
//
// train/labelled_meaning.h - from the values of a record to a labelled post: which field plays
// which part, which words are care, which conditions must hold.
#ifndef SL_TRAIN_LABELLED_MEANING_H
#define SL_TRAIN_LABELLED_MEANING_H

#include "labelled_record.h"

#define SL_MEANING_PROBLEM_BYTES 160

struct sl_word_list {
    struct sl_str *words;
    uint32_t count;
};

struct sl_word_map {
    struct sl_str from, to;
};

struct sl_condition {
    uint32_t field; // of the record
    bool negated;
    struct sl_word_list words;
};

struct sl_meaning {
    // Indices of the record's fields. Topics and signals have two names each.
    uint32_t text, label, line, topics[2], signals[2];
    uint32_t topics_count, signals_count;
    uint32_t groups[SL_LABELLED_GROUPS_MAX];
    uint32_t groups_count;
    struct sl_word_list care, not_care;
    bool others_are_not_care; // labels that are in neither list
    bool labels_given;        // the lists are the caller's
    struct sl_word_map maps[SL_LABELLED_MAPS_MAX];
    uint32_t maps_count;
    struct sl_condition conditions[SL_LABELLED_CONDITIONS_MAX];
    uint32_t conditions_count;
    char *names; // fields of conditions
};

enum sl_means {
    SL_MEANS_POST,
    SL_MEANS_UNLABELLED,
    SL_MEANS_LEFT_OUT,
    SL_MEANS_NOTHING, // the problem says why
};

// Adds the fields to the record. Strings of the options must stay.
int sl_meaning_init(const struct sl_labelled_options *options, struct sl_record *record,
                    struct sl_error *error, struct sl_meaning *ret_meaning);
void sl_meaning_done(struct sl_meaning *meaning);

// Fills all of the post but its place.
enum sl_means sl_meaning_of(const struct sl_meaning *meaning, struct sl_record *record,
                            char problem[SL_MEANING_PROBLEM_BYTES],
                            struct sl_labelled_post *ret_post);

#endif
