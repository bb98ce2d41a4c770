// SPDX-License-Identifier: Apache-2.0
//
// engine/cues.h - what stands round a candidate: the words that speak for or against it, and the
// characters it touches.
//
// Cues are words and phrases, Italian and English always together, because a post's language is
// never known well enough. They are whole words; "chiam*" also fits every word that begins so. The
// words of a phrase may touch or be parted by up to three characters that are neither letter nor
// digit: "c f" is also "cf", "c.f." and "c. f.". They count up to SL_CUE_REACH_BEFORE bytes before
// the candidate and SL_CUE_REACH_AFTER behind it; behind it not when a digit follows, for then they
// introduce the next number.
//
// The pack's own cues are added to the built-in ones and weigh as much as the strongest.
#ifndef SL_ENGINE_CUES_H
#define SL_ENGINE_CUES_H

#include <stdbool.h>
#include <stdint.h>

#include <sluice/words.h>

#include "base/error.h"
#include "base/str.h"

#define SL_CUE_REACH_BEFORE 40
#define SL_CUE_REACH_AFTER  32

enum sl_cue_weight {
    SL_CUE_NONE,
    SL_CUE_AGAINST, // it is something else: "ordine", "tracking"
    SL_CUE_WEAK,
    SL_CUE_STRONG,
};

struct sl_cue {
    const char *text;
    uint16_t len;
    unsigned char second; // letter, for a quick no; 0 where it may differ
    bool stem;
    enum sl_cue_weight weight;
};

// The cues of one kind, ordered by first letter.
struct sl_cues {
    struct sl_cue *list;
    uint16_t by_letter[28]; // a..z, then all else: from by_letter[i] to by_letter[i + 1]
};

struct sl_surroundings {
    enum sl_cue_weight before, after;   // none, weak or strong
    bool against;                       // a cue against stands before it
    bool letters_before, letters_after; // glued on, and not a cue
    bool amount;                        // a currency, a percent sign or a unit beside it
    bool in_address;                    // inside a URL that is not for calling somebody
    bool alone;                         // no other letter or digit in the text
};

// `extra` is kept by reference.
int sl_cues_open(enum sl_kind kind, const struct sl_str *extra, uint32_t extra_count,
                 struct sl_error *error, struct sl_cues *ret_cues);
void sl_cues_close(struct sl_cues *cues);

// Looks round bytes [start, end) of a folded text.
struct sl_surroundings sl_cues_look(const struct sl_cues *cues, const unsigned char *bytes,
                                    uint32_t len, uint32_t start, uint32_t end);

#endif
