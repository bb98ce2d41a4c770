// SPDX-License-Identifier: Apache-2.0
#include "post/post.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "post/index.h"
#include "post/walk.h"
#include "text/utf8.h"

// A repaired record is a copy of up to three times its size, and what is unescaped from it is no
// longer than it: so one record, whatever it holds, finds room after a reset, and many MiB of
// ordinary ones do.
#define REPAIRED_MAX_BYTES ((size_t)SL_POST_RECORD_MAX_BYTES * SL_UTF8_REPAIR_GROWTH)
#define ARENA_BYTES        ((size_t)32 << 20)
_Static_assert(ARENA_BYTES >= 2 * REPAIRED_MAX_BYTES + SL_POST_PADDING_BYTES,
               "a record that has to be repaired must fit");

struct sl_post_decoder {
    struct sl_post_index *index;
    struct sl_arena arena;
};

enum field {
    FIELD_UNKNOWN,
    FIELD_ID,
    FIELD_TEXT,
    FIELD_CHANNEL,
    FIELD_PAGE,
    FIELD_KIND,
    FIELD_PARENT_ID,
    FIELD_THREAD_ID,
    FIELD_LANG,
    FIELD_URL,
    FIELD_CREATED_AT,
    FIELD_FROM_BRAND,
    FIELD_AUTHOR,
    FIELD_AUTHOR_ID,
    FIELD_AUTHOR_NAME,
    FIELD_AUTHOR_HANDLE,
    FIELD_AUTHOR_FOLLOWERS,
    FIELD_AUTHOR_VERIFIED,
    FIELD_HASHTAGS,
};

// What is being filled.
struct target {
    struct sl_arena *arena;
    struct sl_post *post;
    uint32_t seen; // bit i: enum field
};

static bool key_is(struct sl_str key, const char *name) {
    return memcmp(key.data, name, key.len) == 0;
}

static enum field post_field(struct sl_str key) {
    switch (key.len) {
    case 2:
        return key_is(key, "id") ? FIELD_ID : FIELD_UNKNOWN;
    case 3:
        return key_is(key, "url") ? FIELD_URL : FIELD_UNKNOWN;
    case 4:
        return key_is(key, "text")   ? FIELD_TEXT
               : key_is(key, "page") ? FIELD_PAGE
               : key_is(key, "kind") ? FIELD_KIND
               : key_is(key, "lang") ? FIELD_LANG
                                     : FIELD_UNKNOWN;
    case 6:
        return key_is(key, "author") ? FIELD_AUTHOR : FIELD_UNKNOWN;
    case 7:
        return key_is(key, "channel") ? FIELD_CHANNEL : FIELD_UNKNOWN;
    case 8:
        return key_is(key, "hashtags") ? FIELD_HASHTAGS : FIELD_UNKNOWN;
    case 9:
        return key_is(key, "parent_id")   ? FIELD_PARENT_ID
               : key_is(key, "thread_id") ? FIELD_THREAD_ID
                                          : FIELD_UNKNOWN;
    case 10:
        return key_is(key, "created_at")   ? FIELD_CREATED_AT
               : key_is(key, "from_brand") ? FIELD_FROM_BRAND
                                           : FIELD_UNKNOWN;
    default:
        return FIELD_UNKNOWN;
    }
}

static enum field author_field(struct sl_str key) {
    switch (key.len) {
    case 2:
        return key_is(key, "id") ? FIELD_AUTHOR_ID : FIELD_UNKNOWN;
    case 4:
        return key_is(key, "name") ? FIELD_AUTHOR_NAME : FIELD_UNKNOWN;
    case 6:
        return key_is(key, "handle") ? FIELD_AUTHOR_HANDLE : FIELD_UNKNOWN;
    case 8:
        return key_is(key, "verified") ? FIELD_AUTHOR_VERIFIED : FIELD_UNKNOWN;
    case 9:
        return key_is(key, "followers") ? FIELD_AUTHOR_FOLLOWERS : FIELD_UNKNOWN;
    default:
        return FIELD_UNKNOWN;
    }
}

// The types of fields. null leaves a field as it was: absent.

// The value here is none that its field can have: null, a misfit, or not even JSON.
static enum sl_post_fault take_other(struct walk *walk) {
    if (sl_post_walk_take_null(walk)) {
        return SL_POST_OK;
    }
    enum sl_post_fault fault = sl_post_walk_skip(walk);
    return fault == SL_POST_OK ? SL_POST_BAD_FIELD : fault;
}

static enum sl_post_fault unescape(struct target *target, struct sl_str quoted,
                                   struct sl_str *ret_string) {
    char *out = sl_arena_take(target->arena, quoted.len, 1);
    if (out == NULL) {
        return SL_POST_NO_ROOM;
    }
    ret_string->data = out;
    return sl_post_unescape(quoted, out, &ret_string->len, &target->post->repaired)
               ? SL_POST_OK
               : SL_POST_NOT_JSON;
}

static enum sl_post_fault take_string(struct walk *walk, struct target *target,
                                      struct sl_str *ret_string) {
    if (walk_peek(walk) != '"') {
        return take_other(walk);
    }
    struct sl_str quoted = walk_take_quoted(walk);
    if (walk_has_escape(walk, quoted)) {
        return unescape(target, quoted, ret_string);
    }
    *ret_string = quoted;
    return SL_POST_OK;
}

static enum sl_post_fault take_text(struct walk *walk, struct target *target,
                                    struct sl_str *ret_text) {
    enum sl_post_fault fault = take_string(walk, target, ret_text);
    return fault == SL_POST_OK && ret_text->len > SL_POST_TEXT_MAX_BYTES ? SL_POST_TEXT_TOO_LONG
                                                                         : fault;
}

static bool at_number(const struct walk *walk) {
    char first = walk_peek(walk);
    return first == '-' || (first >= '0' && first <= '9');
}

static enum sl_post_fault take_id(struct walk *walk, struct target *target, struct sl_str *ret_id) {
    if (at_number(walk)) {
        *ret_id = walk_take_scalar(walk);
        enum number kind = sl_post_number_classify(*ret_id);
        if (kind != NUMBER_INTEGER) {
            return kind == NUMBER_NONE ? SL_POST_NOT_JSON : SL_POST_BAD_FIELD;
        }
    } else {
        enum sl_post_fault fault = take_string(walk, target, ret_id);
        if (fault != SL_POST_OK) {
            return fault;
        }
    }
    return ret_id->len <= SL_POST_ID_MAX_BYTES ? SL_POST_OK : SL_POST_BAD_FIELD;
}

static enum sl_post_fault take_flag(struct walk *walk, bool *ret_flag) {
    char first = walk_peek(walk);
    if (first != 't' && first != 'f') {
        return take_other(walk);
    }
    struct sl_str token = walk_take_scalar(walk);
    *ret_flag = first == 't';
    return sl_str_equal(token, first == 't' ? SL_STR("true") : SL_STR("false")) ? SL_POST_OK
                                                                                : SL_POST_NOT_JSON;
}

static enum sl_post_fault take_count(struct walk *walk, int64_t *ret_count) {
    if (!at_number(walk)) {
        return take_other(walk);
    }
    struct sl_str token = walk_take_scalar(walk);
    if (sl_post_number_classify(token) == NUMBER_NONE) {
        return SL_POST_NOT_JSON;
    }
    return sl_post_number_parse(token, ret_count) && *ret_count >= 0 ? SL_POST_OK
                                                                     : SL_POST_BAD_FIELD;
}

// Seconds will reach this in the year 5138, milliseconds did in 1973.
#define EPOCH_MS_FROM INT64_C(100000000000)

static bool parse_time(struct sl_str text, int64_t *ret_time_ns) {
    int64_t epoch;
    if (!sl_post_number_parse(text, &epoch)) {
        return sl_time_parse(text.data, text.len, ret_time_ns);
    }
    bool is_ms = epoch >= EPOCH_MS_FROM || epoch <= -EPOCH_MS_FROM;
    return !__builtin_mul_overflow(epoch, is_ms ? SL_NS_PER_SECOND / 1000 : SL_NS_PER_SECOND,
                                   ret_time_ns);
}

static enum sl_post_fault take_time(struct walk *walk, struct target *target,
                                    int64_t *ret_time_ns) {
    struct sl_str text = {0};
    if (at_number(walk)) {
        text = walk_take_scalar(walk);
        if (sl_post_number_classify(text) == NUMBER_NONE) {
            return SL_POST_NOT_JSON;
        }
    } else {
        enum sl_post_fault fault = take_string(walk, target, &text);
        if (fault != SL_POST_OK || text.data == NULL) {
            return fault;
        }
    }
    return parse_time(text, ret_time_ns) ? SL_POST_OK : SL_POST_BAD_TIME;
}

static enum sl_post_fault take_hashtag(struct walk *walk, struct target *target,
                                       struct sl_str *hashtags) {
    struct sl_str hashtag = {0};
    enum sl_post_fault fault = take_string(walk, target, &hashtag);
    if (fault == SL_POST_OK && hashtag.data != NULL &&
        target->post->hashtags_count < SL_POST_HASHTAGS_MAX) {
        hashtags[target->post->hashtags_count++] = hashtag;
    }
    return fault;
}

static enum sl_post_fault take_hashtags(struct walk *walk, struct target *target) {
    if (walk_peek(walk) != '[') {
        return take_other(walk);
    }
    struct sl_str *hashtags = sl_arena_take(target->arena, SL_POST_HASHTAGS_MAX * sizeof *hashtags,
                                            _Alignof(struct sl_str));
    if (hashtags == NULL) {
        return SL_POST_NO_ROOM;
    }
    target->post->hashtags = hashtags;
    walk->place++;
    walk->depth++; // the post's own object is the only one round it
    if (!walk_take(walk, ']')) {
        do {
            enum sl_post_fault fault = take_hashtag(walk, target, hashtags);
            if (fault != SL_POST_OK) {
                return fault;
            }
        } while (walk_take(walk, ','));
        if (!walk_take(walk, ']')) {
            return SL_POST_NOT_JSON;
        }
    }
    walk->depth--;
    return SL_POST_OK;
}

static enum sl_post_fault take_author_member(struct walk *walk, void *context, struct sl_str key);

static enum sl_post_fault take_author(struct walk *walk, struct target *target) {
    return walk_peek(walk) == '{' ? walk_take_object(walk, take_author_member, target)
                                  : take_other(walk);
}

static enum sl_post_fault take_field(struct walk *walk, struct target *target, enum field field) {
    struct sl_post *post = target->post;
    if (field != FIELD_UNKNOWN && (target->seen & 1u << field)) {
        return SL_POST_DUPLICATE_KEY;
    }
    target->seen |= 1u << field;
    switch (field) {
    case FIELD_ID:
        return take_id(walk, target, &post->id);
    case FIELD_TEXT:
        return take_text(walk, target, &post->text);
    case FIELD_CHANNEL:
        return take_string(walk, target, &post->channel);
    case FIELD_PAGE:
        return take_id(walk, target, &post->page);
    case FIELD_KIND:
        return take_string(walk, target, &post->kind);
    case FIELD_PARENT_ID:
        return take_id(walk, target, &post->parent_id);
    case FIELD_THREAD_ID:
        return take_id(walk, target, &post->thread_id);
    case FIELD_LANG:
        return take_string(walk, target, &post->lang);
    case FIELD_URL:
        return take_string(walk, target, &post->url);
    case FIELD_CREATED_AT:
        return take_time(walk, target, &post->created_at_ns);
    case FIELD_FROM_BRAND:
        return take_flag(walk, &post->from_brand);
    case FIELD_AUTHOR:
        return take_author(walk, target);
    case FIELD_AUTHOR_ID:
        return take_id(walk, target, &post->author_id);
    case FIELD_AUTHOR_NAME:
        return take_string(walk, target, &post->author_name);
    case FIELD_AUTHOR_HANDLE:
        return take_string(walk, target, &post->author_handle);
    case FIELD_AUTHOR_FOLLOWERS:
        return take_count(walk, &post->followers);
    case FIELD_AUTHOR_VERIFIED:
        return take_flag(walk, &post->verified);
    case FIELD_HASHTAGS:
        return take_hashtags(walk, target);
    case FIELD_UNKNOWN:
        break;
    }
    return sl_post_walk_skip(walk);
}

static enum sl_post_fault take_author_member(struct walk *walk, void *context, struct sl_str key) {
    return take_field(walk, context, author_field(key));
}

static enum sl_post_fault take_post_member(struct walk *walk, void *context, struct sl_str key) {
    return take_field(walk, context, post_field(key));
}

static enum sl_post_fault take_record(struct walk *walk, struct target *target) {
    if (walk_peek(walk) != '{') {
        return SL_POST_NOT_JSON;
    }
    enum sl_post_fault fault = walk_take_object(walk, take_post_member, target);
    if (fault != SL_POST_OK) {
        return fault;
    }
    if (walk->place != walk->end) {
        return SL_POST_NOT_JSON;
    }
    if (target->post->id.len == 0) {
        return SL_POST_NO_ID;
    }
    return target->post->text.data != NULL ? SL_POST_OK : SL_POST_NO_TEXT;
}

// A copy of the record without its invalid bytes.
static bool repair(struct sl_post_decoder *decoder, struct sl_str *record) {
    size_t room = record->len * SL_UTF8_REPAIR_GROWTH + SL_POST_PADDING_BYTES;
    char *copy = sl_arena_take(&decoder->arena, room, 1);
    if (copy == NULL) {
        return false;
    }
    *record = (struct sl_str){copy, sl_utf8_repair(record->data, record->len, copy)};
    return true;
}

static struct sl_str without_bom(struct sl_str record) {
    struct sl_str bom = SL_STR("\xEF\xBB\xBF");
    if (record.len >= bom.len && memcmp(record.data, bom.data, bom.len) == 0) {
        return (struct sl_str){record.data + bom.len, record.len - bom.len};
    }
    return record;
}

enum sl_post_fault sl_post_decode(struct sl_post_decoder *decoder, const char *record, size_t len,
                                  struct sl_post *ret_post) {
    if (len > SL_POST_RECORD_MAX_BYTES) {
        return SL_POST_RECORD_TOO_LONG;
    }
    *ret_post = (struct sl_post){.created_at_ns = SL_TIME_NONE, .followers = -1};
    struct sl_str bytes = without_bom((struct sl_str){record, len});
    const uint32_t *places;
    uint32_t count;
    enum sl_post_index_result result =
        sl_post_index_run(decoder->index, bytes.data, bytes.len, &places, &count);
    if (result == SL_POST_INDEX_NOT_UTF8) {
        if (!repair(decoder, &bytes)) {
            return SL_POST_NO_ROOM;
        }
        ret_post->repaired = true;
        result = sl_post_index_run(decoder->index, bytes.data, bytes.len, &places, &count);
    }
    if (result != SL_POST_INDEX_OK) {
        return SL_POST_NOT_JSON;
    }
    struct target target = {.arena = &decoder->arena, .post = ret_post};
    struct walk walk = {
        .record = bytes.data,
        .place = places,
        .end = places + count,
        .escapes = memchr(bytes.data, '\\', bytes.len) != NULL,
    };
    return take_record(&walk, &target);
}

int sl_post_decoder_open(struct sl_error *error, struct sl_post_decoder **ret_decoder) {
    struct sl_post_decoder *decoder = calloc(1, sizeof *decoder);
    if (decoder == NULL) {
        return sl_error_set(error, "cannot allocate a post decoder");
    }
    const char *reason;
    decoder->index = sl_post_index_open(REPAIRED_MAX_BYTES, &reason);
    if (decoder->index == NULL) {
        sl_post_decoder_close(decoder);
        return sl_error_set(error, "cannot open a JSON parser: %s", reason);
    }
    if (sl_arena_init(&decoder->arena, ARENA_BYTES, error) != SL_OK) {
        sl_post_decoder_close(decoder);
        return SL_FAILED;
    }
    *ret_decoder = decoder;
    return SL_OK;
}

void sl_post_decoder_close(struct sl_post_decoder *decoder) {
    if (decoder != NULL) {
        sl_arena_done(&decoder->arena);
        sl_post_index_close(decoder->index);
        free(decoder);
    }
}

void sl_post_decoder_reset(struct sl_post_decoder *decoder) {
    sl_arena_reset(&decoder->arena);
}
