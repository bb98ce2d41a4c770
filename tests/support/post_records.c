// SPDX-License-Identifier: Apache-2.0
#include "support/post_records.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "text/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *name;
    size_t offset;
} strings[] = {
    {"id", offsetof(struct sl_post, id)},
    {"text", offsetof(struct sl_post, text)},
    {"channel", offsetof(struct sl_post, channel)},
    {"page", offsetof(struct sl_post, page)},
    {"kind", offsetof(struct sl_post, kind)},
    {"parent_id", offsetof(struct sl_post, parent_id)},
    {"thread_id", offsetof(struct sl_post, thread_id)},
    {"lang", offsetof(struct sl_post, lang)},
    {"url", offsetof(struct sl_post, url)},
    {"author.id", offsetof(struct sl_post, author_id)},
    {"author.name", offsetof(struct sl_post, author_name)},
    {"author.handle", offsetof(struct sl_post, author_handle)},
};

static struct sl_str string_at(const struct sl_post *post, size_t index) {
    return *(const struct sl_str *)((const char *)post + strings[index].offset);
}

struct sl_post_decoder *sl_test_decoder_open(void) {
    struct sl_error error = {0};
    struct sl_post_decoder *decoder;
    if (sl_post_decoder_open(&error, &decoder) != SL_OK) {
        fprintf(stderr, "%s\n", error.text);
        abort();
    }
    return decoder;
}

enum sl_post_fault sl_test_decode_padded(struct sl_post_decoder *decoder, struct sl_str record,
                                         struct sl_str padding, struct sl_post *ret_post) {
    static char *memories[2];
    static unsigned turn;
    char **slot = &memories[turn++ % 2];
    free(*slot);
    char *memory = *slot = malloc(record.len + SL_POST_PADDING_BYTES);
    if (memory == NULL) {
        abort();
    }
    memcpy(memory, record.data, record.len);
    for (size_t i = 0; i < SL_POST_PADDING_BYTES; i++) {
        memory[record.len + i] = padding.data[i % padding.len];
    }
    return sl_post_decode(decoder, memory, record.len, ret_post);
}

enum sl_post_fault sl_test_decode(struct sl_post_decoder *decoder, struct sl_str record,
                                  struct sl_post *ret_post) {
    return sl_test_decode_padded(decoder, record, SL_STR("\"}]},\"text\":\"x\",\"id\":1}"),
                                 ret_post);
}

const char *sl_test_post_difference(const struct sl_post *a, const struct sl_post *b) {
    for (size_t i = 0; i < COUNT(strings); i++) {
        struct sl_str left = string_at(a, i), right = string_at(b, i);
        if ((left.data == NULL) != (right.data == NULL) || !sl_str_equal(left, right)) {
            return strings[i].name;
        }
    }
    return a->created_at_ns != b->created_at_ns ? "created_at"
           : a->followers != b->followers       ? "author.followers"
           : a->verified != b->verified         ? "author.verified"
           : a->from_brand != b->from_brand     ? "from_brand"
           : a->repaired != b->repaired         ? "repaired"
                                                : NULL;
}

const char *sl_test_post_invalid_string(const struct sl_post *post) {
    for (size_t i = 0; i < COUNT(strings); i++) {
        struct sl_str string = string_at(post, i);
        if (string.len > 0 && !sl_utf8_valid(string.data, string.len)) {
            return strings[i].name;
        }
    }
    return NULL;
}
