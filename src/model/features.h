// SPDX-License-Identifier: Apache-2.0
//
// model/features.h - what a learned model sees of a text: hashes of its words, pairs of words, and
// short runs of characters. Training and judging share this one extractor.
//
// It reads the words view (text/words.h) and knows three kinds of tokens:
//   - plain ones;
//   - placeholders: a byte from SL_VEIL_FIRST on, which no UTF-8 holds. veil.h puts them where an
//     address of a page, a mention or an identifier stood;
//   - hidden ones, which it makes placeholders itself: a word with a digit (any number or code), a
//     name of a page (www.…, or a word, a point and an ending like "com"), and the names that are
//     refused (brands: struct sl_refusals).
// A placeholder is a word like others, the same whatever stood there; no run of characters begins
// in, ends in or passes over one. So two texts that differ only in what is hidden have the same
// features.
//
// A feature is 32 bits of hash; a table of 2^n weights takes the upper n of them. Words are hashed
// sixteen bytes at a time by XXH3's short-input mix (the two halves of a 128-bit product), pairs
// from the hashes of their words, runs of SL_FEATURES_RUN_BYTES bytes (spaces included) by one
// product. A model file names the version of all this, SL_FEATURES_VERSION: whatever changes a
// feature raises it.
//
// Of a view longer than SL_FEATURES_VIEW_BYTES the first words count.
//
// Threads: no state. Cost: 2,400 instructions for a view of 100 bytes (18 words), about twice what
// the view itself takes; nothing is allocated.
#ifndef SL_MODEL_FEATURES_H
#define SL_MODEL_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_FEATURES_VERSION    1
#define SL_FEATURES_VIEW_BYTES 4096
#define SL_FEATURES_PAD_BYTES  64 // readable behind a view, whatever they hold
#define SL_FEATURES_RUN_BYTES  4

#define SL_FEATURES_TOKENS_MAX (SL_FEATURES_VIEW_BYTES / 2)
#define SL_FEATURES_MAX        (2 * SL_FEATURES_TOKENS_MAX + SL_FEATURES_VIEW_BYTES)

// Placeholders.
enum sl_veil {
    SL_VEIL_FIRST = 0xF8,
    SL_VEIL_PAGE = SL_VEIL_FIRST, // an address of a page
    SL_VEIL_MENTION,
    SL_VEIL_IDENTIFIER,
    SL_VEIL_NUMBER,
    SL_VEIL_NAME, // refused
};

// A name that is refused: one word or several next to each other.
struct sl_refusal {
    uint64_t first; // hash of its first word
    uint64_t all;   // of all of them
    uint32_t words_count;
};

// Names that are refused, by `first`, then the longest first. `filter` says cheaply of most words
// that no name begins with them.
#define SL_REFUSAL_WORDS_MAX     8
#define SL_REFUSALS_FILTER_WORDS 512
struct sl_refusals {
    const struct sl_refusal *list;
    uint32_t count;
    uint64_t filter[SL_REFUSALS_FILTER_WORDS];
};

// The refusal of a name, folded (text/fold.h), of up to SL_REFUSAL_NAME_BYTES; false when it has no
// word or too many, or begins with a number, which is hidden anyway.
#define SL_REFUSAL_NAME_BYTES 256
bool sl_refusal_from(const unsigned char *folded, size_t len, struct sl_refusal *ret_refusal);

// Sorts a list, drops what stands twice, and makes the filter. `list` is the caller's and outlives
// the refusals.
void sl_refusals_init(struct sl_refusals *refusals, struct sl_refusal *list, uint32_t count);

// One token of a view.
struct sl_feature_token {
    uint32_t start, end; // bytes of the view, without the spaces
    uint32_t veil;       // 0: plain; else the enum sl_veil of its placeholder
    uint64_t hash;
};

struct sl_features {
    uint32_t tokens_count;
    uint32_t words_count; // features of words and pairs, which stand first
    uint32_t count;       // all
    bool has_point;       // there is a '.', without which there is no name of a page
    bool has_veil;        // some token is a placeholder
    bool has_name;        // some token may begin a name that is refused
    struct sl_feature_token tokens[SL_FEATURES_TOKENS_MAX];
    uint32_t hashes[SL_FEATURES_MAX];
};

// Fills *ret_features; SL_FEATURES_PAD_BYTES behind the view are readable. hashes[i] for i <
// tokens_count is token i; from there to words_count, tokens i and i+1 in order.
void sl_features_read(const unsigned char *view, size_t len, const struct sl_refusals *refusals,
                      struct sl_features *ret_features);

#endif
