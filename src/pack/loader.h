// SPDX-License-Identifier: Apache-2.0
//
// pack/loader.h - a pack while it is loaded: the files read, the problems found, and the tables
// being filled, one file of code a section.
//
// The order of loading is that of dependence, not of the file: names first (topics, signals,
// queues), then what uses them.
#ifndef SL_PACK_LOADER_H
#define SL_PACK_LOADER_H

#include "base/arena.h"
#include "base/assert.h"
#include "pack/expression.h"
#include "pack/pack.h"
#include "pack/problems.h"
#include "pack/source.h"
#include "pack/value.h"

#define SL_LOADER_FOLD_BYTES_MAX 256

struct sl_loader {
    const char *path;        // as asked for
    struct sl_arena arena;   // the pack's own
    struct sl_arena scratch; // files and their trees
    struct sl_problems problems;
    struct sl_sources sources;
    struct sl_pack *pack;
    // What the pack's const pointers point to while they are filled.
    struct sl_pack_pattern *patterns;
    struct sl_pack_expression *expressions;
    struct sl_pack_route *routes;
    struct sl_pack_example *examples;
    struct sl_pack_guard *guards;
    struct sl_pack_share *shares; // `sum` is a mark until sl_load_finish_marks
    uint32_t shares_count;
    uint16_t *guard_lists;
    uint32_t guard_lists_count;

    const struct sl_yaml_node **pattern_nodes; // by pattern
    bool *asked_for;                           // by pattern: the condition of another names it
    struct sl_word_group *word_groups;
    struct sl_word_groups groups;
    struct sl_pack_word_group *known_groups;

    // The pack's own names, then the closed vocabularies and their words.
    struct sl_vocabulary topics, signals, queues;
    struct sl_vocabulary labels, lines, kinds, operators, actions, criticals;
    struct {
        const char *labels[SL_LABELS_COUNT];
        const char *lines[SL_LINES_COUNT];
        const char *kinds[SL_KINDS_COUNT];
        const char *operators[SL_OPERATORS_COUNT];
        const char *actions[SL_ACTIONS_COUNT];
        const char *criticals[SL_CRITICALS_COUNT];
    } words;
};

// Room for `count` things of `bytes` in the pack's arena, zero; NULL, and a problem, when there is
// none.
void *sl_loader_take(struct sl_loader *loader, size_t count, size_t bytes);

// The folded form of a text of at most SL_LOADER_FOLD_BYTES_MAX, in the pack's arena; false, and a
// problem, when it is longer, or nothing is left of it, or there is no room.
bool sl_loader_fold(struct sl_loader *loader, const struct sl_yaml_node *node,
                    struct sl_str *ret_folded);

// Sections. Each reads what the file says under its key; those of which every file may hold some
// are called once a file.
void sl_load_words(struct sl_loader *loader, const struct sl_yaml_node *map);
void sl_load_patterns(struct sl_loader *loader, const struct sl_yaml_node *list);
void sl_load_agency(struct sl_loader *loader, const struct sl_yaml_node *map);
void sl_load_routes(struct sl_loader *loader, const struct sl_yaml_node *list);
void sl_load_identifiers(struct sl_loader *loader, const struct sl_yaml_node *map);
void sl_load_masking(struct sl_loader *loader, const struct sl_yaml_node *map);
void sl_load_knowledge(struct sl_loader *loader, const struct sl_yaml_node *map);
void sl_load_examples(struct sl_loader *loader, const struct sl_yaml_node *list);

// The pack's topics and signals, and from which sum on they count; and what a pattern says of them:
// names, or a weight for each.
void sl_load_topics(struct sl_loader *loader, const struct sl_yaml_node *list);
void sl_load_signals(struct sl_loader *loader, const struct sl_yaml_node *list);
void sl_load_shares(struct sl_loader *loader, const struct sl_yaml_node *value,
                    const struct sl_vocabulary *vocabulary, struct sl_pack_pattern *pattern);

// A list of names, each once, at most `most`.
void sl_load_names(struct sl_loader *loader, const struct sl_yaml_node *list, const char *of,
                   uint32_t most, const char *const **ret_names, uint32_t *ret_count);

// Once all patterns are there: which marks need sums, then their conditions, in order.
void sl_load_finish_marks(struct sl_loader *loader);
void sl_load_conditions(struct sl_loader *loader);

// Once all patterns and conditions are there: patterns that are good for nothing.
void sl_load_check_purposes(struct sl_loader *loader);

// Once all patterns are there: which have guards; ids that stand twice, phrases that stand twice in
// a pattern.
void sl_load_finish_patterns(struct sl_loader *loader);

#endif
