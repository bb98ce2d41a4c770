// SPDX-License-Identifier: Apache-2.0
//
// Codice fiscale: sixteen letters and digits in a shape so rare that the check letter is proof
// enough; with a cue even a wrong one is taken, for people mistype.
#include "identify/checks.h"
#include "identify/kind.h"

#define LETTERS_MAX 14 // before the first digit, when all but one are replaced by letters

enum {
    SHAPE = 40,
    CHECK_LETTER = 45,
    CUE_STRONG = 40,
    CUE_WEAK = 10,
};

static void weigh(struct sl_look *look, uint32_t start, const unsigned char *code, uint32_t end) {
    struct sl_candidate candidate = {start, end, SL_KIND_FISCAL_CODE, SHAPE, SL_REASON_SHAPE};
    bool valid = sl_check_fiscal_code(code);
    candidate.score += valid ? CHECK_LETTER : 0;
    sl_look_add_code(look, candidate, valid, CUE_STRONG, CUE_WEAK);
}

// Collects the letters before `at` into the end of chars[0 … LETTERS_MAX); returns how many.
static uint32_t letters_before(const struct sl_look *look, uint32_t at, unsigned char *chars,
                               uint32_t *offsets) {
    uint32_t letters = 0;
    while (letters < LETTERS_MAX) {
        if (at == 0 || !sl_is_letter(look->bytes[at - 1])) {
            at = sl_skip_separators_back(look, at);
            if (at == SL_NOWHERE || !sl_is_letter(look->bytes[at - 1])) {
                break;
            }
        }
        letters++;
        at--;
        chars[LETTERS_MAX - letters] = look->bytes[at];
        offsets[LETTERS_MAX - letters] = at;
    }
    return letters;
}

// The run begins with the code's first digit, which by omocodia may stand in any of its seven
// places; all before it are letters, and behind its digits comes a letter again.
static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    static const uint8_t digit_places[] = {6, 7, 9, 10, 12, 13, 14};
    unsigned char chars[LETTERS_MAX + SL_FISCAL_CODE_CHARS];
    uint32_t offsets[LETTERS_MAX + SL_FISCAL_CODE_CHARS];
    if (run->digits_count > 3) {
        return;
    }
    uint32_t letters = letters_before(look, run->start, chars, offsets);
    if (letters < 6) {
        return;
    }
    uint32_t rest = sl_look_squeeze(look, run->start, SL_FISCAL_CODE_CHARS - 6, chars + LETTERS_MAX,
                                    offsets + LETTERS_MAX);
    for (uint32_t i = 0; i < sizeof digit_places && digit_places[i] <= letters; i++) {
        uint32_t first = LETTERS_MAX - digit_places[i];
        uint32_t last = first + SL_FISCAL_CODE_CHARS - 1;
        if (digit_places[i] + rest < SL_FISCAL_CODE_CHARS ||
            !sl_fiscal_code_shaped(chars + first)) {
            continue;
        }
        uint32_t end = offsets[last] + 1;
        if (end == look->len || !sl_is_alnum(look->bytes[end])) {
            weigh(look, offsets[first], chars + first, end);
        }
    }
}

const struct sl_kind_rules sl_kind_fiscal_code = {
    .threshold = 60,
    .digits_min = 1,
    .cues =
        {
            "codice fiscale|codice fiscal|cod fiscale|cod fisc|codfisc|c f|fiscal code|tax code|"
            "tax id|tax number|tin",
            "codice|fiscale|code",
            "",
        },
    .on_run = look_at_run,
    .spelled = true,
};
