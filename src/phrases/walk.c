// SPDX-License-Identifier: Apache-2.0
//
// The walk: token by token, over all texts of a block.
//
// Why it takes linear time: a run dies SL_PHRASES_RUN_TOKENS_MAX tokens after it started, at most
// one starts at a token of letters and SL_TAIL_BYTES_MAX + 1 at one of signs, and what a run does
// at a token is one lookup and the actions of one state.
//
// Why the last place before a gap is enough: of two places where the part before it ended, the
// later is nearer to whatever comes, and what lies between it and there holds no sentence's end
// that the earlier did not have between as well. Only a place behind which the next part had begun
// already does not count; no part is longer than a run, so the places of a few tokens, a bit each,
// are all that can matter.
#include "phrases/internal.h"

#include "base/assert.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define BLOCK_BYTES        64
#define GAP_BYTES_MAX      47 // with the space at its end (pack/expression.h)
#define QUESTION_BYTES_MAX 239
#define RUNS_MAX           (SL_PHRASES_RUN_TOKENS_MAX * (SL_TAIL_BYTES_MAX + 2))
#define TOKENS_KEPT        64 // whose ends are known: more than a gap and a part hold
#define GAP_TOKENS_MAX     (GAP_BYTES_MAX / 2 + 1)

_Static_assert(SL_PHRASES_RUN_TOKENS_MAX + GAP_TOKENS_MAX < TOKENS_KEPT,
               "the part before a gap is known when the one behind it ends");

// Whether the next token begins a sentence.
enum begin {
    BEGIN_NOT,
    BEGIN_HERE,
    BEGIN_BEHIND_NAME, // of a mention, whose @ was there
};

struct run {
    uint32_t state;
    uint32_t start; // byte of its first token
    uint64_t token; // its first
    bool begins;    // a sentence
};

// Where the part before a gap ended: bit i: i tokens before the last.
struct gap {
    uint64_t last, places;
};

struct question {
    uint64_t token; // at which what asks if the sentence does ended last
    uint32_t end;
};

struct sl_phrases_walk {
    uint64_t token;    // from a number on that is before all sentences
    uint64_t sentence; // its first token
    uint32_t ends[TOKENS_KEPT];
    enum begin begin;
    uint32_t runs_count;
    struct run runs[RUNS_MAX];
    uint32_t asked_count; // questions that are open in this sentence
    // Behind it: gaps, questions, asked.
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

// Actions.

static void open_gap(const struct walk *walk, uint32_t number) {
    struct gap *gap = &walk->gaps[number];
    uint64_t passed = walk->at->token - gap->last;
    gap->places = (passed < 64 ? gap->places << passed : 0) | 1;
    gap->last = walk->at->token;
}

static bool is_behind(const struct walk *walk, uint32_t number, const struct run *run) {
    const struct gap *gap = &walk->gaps[number];
    uint64_t before = run->token - 1, place = gap->last;
    if (place > before) {
        uint64_t places = place - before < 64 ? gap->places >> (place - before) : 0;
        if (places == 0) {
            return false;
        }
        place = before - (uint64_t)__builtin_ctzll(places);
    }
    return place >= walk->at->sentence && before - place < GAP_TOKENS_MAX &&
           run->start - (walk->at->ends[place % TOKENS_KEPT] + 1) <= GAP_BYTES_MAX;
}

static void open_question(const struct walk *walk, uint32_t number, uint32_t end) {
    struct question *question = &walk->questions[number];
    if (question->token < walk->at->sentence) {
        walk->asked[walk->at->asked_count++] = number;
    }
    question->token = walk->at->token;
    question->end = end;
}

static void act(const struct walk *walk, const struct run *run, uint32_t state, uint32_t end) {
    const uint64_t *actions = walk->phrases->actions + walk->phrases->ends[state];
    for (uint64_t i = 1; i <= actions[0]; i++) {
        uint32_t needs = (uint32_t)(actions[i] >> 32), gives = (uint32_t)actions[i];
        uint32_t number = gives & SL_ACTION_NUMBER;
        bool holds = needs >> SL_ACTION_BITS == SL_NEEDS_NOTHING ||
                     (needs >> SL_ACTION_BITS == SL_NEEDS_BEGIN
                          ? run->begins
                          : is_behind(walk, needs & SL_ACTION_NUMBER, run));
        if (!holds) {
            continue;
        }
        if (gives >> SL_ACTION_BITS == SL_GIVES_FOUND) {
            walk->tell(walk->context, number, end);
        } else if (gives >> SL_ACTION_BITS == SL_GIVES_GAP) {
            open_gap(walk, number);
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

// The run has come to a target: what ends there is done, and it stays if anything may follow.
static inline void arrive(const struct walk *walk, struct run run, uint32_t target, uint32_t end) {
    run.state = target & SL_STATES_MAX;
    if ((target & SL_TARGET_ENDS) != 0) {
        act(walk, &run, run.state, end);
    }
    if ((target & SL_TARGET_LEAF) == 0) {
        walk->at->runs[walk->at->runs_count++] = run;
    }
}

static inline void go_on(const struct walk *walk, uint32_t symbol, uint32_t end) {
    struct sl_phrases_walk *at = walk->at;
    uint32_t count = at->runs_count;
    at->runs_count = 0;
    for (uint32_t i = 0; symbol != 0 && i < count; i++) {
        uint32_t target = transition(walk->phrases, at->runs[i].state, symbol);
        if (target != 0) {
            arrive(walk, at->runs[i], target, end);
        }
    }
}

static inline void set_out(const struct walk *walk, uint32_t symbol, uint32_t start, uint32_t end) {
    uint32_t target = walk->phrases->vocabulary.symbols[symbol].start;
    if (target != 0) {
        struct run run = {
            .start = start, .token = walk->at->token, .begins = walk->at->begin == BEGIN_HERE};
        arrive(walk, run, target, end);
    }
}

static inline uint32_t symbol_of(const struct walk *walk, uint32_t start, uint32_t end) {
    const struct sl_vocabulary *vocabulary = &walk->phrases->vocabulary;
    const unsigned char *text = walk->block + start;
    uint32_t symbol = sl_vocabulary_find(vocabulary, text, end - start, SL_SYMBOL_WORD);
    return symbol != 0 ? symbol : sl_vocabulary_stem(vocabulary, text, end - start);
}

// Tokens of signs, and newlines.

static bool ends_sentence(unsigned char byte) {
    return byte == '.' || byte == '?' || byte == '!' || byte == ';';
}

static void set_out_from_tails(const struct walk *walk, uint32_t start, uint32_t end) {
    const struct sl_vocabulary *vocabulary = &walk->phrases->vocabulary;
    for (uint32_t lens = vocabulary->tails; lens != 0; lens &= lens - 1) {
        uint32_t len = (uint32_t)__builtin_ctz(lens);
        if (len > end - start) {
            break;
        }
        uint32_t tail =
            sl_vocabulary_find(vocabulary, walk->block + end - len, len, SL_SYMBOL_TAIL);
        if (tail != 0) {
            set_out(walk, tail, start, end);
        }
    }
}

// It asks when nothing but . and ! stands before its ?.
static void close_sentence(const struct walk *walk, uint32_t start, uint32_t end) {
    struct sl_phrases_walk *at = walk->at;
    uint32_t sign = start;
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
    at->sentence = at->token + 1;
}

static void start_text(const struct walk *walk) {
    walk->at->runs_count = 0;
    walk->at->asked_count = 0;
    walk->at->sentence = walk->at->token + 1;
    walk->at->begin = BEGIN_HERE;
}

static void take_signs(const struct walk *walk, uint32_t start, uint32_t end) {
    struct sl_phrases_walk *at = walk->at;
    const unsigned char *block = walk->block;
    if (block[start] == '\n') {
        start_text(walk);
        return;
    }
    uint32_t symbol = symbol_of(walk, start, end);
    go_on(walk, symbol, end);
    set_out(walk, symbol, start, end);
    set_out_from_tails(walk, start, end);
    bool closes = false;
    for (uint32_t i = start; i < end; i++) {
        closes |= ends_sentence(block[i]);
    }
    if (closes) {
        close_sentence(walk, start, end);
    }
    bool mention = at->begin == BEGIN_HERE && end - start == 1 && block[start] == '@';
    at->begin = ends_sentence(block[end - 1]) ? BEGIN_HERE
                : mention                     ? BEGIN_BEHIND_NAME
                                              : BEGIN_NOT;
}

// Words.

static inline bool is_word_byte(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

static inline void take_word(const struct walk *walk, uint32_t start, uint32_t end) {
    struct sl_phrases_walk *at = walk->at;
    uint32_t symbol = symbol_of(walk, start, end);
    if (at->runs_count > 0) {
        go_on(walk, symbol, end);
    }
    set_out(walk, symbol, start, end);
    at->begin = at->begin == BEGIN_BEHIND_NAME ? BEGIN_HERE : BEGIN_NOT;
}

static inline void take_token(const struct walk *walk, uint32_t start, uint32_t end) {
    if (is_word_byte(walk->block[start])) {
        take_word(walk, start, end);
    } else {
        take_signs(walk, start, end);
    }
    walk->at->ends[walk->at->token % TOKENS_KEPT] = end;
    walk->at->token++;
}

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

// A newline stands between two spaces, and so is a token of its own.
void sl_phrases_walk(const struct sl_phrases *phrases, struct sl_phrases_walk *memory,
                     const unsigned char *block, size_t len, sl_phrases_found_fn tell,
                     void *context) {
    SL_ASSERT(len < UINT32_MAX - BLOCK_BYTES);
    struct walk walk = walk_of(phrases, memory);
    walk.block = block;
    walk.tell = tell;
    walk.context = context;
    memory->token = memory->token > 0 ? memory->token : TOKENS_KEPT;
    start_text(&walk);
    uint32_t start = 0;
    for (uint32_t base = 0; base < len; base += BLOCK_BYTES) {
        uint64_t spaces = spaces_in(block + base);
        if (len - base < BLOCK_BYTES) {
            spaces &= (UINT64_C(1) << (len - base)) - 1;
        }
        for (; spaces != 0; spaces &= spaces - 1) {
            uint32_t end = base + (uint32_t)__builtin_ctzll(spaces);
            if (end > start) {
                take_token(&walk, start, end);
            }
            start = end + 1;
        }
    }
}
