// SPDX-License-Identifier: Apache-2.0
//
// identify/letters.h - many folded bytes at a time: eight as a word, and which of 64 are letters
// and which digits, a bit each. The one place here that knows of a machine's vectors; the other
// form is for all the others.
#ifndef SL_IDENTIFY_LETTERS_H
#define SL_IDENTIFY_LETTERS_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#define SL_LETTERS_BYTES 64

struct sl_letters {
    uint64_t letters, digits, wide; // bit i: byte i; wide: beyond ASCII
};

#define SL_LETTERS_ONES UINT64_C(0x0101010101010101)
#define SL_LETTERS_TOPS UINT64_C(0x8080808080808080)

// Eight bytes as a word: the first is the lowest.
static inline uint64_t sl_letters_load(const unsigned char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return le64toh(word);
}

// The top bit of every byte of a word that is ASCII and in a range.
static inline uint64_t sl_letters_range(uint64_t word, unsigned char first, unsigned char last) {
    uint64_t low = word & ~SL_LETTERS_TOPS;
    return (low + (uint64_t)(0x80 - first) * SL_LETTERS_ONES) &
           ~(low + (uint64_t)(0x7F - last) * SL_LETTERS_ONES) & ~word & SL_LETTERS_TOPS;
}

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

// The top bits of eight bytes as eight bits.
static inline uint64_t sl_letters_gather(uint64_t tops) {
    return (tops >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static inline struct sl_letters sl_letters_in(const unsigned char *bytes) {
    struct sl_letters found = {0};
    for (int i = 0; i < SL_LETTERS_BYTES; i += 8) {
        uint64_t word = sl_letters_load(bytes + i);
        found.letters |= sl_letters_gather(sl_letters_range(word, 'a', 'z')) << i;
        found.digits |= sl_letters_gather(sl_letters_range(word, '0', '9')) << i;
        found.wide |= sl_letters_gather(word & SL_LETTERS_TOPS) << i;
    }
    return found;
}

#endif

#endif
