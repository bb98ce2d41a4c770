// SPDX-License-Identifier: Apache-2.0
//
// Identity cards of Italy (paper: AX 1234567; electronic: 1234567AB, then CA12345AB) and the health
// card's twenty digits. None has a check digit that people know: the newest form in capitals and
// the health card's prefix are rare enough by themselves, the others need a cue or a text that is
// nothing else.
#include <string.h>

#include "identify/codes.h"

#define HEALTH_CARD_DIGITS 20

enum {
    HEALTH_CARD = 75,
    NEWEST = 40,
    NEWEST_CAPITALS = 65, // and in one piece
    PAPER = 30,
    FIRST = 25,
    MISTYPED = 25,
    CUE_STRONG = 40,
    CUE_WEAK = 15,
    AGAINST = -40,
    LOOSE = -10,
    BARE = 40,
};

static const struct {
    struct sl_code_form form;
    int shape;
} forms[] = {
    {{"c@#####@@", 2, 5, true}, NEWEST},
    {{"@@#####@@", 2, 5, true}, MISTYPED},
    {{"@@#######", 2, 7, false}, PAPER},
    {{"#######@@", 0, 7, true}, FIRST},
};

static void look_for_health_card(struct sl_look *look, const struct sl_digit_run *run) {
    static const uint8_t prefix[] = {8, 0, 3, 8, 0}; // health, Italy
    for (uint32_t first = 0; first < run->groups_count; first++) {
        const uint8_t *digits = run->digits + run->groups[first];
        uint32_t last = first + 1;
        while (last < run->groups_count &&
               run->groups[last] - run->groups[first] < HEALTH_CARD_DIGITS) {
            last++;
        }
        if (run->groups[last] - run->groups[first] == HEALTH_CARD_DIGITS &&
            memcmp(digits, prefix, sizeof prefix) == 0) {
            sl_look_add(look, (struct sl_candidate){
                                  .start = sl_window_start(run, first),
                                  .end = sl_window_end(run, last),
                                  .kind = SL_KIND_IDENTITY_CARD,
                                  .score = HEALTH_CARD,
                                  .reasons = SL_REASON_SHAPE | SL_REASON_ISSUER,
                              });
        }
    }
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    struct sl_code_weights weights = {
        .cue_strong = CUE_STRONG,
        .cue_weak = CUE_WEAK,
        .against = AGAINST,
        .loose = LOOSE,
        .bare = BARE,
    };
    if (run->digits_count >= HEALTH_CARD_DIGITS) {
        look_for_health_card(look, run);
    }
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        for (uint32_t group = 0; group < run->groups_count; group++) {
            struct sl_code code;
            if (!sl_code_read(look, run, group, &forms[i].form, &code)) {
                continue;
            }
            bool capitals = forms[i].shape == NEWEST && code.upper && code.touching;
            weights.shape = capitals ? NEWEST_CAPITALS : forms[i].shape;
            sl_code_add(look, SL_KIND_IDENTITY_CARD, &code, &weights);
        }
    }
}

const struct sl_kind_rules sl_kind_identity_card = {
    .threshold = 60,
    .digits_min = 5,
    .cues =
        {
            "carta d identita|carta di identita|carta identita|carta id|c i|c i e|identita|"
            "documento|documenti|doc|id card|identity card|identity document|document number|"
            "tessera sanitaria|team|ts",
            "carta|tessera|comune|rilasciat*|card",
            SL_CUES_OTHER_NUMBERS,
        },
    .on_run = look_at_run,
};
