// SPDX-License-Identifier: Apache-2.0
//
// engine/key.h - the secret key of tokens, from its file.
//
// The file holds 32 bytes, or 64 hexadecimal digits and at most a line end. It must be an ordinary
// file that nobody but its owner may write and only owner and group may read (0600, 0640, 0400,
// 0440): whoever has the key can undo every token of a phone number by trying them all.
#ifndef SL_ENGINE_KEY_H
#define SL_ENGINE_KEY_H

#include "base/crypto.h"
#include "base/error.h"

// The error says what is wrong and how to make a key, and never what is in the file.
int sl_key_load(const char *path, struct sl_error *error, uint8_t ret_key[SL_KEYED_KEY_BYTES]);

#endif
