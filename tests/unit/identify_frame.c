// SPDX-License-Identifier: Apache-2.0
//
// Goal: the frame offers every anchor to every kind that is on, masks the union of what they
// accept, honours the pack's cues and allow lists, and fails closed where its memory ends.
// Method: finders opened on packs put together here; numbers are invented.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "support/finder.h"

TestSuite(identify_frame, .init = sl_test_finder_init, .fini = sl_test_finder_done);

static struct sl_mask spans[SL_TEST_SPANS_MAX];

static uint32_t find(struct sl_finder *finder, const char *text) {
    return sl_test_find(finder, text, strlen(text), spans);
}

static struct sl_finder *open_finder(const struct sl_pack *pack) {
    struct sl_error error = {0};
    struct sl_finder *finder;
    cr_assert_eq(sl_finder_open(pack, &error, &finder), SL_OK, "%s", error.text);
    return finder;
}

Test(identify_frame, look_text_without_digits_and_signs_is_not_looked_at) {
    cr_expect_eq(find(sl_test_finder(), "buongiorno, la linea non va"), 0);
    cr_expect_eq(find(sl_test_finder(), ""), 0);
}

Test(identify_frame, look_kind_that_is_off_finds_nothing) {
    struct sl_pack pack = {.identifiers[SL_KIND_EMAIL].on = true};
    struct sl_finder *finder = open_finder(&pack);
    cr_expect_eq(find(finder, "tel 347 1234567 o g@example.it"), 1);
    cr_expect_eq(spans[0].kind, SL_KIND_EMAIL);
    sl_finder_close(finder);
}

Test(identify_frame, look_overlapping_kinds_become_one_span_named_by_priority) {
    // Eleven digits that are a partita IVA and, with a cue, a fixed line.
    cr_assert_eq(find(sl_test_finder(), "p.iva e tel 02718281005 uguali"), 1);
    cr_expect_eq(spans[0].kind, SL_KIND_VAT_NUMBER);
    cr_expect(spans[0].start == 12 && spans[0].end == 23);
    cr_assert_eq(find(sl_test_finder(), "p.iva e tel (02)718281005 uguali"), 1);
    cr_expect_eq(spans[0].kind, SL_KIND_VAT_NUMBER, "though the telephone begins first");
    cr_expect(spans[0].start == 12 && spans[0].end == 25);
}

Test(identify_frame, look_value_on_allow_list_stays_however_written) {
    static const struct sl_str allow[] = {SL_STR("06 1234 5678"), SL_STR("+39 02-12345678")};
    static const struct sl_str mails[] = {SL_STR("aiuto@operatore.it")};
    struct sl_pack pack = {
        .identifiers[SL_KIND_PHONE] = {.on = true, .allow = allow, .allow_count = 2},
        .identifiers[SL_KIND_EMAIL] = {.on = true, .allow = mails, .allow_count = 1},
    };
    struct sl_finder *finder = open_finder(&pack);
    cr_expect_eq(find(finder, "tel 06/12345678 e tel +390212345678"), 0);
    cr_expect_eq(find(finder, "tel 06/12345679"), 1);
    cr_expect_eq(find(finder, "tel +39 0612345678 e tel 02 12345678"), 0,
                 "Italian, with or without prefix");
    cr_expect_eq(find(finder, "tel +41 0612345678"), 1, "of another country");
    cr_expect_eq(find(finder, "AIUTO@OPERATORE.IT"), 0);
    cr_expect_eq(find(finder, "nonaiuto@operatore.it"), 1);
    sl_finder_close(finder);
}

Test(identify_frame, look_allowed_candidate_is_explained) {
    static const struct sl_str allow[] = {SL_STR("3471234567")};
    struct sl_pack pack = {
        .identifiers[SL_KIND_PHONE] = {.on = true, .allow = allow, .allow_count = 1}};
    struct sl_finder *finder = open_finder(&pack);
    const char text[] = "tel 347 1234567";
    struct sl_found found = sl_finder_look(finder, text, sl_test_fold(text, sizeof text - 1));
    cr_assert_eq(found.candidates_count, 1);
    cr_expect((found.candidates[0].reasons & SL_REASON_ALLOWED) != 0);
    cr_expect_eq(found.candidates[0].score, 0);
    sl_finder_close(finder);
}

Test(identify_frame, look_cue_of_the_pack_decides) {
    static const struct sl_str words[] = {SL_STR("numero magico")};
    struct sl_pack pack = {
        .identifiers[SL_KIND_VAT_NUMBER] = {.on = true, .cues = words, .cues_count = 1}};
    struct sl_finder *finder = open_finder(&pack);
    cr_expect_eq(find(finder, "numero magico 01234560157"), 1);
    cr_expect_eq(find(finder, "altro 01234560157"), 0);
    sl_finder_close(finder);
}

Test(identify_frame, look_candidates_come_in_order_and_hold_what_was_let_go) {
    const char text[] = "ordine 3471234567, g@example.it, tel 3487654321";
    struct sl_found found =
        sl_finder_look(sl_test_finder(), text, sl_test_fold(text, sizeof text - 1));
    cr_assert_eq(found.candidates_count, 3);
    cr_expect(found.candidates[0].score < sl_kind_threshold(SL_KIND_PHONE));
    cr_expect((found.candidates[0].reasons & SL_REASON_CUE_AGAINST) != 0);
    for (uint32_t i = 1; i < 3; i++) {
        cr_expect(found.candidates[i].start > found.candidates[i - 1].start);
        cr_expect(found.candidates[i].score >= 60);
    }
    cr_expect_eq(found.spans_count, 2);
}

// "347 1234567; " so often.
static size_t many_phones(char *text, uint32_t count) {
    size_t len = 0;
    for (uint32_t i = 0; i < count; i++) {
        memcpy(text + len, "347 1234567; ", 13);
        len += 13;
    }
    return len;
}

Test(identify_frame, look_more_identifiers_than_memory_fails_closed) {
    static char text[SL_TEST_TEXT_MAX];
    size_t len = many_phones(text, SL_IDENTIFY_CANDIDATES_MAX);
    cr_expect_eq(sl_test_find(sl_test_finder(), text, len, spans), SL_IDENTIFY_CANDIDATES_MAX);
    len = many_phones(text, SL_IDENTIFY_CANDIDATES_MAX + 1);
    cr_expect_eq(sl_test_find(sl_test_finder(), text, len, spans), SL_TEST_OVERFLOW);
    cr_expect_eq(find(sl_test_finder(), "tel 347 1234567"), 1, "the next text is fine again");
}

Test(identify_frame, look_more_rejected_than_memory_still_masks) {
    static char text[SL_TEST_TEXT_MAX];
    size_t len = 0;
    for (uint32_t i = 0; i < 2000; i++) {
        memcpy(text + len, "ordine 3471234567; ", 19);
        len += 19;
    }
    memcpy(text + len, "tel 348 7654321", 15);
    cr_expect_eq(sl_test_find(sl_test_finder(), text, len + 15, spans), 1);
    cr_expect_eq(spans[0].start, len + 4);
}

Test(identify_frame, look_run_longer_than_a_piece_finds_what_lies_across) {
    char text[512];
    for (uint32_t before = 0; before < 60; before++) {
        size_t len = 0;
        for (uint32_t i = 0; i < before; i++) {
            len += (size_t)sprintf(text + len, "%u ", 7 + i % 2);
        }
        size_t start = len;
        len += (size_t)sprintf(text + len, "3471234567");
        for (uint32_t i = 0; i < 40; i++) {
            len += (size_t)sprintf(text + len, " %u", 7 + i % 2);
        }
        cr_assert_eq(sl_test_find(sl_test_finder(), text, len, spans), 1, "%u before", before);
        cr_expect(spans[0].start == start && spans[0].end == start + 10, "%u before", before);
    }
}

Test(identify_frame, look_piece_that_cuts_a_number_does_not_take_a_part_for_it) {
    char text[512];
    size_t len = 0;
    for (uint32_t i = 0; i < 54; i++) {
        len += (size_t)sprintf(text + len, "%u ", 7 + i % 2);
    }
    len += (size_t)sprintf(text + len, "34712345673481234567");
    cr_expect_eq(sl_test_find(sl_test_finder(), text, len, spans), 0);
}

Test(identify_frame, look_date_that_ends_a_full_piece_is_read_within_bounds) {
    char text[512];
    size_t len = 0;
    for (uint32_t i = 0; i < 58; i++) {
        len += (size_t)sprintf(text + len, "%u ", 7 + i % 2);
    }
    len += (size_t)sprintf(text + len, "06.07.24");
    cr_expect_eq(sl_test_find(sl_test_finder(), text, len, spans), 0);
}

Test(identify_frame, look_endless_number_finds_nothing_in_its_middle) {
    static char text[SL_TEST_TEXT_MAX];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = "3471234567"[i % 10];
    }
    cr_expect_eq(sl_test_find(sl_test_finder(), text, sizeof text, spans), 0);
}

Test(identify_frame, look_digit_that_was_escaped_twice_is_seen) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("tel {&amp;#51;471234567}"),
        SL_TEST_EXAMPLE("tel {&amp;#x33;471234567}"),
        SL_TEST_EXAMPLE("tel {&#x33;471234567}"),
    };
    sl_test_expect_marked(SL_KIND_PHONE, examples, sizeof examples / sizeof examples[0]);
}

Test(identify_frame, reasons_are_words_and_are_cut_where_the_room_ends) {
    char text[192];
    cr_expect_eq(sl_reasons_to_text(0, text, sizeof text), 0);
    cr_expect_str_eq(text, "");
    size_t len = sl_reasons_to_text(SL_REASON_SHAPE | SL_REASON_CHECKSUM | SL_REASON_CUE_BEFORE,
                                    text, sizeof text);
    cr_expect_str_eq(text, "shape, checksum, cue before");
    cr_expect_eq(len, strlen(text));
    sl_reasons_to_text(SL_REASON_SHAPE | SL_REASON_CHECKSUM, text, 10);
    cr_expect_str_eq(text, "shape");
    cr_expect(sl_reasons_to_text(UINT32_MAX, text, sizeof text) < sizeof text);
    cr_expect_not_null(strstr(text, "allowed"), "all of them have room");
}

// Later readings are shorter; what was found before stays what it was.
Test(identify_frame, look_value_is_that_of_the_reading_in_which_it_was_found) {
    static const char text[] = "tel tre due otto nove zero sei uno cinque cinque cinque, mail "
                               "an&#110;a@example.it e grazie a tutti, buona giornata";
    struct sl_found found =
        sl_finder_look(sl_test_finder(), text, sl_test_fold(text, sizeof text - 1));
    cr_assert_eq(found.spans_count, 2);
    cr_expect_eq(memcmp(found.spans[0].value, "3 2 8 9 0 6 1 5 5 5", 19), 0);
    cr_expect_eq(found.spans[1].value_len, 15);
    cr_expect_eq(memcmp(found.spans[1].value, "anna@example.it", 15), 0);
}
