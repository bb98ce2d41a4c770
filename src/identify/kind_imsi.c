// SPDX-License-Identifier: Apache-2.0
//
// IMSI, a SIM's number in the network: 15 digits, country (222 is Italy), network, subscriber. It
// has no check digit, so only its name before or behind it tells.
#include "identify/kind.h"

#define DIGITS     15
#define DIGITS_MIN 14

enum {
    ITALIAN = 30,
    ABROAD = 10, // countries begin with 2 to 7
    CUE = 55,
    SHORT = -10,
    NEIGHBOUR = -40,
};

static void weigh(struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                  uint32_t last) {
    const uint8_t *digits = run->digits + run->groups[first];
    uint32_t count = (uint32_t)run->groups[last] - run->groups[first];
    struct sl_candidate candidate = sl_window_candidate(run, first, last, SL_KIND_IMSI, 0);
    bool italian = digits[0] == 2 && digits[1] == 2 && digits[2] == 2;
    candidate.score = (italian ? ITALIAN : ABROAD) + (count < DIGITS ? SHORT : 0);
    candidate.reasons |= italian ? SL_REASON_ISSUER : 0;
    unsigned char before = sl_joint_before(look, candidate.start);
    unsigned char after = sl_joint_after(look, candidate.end);
    if (before == '0' || after == '0') {
        return;
    }
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_IMSI, candidate.start, candidate.end);
    if (around.before == SL_CUE_STRONG || around.after == SL_CUE_STRONG) {
        candidate.score += CUE;
        candidate.reasons |=
            around.before == SL_CUE_STRONG ? SL_REASON_CUE_BEFORE : SL_REASON_CUE_AFTER;
    }
    if (before == '.' || before == ',' || after == '.' || around.in_address || around.amount) {
        candidate.score += NEIGHBOUR;
        candidate.reasons |= SL_REASON_NEIGHBOUR;
    }
    sl_look_add(look, candidate);
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    if ((look->cues->strong >> SL_KIND_IMSI & 1) == 0) {
        return;
    }
    for (uint32_t first = 0; first < run->groups_count; first++) {
        uint32_t head = run->digits[run->groups[first]];
        uint32_t best = 0;
        for (uint32_t last = first + 1; last <= run->groups_count; last++) {
            uint32_t count = (uint32_t)run->groups[last] - run->groups[first];
            if (count > DIGITS) {
                break;
            }
            best = count >= DIGITS_MIN ? last : best;
        }
        if (best != 0 && head >= 2 && head <= 7) {
            weigh(look, run, first, best);
            first = best - 1;
        }
    }
}

const struct sl_kind_rules sl_kind_imsi = {
    .threshold = 60,
    .digits_min = DIGITS_MIN,
    .cues = {.strong = "imsi"},
    .on_run = look_at_run,
};
