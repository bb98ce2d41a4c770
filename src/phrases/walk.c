// SPDX-License-Identifier: Apache-2.0
//
// The walk: over all texts of a block, so many tokens at a time, in loops: where tokens end,
// which words they are, what the others are, at which of them anything can begin or end, and what
// does. Most of them take the same steps whatever the texts say, so that the processor works on
// several tokens at once; what cannot be foreseen is left to the last, and to few tokens.
//
// Why it takes linear time: at a token of letters at most one run starts, at one of signs some more
// for each of its bytes; a run takes at most SL_PHRASES_RUN_TOKENS_MAX steps, at each does the
// actions of one state, and once may part into one for each length of a tail.
//
// Why the last place before a gap is enough: of two places where the part before it ended, the
// later is nearer to whatever comes, and no sentence ends between it and there that does not end
// behind the earlier, too. Only places behind the first token of the next part do not count; no
// part is longer than a run, so a bit for each of the last tokens is all that can matter.
#include "base/assert.h"
#include "phrases/internal.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define BLOCK_BYTES        64
#define GAP_BYTES_MAX      47 // with the space at its end (pack/expression.h)
#define QUESTION_BYTES_MAX 239
#define GAP_TOKENS_MAX     (GAP_BYTES_MAX / 2 + 1)
#define TOKENS_BEFORE      64 // kept of those that are done: what a gap looks back to
#define TOKENS_AHEAD       SL_PHRASES_RUN_TOKENS_MAX
#define TOKENS_MAX         1024

_Static_assert(SL_PHRASES_RUN_TOKENS_MAX + GAP_TOKENS_MAX < TOKENS_BEFORE,
               "the part before a gap is known when the one behind it ends");

// Where the part before a gap ended: bit i: i tokens before the last.
struct gap {
    uint64_t last, places;
};

struct question {
    uint64_t token; // the last at which what asks if the sentence does ended
    uint32_t end;
};

struct sl_phrases_walk {
    uint64_t first;    // the number of the first token here; it grows from block to block
    uint64_t sentence; // the first token of this sentence
    uint64_t begin;    // the same, behind the mentions so far
    uint32_t count;
    uint32_t lexed; // tokens that are known
    uint32_t ends[TOKENS_MAX + 1];
    uint64_t known[TOKENS_MAX + 1]; // of each token; 0: nothing
    uint16_t unknown[TOKENS_MAX];   // tokens that are no word of a phrase
    uint16_t events[TOKENS_MAX];    // tokens at which there is something to do
    uint32_t asked_count;           // questions that are open in this sentence
    // Behind it: gaps, questions, and those that are open.
};

struct walk {
    const struct sl_phrases *phrases;
    struct sl_phrases_walk *at;
    struct gap *gaps;
    struct question *questions;
    uint32_t *asked;
    const unsigned char *block;
    sl_phrases_found_fn tell;
    void *context;
};

size_t sl_phrases_walk_bytes(const struct sl_phrases *phrases) {
    return sizeof(struct sl_phrases_walk) + phrases->gaps_count * sizeof(struct gap) +
           phrases->questions_count * (sizeof(struct question) + sizeof(uint32_t));
}

static struct walk walk_of(const struct sl_phrases *phrases, struct sl_phrases_walk *at) {
    struct walk walk = {.phrases = phrases, .at = at};
    walk.gaps = (struct gap *)(void *)(at + 1);
    walk.questions = (struct question *)(void *)(walk.gaps + phrases->gaps_count);
    walk.asked = (uint32_t *)(void *)(walk.questions + phrases->questions_count);
    return walk;
}

static uint32_t start_of(const struct walk *walk, uint32_t index) {
    return walk->at->ends[index - 1] + 1;
}

// Actions. `start` and `end` are the first and the last token of a part, here.

static void open_gap(const struct walk *walk, uint32_t number, uint32_t end) {
    struct gap *gap = &walk->gaps[number];
    uint64_t token = walk->at->first + end;
    if (token >= gap->last) {
        uint64_t passed = token - gap->last;
        gap->places = (passed < 64 ? gap->places << passed : 0) | 1;
        gap->last = token;
    } else {
        gap->places |= UINT64_C(1) << (gap->last - token); // a run that began later ended earlier
    }
}

static bool is_behind(const struct walk *walk, uint32_t number, uint32_t start) {
    const struct gap *gap = &walk->gaps[number];
    uint64_t before = walk->at->first + start - 1, place = gap->last;
    if (place > before) {
        uint64_t places = place - before < 64 ? gap->places >> (place - before) : 0;
        if (places == 0) {
            return false;
        }
        place = before - (uint64_t)__builtin_ctzll(places);
    }
    return place >= walk->at->sentence && before - place < GAP_TOKENS_MAX &&
           start_of(walk, start) - start_of(walk, (uint32_t)(place - walk->at->first) + 1) <=
               GAP_BYTES_MAX;
}

static void open_question(const struct walk *walk, uint32_t number, uint32_t end) {
    struct question *question = &walk->questions[number];
    uint64_t token = walk->at->first + end;
    if (question->token < walk->at->sentence) {
        walk->asked[walk->at->asked_count++] = number;
    }
    if (question->token < token) {
        question->token = token;
        question->end = walk->at->ends[end];
    }
}

static void act(const struct walk *walk, uint32_t state, uint32_t start, uint32_t end) {
    const uint64_t *actions = walk->phrases->actions + walk->phrases->ends[state];
    for (uint64_t i = 1; i <= actions[0]; i++) {
        uint32_t needs = (uint32_t)(actions[i] >> 32), gives = (uint32_t)actions[i];
        uint32_t number = gives & SL_ACTION_NUMBER;
        bool holds = needs >> SL_ACTION_BITS == SL_NEEDS_NOTHING ||
                     (needs >> SL_ACTION_BITS == SL_NEEDS_BEGIN
                          ? walk->at->first + start == walk->at->begin
                          : is_behind(walk, needs & SL_ACTION_NUMBER, start));
        if (!holds) {
            continue;
        }
        if (gives >> SL_ACTION_BITS == SL_GIVES_FOUND) {
            walk->tell(walk->context, number, walk->at->ends[end]);
        } else if (gives >> SL_ACTION_BITS == SL_GIVES_GAP) {
            open_gap(walk, number, end);
        } else {
            open_question(walk, number, end);
        }
    }
}

// Runs.

static inline uint32_t transition(const struct sl_phrases *phrases, uint32_t state,
                                  uint32_t symbol) {
    uint64_t key = sl_transition_key(state, symbol);
    size_t last = ((size_t)1 << phrases->transition_bits) - 1;
    for (size_t slot = sl_transition_slot(phrases, key);; slot = (slot + 1) & last) {
        uint64_t found = phrases->transitions[slot];
        if (found >> SL_TARGET_BITS == key) {
            return (uint32_t)found & ((1u << SL_TARGET_BITS) - 1);
        }
        if (found == 0) {
            return 0;
        }
    }
}

static void follow_tails(const struct walk *walk, uint32_t state, uint32_t start, uint32_t end);

// From where the automaton comes to with the tokens from `start` to `end`.
static inline void run(const struct walk *walk, uint32_t target, uint32_t start, uint32_t end) {
    while ((target & SL_STATES_MAX) != 0) {
        uint32_t state = target & SL_STATES_MAX;
        if ((target & SL_TARGET_ENDS) != 0) {
            act(walk, state, start, end);
        }
        if ((target & SL_TARGET_LEAF) != 0) {
            break;
        }
        end++;
        if ((target & SL_TARGET_TAIL) != 0) {
            follow_tails(walk, state, start, end);
        }
        uint32_t next = sl_word_symbol(walk->at->known[end]);
        target = next != 0 ? transition(walk->phrases, state, next) : 0;
    }
}

// The tails of a token, those of the lengths of which there are any: the next, or NULL.
static const struct sl_word_entry *next_tail(const struct walk *walk, uint32_t index,
                                             uint32_t *lengths) {
    const struct sl_lexicon *lexicon = &walk->phrases->lexicon;
    uint32_t end = walk->at->ends[index], token_len = end - start_of(walk, index);
    while (*lengths != 0) {
        uint32_t len = (uint32_t)__builtin_ctz(*lengths);
        *lengths &= *lengths - 1;
        const struct sl_word_entry *tail =
            len <= token_len ? sl_word_find(lexicon, &lexicon->tails, walk->block + end - len, len)
                             : NULL;
        if (tail != NULL) {
            return tail;
        }
    }
    return NULL;
}

// Goes on with the token at `end` by how it ends, beside what else it is. Behind the last token of
// a text a newline stands, so there is one.
static void follow_tails(const struct walk *walk, uint32_t state, uint32_t start, uint32_t end) {
    uint32_t lengths = end < walk->at->lexed ? walk->phrases->lexicon.tail_lengths : 0;
    for (const struct sl_word_entry *tail; (tail = next_tail(walk, end, &lengths)) != NULL;) {
        run(walk, transition(walk->phrases, state, sl_word_symbol(tail->known)), start, end);
    }
}

// Tokens of signs, and newlines.

static bool ends_sentence(unsigned char byte) {
    return byte == '.' || byte == '?' || byte == '!' || byte == ';';
}

static void run_from_tails(const struct walk *walk, uint32_t index) {
    uint32_t lengths = walk->phrases->lexicon.tail_lengths;
    for (const struct sl_word_entry *tail; (tail = next_tail(walk, index, &lengths)) != NULL;) {
        run(walk, sl_word_target(tail->known), index, index);
    }
}

static void run_from_within(const struct walk *walk, uint32_t index) {
    const struct sl_lexicon *lexicon = &walk->phrases->lexicon;
    uint32_t end = walk->at->ends[index];
    for (uint32_t at = start_of(walk, index); lexicon->within_lengths != 0 && at < end; at++) {
        for (uint32_t left = lexicon->within_lengths; left != 0; left &= left - 1) {
            uint32_t len = (uint32_t)__builtin_ctz(left);
            const struct sl_word_entry *within =
                len <= end - at ? sl_word_find(lexicon, &lexicon->within, walk->block + at, len)
                                : NULL;
            if (within != NULL) {
                run(walk, sl_word_target(within->known), index, index);
            }
        }
    }
}

// With the token of signs at `index`. It asks when nothing but . and ! stands before its ?.
static void close_sentence(const struct walk *walk, uint32_t index) {
    struct sl_phrases_walk *at = walk->at;
    uint32_t start = start_of(walk, index), end = at->ends[index], sign = start;
    while (sign < end && (walk->block[sign] == '!' || walk->block[sign] == '.')) {
        sign++;
    }
    bool asks = sign < end && walk->block[sign] == '?';
    for (uint32_t i = 0; asks && i < at->asked_count; i++) {
        const struct question *question = &walk->questions[walk->asked[i]];
        if (start - (question->end + 1) <= QUESTION_BYTES_MAX) {
            walk->tell(walk->context, walk->phrases->questions[walk->asked[i]], end);
        }
    }
    at->asked_count = 0;
    at->sentence = at->first + index; // a tail of the same token belongs to the next
}

static void start_text(struct sl_phrases_walk *at, uint32_t index) {
    at->asked_count = 0;
    at->sentence = at->begin = at->first + index + 1;
}

static void take_signs(const struct walk *walk, uint32_t index) {
    struct sl_phrases_walk *at = walk->at;
    const unsigned char *block = walk->block;
    uint32_t start = start_of(walk, index), end = at->ends[index];
    if (block[start] == '\n') {
        start_text(at, index);
        return;
    }
    bool closes = false;
    for (uint32_t i = start; i < end; i++) {
        closes |= ends_sentence(block[i]);
    }
    if (closes) {
        close_sentence(walk, index);
    }
    run_from_tails(walk, index);
    run_from_within(walk, index);
    if (ends_sentence(block[end - 1])) {
        at->begin = at->first + index + 1;
    } else if (at->begin == at->first + index && end - start == 1 && block[start] == '@' &&
               sl_is_word_byte(block[end + 1])) {
        at->begin += 2;
    }
}

// The loops.

// Bit i: byte i is a space.
static inline uint64_t spaces_in(const unsigned char *bytes) {
    uint64_t spaces = 0;
#if defined(__SSE2__)
    for (int i = 0; i < BLOCK_BYTES; i += 16) {
        __m128i part = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
        spaces |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(part, _mm_set1_epi8(' ')))
                  << i;
    }
#else
    for (int i = 0; i < BLOCK_BYTES; i++) {
        spaces |= (uint64_t)(bytes[i] == ' ') << i;
    }
#endif
    return spaces;
}

// Where tokens end, from byte *at on, as long as there is room for them.
static uint32_t find_ends(struct sl_phrases_walk *walk, const unsigned char *block, size_t len,
                          uint32_t *at) {
    uint32_t count = walk->count, base = *at;
    for (; base < len && count <= TOKENS_MAX - BLOCK_BYTES / 2 - 1; base += BLOCK_BYTES) {
        uint64_t spaces = spaces_in(block + base);
        if (base == 0) {
            spaces &= ~UINT64_C(1); // no token stands before the first space
        }
        if (len - base < BLOCK_BYTES) {
            spaces &= (UINT64_C(1) << (len - base)) - 1;
        }
        for (; spaces != 0; spaces &= spaces - 1) {
            walk->ends[count++] = base + (uint32_t)__builtin_ctzll(spaces);
        }
    }
    *at = base;
    return count;
}

static uint32_t find_words(const struct walk *walk, uint32_t from, uint32_t to) {
    const struct sl_lexicon *lexicon = &walk->phrases->lexicon;
    const struct sl_word_table words = lexicon->words; // what is written does not change it
    struct sl_phrases_walk *at = walk->at;
    const unsigned char *block = walk->block;
    uint32_t start = start_of(walk, from), unknown = 0;
    for (uint32_t i = from; i < to; i++) {
        const unsigned char *text = block + start;
        uint32_t len = at->ends[i] - start;
        uint64_t key = sl_word_key(text, len);
        const struct sl_word_entry *entry = &words.entries[sl_word_place(&words, key)];
        uint64_t known = entry->key == key;
        if (len > SL_WORD_KEY_BYTES) {
            known = known != 0 && sl_word_is(lexicon, entry, text, len);
        }
        at->known[i] = entry->known & -known;
        at->unknown[unknown] = (uint16_t)i;
        unknown += 1 - (uint32_t)known;
        start = at->ends[i] + 1;
    }
    return unknown;
}

// What is no word may begin with a stem, or be signs.
static void find_others(const struct walk *walk, uint32_t count) {
    const struct sl_lexicon *lexicon = &walk->phrases->lexicon;
    struct sl_phrases_walk *at = walk->at;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = at->unknown[i], start = start_of(walk, index);
        const unsigned char *text = walk->block + start;
        const struct sl_word_entry *stem = sl_word_stem(lexicon, text, at->ends[index] - start);
        uint64_t sign = sl_is_word_byte(*text) ? 0 : SL_TARGET_SIGN | SL_TARGET_EVENT;
        at->known[index] = (stem != NULL ? stem->known : 0) | sign << 32;
    }
}

static uint32_t find_events(const struct walk *walk, uint32_t from, uint32_t to) {
    const struct sl_phrases *phrases = walk->phrases;
    struct sl_phrases_walk *at = walk->at;
    const uint32_t *seconds = phrases->seconds;
    unsigned shift = phrases->second_shift;
    uint32_t count = 0;
    for (uint32_t i = from; i < to; i++) {
        uint32_t target = sl_word_target(at->known[i]), next = sl_word_symbol(at->known[i + 1]);
        uint32_t bit = sl_second_bit(target & SL_STATES_MAX, next, shift);
        at->events[count] = (uint16_t)i;
        count += (seconds[bit / 32] >> bit % 32 | target / SL_TARGET_EVENT) & 1;
    }
    return count;
}

static void take_events(const struct walk *walk, uint32_t count) {
    struct sl_phrases_walk *at = walk->at;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t index = at->events[i];
        uint32_t target = sl_word_target(at->known[index]);
        run(walk, target, index, index);
        if ((target & SL_TARGET_SIGN) != 0) {
            take_signs(walk, index);
        }
    }
}

// Forgets all tokens but those that are still to be done, and some before.
static void move_up(struct sl_phrases_walk *walk, uint32_t done) {
    uint32_t gone = done - TOKENS_BEFORE;
    walk->count -= gone;
    walk->first += gone;
    memmove(walk->ends, walk->ends + gone, walk->count * sizeof *walk->ends);
    memmove(walk->known, walk->known + gone, walk->count * sizeof *walk->known);
}

// A newline stands between two spaces, and so is a token of its own.
void sl_phrases_walk(const struct sl_phrases *phrases, struct sl_phrases_walk *memory,
                     const unsigned char *block, size_t len, sl_phrases_found_fn tell,
                     void *context) {
    SL_ASSERT(len < UINT32_MAX - BLOCK_BYTES);
    struct walk walk = walk_of(phrases, memory);
    walk.block = block;
    walk.tell = tell;
    walk.context = context;
    memory->first += memory->count;
    memory->count = TOKENS_BEFORE;
    memory->ends[TOKENS_BEFORE - 1] = 0;
    start_text(memory, TOKENS_BEFORE - 1);
    uint32_t done = TOKENS_BEFORE;
    for (uint32_t at = 0; at < len;) {
        uint32_t count = find_ends(memory, block, len, &at);
        find_others(&walk, find_words(&walk, memory->count, count));
        memory->count = memory->lexed = count;
        memory->known[count] = 0;
        uint32_t ready = at < len ? count - TOKENS_AHEAD : count;
        take_events(&walk, find_events(&walk, done, ready));
        move_up(memory, ready);
        done = TOKENS_BEFORE;
    }
}
