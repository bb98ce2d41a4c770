// SPDX-License-Identifier: Apache-2.0
//
// Dates of birth. A date is a date; only the words before it make it somebody's, and each sort of
// words makes less of a date do: "data di nascita" any, "nato" one with its "il" or "nel",
// "compleanno" a day and a month, "classe" a year. Dates of faults and contracts stay.
#include <string.h>

#include "identify/kind.h"
#include "identify/wordlist.h"

#define YEAR_MIN        1900
#define YEAR_MAX        2029
#define ADULT_YEAR_MAX  2012 // of one who says "classe" or "sono del"
#define RECENT_YEAR_MIN 2015 // things come into being, too
#define LINK_WORDS      6
#define OTHER_WORDS     6 // "a Reggio nell'Emilia il"
#define PHRASE_REACH    64

enum {
    FULL = 90,
    PART = 70, // without a year, or nothing but one
    THING = 30,
};

enum sort {
    SORT_FIELD, // "data di nascita", "dob"
    SORT_BORN,
    SORT_PARTY,
    SORT_YEAR,
};

struct date {
    uint32_t end;
    bool day, month, year;
    bool spelled_month;
    uint32_t year_value;
};

#define WEEKDAYS                                                                                   \
    "lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|monday|tuesday|wednesday|"           \
    "thursday|friday|saturday|sunday|"

static const char family[] =
    "|di|del|della|mio|mia|suo|sua|madre|padre|mamma|papa|moglie|marito|figlio|figlia|nonno|nonna|"
    "cliente|titolare|intestatario|intestataria|of|my|mother|father|wife|husband|son|daughter|";

static const char field_words[] =
    "|e|era|il|nel|in|data|a|lui|lei|giorno|gg|mm|aa|aaaa|is|was|the|on|day|dd|yy|yyyy|";

static const char born_words[] =
    "|a|e|o|il|lo|l|la|nel|nell|in|data|giorno|anno|lontano|mese|di|del|addi|on|the|" WEEKDAYS;

static const char party_words[] = "|e|era|il|sara|cade|giorno|on|is|was|the|falls|" WEEKDAYS;

// Words right before a date that belong to it.
static const char date_words[] =
    "|il|l|nel|nell|in|del|anno|on|the|addi|data|giorno|mese|di|e|is|" WEEKDAYS;

// Numbers.

static uint32_t digits_end(const struct sl_look *look, uint32_t at) {
    while (at < look->len && sl_is_digit(look->bytes[at])) {
        at++;
    }
    return at;
}

static uint32_t value_of(const struct sl_look *look, uint32_t at, uint32_t digits) {
    uint32_t value = 0;
    for (uint32_t i = 0; i < digits; i++) {
        value = value * 10 + look->bytes[at + i] - '0';
    }
    return value;
}

static bool is_day(uint32_t value) {
    return value >= 1 && value <= 31;
}

static bool is_month(uint32_t value) {
    return value >= 1 && value <= 12;
}

// Italians write the day first, Americans the month.
static bool are_day_and_month(uint32_t first, uint32_t second) {
    return is_day(first) && is_day(second) && (is_month(first) || is_month(second));
}

static bool is_year(uint32_t value) {
    return value >= YEAR_MIN && value <= YEAR_MAX;
}

// A year of four digits, or of two. Where an apostrophe stands before two it is one for sure.
static uint32_t year_end(const struct sl_look *look, uint32_t at, struct date *date) {
    bool apostrophe = at < look->len && look->bytes[at] == '\'';
    uint32_t start = at + apostrophe, end = digits_end(look, start);
    if (end - start == 4 && is_year(value_of(look, start, 4))) {
        date->year_value = value_of(look, start, 4);
    } else if (end - start == 2) {
        uint32_t value = value_of(look, start, 2);
        date->year_value = value + (value > YEAR_MAX % 100 ? 1900 : 2000);
    } else {
        return SL_NOWHERE;
    }
    date->year = true;
    return end;
}

// Dates.

static bool is_gap(unsigned char c) {
    return c != '\0' && (c >= 0x80 || strchr(" /-.,\\_|'", c) != NULL);
}

// Behind one to three signs that part the numbers of a date; SL_NOWHERE: there are none.
static uint32_t skip_gap(const struct sl_look *look, uint32_t at) {
    uint32_t from = at, signs = 0;
    for (; at < look->len && is_gap(look->bytes[at]); at++) {
        signs += (look->bytes[at] & 0xC0) != 0x80;
    }
    return at > from && at < look->len && signs <= 3 ? at : SL_NOWHERE;
}

// "1o", "1st", "1°".
static uint32_t skip_ordinal(const struct sl_look *look, uint32_t at) {
    uint32_t letters = sl_wordlist_end(look, at);
    if (letters > at) {
        return sl_wordlist_has("|o|a|st|nd|rd|th|", look->bytes + at, letters - at) ? letters : at;
    }
    return look->len - at >= 2 && memcmp(look->bytes + at, "°", 2) == 0 ? at + 2 : at;
}

// A year behind a month's name, if there is one: "maggio 1980", "maggio '80", "maggio del 1980".
static void add_year(const struct sl_look *look, struct date *date) {
    bool glued = date->end < look->len && sl_is_digit(look->bytes[date->end]);
    uint32_t at = glued ? date->end : skip_gap(look, date->end);
    if (at != SL_NOWHERE && sl_wordlist_at(look, "|del|dell|of|", at)) {
        at = sl_wordlist_skip(look, "|del|dell|anno|of|", 2, at);
    }
    if (at == SL_NOWHERE) {
        return;
    }
    uint32_t end = year_end(look, at, date);
    if (end != SL_NOWHERE) {
        date->end = end;
    }
}

// "5 maggio 1980", from behind the day.
static bool read_named_month(const struct sl_look *look, uint32_t at, struct date *date) {
    bool glued = at < look->len && sl_is_letter(look->bytes[at]);
    uint32_t month = glued ? at : skip_gap(look, at);
    if (month != SL_NOWHERE && sl_wordlist_at(look, "|of|di|", month)) {
        month = skip_gap(look, sl_wordlist_end(look, month));
    }
    if (month == SL_NOWHERE || !sl_wordlist_at(look, sl_wordlist_months, month)) {
        return false;
    }
    date->day = date->month = date->spelled_month = true;
    date->end = sl_wordlist_end(look, month);
    add_year(look, date);
    return true;
}

// "maggio 1980", "May 5th, 1980".
static bool read_month_first(const struct sl_look *look, uint32_t at, struct date *date) {
    if (!sl_wordlist_at(look, sl_wordlist_months, at)) {
        return false;
    }
    date->month = date->spelled_month = true;
    date->end = sl_wordlist_end(look, at);
    uint32_t day = skip_gap(look, date->end);
    uint32_t day_end = day == SL_NOWHERE ? SL_NOWHERE : digits_end(look, day);
    if (day != SL_NOWHERE && day_end > day && day_end - day <= 2 &&
        is_day(value_of(look, day, day_end - day))) {
        date->day = true;
        date->end = skip_ordinal(look, day_end);
    }
    add_year(look, date);
    return date->day || date->year;
}

// "05081980", "050880", "19800805".
static bool read_piece(const struct sl_look *look, uint32_t at, uint32_t digits,
                       struct date *date) {
    uint32_t first = value_of(look, at, 2), second = value_of(look, at + 2, 2);
    bool day_first =
        are_day_and_month(first, second) && (digits == 6 || is_year(value_of(look, at + 4, 4)));
    bool year_first = digits == 8 && is_year(value_of(look, at, 4)) &&
                      is_month(value_of(look, at + 4, 2)) && is_day(value_of(look, at + 6, 2));
    date->day = date->month = date->year = true;
    date->year_value = day_first && digits == 8 ? value_of(look, at + 4, 4) : 0;
    date->end = at + digits;
    return day_first || year_first;
}

// "5/8/1980", "5 8 80", "5/8", from the day.
static bool read_day_first(const struct sl_look *look, uint32_t at, uint32_t digits,
                           struct date *date) {
    uint32_t day = value_of(look, at, digits);
    uint32_t behind = skip_ordinal(look, at + digits);
    if (is_day(day) && read_named_month(look, behind, date)) {
        return true;
    }
    uint32_t month = skip_gap(look, behind);
    uint32_t month_end = month == SL_NOWHERE ? SL_NOWHERE : digits_end(look, month);
    if (month == SL_NOWHERE || month_end == month || month_end - month > 2 ||
        !are_day_and_month(day, value_of(look, month, month_end - month))) {
        return false;
    }
    date->day = date->month = true;
    date->end = month_end;
    uint32_t year = skip_gap(look, month_end);
    uint32_t end = year == SL_NOWHERE ? SL_NOWHERE : year_end(look, year, date);
    if (end != SL_NOWHERE) {
        date->end = end;
        return true;
    }
    return look->bytes[behind] == '/';
}

// "1980-08-05", "1980", from the year.
static bool read_year_first(const struct sl_look *look, uint32_t at, struct date *date) {
    date->end = year_end(look, at, date);
    if (date->end == SL_NOWHERE) {
        return false;
    }
    uint32_t month = skip_gap(look, date->end);
    uint32_t month_end = month == SL_NOWHERE ? SL_NOWHERE : digits_end(look, month);
    uint32_t day = month == SL_NOWHERE ? SL_NOWHERE : skip_gap(look, month_end);
    uint32_t day_end = day == SL_NOWHERE ? SL_NOWHERE : digits_end(look, day);
    if (day != SL_NOWHERE && month_end - month >= 1 && month_end - month <= 2 &&
        day_end - day >= 1 && day_end - day <= 2 &&
        is_month(value_of(look, month, month_end - month)) &&
        is_day(value_of(look, day, day_end - day))) {
        date->day = date->month = true;
        date->end = day_end;
    }
    return true;
}

// The date that begins at `at`.
static bool read_date(const struct sl_look *look, uint32_t at, struct date *ret_date) {
    *ret_date = (struct date){0};
    uint32_t digits = digits_end(look, at) - at;
    bool read = false;
    if (digits == 0) {
        bool first = sl_wordlist_at(look, "|primo|first|", at);
        read = first ? read_named_month(look, sl_wordlist_end(look, at), ret_date)
                     : read_month_first(look, at, ret_date);
    } else if (digits <= 2) {
        read = read_day_first(look, at, digits, ret_date);
    } else if (digits == 4) {
        read = read_year_first(look, at, ret_date);
    } else if (digits == 6 || digits == 8) {
        read = read_piece(look, at, digits, ret_date);
    }
    return read && sl_wordlist_ends(look, ret_date->end);
}

// The way from the cue to the date.

static enum sort sort_of(const struct sl_look *look, const struct sl_cue *cue) {
    static const struct {
        const char *beginning;
        enum sort sort;
    } sorts[] = {
        {"nat", SORT_BORN},   {"born", SORT_BORN}, {"comp", SORT_PARTY}, {"birthday", SORT_PARTY},
        {"class", SORT_YEAR}, {"sono", SORT_YEAR}, {"madre", SORT_YEAR}, {"padre", SORT_YEAR},
        {"mamma", SORT_YEAR}, {"nonn", SORT_YEAR},
    };
    for (size_t i = 0; i < sizeof sorts / sizeof sorts[0]; i++) {
        size_t len = strlen(sorts[i].beginning);
        if (cue->end - cue->start >= len &&
            memcmp(look->bytes + cue->start, sorts[i].beginning, len) == 0) {
            return sorts[i].sort;
        }
    }
    return SORT_FIELD;
}

// True when a word of the list stands right before `at`.
static bool follows(const struct sl_look *look, const char *list, uint32_t at) {
    uint32_t end = at;
    while (end > 0 && at - end < 3 && !sl_is_alnum(look->bytes[end - 1])) {
        end--;
    }
    uint32_t start = sl_wordlist_start(look, end);
    return sl_wordlist_has(list, look->bytes + start, end - start);
}

static void add(struct sl_look *look, uint32_t start, const struct date *date, int score) {
    struct sl_candidate candidate = {
        .start = start,
        .end = date->end,
        .kind = SL_KIND_BIRTH_DATE,
        .score = score,
        .reasons = SL_REASON_SHAPE | SL_REASON_CUE_BEFORE,
    };
    sl_look_add(look, candidate);
}

// Goes on over any words until a date stands there; SL_NOWHERE where a sentence ends before.
static uint32_t find_date(const struct sl_look *look, uint32_t at, struct date *ret_date) {
    const uint32_t reach = at;
    for (uint32_t words = 0; at != SL_NOWHERE && at - reach < PHRASE_REACH && words < OTHER_WORDS;
         words++) {
        if (read_date(look, at, ret_date)) {
            return at;
        }
        uint32_t end = sl_wordlist_end(look, at);
        at = end == at ? SL_NOWHERE : sl_wordlist_skip(look, "||", 0, end);
    }
    return SL_NOWHERE;
}

static void look_behind_field(struct sl_look *look, uint32_t at) {
    struct date date;
    uint32_t whose = sl_wordlist_skip(look, family, LINK_WORDS, at);
    uint32_t start =
        whose == SL_NOWHERE ? whose : sl_wordlist_skip(look, field_words, LINK_WORDS, whose);
    if (start == SL_NOWHERE) {
        return;
    }
    if (read_date(look, start, &date)) {
        add(look, start, &date, FULL);
        return;
    }
    start = find_date(look, start, &date);
    if (start != SL_NOWHERE && date.day && date.year) {
        add(look, start, &date, FULL);
    }
}

// A year alone, or a day without one, is a date only with the word that goes with it.
static bool is_said_so(const struct sl_look *look, uint32_t at, const struct date *date) {
    return (date->day && date->year) || follows(look, date_words, at);
}

// "nel '78", from behind the apostrophe.
static bool read_short_year(const struct sl_look *look, uint32_t at, struct date *ret_date) {
    *ret_date = (struct date){0};
    if (digits_end(look, at) - at != 2 || !follows(look, "|nel|nell|anno|del|", at)) {
        return false;
    }
    ret_date->end = year_end(look, at, ret_date);
    return sl_joint_after(look, ret_date->end) == 0 && sl_wordlist_ends(look, ret_date->end);
}

static void look_behind_born(struct sl_look *look, uint32_t at) {
    struct date date;
    uint32_t start = sl_wordlist_skip(look, born_words, LINK_WORDS, at);
    if (start == SL_NOWHERE) {
        return;
    }
    bool direct = read_date(look, start, &date) || read_short_year(look, start, &date);
    if (!direct) {
        // "nato a Roma il …": a place stands between.
        start = follows(look, "|a|ad|in|at|", start) ? find_date(look, start, &date) : SL_NOWHERE;
    }
    bool bare_year = direct && date.year && !date.day && start - at <= 2;
    if (start == SL_NOWHERE || (!is_said_so(look, start, &date) && !bare_year)) {
        return;
    }
    struct sl_surroundings around = sl_look_around(look, SL_KIND_BIRTH_DATE, start, date.end);
    bool full = date.day && date.year;
    bool thing = around.amount || (around.against && (!full || date.year_value >= RECENT_YEAR_MIN));
    add(look, start, &date, thing ? THING : full ? FULL : PART);
}

static void look_behind_party(struct sl_look *look, uint32_t at) {
    struct date date;
    uint32_t whose = sl_wordlist_skip(look, family, LINK_WORDS, at);
    uint32_t start =
        whose == SL_NOWHERE ? whose : sl_wordlist_skip(look, party_words, LINK_WORDS, whose);
    if (start != SL_NOWHERE && read_date(look, start, &date) && date.day &&
        (date.year || date.spelled_month || follows(look, date_words, start))) {
        add(look, start, &date, date.year ? FULL : PART);
    }
}

// "sono del 1985" is said of bills as well: it must begin what is said, and end there.
static bool is_own_year(const struct sl_look *look, const struct sl_cue *cue, uint32_t end) {
    if (!sl_wordlist_at(look, "|sono|", cue->start)) {
        return true;
    }
    uint32_t before = cue->start;
    while (before > 0 && look->bytes[before - 1] == ' ') {
        before--;
    }
    uint32_t word = sl_wordlist_start(look, before);
    bool begins = word == before || sl_wordlist_has("|io|e|ed|ma|salve|ciao|buongiorno|buonasera|",
                                                    look->bytes + word, before - word);
    uint32_t after = end + (end < look->len && look->bytes[end] == ' ');
    bool ends = after == look->len || !sl_is_alnum(look->bytes[after]) ||
                sl_wordlist_at(look, "|e|ed|ma|nato|nata|ho|non|quindi|", after);
    return begins && ends;
}

static void look_behind_year(struct sl_look *look, const struct sl_cue *cue) {
    struct date date = {0};
    uint32_t start = cue->end;
    while (start < look->len && start - cue->end < 3 && look->bytes[start] == ' ') {
        start++;
    }
    uint32_t end = start < look->len ? year_end(look, start, &date) : SL_NOWHERE;
    if (end == SL_NOWHERE || !sl_wordlist_ends(look, end) || sl_joint_after(look, end) != 0 ||
        date.year_value > ADULT_YEAR_MAX || (end - start == 2) ||
        follows(look, "|prima|seconda|terza|quarta|quinta|mercedes|", cue->start) ||
        !is_own_year(look, cue, end)) {
        return;
    }
    date.end = end;
    add(look, start + (look->bytes[start] == '\''), &date, PART);
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    if (!sl_look_digit_near(look, cue->start, cue->end, SL_LOOK_NEAR)) {
        return;
    }
    switch (sort_of(look, cue)) {
    case SORT_FIELD:
        look_behind_field(look, cue->end);
        break;
    case SORT_BORN:
        look_behind_born(look, cue->end);
        break;
    case SORT_PARTY:
        look_behind_party(look, cue->end);
        break;
    case SORT_YEAR:
        look_behind_year(look, cue);
        break;
    }
}

const struct sl_kind_rules sl_kind_birth_date = {
    .threshold = 60,
    .cues =
        {
            "nato|nata|nati|nate|nascita|data di nascita|data nascita|data nasc|d d n|d nascita|"
            "anno di nascita|dob|d o b|date of birth|birth date|birthdate|year of birth|born|"
            "compleanno|compio gli anni|compie gli anni|birthday|classe|sono del|madre e del|padre "
            "e del|mamma e del|nonna e del|"
            "nonno e del",
            "",
            "problema|problemi|guasto|guasti|disservizio|disguido|contratto|azienda|societa|ditta|"
            "operatore|progetto|iniziativa|idea|app|sito|gruppo|partito|movimento|polemica|issue|"
            "problem|company",
        },
    .on_cue = look_at_cue,
    .few_digits = true,
    .spelled = true,
};
