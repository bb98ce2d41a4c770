// SPDX-License-Identifier: Apache-2.0
//
// post/select.h - the values of a JSON record that pointers choose, and where they stand in it, so
// that they can be exchanged and all else stay byte for byte as it is.
//
// A pointer is RFC 6901's: "" is the whole record, "/user/name" the member `name` of `user`,
// "/tags/0" the first of `tags`; "~1" is a '/', "~0" a '~'. One word more: a part that is '*' alone
// fits every element and every member. Where a pointer leads to a list or map, all that is in it is
// chosen. A key that stands twice is chosen twice.
//
// Chosen are strings and numbers (a number can be an identifier, too); null, true and false are
// not. What is not chosen is checked as JSON but for the escapes in its strings.
//
// Use: open, then for each record sl_post_select and go through what it chose; where the text of a
// value is exchanged in part, sl_post_raw_advance walks along its escapes.
//
// Threads: a selection belongs to one thread. Nothing is allocated after open, which reserves some
// 30 bytes of address space for each byte of the longest record.
// Source: RFC 6901, "JavaScript Object Notation (JSON) Pointer", 2013.
#ifndef SL_POST_SELECT_H
#define SL_POST_SELECT_H

#include "post/post.h"

#define SL_POST_POINTERS_MAX       32
#define SL_POST_POINTER_PARTS_MAX  SL_POST_DEPTH_MAX
#define SL_POST_POINTER_PART_BYTES 64

struct sl_post_selection;

struct sl_post_selected {
    struct sl_str raw;  // in the record: between the quotes, or the number
    struct sl_str text; // its escapes resolved; lives until the next record
    bool quoted;
};

// The error says what is wrong with a pointer.
int sl_post_selection_open(const char *const *pointers, size_t pointers_count,
                           struct sl_error *error, struct sl_post_selection **ret_selection);
void sl_post_selection_close(struct sl_post_selection *selection);

// Finds what is chosen in one record of up to SL_POST_RECORD_MAX_BYTES, with SL_POST_PADDING_BYTES
// readable behind it. In the order of the record. SL_POST_NOT_JSON also where it is not UTF-8.
enum sl_post_fault sl_post_select(struct sl_post_selection *selection, const char *record,
                                  size_t len, const struct sl_post_selected **ret_selected,
                                  size_t *ret_count);

// Passes over as much of a raw string as stands for `text_bytes` of its text, whole escapes.
const char *sl_post_raw_advance(const char *raw, const char *end, size_t text_bytes);

#endif
