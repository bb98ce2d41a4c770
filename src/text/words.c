// SPDX-License-Identifier: Apache-2.0
#include "text/words.h"

#include <endian.h>
#include <string.h>

#define BLOCK_BYTES 16

enum class {
    BETWEEN,
    WORD,
    WIDE,
    SIGN,
};

#define B BETWEEN
#define W WORD
#define S SIGN
// By byte; what is beyond ASCII is WIDE.
static const unsigned char ascii_class[128] = {
    B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B, B,
    B, S, B, S, S, S, B, B, B, B, B, B, B, B, S, B, W, W, W, W, W, W, W, W, W, W, B, S, B, S, B, S,
    S, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, S, S, S, S, W,
    S, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W, S, S, S, B, B,
};
#undef B
#undef W
#undef S

struct view {
    unsigned char *out;
    uint32_t *map;
    size_t len;
    enum class last; // BETWEEN: a space stands at the end
};

static enum class class_of(unsigned char byte) {
    return byte < 0x80 ? (enum class)ascii_class[byte] : WIDE;
}

static void put(struct view *view, unsigned char byte, size_t origin) {
    if (view->map != NULL) {
        view->map[view->len] = (uint32_t)origin;
    }
    view->out[view->len++] = byte;
}

static void put_byte(struct view *view, unsigned char byte, size_t origin) {
    enum class class = class_of(byte);
    if (class != view->last && view->last != BETWEEN) {
        put(view, ' ', origin);
    }
    if (class != BETWEEN) {
        put(view, byte, origin);
    }
    view->last = class;
}

// How many bytes of a block, from its first, are words of letters and digits and the spaces
// between.
static size_t count_plain(const unsigned char *bytes) {
    typedef unsigned char block __attribute__((vector_size(BLOCK_BYTES)));
    union {
        block bytes;
        uint64_t words[2];
    } text, plain;
    memcpy(&text, bytes, sizeof text);
    plain.bytes = (text.bytes - 'a' < 26) | (text.bytes - '0' < 10) | (text.bytes == ' ');
    uint64_t low = ~le64toh(plain.words[0]), high = ~le64toh(plain.words[1]);
    if (low != 0) {
        return (size_t)__builtin_ctzll(low) / 8;
    }
    return high != 0 ? 8 + (size_t)__builtin_ctzll(high) / 8 : BLOCK_BYTES;
}

// Most of a text is words with one space between, which is how they leave: such stretches are
// copied a block at a time. Returns how many bytes were; none where the first would make a second
// space.
static size_t copy_plain(struct view *view, const unsigned char *bytes, size_t len, size_t origin) {
    unsigned char padded[BLOCK_BYTES] = {0};
    const unsigned char *block = bytes;
    if (len < BLOCK_BYTES) {
        memcpy(padded, bytes, len);
        block = padded;
    }
    size_t plain = count_plain(block);
    if (plain == 0 || (view->last == BETWEEN && block[0] == ' ')) {
        return 0;
    }
    if (view->last > WORD && block[0] != ' ') {
        put(view, ' ', origin);
    }
    memcpy(view->out + view->len, block, len < BLOCK_BYTES ? plain : BLOCK_BYTES);
    for (size_t i = 0; view->map != NULL && i < plain; i++) {
        view->map[view->len + i] = (uint32_t)(origin + i);
    }
    view->len += plain;
    view->last = block[plain - 1] == ' ' ? BETWEEN : WORD;
    return plain;
}

size_t sl_words(const unsigned char *folded, size_t len, unsigned char *out, uint32_t *map) {
    struct view view = {.out = out, .map = map, .last = BETWEEN};
    put(&view, ' ', 0);
    for (size_t at = 0; at < len;) {
        size_t plain = copy_plain(&view, folded + at, len - at, at);
        at += plain;
        if (plain == 0) {
            put_byte(&view, folded[at], at);
            at++;
        }
    }
    if (view.last != BETWEEN) {
        put(&view, ' ', len);
    }
    return view.len;
}

bool sl_words_asks(const unsigned char *view, size_t at, size_t most) {
    size_t end = at;
    while (end - at <= most && view[end] != '.' && view[end] != '?' && view[end] != '!' &&
           view[end] != ';' && view[end] != '\n') {
        end++;
    }
    // The sign is a token's first byte, and further ones may stand before the mark ("!?").
    if (end - at > most || (end > at && view[end - 1] != ' ')) {
        return false;
    }
    while (view[end] == '.' || view[end] == '!') {
        end++;
    }
    return view[end] == '?';
}
