// SPDX-License-Identifier: Apache-2.0
//
// support/finder.h - identifiers of one text, for tests: fold, look, and back to the text's own
// bytes. Texts are never printed; a message names the line of the example.
#ifndef SL_TESTS_SUPPORT_FINDER_H
#define SL_TESTS_SUPPORT_FINDER_H

#include <sluice/engine.h>

#include "identify/finder.h"

#define SL_TEST_TEXT_MAX  (1u << 16)
#define SL_TEST_SPANS_MAX SL_IDENTIFY_CANDIDATES_MAX
#define SL_TEST_OVERFLOW  UINT32_MAX

// Init of a test suite: tables of the fold, and a finder with every kind on.
void sl_test_finder_init(void);
void sl_test_finder_done(void);
struct sl_finder *sl_test_finder(void);

// The folded view of a text, until the next call.
const struct sl_folded *sl_test_fold(const char *text, size_t len);

// Writes the spans as bytes of the text and returns how many, or SL_TEST_OVERFLOW. Fails the test
// where they are not ascending, disjoint and in bounds.
uint32_t sl_test_find(struct sl_finder *finder, const char *text, size_t len,
                      struct sl_mask *ret_spans);

// An example of a post. What must be masked stands in braces: "chiamate il {347 1234567} grazie".
struct sl_test_example {
    int line;
    const char *marked;
};
#define SL_TEST_EXAMPLE(marked)                                                                    \
    { __LINE__, marked }

// Every example is masked as marked, no byte more or less, and named as `kind`; with all kinds on.
void sl_test_expect_marked(enum sl_kind kind, const struct sl_test_example *examples, size_t count);

#endif
