// SPDX-License-Identifier: Apache-2.0
//
// item/object.h - what the reader does with an item once msgpack-c has taken it apart.
#ifndef SL_ITEM_OBJECT_H
#define SL_ITEM_OBJECT_H

#include <msgpack/object.h>
#include <yajl/yajl_gen.h>

#include <sluice/item.h>

#include "base/error.h"
#include "base/str.h"

// The string's bytes. msgpack-c leaves the address of an empty one unset.
static inline struct sl_str sl_item_object_string(const msgpack_object_str *string) {
    return string->size > 0 ? (struct sl_str){string->ptr, string->size} : SL_STR("");
}

// Is it such as an item may hold: maps with strings for keys, strings in UTF-8, times that are
// times? The error says what is not.
int sl_item_object_check(const msgpack_object *object, struct sl_error *error);

// Fills the item from a checked map. Strings are views.
int sl_item_object_read(const msgpack_object *map, struct sl_item *ret_item,
                        struct sl_error *error);

// Writes a checked object. What JSON has no form for (binary, extensions but times, NaN and
// infinity) becomes null.
void sl_item_object_show(const msgpack_object *object, yajl_gen json);

// False when the object is no timestamp, or one beyond what sl_item_time_join takes.
bool sl_item_object_time(const msgpack_object *object, int64_t *ret_time_ns);

#endif
