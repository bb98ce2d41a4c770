// SPDX-License-Identifier: Apache-2.0
//
// identify/calendar.h - dates and times among the digits of a text.
//
// What is read as one is nobody's number. Groups are those of a run (kind.h): three of them read as
// 6/7/2026, 06.07.26 or 2026-07-06, or two at a time as 09.30 or 18:45 with something else between.
#ifndef SL_IDENTIFY_CALENDAR_H
#define SL_IDENTIFY_CALENDAR_H

#include "identify/kind.h"

// Among groups [first, last) stands a date, or they are times, or begin with two years.
bool sl_calendar_any(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                     uint32_t last);

// Digits in one piece that a machine wrote for a moment: 20260706, 202607061845, 20260706184530.
bool sl_calendar_stamp(const uint8_t *digits, uint32_t count);

#endif
