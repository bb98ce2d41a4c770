// SPDX-License-Identifier: Apache-2.0
//
// Letters of other scripts. Many look like a letter and a digit alike: they are letters first, and
// in a further reading digits, where nothing else stands in their word.
#include <string.h>

#include "identify/reading_steps.h"
#include "identify/runs.h"
#include "text/utf8.h"

struct lookalike {
    uint16_t code_point;
    char letter; // 0: it looks like a digit only
    char digit;  // 0: like no digit
};

// Lower case, as the fold leaves them, so the capitals' likeness counts too: η is H, ν is N. By
// code point.
static const struct lookalike lookalikes[] = {
    {0x00F0, 'd', 0},   {0x00F8, 'o', '0'}, {0x0111, 'd', 0},   {0x0127, 'h', 0},
    {0x0131, 'i', '1'}, {0x0142, 'l', '1'}, {0x0167, 't', 0},   {0x0180, 'b', '8'},
    {0x0185, 'b', '6'}, {0x01A8, 's', '2'}, {0x01B6, 'z', '2'}, {0x01BD, 's', '5'},
    {0x01C0, 'l', '1'}, {0x021D, 0, '3'},   {0x0250, 'a', 0},   {0x0251, 'a', 0},
    {0x025B, 'e', '3'}, {0x025C, 0, '3'},   {0x0261, 'g', '9'}, {0x0262, 'g', '6'},
    {0x0269, 'i', '1'}, {0x026A, 'i', '1'}, {0x0274, 'n', 0},   {0x0275, 'o', '0'},
    {0x0280, 'r', 0},   {0x0292, 'z', '3'}, {0x0299, 'b', '8'}, {0x029C, 'h', 0},
    {0x029F, 'l', 0},   {0x03B1, 'a', 0},   {0x03B2, 'b', '8'}, {0x03B3, 'y', 0},
    {0x03B5, 'e', '3'}, {0x03B6, 'z', '2'}, {0x03B7, 'h', 0},   {0x03B8, 'o', '0'},
    {0x03B9, 'i', '1'}, {0x03BA, 'k', 0},   {0x03BC, 'm', 0},   {0x03BD, 'n', 0},
    {0x03BF, 'o', '0'}, {0x03C1, 'p', 0},   {0x03C3, 'o', '0'}, {0x03C4, 't', 0},
    {0x03C5, 'y', 0},   {0x03C7, 'x', 0},   {0x03F3, 'j', 0},   {0x0430, 'a', 0},
    {0x0431, 'b', '6'}, {0x0432, 'b', '8'}, {0x0433, 'r', 0},   {0x0434, 'd', 0},
    {0x0435, 'e', 0},   {0x0437, 'z', '3'}, {0x0438, 'u', 0},   {0x043A, 'k', 0},
    {0x043C, 'm', 0},   {0x043D, 'h', 0},   {0x043E, 'o', '0'}, {0x043F, 'n', 0},
    {0x0440, 'p', 0},   {0x0441, 'c', 0},   {0x0442, 't', 0},   {0x0443, 'y', 0},
    {0x0445, 'x', 0},   {0x0447, 0, '4'},   {0x044C, 'b', '6'}, {0x044D, 0, '3'},
    {0x044F, 'r', 0},   {0x0454, 'e', '3'}, {0x0455, 's', '5'}, {0x0456, 'i', '1'},
    {0x0458, 'j', 0},   {0x0475, 'v', 0},   {0x049B, 'k', 0},   {0x04AF, 'y', 0},
    {0x04BB, 'h', 0},   {0x04CF, 'l', '1'}, {0x04E1, 0, '3'},   {0x04E9, 'o', '0'},
    {0x0501, 'd', 0},   {0x051B, 'q', 0},   {0x051D, 'w', 0},   {0x0578, 'n', 0},
    {0x057D, 'u', 0},   {0x0581, 'g', 0},   {0x0585, 'o', '0'}, {0x05E1, 'o', '0'},
    {0x1D00, 'a', 0},   {0x1D04, 'c', 0},   {0x1D05, 'd', 0},   {0x1D07, 'e', 0},
    {0x1D0A, 'j', 0},   {0x1D0B, 'k', 0},   {0x1D0D, 'm', 0},   {0x1D0F, 'o', '0'},
    {0x1D18, 'p', 0},   {0x1D1B, 't', 0},   {0x1D1C, 'u', 0},   {0x1D20, 'v', 0},
    {0x1D21, 'w', 0},   {0x1D22, 'z', '2'}, {0x3007, 'o', '0'},
};

#define LOOKALIKES_COUNT (sizeof lookalikes / sizeof lookalikes[0])

static const struct lookalike *lookalike_of(uint32_t code_point) {
    size_t low = 0, high = LOOKALIKES_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lookalikes[middle].code_point < code_point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool found = low < LOOKALIKES_COUNT && lookalikes[low].code_point == code_point;
    return found ? &lookalikes[low] : NULL;
}

// The look-alike at `at`, NULL when there is none, and its bytes.
static const struct lookalike *lookalike_at(const struct sl_reading *reading, uint32_t at,
                                            uint32_t *ret_len) {
    uint32_t code_point;
    bool valid;
    if (reading->bytes[at] < 0x80) {
        return NULL;
    }
    *ret_len =
        (uint32_t)sl_utf8_decode(reading->bytes + at, reading->len - at, &code_point, &valid);
    return lookalike_of(code_point);
}

// Letters, digits and look-alikes that touch.
struct word {
    uint32_t start, end;
    bool letters, digits, lookalikes;
    bool all_letters, all_digits; // every look-alike could be one
};

static void count_lookalike(struct word *word, const struct lookalike *lookalike) {
    word->lookalikes = true;
    word->all_letters &= lookalike->letter != 0;
    word->all_digits &= lookalike->digit != 0;
}

static struct word read_word(const struct sl_reading *reading, uint32_t at) {
    struct word word = {.start = at, .end = at, .all_letters = true, .all_digits = true};
    while (word.end < reading->len) {
        uint32_t len = 1;
        unsigned char c = reading->bytes[word.end];
        if (sl_is_alnum(c)) {
            word.letters |= sl_is_letter(c);
            word.digits |= sl_is_digit(c);
        } else {
            const struct lookalike *lookalike = lookalike_at(reading, word.end, &len);
            if (lookalike == NULL) {
                break;
            }
            count_lookalike(&word, lookalike);
        }
        word.end += len;
    }
    return word;
}

static bool digit_beyond(const struct sl_reading *reading, uint32_t at) {
    for (uint32_t gap = 0; gap <= SL_RUN_GAP_MAX && at + gap < reading->len; gap++) {
        unsigned char c = reading->bytes[at + gap];
        if (sl_is_alnum(c)) {
            return sl_is_digit(c);
        }
    }
    return false;
}

// What the look-alikes of a word are: 'd' digits, 'l' letters, 0 themselves. `latin`: the text has
// Latin letters, so that the others may be a disguise and not its script.
static char sort_of(const struct sl_reading *reading, const struct word *word, bool digit_before,
                    bool latin) {
    if (!word->lookalikes) {
        return 0;
    }
    if (word->all_letters && (word->letters || word->digits || latin)) {
        return 'l';
    }
    bool among = word->digits || (digit_before && digit_beyond(reading, word->end));
    return word->all_digits && !word->letters && among ? 'd' : 0;
}

static void write_word(struct sl_rewrite *rewrite, const struct word *word, char sort) {
    const struct sl_reading *reading = rewrite->reading;
    uint32_t len = 1;
    for (uint32_t at = word->start; at < word->end; at += len) {
        const struct lookalike *lookalike = lookalike_at(reading, at, &len);
        if (lookalike == NULL) {
            len = 1;
            sl_rewrite_keep(rewrite, at, at + 1);
        } else {
            char plain = sort == 'd' ? lookalike->digit : lookalike->letter;
            sl_rewrite_put(rewrite, (unsigned char)plain, reading->map[at]);
            rewrite->changed = true;
        }
    }
}

static bool has_latin(const struct sl_reading *reading) {
    uint32_t at = 0;
    while (at < reading->len && !sl_is_letter(reading->bytes[at])) {
        at++;
    }
    return at < reading->len;
}

bool sl_reading_replace_lookalikes(struct sl_reading *reading) {
    struct sl_rewrite rewrite = {.reading = reading};
    uint32_t gap = SL_RUN_GAP_MAX + 1; // bytes since the last digit
    const bool latin = has_latin(reading);
    for (uint32_t at = 0; at < reading->len;) {
        struct word word = read_word(reading, at);
        if (word.end == at) {
            sl_rewrite_keep(&rewrite, at, at + 1);
            at++;
            gap++;
            continue;
        }
        char sort = sort_of(reading, &word, gap <= SL_RUN_GAP_MAX, latin);
        if (sort != 0) {
            write_word(&rewrite, &word, sort);
        } else {
            sl_rewrite_keep(&rewrite, word.start, word.end);
        }
        at = word.end;
        gap = rewrite.len > 0 && sl_is_digit(reading->bytes[rewrite.len - 1]) ? 0
                                                                              : SL_RUN_GAP_MAX + 1;
    }
    return sl_rewrite_end(&rewrite);
}

// What was read as a letter, from where it stands in the text.
static const struct lookalike *lookalike_behind(const struct sl_reading *reading,
                                                const struct sl_folded *folded, uint32_t at) {
    return sl_is_letter(reading->bytes[at])
               ? lookalike_of(sl_reading_code_point(folded, reading->map[at]))
               : NULL;
}

// A word of ASCII in which look-alikes may have become letters.
static struct word read_again(const struct sl_reading *reading, const struct sl_folded *folded,
                              uint32_t at) {
    struct word word = {.start = at, .end = at, .all_letters = true, .all_digits = true};
    for (; word.end < reading->len && sl_is_alnum(reading->bytes[word.end]); word.end++) {
        const struct lookalike *lookalike = lookalike_behind(reading, folded, word.end);
        if (lookalike != NULL) {
            count_lookalike(&word, lookalike);
        } else {
            word.letters |= sl_is_letter(reading->bytes[word.end]);
            word.digits |= sl_is_digit(reading->bytes[word.end]);
        }
    }
    return word;
}

bool sl_reading_lookalikes_to_digits(struct sl_reading *reading, const struct sl_folded *folded) {
    bool changed = false;
    uint32_t gap = SL_RUN_GAP_MAX + 1; // bytes since the last digit
    for (uint32_t at = 0; at < reading->len;) {
        struct word word = read_again(reading, folded, at);
        if (word.end == at) {
            at++;
            gap++;
            continue;
        }
        bool among = word.digits || (gap <= SL_RUN_GAP_MAX && digit_beyond(reading, word.end));
        bool digits = word.lookalikes && word.all_digits && !word.letters && among;
        for (at = word.start; digits && at < word.end; at++) {
            const struct lookalike *lookalike = lookalike_behind(reading, folded, at);
            reading->bytes[at] =
                lookalike != NULL ? (unsigned char)lookalike->digit : reading->bytes[at];
        }
        changed |= digits;
        at = word.end;
        gap = sl_is_digit(reading->bytes[at - 1]) ? 0 : SL_RUN_GAP_MAX + 1;
    }
    return changed;
}
