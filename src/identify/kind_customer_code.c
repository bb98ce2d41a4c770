// SPDX-License-Identifier: Apache-2.0
//
// Codes under which an operator knows a customer: of customer, contract, account, case, invoice,
// and user names (user_names.c). There is no standard, so the word in front decides; "codice
// cliente" says more than "contratto", which is also said of months and prices. Tickets, orders and
// parcels are needed by whoever answers and stay.
#include <string.h>

#include "identify/cued.h"
#include "identify/user_names.h"

#define CHARS_MIN       4
#define CHARS_MAX       24
#define VAGUE_CHARS_MIN 6
#define VAGUE_DIGITS    5
#define MIXED_DIGITS    3
#define STRANGERS_MAX   3
#define COMMON_CHARS    7
#define GROUPS_MAX      6

enum {
    CLEAR = 75,  // "codice cliente", "contratto n."
    VAGUE = 60,  // "contratto", "account"
    LINKED = 10, // ':' or "è"
    STRANGER = -10,
    AGAINST = -40,
    OTHER = -60, // a date, a year, an amount, a count
    CUE_BEHIND = 65,
};

struct code {
    uint32_t start, end;
    uint32_t chars, digits;
    bool points; // 1.234.567
};

// Behind groups of digits that go on in threes and fours: "123 456 789".
static uint32_t take_groups(const struct sl_look *look, uint32_t start, uint32_t end) {
    const unsigned char *bytes = look->bytes;
    uint32_t first = end - start;
    if (first > 5 || sl_cued_digits_end(look, start) != end) {
        return end;
    }
    uint32_t count = first, groups = 1, size = 0;
    while (groups < GROUPS_MAX && end + 1 < look->len &&
           (bytes[end] == ' ' || bytes[end] == '.' || bytes[end] == '-')) {
        uint32_t group = end + 1, group_end = sl_cued_digits_end(look, group);
        uint32_t digits = group_end - group;
        bool whole = group_end == look->len || !sl_is_alnum(bytes[group_end]);
        bool regular = size == 0 ? digits >= 2 && digits <= 5 : digits <= size;
        if (digits == 0 || !whole || !regular || sl_cued_counts(look, group_end) ||
            sl_cued_is_year(look, group, group_end) || count + digits > CHARS_MAX) {
            break;
        }
        size = size == 0 ? digits : size;
        count += digits;
        end = group_end;
        groups++;
    }
    return count >= VAGUE_CHARS_MIN ? end : start + first;
}

// "AB 12345678": the letters in capitals right before the digits.
static uint32_t take_prefix(const struct sl_look *look, uint32_t from, uint32_t start) {
    uint32_t end = start > from && look->bytes[start - 1] == ' ' ? start - 1 : start;
    uint32_t at = end;
    while (at > from && end - at < 3 && sl_is_letter(look->bytes[at - 1]) &&
           sl_look_original(look, at - 1) <= 'Z') {
        at--;
    }
    bool word =
        end > at && (at == from || look->bytes[at - 1] == ' ' || look->bytes[at - 1] == ':');
    bool known = sl_cued_listed(look, at, end, "n|nr|no|num|id|cod|tim|sim|del|per|e|is");
    return word && !known ? at : start;
}

static struct code read_code(const struct sl_look *look, const struct sl_cued *value) {
    struct code code = {.start = value->start, .end = value->end};
    code.end = take_groups(look, code.start, code.end);
    code.points = true;
    for (uint32_t at = code.start; at < code.end; at++) {
        unsigned char c = look->bytes[at];
        code.chars += sl_is_alnum(c);
        code.digits += sl_is_digit(c);
        code.points &= sl_is_digit(c) || c == '.';
    }
    code.points &= memchr(look->bytes + code.start, '.', code.end - code.start) != NULL;
    if (code.digits == code.chars) {
        code.start = take_prefix(look, value->from, code.start);
    }
    return code;
}

// 10/02/2026, 2026-02-10, 02/2026, 2025/26, 10-02: years and numbers of one or two digits.
static bool is_date(const struct sl_look *look, const struct code *code) {
    uint32_t parts = 0;
    for (uint32_t at = code->start; at < code->end; at++) {
        uint32_t end = sl_cued_digits_end(look, at);
        bool sign = end == code->end || strchr("/-.", look->bytes[end]) != NULL;
        if (end == at || !sign || (end - at > 2 && !sl_cued_is_year(look, at, end))) {
            return false;
        }
        parts++;
        at = end;
    }
    return parts <= 3;
}

// Threes with points: an amount, where no cue says better.
static bool is_amount(const struct sl_look *look, const struct code *code) {
    uint32_t end = sl_cued_digits_end(look, code->start);
    bool threes = code->points && end - code->start <= 3;
    while (threes && end < code->end) {
        uint32_t next = sl_cued_digits_end(look, end + 1);
        threes = next - end == 4;
        end = next;
    }
    return threes || (code->points && code->end - end == 0 && code->digits < 5);
}

static bool is_other(const struct sl_look *look, const struct code *code, bool clear) {
    unsigned char after = sl_joint_after(look, code->end);
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_CUSTOMER_CODE, code->start, code->end);
    bool decimals = (after == ',' && code->digits < VAGUE_CHARS_MIN) || after == '.';
    unsigned char before = sl_joint_before(look, code->start);
    return around.amount || around.in_address || decimals || after == ':' || before == ',' ||
           before == '.' || before == '/' || sl_cued_counts(look, code->end) ||
           is_date(look, code) || (!clear && is_amount(look, code));
}

// The word that ends before `at`; moves `at` to its beginning.
static bool word_before(const struct sl_look *look, uint32_t *at, const char *words) {
    uint32_t end = *at;
    while (end > 0 && *at - end < 3 && !sl_is_alnum(look->bytes[end - 1])) {
        end--;
    }
    uint32_t start = end;
    while (start > 0 && end - start < SL_CUE_REACH_BEFORE && sl_is_letter(look->bytes[start - 1])) {
        start--;
    }
    *at = start;
    return sl_cued_listed(look, start, end, words);
}

// "codice cliente", "numero di contratto", "id pratica", or a phrase of two words.
static bool is_clear(const struct sl_look *look, const struct sl_cue *cue) {
    static const char numbers[] = "codice|cod|c|n|nr|num|numero|id";
    uint32_t at = cue->start;
    for (uint32_t i = cue->start; i < cue->end; i++) {
        if (!sl_is_letter(look->bytes[i])) {
            return true;
        }
    }
    uint32_t once = at;
    bool joined = word_before(look, &once, "di|del|della|mio|mia");
    return word_before(look, joined ? &once : &at, numbers) ||
           sl_cued_listed(look, cue->start, cue->end, "codcliente|matricola|acct");
}

// Words that are mostly said of something else: a code only right behind them.
static bool is_common(const struct sl_look *look, const struct sl_cue *cue) {
    return sl_cued_listed(
        look, cue->start, cue->end,
        "cliente|customer|client|member|subscriber|policy|bill|billing|agreement");
}

static bool long_enough(const struct code *code, bool clear) {
    if (code->chars > CHARS_MAX || code->chars < CHARS_MIN) {
        return false;
    }
    bool mixed = code->digits < code->chars;
    if (clear) {
        return code->digits >= (mixed ? MIXED_DIGITS : CHARS_MIN);
    }
    return code->chars >= VAGUE_CHARS_MIN && code->digits >= VAGUE_DIGITS;
}

static void weigh(struct sl_look *look, const struct sl_cue *cue, const struct sl_cued *value) {
    struct code code = read_code(look, value);
    bool clear = is_clear(look, cue) || value->numbered;
    bool linked = value->linked && value->strangers == 0;
    if (is_common(look, cue) && !clear && (value->words > 0 || code.chars < COMMON_CHARS)) {
        return;
    }
    if (!long_enough(&code, clear || linked) ||
        (sl_cued_is_year(look, code.start, code.end) && !linked)) {
        return;
    }
    struct sl_candidate candidate = {
        .start = code.start,
        .end = code.end,
        .kind = SL_KIND_CUSTOMER_CODE,
        .score = (clear ? CLEAR : VAGUE) + (linked ? LINKED : 0),
        .reasons = SL_REASON_SHAPE | SL_REASON_CUE_BEFORE,
    };
    candidate.score += STRANGER * (int)value->strangers;
    if (is_other(look, &code, clear || linked)) {
        candidate.score += OTHER;
        candidate.reasons |= SL_REASON_NEIGHBOUR;
    }
    if (sl_cued_against(look, SL_KIND_CUSTOMER_CODE, cue->end, code.start)) {
        candidate.score += AGAINST;
        candidate.reasons |= SL_REASON_CUE_AGAINST;
    }
    sl_look_add(look, candidate);
}

// The word found is the letters of a code, as take_prefix wants them.
static bool is_prefix(const struct sl_look *look, const struct sl_cued *value) {
    uint32_t digits = value->end + 1;
    return digits < look->len && look->bytes[value->end] == ' ' &&
           sl_is_digit(look->bytes[digits]) &&
           take_prefix(look, value->start, digits) == value->start;
}

// True when a code, or a number in its place, stands behind the cue.
static bool look_behind_cue(struct sl_look *look, const struct sl_cue *cue) {
    struct sl_cued value = {.from = cue->end, .end = cue->end};
    for (;;) {
        enum sl_cued_step step = sl_cued_next(look, &value);
        if (step == SL_CUED_NONE || value.strangers > STRANGERS_MAX) {
            return value.masked;
        }
        if (step == SL_CUED_WORD && is_prefix(look, &value)) {
            value.strange = false;
            value.strangers--;
        }
        if (step == SL_CUED_CODE) {
            bool hashtag =
                look->bytes[value.start - 1] == '#' && sl_is_letter(look->bytes[value.start]);
            if (!hashtag) {
                weigh(look, cue, &value);
            }
            return true;
        }
    }
}

// "12345678 è il mio codice cliente".
static void look_before_cue(struct sl_look *look, const struct sl_cue *cue) {
    struct sl_cued value;
    if (!sl_cued_before(look, cue->start, &value) || (value.words > 0 && !value.linked)) {
        return;
    }
    uint32_t start = value.end;
    while (start > 0 && value.end - start <= CHARS_MAX && sl_is_alnum(look->bytes[start - 1])) {
        start--;
    }
    struct code code = {.start = start, .end = value.end, .chars = value.end - start};
    for (uint32_t at = start; at < value.end; at++) {
        code.digits += sl_is_digit(look->bytes[at]);
    }
    bool clear = value.linked && value.words > 0;
    struct sl_surroundings around = sl_look_around(look, SL_KIND_CUSTOMER_CODE, start, value.end);
    if (!clear || !long_enough(&code, false) || around.against || is_other(look, &code, false) ||
        sl_joint_before(look, start) != 0) {
        return;
    }
    sl_look_add(look, (struct sl_candidate){
                          .start = start,
                          .end = value.end,
                          .kind = SL_KIND_CUSTOMER_CODE,
                          .score = CUE_BEHIND,
                          .reasons = SL_REASON_SHAPE | SL_REASON_CUE_AFTER,
                      });
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    if (sl_cued_cue_in_handle(look, cue)) {
        return;
    }
    if ((cue->senses & SL_SENSE_USER) != 0) {
        sl_user_name_look(look, cue);
    }
    bool code = (cue->strong >> SL_KIND_CUSTOMER_CODE & 1) != 0 &&
                sl_look_digit_near(look, cue->start, cue->end, SL_LOOK_NEAR);
    if (code && !look_behind_cue(look, cue)) {
        look_before_cue(look, cue);
    }
}

const struct sl_kind_rules sl_kind_customer_code = {
    .threshold = 60,
    .cues =
        {
            "cliente|customer|client|contratto|contratti|contract|agreement|account|acct|acc no|"
            "pratica|pratiche|utenza|utenze|fattura|fatture|invoice|invoices|bolletta|bollette|"
            "bill|billing|member|membership|subscriber|policy|abbonato|matricola|codcliente|"
            "cod cl|cod cli|codice utente|codice personale|codice identificativo|codice servizio|"
            "codice impianto|codice linea|codice abbonamento|mio codice|user code",
            "",
            "ordine|ordini|order|orders|ticket*|tracking|spedizione|pacco|pacchi|parcel|"
            "segnalazione|modello|model|versione|version|firmware|volo|flight|errore|error|"
            "articolo|numero verde|chiam*|segui*|follow|canale|channel|legge|decreto|"
            "delibera|ufficiale|official|da pagare|importo|totale|prezzo|costo",
        },
    .on_cue = look_at_cue,
    .senses = SL_SENSE_USER,
};
