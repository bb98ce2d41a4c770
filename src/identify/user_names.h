// SPDX-License-Identifier: Apache-2.0
//
// identify/user_names.h - user names and handles behind their cue: "nome utente è m.rossi", "ig:
// mario.rossi_85". A part of kind_customer_code.c.
//
// No shape tells a user name from a word, so it takes the cue and a sign of its own: a digit, a dot
// or an underscore inside, capitals inside, a beginning no word has ("mrossi"), or ':' and "è" in
// front with nothing behind.
#ifndef SL_IDENTIFY_USER_NAMES_H
#define SL_IDENTIFY_USER_NAMES_H

#include "identify/kind.h"

// Hands in the name behind a cue of SL_SENSE_USER, if one stands there.
void sl_user_name_look(struct sl_look *look, const struct sl_cue *cue);

#endif
