// SPDX-License-Identifier: Apache-2.0
//
// Goal: folding is what text/fold.h says for every code point and every text, and so are the map,
// the ranges, the limits of room, the look for identifiers, and the repair of UTF-8.
// Method: every code point there is, and random texts made of what is hard (white space, marks,
// digits of all scripts, invisible characters, broken bytes, lengths round the block size), are
// compared with tests/support/text_oracle.c.
#include <criterion/criterion.h>
#include <string.h>
#include <utf8proc.h>

#include "support/random.h"
#include "support/text_oracle.h"
#include "text/fold.h"
#include "text/utf8.h"

#define CODE_POINTS_END 0x110000u

static void init_fold(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_fold_init(&error), SL_OK, "%s", error.text);
}

TestSuite(text_property, .init = init_fold);

static bool is_surrogate(uint32_t code_point) {
    return code_point >= 0xD800 && code_point < 0xE000;
}

Test(text_property, fold_every_code_point_alone_and_among_letters_agrees_with_utf8proc) {
    for (uint32_t code_point = 0; code_point < CODE_POINTS_END; code_point++) {
        unsigned char text[6] = "x";
        unsigned char bytes[6 * SL_FOLD_GROWTH];
        uint32_t map[6 * SL_FOLD_GROWTH + 1];
        unsigned char expected[SL_ORACLE_FOLDING_MAX] = "x";
        struct sl_folded folded;
        if (is_surrogate(code_point)) {
            continue;
        }
        size_t len = sl_utf8_encode(code_point, text + 1);
        text[1 + len] = 'X';
        size_t expected_len = 1 + sl_oracle_fold_code_point(code_point, expected + 1);
        expected[expected_len++] = 'x';
        sl_fold((const char *)text, len + 2, bytes, sizeof bytes, map, sizeof map / sizeof *map,
                &folded);
        cr_assert(folded.len <= 2 + len * SL_FOLD_GROWTH, "U+%04X grows too much", code_point);
        cr_assert(folded.len == expected_len && memcmp(bytes, expected, expected_len) == 0,
                  "U+%04X folds to \"%.*s\" and not to \"%.*s\"", code_point, (int)folded.len,
                  bytes, (int)expected_len, expected);
    }
}

Test(text_property, fold_every_code_point_keeps_all_promises) {
    for (uint32_t code_point = 0; code_point < CODE_POINTS_END; code_point++) {
        unsigned char text[4];
        // The planes without foldings are all alike; a sample of them is enough here.
        if (!is_surrogate(code_point) && (code_point < 0x20000 || code_point % 251 == 0)) {
            const char *wrong = sl_oracle_check_fold(text, sl_utf8_encode(code_point, text));
            cr_assert_null(wrong, "U+%04X: not %s", code_point, wrong);
        }
    }
}

Test(text_property, fold_decimal_digit_of_any_script_gives_its_value) {
    unsigned seen_count = 0;
    for (size_t script = 0; script < SL_ORACLE_DIGIT_ZEROES; script++) {
        for (uint32_t value = 0; value < 10; value++) {
            uint32_t code_point = sl_oracle_digit_zeroes[script] + value;
            char text[4];
            unsigned char bytes[4 * SL_FOLD_GROWTH];
            uint32_t map[4 * SL_FOLD_GROWTH + 1];
            struct sl_folded folded;
            size_t len = sl_utf8_encode(code_point, (unsigned char *)text);
            sl_fold(text, len, bytes, sizeof bytes, map, sizeof map / sizeof *map, &folded);
            cr_assert(folded.len == 1 && bytes[0] == '0' + value, "U+%04X", code_point);
            seen_count++;
        }
    }
    for (uint32_t code_point = 0x80; code_point < CODE_POINTS_END; code_point++) {
        seen_count -= utf8proc_category((utf8proc_int32_t)code_point) == UTF8PROC_CATEGORY_ND;
    }
    cr_assert_eq(seen_count, 0, "the list of digits is not that of this utf8proc");
}

// Pieces that random texts are made of; each list stands for a class of characters.
static const char *const pieces[][12] = {
    {"ciao", "Fibra", "TIM", "3471234567", "187", "a@b.it", "http://x", ":", "//", "@", "7", "."},
    {" ", "  ", "\n", "\r\n", "\t", "\xC2\xA0", "\xE2\x80\x83", "\xC2\x85", "\x7F", "\xE3\x80\x80",
     "\xE2\x80\xA8", " "},
    {"è", "é", "à", "ß", "İ", "ﬁ", "Ǆ", "ſ", "ŉ", "Σ", "ﷺ", "½"},
    {"①", "❷", "３", "𝟜", "5️⃣", "٦", "७", "⑻", "⁹", "₀", "⓿", "🔟"},
    {"👍", "🇮🇹", "❤️", "漢", "각", "Ж", "ø", "🆗", "…", "’", "“", "—"},
    {"\xE2\x80\x8B", "\xC2\xAD", "\xEF\xB8\x8F", "\xE2\x80\x8D", "\xE2\x80\xAE", "\xCC\x81",
     "\xE2\x83\xA3", "\xE3\x85\xA4", "\xF3\xA0\x81\x81", "\xEF\xBB\xBF", "\xCD\x8F",
     "\xE2\x81\xA0"},
    {"\x80", "\xC0\xAF", "\xE2\x82", "\xED\xA0\x80", "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xFF",
     "\xE0\x80", "\xC3", "\xF8\x88", "\xEF\xBF\xBD", "\xF0\x8F"},
};
#define CLASSES_COUNT (sizeof pieces / sizeof pieces[0])

// Words with a few pieces of other classes among them, more or less of each from text to text.
static size_t random_text(struct sl_random *random, unsigned char *text, size_t room) {
    uint64_t odd_percent = sl_random_below(random, 101);
    size_t len = 0;
    while (len < room) {
        bool odd = sl_random_below(random, 100) < odd_percent;
        size_t row = odd ? sl_random_below(random, CLASSES_COUNT) : 0;
        const char *piece = pieces[row][sl_random_below(random, 12)];
        size_t bytes = strlen(piece);
        bytes = bytes < room - len ? bytes : room - len;
        memcpy(text + len, piece, bytes);
        len += bytes;
    }
    return len;
}

Test(text_property, fold_random_texts_keeps_all_promises) {
    struct sl_random random = {sl_random_seed()};
    for (int round = 0; round < 10000; round++) {
        unsigned char text[300];
        size_t len = random_text(&random, text, sl_random_below(&random, sizeof text));
        const char *wrong = sl_oracle_check_fold(text, len);
        cr_assert_null(wrong, "round %d: not %s", round, wrong);
    }
}

Test(text_property, fold_random_bytes_keeps_all_promises) {
    struct sl_random random = {sl_random_seed()};
    for (int round = 0; round < 10000; round++) {
        unsigned char text[100];
        size_t len = sl_random_below(&random, sizeof text);
        for (size_t at = 0; at < len; at++) {
            text[at] = (unsigned char)sl_random_next(&random);
        }
        const char *wrong = sl_oracle_check_fold(text, len);
        cr_assert_null(wrong, "round %d: not %s", round, wrong);
    }
}

Test(text_property, fold_ascii_of_every_length_is_the_same_on_both_paths) {
    enum { TEXT_MAX = 400, MARK_BYTES = 3 };
    struct sl_random random = {sl_random_seed()};
    for (size_t round = 0; round < 20 * TEXT_MAX; round++) {
        static uint32_t map[(TEXT_MAX + MARK_BYTES) * SL_FOLD_GROWTH + 1];
        unsigned char text[MARK_BYTES + TEXT_MAX];
        unsigned char fast[TEXT_MAX];
        unsigned char slow[TEXT_MAX + MARK_BYTES];
        struct sl_folded folded;
        size_t len = round % TEXT_MAX;
        memcpy(text, "\xE2\x80\x8B", MARK_BYTES); // dropped, but not ASCII: no fast path
        for (size_t at = 0; at < len; at++) {
            bool space_allowed = at > 0 && text[MARK_BYTES + at - 1] > ' ';
            text[MARK_BYTES + at] =
                (unsigned char)(space_allowed ? sl_random_below(&random, 0x7F) : '!' + at % 94);
        }
        const char *ascii = (const char *)text + MARK_BYTES;
        size_t fast_len = sl_fold(ascii, len, fast, sizeof fast, NULL, 0, &folded);
        cr_assert(fast_len == len && folded.identity, "round %zu", round);
        size_t slow_len = sl_fold((const char *)text, len + MARK_BYTES, slow, sizeof slow, map,
                                  sizeof map / sizeof *map, &folded);
        cr_assert(slow_len == len && !folded.identity, "round %zu", round);
        cr_assert_eq(memcmp(fast, slow, len), 0, "round %zu", round);
    }
}

Test(text_property, utf8_every_code_point_survives_encoding) {
    for (uint32_t code_point = 0; code_point < CODE_POINTS_END; code_point++) {
        unsigned char bytes[4];
        uint32_t decoded;
        bool valid;
        if (!is_surrogate(code_point)) {
            size_t len = sl_utf8_encode(code_point, bytes);
            cr_assert_eq(sl_utf8_decode(bytes, len, &decoded, &valid), len, "U+%04X", code_point);
            cr_assert(valid && decoded == code_point, "U+%04X", code_point);
        }
    }
}

Test(text_property, utf8_random_bytes_are_judged_and_repaired_as_the_oracle_does) {
    // Bytes at the corners of UTF-8's ranges, where the mistakes live.
    static const unsigned char corners[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                            0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
                                            0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFF};
    struct sl_random random = {sl_random_seed()};
    for (int round = 0; round < 100000; round++) {
        unsigned char text[24];
        size_t len = sl_random_below(&random, sizeof text);
        for (size_t at = 0; at < len; at++) {
            text[at] = corners[sl_random_below(&random, sizeof corners)];
        }
        const char *wrong = sl_oracle_check_utf8(text, len);
        cr_assert_null(wrong, "round %d: not %s", round, wrong);
    }
}

Test(text_property, utf8_texts_are_judged_and_repaired_as_the_oracle_does) {
    struct sl_random random = {sl_random_seed()};
    for (int round = 0; round < 10000; round++) {
        unsigned char text[300];
        size_t len = random_text(&random, text, sl_random_below(&random, sizeof text));
        const char *wrong = sl_oracle_check_utf8(text, len);
        cr_assert_null(wrong, "round %d: not %s", round, wrong);
    }
}
