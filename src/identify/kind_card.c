// SPDX-License-Identifier: Apache-2.0
//
// Payment cards: 12 to 19 digits. One random number in ten passes Luhn, times stamped in
// milliseconds among them, so the check digit alone never masks: it takes an issuer's range with a
// length that issuer uses and digits grouped as on the card, or else a cue. With a cue and an
// issuer a mistyped number is masked too. A moment written as digits is none.
#include <string.h>

#include "identify/calendar.h"
#include "identify/checks.h"
#include "identify/kind.h"

#define DIGITS_MIN       12
#define DIGITS_MAX       19
#define DIGITS_MIN_BLIND 13 // without a known issuer
#define GROUPS_MISTYPED  8  // of one that is wrong and grouped oddly, too

enum {
    SHAPE = 10,
    ISSUER = 30,
    LUHN = 25,
    LUHN_WRONG = -15,
    GROUPED = 10,
    GROUPED_ODDLY = -15,
    LENGTH_RARE = -20,
    COMMON = 10, // where two lengths would do
    CUE_STRONG = 55,
    CUE_WEAK = 20,
    CUE_STRONG_BLIND = 35, // without an issuer
    CUE_WEAK_BLIND = 10,
    ALONE = 15, // only with an issuer
    AGAINST = -20,
    AMOUNT = -30, // a unit beside digits with commas between
    LETTERS = -15,
    JOINT = -15,
    DECIMALS = -40,
    ADDRESS = -60,
    PHONE_SIGN = -60,
};

#define LENGTH(digits) (1u << (digits))

// Ranges of the first four digits with the lengths that are valid and those that are common.
struct issuer {
    uint16_t low, high;
    uint32_t lengths, common;
};

#define FROM_16 (LENGTH(16) | LENGTH(17) | LENGTH(18) | LENGTH(19))
#define FROM_14 (LENGTH(14) | LENGTH(15) | FROM_16)
#define FROM_12 (LENGTH(12) | LENGTH(13) | FROM_14)

static const struct issuer issuers[] = {
    {1000, 1799, LENGTH(15), 0},                                                 // UATP, airlines
    {1800, 1800, LENGTH(15), 0},                                                 // JCB, old
    {2131, 2131, LENGTH(15), 0},                                                 // JCB, old
    {2200, 2204, FROM_16, LENGTH(16)},                                           // Mir
    {2221, 2720, LENGTH(16), LENGTH(16)},                                        // Mastercard
    {3000, 3059, FROM_14, LENGTH(14) | LENGTH(16)},                              // Diners
    {3400, 3499, LENGTH(15), LENGTH(15)},                                        // American Express
    {3528, 3589, FROM_16, LENGTH(16)},                                           // JCB
    {3600, 3699, FROM_14, LENGTH(14) | LENGTH(16)},                              // Diners
    {3700, 3799, LENGTH(15), LENGTH(15)},                                        // American Express
    {3800, 3999, FROM_14, LENGTH(14) | LENGTH(16)},                              // Diners
    {4000, 4999, LENGTH(13) | LENGTH(16) | LENGTH(18) | LENGTH(19), LENGTH(16)}, // Visa
    {5000, 5099, FROM_12, LENGTH(16) | LENGTH(18) | LENGTH(19)},                 // Maestro
    {5100, 5599, LENGTH(16), LENGTH(16)},                                        // Mastercard
    {5600, 5999, FROM_12, LENGTH(16) | LENGTH(18) | LENGTH(19)},                 // Maestro
    {6000, 6999, FROM_12, LENGTH(16) | LENGTH(18) | LENGTH(19)}, // Maestro, Discover, UnionPay
    {8100, 8171, FROM_14, FROM_16},                              // UnionPay
};

static const struct issuer *find_issuer(const uint8_t *digits, uint32_t count) {
    uint32_t prefix = digits[0] * 1000u + digits[1] * 100u + digits[2] * 10u + digits[3];
    for (uint32_t i = 0; i < sizeof issuers / sizeof issuers[0]; i++) {
        if (prefix >= issuers[i].low && prefix <= issuers[i].high) {
            return (issuers[i].lengths & LENGTH(count)) != 0 ? &issuers[i] : NULL;
        }
    }
    return NULL;
}

uint32_t sl_card_lengths(const uint8_t *digits, uint32_t count, uint32_t *ret_common) {
    uint32_t low = 0, high = 0, lengths = 0;
    for (uint32_t i = 0; i < 4; i++) {
        low = low * 10 + (i < count ? digits[i] : 0u);
        high = high * 10 + (i < count ? digits[i] : 9u);
    }
    *ret_common = 0;
    for (uint32_t i = 0; i < sizeof issuers / sizeof issuers[0]; i++) {
        if (low <= issuers[i].high && high >= issuers[i].low) {
            lengths |= issuers[i].lengths;
            *ret_common |= issuers[i].common & issuers[i].lengths;
        }
    }
    return lengths;
}

// In one piece; in fours with a shorter or equal end; 4-6-5 and 4-6-4.
static bool grouped_as_on_a_card(const struct sl_digit_run *run, uint32_t first, uint32_t last) {
    if (last - first == 1) {
        return true;
    }
    if (last - first == 3 && sl_group_digits(run, first) == 4 &&
        sl_group_digits(run, first + 1) == 6) {
        return sl_group_digits(run, first + 2) == 5 || sl_group_digits(run, first + 2) == 4;
    }
    for (uint32_t group = first; group + 1 < last; group++) {
        if (sl_group_digits(run, group) != 4) {
            return false;
        }
    }
    return sl_group_digits(run, last - 1) <= 4;
}

// What the digits alone say. 0: no card at all.
static struct sl_candidate weigh_digits(const struct sl_digit_run *run, uint32_t first,
                                        uint32_t last) {
    const uint8_t *digits = run->digits + run->groups[first];
    uint32_t count = (uint32_t)run->groups[last] - run->groups[first];
    struct sl_candidate candidate = sl_window_candidate(run, first, last, SL_KIND_CARD, 0);
    const struct issuer *issuer = find_issuer(digits, count);
    bool valid = sl_check_luhn(digits, count);
    bool grouped = grouped_as_on_a_card(run, first, last);
    if (issuer == NULL &&
        (!valid || count < DIGITS_MIN_BLIND || sl_calendar_stamp(digits, count))) {
        return candidate;
    }
    if (!valid && !grouped && last - first > GROUPS_MISTYPED) {
        return candidate;
    }
    candidate.score = SHAPE + (valid ? LUHN : LUHN_WRONG) + (grouped ? GROUPED : GROUPED_ODDLY);
    candidate.reasons |= valid ? SL_REASON_CHECKSUM : SL_REASON_CHECKSUM_WRONG;
    candidate.reasons |= grouped ? SL_REASON_GROUPING : 0;
    if (issuer != NULL) {
        candidate.score += ISSUER + ((issuer->common & LENGTH(count)) != 0 ? 0 : LENGTH_RARE);
        candidate.reasons |= SL_REASON_ISSUER;
    }
    return candidate;
}

static int joint_weight(unsigned char joint) {
    return joint == 0 ? 0 : joint == '.' || joint == ',' ? DECIMALS : JOINT;
}

static int cue_weight(enum sl_cue_weight cue, const struct sl_candidate *candidate) {
    static const int weights[2][4] = {
        {[SL_CUE_WEAK] = CUE_WEAK, [SL_CUE_STRONG] = CUE_STRONG},
        {[SL_CUE_WEAK] = CUE_WEAK_BLIND, [SL_CUE_STRONG] = CUE_STRONG_BLIND},
    };
    return weights[(candidate->reasons & SL_REASON_ISSUER) == 0][cue];
}

// Whether a cue could still make it a card. Most texts hold none of cards.
static bool hopeless(const struct sl_look *look, const struct sl_candidate *candidate) {
    bool strong = (look->cues->strong >> SL_KIND_CARD & 1) != 0;
    int most = cue_weight(strong ? SL_CUE_STRONG : SL_CUE_WEAK, candidate);
    return candidate->score + most < sl_kind_card.threshold;
}

static void add_cues(const struct sl_surroundings *around, struct sl_candidate *candidate) {
    if (around->before != SL_CUE_NONE) {
        candidate->score += cue_weight(around->before, candidate);
        candidate->reasons |= SL_REASON_CUE_BEFORE;
    } else if (around->after == SL_CUE_STRONG) {
        candidate->score += cue_weight(SL_CUE_STRONG, candidate);
        candidate->reasons |= SL_REASON_CUE_AFTER;
    }
    if (around->against && around->before != SL_CUE_STRONG) {
        candidate->score += AGAINST;
        candidate->reasons |= SL_REASON_CUE_AGAINST;
    }
    if (around->alone && (candidate->reasons & SL_REASON_ISSUER) != 0) {
        candidate->score += ALONE;
        candidate->reasons |= SL_REASON_ALONE;
    }
}

static void add_surroundings(struct sl_look *look, struct sl_candidate candidate) {
    unsigned char joint_before = sl_joint_before(look, candidate.start);
    unsigned char joint_after = sl_joint_after(look, candidate.end);
    if (joint_before == '0' || joint_after == '0' || hopeless(look, &candidate)) {
        return;
    }
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_CARD, candidate.start, candidate.end);
    add_cues(&around, &candidate);
    bool plus = candidate.start > 0 && look->bytes[candidate.start - 1] == '+';
    bool commas =
        memchr(look->bytes + candidate.start, ',', candidate.end - candidate.start) != NULL;
    int neighbours = joint_weight(joint_before) + joint_weight(joint_after) +
                     (around.letters_before || around.letters_after ? LETTERS : 0) +
                     (around.amount && commas ? AMOUNT : 0) + (around.in_address ? ADDRESS : 0) +
                     (plus ? PHONE_SIGN : 0);
    candidate.score += neighbours;
    candidate.reasons |= neighbours != 0 ? SL_REASON_NEIGHBOUR : 0;
    sl_look_add(look, candidate);
}

// A number that goes on to a length that is common is not taken for a shorter one that is rare.
static int rank_of(const struct sl_digit_run *run, uint32_t first,
                   const struct sl_candidate *candidate, uint32_t count) {
    const struct issuer *issuer = find_issuer(run->digits + run->groups[first], count);
    bool common = issuer != NULL && (issuer->common & LENGTH(count)) != 0;
    bool valid = (candidate->reasons & SL_REASON_CHECKSUM) != 0;
    return candidate->score + (valid && common ? COMMON : 0);
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    for (uint32_t first = 0; first < run->groups_count; first++) {
        struct sl_candidate best = {0};
        int best_rank = 0;
        for (uint32_t last = first + 1; last <= run->groups_count; last++) {
            uint32_t count = (uint32_t)run->groups[last] - run->groups[first];
            if (count > DIGITS_MAX) {
                break;
            }
            if (count < DIGITS_MIN) {
                continue;
            }
            struct sl_candidate candidate = weigh_digits(run, first, last);
            int rank = candidate.score > 0 ? rank_of(run, first, &candidate, count) : 0;
            if (rank >= best_rank) {
                best = candidate;
                best_rank = rank;
            }
        }
        if (best.score > 0) {
            add_surroundings(look, best);
        }
    }
}

const struct sl_kind_rules sl_kind_card = {
    .threshold = 60,
    .digits_min = 12,
    .cues =
        {
            "carta di credito|carta di debito|carta credito|numero carta|numero di carta|"
            "numero della carta|carta n|carta numero|mia carta|postepay|poste pay|bancomat|visa|"
            "mastercard|master card|amex|american express|maestro|diners|prepagata|credit card|"
            "debit card|card number|card no|my card|pan",
            "carta|carte|card|cards|pagat*|pagamento|addebit*|paid|payment|charged",
            SL_CUES_OTHER_NUMBERS,
        },
    .on_run = look_at_run,
};
