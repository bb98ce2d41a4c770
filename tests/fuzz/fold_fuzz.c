// SPDX-License-Identifier: Apache-2.0
//
// Goal: no bytes whatever make folding or repair break a promise of text/fold.h or text/utf8.h.
// Method: libFuzzer over raw bytes; everything is compared with tests/support/text_oracle.c.
#include <stdio.h>
#include <stdlib.h>

#include "support/text_oracle.h"
#include "text/fold.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void stop_when(const char *wrong) {
    if (wrong != NULL) {
        fprintf(stderr, "not %s\n", wrong);
        abort();
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    struct sl_error error = {0};
    stop_when(sl_fold_init(&error) == SL_OK ? NULL : error.text);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size <= SL_ORACLE_TEXT_MAX) {
        stop_when(sl_oracle_check_fold(data, size));
        stop_when(sl_oracle_check_utf8(data, size));
    }
    return 0;
}
