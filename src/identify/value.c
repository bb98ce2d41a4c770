// SPDX-License-Identifier: Apache-2.0
#include "identify/value.h"

#include <arpa/inet.h>
#include <string.h>

#include "identify/checks.h"
#include "identify/kind.h"

#define IP_BYTES_MAX 64

struct writer {
    unsigned char *out;
    size_t len;
    bool full;
};

static void put(struct writer *writer, unsigned char byte) {
    if (writer->len == SL_VALUE_BYTES_MAX) {
        writer->full = true;
    } else {
        writer->out[writer->len++] = byte;
    }
}

static unsigned char upper(unsigned char c) {
    return sl_is_letter(c) ? (unsigned char)(c - 32) : c;
}

static void put_codes(struct writer *writer, const unsigned char *value, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (sl_is_alnum(value[i]) || value[i] >= 0x80) {
            put(writer, upper(value[i]));
        }
    }
}

static void put_digits(struct writer *writer, const unsigned char *value, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (sl_is_digit(value[i])) {
            put(writer, value[i]);
        }
    }
}

static void put_words(struct writer *writer, const unsigned char *value, size_t len) {
    bool parted = false;
    for (size_t i = 0; i < len; i++) {
        bool blank = value[i] == ' ' || value[i] == ',';
        if (!blank) {
            if (parted && writer->len > 0) {
                put(writer, ' ');
            }
            put(writer, value[i]);
        }
        parted = blank;
    }
}

// Telephones.

static bool begins_with(const unsigned char *digits, size_t len, const char *prefix) {
    return len >= strlen(prefix) && memcmp(digits, prefix, strlen(prefix)) == 0;
}

// 39 347 1234567 and 39 06 12345678, but not 390 1234567, which is a mobile number of its own.
static bool has_bare_39(const unsigned char *digits, size_t len) {
    return begins_with(digits, len, "39") && ((len == 2 + SL_ITALIAN_MOBILE && digits[2] == '3') ||
                                              (len > SL_ITALIAN_MOBILE && digits[2] == '0'));
}

static void put_phone(struct writer *writer, const unsigned char *value, size_t len) {
    unsigned char digits[SL_VALUE_BYTES_MAX];
    struct writer all = {.out = digits};
    put_digits(&all, value, len);
    const unsigned char *plus = memchr(value, '+', len);
    size_t first = 0;
    while (first < len && !sl_is_digit(value[first])) {
        first++;
    }
    bool zeros = begins_with(digits, all.len, "00");
    bool abroad = (plus != NULL && plus < value + first) || zeros;
    const unsigned char *from = digits + (zeros ? 2 : 0);
    size_t left = all.len - (zeros ? 2 : 0);
    writer->full = all.full;
    if (all.len == 0) {
        return;
    }
    put(writer, '+');
    if (!abroad && !has_bare_39(from, left)) {
        put_digits(writer, (const unsigned char *)"39", 2);
    }
    // "+39 (0)347 …": a mobile number has no zero.
    if (begins_with(from, left, "3903") && left == 3 + SL_ITALIAN_MOBILE) {
        put_digits(writer, from, 2);
        from += 3;
        left -= 3;
    }
    put_digits(writer, from, left);
}

// E-mail.

static const char at_words[] = "at|chiocciola|chiocciolina|kiocciola";
static const char dot_words[] = "dot|punto";

static bool is_one_of(const char *words, const unsigned char *word, size_t len) {
    while (*words != '\0') {
        size_t next = strcspn(words, "|");
        if (next == len && memcmp(words, word, len) == 0) {
            return true;
        }
        words += next + (words[next] == '|');
    }
    return false;
}

static bool parts_email(unsigned char c) {
    return c == ' ' || (c != 0 && strchr("()[]{}<>,", c) != NULL);
}

// A word is taken for a sign where spaces or brackets stand on both its sides.
static void put_email(struct writer *writer, const unsigned char *value, size_t len) {
    for (size_t at = 0; at < len;) {
        size_t end = at;
        while (end < len && !parts_email(value[end])) {
            end++;
        }
        if (at > 0 && end < len && is_one_of(at_words, value + at, end - at)) {
            put(writer, '@');
        } else if (at > 0 && end < len && is_one_of(dot_words, value + at, end - at)) {
            put(writer, '.');
        } else {
            for (; at < end; at++) {
                put(writer, value[at]);
            }
        }
        at = end + 1;
    }
}

static void put_ip(struct writer *writer, const unsigned char *value, size_t len) {
    char text[IP_BYTES_MAX], plain[INET6_ADDRSTRLEN];
    unsigned char address[sizeof(struct in6_addr)];
    if (len < sizeof text) {
        memcpy(text, value, len);
        text[len] = '\0';
        int family = memchr(text, ':', len) != NULL ? AF_INET6 : AF_INET;
        if (inet_pton(family, text, address) == 1 &&
            inet_ntop(family, address, plain, sizeof plain) != NULL) {
            value = (const unsigned char *)plain;
            len = strlen(plain);
        }
    }
    put_words(writer, value, len);
}

size_t sl_value_canonical(enum sl_kind kind, const unsigned char *value, size_t len,
                          unsigned char out[SL_VALUE_BYTES_MAX]) {
    struct writer writer = {.out = out};
    switch (kind) {
    case SL_KIND_PHONE:
        put_phone(&writer, value, len);
        break;
    case SL_KIND_EMAIL:
        put_email(&writer, value, len);
        break;
    case SL_KIND_VAT_NUMBER:
        put_digits(&writer, value, len);
        break;
    case SL_KIND_IP:
        put_ip(&writer, value, len);
        break;
    case SL_KIND_ADDRESS:
    case SL_KIND_BIRTH_DATE:
    case SL_KIND_PASSWORD:
    case SL_KIND_URL_TOKEN:
        put_words(&writer, value, len);
        break;
    default:
        put_codes(&writer, value, len);
    }
    return writer.full ? 0 : writer.len;
}

size_t sl_value_characters(const unsigned char *value, size_t len, size_t most, char *ret_last) {
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        count += sl_is_alnum(value[i]);
    }
    size_t passed = 0;
    for (size_t i = 0; i < len && ret_last != NULL; i++) {
        if (sl_is_alnum(value[i]) && ++passed + most > count) {
            *ret_last++ = (char)upper(value[i]);
        }
    }
    return count;
}
