// SPDX-License-Identifier: Apache-2.0
#include <string.h>
#include <yajl/yajl_parse.h>

#include "labelled_record.h"

#define PATH_BYTES 256
#define DEPTH_MAX  64

// Where the parser stands. A member's path is its key behind the paths of the maps round it; an
// element's path is its list's.
struct walk {
    struct sl_record *record;
    char path[PATH_BYTES];
    size_t path_len;         // over PATH_BYTES: longer than any field's name, and not kept
    int field;               // asked for by this path, or -1
    size_t outer[DEPTH_MAX]; // length of the path round the map or list at this depth
    bool is_list[DEPTH_MAX];
    unsigned depth;
    unsigned lists; // of them round here
    bool noted;     // field names need no noting
};

static int refuse(struct walk *walk, const char *problem) {
    walk->record->problem = problem;
    return 0;
}

static int find_field(const struct walk *walk) {
    const struct sl_record *record = walk->record;
    for (uint32_t i = 0; walk->path_len <= PATH_BYTES && i < record->fields_count; i++) {
        if (record->fields[i].len == walk->path_len &&
            memcmp(record->fields[i].data, walk->path, walk->path_len) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static int take_value(struct walk *walk, const char *bytes, size_t len) {
    if (walk->depth == 0) {
        return refuse(walk, "not a JSON object");
    }
    return walk->field < 0 || sl_record_put(walk->record, (uint32_t)walk->field, bytes, len);
}

static int on_null(void *context) {
    struct walk *walk = context;
    return walk->depth > 0 || refuse(walk, "not a JSON object");
}

static int on_boolean(void *context, int value) {
    return take_value(context, value ? "true" : "false", value ? 4 : 5);
}

static int on_number(void *context, const char *digits, size_t len) {
    return take_value(context, digits, len);
}

static int on_string(void *context, const unsigned char *bytes, size_t len) {
    return take_value(context, (const char *)bytes, len);
}

static int enter(struct walk *walk, bool is_list) {
    if (walk->depth == DEPTH_MAX) {
        return refuse(walk, "nested deeper than 64 levels");
    }
    if (walk->depth == 0 && is_list) {
        return refuse(walk, "not a JSON object");
    }
    walk->outer[walk->depth] = walk->path_len;
    walk->is_list[walk->depth++] = is_list;
    walk->lists += is_list;
    return 1;
}

static int leave(void *context) {
    struct walk *walk = context;
    walk->path_len = walk->outer[--walk->depth];
    walk->lists -= walk->is_list[walk->depth];
    walk->field = find_field(walk);
    return 1;
}

static int on_map(void *context) {
    struct walk *walk = context;
    walk->field = -1;
    return enter(walk, false);
}

static int on_list(void *context) {
    struct walk *walk = context;
    if (walk->field >= 0) {
        struct sl_value *value = &walk->record->values[walk->field];
        value->known = value->list = true;
    }
    return enter(walk, true);
}

static int on_key(void *context, const unsigned char *key, size_t len) {
    struct walk *walk = context;
    size_t outer = walk->outer[walk->depth - 1];
    size_t dot = walk->depth > 1;
    walk->path_len = outer + dot + len;
    if (walk->path_len <= PATH_BYTES) {
        walk->path[outer] = '.';
        memcpy(walk->path + outer + dot, key, len);
    }
    if (!walk->noted && walk->depth == 1) {
        sl_record_note_seen(walk->record, (const char *)key, len);
    }
    walk->field = find_field(walk);
    if (walk->field >= 0 && walk->lists == 0 && walk->record->values[walk->field].known) {
        return refuse(walk, "a field stands twice");
    }
    return 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_map,
    .yajl_map_key = on_key,
    .yajl_end_map = leave,
    .yajl_start_array = on_list,
    .yajl_end_array = leave,
};

bool sl_record_from_json(struct sl_record *record, struct sl_str line) {
    struct walk walk = {.record = record, .field = -1, .noted = record->seen[0] != '\0'};
    yajl_handle parser = yajl_alloc(&callbacks, NULL, &walk);
    if (parser == NULL) {
        record->problem = "no memory to read it";
        return false;
    }
    yajl_config(parser, yajl_dont_validate_strings, 1); // bytes that are not UTF-8 are repaired
    yajl_status status = yajl_parse(parser, (const unsigned char *)line.data, line.len);
    if (status == yajl_status_ok) {
        status = yajl_complete_parse(parser);
    }
    yajl_free(parser);
    if (status != yajl_status_ok && record->problem == NULL) {
        record->problem = "not JSON";
    }
    return record->problem == NULL;
}
