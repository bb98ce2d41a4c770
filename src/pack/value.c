// SPDX-License-Identifier: Apache-2.0
#include "pack/value.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "pack/loader.h"

#define LINE_BYTES  512
#define PATH_BYTES  160
#define SHOWN_BYTES 40 // of a word that a problem repeats

static size_t write_path(const struct sl_yaml_node *node, char *path, size_t room) {
    if (node->parent == NULL) {
        path[0] = '\0';
        return 0;
    }
    size_t len = write_path(node->parent, path, room);
    int wrote = node->key != NULL
                    ? snprintf(path + len, room - len, "%s%s", len > 0 ? "." : "", node->key)
                    : snprintf(path + len, room - len, "[%u]", node->index);
    len += (size_t)wrote;
    return len < room ? len : room - 1;
}

static bool is_shown(const char *text) {
    size_t len = strlen(text);
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] <= ' ' || text[i] == 0x7F) {
            return false;
        }
    }
    return len <= SHOWN_BYTES;
}

static void write_found(const struct sl_yaml_node *node, char *found, size_t room) {
    if (node->kind == SL_YAML_MAP) {
        snprintf(found, room, "a map");
    } else if (node->kind == SL_YAML_LIST) {
        snprintf(found, room, node->count == 0 ? "an empty list" : "a list");
    } else if (node->text.len == 0) {
        snprintf(found, room, "nothing");
    } else if (is_shown(node->text.data)) {
        snprintf(found, room, "\"%s\"", node->text.data);
    } else {
        snprintf(found, room, "a longer text");
    }
}

static void add_problem(struct sl_loader *loader, const struct sl_yaml_node *node,
                        struct sl_pack_place place, const char *text) {
    char path[PATH_BYTES];
    size_t len = write_path(node, path, sizeof path);
    sl_problems_add(&loader->problems, place, "%s%s%s", path, len > 0 ? ": " : "", text);
}

void sl_value_problem(struct sl_loader *loader, const struct sl_yaml_node *node,
                      const char *expected, ...) {
    char found[SHOWN_BYTES + 16];
    char line[LINE_BYTES];
    char text[LINE_BYTES + sizeof found + 32];
    va_list arguments;
    va_start(arguments, expected);
    vsnprintf(line, sizeof line, expected, arguments);
    va_end(arguments);
    write_found(node, found, sizeof found);
    snprintf(text, sizeof text, "expected %s, found %s", line, found);
    add_problem(loader, node, node->place, text);
}

void sl_value_complain(struct sl_loader *loader, const struct sl_yaml_node *node,
                       struct sl_pack_place place, const char *format, ...) {
    char line[LINE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    add_problem(loader, node, place, line);
}

// "a, b or c"
static void write_words(const struct sl_vocabulary *vocabulary, char *text, size_t room) {
    size_t len = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < vocabulary->count && len < room; i++) {
        const char *join = i == 0 ? "" : i + 1 == vocabulary->count ? " or " : ", ";
        len += (size_t)snprintf(text + len, room - len, "%s%s", join, vocabulary->words[i]);
    }
}

static void write_hint(const char *word, const struct sl_vocabulary *vocabulary, char *hint,
                       size_t room) {
    const char *near = sl_problems_nearest(word, vocabulary->words, vocabulary->count);
    hint[0] = '\0';
    if (near != NULL) {
        snprintf(hint, room, "; did you mean \"%s\"?", near);
    }
}

static void add_unknown_word(struct sl_loader *loader, const struct sl_yaml_node *node,
                             struct sl_pack_place place, const char *word,
                             const struct sl_vocabulary *vocabulary) {
    char words[LINE_BYTES / 2];
    char hint[SL_VALUE_NAME_BYTES_MAX + 32];
    write_words(vocabulary, words, sizeof words);
    write_hint(word, vocabulary, hint, sizeof hint);
    bool shown = is_shown(word);
    sl_value_complain(loader, node, place, "expected %s, found %s%s%s%s",
                      vocabulary->what != NULL ? vocabulary->what : words, shown ? "\"" : "",
                      shown ? word : "a longer text", shown ? "\"" : "", shown ? hint : "");
}

static const struct sl_field *field_of(const struct sl_field *fields, size_t fields_count,
                                       const char *key) {
    for (size_t i = 0; i < fields_count; i++) {
        if (strcmp(fields[i].key, key) == 0) {
            return &fields[i];
        }
    }
    return NULL;
}

bool sl_value_fields(struct sl_loader *loader, const struct sl_yaml_node *node,
                     const struct sl_field *fields, size_t fields_count, void *into) {
    const char *keys[32];
    SL_ASSERT(fields_count <= sizeof keys / sizeof keys[0]);
    for (size_t i = 0; i < fields_count; i++) {
        keys[i] = fields[i].key;
    }
    const struct sl_vocabulary vocabulary = {NULL, keys, (uint32_t)fields_count};
    if (node->kind != SL_YAML_MAP) {
        sl_value_problem(loader, node, "a map (key: value)");
        return false;
    }
    for (const struct sl_yaml_node *value = node->first; value != NULL; value = value->next) {
        const struct sl_field *field = field_of(fields, fields_count, value->key);
        if (field != NULL) {
            field->read(loader, value, into);
        } else {
            add_unknown_word(loader, node, value->key_place, value->key, &vocabulary);
        }
    }
    bool complete = true;
    for (size_t i = 0; i < fields_count; i++) {
        if (fields[i].required && sl_yaml_find(node, fields[i].key) == NULL) {
            sl_value_complain(loader, node, node->place, "expected the key \"%s\", found none",
                              fields[i].key);
            complete = false;
        }
    }
    return complete;
}

struct sl_pack_place sl_value_place(const struct sl_yaml_node *node, size_t column) {
    struct sl_pack_place place = node->place;
    if (node->text_column > 0) {
        place.column = node->text_column;
        for (size_t i = 1; i < column && i < node->text.len; i++) {
            place.column += (node->text.data[i] & 0xC0) != 0x80;
        }
    }
    return place;
}

bool sl_value_list(struct sl_loader *loader, const struct sl_yaml_node *node, const char *of) {
    if (node->kind != SL_YAML_LIST) {
        sl_value_problem(loader, node, "a list of %s", of);
        return false;
    }
    return true;
}

const struct sl_yaml_node *sl_value_first(const struct sl_yaml_node *node) {
    return node->kind == SL_YAML_LIST ? node->first : node;
}

const struct sl_yaml_node *sl_value_next(const struct sl_yaml_node *node,
                                         const struct sl_yaml_node *item) {
    return node->kind == SL_YAML_LIST ? item->next : NULL;
}

uint32_t sl_value_count(const struct sl_yaml_node *node) {
    return node->kind == SL_YAML_LIST ? node->count : 1;
}

bool sl_value_text(struct sl_loader *loader, const struct sl_yaml_node *node,
                   struct sl_str *ret_text) {
    if (node->kind != SL_YAML_TEXT || node->text.len == 0) {
        sl_value_problem(loader, node, "a text");
        return false;
    }
    *ret_text = node->text;
    return true;
}

bool sl_value_name(struct sl_loader *loader, const struct sl_yaml_node *node,
                   const char **ret_name) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    if (node->kind != SL_YAML_TEXT || node->text.len == 0 ||
        node->text.len > SL_VALUE_NAME_BYTES_MAX ||
        strspn(node->text.data, letters) != node->text.len) {
        sl_value_problem(loader, node, "a name of at most %d characters a-z 0-9 . _ -",
                         SL_VALUE_NAME_BYTES_MAX);
        return false;
    }
    *ret_name = node->text.data;
    return true;
}

bool sl_value_bool(struct sl_loader *loader, const struct sl_yaml_node *node, bool *ret_value) {
    static const char *const words[] = {"off", "on", "false", "true", "no", "yes"};
    for (size_t i = 0; node->kind == SL_YAML_TEXT && i < sizeof words / sizeof words[0]; i++) {
        if (strcasecmp(node->text.data, words[i]) == 0) {
            *ret_value = i % 2 == 1;
            return true;
        }
    }
    sl_value_problem(loader, node, "on or off");
    return false;
}

// Digits with up to `decimals_max` decimals, times 10^decimals_max.
static bool read_decimal(const char *text, size_t decimals_max, int64_t *ret_value) {
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    size_t whole = strspn(text, "0123456789");
    const char *point = text + whole;
    size_t decimals = *point == '.' ? strspn(point + 1, "0123456789") : 0;
    size_t used = whole + (*point == '.') + decimals;
    if (whole == 0 || whole > 12 || decimals > decimals_max || text[used] != '\0' ||
        (*point == '.' && decimals == 0)) {
        return false;
    }
    int64_t value = 0;
    for (size_t i = 0; i < whole; i++) {
        value = 10 * value + (text[i] - '0');
    }
    for (size_t i = 0; i < decimals_max; i++) {
        value = 10 * value + (i < decimals ? point[1 + i] - '0' : 0);
    }
    *ret_value = negative ? -value : value;
    return true;
}

bool sl_value_integer(struct sl_loader *loader, const struct sl_yaml_node *node, int64_t least,
                      int64_t most, int64_t *ret_value) {
    int64_t value;
    if (node->kind != SL_YAML_TEXT || !read_decimal(node->text.data, 0, &value) || value < least ||
        value > most) {
        sl_value_problem(loader, node, "a whole number from %lld to %lld", (long long)least,
                         (long long)most);
        return false;
    }
    *ret_value = value;
    return true;
}

bool sl_value_milli(struct sl_loader *loader, const struct sl_yaml_node *node, int32_t least,
                    int32_t most, int32_t *ret_milli) {
    int64_t milli;
    if (node->kind != SL_YAML_TEXT || !read_decimal(node->text.data, 3, &milli) ||
        milli < INT64_C(1000) * least || milli > INT64_C(1000) * most) {
        sl_value_problem(loader, node, "a number from %d to %d with at most three decimals", least,
                         most);
        return false;
    }
    *ret_milli = (int32_t)milli;
    return true;
}

static bool index_of(const struct sl_vocabulary *vocabulary, const char *word,
                     uint32_t *ret_index) {
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        if (strcmp(word, vocabulary->words[i]) == 0) {
            *ret_index = i;
            return true;
        }
    }
    return false;
}

bool sl_value_word(struct sl_loader *loader, const struct sl_yaml_node *node,
                   const struct sl_vocabulary *vocabulary, uint32_t *ret_index) {
    char words[LINE_BYTES / 2];
    if (node->kind != SL_YAML_TEXT || node->text.len == 0) {
        write_words(vocabulary, words, sizeof words);
        sl_value_problem(loader, node, "%s", vocabulary->what != NULL ? vocabulary->what : words);
        return false;
    }
    if (index_of(vocabulary, node->text.data, ret_index)) {
        return true;
    }
    add_unknown_word(loader, node, node->place, node->text.data, vocabulary);
    return false;
}

bool sl_value_key(struct sl_loader *loader, const struct sl_yaml_node *value,
                  const struct sl_vocabulary *vocabulary, uint32_t *ret_index) {
    if (index_of(vocabulary, value->key, ret_index)) {
        return true;
    }
    add_unknown_word(loader, value->parent, value->key_place, value->key, vocabulary);
    return false;
}

bool sl_value_bits(struct sl_loader *loader, const struct sl_yaml_node *node,
                   const struct sl_vocabulary *vocabulary, uint64_t *ret_bits) {
    uint64_t bits = 0;
    bool all = true;
    for (const struct sl_yaml_node *item = sl_value_first(node); item != NULL;
         item = sl_value_next(node, item)) {
        uint32_t index;
        bool known = sl_value_word(loader, item, vocabulary, &index);
        bits |= known ? UINT64_C(1) << index : 0;
        all &= known;
    }
    if (all) {
        *ret_bits = bits;
    }
    return all;
}
