// SPDX-License-Identifier: Apache-2.0
//
// Word groups: lists of words under a name, for phrases to share.
#include <stdlib.h>
#include <string.h>

#include "pack/loader.h"

static bool is_name(const char *key) {
    size_t len = strlen(key);
    return len > 0 && len <= SL_VALUE_NAME_BYTES_MAX &&
           strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789._-") == len;
}

static const struct sl_word_group *find(const struct sl_loader *loader, const char *name) {
    for (uint32_t i = 0; i < loader->groups.count; i++) {
        if (strcmp(loader->groups.list[i].known_as->name, name) == 0) {
            return &loader->groups.list[i];
        }
    }
    return NULL;
}

static bool check_name(struct sl_loader *loader, const struct sl_yaml_node *value) {
    const struct sl_word_group *same = find(loader, value->key);
    if (!is_name(value->key)) {
        sl_value_complain(loader, value, value->key_place,
                          "expected a name of at most %d characters a-z 0-9 . _ -, found another "
                          "text",
                          SL_VALUE_NAME_BYTES_MAX);
    } else if (same != NULL) {
        sl_value_complain(loader, value, value->key_place,
                          "expected every word group once, found that of %s:%u again",
                          same->known_as->place.file, same->known_as->place.line);
    } else if (loader->groups.count == SL_WORD_GROUPS_MAX) {
        sl_value_complain(loader, value, value->key_place,
                          "expected at most %d word groups, found more", SL_WORD_GROUPS_MAX);
    } else {
        return true;
    }
    return false;
}

static void add_entries(struct sl_loader *loader, const struct sl_yaml_node *list,
                        struct sl_word_group_draft *draft) {
    for (const struct sl_yaml_node *item = list->first; item != NULL; item = item->next) {
        struct sl_str text;
        struct sl_error error = {0};
        size_t column = 1;
        if (sl_value_text(loader, item, &text) &&
            sl_word_group_add(draft, text.data, &loader->groups, &error, &column) != SL_OK) {
            sl_value_complain(loader, item, sl_value_place(item, column), "%s", error.text);
        }
    }
}

// A group whose entries are wrong is known all the same: one mistake is one problem.
static void read_group(struct sl_loader *loader, const struct sl_yaml_node *value,
                       struct sl_word_group_draft *draft) {
    if (!check_name(loader, value)) {
        return;
    }
    if (value->kind != SL_YAML_LIST || value->count == 0) {
        sl_value_problem(loader, value, "a list of words");
        return;
    }
    struct sl_word_group *group = &loader->word_groups[loader->groups.count];
    sl_word_group_start(draft);
    add_entries(loader, value, draft);
    if (!sl_word_group_end(draft, &loader->arena, group)) {
        sl_value_complain(loader, value, value->place, "expected fewer words in one group");
        return;
    }
    group->known_as = &loader->known_groups[loader->groups.count++];
    *group->known_as = (struct sl_pack_word_group){.name = value->key, .place = value->key_place};
    loader->pack->word_groups_count = loader->groups.count;
}

void sl_load_words(struct sl_loader *loader, const struct sl_yaml_node *map) {
    struct sl_word_group_draft *draft = malloc(sizeof *draft);
    if (map->kind != SL_YAML_MAP) {
        sl_value_problem(loader, map, "a map (name: [words])");
    } else if (draft == NULL) {
        sl_value_complain(loader, map, map->place, "no memory left for word groups");
    } else {
        for (const struct sl_yaml_node *value = map->first; value != NULL; value = value->next) {
            read_group(loader, value, draft);
        }
    }
    free(draft);
}
