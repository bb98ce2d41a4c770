// SPDX-License-Identifier: Apache-2.0
#include "engine/judge.h"

#include <hs/hs.h>
#include <math.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "engine/mask.h"
#include "engine/settle.h"
#include "engine/testing.h"
#include "pack/expression.h"
#include "text/fold.h"
#include "text/utf8.h"

// Behind the block is read what nobody goes by.
#define BLOCK_PAD_BYTES                                                                            \
    (SL_FEATURES_PAD_BYTES > SL_PHRASES_PAD_BYTES ? SL_FEATURES_PAD_BYTES : SL_PHRASES_PAD_BYTES)

// Open and close.

static void *take(struct sl_judge *judge, size_t count, size_t bytes) {
    void *taken = sl_arena_take(&judge->memory, count * bytes, alignof(max_align_t));
    SL_ASSERT(taken != NULL);
    return taken;
}

static int take_memory(struct sl_judge *judge, struct sl_error *error) {
    size_t patterns_count = judge->engine->pack->patterns_count;
    size_t found_count =
        patterns_count + judge->engine->pack->guards_count + SL_FLAGS_COUNT - SL_FLAG_CARE;
    size_t sums_count = judge->engine->pack->sums_count;
    const struct sl_phrases *phrases = judge->engine->database.phrases;
    size_t walk_bytes = phrases != NULL ? sl_phrases_walk_bytes(phrases) : 0;
    size_t memory_bytes = SL_FOLDED_BYTES + SL_FINDER_PAD_BYTES          // folded
                          + (SL_FOLDED_BYTES + 1) * sizeof *judge->map   // map
                          + SL_FOLDED_BYTES + SL_FINDER_PAD_BYTES        // folded_again
                          + (SL_FOLDED_BYTES + 1) * sizeof *judge->map   // map_again
                          + SL_BLOCK_BYTES + BLOCK_PAD_BYTES             // block
                          + walk_bytes                                   // walk
                          + SL_BLOCK_PIECES_MAX * sizeof *judge->pieces  // pieces
                          + found_count * sizeof *judge->seen            // seen
                          + found_count * sizeof *judge->touched         // touched
                          + patterns_count * sizeof *judge->doubted      // doubted
                          + SL_PLACES_MAX * sizeof *judge->places        // places
                          + sums_count * sizeof *judge->sums             // sums
                          + SL_JUDGE_BATCH_MAX * sizeof *judge->verdicts // verdicts
                          + SL_JUDGE_BATCH_MAX * sizeof *judge->edges    // edges
                          + 14 * alignof(max_align_t);                   // between them
    // Every text of a batch may be of the greatest length and full of identifiers.
    size_t cuts_bytes = SL_JUDGE_BATCH_MAX * SL_MASK_ROOM_BYTES(SL_FOLD_TEXT_MAX);
    if (sl_arena_init(&judge->memory, memory_bytes, error) != SL_OK ||
        sl_arena_init(&judge->cuts, cuts_bytes, error) != SL_OK) {
        return SL_FAILED;
    }
    judge->folded = take(judge, SL_FOLDED_BYTES + SL_FINDER_PAD_BYTES, 1);
    judge->map = take(judge, SL_FOLDED_BYTES + 1, sizeof *judge->map);
    judge->folded_again = take(judge, SL_FOLDED_BYTES + SL_FINDER_PAD_BYTES, 1);
    judge->map_again = take(judge, SL_FOLDED_BYTES + 1, sizeof *judge->map_again);
    judge->block = take(judge, SL_BLOCK_BYTES + BLOCK_PAD_BYTES, 1);
    judge->walk = phrases != NULL ? take(judge, walk_bytes, 1) : NULL; // new memory is zero
    judge->pieces = take(judge, SL_BLOCK_PIECES_MAX, sizeof *judge->pieces);
    judge->seen = take(judge, found_count, sizeof *judge->seen);
    judge->touched = take(judge, found_count, sizeof *judge->touched);
    judge->doubted = take(judge, patterns_count, sizeof *judge->doubted);
    judge->places = take(judge, SL_PLACES_MAX, sizeof *judge->places);
    judge->sums = take(judge, sums_count, sizeof *judge->sums);
    judge->verdicts = take(judge, SL_JUDGE_BATCH_MAX, sizeof *judge->verdicts);
    judge->edges = take(judge, SL_JUDGE_BATCH_MAX, sizeof *judge->edges);
    sl_arena_seal(&judge->memory);
    return SL_OK;
}

int sl_judge_open(const struct sl_engine *engine, struct sl_error *error,
                  struct sl_judge **ret_judge) {
    struct sl_judge *judge = calloc(1, sizeof *judge);
    if (judge == NULL) {
        return sl_error_set(error, "out of memory for a judge");
    }
    judge->engine = engine;
    struct sl_allow *allowed = sl_allow_shelf_take(engine->allowed, &judge->allowed_generation);
    int opened = take_memory(judge, error) == SL_OK
                     ? sl_finder_open_with(engine->pack, allowed, error, &judge->finder)
                     : SL_FAILED;
    sl_allow_release(allowed);
    if (opened != SL_OK || sl_learned_init(&judge->learned, engine->models, error) != SL_OK) {
        sl_judge_close(judge);
        return SL_FAILED;
    }
    if (engine->database.scratch != NULL &&
        hs_clone_scratch(engine->database.scratch, &judge->scratch) != HS_SUCCESS) {
        sl_judge_close(judge);
        return sl_error_set(error, "out of memory for the matcher's scratch");
    }
    *ret_judge = judge;
    return SL_OK;
}

void sl_judge_close(struct sl_judge *judge) {
    if (judge == NULL) {
        return;
    }
    hs_free_scratch(judge->scratch);
    sl_finder_close(judge->finder);
    sl_learned_done(&judge->learned);
    sl_arena_done(&judge->memory);
    sl_arena_done(&judge->cuts);
    free(judge->explanation);
    free(judge);
}

void sl_judge_break_scan(struct sl_judge *judge) {
    hs_free_scratch(judge->scratch);
    judge->scratch = NULL;
}

// Matches.

// Matches of one database come with ascending ends, so the cursor nearly always stays or steps
// forward; nothing breaks when it has to step back.
static uint32_t piece_at(struct sl_judge *judge, uint64_t match_end) {
    while (match_end > judge->pieces[judge->cursor].end) {
        judge->cursor++;
        SL_ASSERT(judge->cursor < judge->pieces_count);
    }
    while (match_end <= judge->pieces[judge->cursor].start) {
        SL_ASSERT(judge->cursor > 0);
        judge->cursor--;
    }
    return judge->cursor;
}

static void note(struct sl_judge *judge, uint32_t found, uint64_t match_end) {
    uint32_t piece = piece_at(judge, match_end);
    uint64_t bit = UINT64_C(1) << piece, seen = judge->seen[found];
    if ((seen & bit) != 0) {
        return;
    }
    if (seen == 0) {
        judge->touched[judge->touched_count++] = (uint16_t)found;
    }
    judge->seen[found] = seen | bit;
}

static void on_phrase(void *context, uint32_t found, uint32_t end) {
    note(context, found, end);
}

static int on_match(unsigned found, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)from, (void)flags;
    struct sl_judge *judge = context;
    if (found >= SL_DATABASE_ASKED) {
        if (!sl_words_asks(judge->block, to, SL_PHRASE_QUESTION_BYTES - 1)) {
            return 0;
        }
        found -= SL_DATABASE_ASKED;
    }
    note(judge, found, to);
    return 0;
}

// What follows from all matches of a text.

static uint16_t score_permille(int32_t logit_milli) {
    return (uint16_t)lround(1000.0 / (1.0 + exp(logit_milli / -1000.0)));
}

// Not a letter or digit of any script. What is left beyond ASCII after folding are letters but for
// these blocks of punctuation and symbols; where a block holds both, a text counts as saying
// something.
static bool says_nothing(uint32_t code_point) {
    static const struct {
        uint32_t first, last;
    } silent[] = {
        {0x80, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},       {0x2000, 0x2BFF},
        {0x2E00, 0x2E7F}, {0x3000, 0x3004}, {0x3008, 0x3020},   {0xE000, 0xF8FF},
        {0xFE00, 0xFE6F}, {0xFFF0, 0xFFFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF},
    };
    if (code_point < 0x80) {
        return !((code_point >= 'a' && code_point <= 'z') ||
                 (code_point >= '0' && code_point <= '9'));
    }
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++) {
        if (code_point >= silent[i].first && code_point <= silent[i].last) {
            return true;
        }
    }
    return false;
}

static bool is_silent(const unsigned char *folded, size_t len) {
    for (size_t at = 0; at < len;) {
        uint32_t code_point;
        bool valid;
        at += sl_utf8_decode(folded + at, len - at, &code_point, &valid);
        if (!says_nothing(code_point)) {
            return false;
        }
    }
    return true;
}

static enum sl_label label_of(const struct sl_judge *judge, const struct sl_piece *piece,
                              int32_t threshold_permille) {
    const struct sl_pack *pack = judge->engine->pack;
    const struct sl_verdict *verdict = piece->verdict;
    if (verdict->score_permille >= threshold_permille) {
        return SL_LABEL_CARE;
    }
    if ((verdict->signals & pack->signal_thanks) != 0) {
        return SL_LABEL_THANKS;
    }
    if ((verdict->signals & pack->signal_spam) != 0 ||
        is_silent(judge->block + piece->start, piece->end - piece->start)) {
        return SL_LABEL_NOISE;
    }
    return SL_LABEL_EDITORIAL;
}

// Of flags that contradict each other, care: what is asked for in vain is worse.
static enum sl_flag flag_of(const struct sl_judge *judge, const struct sl_piece *piece) {
    const struct sl_pack *pack = judge->engine->pack;
    const uint64_t *flags = &judge->seen[pack->patterns_count + pack->guards_count];
    uint64_t bit = UINT64_C(1) << (piece - judge->pieces);
    if (piece->flag == SL_FLAG_CARE || (flags[0] & bit) != 0) {
        return SL_FLAG_CARE;
    }
    return (flags[SL_FLAG_EDITORIAL - SL_FLAG_CARE] & bit) != 0 ? SL_FLAG_EDITORIAL : piece->flag;
}

// The reason that is no pattern: without the model the label would be another.
static void add_model_reason(struct sl_verdict *verdict) {
    if (verdict->why_count < SL_VERDICT_REASONS_MAX) {
        verdict->why_count++;
    }
    memmove(&verdict->why[1], &verdict->why[0], (verdict->why_count - 1u) * sizeof verdict->why[0]);
    verdict->why[0] = SL_VERDICT_REASON_MODEL;
}

// What the rules found stays; the model weighs it anew, and adds what it found itself.
static void conclude_learned(struct sl_judge *judge, const struct sl_piece *piece) {
    struct sl_verdict *verdict = piece->verdict;
    struct sl_model_opinion opinion;
    sl_learned_conclude(&judge->learned, (uint32_t)(piece - judge->pieces), piece->logit_milli,
                        piece->learned_milli, &opinion);
    bool care = score_permille(piece->logit_milli) >= judge->engine->pack->threshold_permille;
    verdict->signals |= opinion.signals;
    verdict->score_permille = score_permille(opinion.logit_milli);
    verdict->judged = label_of(judge, piece, sl_model_threshold_permille(judge->learned.model));
    if (verdict->judged == SL_LABEL_CARE) {
        verdict->topics |= opinion.topics;
    }
    if (care != (verdict->judged == SL_LABEL_CARE)) {
        add_model_reason(verdict);
    }
}

static void conclude(struct sl_judge *judge, const struct sl_piece *piece) {
    struct sl_verdict *verdict = piece->verdict;
    if (judge->learned.model != NULL) {
        conclude_learned(judge, piece);
    } else {
        verdict->score_permille = score_permille(piece->logit_milli);
        verdict->judged = label_of(judge, piece, judge->engine->pack->threshold_permille);
    }
    if (judge->learned.observed != NULL) {
        judge->learned.observed->rules_milli = piece->logit_milli;
    }
    verdict->flag = flag_of(judge, piece);
    verdict->label = verdict->flag == SL_FLAG_NONE   ? verdict->judged
                     : verdict->flag == SL_FLAG_CARE ? SL_LABEL_CARE
                                                     : SL_LABEL_EDITORIAL;
    verdict->line = piece->mobile_votes > piece->fixed_votes   ? SL_LINE_MOBILE
                    : piece->fixed_votes > piece->mobile_votes ? SL_LINE_FIXED
                                                               : SL_LINE_UNKNOWN;
}

// A verdict that is not SL_JUDGED holds nothing else: above all no text.
static void refuse(struct sl_verdict *verdict, enum sl_outcome outcome) {
    *verdict = (struct sl_verdict){.outcome = outcome};
}

bool sl_judge_scan(struct sl_judge *judge) {
    const struct sl_database *database = &judge->engine->database;
    if (judge->pieces_count > 0 && database->phrases != NULL) {
        sl_phrases_walk(database->phrases, judge->walk, judge->block, judge->block_used, on_phrase,
                        judge);
        judge->cursor = 0;
    }
    return judge->pieces_count == 0 || database->compiled == NULL ||
           hs_scan(database->compiled, (const char *)judge->block, judge->block_used, 0,
                   judge->scratch, on_match, judge) == HS_SUCCESS;
}

void sl_judge_forget_block(struct sl_judge *judge) {
    sl_settle_forget(judge);
    judge->pieces_count = 0;
    judge->block_used = 0;
    judge->cursor = 0;
}

static void scan_block(struct sl_judge *judge) {
    bool scanned = sl_judge_scan(judge) && sl_settle(judge);
    for (uint32_t i = 0; i < judge->pieces_count; i++) {
        if (scanned) {
            conclude(judge, &judge->pieces[i]);
        } else {
            refuse(judge->pieces[i].verdict, SL_JUDGE_SCAN_FAILED);
        }
    }
    sl_judge_forget_block(judge);
}

_Static_assert(SL_FOLDED_BYTES <= SL_FINDER_TEXT_MAX, "whatever folds can be looked at");

// From texts to the block.

bool sl_judge_fold(struct sl_judge *judge, const struct sl_text *text,
                   struct sl_folded *ret_folded) {
    return sl_fold(text->data, text->len, judge->folded, SL_FOLDED_BYTES, judge->map,
                   SL_FOLDED_BYTES + 1, ret_folded) != SL_FOLD_NO_ROOM;
}

static void add_piece(struct sl_judge *judge, const struct sl_folded *folded,
                      const struct sl_found *found, enum sl_flag flag, struct sl_verdict *verdict) {
    if (SL_WORDS_BYTES(folded->len) + 1 > SL_BLOCK_BYTES - judge->block_used) {
        scan_block(judge);
    }
    uint32_t start = judge->block_used;
    size_t words_len = sl_words(folded->bytes, folded->len, judge->block + start, NULL);
    judge->block_used += (uint32_t)words_len;
    if (sl_learned_listens(&judge->learned)) {
        sl_learned_read(&judge->learned, judge->pieces_count, judge->block + start, words_len,
                        folded, found);
    }
    judge->pieces[judge->pieces_count++] =
        (struct sl_piece){.start = start,
                          .end = judge->block_used,
                          .logit_milli = judge->engine->pack->bias_milli,
                          .flag = flag,
                          .verdict = verdict};
    judge->block[judge->block_used++] = '\n';
    if (judge->pieces_count == SL_BLOCK_PIECES_MAX) {
        scan_block(judge);
    }
}

// False when a head is one mask too many: it would have nowhere to go.
static bool keep_edges(struct sl_judge *judge, size_t index, const struct sl_folded *folded,
                       const struct sl_edges *found) {
    if (found == NULL) {
        return true;
    }
    const struct sl_verdict *verdict = &judge->verdicts[index];
    struct sl_edges *edges = &judge->edges[judge->edges_count];
    *edges = *found;
    sl_mask_edges(folded, verdict, edges);
    if (edges->has_tail || edges->has_head) {
        judge->edges_of[index] = ++judge->edges_count;
    }
    return !edges->has_head || verdict->masks_count < SL_VERDICT_MASKS_MAX;
}

const struct sl_edges *sl_judge_edges(const struct sl_judge *judge, size_t index) {
    uint16_t of = judge->edges_of[index];
    return of > 0 ? &judge->edges[of - 1] : NULL;
}

// What labels do not do, the others may: put digits next to each other, or a cue next to digits.
// Then masking again would find something.
static bool holds_identifier(struct sl_judge *judge, const struct sl_text *masked) {
    struct sl_folded folded;
    if (sl_fold(masked->data, masked->len, judge->folded_again, SL_FOLDED_BYTES, judge->map_again,
                SL_FOLDED_BYTES + 1, &folded) == SL_FOLD_NO_ROOM) {
        return true;
    }
    struct sl_found found = sl_finder_look(judge->finder, masked->data, &folded);
    return found.overflow || found.spans_count > 0;
}

// *ret_found lives until the finder's next look.
static enum sl_outcome mask(struct sl_judge *judge, const struct sl_text *text,
                            const struct sl_folded *folded, struct sl_verdict *verdict,
                            struct sl_found *ret_found) {
    const struct sl_engine *engine = judge->engine;
    size_t used_bytes = judge->cuts.used_bytes;
    struct sl_found *found = ret_found;
    *found = sl_finder_look(judge->finder, text->data, folded);
    enum sl_outcome outcome =
        sl_mask_text(text, folded, found, &engine->operators, &judge->cuts, verdict);
    if (outcome != SL_JUDGED || verdict->masks_count == 0 || engine->operators.only_labels) {
        return outcome;
    }
    bool again = holds_identifier(judge, &verdict->masked);
    if (!again && text->mask_only) {
        return outcome;
    }
    // Whoever asks the finder for edges means the text itself.
    *found = sl_finder_look(judge->finder, text->data, folded);
    if (!again) {
        return outcome;
    }
    sl_arena_rewind(&judge->cuts, used_bytes);
    return sl_mask_text(text, folded, found, &engine->labels, &judge->cuts, verdict);
}

static void take_text(struct sl_judge *judge, size_t index, const struct sl_text *text) {
    struct sl_verdict *verdict = &judge->verdicts[index];
    *verdict = (struct sl_verdict){.outcome = SL_JUDGED};
    judge->edges_of[index] = 0;
    struct sl_folded folded;
    if (!sl_judge_fold(judge, text, &folded)) {
        refuse(verdict, SL_JUDGE_TEXT_TOO_LONG);
        return;
    }
    verdict->repaired = folded.repaired;
    struct sl_found found;
    enum sl_outcome outcome = mask(judge, text, &folded, verdict, &found);
    if (outcome != SL_JUDGED) {
        refuse(verdict, outcome);
    } else if (text->mask_only) {
        return;
    } else if (!keep_edges(judge, index, &folded, sl_finder_edges(judge->finder))) {
        judge->edges_of[index] = 0;
        refuse(verdict, SL_JUDGE_TOO_MANY_MASKS);
    } else {
        add_piece(judge, &folded, &found, text->flag, verdict);
    }
}

static void take_allowed(struct sl_judge *judge) {
    struct sl_allow_shelf *shelf = judge->engine->allowed;
    if (sl_allow_shelf_changed(shelf, judge->allowed_generation)) {
        struct sl_allow *allowed = sl_allow_shelf_take(shelf, &judge->allowed_generation);
        sl_finder_allow(judge->finder, allowed);
        sl_allow_release(allowed);
    }
}

const struct sl_verdict *sl_judge_texts(struct sl_judge *judge, const struct sl_text *texts,
                                        size_t count) {
    SL_ASSERT(count >= 1 && count <= SL_JUDGE_BATCH_MAX);
    sl_arena_reset(&judge->cuts);
    judge->edges_count = 0;
    take_allowed(judge);
    sl_learned_refresh(&judge->learned, judge->engine->models);
    for (size_t i = 0; i < count; i++) {
        take_text(judge, i, &texts[i]);
    }
    scan_block(judge);
    return judge->verdicts;
}

static int compare_patterns(const void *a, const void *b) {
    uint16_t x = *(const uint16_t *)a, y = *(const uint16_t *)b;
    return x < y ? -1 : x > y;
}

const struct sl_observed *sl_judge_observe(struct sl_judge *judge, struct sl_text text) {
    struct sl_observed *observed = sl_learned_begin_observing(&judge->learned);
    observed->verdict = sl_judge_texts(judge, &text, 1);
    sl_learned_end_observing(&judge->learned);
    if (observed->verdict->outcome == SL_JUDGED) {
        qsort(observed->patterns, observed->patterns_count, sizeof observed->patterns[0],
              compare_patterns);
    }
    return observed;
}
