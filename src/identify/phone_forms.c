// SPDX-License-Identifier: Apache-2.0
#include "identify/phone_forms.h"

#include <string.h>

#include "identify/calendar.h"
#include "identify/checks.h"

enum {
    INTERNATIONAL = 75,      // +39 347 1234567
    DOUBLE_ZERO = 60,        // 0044 …: padded numbers begin so too
    BARE_39 = 60,            // 39 347 1234567
    BARE_39_FIXED = 40,      // 39 06 12345678
    MOBILE = 70,             // 347 1234567
    MOBILE_OLD = 60,         // 347 123456
    MOBILE_OLD_PLAIN = 50,   // 347123456 could count something
    MOBILE_ODD = 45,         // 3 47 1234 567
    MOBILE_SPELLED = 65,     // ten digits one by one, most of them in words
    FIXED = 65,              // 06 12345678
    FIXED_SHORT = 40,        // 081 12345
    FIXED_ODD = 30,          // 06 1 2345 678; 02 1234
    NORTH_AMERICAN = 65,     // 415-555-0132
    NORTH_AMERICAN_ODD = 45, // (415) 5550132
    SPECIAL = 42,            // 55 …, 178 …, 347 … with two digits more: not on the street
    OTHER = 25,              // anything of the right length
    WHOLE = 45,              // 0-2 1 2/34-5 6 7, right behind a cue
};

#define OTHER_DIGITS_MIN 7
#define OTHER_DIGITS_MAX 12
#define OTHER_GROUPS_MAX 5
#define ENOUGH_DIGITS    9 // of a number that may be longer: go on only in the same grouping

static uint32_t digits_in(const struct sl_digit_run *run, uint32_t first, uint32_t last) {
    return (uint32_t)run->groups[last] - run->groups[first];
}

static const uint8_t *digits_from(const struct sl_digit_run *run, uint32_t first) {
    return run->digits + run->groups[first];
}

static void keep_better(struct sl_phone_form *best, struct sl_phone_form form) {
    bool longer = form.score == best->score && form.last > best->last;
    if (form.score > best->score || longer) {
        *best = form;
    }
}

// True when the group before this one is of the same size and as far away as the next: 7 8 3 4 7 …
static bool within_list(const struct sl_look *look, const struct sl_digit_run *run,
                        uint32_t group) {
    return group > 0 && group + 1 < run->groups_count &&
           sl_group_digits(run, group - 1) == sl_group_digits(run, group) &&
           sl_group_gap(look, run, group - 1) == sl_group_gap(look, run, group);
}

// An operator's three digits and groups of two or more, or larger groups, or one piece.
static bool grouped_as_mobile(const struct sl_digit_run *run, uint32_t first, uint32_t last) {
    uint32_t head = sl_group_digits(run, first);
    if (last - first == 1) {
        return true;
    }
    for (uint32_t group = first + 1; group + 1 < last; group++) {
        if (sl_group_digits(run, group) + 1 < head) {
            return false;
        }
    }
    return head == 3 || (head > 3 && sl_group_digits(run, last - 1) >= 3);
}

static bool grouped_as_fixed(const struct sl_digit_run *run, uint32_t first, uint32_t last,
                             uint32_t area_digits) {
    for (uint32_t group = first + 1; group < last; group++) {
        if (sl_group_digits(run, group) < 2) {
            return false;
        }
    }
    return sl_group_digits(run, first) >= area_digits;
}

// The whole run is said digit by digit, half of it or more in words.
static bool spelled_out(const struct sl_look *look, const struct sl_digit_run *run) {
    uint32_t words = 0;
    for (uint32_t i = 0; i < run->digits_count; i++) {
        words += !sl_is_digit(sl_look_original(look, run->offsets[i]));
    }
    return run->groups_count == run->digits_count && 2 * words >= run->digits_count;
}

// The next group brings the digits to ten, tied to them by a sign, or the last of single digits.
static bool next_completes(const struct sl_look *look, const struct sl_digit_run *run,
                           uint32_t first, uint32_t last) {
    if (last == run->groups_count || digits_in(run, first, last + 1) != SL_ITALIAN_MOBILE) {
        return false;
    }
    bool singles = last - first > 1 && sl_group_digits(run, last - 1) == 1;
    unsigned char gap = sl_group_gap(look, run, last - 1);
    return singles || gap == '-' || gap == '/' || gap == '_' || gap == '*' || gap == '|';
}

// Threes with points between: 345.678.901 counts something.
static bool grouped_as_amount(const struct sl_look *look, const struct sl_digit_run *run,
                              uint32_t first, uint32_t last) {
    for (uint32_t group = first + 1; group < last; group++) {
        unsigned char gap = sl_group_gap(look, run, group - 1);
        if (sl_group_digits(run, group) != 3 || (gap != '.' && gap != ',')) {
            return false;
        }
    }
    return last - first > 1;
}

struct lengths {
    uint32_t prefix;   // digits in front that do not count
    uint32_t min, max; // of the rest
    uint32_t best;     // taken where a group ends there; 0: none is
};

// The end of the window that begins with group `first`, 0 when no group ends at a right length. The
// longest within reason: a short group that follows a whole number is not of it.
static uint32_t find_end(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                         struct lengths lengths) {
    uint32_t end = 0;
    bool enough = false;
    for (uint32_t last = first + 1; last <= run->groups_count; last++) {
        uint32_t group = last - 1;
        uint32_t count = digits_in(run, first, last);
        if (count > lengths.prefix + lengths.max) {
            break;
        }
        if (lengths.best != 0 && count == lengths.prefix + lengths.best) {
            return last;
        }
        bool goes_on =
            !enough || (group > first + 1 && sl_group_digits(run, group) >= 2 &&
                        sl_group_gap(look, run, group - 1) != 0 &&
                        sl_group_gap(look, run, group - 1) == sl_group_gap(look, run, group - 2));
        if (count >= lengths.prefix + lengths.min && goes_on) {
            end = last;
            enough = count >= lengths.prefix + ENOUGH_DIGITS;
        }
        uint32_t piece = sl_group_digits(run, group);
        if (!goes_on || piece >= ENOUGH_DIGITS + (group == first ? lengths.prefix : 0)) {
            break;
        }
    }
    return end;
}

static struct lengths italian_lengths(const uint8_t *national, uint32_t prefix) {
    if (national[0] == 3) {
        return (struct lengths){prefix, SL_ITALIAN_MOBILE_OLD, SL_ITALIAN_VOICEMAIL,
                                SL_ITALIAN_MOBILE};
    }
    return (struct lengths){prefix, SL_ITALIAN_FIXED_MIN, SL_ITALIAN_FIXED_MAX, 0};
}

uint32_t sl_phone_plus(const struct sl_look *look, uint32_t at) {
    for (uint32_t skipped = 0; skipped < 2 && at > 0; skipped++) {
        unsigned char c = look->bytes[at - 1];
        if (c != ' ' && c != '(' && c != '[') {
            break;
        }
        at--;
    }
    if (at == 0 || look->bytes[at - 1] != '+') {
        return SL_NOWHERE;
    }
    while (at > 0 && look->bytes[at - 1] == '+') {
        at--;
    }
    return at;
}

static void try_international(const struct sl_look *look, const struct sl_digit_run *run,
                              uint32_t first, struct sl_phone_form *best) {
    const uint8_t *digits = digits_from(run, first);
    uint32_t available = digits_in(run, first, run->groups_count);
    bool plus = sl_phone_plus(look, sl_window_start(run, first)) != SL_NOWHERE;
    bool zeros = !plus && digits[0] == 0 && digits[1] == 0 && sl_group_digits(run, first) >= 2;
    uint32_t prefix = zeros ? 2 : 0;
    if ((!plus && !zeros) || available < prefix + SL_E164_DIGITS_MIN) {
        return;
    }
    uint32_t code_digits;
    const struct sl_calling_code *code =
        sl_calling_code_find(digits + prefix, available - prefix, &code_digits);
    if (code == NULL) {
        return;
    }
    prefix += code_digits;
    const uint8_t *national = digits + prefix;
    bool italian = code->code == SL_ITALIAN_CALLING;
    if (zeros && !italian && first > 0 && sl_group_gap(look, run, first - 1) != ',') {
        return; // the middle of a longer number
    }
    struct lengths lengths = {prefix, code->digits_min, code->digits_max, code->digits_max};
    if (code->digits_min + code_digits < SL_E164_DIGITS_MIN) {
        lengths.min = SL_E164_DIGITS_MIN - code_digits;
    }
    if (italian) {
        lengths = italian_lengths(national, prefix);
    } else if (national[0] == 0) {
        lengths.max++; // +44 (0)20 …: the zero is not dialled
    }
    uint32_t last = find_end(look, run, first, lengths);
    if (last == 0 || (national[0] == 0 && national[1] == 0)) {
        return;
    }
    keep_better(best, (struct sl_phone_form){
                          .first = first,
                          .last = last,
                          .score = plus || italian ? INTERNATIONAL : DOUBLE_ZERO,
                          .reasons = SL_REASON_PREFIX | SL_REASON_ISSUER,
                          .plain = grouped_as_amount(look, run, first, last),
                          .service = italian && sl_italian_service(
                                                    national, digits_in(run, first, last) - prefix),
                      });
}

static void try_bare_39(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                        struct sl_phone_form *best) {
    const uint8_t *digits = digits_from(run, first);
    uint32_t available = digits_in(run, first, run->groups_count);
    if (available < 8 || digits[0] != 3 || digits[1] != 9 || sl_group_digits(run, first) < 2) {
        return;
    }
    struct lengths lengths = italian_lengths(digits + 2, 2);
    bool mobile = digits[2] == 3 && digits[3] != 0;
    if (mobile) {
        lengths.min = lengths.max = SL_ITALIAN_MOBILE;
    } else if (sl_italian_area_digits(digits + 2, available - 2) == 0) {
        return;
    }
    uint32_t last = find_end(look, run, first, lengths);
    if (last != 0) {
        keep_better(best, (struct sl_phone_form){
                              .first = first,
                              .last = last,
                              .score = mobile ? BARE_39 : BARE_39_FIXED,
                              .reasons = SL_REASON_PREFIX,
                          });
    }
}

static void try_mobile(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                       struct sl_phone_form *best) {
    const uint8_t *digits = digits_from(run, first);
    bool listed = within_list(look, run, first);
    if (digits[0] != 3) {
        return;
    }
    for (uint32_t last = first + 1; last <= run->groups_count; last++) {
        uint32_t count = digits_in(run, first, last);
        struct sl_phone_form form = {.first = first, .last = last, .reasons = SL_REASON_ISSUER};
        bool grouped = grouped_as_mobile(run, first, last);
        if (count == SL_ITALIAN_MOBILE && digits[1] != 0) {
            bool goes_on = last < run->groups_count && within_list(look, run, last - 1);
            bool spelled = digits[1] > 1 && run->digits_count == count && spelled_out(look, run);
            form.score = grouped             ? MOBILE
                         : spelled           ? MOBILE_SPELLED
                         : listed || goes_on ? 0
                                             : MOBILE_ODD;
            form.plain = !grouped;
        } else if (count == SL_ITALIAN_MOBILE_OLD && digits[1] > 1 &&
                   !next_completes(look, run, first, last)) {
            bool pieces =
                sl_group_digits(run, first) == 3 && !grouped_as_amount(look, run, first, last);
            form.score = !grouped ? 0 : pieces ? MOBILE_OLD : MOBILE_OLD_PLAIN;
            form.plain = !pieces;
        } else if (count > SL_ITALIAN_MOBILE) {
            break;
        }
        form.reasons |= grouped ? SL_REASON_GROUPING : 0;
        keep_better(best, form);
    }
}

static void try_fixed(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                      struct sl_phone_form *best) {
    const uint8_t *digits = digits_from(run, first);
    uint32_t area = sl_italian_area_digits(digits, digits_in(run, first, run->groups_count));
    unsigned char gap = first + 1 < run->groups_count ? sl_group_gap(look, run, first) : 0;
    bool decimals = sl_group_digits(run, first) == 1 && (gap == ',' || gap == '.');
    bool listed = sl_group_digits(run, first) < area && within_list(look, run, first);
    if (area == 0 || decimals || listed || sl_group_tied(look, run, first)) {
        return;
    }
    for (uint32_t last = first + 1; last <= run->groups_count; last++) {
        uint32_t count = digits_in(run, first, last);
        if (count > SL_ITALIAN_FIXED_MAX) {
            break;
        }
        struct sl_phone_form form = {
            .first = first, .last = last, .reasons = SL_REASON_ISSUER, .plain = true};
        bool grouped = grouped_as_fixed(run, first, last, area);
        if (count >= SL_ITALIAN_FIXED_MIN) {
            bool usual = count == 9 || count == 10;
            bool tiny = count == SL_ITALIAN_FIXED_MIN;
            form.score = !grouped || tiny ? FIXED_ODD : usual ? FIXED : FIXED_SHORT;
            form.reasons |= grouped ? SL_REASON_GROUPING : 0;
        }
        keep_better(best, form);
    }
}

// Italian numbers that people seldom have, in one piece: over the internet (55), of persons (178),
// the voice mail of a mobile, which has one or two digits more than the mobile.
static void try_special(const struct sl_digit_run *run, uint32_t first,
                        struct sl_phone_form *best) {
    const uint8_t *digits = digits_from(run, first);
    uint32_t count = sl_group_digits(run, first);
    if (count > SL_ITALIAN_MOBILE + 1 && digits[0] == 3 && digits[1] == 9) {
        digits += 2;
        count -= 2;
    }
    bool internet = count == SL_ITALIAN_MOBILE && digits[0] == 5 && digits[1] == 5;
    bool personal =
        count == SL_ITALIAN_MOBILE && digits[0] == 1 && digits[1] == 7 && digits[2] == 8;
    bool voice_mail = count > SL_ITALIAN_MOBILE && count <= SL_ITALIAN_VOICEMAIL &&
                      digits[0] == 3 && digits[1] >= 2;
    if (internet || personal || voice_mail) {
        keep_better(best, (struct sl_phone_form){
                              .first = first, .last = first + 1, .score = SPECIAL, .plain = true});
    }
}

// 3-3-4, a 1 in front or not, and not all spaces.
static void try_north_american(const struct sl_look *look, const struct sl_digit_run *run,
                               uint32_t first, struct sl_phone_form *best) {
    uint32_t area = first;
    if (sl_group_digits(run, first) == 1 && digits_from(run, first)[0] == 1) {
        area++;
    }
    if (area + 2 <= run->groups_count && sl_group_digits(run, area) == 3 &&
        sl_group_digits(run, area + 1) == 7 && !sl_group_tied(look, run, first) &&
        digits_from(run, area)[0] >= 2 && digits_from(run, area)[3] >= 2) {
        keep_better(best, (struct sl_phone_form){.first = first,
                                                 .last = area + 2,
                                                 .score = NORTH_AMERICAN_ODD,
                                                 .plain = true});
        return;
    }
    if (area + 3 > run->groups_count || sl_group_digits(run, area) != 3 ||
        sl_group_digits(run, area + 1) != 3 || sl_group_digits(run, area + 2) != 4 ||
        sl_group_tied(look, run, first)) {
        return;
    }
    const uint8_t *digits = digits_from(run, area);
    unsigned char gap = sl_group_gap(look, run, area + 1);
    bool separated = gap != 0 && strchr("-./ ", gap) != NULL &&
                     !(gap == ' ' && sl_group_gap(look, run, area) == ' ');
    if (digits[0] < 2 || digits[3] < 2 || !separated) {
        return;
    }
    bool toll_free = digits[0] == 8 && (digits[1] == digits[2] || digits[1] == 0) &&
                     (digits[2] == 0 || digits[2] >= 3);
    keep_better(best, (struct sl_phone_form){
                          .first = first,
                          .last = area + 3,
                          .score = NORTH_AMERICAN,
                          .reasons = SL_REASON_GROUPING,
                          .plain = true,
                          .service = toll_free || (digits[0] == 9 && digits[1] + digits[2] == 0),
                      });
}

// Numbers of other countries written as at home: only their length is known, so a cue must stand
// right before the run.
static void try_other(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                      struct sl_phone_form *best) {
    struct lengths lengths = {0, OTHER_DIGITS_MIN, OTHER_DIGITS_MAX, 0};
    uint32_t last = first == 0 ? find_end(look, run, first, lengths) : 0;
    if (last == 0 || last - first > OTHER_GROUPS_MAX) {
        return;
    }
    for (uint32_t group = first; last - first > 1 && group < last; group++) {
        unsigned char gap = group > first ? sl_group_gap(look, run, group - 1) : ' ';
        if (sl_group_digits(run, group) < 2 || gap == ',' || gap == ':') {
            return;
        }
    }
    keep_better(best, (struct sl_phone_form){
                          .first = first,
                          .last = last,
                          .score = OTHER,
                          .plain = true,
                          .needs_cue = true,
                          .service = sl_italian_service(digits_from(run, first),
                                                        digits_in(run, first, last)),
                      });
}

bool sl_phone_form_find(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                        struct sl_phone_form *ret_form) {
    struct sl_phone_form best = {0};
    try_international(look, run, first, &best);
    try_bare_39(look, run, first, &best);
    try_mobile(look, run, first, &best);
    try_fixed(look, run, first, &best);
    try_special(run, first, &best);
    try_north_american(look, run, first, &best);
    try_other(look, run, first, &best);
    *ret_form = best;
    return best.score > 0;
}

// "9.30", the run's last two groups.
static bool is_time(const struct sl_look *look, const struct sl_digit_run *run) {
    uint32_t first = run->groups_count - 2;
    unsigned char gap = sl_group_gap(look, run, first);
    const uint8_t *hour = digits_from(run, first), *minute = digits_from(run, first + 1);
    uint32_t sizes[] = {sl_group_digits(run, first), sl_group_digits(run, first + 1)};
    return (gap == '.' || gap == ':') && sizes[1] == 2 && minute[0] < 6 &&
           (sizes[0] == 1 || (sizes[0] == 2 && hour[0] * 10 + hour[1] < 24));
}

// "02/03/26", "02/03/2026 18", "02/03/26 9.30": a number is written so, too, but goes on otherwise.
static bool is_moment(const struct sl_look *look, const struct sl_digit_run *run) {
    if (run->groups_count < 3 || !sl_calendar_any(look, run, 0, 3)) {
        return false;
    }
    const uint8_t *digits = digits_from(run, 2);
    uint32_t year = digits[0] * 10u + digits[1];
    switch (run->groups_count) {
    case 3:
        return true;
    case 4:
        return sl_group_digits(run, 2) == 4 || sl_group_digits(run, 3) <= 2;
    case 5:
        // Of a year near this one, and the time behind a blank.
        return (sl_group_digits(run, 2) == 4 || (year >= 10 && year < 40)) &&
               sl_is_one_of(look->bytes[sl_window_end(run, 3)], " ,") && is_time(look, run);
    default:
        return false;
    }
}

// "0,29 0,15 0,35"
static bool is_decimal(const struct sl_look *look, const struct sl_digit_run *run) {
    if (run->groups_count < 2 || sl_group_digits(run, 0) > 1 || sl_group_digits(run, 1) != 2) {
        return false;
    }
    unsigned char gap = sl_group_gap(look, run, 0);
    unsigned char next = run->groups_count > 2 ? sl_group_gap(look, run, 1) : 0;
    return (gap == ',' || gap == '.') && next != gap;
}

bool sl_phone_form_whole(const struct sl_look *look, const struct sl_digit_run *run,
                         struct sl_phone_form *ret_form) {
    const uint8_t *digits = run->digits;
    uint32_t count = run->digits_count;
    uint32_t prefix = count > 4 && memcmp(digits, "\0\0\3\11", 4) == 0                ? 4
                      : digits[0] == 3 && digits[1] == 9 && count > SL_ITALIAN_MOBILE ? 2
                                                                                      : 0;
    const uint8_t *national = digits + prefix;
    count -= prefix;
    bool mobile = count == SL_ITALIAN_MOBILE && national[0] == 3 && national[1] >= 2;
    bool fixed = count > SL_ITALIAN_FIXED_MIN && count <= SL_ITALIAN_FIXED_MAX &&
                 sl_italian_area_digits(national, count) != 0;
    *ret_form = (struct sl_phone_form){
        .last = run->groups_count,
        .score = WHOLE,
        .reasons = SL_REASON_ISSUER | (prefix > 0 ? SL_REASON_PREFIX : 0),
        .plain = true,
        .needs_cue = true,
        .announced = true,
    };
    return (mobile || fixed) && !sl_italian_service(national, count) && !is_moment(look, run) &&
           !is_decimal(look, run);
}
