// SPDX-License-Identifier: Apache-2.0
#include "item/object.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include <msgpack/timestamp.h>

#include "base/assert.h"
#include "base/clock.h"
#include "item/notation.h"
#include "text/utf8.h"

#define TIMESTAMP_TYPE (-1)

bool sl_item_object_time(const msgpack_object *object, int64_t *ret_time_ns) {
    msgpack_timestamp timestamp;
    return msgpack_object_to_timestamp(object, &timestamp) &&
           sl_item_time_join(timestamp.tv_sec, timestamp.tv_nsec, ret_time_ns);
}

static int check_string(const msgpack_object *object, struct sl_error *error) {
    struct sl_str string = sl_item_object_string(&object->via.str);
    return sl_utf8_valid(string.data, string.len)
               ? SL_OK
               : sl_error_set(error, "a string in it is not valid UTF-8");
}

static int check_map(const msgpack_object_map *map, struct sl_error *error) {
    for (uint32_t i = 0; i < map->size; i++) {
        if (map->ptr[i].key.type != MSGPACK_OBJECT_STR) {
            return sl_error_set(error, "a map in it has a key that is not a string");
        }
        if (check_string(&map->ptr[i].key, error) != SL_OK ||
            sl_item_object_check(&map->ptr[i].val, error) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

static int check_list(const msgpack_object_array *list, struct sl_error *error) {
    for (uint32_t i = 0; i < list->size; i++) {
        if (sl_item_object_check(&list->ptr[i], error) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

int sl_item_object_check(const msgpack_object *object, struct sl_error *error) {
    int64_t time_ns;
    switch (object->type) {
    case MSGPACK_OBJECT_STR:
        return check_string(object, error);
    case MSGPACK_OBJECT_MAP:
        return check_map(&object->via.map, error);
    case MSGPACK_OBJECT_ARRAY:
        return check_list(&object->via.array, error);
    case MSGPACK_OBJECT_EXT:
        return object->via.ext.type != TIMESTAMP_TYPE || sl_item_object_time(object, &time_ns)
                   ? SL_OK
                   : sl_error_set(error, "a time in it is none, or not between 1677 and 2262");
    default:
        return SL_OK;
    }
}

static void expect(yajl_gen_status status) {
    SL_ASSERT(status == yajl_gen_status_ok);
}

static void show_string(const msgpack_object *object, yajl_gen json) {
    struct sl_str string = sl_item_object_string(&object->via.str);
    expect(yajl_gen_string(json, (const unsigned char *)string.data, string.len));
}

static void show_natural(uint64_t number, yajl_gen json) {
    char text[SL_ITEM_NUMBER_BYTES];
    int len = snprintf(text, sizeof text, "%" PRIu64, number);
    expect(yajl_gen_number(json, text, (size_t)len));
}

static void show_number(double number, yajl_gen json) {
    char text[SL_ITEM_NUMBER_BYTES];
    expect(isfinite(number) ? yajl_gen_number(json, text, sl_item_number_format(number, text))
                            : yajl_gen_null(json));
}

static void show_ext(const msgpack_object *object, yajl_gen json) {
    int64_t time_ns;
    if (sl_item_object_time(object, &time_ns)) {
        char text[SL_TIME_TEXT_BYTES];
        size_t len = sl_time_format(time_ns, text);
        expect(yajl_gen_string(json, (const unsigned char *)text, len));
    } else {
        expect(yajl_gen_null(json));
    }
}

static void show_list(const msgpack_object_array *list, yajl_gen json) {
    expect(yajl_gen_array_open(json));
    for (uint32_t i = 0; i < list->size; i++) {
        sl_item_object_show(&list->ptr[i], json);
    }
    expect(yajl_gen_array_close(json));
}

static void show_map(const msgpack_object_map *map, yajl_gen json) {
    expect(yajl_gen_map_open(json));
    for (uint32_t i = 0; i < map->size; i++) {
        show_string(&map->ptr[i].key, json);
        sl_item_object_show(&map->ptr[i].val, json);
    }
    expect(yajl_gen_map_close(json));
}

void sl_item_object_show(const msgpack_object *object, yajl_gen json) {
    switch (object->type) {
    case MSGPACK_OBJECT_BOOLEAN:
        expect(yajl_gen_bool(json, object->via.boolean));
        break;
    case MSGPACK_OBJECT_POSITIVE_INTEGER:
        show_natural(object->via.u64, json);
        break;
    case MSGPACK_OBJECT_NEGATIVE_INTEGER:
        expect(yajl_gen_integer(json, object->via.i64));
        break;
    case MSGPACK_OBJECT_FLOAT32:
    case MSGPACK_OBJECT_FLOAT64:
        show_number(object->via.f64, json);
        break;
    case MSGPACK_OBJECT_STR:
        show_string(object, json);
        break;
    case MSGPACK_OBJECT_ARRAY:
        show_list(&object->via.array, json);
        break;
    case MSGPACK_OBJECT_MAP:
        show_map(&object->via.map, json);
        break;
    case MSGPACK_OBJECT_EXT:
        show_ext(object, json);
        break;
    case MSGPACK_OBJECT_BIN:
    case MSGPACK_OBJECT_NIL:
        expect(yajl_gen_null(json));
        break;
    }
}
