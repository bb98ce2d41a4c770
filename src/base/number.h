// SPDX-License-Identifier: Apache-2.0
//
// base/number.h - numbers as people read them.
#ifndef SL_BASE_NUMBER_H
#define SL_BASE_NUMBER_H

#include <stdint.h>

// 1234567 → "1,234,567"; `text` has room for SL_NUMBER_BYTES. Returns `text`.
#define SL_NUMBER_BYTES 28
const char *sl_number_grouped(uint64_t value, char *text);

#endif
