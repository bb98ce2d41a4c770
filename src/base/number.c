// SPDX-License-Identifier: Apache-2.0
#include "base/number.h"

#include <stdio.h>

const char *sl_number_grouped(uint64_t value, char *text) {
    char digits[SL_NUMBER_BYTES];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    char *at = text;
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0) {
            *at++ = ',';
        }
        *at++ = digits[i];
    }
    *at = '\0';
    return text;
}
