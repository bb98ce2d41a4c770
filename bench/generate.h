// SPDX-License-Identifier: Apache-2.0
//
// bench/generate.h - posts that nobody wrote, as many as wanted, the same ones for the same seed.
//
// A post is a canonical record (docs/post.md) on one line. Its text is put together from phrases
// until it reaches a length drawn from the spread that public posts have (median 0.8, 90 % below
// 1.6, 1 % above 5 times the mean); accents are in the phrases, about half of the Italian posts
// have one. Post number i depends on the mix and on i alone: a longer run begins with the posts of
// a shorter one, and posts can be written in any order.
//
// Shares are of all posts, 0..1.
//
// Threads: a generator is immutable once open. Cost: about 1 µs a post.
#ifndef SL_BENCH_GENERATE_H
#define SL_BENCH_GENERATE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct sl_generator_mix {
    uint64_t seed;
    uint32_t length_mean; // bytes of text, SL_GENERATOR_LENGTH_MIN to SL_GENERATOR_LENGTH_MAX
    double italian;       // the others are English
    double care;          // ask for care; the others talk of songs, thank, chat, sell …
    double identifiers;   // hold an identifier that passes its checks
    double numbers;       // hold '@' or two digits in a row, and no identifier
    double escapes;       // have JSON escapes in their text
    double emoji;
    double urls; // carry the address of the post
};

#define SL_GENERATOR_LENGTH_MIN     40u
#define SL_GENERATOR_LENGTH_MAX     1000u
#define SL_GENERATOR_POST_MAX_BYTES (64u << 10)

// The mix that figures are given for.
struct sl_generator_mix sl_generator_mix_default(void);

struct sl_generator;

int sl_generator_open(const struct sl_generator_mix *mix, struct sl_error *error,
                      struct sl_generator **ret_generator);
void sl_generator_close(struct sl_generator *generator);

// Writes post `index` and a newline into `out`, which has room for SL_GENERATOR_POST_MAX_BYTES.
// Returns the length.
size_t sl_generator_write(const struct sl_generator *generator, uint64_t index, char *out);

#endif
