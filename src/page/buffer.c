// SPDX-License-Identifier: Apache-2.0
#include "page/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"

void sl_buffer_done(struct buffer *buffer) {
    free(buffer->text);
    *buffer = (struct buffer){0};
}

static bool make_room(struct buffer *buffer, size_t more) {
    if (buffer->failed || buffer->room - buffer->len > more) {
        return !buffer->failed;
    }
    size_t room = buffer->room < 4096 ? 4096 : 2 * buffer->room;
    while (room - buffer->len <= more) {
        room *= 2;
    }
    char *text = realloc(buffer->text, room);
    if (text == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->text = text;
    buffer->room = room;
    return true;
}

static void put_bytes(struct buffer *buffer, const char *bytes, size_t len) {
    if (make_room(buffer, len)) {
        memcpy(buffer->text + buffer->len, bytes, len);
        buffer->len += len;
        buffer->text[buffer->len] = '\0';
    }
}

void sl_buffer_put(struct buffer *buffer, const char *text) {
    put_bytes(buffer, text, strlen(text));
}

void sl_buffer_print(struct buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    if (len >= 0 && make_room(buffer, (size_t)len)) {
        vsnprintf(buffer->text + buffer->len, (size_t)len + 1, format, again);
        buffer->len += (size_t)len;
    }
    va_end(again);
    va_end(arguments);
}

static const char *reference_of(uint32_t code_point) {
    switch (code_point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\n':
    case '\t':
        return NULL;
    case 0xFFFE: // no characters, says XML 1.0 (2.2)
    case 0xFFFF:
        return "\xEF\xBF\xBD";
    default:
        return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ? " " : NULL;
    }
}

void sl_buffer_escape(struct buffer *buffer, const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    for (size_t rest = strlen(text); rest > 0;) {
        uint32_t code_point;
        bool valid;
        size_t len = sl_utf8_decode(at, rest, &code_point, &valid);
        const char *reference = valid ? reference_of(code_point) : "\xEF\xBF\xBD";
        if (reference != NULL) {
            sl_buffer_put(buffer, reference);
        } else {
            put_bytes(buffer, (const char *)at, len);
        }
        at += len;
        rest -= len;
    }
}

void sl_buffer_escape_print(struct buffer *buffer, const char *format, va_list arguments) {
    struct buffer plain = {0};
    va_list again;
    va_copy(again, arguments);
    int len = vsnprintf(NULL, 0, format, arguments);
    if (len >= 0 && make_room(&plain, (size_t)len)) {
        vsnprintf(plain.text, (size_t)len + 1, format, again);
        sl_buffer_escape(buffer, plain.text);
    }
    va_end(again);
    buffer->failed |= plain.failed;
    sl_buffer_done(&plain);
}
