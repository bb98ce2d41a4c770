// SPDX-License-Identifier: Apache-2.0
//
// model/veil.h - hides from a model what it must not learn: who is spoken to, and whatever names a
// person.
//
// A copy of a folded text in which a placeholder (features.h) with a space on both sides stands for
//   - each range that the caller names: identifiers;
//   - each address with a scheme (https://…, up to white space or a quote);
//   - each mention: '@' and the name behind it.
// Numbers, names of pages without a scheme and refused names are hidden by the extractor, which
// sees words; here is what can be told only while the signs between words are there. A text without
// ranges, '@' and "://" needs no veil: the extractor may read its words view as it is.
//
// Threads: no state. Cost: about a nanosecond a byte.
#ifndef SL_MODEL_VEIL_H
#define SL_MODEL_VEIL_H

#include <stddef.h>
#include <stdint.h>

// What of a longer text is read: more than a model sees of it.
#define SL_VEIL_TEXT_BYTES 8192u

// No copy is longer.
#define SL_VEIL_BYTES (3 * SL_VEIL_TEXT_BYTES)

// Bytes [start, end) of a folded text.
struct sl_veil_range {
    uint32_t start, end;
};

// Writes the copy to `out`, which has room for SL_VEIL_BYTES; returns its length. Ranges may
// overlap and stand in any order; they are sorted where they are.
size_t sl_veil(const unsigned char *folded, size_t len, struct sl_veil_range *ranges,
               size_t ranges_count, unsigned char *out);

#endif
