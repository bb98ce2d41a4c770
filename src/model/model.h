// SPDX-License-Identifier: Apache-2.0
//
// model/model.h - a learned model of care beside the rules: loaded, matched with a pack, asked.
//
// What it is. A logistic regression over hashed features (features.h) and the rules' own hits, for
// care and for any of the pack's topics and signals. The rules and the model each have a logit;
// they are combined into one by a second, tiny regression that was learned on posts neither saw:
//     logit = offset + rules_slope * (logit of the rules) + model_slope * (logit of the model)
// The file (file.h) says it all; `sluice-train` writes it.
//
// The model's logit is
//     bias + weights of patterns hit + (sum of the features' weights) / sqrt(number of features)
// so a long text says no more than a short one that speaks the same way. Table weights are 8 bits
// with one scale a table: sums are whole numbers, and the same on every machine.
//
// Heads. Those beside care (topics and signals) see words and pairs only, whose weights stand side
// by side, so one look at a row serves all heads. Signals may be added to any post, topics to a
// post that is care; what the rules say is never taken away.
//
// Loading. The file is taken as a whole into a mapping of its own and checked there: whoever writes
// over the file in place can neither change weights that were checked nor end the stage with a
// SIGBUS. Its patterns, topics and signals are matched with the pack's by name; what the pack does
// not know is left out and counted.
//
// Ownership and threads: a model is immutable and counted, and stands on a shelf, as allow lists do
// (identify/allow.h): any thread may put a new one there; who holds the old one keeps it until he
// looks again.
//
// Cost for a text of 100 bytes: 900 instructions beyond its features for care, of whose 130 weights
// every third is not in the nearest cache; two more for each word and 16 heads. Memory: the file's
// size (320 KiB with 2^18 weights and no heads).
#ifndef SL_MODEL_MODEL_H
#define SL_MODEL_MODEL_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "model/features.h"
#include "pack/pack.h"

#define SL_MODEL_HEADS_MAX 128 // beside care

struct sl_model;

// Reads and checks the file, and matches it with the pack. The error says what is wrong with the
// file and what to do.
int sl_model_load(const char *path, const struct sl_pack *pack, struct sl_error *error,
                  struct sl_model **ret_model);

struct sl_model *sl_model_hold(struct sl_model *model);
void sl_model_release(struct sl_model *model); // NULL is fine

// Names in the file that the pack does not have, joined by ", " and cut where the room ends.
// Returns how many there are.
uint32_t sl_model_unmatched(const struct sl_model *model, char *text, size_t room);

// From which probability a post is care, while this model is in use.
int32_t sl_model_threshold_permille(const struct sl_model *model);

const struct sl_refusals *sl_model_refusals(const struct sl_model *model);

// What the features of one text add up to.
struct sl_model_sums {
    int32_t care;
    uint32_t count;       // of features
    uint32_t words_count; // of words and pairs among them
    int32_t heads[SL_MODEL_HEADS_MAX];
};

void sl_model_add_up(const struct sl_model *model, const struct sl_features *features,
                     struct sl_model_sums *ret_sums);

// What a pattern of the pack adds to the model's logit of care, in thousandths; 0: nothing is
// known of it.
int32_t sl_model_pattern_milli(const struct sl_model *model, uint32_t pattern);

struct sl_model_opinion {
    int32_t model_milli; // the model's own logit
    int32_t logit_milli; // of rules and model together
    uint64_t topics;     // to be added where the post is care
    uint64_t signals;    // to be added
};

// `patterns_milli`: the sum of sl_model_pattern_milli over the patterns hit.
void sl_model_conclude(const struct sl_model *model, const struct sl_model_sums *sums,
                       int32_t rules_milli, int32_t patterns_milli,
                       struct sl_model_opinion *ret_opinion);

// What feature `index` of a text adds to the combined logit; for explanations.
double sl_model_contribution(const struct sl_model *model, const struct sl_features *features,
                             uint32_t index);
// By what the rules' and the model's own logit are multiplied, and what is added.
void sl_model_combination(const struct sl_model *model, double *ret_rules_slope,
                          double *ret_model_slope, double *ret_offset);

struct sl_model_shelf {
    atomic_flag busy;
    struct sl_model *current;    // guarded by busy; NULL: no model
    _Atomic uint64_t generation; // counts the models that stood here
};

// Puts a model (or NULL) on the shelf, which takes over the caller's hold; what stood there is
// given back.
void sl_model_shelf_put(struct sl_model_shelf *shelf, struct sl_model *model);

// A hold on the current model (or NULL), and which one it is.
struct sl_model *sl_model_shelf_take(struct sl_model_shelf *shelf, uint64_t *ret_generation);

bool sl_model_shelf_changed(const struct sl_model_shelf *shelf, uint64_t generation);

#endif
