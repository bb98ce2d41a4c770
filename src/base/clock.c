// SPDX-License-Identifier: Apache-2.0
#include "base/clock.h"

#include <time.h>

#include "base/assert.h"

// The last whole second that fits in an int64_t of nanoseconds, with its fraction, in both
// directions.
#define SECONDS_LIMIT INT64_C(9223372035)

static int64_t read_clock(clockid_t id) {
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * SL_NS_PER_SECOND + now.tv_nsec;
}

int64_t sl_clock_monotonic_ns(void) {
    return read_clock(CLOCK_MONOTONIC);
}

int64_t sl_clock_thread_cpu_ns(void) {
    return read_clock(CLOCK_THREAD_CPUTIME_ID);
}

static int64_t days_from_civil(int64_t year, int month, int day) {
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, int64_t *ret_year, int *ret_month, int *ret_day) {
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_part = (5 * day_of_year + 2) / 153;
    *ret_day = (int)(day_of_year - (153 * month_part + 2) / 5 + 1);
    *ret_month = (int)(month_part < 10 ? month_part + 3 : month_part - 9);
    *ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

struct cursor {
    const char *at;
    const char *end;
};

static bool take_digits(struct cursor *cursor, int count, int *ret_value) {
    if (cursor->end - cursor->at < count) {
        return false;
    }
    int value = 0;
    for (int i = 0; i < count; i++) {
        char c = cursor->at[i];
        if (c < '0' || c > '9') {
            return false;
        }
        value = value * 10 + (c - '0');
    }
    cursor->at += count;
    *ret_value = value;
    return true;
}

static bool take_any_of(struct cursor *cursor, const char *set, char *ret_char) {
    if (cursor->at == cursor->end) {
        return false;
    }
    for (; *set != '\0'; set++) {
        if (*cursor->at == *set) {
            *ret_char = *cursor->at++;
            return true;
        }
    }
    return false;
}

static bool take_fraction(struct cursor *cursor, int64_t *ret_ns) {
    *ret_ns = 0;
    char point;
    if (!take_any_of(cursor, ".,", &point)) {
        return true;
    }
    int64_t scale = SL_NS_PER_SECOND / 10;
    const char *first = cursor->at;
    for (; cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9'; cursor->at++) {
        *ret_ns += (*cursor->at - '0') * scale;
        scale /= 10;
    }
    return cursor->at > first;
}

static bool take_zone(struct cursor *cursor, int64_t *ret_offset_s) {
    char sign;
    int hours, minutes;
    *ret_offset_s = 0;
    if (take_any_of(cursor, "Zz", &sign)) {
        return true;
    }
    if (!take_any_of(cursor, "+-", &sign) || !take_digits(cursor, 2, &hours)) {
        return false;
    }
    char colon;
    take_any_of(cursor, ":", &colon);
    if (!take_digits(cursor, 2, &minutes) || hours > 23 || minutes > 59) {
        return false;
    }
    *ret_offset_s = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
    return true;
}

bool sl_time_parse(const char *text, size_t len, int64_t *ret_time_ns) {
    struct cursor cursor = {text, text + len};
    int year, month, day, hour, minute, second;
    int64_t fraction_ns, offset_s;
    char c;
    bool shape = take_digits(&cursor, 4, &year) && take_any_of(&cursor, "-", &c) &&
                 take_digits(&cursor, 2, &month) && take_any_of(&cursor, "-", &c) &&
                 take_digits(&cursor, 2, &day) && take_any_of(&cursor, "Tt ", &c) &&
                 take_digits(&cursor, 2, &hour) && take_any_of(&cursor, ":", &c) &&
                 take_digits(&cursor, 2, &minute) && take_any_of(&cursor, ":", &c) &&
                 take_digits(&cursor, 2, &second) && take_fraction(&cursor, &fraction_ns) &&
                 take_zone(&cursor, &offset_s) && cursor.at == cursor.end;
    if (!shape || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month) ||
        hour > 23 || minute > 59 || second > 60) {
        return false;
    }
    int64_t seconds =
        days_from_civil(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
    seconds -= offset_s;
    if (seconds > SECONDS_LIMIT || seconds < -SECONDS_LIMIT) {
        return false;
    }
    *ret_time_ns = seconds * SL_NS_PER_SECOND + fraction_ns;
    return true;
}

static char *put_digits(char *at, int64_t value, int width) {
    for (int i = width - 1; i >= 0; i--) {
        at[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return at + width;
}

size_t sl_time_format(int64_t time_ns, char *text) {
    SL_ASSERT(time_ns != SL_TIME_NONE);
    int64_t seconds = time_ns / SL_NS_PER_SECOND, fraction_ns = time_ns % SL_NS_PER_SECOND;
    if (fraction_ns < 0) {
        fraction_ns += SL_NS_PER_SECOND;
        seconds--;
    }
    int64_t days = seconds / 86400, second_of_day = seconds % 86400;
    if (second_of_day < 0) {
        second_of_day += 86400;
        days--;
    }
    int64_t year;
    int month, day;
    civil_from_days(days, &year, &month, &day);
    char *at = put_digits(text, year, 4);
    *at++ = '-';
    at = put_digits(at, month, 2);
    *at++ = '-';
    at = put_digits(at, day, 2);
    *at++ = 'T';
    at = put_digits(at, second_of_day / 3600, 2);
    *at++ = ':';
    at = put_digits(at, second_of_day / 60 % 60, 2);
    *at++ = ':';
    at = put_digits(at, second_of_day % 60, 2);
    if (fraction_ns != 0) {
        int decimals = fraction_ns % 1000000 == 0 ? 3 : fraction_ns % 1000 == 0 ? 6 : 9;
        int64_t scaled = decimals == 3   ? fraction_ns / 1000000
                         : decimals == 6 ? fraction_ns / 1000
                                         : fraction_ns;
        *at++ = '.';
        at = put_digits(at, scaled, decimals);
    }
    *at++ = 'Z';
    *at = '\0';
    return (size_t)(at - text);
}
