// SPDX-License-Identifier: Apache-2.0
//
// Goal: cues are whole words or phrases, before or behind, Italian and English alike; they end at
// their reach; what touches a candidate is told as it is.
// Method: a folded text with the candidate in brackets, and what stands round it.
#include <criterion/criterion.h>
#include <string.h>

#include "identify/kind.h"

static const struct sl_str own_cues[] = {{"numero magico", 13}, {"ändern", 7}};
static struct sl_cue_table *table;

static void open_cues(void) {
    struct sl_error error = {0};
    const char *const senses[32] = {[0] = "sette|forty"};
    struct sl_cue_source sources[SL_KINDS_COUNT] = {0};
    sources[SL_KIND_PHONE] = (struct sl_cue_source){sl_kind_phone.cues, own_cues, 2};
    cr_assert_eq(sl_cue_table_open(sources, senses, 0, &error, &table), SL_OK, "%s", error.text);
}

static void close_cues(void) {
    sl_cue_table_close(table);
}

TestSuite(cues, .init = open_cues, .fini = close_cues);

static struct sl_surroundings look(const char *marked) {
    char text[512];
    uint32_t start = (uint32_t)strcspn(marked, "<");
    uint32_t end = (uint32_t)strcspn(marked, ">") - 1;
    uint32_t len = (uint32_t)strlen(marked) - 2;
    memcpy(text, marked, start);
    memcpy(text + start, marked + start + 1, end - start);
    memcpy(text + end, marked + end + 2, len - end);
    static struct sl_cue cues[64];
    static struct sl_token tokens[8];
    struct sl_cue_list list = {.cues = cues, .tokens = tokens, .cues_room = 64, .tokens_room = 8};
    sl_cues_find(table, false, (const unsigned char *)text, len, &list);
    return sl_cues_around(&list, SL_KIND_PHONE, (const unsigned char *)text, len, start, end);
}

Test(cues, look_word_before_counts_only_when_whole) {
    cr_expect_eq(look("tel <3>").before, SL_CUE_STRONG);
    cr_expect_eq(look("tel:<3>").before, SL_CUE_STRONG);
    cr_expect_eq(look("tel<3>").before, SL_CUE_STRONG);
    cr_expect_eq(look("l'intel <3>").before, SL_CUE_NONE);
    cr_expect_eq(look("intel<3>").before, SL_CUE_NONE);
    cr_expect_eq(look("telaio <3>").before, SL_CUE_NONE);
    cr_expect_eq(look("numero <3>").before, SL_CUE_WEAK);
    cr_expect_eq(look("call me on <3>").before, SL_CUE_STRONG);
}

Test(cues, look_stem_fits_every_ending) {
    cr_expect_eq(look("chiamatemi al <3>").before, SL_CUE_STRONG);
    cr_expect_eq(look("richiamare: <3>").before, SL_CUE_STRONG);
    cr_expect_eq(look("schiamazzi <3>").before, SL_CUE_NONE);
}

Test(cues, look_phrase_may_be_joined_or_parted_by_points) {
    cr_expect_eq(look("mio numero <3>").before, SL_CUE_STRONG);
    cr_expect_eq(look("mio - numero <3>").before, SL_CUE_STRONG);
    cr_expect_eq(look("whats.app <3>").before, SL_CUE_STRONG);
    cr_expect_eq(look("mio caro numero <3>").before, SL_CUE_WEAK);
}

Test(cues, look_beyond_reach_finds_nothing) {
    cr_expect_eq(look("tel 1234567890123456789012345678901234567 <3>").before, SL_CUE_NONE);
    cr_expect_eq(look("<3> 1234567890123456789012345678901 tel").after, SL_CUE_NONE);
}

Test(cues, look_behind_counts_unless_it_introduces_the_next_number) {
    cr_expect_eq(look("<3> whatsapp").after, SL_CUE_STRONG);
    cr_expect_eq(look("<3> e il mio numero").after, SL_CUE_STRONG);
    cr_expect_eq(look("<3>, tel 4").after, SL_CUE_NONE);
}

Test(cues, look_cue_against_is_told_beside_the_others) {
    cr_expect(look("ordine numero <3>").against);
    cr_expect_eq(look("ordine numero <3>").before, SL_CUE_WEAK);
    cr_expect_not(look("disordine <3>").against);
    cr_expect_not(look("<3> ordine").against);
}

Test(cues, look_cues_of_the_pack_count_most) {
    cr_expect_eq(look("numero magico <3>").before, SL_CUE_STRONG);
    cr_expect_eq(look("ändern <3>").before, SL_CUE_STRONG);
}

Test(cues, look_letters_that_touch_are_told_unless_they_are_a_cue) {
    cr_expect(look("abc<3>").letters_before);
    cr_expect(look("<3>abc").letters_after);
    cr_expect_not(look("tel<3>").letters_before);
    cr_expect_not(look("<3>cell").letters_after);
    cr_expect_not(look("abc <3> abc").letters_before);
}

Test(cues, look_amount_beside_is_told) {
    static const char *const amounts[] = {"<3>€",   "€<3>",     "€ <3>",   "<3> %",     "$<3>",
                                          "<3> gb", "euro <3>", "<3>mbps", "<3> minuti"};
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        cr_expect(look(amounts[i]).amount, "example %zu", i);
    }
    cr_expect_not(look("<3> gbx").amount);
    cr_expect_not(look("neuro <3> 5 gb").amount);
}

Test(cues, look_address_is_told_unless_it_calls_somebody) {
    cr_expect(look("vedi https://example.com/a/<3>").in_address);
    cr_expect(look("www.example.com/<3>").in_address);
    cr_expect_not(look("https://example.com <3>").in_address);
    cr_expect_not(look("https://wa.me/<3>").in_address);
}

Test(cues, look_text_that_is_nothing_else_is_alone) {
    cr_expect(look("<3>").alone);
    cr_expect(look("  (<3>)!! ").alone);
    cr_expect_not(look("a <3>").alone);
    cr_expect_not(look("<3> 7").alone);
}
