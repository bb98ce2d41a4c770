// SPDX-License-Identifier: Apache-2.0
//
// identify/finder.h - finds identifiers in one folded text: candidates by shape, then checksum,
// issuer, grouping and context decide.
//
// The frame. The words of a text are looked at once for cues (cues.h). A text that holds neither
// three digits (one will do where '%', '&' or '=' stands), nor '@', "://", sixteen letters and
// digits in one piece, nor a cue that needs none of these, is not looked at further. Otherwise
// every kind is offered the anchors it asks for (kind.h). A candidate carries a score of 0..100
// from shape, checksum, issuer, grouping, cues before and after it, and bad neighbours; from its
// kind's threshold on it is masked. Then the same for the text's second reading (reading.h), in
// each of its steps, where it has one.
//
// Overlaps: every byte of every accepted candidate is masked, always, and no kind knows what
// another found; so switching a kind on never unmasks anything. Accepted candidates that overlap or
// touch become one span. It is named by the candidate with the best proof (a check, a cue, the
// shape alone), of those by the kind that stands first in enum sl_kind, and of those by the
// longest. Kinds that the pack keeps have no part in spans.
//
// A kind is one file kind_<name>.c with one struct sl_kind_rules, listed in finder.c.
//
// Threads: no shared state; the finder belongs to its judge. Nothing is allocated after open, which
// reserves some 60 MiB of address space. Cost: 0.2 µs to look at the words of a post without
// digits, 0.6 µs for the average post, 1–3 µs for one that holds candidates (perf/masking.md); time
// grows with the length of the text, whatever it holds.
#ifndef SL_IDENTIFY_FINDER_H
#define SL_IDENTIFY_FINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sluice/words.h>

#include "base/error.h"
#include "identify/allow.h"
#include "pack/pack.h"
#include "text/fold.h"

#define SL_FINDER_TEXT_MAX         (4u << 20) // folded bytes; longer is an overflow
#define SL_FINDER_PAD_BYTES        64
#define SL_IDENTIFY_CANDIDATES_MAX 512 // accepted ones; more are an overflow

struct sl_candidate {
    uint32_t start, end; // folded bytes
    enum sl_kind kind;
    int score;        // 0..100
    uint32_t reasons; // bits, enum sl_reason
};

// Accepted candidates that overlap or touch, as one.
struct sl_span {
    uint32_t start, end;     // folded bytes
    enum sl_kind kind;       // that names it
    int score;               // the highest
    uint32_t reasons;        // of all
    uint32_t kinds;          // bits: of all
    uint32_t characters_min; // the fewest letters and digits that one of them has
    // The one that names it, in the view in which it was found: disguises undone.
    const unsigned char *value;
    uint32_t value_len;
};

enum sl_reason {
    SL_REASON_SHAPE = 1 << 0,
    SL_REASON_CHECKSUM = 1 << 1,
    SL_REASON_CHECKSUM_WRONG = 1 << 2,
    SL_REASON_ISSUER = 1 << 3,
    SL_REASON_GROUPING = 1 << 4,
    SL_REASON_PREFIX = 1 << 5, // +39, IT …
    SL_REASON_CUE_BEFORE = 1 << 6,
    SL_REASON_CUE_AFTER = 1 << 7,
    SL_REASON_CUE_AGAINST = 1 << 8, // "ordine n.", "tracking"
    SL_REASON_NEIGHBOUR = 1 << 9,   // currency, %, unit, date, longer number, part of an address
    SL_REASON_SERVICE = 1 << 10,    // a number of the operator's or of public service
    SL_REASON_ALONE = 1 << 11,      // the text is nothing else
    SL_REASON_ALLOWED = 1 << 12,    // on the pack's allow list
    SL_REASON_DISGUISE = 1 << 13,   // seen in the second reading
};

struct sl_finder; // memory for one text at a time

struct sl_found {
    bool overflow; // a limit was hit: nothing else is valid, fail closed
    // What was weighed, ascending by start: all that was accepted, and of what was let go the first
    // few hundred.
    const struct sl_candidate *candidates;
    uint32_t candidates_count;
    const struct sl_span *spans; // disjoint, ascending
    uint32_t spans_count;
    // The same of the kinds that the pack keeps (SL_OPERATOR_KEEP): seen, and left alone. They may
    // overlap with spans.
    const struct sl_span *kept;
    uint32_t kept_count;
};

int sl_finder_open(const struct sl_pack *pack, struct sl_error *error,
                   struct sl_finder **ret_finder);

// The same with a set of allowed values made already; without, the pack's is made.
int sl_finder_open_with(const struct sl_pack *pack, struct sl_allow *allow, struct sl_error *error,
                        struct sl_finder **ret_finder);

// From here on these values are allowed. Not between a look and the use of what it found.
void sl_finder_allow(struct sl_finder *finder, struct sl_allow *allow);

void sl_finder_close(struct sl_finder *finder);

// Looks through one text, of which `folded` is the folded view; behind it SL_FINDER_PAD_BYTES more
// must be readable, whatever they hold. The result lives until the next call.
struct sl_found sl_finder_look(struct sl_finder *finder, const char *text,
                               const struct sl_folded *folded);

// True when a short field (a name, a handle) could hold an identifier at all: what is shorter than
// SL_FINDER_FIELD_BYTES needs three digits, '@' or "://". Asks without folding; about 1 ns a byte.
#define SL_FINDER_FIELD_BYTES 20
bool sl_finder_may_find(const char *text, size_t len);

// Where the text that was looked at last begins or ends with half a number (edges.h), or NULL;
// until the next call. The text must still be there.
const struct sl_edges *sl_finder_edges(struct sl_finder *finder);

// A candidate of this kind with this score or more is masked.
int sl_kind_threshold(enum sl_kind kind);

// Writes the reasons as words, "shape, checksum, cue before", cut where the room ends; returns the
// length.
size_t sl_reasons_to_text(uint32_t reasons, char *text, size_t room);

#endif
