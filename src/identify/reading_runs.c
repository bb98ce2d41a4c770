// SPDX-License-Identifier: Apache-2.0
//
// A sequence is words of letters and digits that could all be groups of one number, with no more
// between them than somebody puts there for show. It is walked twice: once to count, and again to
// write when there are enough digits.
#include <string.h>

#include "identify/reading_steps.h"
#include "identify/runs.h"

#define DIGITS_MIN     5  // that are digits already
#define NUMBER_MIN     8  // with the letters that stand for digits
#define DIGITS_PARTED  9  // where letters or decorations stand between groups
#define GROUP_MIN      2  // digits between two such letters
#define DECORATION_MAX 12 // characters, where pictures are among them
#define ASCII_GAP_MAX  8
#define CODE_MIN       11 // characters of a code in one piece
#define JOINED_MIN     4  // letters that stand apart

enum sort {
    SORT_OTHER,
    SORT_PLAIN, // digits
    SORT_LEET,  // letters for some of its digits
    SORT_CROSS, // a letter between its groups
};

struct item {
    uint32_t start, end;
    enum sort sort;
    uint32_t digits_count, letters_count;
};

struct sequence {
    uint32_t end;
    uint32_t digits_count, letters_count;
    bool leet, parted;
};

// The digit a letter stands for, 0 for none. Those behind the first six only between digits.
static unsigned char digit_for(unsigned char letter) {
    static const char letters[] = "olizsb!qeagt", digits[] = "011258103467";
    const char *found = letter != 0 ? strchr(letters, letter) : NULL;
    return found != NULL ? (unsigned char)digits[found - letters] : 0;
}

static bool stands_alone_well(unsigned char letter) {
    return strchr("olizsb", letter) != NULL;
}

static bool is_inside_mark(const struct sl_reading *reading, uint32_t at) {
    return reading->bytes[at] == '!' && at > 0 && at + 1 < reading->len &&
           sl_is_digit(reading->bytes[at - 1]) && sl_is_digit(reading->bytes[at + 1]);
}

static uint32_t word_end(const struct sl_reading *reading, uint32_t at) {
    while (at < reading->len && (sl_is_alnum(reading->bytes[at]) || is_inside_mark(reading, at))) {
        at++;
    }
    return at;
}

// Whether `count` letters from `at` on can be digits of the word.
static bool letters_fit(const struct sl_reading *reading, const struct item *item, uint32_t at,
                        uint32_t count) {
    bool inside = at > item->start && at + count < item->end;
    for (uint32_t i = 0; i < count; i++) {
        unsigned char letter = reading->bytes[at + i];
        if (digit_for(letter) == 0 || (!inside && !stands_alone_well(letter))) {
            return false;
        }
    }
    bool zeros = reading->bytes[at] == 'o' && reading->bytes[at + count - 1] == 'o';
    if (inside || zeros) {
        return count <= 2 || zeros;
    }
    // "s10" and "50b" are no numbers, "l23" and "4z" are.
    bool sure = strchr("liz", reading->bytes[at]) != NULL && item->end - item->start > 2;
    return count == 1 && item->digits_count >= (sure ? 1 : 3);
}

static bool is_leet(const struct sl_reading *reading, const struct item *item) {
    if (item->digits_count == 0 || item->letters_count > item->digits_count + 1) {
        return false;
    }
    // The operator.
    if (item->end - item->start == 2 && memcmp(reading->bytes + item->start, "o2", 2) == 0) {
        return false;
    }
    for (uint32_t at = item->start; at < item->end;) {
        uint32_t count = 0;
        while (at + count < item->end && !sl_is_digit(reading->bytes[at + count])) {
            count++;
        }
        if (count > 0 && !letters_fit(reading, item, at, count)) {
            return false;
        }
        at += count + 1;
    }
    return true;
}

// Groups of digits with one and the same letter between them.
static bool is_cross(const struct sl_reading *reading, const struct item *item) {
    unsigned char letter = 0;
    uint32_t group = 0;
    for (uint32_t at = item->start; at < item->end; at++) {
        unsigned char c = reading->bytes[at];
        if (sl_is_digit(c)) {
            group++;
            continue;
        }
        if (group < GROUP_MIN || (letter != 0 && c != letter) || digit_for(c) != 0) {
            return false;
        }
        letter = c;
        group = 0;
    }
    return group >= GROUP_MIN && letter != 0;
}

// "3 2 8 o 9": a zero among digits one by one.
static bool is_zero_apart(const struct sl_reading *reading, const struct item *item) {
    uint32_t at = item->start;
    const unsigned char *bytes = reading->bytes;
    return item->end == at + 1 && bytes[at] == 'o' && at >= 3 && at + 2 < reading->len &&
           bytes[at - 1] == bytes[at + 1] && sl_is_separator(bytes[at + 1]) &&
           sl_is_digit(bytes[at - 2]) && !sl_is_digit(bytes[at - 3]) &&
           sl_is_digit(bytes[at + 2]) && (at + 3 == reading->len || !sl_is_digit(bytes[at + 3]));
}

static struct item read_item(const struct sl_reading *reading, uint32_t at) {
    struct item item = {.start = at, .end = word_end(reading, at)};
    for (; at < item.end; at++) {
        item.digits_count += sl_is_digit(reading->bytes[at]);
        item.letters_count += !sl_is_digit(reading->bytes[at]);
    }
    item.sort = item.letters_count == 0                                    ? SORT_PLAIN
                : is_leet(reading, &item) || is_zero_apart(reading, &item) ? SORT_LEET
                : is_cross(reading, &item)                                 ? SORT_CROSS
                                                                           : SORT_OTHER;
    return item;
}

// Where the gap at `at` ends, SL_NOWHERE when it parts numbers. `ret_long`: it is more than a run
// may hold, but mere decoration: pictures, or one sign again and again.
static uint32_t gap_end(const struct sl_reading *reading, uint32_t at, bool *ret_long) {
    uint32_t characters = 0;
    unsigned char sign = 0;
    bool wide = false, mixed = false;
    for (; at < reading->len && sl_is_separator(reading->bytes[at]); at++) {
        unsigned char c = reading->bytes[at];
        characters += (c & 0xC0) != 0x80;
        wide |= c >= 0x80;
        mixed |= c < 0x80 && c != ' ' && sign != 0 && c != sign;
        sign = c < 0x80 && c != ' ' ? c : sign;
        if (characters > DECORATION_MAX) {
            return SL_NOWHERE;
        }
    }
    *ret_long = characters > SL_RUN_GAP_MAX;
    bool parts = *ret_long && !wide && (mixed || characters > ASCII_GAP_MAX);
    return at < reading->len && sl_is_alnum(reading->bytes[at]) && !parts ? at : SL_NOWHERE;
}

static void write_item(struct sl_rewrite *rewrite, const struct item *item) {
    const struct sl_reading *reading = rewrite->reading;
    for (uint32_t at = item->start; at < item->end; at++) {
        unsigned char c = reading->bytes[at];
        unsigned char written = sl_is_digit(c) ? c : item->sort == SORT_CROSS ? '-' : digit_for(c);
        rewrite->changed |= written != c;
        sl_rewrite_put(rewrite, written, reading->map[at]);
    }
}

// Walks the sequence that begins with a word at `at`; writes it unless `rewrite` is NULL.
static struct sequence walk(const struct sl_reading *reading, uint32_t at,
                            struct sl_rewrite *rewrite) {
    struct sequence sequence = {.end = at};
    bool is_long = false;
    uint32_t gap_start = at;
    while (at != SL_NOWHERE) {
        struct item item = read_item(reading, at);
        if (item.sort == SORT_OTHER) {
            break;
        }
        if (rewrite != NULL && is_long) {
            sl_rewrite_put(rewrite, ' ', reading->map[gap_start]);
            rewrite->changed = true;
        } else if (rewrite != NULL) {
            sl_rewrite_keep(rewrite, gap_start, at);
        }
        if (rewrite != NULL) {
            write_item(rewrite, &item);
        }
        sequence.parted |= is_long || item.sort == SORT_CROSS;
        sequence.leet |= item.sort == SORT_LEET;
        sequence.digits_count += item.digits_count;
        sequence.letters_count += item.sort == SORT_LEET ? item.letters_count : 0;
        sequence.end = gap_start = item.end;
        at = gap_end(reading, item.end, &is_long);
    }
    return sequence;
}

static bool worth_writing(const struct sequence *sequence) {
    bool leet = sequence->leet && sequence->digits_count >= DIGITS_MIN &&
                sequence->digits_count + sequence->letters_count >= NUMBER_MIN &&
                sequence->letters_count * 2 <= sequence->digits_count;
    bool parted = sequence->parted && sequence->digits_count >= DIGITS_PARTED;
    return leet || (parted && (!sequence->leet || leet));
}

// A code in one piece: only what stands between digits is sure to be one, and zeros beside them.
static void write_code(struct sl_rewrite *rewrite, const struct item *item) {
    const struct sl_reading *reading = rewrite->reading;
    bool digit_before = false;
    for (uint32_t at = item->start; at < item->end;) {
        uint32_t end = at;
        unsigned char c = reading->bytes[at];
        while (end < item->end && reading->bytes[end] == c) {
            end++;
        }
        bool digit_after = end < item->end && sl_is_digit(reading->bytes[end]);
        bool zeros = c == 'o' && (digit_before || digit_after);
        bool between = end - at == 1 && strchr("lizsb", c) != NULL && digit_before && digit_after;
        unsigned char written = zeros || between ? digit_for(c) : c;
        for (; at < end; at++) {
            sl_rewrite_put(rewrite, written, reading->map[at]);
        }
        rewrite->changed |= written != c;
        digit_before = sl_is_digit(written);
    }
}

bool sl_reading_clear_runs(struct sl_reading *reading) {
    struct sl_rewrite rewrite = {.reading = reading};
    uint32_t digit = 0; // the next one
    for (uint32_t at = 0; at < reading->len;) {
        if (!sl_is_alnum(reading->bytes[at])) {
            sl_rewrite_keep(&rewrite, at, at + 1);
            at++;
            continue;
        }
        digit = digit < at ? sl_next_digit(reading->bytes, reading->len, at) : digit;
        uint32_t word = sl_word_end(reading->bytes, reading->len, at);
        if (word <= digit && word - at > 1) {
            sl_rewrite_keep(&rewrite, at, word);
            at = word;
            continue;
        }
        struct sequence sequence = walk(reading, at, NULL);
        if (sequence.end == at) {
            struct item item = read_item(reading, at);
            bool code = item.end - at >= CODE_MIN && item.digits_count >= DIGITS_MIN;
            if (code) {
                write_code(&rewrite, &item);
            } else {
                sl_rewrite_keep(&rewrite, at, item.end);
            }
            at = item.end;
        } else {
            if (worth_writing(&sequence)) {
                walk(reading, at, &rewrite);
            } else {
                sl_rewrite_keep(&rewrite, at, sequence.end);
            }
            at = sequence.end;
        }
    }
    return sl_rewrite_end(&rewrite);
}

// Letters that stand apart.

// True when white space of more than one character was here.
static bool is_wide_space(const struct sl_reading *reading, const struct sl_folded *folded,
                          uint32_t at) {
    uint32_t place = reading->map[at];
    return !folded->identity && reading->bytes[at] == ' ' && folded->bytes[place] == ' ' &&
           folded->map[place + 1] - folded->map[place] > 1;
}

static bool is_apart(const struct sl_reading *reading, uint32_t at) {
    return at < reading->len && sl_is_alnum(reading->bytes[at]) &&
           (at + 1 == reading->len || !sl_is_alnum(reading->bytes[at + 1]));
}

// The end of the letters and digits that stand one space apart from `at` on.
static uint32_t apart_end(const struct sl_reading *reading, const struct sl_folded *folded,
                          uint32_t at, uint32_t *ret_letters_count, bool *ret_parted) {
    *ret_letters_count = 0;
    *ret_parted = false;
    while (is_apart(reading, at)) {
        *ret_letters_count += sl_is_letter(reading->bytes[at]);
        if (at + 1 == reading->len || reading->bytes[at + 1] != ' ' || !is_apart(reading, at + 2)) {
            return at + 1;
        }
        *ret_parted |= is_wide_space(reading, folded, at + 1);
        at += 2;
    }
    return at;
}

// Digits are joined only where double white space parts the words.
static void write_joined(struct sl_rewrite *rewrite, const struct sl_folded *folded, uint32_t start,
                         uint32_t end, bool parted) {
    const struct sl_reading *reading = rewrite->reading;
    for (uint32_t at = start; at < end; at++) {
        bool space = reading->bytes[at] == ' ';
        bool letters =
            space && sl_is_letter(reading->bytes[at - 1]) && sl_is_letter(reading->bytes[at + 1]);
        if (space && (parted || letters) && !is_wide_space(reading, folded, at)) {
            rewrite->changed = true;
        } else {
            sl_rewrite_keep(rewrite, at, at + 1);
        }
    }
}

bool sl_reading_join_letters(struct sl_reading *reading, const struct sl_folded *folded) {
    struct sl_rewrite rewrite = {.reading = reading};
    for (uint32_t at = 0; at < reading->len;) {
        uint32_t end = at + 1, letters_count = 0;
        bool parted = false;
        if (sl_is_alnum(reading->bytes[at])) {
            end = is_apart(reading, at) ? apart_end(reading, folded, at, &letters_count, &parted)
                                        : word_end(reading, at);
        }
        if (letters_count >= JOINED_MIN) {
            write_joined(&rewrite, folded, at, end, parted);
        } else {
            sl_rewrite_keep(&rewrite, at, end);
        }
        at = end;
    }
    return sl_rewrite_end(&rewrite);
}
