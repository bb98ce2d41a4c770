// SPDX-License-Identifier: Apache-2.0
#include "post/select.h"

#include <inttypes.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "post/index.h"
#include "post/walk.h"
#include "text/utf8.h"

// A chosen value has two bytes at least, its quotes, and a comma behind it; or it is one digit.
#define SELECTED_MAX (SL_POST_RECORD_MAX_BYTES / 2 + 1)

struct pointer {
    struct sl_str parts[SL_POST_POINTER_PARTS_MAX];
    uint32_t parts_count;
    char *room; // of the parts
};

struct sl_post_selection {
    struct sl_post_index *index;
    struct sl_arena memory;
    struct sl_post_selected *selected;
    size_t selected_count;
    char *texts; // of strings with escapes; no longer than the record
    size_t texts_used;
    uint32_t pointers_count;
    struct pointer pointers[SL_POST_POINTERS_MAX];
};

// Pointers.

// One part up to the next '/', its "~0" and "~1" resolved. NULL when it is wrong.
static const char *read_part(const char *from, struct pointer *pointer, char **out,
                             const char **ret_wrong) {
    struct sl_str *part = &pointer->parts[pointer->parts_count];
    part->data = *out;
    for (; *from != '\0' && *from != '/'; from++) {
        if (*from == '~' && from[1] != '0' && from[1] != '1') {
            *ret_wrong = "behind '~' stands 0 (for '~') or 1 (for '/')";
            return NULL;
        }
        if (*from == '~') {
            from++;
            *(*out)++ = *from == '0' ? '~' : '/';
        } else {
            *(*out)++ = *from;
        }
    }
    part->len = (size_t)(*out - part->data);
    if (part->len > SL_POST_POINTER_PART_BYTES) {
        *ret_wrong = "a part has at most 64 bytes";
        return NULL;
    }
    pointer->parts_count++;
    return from;
}

static const char *read_pointer(const char *text, struct pointer *pointer) {
    const char *wrong = NULL;
    char *out = pointer->room = malloc(strlen(text) + 1);
    if (out == NULL) {
        return "there is no memory for it";
    }
    while (*text == '/') {
        if (pointer->parts_count == SL_POST_POINTER_PARTS_MAX) {
            return "it has at most 64 parts";
        }
        text = read_part(text + 1, pointer, &out, &wrong);
        if (text == NULL) {
            return wrong;
        }
    }
    return *text == '\0' ? NULL : "it begins with '/'";
}

static int read_pointers(struct sl_post_selection *selection, const char *const *pointers,
                         size_t count, struct sl_error *error) {
    if (count > SL_POST_POINTERS_MAX) {
        return sl_error_set(error, "expected at most %d JSON pointers, found %zu",
                            SL_POST_POINTERS_MAX, count);
    }
    for (size_t i = 0; i < count; i++) {
        const char *wrong = read_pointer(pointers[i], &selection->pointers[i]);
        selection->pointers_count++;
        if (wrong != NULL) {
            return sl_error_set(error, "expected a JSON pointer such as /text, found \"%s\": %s",
                                pointers[i], wrong);
        }
    }
    return SL_OK;
}

int sl_post_selection_open(const char *const *pointers, size_t pointers_count,
                           struct sl_error *error, struct sl_post_selection **ret_selection) {
    struct sl_post_selection *selection = calloc(1, sizeof *selection);
    if (selection == NULL) {
        return sl_error_set(error, "no memory for JSON pointers");
    }
    size_t list_bytes = SELECTED_MAX * sizeof *selection->selected;
    const char *reason = NULL;
    if (read_pointers(selection, pointers, pointers_count, error) != SL_OK ||
        sl_arena_init(&selection->memory,
                      list_bytes + SL_POST_RECORD_MAX_BYTES + alignof(max_align_t),
                      error) != SL_OK) {
        sl_post_selection_close(selection);
        return SL_FAILED;
    }
    selection->selected = sl_arena_take(&selection->memory, list_bytes, alignof(max_align_t));
    selection->texts = sl_arena_take(&selection->memory, SL_POST_RECORD_MAX_BYTES, 1);
    sl_arena_seal(&selection->memory);
    selection->index = sl_post_index_open(SL_POST_RECORD_MAX_BYTES, &reason);
    if (selection->index == NULL) {
        sl_post_selection_close(selection);
        return sl_error_set(error, "cannot open a JSON parser: %s", reason);
    }
    *ret_selection = selection;
    return SL_OK;
}

void sl_post_selection_close(struct sl_post_selection *selection) {
    if (selection == NULL) {
        return;
    }
    for (uint32_t i = 0; i < selection->pointers_count; i++) {
        free(selection->pointers[i].room);
    }
    if (selection->index != NULL) {
        sl_post_index_close(selection->index);
    }
    sl_arena_done(&selection->memory);
    free(selection);
}

// Walking. `on` are the pointers (bits) whose parts fitted so far; ALL below a chosen value.

#define ALL (UINT64_C(1) << SL_POST_POINTERS_MAX)
_Static_assert(SL_POST_POINTERS_MAX < 64, "a bit a pointer, and one for all");

static uint64_t pointers_at(const struct sl_post_selection *selection, uint64_t on, unsigned depth,
                            struct sl_str key) {
    uint64_t left = on & ALL;
    for (uint32_t i = 0; i < selection->pointers_count; i++) {
        const struct pointer *pointer = &selection->pointers[i];
        if ((on >> i & 1) != 0 && depth < pointer->parts_count &&
            (sl_str_equal(pointer->parts[depth], key) ||
             sl_str_equal(pointer->parts[depth], SL_STR("*")))) {
            left |= UINT64_C(1) << i;
        }
    }
    return left;
}

static bool ends_here(const struct sl_post_selection *selection, uint64_t on, unsigned depth) {
    for (uint32_t i = 0; i < selection->pointers_count; i++) {
        if ((on >> i & 1) != 0 && selection->pointers[i].parts_count == depth) {
            return true;
        }
    }
    return (on & ALL) != 0;
}

static enum sl_post_fault take_string(struct sl_post_selection *selection, struct walk *walk) {
    struct sl_post_selected *selected = &selection->selected[selection->selected_count++];
    struct sl_str raw = walk_take_quoted(walk);
    *selected = (struct sl_post_selected){.raw = raw, .text = raw, .quoted = true};
    if (walk_has_escape(walk, raw)) {
        bool lone;
        char *text = selection->texts + selection->texts_used;
        if (!sl_post_unescape(raw, text, &selected->text.len, &lone)) {
            return SL_POST_NOT_JSON;
        }
        selected->text.data = text;
        selection->texts_used += selected->text.len;
    }
    return SL_POST_OK;
}

static enum sl_post_fault take_scalar(struct sl_post_selection *selection, struct walk *walk) {
    struct walk ahead = *walk;
    enum sl_post_fault fault = sl_post_walk_skip(walk);
    if (fault == SL_POST_OK) {
        struct sl_str token = walk_take_scalar(&ahead);
        if (sl_post_number_classify(token) != NUMBER_NONE) {
            selection->selected[selection->selected_count++] =
                (struct sl_post_selected){.raw = token, .text = token};
        }
    }
    return fault;
}

static enum sl_post_fault take_value(struct sl_post_selection *selection, struct walk *walk,
                                     uint64_t on);

static enum sl_post_fault take_members(struct sl_post_selection *selection, struct walk *walk,
                                       uint64_t on, unsigned depth) {
    if (walk_take(walk, '}')) {
        return SL_POST_OK;
    }
    do {
        char room[WALK_KEY_MAX_BYTES];
        struct sl_str key;
        enum sl_post_fault fault = walk_take_key(walk, room, &key);
        if (fault == SL_POST_OK) {
            fault = take_value(selection, walk, pointers_at(selection, on, depth, key));
        }
        if (fault != SL_POST_OK) {
            return fault;
        }
    } while (walk_take(walk, ','));
    return walk_take(walk, '}') ? SL_POST_OK : SL_POST_NOT_JSON;
}

static enum sl_post_fault take_elements(struct sl_post_selection *selection, struct walk *walk,
                                        uint64_t on, unsigned depth) {
    if (walk_take(walk, ']')) {
        return SL_POST_OK;
    }
    uint32_t element = 0;
    do {
        char number[16];
        struct sl_str key = {number,
                             (size_t)snprintf(number, sizeof number, "%" PRIu32, element++)};
        enum sl_post_fault fault =
            take_value(selection, walk, pointers_at(selection, on, depth, key));
        if (fault != SL_POST_OK) {
            return fault;
        }
    } while (walk_take(walk, ','));
    return walk_take(walk, ']') ? SL_POST_OK : SL_POST_NOT_JSON;
}

// Recurses no deeper than SL_POST_DEPTH_MAX.
static enum sl_post_fault take_value(struct sl_post_selection *selection, struct walk *walk,
                                     uint64_t on) {
    unsigned depth = walk->depth;
    char token = walk_peek(walk);
    if (on == 0 || token == '\0') {
        return sl_post_walk_skip(walk);
    }
    bool chosen = ends_here(selection, on, depth);
    if (token != '{' && token != '[') {
        return !chosen        ? sl_post_walk_skip(walk)
               : token == '"' ? take_string(selection, walk)
                              : take_scalar(selection, walk);
    }
    walk->place++;
    if (++walk->depth > SL_POST_DEPTH_MAX) {
        return SL_POST_TOO_DEEP;
    }
    on |= chosen ? ALL : 0;
    enum sl_post_fault fault = token == '{' ? take_members(selection, walk, on, depth)
                                            : take_elements(selection, walk, on, depth);
    walk->depth--;
    return fault;
}

enum sl_post_fault sl_post_select(struct sl_post_selection *selection, const char *record,
                                  size_t len, const struct sl_post_selected **ret_selected,
                                  size_t *ret_count) {
    selection->selected_count = 0;
    selection->texts_used = 0;
    *ret_selected = selection->selected;
    *ret_count = 0;
    if (len > SL_POST_RECORD_MAX_BYTES) {
        return SL_POST_RECORD_TOO_LONG;
    }
    size_t bom = len >= 3 && memcmp(record, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    const uint32_t *places;
    uint32_t count;
    if (sl_post_index_run(selection->index, record + bom, len - bom, &places, &count) !=
        SL_POST_INDEX_OK) {
        return SL_POST_NOT_JSON;
    }
    struct walk walk = {
        .record = record + bom,
        .place = places,
        .end = places + count,
        .escapes = memchr(record, '\\', len) != NULL,
    };
    enum sl_post_fault fault =
        take_value(selection, &walk, (UINT64_C(1) << selection->pointers_count) - 1);
    if (fault == SL_POST_OK && walk.place != walk.end) {
        fault = SL_POST_NOT_JSON;
    }
    *ret_count = fault == SL_POST_OK ? selection->selected_count : 0;
    return fault;
}

const char *sl_post_raw_advance(const char *raw, const char *end, size_t text_bytes) {
    while (text_bytes > 0 && raw < end) {
        if (*raw == '\\') {
            uint32_t code_point;
            bool lone;
            unsigned char bytes[4];
            raw += sl_post_escape_read(raw, end, &code_point, &lone);
            size_t len = sl_utf8_encode(code_point, bytes);
            text_bytes -= len < text_bytes ? len : text_bytes;
            continue;
        }
        const char *escape = memchr(raw, '\\', (size_t)(end - raw));
        size_t plain = (size_t)((escape != NULL ? escape : end) - raw);
        plain = plain < text_bytes ? plain : text_bytes;
        raw += plain;
        text_bytes -= plain;
    }
    return raw;
}
