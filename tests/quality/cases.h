// SPDX-License-Identifier: Apache-2.0
//
// quality/cases.h - reads files of masking cases: one JSON object a line,
//
//   {"id": "own-0001", "entity": "PHONE_NUMBER", "text": "tel 347 1234567", "spans": [[4, 15]]}
//
// where spans are [start, end) in code points and no spans means that nothing is to be masked. What
// else a line may say: "category", the idea behind the case; "group" and "seq", the parts of one
// number split over posts.
#ifndef SL_TESTS_QUALITY_CASES_H
#define SL_TESTS_QUALITY_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_CASE_SPANS_MAX 16

struct sl_case_span {
    uint32_t start, end; // bytes of the text
};

struct sl_case {
    const char *id, *entity, *text;
    const char *category; // "" where the file has none
    size_t len;
    struct sl_case_span spans[SL_CASE_SPANS_MAX]; // ascending, disjoint
    uint32_t spans_count;
    bool split; // a part of something that goes on in another case
};

typedef void (*sl_case_fn)(const struct sl_case *one, void *context);

// Shows every case of a file to `look`. False: there is no such file. A line that is no case ends
// the program with status 2 and the line's number.
bool sl_cases_each(const char *path, sl_case_fn look, void *context);

#endif
