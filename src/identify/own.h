// SPDX-License-Identifier: Apache-2.0
//
// identify/own.h - what the stage itself wrote in an earlier pass, so that masking twice changes
// nothing.
//
// Its own are: a label or token as a whole, "[PHONE]", "[TELEFONO]", "[PHONE:k1:…]"; stars; and the
// up to four letters and digits that touch four stars or more, "******4567".
#ifndef SL_IDENTIFY_OWN_H
#define SL_IDENTIFY_OWN_H

#include <stdbool.h>
#include <stdint.h>

// True when all of bytes [start, end) of a folded view is the stage's own; start < end.
bool sl_own_output(const unsigned char *bytes, uint32_t len, uint32_t start, uint32_t end);

#endif
