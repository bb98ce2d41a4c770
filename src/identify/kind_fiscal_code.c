// SPDX-License-Identifier: Apache-2.0
//
// Codice fiscale: sixteen letters and digits in a shape so rare that the check letter is proof
// enough. Behind a cue a wrong one is taken too, or one left out, or two characters that do not fit
// their places, for people mistype. The codes of foreigners who have none (STP, ENI) are three
// letters and thirteen digits without a check.
#include <string.h>

#include "identify/checks.h"
#include "identify/kind.h"

#define UNCHECKED_CHARS 15 // the check letter is left out
#define DIGIT_FIRST     6  // places of the first and the last digit
#define DIGIT_LAST      14
#define MISTYPED_MAX    2
#define DIGITS_MIN      4  // a mistyped code still has as many, words have not
#define SPEECH_MAX      24 // from a cue to the code: " è il seguente: "
#define STP_DIGITS      13
#define ALL_CUTS        0xFFFEu // a bit for each character that does not touch the one before

enum {
    SHAPE = 40,
    CHECK_LETTER = 45,
    CUE_STRONG = 40,
    CUE_WEAK = 10,
    FOREIGNER = 85, // STP, ENI
};

// The places where a character may stand, a bit each: letters of the name and the check letter,
// digits (or by omocodia letters), the month's letter, the letter of the place of birth.
#define LETTER 0x803Fu
#define DIGIT  0x76C0u
#define MONTH  0x0100u
#define TOWN   0x0800u

static const uint16_t letter_places[26] = {
    LETTER | MONTH | TOWN,
    LETTER | MONTH | TOWN,
    LETTER | MONTH | TOWN,
    LETTER | MONTH | TOWN,
    LETTER | MONTH | TOWN,
    LETTER | TOWN,
    LETTER | TOWN,
    LETTER | MONTH | TOWN,
    LETTER | TOWN,
    LETTER | TOWN,
    LETTER | TOWN,
    LETTER | MONTH | TOWN | DIGIT,
    LETTER | MONTH | TOWN | DIGIT,
    LETTER | DIGIT,
    LETTER | DIGIT, // o, typed for a zero
    LETTER | MONTH | DIGIT,
    LETTER | DIGIT,
    LETTER | MONTH | DIGIT,
    LETTER | MONTH | DIGIT,
    LETTER | MONTH | DIGIT,
    LETTER | DIGIT,
    LETTER | DIGIT,
    LETTER,
    LETTER,
    LETTER,
    LETTER | TOWN,
};

static uint32_t places_of(unsigned char c) {
    return sl_is_digit(c) ? DIGIT : sl_is_letter(c) ? letter_places[c - 'a'] : 0;
}

static bool ends_at(const struct sl_look *look, uint32_t end) {
    return end == look->len || !sl_is_alnum(look->bytes[end]);
}

static void put_zeros(unsigned char *code) {
    for (uint32_t i = DIGIT_FIRST; i <= DIGIT_LAST; i++) {
        code[i] = code[i] == 'o' && (DIGIT >> i & 1) != 0 ? '0' : code[i];
    }
}

// Words in a row can spell a code, too, once an o may be a zero: "I spent over 3 hours". Then it
// must be cut where people cut codes, or everywhere, or still have digits.
static bool written_as_code(const unsigned char *code, const uint32_t *offsets) {
    static const uint32_t usual =
        1u << 3 | 1u << 6 | 1u << 8 | 1u << 9 | 1u << 11 | 1u << 12 | 1u << 15;
    uint32_t digits = 0, zeros = 0, cuts = 0;
    for (uint32_t i = 1; i < SL_FISCAL_CODE_CHARS; i++) {
        digits += sl_is_digit(code[i]);
        zeros |= code[i] == 'o' ? DIGIT >> i & 1 : 0;
        cuts |= offsets[i] != offsets[i - 1] + 1 ? 1u << i : 0;
    }
    return zeros == 0 || (cuts & ~usual) == 0 || cuts == ALL_CUTS || digits >= DIGITS_MIN;
}

// "patente di guida n. …": the code would begin with the end of a phrase.
static bool begins_in_phrase(const struct sl_look *look, uint32_t start) {
    const struct sl_cue_list *list = look->cues;
    for (uint32_t i = sl_cues_from(list, start);
         i > 0 && start - list->cues[i - 1].start < SL_CUE_REACH_BEFORE; i--) {
        const struct sl_cue *cue = &list->cues[i - 1];
        bool phrase = (cue->against >> SL_KIND_FISCAL_CODE & 1) != 0;
        if (phrase && cue->end > start + 1 && cue->start < start) {
            return true;
        }
    }
    return false;
}

static void weigh(struct sl_look *look, uint32_t start) {
    unsigned char code[SL_FISCAL_CODE_CHARS];
    uint32_t offsets[SL_FISCAL_CODE_CHARS];
    uint32_t count = sl_look_squeeze(look, start, SL_FISCAL_CODE_CHARS, code, offsets);
    if (count < SL_FISCAL_CODE_CHARS || !written_as_code(code, offsets) ||
        begins_in_phrase(look, start)) {
        return;
    }
    put_zeros(code);
    if (!sl_fiscal_code_shaped(code)) {
        return;
    }
    struct sl_candidate candidate = {start, offsets[SL_FISCAL_CODE_CHARS - 1] + 1,
                                     SL_KIND_FISCAL_CODE, SHAPE, SL_REASON_SHAPE};
    bool valid = sl_check_fiscal_code(code);
    candidate.score += valid ? CHECK_LETTER : 0;
    sl_look_add_code(look, candidate, valid, CUE_STRONG, CUE_WEAK);
}

// The places that the digit at `at` can have for the characters behind it to fit up to the last,
// bit 0 for the first place. What can still fit is followed character by character.
static uint32_t places_by_end(const struct sl_look *look, uint32_t at) {
    uint32_t state = DIGIT, places = 0;
    for (uint32_t steps = 1; steps < SL_FISCAL_CODE_CHARS - DIGIT_FIRST; steps++) {
        at++;
        if (at == look->len || !sl_is_alnum(look->bytes[at])) {
            at = sl_skip_separators(look, at);
            if (at == SL_NOWHERE) {
                break;
            }
        }
        state = (state << 1) & places_of(look->bytes[at]);
        if (state == 0) {
            break;
        }
        if ((state >> (SL_FISCAL_CODE_CHARS - 1)) != 0 && ends_at(look, at + 1)) {
            places |= 1u << (SL_FISCAL_CODE_CHARS - 1 - steps);
        }
    }
    return places;
}

// The same backwards, from the digit to the first character.
static void look_back(struct sl_look *look, uint32_t at, uint32_t state) {
    while (state != 0) {
        if (at == 0 || !sl_is_alnum(look->bytes[at - 1])) {
            at = sl_skip_separators_back(look, at);
            if (at == SL_NOWHERE) {
                return;
            }
        }
        at--;
        state = (state >> 1) & places_of(look->bytes[at]);
        if ((state & 1) != 0) {
            weigh(look, at);
        }
    }
}

// "STP 0300112345678"
static void look_for_foreigner(struct sl_look *look, const struct sl_digit_run *run) {
    uint32_t last = 0;
    while (last < run->groups_count && run->groups[last] < STP_DIGITS) {
        last++;
    }
    uint32_t end = sl_skip_separators_back(look, run->start);
    if (run->groups[last] != STP_DIGITS || end == SL_NOWHERE || end < 3) {
        return;
    }
    const unsigned char *letters = look->bytes + end - 3;
    if ((memcmp(letters, "stp", 3) != 0 && memcmp(letters, "eni", 3) != 0) ||
        (end > 3 && sl_is_alnum(letters[-1])) || !ends_at(look, sl_window_end(run, last))) {
        return;
    }
    sl_look_add(look, (struct sl_candidate){end - 3, sl_window_end(run, last), SL_KIND_FISCAL_CODE,
                                            FOREIGNER, SL_REASON_SHAPE | SL_REASON_PREFIX});
}

// The run begins with the code's first digit, which by omocodia may stand in any of its seven
// places; all before it are letters.
static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    if (run->digits_count >= STP_DIGITS) {
        look_for_foreigner(look, run);
    }
    if (sl_group_digits(run, 0) <= 3) {
        look_back(look, run->start, places_by_end(look, run->start));
    }
}

// Every digit may be replaced by a letter.
static void look_at_token(struct sl_look *look, const struct sl_token *token) {
    if (token->end - token->start == SL_FISCAL_CODE_CHARS &&
        sl_fiscal_code_shaped(look->bytes + token->start) &&
        sl_check_fiscal_code(look->bytes + token->start)) {
        weigh(look, token->start);
    }
}

static bool holds_label(const struct sl_look *look, uint32_t start, uint32_t end) {
    for (uint32_t at = start; at < end; at++) {
        if (sl_label_at(look->bytes, look->len, at)) {
            return true;
        }
    }
    return false;
}

// A code behind its cue, right or as somebody may have mistyped it. Returns where it ends, 0 for
// none.
static uint32_t code_end(const struct sl_look *look, uint32_t start, bool mistyped) {
    unsigned char code[SL_FISCAL_CODE_CHARS];
    uint32_t offsets[SL_FISCAL_CODE_CHARS];
    uint32_t count = sl_look_squeeze(look, start, SL_FISCAL_CODE_CHARS, code, offsets);
    if (count < UNCHECKED_CHARS) {
        return 0;
    }
    uint32_t misfits = 0, digits = 0;
    for (uint32_t i = 0; i < UNCHECKED_CHARS; i++) {
        misfits += (places_of(code[i]) >> i & 1) == 0;
        digits += sl_is_digit(code[i]);
    }
    bool checked = false, all = count == SL_FISCAL_CODE_CHARS;
    if (all) {
        put_zeros(code);
        checked = sl_fiscal_code_shaped(code) && sl_check_fiscal_code(code);
    }
    if (misfits > MISTYPED_MAX || (!checked && (!mistyped || digits < DIGITS_MIN))) {
        return 0;
    }
    uint32_t end = offsets[UNCHECKED_CHARS - 1] + 1;
    if (holds_label(look, start, end)) {
        return 0;
    }
    uint32_t end_all = all ? offsets[SL_FISCAL_CODE_CHARS - 1] + 1 : 0;
    // Fifteen in one piece with something behind them are a code without its check letter.
    bool one_piece = end - start == UNCHECKED_CHARS;
    if (all && ends_at(look, end_all) && (checked || !one_piece || end_all == end + 1)) {
        return end_all;
    }
    return ends_at(look, end) && misfits == 0 ? end : 0;
}

static bool look_behind(struct sl_look *look, uint32_t at, bool mistyped) {
    uint32_t limit = look->len - at < SPEECH_MAX ? look->len : at + SPEECH_MAX;
    for (bool first = true; at < limit; at++, first = false) {
        bool begins = sl_is_letter(look->bytes[at]) && (first || !sl_is_alnum(look->bytes[at - 1]));
        uint32_t end = begins ? code_end(look, at, mistyped) : 0;
        if (end != 0) {
            sl_look_add(look,
                        (struct sl_candidate){at, end, SL_KIND_FISCAL_CODE, SHAPE + CUE_STRONG,
                                              SL_REASON_SHAPE | SL_REASON_CUE_BEFORE});
            return true;
        }
    }
    return false;
}

// A right one first: a word before it could be its beginning, mistyped.
static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    if (!look_behind(look, cue->end, false)) {
        look_behind(look, cue->end, true);
    }
}

const struct sl_kind_rules sl_kind_fiscal_code = {
    .threshold = 60,
    .digits_min = 1,
    .cues =
        {
            "codice fiscale|codice fiscal|codicefiscale|cod fiscale|cod fisc|codfisc|c f|"
            "cod fis|fiscal code|tax code|tax id|tax number|tin|taxpayer*",
            "codice|fiscale|code",
            "patente di guida",
        },
    .on_run = look_at_run,
    .in_links = true,
    .on_token = look_at_token,
    .on_cue = look_at_cue,
    .cue_is_enough = true,
    .spelled = true,
};
