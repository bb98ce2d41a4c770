// SPDX-License-Identifier: Apache-2.0
#include "item/notation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

size_t sl_item_number_format(double number, char *text) {
    int len = 0;
    // 15 digits bring back every decimal of 15 digits, 17 every double.
    for (int digits = 15; digits <= 17; digits++) {
        len = snprintf(text, SL_ITEM_NUMBER_BYTES, "%.*g", digits, number);
        if (strtod(text, NULL) == number) {
            break;
        }
    }
    for (int i = 0; i < len; i++) {
        if (strchr("0123456789+-e", text[i]) == NULL) {
            text[i] = '.';
        }
    }
    return (size_t)len;
}

int64_t sl_item_time_split(int64_t time_ns, uint32_t *ret_rest_ns) {
    int64_t seconds = time_ns / SL_NS_PER_SECOND, rest_ns = time_ns % SL_NS_PER_SECOND;
    if (rest_ns < 0) {
        rest_ns += SL_NS_PER_SECOND;
        seconds--;
    }
    *ret_rest_ns = (uint32_t)rest_ns;
    return seconds;
}

bool sl_item_time_join(int64_t seconds, uint32_t rest_ns, int64_t *ret_time_ns) {
    // Counted from the second above, so that the first second of the range, of which only a part
    // fits, does not overflow on the way.
    int64_t above = seconds < 0 ? 1 : 0;
    return rest_ns < SL_NS_PER_SECOND &&
           !__builtin_mul_overflow(seconds + above, SL_NS_PER_SECOND, ret_time_ns) &&
           !__builtin_add_overflow(*ret_time_ns, (int64_t)rest_ns - above * SL_NS_PER_SECOND,
                                   ret_time_ns) &&
           *ret_time_ns != SL_TIME_NONE;
}
