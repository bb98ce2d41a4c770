// SPDX-License-Identifier: Apache-2.0
//
// Goal: UTF-8 is told from what is not, and mended by Unicode's "maximal subparts".
// Method: the examples of Unicode 15, tables 3-8 to 3-11, and the ends of each range.
#include <criterion/criterion.h>
#include <string.h>

#include "base/str.h"
#include "text/utf8.h"

struct repair {
    struct sl_str text;
    struct sl_str repaired;
};

#define R "\xEF\xBF\xBD"

static const struct repair repairs[] = {
    {SL_STR("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"), SL_STR(R R R R R R R R "A")}, // overlong
    {SL_STR("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"), SL_STR(R R R R R R R R "A")}, // surrogates
    {SL_STR("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"), SL_STR(R R R R R "A" R R "B")},
    {SL_STR("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), SL_STR(R R R R "A")}, // truncated
    {SL_STR("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
     SL_STR("a" R R R "b" R "c" R R "d")},
    {SL_STR("\xF5\x80\x80\x80"), SL_STR(R R R R)},
    {SL_STR("\xF8\x88\x80\x80\x80"), SL_STR(R R R R R)},
    {SL_STR("citt\xC3"), SL_STR("citt" R)},
    {SL_STR("\x80\x80 e poi bene"), SL_STR(R R " e poi bene")},
};

Test(text_utf8, repair_ill_formed_text_replaces_each_maximal_subpart) {
    for (size_t row = 0; row < sizeof repairs / sizeof repairs[0]; row++) {
        char out[64];
        struct sl_str text = repairs[row].text;
        struct sl_str got = {out, sl_utf8_repair(text.data, text.len, out)};
        cr_expect(sl_str_equal(got, repairs[row].repaired), "row %zu: \"%.*s\"", row, (int)got.len,
                  got.data);
        cr_expect_not(sl_utf8_valid(text.data, text.len), "row %zu", row);
    }
}

Test(text_utf8, repair_well_formed_text_changes_nothing) {
    static const struct sl_str texts[] = {
        SL_STR(""),
        SL_STR("tutto bene"),
        SL_STR("nul\0 dentro"),
        SL_STR("perché 👍 漢字 e altro ancora"),
        SL_STR("\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"),
        SL_STR("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"),
    };
    for (size_t row = 0; row < sizeof texts / sizeof texts[0]; row++) {
        char out[128];
        struct sl_str got = {out, sl_utf8_repair(texts[row].data, texts[row].len, out)};
        cr_expect(sl_str_equal(got, texts[row]), "row %zu", row);
        cr_expect(sl_utf8_valid(texts[row].data, texts[row].len), "row %zu", row);
    }
}

Test(text_utf8, decode_sequence_gives_code_point_and_length) {
    static const struct {
        struct sl_str text;
        uint32_t code_point;
        size_t bytes;
        bool valid;
    } rows[] = {
        {SL_STR("\0"), 0, 1, true},
        {SL_STR("~x"), '~', 1, true},
        {SL_STR("\xC3\xA8x"), 0xE8, 2, true},
        {SL_STR("\xE2\x82\xACx"), 0x20AC, 3, true},
        {SL_STR("\xF0\x9F\x98\xA1x"), 0x1F621, 4, true},
        {SL_STR("\xF0\x9F\x98x"), SL_UTF8_REPLACEMENT, 3, false},
        {SL_STR("\xF0\x9F"), SL_UTF8_REPLACEMENT, 2, false},
        {SL_STR("\xF0\x8F\xBF\xBF"), SL_UTF8_REPLACEMENT, 1, false},
        {SL_STR("\xBF"), SL_UTF8_REPLACEMENT, 1, false},
    };
    for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        uint32_t code_point;
        bool valid;
        size_t bytes = sl_utf8_decode((const unsigned char *)rows[row].text.data,
                                      rows[row].text.len, &code_point, &valid);
        cr_expect_eq(bytes, rows[row].bytes, "row %zu", row);
        cr_expect_eq(code_point, rows[row].code_point, "row %zu", row);
        cr_expect_eq(valid, rows[row].valid, "row %zu", row);
    }
}
