// SPDX-License-Identifier: Apache-2.0
#include "pack/regex.h"

#include <string.h>

void sl_regex_start(struct sl_regex *regex) {
    regex->len = 0;
    regex->full = false;
}

static void add_bytes(struct sl_regex *regex, const char *bytes, size_t len) {
    if (len > sizeof regex->bytes - regex->len) {
        regex->full = true;
        return;
    }
    memcpy(regex->bytes + regex->len, bytes, len);
    regex->len += len;
}

void sl_regex_add(struct sl_regex *regex, const char *text) {
    add_bytes(regex, text, strlen(text));
}

static bool is_plain(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == ' ' ||
           byte == '_' || byte >= 0x80;
}

void sl_regex_add_literal(struct sl_regex *regex, unsigned char byte) {
    char escaped[] = {'\\', (char)byte};
    add_bytes(regex, is_plain(byte) ? escaped + 1 : escaped, is_plain(byte) ? 1 : 2);
}

const char *sl_regex_keep(const struct sl_regex *regex, struct sl_arena *arena) {
    char *kept = regex->full ? NULL : sl_arena_take(arena, regex->len + 1, 1);
    if (kept != NULL) {
        memcpy(kept, regex->bytes, regex->len);
        kept[regex->len] = '\0';
    }
    return kept;
}
