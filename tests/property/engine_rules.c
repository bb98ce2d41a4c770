// SPDX-License-Identifier: Apache-2.0
//
// Goal: exceptions, conditions, weights and thresholds decide, for any pack and any text, in any
// company, what docs/pack.md says.
// Method: random packs, kept as what they mean beside what they look like, over a few words, so
// that everything meets everything; random texts of the same words; and a judge that tries every
// place of every phrase and asks every condition anew, pattern by pattern and text by text, without
// blocks, bits, order or matcher.
#include <criterion/criterion.h>
#include <hs/hs.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "engine/internal.h"
#include "pack/expression.h"
#include "support/engine_pack.h"
#include "support/random.h"
#include "text/fold.h"
#include "text/words.h"

#define ROUNDS_COUNT   40
#define PATTERNS_COUNT 14
#define TEXTS_COUNT    200
#define TOKENS_MAX     24
#define WORDS_COUNT    7
#define SIGN           WORDS_COUNT // a full stop
#define MARKS_COUNT    6           // three topics, three signals
#define LIST_MAX       3

struct phrase {
    int words[3];
    int words_count;
    bool reaches_back, reaches_on;
};

// A pattern when below PATTERNS_COUNT, else that and a mark.
struct clause {
    int operands[LIST_MAX];
    int operands_count;
    bool negated;
};

struct pattern {
    struct phrase phrases[LIST_MAX], guards[LIST_MAX];
    int phrases_count, guards_count;
    struct clause clauses[4];
    int clauses_count;
    int all_count; // the first clauses
    int weight_milli;
    int shares_milli[MARKS_COUNT]; // 0: none
};

struct text {
    int tokens[TOKENS_MAX];
    int places[TOKENS_MAX]; // first byte in the words view
    int tokens_count;
    char bytes[TOKENS_MAX * 4 + 1];
};

static struct pattern patterns[PATTERNS_COUNT];
static int thresholds_milli[MARKS_COUNT];
static struct text texts[TEXTS_COUNT];
static int file_order[PATTERNS_COUNT];

// What must come out.

static bool stands_at(const struct text *text, const struct phrase *phrase, int at) {
    for (int i = 0; i < phrase->words_count; i++) {
        if (at + i >= text->tokens_count || text->tokens[at + i] != phrase->words[i]) {
            return false;
        }
    }
    return true;
}

static int first_byte(const struct text *text, int token) {
    return text->places[token];
}

static int end_byte(const struct text *text, int token) {
    return text->places[token] + (text->tokens[token] == SIGN ? 1 : 2);
}

// Whether the guard's words at tokens [first, last] take away what stands at [begin, end]: one
// shares a word with the other, the guard ends right before it, or it stands within the guard's
// reach in its sentence.
static bool takes(const struct text *text, const struct phrase *guard, int first, int last,
                  int begin, int end) {
    if (first <= end && begin <= last + 1) {
        return true;
    }
    bool behind = begin > last;
    for (int i = behind ? last : end + 1; i < (behind ? begin : first); i++) {
        if (text->tokens[i] == SIGN) {
            return false;
        }
    }
    int distance = behind ? first_byte(text, begin) - end_byte(text, last) - 1
                          : first_byte(text, first) - end_byte(text, end) + 1;
    return (behind ? guard->reaches_on : guard->reaches_back) && distance <= SL_PHRASE_GAP_BYTES;
}

static bool is_taken(const struct text *text, const struct pattern *pattern, int begin, int end) {
    for (int i = 0; i < pattern->guards_count; i++) {
        const struct phrase *guard = &pattern->guards[i];
        for (int at = 0; at < text->tokens_count; at++) {
            if (stands_at(text, guard, at) &&
                takes(text, guard, at, at + guard->words_count - 1, begin, end)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_found(const struct text *text, const struct pattern *pattern) {
    for (int i = 0; i < pattern->phrases_count; i++) {
        const struct phrase *phrase = &pattern->phrases[i];
        for (int at = 0; at < text->tokens_count; at++) {
            if (stands_at(text, phrase, at) &&
                !is_taken(text, pattern, at, at + phrase->words_count - 1)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_hit(const struct text *text, int pattern);

static bool is_marked(const struct text *text, int mark) {
    int sum_milli = 0;
    for (int i = 0; i < PATTERNS_COUNT; i++) {
        int share_milli = patterns[i].shares_milli[mark];
        sum_milli += share_milli != 0 && is_hit(text, i) ? share_milli : 0;
    }
    return sum_milli >= thresholds_milli[mark];
}

static bool is_there(const struct text *text, int operand) {
    return operand < PATTERNS_COUNT ? is_hit(text, operand)
                                    : is_marked(text, operand - PATTERNS_COUNT);
}

static bool is_hit(const struct text *text, int index) {
    const struct pattern *pattern = &patterns[index];
    if (pattern->phrases_count > 0 && !is_found(text, pattern)) {
        return false;
    }
    for (int i = 0; i < pattern->clauses_count; i++) {
        bool any = false;
        for (int j = 0; j < pattern->clauses[i].operands_count; j++) {
            any |= is_there(text, pattern->clauses[i].operands[j]);
        }
        if (any == pattern->clauses[i].negated) {
            return false;
        }
    }
    return true;
}

// Making packs and texts.

static struct phrase make_phrase(struct sl_random *random, int words_max) {
    struct phrase phrase = {.words_count = 1 + (int)sl_random_below(random, (size_t)words_max)};
    for (int i = 0; i < phrase.words_count; i++) {
        phrase.words[i] = (int)sl_random_below(random, WORDS_COUNT);
    }
    return phrase;
}

static bool is_new(const struct phrase *list, int count, const struct phrase *phrase) {
    for (int i = 0; i < count; i++) {
        if (memcmp(list[i].words, phrase->words, sizeof phrase->words) == 0) {
            return false;
        }
    }
    return true;
}

static void make_phrases(struct sl_random *random, struct pattern *pattern) {
    int count = (int)sl_random_below(random, LIST_MAX + 1);
    for (int i = 0; i < count; i++) {
        struct phrase phrase = make_phrase(random, 3);
        if (is_new(pattern->phrases, pattern->phrases_count, &phrase)) {
            pattern->phrases[pattern->phrases_count++] = phrase;
        }
    }
    count = pattern->phrases_count > 0 ? (int)sl_random_below(random, LIST_MAX + 1) : 0;
    for (int i = 0; i < count; i++) {
        struct phrase guard = make_phrase(random, 2);
        guard.reaches_back = sl_random_below(random, 4) == 0;
        guard.reaches_on = sl_random_below(random, 4) == 0;
        pattern->guards[pattern->guards_count++] = guard;
    }
}

// What is asked for lies before: patterns of a lower index, and marks that nobody says any more.
static struct clause make_clause(struct sl_random *random, int index, bool *closed, int most) {
    struct clause clause = {0};
    int count = 1 + (int)sl_random_below(random, (size_t)most);
    for (int i = 0; i < count; i++) {
        int operand = (int)sl_random_below(random, (size_t)index + 2);
        if (operand >= index) {
            int mark = (int)sl_random_below(random, MARKS_COUNT);
            closed[mark] = true;
            operand = PATTERNS_COUNT + mark;
        }
        clause.operands[clause.operands_count++] = operand;
    }
    return clause;
}

static void make_pattern(struct sl_random *random, int index, bool *closed) {
    struct pattern *pattern = &patterns[index];
    *pattern = (struct pattern){.weight_milli = (int)sl_random_below(random, 2000) - 800};
    make_phrases(random, pattern);
    bool pure = pattern->phrases_count == 0;
    if (pure || sl_random_below(random, 3) == 0) {
        pattern->all_count = (int)pure + (int)sl_random_below(random, 2);
        for (int i = 0; i < pattern->all_count; i++) {
            pattern->clauses[pattern->clauses_count++] = make_clause(random, index, closed, 1);
        }
        if (sl_random_below(random, 2) == 0) {
            pattern->clauses[pattern->clauses_count++] =
                make_clause(random, index, closed, LIST_MAX);
        }
        if (sl_random_below(random, 2) == 0) {
            struct clause none = make_clause(random, index, closed, 2);
            none.negated = true;
            pattern->clauses[pattern->clauses_count++] = none;
        }
    }
    for (int mark = 0; mark < MARKS_COUNT; mark++) {
        if (!closed[mark] && sl_random_below(random, 3) == 0) {
            static const int shares_milli[] = {1000, 1000, 500, 1500, -500};
            pattern->shares_milli[mark] = shares_milli[sl_random_below(random, 5)];
        }
    }
}

static void make_pack(struct sl_random *random) {
    bool closed[MARKS_COUNT] = {false};
    for (int mark = 0; mark < MARKS_COUNT; mark++) {
        thresholds_milli[mark] = sl_random_below(random, 2) == 0 ? 1000 : 1500;
    }
    for (int i = 0; i < PATTERNS_COUNT; i++) {
        make_pattern(random, i, closed);
        int j = (int)sl_random_below(random, (size_t)i + 1);
        file_order[i] = file_order[j];
        file_order[j] = i;
    }
}

static void make_texts(struct sl_random *random) {
    for (int i = 0; i < TEXTS_COUNT; i++) {
        struct text *text = &texts[i];
        int at = 0;
        text->tokens_count = (int)sl_random_below(random, TOKENS_MAX + 1);
        for (int j = 0; j < text->tokens_count; j++) {
            int token =
                sl_random_below(random, 8) == 0 ? SIGN : (int)sl_random_below(random, WORDS_COUNT);
            // Two signs side by side would be one token.
            bool twice = token == SIGN && j > 0 && text->tokens[j - 1] == SIGN;
            text->tokens[j] = twice ? 0 : token;
            text->places[j] = at + 1;
            at +=
                sprintf(text->bytes + at, text->tokens[j] == SIGN ? ". " : "w%d ", text->tokens[j]);
        }
        text->bytes[at] = '\0';
    }
}

// Writing the pack.

static size_t put_phrases(char *at, const char *key, const struct phrase *list, int count) {
    size_t len = (size_t)sprintf(at, ", %s: [", key);
    for (int i = 0; i < count; i++) {
        len += (size_t)sprintf(at + len, "%s\"%s", i > 0 ? ", " : "",
                               list[i].reaches_back ? "… " : "");
        for (int j = 0; j < list[i].words_count; j++) {
            len += (size_t)sprintf(at + len, "%sw%d", j > 0 ? " " : "", list[i].words[j]);
        }
        len += (size_t)sprintf(at + len, "%s\"", list[i].reaches_on ? " …" : "");
    }
    return len + (size_t)sprintf(at + len, "]");
}

static size_t put_operand(char *at, int operand, bool first) {
    size_t len = (size_t)sprintf(at, first ? "" : ", ");
    if (operand < PATTERNS_COUNT) {
        return len + (size_t)sprintf(at + len, "p%d", operand);
    }
    int mark = operand - PATTERNS_COUNT;
    return len + (size_t)sprintf(at + len, "%s: m%d", mark < 3 ? "topic" : "signal", mark);
}

static size_t put_when(char *at, const struct pattern *pattern) {
    size_t len = (size_t)sprintf(at, ", when: {");
    for (int i = 0; i < pattern->clauses_count; i++) {
        const struct clause *clause = &pattern->clauses[i];
        bool all = i < pattern->all_count;
        bool joins = all && i > 0;
        len += (size_t)sprintf(at + len, "%s%s", joins || i == 0 ? "" : "], ",
                               joins             ? ""
                               : all             ? "all: ["
                               : clause->negated ? "none: ["
                                                 : "any: [");
        for (int j = 0; j < clause->operands_count; j++) {
            len += put_operand(at + len, clause->operands[j], j == 0 && !joins);
        }
    }
    return len + (size_t)sprintf(at + len, "]}");
}

static size_t put_shares(char *at, const struct pattern *pattern, const char *key, int first) {
    size_t len = 0;
    for (int mark = first; mark < first + 3; mark++) {
        if (pattern->shares_milli[mark] != 0) {
            len += (size_t)sprintf(at + len, "%sm%d: %.1f", len == 0 ? "" : ", ", mark,
                                   pattern->shares_milli[mark] / 1000.0);
        }
    }
    char shares[128];
    if (len > 0) {
        strcpy(shares, at);
        len = (size_t)sprintf(at, ", %s: {%s}", key, shares);
    }
    return len;
}

static const char *put_pack(void) {
    static char yaml[1 << 16];
    size_t len = (size_t)sprintf(yaml, "pack: p\nversion: '1'\ncare: {threshold: 0.5, bias: -1}\n"
                                       "routes: [{queue: all}]\n");
    for (int mark = 0; mark < MARKS_COUNT; mark++) {
        len += (size_t)sprintf(yaml + len, "%s%sm%d: {threshold: %.1f}%s",
                               mark == 0   ? "topics: ["
                               : mark == 3 ? "signals: ["
                                           : "",
                               mark % 3 == 0 ? "" : ", ", mark, thresholds_milli[mark] / 1000.0,
                               mark % 3 == 2 ? "]\n" : "");
    }
    len += (size_t)sprintf(yaml + len, "patterns:\n");
    for (int i = 0; i < PATTERNS_COUNT; i++) {
        const struct pattern *pattern = &patterns[file_order[i]];
        len += (size_t)sprintf(yaml + len, "  - {id: p%d, weight: %.3f", file_order[i],
                               pattern->weight_milli / 1000.0);
        if (pattern->phrases_count > 0) {
            len += put_phrases(yaml + len, "phrases", pattern->phrases, pattern->phrases_count);
        }
        if (pattern->guards_count > 0) {
            len += put_phrases(yaml + len, "unless", pattern->guards, pattern->guards_count);
        }
        if (pattern->clauses_count > 0) {
            len += put_when(yaml + len, pattern);
        }
        len += put_shares(yaml + len, pattern, "topic", 0);
        len += put_shares(yaml + len, pattern, "signal", 3);
        len += (size_t)sprintf(yaml + len, "}\n");
    }
    return yaml;
}

static void expect_verdict(const struct text *text, const struct sl_verdict *verdict,
                           const char *yaml) {
    int logit_milli = -1000;
    uint64_t topics = 0, signals = 0;
    for (int i = 0; i < PATTERNS_COUNT; i++) {
        logit_milli += is_hit(text, i) ? patterns[i].weight_milli : 0;
    }
    for (int mark = 0; mark < MARKS_COUNT; mark++) {
        uint64_t bit = (uint64_t)is_marked(text, mark) << mark % 3;
        topics |= mark < 3 ? bit : 0;
        signals |= mark < 3 ? 0 : bit;
    }
    cr_assert_eq(verdict->topics, topics, "\"%s\" in\n%s", text->bytes, yaml);
    cr_assert_eq(verdict->signals, signals, "\"%s\" in\n%s", text->bytes, yaml);
    cr_assert_eq(verdict->score_permille,
                 (uint16_t)lround(1000.0 / (1.0 + exp(logit_milli / -1000.0))), "\"%s\" in\n%s",
                 text->bytes, yaml);
}

static void judge_all(struct sl_judge *judge, struct sl_random *random, const char *yaml) {
    for (int at = 0; at < TEXTS_COUNT;) {
        struct sl_text batch[SL_JUDGE_BATCH_MAX];
        int most = TEXTS_COUNT - at < 100 ? TEXTS_COUNT - at : 100;
        int count = 1 + (int)sl_random_below(random, (size_t)most);
        for (int i = 0; i < count; i++) {
            batch[i] = sl_test_text(texts[at + i].bytes);
        }
        const struct sl_verdict *verdicts = sl_judge_texts(judge, batch, (size_t)count);
        for (int i = 0; i < count; i++) {
            expect_verdict(&texts[at + i], &verdicts[i], yaml);
        }
        at += count;
    }
}

// What is told adds up to the verdict, and what is told as taken away is.
static void expect_explanation(struct sl_judge *judge, const struct text *text) {
    struct sl_error error = {0};
    const struct sl_explanation *explanation;
    cr_assert_eq(sl_judge_explain(judge, sl_test_text(text->bytes), &error, &explanation), SL_OK,
                 "%s", error.text);
    int logit_milli = -1000;
    bool told[PATTERNS_COUNT] = {false};
    for (uint32_t i = 0; i < explanation->hits_count; i++) {
        const struct sl_explained_hit *hit = &explanation->hits[i];
        int index = file_order[hit->pattern];
        logit_milli += hit->weight_milli;
        told[index] |= hit->taken_by == NULL && !hit->withheld;
        cr_assert(hit->taken_by == NULL || hit->weight_milli == 0);
        cr_assert(is_found(text, &patterns[index]) || hit->taken_by != NULL);
        cr_assert_eq(hit->withheld, is_found(text, &patterns[index]) && !is_hit(text, index));
    }
    for (uint32_t i = 0; i < explanation->conditions_count; i++) {
        const struct sl_explained_condition *condition = &explanation->conditions[i];
        int index = file_order[condition->pattern];
        logit_milli += condition->weight_milli;
        told[index] |= condition->holds;
        cr_assert_eq(condition->holds, is_hit(text, index));
    }
    for (int i = 0; i < PATTERNS_COUNT; i++) {
        cr_assert_eq(told[i], is_hit(text, i), "p%d in \"%s\"", i, text->bytes);
    }
    for (uint32_t i = 0; i < explanation->sums_count; i++) {
        const struct sl_explained_sum *sum = &explanation->sums[i];
        int mark = sum->mark < SL_PACK_TOPICS_MAX ? (int)sum->mark
                                                  : (int)(sum->mark - SL_PACK_TOPICS_MAX) + 3;
        cr_assert_eq(sum->sum_milli >= sum->threshold_milli, is_marked(text, mark));
    }
    cr_assert_eq(logit_milli, explanation->logit_milli);
    expect_verdict(text, &explanation->verdict, "");
}

Test(engine_rules_property, explain_says_what_the_rules_mean) {
    struct sl_random random = {sl_random_seed()};
    for (int round = 0; round < ROUNDS_COUNT / 8; round++) {
        make_pack(&random);
        make_texts(&random);
        struct sl_engine *engine = sl_test_whole_engine_open(put_pack());
        struct sl_judge *judge = sl_test_judge_open(engine);
        for (int i = 0; i < TEXTS_COUNT / 4; i++) {
            expect_explanation(judge, &texts[i]);
        }
        sl_judge_close(judge);
        sl_engine_close(engine);
    }
}

Test(engine_rules_property, judge_says_what_the_rules_mean) {
    struct sl_random random = {sl_random_seed()};
    for (int round = 0; round < ROUNDS_COUNT; round++) {
        make_pack(&random);
        make_texts(&random);
        const char *yaml = put_pack();
        struct sl_engine *engine = sl_test_whole_engine_open(yaml);
        struct sl_judge *judge = sl_test_judge_open(engine);
        judge_all(judge, &random, yaml);
        sl_judge_close(judge);
        sl_engine_close(engine);
    }
}

// Questions: what the block's scan and a look at the sentence say is what the whole expression
// says.

static const char questions[] =
    "pack: p\nversion: '1'\ncare: {threshold: 0.5, bias: -1}\nroutes: [{queue: all}]\n"
    "signals: [a, b, c]\npatterns:\n"
    "  - {id: a, signal: a, phrases: [come … ?]}\n"
    "  - {id: b, signal: b, phrases: ['^ (ma) com* … ?']}\n"
    "  - {id: c, signal: c, phrases: ['{come|😡} x … ?', 'ma …?']}\n";

static int on_question(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                       void *context) {
    (void)id, (void)from, (void)to, (void)flags;
    *(bool *)context = true;
    return 1;
}

static bool matches(const struct sl_pack_expression *expression, const char *text) {
    unsigned char folded_bytes[1024], view[SL_WORDS_BYTES(sizeof folded_bytes)];
    uint32_t map[1025];
    struct sl_folded folded;
    size_t len = sl_fold(text, strlen(text), folded_bytes, sizeof folded_bytes, map, 1025, &folded);
    unsigned view_len = (unsigned)sl_words(folded_bytes, len, view, NULL);
    hs_database_t *database = NULL;
    hs_compile_error_t *refused = NULL;
    hs_scratch_t *scratch = NULL;
    bool found = false;
    cr_assert_eq(hs_compile(expression->regex, expression->multiline ? HS_FLAG_MULTILINE : 0,
                            HS_MODE_BLOCK, NULL, &database, &refused),
                 HS_SUCCESS);
    cr_assert_eq(hs_alloc_scratch(database, &scratch), HS_SUCCESS);
    hs_scan(database, (const char *)view, view_len, 0, scratch, on_question, &found);
    hs_free_scratch(scratch);
    hs_free_database(database);
    return found;
}

static void put_question(struct sl_random *random, char *at) {
    static const char *const parts[] = {"come",
                                        "ma",
                                        "comete",
                                        "x",
                                        "x",
                                        ".",
                                        "?",
                                        "?!",
                                        "!?",
                                        "!",
                                        "@x",
                                        "@?",
                                        ";",
                                        "😡",
                                        ",",
                                        "...?",
                                        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"};
    size_t count = sl_random_below(random, 14);
    *at = '\0';
    for (size_t i = 0; i < count; i++) {
        at = stpcpy(at, parts[sl_random_below(random, sizeof parts / sizeof parts[0])]);
        at = stpcpy(at, sl_random_below(random, 4) == 0 ? "" : " ");
    }
}

Test(engine_rules_property, question_is_found_where_its_whole_expression_is) {
    enum { COUNT = 250 };
    static char bytes[COUNT][1024];
    struct sl_random random = {sl_random_seed()};
    struct sl_engine *engine = sl_test_whole_engine_open(questions);
    struct sl_judge *judge = sl_test_judge_open(engine);
    const struct sl_pack *pack = sl_engine_pack(engine);
    struct sl_text batch[COUNT];
    for (int i = 0; i < COUNT; i++) {
        put_question(&random, bytes[i]);
        batch[i] = sl_test_text(bytes[i]);
    }
    const struct sl_verdict *verdicts = sl_judge_texts(judge, batch, COUNT);
    for (int i = 0; i < COUNT; i++) {
        uint64_t signals = 0;
        for (uint32_t j = 0; j < pack->expressions_count; j++) {
            const struct sl_pack_expression *expression = &pack->expressions[j];
            signals |=
                matches(expression, bytes[i]) ? pack->patterns[expression->pattern].signals : 0;
        }
        cr_assert_eq(verdicts[i].signals, signals, "\"%s\"", bytes[i]);
    }
    sl_judge_close(judge);
    sl_engine_close(engine);
}
