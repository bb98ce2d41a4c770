// SPDX-License-Identifier: Apache-2.0
#include "text/fold_table.h"

#include <string.h>

#include <utf8proc.h>

#include "base/assert.h"
#include "text/fold.h"
#include "text/utf8.h"

struct sl_fold_table sl_fold_table;

// Where Unicode's own foldings do not say what people mean. Our lists come first.

struct numbers {
    uint32_t first, last;
    unsigned value; // of the first; the others count up
};

static const struct numbers numbers[] = {
    {0x2474, 0x2487, 1},    // ⑴ to ⒇, which NFKD leaves in parentheses
    {0x24EB, 0x24F4, 11},   // ⓫ to ⓴
    {0x24F5, 0x24FE, 1},    // ⓵ to ⓾
    {0x24FF, 0x24FF, 0},    // ⓿
    {0x2776, 0x277F, 1},    // ❶ to ❿
    {0x2780, 0x2789, 1},    // ➀ to ➉
    {0x278A, 0x2793, 1},    // ➊ to ➓
    {0x1F10B, 0x1F10B, 0},  // 🄋
    {0x1F10C, 0x1F10C, 0},  // 🄌
    {0x1F51F, 0x1F51F, 10}, // 🔟
};

// Runs of 26 letters: ⒜, 🄐 (in parentheses by NFKD), 🅐, 🅰.
static const uint32_t alphabets[] = {0x249C, 0x1F110, 0x1F150, 0x1F170};

struct likeness {
    uint32_t code_point;
    char ascii;
};

static const struct likeness likenesses[] = {
    {0x00B4, '\''}, {0x02B9, '\''}, {0x02BB, '\''}, {0x02BC, '\''}, {0x02BD, '\''}, {0x02C8, '\''},
    {0x02CA, '\''}, {0x02CB, '\''}, {0x055A, '\''}, {0x05F3, '\''}, {0x2018, '\''}, {0x2019, '\''},
    {0x201A, '\''}, {0x201B, '\''}, {0x2032, '\''}, {0x2035, '\''}, {0x2039, '\''}, {0x203A, '\''},
    {0x275B, '\''}, {0x275C, '\''}, {0x275F, '\''}, {0x276E, '\''}, {0x276F, '\''}, {0x00AB, '"'},
    {0x00BB, '"'},  {0x02BA, '"'},  {0x02EE, '"'},  {0x05F4, '"'},  {0x201C, '"'},  {0x201D, '"'},
    {0x201E, '"'},  {0x201F, '"'},  {0x2033, '"'},  {0x2036, '"'},  {0x275D, '"'},  {0x275E, '"'},
    {0x2760, '"'},  {0x2E42, '"'},  {0x301D, '"'},  {0x301E, '"'},  {0x301F, '"'},  {0x1F676, '"'},
    {0x1F677, '"'}, {0x1F678, '"'}, {0x02D7, '-'},  {0x2043, '-'},  {0x2212, '-'},  {0x2796, '-'},
    {0x00B7, '.'},  {0x2022, '.'},  {0x2027, '.'},  {0x2219, '.'},  {0x22C5, '.'},  {0x2E31, '.'},
    {0x2E33, '.'},  {0x3002, '.'},  {0x30FB, '.'},  {0x2236, ':'},  {0xA789, ':'},  {0x2044, '/'},
    {0x2215, '/'},  {0x29F8, '/'},  {0x2795, '+'},  {0x2800, ' '}, // the blank Braille pattern
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct expansion {
    uint8_t bytes[SL_FOLDING_LEN];
    size_t len;
};

static void expand_byte(struct expansion *expansion, uint8_t byte) {
    SL_ASSERT(expansion->len < sizeof expansion->bytes);
    expansion->bytes[expansion->len++] = byte;
}

static void expand_bytes(struct expansion *expansion, const uint8_t *bytes, size_t len) {
    for (size_t at = 0; at < len; at++) {
        expand_byte(expansion, bytes[at]);
    }
}

static void expand_number(struct expansion *expansion, unsigned value) {
    if (value >= 10) {
        expand_byte(expansion, (uint8_t)('0' + value / 10));
    }
    expand_byte(expansion, (uint8_t)('0' + value % 10));
}

// Decimal digits stand in runs from zero to nine, by Unicode's stability policy, and some runs
// follow each other without a gap.
static unsigned digit_value(uint32_t code_point) {
    uint32_t first = code_point;
    while (utf8proc_category((utf8proc_int32_t)first - 1) == UTF8PROC_CATEGORY_ND) {
        first--;
    }
    return (code_point - first) % 10;
}

static bool is_self(const struct expansion *expansion, uint32_t code_point) {
    uint8_t self[4];
    size_t len = sl_utf8_encode(code_point, self);
    return expansion->len == len && memcmp(expansion->bytes, self, len) == 0;
}

static void expand(uint32_t code_point, struct expansion *expansion);

// utf8proc's answer still holds characters of our lists (⁄ in ½, say), so each part is folded
// again.
static void expand_decomposed(uint32_t code_point, struct expansion *expansion) {
    utf8proc_int32_t parts[SL_FOLDING_LEN];
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)code_point, parts, COUNT(parts),
                                UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                    UTF8PROC_IGNORE | UTF8PROC_STRIPMARK,
                                &boundary);
    SL_ASSERT(count >= 0 && count <= (utf8proc_ssize_t)COUNT(parts));
    for (utf8proc_ssize_t part = 0; part < count; part++) {
        if ((uint32_t)parts[part] == code_point) {
            uint8_t self[4];
            expand_bytes(expansion, self, sl_utf8_encode(code_point, self));
        } else {
            expand((uint32_t)parts[part], expansion);
        }
    }
}

static void expand(uint32_t code_point, struct expansion *expansion) {
    if (code_point < 0x80) {
        expand_byte(expansion, (uint8_t)code_point);
        return;
    }
    const struct sl_folding *known = sl_folding_of(code_point);
    if (known->tag != 0) {
        expand_bytes(expansion, sl_folding_bytes(known), known->tag & SL_FOLDING_LEN);
        return;
    }
    switch (utf8proc_category((utf8proc_int32_t)code_point)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
        return;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
        expand_byte(expansion, ' ');
        return;
    case UTF8PROC_CATEGORY_PD:
        expand_byte(expansion, '-');
        return;
    case UTF8PROC_CATEGORY_ND:
        expand_number(expansion, digit_value(code_point));
        return;
    default:
        expand_decomposed(code_point, expansion);
    }
}

static uint8_t tag_of(const struct expansion *expansion) {
    uint8_t tag = (uint8_t)(SL_FOLDING_CHANGES | expansion->len);
    for (size_t at = 0; at < expansion->len; at++) {
        uint8_t byte = expansion->bytes[at];
        if ((byte >= '0' && byte <= '9') || byte == '@' || byte == ':' || byte == '/') {
            tag |= SL_FOLDING_TELLS;
        }
    }
    return tag;
}

static bool store(uint32_t code_point, const struct expansion *expansion) {
    struct sl_fold_table *table = &sl_fold_table;
    uint16_t *page = &table->index[code_point >> SL_FOLD_PAGE_BITS];
    if (*page == 0) {
        if (table->pages_count == SL_FOLD_PAGES_MAX) {
            return false;
        }
        *page = (uint16_t)table->pages_count++;
    }
    struct sl_folding *folding = &table->pages[*page][code_point & (SL_FOLD_PAGE_SIZE - 1)];
    folding->tag = tag_of(expansion);
    if (expansion->len <= SL_FOLDING_INLINE) {
        memcpy(folding->bytes, expansion->bytes, expansion->len);
        return true;
    }
    if (SL_FOLD_POOL_BYTES - table->pool_used_bytes < expansion->len) {
        return false;
    }
    memcpy(table->pool + table->pool_used_bytes, expansion->bytes, expansion->len);
    folding->bytes[0] = (uint8_t)(table->pool_used_bytes & 0xFF);
    folding->bytes[1] = (uint8_t)(table->pool_used_bytes >> 8);
    table->pool_used_bytes += (uint32_t)expansion->len;
    return true;
}

static bool store_lists(void) {
    bool fits = true;
    for (size_t row = 0; row < COUNT(numbers); row++) {
        for (uint32_t step = 0; step <= numbers[row].last - numbers[row].first; step++) {
            struct expansion expansion = {.len = 0};
            expand_number(&expansion, numbers[row].value + step);
            fits = fits && store(numbers[row].first + step, &expansion);
        }
    }
    for (size_t row = 0; row < COUNT(alphabets); row++) {
        for (uint32_t letter = 0; letter < 26; letter++) {
            struct expansion expansion = {.bytes = {(uint8_t)('a' + letter)}, .len = 1};
            fits = fits && store(alphabets[row] + letter, &expansion);
        }
    }
    for (size_t row = 0; row < COUNT(likenesses); row++) {
        struct expansion expansion = {.bytes = {(uint8_t)likenesses[row].ascii}, .len = 1};
        fits = fits && store(likenesses[row].code_point, &expansion);
    }
    return fits;
}

// A quick no for most letters. Hangul syllables are among those: utf8proc takes them apart by rule,
// not by table.
static bool may_change(uint32_t code_point) {
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code_point);
    bool letter =
        property->category >= UTF8PROC_CATEGORY_LU && property->category <= UTF8PROC_CATEGORY_LO;
    return !letter || property->decomp_seqindex != UINT16_MAX ||
           property->casefold_seqindex != UINT16_MAX || property->ignorable;
}

static bool store_unicode(uint32_t first, uint32_t end) {
    for (uint32_t code_point = first; code_point < end; code_point++) {
        struct expansion expansion = {.len = 0};
        if (!may_change(code_point) || sl_folding_of(code_point)->tag != 0) {
            continue;
        }
        expand(code_point, &expansion);
        if (!is_self(&expansion, code_point) && !store(code_point, &expansion)) {
            return false;
        }
    }
    return true;
}

int sl_fold_init(struct sl_error *error) {
    if (sl_fold_table.ready) {
        return SL_OK;
    }
    sl_fold_table.pages_count = 1;
    sl_fold_table.pool_used_bytes = 0;
    // The planes of ideographs beyond the third have no foldings, and of the rest only the first
    // page of plane 14 has; leaving them out halves the time.
    if (!store_lists() || !store_unicode(0x80, 0xD800) || !store_unicode(0xE000, 0x30000) ||
        !store_unicode(0xE0000, 0xE1000)) {
        return sl_error_set(error,
                            "the tables for folding text are too small for Unicode %s of "
                            "utf8proc %s; build with the utf8proc this version was written for",
                            utf8proc_unicode_version(), utf8proc_version());
    }
    sl_fold_table.ready = true;
    return SL_OK;
}
