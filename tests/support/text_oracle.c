// SPDX-License-Identifier: Apache-2.0
#include "support/text_oracle.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "text/fold.h"
#include "text/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

const uint32_t sl_oracle_digit_zeroes[SL_ORACLE_DIGIT_ZEROES] = {
    0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,  0x0C66,
    0x0CE6,  0x0D66,  0x0DE6,  0x0E50,  0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810,
    0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,
    0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950,
    0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2,
    0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E950, 0x1FBF0,
};

// Characters that we fold in our own way, and to what: the n-th to the n-th.
static const struct {
    const char *from;
    const char *to; // separated by spaces; the last goes on for all that follow
} ours[] = {
    {"⓿🄋🄌", "0"},
    {"❶❷❸❹❺❻❼❽❾❿", "1 2 3 4 5 6 7 8 9 10"},
    {"➀➁➂➃➄➅➆➇➈➉", "1 2 3 4 5 6 7 8 9 10"},
    {"➊➋➌➍➎➏➐➑➒➓", "1 2 3 4 5 6 7 8 9 10"},
    {"⓵⓶⓷⓸⓹⓺⓻⓼⓽⓾", "1 2 3 4 5 6 7 8 9 10"},
    {"⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴", "11 12 13 14 15 16 17 18 19 20"},
    {"⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", "1 2 3 4 5 6 7 8 9 10"},
    {"⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", "11 12 13 14 15 16 17 18 19 20"},
    {"🔟", "10"},
    {"⒜⒝⒞⒟⒠⒡⒢⒣⒤⒥⒦⒧⒨⒩⒪⒫⒬⒭⒮⒯⒰⒱⒲⒳⒴⒵", "a b c d e f g h i j k l m n o p q r s t u v w x y z"},
    {"🄐🄑🄒🄓🄔🄕🄖🄗🄘🄙🄚🄛🄜🄝🄞🄟🄠🄡🄢🄣🄤🄥🄦🄧🄨🄩", "a b c d e f g h i j k l m n o p q r s t u v w x y z"},
    {"🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩", "a b c d e f g h i j k l m n o p q r s t u v w x y z"},
    {"🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉", "a b c d e f g h i j k l m n o p q r s t u v w x y z"},
    {"‘’‚‛‹›′‵´ʹʻʼʽˈˊˋ՚׳❛❜❟❮❯", "'"},
    {"“”„‟«»″‶ʺˮ״❝❞❠⹂〝〞〟🙶🙷🙸", "\""},
    {"˗⁃−➖", "-"},
    {"·•‧∙⋅⸱⸳。・", "."},
    {"∶꞉", ":"},
    {"⁄∕⧸", "/"},
    {"➕", "+"},
};

static size_t put(unsigned char *out, const char *bytes, size_t len) {
    memcpy(out, bytes, len);
    return len;
}

static size_t put_code_point(unsigned char *out, uint32_t code_point) {
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code_point, out);
}

// The word of a row's `to` that belongs to its n-th character.
static const char *word_at(const char *words, size_t n) {
    while (n-- > 0 && strchr(words, ' ') != NULL) {
        words = strchr(words, ' ') + 1;
    }
    return words;
}

static const char *find_ours(uint32_t code_point) {
    unsigned char self[5] = {0};
    put_code_point(self, code_point);
    for (size_t row = 0; row < COUNT(ours); row++) {
        const char *from = ours[row].from;
        const char *found = strstr(from, (const char *)self);
        if (found != NULL) {
            size_t n = 0;
            for (const char *byte = from; byte < found; byte++) {
                n += (*byte & 0xC0) != 0x80;
            }
            return word_at(ours[row].to, n);
        }
    }
    return NULL;
}

static int find_digit(uint32_t code_point) {
    for (size_t row = 0; row < SL_ORACLE_DIGIT_ZEROES; row++) {
        if (code_point - sl_oracle_digit_zeroes[row] < 10) {
            return (int)(code_point - sl_oracle_digit_zeroes[row]);
        }
    }
    return -1;
}

static size_t fold_parts(uint32_t code_point, unsigned char *out) {
    unsigned char self[4];
    utf8proc_int32_t parts[SL_ORACLE_FOLDING_MAX];
    utf8proc_ssize_t count = utf8proc_decompose(
        self, (utf8proc_ssize_t)put_code_point(self, code_point), parts, COUNT(parts),
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
            UTF8PROC_STRIPMARK);
    size_t len = 0;
    for (utf8proc_ssize_t part = 0; part < count; part++) {
        len += (uint32_t)parts[part] == code_point
                   ? put_code_point(out + len, code_point)
                   : sl_oracle_fold_code_point((uint32_t)parts[part], out + len);
    }
    return len;
}

size_t sl_oracle_fold_code_point(uint32_t code_point, unsigned char *ret_bytes) {
    const char *own = code_point < 0x80 ? NULL : find_ours(code_point);
    const char *category = utf8proc_category_string((utf8proc_int32_t)code_point);
    if (code_point >= 0x20 && code_point < 0x7F) {
        bool upper = code_point >= 'A' && code_point <= 'Z';
        return put_code_point(ret_bytes, upper ? code_point + 32 : code_point);
    }
    if (own != NULL) {
        return put(ret_bytes, own, strcspn(own, " "));
    }
    if (find_digit(code_point) >= 0) {
        return put_code_point(ret_bytes, '0' + (uint32_t)find_digit(code_point));
    }
    if (category[0] == 'M' || strcmp(category, "Cf") == 0) {
        return 0;
    }
    if (category[0] == 'Z' || strcmp(category, "Cc") == 0 || code_point == 0x2800) {
        return put(ret_bytes, " ", 1);
    }
    if (strcmp(category, "Pd") == 0) {
        return put(ret_bytes, "-", 1);
    }
    if (code_point >= 0xAC00 && code_point <= 0xD7A3) {
        return put_code_point(ret_bytes, code_point);
    }
    return fold_parts(code_point, ret_bytes);
}

// True when some choice of followers makes a well-formed sequence of `wanted` bytes from the first
// `given` ones. The corners of the follower's ranges suffice.
static bool can_be_completed(const unsigned char *text, size_t given, size_t wanted) {
    static const unsigned char corners[] = {0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF};
    unsigned char sequence[4];
    memcpy(sequence, text, given);
    for (size_t choice = 0; choice < 6 * 6 * 6; choice++) {
        size_t rest = choice;
        for (size_t at = given; at < wanted; at++) {
            sequence[at] = corners[rest % 6];
            rest /= 6;
        }
        utf8proc_int32_t code_point;
        if (utf8proc_iterate(sequence, (utf8proc_ssize_t)wanted, &code_point) ==
            (utf8proc_ssize_t)wanted) {
            return true;
        }
    }
    return false;
}

size_t sl_oracle_decode(const unsigned char *text, size_t len, uint32_t *ret_code_point,
                        bool *ret_valid) {
    utf8proc_int32_t code_point;
    utf8proc_ssize_t bytes = utf8proc_iterate(text, (utf8proc_ssize_t)len, &code_point);
    *ret_valid = bytes > 0;
    *ret_code_point = bytes > 0 ? (uint32_t)code_point : 0xFFFD;
    if (bytes > 0) {
        return (size_t)bytes;
    }
    for (size_t given = len < 3 ? len : 3; given > 1; given--) {
        for (size_t wanted = given + 1; wanted <= 4; wanted++) {
            if (can_be_completed(text, given, wanted)) {
                return given;
            }
        }
    }
    return 1;
}

struct expected {
    unsigned char bytes[SL_ORACLE_TEXT_MAX * SL_FOLD_GROWTH];
    uint32_t map[SL_ORACLE_TEXT_MAX * SL_FOLD_GROWTH + 1];
    bool begins[SL_ORACLE_TEXT_MAX + 1]; // a code point or ill-formed part begins at this byte
    size_t len;
    size_t digits_count;
    bool one_to_one; // every byte of ASCII came out as one byte, and there is nothing else
    bool repaired;
    bool tells; // some code point beyond ASCII folds to a digit, '@', ':' or '/'
};

static void expect_code_point(struct expected *expected, uint32_t code_point, size_t origin) {
    unsigned char folding[SL_ORACLE_FOLDING_MAX];
    size_t len = sl_oracle_fold_code_point(code_point, folding);
    expected->one_to_one = expected->one_to_one && code_point < 0x80;
    for (size_t at = 0; at < len; at++) {
        if (folding[at] == ' ' && expected->len > 0 && expected->bytes[expected->len - 1] == ' ') {
            expected->one_to_one = false;
            continue;
        }
        bool digit = folding[at] >= '0' && folding[at] <= '9';
        expected->digits_count += digit;
        if (code_point >= 0x80 && folding[at] != 0 && (digit || strchr("@:/", folding[at]))) {
            expected->tells = true;
        }
        expected->map[expected->len] = (uint32_t)origin;
        expected->bytes[expected->len++] = folding[at];
    }
}

static void expect(const unsigned char *text, size_t len, struct expected *ret_expected) {
    *ret_expected = (struct expected){.one_to_one = true};
    size_t at = 0;
    while (at < len) {
        uint32_t code_point;
        bool valid;
        ret_expected->begins[at] = true;
        size_t bytes = sl_oracle_decode(text + at, len - at, &code_point, &valid);
        expect_code_point(ret_expected, code_point, at);
        ret_expected->repaired = ret_expected->repaired || !valid;
        at += bytes;
    }
    ret_expected->begins[len] = true;
    ret_expected->map[ret_expected->len] = (uint32_t)len;
}

#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            return #condition;                                                                     \
        }                                                                                          \
    } while (0)

static const char *check_bytes(const struct sl_folded *folded, const struct expected *expected) {
    HOLDS(folded->len == expected->len);
    HOLDS(memcmp(folded->bytes, expected->bytes, folded->len) == 0);
    HOLDS(sl_utf8_valid((const char *)folded->bytes, folded->len));
    for (size_t at = 0; at < folded->len; at++) {
        HOLDS(folded->bytes[at] >= 0x20 && folded->bytes[at] != 0x7F);
        HOLDS(at == 0 || folded->bytes[at] != ' ' || folded->bytes[at - 1] != ' ');
    }
    size_t digits_count = expected->digits_count;
    HOLDS(folded->digits_count == (digits_count < UINT16_MAX ? digits_count : UINT16_MAX));
    HOLDS(folded->has_at == (memchr(expected->bytes, '@', expected->len) != NULL));
    HOLDS(folded->has_scheme == (memmem(expected->bytes, expected->len, "://", 3) != NULL));
    HOLDS(folded->repaired == expected->repaired);
    return NULL;
}

static const char *check_map(const struct sl_folded *folded, const struct expected *expected,
                             size_t original_len) {
    HOLDS(folded->original_len == original_len);
    HOLDS(folded->identity == expected->one_to_one);
    HOLDS(folded->identity == (folded->map == NULL));
    if (!folded->identity) {
        HOLDS(memcmp(folded->map, expected->map, (folded->len + 1) * sizeof *folded->map) == 0);
    }
    return NULL;
}

static const char *check_range(const struct sl_folded *folded, const struct expected *expected,
                               uint32_t first, uint32_t end) {
    uint32_t original_start;
    uint32_t original_end;
    sl_fold_original_range(folded, first, end, &original_start, &original_end);
    uint32_t next = end;
    while (next < folded->len && expected->map[next] == expected->map[end - 1]) {
        next++;
    }
    HOLDS(original_start == expected->map[first]);
    HOLDS(original_end == expected->map[next]);
    HOLDS(original_start < original_end);
    HOLDS(expected->begins[original_start] && expected->begins[original_end]);
    return NULL;
}

static const char *check_ranges(const struct sl_folded *folded, const struct expected *expected) {
    const char *wrong = NULL;
    for (uint32_t first = 0; first < folded->len && wrong == NULL; first++) {
        wrong = check_range(folded, expected, first, first + 1);
        for (uint32_t end = first + 1; end <= folded->len && wrong == NULL; end += end) {
            wrong = check_range(folded, expected, first, end);
        }
    }
    return wrong;
}

static const char *check_may_identify(const unsigned char *text, size_t len,
                                      const struct sl_folded *folded, bool tells) {
    bool may = sl_text_may_identify((const char *)text, len);
    bool must = folded->has_at || folded->has_scheme || folded->digits_count >= 3;
    HOLDS(may || !must);
    HOLDS(!may || must || tells);
    return NULL;
}

static const char *check_room(const unsigned char *text, size_t len,
                              const struct sl_folded *folded) {
    static uint32_t map[SL_ORACLE_TEXT_MAX * SL_FOLD_GROWTH + 1];
    // Of exactly the size that is said, so that AddressSanitizer sees a byte too many.
    unsigned char *bytes = malloc(folded->len + 1);
    const char *original = (const char *)text;
    struct sl_folded again = {.len = 12345};
    size_t map_room = folded->identity ? 0 : folded->len + 1;
    size_t fits = sl_fold(original, len, bytes + 1, folded->len, map, map_room, &again);
    bool same = again.len == folded->len && memcmp(bytes + 1, folded->bytes, again.len) == 0;
    size_t no_bytes = 0;
    size_t no_map = 0;
    again.len = 12345;
    if (folded->len > 0) {
        no_bytes = sl_fold(original, len, bytes + 1, folded->len - 1, map, map_room, &again);
    }
    if (map_room > 0) {
        no_map = sl_fold(original, len, bytes + 1, folded->len, map, map_room - 1, &again);
    }
    free(bytes);
    HOLDS(fits == folded->len && same);
    HOLDS(folded->len == 0 || no_bytes == SL_FOLD_NO_ROOM);
    HOLDS(map_room == 0 || no_map == SL_FOLD_NO_ROOM);
    HOLDS(again.len == 12345);
    return NULL;
}

static const char *check_again(const struct sl_folded *folded) {
    static unsigned char bytes[SL_ORACLE_TEXT_MAX * SL_FOLD_GROWTH];
    static uint32_t map[SL_ORACLE_TEXT_MAX * SL_FOLD_GROWTH + 1];
    struct sl_folded again;
    sl_fold((const char *)folded->bytes, folded->len, bytes, sizeof bytes, map, COUNT(map), &again);
    HOLDS(again.len == folded->len);
    HOLDS(memcmp(again.bytes, folded->bytes, folded->len) == 0);
    return NULL;
}

const char *sl_oracle_check_fold(const unsigned char *text, size_t len) {
    static struct expected expected;
    static unsigned char bytes[SL_ORACLE_TEXT_MAX * SL_FOLD_GROWTH];
    static uint32_t map[SL_ORACLE_TEXT_MAX * SL_FOLD_GROWTH + 1];
    struct sl_folded folded;
    HOLDS(len <= SL_ORACLE_TEXT_MAX);
    expect(text, len, &expected);
    size_t folded_len = sl_fold((const char *)text, len, bytes, len * SL_FOLD_GROWTH, map,
                                len * SL_FOLD_GROWTH + 1, &folded);
    HOLDS(folded_len != SL_FOLD_NO_ROOM && folded_len == folded.len);
    const char *wrong = check_bytes(&folded, &expected);
    wrong = wrong != NULL ? wrong : check_map(&folded, &expected, len);
    wrong = wrong != NULL ? wrong : check_ranges(&folded, &expected);
    wrong = wrong != NULL ? wrong : check_may_identify(text, len, &folded, expected.tells);
    wrong = wrong != NULL ? wrong : check_room(text, len, &folded);
    return wrong != NULL ? wrong : check_again(&folded);
}

const char *sl_oracle_check_utf8(const unsigned char *text, size_t len) {
    static unsigned char expected[SL_ORACLE_TEXT_MAX * SL_UTF8_REPAIR_GROWTH];
    static char repaired[SL_ORACLE_TEXT_MAX * SL_UTF8_REPAIR_GROWTH];
    size_t expected_len = 0;
    bool all_valid = true;
    size_t at = 0;
    HOLDS(len <= SL_ORACLE_TEXT_MAX);
    while (at < len) {
        uint32_t code_point;
        bool valid;
        at += sl_oracle_decode(text + at, len - at, &code_point, &valid);
        expected_len += put_code_point(expected + expected_len, code_point);
        all_valid = all_valid && valid;
    }
    size_t repaired_len = sl_utf8_repair((const char *)text, len, repaired);
    HOLDS(sl_utf8_valid((const char *)text, len) == all_valid);
    HOLDS(sl_utf8_valid(repaired, repaired_len));
    HOLDS(repaired_len == expected_len && memcmp(repaired, expected, expected_len) == 0);
    HOLDS(!all_valid || (repaired_len == len && memcmp(repaired, text, len) == 0));
    return NULL;
}
