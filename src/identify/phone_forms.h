// SPDX-License-Identifier: Apache-2.0
//
// identify/phone_forms.h - the forms a telephone number is written in: +39 and 0039 and the codes
// of other countries, Italian mobiles and landlines, 415-555-0132, and whatever is of a right
// length.
//
// Only the digits and their grouping are looked at, and a + before them; what stands round them is
// for the kind to weigh (kind_phone.c).
#ifndef SL_IDENTIFY_PHONE_FORMS_H
#define SL_IDENTIFY_PHONE_FORMS_H

#include "identify/kind.h"

// Groups [first, last) of a run, read as one form.
struct sl_phone_form {
    uint32_t first, last;
    int score; // what the digits alone say; 0: no number
    uint32_t reasons;
    bool plain;     // digits that could be an amount, a date or a time as well
    bool service;   // nobody's
    bool needs_cue; // a strong one, and none against
    bool announced; // a cue stands right before it
};

// The form that the groups from `first` on fit best. False: none.
bool sl_phone_form_find(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                        struct sl_phone_form *ret_form);

// The whole run as an Italian number, however it is grouped: only right behind a cue.
bool sl_phone_form_whole(const struct sl_look *look, const struct sl_digit_run *run,
                         struct sl_phone_form *ret_form);

// The place of the + before a group, brackets and spaces allowed between; SL_NOWHERE for none.
uint32_t sl_phone_plus(const struct sl_look *look, uint32_t at);

#endif
