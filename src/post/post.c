// SPDX-License-Identifier: Apache-2.0
#include "post/post.h"

#include "base/assert.h"
#include "post/escape.h"
#include "text/utf8.h"

struct words {
    const char *word;
    const char *help;
};

static const struct words faults[SL_POST_FAULTS_COUNT] = {
    [SL_POST_OK] = {"ok", "the record is a post"},
    [SL_POST_NOT_JSON] = {"not_json", "the record is not one JSON object; write one object a line"},
    [SL_POST_TOO_DEEP] = {"too_deep", "the record is nested more than 64 levels deep; flatten it"},
    [SL_POST_NO_ID] = {"no_id", "the record has no id; give each post the id its channel gave it"},
    [SL_POST_NO_TEXT] = {"no_text", "the record has no text; leave out posts without words"},
    [SL_POST_BAD_FIELD] = {"bad_field",
                           "a field has a type it cannot have, or an id is longer than 1,024 "
                           "bytes; see the table of fields in docs/post.md"},
    [SL_POST_DUPLICATE_KEY] = {"duplicate_key",
                               "a field stands in the record twice; write it once"},
    [SL_POST_BAD_TIME] = {"bad_time",
                          "created_at is no time; write RFC 3339 (2026-03-01T09:15:00Z) or epoch "
                          "seconds or milliseconds"},
    [SL_POST_RECORD_TOO_LONG] = {"record_too_long",
                                 "the record exceeds 1 MiB; leave out fields that are not read"},
    [SL_POST_TEXT_TOO_LONG] = {"text_too_long", "the text exceeds 256 KiB; shorten it"},
    [SL_POST_NO_ROOM] = {"no_room",
                         "the batch has used up the decoder's memory; decode fewer records at a "
                         "time"},
};

const char *sl_post_fault_word(enum sl_post_fault fault) {
    SL_ASSERT(fault < SL_POST_FAULTS_COUNT);
    return faults[fault].word;
}

const char *sl_post_fault_help(enum sl_post_fault fault) {
    SL_ASSERT(fault < SL_POST_FAULTS_COUNT);
    return faults[fault].help;
}

size_t sl_post_record_to_text(const char *record, size_t len, char *out, size_t room) {
    const char *at = record, *end = record + len;
    size_t used = 0;
    while (at < end) {
        uint32_t code_point;
        bool ignored;
        size_t taken = 0;
        if (*at == '\\') {
            taken = sl_post_escape_read(at, end, &code_point, &ignored);
        }
        // A backslash that begins no escape stands for itself.
        if (taken == 0) {
            taken = sl_utf8_decode((const unsigned char *)at, (size_t)(end - at), &code_point,
                                   &ignored);
        }
        unsigned char bytes[4];
        size_t bytes_count = sl_utf8_encode(code_point, bytes);
        if (bytes_count > room - used) {
            break;
        }
        memcpy(out + used, bytes, bytes_count);
        used += bytes_count;
        at += taken;
    }
    return used;
}
