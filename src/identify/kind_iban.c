// SPDX-License-Identifier: Apache-2.0
//
// IBAN: two letters of a country, and from there exactly as many letters and digits, built as that
// country builds them. So the next word is never swallowed, and mod 97 is proof enough.
#include "identify/checks.h"
#include "identify/kind.h"

enum {
    SHAPE = 30,
    MOD_97 = 55,
    CIN = 15,
    CUE_STRONG = 40,
    CUE_WEAK = 20,
};

static void weigh(struct sl_look *look, uint32_t start, uint32_t end, const unsigned char *iban,
                  uint32_t chars) {
    struct sl_candidate candidate = {start, end, SL_KIND_IBAN, SHAPE, SL_REASON_SHAPE};
    bool valid = sl_check_iban(iban, chars);
    bool italian = (iban[0] == 'i' && iban[1] == 't') || (iban[0] == 's' && iban[1] == 'm');
    candidate.score += valid ? MOD_97 : 0;
    candidate.score += italian && sl_check_iban_cin(iban) ? CIN : 0;
    sl_look_add_code(look, candidate, valid, CUE_STRONG, CUE_WEAK);
}

// The run begins with the check digits.
static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    uint32_t second = sl_skip_separators_back(look, run->start);
    if (second == SL_NOWHERE || !sl_is_letter(look->bytes[second - 1])) {
        return;
    }
    uint32_t first = sl_skip_separators_back(look, second - 1);
    if (first == SL_NOWHERE || !sl_is_letter(look->bytes[first - 1])) {
        return;
    }
    const unsigned char letters[2] = {look->bytes[first - 1], look->bytes[second - 1]};
    const struct sl_iban_country *country = sl_iban_country_find(letters);
    if (country == NULL) {
        return;
    }
    unsigned char iban[SL_IBAN_CHARS_MAX];
    uint32_t offsets[SL_IBAN_CHARS_MAX];
    uint32_t chars = sl_iban_chars(country);
    if (sl_look_squeeze(look, first - 1, chars, iban, offsets) < chars ||
        !sl_iban_shaped(country, iban)) {
        return;
    }
    uint32_t end = offsets[chars - 1] + 1;
    if (end == look->len || !sl_is_alnum(look->bytes[end])) {
        weigh(look, first - 1, end, iban, chars);
    }
}

const struct sl_kind_rules sl_kind_iban = {
    .threshold = 60,
    .digits_min = 2,
    .cues =
        {
            "iban|coordinate bancarie|bonific*|conto corrente|c c|c c n|bank account|bank details|"
            "accredit*|addebit*|rimbors*|refund*|sepa|rid|wire transfer",
            "conto|banca|bancari*|bank|account",
            "",
        },
    .on_run = look_at_run,
    .spelled = true,
};
