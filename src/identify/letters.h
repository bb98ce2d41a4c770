// SPDX-License-Identifier: Apache-2.0
//
// identify/letters.h - which of 64 folded bytes are letters, which digits, and where one of a few
// hundred words may begin; a bit each. The one place here, with letters.c, that knows of a
// machine's vectors; beside each such form stands one for all other machines.
//
// The sieve tells a word by its first three bytes, each by its two halves, in eight buckets of
// words (the way of "Teddy", G. Langdale). It lets a quarter of an ordinary text's words through,
// and every word that was put in. Needs AVX2; without it everything is likely.
#ifndef SL_IDENTIFY_LETTERS_H
#define SL_IDENTIFY_LETTERS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define SL_LETTERS_BYTES 64

struct sl_letters {
    uint64_t letters, digits, wide; // bit i: byte i; wide: beyond ASCII
    uint64_t likely;                // a word of the sieve may begin here; only of sl_sieve_sift
};

#define SL_SIEVE_PLACES 3
struct sl_sieve {
    _Alignas(16) unsigned char low[SL_SIEVE_PLACES][16], high[SL_SIEVE_PLACES][16];
};

// Puts a word in: its first `letters` letters, up to three, of which `word` holds as many. What
// follows a shorter word may be anything.
void sl_sieve_add(struct sl_sieve *sieve, unsigned bucket, const unsigned char *word,
                  uint32_t letters);

// True where the machine can sift at all.
bool sl_sieve_works(void);

// sl_letters_in and the likely places; reads two bytes more.
struct sl_letters sl_sieve_sift(const struct sl_sieve *sieve, const unsigned char *bytes);

#if defined(__SSE2__)

#include <emmintrin.h>

static inline struct sl_letters sl_letters_in(const unsigned char *bytes) {
    struct sl_letters found = {0};
    for (int i = 0; i < SL_LETTERS_BYTES; i += 16) {
        __m128i block = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
        // Signed compare: what is to count is moved to the bottom of the range.
        __m128i letter = _mm_cmplt_epi8(_mm_add_epi8(block, _mm_set1_epi8((char)(0x80 - 'a'))),
                                        _mm_set1_epi8(-0x80 + 26));
        __m128i digit = _mm_cmplt_epi8(_mm_add_epi8(block, _mm_set1_epi8((char)(0x80 - '0'))),
                                       _mm_set1_epi8(-0x80 + 10));
        found.letters |= (uint64_t)(uint32_t)_mm_movemask_epi8(letter) << i;
        found.digits |= (uint64_t)(uint32_t)_mm_movemask_epi8(digit) << i;
        found.wide |= (uint64_t)(uint32_t)_mm_movemask_epi8(block) << i;
    }
    return found;
}

#else

#include <endian.h>

// The top bits of eight bytes as eight bits.
static inline uint64_t sl_letters_gather(uint64_t tops) {
    return (tops >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

// The top bit of every byte of a word that is ASCII and in a range.
static inline uint64_t sl_letters_range(uint64_t word, unsigned char first, unsigned char last) {
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = 0x80 * ones;
    uint64_t low = word & ~tops;
    return (low + (uint64_t)(0x80 - first) * ones) & ~(low + (uint64_t)(0x7F - last) * ones) &
           ~word & tops;
}

static inline struct sl_letters sl_letters_in(const unsigned char *bytes) {
    struct sl_letters found = {0};
    for (int i = 0; i < SL_LETTERS_BYTES; i += 8) {
        uint64_t word;
        memcpy(&word, bytes + i, 8);
        word = le64toh(word);
        found.letters |= sl_letters_gather(sl_letters_range(word, 'a', 'z')) << i;
        found.digits |= sl_letters_gather(sl_letters_range(word, '0', '9')) << i;
        found.wide |= sl_letters_gather(word & UINT64_C(0x8080808080808080)) << i;
    }
    return found;
}

#endif

#endif
