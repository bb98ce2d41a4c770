// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "pack/loader.h"

static void read_on(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_identifier *identifier = into;
    sl_value_bool(loader, value, &identifier->on);
}

static void read_texts(struct sl_loader *loader, const struct sl_yaml_node *value,
                       const struct sl_str **ret_texts, uint32_t *ret_count) {
    struct sl_str *texts = sl_loader_take(loader, sl_value_count(value), sizeof *texts);
    uint32_t count = 0;
    for (const struct sl_yaml_node *item = sl_value_first(value); item != NULL && texts != NULL;
         item = sl_value_next(value, item)) {
        count += sl_loader_fold(loader, item, &texts[count]);
    }
    *ret_texts = texts;
    *ret_count = count;
}

static void read_cues(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_identifier *identifier = into;
    read_texts(loader, value, &identifier->cues, &identifier->cues_count);
}

static void read_allow(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_identifier *identifier = into;
    read_texts(loader, value, &identifier->allow, &identifier->allow_count);
}

static void read_allow_file(struct sl_loader *loader, const struct sl_yaml_node *value,
                            void *into) {
    struct sl_pack_identifier *identifier = into;
    struct sl_str name;
    if (sl_value_text(loader, value, &name)) {
        identifier->allow_file = sl_source_resolve(loader, value->place.file, name.data);
    }
}

static void read_operator(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_identifier *identifier = into;
    uint32_t index;
    if (sl_value_word(loader, value, &loader->operators, &index)) {
        identifier->masked_by = (enum sl_operator)index;
        identifier->masked_by_place = value->place;
    }
}

static void read_stars(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_identifier *identifier = into;
    int64_t count;
    if (sl_value_integer(loader, value, 1, SL_PACK_STARS_MAX, &count)) {
        identifier->stars_count = (uint32_t)count;
    }
}

static const struct sl_field identifier_fields[] = {
    {"on", read_on, false},       {"operator", read_operator, false},
    {"stars", read_stars, false}, {"cues", read_cues, false},
    {"allow", read_allow, false}, {"allow_file", read_allow_file, false},
};

bool sl_pack_is_secret(enum sl_kind kind) {
    return kind == SL_KIND_PUK_PIN || kind == SL_KIND_CARD_SECRET || kind == SL_KIND_PASSWORD;
}

static void check_identifier(struct sl_loader *loader, const struct sl_yaml_node *value,
                             enum sl_kind kind, const struct sl_pack_identifier *identifier) {
    const struct sl_yaml_node *operator= sl_yaml_find(value, "operator");
    const struct sl_yaml_node *stars = sl_yaml_find(value, "stars");
    if (identifier->masked_by == SL_OPERATOR_LAST4 && sl_pack_is_secret(kind)) {
        sl_value_problem(loader, operator, "stars, label or drop (of a %s nothing may be shown)",
                         sl_kind_word(kind));
    }
    if (stars != NULL && identifier->masked_by != SL_OPERATOR_STARS) {
        sl_value_problem(loader, stars, "operator: stars beside it");
    }
}

void sl_load_identifiers(struct sl_loader *loader, const struct sl_yaml_node *map) {
    if (map->kind != SL_YAML_MAP) {
        sl_value_problem(loader, map, "a map from kind to on, off or a map");
        return;
    }
    for (const struct sl_yaml_node *value = map->first; value != NULL; value = value->next) {
        uint32_t kind;
        if (!sl_value_key(loader, value, &loader->kinds, &kind)) {
            continue;
        }
        struct sl_pack_identifier *identifier = &loader->pack->identifiers[kind];
        if (value->kind == SL_YAML_MAP) {
            sl_value_fields(loader, value, identifier_fields,
                            sizeof identifier_fields / sizeof identifier_fields[0], identifier);
            check_identifier(loader, value, (enum sl_kind)kind, identifier);
        } else {
            read_on(loader, value, identifier);
        }
    }
}

// What concerns all kinds.

static void read_labels(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    static const char *const languages[] = {"en", "it"};
    static const struct sl_vocabulary vocabulary = {NULL, languages, 2};
    struct sl_pack_masking *masking = into;
    uint32_t index;
    if (sl_value_word(loader, value, &vocabulary, &index)) {
        masking->italian_labels = index == 1;
    }
}

static void read_key_file(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_masking *masking = into;
    struct sl_str name;
    if (sl_value_text(loader, value, &name)) {
        masking->key_path = sl_source_resolve(loader, value->place.file, name.data);
    }
}

bool sl_pack_key_id_valid(const char *word) {
    size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789");
    return len > 0 && word[len] == '\0' && len <= SL_PACK_KEY_ID_MAX && word[0] >= 'a';
}

static void read_key_id(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_masking *masking = into;
    struct sl_str word;
    if (!sl_value_text(loader, value, &word)) {
        return;
    }
    if (sl_pack_key_id_valid(word.data)) {
        masking->key_id = word.data;
    } else {
        sl_value_problem(loader, value, "a letter a-z and up to %d letters and digits",
                         SL_PACK_KEY_ID_MAX - 1);
    }
}

static void read_key(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    static const struct sl_field fields[] = {
        {"file", read_key_file, true},
        {"id", read_key_id, false},
    };
    sl_value_fields(loader, value, fields, sizeof fields / sizeof fields[0], into);
}

void sl_load_masking(struct sl_loader *loader, const struct sl_yaml_node *map) {
    static const struct sl_field fields[] = {
        {"labels", read_labels, false},
        {"key", read_key, false},
    };
    sl_value_fields(loader, map, fields, sizeof fields / sizeof fields[0], &loader->pack->masking);
}
