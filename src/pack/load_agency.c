// SPDX-License-Identifier: Apache-2.0
//
// The hashtags by which the media agency forces a label.
#include <string.h>

#include "pack/expression.h"
#include "pack/loader.h"

// One word and nothing else: so it is in a text, and so a record names it.
static bool is_word(struct sl_str name) {
    for (size_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.data[i];
        bool wide = byte >= 0x80;
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
        if (!plain && !wide) {
            return false;
        }
    }
    return name.len > 0;
}

static const struct sl_pack_hashtag *find(const struct sl_pack *pack, struct sl_str name) {
    for (uint32_t i = 0; i < pack->hashtags_count; i++) {
        if (sl_str_equal(pack->hashtags[i].name, name)) {
            return &pack->hashtags[i];
        }
    }
    return NULL;
}

static const char *write_regex(struct sl_loader *loader, struct sl_str name) {
    struct sl_regex regex;
    sl_regex_start(&regex);
    sl_regex_add(&regex, "\\# ");
    for (size_t i = 0; i < name.len; i++) {
        sl_regex_add_literal(&regex, (unsigned char)name.data[i]);
    }
    sl_regex_add(&regex, " ");
    return sl_regex_keep(&regex, &loader->arena);
}

// The same as the plain form of a phrase; NULL where the name is not one word of letters.
static const char *write_plain(struct sl_loader *loader, struct sl_str name) {
    struct sl_regex plain;
    sl_regex_start(&plain);
    sl_regex_add(&plain, "*# ");
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.data[i] >= 0x80) {
            return NULL;
        }
        sl_regex_add(&plain, (const char[]){name.data[i], '\0'});
    }
    sl_regex_add(&plain, " ");
    return sl_regex_keep(&plain, &loader->arena);
}

static void read_hashtag(struct sl_loader *loader, const struct sl_yaml_node *item,
                         enum sl_flag flag) {
    struct sl_pack *pack = loader->pack;
    struct sl_str name;
    if (!sl_loader_fold(loader, item, &name)) {
        return;
    }
    if (name.data[0] == '#') {
        name = (struct sl_str){name.data + 1, name.len - 1};
    }
    const struct sl_pack_hashtag *same = find(pack, name);
    if (!is_word(name)) {
        sl_value_problem(loader, item, "a hashtag of letters and digits");
    } else if (same != NULL) {
        sl_value_complain(loader, item, item->place,
                          "expected every hashtag once, found that of line %u again",
                          same->place.line);
    } else if (pack->hashtags_count == SL_PACK_HASHTAGS_MAX) {
        sl_value_complain(loader, item, item->place, "expected at most %d hashtags, found more",
                          SL_PACK_HASHTAGS_MAX);
    } else {
        const char *regex = write_regex(loader, name);
        pack->hashtags[pack->hashtags_count++] =
            (struct sl_pack_hashtag){.flag = flag,
                                     .name = name,
                                     .regex = regex,
                                     .plain = write_plain(loader, name),
                                     .place = item->place};
    }
}

static void read_hashtags(struct sl_loader *loader, const struct sl_yaml_node *value,
                          enum sl_flag flag) {
    if (sl_value_count(value) == 0) {
        sl_value_problem(loader, value, "at least one hashtag");
    }
    for (const struct sl_yaml_node *item = sl_value_first(value); item != NULL;
         item = sl_value_next(value, item)) {
        read_hashtag(loader, item, flag);
    }
}

static void read_care(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    read_hashtags(loader, value, SL_FLAG_CARE);
}

static void read_editorial(struct sl_loader *loader, const struct sl_yaml_node *value, void *into) {
    (void)into;
    read_hashtags(loader, value, SL_FLAG_EDITORIAL);
}

void sl_load_agency(struct sl_loader *loader, const struct sl_yaml_node *map) {
    static const struct sl_field fields[] = {
        {"care", read_care, false},
        {"editorial", read_editorial, false},
    };
    sl_value_fields(loader, map, fields, sizeof fields / sizeof fields[0], NULL);
}
