// SPDX-License-Identifier: Apache-2.0
//
// Partita IVA: eleven digits. One random number in a hundred passes the check, so a bare one is let
// go unless IT stands before it, a cue near it, or nothing but numbers in the text. A wrong one
// needs a strong cue. Eleven digits are also the codice fiscale of companies, and of people who
// have no other yet.
#include <string.h>

#include "identify/checks.h"
#include "identify/kind.h"

#define GROUPS_MAX 4  // of a mistyped one
#define ALONE_MAX  64 // bytes of a text with nothing but numbers

enum {
    SHAPE = 20,
    CHECK = 30,
    PREFIX = 20,
    CUE_STRONG = 40,
    CUE_WEAK = 20,
    ALONE = 15, // with nothing but numbers
    AGAINST = -30,
    NEIGHBOUR = -40,
    JOINT = -25,
};

// Moves *start back over "it" before it.
static bool take_prefix(const struct sl_look *look, uint32_t *start) {
    uint32_t at = sl_skip_separators_back(look, *start);
    if (at == SL_NOWHERE || at < 2 || look->bytes[at - 1] != 't' || look->bytes[at - 2] != 'i' ||
        (at > 2 && sl_is_alnum(look->bytes[at - 3]))) {
        return false;
    }
    *start = at - 2;
    return true;
}

// Numbers, and words that join them.
static bool only_numbers(const struct sl_look *look) {
    static const char joins[] = " e ed o and or ";
    if (look->len > ALONE_MAX) {
        return false;
    }
    for (uint32_t at = 0, end; at < look->len; at = end + 1) {
        for (end = at; end < look->len && sl_is_letter(look->bytes[end]); end++) {
        }
        char word[ALONE_MAX + 2] = " ";
        memcpy(word + 1, look->bytes + at, end - at);
        word[end - at + 1] = ' ';
        if (end > at && memmem(joins, sizeof joins - 1, word, end - at + 2) == NULL) {
            return false;
        }
    }
    return true;
}

static void add_surroundings(const struct sl_surroundings *around, bool alone,
                             struct sl_candidate *candidate) {
    if (around->before != SL_CUE_NONE) {
        candidate->score += around->before == SL_CUE_STRONG ? CUE_STRONG : CUE_WEAK;
        candidate->reasons |= SL_REASON_CUE_BEFORE;
    }
    if (around->after != SL_CUE_NONE) {
        candidate->score += around->after == SL_CUE_STRONG ? CUE_STRONG : CUE_WEAK;
        candidate->reasons |= SL_REASON_CUE_AFTER;
    }
    if (around->against && around->before != SL_CUE_STRONG) {
        candidate->score += AGAINST;
        candidate->reasons |= SL_REASON_CUE_AGAINST;
    }
    if (alone) {
        candidate->score += ALONE;
        candidate->reasons |= SL_REASON_ALONE;
    }
    if (around->letters_before || around->letters_after || around->amount) {
        candidate->score += NEIGHBOUR;
        candidate->reasons |= SL_REASON_NEIGHBOUR;
    }
}

static void weigh(struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                  uint32_t last) {
    struct sl_candidate candidate =
        sl_window_candidate(run, first, last, SL_KIND_VAT_NUMBER, SHAPE);
    bool valid = sl_check_vat_number(run->digits + run->groups[first]);
    bool strong = (look->cues->strong >> SL_KIND_VAT_NUMBER & 1) != 0;
    if (!valid && (!strong || last - first > GROUPS_MAX)) {
        return;
    }
    candidate.score += valid ? CHECK : 0;
    candidate.reasons |= valid ? SL_REASON_CHECKSUM : SL_REASON_CHECKSUM_WRONG;
    if (first == 0 && take_prefix(look, &candidate.start)) {
        candidate.score += PREFIX;
        candidate.reasons |= SL_REASON_PREFIX;
    }
    unsigned char before = sl_joint_before(look, candidate.start);
    unsigned char after = sl_joint_after(look, candidate.end);
    if (before == '0' || after == '0') {
        return; // part of a longer number
    }
    if (before != 0 || after != 0) {
        candidate.score += JOINT;
        candidate.reasons |= SL_REASON_NEIGHBOUR;
    }
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_VAT_NUMBER, candidate.start, candidate.end);
    // Of a list each piece is alone; what was put together out of some is not.
    bool alone = around.alone || (last - first == 1 && only_numbers(look));
    add_surroundings(&around, alone, &candidate);
    sl_look_add(look, candidate);
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    for (uint32_t first = 0, last = 0; first < run->groups_count; first++) {
        while (last < run->groups_count &&
               run->groups[last] - run->groups[first] < SL_VAT_NUMBER_DIGITS) {
            last++;
        }
        if (run->groups[last] - run->groups[first] == SL_VAT_NUMBER_DIGITS) {
            weigh(look, run, first, last);
        }
    }
}

const struct sl_kind_rules sl_kind_vat_number = {
    .threshold = 60,
    .digits_min = 11,
    .cues =
        {
            "p iva|partita iva|part iva|p i|p i v a|vat number|vat no|vat id|vat|codice fiscale|"
            "cod fiscale|cod fisc|c f",
            "iva|fattur*|ditta|azienda|societa|impresa|sdi|codice univoco|invoice|company",
            SL_CUES_OTHER_NUMBERS,
        },
    .on_run = look_at_run,
    .in_links = true,
};
