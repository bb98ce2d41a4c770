// SPDX-License-Identifier: Apache-2.0
//
// engine/samples.h - words views that a phrase finds, one for each way it can be written.
//
// What a phrase leaves open (more of a word, a gap) is once empty and once filled with a word that
// no one writes, as long as it may be; a word of that kind stands before and behind, unless the
// phrase begins a sentence. So another phrase that is found in all samples of a phrase
// is found wherever the phrase is, and an exception that takes all samples takes everything.
//
// Made from the expression that pack/phrase.c wrote, not from raw ones.
#ifndef SL_ENGINE_SAMPLES_H
#define SL_ENGINE_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>

#define SL_SAMPLES_MAX      256 // ways of one phrase; of one with more nothing can be told
#define SL_SAMPLE_BYTES_MAX 2048

struct sl_sampler {
    const char *regex;
    unsigned way, ways_count;
    unsigned left, product; // while one is written
    bool failed;
    size_t len;
    char text[SL_SAMPLE_BYTES_MAX];
};

void sl_sampler_start(struct sl_sampler *sampler, const char *regex);

// The next sample is in `text`, `len` bytes. False: there are no more, or too many to tell
// (`failed`).
bool sl_sampler_next(struct sl_sampler *sampler);

#endif
