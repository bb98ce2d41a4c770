// SPDX-License-Identifier: Apache-2.0
#include "quality/cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

struct place {
    const char *path;
    unsigned line;
};

static void refuse(const struct place *place, const char *why) {
    fprintf(stderr, "%s:%u: %s\n", place->path, place->line, why);
    exit(2);
}

static yajl_val field(yajl_val object, const char *name, yajl_type type) {
    const char *path[] = {name, NULL};
    return yajl_tree_get(object, path, type);
}

static const char *string_field(yajl_val object, const char *name, const struct place *place) {
    yajl_val value = field(object, name, yajl_t_string);
    if (value == NULL) {
        fprintf(stderr, "%s:%u: a case without %s\n", place->path, place->line, name);
        exit(2);
    }
    return YAJL_GET_STRING(value);
}

// Bytes before the code point `index`; more than the text has when it has no such code point.
static uint32_t code_point_offset(const char *text, long long index) {
    const char *at = text;
    for (; index > 0 && *at != '\0'; index--) {
        for (at++; ((unsigned char)*at & 0xC0) == 0x80; at++) {
        }
    }
    return index == 0 ? (uint32_t)(at - text) : UINT32_MAX;
}

static void read_spans(yajl_val spans, const struct place *place, struct sl_case *one) {
    if (spans == NULL || spans->u.array.len > SL_CASE_SPANS_MAX) {
        refuse(place, "a case without spans, or with too many");
    }
    for (size_t i = 0; i < spans->u.array.len; i++) {
        yajl_val pair = spans->u.array.values[i];
        if (!YAJL_IS_ARRAY(pair) || pair->u.array.len != 2 ||
            !YAJL_IS_INTEGER(pair->u.array.values[0]) ||
            !YAJL_IS_INTEGER(pair->u.array.values[1])) {
            refuse(place, "a span is two numbers");
        }
        struct sl_case_span *span = &one->spans[one->spans_count++];
        span->start = code_point_offset(one->text, YAJL_GET_INTEGER(pair->u.array.values[0]));
        span->end = code_point_offset(one->text, YAJL_GET_INTEGER(pair->u.array.values[1]));
        if (span->start >= span->end || span->end > one->len ||
            (i > 0 && span->start < span[-1].end)) {
            refuse(place, "spans are in bounds, ascending and apart");
        }
    }
}

static void read_line(const char *line, const struct place *place, sl_case_fn look, void *context) {
    yajl_val object = yajl_tree_parse(line, NULL, 0);
    if (object == NULL || !YAJL_IS_OBJECT(object)) {
        refuse(place, "not a JSON object");
    }
    struct sl_case one = {
        .id = string_field(object, "id", place),
        .entity = string_field(object, "entity", place),
        .text = string_field(object, "text", place),
        .category = "",
        .split = field(object, "group", yajl_t_any) != NULL,
    };
    one.len = strlen(one.text);
    if (field(object, "category", yajl_t_string) != NULL) {
        one.category = string_field(object, "category", place);
    }
    read_spans(field(object, "spans", yajl_t_array), place, &one);
    look(&one, context);
    yajl_tree_free(object);
}

bool sl_cases_each(const char *path, sl_case_fn look, void *context) {
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    struct place place = {.path = path};
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, file) != -1) {
        place.line++;
        if (line[strspn(line, " \t\r\n")] != '\0') {
            read_line(line, &place, look, context);
        }
    }
    free(line);
    fclose(file);
    return true;
}
