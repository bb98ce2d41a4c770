// SPDX-License-Identifier: Apache-2.0
//
// Driving licences of Italy: U1, seven letters or digits and a letter (A, I, O and Q are never
// used), or the office's two letters, seven digits and a letter. The check letter's rule is not
// published, so it takes a cue, or a text that is nothing else.
#include <string.h>

#include "identify/codes.h"

enum {
    SHAPE_CENTRAL = 40,
    SHAPE_OFFICE = 30,
    CUE_STRONG = 40,
    CUE_WEAK = 15,
    AGAINST = -40,
    LOOSE = -10,
    BARE = 40,
};

static bool letters_in_use(const struct sl_code *code) {
    for (uint32_t i = 0; i < SL_CODE_CHARS_MAX && code->chars[i] != 0; i++) {
        if (strchr("aioq", code->chars[i]) != NULL) {
            return false;
        }
    }
    return true;
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    struct sl_code_weights weights = {
        .cue_strong = CUE_STRONG,
        .cue_weak = CUE_WEAK,
        .against = AGAINST,
        .loose = LOOSE,
        .bare = BARE,
    };
    static const struct sl_code_form central = {"u1*******@", 1, 1, false};
    static const struct sl_code_form office = {"@@#######@", 2, 7, true};
    struct sl_code code;
    if (run->digits[0] == 1 && sl_code_read(look, run, 0, &central, &code) &&
        letters_in_use(&code)) {
        weights.shape = SHAPE_CENTRAL;
        sl_code_add(look, SL_KIND_DRIVING_LICENCE, &code, &weights);
    } else if (run->digits_count == 7 && sl_code_read(look, run, 0, &office, &code)) {
        weights.shape = SHAPE_OFFICE;
        sl_code_add(look, SL_KIND_DRIVING_LICENCE, &code, &weights);
    }
}

const struct sl_kind_rules sl_kind_driving_licence = {
    .threshold = 60,
    .digits_min = 1,
    .cues =
        {
            "patente|patenti|patente di guida|licenza di guida|driving licence|driving license|"
            "driver s licence|driver s license|drivers licence|drivers license|driver licence|"
            "driver license|licence|license",
            "documento|guida|driving|document",
            SL_CUES_OTHER_NUMBERS,
        },
    .on_run = look_at_run,
};
