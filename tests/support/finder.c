// SPDX-License-Identifier: Apache-2.0
#include "support/finder.h"

#include <criterion/criterion.h>
#include <string.h>

static struct sl_finder *finder;

void sl_test_finder_init(void) {
    struct sl_error error = {0};
    struct sl_pack pack = {0};
    cr_assert_eq(sl_fold_init(&error), SL_OK, "%s", error.text);
    for (int kind = 0; kind < SL_KINDS_COUNT; kind++) {
        pack.identifiers[kind].on = true;
    }
    cr_assert_eq(sl_finder_open(&pack, &error, &finder), SL_OK, "%s", error.text);
}

void sl_test_finder_done(void) {
    sl_finder_close(finder);
}

struct sl_finder *sl_test_finder(void) {
    return finder;
}

const struct sl_folded *sl_test_fold(const char *text, size_t len) {
    static unsigned char bytes[SL_TEST_TEXT_MAX * SL_FOLD_GROWTH];
    static uint32_t map[SL_TEST_TEXT_MAX * SL_FOLD_GROWTH + 1];
    static struct sl_folded folded;
    size_t written =
        sl_fold(text, len, bytes, sizeof bytes, map, sizeof map / sizeof map[0], &folded);
    cr_assert_neq(written, SL_FOLD_NO_ROOM);
    return &folded;
}

uint32_t sl_test_find(struct sl_finder *with, const char *text, size_t len,
                      struct sl_mask *ret_spans) {
    const struct sl_folded *folded = sl_test_fold(text, len);
    struct sl_found found = sl_finder_look(with, text, folded);
    uint32_t last = 0;
    if (found.overflow) {
        return SL_TEST_OVERFLOW;
    }
    for (uint32_t i = 0; i < found.spans_count; i++) {
        struct sl_mask *span = &ret_spans[i];
        cr_assert(found.spans[i].start < found.spans[i].end && found.spans[i].end <= folded->len);
        sl_fold_original_range(folded, found.spans[i].start, found.spans[i].end, &span->start,
                               &span->end);
        span->kind = found.spans[i].kind;
        cr_assert(span->start < span->end && span->end <= len, "span %u is out of bounds", i);
        cr_assert(i == 0 || span->start >= last, "span %u overlaps the one before", i);
        last = span->end;
    }
    return found.spans_count;
}

// Splits "a {b} c" into the text and the places of what stood in braces.
static uint32_t read_marked(const char *marked, char *text, struct sl_mask *spans,
                            size_t *ret_len) {
    uint32_t count = 0;
    size_t len = 0;
    for (; *marked != '\0'; marked++) {
        if (*marked == '{') {
            spans[count].start = (uint32_t)len;
        } else if (*marked == '}') {
            spans[count++].end = (uint32_t)len;
        } else {
            text[len++] = *marked;
        }
    }
    *ret_len = len;
    return count;
}

static void expect_marked(enum sl_kind kind, const struct sl_test_example *example) {
    static struct sl_mask expected[SL_TEST_SPANS_MAX], found[SL_TEST_SPANS_MAX];
    static char text[SL_TEST_TEXT_MAX];
    size_t len;
    uint32_t expected_count = read_marked(example->marked, text, expected, &len);
    uint32_t count = sl_test_find(finder, text, len, found);
    cr_expect_eq(count, expected_count, "line %d: %u identifiers and not %u", example->line, count,
                 expected_count);
    for (uint32_t i = 0; i < count && i < expected_count; i++) {
        cr_expect(found[i].start == expected[i].start && found[i].end == expected[i].end,
                  "line %d: identifier %u is at %u–%u and not at %u–%u", example->line, i,
                  found[i].start, found[i].end, expected[i].start, expected[i].end);
        cr_expect_eq(found[i].kind, kind, "line %d: identifier %u is %s and not %s", example->line,
                     i, sl_kind_word(found[i].kind), sl_kind_word(kind));
    }
}

void sl_test_expect_marked(enum sl_kind kind, const struct sl_test_example *examples,
                           size_t count) {
    for (size_t i = 0; i < count; i++) {
        expect_marked(kind, &examples[i]);
    }
}
