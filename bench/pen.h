// SPDX-License-Identifier: Apache-2.0
//
// bench/pen.h - writes bytes one behind the other into memory that is known to be large enough.
#ifndef SL_BENCH_PEN_H
#define SL_BENCH_PEN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/assert.h"

struct sl_pen {
    char *at;
    char *end;
};

static inline void sl_pen_put(struct sl_pen *pen, const char *bytes, size_t len) {
    SL_ASSERT(len <= (size_t)(pen->end - pen->at));
    memcpy(pen->at, bytes, len);
    pen->at += len;
}

static inline void sl_pen_put_string(struct sl_pen *pen, const char *terminated) {
    sl_pen_put(pen, terminated, strlen(terminated));
}

static inline void sl_pen_put_char(struct sl_pen *pen, char c) {
    sl_pen_put(pen, &c, 1);
}

// Decimal, with zeros in front up to `width`.
static inline void sl_pen_put_number(struct sl_pen *pen, uint64_t value, unsigned width) {
    char digits[20];
    unsigned count = 0;
    do {
        digits[sizeof digits - ++count] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0 || (count < width && count < sizeof digits));
    sl_pen_put(pen, digits + sizeof digits - count, count);
}

#endif
