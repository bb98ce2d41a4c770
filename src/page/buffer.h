// SPDX-License-Identifier: Apache-2.0
//
// page/buffer.h - text that grows as it is written, for the files of this folder.
//
// When memory runs out the buffer keeps what it has, takes no more, and `failed` stays set.
#ifndef SL_PAGE_BUFFER_H
#define SL_PAGE_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct buffer {
    char *text;
    size_t len, room;
    bool failed;
};

void sl_buffer_done(struct buffer *buffer);

// As it is.
void sl_buffer_put(struct buffer *buffer, const char *text);
void sl_buffer_print(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// As text between tags or inside quotes: whatever has a meaning in HTML is written as a reference,
// what XML cannot hold is replaced. Line ends stay.
void sl_buffer_escape(struct buffer *buffer, const char *text);
void sl_buffer_escape_print(struct buffer *buffer, const char *format, va_list arguments);

#endif
