// SPDX-License-Identifier: Apache-2.0
//
// identify/letters.h - which of 64 folded bytes are letters and which digits, a bit each. The one
// place here that knows of a machine's vectors; the other form is for all the others.
#ifndef SL_IDENTIFY_LETTERS_H
#define SL_IDENTIFY_LETTERS_H

#include <stdint.h>
#include <string.h>

#define SL_LETTERS_BYTES 64

struct sl_letters {
    uint64_t letters, digits, wide; // bit i: byte i; wide: beyond ASCII
};

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
