// SPDX-License-Identifier: Apache-2.0
//
// support/json_oracle.h - is it JSON? RFC 8259 once more, written to be read and not to be fast.
#ifndef SL_TESTS_SUPPORT_JSON_ORACLE_H
#define SL_TESTS_SUPPORT_JSON_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

enum sl_oracle_json {
    SL_ORACLE_JSON_BROKEN,
    SL_ORACLE_JSON_ESCAPES, // would be JSON but for an escape that is none
    SL_ORACLE_JSON_VALID,
};

// Of one object with white space round it. Bytes from 0x80 on may stand in strings, valid or not.
enum sl_oracle_json sl_oracle_json_object(const char *text, size_t len);

#endif
