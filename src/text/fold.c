// SPDX-License-Identifier: Apache-2.0
#include "text/fold.h"

#include <endian.h>
#include <string.h>

#include "base/assert.h"
#include "text/fold_table.h"
#include "text/utf8.h"

// ASCII is folded in blocks, in the vector notation that gcc and clang turn into the instructions
// of any machine: loops left to their vectorisers came out five times slower with one of the two.
#define BLOCK_BYTES 16

// Blocks whose digits can be counted in bytes.
#define LOOK_BLOCKS_MAX 255

union block {
    unsigned char bytes __attribute__((vector_size(BLOCK_BYTES)));
    uint64_t words[2];
};

struct writer {
    unsigned char *bytes;
    uint32_t *map;
    size_t room; // folded bytes that both bytes and map can take
    size_t len;
};

struct looks {
    size_t digits_count;
    bool has_at;
    bool has_colon;
};

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

static bool is_space(unsigned char byte) {
    return byte <= ' ' || byte == 0x7F;
}

static unsigned char fold_byte(unsigned char byte) {
    if (is_space(byte)) {
        return ' ';
    }
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

// Folds a block; returns how many bytes come before the first that does not fold to one byte: one
// beyond ASCII, or white space behind white space. What is written from there on means nothing.
static size_t fold_block(const unsigned char *text, unsigned char *bytes, bool after_space) {
    union block block;
    union block spaces;
    union block folded;
    memcpy(&block, text, sizeof block);
    spaces.bytes = (block.bytes <= ' ') | (block.bytes == 0x7F);
    folded.bytes = block.bytes + ((block.bytes - 'A' < 26) & 32);
    folded.bytes = (folded.bytes & ~spaces.bytes) | (spaces.bytes & ' ');
    memcpy(bytes, &folded, sizeof folded);

    const uint64_t tops = UINT64_C(0x8080808080808080);
    uint64_t low = le64toh(spaces.words[0]);
    uint64_t high = le64toh(spaces.words[1]);
    uint64_t low_stops = le64toh(block.words[0]) | (low & (low << 8 | (after_space ? 0x80 : 0)));
    uint64_t high_stops = le64toh(block.words[1]) | (high & (high << 8 | low >> 56));
    if ((low_stops & tops) != 0) {
        return (size_t)__builtin_ctzll(low_stops & tops) / 8;
    }
    if ((high_stops & tops) != 0) {
        return 8 + (size_t)__builtin_ctzll(high_stops & tops) / 8;
    }
    return BLOCK_BYTES;
}

// Folds text byte by byte for as long as that is possible; returns how far it came.
static size_t fold_plain(const unsigned char *text, size_t len, unsigned char *bytes,
                         bool after_space) {
    size_t at = 0;
    while (len - at >= BLOCK_BYTES) {
        size_t plain = fold_block(text + at, bytes + at, after_space);
        at += plain;
        if (plain < BLOCK_BYTES) {
            return at;
        }
        after_space = bytes[at - 1] == ' ';
    }
    if (at > 0 && at < len) {
        // A last block that overlaps the one before costs less than the odd bytes one by one. Its
        // first byte is known to fold.
        at = len - BLOCK_BYTES;
        return at + fold_block(text + at, bytes + at, false);
    }
    while (at < len && text[at] < 0x80 && !(after_space && is_space(text[at]))) {
        bytes[at] = fold_byte(text[at]);
        after_space = bytes[at] == ' ';
        at++;
    }
    return at;
}

static void map_plain(struct writer *writer, size_t origin, size_t len) {
    uint32_t *map = writer->map + writer->len;
    for (size_t at = 0; at < len; at++) {
        map[at] = (uint32_t)(origin + at);
    }
    writer->len += len;
}

static bool ends_in_space(const struct writer *writer) {
    return writer->len > 0 && writer->bytes[writer->len - 1] == ' ';
}

static bool write_folding(struct writer *writer, const unsigned char *bytes, size_t len,
                          size_t origin) {
    for (size_t at = 0; at < len; at++) {
        if (bytes[at] == ' ' && ends_in_space(writer)) {
            continue;
        }
        if (writer->len == writer->room) {
            return false;
        }
        writer->map[writer->len] = (uint32_t)origin;
        writer->bytes[writer->len++] = bytes[at];
    }
    return true;
}

// Folds the code point at `text`, which is not ASCII; returns its bytes, 0 when there is no room.
static size_t fold_wide(const unsigned char *text, size_t len, size_t origin, struct writer *writer,
                        bool *ret_repaired) {
    uint32_t code_point;
    bool valid;
    size_t bytes = sl_utf8_decode(text, len, &code_point, &valid);
    if (!valid) {
        unsigned char replacement[4];
        *ret_repaired = true;
        size_t written = sl_utf8_encode(code_point, replacement);
        return write_folding(writer, replacement, written, origin) ? bytes : 0;
    }
    const struct sl_folding *folding = sl_folding_of(code_point);
    bool fits = folding->tag == 0 ? write_folding(writer, text, bytes, origin)
                                  : write_folding(writer, sl_folding_bytes(folding),
                                                  folding->tag & SL_FOLDING_LEN, origin);
    return fits ? bytes : 0;
}

// Folds a stretch of ASCII; returns its bytes, 0 when there is no room.
static size_t fold_narrow(const unsigned char *text, size_t len, size_t origin,
                          struct writer *writer) {
    bool after_space = ends_in_space(writer);
    if (after_space && is_space(text[0])) {
        return 1;
    }
    size_t plain = fold_plain(text, smaller(len, writer->room - writer->len),
                              writer->bytes + writer->len, after_space);
    map_plain(writer, origin, plain);
    return plain;
}

static bool fold_mixed(const unsigned char *text, size_t len, size_t at, struct writer *writer,
                       bool *ret_repaired) {
    while (at < len) {
        size_t done = text[at] < 0x80 ? fold_narrow(text + at, len - at, at, writer)
                                      : fold_wide(text + at, len - at, at, writer, ret_repaired);
        if (done == 0) {
            return false;
        }
        at += done;
    }
    writer->map[writer->len] = (uint32_t)len;
    return true;
}

static bool any(union block block) {
    return (block.words[0] | block.words[1]) != 0;
}

static size_t sum_bytes(uint64_t word) {
    const uint64_t lows = UINT64_C(0x00FF00FF00FF00FF);
    return ((word & lows) + (word >> 8 & lows)) * UINT64_C(0x0001000100010001) >> 48;
}

// What the identifier stage asks, of a few blocks. A comparison that holds is -1 in its byte.
static void look_blocks(const unsigned char *bytes, size_t blocks_count, struct looks *looks) {
    union block digits = {.words = {0, 0}};
    union block ats = digits;
    union block colons = digits;
    for (size_t at = 0; at < blocks_count; at++) {
        union block block;
        memcpy(&block, bytes + at * BLOCK_BYTES, sizeof block);
        digits.bytes -= (block.bytes - '0' < 10);
        ats.bytes |= (block.bytes == '@');
        colons.bytes |= (block.bytes == ':');
    }
    looks->digits_count += sum_bytes(digits.words[0]) + sum_bytes(digits.words[1]);
    looks->has_at |= any(ats);
    looks->has_colon |= any(colons);
}

static bool has_scheme(const unsigned char *bytes, size_t len) {
    const unsigned char *end = bytes + len;
    const unsigned char *colon = bytes;
    while ((colon = memchr(colon, ':', (size_t)(end - colon))) != NULL) {
        if (end - colon >= 3 && colon[1] == '/' && colon[2] == '/') {
            return true;
        }
        colon++;
    }
    return false;
}

static void look(struct sl_folded *folded) {
    struct looks looks = {0};
    size_t at = 0;
    while (folded->len - at >= BLOCK_BYTES) {
        size_t blocks_count = smaller((folded->len - at) / BLOCK_BYTES, LOOK_BLOCKS_MAX);
        look_blocks(folded->bytes + at, blocks_count, &looks);
        at += blocks_count * BLOCK_BYTES;
    }
    unsigned char rest[BLOCK_BYTES] = {0};
    if (at < folded->len) {
        memcpy(rest, folded->bytes + at, folded->len - at);
        look_blocks(rest, 1, &looks);
    }
    folded->digits_count = (uint16_t)smaller(looks.digits_count, UINT16_MAX);
    folded->has_at = looks.has_at;
    folded->has_scheme = looks.has_colon && has_scheme(folded->bytes, folded->len);
}

size_t sl_fold(const char *text, size_t len, unsigned char *bytes, size_t bytes_room, uint32_t *map,
               size_t map_room, struct sl_folded *ret_folded) {
    SL_ASSERT(sl_fold_table.ready);
    if (len > SL_FOLD_TEXT_MAX) {
        return SL_FOLD_NO_ROOM;
    }
    const unsigned char *original = (const unsigned char *)text;
    bool repaired = false;
    size_t folded_len = fold_plain(original, smaller(len, bytes_room), bytes, false);
    bool identity = folded_len == len;
    if (!identity) {
        if (map_room <= folded_len) {
            return SL_FOLD_NO_ROOM;
        }
        struct writer writer = {
            .bytes = bytes, .map = map, .room = smaller(bytes_room, map_room - 1)};
        map_plain(&writer, 0, folded_len);
        if (!fold_mixed(original, len, folded_len, &writer, &repaired)) {
            return SL_FOLD_NO_ROOM;
        }
        folded_len = writer.len;
    }
    *ret_folded = (struct sl_folded){.bytes = bytes,
                                     .len = (uint32_t)folded_len,
                                     .map = identity ? NULL : map,
                                     .original_len = (uint32_t)len,
                                     .identity = identity,
                                     .repaired = repaired};
    look(ret_folded);
    return folded_len;
}

void sl_fold_original_range(const struct sl_folded *folded, uint32_t start, uint32_t end,
                            uint32_t *ret_start, uint32_t *ret_end) {
    SL_ASSERT(start < end && end <= folded->len);
    if (folded->identity) {
        *ret_start = start;
        *ret_end = end;
        return;
    }
    while (folded->map[end] == folded->map[end - 1]) {
        end++;
    }
    *ret_start = folded->map[start];
    *ret_end = folded->map[end];
}

// One step of matching "://" byte by byte: how much of it stands before here.
static unsigned step_scheme(unsigned matched, unsigned char byte) {
    if (byte == ':') {
        return 1;
    }
    return byte == '/' && matched > 0 ? matched + 1 : 0;
}

// Nothing in this block of raw text could be part of an identifier.
static bool tells_nothing(const unsigned char *bytes) {
    union block block;
    union block tells;
    memcpy(&block, bytes, sizeof block);
    tells.bytes = (block.bytes >= 0x80) | (block.bytes - '0' < 10) | (block.bytes == '@') |
                  (block.bytes == ':');
    return !any(tells);
}

// What has been seen of a raw text so far.
struct telling {
    unsigned digits_count;
    unsigned scheme; // how much of "://" stands before here
    bool told;
};

static void look_closely(const unsigned char *bytes, size_t len, size_t *at, size_t end,
                         struct telling *telling) {
    while (*at < end) {
        if (bytes[*at] < 0x80) {
            telling->told |= bytes[*at] == '@';
            telling->digits_count += (unsigned char)(bytes[*at] - '0') < 10;
            telling->scheme = step_scheme(telling->scheme, bytes[*at]);
            telling->told |= telling->scheme >= 3;
            ++*at;
            continue;
        }
        uint32_t code_point;
        bool valid;
        *at += sl_utf8_decode(bytes + *at, len - *at, &code_point, &valid);
        const struct sl_folding *folding = sl_folding_of(code_point);
        telling->told |= (folding->tag & SL_FOLDING_TELLS) != 0;
        if (folding->tag != SL_FOLDING_CHANGES) { // not dropped: it stands between
            telling->scheme = 0;
        }
    }
    telling->told |= telling->digits_count >= 3;
}

bool sl_text_may_identify(const char *text, size_t len) {
    SL_ASSERT(sl_fold_table.ready);
    const unsigned char *bytes = (const unsigned char *)text;
    struct telling telling = {0};
    for (size_t at = 0; at < len && !telling.told;) {
        size_t step = smaller(len - at, BLOCK_BYTES);
        if (telling.scheme == 0 && step == BLOCK_BYTES && tells_nothing(bytes + at)) {
            at += step;
        } else {
            look_closely(bytes, len, &at, at + step, &telling);
        }
    }
    return telling.told;
}
