// SPDX-License-Identifier: Apache-2.0
//
// Goal: what is masked is exactly the original bytes behind the spans, whole code points, and the
// lists say where they were and where their labels are.
// Method: first the cutter alone, with spans made up here; then whole texts through a judge.
#include <criterion/criterion.h>
#include <string.h>

#include "engine/internal.h"
#include "engine/mask.h"
#include "support/engine_pack.h"

static unsigned char folded_bytes[4096];
static uint32_t map[4096];
static struct sl_arena arena;
static const struct sl_operators labels;

static void open_arena(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_fold_init(&error), SL_OK);
    cr_assert_eq(sl_arena_init(&arena, 1 << 20, &error), SL_OK);
}

TestSuite(engine_mask, .init = open_arena);

static struct sl_verdict cut(const char *terminated, const struct sl_span *spans, uint32_t count) {
    struct sl_text text = sl_test_text(terminated);
    struct sl_folded folded;
    cr_assert_neq(
        sl_fold(text.data, text.len, folded_bytes, sizeof folded_bytes, map, 4096, &folded),
        SL_FOLD_NO_ROOM);
    struct sl_found found = {.spans = spans, .spans_count = count};
    struct sl_verdict verdict = {0};
    cr_assert_eq(sl_mask_text(&text, &folded, &found, &labels, &arena, &verdict), SL_JUDGED);
    return verdict;
}

static void expect_masked(const struct sl_verdict *verdict, const char *expected) {
    cr_expect(verdict->masked.len == strlen(expected) &&
                  memcmp(verdict->masked.data, expected, verdict->masked.len) == 0,
              "'%.*s' instead of '%s'", (int)verdict->masked.len, verdict->masked.data, expected);
}

Test(engine_mask, cut_without_spans_is_the_text_itself) {
    const char *text = "niente da nascondere";
    struct sl_verdict verdict = cut(text, NULL, 0);
    cr_expect_eq(verdict.masked.data, text);
    cr_expect_eq(verdict.masked.len, strlen(text));
    cr_expect_eq(verdict.masks_count, 0);
}

Test(engine_mask, cut_every_kind_has_its_word_as_label) {
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        struct sl_span span = {.start = 1, .end = 2, .kind = kind};
        struct sl_verdict verdict = cut("axb", &span, 1);
        size_t len = strlen(sl_kind_word(kind));
        cr_assert_eq(verdict.masked.len, len + 4);
        cr_expect_eq(strncasecmp(verdict.masked.data + 2, sl_kind_word(kind), len), 0);
        cr_expect_eq(verdict.masked.data[1], '[');
        cr_expect_eq(verdict.masked.data[len + 2], ']');
    }
    struct sl_span span = {.start = 0, .end = 1, .kind = SL_KIND_FISCAL_CODE};
    struct sl_verdict verdict = cut("x", &span, 1);
    expect_masked(&verdict, "[FISCAL_CODE]");
}

Test(engine_mask, cut_at_both_ends_leaves_what_is_between) {
    struct sl_span spans[] = {{.start = 0, .end = 2, .kind = SL_KIND_EMAIL},
                              {.start = 4, .end = 6, .kind = SL_KIND_PHONE}};
    struct sl_verdict verdict = cut("xx--yy", spans, 2);
    expect_masked(&verdict, "[EMAIL]--[PHONE]");
    cr_expect_eq(verdict.masks[0].start, 0);
    cr_expect_eq(verdict.masks[0].end, 7);
    cr_expect_eq(verdict.masks[1].start, 9);
    cr_expect_eq(verdict.masks[1].end, 16);
    cr_expect_eq(verdict.originals[1].start, 4);
    cr_expect_eq(verdict.originals[1].end, 6);
}

Test(engine_mask, cut_ranges_that_touch_become_one_of_the_first_kind) {
    struct sl_span spans[] = {{.start = 1, .end = 2, .kind = SL_KIND_PHONE},
                              {.start = 2, .end = 3, .kind = SL_KIND_IBAN},
                              {.start = 4, .end = 5, .kind = SL_KIND_PHONE}};
    struct sl_verdict verdict = cut("abcdef", spans, 3);
    expect_masked(&verdict, "a[IBAN]d[PHONE]f");
    cr_expect_eq(verdict.masks_count, 2);
    cr_expect_eq(verdict.originals[0].kind, SL_KIND_IBAN);
    cr_expect_eq(verdict.originals[0].end, 3);
}

// ﬃ is one code point that folds to three bytes: a span of its middle takes all of it.
Test(engine_mask, cut_spans_within_one_code_point_take_it_once) {
    struct sl_span spans[] = {{.start = 1, .end = 2, .kind = SL_KIND_PHONE},
                              {.start = 3, .end = 4, .kind = SL_KIND_EMAIL}};
    struct sl_verdict verdict = cut("a\xEF\xAC\x83z", spans, 2);
    expect_masked(&verdict, "a[EMAIL]z");
    cr_expect_eq(verdict.masks_count, 1);
}

Test(engine_mask, cut_takes_what_folds_to_nothing_behind_a_character_with_it) {
    // Keycaps: each digit is followed by U+FE0F U+20E3.
    struct sl_span span = {.start = 2, .end = 4, .kind = SL_KIND_PHONE};
    struct sl_verdict verdict = cut("è 3\xEF\xB8\x8F\xE2\x83\xA3"
                                    "4\xEF\xB8\x8F\xE2\x83\xA3 ù",
                                    &span, 1);
    expect_masked(&verdict, "è [PHONE] ù");
    cr_expect_eq(verdict.originals[0].start, 3);
    cr_expect_eq(verdict.originals[0].end, 17);
}

Test(engine_mask, cut_after_a_finder_that_gave_up_is_refused) {
    struct sl_text text = sl_test_text("x");
    struct sl_folded folded = {.len = 1, .original_len = 1, .identity = true};
    struct sl_found found = {.overflow = true};
    struct sl_verdict verdict = {0};
    cr_expect_eq(sl_mask_text(&text, &folded, &found, &labels, &arena, &verdict),
                 SL_JUDGE_TOO_MANY_MASKS);
    cr_expect_null(verdict.masked.data);
}

Test(engine_mask, judge_text_without_identifiers_is_not_copied) {
    struct sl_engine *engine =
        sl_test_engine_open("  - {id: fault, weight: 3.0, phrases: [guasto]}\n", "");
    struct sl_judge *judge = sl_test_judge_open(engine);
    const char *text = "guasto da 3 giorni, perché? @operatore";
    cr_expect_eq(sl_test_judge(judge, text)->masked.data, text);
    sl_judge_close(judge);
    sl_engine_close(engine);
}

Test(engine_mask, judge_identifiers_among_multibyte_text_are_cut_whole) {
    struct sl_engine *engine =
        sl_test_engine_open("  - {id: fault, weight: 3.0, phrases: [guasto]}\n", "");
    struct sl_judge *judge = sl_test_judge_open(engine);
    static const struct {
        const char *text, *masked;
    } cases[] = {
        {"città 😀 mario.rossi@example.it è giù", "città 😀 [EMAIL] è giù"},
        {"però: ３３３ １２３ ４５６７ è il cellulare", "però: [PHONE] è il cellulare"},
        {"mail Mario.Rossi＠example.it，cell 333-1234567", "mail [EMAIL]，cell [PHONE]"},
        {"mario.rossi@example.it", "[EMAIL]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct sl_verdict *verdict = sl_test_judge(judge, cases[i].text);
        expect_masked(verdict, cases[i].masked);
        for (uint32_t j = 0; j < verdict->masks_count; j++) {
            const struct sl_mask *mask = &verdict->masks[j];
            cr_expect_eq(verdict->masked.data[mask->start], '[');
            cr_expect_eq(verdict->masked.data[mask->end - 1], ']');
        }
    }
    sl_judge_close(judge);
    sl_engine_close(engine);
}

// Masks are one more in place; the text has room for a label before it.
static void expect_more(const char *text, uint32_t start, uint32_t end, const char *expected) {
    static char room[256];
    struct sl_mask masks[4] = {0};
    struct sl_masked_text masked = {.data = room + SL_LABEL_BYTES_MAX, .len = strlen(text)};
    memcpy(masked.data, text, masked.len);
    masked.masks = masks;
    for (uint32_t at = 0; at < masked.len; at++) {
        if (text[at] == '[') {
            masks[masked.masks_count++] =
                (struct sl_mask){at, (uint32_t)(strchr(text + at, ']') - text) + 1, SL_KIND_EMAIL};
        }
    }
    sl_mask_more(&masked, start, end, SL_KIND_CARD, false);
    cr_assert_geq(masked.data, room);
    cr_expect(masked.len == strlen(expected) && memcmp(masked.data, expected, masked.len) == 0,
              "'%.*s' instead of '%s'", (int)masked.len, masked.data, expected);
    uint32_t seen = 0;
    for (uint32_t at = 0; at < masked.len; at++) {
        if (masked.data[at] == '[') {
            cr_assert_lt(seen, masked.masks_count);
            cr_expect_eq(masks[seen].start, at);
            cr_expect_eq(masked.data[masks[seen].end - 1], ']');
            bool card = memcmp(masked.data + at, "[CARD]", 6) == 0;
            cr_expect_eq(masks[seen].kind, card ? SL_KIND_CARD : SL_KIND_EMAIL);
            seen++;
        }
    }
    cr_expect_eq(seen, masked.masks_count);
}

Test(engine_mask, more_cuts_one_piece_more) {
    expect_more("4", 0, 1, "[CARD]");
    expect_more("2/2 4111, ciao", 4, 8, "2/2 [CARD], ciao");
    expect_more("è 1111111111111111!", 3, 19, "è [CARD]!");
    expect_more("4 [EMAIL] e [EMAIL]", 0, 1, "[CARD] [EMAIL] e [EMAIL]");
    expect_more("[EMAIL] 42 [EMAIL]", 8, 10, "[EMAIL] [CARD] [EMAIL]");
    expect_more("1 [EMAIL] 2 [EMAIL]", 0, 11, "[CARD] [EMAIL]");
    expect_more("[EMAIL]", 0, 7, "[CARD]");
}

Test(engine_mask, judge_edges_are_in_bytes_of_the_masked_text) {
    struct sl_engine *engine =
        sl_test_engine_open("  - {id: fault, weight: 3.0, phrases: [guasto]}\n", "");
    struct sl_judge *judge = sl_test_judge_open(engine);
    const char *text = "…5550142 è il resto. Mail mario.rossi@example.it, però il cell è ３２８";
    const struct sl_verdict *verdict = sl_test_judge(judge, text);
    const struct sl_edges *edges = sl_judge_edges(judge, 0);
    expect_masked(verdict, "…5550142 è il resto. Mail [EMAIL], però il cell è ３２８");
    cr_assert_not_null(edges);
    cr_assert(edges->has_head && edges->has_tail);
    cr_expect_eq(edges->head.start, strlen("…"));
    cr_expect_eq(edges->head.places[7], strlen("…5550142"));
    cr_expect_eq(edges->tail.end, verdict->masked.len);
    cr_expect_eq(edges->tail.parts[SL_EDGE_PHONE].start, verdict->masked.len - strlen("３２８"));

    sl_test_judge(judge, "non ho internet");
    cr_expect_null(sl_judge_edges(judge, 0));
    sl_test_judge(judge, "il cell è 328 5550142");
    edges = sl_judge_edges(judge, 0);
    cr_expect(edges == NULL || !edges->has_tail, "masked by itself");
    sl_judge_close(judge);
    sl_engine_close(engine);
}
