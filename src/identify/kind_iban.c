// SPDX-License-Identifier: Apache-2.0
//
// IBAN: two letters of a country, and from there exactly as many letters and digits, built as that
// country builds them. So the next word is never swallowed, and mod 97 is proof enough. Behind a
// cue one with a wrong check or length is taken, too. Italian accounts are also written in their
// parts, each with its label: "ABI … CAB … C/C … CIN …"; the labels then prove it.
#include <string.h>

#include "identify/checks.h"
#include "identify/kind.h"

#define HEAD_CHARS      6  // looked at before the rest
#define LENGTH_MISTYPED 2  // characters too few or too many
#define MISTYPED_DIGITS 10 // one with less is no IBAN
#define PARTS_WORDS_MAX 16
#define PARTS_GAP_MAX   4
#define BANK_DIGITS     5 // of ABI and CAB each
#define ACCOUNT_MIN     5
#define ACCOUNT_MAX     12

enum {
    SHAPE = 30,
    MOD_97 = 55,
    CIN = 15,
    CUE_STRONG = 40,
    CUE_WEAK = 20,
    ALL_PARTS = 85,
};

static bool italian(const unsigned char *iban) {
    return memcmp(iban, "it", 2) == 0 || memcmp(iban, "sm", 2) == 0;
}

static void weigh(struct sl_look *look, uint32_t start, uint32_t end, const unsigned char *iban,
                  uint32_t chars) {
    struct sl_candidate candidate = {start, end, SL_KIND_IBAN, SHAPE, SL_REASON_SHAPE};
    bool valid = sl_check_iban(iban, chars);
    bool cin = italian(iban) && sl_check_iban_cin(iban);
    bool glued_behind = end < look->len && sl_is_alnum(look->bytes[end]);
    if (glued_behind && (!valid || (italian(iban) && !cin) || sl_is_digit(look->bytes[end]))) {
        return;
    }
    candidate.score += (valid ? MOD_97 : 0) + (cin ? CIN : 0);
    if (valid && cin) {
        candidate.reasons |= SL_REASON_CHECKSUM;
        sl_look_add(look, candidate);
    } else {
        sl_look_add_code(look, candidate, valid, CUE_STRONG, CUE_WEAK);
    }
}

// One in one piece whose length or build is wrong.
static void weigh_mistyped(struct sl_look *look, uint32_t start, uint32_t chars) {
    if ((look->cues->strong >> SL_KIND_IBAN & 1) == 0) {
        return;
    }
    uint32_t end = start, digits = 0;
    while (end < look->len && sl_is_alnum(look->bytes[end]) &&
           end - start <= chars + LENGTH_MISTYPED) {
        digits += sl_is_digit(look->bytes[end++]);
    }
    if (digits < MISTYPED_DIGITS || end - start + LENGTH_MISTYPED < chars ||
        end - start > chars + LENGTH_MISTYPED) {
        return;
    }
    struct sl_candidate candidate = {start, end, SL_KIND_IBAN, SHAPE, SL_REASON_SHAPE};
    sl_look_add_code(look, candidate, false, CUE_STRONG, 0);
}

static void look_from(struct sl_look *look, uint32_t start, const unsigned char letters[2]) {
    const struct sl_iban_country *country = sl_iban_country_find(letters);
    unsigned char iban[SL_IBAN_CHARS_MAX];
    uint32_t offsets[SL_IBAN_CHARS_MAX];
    if (country == NULL || sl_look_squeeze(look, start, HEAD_CHARS, iban, offsets) < HEAD_CHARS ||
        !sl_iban_shaped(country, iban, HEAD_CHARS)) {
        return;
    }
    uint32_t chars = sl_iban_chars(country);
    uint32_t count = sl_look_squeeze(look, start, chars, iban, offsets);
    if (count < chars || !sl_iban_shaped(country, iban, chars)) {
        weigh_mistyped(look, start, chars);
        return;
    }
    uint32_t end = offsets[chars - 1] + 1;
    weigh(look, start, end, iban, chars);
    if (end < look->len && sl_is_digit(look->bytes[end])) {
        weigh_mistyped(look, start, chars);
    }
}

// The run begins with the check digits, or with the second where an o stands for the first.
static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    bool zero_typed = (run->start > 0 && look->bytes[run->start - 1] == 'o') ||
                      (run->end < look->len && look->bytes[run->end] == 'o');
    if (run->digits_count == 1 && !zero_typed) {
        return;
    }
    unsigned char letters[3] = {0};
    uint32_t start = run->start;
    for (uint32_t i = 3; i > 0; i--) {
        start = sl_skip_separators_back(look, start);
        if (start == SL_NOWHERE || !sl_is_letter(look->bytes[start - 1])) {
            return;
        }
        letters[i - 1] = look->bytes[--start];
        if (i == 2) {
            look_from(look, start, letters + 1);
        }
        if (i == 2 && letters[2] != 'o') {
            return;
        }
    }
    look_from(look, start, letters);
}

// The parts of an Italian account.
enum part { NO_PART, ABI, CAB, ACCOUNT, CHECK };

struct word {
    uint32_t start, end;
};

static bool word_is(const struct sl_look *look, struct word word, const char *list) {
    size_t len = word.end - word.start;
    while (*list != '\0') {
        size_t listed_len = strcspn(list, "|");
        if (listed_len == len && memcmp(list, look->bytes + word.start, len) == 0) {
            return true;
        }
        list += listed_len + (list[listed_len] == '|');
    }
    return false;
}

static enum part part_named(const struct sl_look *look, struct word word) {
    return word_is(look, word, "abi")                                ? ABI
           : word_is(look, word, "cab")                              ? CAB
           : word_is(look, word, "cin|eur")                          ? CHECK
           : word_is(look, word, "c|cc|conto|corrente|cont|account") ? ACCOUNT
                                                                     : NO_PART;
}

static bool fits_part(const struct sl_look *look, enum part part, struct word word) {
    uint32_t len = word.end - word.start, digits = 0;
    for (uint32_t at = word.start; at < word.end; at++) {
        digits += sl_is_digit(look->bytes[at]);
    }
    switch (part) {
    case ABI:
    case CAB:
        return digits == len && (len == BANK_DIGITS || len + 1 == BANK_DIGITS);
    case ACCOUNT:
        return len >= ACCOUNT_MIN && len <= ACCOUNT_MAX && digits + 1 >= ACCOUNT_MIN;
    case CHECK:
        return (len == 1 && digits == 0) || (len == 2 && digits == 2);
    case NO_PART:
        break;
    }
    return false;
}

static bool next_word(const struct sl_look *look, uint32_t at, struct word *ret_word) {
    uint32_t start = at;
    while (start < look->len && !sl_is_alnum(look->bytes[start]) && start - at < PARTS_GAP_MAX) {
        start++;
    }
    uint32_t end = start;
    while (end < look->len && sl_is_alnum(look->bytes[end]) && end - start <= ACCOUNT_MAX) {
        end++;
    }
    *ret_word = (struct word){start, end};
    return end > start;
}

// From the first label on, in whatever order the parts come.
static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    struct word word = {cue->start, cue->end};
    if (cue->end - cue->start != 3 || part_named(look, word) == NO_PART) {
        return;
    }
    uint32_t found = 0, end = cue->start, at = cue->start;
    enum part part = NO_PART;
    for (uint32_t words = 0; words < PARTS_WORDS_MAX && next_word(look, at, &word); words++) {
        enum part named = part_named(look, word);
        at = word.end;
        if (named != NO_PART && (part != CHECK || word.end - word.start != 1)) {
            part = named;
        } else if (part != NO_PART && fits_part(look, part, word)) {
            found |= 1u << part;
            end = word.end;
            part = NO_PART;
        } else if (!word_is(look, word, "n|nr|no|num|numero|number|e|il|is")) {
            break;
        }
    }
    if ((found & (1u << ABI)) != 0 && (found & (1u << CAB)) != 0 &&
        (found & (1u << ACCOUNT)) != 0) {
        sl_look_add(look, (struct sl_candidate){cue->start, end, SL_KIND_IBAN, ALL_PARTS,
                                                SL_REASON_SHAPE | SL_REASON_CUE_BEFORE});
    }
}

const struct sl_kind_rules sl_kind_iban = {
    .threshold = 60,
    .digits_min = 1,
    .cues =
        {
            "iban|coordinate bancarie|bonific*|conto corrente|c c|c c n|bank account|bank details|"
            "accredit*|addebit*|rimbors*|refund*|sepa|rid|wire transfer|abi|cab|cin",
            "conto|banca|bancari*|bank|account",
            "",
        },
    .on_run = look_at_run,
    .in_links = true,
    .on_cue = look_at_cue,
    .spelled = true,
};
