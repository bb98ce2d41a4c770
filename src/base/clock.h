// SPDX-License-Identifier: Apache-2.0
//
// base/clock.h - the two clocks, and points in time as people write them.
//
// A point in time is nanoseconds since 1970-01-01T00:00:00Z in an int64_t, which reaches from 1677
// to 2262; SL_TIME_NONE stands for "not known". Calendar arithmetic is proleptic Gregorian, UTC,
// without leap seconds (Howard Hinnant's days_from_civil, public domain).
#ifndef SL_BASE_CLOCK_H
#define SL_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_TIME_NONE       INT64_MIN
#define SL_NS_PER_SECOND   INT64_C(1000000000)
#define SL_TIME_TEXT_BYTES 40

// Never goes back; only differences mean something. For measuring, not for posts.
int64_t sl_clock_monotonic_ns(void);

// CPU time of the calling thread.
int64_t sl_clock_thread_cpu_ns(void);

// Parses RFC 3339 ("2026-03-01T09:15:00Z", "2026-03-01 09:15:00.250+01:00"): date, time and zone
// are required, fractions beyond nanoseconds are cut. False when the text is anything else, or the
// time is out of range.
bool sl_time_parse(const char *text, size_t len, int64_t *ret_time_ns);

// Writes RFC 3339 in UTC with as many of 0, 3, 6 or 9 decimals as the value needs; returns the
// length. `text` has room for SL_TIME_TEXT_BYTES. Not for SL_TIME_NONE.
size_t sl_time_format(int64_t time_ns, char *text);

#endif
