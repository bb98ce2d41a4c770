// SPDX-License-Identifier: Apache-2.0
//
// bench/identifiers.h - identifiers of nobody that pass every check: right shape, issuer, date and
// check digits, in the groupings that people use; and the harmless figures that look like them.
#ifndef SL_BENCH_IDENTIFIERS_H
#define SL_BENCH_IDENTIFIERS_H

#include "bench/pen.h"
#include "bench/random.h"

typedef void (*sl_identifier_fn)(struct sl_random *random, struct sl_pen *pen);

// By the name a slot has: phone email fiscal_code vat_number iban card, and price hours day year
// clock mention. NULL when there is none of that name.
sl_identifier_fn sl_identifier_by_name(const char *name, size_t len);

#endif
