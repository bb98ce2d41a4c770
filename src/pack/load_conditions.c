// SPDX-License-Identifier: Apache-2.0
//
// Conditions of patterns on others, on topics and on signals: read as clauses, and put into an
// order in which each is known before it is asked for.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack/loader.h"

#define CHAIN_MAX 64 // conditions on conditions

struct conditions {
    struct sl_loader *loader;
    struct sl_vocabulary ids;
    const char **id_words;
    struct sl_pack_clause *clauses;
    uint32_t clauses_count;
    uint16_t *operands;
    uint32_t operands_count;
    struct sl_pack_pattern *pattern; // whose condition is read
};

// Reading.

static uint32_t index_of(const struct conditions *conditions, const struct sl_pack_pattern *which) {
    return (uint32_t)(which - conditions->loader->patterns);
}

static void add_operand(struct conditions *conditions, const struct sl_yaml_node *node,
                        uint16_t operand) {
    if (conditions->operands_count == SL_PACK_OPERANDS_MAX) {
        sl_value_complain(conditions->loader, node, node->place,
                          "expected at most %d words in all conditions, found more",
                          SL_PACK_OPERANDS_MAX);
        return;
    }
    conditions->operands[conditions->operands_count++] = operand;
    conditions->clauses[conditions->clauses_count - 1].operands.count++;
}

static void begin_clause(struct conditions *conditions, bool negated) {
    if (conditions->clauses_count == SL_PACK_OPERANDS_MAX) {
        return; // there is an operand too many too, which is told
    }
    conditions->clauses[conditions->clauses_count++] =
        (struct sl_pack_clause){.operands.first = conditions->operands_count, .negated = negated};
    conditions->pattern->clauses.count++;
}

// "fault.*": all patterns whose ids begin so, but for the one that asks.
static bool add_family(struct conditions *conditions, const struct sl_yaml_node *node) {
    size_t stem_len = node->text.len - 1;
    bool any = false;
    for (uint32_t i = 0; i < conditions->loader->pack->patterns_count; i++) {
        const char *id = conditions->id_words[i];
        if (strncmp(id, node->text.data, stem_len) == 0 &&
            i != index_of(conditions, conditions->pattern)) {
            conditions->loader->asked_for[i] = true;
            add_operand(conditions, node, (uint16_t)i);
            any = true;
        }
    }
    return any;
}

static void read_id(struct conditions *conditions, const struct sl_yaml_node *node) {
    struct sl_loader *loader = conditions->loader;
    uint32_t index;
    if (node->kind == SL_YAML_TEXT && node->text.len > 1 &&
        node->text.data[node->text.len - 1] == '*') {
        if (!add_family(conditions, node)) {
            sl_value_problem(loader, node, "the beginning of other patterns' ids before *");
        }
    } else if (sl_value_word(loader, node, &conditions->ids, &index)) {
        loader->asked_for[index] = true;
        add_operand(conditions, node, (uint16_t)index);
    }
}

static void add_marks(struct conditions *conditions, const struct sl_yaml_node *value,
                      const struct sl_vocabulary *vocabulary, uint32_t first_mark) {
    uint64_t bits = 0;
    sl_value_bits(conditions->loader, value, vocabulary, &bits);
    for (uint32_t bit = 0; bit < 64; bit++) {
        if ((bits >> bit & 1) != 0) {
            add_operand(conditions, value, (uint16_t)(SL_PACK_OPERAND_MARK | (first_mark + bit)));
        }
    }
}

// A pattern's id, or {topic: …} or {signal: …}.
static void read_operand(struct conditions *conditions, const struct sl_yaml_node *node) {
    struct sl_loader *loader = conditions->loader;
    if (node->kind != SL_YAML_MAP) {
        read_id(conditions, node);
    } else if (node->count == 1 && strcmp(node->first->key, "topic") == 0) {
        add_marks(conditions, node->first, &loader->topics, 0);
    } else if (node->count == 1 && strcmp(node->first->key, "signal") == 0) {
        add_marks(conditions, node->first, &loader->signals, SL_PACK_TOPICS_MAX);
    } else {
        sl_value_problem(loader, node, "a pattern's id, topic: … or signal: …");
    }
}

static void read_operands(struct conditions *conditions, const struct sl_yaml_node *value,
                          bool negated, bool each) {
    if (sl_value_count(value) == 0) {
        sl_value_problem(conditions->loader, value, "at least one pattern, topic or signal");
        return;
    }
    if (!each) {
        begin_clause(conditions, negated);
    }
    for (const struct sl_yaml_node *item = sl_value_first(value); item != NULL;
         item = sl_value_next(value, item)) {
        if (each) {
            begin_clause(conditions, negated);
        }
        read_operand(conditions, item);
    }
}

static void read_all(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)loader;
    read_operands(into, value, false, true);
}

static void read_any(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)loader;
    read_operands(into, value, false, false);
}

static void read_none(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)loader;
    read_operands(into, value, true, false);
}

// A pattern that is found by nothing but what it says is absent would be found in every text.
static void check_when(struct conditions *conditions, const struct sl_yaml_node *when) {
    bool positive = conditions->pattern->searched || sl_yaml_find(when, "all") != NULL ||
                    sl_yaml_find(when, "any") != NULL;
    if (!positive) {
        sl_value_complain(conditions->loader, when, when->place,
                          "expected all or any, or phrases beside it, found only what must not be "
                          "there");
    }
}

static void read_when(struct conditions *conditions, const struct sl_yaml_node *when) {
    static const struct sl_field fields[] = {
        {"all", read_all, false},
        {"any", read_any, false},
        {"none", read_none, false},
    };
    conditions->pattern->clauses.first = conditions->clauses_count;
    if (sl_value_fields(conditions->loader, when, fields, sizeof fields / sizeof fields[0],
                        conditions)) {
        check_when(conditions, when);
    }
}

// Order.

enum colour {
    NEW,
    OPEN, // what it asks for is being ordered
    DONE,
};

// Nodes are patterns, then marks.
struct order {
    struct conditions *conditions;
    struct sl_pack_step *steps;
    uint32_t steps_count;
    unsigned char *colours;
    uint32_t chain[CHAIN_MAX];
    uint32_t chain_count;
    bool broken;
};

static uint32_t node_of(const struct order *order, uint16_t operand) {
    return (operand & SL_PACK_OPERAND_MARK) != 0
               ? order->conditions->loader->pack->patterns_count + (operand & ~SL_PACK_OPERAND_MARK)
               : operand;
}

static const char *name_of(const struct order *order, uint32_t node, const char **ret_kind) {
    const struct sl_pack *pack = order->conditions->loader->pack;
    *ret_kind = "";
    if (node < pack->patterns_count) {
        return pack->patterns[node].id;
    }
    uint32_t mark = node - pack->patterns_count;
    *ret_kind = mark < SL_PACK_TOPICS_MAX ? "topic " : "signal ";
    return mark < SL_PACK_TOPICS_MAX ? pack->topics[mark]
                                     : pack->signals[mark - SL_PACK_TOPICS_MAX];
}

static void tell_circle(struct order *order, uint32_t node) {
    struct sl_loader *loader = order->conditions->loader;
    char text[400];
    size_t len = 0;
    uint32_t first = 0;
    const char *kind;
    while (first < order->chain_count && order->chain[first] != node) {
        first++;
    }
    for (uint32_t i = first; i < order->chain_count && len < sizeof text; i++) {
        const char *name = name_of(order, order->chain[i], &kind);
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s asks for ", kind, name);
    }
    const char *name = name_of(order, node, &kind);
    if (len < sizeof text) {
        snprintf(text + len, sizeof text - len, "%s%s", kind, name);
    }
    // The circle is told where a pattern stands in it.
    uint32_t pattern = first;
    while (order->chain[pattern] >= loader->pack->patterns_count) {
        pattern++;
    }
    const struct sl_yaml_node *when =
        sl_yaml_find(loader->pattern_nodes[order->chain[pattern]], "when");
    sl_value_complain(loader, when, when->key_place,
                      "expected conditions without a circle, found %s", text);
}

static void visit(struct order *order, uint32_t node);

static void visit_operands(struct order *order, const struct sl_pack_pattern *pattern) {
    const struct conditions *conditions = order->conditions;
    for (uint32_t i = 0; i < pattern->clauses.count; i++) {
        const struct sl_pack_clause *clause = &conditions->clauses[pattern->clauses.first + i];
        for (uint32_t j = 0; j < clause->operands.count; j++) {
            visit(order, node_of(order, conditions->operands[clause->operands.first + j]));
        }
    }
}

static bool says(const struct sl_loader *loader, const struct sl_pack_pattern *pattern,
                 uint32_t mark) {
    bool plain = mark < SL_PACK_TOPICS_MAX
                     ? (pattern->topics >> mark & 1) != 0
                     : (pattern->signals >> (mark - SL_PACK_TOPICS_MAX) & 1) != 0;
    for (uint32_t i = 0; i < pattern->shares.count && !plain; i++) {
        plain = loader->pack->sums[loader->shares[pattern->shares.first + i].sum].mark == mark;
    }
    return plain;
}

static void visit_sayers(struct order *order, uint32_t mark) {
    struct sl_loader *loader = order->conditions->loader;
    for (uint32_t i = 0; i < loader->pack->patterns_count; i++) {
        if (loader->patterns[i].clauses.count > 0 && says(loader, &loader->patterns[i], mark)) {
            visit(order, i);
        }
    }
}

// Depth first: what a node asks for gets its step before the node does.
static void visit(struct order *order, uint32_t node) {
    struct sl_loader *loader = order->conditions->loader;
    uint32_t patterns_count = loader->pack->patterns_count;
    bool is_mark = node >= patterns_count;
    if (order->broken || order->colours[node] == DONE ||
        (!is_mark && loader->patterns[node].clauses.count == 0)) {
        return;
    }
    if (order->colours[node] == OPEN || order->chain_count == CHAIN_MAX) {
        order->broken = true;
        if (order->colours[node] == OPEN) {
            tell_circle(order, node);
        } else {
            const struct sl_yaml_node *first = loader->pattern_nodes[order->chain[0]];
            sl_value_complain(loader, first, first->place,
                              "expected at most %d conditions on each other, found more",
                              CHAIN_MAX);
        }
        return;
    }
    order->colours[node] = OPEN;
    order->chain[order->chain_count++] = node;
    if (is_mark) {
        visit_sayers(order, node - patterns_count);
    } else {
        visit_operands(order, &loader->patterns[node]);
    }
    order->chain_count--;
    order->colours[node] = DONE;
    order->steps[order->steps_count++] = (struct sl_pack_step){
        .is_mark = is_mark, .index = (uint16_t)(is_mark ? node - patterns_count : node)};
}

// Patterns first, so that a chain begins with one; sums that nobody asks for come last.
static void put_in_order(struct conditions *conditions) {
    struct sl_loader *loader = conditions->loader;
    struct sl_pack *pack = loader->pack;
    uint32_t nodes_count = pack->patterns_count + SL_PACK_MARKS_MAX;
    struct order order = {.conditions = conditions,
                          .steps = sl_loader_take(loader, nodes_count, sizeof *order.steps),
                          .colours = calloc(nodes_count, 1)};
    if (order.steps != NULL && order.colours != NULL) {
        for (uint32_t i = 0; i < pack->patterns_count; i++) {
            visit(&order, i);
        }
        for (uint32_t i = 0; i < pack->sums_count; i++) {
            visit(&order, pack->patterns_count + pack->sums[i].mark);
        }
    }
    free(order.colours);
    pack->steps = order.steps;
    pack->steps_count = order.steps_count;
}

static bool take_tables(struct conditions *conditions) {
    struct sl_loader *loader = conditions->loader;
    uint32_t patterns_count = loader->pack->patterns_count;
    conditions->id_words = sl_loader_take(loader, patterns_count, sizeof *conditions->id_words);
    conditions->clauses = sl_loader_take(loader, SL_PACK_OPERANDS_MAX, sizeof *conditions->clauses);
    conditions->operands =
        sl_loader_take(loader, SL_PACK_OPERANDS_MAX, sizeof *conditions->operands);
    if (conditions->id_words == NULL || conditions->clauses == NULL ||
        conditions->operands == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < patterns_count; i++) {
        const char *id = loader->patterns[i].id;
        conditions->id_words[i] = id != NULL ? id : "";
    }
    conditions->ids =
        (struct sl_vocabulary){"a pattern's id", conditions->id_words, patterns_count};
    loader->pack->clauses = conditions->clauses;
    loader->pack->operands = conditions->operands;
    return true;
}

void sl_load_conditions(struct sl_loader *loader) {
    struct conditions conditions = {.loader = loader};
    if (!take_tables(&conditions)) {
        return;
    }
    size_t problems_count = loader->problems.count;
    for (uint32_t i = 0; i < loader->pack->patterns_count; i++) {
        const struct sl_yaml_node *node = loader->pattern_nodes[i];
        const struct sl_yaml_node *when =
            node->kind == SL_YAML_MAP ? sl_yaml_find(node, "when") : NULL;
        if (when != NULL) {
            conditions.pattern = &loader->patterns[i];
            read_when(&conditions, when);
        }
    }
    if (loader->problems.count == problems_count) {
        put_in_order(&conditions);
    }
}

const char *sl_pack_operand_name(const struct sl_pack *pack, uint16_t operand) {
    if ((operand & SL_PACK_OPERAND_MARK) == 0) {
        return pack->patterns[operand].id;
    }
    uint32_t mark = operand & ~SL_PACK_OPERAND_MARK;
    return mark < SL_PACK_TOPICS_MAX ? pack->topics[mark]
                                     : pack->signals[mark - SL_PACK_TOPICS_MAX];
}
