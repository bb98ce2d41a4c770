// SPDX-License-Identifier: Apache-2.0
//
// quality/score.h - looks at one case with every kind on, and says how what is masked agrees with
// what should be.
//
//   covered  every letter and digit of the spans is masked
//   clean    nothing outside the spans is masked
//   exact    the spans are those of the case, to the byte
//   named    what is masked is masked as the case's kind
//
// Cases of one file that share a text, each for another kind, stand in one post: what one expects
// is not held against the other.
#ifndef SL_TESTS_QUALITY_SCORE_H
#define SL_TESTS_QUALITY_SCORE_H

#include "identify/finder.h"
#include "quality/cases.h"

#define SL_SCORE_NOTHING   SL_KINDS_COUNT // the row of cases that tempt no kind in particular
#define SL_SCORE_ROWS      (SL_KINDS_COUNT + 1)
#define SL_SCORE_TEXT_MAX  (1u << 16)
#define SL_SCORE_SPANS_MAX SL_IDENTIFY_CANDIDATES_MAX

struct sl_score {
    bool masked, covered, clean, exact, named;
    bool of_kind;                                  // some of it is masked as the case's kind
    struct sl_case_span spans[SL_SCORE_SPANS_MAX]; // what is masked, bytes of the text
    uint32_t spans_count;
};

// The kind that a case's entity belongs to, SL_SCORE_NOTHING, or −1 where it is none of the
// stage's.
int sl_score_row(const char *entity);

// `cases` are those of the file, of which `one` is scored in row `row`. Ends the program with
// status 2 where the finder refuses the text.
void sl_score_case(struct sl_finder *finder, const struct sl_case *cases, size_t cases_count,
                   const struct sl_case *one, int row, struct sl_score *ret_score);

#endif
