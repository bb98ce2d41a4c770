// SPDX-License-Identifier: Apache-2.0
//
// PIN, PUK and codes for one use: 4 to 8 digits that nothing proves but the cue before them ("il
// mio puk è …") or behind ("… è il mio puk"). A count ("4 cifre", "3 volte"), a year, an amount or
// a time is none; a word between that says nothing of a code makes it less likely.
#include <string.h>

#include "identify/cued.h"

#define DIGITS_MIN       4
#define DIGITS_MAX       8
#define PUK_DIGITS       8
#define MIXED_CHARS_MIN  5
#define MIXED_CHARS_MAX  10
#define VALUES_MAX       4  // of one cue: "puk 11223344 e 55667788"
#define CONTEXT_REACH    40 // of a vague cue
#define LONG_DIGITS      6
#define STRANGERS_MAX    3
#define PHONE_DIGITS_MIN 9
#define PHONE_DIGITS_MAX 12
#define CUE_BESIDE       9 // bytes: ": ", " code è "

enum {
    CUE = 75,
    CUE_VAGUE = 60,
    LONG = 15,  // six digits or more are seldom anything else
    LINKED = 5, // "è", ':'
    STRANGER = -10,
    COUNTED = -60,
    AGAINST = -40,
    YEAR = -40, // unless nothing but signs stand between
    CUE_BEHIND = 70,
};

struct code {
    uint32_t start, end; // empty: none
    uint32_t digits;
};

// True for "puk", "p.u.k.".
static bool is_puk(const struct sl_look *look, const struct sl_cue *cue) {
    return look->bytes[cue->start] == 'p' && look->bytes[cue->end - 1] == 'k';
}

static bool is_pin(const struct sl_look *look, const struct sl_cue *cue) {
    return look->bytes[cue->start] == 'p' && cue->end - cue->start <= 5 && !is_puk(look, cue);
}

// "codice", "code": said of anything.
static bool is_vague(const struct sl_look *look, const struct sl_cue *cue) {
    return sl_cued_listed(look, cue->start, cue->end, "codice|code");
}

// The next group of digits, when one separator stands before it.
static uint32_t next_group(const struct sl_look *look, uint32_t end) {
    bool separated = end + 1 < look->len && sl_is_digit(look->bytes[end + 1]) &&
                     memchr(" -._*|", look->bytes[end], 6) != NULL;
    return separated ? end + 1 : SL_NOWHERE;
}

// Four digits and more in one piece, in equal groups, or (a PUK) eight digits in any.
static struct code read_code(const struct sl_look *look, const struct sl_cue *cue, uint32_t at) {
    uint32_t end = sl_cued_digits_end(look, at), size = end - at;
    struct code best = {at, end, size};
    uint32_t count = size;
    for (uint32_t group = next_group(look, end); group != SL_NOWHERE && count < DIGITS_MAX;
         group = next_group(look, end)) {
        bool pin_beside = size == 4 && is_pin(look, cue) && look->bytes[group - 1] != '-';
        end = sl_cued_digits_end(look, group);
        count += end - group;
        bool equal = end - group == size && count % size == 0 && size <= 4 && !pin_beside;
        bool whole = is_puk(look, cue) && count == PUK_DIGITS;
        size = equal ? size : 1 << 16;
        if ((equal && count >= DIGITS_MIN && count <= DIGITS_MAX) || whole) {
            best = (struct code){at, end, count};
        } else if (!equal && !is_puk(look, cue)) {
            break;
        }
    }
    bool fits = best.digits >= DIGITS_MIN && best.digits <= DIGITS_MAX;
    return fits ? best : (struct code){at, at, best.digits};
}

// "12/05/2026", "12.05.26"
static bool is_day(const struct sl_look *look, uint32_t at, uint32_t end) {
    uint32_t month = sl_cued_digits_end(look, at) + 1;
    uint32_t year = sl_cued_digits_end(look, month) + 1;
    if (month - at > 3 || year - month > 3 || year >= end || year + 4 < end) {
        return false;
    }
    unsigned char joint = look->bytes[month - 1];
    uint32_t tens = (look->bytes[month] - '0') * (year - month == 3);
    bool century = end - year == 4 && sl_cued_is_year(look, year, end);
    bool decade = end - year == 2 && look->bytes[year] >= '1' && look->bytes[year] <= '3';
    return (joint == '/' || joint == '.' || joint == '-') && joint == look->bytes[year - 1] &&
           look->bytes[at] <= '3' && tens <= 1 && (century || decade) &&
           sl_cued_digits_end(look, year) == end;
}

// Right behind a cue the digits may be parted in any way: "pin 8 4.0-4", "otp 12-3456".
static struct code read_parted(const struct sl_look *look, const struct sl_cue *cue, uint32_t at) {
    uint32_t count = 0;
    uint32_t end = at - cue->end > CUE_BESIDE || is_vague(look, cue)
                       ? at
                       : sl_cued_run_end(look, at, DIGITS_MAX, &count);
    bool fits = count == PUK_DIGITS || (count >= DIGITS_MIN && !is_puk(look, cue));
    bool other = end > at && (sl_cued_counts(look, end) || is_day(look, at, end));
    return fits && !other ? (struct code){at, end, count} : read_code(look, cue, at);
}

// The figure of "puk1" and "pin 2:", or the place itself.
static uint32_t skip_index(const struct sl_look *look, uint32_t at) {
    const unsigned char *bytes = look->bytes;
    uint32_t index = at < look->len && bytes[at] == ' ' ? at + 1 : at;
    if (index + 2 >= look->len || (bytes[index] != '1' && bytes[index] != '2') ||
        sl_is_alnum(bytes[index + 1])) {
        return at;
    }
    uint32_t next = index + 1;
    while (next < look->len && next - index < 4 && !sl_is_alnum(bytes[next])) {
        next++;
    }
    uint32_t digits = sl_cued_digits_end(look, next) - next, all = 0;
    // Three, five or seven digits and one before them are a code in pieces.
    if (sl_cued_run_end(look, index, DIGITS_MAX, &all) > index && all >= DIGITS_MIN &&
        all % 2 == 0) {
        return at;
    }
    return digits == 0 || digits >= DIGITS_MIN ? index + 1 : at;
}

// A date, a time, a price or part of a longer number.
static bool is_piece(const struct sl_look *look, uint32_t start, uint32_t end) {
    unsigned char before = sl_joint_before(look, start), after = sl_joint_after(look, end);
    uint32_t next = sl_cued_digits_end(look, end + 1 < look->len ? end + 1 : look->len);
    bool list = (after == '/' || after == ',') && next - end > DIGITS_MIN;
    bool listed = before == '/' || before == ',' || before == ':' || before == '-';
    return (before != 0 && !listed) || (after != 0 && !list);
}

// What the cue is worth. A vague one takes a word of logging in near the code, and none between.
static int cue_weight(const struct sl_look *look, const struct sl_cue *cue,
                      const struct sl_cued *value, struct code code) {
    if (!is_vague(look, cue)) {
        return CUE;
    }
    bool context, unused;
    sl_cues_near(look->cues, SL_KIND_PUK_PIN, look->bytes, look->len, cue->start, code.end,
                 CONTEXT_REACH, &context, &unused);
    bool against = sl_look_around(look, SL_KIND_PUK_PIN, code.start, code.end).against || !context;
    return CUE_VAGUE + (against ? AGAINST : 0) + STRANGER * (int)value->strangers;
}

static void weigh(struct sl_look *look, const struct sl_cued *value, struct code code, int score,
                  uint32_t cue_side) {
    struct sl_candidate candidate = {
        .start = code.start,
        .end = code.end,
        .kind = SL_KIND_PUK_PIN,
        .score = score,
        .reasons = SL_REASON_SHAPE | cue_side,
    };
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_PUK_PIN, candidate.start, candidate.end);
    bool unit = around.letters_after && code.digits < PUK_DIGITS && !value->linked;
    candidate.score += code.digits >= LONG_DIGITS ? LONG : 0;
    candidate.score += value->linked ? LINKED : 0;
    candidate.score += STRANGER * (int)value->strangers;
    if (sl_cued_counts(look, code.end) || around.amount || unit || around.in_address ||
        is_piece(look, code.start, code.end)) {
        candidate.score += COUNTED;
        candidate.reasons |= SL_REASON_NEIGHBOUR;
    }
    if (sl_cued_is_year(look, code.start, code.end) && value->words > 0 && !value->linked &&
        !value->numbered) {
        candidate.score += YEAR;
        candidate.reasons |= SL_REASON_NEIGHBOUR;
    }
    bool behind = cue_side == SL_REASON_CUE_AFTER;
    if (behind ? around.against : sl_cued_against(look, SL_KIND_PUK_PIN, value->from, code.start)) {
        candidate.score += AGAINST;
        candidate.reasons |= SL_REASON_CUE_AGAINST;
    }
    sl_look_add(look, candidate);
}

// "puk 11223344 e 55667788", "pin/puk 1234/12345678": more of the same behind the first.
static void look_for_more(struct sl_look *look, const struct sl_cue *cue, struct sl_cued value,
                          struct code code) {
    for (uint32_t count = 1; count < VALUES_MAX; count++) {
        value.from = value.end = code.end;
        value.strange = false;
        value.strangers = 0;
        if (sl_cued_next(look, &value) != SL_CUED_CODE || value.strangers > 0 ||
            value.start - code.end > 6 || look->bytes[code.end] == '.') {
            return;
        }
        struct code next = read_code(look, cue, value.start);
        if (next.end == next.start || (next.digits != code.digits && next.digits != PUK_DIGITS) ||
            sl_cued_is_year(look, next.start, next.end)) {
            return;
        }
        weigh(look, &value, next, CUE, SL_REASON_CUE_BEFORE);
        code = next;
    }
}

// "codice di verifica: A7K9Q2": letters and digits, of codes for one use only.
static void look_at_mixed(struct sl_look *look, const struct sl_cue *cue,
                          const struct sl_cued *value) {
    uint32_t chars = value->end - value->start, digits = 0;
    for (uint32_t at = value->start; at < value->end; at++) {
        digits += sl_is_digit(look->bytes[at]);
    }
    if (look->bytes[cue->start] == 'p' || is_vague(look, cue) || !value->linked ||
        value->strangers > 0 || digits < 2 || chars < MIXED_CHARS_MIN || chars > MIXED_CHARS_MAX) {
        return;
    }
    weigh(look, value, (struct code){value->start, value->end, digits}, CUE, SL_REASON_CUE_BEFORE);
}

// Behind a number too long for a code, as telephone numbers are; `at` when there is none.
static uint32_t phone_end(const struct sl_look *look, uint32_t at) {
    uint32_t end = sl_cued_digits_end(look, at), digits = end - at;
    for (uint32_t group = next_group(look, end); group != SL_NOWHERE && digits < PHONE_DIGITS_MAX;
         group = next_group(look, end)) {
        end = sl_cued_digits_end(look, group);
        digits += end - group;
    }
    return digits >= PHONE_DIGITS_MIN ? end : at;
}

// True when the value was of this kind, or another number stands where it should.
static bool look_behind_cue(struct sl_look *look, const struct sl_cue *cue) {
    uint32_t from = skip_index(look, cue->end);
    struct sl_cued value = {.from = from, .end = from};
    bool passed = false;
    for (;;) {
        enum sl_cued_step step = sl_cued_next(look, &value);
        if (step == SL_CUED_NONE || value.strangers > STRANGERS_MAX) {
            return value.masked;
        }
        if (step == SL_CUED_WORD) {
            continue;
        }
        if (!sl_is_digit(look->bytes[value.start])) {
            look_at_mixed(look, cue, &value);
            return true;
        }
        struct code code = read_parted(look, cue, value.start);
        if (code.end > code.start) {
            uint32_t glued = code.end < look->len && sl_is_letter(look->bytes[code.end]);
            if (glued != 0 && look->bytes[cue->start] != 'p') {
                look_at_mixed(look, cue, &value);
            }
            weigh(look, &value, code, cue_weight(look, cue, &value, code), SL_REASON_CUE_BEFORE);
            look_for_more(look, cue, value, code);
            return true;
        }
        // "il puk del 347 1234567 è …"
        uint32_t end = passed ? value.end : phone_end(look, value.start);
        if (passed || end == value.start) {
            return true;
        }
        value.end = end;
        value.linked = false;
        passed = true;
    }
}

// The code that ends at `end`, in one piece or two halves ("123 456").
static struct code read_code_back(const struct sl_look *look, uint32_t end) {
    uint32_t start = end;
    while (start > 0 && end - start <= DIGITS_MAX && sl_is_digit(look->bytes[start - 1])) {
        start--;
    }
    uint32_t size = end - start;
    if ((size == 3 || size == 4) && start > size &&
        memchr(" -.", look->bytes[start - 1], 3) != NULL) {
        uint32_t half = start - 1 - size;
        if (sl_cued_digits_end(look, half) == start - 1 &&
            (half == 0 || !sl_is_alnum(look->bytes[half - 1]))) {
            return (struct code){half, end, 2 * size};
        }
    }
    return (struct code){start, end, size};
}

static void look_before_cue(struct sl_look *look, const struct sl_cue *cue) {
    struct sl_cued value;
    if (!sl_cued_before(look, cue->start, &value) || !sl_is_digit(look->bytes[value.end - 1]) ||
        (value.words > 0 && !value.linked)) {
        return;
    }
    struct code code = read_code_back(look, value.end);
    unsigned char before = code.start > 0 ? look->bytes[code.start - 1] : ' ';
    // "1500 otp" counts them; "(1500 otp)" and "774411 otp" do not.
    bool count = value.words == 0 && !value.linked && code.digits < LONG_DIGITS && before != '(';
    if (!sl_is_alnum(before) && code.digits >= DIGITS_MIN && code.digits <= DIGITS_MAX && !count &&
        (value.linked || !sl_cued_is_year(look, code.start, code.end))) {
        weigh(look, &value, code, CUE_BEHIND, SL_REASON_CUE_AFTER);
    }
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    if (sl_look_digit_near(look, cue->start, cue->end, SL_LOOK_NEAR) &&
        !sl_cued_cue_in_handle(look, cue) && !look_behind_cue(look, cue) && !is_vague(look, cue)) {
        look_before_cue(look, cue);
    }
}

const struct sl_kind_rules sl_kind_puk_pin = {
    .threshold = 60,
    .cues =
        {
            "pin|pincode|puk|p u k|pukcode|otp|passcode|codice di verifica|"
            "codice verifica|codice di conferma|codice conferma|codice di sicurezza|"
            "codice sicurezza|codice di sblocco|codice sblocco|codice di accesso|codice accesso|"
            "codice di attivazione|codice attivazione|codice di autenticazione|"
            "codice autenticazione|codice di autorizzazione|codice autorizzazione|"
            "codice temporaneo|codice usa e getta|codice monouso|codice dispositivo|codice sms|"
            "codice via sms|codice ricevuto|codice whatsapp|codice telegram|codice google|"
            "codice di ripristino|codice di recupero|tuo codice|password monouso|"
            "verification code|verify code|confirmation code|security code|unlock code|"
            "access code|activation code|authentication code|authorization code|auth code|"
            "authorisation code|login code|sign in code|recovery code|reset code|sms code|"
            "texted code|whatsapp code|google code|one time code|one time password|"
            "temporary code|your code|codice|code",
            "sms|verific*|verify|accede*|accesso|conferma|confermare|confirm|whatsapp|login|"
            "log in|sign in|autentic*|arrivat*|ricevut*|received|inserisc*|inserit*|inserire|"
            "enter|entered|messaggio|text message",
            SL_CUES_OTHER_NUMBERS
            "|numero verde|servizio|assistenza|prefisso|promo|promozionale|offerta|"
            "sconto|coupon|voucher|regalo|gift|discount|prodotto|product|articolo|postale|"
            "avviamento|zip|cap|fiscale|iban|destinatario|univoco|sdi|ateco|pratica|fattura|"
            "contratto|negozio|store|country|area code|zip code|source code|qr",
        },
    .on_cue = look_at_cue,
    .spelled = true,
};
