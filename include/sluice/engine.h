// SPDX-License-Identifier: Apache-2.0
//
// sluice/engine.h - a text and a rule pack in, a verdict out. Pure: the same text and pack give the
// same verdict, on any thread, alone or in a batch.
//
// Use:
//     struct sl_error error = {0};
//     struct sl_engine *engine;
//     if (sl_engine_open("telco.yaml", NULL, &error, &engine) != SL_OK) { puts(error.text); … }
//     struct sl_judge *judge;
//     sl_judge_open(engine, &error, &judge);             // one a thread
//     struct sl_text text = {.data = "da ieri sera non ho internet", .len = 28};
//     const struct sl_verdict *verdict = sl_judge_texts(judge, &text, 1);
//     if (verdict->outcome == SL_JUDGED) { … verdict->label, verdict->masked … }
//     sl_judge_close(judge);
//     sl_engine_close(engine);
//
// Ownership: the engine is immutable once open and shared by all judges; it outlives them. What a
// verdict points to belongs to its judge and lives until the judge's next call.
//
// Threads: open and close the engine from one thread; a judge belongs to the thread that uses it.
//
// Memory: everything is taken by the two open functions; judging allocates nothing. A judge
// reserves some 350 MiB of address space, enough for a batch of the longest texts; only what is
// used of it becomes resident, a few hundred KiB for posts of ordinary length.
//
// Fail closed: a verdict whose outcome is not SL_JUDGED has no masked text. Do not let the original
// pass in its stead.
//
// Cost: that of matching, which depends on the pack. With 750 phrases, many of them with
// alternatives, 1.2–1.5 µs for a real post of 115 bytes in batches of 64, of which 0.1 µs is
// folding and under 0.1 µs judging, and 0.6 µs more for identifiers (perf/masking.md); a quarter
// more one at a time.
#ifndef SLUICE_ENGINE_H
#define SLUICE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sluice/error.h>
#include <sluice/words.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SL_VERDICT_REASONS_MAX  8
#define SL_VERDICT_REASON_MODEL UINT16_MAX
#define SL_VERDICT_MASKS_MAX    256 // more identifiers in one text: SL_JUDGE_TOO_MANY_MASKS
#define SL_JUDGE_TEXT_BYTES     (256u << 10) // a text up to this is never SL_JUDGE_TEXT_TOO_LONG

struct sl_engine;
struct sl_judge;

struct sl_text {
    const char *data;
    size_t len;
    // Only find and cut identifiers: label, score, topics and signals stay unset. Much cheaper; for
    // fields that are not posts (an author's name) and for plain text filters.
    bool mask_only;
    // What the record says beside its text: see sl_engine_flag. A flag in the text is found anyway.
    enum sl_flag flag;
};

// What the pack says of masking, said otherwise. All zero: as the pack says.
struct sl_masking_options {
    uint32_t kinds;                    // bit i: enum sl_kind; the only ones that are looked for
    uint8_t operators[SL_KINDS_COUNT]; // 1 + enum sl_operator
    uint8_t stars_count;  // of kinds whose operator is given here; 0: as long as it was
    uint8_t labels;       // enum sl_labels
    const char *key_path; // for tokens: a file, see docs/pack.md
    const char *key_id;   // a letter and up to seven letters or digits
};

enum sl_labels {
    SL_LABELS_OF_PACK,
    SL_LABELS_ENGLISH,
    SL_LABELS_ITALIAN,
};

struct sl_engine_options {
    // NULL: as the pack says.
    const struct sl_masking_options *masking;
    // A learned model (docs/training.md) in place of the pack's; NULL: as the pack says; "": none.
    const char *model_path;
    // Where compiled packs are kept; NULL: $XDG_CACHE_HOME/sluice, or ~/.cache/sluice; "": nowhere.
    const char *cache_dir;
};

enum sl_outcome {
    SL_JUDGED,
    SL_JUDGE_SCAN_FAILED,   // the matcher refused
    SL_JUDGE_TEXT_TOO_LONG, // over 1 MiB, or longer than SL_JUDGE_TEXT_BYTES and growing in folding
    SL_JUDGE_TOO_MANY_MASKS, // more than SL_VERDICT_MASKS_MAX identifiers
    SL_OUTCOMES_COUNT,
};

// Bytes [start, end), and what stood there. In a masked text start == end where it was dropped.
struct sl_mask {
    uint32_t start;
    uint32_t end;
    enum sl_kind kind;
};

struct sl_verdict {
    enum sl_outcome outcome;
    enum sl_label label;
    enum sl_label judged; // what the label would be without a flag
    enum sl_flag flag;    // the agency's, in the text or beside it; of two, care
    enum sl_line line;
    uint16_t score_permille; // probability that the text is a request for care, 0..1000
    uint8_t why_count;
    // Patterns that counted most, heaviest first; before them SL_VERDICT_REASON_MODEL, where the
    // rules alone would have decided otherwise.
    uint16_t why[SL_VERDICT_REASONS_MAX];
    uint64_t topics;       // bit i: sl_engine_topic(engine, i)
    uint64_t signals;      // bit i: sl_engine_signal(engine, i)
    bool repaired;         // the text was not valid UTF-8
    struct sl_text masked; // the text as it may leave; the original when nothing was masked
    uint32_t masks_count;
    const struct sl_mask *masks;     // in `masked`: what was put there, ascending
    const struct sl_mask *originals; // in the text: the bytes that were masked, ascending
    uint32_t kept_count;             // found, and left as they are because the pack says so
    const struct sl_mask *kept;      // in the text, ascending
};

// Loads, checks and compiles a pack (or takes it compiled from the cache). NULL for the options
// means defaults. On failure the error says file:line:column and what to do.
int sl_engine_open(const char *pack_path, const struct sl_engine_options *options,
                   struct sl_error *error, struct sl_engine **ret_engine);
void sl_engine_close(struct sl_engine *engine);

// Reads the pack's allow lists again, and the files that they name. Judges go by the new ones from
// their next call on; nothing that is being judged waits. On failure the old ones stay. From one
// thread at a time; judges may be at work meanwhile.
int sl_engine_reload_allowed(struct sl_engine *engine, struct sl_error *error);

// Reads the model's file again, the one the engine was opened with; without a model it does
// nothing. Otherwise as above.
int sl_engine_reload_model(struct sl_engine *engine, struct sl_error *error);

// "telco@1.0": the pack's name and version.
const char *sl_engine_pack_name(const struct sl_engine *engine);

// Names by index; NULL beyond the last. Static for the engine's life.
// The pattern of SL_VERDICT_REASON_MODEL is "model".
const char *sl_engine_topic(const struct sl_engine *engine, size_t index);
const char *sl_engine_signal(const struct sl_engine *engine, size_t index);
const char *sl_engine_pattern(const struct sl_engine *engine, size_t index);

// What a hashtag (with # or without) that the record names beside its text means to the pack. Any
// thread.
enum sl_flag sl_engine_flag(const struct sl_engine *engine, const char *hashtag, size_t len);

int sl_judge_open(const struct sl_engine *engine, struct sl_error *error,
                  struct sl_judge **ret_judge);
void sl_judge_close(struct sl_judge *judge);

#define SL_JUDGE_BATCH_MAX 256

// Judges `count` texts (1 to SL_JUDGE_BATCH_MAX), best 64 posts at a time. Returns one verdict for
// each.
const struct sl_verdict *sl_judge_texts(struct sl_judge *judge, const struct sl_text *texts,
                                        size_t count);

#ifdef __cplusplus
}
#endif
#endif
