// SPDX-License-Identifier: Apache-2.0
//
// item/notation.h - how a work item's times and numbers are written, wherever they are written.
#ifndef SL_ITEM_NOTATION_H
#define SL_ITEM_NOTATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_ITEM_NUMBER_BYTES 32

// A finite number with as few digits as bring it back: "0.973", "0", "1". Whatever the locale is.
// `text` has room for SL_ITEM_NUMBER_BYTES. Returns the length.
size_t sl_item_number_format(double number, char *text);

// A point in time as MessagePack counts it, and back; false when it is none or out of range.
int64_t sl_item_time_split(int64_t time_ns, uint32_t *ret_rest_ns);
bool sl_item_time_join(int64_t seconds, uint32_t rest_ns, int64_t *ret_time_ns);

#endif
