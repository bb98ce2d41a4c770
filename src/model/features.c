// SPDX-License-Identifier: Apache-2.0
#include "model/features.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "text/words.h"

// Words of XXH3's secret (xxhash.h, XXH3_kSecret): any odd mixture of bits would do.
#define SECRET_WORD  UINT64_C(0xbe4ba423396cfeb8)
#define SECRET_LONG  UINT64_C(0x1cad21f72c81017c)
#define SECRET_PAIR  UINT64_C(0xdb979083e96dd4de)
#define SECRET_NEXT  UINT64_C(0x1f67b3b7a4a44072)
#define FACTOR_RUN   UINT64_C(0x78e5c0cc4ee679cb)
#define FACTOR_WIDTH UINT64_C(0x9e3779b185ebca87)

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

static inline uint64_t load_word(const unsigned char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return le64toh(word);
}

static inline uint64_t fold_product(uint64_t a, uint64_t b) {
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

// The high bit of each byte that is `byte`.
static inline uint64_t bytes_equal(uint64_t word, unsigned char byte) {
    uint64_t differs = word ^ EACH(byte);
    return ~(((differs & EACH(0x7F)) + EACH(0x7F)) | differs | EACH(0x7F));
}

// The high bit of each byte that is an ASCII digit.
static inline uint64_t bytes_digits(uint64_t word) {
    uint64_t low = word & EACH(0x7F);
    uint64_t from_0 = low + EACH(0x80 - '0'), behind_9 = low + EACH(0x80 - '9' - 1);
    return from_0 & ~behind_9 & ~word & EACH(0x80);
}

// One bit for each of eight bytes' high bits, the first byte lowest.
static inline uint64_t gather_bits(uint64_t high_bits) {
    return (high_bits >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

// Bit i is set when byte i of 64 is a space.
static inline uint64_t spaces_of(const unsigned char *bytes) {
    uint64_t spaces = 0;
    for (unsigned i = 0; i < 8; i++) {
        spaces |= gather_bits(bytes_equal(load_word(bytes + 8 * i), ' ')) << 8 * i;
    }
    return spaces;
}

// Words.

static inline uint64_t hash_short(uint64_t word, size_t len) {
    return fold_product(word ^ SECRET_WORD, len * FACTOR_WIDTH ^ SECRET_LONG);
}

static uint64_t hash_long(const unsigned char *at, size_t len, bool *ret_digit) {
    uint64_t hash = len * FACTOR_WIDTH, digits = 0;
    size_t done = 0;
    for (; len - done > 8; done += 8) {
        uint64_t word = load_word(at + done);
        digits |= bytes_digits(word);
        hash = fold_product(hash ^ word ^ SECRET_LONG, SECRET_WORD);
    }
    uint64_t last = load_word(at + len - 8); // may take in bytes once more
    *ret_digit = (digits | bytes_digits(last)) != 0;
    return fold_product(hash ^ last ^ SECRET_WORD, SECRET_LONG);
}

// Names of pages begin with "www" or end with one of these. Endings that may begin a sentence
// ("it", "me", "to") would take words for pages.
static inline bool is_of_page(uint64_t word) {
    const uint64_t www = 0x777777, com = 0x6d6f63, org = 0x67726f, net = 0x74656e;
    return (word == www) | (word == com) | (word == org) | (word == net);
}

static inline uint64_t hash_pair(uint64_t first, uint64_t second) {
    return fold_product(first ^ SECRET_PAIR, second ^ SECRET_NEXT);
}

static void veil_token(struct sl_features *features, struct sl_feature_token *token,
                       enum sl_veil veil) {
    token->veil = (uint32_t)veil;
    token->hash = hash_short(veil, 1);
    features->has_veil = true;
}

static inline void add_token(struct sl_features *features, const unsigned char *view,
                             uint32_t start, uint32_t end) {
    struct sl_feature_token *token = &features->tokens[features->tokens_count++];
    const unsigned char *at = view + start;
    size_t len = end - start;
    bool digit;
    token->start = start;
    token->end = end;
    token->veil = 0;
    if (len <= 8) {
        uint64_t word = load_word(at) & (~UINT64_C(0) >> (64 - 8 * len));
        token->hash = hash_short(word, len);
        features->has_page |= is_of_page(word);
        digit = bytes_digits(word) != 0;
    } else {
        token->hash = hash_long(at, len, &digit);
    }
    if (digit) {
        veil_token(features, token, SL_VEIL_NUMBER);
    } else if (*at >= SL_VEIL_FIRST) {
        veil_token(features, token, (enum sl_veil) * at);
    }
}

static void begin(struct sl_features *features) {
    features->tokens_count = 0;
    features->has_page = features->has_veil = false;
}

// Every token has a space on both sides, so each space but the first ends one.
static void read_tokens(struct sl_features *features, const unsigned char *view, size_t len) {
    size_t last = 0;
    for (size_t at = 0; at < len; at += 64) {
        unsigned char tail[64] = {0};
        const unsigned char *bytes = view + at;
        if (len - at < sizeof tail) {
            memcpy(tail, bytes, len - at);
            bytes = tail;
        }
        for (uint64_t spaces = spaces_of(bytes); spaces != 0; spaces &= spaces - 1) {
            size_t space = at + (size_t)__builtin_ctzll(spaces);
            if (space > last + 1) {
                add_token(features, view, (uint32_t)last + 1, (uint32_t)space);
            }
            last = space;
        }
    }
}

// Refused names.

static void add_to_filter(struct sl_refusals *refusals, uint64_t hash) {
    refusals->filter[hash >> 6 & (SL_REFUSALS_FILTER_WORDS - 1)] |= UINT64_C(1) << (hash & 63);
}

static inline bool may_be_refused(const struct sl_refusals *refusals, uint64_t hash) {
    return (refusals->filter[hash >> 6 & (SL_REFUSALS_FILTER_WORDS - 1)] >> (hash & 63) & 1) != 0;
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
    unsigned char view[SL_WORDS_BYTES(SL_REFUSAL_NAME_BYTES) + SL_FEATURES_PAD_BYTES];
    struct sl_features features; // large, and this is not for the hot path
    if (len > SL_REFUSAL_NAME_BYTES) {
        return false;
    }
    begin(&features);
    read_tokens(&features, view, sl_words(folded, len, view, NULL));
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
            veil_token(features, &token[j], SL_VEIL_NAME);
        }
        i += count > 0 ? count - 1 : 0;
    }
}

// Names of pages without a scheme; one with a scheme has become a placeholder already.

static bool is_point(const struct sl_feature_token *token, const unsigned char *view) {
    return token->end - token->start == 1 && view[token->start] == '.';
}

static bool is_page_part(const struct sl_feature_token *token, const unsigned char *view) {
    return token->end - token->start == 3 &&
           is_of_page(load_word(view + token->start) & UINT64_C(0xffffff));
}

// "www . x . y": all of it; returns its last token.
static uint32_t veil_www(struct sl_features *features, const unsigned char *view, uint32_t from) {
    struct sl_feature_token *tokens = features->tokens;
    uint32_t i = from;
    veil_token(features, &tokens[i], SL_VEIL_PAGE);
    while (i + 2 < features->tokens_count && is_point(&tokens[i + 1], view)) {
        veil_token(features, &tokens[i + 1], SL_VEIL_PAGE);
        veil_token(features, &tokens[i + 2], SL_VEIL_PAGE);
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
        } else if (i >= 2 && is_point(&tokens[i - 1], view)) {
            for (uint32_t j = i - 2; j <= i; j++) {
                veil_token(features, &tokens[j], SL_VEIL_PAGE);
            }
        }
    }
}

// Features.

static void add_words(struct sl_features *features) {
    const struct sl_feature_token *tokens = features->tokens;
    uint32_t *hashes = features->hashes, count = features->tokens_count;
    for (uint32_t i = 0; i < count; i++) {
        hashes[i] = (uint32_t)(tokens[i].hash >> 32);
    }
    for (uint32_t i = 0; i + 1 < count; i++) {
        hashes[count + i] = (uint32_t)(hash_pair(tokens[i].hash, tokens[i + 1].hash) >> 32);
    }
    features->words_count = count > 0 ? 2 * count - 1 : 0;
    features->count = features->words_count;
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
    begin(ret_features);
    read_tokens(ret_features, view, len);
    if (ret_features->has_page) {
        veil_pages(ret_features, view);
    }
    if (refusals->count > 0) {
        veil_names(ret_features, refusals);
    }
    add_words(ret_features);
    add_all_runs(ret_features, view);
    SL_ASSERT(ret_features->count <= SL_FEATURES_MAX);
}
