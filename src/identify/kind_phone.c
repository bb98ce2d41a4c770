// SPDX-License-Identifier: Apache-2.0
//
// Telephone numbers have no check digit, so prefix, length, grouping and what stands round them
// must do. Each group of a run is tried as the beginning of every form below; the one that the
// digits fit best is weighed with its surroundings. Numbers of services (187, 800 …, 89x, 199 …)
// are nobody's and stay.
#include <string.h>

#include "identify/calendar.h"
#include "identify/checks.h"
#include "identify/kind.h"

enum {
    // What the digits alone say.
    INTERNATIONAL = 75,      // +39 347 1234567
    DOUBLE_ZERO = 60,        // 0044 …: padded numbers begin so too
    BARE_39 = 60,            // 39 347 1234567
    BARE_39_FIXED = 40,      // 39 06 12345678
    MOBILE = 70,             // 347 1234567
    MOBILE_OLD = 60,         // 347 123456
    MOBILE_OLD_PLAIN = 50,   // 347123456 could count something
    MOBILE_ODD = 45,         // 3 47 1234 567
    FIXED = 65,              // 06 12345678
    FIXED_SHORT = 40,        // 081 12345
    FIXED_ODD = 30,          // 06 1 2345 678; 02 1234
    NORTH_AMERICAN = 65,     // 415-555-0132
    NORTH_AMERICAN_ODD = 45, // (415) 5550132
    SPECIAL = 42,            // 55 …, 178 …, 347 … with two digits more: not on the street
    HALF_HIDDEN = 65,        // 347 1234 xxx
    BACKWARDS = 70,          // and the text says so
    OTHER = 25,              // anything of the right length

    // What stands round them adds or takes away.
    CUE_STRONG = 40,
    CUE_WEAK = 20,
    CUE_AFTER_STRONG = 20,
    CUE_AFTER_WEAK = 10,
    AGAINST = -30,
    ALONE = 20,
    LETTERS_BEFORE = -15,
    LETTERS_AFTER = -10,
    DECIMALS = -25,
    JOINT = -10,
    SOMETHING_ELSE = -60, // an amount, a date, a time, part of a longer number
    HANDLE = -40,
    ADDRESS = -60,
};

#define EXTENSION_DIGITS 5
#define HIDDEN_MIN       2 // x for a digit
#define HIDDEN_MAX       4
#define HIDDEN_REACH     16 // to the digits that were hidden
#define BACKWARDS_REACH  40
#define OTHER_DIGITS_MIN 7
#define OTHER_DIGITS_MAX 12
#define OTHER_GROUPS_MAX 5
#define ENOUGH_DIGITS    9 // of a number that may be longer: go on only in the same grouping

// Groups [first, last) of a run, read as one form.
struct window {
    uint32_t first, last;
    int score; // 0: nothing found yet
    uint32_t reasons;
    bool plain;     // digits that could be an amount, a date or a time as well
    bool service;   // nobody's
    bool needs_cue; // a strong one, and none against
};

static uint32_t digits_in(const struct sl_digit_run *run, uint32_t first, uint32_t last) {
    return (uint32_t)run->groups[last] - run->groups[first];
}

static const uint8_t *digits_from(const struct sl_digit_run *run, uint32_t first) {
    return run->digits + run->groups[first];
}

static void keep_better(struct window *best, struct window window) {
    bool longer = window.score == best->score && window.last > best->last;
    if (window.score > best->score || longer) {
        *best = window;
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

// The place of the + before a group, brackets and spaces allowed between; SL_NOWHERE for none.
static uint32_t plus_before(const struct sl_look *look, uint32_t at) {
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
                              uint32_t first, struct window *best) {
    const uint8_t *digits = digits_from(run, first);
    uint32_t available = digits_in(run, first, run->groups_count);
    bool plus = plus_before(look, sl_window_start(run, first)) != SL_NOWHERE;
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
    keep_better(best, (struct window){
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
                        struct window *best) {
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
        keep_better(best, (struct window){
                              .first = first,
                              .last = last,
                              .score = mobile ? BARE_39 : BARE_39_FIXED,
                              .reasons = SL_REASON_PREFIX,
                          });
    }
}

static void try_mobile(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                       struct window *best) {
    const uint8_t *digits = digits_from(run, first);
    bool listed = within_list(look, run, first);
    if (digits[0] != 3) {
        return;
    }
    for (uint32_t last = first + 1; last <= run->groups_count; last++) {
        uint32_t count = digits_in(run, first, last);
        struct window window = {.first = first, .last = last, .reasons = SL_REASON_ISSUER};
        bool grouped = grouped_as_mobile(run, first, last);
        if (count == SL_ITALIAN_MOBILE && digits[1] != 0) {
            window.score = grouped ? MOBILE : listed ? 0 : MOBILE_ODD;
            window.plain = !grouped;
        } else if (count == SL_ITALIAN_MOBILE_OLD && digits[1] > 1) {
            bool pieces =
                sl_group_digits(run, first) == 3 && !grouped_as_amount(look, run, first, last);
            window.score = !grouped ? 0 : pieces ? MOBILE_OLD : MOBILE_OLD_PLAIN;
            window.plain = !pieces;
        } else if (count > SL_ITALIAN_MOBILE) {
            break;
        }
        window.reasons |= grouped ? SL_REASON_GROUPING : 0;
        keep_better(best, window);
    }
}

static void try_fixed(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                      struct window *best) {
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
        struct window window = {
            .first = first, .last = last, .reasons = SL_REASON_ISSUER, .plain = true};
        bool grouped = grouped_as_fixed(run, first, last, area);
        if (count >= SL_ITALIAN_FIXED_MIN) {
            bool usual = count == 9 || count == 10;
            bool tiny = count == SL_ITALIAN_FIXED_MIN;
            window.score = !grouped || tiny ? FIXED_ODD : usual ? FIXED : FIXED_SHORT;
            window.reasons |= grouped ? SL_REASON_GROUPING : 0;
        }
        keep_better(best, window);
    }
}

// Italian numbers that people seldom have, in one piece: over the internet (55), of persons (178),
// the voice mail of a mobile, which has one or two digits more than the mobile.
static void try_special(const struct sl_digit_run *run, uint32_t first, struct window *best) {
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
        keep_better(best, (struct window){
                              .first = first, .last = first + 1, .score = SPECIAL, .plain = true});
    }
}

// 3-3-4, a 1 in front or not, and not all spaces.
static void try_north_american(const struct sl_look *look, const struct sl_digit_run *run,
                               uint32_t first, struct window *best) {
    uint32_t area = first;
    if (sl_group_digits(run, first) == 1 && digits_from(run, first)[0] == 1) {
        area++;
    }
    if (area + 2 <= run->groups_count && sl_group_digits(run, area) == 3 &&
        sl_group_digits(run, area + 1) == 7 && !sl_group_tied(look, run, first) &&
        digits_from(run, area)[0] >= 2 && digits_from(run, area)[3] >= 2) {
        keep_better(best, (struct window){.first = first,
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
    keep_better(best, (struct window){
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
                      struct window *best) {
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
    keep_better(best, (struct window){
                          .first = first,
                          .last = last,
                          .score = OTHER,
                          .plain = true,
                          .needs_cue = true,
                          .service = sl_italian_service(digits_from(run, first),
                                                        digits_in(run, first, last)),
                      });
}

// Takes in a + in front, and the bracket that a bracket inside belongs to.
static void widen(const struct sl_look *look, struct sl_candidate *candidate) {
    uint32_t plus = plus_before(look, candidate->start);
    int open = 0;
    if (plus != SL_NOWHERE && (candidate->reasons & SL_REASON_PREFIX) != 0) {
        candidate->start = plus;
    }
    for (uint32_t at = candidate->start; at < candidate->end; at++) {
        unsigned char c = look->bytes[at];
        open += (c == '(' || c == '[') - (c == ')' || c == ']');
    }
    if (open < 0 && candidate->start > 0) {
        unsigned char c = look->bytes[candidate->start - 1];
        candidate->start -= c == '(' || c == '[';
    } else if (open > 0 && candidate->end < look->len) {
        unsigned char c = look->bytes[candidate->end];
        candidate->end += c == ')' || c == ']';
    }
}

// The last cue before a number that is for or against it is for it: "ordine 12, chiamatemi al". Not
// where one against is of the same phrase: "order number is".
static bool nearest_is_for(const struct sl_look *look, uint32_t start) {
    const struct sl_cue_list *list = look->cues;
    const uint32_t bit = 1u << SL_KIND_PHONE;
    uint32_t nearest = SL_NOWHERE;
    for (uint32_t i = sl_cues_from(list, start); i > 0; i--) {
        const struct sl_cue *cue = &list->cues[i - 1];
        if (start - cue->start > SL_CUE_REACH_BEFORE) {
            break;
        }
        if (cue->end > start || ((cue->strong | cue->against) & bit) == 0) {
            continue;
        }
        if (nearest != SL_NOWHERE && cue->end + 1 < nearest) {
            return true;
        }
        if ((cue->against & bit) != 0) {
            return false;
        }
        nearest = cue->start;
    }
    return nearest != SL_NOWHERE;
}

static void add_cues(const struct sl_look *look, const struct sl_surroundings *around,
                     const struct window *window, struct sl_candidate *candidate) {
    static const int before[] = {
        [SL_CUE_NONE] = 0, [SL_CUE_WEAK] = CUE_WEAK, [SL_CUE_STRONG] = CUE_STRONG};
    static const int after[] = {
        [SL_CUE_NONE] = 0, [SL_CUE_WEAK] = CUE_AFTER_WEAK, [SL_CUE_STRONG] = CUE_AFTER_STRONG};
    // A weak word ("numero") says nothing beside one that speaks against ("ordine").
    bool said = around->before == SL_CUE_STRONG || !around->against;
    candidate->score += (said ? before[around->before] : 0) + after[around->after];
    candidate->reasons |= around->before != SL_CUE_NONE ? SL_REASON_CUE_BEFORE : 0;
    candidate->reasons |= around->after != SL_CUE_NONE ? SL_REASON_CUE_AFTER : 0;
    bool spoken_for = around->before == SL_CUE_STRONG &&
                      (!window->needs_cue || nearest_is_for(look, candidate->start));
    if (around->against && !spoken_for) {
        candidate->score += AGAINST;
        candidate->reasons |= SL_REASON_CUE_AGAINST;
    }
    if (around->alone) {
        candidate->score += ALONE;
        candidate->reasons |= SL_REASON_ALONE;
    }
}

// `other` digits stand on the far side of the joint: few make one number with a point in it, many
// another number in a list.
static int joint_weight(unsigned char joint, uint32_t other) {
    if (joint == 0 || joint == '/' || joint == '+') {
        return 0;
    }
    bool point = joint == '.' || joint == ',';
    return point && other < SL_ITALIAN_FIXED_MIN ? DECIMALS : joint == ',' ? 0 : JOINT;
}

static void add_neighbours(const struct sl_look *look, const struct sl_digit_run *run,
                           const struct sl_surroundings *around, const struct window *window,
                           struct sl_candidate *candidate) {
    uint32_t before = window->first > 0 ? sl_group_digits(run, window->first - 1) : 0;
    uint32_t after = window->last < run->groups_count ? sl_group_digits(run, window->last) : 0;
    unsigned char joint_before = sl_joint_before(look, sl_window_start(run, window->first));
    unsigned char joint_after = sl_joint_after(look, sl_window_end(run, window->last));
    int score = joint_weight(joint_before, before) +
                (joint_after == ',' ? 0 : joint_weight(joint_after, after));
    bool tied = joint_before != 0 || joint_after != 0;
    if (window->plain && (around->amount || tied)) {
        score += SOMETHING_ELSE;
    }
    if (candidate->start > 0 && look->bytes[candidate->start - 1] == '@') {
        score += HANDLE;
    }
    score += around->letters_before ? LETTERS_BEFORE : 0;
    score += around->letters_after ? LETTERS_AFTER : 0;
    score += around->in_address ? ADDRESS : 0;
    candidate->score += score;
    candidate->reasons |= score != 0 ? SL_REASON_NEIGHBOUR : 0;
}

static bool stands_at(const struct sl_look *look, uint32_t at, const char *word) {
    size_t len = strlen(word);
    return look->len - at >= len && memcmp(look->bytes + at, word, len) == 0;
}

static uint32_t skip_signs(const struct sl_look *look, uint32_t at, const char *signs) {
    for (uint32_t skipped = 0; skipped < SL_RUN_GAP_MAX && at < look->len; skipped++) {
        if (look->bytes[at] == '\0' || strchr(signs, look->bytes[at]) == NULL) {
            break;
        }
        at++;
    }
    return at;
}

// The end of a number with the extension that follows it: "int. 12", "ext 503", "x1234".
static uint32_t extension_end(const struct sl_look *look, uint32_t end) {
    static const struct {
        const char *word;
        uint32_t digits_min;
    } words[] = {{"extension", 1}, {"interno", 1}, {"extn", 1}, {"ext", 1}, {"int", 1}, {"x", 3}};
    uint32_t at = skip_signs(look, end, " ,;.(-");
    for (size_t i = 0; at < look->len && i < sizeof words / sizeof words[0]; i++) {
        if (!stands_at(look, at, words[i].word)) {
            continue;
        }
        uint32_t start = skip_signs(look, at + (uint32_t)strlen(words[i].word), " .:");
        uint32_t digits = 0;
        while (start + digits < look->len && sl_is_digit(look->bytes[start + digits])) {
            digits++;
        }
        uint32_t behind = start + digits;
        bool whole = behind == look->len || !sl_is_alnum(look->bytes[behind]);
        bool fits = digits >= words[i].digits_min && digits <= EXTENSION_DIGITS && whole;
        return fits && sl_joint_after(look, behind) == 0 ? behind : end;
    }
    return end;
}

// True when the window is masked, or at least known to be a service's number.
static bool weigh(struct sl_look *look, const struct sl_digit_run *run,
                  const struct window *window) {
    struct sl_candidate candidate = {
        .start = sl_window_start(run, window->first),
        .end = sl_window_end(run, window->last),
        .kind = SL_KIND_PHONE,
        .reasons = SL_REASON_SHAPE | window->reasons,
    };
    if (sl_joint_before(look, candidate.start) == '0' ||
        sl_joint_after(look, candidate.end) == '0') {
        return false; // a piece of something longer
    }
    widen(look, &candidate);
    if (window->service) {
        candidate.reasons |= SL_REASON_SERVICE;
        sl_look_add(look, candidate);
        return true;
    }
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_PHONE, candidate.start, candidate.end);
    if (window->needs_cue && around.before != SL_CUE_STRONG) {
        return false;
    }
    candidate.score = window->score;
    if (window->plain && sl_calendar_any(look, run, window->first, window->last)) {
        candidate.score += SOMETHING_ELSE;
        candidate.reasons |= SL_REASON_NEIGHBOUR;
    }
    add_cues(look, &around, window, &candidate);
    add_neighbours(look, run, &around, window, &candidate);
    bool masked = candidate.score >= sl_kind_phone.threshold;
    candidate.end = masked ? extension_end(look, candidate.end) : candidate.end;
    sl_look_add(look, candidate);
    return masked;
}

// "347 1234 xxx" shows most of a mobile number; the rest may follow: "poi 567".
static void look_for_hidden(struct sl_look *look, const struct sl_digit_run *run) {
    uint32_t first = 0;
    while (first < run->groups_count && digits_in(run, first, run->groups_count) > 8) {
        first++;
    }
    uint32_t shown = digits_in(run, first, run->groups_count);
    uint32_t at = skip_signs(look, run->end, " .-/"), start = at;
    while (at < look->len && (look->bytes[at] == 'x' || look->bytes[at] == '*')) {
        at++;
    }
    uint32_t hidden = at - start;
    if (hidden < HIDDEN_MIN || hidden > HIDDEN_MAX || hidden + shown != SL_ITALIAN_MOBILE ||
        digits_from(run, first)[0] != 3 || digits_from(run, first)[1] < 2 ||
        sl_group_tied(look, run, first) || (at < look->len && sl_is_alnum(look->bytes[at]))) {
        return;
    }
    struct sl_candidate candidate = {sl_window_start(run, first), at, SL_KIND_PHONE, HALF_HIDDEN,
                                     SL_REASON_SHAPE | SL_REASON_ISSUER};
    sl_look_add(look, candidate);
    uint32_t limit = look->len - at < HIDDEN_REACH ? look->len : at + HIDDEN_REACH;
    for (start = at; start < limit && !sl_is_digit(look->bytes[start]); start++) {
    }
    for (at = start; at < look->len && at - start <= hidden && sl_is_digit(look->bytes[at]); at++) {
    }
    if (at - start == hidden && (at == look->len || !sl_is_alnum(look->bytes[at]))) {
        candidate.start = start;
        candidate.end = at;
        sl_look_add(look, candidate);
    }
}

// "il contrario di 7654321743"
static void look_for_backwards(struct sl_look *look, const struct sl_digit_run *run) {
    static const char *const words[] = {"contrario", "rovesci", "invertit", "backward", "reverse"};
    if (run->digits_count != SL_ITALIAN_MOBILE || run->digits[SL_ITALIAN_MOBILE - 1] != 3 ||
        run->digits[SL_ITALIAN_MOBILE - 2] < 2) {
        return;
    }
    uint32_t from = run->start > BACKWARDS_REACH ? run->start - BACKWARDS_REACH : 0;
    uint32_t to = look->len - run->end > BACKWARDS_REACH ? run->end + BACKWARDS_REACH : look->len;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (memmem(look->bytes + from, to - from, words[i], strlen(words[i])) != NULL) {
            sl_look_add(look, (struct sl_candidate){run->start, run->end, SL_KIND_PHONE, BACKWARDS,
                                                    SL_REASON_SHAPE | SL_REASON_ISSUER |
                                                        SL_REASON_CUE_BEFORE});
            return;
        }
    }
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    look_for_hidden(look, run);
    look_for_backwards(look, run);
    for (uint32_t first = 0; first < run->groups_count; first++) {
        struct window best = {0};
        if (digits_in(run, first, run->groups_count) < SL_ITALIAN_FIXED_MIN) {
            break;
        }
        try_international(look, run, first, &best);
        try_bare_39(look, run, first, &best);
        try_mobile(look, run, first, &best);
        try_fixed(look, run, first, &best);
        try_special(run, first, &best);
        try_north_american(look, run, first, &best);
        try_other(look, run, first, &best);
        // A window that only its cue speaks for may begin before a number that needs none.
        if (best.score > 0 && weigh(look, run, &best) && !best.needs_cue) {
            first = best.last - 1;
        }
    }
}

const struct sl_kind_rules sl_kind_phone = {
    .threshold = 60,
    .digits_min = 6,
    .cues =
        {
            "tel|telef|telefon*|cell|cel|cellulare|cellulari|phone|phones|telephone|mobile|"
            "cellphone|whatsapp|whats app|wapp|whatsup|wa me|mio numero|mio num|mio nr|mio n|"
            "numero mio|numero di cell|numero fisso|numero mobile|nostro numero|suo numero|"
            "chiam*|richiam*|contattatemi|contattami|contattarmi|contattateci|ricontatt*|"
            "recapito|recapiti|linea fissa|linea telefonica|numero della linea|"
            "utenza|utenze|rispondo al|squill*|fax|call|called|calling|ring|rang|text me|"
            "my number|number is|the number|contact number|contact no|reach me|sms al|portabilita",
            "numero|numeri|num|nr|n|linea|linee|fisso|sim|scheda|number|no|line|contact|contatt*|"
            "scriv*|sms|ricarica|ricaricare|intestat*|attiv*",
            SL_CUES_OTHER_NUMBERS
            "|complaint|acct|account no|account number|id number|user id|"
            "customer id|dpci|flt|flts|flights|zip",
        },
    .on_run = look_at_run,
};
