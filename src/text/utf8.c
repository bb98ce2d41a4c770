// SPDX-License-Identifier: Apache-2.0
#include "text/utf8.h"

#include <string.h>

struct lead {
    uint8_t followers; // 0: cannot begin a sequence
    uint8_t low, high; // what the first follower may be; the others may be 0x80..0xBF
};

// Unicode 15, table 3-7. The narrowed first followers keep out overlong forms, surrogates and
// what lies beyond U+10FFFF, and make the maximal subpart fall out of plain left-to-right reading.
static struct lead lead_of(unsigned char byte) {
    if (byte < 0xC2 || byte > 0xF4) {
        return (struct lead){0};
    }
    if (byte < 0xE0) {
        return (struct lead){1, 0x80, 0xBF};
    }
    if (byte < 0xF0) {
        return (struct lead){2, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF};
    }
    return (struct lead){3, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF};
}

size_t sl_utf8_decode(const unsigned char *text, size_t len, uint32_t *ret_code_point,
                      bool *ret_valid) {
    *ret_valid = true;
    if (text[0] < 0x80) {
        *ret_code_point = text[0];
        return 1;
    }
    struct lead lead = lead_of(text[0]);
    uint32_t code_point = text[0] & (0x3Fu >> lead.followers);
    size_t at = 1;
    while (at <= lead.followers && at < len && text[at] >= lead.low && text[at] <= lead.high) {
        code_point = code_point << 6 | (text[at] & 0x3Fu);
        lead.low = 0x80;
        lead.high = 0xBF;
        at++;
    }
    if (lead.followers == 0 || at <= lead.followers) {
        *ret_valid = false;
        code_point = SL_UTF8_REPLACEMENT;
    }
    *ret_code_point = code_point;
    return at;
}

size_t sl_utf8_encode(uint32_t code_point, unsigned char *ret_bytes) {
    if (code_point < 0x80) {
        ret_bytes[0] = (unsigned char)code_point;
        return 1;
    }
    size_t followers = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
    for (size_t at = followers; at > 0; at--) {
        ret_bytes[at] = (unsigned char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    ret_bytes[0] = (unsigned char)(0xFF00u >> (followers + 1) | code_point);
    return followers + 1;
}

// Most text is ASCII: eight bytes at a time while that lasts.
static size_t ascii_prefix(const unsigned char *text, size_t len) {
    size_t at = 0;
    while (len - at >= sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, text + at, sizeof word);
        if ((word & UINT64_C(0x8080808080808080)) != 0) {
            break;
        }
        at += sizeof word;
    }
    while (at < len && text[at] < 0x80) {
        at++;
    }
    return at;
}

// Length of the well-formed beginning of a text.
static size_t valid_prefix(const unsigned char *text, size_t len) {
    size_t at = 0;
    while ((at += ascii_prefix(text + at, len - at)) < len) {
        uint32_t code_point;
        bool valid;
        size_t bytes = sl_utf8_decode(text + at, len - at, &code_point, &valid);
        if (!valid) {
            break;
        }
        at += bytes;
    }
    return at;
}

bool sl_utf8_valid(const char *text, size_t len) {
    return valid_prefix((const unsigned char *)text, len) == len;
}

size_t sl_utf8_repair(const char *text, size_t len, char *out) {
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;
    size_t wrote = 0;
    while (at < len) {
        size_t valid_len = valid_prefix(bytes + at, len - at);
        memcpy(out + wrote, bytes + at, valid_len);
        at += valid_len;
        wrote += valid_len;
        if (at < len) {
            uint32_t code_point;
            bool valid;
            at += sl_utf8_decode(bytes + at, len - at, &code_point, &valid);
            wrote += sl_utf8_encode(code_point, (unsigned char *)out + wrote);
        }
    }
    return wrote;
}
