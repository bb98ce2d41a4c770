// SPDX-License-Identifier: Apache-2.0
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

static const struct sl_field identifier_fields[] = {
    {"on", read_on, false},
    {"cues", read_cues, false},
    {"allow", read_allow, false},
};

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
        } else {
            read_on(loader, value, identifier);
        }
    }
}
