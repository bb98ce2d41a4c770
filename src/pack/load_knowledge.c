// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "pack/loader.h"

#define LINKS_MAX 16 // of one topic

static bool is_link(const struct sl_yaml_node *node) {
    if (node->kind != SL_YAML_TEXT || (strncmp(node->text.data, "https://", 8) != 0 &&
                                       strncmp(node->text.data, "http://", 7) != 0)) {
        return false;
    }
    for (const char *at = node->text.data; *at != '\0'; at++) {
        if ((unsigned char)*at <= ' ' || *at == 0x7F) {
            return false;
        }
    }
    return true;
}

static const char *const *read_links(struct sl_loader *loader, const struct sl_yaml_node *value) {
    uint32_t count = sl_value_count(value);
    if (count == 0 || count > LINKS_MAX) {
        sl_value_problem(loader, value, "1 to %d links", LINKS_MAX);
        return NULL;
    }
    const char **links = sl_loader_take(loader, count + 1, sizeof *links);
    size_t read_count = 0;
    for (const struct sl_yaml_node *item = sl_value_first(value); item != NULL && links != NULL;
         item = sl_value_next(value, item)) {
        if (is_link(item)) {
            links[read_count++] = item->text.data;
        } else {
            sl_value_problem(loader, item, "a link that begins with https:// or http://");
        }
    }
    return links;
}

void sl_load_knowledge(struct sl_loader *loader, const struct sl_yaml_node *map) {
    if (map->kind != SL_YAML_MAP) {
        sl_value_problem(loader, map, "a map from topic to links");
        return;
    }
    for (const struct sl_yaml_node *value = map->first; value != NULL; value = value->next) {
        uint32_t topic;
        if (!sl_value_key(loader, value, &loader->topics, &topic)) {
            continue;
        }
        if (loader->pack->knowledge[topic] != NULL) {
            sl_value_complain(loader, value, value->key_place,
                              "expected the links of a topic once, found them in another file");
            continue;
        }
        loader->pack->knowledge[topic] = read_links(loader, value);
    }
}
