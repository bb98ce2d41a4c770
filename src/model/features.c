// SPDX-License-Identifier: Apache-2.0
#include "model/features.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/assert.h"
#include "text/words.h"

// Words of XXH3's secret (xxhash.h, XXH3_kSecret): any odd mixture of bits would do.
#define SECRET_WORD  UINT64_C(0xbe4ba423396cfeb8)
#define SECRET_LONG  UINT64_C(0x1cad21f72c81017c)
#define SECRET_PAIR  UINT64_C(0xdb979083e96dd4de)
#define SECRET_NEXT  UINT64_C(0x1f67b3b7a4a44072)
#define FACTOR_RUN   UINT64_C(0x78e5c0cc4ee679cb)
#define FACTOR_WIDTH UINT64_C(0x9e3779b185ebca87)

static inline uint64_t load_word(const unsigned char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return le64toh(word);
}

static inline uint64_t fold_product(uint64_t a, uint64_t b) {
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

// Where spaces, digits and points stand among 64 bytes: a bit a byte, the first lowest.

#define BLOCK_BYTES 64

struct block {
    uint64_t spaces, digits, points;
};

#ifdef __SSE2__

static inline struct block look(const unsigned char *bytes) {
    struct block block = {0};
    for (unsigned i = 0; i < BLOCK_BYTES; i += 16) {
        __m128i part = _mm_loadu_si128((const void *)(bytes + i));
        __m128i from_0 = _mm_sub_epi8(part, _mm_set1_epi8('0'));
        __m128i digits = _mm_cmpeq_epi8(_mm_min_epu8(from_0, _mm_set1_epi8(9)), from_0);
        __m128i spaces = _mm_cmpeq_epi8(part, _mm_set1_epi8(' '));
        __m128i points = _mm_cmpeq_epi8(part, _mm_set1_epi8('.'));
        block.spaces |= (uint64_t)(uint32_t)_mm_movemask_epi8(spaces) << i;
        block.digits |= (uint64_t)(uint32_t)_mm_movemask_epi8(digits) << i;
        block.points |= (uint64_t)(uint32_t)_mm_movemask_epi8(points) << i;
    }
    return block;
}

#else

static inline struct block look(const unsigned char *bytes) {
    struct block block = {0};
    for (unsigned i = 0; i < BLOCK_BYTES; i++) {
        block.spaces |= (uint64_t)(bytes[i] == ' ') << i;
        block.digits |= (uint64_t)((unsigned char)(bytes[i] - '0') < 10) << i;
        block.points |= (uint64_t)(bytes[i] == '.') << i;
    }
    return block;
}

#endif

// Words.

// Of a word of up to 16 bytes, what belongs to it in the 16 that are loaded.
static const uint64_t masks[17][2] = {
#define LOW(bytes) (~UINT64_C(0) >> (64 - 8 * (bytes)))
    {0, 0},           {LOW(1), 0},      {LOW(2), 0},      {LOW(3), 0},      {LOW(4), 0},
    {LOW(5), 0},      {LOW(6), 0},      {LOW(7), 0},      {LOW(8), 0},      {LOW(8), LOW(1)},
    {LOW(8), LOW(2)}, {LOW(8), LOW(3)}, {LOW(8), LOW(4)}, {LOW(8), LOW(5)}, {LOW(8), LOW(6)},
    {LOW(8), LOW(7)}, {LOW(8), LOW(8)},
#undef LOW
};

static uint64_t hash_long(const unsigned char *at, size_t len) {
    uint64_t hash = len * FACTOR_WIDTH;
    for (size_t done = 0; len - done > 16; done += 8) {
        hash = fold_product(hash ^ load_word(at + done) ^ SECRET_LONG, SECRET_WORD);
    }
    return fold_product(hash ^ load_word(at + len - 16) ^ SECRET_WORD,
                        load_word(at + len - 8) ^ SECRET_LONG);
}

static inline uint64_t hash_word(const unsigned char *at, size_t len) {
    if (len > 16) {
        return hash_long(at, len);
    }
    uint64_t first = load_word(at) & masks[len][0], second = load_word(at + 8) & masks[len][1];
    return fold_product(first ^ SECRET_WORD, second ^ len * FACTOR_WIDTH ^ SECRET_LONG);
}

static inline uint64_t hash_pair(uint64_t first, uint64_t second) {
    return fold_product(first ^ SECRET_PAIR, second ^ SECRET_NEXT);
}

static void veil_token(struct sl_feature_token *token, enum sl_veil veil) {
    unsigned char bytes[16] = {(unsigned char)veil};
    token->veil = (uint32_t)veil;
    token->hash = hash_word(bytes, 1);
}

// Returns whether it is a placeholder.
static inline bool read_token(struct sl_feature_token *token, const unsigned char *view,
                              uint32_t start, uint32_t end, bool digit) {
    token->start = start;
    token->end = end;
    token->veil = 0;
    token->hash = hash_word(view + start, end - start);
    if (digit || view[start] >= SL_VEIL_FIRST) {
        veil_token(token, digit ? SL_VEIL_NUMBER : (enum sl_veil)view[start]);
        return true;
    }
    return false;
}

// Asked of every word; the names themselves seldom.
static inline bool may_be_refused(const struct sl_refusals *refusals, uint64_t hash) {
    return (refusals->filter[hash >> 6 & (SL_REFUSALS_FILTER_WORDS - 1)] >> (hash & 63) & 1) != 0;
}

// Every token has a space on both sides, so each space but the first ends one.
static void read_tokens(struct sl_features *features, const unsigned char *view, size_t len,
                        const struct sl_refusals *refusals) {
    struct sl_feature_token *token = features->tokens;
    uint32_t last = 0;
    bool digit = false; // between the last space and the block
    bool point = false, veil = false, name = false;
    for (size_t at = 0; at < len; at += BLOCK_BYTES) {
        struct block block = look(view + at);
        block.spaces &= ~UINT64_C(0) >> (len - at < BLOCK_BYTES ? BLOCK_BYTES - (len - at) : 0);
        point |= block.points != 0;
        for (; block.spaces != 0; block.spaces &= block.spaces - 1) {
            uint64_t below = (block.spaces & -block.spaces) - 1;
            uint32_t space = (uint32_t)at + (uint32_t)__builtin_ctzll(block.spaces);
            digit |= (block.digits & below) != 0;
            if (space > last + 1) {
                veil |= read_token(token, view, last + 1, space, digit);
                name |= may_be_refused(refusals, token->hash);
                token++;
            }
            block.digits &= ~below;
            digit = false;
            last = space;
        }
        digit |= block.digits != 0;
    }
    features->tokens_count = (uint32_t)(token - features->tokens);
    features->has_point = point;
    features->has_veil = veil;
    features->has_name = name;
}

// Refused names.

static void add_to_filter(struct sl_refusals *refusals, uint64_t hash) {
    refusals->filter[hash >> 6 & (SL_REFUSALS_FILTER_WORDS - 1)] |= UINT64_C(1) << (hash & 63);
}

static int compare_refusals(const void *a, const void *b) {
    const struct sl_refusal *x = a, *y = b;
    if (x->first != y->first) {
        return x->first < y->first ? -1 : 1;
    }
    if (x->words_count != y->words_count) {
        return x->words_count > y->words_count ? -1 : 1;
    }
    return x->all < y->all ? -1 : x->all > y->all;
}

void sl_refusals_init(struct sl_refusals *refusals, struct sl_refusal *list, uint32_t count) {
    *refusals = (struct sl_refusals){.list = list};
    if (count > 0) {
        qsort(list, count, sizeof *list, compare_refusals);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || compare_refusals(&list[i], &list[i - 1]) != 0) {
            add_to_filter(refusals, list[i].first);
            list[refusals->count++] = list[i];
        }
    }
}

bool sl_refusal_from(const unsigned char *folded, size_t len, struct sl_refusal *ret_refusal) {
    static const struct sl_refusals no_refusals;
    unsigned char view[SL_WORDS_BYTES(SL_REFUSAL_NAME_BYTES) + SL_FEATURES_PAD_BYTES];
    struct sl_features features; // large, and this is not for the hot path
    if (len > SL_REFUSAL_NAME_BYTES) {
        return false;
    }
    read_tokens(&features, view, sl_words(folded, len, view, NULL), &no_refusals);
    if (features.tokens_count == 0 || features.tokens_count > SL_REFUSAL_WORDS_MAX ||
        features.tokens[0].veil != 0) {
        return false;
    }
    *ret_refusal = (struct sl_refusal){.first = features.tokens[0].hash,
                                       .all = features.tokens[0].hash,
                                       .words_count = features.tokens_count};
    for (uint32_t i = 1; i < features.tokens_count; i++) {
        ret_refusal->all = hash_pair(ret_refusal->all, features.tokens[i].hash);
    }
    return true;
}

// How many tokens from this one on are the longest name that is refused; 0: none.
static uint32_t refused_from(const struct sl_refusals *refusals,
                             const struct sl_feature_token *tokens, uint32_t count) {
    uint32_t low = 0, high = refusals->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (refusals->list[middle].first < tokens->hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < refusals->count && refusals->list[low].first == tokens->hash; low++) {
        const struct sl_refusal *refusal = &refusals->list[low];
        uint64_t all = tokens->hash;
        for (uint32_t i = 1; i < refusal->words_count && i < count; i++) {
            all = hash_pair(all, tokens[i].hash);
        }
        if (refusal->words_count <= count && all == refusal->all) {
            return refusal->words_count;
        }
    }
    return 0;
}

static void veil_names(struct sl_features *features, const struct sl_refusals *refusals) {
    for (uint32_t i = 0; i < features->tokens_count; i++) {
        struct sl_feature_token *token = &features->tokens[i];
        if (!may_be_refused(refusals, token->hash)) {
            continue;
        }
        uint32_t count = refused_from(refusals, token, features->tokens_count - i);
        for (uint32_t j = 0; j < count; j++) {
            veil_token(&token[j], SL_VEIL_NAME);
            features->has_veil = true;
        }
        i += count > 0 ? count - 1 : 0;
    }
}

// Names of pages without a scheme; one with a scheme has become a placeholder already.

static bool is_point(const struct sl_feature_token *token, const unsigned char *view) {
    return token->end - token->start == 1 && view[token->start] == '.';
}

// Names of pages begin with "www" or end with one of these. Endings that may begin a sentence
// ("it", "me", "to") would take words for pages. The space behind a token is compared with it.
static inline bool is_page_part(const struct sl_feature_token *token, const unsigned char *view) {
    const uint32_t www = 0x20777777, com = 0x206d6f63, org = 0x2067726f, net = 0x2074656e;
    uint32_t word = (uint32_t)load_word(view + token->start);
    return ((word == www) | (word == com) | (word == org) | (word == net)) != 0;
}

// "www . x . y": all of it; returns its last token.
static uint32_t veil_www(struct sl_features *features, const unsigned char *view, uint32_t from) {
    struct sl_feature_token *tokens = features->tokens;
    uint32_t i = from;
    veil_token(&tokens[i], SL_VEIL_PAGE);
    while (i + 2 < features->tokens_count && is_point(&tokens[i + 1], view)) {
        veil_token(&tokens[i + 1], SL_VEIL_PAGE);
        veil_token(&tokens[i + 2], SL_VEIL_PAGE);
        i += 2;
    }
    return i;
}

static void veil_pages(struct sl_features *features, const unsigned char *view) {
    struct sl_feature_token *tokens = features->tokens;
    for (uint32_t i = 0; i < features->tokens_count; i++) {
        if (!is_page_part(&tokens[i], view)) {
            continue;
        }
        if (view[tokens[i].start] == 'w') {
            i = veil_www(features, view, i);
            features->has_veil = true;
        } else if (i >= 2 && is_point(&tokens[i - 1], view)) {
            for (uint32_t j = i - 2; j <= i; j++) {
                veil_token(&tokens[j], SL_VEIL_PAGE);
            }
            features->has_veil = true;
        }
    }
}

// Features.

static void add_words(struct sl_features *features) {
    const struct sl_feature_token *tokens = features->tokens;
    uint32_t *words = features->hashes, count = features->tokens_count;
    uint32_t *pairs = words + count;
    uint64_t last = count > 0 ? tokens[0].hash : 0;
    features->count = features->words_count = count > 0 ? 2 * count - 1 : 0;
    if (count > 0) {
        words[0] = (uint32_t)(last >> 32);
    }
    for (uint32_t i = 1; i < count; i++) {
        uint64_t hash = tokens[i].hash;
        words[i] = (uint32_t)(hash >> 32);
        pairs[i - 1] = (uint32_t)(hash_pair(last, hash) >> 32);
        last = hash;
    }
}

// Runs of characters within one stretch of plain tokens, the spaces at its ends included.
static void add_runs(struct sl_features *features, const unsigned char *view, uint32_t start,
                     uint32_t end) {
    uint32_t *hashes = features->hashes + features->count;
    uint32_t count =
        end - start >= SL_FEATURES_RUN_BYTES ? end - start - SL_FEATURES_RUN_BYTES + 1 : 0;
#pragma GCC unroll 8
    for (uint32_t i = 0; i < count; i++) {
        uint32_t run;
        memcpy(&run, view + start + i, sizeof run);
        hashes[i] = (uint32_t)(le32toh(run) * FACTOR_RUN >> 32);
    }
    features->count += count;
}

_Static_assert(SL_FEATURES_RUN_BYTES == sizeof(uint32_t), "a run is loaded as one number");

static void add_all_runs(struct sl_features *features, const unsigned char *view) {
    if (!features->has_veil && features->tokens_count > 0) {
        add_runs(features, view, 0, features->tokens[features->tokens_count - 1].end + 1);
        return;
    }
    for (uint32_t i = 0; i < features->tokens_count; i++) {
        uint32_t first = i;
        while (i < features->tokens_count && features->tokens[i].veil == 0) {
            i++;
        }
        if (i > first) {
            add_runs(features, view, features->tokens[first].start - 1,
                     features->tokens[i - 1].end + 1);
        }
    }
}

static size_t cut_view(const unsigned char *view, size_t len) {
    if (len <= SL_FEATURES_VIEW_BYTES) {
        return len;
    }
    len = SL_FEATURES_VIEW_BYTES;
    while (len > 0 && view[len - 1] != ' ') {
        len--;
    }
    return len;
}

void sl_features_read(const unsigned char *view, size_t len, const struct sl_refusals *refusals,
                      struct sl_features *ret_features) {
    len = cut_view(view, len);
    read_tokens(ret_features, view, len, refusals);
    if (ret_features->has_point) {
        veil_pages(ret_features, view);
    }
    if (ret_features->has_name) {
        veil_names(ret_features, refusals);
    }
    add_words(ret_features);
    add_all_runs(ret_features, view);
    SL_ASSERT(ret_features->count <= SL_FEATURES_MAX);
}
