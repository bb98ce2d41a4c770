// SPDX-License-Identifier: Apache-2.0
//
// The keys of docs/work-item.md and where their values go.
#include <stddef.h>
#include <string.h>

#include "base/clock.h"
#include "item/object.h"

_Static_assert(SL_ITEM_NO_TIME == SL_TIME_NONE, "the public name of the same thing");

enum shape {
    SHAPE_TEXT,
    SHAPE_TIME,
    SHAPE_NATURAL, // uint32_t
    SHAPE_FOLLOWERS,
    SHAPE_PRIORITY,
    SHAPE_SCORE,
    SHAPE_WORDS,
    SHAPE_MASKS,
    SHAPE_EARLIER,
    SHAPE_MAP,
};

static const char *const shape_names[] = {
    [SHAPE_TEXT] = "a string",
    [SHAPE_TIME] = "a timestamp",
    [SHAPE_NATURAL] = "an integer from 0 to 4294967295",
    [SHAPE_FOLLOWERS] = "an integer from 0",
    [SHAPE_PRIORITY] = "an integer from 0 to 9",
    [SHAPE_SCORE] = "a number from 0 to 1",
    [SHAPE_WORDS] = "a list of at most 64 strings",
    [SHAPE_MASKS] = "a list of at most 256 maps",
    [SHAPE_EARLIER] = "a list of at most 8 maps",
    [SHAPE_MAP] = "a map",
};

struct key {
    const char *name; // NULL: behind the last
    enum shape shape;
    size_t offset;
    // Of a map: what stands before its keys in an error, and they themselves.
    const char *path;
    const struct key *keys;
};

#define KEY(key, kind, member)                                                                     \
    { .name = (key), .shape = (kind), .offset = offsetof(struct sl_item, member) }
#define MASK_KEY(key, kind, member)                                                                \
    { .name = (key), .shape = (kind), .offset = offsetof(struct sl_item_mask, member) }
#define EARLIER_KEY(key, kind, member)                                                             \
    { .name = (key), .shape = (kind), .offset = offsetof(struct sl_item_earlier, member) }
#define MAP_KEY(key, its_keys)                                                                     \
    { .name = (key), .shape = SHAPE_MAP, .path = key ".", .keys = its_keys }

static const struct key post_keys[] = {
    KEY("id", SHAPE_TEXT, post.id),
    KEY("channel", SHAPE_TEXT, post.channel),
    KEY("page", SHAPE_TEXT, post.page),
    KEY("kind", SHAPE_TEXT, post.kind),
    KEY("created_at", SHAPE_TIME, post.created_at_ns),
    KEY("parent_id", SHAPE_TEXT, post.parent_id),
    KEY("thread_id", SHAPE_TEXT, post.thread_id),
    KEY("lang", SHAPE_TEXT, post.lang),
    KEY("url", SHAPE_TEXT, post.url),
    {0},
};

static const struct key author_keys[] = {
    KEY("id", SHAPE_TEXT, author.id),
    KEY("name", SHAPE_TEXT, author.name),
    KEY("handle", SHAPE_TEXT, author.handle),
    KEY("followers", SHAPE_FOLLOWERS, author.followers),
    {0},
};

static const struct key agency_keys[] = {
    KEY("flag", SHAPE_TEXT, care.agency.flag),
    KEY("judged", SHAPE_TEXT, care.agency.judged),
    {0},
};

static const struct key care_keys[] = {
    KEY("label", SHAPE_TEXT, care.label),
    KEY("score", SHAPE_SCORE, care.score),
    KEY("why", SHAPE_WORDS, care.why),
    {.name = "agency", .shape = SHAPE_MAP, .path = "care.agency.", .keys = agency_keys},
    {0},
};

static const struct key request_keys[] = {
    KEY("id", SHAPE_TEXT, request.id),
    KEY("turn", SHAPE_NATURAL, request.turn),
    KEY("opened_at", SHAPE_TIME, request.opened_at_ns),
    {0},
};

static const struct key override_keys[] = {
    KEY("id", SHAPE_TEXT, override.id),
    KEY("by", SHAPE_TEXT, override.by),
    {0},
};

static const struct key item_keys[] = {
    KEY("v", SHAPE_NATURAL, version),
    KEY("id", SHAPE_TEXT, id),
    MAP_KEY("post", post_keys),
    MAP_KEY("author", author_keys),
    KEY("text", SHAPE_TEXT, text),
    KEY("masks", SHAPE_MASKS, masks),
    MAP_KEY("care", care_keys),
    KEY("topics", SHAPE_WORDS, topics),
    KEY("line", SHAPE_TEXT, line),
    KEY("signals", SHAPE_WORDS, signals),
    KEY("knowledge", SHAPE_WORDS, knowledge),
    MAP_KEY("request", request_keys),
    KEY("queue", SHAPE_TEXT, queue),
    KEY("priority", SHAPE_PRIORITY, priority),
    KEY("due", SHAPE_TIME, due_ns),
    KEY("actions", SHAPE_WORDS, actions),
    KEY("critical", SHAPE_WORDS, critical),
    KEY("mask_earlier", SHAPE_EARLIER, mask_earlier),
    MAP_KEY("override", override_keys),
    KEY("pack", SHAPE_TEXT, pack),
    {0},
};

static const struct key mask_keys[] = {
    MASK_KEY("kind", SHAPE_TEXT, kind),
    MASK_KEY("start", SHAPE_NATURAL, start),
    MASK_KEY("end", SHAPE_NATURAL, end),
    {0},
};

static const struct key earlier_keys[] = {
    EARLIER_KEY("id", SHAPE_TEXT, id),
    EARLIER_KEY("kind", SHAPE_TEXT, kind),
    EARLIER_KEY("start", SHAPE_NATURAL, start),
    EARLIER_KEY("end", SHAPE_NATURAL, end),
    {0},
};

// `path` is where the map stands: "care." or nothing.
static int read_map(const msgpack_object_map *map, const struct key *keys, const char *path,
                    void *target, struct sl_error *error);

static bool read_text(const msgpack_object *object, struct sl_text *ret_text) {
    if (object->type != MSGPACK_OBJECT_STR) {
        return false;
    }
    struct sl_str string = sl_item_object_string(&object->via.str);
    *ret_text = (struct sl_text){.data = string.data, .len = string.len};
    return true;
}

static bool read_natural(const msgpack_object *object, uint64_t limit, uint64_t *ret_value) {
    *ret_value = object->via.u64;
    return object->type == MSGPACK_OBJECT_POSITIVE_INTEGER && *ret_value <= limit;
}

static bool read_score(const msgpack_object *object, double *ret_score) {
    bool is_integer = object->type == MSGPACK_OBJECT_POSITIVE_INTEGER;
    *ret_score = is_integer ? (double)object->via.u64 : object->via.f64;
    return (is_integer || object->type == MSGPACK_OBJECT_FLOAT32 ||
            object->type == MSGPACK_OBJECT_FLOAT64) &&
           *ret_score >= 0 && *ret_score <= 1;
}

static bool read_words(const msgpack_object *object, struct sl_item_list *ret_list) {
    if (object->type != MSGPACK_OBJECT_ARRAY || object->via.array.size > SL_ITEM_LIST_MAX) {
        return false;
    }
    ret_list->count = object->via.array.size;
    for (uint32_t i = 0; i < ret_list->count; i++) {
        if (!read_text(&object->via.array.ptr[i], &ret_list->entries[i])) {
            return false;
        }
    }
    return true;
}

static int misfit(const char *path, const struct key *key, struct sl_error *error) {
    return sl_error_set(error, "%s%s: expected %s", path, key->name, shape_names[key->shape]);
}

static int read_masks(const msgpack_object *object, const struct key *key, struct sl_item *item,
                      struct sl_error *error) {
    if (object->type != MSGPACK_OBJECT_ARRAY || object->via.array.size > SL_VERDICT_MASKS_MAX) {
        return misfit("", key, error);
    }
    item->masks_count = object->via.array.size;
    for (uint32_t i = 0; i < item->masks_count; i++) {
        const msgpack_object *entry = &object->via.array.ptr[i];
        item->masks[i] = (struct sl_item_mask){0};
        if (entry->type != MSGPACK_OBJECT_MAP) {
            return misfit("", key, error);
        }
        if (read_map(&entry->via.map, mask_keys, "masks.", &item->masks[i], error) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

static int read_earlier(const msgpack_object *object, const struct key *key, struct sl_item *item,
                        struct sl_error *error) {
    if (object->type != MSGPACK_OBJECT_ARRAY || object->via.array.size > SL_ITEM_EARLIER_MAX) {
        return misfit("", key, error);
    }
    item->mask_earlier_count = object->via.array.size;
    for (uint32_t i = 0; i < item->mask_earlier_count; i++) {
        const msgpack_object *entry = &object->via.array.ptr[i];
        if (entry->type != MSGPACK_OBJECT_MAP) {
            return misfit("", key, error);
        }
        if (read_map(&entry->via.map, earlier_keys, "mask_earlier.", &item->mask_earlier[i],
                     error) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

static bool read_scalar(const msgpack_object *object, enum shape shape, void *at) {
    uint64_t value = 0;
    bool fits = false;
    switch (shape) {
    case SHAPE_TEXT:
        return read_text(object, at);
    case SHAPE_TIME:
        return sl_item_object_time(object, at);
    case SHAPE_NATURAL:
        fits = read_natural(object, UINT32_MAX, &value);
        *(uint32_t *)at = (uint32_t)value;
        return fits;
    case SHAPE_FOLLOWERS:
        fits = read_natural(object, INT64_MAX, &value);
        *(int64_t *)at = (int64_t)value;
        return fits;
    case SHAPE_PRIORITY:
        fits = read_natural(object, 9, &value);
        *(int *)at = (int)value;
        return fits;
    case SHAPE_SCORE:
        return read_score(object, at);
    case SHAPE_WORDS:
        return read_words(object, at);
    case SHAPE_MASKS:
    case SHAPE_EARLIER:
    case SHAPE_MAP:
        break;
    }
    return false;
}

static int read_value(const msgpack_object *object, const struct key *key, const char *path,
                      void *target, struct sl_error *error) {
    if (key->shape == SHAPE_MASKS) {
        return read_masks(object, key, target, error);
    }
    if (key->shape == SHAPE_EARLIER) {
        return read_earlier(object, key, target, error);
    }
    if (key->shape == SHAPE_MAP && object->type == MSGPACK_OBJECT_MAP) {
        return read_map(&object->via.map, key->keys, key->path, target, error);
    }
    return read_scalar(object, key->shape, (char *)target + key->offset) ? SL_OK
                                                                         : misfit(path, key, error);
}

static const struct key *find_key(const struct key *keys, const msgpack_object_str *name) {
    struct sl_str wanted = sl_item_object_string(name);
    for (; keys->name != NULL; keys++) {
        if (sl_str_equal(sl_str_from(keys->name), wanted)) {
            return keys;
        }
    }
    return NULL;
}

static int read_map(const msgpack_object_map *map, const struct key *keys, const char *path,
                    void *target, struct sl_error *error) {
    for (uint32_t i = 0; i < map->size; i++) {
        const msgpack_object *value = &map->ptr[i].val;
        const struct key *key = find_key(keys, &map->ptr[i].key.via.str);
        if (key != NULL && value->type != MSGPACK_OBJECT_NIL &&
            read_value(value, key, path, target, error) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

int sl_item_object_read(const msgpack_object *map, struct sl_item *ret_item,
                        struct sl_error *error) {
    memset(ret_item, 0, sizeof *ret_item);
    ret_item->post.created_at_ns = SL_ITEM_NO_TIME;
    ret_item->author.followers = -1;
    ret_item->request.opened_at_ns = SL_ITEM_NO_TIME;
    ret_item->priority = -1;
    ret_item->due_ns = SL_ITEM_NO_TIME;
    return read_map(&map->via.map, item_keys, "", ret_item, error);
}
