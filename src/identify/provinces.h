// SPDX-License-Identifier: Apache-2.0
//
// identify/provinces.h - the provinces of Italy: the two letters on plates and behind a town, and
// the name of the chief town. Names of other towns are not known anywhere.
#ifndef SL_IDENTIFY_PROVINCES_H
#define SL_IDENTIFY_PROVINCES_H

#include "identify/kind.h"

// True when these are the two letters of a province.
bool sl_province_has(const unsigned char letters[2]);

// Where the name of a chief town that begins at `at` ends; SL_NOWHERE: there is none.
uint32_t sl_province_town_end(const struct sl_look *look, uint32_t at);

#endif
