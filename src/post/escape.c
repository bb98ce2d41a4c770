// SPDX-License-Identifier: Apache-2.0
#include "post/escape.h"

#include "text/utf8.h"

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// "\uXXXX" at `at`: its unit, or -1.
static int32_t read_unit(const char *at, const char *end) {
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u') {
        return -1;
    }
    int32_t unit = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0) {
            return -1;
        }
        unit = unit << 4 | digit;
    }
    return unit;
}

static size_t read_unicode(const char *at, const char *end, uint32_t *ret_code_point,
                           bool *ret_lone) {
    int32_t unit = read_unit(at, end);
    if (unit < 0) {
        return 0;
    }
    if (unit < 0xD800 || unit > 0xDFFF) {
        *ret_code_point = (uint32_t)unit;
        return 6;
    }
    int32_t low = unit < 0xDC00 ? read_unit(at + 6, end) : -1;
    if (low >= 0xDC00 && low <= 0xDFFF) {
        *ret_code_point = 0x10000u + ((uint32_t)(unit - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
        return 12;
    }
    *ret_code_point = SL_UTF8_REPLACEMENT;
    *ret_lone = true;
    return 6;
}

size_t sl_post_escape_read(const char *at, const char *end, uint32_t *ret_code_point,
                           bool *ret_lone) {
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (end - at < 2) {
        return 0;
    }
    if (at[1] == 'u') {
        return read_unicode(at, end, ret_code_point, ret_lone);
    }
    const char *letter = memchr(letters, at[1], sizeof letters - 1);
    if (letter == NULL) {
        return 0;
    }
    *ret_code_point = (unsigned char)meanings[letter - letters];
    return 2;
}

bool sl_post_unescape(struct sl_str raw, char *out, size_t *ret_len, bool *ret_lone) {
    const char *at = raw.data, *end = raw.data + raw.len;
    char *start = out;
    while (at < end) {
        const char *backslash = memchr(at, '\\', (size_t)(end - at));
        size_t plain = (size_t)((backslash != NULL ? backslash : end) - at);
        memcpy(out, at, plain);
        out += plain;
        at += plain;
        if (backslash != NULL) {
            uint32_t code_point;
            size_t len = sl_post_escape_read(at, end, &code_point, ret_lone);
            if (len == 0) {
                return false;
            }
            out += sl_utf8_encode(code_point, (unsigned char *)out);
            at += len;
        }
    }
    *ret_len = (size_t)(out - start);
    return true;
}
