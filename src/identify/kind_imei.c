// SPDX-License-Identifier: Apache-2.0
//
// IMEI, the serial number of a phone: 15 digits, the last a Luhn digit; 14 without it, 16 with the
// version of the software instead. One number in ten passes Luhn, so it takes a cue, the code that
// shows the number ("*#06#"), or groups as on the label; a strong cue masks a mistyped one too.
#include <string.h>

#include "identify/checks.h"
#include "identify/kind.h"

#define DIGITS         15
#define DIGITS_MIN     14
#define DIGITS_MAX     16
#define SHOW_REACH     40
#define VERSION_DIGITS 2

enum {
    SHAPE = 10,
    LUHN = 30,
    GROUPED = 25, // as on the label, with Luhn
    CUE_STRONG = 55,
    CUE_WEAK = 20,
    CUE_AFTER = 45,
    BODY = 5, // of the offices that give most numbers out
    AGAINST = -20,
    JOINT = -40,
    ADDRESS = -60,
};

static bool grouped_as(const struct sl_digit_run *run, uint32_t first, uint32_t last,
                       const char *sizes) {
    if (last - first != strlen(sizes)) {
        return false;
    }
    for (uint32_t i = 0; i < last - first; i++) {
        if (sl_group_digits(run, first + i) != (uint32_t)(sizes[i] - '0')) {
            return false;
        }
    }
    return true;
}

static bool grouped_as_imei(const struct sl_digit_run *run, uint32_t first, uint32_t last) {
    return grouped_as(run, first, last, "2661") || grouped_as(run, first, last, "6261") ||
           grouped_as(run, first, last, "861");
}

// The reporting body's two digits.
static bool common_body(const uint8_t *digits) {
    uint32_t body = digits[0] * 10u + digits[1];
    return body == 35 || body == 86 || body == 1;
}

static struct sl_candidate weigh_digits(const struct sl_digit_run *run, uint32_t first,
                                        uint32_t last) {
    const uint8_t *digits = run->digits + run->groups[first];
    uint32_t count = (uint32_t)run->groups[last] - run->groups[first];
    struct sl_candidate candidate = sl_window_candidate(run, first, last, SL_KIND_IMEI,
                                                        SHAPE + (common_body(digits) ? BODY : 0));
    if (count == DIGITS && sl_check_luhn(digits, count)) {
        candidate.score += LUHN;
        candidate.reasons |= SL_REASON_CHECKSUM;
        if (grouped_as_imei(run, first, last)) {
            candidate.score += GROUPED;
            candidate.reasons |= SL_REASON_GROUPING;
        }
    }
    return candidate;
}

// "*#06#" stands before it.
static bool shown_before(const struct sl_look *look, uint32_t start) {
    uint32_t from = start > SHOW_REACH ? start - SHOW_REACH : 0;
    return memmem(look->bytes + from, start - from, "#06#", 4) != NULL;
}

static void add_surroundings(struct sl_look *look, struct sl_candidate candidate) {
    unsigned char before = sl_joint_before(look, candidate.start);
    unsigned char after = sl_joint_after(look, candidate.end);
    if (before == '0' || after == '0') {
        return;
    }
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_IMEI, candidate.start, candidate.end);
    bool valid = (candidate.reasons & SL_REASON_CHECKSUM) != 0;
    if (around.before == SL_CUE_STRONG || shown_before(look, candidate.start)) {
        candidate.score += CUE_STRONG;
        candidate.reasons |= SL_REASON_CUE_BEFORE;
    } else if (around.after == SL_CUE_STRONG) {
        candidate.score += CUE_AFTER;
        candidate.reasons |= SL_REASON_CUE_AFTER;
    } else if (around.before == SL_CUE_WEAK && valid) {
        candidate.score += CUE_WEAK;
        candidate.reasons |= SL_REASON_CUE_BEFORE;
    }
    if (around.against && around.before != SL_CUE_STRONG) {
        candidate.score += AGAINST;
        candidate.reasons |= SL_REASON_CUE_AGAINST;
    }
    bool decimals = before == '.' || before == ',' || after == '.';
    if (decimals || around.amount || around.in_address) {
        candidate.score += around.in_address ? ADDRESS : JOINT;
        candidate.reasons |= SL_REASON_NEIGHBOUR;
    }
    sl_look_add(look, candidate);
}

// The window that reads best: 15 digits that prove themselves, then 15, then 16, then 14.
static int rank(const struct sl_candidate *candidate, uint32_t count) {
    bool valid = (candidate->reasons & SL_REASON_CHECKSUM) != 0;
    return valid ? 4 : count == DIGITS ? 3 : count == DIGITS_MAX ? 2 : 1;
}

// The best window that begins with this group; its rank, 0 when there is none.
static int find_window(const struct sl_digit_run *run, uint32_t first,
                       struct sl_candidate *ret_candidate, uint32_t *ret_last) {
    int best = 0;
    for (uint32_t last = first + 1; last <= run->groups_count; last++) {
        uint32_t count = (uint32_t)run->groups[last] - run->groups[first];
        if (count > DIGITS_MAX) {
            break;
        }
        if (count < DIGITS_MIN) {
            continue;
        }
        struct sl_candidate candidate = weigh_digits(run, first, last);
        if (rank(&candidate, count) > best) {
            best = rank(&candidate, count);
            *ret_candidate = candidate;
            *ret_last = last;
        }
    }
    return best;
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    for (uint32_t first = 0; first < run->groups_count; first++) {
        struct sl_candidate candidate, next;
        uint32_t last, next_last;
        if (run->digits_count - run->groups[first] < DIGITS_MIN) {
            break;
        }
        int found = find_window(run, first, &candidate, &last);
        // The figure of "imei1 …" is none of the number's.
        bool later =
            first + 1 < run->groups_count && find_window(run, first + 1, &next, &next_last) > found;
        if (found == 0 || later) {
            continue;
        }
        // IMEI/SV: the version stands behind a stroke.
        if (candidate.end < look->len && look->bytes[candidate.end] == '/' &&
            last < run->groups_count && sl_group_digits(run, last) == VERSION_DIGITS) {
            candidate.end = sl_window_end(run, ++last);
        }
        add_surroundings(look, candidate);
        first = last - 1;
    }
}

const struct sl_kind_rules sl_kind_imei = {
    .threshold = 60,
    .digits_min = DIGITS_MIN,
    .cues =
        {
            "imei|imeisv|imei sv|imeis|codice imei|meid",
            "seriale|serial|telefono|telefonino|cellulare|smartphone|cell|iphone|samsung|xiaomi|"
            "huawei|oppo|galaxy|dispositivo|device|phone|handset|bloccat*|blacklist|blocked|"
            "stolen|rubato|smarrito|lost",
            "ordine|ordini|order|ticket*|tracking|spedizione|pacco|pacchi|collo|parcel|protocollo|"
            "prenotazione|booking|tweet id|post id|carta|iban|imsi",
        },
    .on_run = look_at_run,
};
