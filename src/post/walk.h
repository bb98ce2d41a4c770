// SPDX-License-Identifier: Apache-2.0
//
// post/walk.h - reading a JSON record token by token, over the places that the index found.
//
// A walk stands before a token. Functions that take something leave it behind that, or return a
// fault: then the walk is over. Nothing is read but the bytes of tokens that belong to the record.
#ifndef SL_POST_WALK_H
#define SL_POST_WALK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/assert.h"
#include "base/str.h"
#include "post/escape.h"
#include "post/post.h"

struct walk {
    const char *record;
    const uint32_t *place; // of the token here
    const uint32_t *end;   // behind the last; *end is the length of the record
    unsigned depth;
    bool escapes; // there is a backslash somewhere
};

// The first byte of the token here; '\0' behind the last.
static inline char walk_peek(const struct walk *walk) {
    return walk->place < walk->end ? walk->record[*walk->place] : '\0';
}

static inline bool walk_take(struct walk *walk, char token) {
    if (walk_peek(walk) != token) {
        return false;
    }
    walk->place++;
    return true;
}

// The number or literal here, and what may cling to it: whether it is one at all is not known.
static inline struct sl_str walk_take_scalar(struct walk *walk) {
    const char *start = walk->record + walk->place[0], *end = walk->record + walk->place[1];
    while (end[-1] == ' ' || end[-1] == '\n' || end[-1] == '\r' || end[-1] == '\t') {
        end--;
    }
    walk->place++;
    return (struct sl_str){start, (size_t)(end - start)};
}

// What stands between the quotes of the string here. Between its closing quote, of which the index
// made sure, and the next place is only white space.
static inline struct sl_str walk_take_quoted(struct walk *walk) {
    const char *open = walk->record + walk->place[0];
    const char *close = walk->record + walk->place[1] - 1;
    while (*close != '"') {
        close--;
    }
    SL_ASSERT(close > open);
    walk->place++;
    return (struct sl_str){open + 1, (size_t)(close - open - 1)};
}

static inline bool walk_has_escape(const struct walk *walk, struct sl_str quoted) {
    return walk->escapes && memchr(quoted.data, '\\', quoted.len) != NULL;
}

// A key of up to this length is unescaped where it needs to be; a longer one is none of ours.
#define WALK_KEY_MAX_BYTES 64u

static inline enum sl_post_fault walk_take_key(struct walk *walk, char room[WALK_KEY_MAX_BYTES],
                                               struct sl_str *ret_key) {
    if (walk_peek(walk) != '"') {
        return SL_POST_NOT_JSON;
    }
    *ret_key = walk_take_quoted(walk);
    if (walk_has_escape(walk, *ret_key) && ret_key->len <= WALK_KEY_MAX_BYTES) {
        bool lone;
        if (!sl_post_unescape(*ret_key, room, &ret_key->len, &lone)) {
            return SL_POST_NOT_JSON;
        }
        ret_key->data = room;
    }
    return walk_take(walk, ':') ? SL_POST_OK : SL_POST_NOT_JSON;
}

// Takes the value of the member `key`.
typedef enum sl_post_fault (*walk_member_fn)(struct walk *walk, void *context, struct sl_str key);

// Takes the object here. Inlined, so that each kind of object gets a loop of its own with its
// member function in it.
static inline __attribute__((always_inline)) enum sl_post_fault
walk_take_object(struct walk *walk, walk_member_fn take_member, void *context) {
    walk->place++;
    if (++walk->depth > SL_POST_DEPTH_MAX) {
        return SL_POST_TOO_DEEP;
    }
    if (!walk_take(walk, '}')) {
        do {
            char room[WALK_KEY_MAX_BYTES];
            struct sl_str key;
            enum sl_post_fault fault = walk_take_key(walk, room, &key);
            if (fault == SL_POST_OK) {
                fault = take_member(walk, context, key);
            }
            if (fault != SL_POST_OK) {
                return fault;
            }
        } while (walk_take(walk, ','));
        if (!walk_take(walk, '}')) {
            return SL_POST_NOT_JSON;
        }
    }
    walk->depth--;
    return SL_POST_OK;
}

// Passes over the value here, whatever it is. Checks everything but the escapes in its strings.
enum sl_post_fault sl_post_walk_skip(struct walk *walk);

// Takes null; false, and nothing taken, when the value here is another.
bool sl_post_walk_take_null(struct walk *walk);

enum number {
    NUMBER_NONE, // not a number of JSON's
    NUMBER_INTEGER,
    NUMBER_FRACTION, // or with an exponent
};
enum number sl_post_number_classify(struct sl_str token);

// False when `text` is not an integer, or does not fit. Takes leading zeros.
bool sl_post_number_parse(struct sl_str text, int64_t *ret_value);

#endif
