// SPDX-License-Identifier: Apache-2.0
//
// Where a text's first and last number stand, and what speaks for them there. Most texts end and
// begin with words and are done after a look at a few bytes.
#include "identify/edges.h"

#include <string.h>

#include "identify/checks.h"
#include "identify/runs.h"

#define REACH_BYTES     96 // from the edge, for mentions and words that say that something goes on
#define WORTH_REACH     48 // a text without a digit so near either edge has no half of a number
#define LETTER_TEXT_MAX 24
#define WORDS_MAX       6
#define WORD_BYTES      16
#define LETTERS_MAX     6 // of a codice fiscale before its first digit
#define IBAN_PROVEN     4 // characters that are not a word by chance
#define COUNTED_DIGITS  4 // a shorter or equal number may count what follows it
#define GROUP_DIGITS    4
#define BRACKET_MARK    2 // "1)": a list has it, too

enum {
    // Before the tail.
    CUE_STRONG = 40,
    PHONE_CUE_WEAK = 15,
    CARD_CUE_WEAK = 20,
    PHONE_AGAINST = -40,
    CARD_AGAINST = -20,
    PLUS = 20,
    TAIL_ALONE = 10,
    TAIL_GLUED = -60,

    // Behind the head.
    CUE_AFTER_STRONG = 20,
    CUE_AFTER_WEAK = 10,
    HEAD_ALONE = 15,
    PHONE_COUNTED = -30,
    CARD_COUNTED = -20,
    ODD_JOINT = -40, // 18:30, 4,50, 12/5, 8.4.23

    // At either.
    AMOUNT = -60,
    ADDRESS = -60,
};

const char sl_edges_going_on_words[] =
    "continua|continuo|continuazione|continuando|segue|seguono|prosegue|proseguo|resto|restante|"
    "restanti|rimanente|rimanenti|prossimo|successivo|manca|mancano|mancava|mancavano|mancanti|"
    "ultime|finale|finali|cont|continued|continues|continue|continuing|rest|remaining|remainder|"
    "next|missing";

// Words that may stand before a head without saying anything.
static const char *const idle[] = {
    "e", "ed", "poi", "ecco", "scusa", "scusate", "ops", "anzi", "dicevo", "and", "then", "sorry",
};

static const char *const part_words[] = {"parte", "part", "pt", "post"};

// A number before one of these counts nothing.
static const char *const polite[] = {
    "grazie", "saluti", "ciao", "attendo", "aspetto", "buona", "buon", "thanks", "thank", "please",
};

#define IS_ONE_OF(list, word, len) is_one_of(list, sizeof(list) / sizeof(list)[0], word, len)

static bool is_one_of(const char *const *list, size_t count, const unsigned char *word,
                      uint32_t len) {
    for (size_t i = 0; i < count && len < WORD_BYTES; i++) {
        if ((unsigned char)list[i][0] == word[0] && strlen(list[i]) == len &&
            memcmp(list[i], word, len) == 0) {
            return true;
        }
    }
    return false;
}

// No way out before the end: so the compiler can look at many bytes at once.
static bool has_digit(const unsigned char *bytes, uint32_t start, uint32_t end) {
    bool found = false;
    for (uint32_t at = start; at < end; at++) {
        found |= sl_is_digit(bytes[at]);
    }
    return found;
}

static bool word_at(const struct sl_look *look, uint32_t at) {
    return at < look->len && sl_is_alnum(look->bytes[at]);
}

static uint32_t word_end(const struct sl_look *look, uint32_t at) {
    return sl_word_end(look->bytes, look->len, at);
}

static uint32_t word_start(const struct sl_look *look, uint32_t end) {
    while (end > 0 && sl_is_alnum(look->bytes[end - 1])) {
        end--;
    }
    return end;
}

static uint32_t space_at(const struct sl_look *look, uint32_t at) {
    const unsigned char *space = memchr(look->bytes + at, ' ', look->len - at);
    return space != NULL ? (uint32_t)(space - look->bytes) : look->len;
}

// The first word from `at` on that is no mention, hashtag or link: social networks put those before
// and behind what somebody says. SL_NOWHERE: none within reach.
static uint32_t next_word(const struct sl_look *look, uint32_t at) {
    const unsigned char *bytes = look->bytes;
    while (at < look->len && at < REACH_BYTES) {
        if (sl_is_alnum(bytes[at])) {
            uint32_t end = word_end(look, at);
            if (look->len - end < 3 || memcmp(bytes + end, "://", 3) != 0) {
                return at;
            }
            at = space_at(look, end);
        } else if ((bytes[at] == '@' || bytes[at] == '#') && word_at(look, at + 1)) {
            at = space_at(look, at);
        } else {
            at++;
        }
    }
    return SL_NOWHERE;
}

// Where the mention, hashtag or link begins of which the word [start, end) is the end; `end` when
// it is none.
static uint32_t tag_before(const struct sl_look *look, uint32_t start, uint32_t end) {
    const unsigned char *bytes = look->bytes;
    uint32_t at = start;
    while (at > 0 && start - at < REACH_BYTES && bytes[at - 1] != ' ') {
        at--;
    }
    if (at == start) {
        return end;
    }
    bool tag =
        bytes[at] == '@' || bytes[at] == '#' || memmem(bytes + at, end - at, "://", 3) != NULL;
    return tag ? at : end;
}

// The length of "1/2", "1 di 2" or "1)" at `at`, where a word begins; 0 when none stands there.
static uint32_t part_mark(const struct sl_look *look, uint32_t at) {
    static const char *const between[] = {"/", " di ", " of ", " su "};
    const unsigned char *bytes = look->bytes;
    if (!sl_is_digit(bytes[at]) || bytes[at] == '0') {
        return 0;
    }
    if (at + 1 < look->len && bytes[at + 1] == ')') {
        return 2;
    }
    for (size_t i = 0; i < sizeof between / sizeof between[0]; i++) {
        uint32_t len = (uint32_t)strlen(between[i]);
        uint32_t last = at + 1 + len;
        bool fits = last < look->len && memcmp(bytes + at + 1, between[i], len) == 0 &&
                    sl_is_digit(bytes[last]) && bytes[last] >= bytes[at] && bytes[last] > '1';
        bool goes_on = word_at(look, last + 1) || (last + 1 < look->len && bytes[last + 1] == '/');
        if (fits && !goes_on) {
            return len + 2;
        }
    }
    return 0;
}

// The same where one ends, a word's end too.
static uint32_t part_mark_before(const struct sl_look *look, uint32_t end) {
    for (uint32_t len = 3; len <= 6; len += 3) {
        uint32_t at = end - len;
        bool begins = len <= end && (at == 0 || !sl_is_alnum(look->bytes[at - 1]));
        if (begins && part_mark(look, at) == len) {
            return len;
        }
    }
    bool in_brackets = end > 1 && end < look->len && look->bytes[end] == ')' &&
                       look->bytes[end - 2] == '(' && sl_is_digit(look->bytes[end - 1]);
    return in_brackets ? 1 : 0;
}

// Words between an edge and a number. Where nothing in the whole text says that it goes on, the
// first plain one ends the search.
struct words {
    uint32_t count;
    bool plain;  // one of them says something else
    bool marked; // one says that the number goes on
};

static bool says_it_goes_on(const struct sl_look *look, uint32_t start) {
    const struct sl_cue_list *list = look->cues;
    if ((list->senses & SL_SENSE_GOES_ON) == 0) {
        return false;
    }
    for (uint32_t i = sl_cues_from(list, start);
         i < list->cues_count && list->cues[i].start == start; i++) {
        if ((list->cues[i].senses & SL_SENSE_GOES_ON) != 0) {
            return true;
        }
    }
    return false;
}

static void add_word(const struct sl_look *look, uint32_t start, uint32_t end,
                     struct words *words) {
    bool goes_on = says_it_goes_on(look, start);
    words->count++;
    words->marked |= goes_on;
    words->plain |= !goes_on && !IS_ONE_OF(idle, look->bytes + start, end - start);
}

static bool may_go_on(const struct sl_look *look, const struct words *words) {
    bool hopeless = words->plain && !words->marked && (look->cues->senses & SL_SENSE_GOES_ON) == 0;
    return words->count <= WORDS_MAX && !hopeless;
}

// "parte 2": the place behind the digit, 0 when this is not it.
static uint32_t behind_part_word(const struct sl_look *look, uint32_t start, uint32_t end) {
    uint32_t digit = end;
    while (digit < look->len && digit - end < 2 && !sl_is_alnum(look->bytes[digit])) {
        digit++;
    }
    bool single =
        digit < look->len && sl_is_digit(look->bytes[digit]) && word_end(look, digit) == digit + 1;
    return single && IS_ONE_OF(part_words, look->bytes + start, end - start) ? digit + 1 : 0;
}

// Heads.

// The place of the first word with a digit; SL_NOWHERE when something else comes first.
static uint32_t find_head(const struct sl_look *look, struct words *words) {
    uint32_t at = 0;
    while ((at = next_word(look, at)) != SL_NOWHERE && may_go_on(look, words)) {
        uint32_t end = word_end(look, at);
        uint32_t mark = part_mark(look, at);
        uint32_t behind = mark != 0 ? at + mark : behind_part_word(look, at, end);
        if (behind != 0) {
            words->marked |= mark != BRACKET_MARK;
            at = behind;
        } else if (has_digit(look->bytes, at, end)) {
            return words->plain && !words->marked ? SL_NOWHERE : at;
        } else {
            add_word(look, at, end, words);
            at = end;
        }
    }
    return SL_NOWHERE;
}

// A number that counts what follows: "30 chiamate".
static bool counts_something(const struct sl_look *look, uint32_t end, uint32_t digits) {
    if (digits > COUNTED_DIGITS || end + 1 >= look->len || look->bytes[end] != ' ' ||
        !sl_is_letter(look->bytes[end + 1])) {
        return false;
    }
    return !IS_ONE_OF(polite, look->bytes + end + 1, word_end(look, end + 1) - end - 1);
}

static bool has_odd_joint(const struct sl_look *look, const uint32_t *offsets, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        unsigned char gap = look->bytes[offsets[i] - 1];
        bool single = offsets[i] - offsets[i - 1] == 2;
        bool version = gap == '.' && (i == 1 || offsets[i - 1] - offsets[i - 2] > 1);
        if (single && (gap == ':' || gap == ',' || gap == '/' || version)) {
            return true;
        }
    }
    return false;
}

static void weigh_head(const struct sl_look *look, const uint32_t *offsets, struct sl_head *head) {
    if (head->digits_count == 0) {
        return;
    }
    uint32_t end = offsets[head->digits_count - 1] + 1;
    struct sl_surroundings around = sl_look_around(look, SL_KIND_PHONE, head->start, end);
    int after = around.after == SL_CUE_STRONG ? CUE_AFTER_STRONG
                : around.after == SL_CUE_WEAK ? CUE_AFTER_WEAK
                                              : 0;
    int both = (around.amount ? AMOUNT : 0) + (around.in_address ? ADDRESS : 0) +
               (around.alone ? HEAD_ALONE : 0) +
               (has_odd_joint(look, offsets, head->digits_count) ? ODD_JOINT : 0);
    bool counts = after == 0 && counts_something(look, end, head->digits_count);
    head->phone_score = (int16_t)(both + after + (counts ? PHONE_COUNTED : 0));
    head->card_score = (int16_t)(both + (counts ? CARD_COUNTED : 0));
}

static void take_head(const struct sl_look *look, uint32_t at, struct sl_head *head) {
    uint32_t offsets[SL_FRAGMENT_CHARS_MAX];
    uint32_t count = sl_look_squeeze(look, at, SL_FRAGMENT_CHARS_MAX, head->chars, offsets);
    head->start = at;
    head->chars_count = (uint8_t)count;
    for (uint32_t i = 0; i < count; i++) {
        head->places[i + 1] = offsets[i] + 1;
        if (!word_at(look, offsets[i] + 1)) {
            head->ends |= UINT64_C(1) << (i + 1);
        }
        if (head->digits_count == i && sl_is_digit(head->chars[i])) {
            head->digits_count++;
        }
    }
    weigh_head(look, offsets, head);
}

static bool look_at_head(const struct sl_look *look, struct sl_head *head) {
    struct words words = {0};
    uint32_t at = find_head(look, &words);
    if (at != SL_NOWHERE) {
        *head = (struct sl_head){.marked = words.marked};
        take_head(look, at, head);
        return true;
    }
    at = next_word(look, 0);
    if (at == SL_NOWHERE || word_at(look, at + 1)) {
        return false;
    }
    *head = (struct sl_head){.marked = words.marked};
    // A letter by itself, which may be the check letter of a codice fiscale.
    head->start = at;
    head->chars[0] = look->bytes[at];
    head->chars_count = 1;
    head->places[1] = at + 1;
    head->ends = 1u << 1;
    return true;
}

// Tails.

static bool asks_for_code(const struct sl_cue_list *cues) {
    return (cues->strong & 1u << SL_KIND_FISCAL_CODE) != 0;
}

// The place behind the last word with a digit, or behind the last word where letters may be the
// beginning of a code; SL_NOWHERE when something else comes behind it.
static uint32_t find_tail(const struct sl_look *look, struct words *words) {
    uint32_t at = look->len, letters = SL_NOWHERE;
    while (at > 0 && look->len - at < REACH_BYTES && may_go_on(look, words)) {
        if (!sl_is_alnum(look->bytes[at - 1])) {
            at--;
            continue;
        }
        uint32_t start = word_start(look, at);
        uint32_t tag = tag_before(look, start, at);
        if (tag < at) {
            at = tag;
            continue;
        }
        uint32_t mark = part_mark_before(look, at);
        if (mark != 0) {
            words->marked |= mark > BRACKET_MARK;
            at -= mark;
            continue;
        }
        if (has_digit(look->bytes, start, at)) {
            uint32_t before = start > 0 ? word_start(look, start - 1) : start;
            if (start > 0 && behind_part_word(look, before, start - 1) == at) {
                words->marked = true;
                at = before;
                continue;
            }
            return words->plain && !words->marked ? letters : at;
        }
        if (!words->plain && letters == SL_NOWHERE && at - start <= LETTERS_MAX &&
            asks_for_code(look->cues) && !says_it_goes_on(look, start)) {
            letters = at;
        }
        add_word(look, start, at, words);
        at = start;
    }
    return letters;
}

// The last letters and digits before an edge, and where each stands.
struct ending {
    uint32_t count;
    uint32_t digits; // index of the first of the digits it ends with
    uint32_t end;
    unsigned char chars[SL_FRAGMENT_CHARS_MAX];
    uint32_t offsets[SL_FRAGMENT_CHARS_MAX];
};

static void take_ending(const struct sl_look *look, uint32_t end, struct ending *ret_ending) {
    uint32_t first = SL_FRAGMENT_CHARS_MAX;
    ret_ending->end = end;
    for (uint32_t at = end; first > 0 && at > 0;) {
        if (sl_is_alnum(look->bytes[at - 1])) {
            ret_ending->chars[--first] = look->bytes[--at];
            ret_ending->offsets[first] = at;
            continue;
        }
        at = sl_skip_separators_back(look, at);
        if (at == SL_NOWHERE || !sl_is_alnum(look->bytes[at - 1])) {
            break;
        }
    }
    uint32_t count = SL_FRAGMENT_CHARS_MAX - first;
    memmove(ret_ending->chars, ret_ending->chars + first, count);
    memmove(ret_ending->offsets, ret_ending->offsets + first, count * sizeof(uint32_t));
    ret_ending->count = ret_ending->digits = count;
    while (ret_ending->digits > 0 && sl_is_digit(ret_ending->chars[ret_ending->digits - 1])) {
        ret_ending->digits--;
    }
}

// A word or group begins with this character.
static bool begins_at(const struct sl_look *look, const struct ending *ending, uint32_t index) {
    uint32_t offset = ending->offsets[index];
    return offset == 0 || !sl_is_alnum(look->bytes[offset - 1]);
}

// The group belongs to what stands before it (18:30, 12/5, ws-373), or is a heart (<3).
static bool tied_before(const struct sl_look *look, const struct ending *ending, uint32_t index) {
    uint32_t start = ending->offsets[index];
    unsigned char before = start > 0 ? look->bytes[start - 1] : ' ';
    bool letters = start > 1 && sl_is_letter(look->bytes[start - 2]);
    bool digits = start > 1 && sl_is_digit(look->bytes[start - 2]);
    bool entity = start > 3 && memcmp(look->bytes + start - 4, "&lt;", 4) == 0;
    bool smile = before == ':' && !letters && ending->chars[index] == '3' && !digits;
    return (digits && before != ' ' && before < 0x80) || before == '<' || entity || smile ||
           (letters && (before == '-' || before == '_' || before == '/'));
}

// 31.07.2009
static bool is_date(const struct sl_look *look, const struct ending *ending, uint32_t first) {
    const uint32_t *offsets = ending->offsets + first;
    return ending->count - first == 8 && offsets[2] - offsets[1] == 2 &&
           offsets[4] - offsets[3] == 2 && offsets[7] - offsets[4] == 3 &&
           look->bytes[offsets[2] - 1] == look->bytes[offsets[4] - 1] &&
           look->bytes[offsets[2] - 1] != ' ';
}

// A time, an amount, a date, 3...2...1: no telephone number is written so.
static bool is_something_else(const struct sl_look *look, const struct ending *ending,
                              uint32_t first) {
    uint32_t slashes = 0, gaps = 0;
    for (uint32_t i = first + 1; i < ending->count; i++) {
        unsigned char gap = look->bytes[ending->offsets[i] - 1];
        bool single = ending->offsets[i] - ending->offsets[i - 1] == 2;
        gaps += begins_at(look, ending, i);
        slashes += single && gap == '/';
        if (slashes > 1 || (single && (gap == ':' || gap == ','))) {
            return true;
        }
    }
    uint32_t count = ending->count - first;
    return (count > 1 && count <= COUNTED_DIGITS && gaps + 1 == count) ||
           is_date(look, ending, first);
}

static bool in_fours(const struct sl_look *look, const struct ending *ending, uint32_t first) {
    for (uint32_t i = first + 1; i < ending->count; i++) {
        if (begins_at(look, ending, i) && (i - first) % GROUP_DIGITS != 0) {
            return false;
        }
    }
    return true;
}

static bool plus_before(const struct sl_look *look, uint32_t at) {
    return at > 0 && look->bytes[at - 1] == '+';
}

static void weigh_number(const struct sl_look *look, const struct ending *ending,
                         struct sl_edge_part *part) {
    enum sl_kind kind = (enum sl_kind)part->fragment.kind;
    bool phone = kind == SL_KIND_PHONE;
    struct sl_surroundings around = sl_look_around(look, kind, part->start, ending->end);
    bool plus = plus_before(look, part->start);
    int cue = around.before == SL_CUE_STRONG ? CUE_STRONG
              : around.before == SL_CUE_WEAK ? (phone ? PHONE_CUE_WEAK : CARD_CUE_WEAK)
                                             : 0;
    bool against = around.against && around.before != SL_CUE_STRONG;
    part->cued = around.before == SL_CUE_STRONG;
    part->score =
        (int16_t)(cue + (against ? (phone ? PHONE_AGAINST : CARD_AGAINST) : 0) + (plus ? PLUS : 0) +
                  (around.alone ? TAIL_ALONE : 0) + (around.amount ? AMOUNT : 0) +
                  (around.in_address ? ADDRESS : 0) + (around.letters_before ? TAIL_GLUED : 0));
}

// The longest digits that may begin such a number; for a card those in fours go before.
static bool take_number(const struct sl_look *look, const struct ending *ending, enum sl_kind kind,
                        struct sl_edge_part *part) {
    uint32_t passes = kind == SL_KIND_CARD ? 2 : 1;
    for (uint32_t pass = 0; pass < passes; pass++) {
        for (uint32_t first = ending->digits; first < ending->count; first++) {
            bool begins = first == ending->digits || begins_at(look, ending, first);
            bool grouped = begins && in_fours(look, ending, first);
            if (!begins || tied_before(look, ending, first) ||
                (kind == SL_KIND_PHONE && is_something_else(look, ending, first)) ||
                (kind == SL_KIND_CARD && grouped != (pass == 0))) {
                continue;
            }
            part->start = ending->offsets[first];
            part->grouped = grouped;
            if (sl_fragment_begin(kind, ending->chars + first, ending->count - first,
                                  plus_before(look, part->start), &part->fragment)) {
                weigh_number(look, ending, part);
                part->start -= plus_before(look, part->start);
                return true;
            }
        }
    }
    part->fragment = (struct sl_fragment){0};
    return false;
}

// The shortest words that may begin such a code. Few characters need a cue.
static bool take_code(const struct sl_look *look, const struct ending *ending, enum sl_kind kind,
                      struct sl_edge_part *part) {
    uint32_t proven = kind == SL_KIND_IBAN ? IBAN_PROVEN : LETTERS_MAX + 1;
    for (uint32_t first = ending->count; first > 0; first--) {
        part->start = ending->offsets[first - 1];
        uint32_t count = ending->count - first + 1;
        if (!sl_is_letter(ending->chars[first - 1]) || !begins_at(look, ending, first - 1) ||
            !sl_fragment_begin(kind, ending->chars + first - 1, count, false, &part->fragment)) {
            continue;
        }
        struct sl_surroundings around = sl_look_around(look, kind, part->start, ending->end);
        part->cued = around.before == SL_CUE_STRONG;
        part->score = part->cued ? CUE_STRONG : 0;
        if (count >= proven || part->cued) {
            return true;
        }
        break;
    }
    part->fragment = (struct sl_fragment){0};
    return false;
}

static bool look_at_tail(const struct sl_look *look, struct sl_tail *tail) {
    struct words words = {0};
    uint32_t end = find_tail(look, &words);
    if (end == SL_NOWHERE) {
        return false;
    }
    *tail = (struct sl_tail){0};
    struct ending ending;
    take_ending(look, end, &ending);
    tail->end = end;
    uint32_t first = next_word(look, 0);
    tail->marked = words.marked || (first != SL_NOWHERE && part_mark(look, first) > BRACKET_MARK);
    bool found = false;
    if (ending.digits < ending.count) {
        found |= take_number(look, &ending, SL_KIND_PHONE, &tail->parts[SL_EDGE_PHONE]);
        found |= take_number(look, &ending, SL_KIND_CARD, &tail->parts[SL_EDGE_CARD]);
    }
    found |= take_code(look, &ending, SL_KIND_IBAN, &tail->parts[SL_EDGE_IBAN]);
    found |= take_code(look, &ending, SL_KIND_FISCAL_CODE, &tail->parts[SL_EDGE_FISCAL_CODE]);
    return found;
}

// A text without a digit near an edge has one only where letters may be part of a code.

static uint32_t reach_of(const struct sl_look *look) {
    return look->len < WORTH_REACH ? look->len : WORTH_REACH;
}

// A check letter alone is a post of a few words.
static bool may_be_check_letter(const struct sl_look *look) {
    return look->len > 0 && look->len <= LETTER_TEXT_MAX && sl_is_letter(look->bytes[0]) &&
           !word_at(look, 1);
}

static bool may_have_head(const struct sl_look *look) {
    return may_be_check_letter(look) ||
           sl_next_digit(look->bytes, reach_of(look), 0) < reach_of(look);
}

static bool may_have_tail(const struct sl_look *look) {
    return asks_for_code(look->cues) ||
           sl_next_digit(look->bytes, look->len, look->len - reach_of(look)) < look->len;
}

bool sl_edges_worth(const struct sl_folded *folded, const struct sl_cue_list *cues) {
    struct sl_look look = {.bytes = folded->bytes, .len = folded->len, .cues = cues};
    if (folded->digits_count == 0) {
        return may_be_check_letter(&look) || asks_for_code(cues);
    }
    return may_have_head(&look) || may_have_tail(&look);
}

bool sl_edges_find(const struct sl_look *look, struct sl_edges *ret_edges) {
    ret_edges->tail.end = 0;
    ret_edges->has_head = may_have_head(look) && look_at_head(look, &ret_edges->head);
    ret_edges->has_tail = may_have_tail(look) && look_at_tail(look, &ret_edges->tail);
    ret_edges->through = ret_edges->has_head &&
                         ret_edges->head.places[ret_edges->head.chars_count] == ret_edges->tail.end;
    return ret_edges->has_head || ret_edges->has_tail;
}
