// SPDX-License-Identifier: Apache-2.0
//
// item/json.h - one JSON object a line, for the commands that answer tools (mask --spans, explain
// --json). Work items have writers of their own (item/write.h).
//
// Use: open maps and lists, put keys and values in order, close them, take the line. Putting things
// in an order that JSON does not have is a programmer's error. Strings that are not valid UTF-8 are
// repaired with U+FFFD.
//
// Threads: one. Memory grows with the longest line.
#ifndef SL_ITEM_JSON_H
#define SL_ITEM_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include <sluice/engine.h>

#include "base/error.h"

struct sl_json;

int sl_json_open(struct sl_error *error, struct sl_json **ret_json);
void sl_json_close(struct sl_json *json);

void sl_json_begin_map(struct sl_json *json);
void sl_json_end_map(struct sl_json *json);
void sl_json_begin_list(struct sl_json *json);
void sl_json_end_list(struct sl_json *json);

void sl_json_put_key(struct sl_json *json, const char *key);
void sl_json_put_text(struct sl_json *json, struct sl_text text);
void sl_json_put_word(struct sl_json *json, const char *word);
void sl_json_put_integer(struct sl_json *json, int64_t value);
void sl_json_put_thousandths(struct sl_json *json, int64_t milli); // 973 → 0.973
void sl_json_put_bool(struct sl_json *json, bool value);

// The finished object with a newline; lives until the next put.
struct sl_text sl_json_take_line(struct sl_json *json);

#endif
