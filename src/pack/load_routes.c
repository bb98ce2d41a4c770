// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "pack/loader.h"

#define MINUTES_MAX   525600 // a year
#define NS_PER_MINUTE INT64_C(60000000000)
#define FOLLOWERS_MAX INT64_C(1000000000000)

static uint64_t read_conditions(struct sl_loader *loader, const struct sl_yaml_node *value,
                                const struct sl_vocabulary *vocabulary) {
    uint64_t bits = 0;
    if (value->kind == SL_YAML_LIST && value->count == 0) {
        sl_value_problem(loader, value, "at least one word");
    } else {
        sl_value_bits(loader, value, vocabulary, &bits);
    }
    return bits;
}

static void read_label(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    route->labels = (uint32_t)read_conditions(loader, value, &loader->labels);
}

static void read_topic(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    route->topics = read_conditions(loader, value, &loader->topics);
}

static void read_signal(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    route->signals = read_conditions(loader, value, &loader->signals);
}

static void read_line(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    route->lines = (uint32_t)read_conditions(loader, value, &loader->lines);
}

static void read_words(struct sl_loader *loader, const struct sl_yaml_node *value,
                       struct sl_pack_words *words) {
    uint32_t count = sl_value_count(value);
    if (count == 0 || count > SL_PACK_WORDS_MAX) {
        sl_value_problem(loader, value, "1 to %d words", SL_PACK_WORDS_MAX);
        return;
    }
    for (const struct sl_yaml_node *item = sl_value_first(value); item != NULL;
         item = sl_value_next(value, item)) {
        words->count += sl_value_text(loader, item, &words->words[words->count]);
    }
}

static void read_channel(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    read_words(loader, value, &((struct sl_pack_route *)into)->channels);
}

static void read_page(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    read_words(loader, value, &((struct sl_pack_route *)into)->pages);
}

static void read_kind(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    read_words(loader, value, &((struct sl_pack_route *)into)->kinds);
}

static void read_lang(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    read_words(loader, value, &((struct sl_pack_route *)into)->langs);
}

static void read_followers(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    sl_value_integer(loader, value, 1, FOLLOWERS_MAX, &route->followers_min);
}

static void read_masked(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    bool masked;
    if (sl_value_bool(loader, value, &masked)) {
        route->masked = masked;
    }
}

static void read_when(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    static const struct sl_field fields[] = {
        {"label", read_label, false},         {"topic", read_topic, false},
        {"signal", read_signal, false},       {"line", read_line, false},
        {"channel", read_channel, false},     {"page", read_page, false},
        {"kind", read_kind, false},           {"lang", read_lang, false},
        {"followers", read_followers, false}, {"masked", read_masked, false},
    };
    if (value->kind == SL_YAML_MAP && value->count == 0) {
        sl_value_complain(loader, value, value->place,
                          "expected at least one condition, found none");
        return;
    }
    sl_value_fields(loader, value, fields, sizeof fields / sizeof fields[0], into);
}

static void read_queue(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    sl_value_name(loader, value, &route->queue);
}

static void read_priority(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    int64_t priority;
    if (sl_value_integer(loader, value, 0, 9, &priority)) {
        route->priority = (uint8_t)priority;
    }
}

static void read_minutes(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    int64_t minutes;
    if (sl_value_integer(loader, value, 1, MINUTES_MAX, &minutes)) {
        route->deadline_ns = minutes * NS_PER_MINUTE;
    }
}

static void read_actions(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    uint64_t bits;
    if (sl_value_bits(loader, value, &loader->actions, &bits)) {
        route->actions = (uint32_t)bits;
    }
}

static void read_critical(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_route *route = into;
    uint64_t bits;
    if (sl_value_bits(loader, value, &loader->criticals, &bits)) {
        route->criticals = (uint32_t)bits;
    }
}

static const struct sl_field route_fields[] = {
    {"queue", read_queue, true},        {"when", read_when, false},
    {"priority", read_priority, false}, {"minutes", read_minutes, false},
    {"actions", read_actions, false},   {"critical", read_critical, false},
};

// Exactly the last route takes what is left.
static void check_place_of(struct sl_loader *loader, const struct sl_yaml_node *item) {
    bool conditional = sl_yaml_find(item, "when") != NULL;
    if (item->next == NULL && conditional) {
        sl_value_complain(loader, item, item->place,
                          "expected a last route without \"when\", for what no other took");
    }
    if (item->next != NULL && !conditional) {
        sl_value_complain(loader, item, item->place,
                          "expected \"when\", found none: no route below is ever reached");
    }
}

// The queues that routes name, each once, so that examples can be checked against them.
static void collect_queues(struct sl_loader *loader) {
    const char **queues = sl_loader_take(loader, loader->pack->routes_count, sizeof *queues);
    uint32_t count = 0;
    for (uint32_t i = 0; queues != NULL && i < loader->pack->routes_count; i++) {
        const char *queue = loader->routes[i].queue;
        uint32_t same = 0;
        while (queue != NULL && same < count && strcmp(queues[same], queue) != 0) {
            same++;
        }
        if (queue != NULL && same == count) {
            queues[count++] = queue;
        }
    }
    loader->queues = (struct sl_vocabulary){"a queue of this pack's routes", queues, count};
}

void sl_load_routes(struct sl_loader *loader, const struct sl_yaml_node *list) {
    if (list->kind != SL_YAML_LIST || list->count == 0 || list->count > SL_PACK_ROUTES_MAX) {
        sl_value_problem(loader, list, "a list of 1 to %d routes", SL_PACK_ROUTES_MAX);
        return;
    }
    for (const struct sl_yaml_node *item = list->first; item != NULL; item = item->next) {
        struct sl_pack_route *route = &loader->routes[loader->pack->routes_count++];
        *route = (struct sl_pack_route){.masked = -1, .deadline_ns = -1, .place = item->place};
        sl_value_fields(loader, item, route_fields, sizeof route_fields / sizeof route_fields[0],
                        route);
        if (item->kind == SL_YAML_MAP) {
            check_place_of(loader, item);
        }
    }
    collect_queues(loader);
}
