// SPDX-License-Identifier: Apache-2.0
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pack/loader.h"
#include "text/fold.h"

// Address space; only what a pack needs becomes resident. The pack's own: 8 MiB of tables at their
// limits, and texts and expressions. Scratch: a file of 8 MiB and the tree of a sensible one.
#define ARENA_BYTES   ((size_t)64 << 20)
#define SCRATCH_BYTES ((size_t)256 << 20)

// The pack and the memory that it and all it points to stand in.
struct owned_pack {
    struct sl_pack pack;
    struct sl_arena arena;
};

void *sl_loader_take(struct sl_loader *loader, size_t count, size_t bytes) {
    void *taken = sl_arena_take(&loader->arena, count * bytes, alignof(max_align_t));
    if (taken == NULL) {
        sl_problems_add(&loader->problems, (struct sl_pack_place){.file = loader->path},
                        "expected a smaller pack, found no room for this one");
    }
    return taken;
}

bool sl_loader_fold(struct sl_loader *loader, const struct sl_yaml_node *node,
                    struct sl_str *ret_folded) {
    unsigned char bytes[SL_LOADER_FOLD_BYTES_MAX * SL_FOLD_GROWTH];
    uint32_t map[SL_LOADER_FOLD_BYTES_MAX * SL_FOLD_GROWTH + 1];
    struct sl_folded folded;
    struct sl_str text;
    if (!sl_value_text(loader, node, &text)) {
        return false;
    }
    size_t len = text.len <= SL_LOADER_FOLD_BYTES_MAX
                     ? sl_fold(text.data, text.len, bytes, sizeof bytes, map,
                               sizeof map / sizeof map[0], &folded)
                     : SL_FOLD_NO_ROOM;
    if (len == 0 || len == SL_FOLD_NO_ROOM) {
        sl_value_complain(loader, node, node->place, "expected a text of 1 to %d bytes, found %s",
                          SL_LOADER_FOLD_BYTES_MAX, len == 0 ? "nothing visible" : "more");
        return false;
    }
    char *kept = sl_loader_take(loader, len, 1);
    if (kept == NULL) {
        return false;
    }
    *ret_folded = (struct sl_str){memcpy(kept, bytes, len), len};
    return true;
}

static void read_pack(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    sl_value_name(loader, value, &loader->pack->name);
}

static void read_version(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    sl_value_name(loader, value, &loader->pack->version);
}

static void read_languages(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    sl_load_names(loader, value, "languages", 16, &loader->pack->languages,
                  &loader->pack->languages_count);
}

static void read_topics(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    sl_load_topics(loader, value);
}

static void read_signals(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    sl_load_signals(loader, value);
}

static void read_threshold(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    sl_value_milli(loader, value, 0, 1, &loader->pack->threshold_permille);
}

static void read_bias(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    sl_value_milli(loader, value, -20, 20, &loader->pack->bias_milli);
}

static void read_model(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    struct sl_str name;
    if (sl_value_text(loader, value, &name)) {
        loader->pack->model_path = sl_source_resolve(loader, value->place.file, name.data);
    }
}

static void read_brands(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    struct sl_str *brands = sl_loader_take(loader, sl_value_count(value), sizeof *brands);
    uint32_t count = 0;
    for (const struct sl_yaml_node *item = sl_value_first(value); item != NULL && brands != NULL;
         item = sl_value_next(value, item)) {
        count += sl_loader_fold(loader, item, &brands[count]);
    }
    loader->pack->brands = brands;
    loader->pack->brands_count = brands != NULL ? count : 0;
}

static void read_care(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    static const struct sl_field fields[] = {
        {"threshold", read_threshold, true},
        {"bias", read_bias, true},
        {"model", read_model, false},
        {"brands", read_brands, false},
    };
    sl_value_fields(loader, value, fields, sizeof fields / sizeof fields[0], into);
}

// A section that waits until what it depends on is read, or is read already.
static void read_later(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)loader, (void)value, (void)into;
}

static const struct sl_field pack_fields[] = {
    {"pack", read_pack, true},
    {"version", read_version, true},
    {"languages", read_languages, false},
    {"include", read_later, false},
    {"care", read_care, true},
    {"topics", read_topics, false},
    {"signals", read_signals, false},
    {"words", read_later, false},
    {"patterns", read_later, false},
    {"agency", read_later, false},
    {"identifiers", read_later, false},
    {"masking", read_later, false},
    {"routes", read_later, true},
    {"knowledge", read_later, false},
    {"examples", read_later, false},
};

static const struct sl_field included_fields[] = {
    {"include", read_later, false},  {"words", read_later, false},
    {"patterns", read_later, false}, {"knowledge", read_later, false},
    {"examples", read_later, false},
};

static uint64_t bit_of(const struct sl_vocabulary *vocabulary, const char *word) {
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        if (strcmp(vocabulary->words[i], word) == 0) {
            return UINT64_C(1) << i;
        }
    }
    return 0;
}

static void read_names_of_pack(struct sl_loader *loader) {
    struct sl_pack *pack = loader->pack;
    loader->topics =
        (struct sl_vocabulary){"a topic of this pack", pack->topics, pack->topics_count};
    loader->signals =
        (struct sl_vocabulary){"a signal of this pack", pack->signals, pack->signals_count};
    pack->signal_thanks = bit_of(&loader->signals, "thanks");
    pack->signal_spam = bit_of(&loader->signals, "spam");
    size_t bytes = (pack->name != NULL ? strlen(pack->name) : 0) +
                   (pack->version != NULL ? strlen(pack->version) : 0) + 2;
    char *full_name = sl_loader_take(loader, bytes, 1);
    if (full_name != NULL && pack->name != NULL && pack->version != NULL) {
        snprintf(full_name, bytes, "%s@%s", pack->name, pack->version);
    }
    pack->full_name = full_name;
}

typedef void (*section_fn)(struct sl_loader *loader, const struct sl_yaml_node *section);

// A section of which every file may hold some.
static void read_section(struct sl_loader *loader, const char *key, section_fn read) {
    for (size_t i = 0; i < loader->sources.count; i++) {
        const struct sl_yaml_node *root = loader->sources.list[i].root;
        const struct sl_yaml_node *section =
            root != NULL && root->kind == SL_YAML_MAP ? sl_yaml_find(root, key) : NULL;
        if (section != NULL) {
            read(loader, section);
        }
    }
}

// A file that is made to be included, asked for by itself.
static bool is_part(const struct sl_yaml_node *root) {
    return root->kind == SL_YAML_MAP && sl_yaml_find(root, "pack") == NULL &&
           sl_yaml_find(root, "routes") == NULL;
}

static void read_sections(struct sl_loader *loader, const struct sl_yaml_node *root) {
    if (is_part(root)) {
        sl_value_complain(loader, root, root->place,
                          "expected a pack (pack, version, care, routes), found none; is this file "
                          "included by one?");
        return;
    }
    sl_value_fields(loader, root, pack_fields, sizeof pack_fields / sizeof pack_fields[0], NULL);
    for (size_t i = 1; i < loader->sources.count; i++) {
        if (loader->sources.list[i].root != NULL) {
            sl_value_fields(loader, loader->sources.list[i].root, included_fields,
                            sizeof included_fields / sizeof included_fields[0], NULL);
        }
    }
    if (root->kind != SL_YAML_MAP) {
        return;
    }
    read_names_of_pack(loader);
    read_section(loader, "words", sl_load_words);
    read_section(loader, "patterns", sl_load_patterns);
    sl_load_finish_patterns(loader);
    sl_load_finish_marks(loader);
    sl_load_conditions(loader);
    sl_load_check_purposes(loader);
    if (loader->pack->expressions_count == 0 && loader->problems.count == 0) {
        sl_value_complain(loader, root, root->place, "expected at least one pattern, found none");
    }
    if (sl_yaml_find(root, "agency") != NULL) {
        sl_load_agency(loader, sl_yaml_find(root, "agency"));
    }
    if (sl_yaml_find(root, "identifiers") != NULL) {
        sl_load_identifiers(loader, sl_yaml_find(root, "identifiers"));
    }
    if (sl_yaml_find(root, "masking") != NULL) {
        sl_load_masking(loader, sl_yaml_find(root, "masking"));
    }
    if (sl_yaml_find(root, "routes") != NULL) {
        sl_load_routes(loader, sl_yaml_find(root, "routes"));
    }
    read_section(loader, "knowledge", sl_load_knowledge);
    read_section(loader, "examples", sl_load_examples);
}

// The closed vocabularies, in the order of their enums.
static void take_words(struct sl_loader *loader) {
    for (unsigned i = 0; i < SL_LABELS_COUNT; i++) {
        loader->words.labels[i] = sl_label_word(i);
    }
    for (unsigned i = 0; i < SL_LINES_COUNT; i++) {
        loader->words.lines[i] = sl_line_word(i);
    }
    for (unsigned i = 0; i < SL_KINDS_COUNT; i++) {
        loader->words.kinds[i] = sl_kind_word(i);
    }
    for (unsigned i = 0; i < SL_OPERATORS_COUNT; i++) {
        loader->words.operators[i] = sl_operator_word(i);
    }
    for (unsigned i = 0; i < SL_ACTIONS_COUNT; i++) {
        loader->words.actions[i] = sl_action_word(i);
    }
    for (unsigned i = 0; i < SL_CRITICALS_COUNT; i++) {
        loader->words.criticals[i] = sl_critical_word(i);
    }
    loader->labels = (struct sl_vocabulary){NULL, loader->words.labels, SL_LABELS_COUNT};
    loader->lines = (struct sl_vocabulary){NULL, loader->words.lines, SL_LINES_COUNT};
    loader->kinds = (struct sl_vocabulary){NULL, loader->words.kinds, SL_KINDS_COUNT};
    loader->operators = (struct sl_vocabulary){NULL, loader->words.operators, SL_OPERATORS_COUNT};
    loader->actions = (struct sl_vocabulary){NULL, loader->words.actions, SL_ACTIONS_COUNT};
    loader->criticals = (struct sl_vocabulary){NULL, loader->words.criticals, SL_CRITICALS_COUNT};
}

static bool take_tables(struct sl_loader *loader) {
    struct owned_pack *owned = sl_loader_take(loader, 1, sizeof *owned);
    loader->patterns = sl_loader_take(loader, SL_PACK_PATTERNS_MAX, sizeof *loader->patterns);
    loader->expressions =
        sl_loader_take(loader, SL_PACK_EXPRESSIONS_MAX, sizeof *loader->expressions);
    loader->routes = sl_loader_take(loader, SL_PACK_ROUTES_MAX, sizeof *loader->routes);
    loader->examples = sl_loader_take(loader, SL_PACK_EXAMPLES_MAX, sizeof *loader->examples);
    loader->guards = sl_loader_take(loader, SL_PACK_GUARDS_MAX, sizeof *loader->guards);
    loader->guard_lists =
        sl_loader_take(loader, SL_PACK_GUARD_LISTS_MAX, sizeof *loader->guard_lists);
    loader->shares = sl_loader_take(loader, SL_PACK_SHARES_MAX, sizeof *loader->shares);
    loader->word_groups = sl_loader_take(loader, SL_WORD_GROUPS_MAX, sizeof *loader->word_groups);
    loader->pattern_nodes =
        sl_loader_take(loader, SL_PACK_PATTERNS_MAX, sizeof *loader->pattern_nodes);
    loader->asked_for = sl_loader_take(loader, SL_PACK_PATTERNS_MAX, sizeof *loader->asked_for);
    loader->known_groups = sl_loader_take(loader, SL_WORD_GROUPS_MAX, sizeof *loader->known_groups);
    if (owned == NULL || loader->asked_for == NULL || loader->known_groups == NULL ||
        loader->patterns == NULL || loader->expressions == NULL || loader->routes == NULL ||
        loader->examples == NULL || loader->guards == NULL || loader->guard_lists == NULL ||
        loader->shares == NULL || loader->word_groups == NULL || loader->pattern_nodes == NULL) {
        return false;
    }
    loader->groups.list = loader->word_groups;
    loader->pack = &owned->pack;
    loader->pack->patterns = loader->patterns;
    loader->pack->expressions = loader->expressions;
    loader->pack->routes = loader->routes;
    loader->pack->examples = loader->examples;
    loader->pack->guards = loader->guards;
    loader->pack->word_groups = loader->known_groups;
    loader->pack->guard_lists = loader->guard_lists;
    loader->pack->shares = loader->shares;
    for (size_t mark = 0; mark < SL_PACK_MARKS_MAX; mark++) {
        loader->pack->thresholds_milli[mark] = SL_PACK_SHARE_MILLI;
    }
    for (size_t kind = 0; kind < SL_KINDS_COUNT; kind++) {
        loader->pack->identifiers[kind].on = true;
    }
    char *path = sl_loader_take(loader, strlen(loader->path) + 1, sizeof *path);
    if (path == NULL) {
        return false;
    }
    loader->pack->path = strcpy(path, loader->path);
    take_words(loader);
    return true;
}

static void load(struct sl_loader *loader) {
    sl_problems_init(&loader->problems, &loader->scratch);
    if (!take_tables(loader)) {
        return;
    }
    sl_sources_read(loader, loader->path);
    if (loader->sources.count > 0 && loader->sources.list[0].root != NULL) {
        read_sections(loader, loader->sources.list[0].root);
    }
}

int sl_pack_load(const char *path, struct sl_error *error, struct sl_pack **ret_pack) {
    if (sl_fold_init(error) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_loader *loader = calloc(1, sizeof *loader);
    if (loader == NULL) {
        return sl_error_set(error, "%s: no memory left to read it", path);
    }
    loader->path = path;
    int result = SL_FAILED;
    if (sl_arena_init(&loader->arena, ARENA_BYTES, error) == SL_OK &&
        sl_arena_init(&loader->scratch, SCRATCH_BYTES, error) == SL_OK) {
        load(loader);
        result = sl_problems_tell(&loader->problems, error);
    }
    sl_arena_done(&loader->scratch);
    if (result == SL_OK) {
        struct owned_pack *owned = (struct owned_pack *)loader->pack;
        sl_arena_seal(&loader->arena);
        owned->arena = loader->arena;
        *ret_pack = &owned->pack;
    } else {
        sl_arena_done(&loader->arena);
    }
    free(loader);
    return result;
}

void sl_pack_free(struct sl_pack *pack) {
    if (pack != NULL) {
        // The arena holds its own description.
        struct sl_arena arena = ((struct owned_pack *)pack)->arena;
        sl_arena_done(&arena);
    }
}
