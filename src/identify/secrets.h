// SPDX-License-Identifier: Apache-2.0
//
// identify/secrets.h - keys and tokens of programs that show by their form what they are: fixed
// beginnings ("ghp_", "AKIA"), JSON web tokens, and keys between BEGIN and END.
#ifndef SL_IDENTIFY_SECRETS_H
#define SL_IDENTIFY_SECRETS_H

#include "identify/kind.h"

// The secret that `token` is, or is a piece of. Of a secret with several long pieces only the first
// piece tells.
bool sl_secret_at_token(const struct sl_look *look, const struct sl_token *token,
                        uint32_t *ret_start, uint32_t *ret_end);

// The key that "-----BEGIN … KEY-----" introduces, header and footer included; `cue` is "begin …
// key".
bool sl_secret_block(const struct sl_look *look, const struct sl_cue *cue, uint32_t *ret_start,
                     uint32_t *ret_end);

// True when the letters and digits of [start, end) stand together as by chance: digits and letters
// change places again and again, and one piece is long. Words joined by hyphens do not.
bool sl_looks_random(const struct sl_look *look, uint32_t start, uint32_t end);

#endif
