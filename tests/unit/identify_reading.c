// SPDX-License-Identifier: Apache-2.0
//
// Goal: the second reading undoes what people write to hide a number or to say it aloud, and
// nothing of what they write every day; every byte of it leads back to what it came from; and
// through the finder such numbers are masked whole, idioms with numbers never.
// Method: texts are folded, their words and runs looked at as the finder does, and read again;
// random numbers, spelled by rules of their own here, must read as their digits, and random pieces
// of disguises keep the map in order; then examples with the place in braces, all kinds on. All
// numbers are invented.
#include <criterion/criterion.h>
#include <string.h>

#include "identify/kind.h"
#include "identify/reading.h"
#include "identify/runs.h"
#include "support/finder.h"
#include "support/random.h"

#define TEXT_MAX SL_TEST_TEXT_MAX
#define CUES_MAX SL_TEST_TEXT_MAX
#define ROUNDS   20000

static struct sl_cue_table *table;
static struct sl_cue cues[CUES_MAX];
static struct sl_token tokens[CUES_MAX];
static unsigned char room[SL_READINGS_MAX * (TEXT_MAX + SL_CUES_PAD_BYTES)];
static uint32_t map[TEXT_MAX + 1];
static struct sl_reading reading = {.room = room, .map = map};
static const struct sl_folded *folded;

// One kind stands for all that a single number behind a cue is enough for.
static void open_table(void) {
    struct sl_error error = {0};
    struct sl_cue_source sources[SL_KINDS_COUNT] = {
        [SL_KIND_FISCAL_CODE] = {.words = {.strong = "cf|nato|via"}},
    };
    const char *const senses[32] = {sl_reading_number_words, NULL, "punto"};
    sl_test_finder_init();
    cr_assert_eq(sl_cue_table_open(sources, senses, 0, &error, &table), SL_OK, "%s", error.text);
}

static void close_table(void) {
    sl_cue_table_close(table);
    sl_test_finder_done();
}

TestSuite(identify_reading, .init = open_table, .fini = close_table);

static struct sl_cue_list list;

static void find_cues(const unsigned char *text, uint32_t len) {
    list = (struct sl_cue_list){
        .cues = cues, .cues_room = CUES_MAX, .tokens = tokens, .tokens_room = CUES_MAX};
    sl_cues_find(table, false, text, len, &list);
}

static bool begin_to_read(const char *text) {
    struct sl_runs runs;
    folded = sl_test_fold(text, strlen(text));
    struct sl_look look = {.bytes = folded->bytes, .len = folded->len};
    find_cues(folded->bytes, folded->len);
    sl_runs_begin(&runs);
    while (sl_runs_next(&runs, &look)) {
    }
    return sl_reading_begin(&reading, folded, &list, runs.touches, 1u << SL_KIND_FISCAL_CODE);
}

static bool go_on(void) {
    bool read = sl_reading_next(&reading, folded, &list);
    if (read) {
        find_cues(reading.bytes, reading.len);
    }
    return read;
}

// The last reading.
static bool read_text(const char *text) {
    uint32_t count = 0;
    if (begin_to_read(text)) {
        while (go_on()) {
            count++;
        }
    }
    return count > 0;
}

struct pair {
    int line;
    const char *text;
    const char *reads;
};
#define PAIR(text, reads)                                                                          \
    { __LINE__, text, reads }

static void expect_read(const struct pair *pairs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        bool read = read_text(pairs[i].text);
        cr_expect(read, "line %d is not read again", pairs[i].line);
        cr_expect(!read || (reading.len == strlen(pairs[i].reads) &&
                            memcmp(reading.bytes, pairs[i].reads, reading.len) == 0),
                  "line %d reads \"%.*s\"", pairs[i].line, (int)reading.len, reading.bytes);
    }
}
#define EXPECT_READ(pairs) expect_read(pairs, sizeof(pairs) / sizeof(pairs)[0])

Test(identify_reading, next_digits_spelled_out_become_digits) {
    static const struct pair pairs[] = {
        PAIR("tre due otto nove zero sei uno", "3 2 8 9 0 6 1"),
        PAIR("TRE-DUE-OTTO-NOVE-ZERO-SEI", "3-2-8-9-0-6"),
        PAIR("tre\ndue, otto/nove.zero sei", "3 2, 8/9.0 6"),
        PAIR("three two eight nine oh six one", "3 2 8 9 0 6 1"),
        PAIR("tre 2 otto 9 zero 61", "3 2 8 9 0 61"),
        PAIR("tre2otto9zero61", "3289061"),
        PAIR("328 nove-zero-sei 1555", "328 9-0-6 1555"),
        PAIR("treduesettezeroquattrounonove", "3270419"),
        PAIR("tel 3 2 8 o 9 0 6 1", "tel 3 2 8 0 9 0 6 1"),
        PAIR("p.iva O7643520567", "p.iva 07643520567"),
        PAIR("327 O4I 97Z6", "327 041 9726"),
        PAIR("eccolo: tredue ottonove zerosei", "eccolo: 32 89 06"),
        PAIR("t r e  d u e otto 9061", "32 8 9061"),
        PAIR("t r e d u e o t t o n o v e s e i u n o", "328961"),
        PAIR("doppio tre due, triplo otto, double zero 5", "33 2, 888, 00 5"),
        PAIR("tre due doppio 4 tripla 55 uno", "3 2 44 555555 1"),
        PAIR("tre due, due volte otto, tre volte sei", "3 2, 88, 666"),
        PAIR("quadruplo mille, quadruplo centomila, uno", "1000, 100000, 1"),
        PAIR("quatro quattro cinque sei sette nove", "4 4 5 6 7 9"),
    };
    EXPECT_READ(pairs);
}

Test(identify_reading, next_compound_numbers_become_their_digits) {
    static const struct pair pairs[] = {
        PAIR("trentadue ottantanove cinquantuno", "32 89 51"),
        PAIR("tretrentadue settantotto 451", "332 78 451"),
        PAIR("trecentoventotto novantuno sedici", "328 91 16"),
        PAIR("centotto centundici centouno", "108 111 101"),
        PAIR("duecentoquarantasei zerouno ventitré", "246 01 23"),
        PAIR("tre cento venti otto 123", "328 123"),
        PAIR("quaranta sette trenta-due 123", "47 32 123"),
        PAIR("quaranta, sette, trenta, due", "40, 7, 30, 2"),
        PAIR("quaranta settecento 12", "40 700 12"),
        PAIR("cinquecentomila, ventuno", "500000, 21"),
        PAIR("duemilasedici millenovecentonovantanove", "2016 1999"),
        PAIR("mille novecento settanta due e 44", "1972 44"),
        PAIR("forty-seven fifty one 44", "47 51 44"),
        PAIR("three hundred and twenty eight 555", "328 555"),
        PAIR("one hundred five nineteen eighty-five", "105 1985"),
        PAIR("two thousand sixteen twenty twenty-one", "2016 2021"),
        PAIR("fortyseven eightyeight twelve", "47 88 12"),
    };
    EXPECT_READ(pairs);
}

Test(identify_reading, next_words_between_numbers_become_separators) {
    static const struct pair pairs[] = {
        PAIR("tre due otto e poi nove zero sei uno", "3 2 8 9 0 6 1"),
        PAIR("tre due otto trattino nove zero sei", "3 2 8-9 0 6"),
        PAIR("tre e due e otto e nove e zero e sei", "3 2 8 9 0 6"),
        PAIR("328 punto 906 punto 155", "328.906.155"),
        PAIR("328 906 xxx poi 155", "328 906 155"),
        PAIR("328 spazio 906 trattino 155", "328 906-155"),
        PAIR("piu trentanove tre due otto nove zero sei uno", "+39 3 2 8 9 0 6 1"),
        PAIR("più 39 tre due otto 9061555", "+39 3 2 8 9061555"),
    };
    EXPECT_READ(pairs);
}

Test(identify_reading, next_crosses_within_a_code_are_its_letters) {
    static const struct pair pairs[] = {
        PAIR("w4&#110;29xx84303j", "w4n29xx84303j"),
    };
    EXPECT_READ(pairs);
}

Test(identify_reading, next_one_number_is_read_behind_a_cue_only) {
    static const struct pair pairs[] = {
        PAIR("cf abc ottantadue m zero uno h cinquecentouno", "cf abc 82 m 0 1 h 501"),
        PAIR("via mazzini dodici, torino", "via mazzini 12, torino"),
        PAIR("nato il primo aprile millenovecentosettanta", "nato il 1 aprile 1970"),
        PAIR("nato april twenty first nineteen seventy", "nato april 21 1970"),
        PAIR("nato il ventuno aprile", "nato il 21 aprile"),
    };
    EXPECT_READ(pairs);
    cr_expect_not(read_text("abito al dodici, torino"));
    cr_expect_not(read_text("in via di sviluppo uno spera"), "an article");
    cr_expect_not(read_text("nato primo di tutti"), "no month");
}

Test(identify_reading, next_escapes_are_what_they_stand_for) {
    static const struct pair pairs[] = {
        PAIR("&#51;&#x32;&#56 906", "328 906"),
        PAIR("&amp;#51;28&nbsp;906", "328 906"),
        PAIR("anna&commat;example&period;it", "anna@example.it"),
        PAIR("anna%40example.it", "anna@example.it"),
        PAIR("%2B39%20328%2520906", "+39 328 906"),
        PAIR("\\u0033\\x32\\u0038 906", "328 906"),
        PAIR("12%EF%BC%93", "123"),
        PAIR("AB&#67;&#x44;1", "abcd1"),
        PAIR("12&#8203;&#10;&#32;3", "12 3"),
    };
    EXPECT_READ(pairs);
}

Test(identify_reading, next_lookalikes_are_latin) {
    static const struct pair pairs[] = {
        PAIR("tel 328 9О6 1З55", "tel 328 906 1355"),
        PAIR("32 Ο1 ЗЗ 55", "32 01 33 55"),
        PAIR("аnna@example.it", "anna@example.it"),
        PAIR("codice ΑВ1234", "codice ab1234"),
    };
    EXPECT_READ(pairs);
}

Test(identify_reading, next_letters_in_numbers_are_digits) {
    static const struct pair pairs[] = {
        PAIR("328l234567", "3281234567"),
        PAIR("3Z8 I23 45O7", "328 123 4507"),
        PAIR("5105 5105 5S05 510O", "5105 5105 5505 5100"),
        PAIR("328!234567", "3281234567"),
        PAIR("RSSMRA8OA01H5O1X", "rssmra80a01h501x"),
        PAIR("4242x4242x4242x4242", "4242-4242-4242-4242"),
        PAIR("328x906x1555", "328-906-1555"),
        PAIR("328 ☎️📞☎️ 9061555", "328 9061555"),
        PAIR("328 ---- 9061555", "328 9061555"),
    };
    EXPECT_READ(pairs);
}

static void expect_reading(const char *reads) {
    cr_assert(go_on(), "there is no further reading: \"%s\"", reads);
    cr_expect(reading.len == strlen(reads) && memcmp(reading.bytes, reads, reading.len) == 0,
              "reads \"%.*s\"", (int)reading.len, reading.bytes);
}

Test(identify_reading, next_undoes_more_each_time_and_leaves_what_was_read) {
    cr_assert(begin_to_read("A&#66;3l4 5678 OВ9, tre due otto nove zero sei uno"));
    expect_reading("ab3l4 5678 ob9, tre due otto nove zero sei uno");
    const unsigned char *first = reading.bytes;
    expect_reading("ab3l4 5678 ob9, 3 2 8 9 0 6 1");
    cr_expect_eq(memcmp(first, "ab3l4 5678 ob9, tre", 19), 0);
    cr_expect_not(go_on(), "nothing is left to undo");
    cr_assert(begin_to_read("codice &#79;ВО34"));
    expect_reading("codice obo34");
    cr_assert(begin_to_read("codice АВ1234, ОВ1234"));
    expect_reading("codice ab1234, ob1234");
    expect_reading("codice ab1234, 081234");
}

Test(identify_reading, next_leaves_letters_that_may_be_of_a_code) {
    cr_assert(begin_to_read("RSSMRA8OA01H5O1X"));
    expect_reading("rssmra80a01h501x");
    cr_expect_not(go_on(), "nothing is left to undo");
    cr_assert(begin_to_read("IT&#49;&#50;TRE34"));
    expect_reading("it12tre34");
    cr_expect_not(begin_to_read("buongiorno a tutti"));
}

Test(identify_reading, next_letters_that_stand_apart_are_joined) {
    static const struct pair pairs[] = {
        PAIR("V I A  M A Z Z I N I  12", "via mazzini 12"),
        PAIR("C O R S O  F R A N C I A  1 2", "corso francia 12"),
    };
    EXPECT_READ(pairs);
}

Test(identify_reading, next_everyday_text_is_not_read_again) {
    static const char *const texts[] = {
        "",
        "buongiorno, la linea non va da tre giorni",
        "ho due sim e tre telefoni",
        "sei sicuro? sei uno di loro",
        "due o tre volte",
        "uno dei due",
        "one of the two",
        "chiamo da 3 giorni, zero risposte",
        "fibra 100GB a 29,90 euro, 5G e 4G",
        "iphone 4s, galaxy s10, b2b, h24",
        "schermo 1920x1080, 2x3",
        "sconto del 50%, poi 100%",
        "R&D e AT&T 2 & 3",
        "https://example.com/a1b2c3l4o5?x=1",
        "perché è così 😀 12",
        "в 2020 году",
        "a b c",
        "voto 10, 9.5, 8",
        "4023-6001-2345 e poi 6784",
        "pacchi 1234567 o 7654321",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cr_expect_not(read_text(texts[i]), "text %zu reads \"%.*s\"", i, (int)reading.len,
                      reading.bytes);
    }
}

// Where in the text the digits of the reading come from.
static void expect_range(const char *digits, const char *origin) {
    unsigned char *found = memmem(reading.bytes, reading.len, digits, strlen(digits));
    cr_assert_not_null(found);
    uint32_t at = (uint32_t)(found - reading.bytes), start, end;
    sl_reading_range(&reading, at, at + (uint32_t)strlen(digits), &start, &end);
    cr_expect(end - start == strlen(origin) &&
                  memcmp(folded->bytes + start, origin, strlen(origin)) == 0,
              "%s comes from \"%.*s\"", digits, (int)(end - start), folded->bytes + start);
}

Test(identify_reading, range_covers_the_whole_disguise) {
    cr_assert(read_text("il tre trentadue, doppio due &#51;4 5O6 fine"));
    expect_range("32", "trentadue");
    expect_range("2,", "trentadue,");
    expect_range("22 34 506", "doppio due &#51;4 5o6");
    expect_range("34", "&#51;4");
    cr_assert(read_text("nove cento trentadue 44 ☎☎☎☎ 5"));
    expect_range("932 44", "nove cento trentadue 44");
}

// Random numbers.

static size_t spell_below_100(unsigned value, char *out) {
    static const char *const small[] = {
        "zero",        "uno",      "due",    "tre",         "quattro",  "cinque",     "sei",
        "sette",       "otto",     "nove",   "dieci",       "undici",   "dodici",     "tredici",
        "quattordici", "quindici", "sedici", "diciassette", "diciotto", "diciannove",
    };
    static const char *const tens[] = {"",          "",         "venti",    "trenta",  "quaranta",
                                       "cinquanta", "sessanta", "settanta", "ottanta", "novanta"};
    if (value < 20) {
        return (size_t)sprintf(out, "%s", small[value]);
    }
    const char *ten = tens[value / 10];
    unsigned unit = value % 10;
    size_t cut = unit == 1 || unit == 8; // the vowel goes: "ventuno"
    return (size_t)sprintf(out, "%.*s%s", (int)(strlen(ten) - cut), ten,
                           unit > 0 ? small[unit] : "");
}

// 0 … 999 in one word.
static void spell(unsigned value, char *out) {
    if (value >= 200) {
        out += spell_below_100(value / 100, out);
    }
    if (value >= 100) {
        out += sprintf(out, "cento");
        value %= 100;
        if (value == 0) {
            return;
        }
    }
    spell_below_100(value, out);
}

// Writes a group of a number in words or digits, behind a separator that leaves it apart.
static size_t write_group(struct sl_random *random, unsigned value, bool words, unsigned before,
                          char *out) {
    static const char *const separators[] = {", ", ".", " / ", "\n- ", " ", "-", " e poi "};
    char word[64];
    // Behind round numbers, and before "cento", a mere space would make one number of two.
    bool one = before % 10 == 0 || value == 100;
    const char *separator = separators[sl_random_below(random, one ? 4 : 6 + words)];
    spell(value, word);
    if (!words) {
        sprintf(word, "%u", value);
    }
    return (size_t)sprintf(out, "%s%s", separator, word);
}

Test(identify_reading, next_random_number_reads_as_its_digits) {
    struct sl_random random = {sl_random_seed()};
    for (int round = 0; round < ROUNDS; round++) {
        char text[2048] = "ecco: tre", digits[256] = "3", found[256];
        size_t len = strlen(text), digits_len = 1, found_len = 0;
        unsigned before = 3;
        for (uint64_t groups = 5 + sl_random_below(&random, 8); groups > 0; groups--) {
            unsigned value =
                (unsigned)sl_random_below(&random, 1000) >> (3 * sl_random_below(&random, 3));
            bool words = digits_len < 4 || sl_random_below(&random, 4) > 0;
            len += write_group(&random, value, words, before, text + len);
            digits_len += (size_t)sprintf(digits + digits_len, "%u", value);
            before = value;
        }
        cr_assert(read_text(text), "round %d", round);
        for (uint32_t i = 0; i < reading.len; i++) {
            if (sl_is_digit(reading.bytes[i])) {
                found[found_len++] = (char)reading.bytes[i];
            }
        }
        found[found_len] = '\0';
        cr_assert_str_eq(found, digits, "round %d: %s", round, text);
    }
}

Test(identify_reading, next_map_leads_back_in_order) {
    static const char *const pieces[] = {
        "tre",     "due ",       "cento",    "venti",   "doppio ",    "t r e ",     "oh ",
        "e ",      "poi ",       "xx ",      "&#51;",   "&amp;",      "#52",        "%33",
        "%25",     "%40",        "\\u0033",  "&",       "%",          "4",          "567",
        "l",       "o",          "x",        " ",       "  ",         "-",          "☎️",
        "З",       "а",          "uno ",     "sei",     ", ",         "cf ",        "primo ",
        "aprile ", "piu ",       "hundred ", "and ",    "twenty-",    "first ",     "mila",
        "mille",   "due volte ", "a b c d ", "!",       "\xff",       "ottant",     "uno",
        "&nbsp;",  "thousand ",  "punto ",   "V I A  ", "&#x110000;", "quadruplo ", "centomila ",
        "mille ",  "tripla",
    };
    struct sl_random random = {sl_random_seed()};
    uint32_t read_count = 0;
    for (int round = 0; round < ROUNDS; round++) {
        char text[1024];
        size_t len = 0;
        text[0] = '\0';
        for (uint64_t count = sl_random_below(&random, 40); count > 0; count--) {
            uint64_t which = sl_random_below(&random, sizeof pieces / sizeof pieces[0]);
            len += (size_t)sprintf(text + len, "%s", pieces[which]);
        }
        if (!read_text(text)) {
            continue;
        }
        read_count++;
        cr_assert_leq(reading.len, folded->len);
        cr_assert_eq(reading.map[reading.len], folded->len);
        for (uint32_t i = 0; i < reading.len; i++) {
            uint32_t start, end;
            cr_assert_leq(reading.map[i], reading.map[i + 1], "round %d", round);
            sl_reading_range(&reading, i, i + 1, &start, &end);
            cr_assert(start < end && end <= folded->len, "round %d", round);
        }
    }
    cr_expect_gt(read_count, ROUNDS / 4);
}

// Through the finder.

#define EXPECT(kind, examples)                                                                     \
    sl_test_expect_marked(kind, examples, sizeof(examples) / sizeof(examples)[0])

Test(identify_reading, look_phone_in_disguise_masks_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("chiamatemi al {tre due otto nove zero sei uno cinque cinque cinque}"),
        SL_TEST_EXAMPLE("{trecentoventotto novanta sessantuno cinquecentocinquantacinque} grazie"),
        SL_TEST_EXAMPLE("cell {tre ventotto, nove zero, sei uno, triplo cinque} ok"),
        SL_TEST_EXAMPLE("my number is {three two eight nine oh six one five five five}"),
        SL_TEST_EXAMPLE("cell {328 nove-zero-sei 1555}, la sera"),
        SL_TEST_EXAMPLE("cell {tre2otto9zero61555}"),
        SL_TEST_EXAMPLE("{+39 tre due otto 906 1555}"),
        SL_TEST_EXAMPLE("{più trentanove tre due otto nove zero sei uno cinque cinque cinque}"),
        SL_TEST_EXAMPLE("tel {328l906555}"),
        SL_TEST_EXAMPLE("tel {3Z8 9O6 1555} ore pasti"),
        SL_TEST_EXAMPLE("tel {328 9О6 1З55}"),
        SL_TEST_EXAMPLE("tel {&#51;&#50;&#56;9061555}"),
        SL_TEST_EXAMPLE("tel {328x906x1555}"),
        SL_TEST_EXAMPLE("tel {328 ☎️☎️☎️ 9061555} grazie"),
        SL_TEST_EXAMPLE(
            "il cell di uno dei due: {tre due otto nove zero sei uno cinque cinque cinque}"),
    };
    EXPECT(SL_KIND_PHONE, examples);
}

Test(identify_reading, look_code_in_disguise_masks_it) {
    static const struct sl_test_example cards[] = {
        SL_TEST_EXAMPLE("carta {5105 1051 O510 51OO}"),
        SL_TEST_EXAMPLE("carta {5105x1051x0510x5100}"),
        SL_TEST_EXAMPLE("carta {cinquantuno zero cinque dieci cinquantuno zero cinque dieci "
                        "cinquantuno zero zero}"),
    };
    static const struct sl_test_example fiscal_codes[] = {
        SL_TEST_EXAMPLE("cf {bnc lgu settantadue t undici f duecentocinque r} grazie"),
        SL_TEST_EXAMPLE("cf {BNCLGU72T11F2O5R}"),
    };
    static const struct sl_test_example ibans[] = {
        SL_TEST_EXAMPLE("iban {it sessanta x 05428 11101 000000123456}"),
        SL_TEST_EXAMPLE("iban {IT60X0542811101OOOOOO123456}"),
        SL_TEST_EXAMPLE("{FR232004101005&#48;TRE1&#51;M026006}"),
    };
    static const struct sl_test_example emails[] = {
        SL_TEST_EXAMPLE("{anna%40example.it} grazie"),
        SL_TEST_EXAMPLE("scrivete a {anna&commat;example&period;it}"),
    };
    EXPECT(SL_KIND_CARD, cards);
    EXPECT(SL_KIND_FISCAL_CODE, fiscal_codes);
    EXPECT(SL_KIND_IBAN, ibans);
    EXPECT(SL_KIND_EMAIL, emails);
}

Test(identify_reading, look_idiom_with_numbers_keeps_it) {
    static const struct sl_test_example examples[] = {
        SL_TEST_EXAMPLE("tre per due da voi, quattro per tre altrove"),
        SL_TEST_EXAMPLE("ventiquattro ore su ventiquattro, sette giorni su sette"),
        SL_TEST_EXAMPLE("uno due tre prova, uno due tre prova"),
        SL_TEST_EXAMPLE("conto fino a dieci: uno due tre quattro cinque sei sette otto nove dieci"),
        SL_TEST_EXAMPLE("one two three four five, once I caught a fish alive"),
        SL_TEST_EXAMPLE("tre giorni senza linea, quattro chiamate, sette ore di attesa"),
        SL_TEST_EXAMPLE("chiamato sei sette volte, risposto zero"),
        SL_TEST_EXAMPLE("due o tre volte al giorno, dalle nove alle dieci e trenta"),
        SL_TEST_EXAMPLE("è finita tre a due, poi quattro a uno"),
        SL_TEST_EXAMPLE("voto dieci, dieci, dieci! cinque stelle su cinque"),
        SL_TEST_EXAMPLE("pago ventinove e novanta invece di diciannove e novantanove"),
        SL_TEST_EXAMPLE("dal duemiladieci al duemilaventi, cento euro in più"),
        SL_TEST_EXAMPLE("chiamo il centottantasette da tre giorni"),
        SL_TEST_EXAMPLE("ottocento nove nove zero zero zero uno"),
        SL_TEST_EXAMPLE("grazie mille, sei uno dei pochi"),
        SL_TEST_EXAMPLE("ordine tre due otto nove zero sei uno cinque cinque cinque"),
        SL_TEST_EXAMPLE("nineteen eighty five to twenty twenty-one, thirty six years"),
        SL_TEST_EXAMPLE("risoluzione 3840x2160, 1920x1080 e 1280x720"),
        SL_TEST_EXAMPLE("versione 1.0.65.320.gac7a8e02 su s10 e a52s"),
        SL_TEST_EXAMPLE("50%20 di sconto &#233; poco 12&nbsp;euro"),
    };
    EXPECT(SL_KIND_PHONE, examples);
}
