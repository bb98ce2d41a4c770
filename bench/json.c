// SPDX-License-Identifier: Apache-2.0
#include "bench/json.h"

#include <inttypes.h>

static void put_string(struct sl_json *json, const char *value) {
    fputc('"', json->file);
    for (const unsigned char *c = (const unsigned char *)value; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            fputc('\\', json->file);
        }
        if (*c < 0x20) {
            fprintf(json->file, "\\u%04x", *c);
        } else {
            fputc(*c, json->file);
        }
    }
    fputc('"', json->file);
}

static void begin(struct sl_json *json, const char *key) {
    if (json->depth > 0) {
        fprintf(json->file, "%s\n%*s", json->filled ? "," : "", (int)json->depth * 2, "");
    }
    json->filled = true;
    if (key != NULL) {
        put_string(json, key);
        fputs(": ", json->file);
    }
}

void sl_json_open(struct sl_json *json, const char *key, char bracket) {
    begin(json, key);
    fputc(bracket, json->file);
    json->depth++;
    json->filled = false;
}

void sl_json_close(struct sl_json *json, char bracket) {
    json->depth--;
    if (json->filled) {
        fprintf(json->file, "\n%*s", (int)json->depth * 2, "");
    }
    fputc(bracket, json->file);
    json->filled = true;
    if (json->depth == 0) {
        fputc('\n', json->file);
    }
}

void sl_json_string(struct sl_json *json, const char *key, const char *value) {
    begin(json, key);
    put_string(json, value);
}

void sl_json_count(struct sl_json *json, const char *key, uint64_t value) {
    begin(json, key);
    fprintf(json->file, "%" PRIu64, value);
}

void sl_json_real(struct sl_json *json, const char *key, double value) {
    begin(json, key);
    fprintf(json->file, "%.9g", value);
}

void sl_json_reals(struct sl_json *json, const char *key, const double *values, size_t count) {
    begin(json, key);
    fputc('[', json->file);
    for (size_t i = 0; i < count; i++) {
        fprintf(json->file, "%s%.9g", i > 0 ? ", " : "", values[i]);
    }
    fputc(']', json->file);
}
