// SPDX-License-Identifier: Apache-2.0
#include "identify/calendar.h"

#include <string.h>

static const uint8_t *digits_from(const struct sl_digit_run *run, uint32_t group) {
    return run->digits + run->groups[group];
}

static bool is_year(const uint8_t *digits) {
    return (digits[0] == 1 && digits[1] == 9) || (digits[0] == 2 && digits[1] == 0);
}

static uint32_t two(const uint8_t *digits) {
    return digits[0] * 10u + digits[1];
}

// Of a group of one or two digits.
static uint32_t number_in(const struct sl_digit_run *run, uint32_t group) {
    const uint8_t *digits = digits_from(run, group);
    return sl_group_digits(run, group) == 1 ? digits[0] : two(digits);
}

static bool is_times(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                     uint32_t last) {
    for (uint32_t group = first; group < last; group++) {
        const uint8_t *digits = digits_from(run, group);
        bool minutes = ((group - first) & 1) != 0;
        if (sl_group_digits(run, group) != 2 || digits[0] > (minutes ? 5 : 2)) {
            return false;
        }
        unsigned char gap = minutes ? sl_group_gap(look, run, group - 1) : 0;
        if (minutes && gap != '.' && gap != ':') {
            return false;
        }
        if (!minutes && group > first && sl_group_gap(look, run, group - 1) == '.') {
            return false;
        }
    }
    return ((last - first) & 1) == 0;
}

static bool is_date(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first) {
    if (first + 3 > run->groups_count) {
        return false;
    }
    unsigned char gap = sl_group_gap(look, run, first);
    uint32_t sizes[3];
    for (uint32_t i = 0; i < 3; i++) {
        sizes[i] = sl_group_digits(run, first + i);
    }
    if ((gap != '/' && gap != '.' && gap != '-') || gap != sl_group_gap(look, run, first + 1) ||
        sizes[1] > 2) {
        return false;
    }
    if (first > 0 && sl_group_gap(look, run, first - 1) == gap) {
        return false; // the end of something longer
    }
    if (sizes[0] == 4) {
        return is_year(digits_from(run, first)) && sizes[2] <= 2;
    }
    bool goes_on = first + 3 < run->groups_count && sl_group_tied(look, run, first + 3);
    bool two_digit_year = sizes[2] == 2 && !goes_on;
    bool year = two_digit_year || (sizes[2] == 4 && is_year(digits_from(run, first + 2)));
    uint32_t one = number_in(run, first), other = number_in(run, first + 1);
    bool day = (one <= 31 && other <= 12) || (one <= 12 && other <= 31);
    return sizes[0] <= 2 && year && one > 0 && other > 0 && day;
}

bool sl_calendar_any(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                     uint32_t last) {
    for (uint32_t group = first; group + 2 < last; group++) {
        if (is_date(look, run, group)) {
            return true;
        }
    }
    bool years = last - first >= 2 && sl_group_digits(run, first) == 4 &&
                 sl_group_digits(run, first + 1) == 4 && is_year(digits_from(run, first)) &&
                 is_year(digits_from(run, first + 1));
    return years || is_times(look, run, first, last);
}

bool sl_calendar_stamp(const uint8_t *digits, uint32_t count) {
    if (count < 8 || !is_year(digits)) {
        return false;
    }
    uint32_t month = two(digits + 4), day = two(digits + 6);
    bool date = month >= 1 && month <= 12 && day >= 1 && day <= 31;
    bool hour = count < 10 || two(digits + 8) < 24;
    bool minute = count < 12 || two(digits + 10) < 60;
    return date && hour && minute && (count < 14 || two(digits + 12) < 61);
}
