// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static void append(struct sl_error *error, const char *format, va_list arguments) {
    size_t room = sizeof error->text - error->length;
    int wrote = vsnprintf(error->text + error->length, room, format, arguments);
    if (wrote > 0) {
        error->length += (size_t)wrote < room ? (size_t)wrote : room - 1;
    }
}

int sl_error_set(struct sl_error *error, const char *format, ...) {
    va_list arguments;
    error->length = 0;
    va_start(arguments, format);
    append(error, format, arguments);
    va_end(arguments);
    return SL_FAILED;
}

int sl_error_add(struct sl_error *error, const char *format, ...) {
    va_list arguments;
    if (error->length > 0 && error->length < sizeof error->text - 1) {
        error->text[error->length++] = '\n';
        error->text[error->length] = '\0';
    }
    va_start(arguments, format);
    append(error, format, arguments);
    va_end(arguments);
    return SL_FAILED;
}
