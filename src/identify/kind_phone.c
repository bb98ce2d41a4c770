// SPDX-License-Identifier: Apache-2.0
//
// Telephone numbers have no check digit, so prefix, length, grouping and what stands round them
// must do. The form that the digits of a run fit best (phone_forms.h) is weighed with its
// surroundings. Numbers of services (187, 800 …, 89x, 199 …) are nobody's and stay.
#include <string.h>

#include "identify/calendar.h"
#include "identify/checks.h"
#include "identify/codes.h"
#include "identify/kind.h"
#include "identify/phone_forms.h"

enum {
    HALF_HIDDEN = 65, // 347 1234 xxx
    BACKWARDS = 70,   // and the text says so

    // What stands round them adds or takes away.
    CUE_STRONG = 40,
    CUE_WEAK = 20,
    CUE_AFTER_STRONG = 20,
    CUE_AFTER_WEAK = 10,
    AGAINST = -30,
    ALONE = 20,
    LETTERS_BEFORE = -15,
    LETTERS_AFTER = -10,
    DECIMALS = -25,
    JOINT = -10,
    SOMETHING_ELSE = -60, // an amount, a date, a time, part of a longer number
    HANDLE = -40,
    ADDRESS = -60,
};

#define EXTENSION_DIGITS 5
#define HIDDEN_MIN       2 // x for a digit
#define HIDDEN_MAX       4
#define HIDDEN_REACH     16 // to the digits that were hidden
#define BACKWARDS_REACH  40
#define CUE_BESIDE       8 // "chiamatemi al ", "tel. +"

static uint32_t digits_in(const struct sl_digit_run *run, uint32_t first, uint32_t last) {
    return (uint32_t)run->groups[last] - run->groups[first];
}

// Takes in a + in front, and the bracket that a bracket inside belongs to.
static void widen(const struct sl_look *look, struct sl_candidate *candidate) {
    uint32_t plus = sl_phone_plus(look, candidate->start);
    int open = 0;
    if (plus != SL_NOWHERE && (candidate->reasons & SL_REASON_PREFIX) != 0) {
        candidate->start = plus;
    }
    for (uint32_t at = candidate->start; at < candidate->end; at++) {
        unsigned char c = look->bytes[at];
        open += (c == '(' || c == '[') - (c == ')' || c == ']');
    }
    if (open < 0 && candidate->start > 0) {
        unsigned char c = look->bytes[candidate->start - 1];
        candidate->start -= c == '(' || c == '[';
    } else if (open > 0 && candidate->end < look->len) {
        unsigned char c = look->bytes[candidate->end];
        candidate->end += c == ')' || c == ']';
    }
}

// The last cue before a number that is for or against it is for it: "ordine 12, chiamatemi al". Not
// where one against is of the same phrase: "order number is".
static bool nearest_is_for(const struct sl_look *look, uint32_t start) {
    const struct sl_cue_list *list = look->cues;
    const uint32_t bit = 1u << SL_KIND_PHONE;
    uint32_t nearest = SL_NOWHERE;
    for (uint32_t i = sl_cues_from(list, start); i > 0; i--) {
        const struct sl_cue *cue = &list->cues[i - 1];
        if (start - cue->start > SL_CUE_REACH_BEFORE) {
            break;
        }
        if (cue->end > start || ((cue->strong | cue->against) & bit) == 0) {
            continue;
        }
        if (nearest != SL_NOWHERE && cue->end + 1 < nearest) {
            return true;
        }
        if ((cue->against & bit) != 0) {
            return false;
        }
        nearest = cue->start;
    }
    return nearest != SL_NOWHERE;
}

static void add_cues(const struct sl_look *look, const struct sl_surroundings *around,
                     const struct sl_phone_form *form, struct sl_candidate *candidate) {
    static const int before[] = {
        [SL_CUE_NONE] = 0, [SL_CUE_WEAK] = CUE_WEAK, [SL_CUE_STRONG] = CUE_STRONG};
    static const int after[] = {
        [SL_CUE_NONE] = 0, [SL_CUE_WEAK] = CUE_AFTER_WEAK, [SL_CUE_STRONG] = CUE_AFTER_STRONG};
    // A weak word ("numero") says nothing beside one that speaks against ("ordine").
    bool said = around->before == SL_CUE_STRONG || !around->against;
    candidate->score += (said ? before[around->before] : 0) + after[around->after];
    candidate->reasons |= around->before != SL_CUE_NONE ? SL_REASON_CUE_BEFORE : 0;
    candidate->reasons |= around->after != SL_CUE_NONE ? SL_REASON_CUE_AFTER : 0;
    bool spoken_for = around->before == SL_CUE_STRONG &&
                      (!form->needs_cue || nearest_is_for(look, candidate->start));
    if (around->against && !spoken_for) {
        candidate->score += AGAINST;
        candidate->reasons |= SL_REASON_CUE_AGAINST;
    }
    if (around->alone) {
        candidate->score += ALONE;
        candidate->reasons |= SL_REASON_ALONE;
    }
}

// `other` digits stand on the far side of the joint: few make one number with a point in it, many
// another number in a list.
static int joint_weight(unsigned char joint, uint32_t other) {
    if (joint == 0 || joint == '/' || joint == '+') {
        return 0;
    }
    bool point = joint == '.' || joint == ',';
    return point && other < SL_ITALIAN_FIXED_MIN ? DECIMALS : joint == ',' ? 0 : JOINT;
}

static void add_neighbours(const struct sl_look *look, const struct sl_digit_run *run,
                           const struct sl_surroundings *around, const struct sl_phone_form *form,
                           struct sl_candidate *candidate) {
    uint32_t before = form->first > 0 ? sl_group_digits(run, form->first - 1) : 0;
    uint32_t after = form->last < run->groups_count ? sl_group_digits(run, form->last) : 0;
    unsigned char joint_before = sl_joint_before(look, sl_window_start(run, form->first));
    unsigned char joint_after = sl_joint_after(look, sl_window_end(run, form->last));
    int score = joint_weight(joint_before, before) +
                (joint_after == ',' ? 0 : joint_weight(joint_after, after));
    bool tied = joint_before != 0 || joint_after != 0;
    if (form->plain && (around->amount || tied)) {
        score += SOMETHING_ELSE;
    }
    if (candidate->start > 0 && look->bytes[candidate->start - 1] == '@') {
        score += HANDLE;
    }
    score += around->letters_before ? LETTERS_BEFORE : 0;
    score += around->letters_after ? LETTERS_AFTER : 0;
    score += around->in_address ? ADDRESS : 0;
    candidate->score += score;
    candidate->reasons |= score != 0 ? SL_REASON_NEIGHBOUR : 0;
}

static bool stands_at(const struct sl_look *look, uint32_t at, const char *word) {
    size_t len = strlen(word);
    return look->len - at >= len && memcmp(look->bytes + at, word, len) == 0;
}

static uint32_t skip_signs(const struct sl_look *look, uint32_t at, const char *signs) {
    for (uint32_t skipped = 0; skipped < SL_RUN_GAP_MAX && at < look->len; skipped++) {
        if (look->bytes[at] == '\0' || strchr(signs, look->bytes[at]) == NULL) {
            break;
        }
        at++;
    }
    return at;
}

// The end of a number with the extension that follows it: "int. 12", "ext 503", "x1234".
static uint32_t extension_end(const struct sl_look *look, uint32_t end) {
    static const struct {
        const char *word;
        uint32_t digits_min;
    } words[] = {{"extension", 1}, {"interno", 1}, {"extn", 1}, {"ext", 1}, {"int", 1}, {"x", 3}};
    uint32_t at = skip_signs(look, end, " ,;.(-");
    for (size_t i = 0; at < look->len && i < sizeof words / sizeof words[0]; i++) {
        if (!stands_at(look, at, words[i].word)) {
            continue;
        }
        uint32_t start = skip_signs(look, at + (uint32_t)strlen(words[i].word), " .:");
        uint32_t digits = 0;
        while (start + digits < look->len && sl_is_digit(look->bytes[start + digits])) {
            digits++;
        }
        uint32_t behind = start + digits;
        bool whole = behind == look->len || !sl_is_alnum(look->bytes[behind]);
        bool fits = digits >= words[i].digits_min && digits <= EXTENSION_DIGITS && whole;
        return fits && sl_joint_after(look, behind) == 0 ? behind : end;
    }
    return end;
}

// True when the form is masked, or at least known to be a service's number.
static bool weigh(struct sl_look *look, const struct sl_digit_run *run,
                  const struct sl_phone_form *form) {
    struct sl_candidate candidate = {
        .start = sl_window_start(run, form->first),
        .end = sl_window_end(run, form->last),
        .kind = SL_KIND_PHONE,
        .reasons = SL_REASON_SHAPE | form->reasons,
    };
    if (sl_joint_before(look, candidate.start) == '0' ||
        sl_joint_after(look, candidate.end) == '0') {
        return false; // a piece of something longer
    }
    widen(look, &candidate);
    if (form->service) {
        candidate.reasons |= SL_REASON_SERVICE;
        sl_look_add(look, candidate);
        return true;
    }
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_PHONE, candidate.start, candidate.end);
    if (form->needs_cue && around.before != SL_CUE_STRONG) {
        return false;
    }
    candidate.score = form->score;
    // Ten digits right where a telephone number is announced may look like a date inside.
    bool whole = form->first == 0 && form->last == run->groups_count &&
                 run->digits_count == SL_ITALIAN_MOBILE && run->digits[0] == 3 &&
                 run->digits[1] > 1 && sl_group_digits(run, 0) > 1 &&
                 around.before == SL_CUE_STRONG;
    if (form->plain && !whole && !form->announced &&
        sl_calendar_any(look, run, form->first, form->last)) {
        candidate.score += SOMETHING_ELSE;
        candidate.reasons |= SL_REASON_NEIGHBOUR;
    }
    add_cues(look, &around, form, &candidate);
    add_neighbours(look, run, &around, form, &candidate);
    bool masked = candidate.score >= sl_kind_phone.threshold;
    candidate.end = masked ? extension_end(look, candidate.end) : candidate.end;
    sl_look_add(look, candidate);
    return masked;
}

// "347 1234 xxx" shows most of a mobile number; the rest may follow: "poi 567".
static void look_for_hidden(struct sl_look *look, const struct sl_digit_run *run) {
    uint32_t first = 0;
    while (first < run->groups_count && digits_in(run, first, run->groups_count) > 8) {
        first++;
    }
    const uint8_t *digits = run->digits + run->groups[first];
    uint32_t shown = digits_in(run, first, run->groups_count);
    uint32_t at = skip_signs(look, run->end, " .-/"), start = at;
    while (at < look->len && (look->bytes[at] == 'x' || look->bytes[at] == '*')) {
        at++;
    }
    uint32_t hidden = at - start;
    if (hidden < HIDDEN_MIN || hidden > HIDDEN_MAX || hidden + shown != SL_ITALIAN_MOBILE ||
        digits[0] != 3 || digits[1] < 2 || sl_group_tied(look, run, first) ||
        (at < look->len && sl_is_alnum(look->bytes[at]))) {
        return;
    }
    struct sl_candidate candidate = {sl_window_start(run, first), at, SL_KIND_PHONE, HALF_HIDDEN,
                                     SL_REASON_SHAPE | SL_REASON_ISSUER};
    sl_look_add(look, candidate);
    uint32_t limit = look->len - at < HIDDEN_REACH ? look->len : at + HIDDEN_REACH;
    for (start = at; start < limit && !sl_is_digit(look->bytes[start]); start++) {
    }
    for (at = start; at < look->len && at - start <= hidden && sl_is_digit(look->bytes[at]); at++) {
    }
    if (at - start == hidden && (at == look->len || !sl_is_alnum(look->bytes[at]))) {
        candidate.start = start;
        candidate.end = at;
        sl_look_add(look, candidate);
    }
}

// "il contrario di 7654321743"
static void look_for_backwards(struct sl_look *look, const struct sl_digit_run *run) {
    static const char *const words[] = {"contrario", "rovesci", "invertit", "backward", "reverse"};
    if (run->digits_count != SL_ITALIAN_MOBILE || run->digits[SL_ITALIAN_MOBILE - 1] != 3 ||
        run->digits[SL_ITALIAN_MOBILE - 2] < 2) {
        return;
    }
    uint32_t from = run->start > BACKWARDS_REACH ? run->start - BACKWARDS_REACH : 0;
    uint32_t to = look->len - run->end > BACKWARDS_REACH ? run->end + BACKWARDS_REACH : look->len;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (memmem(look->bytes + from, to - from, words[i], strlen(words[i])) != NULL) {
            sl_look_add(look, (struct sl_candidate){run->start, run->end, SL_KIND_PHONE, BACKWARDS,
                                                    SL_REASON_SHAPE | SL_REASON_ISSUER |
                                                        SL_REASON_CUE_BEFORE});
            return;
        }
    }
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    struct sl_phone_form form;
    look_for_hidden(look, run);
    look_for_backwards(look, run);
    if (sl_phone_form_whole(look, run, &form) &&
        sl_code_cued_within(look, SL_KIND_PHONE, run->start, CUE_BESIDE) &&
        weigh(look, run, &form)) {
        return;
    }
    for (uint32_t first = 0; first < run->groups_count; first++) {
        if (digits_in(run, first, run->groups_count) < SL_ITALIAN_FIXED_MIN) {
            break;
        }
        // A form that only its cue speaks for may begin before a number that needs none.
        if (sl_phone_form_find(look, run, first, &form) && weigh(look, run, &form) &&
            !form.needs_cue) {
            first = form.last - 1;
        }
    }
}

const struct sl_kind_rules sl_kind_phone = {
    .threshold = 60,
    .digits_min = 6,
    .cues =
        {
            "tel|telef|telefon*|cell|cel|cellulare|cellulari|phone|phones|telephone|mobile|"
            "cellphone|whatsapp|whats app|wapp|whatsup|wa me|mio numero|mio num|mio nr|mio n|"
            "numero mio|numero di cell|numero fisso|numero mobile|nostro numero|suo numero|"
            "chiam*|richiam*|contattatemi|contattami|contattarmi|contattateci|ricontatt*|"
            "recapito|recapiti|linea fissa|linea telefonica|numero della linea|"
            "utenza|utenze|rispondo al|squill*|fax|call|called|calling|ring|rang|text me|"
            "my number|number is|the number|contact number|contact no|reach me|be reached at|"
            "be reached on|contact me on|contact me at|contact us on|contact us at|plz contact|"
            "pls contact|please contact|kindly contact|sms al|portabilita",
            "numero|numeri|num|nr|n|linea|linee|fisso|sim|scheda|number|no|line|contact|contatt*|"
            "scriv*|sms|ricarica|ricaricare|intestat*|attiv*",
            SL_CUES_OTHER_NUMBERS
            "|complaint|my case|our case|acct|a c no|a c number|smart card|smartcard|account no|"
            "account number|id number|user id|customer id|dpci|flt|flts|flights|zip|fattura n|"
            "numero fattura|bolletta n|lat|lon|"
            "latitudine|longitudine|latitude|longitude|lotto",
        },
    .on_run = look_at_run,
    .in_links = true,
};
