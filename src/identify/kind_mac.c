// SPDX-License-Identifier: Apache-2.0
//
// MAC addresses: six pairs of hex digits with one and the same ':' or '-' between them, or three
// fours with dots. Six pairs are never a time, but with hyphens and no letter they may be dates;
// and dotted fours, other separators, and twelve hex digits in one piece take a cue. All zeros and
// all ones belong to no device.
#include "identify/kind.h"

#define HEX_DIGITS 12
#define SEEN_MAX   17 // of an address with its separators
#define CUE_REACH  48 // bytes behind a cue in which its addresses begin

enum {
    COLONS = 65,
    HYPHENS = 60,
    HYPHENS_DECIMAL = 35,
    DOTS = 60,
    DOTS_PLAIN = 30, // only digits, or only letters
    ODD = 30,        // as are twelve in one piece
    ODD_DECIMAL = 15,
    CUE = 40,
    CUE_WEAK = 25,
};

struct form {
    uint32_t start, end;
    unsigned char joint; // 0: none
    uint32_t group;      // hex digits that touch
    uint32_t digits;     // of the twelve, 0..9
};

static bool is_joint(unsigned char c) {
    return c == ':' || c == '-' || c == '.' || c == '_' || c == ' ';
}

// Reads an address from `start` on: pairs, fours, or one piece. False: there is none.
static bool read_form(const struct sl_look *look, uint32_t start, struct form *ret_form) {
    const unsigned char *bytes = look->bytes;
    struct form form = {.start = start};
    uint32_t at = start, zeros = 0, ones = 0;
    for (uint32_t count = 0; count < HEX_DIGITS; count++) {
        if (at < look->len && form.group == 0 && count > 0 && is_joint(bytes[at])) {
            form.joint = bytes[at];
            form.group = count;
        }
        if (form.group != 0 && count > 0 && count % form.group == 0) {
            if (at >= look->len || bytes[at] != form.joint) {
                return false;
            }
            at++;
        }
        if (at >= look->len || !sl_is_hex(bytes[at])) {
            return false;
        }
        zeros += bytes[at] == '0';
        ones += bytes[at] == 'f';
        form.digits += sl_is_digit(bytes[at]);
        at++;
    }
    form.end = at;
    *ret_form = form;
    bool shaped = form.group == 0 || form.group == 2 || (form.group == 4 && form.joint == '.');
    return shaped && zeros < HEX_DIGITS && ones < HEX_DIGITS;
}

// One more group stands before the form, so that it is the middle of something longer.
static bool has_group_before(const struct sl_look *look, const struct form *form) {
    const unsigned char *bytes = look->bytes;
    uint32_t joint = form->start - 1, at = joint;
    if (form->start == 0 || form->joint == ' ' || bytes[joint] != form->joint) {
        return false;
    }
    while (at > 0 && joint - at < form->group && sl_is_hex(bytes[at - 1])) {
        at--;
    }
    return joint - at == form->group && (at == 0 || !sl_is_alnum(bytes[at - 1]));
}

static bool is_part(const struct sl_look *look, const struct form *form) {
    const unsigned char *bytes = look->bytes;
    if ((form->start > 0 && sl_is_alnum(bytes[form->start - 1])) || has_group_before(look, form)) {
        return true;
    }
    if (form->end == look->len) {
        return false;
    }
    unsigned char after = bytes[form->end];
    return sl_is_alnum(after) || (after == form->joint && after != ' ' &&
                                  form->end + 1 < look->len && sl_is_hex(bytes[form->end + 1]));
}

static int weigh_form(const struct form *form) {
    bool mixed = form->digits > 0 && form->digits < HEX_DIGITS;
    if (form->group == 2 && form->joint == ':') {
        return COLONS;
    }
    if (form->group == 2 && form->joint == '-') {
        return form->digits < HEX_DIGITS ? HYPHENS : HYPHENS_DECIMAL;
    }
    if (form->group == 4) {
        return mixed ? DOTS : DOTS_PLAIN;
    }
    return form->group != 0 && form->digits == HEX_DIGITS ? ODD_DECIMAL : ODD;
}

static void weigh(struct sl_look *look, const struct form *form) {
    if (is_part(look, form)) {
        return;
    }
    struct sl_candidate candidate = {form->start, form->end, SL_KIND_MAC, weigh_form(form),
                                     SL_REASON_SHAPE};
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_MAC, candidate.start, candidate.end);
    if (around.before != SL_CUE_NONE) {
        candidate.score += around.before == SL_CUE_STRONG ? CUE : CUE_WEAK;
        candidate.reasons |= SL_REASON_CUE_BEFORE;
    }
    sl_look_add(look, candidate);
}

static void look_at_colon(struct sl_look *look, uint32_t at) {
    struct form form;
    if (at >= 2 && read_form(look, at - 2, &form) && form.joint == ':') {
        weigh(look, &form);
    }
}

// Hyphens and dots are found by the first digit of the address.
static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    const unsigned char *bytes = look->bytes;
    uint32_t start = run->start;
    while (start > 0 && run->start - start < SEEN_MAX &&
           (sl_is_hex(bytes[start - 1]) || bytes[start - 1] == '-' || bytes[start - 1] == '.')) {
        start--;
        if (sl_is_digit(bytes[start])) {
            return;
        }
    }
    if (look->len - start < SEEN_MAX - 3 || (bytes[start + 2] != '-' && bytes[start + 4] != '.')) {
        return;
    }
    struct form form;
    if (read_form(look, start, &form) && form.joint != 0) {
        weigh(look, &form);
    }
}

// Behind a cue also those without a digit, with odd separators, or with none.
static void look_behind_cue(struct sl_look *look, const struct sl_cue *cue) {
    const unsigned char *bytes = look->bytes;
    uint32_t end = look->len - cue->end > CUE_REACH ? cue->end + CUE_REACH : look->len;
    for (uint32_t at = cue->end; at < end; at++) {
        struct form form;
        bool begins = sl_is_hex(bytes[at]) && !sl_is_alnum(bytes[at - 1]);
        if (begins && read_form(look, at, &form)) {
            weigh(look, &form);
            at = form.end;
        }
    }
}

const struct sl_kind_rules sl_kind_mac = {
    .threshold = 60,
    .digits_min = 1,
    .cues =
        {
            "mac|macs|mac address|mac addresses|indirizzo mac|indirizzi mac|hardware address|"
            "physical address|indirizzo fisico|indirizzo hardware|ethernet|bssid|hwaddr",
            "modem|router|ont|decoder|wifi|wi fi|lan|wlan",
            "",
        },
    .on_run = look_at_run,
    .in_links = true,
    .on_cue = look_behind_cue,
    .on_colon = look_at_colon,
    .cue_is_enough = true,
};
