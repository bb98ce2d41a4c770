// SPDX-License-Identifier: Apache-2.0
//
// engine/internal.h - what the rest of the stage may ask of an engine beyond its public contract,
// and the reasons behind a verdict.
#ifndef SL_ENGINE_INTERNAL_H
#define SL_ENGINE_INTERNAL_H

#include <sluice/engine.h>

#include "identify/edges.h"
#include "pack/pack.h"

// The pack the engine was made from; lives as long as the engine.
const struct sl_pack *sl_engine_pack(const struct sl_engine *engine);

// How the compiled pack was come by: from the cache, or compiled (and why the cache was not used).
// One line for people.
const char *sl_engine_origin(const struct sl_engine *engine);

// "5.4.0 …" of the matcher, for --version.
const char *sl_engine_matcher_version(void);

// sl_engine_open with a pack that is loaded already; the engine owns it from here on, also when
// this fails.
int sl_engine_open_pack(struct sl_pack *pack, const struct sl_engine_options *options,
                        struct sl_error *error, struct sl_engine **ret_engine);

// Where a number was cut in two at an edge of the text at `index` in the judge's last call, in
// bytes of its masked text; NULL: nowhere. Lives until the judge's next call.
const struct sl_edges *sl_judge_edges(const struct sl_judge *judge, size_t index);

// Why a text is judged as it is. Everything here is safe to show: `folded` has its identifiers
// replaced by their labels, and no evidence holds a value.
struct sl_explained_hit {
    uint32_t pattern;     // index
    const char *phrase;   // the phrase that fired, as written in the pack
    int32_t weight_milli; // 0 when the pattern had already counted, or does not count
    uint32_t start, end;  // bytes in `folded`
    const char *taken_by; // the phrase of its `unless` that takes it away here; or NULL
    bool withheld;        // what its `when` asks for is not so
};

// A pattern with a `when`: one that holds, or one whose phrases were found.
struct sl_explained_condition {
    uint32_t pattern;
    bool holds;
    int32_t weight_milli; // of a pattern without phrases that was hit; else 0
    char reason[256];     // "all: thanks, asks; none: spam", or what is missing
};

// A topic or signal that counts from a sum on, and what was added to it.
struct sl_explained_sum {
    uint32_t mark; // see pack.h
    int32_t sum_milli, threshold_milli;
    char shares[256]; // "bill +1, bill.no -0.5"
};

struct sl_explained_identifier {
    enum sl_kind kind;
    bool masked;         // false: a candidate that was let go, or kept
    bool kept;           // it is one, and the pack keeps its kind
    uint32_t start, end; // bytes in the original text
    int score;           // 0..100; masked from the kind's threshold on
    char reasons[192];   // "shape, check letter, cue before" …
};

// Hits ascend by place; matches of one phrase that overlap are one hit; a hit whose start the
// matcher cannot tell stands at its end (start == end). Beyond the limit hits are left out, but
// `logit_milli` counts them. Where the outcome is not SL_JUDGED, the verdict is all there is.
#define SL_EXPLAINED_HITS_MAX        256
#define SL_EXPLAINED_IDENTIFIERS_MAX 64
#define SL_EXPLAINED_CONDITIONS_MAX  64

struct sl_explanation {
    struct sl_verdict verdict;
    struct sl_text folded;
    int32_t logit_milli; // bias + weights of hits and conditions
    uint32_t hits_count;
    struct sl_explained_hit hits[SL_EXPLAINED_HITS_MAX];
    uint32_t conditions_count;
    struct sl_explained_condition conditions[SL_EXPLAINED_CONDITIONS_MAX];
    uint32_t sums_count;
    struct sl_explained_sum sums[SL_PACK_MARKS_MAX];
    uint32_t identifiers_count;
    struct sl_explained_identifier identifiers[SL_EXPLAINED_IDENTIFIERS_MAX];
};

// For people and tools, not for the hot path: allocates and compiles as it goes. Lives until the
// judge's next call.
int sl_judge_explain(struct sl_judge *judge, struct sl_text text, struct sl_error *error,
                     const struct sl_explanation **ret_explanation);

#endif
