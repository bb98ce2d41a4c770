// SPDX-License-Identifier: Apache-2.0
//
// What the two halves of a number prove together.
#include "identify/edges.h"

enum {
    // The number that comes out.
    PHONE = 40,
    PHONE_RARE = 20, // a fixed number: nothing but its length, and only behind a cue
    CARD = 30,
    CARD_RARE = 5,
    IBAN = 80,
    IBAN_WORDS = -60,  // words without a digit in it
    IBAN_ABROAD = -30, // few characters of another country's: "al 100", "ua1116"
    FISCAL_CODE = 75,

    // How it is cut.
    MARKED = 25,
    OPERATOR = 10,  // the tail has the three digits of an operator, or many
    LONG_HEAD = 10, // four digits and more do not count something
    LONG_ENDS = 10,
    GROUPED = 20,
    CUT_SHORT = -40, // more digits follow
    MASKED = -30,    // one of the halves is something by itself
    YEAR = -20,
    NEVER = -1000,
};

#define DOUBTED_MAX     8 // digits; numbers of the nineties have nine
#define IBAN_BEGUN      8
#define LONG_DIGITS     4
#define OPERATOR_DIGITS 3
#define GROUP_DIGITS    4

// True when the first `count` characters of the head go on in the tail's groups of four.
static bool goes_on_in_fours(const struct sl_edge_part *part, const struct sl_head *head,
                             uint32_t count) {
    if (!part->grouped) {
        return false;
    }
    for (uint32_t i = 1; i < count; i++) {
        if ((head->ends >> i & 1) != 0 && (part->fragment.chars + i) % GROUP_DIGITS != 0) {
            return false;
        }
    }
    return true;
}

// 2016 begins many a sentence.
static bool is_year(const struct sl_head *head, uint32_t count) {
    return count == 4 && ((head->chars[0] == '1' && head->chars[1] == '9') ||
                          (head->chars[0] == '2' && head->chars[1] == '0'));
}

static int weigh_phone(const struct sl_edge_part *part, const struct sl_head *head, uint32_t count,
                       bool rare) {
    if (rare && !part->cued) {
        return NEVER;
    }
    uint32_t begun = part->fragment.chars;
    return (rare ? PHONE_RARE : PHONE) + head->phone_score +
           (begun == OPERATOR_DIGITS || begun > LONG_DIGITS ? OPERATOR : 0) +
           (is_year(head, count) ? YEAR : 0) + (count >= LONG_DIGITS ? LONG_HEAD : 0) +
           (count < head->digits_count ? CUT_SHORT : 0) + (head->masked ? MASKED : 0);
}

static int weigh_card(const struct sl_edge_part *part, const struct sl_head *head, uint32_t count,
                      bool rare) {
    bool long_ends = part->fragment.chars >= LONG_DIGITS && count >= LONG_DIGITS;
    return (rare ? CARD_RARE : CARD) + head->card_score + (long_ends ? LONG_ENDS : 0) +
           (goes_on_in_fours(part, head, count) ? GROUPED : 0) + (head->masked ? MASKED : 0);
}

// Letters and digits of a sentence pass mod 97 once in a hundred.
static int weigh_iban(const struct sl_edge_part *part, const struct sl_head *head, uint32_t count) {
    const char *country = part->fragment.country;
    bool italian =
        (country[0] == 'i' && country[1] == 't') || (country[0] == 's' && country[1] == 'm');
    bool words = false, digits = true;
    for (uint32_t i = 0; i < count; i++) {
        bool begins = i == 0 || (head->ends >> i & 1) != 0;
        words |= begins && !digits;
        digits = (digits && !begins) || sl_is_digit(head->chars[i]);
    }
    if (part->cued) {
        return IBAN;
    }
    return IBAN + (words || !digits ? IBAN_WORDS : 0) +
           (!italian && part->fragment.chars < IBAN_BEGUN ? IBAN_ABROAD : 0);
}

static int weigh(const struct sl_tail *tail, enum sl_edge_form form, const struct sl_head *head,
                 uint32_t count, bool rare) {
    const struct sl_edge_part *part = &tail->parts[form];
    int score = part->score + (tail->marked || head->marked ? MARKED : 0);
    switch (form) {
    case SL_EDGE_PHONE:
        return score + weigh_phone(part, head, count, rare);
    case SL_EDGE_CARD:
        return score + weigh_card(part, head, count, rare);
    case SL_EDGE_IBAN:
        return score + weigh_iban(part, head, count);
    default:
        return score + FISCAL_CODE;
    }
}

static void try_form(const struct sl_tail *tail, enum sl_edge_form form, const struct sl_head *head,
                     struct sl_edge_join *best) {
    struct sl_fragment fragment = tail->parts[form].fragment;
    if (fragment.chars == 0) {
        return;
    }
    for (uint32_t count = 1; count <= head->chars_count; count++) {
        if (!sl_fragment_append(&fragment, head->chars[count - 1])) {
            return;
        }
        enum sl_fragment_state state = sl_fragment_state(&fragment);
        if ((head->ends >> count & 1) == 0 || state == SL_FRAGMENT_PART) {
            continue;
        }
        int score = weigh(tail, form, head, count, state == SL_FRAGMENT_WHOLE_RARE);
        if (score > best->score) {
            *best = (struct sl_edge_join){
                .kind = (enum sl_kind)fragment.kind,
                .score = score,
                .tail_start = tail->parts[form].start,
                .tail_end = tail->end,
                .head_start = head->start,
                .head_end = head->places[count],
            };
        }
    }
}

bool sl_edges_join(const struct sl_tail *tail, const struct sl_head *head,
                   struct sl_edge_join *ret_join) {
    *ret_join = (struct sl_edge_join){0};
    for (enum sl_edge_form form = 0; form < SL_EDGE_FORMS_COUNT; form++) {
        try_form(tail, form, head, ret_join);
    }
    return ret_join->score >= SL_EDGE_JOINED;
}

void sl_edges_doubt(struct sl_edge_part *part) {
    struct sl_fragment *fragment = &part->fragment;
    bool one_length = fragment->left_rare == 0 && (fragment->left & (fragment->left - 1)) == 0;
    if (fragment->kind == SL_KIND_PHONE && (!one_length || fragment->chars > DOUBTED_MAX)) {
        fragment->chars = 0;
    }
    if (fragment->kind == SL_KIND_PHONE || fragment->kind == SL_KIND_CARD) {
        part->score += MASKED;
    }
}

bool sl_edges_extend(struct sl_tail *tail, const struct sl_head *head) {
    bool alive = false;
    for (enum sl_edge_form form = 0; form < SL_EDGE_FORMS_COUNT; form++) {
        struct sl_edge_part *part = &tail->parts[form];
        part->grouped = goes_on_in_fours(part, head, head->chars_count);
        for (uint32_t i = 0; i < head->chars_count && part->fragment.chars != 0; i++) {
            if (!sl_fragment_append(&part->fragment, head->chars[i])) {
                part->fragment = (struct sl_fragment){0};
            }
        }
        alive |= part->fragment.chars != 0;
    }
    tail->marked |= head->marked;
    return alive;
}
