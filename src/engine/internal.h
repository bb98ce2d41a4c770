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

// True when a learned model stands beside the rules.
bool sl_engine_has_model(const struct sl_engine *engine);

// Names of topics and signals that the model knows and the pack does not, joined by ", ". Returns
// how many there are; 0 also without a model. Not while a model may be read again.
uint32_t sl_engine_unmatched(const struct sl_engine *engine, char *text, size_t room);

// From which score on a verdict says care, in permille: by the model where there is one, else by
// the pack.
int32_t sl_engine_threshold_permille(const struct sl_engine *engine);

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

// What the learned model added. Words stand as the model saw them, with "[number]" and the like for
// what was hidden from it; parts of the combined logit, in thousandths.
#define SL_EXPLAINED_FEATURES_MAX 12
#define SL_EXPLAINED_WORDS_BYTES  80

struct sl_explained_feature {
    char words[SL_EXPLAINED_WORDS_BYTES]; // a word or two
    int32_t logit_milli;
};

struct sl_explained_model {
    bool used; // without a model all else is zero
    double offset, rules_slope, model_slope;
    int32_t rules_milli; // the logit of the rules alone
    int32_t model_milli; // of the model alone
    int32_t logit_milli; // offset + rules_slope * rules + model_slope * model
    int32_t threshold_permille;
    int32_t patterns_milli; // what the hits of patterns add through the model
    int32_t runs_milli;     // what the runs of characters add
    uint32_t features_count;
    struct sl_explained_feature features[SL_EXPLAINED_FEATURES_MAX]; // strongest first
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
    struct sl_explained_model model;
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

// What a learned model sees of a text, for those who train one.
#define SL_OBSERVED_PATTERNS_MAX 1024 // more hits in one text are left out

struct sl_observed {
    const struct sl_verdict *verdict; // where it is not SL_JUDGED, it is all there is
    const unsigned char *view;        // words view, veiled; SL_FEATURES_PAD_BYTES behind it
    size_t view_len;
    int32_t rules_milli; // the logit of the rules alone
    uint32_t patterns_count;
    uint16_t patterns[SL_OBSERVED_PATTERNS_MAX]; // hit, ascending
};

// Judges one text and tells what a model would have seen. Lives until the judge's next call.
const struct sl_observed *sl_judge_observe(struct sl_judge *judge, struct sl_text text);

#endif
