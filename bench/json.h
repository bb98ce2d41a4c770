// SPDX-License-Identifier: Apache-2.0
//
// bench/json.h - writes a result file: indented JSON, members in the order they are given.
//
// `key` is NULL inside an array. Strings must be valid UTF-8. Whether writing went well is asked of
// the FILE at the end.
#ifndef SL_BENCH_JSON_H
#define SL_BENCH_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct sl_json {
    FILE *file;
    unsigned depth;
    bool filled; // the innermost object or array has a member
};

void sl_json_open(struct sl_json *json, const char *key, char bracket); // '{' or '['
void sl_json_close(struct sl_json *json, char bracket);                 // '}' or ']'
void sl_json_string(struct sl_json *json, const char *key, const char *value);
void sl_json_count(struct sl_json *json, const char *key, uint64_t value);
void sl_json_real(struct sl_json *json, const char *key, double value);

// An array of numbers on one line.
void sl_json_reals(struct sl_json *json, const char *key, const double *values, size_t count);

#endif
