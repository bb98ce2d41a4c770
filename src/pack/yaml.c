// SPDX-License-Identifier: Apache-2.0
#include "pack/yaml.h"

#include <stdalign.h>
#include <string.h>
#include <yaml.h>

#define QUOTES_HINT                                                                                \
    "; a value that holds \": \" or \" #\", or begins with one of * & ! { [ @ # % | > ' \", "      \
    "needs "                                                                                       \
    "quotes"

struct reader {
    const struct sl_yaml_input *input;
    yaml_parser_t parser;
    size_t depth;
};

static struct sl_pack_place place_of(const struct reader *reader, yaml_mark_t mark) {
    return (struct sl_pack_place){.file = reader->input->file,
                                  .line = (uint32_t)mark.line + 1,
                                  .column = (uint32_t)mark.column + 1};
}

static bool refuse(const struct reader *reader, yaml_mark_t mark, const char *message) {
    sl_problems_add(reader->input->problems, place_of(reader, mark), "%s", message);
    return false;
}

// libyaml's reader knows only an offset where it meets a character that YAML does not allow.
static yaml_mark_t mark_of_offset(const struct sl_yaml_input *input, size_t offset) {
    yaml_mark_t mark = {0};
    for (size_t i = 0; i < offset && i < input->bytes.len; i++) {
        unsigned char byte = (unsigned char)input->bytes.data[i];
        mark.column = byte == '\n' ? 0 : mark.column + ((byte & 0xC0) != 0x80);
        mark.line += byte == '\n';
    }
    return mark;
}

static bool next_event(struct reader *reader, yaml_event_t *event) {
    if (yaml_parser_parse(&reader->parser, event)) {
        return true;
    }
    const yaml_parser_t *parser = &reader->parser;
    const char *problem = parser->problem != NULL ? parser->problem : "no memory left";
    yaml_mark_t mark = parser->problem_mark;
    if (parser->error == YAML_READER_ERROR) {
        mark = mark_of_offset(reader->input, parser->problem_offset);
    }
    bool hint = parser->error == YAML_SCANNER_ERROR || parser->error == YAML_PARSER_ERROR;
    sl_problems_add(reader->input->problems, place_of(reader, mark),
                    "expected YAML, found: %s%s%s%s",
                    parser->context != NULL ? parser->context : "",
                    parser->context != NULL ? ", " : "", problem, hint ? QUOTES_HINT : "");
    return false;
}

static struct sl_yaml_node *take_node(struct reader *reader, const yaml_event_t *event) {
    struct sl_yaml_node *node =
        sl_arena_take(reader->input->nodes, sizeof *node, alignof(struct sl_yaml_node));
    if (node == NULL) {
        refuse(reader, event->start_mark, "expected a smaller file, found too many values");
        return NULL;
    }
    *node = (struct sl_yaml_node){.place = place_of(reader, event->start_mark)};
    return node;
}

static bool has_extras(const struct reader *reader, const yaml_event_t *event,
                       const yaml_char_t *anchor, const yaml_char_t *tag) {
    if (anchor != NULL) {
        return !refuse(reader, event->start_mark,
                       "expected a value, found an anchor (&); a text that begins with & needs "
                       "quotes");
    }
    if (tag != NULL) {
        return !refuse(reader, event->start_mark,
                       "expected a value, found a tag (!); a text that begins with ! needs quotes");
    }
    return false;
}

// Where a place within the text is a place in the file: on one line and without escapes.
static uint32_t column_of_text(const yaml_event_t *event) {
    size_t quotes = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    size_t characters = 0;
    for (size_t i = 0; i < event->data.scalar.length; i++) {
        characters += (event->data.scalar.value[i] & 0xC0) != 0x80;
    }
    bool as_it_is = event->start_mark.line == event->end_mark.line &&
                    event->end_mark.index - event->start_mark.index == characters + 2 * quotes;
    return as_it_is ? (uint32_t)(event->start_mark.column + quotes + 1) : 0;
}

static struct sl_yaml_node *read_text(struct reader *reader, const yaml_event_t *event) {
    const yaml_char_t *value = event->data.scalar.value;
    size_t len = event->data.scalar.length;
    if (has_extras(reader, event, event->data.scalar.anchor, event->data.scalar.tag)) {
        return NULL;
    }
    if (memchr(value, '\0', len) != NULL) {
        refuse(reader, event->start_mark, "expected a text, found one with a NUL character");
        return NULL;
    }
    struct sl_yaml_node *node = take_node(reader, event);
    if (node == NULL) {
        return NULL;
    }
    char *text = sl_arena_take(reader->input->texts, len + 1, 1);
    if (text == NULL) {
        refuse(reader, event->start_mark, "expected a smaller file, found too much text");
        return NULL;
    }
    memcpy(text, value, len);
    text[len] = '\0';
    node->kind = SL_YAML_TEXT;
    node->text = (struct sl_str){text, len};
    node->text_column = column_of_text(event);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return node;
}

static struct sl_yaml_node *read_node(struct reader *reader, const yaml_event_t *event);

// Reads the next value into the list or map; *ret_end says that there was none.
static bool read_item(struct reader *reader, struct sl_yaml_node *parent,
                      struct sl_yaml_node **last, bool *ret_end) {
    yaml_event_t event;
    if (!next_event(reader, &event)) {
        return false;
    }
    *ret_end = event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
    struct sl_yaml_node *node = *ret_end ? NULL : read_node(reader, &event);
    yaml_event_delete(&event);
    if (node == NULL) {
        return *ret_end;
    }
    node->parent = parent;
    node->index = parent->count++;
    if (*last == NULL) {
        parent->first = node;
    } else {
        (*last)->next = node;
    }
    *last = node;
    return true;
}

static bool read_list(struct reader *reader, struct sl_yaml_node *list) {
    struct sl_yaml_node *last = NULL;
    bool end = false;
    while (!end) {
        if (!read_item(reader, list, &last, &end)) {
            return false;
        }
    }
    return true;
}

static void check_key_is_new(const struct reader *reader, const struct sl_yaml_node *map,
                             const char *key, struct sl_pack_place place) {
    const struct sl_yaml_node *first = sl_yaml_find(map, key);
    if (first != NULL) {
        sl_problems_add(reader->input->problems, place,
                        "expected every key once, found one that stands at line %u already",
                        first->key_place.line);
    }
}

static bool read_map(struct reader *reader, struct sl_yaml_node *map) {
    struct sl_yaml_node *last = NULL;
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event)) {
            return false;
        }
        bool end = event.type == YAML_MAPPING_END_EVENT;
        bool word = event.type == YAML_SCALAR_EVENT && map->count < SL_YAML_KEYS_MAX;
        if (!end && !word) {
            refuse(reader, event.start_mark,
                   event.type == YAML_SCALAR_EVENT ? "expected fewer keys in one map"
                                                   : "expected a word as key; a value that begins "
                                                     "with one of { [ * & needs quotes");
        }
        const struct sl_yaml_node *key = word ? read_text(reader, &event) : NULL;
        yaml_event_delete(&event);
        if (end || key == NULL) {
            return end;
        }
        check_key_is_new(reader, map, key->text.data, key->place);
        if (!read_item(reader, map, &last, &end)) {
            return false;
        }
        last->key = key->text.data;
        last->key_place = key->place;
    }
}

static struct sl_yaml_node *read_collection(struct reader *reader, const yaml_event_t *event,
                                            enum sl_yaml_kind kind) {
    if (++reader->depth > SL_YAML_DEPTH_MAX) {
        refuse(reader, event->start_mark, "expected fewer levels of lists and maps");
        return NULL;
    }
    struct sl_yaml_node *node = take_node(reader, event);
    if (node != NULL) {
        node->kind = kind;
        bool complete = kind == SL_YAML_LIST ? read_list(reader, node) : read_map(reader, node);
        node = complete ? node : NULL;
    }
    reader->depth--;
    return node;
}

static struct sl_yaml_node *read_node(struct reader *reader, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return read_text(reader, event);
    case YAML_SEQUENCE_START_EVENT:
        return has_extras(reader, event, event->data.sequence_start.anchor,
                          event->data.sequence_start.tag)
                   ? NULL
                   : read_collection(reader, event, SL_YAML_LIST);
    case YAML_MAPPING_START_EVENT:
        return has_extras(reader, event, event->data.mapping_start.anchor,
                          event->data.mapping_start.tag)
                   ? NULL
                   : read_collection(reader, event, SL_YAML_MAP);
    default: // an alias: nothing else can stand for a value
        refuse(reader, event->start_mark,
               "expected a value, found an alias (*); a text that begins with * needs quotes");
        return NULL;
    }
}

// Document by document; only one may be there.
static const struct sl_yaml_node *read_stream(struct reader *reader) {
    struct sl_yaml_node *root = NULL;
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event)) {
            return NULL;
        }
        yaml_event_type_t type = event.type;
        bool value = type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT &&
                     type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT;
        bool second = value && root != NULL;
        if (second) {
            refuse(reader, event.start_mark, "expected one document, found another behind ---");
        }
        struct sl_yaml_node *node = value && !second ? read_node(reader, &event) : NULL;
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT) {
            return root;
        }
        if (value && node == NULL) {
            return NULL;
        }
        root = node != NULL ? node : root;
    }
}

const struct sl_yaml_node *sl_yaml_parse(const struct sl_yaml_input *input) {
    struct reader reader = {.input = input};
    if (!yaml_parser_initialize(&reader.parser)) {
        sl_problems_add(input->problems, (struct sl_pack_place){.file = input->file},
                        "no memory left to read it");
        return NULL;
    }
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)input->bytes.data,
                                 input->bytes.len);
    size_t problems_before = input->problems->count;
    const struct sl_yaml_node *root = read_stream(&reader);
    yaml_parser_delete(&reader.parser);
    if (root == NULL && input->problems->count == problems_before) {
        sl_problems_add(input->problems, (struct sl_pack_place){.file = input->file},
                        "expected a rule pack, found an empty file");
    }
    return root;
}

const struct sl_yaml_node *sl_yaml_find(const struct sl_yaml_node *map, const char *key) {
    for (const struct sl_yaml_node *value = map->first; value != NULL; value = value->next) {
        if (value->key != NULL && strcmp(value->key, key) == 0) {
            return value;
        }
    }
    return NULL;
}
