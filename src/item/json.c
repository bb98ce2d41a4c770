// SPDX-License-Identifier: Apache-2.0
#include "item/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yajl/yajl_gen.h>

#include "base/assert.h"
#include "text/utf8.h"

struct sl_json {
    yajl_gen generator;
    char *repaired; // grown on demand
    size_t repaired_bytes;
    bool taken; // the line in the generator has been handed out
};

int sl_json_open(struct sl_error *error, struct sl_json **ret_json) {
    struct sl_json *json = calloc(1, sizeof *json);
    if (json == NULL || (json->generator = yajl_gen_alloc(NULL)) == NULL) {
        free(json);
        return sl_error_set(error, "no memory for a JSON line");
    }
    *ret_json = json;
    return SL_OK;
}

void sl_json_close(struct sl_json *json) {
    if (json != NULL) {
        yajl_gen_free(json->generator);
        free(json->repaired);
        free(json);
    }
}

static void expect(yajl_gen_status status) {
    SL_ASSERT(status == yajl_gen_status_ok);
}

void sl_json_begin_map(struct sl_json *json) {
    if (json->taken) {
        yajl_gen_clear(json->generator);
        yajl_gen_reset(json->generator, NULL);
        json->taken = false;
    }
    expect(yajl_gen_map_open(json->generator));
}

void sl_json_end_map(struct sl_json *json) {
    expect(yajl_gen_map_close(json->generator));
}

void sl_json_begin_list(struct sl_json *json) {
    expect(yajl_gen_array_open(json->generator));
}

void sl_json_end_list(struct sl_json *json) {
    expect(yajl_gen_array_close(json->generator));
}

static void put_bytes(struct sl_json *json, const char *bytes, size_t len) {
    expect(yajl_gen_string(json->generator, (const unsigned char *)bytes, len));
}

void sl_json_put_key(struct sl_json *json, const char *key) {
    put_bytes(json, key, strlen(key));
}

void sl_json_put_word(struct sl_json *json, const char *word) {
    put_bytes(json, word, strlen(word));
}

void sl_json_put_text(struct sl_json *json, struct sl_text text) {
    if (sl_utf8_valid(text.data, text.len)) {
        put_bytes(json, text.data, text.len);
        return;
    }
    size_t need = text.len * SL_UTF8_REPAIR_GROWTH;
    if (need > json->repaired_bytes) {
        free(json->repaired);
        json->repaired = malloc(need);
        SL_ASSERT(json->repaired != NULL);
        json->repaired_bytes = need;
    }
    put_bytes(json, json->repaired, sl_utf8_repair(text.data, text.len, json->repaired));
}

void sl_json_put_integer(struct sl_json *json, int64_t value) {
    expect(yajl_gen_integer(json->generator, value));
}

void sl_json_put_thousandths(struct sl_json *json, int64_t milli) {
    char number[32];
    int64_t whole = milli / 1000, rest = milli < 0 ? -(milli % 1000) : milli % 1000;
    int len = snprintf(number, sizeof number, "%s%" PRId64 ".%03" PRId64,
                       milli < 0 && whole == 0 ? "-" : "", whole, rest);
    expect(yajl_gen_number(json->generator, number, (size_t)len));
}

void sl_json_put_bool(struct sl_json *json, bool value) {
    expect(yajl_gen_bool(json->generator, value));
}

struct sl_text sl_json_take_line(struct sl_json *json) {
    const unsigned char *bytes;
    size_t len;
    // A reset with this separator writes it, which ends the line.
    yajl_gen_reset(json->generator, "\n");
    expect(yajl_gen_get_buf(json->generator, &bytes, &len));
    json->taken = true;
    return (struct sl_text){.data = (const char *)bytes, .len = len};
}
