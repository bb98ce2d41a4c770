// SPDX-License-Identifier: Apache-2.0
//
// Goal: no record whatever harms the decoder; what it accepts is JSON with an id, a text and valid
// strings; what stands behind a record has no part in it.
// Method: libFuzzer over records; each is decoded twice with different bytes behind it, and held
// against tests/support/json_oracle.c.
#include <stdio.h>
#include <stdlib.h>

#include "support/json_oracle.h"
#include "support/post_records.h"
#include "text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void stop_unless(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "not so: %s\n", what);
        abort();
    }
}

static void check_json(struct sl_str record, enum sl_post_fault fault) {
    struct sl_str bom = SL_STR("\xEF\xBB\xBF");
    size_t skip =
        record.len >= bom.len && memcmp(record.data, bom.data, bom.len) == 0 ? bom.len : 0;
    enum sl_oracle_json json = sl_oracle_json_object(record.data + skip, record.len - skip);
    stop_unless(fault != SL_POST_OK || json != SL_ORACLE_JSON_BROKEN, "what is accepted is JSON");
    stop_unless(fault != SL_POST_NOT_JSON || json != SL_ORACLE_JSON_VALID,
                "what is refused as no JSON is none");
}

static void check_record_text(struct sl_str record) {
    char out[512];
    size_t room = record.len < sizeof out ? record.len : sizeof out;
    size_t len = sl_post_record_to_text(record.data, record.len, out, room);
    stop_unless(len <= room && sl_utf8_valid(out, len), "a record's text is UTF-8 and fits");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct sl_post_decoder *decoder;
    if (decoder == NULL) {
        decoder = sl_test_decoder_open();
    }
    struct sl_str record = {(const char *)data, size};
    struct sl_post post, again;
    sl_post_decoder_reset(decoder);
    enum sl_post_fault fault = sl_test_decode(decoder, record, &post);
    check_json(record, fault);
    stop_unless(sl_test_decode_padded(decoder, record, SL_STR("\\,[\xFF{"), &again) == fault,
                "what follows has no part in the fault");
    if (fault == SL_POST_OK) {
        stop_unless(sl_test_post_difference(&post, &again) == NULL,
                    "what follows has no part in the post");
        stop_unless(sl_test_post_invalid_string(&post) == NULL, "strings are UTF-8");
        stop_unless(post.id.len > 0 && post.text.data != NULL, "there is an id and a text");
    }
    check_record_text(record);
    return 0;
}
