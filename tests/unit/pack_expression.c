// SPDX-License-Identifier: Apache-2.0
//
// Goal: phrases and raw patterns become the expressions that pack/expression.h describes, or are
// refused at the character that is wrong.
// Method: tables of what goes in and what comes out; G stands for the gap.
// What expressions match is tested with the matcher, in pack_matching.c and the property tests.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "pack/expression.h"
#include "text/fold.h"

#define G "(?:[^\\n.?!;]{0,46} )?"

static struct sl_arena arena;
static struct sl_error error;

static void open_arena(void) {
    cr_assert_eq(sl_fold_init(&error), SL_OK);
    cr_assert_eq(sl_arena_init(&arena, 1 << 20, &error), SL_OK);
}

static void close_arena(void) {
    sl_arena_done(&arena);
}

TestSuite(pack_expression, .init = open_arena, .fini = close_arena);

typedef int (*translate_fn)(const char *text, struct sl_arena *arena, struct sl_error *error,
                            size_t *ret_column, struct sl_expression *ret_expression);

struct pair {
    const char *in;
    const char *out; // the expression, or "column: message"
};

// "column: message", or the expression with a mark when it goes by lines.
static const char *outcome_of(translate_fn translate, const char *in) {
    static char out[SL_ERROR_TEXT_BYTES + 32];
    struct sl_expression expression;
    size_t column = 0;
    error.length = 0;
    if (translate(in, &arena, &error, &column, &expression) != SL_OK) {
        snprintf(out, sizeof out, "%zu: %s", column, error.text);
    } else {
        snprintf(out, sizeof out, "%s%s", expression.regex,
                 expression.multiline ? " by lines" : "");
    }
    return out;
}

static void expect_pairs(translate_fn translate, const struct pair *pairs, size_t pairs_count) {
    for (size_t i = 0; i < pairs_count; i++) {
        cr_expect_str_eq(outcome_of(translate, pairs[i].in), pairs[i].out, "%s: %s", pairs[i].in,
                         outcome_of(translate, pairs[i].in));
    }
}

#define EXPECT_PHRASES(pairs)                                                                      \
    expect_pairs(sl_expression_from_phrase, pairs, sizeof(pairs) / sizeof(pairs)[0])
#define EXPECT_RAWS(pairs)                                                                         \
    expect_pairs(sl_expression_from_raw, pairs, sizeof(pairs) / sizeof(pairs)[0])

Test(pack_expression, words_become_words) {
    static const struct pair pairs[] = {
        {"internet", " internet "},
        {"non funziona", " non funziona "},
        {"  non,  funziona ", " non funziona "},
        {"PERCHÉ l’ADSL", " perche l adsl "},
        {"un po'", " un po "},
        {"wi-fi 4g", " wi fi 4g "},
        {"#fibra @tim", "\\# fibra \\@ tim "},
        {"3.5 ?!", " 3 \\. 5 \\?\\!"},
        {"aiuto 😡", " aiuto 😡"},
        {"aiuto😡 ora", " aiuto 😡 ora "},
        {"привет", "привет"},
    };
    EXPECT_PHRASES(pairs);
}

Test(pack_expression, stems_are_left_open_at_edges_only) {
    static const struct pair pairs[] = {
        {"funzion*", " funzion"},
        {"*zione", "zione "},
        {"*zion*", "zion"},
        {"disdett* ora", " disdett\\w* ora "},
        {"ora *zione", " ora \\w*zione "},
        {"disdett* … *zione", " disdett\\w* " G "\\w*zione "},
        {"{a*|b} c", "(?: a\\w* | b )c "},
        {"c {a*|b}", " c (?:a|b )"},
    };
    EXPECT_PHRASES(pairs);
}

Test(pack_expression, groups_and_gaps_are_joined) {
    static const struct pair pairs[] = {
        {"{a|b c}", "(?: a | b c )"},
        {"a (b) c", " a (?:b )?c "},
        {"a (b|c d) e", " a (?:(?:b |c d ))?e "},
        {"a … b", " a " G "b "},
        {"a ... b", " a " G "b "},
        {"a…{b … c}", " a " G "(?:b " G "c )"},
    };
    EXPECT_PHRASES(pairs);
}

Test(pack_expression, optional_words_that_decide_nothing_are_left_out) {
    static const struct pair pairs[] = {
        {"(la) linea (fissa)", " linea "},
        {"non (a) … (b) (c) linea", " non " G "linea "},
        {"(a) b (c) d (e)", " b (?:c )?d "},
    };
    EXPECT_PHRASES(pairs);
}

Test(pack_expression, wrong_phrases_are_refused_at_their_place) {
    static const struct pair pairs[] = {
        {"", "1: expected words, found none"},
        {" , - ", "1: expected words, found none"},
        {"(a) (b)", "1: expected a word that must be there, found only optional ones"},
        {"… a", "1: expected a word that must be there on both sides of a gap"},
        {"a …", "3: expected a word that must be there on both sides of a gap"},
        {"a … (b) … c", "3: expected a word that must be there on both sides of a gap"},
        {"{a …|b}", "4: expected a word on both sides of a gap within its alternative"},
        {"a*b", "2: expected * at the beginning or the end of a word"},
        {"a **", "4: expected * at the beginning or the end of a word"},
        {"*", "2: expected * at the beginning or the end of a word"},
        {"perché’*", "1: expected a letter or digit beside *"},
        {"*“ciao", "1: expected a letter or digit beside *"},
        {"a !*", "3: expected a letter or digit beside *"},
        {"line{a|e}", "5: expected a space before a group, found a word"},
        {"{a|b}c", "6: expected a space behind a group, found a word"},
        {"a {b|}", "6: expected words in every alternative, found none; (a|b) stands for a, b or "
                   "nothing"},
        {"a {b", "3: expected }, found the end of the phrase"},
        {"a (b", "3: expected ), found the end of the phrase"},
        {"{a|b)", "5: expected }, found )"},
        {"(a|b}", "5: expected ), found }"},
        {"{a (b)}", "4: expected words in a group, found another group"},
        {"a|b", "2: expected | only within ( ) or { }"},
        {"a )", "3: expected a group's begin before its end"},
        {"a … b … c … d … e … f", "27: expected at most 4 gaps, found more"},
    };
    EXPECT_PHRASES(pairs);
}

Test(pack_expression, long_phrases_are_refused) {
    char phrase[SL_PHRASE_BYTES_MAX + 2];
    memset(phrase, 'a', sizeof phrase);
    phrase[SL_PHRASE_BYTES_MAX + 1] = '\0';
    cr_expect_str_eq(outcome_of(sl_expression_from_phrase, phrase),
                     "1: expected at most 500 bytes, found more");
    cr_expect_str_eq(outcome_of(sl_expression_from_raw, phrase),
                     "1: expected at most 500 bytes, found more");
    phrase[SL_PHRASE_BYTES_MAX] = '\0';
    cr_expect_eq(strlen(outcome_of(sl_expression_from_phrase, phrase)), SL_PHRASE_BYTES_MAX + 2);
    strcpy(phrase, "{a");
    for (int i = 0; i < 64; i++) {
        strcat(phrase, "|a");
    }
    cr_expect_str_eq(outcome_of(sl_expression_from_phrase, strcat(phrase, "}")),
                     "129: expected at most 64 alternatives, found more");
}

Test(pack_expression, phrase_of_the_longest_form_fits) {
    char phrase[SL_PHRASE_BYTES_MAX + 1] = "a";
    while (strlen(phrase) + 4 <= SL_PHRASE_BYTES_MAX) {
        strcat(phrase, " a");
    }
    cr_expect_eq(outcome_of(sl_expression_from_phrase, phrase)[0], ' ');
}

Test(pack_expression, safe_raw_patterns_pass) {
    static const struct pair pairs[] = {
        {"\\bko\\b.{0,20}\\blinea\\b", "\\bko\\b.{0,20}\\blinea\\b"},
        {"(a|(?:b))c+?", "(?:a|(?:b))c+"},
        {"x{2,}y{3}z??", "x{2,}y{3}z?"},
        {"^a|b$", "^ a|b $ by lines"},
        {"(?:^|[,])x", "(?:^ |[\\x2c])x by lines"},
        {"a\\Bb\\.c\\%", "a\\Bb\\.c\\%"},
        {"😡+", "(?:😡)+"},
        {"\\x62\\x{63}", "bc"},
        {"]}", "\\]\\}"},
    };
    EXPECT_RAWS(pairs);
}

Test(pack_expression, raw_classes_lose_the_newline) {
    static const struct pair pairs[] = {
        {"\\s\\h", "[\\x20][\\x20]"},
        {"\\d\\w", "[0-9][0-9A-Z_a-z]"},
        {"\\D", "[\\x00-\\x09\\x0b-\\x2f\\x3a-\\xff]"},
        {"\\W", "[\\x00-\\x09\\x0b-\\x2f\\x3a-\\x40\\x5b-\\x5e\\x60\\x7b-\\xff]"},
        {"\\S", "[\\x00-\\x09\\x0b-\\x1f\\x21-\\xff]"},
        {"[^a-c]", "[\\x00-\\x09\\x0b-\\x60d-\\xff]"},
        {"[\\D]", "[\\x00-\\x09\\x0b-\\x2f\\x3a-\\xff]"},
        {"[^\\W]", "[0-9A-Z_a-z]"},
        {"[^\\Wa]", "[0-9A-Z_b-z]"},
        {"[a\\-\\]x-z-]", "[\\x2d\\x5dax-z]"},
        {"[]a]", "[\\x5da]"},
        {"[^A-Z]", "[\\x00-\\x09\\x0b-\\x40\\x5b-\\xff]"},
    };
    EXPECT_RAWS(pairs);
}

Test(pack_expression, unsafe_raw_patterns_are_refused_at_their_place) {
    static const struct pair pairs[] = {
        {"", "1: expected a pattern that needs a character, found one that matches the empty "
             "string"},
        {"a|b*", "1: expected a pattern that needs a character, found one that matches the empty "
                 "string"},
        {"^\\b$", "1: expected a pattern that needs a character, found one that matches the empty "
                  "string"},
        {"(?:a?){3}", "1: expected a pattern that needs a character, found one that matches the "
                      "empty string"},
        {"a\\n", "2: expected characters that a folded text holds, found one of control"},
        {"a\\x0A", "2: expected characters that a folded text holds, found one of control"},
        {"a\nb", "2: expected characters that a folded text holds, found one of control"},
        {"\\xc3", "1: expected the character itself, found a byte beyond ASCII"},
        {"\\x6", "1: expected two hexadecimal digits behind \\x"},
        {"Ko", "1: expected \"k\", found \"K\": texts are folded first"},
        {"[a-zA-Z]", "5: expected \"a\", found \"A\": texts are folded first"},
        {"perché", "6: expected \"e\", found \"é\": texts are folded first"},
        {"[à]", "2: expected (?:a|b) for characters beyond ASCII, found one in a class"},
        {"[[:alpha:]]", "2: expected characters and ranges, found a POSIX class"},
        {"[z-a]", "2: expected a range that ascends"},
        {"[\\b]", "2: expected an escape of those listed in docs/pack.md"},
        {"[^\\w\\W]", "1: expected a class that some character is in"},
        {"[a", "1: expected ], found the end of the pattern"},
        {"a[\\", "3: expected an escape of those listed in docs/pack.md"},
        {"\\Aa", "1: expected ^ and $ for the borders of a text, found \\A, \\Z or \\z"},
        {"(a)\\1", "4: expected no references to groups: the matcher keeps none"},
        {"\\p{L}", "1: expected ASCII classes like [a-z]: texts are folded, found \\p, \\P or \\X"},
        {"\\Qa\\E", "1: expected each sign with its own \\, found \\Q or \\E"},
        {"a\\", "2: expected an escape of those listed in docs/pack.md"},
        {"(?i)a", "1: expected no flags: texts are in lower case, and . never passes a text's "
                  "border"},
        {"a(?s:.)", "2: expected no flags: texts are in lower case, and . never passes a text's "
                    "border"},
        {"(?<=a)b", "1: expected no look-around: the matcher has none"},
        {"a(?!b)", "2: expected no look-around: the matcher has none"},
        {"(?<n>a)", "1: expected (?: ), found a named group"},
        {"(?>a)", "1: expected (?: ), found an atomic group"},
        {"(*UTF8)a", "1: expected no verbs: the matcher has none"},
        {"(a", "1: expected ), found the end of the pattern"},
        {"a)", "2: expected a group's begin before its end"},
        {"a^b", "2: expected ^ only where a match begins"},
        {"a$b", "3: expected nothing behind $"},
        {"(?:a$|b)c", "9: expected nothing behind $"},
        {"(^a)+", "5: expected something to repeat, found a border"},
        {"+a", "1: expected something to repeat before * + ?"},
        {"a++", "3: expected one repeat of a part, found two in a row"},
        {"{2}a", "1: expected \\{ for the sign itself, or {n} behind a part"},
        {"a{,2}", "2: expected {n}, {n,} or {n,m}; the sign itself is \\{"},
        {"a{0}", "2: expected ascending repeats from 1 to 200, or none"},
        {"a{3,2}", "2: expected ascending repeats from 1 to 200, or none"},
        {"a{201}", "2: expected ascending repeats from 1 to 200, or none"},
        {"a{99999999999999999999}", "2: expected ascending repeats from 1 to 200, or none"},
        {"(?:a{100}){21}", "11: expected fewer repeats within repeats"},
        {"((((((((((((((((((a))))))))))))))))))", "17: expected fewer groups within groups"},
    };
    EXPECT_RAWS(pairs);
}
