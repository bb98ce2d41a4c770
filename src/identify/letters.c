// SPDX-License-Identifier: Apache-2.0
#include "identify/letters.h"

#include "base/assert.h"

void sl_sieve_add(struct sl_sieve *sieve, unsigned bucket, const unsigned char *word,
                  uint32_t letters) {
    SL_ASSERT(bucket < 8 && letters > 0);
    for (uint32_t place = 0; place < SL_SIEVE_PLACES; place++) {
        unsigned char bit = (unsigned char)(1u << bucket);
        for (unsigned nibble = 0; nibble < 16; nibble++) {
            bool any = place >= letters;
            sieve->low[place][nibble] |= any || (word[place] & 15) == nibble ? bit : 0;
            sieve->high[place][nibble] |= any || word[place] >> 4 == nibble ? bit : 0;
        }
    }
}

#if defined(__x86_64__)

#include <immintrin.h>

bool sl_sieve_works(void) {
    return __builtin_cpu_supports("avx2") != 0;
}

// Bits of the buckets that the bytes at one place may belong to.
__attribute__((target("avx2"))) static inline __m256i
buckets_of(const unsigned char *bytes, const struct sl_sieve *sieve, int place) {
    const __m256i nibbles = _mm256_set1_epi8(15);
    const __m256i low_table = _mm256_broadcastsi128_si256(
        _mm_load_si128((const __m128i *)(const void *)sieve->low[place]));
    const __m256i high_table = _mm256_broadcastsi128_si256(
        _mm_load_si128((const __m128i *)(const void *)sieve->high[place]));
    __m256i block = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + place));
    __m256i low = _mm256_and_si256(block, nibbles);
    __m256i high = _mm256_and_si256(_mm256_srli_epi16(block, 4), nibbles);
    return _mm256_and_si256(_mm256_shuffle_epi8(low_table, low),
                            _mm256_shuffle_epi8(high_table, high));
}

__attribute__((target("avx2"))) struct sl_letters sl_sieve_sift(const struct sl_sieve *sieve,
                                                                const unsigned char *bytes) {
    struct sl_letters found = {0};
    for (int i = 0; i < SL_LETTERS_BYTES; i += 32) {
        __m256i block = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + i));
        __m256i letter =
            _mm256_cmpgt_epi8(_mm256_set1_epi8(-0x80 + 26),
                              _mm256_add_epi8(block, _mm256_set1_epi8((char)(0x80 - 'a'))));
        __m256i digit =
            _mm256_cmpgt_epi8(_mm256_set1_epi8(-0x80 + 10),
                              _mm256_add_epi8(block, _mm256_set1_epi8((char)(0x80 - '0'))));
        __m256i both =
            _mm256_and_si256(buckets_of(bytes + i, sieve, 0), buckets_of(bytes + i, sieve, 1));
        both = _mm256_and_si256(both, buckets_of(bytes + i, sieve, 2));
        __m256i none = _mm256_cmpeq_epi8(both, _mm256_setzero_si256());
        found.letters |= (uint64_t)(uint32_t)_mm256_movemask_epi8(letter) << i;
        found.digits |= (uint64_t)(uint32_t)_mm256_movemask_epi8(digit) << i;
        found.wide |= (uint64_t)(uint32_t)_mm256_movemask_epi8(block) << i;
        found.likely |= (uint64_t)(uint32_t)~_mm256_movemask_epi8(none) << i;
    }
    return found;
}

#else

bool sl_sieve_works(void) {
    return false;
}

struct sl_letters sl_sieve_sift(const struct sl_sieve *sieve, const unsigned char *bytes) {
    (void)sieve;
    struct sl_letters found = sl_letters_in(bytes);
    found.likely = ~UINT64_C(0);
    return found;
}

#endif
