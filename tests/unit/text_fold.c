// SPDX-License-Identifier: Apache-2.0
//
// Goal: each kind of writing that text/fold.h names folds as it says, ranges of the folded view
// lead back to whole characters, and too little room is told and not overrun.
// Method: examples, at least one for each promise; all code points are in tests/property.
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "text/fold.h"

#define ROOM 4096

static unsigned char bytes[ROOM];
static uint32_t map[ROOM];

static void init_fold(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_fold_init(&error), SL_OK, "%s", error.text);
}

TestSuite(text_fold, .init = init_fold);

static struct sl_folded fold(struct sl_str text) {
    struct sl_folded folded;
    size_t len = sl_fold(text.data, text.len, bytes, ROOM, map, ROOM, &folded);
    cr_assert_neq(len, SL_FOLD_NO_ROOM);
    return folded;
}

struct example {
    const char *text;
    const char *folded;
};

static void check(const struct example *examples, size_t count) {
    for (size_t row = 0; row < count; row++) {
        const struct example *example = &examples[row];
        struct sl_folded folded = fold(sl_str_from(example->text));
        struct sl_str got = {(const char *)folded.bytes, folded.len};
        cr_expect(sl_str_equal(got, sl_str_from(example->folded)),
                  "\"%s\" folds to \"%.*s\" and not to \"%s\"", example->text, (int)got.len,
                  got.data, example->folded);
    }
}
#define CHECK(examples) check(examples, sizeof examples / sizeof examples[0])

Test(text_fold, fold_case_and_accents_leaves_plain_letters) {
    static const struct example examples[] = {
        {"PERCHÉ", "perche"},
        {"perche\xCC\x81", "perche"},
        {"Città È più Là", "citta e piu la"},
        {"Straße", "strasse"},
        {"İstanbul", "istanbul"},
        {"ΟΔΟΣ οδος", "οδοσ οδοσ"},
        {"Привет Ёлка", "привет елка"},
        {"Łódź ØRE", "łodz øre"},
    };
    CHECK(examples);
}

Test(text_fold, fold_compatibility_forms_leaves_what_they_stand_for) {
    static const struct example examples[] = {
        {"ﬁbra", "fibra"},
        {"ＦＩＢＲＡ", "fibra"},
        {"𝐅𝐢𝒷𝓻𝕒", "fibra"},
        {"5½", "51/2"},
        {"aspetto…", "aspetto..."},
        {"m²", "m2"},
        {"℅", "c/o"},
        {"Ⅷ", "viii"},
        {"℡", "tel"},
        {"\xEF\xB7\xBA", "صلى الله عليه وسلم"}, // the longest folding there is
    };
    CHECK(examples);
}

Test(text_fold, fold_digits_and_letters_in_any_dress_leaves_them_plain) {
    static const struct example examples[] = {
        {"٣٤٧ ۳۴۷ ३४७", "347 347 347"},
        {"３４７𝟑𝟜𝟟", "347347"},
        {"³⁴⁷₃₄₇", "347347"},
        {"①②⓪⑩⑳", "1201020"},
        {"❸❹❼❿⓿⓫", "34710011"},
        {"➂➃➆➌➍➐", "347347"},
        {"⓷⓸⓾⑶⑷⒇", "34103420"},
        {"3️⃣4\xE2\x83\xA3🔟", "3410"},
        {"🄌🄋", "00"},
        {"ⓒⓘⒶⓞ", "ciao"},
        {"⒞⒤⒜⒪ 🄒", "ciao c"},
        {"🅒🅘🅐🅞", "ciao"},
        {"🅲🅸🅰🅾 🄲", "ciao c"},
        {"⒊⒋⒎", "3.4.7."},
    };
    CHECK(examples);
}

Test(text_fold, fold_punctuation_of_print_leaves_that_of_the_keyboard) {
    static const struct example examples[] = {
        {"l’ho l‘ho l´ho lʼho l′ho", "l'ho l'ho l'ho l'ho l'ho"},
        {"“sì” «sì» „sì‟ ‹sì› ″", "\"si\" \"si\" \"si\" 'si' \""},
        {"3‐4‑7‒1–2—3―4−5－6﹣7➖8", "3-4-7-1-2-3-4-5-6-7-8"},
        {"a。b．c｡d﹒e·f•g", "a.b.c.d.e.f.g"},
        {"mario＠posta﹫it", "mario@posta@it"},
        {"http∶⁄∕x ｈｔｔｐ：／／", "http://x http://"},
        {"➕39 ＋39", "+39 +39"},
        {"perche` ~ ^", "perche` ~ ^"},
    };
    CHECK(examples);
}

Test(text_fold, fold_what_cannot_be_seen_leaves_nothing) {
    static const struct example examples[] = {
        {"3\xE2\x80\x8B"     // zero width space
         "4\xE2\x80\x8C"     // zero width non-joiner
         "7\xE2\x80\x8D"     // zero width joiner
         "1\xE2\x81\xA0"     // word joiner
         "2\xEF\xBB\xBF"     // byte order mark
         "3\xE1\xA0\x8E"     // Mongolian vowel separator
         "4\xC2\xAD"         // soft hyphen
         "5\xCD\x8F"         // combining grapheme joiner
         "6\xE2\x81\xA3"     // invisible separator
         "7\xE2\x80\xAE"     // right-to-left override
         "8\xE2\x81\xA7"     // first strong isolate
         "9\xEF\xB8\x8F"     // variation selector 16
         "0\xF3\xA0\x84\x80" // variation selector 17
         "1\xF3\xA0\x80\xB1" // tag digit one
         "2\xE3\x85\xA4"     // Hangul filler
         "3\xEF\xBE\xA0"     // half-width Hangul filler
         "4\xE1\x85\x9F"     // Hangul choseong filler
         "5\xE1\x85\xA0"     // Hangul jungseong filler
         "6\xCC\xB6"         // combining long stroke overlay
         "7\xE2\x83\xA3"     // combining enclosing keycap
         "8",
         "34712345678901234567"
         "8"},
        {"\xE2\x80\x8B\xEF\xBB\xBF", ""},
    };
    CHECK(examples);
}

Test(text_fold, fold_white_space_and_controls_leaves_single_spaces) {
    static const struct example examples[] = {
        {"a\tb\nc\r\nd\x0B\x0C\x1F"
         "e\x7F"
         "f",
         "a b c d e f"},
        {"a\xC2\xA0"
         "b\xE2\x80\xAF"
         "c\xE3\x80\x80"
         "d\xC2\x85"
         "e\xE2\x80\xA8"
         "f\xE1\x9A\x80g",
         "a b c d e f g"},
        {"a \xE2\x80\x8B \xC2\xA0\xEF\xB8\x8F\n b", "a b"},
        {"a\xE2\xA0\x80"
         "b",
         "a b"}, // the blank Braille pattern
        {"  a  ", " a "},
        {"\n", " "},
        {"sì ¨ no", "si no"},
    };
    CHECK(examples);
    struct sl_folded folded = fold((struct sl_str){"a\0b\0", 4});
    cr_assert(folded.identity && folded.len == 4 && memcmp(folded.bytes, "a b ", 4) == 0);
}

Test(text_fold, fold_what_has_no_folding_leaves_it) {
    static const struct example examples[] = {
        {"👍🏽 ☎ €", "👍🏽 ☎ €"},
        {"TIM🇮🇹347", "tim🇮🇹347"},
        {"🆗🆘", "🆗🆘"},
        {"한국 漢字", "한국 漢字"},
        {"\xEE\x80\x80\xEF\xBF\xBF", "\xEE\x80\x80\xEF\xBF\xBF"}, // private use, noncharacter
        {"", ""},
    };
    CHECK(examples);
}

Test(text_fold, fold_invalid_utf8_gives_replacement_and_says_so) {
    static const struct example examples[] = {
        {"a\xFF"
         "b",
         "a\uFFFD"
         "b"},
        {"a\xC3", "a\uFFFD"},
        {"\xF0\x9F\x98x", "\uFFFDx"},
        {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
        {"\xC0\xAF", "\uFFFD\uFFFD"},
    };
    CHECK(examples);
    for (size_t row = 0; row < sizeof examples / sizeof examples[0]; row++) {
        cr_expect(fold(sl_str_from(examples[row].text)).repaired, "row %zu", row);
    }
    cr_expect_not(fold(sl_str_from("già \uFFFD")).repaired);
}

Test(text_fold, fold_plain_ascii_needs_no_map) {
    const char *text = "Salve,\tda IERI non funziona\nla linea 0612345678 - a@b.it [http://x]";
    struct sl_folded folded;
    size_t len = sl_fold(text, strlen(text), bytes, ROOM, NULL, 0, &folded);
    cr_assert_eq(len, strlen(text));
    cr_assert(folded.identity && folded.map == NULL && !folded.repaired);
    cr_assert_eq(
        memcmp(bytes, "salve, da ieri non funziona la linea 0612345678 - a@b.it [http://x]", len),
        0);
}

Test(text_fold, fold_reports_what_the_identifier_stage_asks) {
    static const struct {
        const char *text;
        uint16_t digits_count;
        bool has_at, has_scheme;
    } rows[] = {
        {"niente", 0, false, false},
        {"il 187", 3, false, false},
        {"①②③ e ٤", 4, false, false},
        {"mario＠posta", 0, true, false},
        {"http://a.it", 0, false, true},
        {"http:\xE2\x80\x8B//a.it", 0, false, true},
        {"a : / / b :/ : //", 0, false, false},
        {"una volta : poi ::: e ://", 0, false, true},
        {"in coda :/", 0, false, false},
    };
    for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        struct sl_folded folded = fold(sl_str_from(rows[row].text));
        cr_expect_eq(folded.digits_count, rows[row].digits_count, "%s", rows[row].text);
        cr_expect_eq(folded.has_at, rows[row].has_at, "%s", rows[row].text);
        cr_expect_eq(folded.has_scheme, rows[row].has_scheme, "%s", rows[row].text);
    }
}

Test(text_fold, fold_text_of_digits_counts_them_up_to_the_limit) {
    size_t room = SL_FOLD_TEXT_MAX + 1;
    char *text = malloc(room);
    unsigned char *out = malloc(room);
    struct sl_folded some = {0};
    struct sl_folded most = {0};
    memset(text, '7', room);
    size_t fits = sl_fold(text, 60000, out, room, NULL, 0, &some);
    size_t fits_too = sl_fold(text, SL_FOLD_TEXT_MAX, out, room, NULL, 0, &most);
    size_t too_long = sl_fold(text, SL_FOLD_TEXT_MAX + 1, out, room, NULL, 0, &most);
    free(text);
    free(out);
    cr_assert_eq(fits, 60000);
    cr_assert_eq(some.digits_count, 60000);
    cr_assert_eq(fits_too, SL_FOLD_TEXT_MAX);
    cr_assert_eq(most.digits_count, UINT16_MAX);
    cr_assert_eq(too_long, SL_FOLD_NO_ROOM);
}

Test(text_fold, fold_with_too_little_room_says_so_and_leaves_the_result_alone) {
    static const char text[] = "è \xEF\xB7\xBA  fine"; // 33 bytes of folding in the middle
    struct sl_folded whole = fold((struct sl_str){text, sizeof text - 1});
    for (uint32_t room = 0; room <= whole.len; room++) {
        struct sl_folded folded = {.len = 99};
        size_t len = sl_fold(text, sizeof text - 1, bytes, room, map, ROOM, &folded);
        cr_expect_eq(len, room < whole.len ? SL_FOLD_NO_ROOM : whole.len, "bytes %u", room);
        cr_expect_eq(folded.len, room < whole.len ? 99 : whole.len, "bytes %u", room);
        len = sl_fold(text, sizeof text - 1, bytes, ROOM, map, room, &folded);
        cr_expect_eq(len, SL_FOLD_NO_ROOM, "map %u", room);
    }
}

// The original characters behind the place where `folded_part` stands in the folded view.
static void check_behind(const char *text, const char *folded_part, const char *original_part) {
    struct sl_folded folded = fold(sl_str_from(text));
    size_t part_len = strlen(folded_part);
    const unsigned char *found = memmem(folded.bytes, folded.len, folded_part, part_len);
    cr_assert_not_null(found, "\"%s\" in \"%s\"", folded_part, text);
    uint32_t start = (uint32_t)(found - folded.bytes);
    uint32_t original_start;
    uint32_t original_end;
    sl_fold_original_range(&folded, start, start + (uint32_t)part_len, &original_start,
                           &original_end);
    struct sl_str got = {text + original_start, original_end - original_start};
    cr_expect(sl_str_equal(got, sl_str_from(original_part)), "\"%s\" in \"%s\": \"%.*s\"",
              folded_part, text, (int)got.len, got.data);
}

Test(text_fold, original_range_takes_whole_characters_and_what_hangs_on_them) {
    check_behind("il 187 non va", "187", "187");
    check_behind("il 1️⃣8️⃣7️⃣ no", "187", "1️⃣8️⃣7️⃣");
    check_behind("il 1️⃣8️⃣7️⃣ no", "8", "8️⃣");
    check_behind("è ①②③!", "123", "①②③");
    check_behind("è ㎏ qui", "k", "㎏"); // half of what a character folds to is the whole of it
    check_behind("è ㎏ qui", "g", "㎏");
    check_behind("a \n\t b", " ", " \n\t ");
    check_behind("\xE2\x80\x8B"
                 "347\xE2\x80\x8B",
                 "347", "347\xE2\x80\x8B");
    check_behind("città\xCC\x81 mia", "citta", "città\xCC\x81");
    check_behind("x👍y", "👍", "👍");
    check_behind("a\xF0\x9F\x98z", "\uFFFD", "\xF0\x9F\x98");
}

Test(text_fold, may_identify_sees_what_folding_would_show) {
    static const char *const yes[] = {
        "mario@posta.it",
        "ａ＠ｂ",
        "nr 421",
        "a1b2c3",
        "٤٢٠",
        "①②③",
        "1️⃣2️⃣3️⃣",
        "https://x",
        "x:\xE2\x80\x8B/\xCD\x8F/",
        "ｘ：／／",
        "http：//",
    };
    static const char *const no[] = {
        "rossi85",  "",   "perché no", "Niccolò Rossi 👍", "ora 7 di sera è tardi",
        "a: b / c", ":/", "è:è/è/è",   "Привет",          ":/x/",
        "7\xFF",
    };
    for (size_t row = 0; row < sizeof yes / sizeof yes[0]; row++) {
        cr_expect(sl_text_may_identify(yes[row], strlen(yes[row])), "%s", yes[row]);
    }
    for (size_t row = 0; row < sizeof no / sizeof no[0]; row++) {
        cr_expect_not(sl_text_may_identify(no[row], strlen(no[row])), "%s", no[row]);
    }
}
