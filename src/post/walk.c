// SPDX-License-Identifier: Apache-2.0
#include "post/walk.h"

static const char *pass_digits(const char *at, const char *end) {
    while (at < end && *at >= '0' && *at <= '9') {
        at++;
    }
    return at;
}

// At least one digit; NULL when there is none.
static const char *take_digits(const char *at, const char *end) {
    const char *behind = pass_digits(at, end);
    return behind > at ? behind : NULL;
}

enum number sl_post_number_classify(struct sl_str token) {
    const char *at = token.data, *end = token.data + token.len;
    enum number kind = NUMBER_INTEGER;
    at += at < end && *at == '-';
    // A leading zero stands alone.
    at = at < end && *at == '0' ? at + 1 : take_digits(at, end);
    if (at != NULL && at < end && *at == '.') {
        kind = NUMBER_FRACTION;
        at = take_digits(at + 1, end);
    }
    if (at != NULL && at < end && (*at == 'e' || *at == 'E')) {
        kind = NUMBER_FRACTION;
        at++;
        at += at < end && (*at == '+' || *at == '-');
        at = take_digits(at, end);
    }
    return at == end ? kind : NUMBER_NONE;
}

bool sl_post_number_parse(struct sl_str text, int64_t *ret_value) {
    const char *at = text.data, *end = text.data + text.len;
    bool negative = at < end && *at == '-';
    at += negative;
    if (take_digits(at, end) != end) {
        return false;
    }
    int64_t value = 0;
    for (; at < end; at++) {
        int64_t digit = *at - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, negative ? -digit : digit, &value)) {
            return false;
        }
    }
    *ret_value = value;
    return true;
}

bool sl_post_walk_take_null(struct walk *walk) {
    struct walk ahead = *walk;
    if (walk_peek(walk) != 'n' || !sl_str_equal(walk_take_scalar(&ahead), SL_STR("null"))) {
        return false;
    }
    *walk = ahead;
    return true;
}

static enum sl_post_fault skip_member(struct walk *walk, void *context, struct sl_str key) {
    (void)context;
    (void)key;
    return sl_post_walk_skip(walk);
}

static enum sl_post_fault skip_array(struct walk *walk) {
    walk->place++;
    if (++walk->depth > SL_POST_DEPTH_MAX) {
        return SL_POST_TOO_DEEP;
    }
    if (!walk_take(walk, ']')) {
        do {
            enum sl_post_fault fault = sl_post_walk_skip(walk);
            if (fault != SL_POST_OK) {
                return fault;
            }
        } while (walk_take(walk, ','));
        if (!walk_take(walk, ']')) {
            return SL_POST_NOT_JSON;
        }
    }
    walk->depth--;
    return SL_POST_OK;
}

static enum sl_post_fault skip_scalar(struct walk *walk) {
    struct sl_str token = walk_take_scalar(walk);
    bool known = sl_str_equal(token, SL_STR("null")) || sl_str_equal(token, SL_STR("true")) ||
                 sl_str_equal(token, SL_STR("false")) ||
                 sl_post_number_classify(token) != NUMBER_NONE;
    return known ? SL_POST_OK : SL_POST_NOT_JSON;
}

enum sl_post_fault sl_post_walk_skip(struct walk *walk) {
    switch (walk_peek(walk)) {
    case '{':
        return walk_take_object(walk, skip_member, NULL);
    case '[':
        return skip_array(walk);
    case '"':
        walk_take_quoted(walk);
        return SL_POST_OK;
    case '\0':
        return SL_POST_NOT_JSON;
    default:
        return skip_scalar(walk);
    }
}
