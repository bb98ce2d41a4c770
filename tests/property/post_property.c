// SPDX-License-Identifier: Apache-2.0
//
// Goal: the spelling of a record does not matter, what stands behind it does not matter, and what
// is accepted is JSON.
// Method: random posts are written down at random (order of members, white space, escapes, fields
// nobody knows, in keys and values) and must be read back as they were. Then the records are
// broken at random, and a plain reader of JSON has to agree with the decoder.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "support/json_oracle.h"
#include "support/post_records.h"
#include "support/random.h"
#include "text/utf8.h"

#define POSTS_COUNT  20000
#define RECORD_ROOM  16384
#define STRINGS_ROOM 8192
#define MUTATIONS    8
#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct sl_random source;

static uint64_t below(uint64_t limit) {
    return sl_random_below(&source, limit);
}

static bool one_in(uint64_t times) {
    return below(times) == 0;
}

struct pen {
    char text[RECORD_ROOM];
    size_t len;
};

static void put(struct pen *pen, const char *bytes, size_t len) {
    cr_assert_lt(pen->len + len, sizeof pen->text);
    memcpy(pen->text + pen->len, bytes, len);
    pen->len += len;
}

static void put_words(struct pen *pen, const char *words) {
    put(pen, words, strlen(words));
}

static void put_space(struct pen *pen) {
    while (one_in(6)) {
        put(pen, &" \t\r\n"[below(4)], 1);
    }
}

// Writes a string with each character as it is or, where it must or by chance, escaped.
static void put_string(struct pen *pen, struct sl_str string) {
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    put_words(pen, "\"");
    for (size_t i = 0; i < string.len;) {
        uint32_t c;
        bool valid;
        size_t len =
            sl_utf8_decode((const unsigned char *)string.data + i, string.len - i, &c, &valid);
        const char *meaning = c < 0x80 ? memchr(meanings, (int)c, sizeof meanings - 1) : NULL;
        bool must = c < 0x20 || c == '"' || c == '\\';
        char escape[16];
        if (meaning != NULL && (must ? !one_in(4) : one_in(4))) {
            snprintf(escape, sizeof escape, "\\%c", letters[meaning - meanings]);
            put_words(pen, escape);
        } else if (!must && !one_in(8)) {
            put(pen, string.data + i, len);
        } else if (c < 0x10000) {
            snprintf(escape, sizeof escape, one_in(2) ? "\\u%04x" : "\\u%04X", (unsigned)c);
            put_words(pen, escape);
        } else {
            snprintf(escape, sizeof escape, "\\u%04x\\u%04X",
                     (unsigned)(0xD800 + ((c - 0x10000) >> 10)),
                     (unsigned)(0xDC00 + ((c - 0x10000) & 0x3FF)));
            put_words(pen, escape);
        }
        i += len;
    }
    put_words(pen, "\"");
}

static char strings[STRINGS_ROOM];
static size_t strings_used;

// A random string that lives until the next post.
static struct sl_str random_string(size_t characters_max) {
    static const char *const characters[] = {
        "a",  "b", " ", "0", "è", "€", "😀",    "\"",   "\\",     "/",          "\n",
        "\t", "{", "}", "[", ",", ":", "\x7f", "\x01", "\u2028", "\U0010FFFF", "\uFFFD"};
    struct sl_str string = {strings + strings_used, 0};
    for (uint64_t i = below(characters_max + 1); i > 0; i--) {
        const char *character = characters[below(COUNT(characters))];
        cr_assert_lt(strings_used + 4, sizeof strings);
        memcpy(strings + strings_used, character, strlen(character));
        strings_used += strlen(character);
    }
    string.len = (size_t)(strings + strings_used - string.data);
    return string;
}

static struct sl_str random_digits(void) {
    struct sl_str digits = {strings + strings_used, 0};
    int len = snprintf(strings + strings_used, sizeof strings - strings_used, "%s%llu%llu",
                       one_in(4) ? "-" : "", (unsigned long long)below(1000) + 1,
                       (unsigned long long)sl_random_next(&source));
    strings_used += (size_t)len;
    digits.len = (size_t)len;
    return digits;
}

static void put_unknown_value(struct pen *pen, int depth) {
    static const char *const scalars[] = {"null", "true", "false", "0", "-0.5e-7", "12E+3", "\"\""};
    uint64_t shape = below(depth > 3 ? 2 : 4);
    if (shape == 0) {
        put_words(pen, scalars[below(COUNT(scalars))]);
    } else if (shape == 1) {
        put_string(pen, random_string(6));
    } else {
        bool is_object = shape == 2;
        put_words(pen, is_object ? "{" : "[");
        for (uint64_t i = 0, count = below(4); i < count; i++) {
            put_words(pen, i > 0 ? "," : "");
            put_space(pen);
            if (is_object) {
                put_string(pen, one_in(2) ? SL_STR("id") : random_string(4));
                put_space(pen);
                put_words(pen, ":");
            }
            put_space(pen);
            put_unknown_value(pen, depth + 1);
            put_space(pen);
        }
        put_words(pen, is_object ? "}" : "]");
    }
}

// A member in the making: its key, and its value as it will stand in the record.
struct member {
    const char *key;
    struct pen value;
};

struct members {
    size_t count;
    struct member list[20];
};

static struct pen *add_member(struct members *members, const char *key) {
    struct member *member = &members->list[members->count++];
    member->key = key;
    member->value.len = 0;
    return &member->value;
}

static void add_string(struct members *members, const char *key, bool is_id,
                       struct sl_str *ret_string) {
    *ret_string = (struct sl_str){0};
    if (one_in(3)) {
        if (one_in(3)) {
            put_words(add_member(members, key), "null");
        }
        return;
    }
    if (is_id && one_in(2)) {
        *ret_string = random_digits();
        put(add_member(members, key), ret_string->data, ret_string->len);
        return;
    }
    *ret_string = random_string(12);
    put_string(add_member(members, key), *ret_string);
}

static void add_flag(struct members *members, const char *key, bool *ret_flag) {
    *ret_flag = one_in(2);
    if (*ret_flag || one_in(2)) {
        put_words(add_member(members, key), *ret_flag ? "true" : "false");
    }
}

static void add_time(struct members *members, int64_t *ret_time_ns) {
    char text[SL_TIME_TEXT_BYTES + 2];
    int64_t ms = (int64_t)below(4000000000000);
    *ret_time_ns = ms * 1000000;
    switch (below(4)) {
    case 0:
        *ret_time_ns = SL_TIME_NONE;
        return;
    case 1:
        text[0] = '"';
        strcpy(text + 1 + sl_time_format(*ret_time_ns, text + 1), "\"");
        break;
    case 2:
        ms += INT64_C(100000000000);
        *ret_time_ns = ms * 1000000;
        snprintf(text, sizeof text, one_in(2) ? "%lld" : "\"%lld\"", (long long)ms);
        break;
    default:
        *ret_time_ns = ms / 1000 * SL_NS_PER_SECOND;
        snprintf(text, sizeof text, one_in(2) ? "%lld" : "\"%lld\"", (long long)(ms / 1000));
        break;
    }
    put_words(add_member(members, "created_at"), text);
}

static void put_object(struct pen *pen, struct members *members) {
    static const char *const unknown[] = {"ids", "", "txt", "Author", "created", "followers_count"};
    while (one_in(3)) {
        put_unknown_value(add_member(members, unknown[below(COUNT(unknown))]), 0);
        if (members->count == COUNT(members->list)) {
            break;
        }
    }
    put_words(pen, "{");
    while (members->count > 0) {
        struct member *member = &members->list[below(members->count)];
        put_space(pen);
        put_string(pen, sl_str_from(member->key));
        put_space(pen);
        put_words(pen, ":");
        put_space(pen);
        put(pen, member->value.text, member->value.len);
        put_space(pen);
        *member = members->list[--members->count];
        put_words(pen, members->count > 0 ? "," : "");
    }
    put_words(pen, "}");
}

static void write_random_post(struct pen *pen, struct sl_post *ret_post) {
    static struct members members, author;
    *ret_post = (struct sl_post){.created_at_ns = SL_TIME_NONE, .followers = -1};
    strings_used = 0;
    pen->len = 0;
    ret_post->id = random_digits();
    if (one_in(2)) {
        put(add_member(&members, "id"), ret_post->id.data, ret_post->id.len);
    } else {
        put_string(add_member(&members, "id"), ret_post->id);
    }
    ret_post->text = random_string(60);
    put_string(add_member(&members, "text"), ret_post->text);
    add_string(&members, "channel", false, &ret_post->channel);
    add_string(&members, "page", true, &ret_post->page);
    add_string(&members, "kind", false, &ret_post->kind);
    add_string(&members, "parent_id", true, &ret_post->parent_id);
    add_string(&members, "thread_id", true, &ret_post->thread_id);
    add_string(&members, "lang", false, &ret_post->lang);
    add_string(&members, "url", false, &ret_post->url);
    add_flag(&members, "from_brand", &ret_post->from_brand);
    add_time(&members, &ret_post->created_at_ns);
    if (!one_in(4)) {
        add_string(&author, "id", true, &ret_post->author_id);
        add_string(&author, "name", false, &ret_post->author_name);
        add_string(&author, "handle", false, &ret_post->author_handle);
        add_flag(&author, "verified", &ret_post->verified);
        if (one_in(2)) {
            ret_post->followers = (int64_t)below(INT64_MAX);
            char text[32];
            snprintf(text, sizeof text, "%lld", (long long)ret_post->followers);
            put_words(add_member(&author, "followers"), text);
        }
        put_object(add_member(&members, "author"), &author);
    }
    put_words(pen, one_in(8) ? "\xEF\xBB\xBF" : "");
    put_space(pen);
    put_object(pen, &members);
    put_space(pen);
}

static void random_padding(struct pen *pen, char *padding) {
    for (size_t i = 0; i < SL_POST_PADDING_BYTES; i++) {
        padding[i] = one_in(2) ? pen->text[below(pen->len)] : "{}[]:,\"\\ \n\xFF"[below(11)];
    }
}

static enum sl_post_fault decode(struct sl_post_decoder *decoder, struct pen *pen,
                                 struct sl_post *ret_post) {
    char padding[SL_POST_PADDING_BYTES];
    random_padding(pen, padding);
    return sl_test_decode_padded(decoder, (struct sl_str){pen->text, pen->len},
                                 (struct sl_str){padding, sizeof padding}, ret_post);
}

Test(post_property, post_survives_any_spelling) {
    source.state = sl_random_seed();
    struct sl_post_decoder *decoder = sl_test_decoder_open();
    static struct pen pen;
    for (int i = 0; i < POSTS_COUNT; i++) {
        struct sl_post wanted, found;
        write_random_post(&pen, &wanted);
        enum sl_post_fault fault = decode(decoder, &pen, &found);
        cr_assert_eq(fault, SL_POST_OK, "post %d: %s: %.*s", i, sl_post_fault_word(fault),
                     (int)pen.len, pen.text);
        const char *difference = sl_test_post_difference(&wanted, &found);
        cr_assert_null(difference, "post %d: %s: %.*s", i, difference, (int)pen.len, pen.text);
        sl_post_decoder_reset(decoder);
    }
    sl_post_decoder_close(decoder);
}

static void break_at_random(struct pen *pen) {
    static const char bytes[] = "{}[]:,\"\\ \t\n0123456789-+.eEtrufalsn/x\x01\x7f\xFF\xC3\xE2\x82";
    size_t at = below(pen->len), len = below(8) + 1;
    len = len > pen->len - at ? pen->len - at : len;
    switch (below(4)) {
    case 0:
        pen->text[at] = bytes[below(sizeof bytes)];
        break;
    case 1:
        memmove(pen->text + at, pen->text + at + len, pen->len - at - len);
        pen->len -= len;
        break;
    case 2:
        memmove(pen->text + at + len, pen->text + at, pen->len - at);
        pen->len += len;
        break;
    default:
        pen->len = at + 1;
        break;
    }
    pen->len = pen->len > 0 ? pen->len : 1;
}

// What the decoder says of a record, held against the plain reader.
static void check_fault(struct pen *pen, enum sl_post_fault fault, const struct sl_post *post) {
    bool has_bom = pen->len >= 3 && memcmp(pen->text, "\xEF\xBB\xBF", 3) == 0;
    size_t skip = has_bom ? 3 : 0;
    enum sl_oracle_json json = sl_oracle_json_object(pen->text + skip, pen->len - skip);
    if (fault == SL_POST_OK) {
        cr_assert_neq(json, SL_ORACLE_JSON_BROKEN, "accepted: %.*s", (int)pen->len, pen->text);
        const char *invalid = sl_test_post_invalid_string(post);
        cr_assert_null(invalid, "%s is not UTF-8: %.*s", invalid, (int)pen->len, pen->text);
    } else if (fault == SL_POST_NOT_JSON) {
        cr_assert_neq(json, SL_ORACLE_JSON_VALID, "refused: %.*s", (int)pen->len, pen->text);
    }
}

Test(post_property, broken_record_is_judged_as_a_plain_reader_would) {
    source.state = sl_random_seed();
    struct sl_post_decoder *decoder = sl_test_decoder_open();
    static struct pen pen;
    unsigned long counts[SL_POST_FAULTS_COUNT] = {0};
    for (int i = 0; i < POSTS_COUNT; i++) {
        struct sl_post post, again;
        write_random_post(&pen, &post);
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            break_at_random(&pen);
            enum sl_post_fault fault = decode(decoder, &pen, &post);
            check_fault(&pen, fault, &post);
            cr_assert_eq(decode(decoder, &pen, &again), fault, "what follows matters: %.*s",
                         (int)pen.len, pen.text);
            cr_assert(fault != SL_POST_OK || sl_test_post_difference(&post, &again) == NULL);
            counts[fault]++;
        }
        sl_post_decoder_reset(decoder);
    }
    cr_expect_gt(counts[SL_POST_OK], POSTS_COUNT / 10);
    cr_expect_gt(counts[SL_POST_NOT_JSON], POSTS_COUNT / 10);
    sl_post_decoder_close(decoder);
}
