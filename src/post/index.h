// SPDX-License-Identifier: Apache-2.0
//
// post/index.h - where the tokens of a JSON record begin; the seam to simdjson.
//
// simdjson works in two stages: the first finds, with vector instructions, the place of every
// token and proves that the record is UTF-8; the second, of which it offers several, makes sense of
// them. Only the first is used here. Its second stages pass over values that nobody asked for
// without looking at them, and we refuse what is broken; and they look a field up by comparing
// unescaped keys, and we want a known key under any disguise but pay for it only then. Walking the
// places ourselves (decode.c) does both, in less time.
//
// A token is one of { } [ ] : , or the first byte of a string (its quote), a number or a literal.
// Between a token's bytes and the next place stands nothing but white space.
//
// Threads: an index belongs to one thread. Nothing is allocated after open.
// Source: Langdale, Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28, 2019.
#ifndef SL_POST_INDEX_H
#define SL_POST_INDEX_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sl_post_index;

enum sl_post_index_result {
    SL_POST_INDEX_OK,
    SL_POST_INDEX_NOT_UTF8, // and nothing else wrong so far
    SL_POST_INDEX_BROKEN,   // an open string, a raw control character in one, or no token at all
};

// For records of up to `record_max_bytes`. On failure NULL, and the reason as static words.
struct sl_post_index *sl_post_index_open(size_t record_max_bytes, const char **ret_reason);
void sl_post_index_close(struct sl_post_index *index);

// Fills *ret_places with the offsets of the tokens, ascending, and `len` behind the last. They live
// until the next call. No byte behind the record has a part in it, whatever is there.
enum sl_post_index_result sl_post_index_run(struct sl_post_index *index, const char *record,
                                            size_t len, const uint32_t **ret_places,
                                            uint32_t *ret_count);

#ifdef __cplusplus
}
#endif
#endif
