// SPDX-License-Identifier: Apache-2.0
//
// Topics and signals: their names, from which sum on they count, and what patterns add to them.
#include <string.h>

#include "pack/loader.h"

#define SHARE_MAX 20

// A list of names, or of maps of one name, whose value goes to `more` with the name's number.
static void read_names(struct sl_loader *loader, const struct sl_yaml_node *list, const char *of,
                       uint32_t most, const char *const **ret_names, uint32_t *ret_count,
                       void (*more)(struct sl_loader *loader, const struct sl_yaml_node *item,
                                    uint32_t index)) {
    if (!sl_value_list(loader, list, of)) {
        return;
    }
    if (list->count > most) {
        sl_value_complain(loader, list, list->place, "expected at most %u %s, found %u", most, of,
                          list->count);
        return;
    }
    const char **names = sl_loader_take(loader, list->count, sizeof *names);
    uint32_t count = 0;
    for (const struct sl_yaml_node *item = list->first; item != NULL && names != NULL;
         item = item->next) {
        struct sl_yaml_node name = *item;
        if (more != NULL && item->kind == SL_YAML_MAP && item->count == 1) {
            name.kind = SL_YAML_TEXT;
            name.text = sl_str_from(item->first->key);
        }
        if (!sl_value_name(loader, &name, &names[count])) {
            continue;
        }
        uint32_t same = 0;
        while (strcmp(names[same], names[count]) != 0) {
            same++;
        }
        if (same < count) {
            sl_value_problem(loader, item, "each of the %s once", of);
            continue;
        }
        if (more != NULL) {
            more(loader, item, count);
        }
        count++;
    }
    *ret_names = names;
    *ret_count = names != NULL ? count : 0;
}

void sl_load_names(struct sl_loader *loader, const struct sl_yaml_node *list, const char *of,
                   uint32_t most, const char *const **ret_names, uint32_t *ret_count) {
    read_names(loader, list, of, most, ret_names, ret_count, NULL);
}

static void read_threshold(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    int32_t milli;
    if (!sl_value_milli(loader, value, 0, SHARE_MAX, &milli)) {
        return;
    }
    if (milli == 0) {
        sl_value_problem(loader, value, "a number above 0");
        return;
    }
    *(int32_t *)into = milli;
}

static void read_mark(struct sl_loader *loader, const struct sl_yaml_node *item, uint32_t mark) {
    static const struct sl_field fields[] = {{"threshold", read_threshold, true}};
    loader->pack->mark_places[mark] = item->place;
    if (item->kind == SL_YAML_MAP) {
        sl_value_fields(loader, item->first, fields, sizeof fields / sizeof fields[0],
                        &loader->pack->thresholds_milli[mark]);
    }
}

static void read_signal(struct sl_loader *loader, const struct sl_yaml_node *item, uint32_t index) {
    read_mark(loader, item, SL_PACK_TOPICS_MAX + index);
}

void sl_load_topics(struct sl_loader *loader, const struct sl_yaml_node *list) {
    read_names(loader, list, "topics", SL_PACK_TOPICS_MAX, &loader->pack->topics,
               &loader->pack->topics_count, read_mark);
}

void sl_load_signals(struct sl_loader *loader, const struct sl_yaml_node *list) {
    read_names(loader, list, "signals", SL_PACK_SIGNALS_MAX, &loader->pack->signals,
               &loader->pack->signals_count, read_signal);
}

// What a pattern says of topics and signals. One pattern's shares stand together, because its map
// is read before the next.

static void add_share(struct sl_loader *loader, const struct sl_yaml_node *node,
                      struct sl_pack_pattern *pattern, uint32_t mark, int32_t weight_milli) {
    if (loader->shares_count == SL_PACK_SHARES_MAX) {
        sl_value_complain(loader, node, node->place,
                          "expected at most %d topics and signals of patterns, found more",
                          SL_PACK_SHARES_MAX);
        return;
    }
    if (pattern->shares.count++ == 0) {
        pattern->shares.first = loader->shares_count;
    }
    loader->shares[loader->shares_count++] =
        (struct sl_pack_share){.sum = mark, .weight_milli = weight_milli};
}

static void add_weighed(struct sl_loader *loader, const struct sl_yaml_node *map,
                        const struct sl_vocabulary *vocabulary, struct sl_pack_pattern *pattern,
                        uint32_t first_mark) {
    for (const struct sl_yaml_node *value = map->first; value != NULL; value = value->next) {
        uint32_t index;
        int32_t milli;
        if (!sl_value_key(loader, value, vocabulary, &index) ||
            !sl_value_milli(loader, value, -SHARE_MAX, SHARE_MAX, &milli)) {
            continue;
        }
        if (milli == 0) {
            sl_value_problem(loader, value, "a number above or below 0");
        } else {
            add_share(loader, value, pattern, first_mark + index, milli);
        }
    }
}

void sl_load_shares(struct sl_loader *loader, const struct sl_yaml_node *value,
                    const struct sl_vocabulary *vocabulary, struct sl_pack_pattern *pattern) {
    uint32_t first_mark = vocabulary == &loader->signals ? SL_PACK_TOPICS_MAX : 0;
    uint64_t bits;
    if (value->kind == SL_YAML_MAP) {
        add_weighed(loader, value, vocabulary, pattern, first_mark);
    } else if (sl_value_bits(loader, value, vocabulary, &bits)) {
        for (uint32_t bit = 0; bit < 64; bit++) {
            if ((bits >> bit & 1) != 0) {
                add_share(loader, value, pattern, first_mark + bit, SL_PACK_SHARE_MILLI);
            }
        }
    }
}

// A mark needs no sum when every hit that speaks of it is enough by itself.
static uint32_t number_sums(struct sl_loader *loader, uint32_t *ret_sum_of) {
    bool needs[SL_PACK_MARKS_MAX] = {false};
    uint32_t count = 0;
    for (uint32_t i = 0; i < loader->shares_count; i++) {
        const struct sl_pack_share *share = &loader->shares[i];
        needs[share->sum] |= share->weight_milli < loader->pack->thresholds_milli[share->sum];
    }
    for (uint32_t mark = 0; mark < SL_PACK_MARKS_MAX; mark++) {
        ret_sum_of[mark] = needs[mark] ? count++ : UINT32_MAX;
    }
    return count;
}

static void split_shares(struct sl_loader *loader, struct sl_pack_pattern *pattern,
                         const uint32_t *sum_of) {
    struct sl_pack_share *shares = &loader->shares[pattern->shares.first];
    uint32_t kept_count = 0;
    for (uint32_t i = 0; i < pattern->shares.count; i++) {
        uint32_t mark = shares[i].sum;
        if (sum_of[mark] != UINT32_MAX) {
            shares[kept_count++] = (struct sl_pack_share){sum_of[mark], shares[i].weight_milli};
        } else if (mark < SL_PACK_TOPICS_MAX) {
            pattern->topics |= UINT64_C(1) << mark;
        } else {
            pattern->signals |= UINT64_C(1) << (mark - SL_PACK_TOPICS_MAX);
        }
    }
    pattern->shares.count = kept_count;
}

void sl_load_finish_marks(struct sl_loader *loader) {
    uint32_t sum_of[SL_PACK_MARKS_MAX];
    uint32_t count = number_sums(loader, sum_of);
    struct sl_pack_sum *sums = sl_loader_take(loader, count, sizeof *sums);
    for (uint32_t mark = 0; sums != NULL && mark < SL_PACK_MARKS_MAX; mark++) {
        if (sum_of[mark] != UINT32_MAX) {
            sums[sum_of[mark]] = (struct sl_pack_sum){mark, loader->pack->thresholds_milli[mark]};
        }
    }
    for (uint32_t i = 0; i < loader->pack->patterns_count; i++) {
        split_shares(loader, &loader->patterns[i], sum_of);
    }
    loader->pack->sums = sums;
    loader->pack->sums_count = sums != NULL ? count : 0;
}
