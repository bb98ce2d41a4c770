// SPDX-License-Identifier: Apache-2.0
#include "pack/loader.h"

static void read_text(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_example *example = into;
    sl_value_text(loader, value, &example->text);
}

static void read_label(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_example *example = into;
    uint32_t label;
    if (sl_value_word(loader, value, &loader->labels, &label)) {
        example->label = (int)label;
    }
}

static void read_line(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_example *example = into;
    uint32_t line;
    if (sl_value_word(loader, value, &loader->lines, &line)) {
        example->line = (int)line;
    }
}

static void read_topic(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_example *example = into;
    sl_value_bits(loader, value, &loader->topics, &example->topics);
}

static void read_no_topic(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_example *example = into;
    sl_value_bits(loader, value, &loader->topics, &example->absent_topics);
}

static void read_signal(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_example *example = into;
    sl_value_bits(loader, value, &loader->signals, &example->signals);
}

static void read_no_signal(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_example *example = into;
    sl_value_bits(loader, value, &loader->signals, &example->absent_signals);
}

static void read_queue(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_example *example = into;
    uint32_t queue;
    if (sl_value_word(loader, value, &loader->queues, &queue)) {
        example->queue = loader->queues.words[queue];
    }
}

static void read_masked(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    struct sl_pack_example *example = into;
    sl_value_text(loader, value, &example->masked);
}

static const struct sl_field example_fields[] = {
    {"text", read_text, true},      {"label", read_label, false},
    {"topic", read_topic, false},   {"no_topic", read_no_topic, false},
    {"signal", read_signal, false}, {"no_signal", read_no_signal, false},
    {"line", read_line, false},     {"queue", read_queue, false},
    {"masked", read_masked, false},
};

void sl_load_examples(struct sl_loader *loader, const struct sl_yaml_node *list) {
    if (!sl_value_list(loader, list, "examples")) {
        return;
    }
    for (const struct sl_yaml_node *item = list->first; item != NULL; item = item->next) {
        if (loader->pack->examples_count == SL_PACK_EXAMPLES_MAX) {
            sl_value_complain(loader, item, item->place, "expected at most %d examples, found more",
                              SL_PACK_EXAMPLES_MAX);
            return;
        }
        struct sl_pack_example *example = &loader->examples[loader->pack->examples_count++];
        *example = (struct sl_pack_example){.label = -1, .line = -1, .place = item->place};
        sl_value_fields(loader, item, example_fields,
                        sizeof example_fields / sizeof example_fields[0], example);
        if (item->kind == SL_YAML_MAP && item->count == 1 && sl_yaml_find(item, "text") != NULL) {
            sl_value_complain(loader, item, item->place,
                              "expected what must come out of the text, found nothing");
        }
    }
}
