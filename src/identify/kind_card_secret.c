// SPDX-License-Identifier: Apache-2.0
//
// What makes a card usable by others: the security code, three or four digits behind its name, and
// the day it expires, month and year. "Scadenza" is also said of bills and offers, so a date takes
// the year of a card, no word of a contract near, and where day and month would read as well a word
// of a card. Right behind a card number neither needs a name.
#include <string.h>

#include "identify/checks.h"
#include "identify/cued.h"

#define CODE_DIGITS_MIN 3
#define CODE_DIGITS_MAX 4
#define CARD_DIGITS_MIN 13
#define CARD_DIGITS_MAX 19
#define YEAR_FIRST      20
#define YEAR_LAST       49
#define STRANGERS_MAX   2
#define CONTEXT_REACH   64
#define CUE_BESIDE      4 // bytes: ": ", " è "

enum {
    CODE = 80,
    STRANGER = -15,
    COUNTED = -60,
    CODE_BEFORE_CUE = 70,
    EXPIRY = 65,       // "valid thru", "exp"
    EXPIRY_VAGUE = 50, // "scadenza", "expires"
    LONG_YEAR = 10,
    SHORT_YEAR = 10, // no day of a month
    CARD_NEAR = 25,
    AGAINST = -45,
    BEHIND_CARD = 80,
};

struct part {
    uint32_t start, end;
    bool vague; // a date as well
};

static uint32_t two_digits(const unsigned char *bytes) {
    return (bytes[0] - '0') * 10u + bytes[1] - '0';
}

// "12/27", "03/2029", "07 - 28", from `at` on.
static struct part read_expiry(const struct sl_look *look, uint32_t at) {
    const unsigned char *bytes = look->bytes;
    const struct part none = {at, at, false};
    uint32_t month_end = sl_cued_digits_end(look, at);
    uint32_t year = month_end, joints = 0;
    while (year < look->len && year - month_end < 3 && memchr(" /-.|", bytes[year], 5) != NULL) {
        joints += bytes[year++] != ' ';
    }
    uint32_t end = sl_cued_digits_end(look, year);
    if (month_end == at || month_end - at > 2 || year == month_end || joints > 1 ||
        (end - year != 2 && end - year != 4)) {
        return none;
    }
    uint32_t month = month_end - at == 2 ? two_digits(bytes + at) : (uint32_t)(bytes[at] - '0');
    bool century = end - year == 2 || two_digits(bytes + year) == 20;
    uint32_t short_year = two_digits(bytes + end - 2);
    bool goes_on = sl_joint_after(look, end) != 0 && sl_joint_after(look, end) != ',';
    if (month < 1 || month > 12 || !century || short_year < YEAR_FIRST || short_year > YEAR_LAST ||
        goes_on || sl_joint_before(look, at) == '/' || sl_joint_before(look, at) == '-') {
        return none;
    }
    return (struct part){at, end, joints == 0};
}

static void add(struct sl_look *look, uint32_t start, uint32_t end, int score, uint32_t reasons) {
    sl_look_add(look, (struct sl_candidate){start, end, SL_KIND_CARD_SECRET, score,
                                            SL_REASON_SHAPE | reasons});
}

static void look_for_expiry(struct sl_look *look, const struct sl_cue *cue) {
    static const char clear[] = "exp|expiry|expiration|valid thru|valid through|good thru|"
                                "valida fino|valido fino|valida fino al|valido fino al|exp "
                                "date|expiry date|expiration date";
    struct sl_cued value = {.from = cue->end, .end = cue->end};
    struct part expiry = {0};
    for (;;) {
        enum sl_cued_step step = sl_cued_next(look, &value);
        if (step == SL_CUED_CODE) {
            expiry = read_expiry(look, value.start);
            break;
        }
        if (step == SL_CUED_NONE || value.strangers > STRANGERS_MAX) {
            return;
        }
    }
    if (expiry.end == expiry.start) {
        return;
    }
    bool card, against, long_year = expiry.end - expiry.start > 6;
    sl_cues_near(look->cues, SL_KIND_CARD_SECRET, look->bytes, look->len, expiry.start, expiry.end,
                 CONTEXT_REACH, &card, &against);
    bool sure = sl_cued_listed(look, cue->start, cue->end, clear);
    bool american = look->bytes[cue->start] == 'e' && !sure; // "expires 12/31" may be a day
    int score = (sure ? EXPIRY : EXPIRY_VAGUE) + STRANGER * (int)value.strangers +
                (long_year  ? LONG_YEAR
                 : american ? 0
                            : SHORT_YEAR) +
                (card ? CARD_NEAR : 0) + (against ? AGAINST : 0) + (expiry.vague ? AGAINST : 0) +
                (sl_cued_counts(look, expiry.end) ? COUNTED : 0);
    add(look, expiry.start, expiry.end, score,
        SL_REASON_CUE_BEFORE | (against ? SL_REASON_CUE_AGAINST : 0));
}

static bool is_code(const struct sl_look *look, uint32_t start, uint32_t end) {
    return end - start >= CODE_DIGITS_MIN && end - start <= CODE_DIGITS_MAX &&
           (end == look->len || !sl_is_alnum(look->bytes[end])) &&
           (start == 0 || !sl_is_digit(look->bytes[start - 1]));
}

// "cvv 1-2 3", right behind the cue: the code's end, `start` for none.
static uint32_t parted_code_end(const struct sl_look *look, const struct sl_cue *cue,
                                uint32_t start) {
    uint32_t count = 0;
    uint32_t end = start - cue->end > CUE_BESIDE
                       ? start
                       : sl_cued_run_end(look, start, CODE_DIGITS_MAX, &count);
    bool code = count >= CODE_DIGITS_MIN && (end == look->len || !sl_is_alnum(look->bytes[end]));
    return code && !sl_cued_counts(look, end) ? end : start;
}

static void look_for_code_before(struct sl_look *look, const struct sl_cue *cue) {
    struct sl_cued value;
    if (!sl_cued_before(look, cue->start, &value) || (value.words > 0 && !value.linked)) {
        return;
    }
    uint32_t start = value.end;
    while (start > 0 && value.end - start <= CODE_DIGITS_MAX &&
           sl_is_digit(look->bytes[start - 1])) {
        start--;
    }
    if (is_code(look, start, value.end) && sl_joint_before(look, start) == 0 &&
        (start == 0 || !sl_is_alnum(look->bytes[start - 1])) &&
        !sl_look_around(look, SL_KIND_CARD_SECRET, start, value.end).amount) {
        add(look, start, value.end, CODE_BEFORE_CUE, SL_REASON_CUE_AFTER);
    }
}

static void look_for_code(struct sl_look *look, const struct sl_cue *cue) {
    uint32_t from = cue->end; // "cvv2"
    if (from + 1 < look->len && look->bytes[from] == '2' && !sl_is_alnum(look->bytes[from + 1])) {
        from++;
    }
    struct sl_cued value = {.from = from, .end = from};
    for (;;) {
        enum sl_cued_step step = sl_cued_next(look, &value);
        if (value.masked) {
            return;
        }
        if (step == SL_CUED_NONE || value.strangers > STRANGERS_MAX) {
            break;
        }
        if (step == SL_CUED_CODE) {
            uint32_t end = sl_cued_digits_end(look, value.start);
            unsigned char joint = sl_joint_after(look, end);
            bool amount = sl_look_around(look, SL_KIND_CARD_SECRET, value.start, end).amount;
            bool against = sl_cued_against(look, SL_KIND_CARD_SECRET, cue->end, value.start) ||
                           (sl_cued_is_year(look, value.start, end) && value.strangers > 0);
            bool other = amount || against || sl_cued_counts(look, end) || joint == '.' ||
                         joint == ':' || joint == '-';
            uint32_t parted = parted_code_end(look, cue, value.start);
            if (parted > end) {
                add(look, value.start, parted, CODE, SL_REASON_CUE_BEFORE);
            } else if (is_code(look, value.start, end)) {
                add(look, value.start, end,
                    CODE + STRANGER * (int)value.strangers + (other ? COUNTED : 0),
                    SL_REASON_CUE_BEFORE);
            }
            return;
        }
    }
    look_for_code_before(look, cue);
}

static bool names_expiry(const struct sl_look *look, const struct sl_cue *cue) {
    const unsigned char *word = look->bytes + cue->start;
    return memcmp(word, "exp", 3) == 0 || memcmp(word, "sca", 3) == 0 ||
           memcmp(word, "val", 3) == 0 || memcmp(word, "goo", 3) == 0;
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    if (!sl_look_digit_near(look, cue->start, cue->end, SL_LOOK_NEAR) ||
        sl_cued_cue_in_handle(look, cue) || cue->end - cue->start < 3) {
        return;
    }
    if (names_expiry(look, cue)) {
        look_for_expiry(look, cue);
    } else {
        look_for_code(look, cue);
    }
}

// In one piece, in fours, or 4-6-5 and 4-6-4.
static bool is_card(const struct sl_digit_run *run, uint32_t first, uint32_t last) {
    const uint8_t *digits = run->digits + run->groups[first];
    uint32_t count = (uint32_t)run->groups[last] - run->groups[first];
    uint32_t second = last - first > 2 ? sl_group_digits(run, first + 1) : 0;
    bool grouped =
        last - first == 1 || (sl_group_digits(run, first) == 4 && (second == 4 || second == 6) &&
                              last - first <= (second == 4 ? 5u : 3u));
    return grouped && count >= CARD_DIGITS_MIN && digits[0] >= 2 && digits[0] <= 6 &&
           sl_check_luhn(digits, count);
}

// "… 4242 12/27 123", in either order.
static void look_behind_card(struct sl_look *look, const struct sl_digit_run *run, uint32_t group) {
    for (uint32_t parts = 0; parts < 2 && group < run->groups_count; parts++) {
        uint32_t start = sl_window_start(run, group), end = sl_window_end(run, group + 1);
        struct part expiry = read_expiry(look, start);
        if (expiry.end > expiry.start && !expiry.vague) {
            add(look, start, expiry.end, BEHIND_CARD, SL_REASON_GROUPING);
            group += 2;
        } else if (is_code(look, start, end) && !sl_cued_counts(look, end) &&
                   !sl_look_around(look, SL_KIND_CARD_SECRET, start, end).amount &&
                   !sl_cued_is_year(look, start, end)) {
            add(look, start, end, BEHIND_CARD, SL_REASON_GROUPING);
            group++;
        } else {
            return;
        }
    }
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    for (uint32_t first = 0; first < run->groups_count; first++) {
        for (uint32_t last = first + 1; last < run->groups_count; last++) {
            uint32_t count = (uint32_t)run->groups[last] - run->groups[first];
            if (count > CARD_DIGITS_MAX) {
                break;
            }
            if (is_card(run, first, last)) {
                look_behind_card(look, run, last);
                return;
            }
        }
    }
}

const struct sl_kind_rules sl_kind_card_secret = {
    .threshold = 60,
    .digits_min = CARD_DIGITS_MIN + CODE_DIGITS_MIN,
    .cues =
        {
            "cvv|cvc|cvn|csc|cav|codice cvv|codice di sicurezza|codice sicurezza|"
            "codice di controllo carta|codice di verifica carta|codice di verifica della carta|"
            "codice sul retro|codice dietro|codice retro|cifre sul retro|cifre dietro|"
            "cifre del retro|numeri sul retro|numeri dietro|numero sul retro|"
            "security code|card verification|digits on the back|numbers on the back|"
            "code on the back|number on the back|exp|expiry|expiry date|exp date|expiration|"
            "expiration date|expires|expiring|valid thru|valid through|valid until|good thru|"
            "valida fino|valido fino|valida fino al|valido fino "
            "al|validita|scad|scadenza|scade|scadente|scadra|"
            "scade nel|scade al|scadenza al|scadenza nel|data di scadenza|data "
            "scadenza",
            "carta|carte|card|cards|visa|mastercard|master card|maestro|amex|american express|"
            "postepay|bancomat|prepagata|cvv|cvc|debit|iban",
            "offert*|contratt*|promo|promozion*|fattur*|bollett*|pagament*|garanzia|abbonament*|"
            "vincol*|document*|identita|passaport*|patente|tessera|ricaric*|tariff*|sim|"
            "codice sconto|coupon|voucher|buono|offer|contract|bill|invoice|warranty|"
            "subscription|plan|deal|license|licence|passport|discount|licenza|permesso",
        },
    .on_run = look_at_run,
    .on_cue = look_at_cue,
    .spelled = true,
};
