// SPDX-License-Identifier: Apache-2.0
//
// post/escape.h - the escapes of JSON strings.
#ifndef SL_POST_ESCAPE_H
#define SL_POST_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

// Reads the escape that begins at `at`, where a backslash stands. Returns its length, or 0 when it
// is none. Two halves of a surrogate pair are one escape; a half that stands alone reads as U+FFFD
// with *ret_lone set, which nobody resets.
size_t sl_post_escape_read(const char *at, const char *end, uint32_t *ret_code_point,
                           bool *ret_lone);

// Copies what stands between the quotes of a JSON string with its escapes resolved. `out` has room
// for raw.len: no escape is shorter than what it stands for. False when one is malformed.
bool sl_post_unescape(struct sl_str raw, char *out, size_t *ret_len, bool *ret_lone);

#endif
