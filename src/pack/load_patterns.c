// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>
#include <string.h>

#include "pack/expression.h"
#include "pack/loader.h"

typedef int (*expression_fn)(struct sl_loader *loader, const char *text, struct sl_error *error,
                             size_t *ret_column, struct sl_expression *ret_expression);

static int from_phrase(struct sl_loader *loader, const char *text, struct sl_error *error,
                       size_t *ret_column, struct sl_expression *ret_expression) {
    return sl_expression_from_words(text, &loader->groups, SL_PHRASE_FINDS, &loader->arena, error,
                                    ret_column, ret_expression);
}

static int from_unless(struct sl_loader *loader, const char *text, struct sl_error *error,
                       size_t *ret_column, struct sl_expression *ret_expression) {
    return sl_expression_from_words(text, &loader->groups, SL_PHRASE_UNLESS, &loader->arena, error,
                                    ret_column, ret_expression);
}

static int from_raw(struct sl_loader *loader, const char *text, struct sl_error *error,
                    size_t *ret_column, struct sl_expression *ret_expression) {
    return sl_expression_from_raw(text, &loader->arena, error, ret_column, ret_expression);
}

static void read_id(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_pattern *pattern = into;
    sl_value_name(loader, value, &pattern->id);
}

static void read_weight(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_pattern *pattern = into;
    sl_value_milli(loader, value, -20, 20, &pattern->weight_milli);
}

static void read_topic(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    sl_load_shares(loader, value, &loader->topics, into);
}

static void read_signal(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    sl_load_shares(loader, value, &loader->signals, into);
}

// A pattern cannot say that the line is unknown.
static void read_line(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    _Static_assert(SL_LINE_UNKNOWN == 0, "the first word is left out");
    struct sl_pack_pattern *pattern = into;
    struct sl_vocabulary known = {NULL, loader->lines.words + 1, loader->lines.count - 1};
    uint32_t index;
    if (sl_value_word(loader, value, &known, &index)) {
        pattern->line = (enum sl_line)(index + 1);
    }
}

static bool translate_text(struct sl_loader *loader, const struct sl_yaml_node *item,
                           expression_fn translate, struct sl_expression *ret_expression) {
    struct sl_error error = {0};
    struct sl_str text;
    size_t column = 1;
    if (!sl_value_text(loader, item, &text)) {
        return false;
    }
    if (translate(loader, text.data, &error, &column, ret_expression) != SL_OK) {
        sl_value_complain(loader, item, sl_value_place(item, column), "%s", error.text);
        return false;
    }
    return true;
}

static void add_expression(struct sl_loader *loader, const struct sl_yaml_node *item,
                           const struct sl_pack_pattern *pattern, const char *regex,
                           const char *asked, const struct sl_expression *expression, bool raw) {
    if (loader->pack->expressions_count == SL_PACK_EXPRESSIONS_MAX) {
        sl_value_complain(loader, item, item->place, "expected at most %d phrases, found more",
                          SL_PACK_EXPRESSIONS_MAX);
        return;
    }
    loader->expressions[loader->pack->expressions_count++] =
        (struct sl_pack_expression){.regex = regex,
                                    .plain = expression->plain,
                                    .asked = asked,
                                    .phrase = item->text.data,
                                    .pattern = (uint32_t)(pattern - loader->patterns),
                                    .multiline = expression->multiline,
                                    .raw = raw,
                                    .place = item->place};
}

static void read_expression(struct sl_loader *loader, const struct sl_yaml_node *item,
                            struct sl_pack_pattern *pattern, expression_fn translate) {
    struct sl_expression expression;
    if (!translate_text(loader, item, translate, &expression)) {
        return;
    }
    pattern->searched = true;
    add_expression(loader, item, pattern, expression.regex, expression.asked, &expression,
                   translate == from_raw);
    if (expression.behind_mentions != NULL) {
        add_expression(loader, item, pattern, expression.behind_mentions,
                       expression.asked_behind_mentions, &expression, false);
    }
}

static void read_expressions(struct sl_loader *loader, const struct sl_yaml_node *list,
                             struct sl_pack_pattern *pattern, const char *of,
                             expression_fn translate) {
    if (list->kind != SL_YAML_LIST || list->count == 0) {
        sl_value_problem(loader, list, "a list of %s", of);
        return;
    }
    for (const struct sl_yaml_node *item = list->first; item != NULL; item = item->next) {
        read_expression(loader, item, pattern, translate);
    }
}

static void read_phrases(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    read_expressions(loader, value, into, "phrases", from_phrase);
}

static void read_raw(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    read_expressions(loader, value, into, "patterns", from_raw);
}

// Patterns that are taken away by the same phrase share its guard.
static uint32_t guard_for(struct sl_loader *loader, const struct sl_pack_guard *wanted) {
    uint32_t count = loader->pack->guards_count;
    for (uint32_t i = 0; i < count; i++) {
        const struct sl_pack_guard *guard = &loader->guards[i];
        if (guard->reaches_back == wanted->reaches_back &&
            guard->reaches_on == wanted->reaches_on && strcmp(guard->regex, wanted->regex) == 0) {
            return i;
        }
    }
    if (count < SL_PACK_GUARDS_MAX) {
        loader->guards[loader->pack->guards_count++] = *wanted;
    }
    return count;
}

static void add_guard(struct sl_loader *loader, const struct sl_yaml_node *item,
                      struct sl_pack_pattern *pattern, const char *regex,
                      const struct sl_expression *expression) {
    struct sl_pack_guard wanted = {.regex = regex,
                                   .plain = expression->plain,
                                   .phrase = item->text.data,
                                   .multiline = expression->multiline,
                                   .reaches_back = expression->reaches_back,
                                   .reaches_on = expression->reaches_on,
                                   .place = item->place};
    uint32_t guard = guard_for(loader, &wanted);
    if (guard == SL_PACK_GUARDS_MAX || loader->guard_lists_count == SL_PACK_GUARD_LISTS_MAX) {
        sl_value_complain(loader, item, item->place, "expected fewer phrases in \"unless\"");
        return;
    }
    loader->guard_lists[loader->guard_lists_count++] = (uint16_t)guard;
    pattern->guards.count++;
}

static void read_guard(struct sl_loader *loader, const struct sl_yaml_node *item,
                       struct sl_pack_pattern *pattern) {
    struct sl_expression expression;
    if (!translate_text(loader, item, from_unless, &expression)) {
        return;
    }
    add_guard(loader, item, pattern, expression.regex, &expression);
    if (expression.behind_mentions != NULL) {
        add_guard(loader, item, pattern, expression.behind_mentions, &expression);
    }
}

static void read_unless(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_pattern *pattern = into;
    if (value->kind != SL_YAML_LIST || value->count == 0) {
        sl_value_problem(loader, value, "a list of phrases");
        return;
    }
    pattern->guards.first = loader->guard_lists_count;
    for (const struct sl_yaml_node *item = value->first; item != NULL; item = item->next) {
        read_guard(loader, item, pattern);
    }
}

// Names other patterns, which may stand below: sl_load_conditions reads it once all are there.
static void read_when(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)loader, (void)value, (void)into;
}

static const struct sl_field pattern_fields[] = {
    {"id", read_id, true},        {"weight", read_weight, false},
    {"topic", read_topic, false}, {"signal", read_signal, false},
    {"line", read_line, false},   {"phrases", read_phrases, false},
    {"raw", read_raw, false},     {"unless", read_unless, false},
    {"when", read_when, false},
};

static bool has_any(const struct sl_yaml_node *map, const char *const *keys, size_t keys_count) {
    for (size_t i = 0; i < keys_count; i++) {
        if (sl_yaml_find(map, keys[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static void check_purpose(struct sl_loader *loader, const struct sl_yaml_node *map) {
    static const char *const searches[] = {"phrases", "raw"};
    static const char *const finds[] = {"phrases", "raw", "when"};
    const struct sl_yaml_node *unless = sl_yaml_find(map, "unless");
    if (!has_any(map, finds, sizeof finds / sizeof finds[0])) {
        sl_value_complain(loader, map, map->place, "expected phrases, raw or when, found none");
    } else if (unless != NULL && !has_any(map, searches, sizeof searches / sizeof searches[0])) {
        sl_value_complain(loader, unless, unless->key_place,
                          "expected phrases or raw beside it, found nothing to take away");
    }
}

// What a pattern says, or that others ask for it.
static bool is_idle(const struct sl_yaml_node *map, const struct sl_loader *loader,
                    uint32_t pattern) {
    static const char *const says[] = {"weight", "topic", "signal", "line"};
    return !has_any(map, says, sizeof says / sizeof says[0]) && !loader->asked_for[pattern];
}

void sl_load_check_purposes(struct sl_loader *loader) {
    for (uint32_t i = 0; i < loader->pack->patterns_count; i++) {
        const struct sl_yaml_node *map = loader->pattern_nodes[i];
        if (map->kind == SL_YAML_MAP && is_idle(map, loader, i)) {
            sl_value_complain(loader, map, map->place,
                              "expected what the pattern says (weight, topic, signal or line), or "
                              "a pattern that asks for it, found neither");
        }
    }
}

void sl_load_patterns(struct sl_loader *loader, const struct sl_yaml_node *list) {
    if (!sl_value_list(loader, list, "patterns")) {
        return;
    }
    for (const struct sl_yaml_node *item = list->first; item != NULL; item = item->next) {
        if (loader->pack->patterns_count == SL_PACK_PATTERNS_MAX) {
            sl_value_complain(loader, item, item->place, "expected at most %d patterns, found more",
                              SL_PACK_PATTERNS_MAX);
            return;
        }
        struct sl_pack_pattern *pattern = &loader->patterns[loader->pack->patterns_count];
        loader->pattern_nodes[loader->pack->patterns_count++] = item;
        pattern->place = item->place;
        sl_value_fields(loader, item, pattern_fields,
                        sizeof pattern_fields / sizeof pattern_fields[0], pattern);
        if (item->kind == SL_YAML_MAP) {
            check_purpose(loader, item);
        }
    }
}

// Equal ones come together, in the order of the file.
static int compare_ids(const void *left, const void *right) {
    const struct sl_pack_pattern *a = *(const struct sl_pack_pattern *const *)left;
    const struct sl_pack_pattern *b = *(const struct sl_pack_pattern *const *)right;
    int ids = strcmp(a->id, b->id);
    return ids != 0 ? ids : (a > b) - (a < b);
}

static int compare_expressions(const void *left, const void *right) {
    const struct sl_pack_expression *a = *(const struct sl_pack_expression *const *)left;
    const struct sl_pack_expression *b = *(const struct sl_pack_expression *const *)right;
    if (a->pattern != b->pattern) {
        return a->pattern < b->pattern ? -1 : 1;
    }
    int regexes = strcmp(a->regex, b->regex);
    return regexes != 0 ? regexes : (a > b) - (a < b);
}

static void check_ids(struct sl_loader *loader) {
    const struct sl_pack_pattern **sorted =
        calloc(loader->pack->patterns_count + 1, sizeof *sorted);
    size_t count = 0;
    for (size_t i = 0; sorted != NULL && i < loader->pack->patterns_count; i++) {
        if (loader->patterns[i].id != NULL) {
            sorted[count++] = &loader->patterns[i];
        }
    }
    if (count > 0) {
        qsort(sorted, count, sizeof *sorted, compare_ids);
    }
    for (size_t i = 1; i < count; i++) {
        if (strcmp(sorted[i - 1]->id, sorted[i]->id) == 0) {
            sl_problems_add(&loader->problems, sorted[i]->place,
                            "expected every id once, found \"%s\" of %s:%u again", sorted[i]->id,
                            sorted[i - 1]->place.file, sorted[i - 1]->place.line);
        }
    }
    free(sorted);
}

static void check_phrases(struct sl_loader *loader) {
    const struct sl_pack_expression **sorted =
        calloc(loader->pack->expressions_count + 1, sizeof *sorted);
    size_t count = sorted != NULL ? loader->pack->expressions_count : 0;
    for (size_t i = 0; i < count; i++) {
        sorted[i] = &loader->expressions[i];
    }
    if (count > 0) {
        qsort(sorted, count, sizeof *sorted, compare_expressions);
    }
    for (size_t i = 1; i < count; i++) {
        if (sorted[i - 1]->pattern == sorted[i]->pattern &&
            strcmp(sorted[i - 1]->regex, sorted[i]->regex) == 0) {
            sl_problems_add(&loader->problems, sorted[i]->place,
                            "expected every phrase of a pattern once, found that of line %u again",
                            sorted[i - 1]->place.line);
        }
    }
    free(sorted);
}

void sl_load_finish_patterns(struct sl_loader *loader) {
    struct sl_pack *pack = loader->pack;
    uint16_t *guarded = sl_loader_take(loader, pack->patterns_count, sizeof *guarded);
    for (uint32_t i = 0; guarded != NULL && i < pack->patterns_count; i++) {
        if (loader->patterns[i].guards.count > 0) {
            guarded[pack->guarded_count++] = (uint16_t)i;
        }
    }
    pack->guarded = guarded;
    check_ids(loader);
    check_phrases(loader);
}
