// SPDX-License-Identifier: Apache-2.0
//
// engine/operators.h - what stands in place of an identifier, by kind.
//
//   label   [PHONE], in Italian [TELEFONO]
//   stars   one for each character of the original, or as many as the pack says
//   last4   the value's letters and digits as stars, but for the last four; all as stars where
//   there
//           are fewer than SL_LAST4_CHARACTERS_MIN
//   drop    nothing
//   token   [PHONE:k1:…]: the key's name, and 80 bits of a keyed hash of the value's one form
//           (identify/value.h) as letters. Each kind is a domain of its own: the same value has the
//           same token, and no token tells of another kind's. A value that has no one form (over
//           1,024 characters) gets its label
//   keep    what stood there. Such kinds make no spans (identify/finder.h)
//
// Where several kinds were found in one span, the operator is that of the kind that names it. But
// last4 shows something: it holds only where it is the operator of all of them; else the span gets
// its label.
//
// A token's letters are none that could be taken for a digit or make a word.
#ifndef SL_ENGINE_OPERATORS_H
#define SL_ENGINE_OPERATORS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/crypto.h"
#include "base/error.h"
#include "identify/finder.h"
#include "pack/pack.h"

#define SL_LAST4_CHARACTERS_MIN 8
#define SL_TOKEN_LETTERS        20

// No replacement but stars, one a character, is longer.
#define SL_REPLACEMENT_BYTES_MAX 72

struct sl_operators {
    enum sl_operator of[SL_KINDS_COUNT];
    uint32_t stars_count[SL_KINDS_COUNT]; // 0: one a character
    bool italian_labels;
    bool only_labels; // and keep: nothing that would have to be looked through again
    char key_id[SL_PACK_KEY_ID_MAX + 1];
    uint8_t key[SL_KEYED_KEY_BYTES];
};

// What a pack says; reads the key's file where a kind that is on needs it. Messages never hold any
// of the key.
int sl_operators_init(struct sl_operators *operators, const struct sl_pack *pack,
                      struct sl_error *error);

// Forgets the key.
void sl_operators_done(struct sl_operators *operators);

// The same labels and nothing else.
void sl_operators_only_labels(const struct sl_operators *operators,
                              struct sl_operators *ret_operators);

// What one span is replaced by.
struct sl_replaced {
    enum sl_kind kind;
    uint32_t kinds; // bits: all that were found there
    uint32_t characters_min;
    uint32_t code_points; // of the original
    const unsigned char *value;
    uint32_t value_len;
};

// Writes the replacement to `at`, which has room for SL_REPLACEMENT_BYTES_MAX and for
// `code_points`; returns the byte behind it.
char *sl_operators_put(const struct sl_operators *operators, const struct sl_replaced *replaced,
                       char *at);

// Writes "[PHONE]" or "[TELEFONO]" to `at`, which has room for SL_LABEL_BYTES_MAX; returns the byte
// behind it.
#define SL_LABEL_BYTES_MAX 24
char *sl_label_put(enum sl_kind kind, bool italian, char *at);

#endif
