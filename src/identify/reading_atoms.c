// SPDX-License-Identifier: Apache-2.0
//
// The words of numbers, and what they build together.
#include <stddef.h>
#include <string.h>

#include "base/assert.h"
#include "identify/reading_steps.h"

struct word {
    const char *text;
    uint16_t value;
    uint8_t kind;
    bool english;
};

#define UNIT(text, value)                                                                          \
    { text, value, SL_ATOM_UNIT, false }
#define TEEN(text, value)                                                                          \
    { text, value, SL_ATOM_TEEN, false }
#define TENS(text, value)                                                                          \
    { text, value, SL_ATOM_TENS, false }
#define DAY(text, value)                                                                           \
    { text, value, SL_ATOM_ORDINAL, false }
#define TIMES(text, value)                                                                         \
    { text, value, SL_ATOM_TIMES, false }
#define HUNDRED(text)                                                                              \
    { text, 100, SL_ATOM_HUNDRED, false }
#define EN_UNIT(text, value)                                                                       \
    { text, value, SL_ATOM_UNIT, true }
#define EN_TEEN(text, value)                                                                       \
    { text, value, SL_ATOM_TEEN, true }
#define EN_TENS(text, value)                                                                       \
    { text, value, SL_ATOM_TENS, true }
#define EN_DAY(text, value)                                                                        \
    { text, value, SL_ATOM_ORDINAL, true }
#define EN_TIMES(text, value)                                                                      \
    { text, value, SL_ATOM_TIMES, true }

// By first letter. The tens without their last letter go with "uno" and "otto": "ventuno".
static const struct word words[] = {
    HUNDRED("cent"),
    HUNDRED("cento"),
    TENS("cinquant", 50),
    TENS("cinquanta", 50),
    UNIT("cinque", 5),
    TEEN("diciannove", 19),
    TEEN("dicianove", 19),
    TEEN("diciassette", 17),
    TEEN("diciasette", 17),
    TEEN("diciotto", 18),
    TEEN("dieci", 10),
    TEEN("dodici", 12),
    TIMES("doppia", 2),
    TIMES("doppio", 2),
    EN_TIMES("double", 2),
    UNIT("due", 2),
    EN_UNIT("eight", 8),
    EN_TEEN("eighteen", 18),
    EN_DAY("eighteenth", 18),
    EN_DAY("eighth", 8),
    EN_TENS("eighty", 80),
    EN_TEEN("eleven", 11),
    EN_DAY("eleventh", 11),
    EN_TEEN("fifteen", 15),
    EN_DAY("fifteenth", 15),
    EN_DAY("fifth", 5),
    EN_TENS("fifty", 50),
    EN_DAY("first", 1),
    EN_UNIT("five", 5),
    EN_TENS("forty", 40),
    EN_UNIT("four", 4),
    EN_TEEN("fourteen", 14),
    EN_DAY("fourteenth", 14),
    EN_DAY("fourth", 4),
    EN_TENS("fourty", 40),
    {"hundred", 100, SL_ATOM_HUNDRED, true},
    {"mila", 0, SL_ATOM_THOUSAND, false},
    {"mille", 1000, SL_ATOM_THOUSAND, false},
    EN_UNIT("nine", 9),
    EN_TEEN("nineteen", 19),
    EN_DAY("nineteenth", 19),
    EN_TENS("ninety", 90),
    EN_DAY("ninth", 9),
    EN_UNIT("nought", 0),
    TENS("novant", 90),
    TENS("novanta", 90),
    UNIT("nove", 9),
    EN_UNIT("one", 1),
    TENS("ottant", 80),
    TENS("ottanta", 80),
    UNIT("otto", 8),
    DAY("primo", 1),
    TIMES("quadrupla", 4),
    TIMES("quadruplo", 4),
    EN_TIMES("quadruple", 4),
    TENS("quarant", 40),
    TENS("quaranta", 40),
    TEEN("quattordici", 14),
    UNIT("quatro", 4),
    UNIT("quattro", 4),
    TEEN("quindici", 15),
    EN_DAY("second", 2),
    TEEN("sedici", 16),
    UNIT("sei", 6),
    TENS("sessant", 60),
    TENS("sessanta", 60),
    UNIT("sette", 7),
    TENS("settant", 70),
    TENS("settanta", 70),
    EN_UNIT("seven", 7),
    EN_TEEN("seventeen", 17),
    EN_DAY("seventeenth", 17),
    EN_DAY("seventh", 7),
    EN_TENS("seventy", 70),
    EN_UNIT("six", 6),
    EN_TEEN("sixteen", 16),
    EN_DAY("sixteenth", 16),
    EN_DAY("sixth", 6),
    EN_TENS("sixty", 60),
    EN_TEEN("ten", 10),
    EN_DAY("tenth", 10),
    EN_DAY("third", 3),
    EN_TEEN("thirteen", 13),
    EN_DAY("thirteenth", 13),
    EN_DAY("thirtieth", 30),
    EN_TENS("thirty", 30),
    {"thousand", 0, SL_ATOM_THOUSAND, true},
    EN_UNIT("three", 3),
    UNIT("tre", 3),
    TEEN("tredici", 13),
    TENS("trent", 30),
    TENS("trenta", 30),
    TIMES("tripla", 3),
    EN_TIMES("triple", 3),
    TIMES("triplo", 3),
    EN_DAY("twelfth", 12),
    EN_TEEN("twelve", 12),
    EN_DAY("twentieth", 20),
    EN_TENS("twenty", 20),
    EN_UNIT("two", 2),
    TEEN("undici", 11),
    UNIT("uno", 1),
    TENS("vent", 20),
    TENS("venti", 20),
    UNIT("zero", 0),
};

#define WORDS_COUNT (sizeof words / sizeof words[0])

static size_t first_word(unsigned char letter) {
    size_t low = 0, high = WORDS_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((unsigned char)words[middle].text[0] < letter) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

// "vent" needs "uno" or "otto" behind it, "cent" a vowel: "centotto", "centundici".
static bool may_go_before(const struct word *word, const unsigned char *rest, uint32_t len) {
    unsigned char last = (unsigned char)word->text[strlen(word->text) - 1];
    if (word->english || last != 't') {
        return true;
    }
    return len > 0 && (rest[0] == 'o' || rest[0] == 'u');
}

static bool begins_with(const struct word *word, const unsigned char *letters, uint32_t len) {
    // Most words differ in the second letter.
    return len > 1 && (unsigned char)word->text[1] == letters[1] && strlen(word->text) <= len &&
           memcmp(word->text, letters, strlen(word->text)) == 0;
}

// The longest word at the beginning that leaves a number behind it: `whole[i]` says that the
// letters from i on are one; NULL, that all may be. NULL: there is none.
static const struct word *longest_word(const unsigned char *letters, uint32_t len,
                                       const bool *whole) {
    const struct word *longest = NULL;
    size_t longest_len = 0;
    for (size_t i = first_word(letters[0]);
         i < WORDS_COUNT && (unsigned char)words[i].text[0] == letters[0]; i++) {
        if (!begins_with(&words[i], letters, len)) {
            continue;
        }
        size_t word_len = strlen(words[i].text);
        if (word_len > longest_len && (whole == NULL || whole[word_len]) &&
            may_go_before(&words[i], letters + word_len, len - (uint32_t)word_len)) {
            longest = &words[i];
            longest_len = word_len;
        }
    }
    return longest;
}

uint32_t sl_atoms_read(const unsigned char *letters, uint32_t len,
                       struct sl_atom atoms[SL_ATOM_LETTERS_MAX]) {
    const struct word *found[SL_ATOM_LETTERS_MAX];
    bool whole[SL_ATOM_LETTERS_MAX + 1];
    if (len == 0 || len > SL_ATOM_LETTERS_MAX || longest_word(letters, len, NULL) == NULL) {
        return 0;
    }
    whole[len] = true;
    for (uint32_t at = len; at > 0; at--) {
        found[at - 1] = longest_word(letters + at - 1, len - at + 1, whole + at - 1);
        whole[at - 1] = found[at - 1] != NULL;
    }
    uint32_t count = 0;
    for (uint32_t at = 0; whole[0] && at < len; count++) {
        const struct word *word = found[at];
        SL_ASSERT(word != NULL);
        atoms[count] = (struct sl_atom){
            .value = word->value,
            .kind = word->kind,
            .english = word->english,
            .start = (uint8_t)at,
            .len = (uint8_t)strlen(word->text),
        };
        at += atoms[count].len;
    }
    return count;
}

// Numerals.

static bool could_be_century(const struct sl_numeral *numeral) {
    return numeral->english && numeral->value >= 18 && numeral->value <= 20;
}

// `alone`: nothing else stands in the atom's word. Returns the place it fills, 0 when it begins
// another number.
static uint32_t place_of(const struct sl_numeral *numeral, const struct sl_atom *atom,
                         enum sl_join join, bool alone) {
    bool joins = join == SL_JOIN_GLUED || join == SL_JOIN_TIGHT ||
                 (join == SL_JOIN_AND && numeral->low >= 100);
    bool multiplies = join == SL_JOIN_GLUED || (join == SL_JOIN_TIGHT && (alone || atom->english));
    bool small = atom->value < 10;
    if (numeral->low == 0 || !joins) {
        return 0;
    }
    switch (atom->kind) {
    case SL_ATOM_UNIT:
    case SL_ATOM_ORDINAL:
        // "quaranta settecento" is two numbers, "mille settecento" one.
        return atom->value != 0 && numeral->low >= (small ? 10 : 100) &&
                       (join == SL_JOIN_GLUED || alone || numeral->low >= 1000)
                   ? 1
                   : 0;
    case SL_ATOM_TEEN:
        return numeral->low >= 100 || (could_be_century(numeral) && atom->english) ? 1 : 0;
    case SL_ATOM_TENS:
        return numeral->low >= 100 || (could_be_century(numeral) && atom->english) ? 10 : 0;
    case SL_ATOM_HUNDRED:
        // What is repeated stays small, so that it never takes more room than its words.
        return numeral->times > 1                                           ? 0
               : numeral->low == 1000 || (numeral->unit_last && multiplies) ? 100
                                                                            : 0;
    case SL_ATOM_THOUSAND:
        return numeral->times == 1 && numeral->value > 0 && numeral->value < 1000 && multiplies
                   ? 1000
                   : 0;
    default:
        return 0;
    }
}

static void build_on(struct sl_numeral *numeral, const struct sl_atom *atom, uint32_t place) {
    uint32_t unit = numeral->value % 10;
    bool century = numeral->low <= 10 && atom->value >= 10 && place <= 10;
    if (atom->kind == SL_ATOM_THOUSAND) {
        numeral->value *= 1000;
    } else if (atom->kind == SL_ATOM_HUNDRED && numeral->unit_last) {
        numeral->value += unit * 99;
    } else {
        numeral->value = (century ? numeral->value * 100 : numeral->value) + atom->value;
    }
    numeral->low = place;
}

static uint32_t own_place(const struct sl_atom *atom) {
    switch (atom->kind) {
    case SL_ATOM_TENS:
        return 10;
    case SL_ATOM_HUNDRED:
        return 100;
    case SL_ATOM_THOUSAND:
        return 1000;
    default:
        return 1;
    }
}

static void remember(struct sl_numeral *numeral, const struct sl_atom *atom, bool repeated) {
    numeral->english = atom->english;
    // "uno cento" is two numbers, "one hundred" one.
    numeral->unit_last = atom->kind == SL_ATOM_UNIT && atom->value > (atom->english ? 0 : 1) &&
                         !repeated && numeral->value % 100 < 10;
}

void sl_numeral_begin(struct sl_numeral *numeral, const struct sl_atom *atom) {
    bool times = atom->kind == SL_ATOM_TIMES;
    *numeral = (struct sl_numeral){
        .value = atom->value,
        .low = times ? 0 : own_place(atom),
        .times = times ? atom->value : 1,
    };
    remember(numeral, atom, false);
}

bool sl_numeral_add(struct sl_numeral *numeral, const struct sl_atom *atom, enum sl_join join,
                    bool alone) {
    bool repeated = numeral->times != 0 && numeral->low == 0;
    uint32_t place = place_of(numeral, atom, join, alone);
    if (repeated) {
        bool small = atom->value < 100 && atom->kind != SL_ATOM_TIMES;
        numeral->times = small ? numeral->times : 1;
        numeral->value = atom->value;
        numeral->low = own_place(atom);
    } else if (place != 0) {
        build_on(numeral, atom, place);
    } else {
        return false;
    }
    remember(numeral, atom, repeated);
    return true;
}

uint32_t sl_numeral_digits(const struct sl_numeral *numeral, unsigned char digits[8]) {
    uint32_t count = 1;
    for (uint32_t rest = numeral->value; rest >= 10; rest /= 10) {
        count++;
    }
    uint32_t rest = numeral->value;
    for (uint32_t i = count; i > 0; i--, rest /= 10) {
        digits[i - 1] = (unsigned char)('0' + rest % 10);
    }
    return count;
}
