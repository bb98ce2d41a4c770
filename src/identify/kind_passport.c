// SPDX-License-Identifier: Apache-2.0
//
// Passports of Italy: two letters and seven digits; other lands', and typing mistakes, put digits
// in the letters' place. Nothing proves them, so a cue must stand before them, right before them
// where there are hardly any letters.
#include "identify/codes.h"

#define CUE_REACH 16 // "passaporto italiano n. "

enum {
    SHAPE = 30,
    SHAPE_DIGITS = 25,
    CUE_STRONG = 40,
    AGAINST = -40,
    LOOSE = -10,
    BARE = 40,
};

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    static const struct sl_code_weights letters = {
        .shape = SHAPE,
        .cue_strong = CUE_STRONG,
        .against = AGAINST,
        .loose = LOOSE,
        .bare = BARE,
    };
    static const struct sl_code_weights digits = {
        .shape = SHAPE_DIGITS,
        .cue_strong = CUE_STRONG,
        .against = AGAINST,
        .loose = LOOSE,
    };
    static const struct sl_code_form form = {"@@#######", 2, 7, false};
    static const struct sl_code_form cued[] = {
        {"#########", 0, 9, false},
        {"@########", 1, 8, false},
        {"#@#######", 0, 1, true},
    };
    struct sl_code code;
    if (sl_code_read(look, run, 0, &form, &code)) {
        sl_code_add(look, SL_KIND_PASSPORT, &code, &letters);
        return;
    }
    if ((look->cues->strong >> SL_KIND_PASSPORT & 1) == 0) {
        return;
    }
    for (size_t i = 0; i < sizeof cued / sizeof cued[0]; i++) {
        if (sl_code_read(look, run, 0, &cued[i], &code) && !code.loose &&
            sl_code_cued_within(look, SL_KIND_PASSPORT, code.start, CUE_REACH)) {
            sl_code_add(look, SL_KIND_PASSPORT, &code, &digits);
        }
    }
}

const struct sl_kind_rules sl_kind_passport = {
    .threshold = 60,
    .digits_min = 1,
    .cues =
        {
            "passaporto|passaporti|passport|passports|passport number|passport no",
            "",
            SL_CUES_OTHER_NUMBERS,
        },
    .on_run = look_at_run,
};
