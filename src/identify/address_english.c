// SPDX-License-Identifier: Apache-2.0
//
// Addresses as the English write them: number, name, word for a street, town, post code. Streets
// and ways are spoken of all the time, so the name takes capitals, and more than that where the
// word or the capitals say little.
#include <string.h>

#include "identify/address_parts.h"
#include "identify/wordlist.h"

#define NAME_WORDS_MAX 4
#define NAME_BYTES_MAX 40
#define NUMBER_DIGITS  5
#define TOWN_WORDS     3
#define ZIP_DIGITS     5
#define POSTCODE_MAX   8
#define KIND           SL_KIND_ADDRESS

enum {
    STREET = 35,
    STREET_VAGUE = 20, // "way", "close", "st"
    NAME_CAPITAL = 25,
    NAME_SHOUTED = 10,
    POST_CODE = 40,
    TOWN = 10,
    CUE = 40,
    COMPASS = 15, // "12 n. river dr"
    ENDS = 5,
};

static const char vague_streets[] =
    "|st|drive|dr|close|court|place|way|square|gardens|grove|terrace|terr|ln|ct|";

static const char no_names[] =
    "|a|an|the|of|to|in|on|at|by|for|from|and|or|is|are|was|it|my|your|his|her|our|their|this|that|"
    "one|each|no|any|some|all|hour|hours|hr|hrs|min|mins|minute|minutes|day|days|week|weeks|month|"
    "months|year|years|mile|miles|km|kms|am|pm|times|time|gb|mb|people|bucks|dollars|more|other|"
    "good|great|best|only|just|with|not|long|click|stars|star|live|way|ways|test|hard|thumbs|";

struct street {
    uint32_t start;
    bool capital; // every word has one
    bool shouted;
    bool compass; // the name begins with a letter for a point of the compass
};

static bool is_shouted(const struct sl_look *look, uint32_t start, uint32_t end) {
    return end - start >= 2 && sl_address_capital(look, start) &&
           sl_address_capital(look, start + 1);
}

static uint32_t alnum_start(const struct sl_look *look, uint32_t at) {
    while (at > 0 && sl_is_alnum(look->bytes[at - 1])) {
        at--;
    }
    return at;
}

static uint32_t alnum_end(const struct sl_look *look, uint32_t at) {
    while (at < look->len && sl_is_alnum(look->bytes[at])) {
        at++;
    }
    return at;
}

// Where a word of the name begins, "queen's" as a whole.
static uint32_t name_start(const struct sl_look *look, uint32_t end) {
    uint32_t at = sl_wordlist_start(look, end);
    bool joined = at > 1 && at < end && look->bytes[at - 1] == '\'';
    return joined ? sl_wordlist_start(look, at - 1) : at;
}

// "12", "221b": up to five digits, and a letter.
static bool is_number(const struct sl_look *look, uint32_t start, uint32_t end) {
    uint32_t digits = start;
    while (digits < end && sl_is_digit(look->bytes[digits])) {
        digits++;
    }
    return digits > start && digits - start <= NUMBER_DIGITS && end - digits <= 1 &&
           look->bytes[start] != '0';
}

// "12-14" from the 14.
static uint32_t range_start(const struct sl_look *look, uint32_t at) {
    uint32_t low = at > 1 && look->bytes[at - 1] == '-' ? alnum_start(look, at - 1) : at;
    return low < at && is_number(look, low, at - 1) ? low : at;
}

// The word before that one, with one space or ". " between; SL_NOWHERE: none.
static uint32_t word_end_before(const struct sl_look *look, uint32_t start) {
    uint32_t at = start;
    while (at > 0 && start - at < 2 && strchr(" .,", look->bytes[at - 1]) != NULL) {
        at--;
    }
    return at < start && at > 0 && sl_is_alnum(look->bytes[at - 1]) ? at : SL_NOWHERE;
}

// Reads name and number backwards from the word for a street.
static bool read_street(const struct sl_look *look, uint32_t at, struct street *ret_street) {
    struct street street = {.capital = true};
    const uint32_t from = at;
    bool compass = false;
    for (uint32_t words = 0; words <= NAME_WORDS_MAX && from - at < NAME_BYTES_MAX; words++) {
        uint32_t end = word_end_before(look, at);
        if (end == SL_NOWHERE) {
            return false;
        }
        at = alnum_start(look, end);
        if (words > 0 && is_number(look, at, end)) {
            if (look->bytes[end] == '.') {
                return false; // of a list
            }
            street.start = range_start(look, at);
            street.compass = compass && words > 1;
            *ret_street = street;
            return street.start == 0 || strchr("$#.:/-+@_]", look->bytes[street.start - 1]) == NULL;
        }
        bool letters = false;
        bool ordinal = sl_is_digit(look->bytes[at]) && end - at >= 3; // "5th"
        if (!ordinal) {
            uint32_t name = name_start(look, end);
            letters = name <= at;
            at = name;
        }
        if ((!ordinal && !letters) || sl_wordlist_has(no_names, look->bytes + at, end - at)) {
            return false;
        }
        compass = end - at == 1 && strchr("nsew", look->bytes[at]) != NULL &&
                  sl_address_capital(look, at);
        street.capital &= ordinal || sl_address_capital(look, at);
        street.shouted |= end - at > 2 && is_shouted(look, at, end);
    }
    return false;
}

// "sw1a 2aa", "sw1a2aa", "m1 1ae".
static uint32_t postcode_end(const struct sl_look *look, uint32_t at) {
    unsigned char chars[POSTCODE_MAX];
    uint32_t count = 0, end = at;
    while (end < look->len && count < POSTCODE_MAX &&
           (sl_is_alnum(look->bytes[end]) || look->bytes[end] == ' ')) {
        if (look->bytes[end] != ' ') {
            chars[count++] = look->bytes[end];
        }
        end++;
        bool inward = count >= 5 && count <= 7 && sl_is_digit(chars[count - 3]) &&
                      sl_is_letter(chars[count - 2]) && sl_is_letter(chars[count - 1]);
        uint32_t area = count >= 2 && sl_is_letter(chars[1]) ? 2 : 1;
        bool outward = count >= 5 && sl_is_letter(chars[0]) && sl_is_digit(chars[area]);
        if (inward && outward && (end == look->len || !sl_is_alnum(look->bytes[end]))) {
            return end;
        }
    }
    return SL_NOWHERE;
}

// "ny 10001", "pa 18503-1234", "ca".
static uint32_t state_end(const struct sl_look *look, uint32_t at, bool *ret_zip) {
    uint32_t end = sl_wordlist_end(look, at);
    if (end - at != 2 || !is_shouted(look, at, end)) {
        return SL_NOWHERE;
    }
    uint32_t zip = end + (end < look->len && look->bytes[end] == ',');
    zip += zip < look->len && look->bytes[zip] == ' ';
    uint32_t zip_end = alnum_end(look, zip);
    bool digits = zip_end - zip == ZIP_DIGITS;
    for (uint32_t i = zip; i < zip_end; i++) {
        digits &= sl_is_digit(look->bytes[i]);
    }
    *ret_zip = digits;
    return digits ? zip_end : end;
}

// Town, state and post code behind the street. Only what is parted by a comma or ends in a code
// belongs to the address.
static uint32_t read_tail(const struct sl_look *look, uint32_t at, int *score) {
    uint32_t town = at, comma_town = at;
    bool comma = false;
    for (uint32_t words = 0; words <= TOWN_WORDS; words++) {
        uint32_t start = sl_address_gap(look, town);
        if (start == town || start >= look->len) {
            break;
        }
        comma |= look->bytes[town] == ',';
        bool zip = false;
        uint32_t code = postcode_end(look, start);
        uint32_t state = state_end(look, start, &zip);
        if (code != SL_NOWHERE || zip) {
            *score += POST_CODE;
            return code != SL_NOWHERE ? code : state;
        }
        if (state != SL_NOWHERE && comma) {
            *score += TOWN;
            return state;
        }
        uint32_t end = sl_wordlist_end(look, start);
        if (end == start || !sl_address_capital(look, start)) {
            break;
        }
        comma_town = comma && !is_shouted(look, start, end) &&
                             !sl_wordlist_has(no_names, look->bytes + start, end - start)
                         ? end
                         : comma_town;
        town = end;
    }
    *score += comma_town > at ? TOWN : 0;
    return comma_town;
}

// Takes "Flat 3, " before the number in.
static uint32_t widen(const struct sl_look *look, uint32_t start) {
    uint32_t end = word_end_before(look, start);
    if (end == SL_NOWHERE) {
        return start;
    }
    uint32_t number = alnum_start(look, end);
    uint32_t word_end = word_end_before(look, number);
    if (word_end == SL_NOWHERE || (end - number > 1 && !is_number(look, number, end))) {
        return start;
    }
    uint32_t word = sl_wordlist_start(look, word_end);
    bool flat =
        sl_wordlist_has("|flat|apt|apartment|unit|suite|", look->bytes + word, word_end - word);
    return flat ? word : start;
}

void sl_address_look_english(struct sl_look *look, const struct sl_cue *cue) {
    struct street street;
    if (cue->start == 0 || !read_street(look, cue->start, &street)) {
        return;
    }
    uint32_t cue_end = cue->end;
    uint32_t quarter = sl_address_gap(look, cue_end);
    if (quarter > cue_end && sl_wordlist_at(look, "|n|s|e|w|ne|nw|se|sw|", quarter) &&
        sl_address_capital(look, quarter)) {
        cue_end = sl_wordlist_end(look, quarter);
    }
    uint32_t at = cue_end + (cue_end < look->len && look->bytes[cue_end] == '.');
    int score = sl_wordlist_at(look, vague_streets, cue->start) ? STREET_VAGUE : STREET;
    score += street.capital ? (street.shouted ? NAME_SHOUTED : NAME_CAPITAL) : 0;
    score += street.compass ? COMPASS : 0;
    uint32_t end = read_tail(look, at, &score);
    end = end == at ? cue_end : end;
    uint32_t start = widen(look, street.start);
    struct sl_surroundings around = sl_look_around(look, KIND, start, end);
    if (around.in_address) {
        return;
    }
    bool ends = end == look->len || strchr(".,;!?)", look->bytes[end]) != NULL;
    score += (around.before == SL_CUE_WEAK ? CUE : 0) + (ends ? ENDS : 0);
    sl_look_add(look, (struct sl_candidate){
                          .start = start,
                          .end = end,
                          .kind = KIND,
                          .score = score,
                          .reasons = SL_REASON_SHAPE |
                                     (around.before == SL_CUE_WEAK ? SL_REASON_CUE_BEFORE : 0),
                      });
}
