// SPDX-License-Identifier: Apache-2.0
//
// Goal: a verdict depends on its text and the pack alone; masking changes nothing but identifiers,
// and nothing the second time; an explanation says what the verdict says.
// Method: texts put together at random from phrases, identifiers, letters of many scripts, signs
// and broken UTF-8 are judged alone, then in random order, batches and company; and the same with
// real posts where the shared data is at hand.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/internal.h"
#include "support/engine_pack.h"
#include "support/random.h"
#include "text/utf8.h"

#define TEXTS_COUNT 600
#define TEXT_ROOM   2048

static const char patterns[] =
    "  - {id: down, weight: 2.5, topic: fault, phrases: [non (mi) funziona, guast*, senza linea]}\n"
    "  - {id: net, weight: 1.0, line: fixed, phrases: [internet, fibra, modem]}\n"
    "  - {id: sim, weight: 0.5, line: mobile, phrases: [sim, giga]}\n"
    "  - {id: bill, weight: 1.5, topic: billing, phrases: [\"{bolletta|fattura} … alta\"]}\n"
    "  - {id: thanks, weight: -1.5, signal: thanks, phrases: [grazie, \"tante *zie\"]}\n"
    "  - {id: spam, weight: -2.0, signal: spam, phrases: [guadagna subito]}\n"
    "  - {id: start, weight: 0.3, raw: ['^da ieri']}\n"
    "  - {id: end, weight: 0.2, raw: ['\\?$']}\n"
    "  - {id: smile, weight: -0.1, signal: urgency, phrases: [😡]}\n";

// Nothing here is to be masked.
static const char *const words[] = {
    "non mi funziona",
    "non",
    "funziona",
    "guasto",
    "GUASTI",
    "senza",
    "linea",
    "internet",
    "fibra",
    "Modem",
    "sim",
    "giga",
    "la bolletta è troppo alta",
    "fattura",
    "alta",
    "grazie",
    "GRÀZIE",
    "tante grazie",
    "guadagna subito",
    "da ieri",
    "?",
    "😡",
    "😀",
    "❤️",
    "perché",
    "così",
    "ﬁbra",
    "ｉｎｔｅｒｎｅｔ",
    "привет",
    "你好",
    "مرحبا",
    ".",
    ",",
    "!",
    ":",
    "-",
    "(",
    ")",
    "\n",
    "\t",
    "  ",
    "@operatore",
    "#rete",
    "http://example.it/a1?b=22",
    "www.example.it",
    "[PHONE]",
    "[email]",
    "cellulare",
    "il mio numero è",
    "iban",
    "p.iva",
    "codice fiscale",
    "carta",
    "mail",
    "tel",
    "29,90 euro",
    "il 10/12/2024",
    "ore 21.30",
    "al 187",
    "\xFF",
    "\xC3",
    "\xE2\x82",
    "\xED\xA0\x80",
    "\xC2\xAD",
    "\xE2\x80\x8B",
};

static const char *const identifiers[] = {
    "IT60X0542811101000000123456",
    "IT60 X054 2811 1010 0000 0123 456",
    "RSSMRA85M01H501Q",
    "rss mra 85m01 h501q",
    "4111 1111 1111 1111",
    "mario.rossi@example.it",
    "Luigi.Verdi＠example.com",
    "0039 06 12345678",
    "+39 333 1234567",
    "３３３-1234567",
    "𝟛𝟛𝟛 𝟙𝟚𝟛 𝟜𝟝𝟞𝟟",
    "٣٣٣١٢٣٤٥٦٧",
    "cell 3️⃣33/1234567",
    "p.iva IT01333550323",
};

// What may or may not be one, alone or with what stands beside it.
static const char *const doubtful[] = {
    "01333550323", "800 123 456",          "333",   "+39", "0039", "IT60",
    "1234 5678",   "3331234567 0",         "①",     "𝟙𝟚𝟛", "@",    "a@b",
    "://",         "12345678901234567890", "H501Q", "06",
};

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

static char memory[TEXTS_COUNT][TEXT_ROOM];
static struct sl_text texts[TEXTS_COUNT];

static size_t put_number(struct sl_random *random, char *at) {
    size_t count = 1 + sl_random_below(random, 17), len = 0;
    for (size_t i = 0; i < count; i++) {
        at[len++] = (char)('0' + sl_random_below(random, 10));
        if (sl_random_below(random, 4) == 0) {
            at[len++] = " .-/"[sl_random_below(random, 4)];
        }
    }
    if (count > 9 && sl_random_below(random, 2) == 0) {
        at[0] = '3'; // more of them look like a mobile phone
    }
    return len;
}

static size_t put(char *at, const char *part) {
    memcpy(at, part, strlen(part));
    return strlen(part);
}

static size_t put_any(struct sl_random *random, char *at) {
    switch (sl_random_below(random, 8)) {
    case 0:
        return put_number(random, at);
    case 1:
        return put(at, identifiers[sl_random_below(random, COUNT_OF(identifiers))]);
    case 2:
        return put(at, doubtful[sl_random_below(random, COUNT_OF(doubtful))]);
    default:
        return put(at, words[sl_random_below(random, COUNT_OF(words))]);
    }
}

// Anything beside anything.
static void make_wild_texts(struct sl_random *random) {
    for (size_t i = 0; i < TEXTS_COUNT; i++) {
        size_t len = 0, parts_count = sl_random_below(random, 24);
        for (size_t j = 0; j < parts_count; j++) {
            len += put_any(random, memory[i] + len);
            if (sl_random_below(random, 8) > 0) {
                memory[i][len++] = ' ';
            }
        }
        texts[i] = (struct sl_text){.data = memory[i], .len = len};
    }
}

// Words, and one identifier among them.
static void make_plain_texts(struct sl_random *random) {
    for (size_t i = 0; i < TEXTS_COUNT; i++) {
        size_t len = 0, parts_count = 1 + sl_random_below(random, 12);
        size_t place = sl_random_below(random, parts_count);
        for (size_t j = 0; j < parts_count; j++) {
            const char *part = j == place
                                   ? identifiers[sl_random_below(random, COUNT_OF(identifiers))]
                                   : words[sl_random_below(random, COUNT_OF(words))];
            len += put(memory[i] + len, part);
            memory[i][len++] = ' ';
        }
        texts[i] = (struct sl_text){.data = memory[i], .len = len};
    }
}

// A verdict that outlives the judge's next call.
struct kept {
    struct sl_verdict verdict;
    char *masked;
    struct sl_mask *masks;
    struct sl_mask *originals;
};

static void *copy(const void *bytes, size_t len) {
    void *copied = malloc(len + 1);
    cr_assert_not_null(copied);
    if (len > 0) {
        memcpy(copied, bytes, len);
    }
    return copied;
}

static struct kept keep(const struct sl_verdict *verdict) {
    size_t list_bytes = verdict->masks_count * sizeof(struct sl_mask);
    return (struct kept){.verdict = *verdict,
                         .masked = copy(verdict->masked.data, verdict->masked.len),
                         .masks = copy(verdict->masks, list_bytes),
                         .originals = copy(verdict->originals, list_bytes)};
}

static void forget(struct kept *kept) {
    free(kept->masked);
    free(kept->masks);
    free(kept->originals);
}

static bool same(const struct kept *kept, const struct sl_verdict *verdict) {
    const struct sl_verdict *first = &kept->verdict;
    size_t list_bytes = first->masks_count * sizeof(struct sl_mask);
    return first->outcome == verdict->outcome && first->label == verdict->label &&
           first->line == verdict->line && first->score_permille == verdict->score_permille &&
           first->why_count == verdict->why_count &&
           memcmp(first->why, verdict->why, sizeof first->why) == 0 &&
           first->topics == verdict->topics && first->signals == verdict->signals &&
           first->repaired == verdict->repaired && first->masked.len == verdict->masked.len &&
           first->masks_count == verdict->masks_count &&
           (first->masked.len == 0 ||
            memcmp(kept->masked, verdict->masked.data, first->masked.len) == 0) &&
           (list_bytes == 0 || (memcmp(kept->masks, verdict->masks, list_bytes) == 0 &&
                                memcmp(kept->originals, verdict->originals, list_bytes) == 0));
}

static struct kept *judge_alone(struct sl_judge *judge, const struct sl_text *list, size_t count) {
    struct kept *kept = calloc(count, sizeof *kept);
    cr_assert_not_null(kept);
    for (size_t i = 0; i < count; i++) {
        kept[i] = keep(sl_judge_texts(judge, &list[i], 1));
    }
    return kept;
}

// One pass over all texts in a new order, cut into random batches, with fields to be masked only
// strewn among them.
static void judge_together(struct sl_judge *judge, const struct sl_text *list, size_t count,
                           const struct kept *alone, struct sl_random *random) {
    size_t *order = calloc(count, sizeof *order);
    cr_assert_not_null(order);
    for (size_t i = 0; i < count; i++) {
        size_t j = sl_random_below(random, i + 1);
        order[i] = order[j];
        order[j] = i;
    }
    for (size_t at = 0; at < count;) {
        struct sl_text batch[SL_JUDGE_BATCH_MAX];
        size_t index[SL_JUDGE_BATCH_MAX], size = 1 + sl_random_below(random, SL_JUDGE_BATCH_MAX);
        size_t filled = 0;
        for (; filled < size && at < count; filled++) {
            bool stranger = sl_random_below(random, 6) == 0;
            index[filled] = stranger ? SIZE_MAX : order[at++];
            batch[filled] = list[stranger ? order[at] : index[filled]];
            batch[filled].mask_only = stranger;
        }
        const struct sl_verdict *verdicts = sl_judge_texts(judge, batch, filled);
        for (size_t i = 0; i < filled; i++) {
            cr_assert(index[i] == SIZE_MAX || same(&alone[index[i]], &verdicts[i]),
                      "text %zu differs at %zu of %zu", index[i], i, filled);
        }
    }
    free(order);
}

static void expect_purity(struct sl_judge *judge, const struct sl_text *list, size_t count,
                          struct sl_random *random) {
    struct kept *alone = judge_alone(judge, list, count);
    for (int round = 0; round < 4; round++) {
        judge_together(judge, list, count, alone, random);
    }
    for (size_t i = 0; i < count; i++) {
        forget(&alone[i]);
    }
    free(alone);
}

// The masked text is the original, label for range.
static void expect_cut_exactly(const struct sl_text *text, const struct sl_verdict *verdict) {
    size_t from = 0, from_masked = 0;
    for (uint32_t i = 0; i <= verdict->masks_count; i++) {
        bool last = i == verdict->masks_count;
        size_t to = last ? text->len : verdict->originals[i].start;
        size_t to_masked = last ? verdict->masked.len : verdict->masks[i].start;
        cr_assert(to >= from && to_masked >= from_masked && to - from == to_masked - from_masked);
        cr_assert(to == from ||
                  memcmp(text->data + from, verdict->masked.data + from_masked, to - from) == 0);
        if (!last) {
            const struct sl_mask *mask = &verdict->masks[i], *original = &verdict->originals[i];
            cr_assert(original->end > original->start && mask->kind == original->kind);
            cr_assert_eq(verdict->masked.data[mask->start], '[');
            cr_assert_eq(verdict->masked.data[mask->end - 1], ']');
            from = original->end;
            from_masked = mask->end;
        }
    }
    cr_assert(verdict->masks_count > 0 || verdict->masked.data == text->data);
    cr_assert(!sl_utf8_valid(text->data, text->len) ||
              sl_utf8_valid(verdict->masked.data, verdict->masked.len));
}

static void expect_exact_cuts(struct sl_judge *judge, const struct sl_text *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct sl_verdict *verdict = sl_judge_texts(judge, &list[i], 1);
        cr_assert_eq(verdict->outcome, SL_JUDGED);
        expect_cut_exactly(&list[i], verdict);
    }
}

static void expect_masked_once(struct sl_judge *judge, const struct sl_text *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct sl_verdict *verdict = sl_judge_texts(judge, &list[i], 1);
        struct kept once = keep(verdict);
        struct sl_text again = {.data = once.masked, .len = once.verdict.masked.len};
        verdict = sl_judge_texts(judge, &again, 1);
        cr_assert_eq(verdict->masks_count, 0, "text %zu is masked further the second time", i);
        forget(&once);
    }
}

struct fixture {
    struct sl_random random;
    struct sl_engine *engine;
    struct sl_judge *judge;
};

static struct fixture open_fixture(void) {
    struct fixture fixture = {.random = {sl_random_seed()}};
    make_wild_texts(&fixture.random);
    fixture.engine = sl_test_engine_open(patterns, "");
    fixture.judge = sl_test_judge_open(fixture.engine);
    return fixture;
}

static void close_fixture(struct fixture *fixture) {
    sl_judge_close(fixture->judge);
    sl_engine_close(fixture->engine);
}

Test(engine_property, judge_in_any_order_and_batch_gives_the_same_verdicts) {
    struct fixture fixture = open_fixture();
    expect_purity(fixture.judge, texts, TEXTS_COUNT, &fixture.random);
    close_fixture(&fixture);
}

Test(engine_property, mask_changes_nothing_but_identifiers) {
    struct fixture fixture = open_fixture();
    expect_exact_cuts(fixture.judge, texts, TEXTS_COUNT);
    make_plain_texts(&fixture.random);
    expect_exact_cuts(fixture.judge, texts, TEXTS_COUNT);
    close_fixture(&fixture);
}

// Not for wild texts: where digits stand beside digits, a label in their place changes what is
// known about the others.
Test(engine_property, mask_text_with_one_identifier_masks_nothing_the_second_time) {
    struct fixture fixture = open_fixture();
    make_plain_texts(&fixture.random);
    for (size_t i = 0; i < TEXTS_COUNT; i++) {
        cr_assert_geq(sl_judge_texts(fixture.judge, &texts[i], 1)->masks_count, 1, "text %zu", i);
    }
    expect_masked_once(fixture.judge, texts, TEXTS_COUNT);
    close_fixture(&fixture);
}

Test(engine_property, explain_says_what_the_verdict_says) {
    struct fixture fixture = open_fixture();
    const struct sl_pack *pack = sl_engine_pack(fixture.engine);
    for (size_t i = 0; i < 60; i++) {
        struct sl_error error = {0};
        const struct sl_explanation *explanation;
        cr_assert_eq(sl_judge_explain(fixture.judge, texts[i], &error, &explanation), SL_OK, "%s",
                     error.text);
        const struct sl_verdict *verdict = &explanation->verdict;
        uint64_t topics = 0, signals = 0;
        int32_t logit_milli = pack->bias_milli;
        for (uint32_t j = 0; j < explanation->hits_count; j++) {
            const struct sl_explained_hit *hit = &explanation->hits[j];
            cr_assert(hit->start < hit->end && hit->end <= explanation->folded.len);
            topics |= pack->patterns[hit->pattern].topics;
            signals |= pack->patterns[hit->pattern].signals;
            logit_milli += hit->weight_milli;
        }
        cr_assert_eq(topics, verdict->topics, "text %zu", i);
        cr_assert_eq(signals, verdict->signals, "text %zu", i);
        cr_assert_eq(logit_milli, explanation->logit_milli, "text %zu", i);
        cr_assert_eq(logit_milli >= 0, verdict->label == SL_LABEL_CARE, "text %zu", i);
        uint32_t masked_count = 0;
        for (uint32_t j = 0; j < explanation->identifiers_count; j++) {
            masked_count += explanation->identifiers[j].masked;
        }
        cr_assert_eq(masked_count > 0, verdict->masks_count > 0, "text %zu", i);
    }
    close_fixture(&fixture);
}

// Real posts and the shipped pack. Lines are taken as they stand, JSON and all: it is text too.
Test(engine_property, judge_real_posts_in_any_order_and_batch_gives_the_same_verdicts) {
    FILE *posts = popen("gzip -dc ../shared/data/care_it.jsonl.gz 2>/dev/null", "r");
    cr_assert_not_null(posts);
    size_t count = 0;
    static char line[1 << 16];
    for (size_t i = 0; count < TEXTS_COUNT && fgets(line, sizeof line, posts) != NULL; i++) {
        size_t len = strcspn(line, "\n");
        if (i % 40 == 0 && len < TEXT_ROOM) {
            memcpy(memory[count], line, len);
            texts[count] = (struct sl_text){.data = memory[count], .len = len};
            count++;
        }
    }
    pclose(posts);
    if (count == 0) {
        cr_skip_test("the shared data is not at hand");
    }
    struct sl_random random = {sl_random_seed()};
    struct sl_error error = {0};
    struct sl_engine_options options = {.cache_dir = ""};
    struct sl_engine *engine;
    cr_assert_eq(sl_engine_open(SL_SOURCE_DIR "/rules/telco.yaml", &options, &error, &engine),
                 SL_OK, "%s", error.text);
    struct sl_judge *judge = sl_test_judge_open(engine);
    expect_purity(judge, texts, count, &random);
    expect_exact_cuts(judge, texts, count);
    expect_masked_once(judge, texts, count);
    sl_judge_close(judge);
    sl_engine_close(engine);
}
