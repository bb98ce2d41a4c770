// SPDX-License-Identifier: Apache-2.0
//
// ICCID, the serial number of a SIM: 89, the country, the issuer, 19 or 20 digits, the last a Luhn
// digit. Old Italian cards fill up with zeros and break the check, so 8939 and the length are
// enough; those of other countries need the check. Behind "seriale sim" people write the last 13
// digits, of which nothing can be checked.
#include <string.h>

#include "identify/checks.h"
#include "identify/kind.h"

#define DIGITS_MIN      18
#define DIGITS_MAX      22
#define TAIL_DIGITS_MIN 12 // with a cue, without 89 in front
#define TAIL_DIGITS_MAX 20
#define USUAL_MIN       19
#define USUAL_MAX       20

enum {
    ITALIAN = 65,
    ABROAD = 45,
    UNUSUAL = -30, // neither 19 nor 20 digits
    LUHN = 20,
    LAST_GROUP_TINY = -10, // a figure that follows may be of something else
    TAIL = 25,
    CUE_STRONG = 40,
    CUE_WEAK = 20,
    AGAINST = -20,
    JOINT = -40,
    ADDRESS = -60,
};

static bool begins_as_iccid(const struct sl_digit_run *run, uint32_t first) {
    const uint8_t *digits = run->digits + run->groups[first];
    return digits[0] == 8 && digits[1] == 9;
}

static struct sl_candidate weigh_digits(const struct sl_digit_run *run, uint32_t first,
                                        uint32_t last) {
    const uint8_t *digits = run->digits + run->groups[first];
    uint32_t count = (uint32_t)run->groups[last] - run->groups[first], code_digits;
    struct sl_candidate candidate = sl_window_candidate(run, first, last, SL_KIND_ICCID, 0);
    bool italian = digits[2] == 3 && digits[3] == 9;
    uint32_t country = digits[2] == 0 ? 3 : 2; // 01 is 1
    if (!italian && sl_calling_code_find(digits + country, count - country, &code_digits) == NULL) {
        return candidate;
    }
    candidate.score = italian ? ITALIAN : ABROAD;
    candidate.reasons |= SL_REASON_ISSUER;
    candidate.score += count < USUAL_MIN || count > USUAL_MAX ? UNUSUAL : 0;
    if (last - first > 1 && sl_group_digits(run, last - 1) == 1) {
        candidate.score += LAST_GROUP_TINY;
    }
    if (sl_check_luhn(digits, count)) {
        candidate.score += LUHN;
        candidate.reasons |= SL_REASON_CHECKSUM;
    }
    return candidate;
}

// "seriale" and "sim" before it, in either order.
static bool serial_of_sim(const struct sl_look *look, uint32_t start) {
    uint32_t from = start > SL_CUE_REACH_BEFORE ? start - SL_CUE_REACH_BEFORE : 0;
    bool serial = false, sim = false;
    for (uint32_t i = sl_cues_from(look->cues, from); i < look->cues->cues_count; i++) {
        const struct sl_cue *cue = &look->cues->cues[i];
        if (cue->start >= start) {
            break;
        }
        if ((cue->weak >> SL_KIND_ICCID & 1) != 0) {
            bool names_serial = memcmp(look->bytes + cue->start, "ser", 3) == 0;
            serial |= names_serial;
            sim |= !names_serial;
        }
    }
    return serial && sim;
}

static void add_surroundings(struct sl_look *look, struct sl_candidate candidate) {
    unsigned char before = sl_joint_before(look, candidate.start);
    unsigned char after = sl_joint_after(look, candidate.end);
    if (before == '0' || after == '0') {
        return;
    }
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_ICCID, candidate.start, candidate.end);
    bool tail = (candidate.reasons & SL_REASON_ISSUER) == 0;
    if (tail && around.before == SL_CUE_WEAK && serial_of_sim(look, candidate.start)) {
        around.before = SL_CUE_STRONG;
    }
    if (tail && around.before != SL_CUE_STRONG) {
        return;
    }
    if (around.before != SL_CUE_NONE) {
        candidate.score += around.before == SL_CUE_STRONG ? CUE_STRONG : CUE_WEAK;
        candidate.reasons |= SL_REASON_CUE_BEFORE;
    } else if (around.after == SL_CUE_STRONG) {
        candidate.score += CUE_STRONG;
        candidate.reasons |= SL_REASON_CUE_AFTER;
    }
    if (around.against) {
        candidate.score += AGAINST;
        candidate.reasons |= SL_REASON_CUE_AGAINST;
    }
    bool decimals = before == '.' || after == '.' || before == ',';
    if (decimals || around.in_address || around.amount) {
        candidate.score += around.in_address ? ADDRESS : JOINT;
        candidate.reasons |= SL_REASON_NEIGHBOUR;
    }
    sl_look_add(look, candidate);
}

// The best window that begins with this group. Returns its last group, 0 when there is none.
static uint32_t try_iccid(struct sl_look *look, const struct sl_digit_run *run, uint32_t first) {
    struct sl_candidate best = {0};
    uint32_t best_last = 0;
    for (uint32_t last = first + 1; last <= run->groups_count; last++) {
        uint32_t count = (uint32_t)run->groups[last] - run->groups[first];
        if (count > DIGITS_MAX) {
            break;
        }
        if (count < DIGITS_MIN) {
            continue;
        }
        struct sl_candidate candidate = weigh_digits(run, first, last);
        if (candidate.score > 0 && candidate.score >= best.score) {
            best = candidate;
            best_last = last;
        }
    }
    if (best.score > 0) {
        add_surroundings(look, best);
    }
    return best_last;
}

// The digits behind 8939…, in one piece or in equal ones.
static uint32_t try_tail(struct sl_look *look, const struct sl_digit_run *run, uint32_t first) {
    uint32_t last = first + 1;
    while (last < run->groups_count && sl_group_digits(run, first) >= 3 &&
           sl_group_digits(run, last) <= sl_group_digits(run, first) &&
           run->groups[last + 1] - run->groups[first] <= TAIL_DIGITS_MAX &&
           sl_group_digits(run, last - 1) == sl_group_digits(run, first)) {
        last++;
    }
    uint32_t count = (uint32_t)run->groups[last] - run->groups[first];
    if (count < TAIL_DIGITS_MIN || count > TAIL_DIGITS_MAX) {
        return 0;
    }
    add_surroundings(look, sl_window_candidate(run, first, last, SL_KIND_ICCID, TAIL));
    return last;
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    for (uint32_t first = 0; first < run->groups_count; first++) {
        if (run->digits_count - run->groups[first] < TAIL_DIGITS_MIN) {
            break;
        }
        uint32_t last = 0;
        if (run->digits_count - run->groups[first] >= DIGITS_MIN && begins_as_iccid(run, first)) {
            last = try_iccid(look, run, first);
        }
        if (last == 0) {
            last = try_tail(look, run, first);
        }
        first = last != 0 ? last - 1 : first;
    }
}

const struct sl_kind_rules sl_kind_iccid = {
    .threshold = 60,
    .digits_min = TAIL_DIGITS_MIN,
    .cues =
        {
            "iccid|icc id|icc|eid|esim id|codice sim|codice della sim|numero sim|"
            "numero della sim|numero scheda sim|sim number|sim no|sim card number|sim card no|"
            "ultime 13 cifre",
            "sim|usim|esim|scheda|seriale|serial|serie",
            "ordine|ordini|order|ticket*|tracking|spedizione|pacco|ldv",
        },
    .on_run = look_at_run,
};
