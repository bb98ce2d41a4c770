// SPDX-License-Identifier: Apache-2.0
//
// A chain is numbers in a row, in words or digits, with no more between them than a run of digits
// may hold, or with words like "poi". It is walked twice: once to count, and again to write when it
// is worth it.
#include <string.h>

#include "base/assert.h"
#include "identify/reading_steps.h"
#include "identify/runs.h"

#define NUMBERS_MIN       2 // of a chain that no cue speaks for
#define DIGITS_MIN        6
#define DIGITS_JOINED     7  // of a chain of digits with words between them
#define DIGITS_PHONE      9  // of one that a "piu" before it belongs to
#define CUE_REACH         48 // bytes from a cue to the number
#define CODE_REACH        24 // bytes from there to the next number of the same code
#define GAP_WIDE_MAX      12 // characters, where pictures are among them
#define CONNECTORS_MAX    3
#define MONTH_LETTERS_MAX 12

struct gap {
    uint32_t start, end;
    enum sl_join join;
    unsigned char sign; // stands for it; 0: it stays as it is
    bool strong;        // a word that only numbers have between them
};

struct token {
    uint32_t start, end;
    uint32_t stride;      // bytes from one letter to the next
    uint32_t atoms_count; // 0: it is digits
    struct sl_atom atoms[SL_ATOM_LETTERS_MAX];
};

struct chain {
    struct sl_reading *reading;
    struct sl_rewrite *rewrite; // NULL: count only
    uint32_t written;           // bytes before the chain, as they were written
    uint32_t end;
    uint32_t numbers_count, words_count, digits_count;
    bool joined;
    struct gap gap; // before the number that comes next
    struct sl_numeral numeral;
    uint32_t start; // of the numeral
};

static bool equals(const struct sl_reading *reading, uint32_t start, uint32_t end,
                   const char *word) {
    return strlen(word) == end - start && memcmp(reading->bytes + start, word, end - start) == 0;
}

static bool one_of(const struct sl_reading *reading, uint32_t start, uint32_t end,
                   const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if ((unsigned char)list[i][0] == reading->bytes[start] &&
            equals(reading, start, end, list[i])) {
            return true;
        }
    }
    return false;
}

#define ONE_OF(reading, start, end, list)                                                          \
    one_of(reading, start, end, list, sizeof(list) / sizeof(list)[0])

static uint32_t letters_end(const struct sl_reading *reading, uint32_t at) {
    while (at < reading->len && sl_is_letter(reading->bytes[at])) {
        at++;
    }
    return at;
}

static uint32_t digits_end(const struct sl_reading *reading, uint32_t at) {
    while (at < reading->len && sl_is_digit(reading->bytes[at])) {
        at++;
    }
    return at;
}

// The end of the separators at `at`; SL_NOWHERE when there are too many.
static uint32_t separators_end(const struct sl_reading *reading, uint32_t at) {
    uint32_t characters = 0;
    bool wide = false;
    for (; at < reading->len && sl_is_separator(reading->bytes[at]); at++) {
        unsigned char c = reading->bytes[at];
        characters += (c & 0xC0) != 0x80;
        wide |= c >= 0x80;
        if (characters > (wide ? GAP_WIDE_MAX : SL_RUN_GAP_MAX)) {
            return SL_NOWHERE;
        }
    }
    return at;
}

static bool is_month(const struct sl_reading *reading, uint32_t start, uint32_t end) {
    static const char *const months[] = {
        "gennaio", "febbraio", "marzo",     "aprile",  "maggio",   "giugno",
        "luglio",  "agosto",   "settembre", "ottobre", "novembre", "dicembre",
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december",
    };
    return end > start && ONE_OF(reading, start, end, months);
}

static bool month_follows(const struct sl_reading *reading, uint32_t at) {
    for (int words = 0; words < 2; words++) {
        uint32_t start = separators_end(reading, at);
        if (start == SL_NOWHERE) {
            return false;
        }
        uint32_t end = letters_end(reading, start);
        if (is_month(reading, start, end)) {
            return true;
        }
        if (!equals(reading, start, end, "of") && !equals(reading, start, end, "di")) {
            return false;
        }
        at = end;
    }
    return false;
}

// "august first": the first number of a chain is behind a month.
static bool month_before(const struct chain *chain) {
    const struct sl_reading *reading = chain->reading;
    if (chain->numbers_count > 0 || chain->written < 2) {
        return false;
    }
    uint32_t end = chain->written - 1, start = end;
    while (start > 0 && end - start < MONTH_LETTERS_MAX &&
           sl_is_letter(reading->bytes[start - 1])) {
        start--;
    }
    return reading->bytes[end] == ' ' && is_month(reading, start, end);
}

// Tokens.

// Collects letters that stand apart, "t r e", from `at` on; returns how many.
static uint32_t apart(const struct sl_reading *reading, uint32_t at,
                      unsigned char letters[SL_ATOM_LETTERS_MAX]) {
    uint32_t count = 0;
    while (at < reading->len && sl_is_letter(reading->bytes[at]) &&
           letters_end(reading, at) == at + 1 && count < SL_ATOM_LETTERS_MAX) {
        letters[count++] = reading->bytes[at];
        bool more = at + 2 < reading->len && reading->bytes[at + 1] < 0x80 &&
                    sl_is_separator(reading->bytes[at + 1]);
        at = more ? at + 2 : reading->len;
    }
    return count;
}

static uint32_t read_atoms(const struct sl_reading *reading, uint32_t at, struct token *token) {
    unsigned char letters[SL_ATOM_LETTERS_MAX];
    uint32_t end = letters_end(reading, at);
    token->start = at;
    token->stride = 1;
    token->end = end;
    if (end != at + 1) {
        return sl_atoms_read(reading->bytes + at, end - at, token->atoms);
    }
    uint32_t count = apart(reading, at, letters);
    token->stride = 2;
    token->end = at + 2 * count - 1;
    return sl_atoms_read(letters, count, token->atoms);
}

static bool number_follows(const struct sl_reading *reading, uint32_t at, bool english) {
    struct token token;
    uint32_t start = separators_end(reading, at);
    if (start == SL_NOWHERE || start == reading->len) {
        return false;
    }
    if (sl_is_digit(reading->bytes[start])) {
        return !english;
    }
    return sl_is_letter(reading->bytes[start]) && read_atoms(reading, start, &token) > 0 &&
           token.atoms[0].kind != SL_ATOM_TIMES && (!english || token.atoms[0].english);
}

// "oh" and "o" between English numbers.
static bool read_oh(const struct chain *chain, struct token *token) {
    const struct sl_reading *reading = chain->reading;
    uint32_t end = letters_end(reading, token->start);
    bool oh = equals(reading, token->start, end, "oh") || equals(reading, token->start, end, "o");
    if (!oh || chain->numeral.low == 0 || !chain->numeral.english ||
        !number_follows(reading, end, true)) {
        return false;
    }
    token->end = end;
    token->stride = 1;
    token->atoms_count = 1;
    token->atoms[0] = (struct sl_atom){0, SL_ATOM_UNIT, true, 0, (uint8_t)(end - token->start)};
    return true;
}

// "due volte sette" inside a number.
static void read_times(const struct chain *chain, struct token *token) {
    struct sl_atom *atom = &token->atoms[0];
    uint32_t start = token->end + 1;
    if (chain->numbers_count == 0 || token->atoms_count > 1 || atom->kind != SL_ATOM_UNIT ||
        atom->value < 2 || atom->value > 4 || start >= chain->reading->len) {
        return;
    }
    uint32_t end = letters_end(chain->reading, start);
    if ((equals(chain->reading, start, end, "volte") ||
         equals(chain->reading, start, end, "times")) &&
        number_follows(chain->reading, end, false)) {
        atom->kind = SL_ATOM_TIMES;
        token->end = end;
    }
}

// Reads the number at `at`, or a piece of one. False: there is none; *ret_end is where to go on.
static bool read_number(const struct chain *chain, uint32_t at, struct token *token) {
    const struct sl_reading *reading = chain->reading;
    token->start = at;
    token->end = at;
    token->atoms_count = 0;
    if (at < reading->len && sl_is_digit(reading->bytes[at])) {
        token->end = digits_end(reading, at);
        return true;
    }
    if (at >= reading->len || !sl_is_letter(reading->bytes[at])) {
        return false;
    }
    token->atoms_count = read_atoms(reading, at, token);
    if (token->atoms_count == 0) {
        return read_oh(chain, token);
    }
    read_times(chain, token);
    const struct sl_atom *last = &token->atoms[token->atoms_count - 1];
    switch (last->kind) {
    case SL_ATOM_TIMES:
        return number_follows(reading, token->end, false);
    case SL_ATOM_ORDINAL:
        return month_before(chain) || month_follows(reading, token->end);
    default:
        return last->value != 0 || last->kind == SL_ATOM_UNIT || token->atoms_count > 1 ||
               chain->numeral.low != 0;
    }
}

// Numerals.

static void put_gap(struct chain *chain) {
    struct gap gap = chain->gap;
    chain->gap = (struct gap){0};
    if (chain->rewrite == NULL || gap.start == gap.end) {
        return;
    }
    if (gap.sign != 0) {
        sl_rewrite_put(chain->rewrite, gap.sign, chain->reading->map[gap.start]);
    } else {
        sl_rewrite_keep(chain->rewrite, gap.start, gap.end);
    }
}

// Writes the number that was put together.
static void end_numeral(struct chain *chain) {
    struct sl_numeral *numeral = &chain->numeral;
    unsigned char digits[8];
    if (numeral->low != 0) {
        uint32_t count = sl_numeral_digits(numeral, digits);
        chain->numbers_count++;
        chain->words_count++;
        chain->digits_count += count * numeral->times;
        for (uint32_t i = 0; chain->rewrite != NULL && i < count * numeral->times; i++) {
            sl_rewrite_put(chain->rewrite, digits[i % count], chain->reading->map[chain->start]);
        }
    }
    *numeral = (struct sl_numeral){0};
}

static void take_atom(struct chain *chain, const struct token *token, uint32_t index,
                      enum sl_join join) {
    const struct sl_atom *atom = &token->atoms[index];
    if (sl_numeral_add(&chain->numeral, atom, join, token->atoms_count == 1)) {
        chain->gap = (struct gap){0};
        return;
    }
    end_numeral(chain);
    put_gap(chain);
    sl_numeral_begin(&chain->numeral, atom);
    chain->start = token->start + atom->start * token->stride;
}

static void take_digits(struct chain *chain, const struct token *token) {
    uint32_t count = token->end - token->start;
    uint32_t times = chain->numeral.low == 0 && chain->numeral.times > 1 && count <= 2
                         ? chain->numeral.times
                         : 1;
    uint32_t start = chain->start;
    if (times > 1) {
        chain->gap = (struct gap){0};
        chain->words_count++;
        unsigned char digits[2] = {chain->reading->bytes[token->start],
                                   chain->reading->bytes[token->end - 1]};
        for (uint32_t i = 0; chain->rewrite != NULL && i < count * times; i++) {
            sl_rewrite_put(chain->rewrite, digits[i % count], chain->reading->map[start]);
        }
    } else {
        end_numeral(chain);
        put_gap(chain);
        if (chain->rewrite != NULL) {
            sl_rewrite_keep(chain->rewrite, token->start, token->end);
        }
    }
    chain->numeral = (struct sl_numeral){0};
    chain->numbers_count++;
    chain->digits_count += count * times;
}

// Gaps.

static uint32_t count_characters(const struct sl_reading *reading, uint32_t start, uint32_t end) {
    uint32_t count = 0;
    for (uint32_t at = start; at < end; at++) {
        count += (reading->bytes[at] & 0xC0) != 0x80;
    }
    return count;
}

static enum sl_join join_of(const struct sl_reading *reading, uint32_t start, uint32_t end) {
    bool tight = end - start == 1 && (reading->bytes[start] == ' ' || reading->bytes[start] == '-');
    return tight ? SL_JOIN_TIGHT : SL_JOIN_LOOSE;
}

static bool read_connector(const struct sl_reading *reading, uint32_t start, uint32_t end,
                           struct gap *gap) {
    static const struct {
        const char *word;
        unsigned char sign;
        bool strong;
    } connectors[] = {
        {"e", ' ', false},     {"and", ' ', false},     {"poi", ' ', false},
        {"then", ' ', false},  {"trattino", '-', true}, {"dash", '-', true},
        {"hyphen", '-', true}, {"punto", '.', true},    {"dot", '.', true},
        {"spazio", ' ', true}, {"space", ' ', true},    {"barra", '/', true},
        {"slash", '/', true},  {"virgola", ',', true},
    };
    for (size_t i = 0; i < sizeof connectors / sizeof connectors[0]; i++) {
        if (equals(reading, start, end, connectors[i].word)) {
            gap->sign = gap->sign == 0 || gap->sign == ' ' ? connectors[i].sign : gap->sign;
            gap->strong |= connectors[i].strong;
            return true;
        }
    }
    uint32_t crosses = start;
    while (crosses < end && reading->bytes[crosses] == 'x') {
        crosses++;
    }
    // "xxx": what somebody blotted out at first. Within a code they are its letters.
    bool inside = start > 0 && sl_is_alnum(reading->bytes[start - 1]) && end < reading->len &&
                  sl_is_alnum(reading->bytes[end]);
    bool blot = end - start >= 2 && crosses == end && !inside;
    gap->sign = blot && gap->sign == 0 ? ' ' : gap->sign;
    gap->strong |= blot;
    return blot;
}

// Finds the number that goes on behind `at`.
static bool find_next(struct chain *chain, uint32_t at, bool after_digits, struct token *token) {
    const struct sl_reading *reading = chain->reading;
    struct gap gap = {.start = at};
    for (uint32_t words_count = 0; words_count <= CONNECTORS_MAX; words_count++) {
        gap.end = separators_end(reading, at);
        if (gap.end == SL_NOWHERE || gap.end == reading->len) {
            return false;
        }
        if (read_number(chain, gap.end, token)) {
            bool digits_only = after_digits && token->atoms_count == 0;
            bool linked = words_count > 0 && digits_only;
            gap.join = words_count == 0   ? join_of(reading, gap.start, gap.end)
                       : words_count == 1 ? SL_JOIN_AND
                                          : SL_JOIN_LOOSE;
            if (words_count == 0 &&
                count_characters(reading, gap.start, gap.end) > SL_RUN_GAP_MAX) {
                gap.sign = ' ';
            }
            chain->joined |= linked;
            chain->gap = gap;
            return !linked || gap.strong;
        }
        uint32_t word_end = letters_end(reading, gap.end);
        // "983e 38": a letter of a code.
        bool glued = gap.end == at && word_end == gap.end + 1;
        if (glued || word_end == gap.end || !read_connector(reading, gap.end, word_end, &gap)) {
            return false;
        }
        at = word_end;
    }
    return false;
}

// Walks the chain that begins at `at`.
static void walk(struct chain *chain, uint32_t at) {
    struct token token;
    bool found = read_number(chain, at, &token);
    chain->end = found ? at : token.end;
    while (found) {
        if (token.atoms_count == 0) {
            take_digits(chain, &token);
        }
        for (uint32_t i = 0; i < token.atoms_count; i++) {
            take_atom(chain, &token, i, i > 0 ? SL_JOIN_GLUED : chain->gap.join);
        }
        chain->end = token.end;
        found = find_next(chain, token.end, token.atoms_count == 0, &token);
    }
    end_numeral(chain);
}

// Where the chain goes.

struct speller {
    struct sl_rewrite rewrite;
    const struct sl_cue_list *cues;
    uint32_t spelled;
    uint32_t next_cue;  // the first that was not passed
    uint32_t cue_until; // byte up to which a cue reaches
};

static bool cue_reaches(struct speller *speller, uint32_t at) {
    const struct sl_cue_list *cues = speller->cues;
    while (speller->next_cue < cues->cues_count && cues->cues[speller->next_cue].start < at) {
        const struct sl_cue *cue = &cues->cues[speller->next_cue++];
        if ((cue->strong & speller->spelled) != 0 && cue->end + CUE_REACH > speller->cue_until) {
            speller->cue_until = cue->end + CUE_REACH;
        }
    }
    return at < speller->cue_until;
}

// Words that are no numbers when they stand alone before another word.
static bool is_plain_word(const struct sl_reading *reading, uint32_t start, uint32_t end) {
    static const char *const plain[] = {"uno", "sei", "one", "cent", "ten"};
    bool word_follows = end + 1 < reading->len && reading->bytes[end] == ' ' &&
                        sl_is_letter(reading->bytes[end + 1]);
    return word_follows && ONE_OF(reading, start, end, plain);
}

static bool worth_writing(struct speller *speller, const struct chain *chain, uint32_t start) {
    if (chain->words_count == 0) {
        return chain->joined && chain->digits_count >= DIGITS_JOINED;
    }
    if (chain->numbers_count >= NUMBERS_MIN && chain->digits_count >= DIGITS_MIN) {
        return true;
    }
    return cue_reaches(speller, start) &&
           (chain->numbers_count > 1 || !is_plain_word(chain->reading, start, chain->end));
}

// The chain that begins at `at`, written or only counted.
static struct chain walk_chain(struct speller *speller, uint32_t at, bool write) {
    struct chain chain = {
        .reading = speller->rewrite.reading,
        .rewrite = write ? &speller->rewrite : NULL,
        .written = speller->rewrite.len,
    };
    walk(&chain, at);
    speller->rewrite.changed |= write;
    return chain;
}

// "piu trentanove …" at `at`: writes the sign. Returns where the number begins, `at` when it is
// none.
static uint32_t take_plus(struct speller *speller, uint32_t at) {
    struct sl_reading *reading = speller->rewrite.reading;
    uint32_t end = letters_end(reading, at);
    if ((!equals(reading, at, end, "piu") && !equals(reading, at, end, "plus")) ||
        end + 1 >= reading->len || reading->bytes[end] != ' ') {
        return at;
    }
    struct chain chain = walk_chain(speller, end + 1, false);
    if (chain.numbers_count == 0 || chain.digits_count < DIGITS_PHONE) {
        return at;
    }
    sl_rewrite_put(&speller->rewrite, '+', reading->map[at]);
    speller->rewrite.changed = true;
    return end + 1;
}

// Takes what begins at `at`, a letter or digit with neither before it or of the other sort. Returns
// where it ends.
static uint32_t take_chain(struct speller *speller, uint32_t at) {
    struct sl_reading *reading = speller->rewrite.reading;
    at = take_plus(speller, at);
    struct chain chain = walk_chain(speller, at, false);
    if (chain.numbers_count > 0 && worth_writing(speller, &chain, at)) {
        bool reached = cue_reaches(speller, at);
        uint32_t until = chain.end + CODE_REACH;
        walk_chain(speller, at, true);
        speller->cue_until = reached && until > speller->cue_until ? until : speller->cue_until;
        return chain.end;
    }
    uint32_t word_end = letters_end(reading, at);
    uint32_t end = chain.end > at ? chain.end : word_end;
    sl_rewrite_keep(&speller->rewrite, at, end);
    return end;
}

bool sl_reading_spell_out(struct sl_reading *reading, const struct sl_cue_list *cues,
                          uint32_t spelled) {
    struct speller speller = {.rewrite = {.reading = reading}, .cues = cues, .spelled = spelled};
    for (uint32_t at = 0; at < reading->len;) {
        uint32_t end = sl_is_alnum(reading->bytes[at]) ? take_chain(&speller, at) : at;
        if (end == at) {
            sl_rewrite_keep(&speller.rewrite, at, at + 1);
            end++;
        }
        at = end;
        SL_ASSERT(speller.rewrite.len <= at);
    }
    return sl_rewrite_end(&speller.rewrite);
}
