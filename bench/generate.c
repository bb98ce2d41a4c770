// SPDX-License-Identifier: Apache-2.0
#include "bench/generate.h"

#include <stdlib.h>

#include "base/clock.h"
#include "bench/compose.h"
#include "bench/grammar.h"

#define AUTHORS_COUNT    (1u << 20)
#define AUTHORS_SEED     UINT64_C(0x617574686f727321)
#define FIRST_POST_ID    UINT64_C(1893345127884402688)
#define FIRST_POST_NS    (INT64_C(1772352000) * SL_NS_PER_SECOND) // 2026-03-01T08:00:00Z
#define POST_INTERVAL_NS (SL_NS_PER_SECOND / 7)

struct sl_generator {
    struct sl_generator_mix mix;
    struct sl_grammar *grammar;
    struct sl_compose_mix text_mix;
    uint64_t italian, urls; // of 2^32
};

struct sl_generator_mix sl_generator_mix_default(void) {
    return (struct sl_generator_mix){
        .seed = 1,
        .length_mean = 140,
        .italian = 0.7,
        .care = 0.3,
        .identifiers = 0.05,
        .numbers = 0.125,
        .escapes = 0.1,
        .emoji = 0.08,
        .urls = 0.25,
    };
}

static uint64_t share_of(double share) {
    return (uint64_t)(share * 4294967296.0);
}

int sl_generator_open(const struct sl_generator_mix *mix, struct sl_error *error,
                      struct sl_generator **ret_generator) {
    struct sl_generator *generator = calloc(1, sizeof *generator);
    if (generator == NULL) {
        return sl_error_set(error, "no memory for the generator");
    }
    generator->mix = *mix;
    generator->italian = share_of(mix->italian);
    generator->urls = share_of(mix->urls);
    if (sl_grammar_open(error, &generator->grammar) != SL_OK) {
        sl_generator_close(generator);
        return SL_FAILED;
    }
    generator->text_mix = (struct sl_compose_mix){
        .grammar = generator->grammar,
        .length_mean = mix->length_mean,
        .care = share_of(mix->care),
        .identifiers = share_of(mix->identifiers),
        .numbers = share_of(mix->identifiers + mix->numbers),
        .escapes = share_of(mix->escapes),
        .emoji = share_of(mix->emoji),
    };
    *ret_generator = generator;
    return SL_OK;
}

void sl_generator_close(struct sl_generator *generator) {
    if (generator != NULL) {
        sl_grammar_close(generator->grammar);
        free(generator);
    }
}

static void put_member(struct sl_pen *pen, const char *name, const char *value) {
    sl_pen_put_char(pen, '"');
    sl_pen_put_string(pen, name);
    sl_pen_put_string(pen, "\":\"");
    sl_pen_put_string(pen, value);
    sl_pen_put_string(pen, "\",");
}

static void put_id(struct sl_pen *pen, const char *name, uint64_t id) {
    sl_pen_put_char(pen, '"');
    sl_pen_put_string(pen, name);
    sl_pen_put_string(pen, "\":\"");
    sl_pen_put_number(pen, id, 0);
    sl_pen_put_string(pen, "\",");
}

static uint64_t id_of(const struct sl_generator *generator, uint64_t index) {
    struct sl_random random = sl_random_of(generator->mix.seed ^ FIRST_POST_ID, index);
    return FIRST_POST_ID + (index << 12) + sl_random_below(&random, 1u << 12);
}

// Few authors write much: the product of two draws leans towards 0.
static uint64_t draw_author(struct sl_random *random) {
    uint64_t a = sl_random_below(random, AUTHORS_COUNT), b = sl_random_below(random, AUTHORS_COUNT);
    return a * b / AUTHORS_COUNT;
}

// An author is the same in every post.
static void put_author(const struct sl_generator *generator, uint64_t author,
                       enum sl_phrases_language language, struct sl_pen *pen) {
    static const char *const families[] = {"Ferri",   "Moro",   "Conti", "Serra",   "Bianchi",
                                           "Greco",   "Marini", "Villa", "Colombo", "Gallo",
                                           "De Luca", "Smith",  "Jones", "Murphy",  "D'Amico"};
    struct sl_random random = sl_random_of(AUTHORS_SEED, author);
    const char *family = families[sl_random_below(&random, sizeof families / sizeof families[0])];
    sl_pen_put_string(pen, "\"author\":{");
    put_id(pen, "id", UINT64_C(100000000000000) + author * 858993 + 17);
    sl_pen_put_string(pen, "\"name\":\"");
    sl_grammar_expand(generator->grammar, &random, language, SL_PHRASES_PERSON, pen);
    sl_pen_put_char(pen, ' ');
    sl_pen_put_string(pen, family);
    sl_pen_put_string(pen, "\",\"handle\":\"");
    for (const char *c = family; *c != '\0'; c++) {
        sl_pen_put_char(pen, *c >= 'A' ? (char)(*c | 0x20) : '_');
    }
    sl_pen_put_char(pen, '_');
    sl_pen_put_char(pen, (char)('a' + sl_random_below(&random, 26)));
    if (sl_random_below(&random, 10) < 3) {
        sl_pen_put_number(pen, 60 + sl_random_below(&random, 40), 2);
    }
    uint64_t wide = sl_random_below(&random, 10) == 0 ? 100000 : 800;
    sl_pen_put_string(pen, "\",\"followers\":");
    sl_pen_put_number(pen, sl_random_below(&random, (uint32_t)wide), 0);
    sl_pen_put_string(pen, ",\"verified\":");
    sl_pen_put_string(pen, sl_random_below(&random, 50) == 0 ? "true" : "false");
    sl_pen_put_string(pen, "},");
}

static void put_time(uint64_t index, struct sl_pen *pen) {
    char text[SL_TIME_TEXT_BYTES];
    int64_t time_ns = FIRST_POST_NS + (int64_t)index * POST_INTERVAL_NS;
    sl_time_format(time_ns - time_ns % SL_NS_PER_SECOND, text);
    put_member(pen, "created_at", text);
}

static void put_place(const struct sl_generator *generator, struct sl_random *random,
                      uint64_t index, struct sl_pen *pen) {
    static const char *const channels[] = {"facebook",  "facebook", "facebook", "facebook",
                                           "x",         "x",        "x",        "instagram",
                                           "instagram", "youtube"};
    static const char *const pages[] = {"telco", "telco", "telco", "telco.business", "telco.casa"};
    static const char *const kinds[] = {"comment", "comment", "comment", "comment", "comment",
                                        "reply",   "reply",   "post",    "message", "comment"};
    const char *kind = kinds[sl_random_below(random, 10)];
    put_id(pen, "id", id_of(generator, index));
    put_member(pen, "channel", channels[sl_random_below(random, 10)]);
    put_member(pen, "page", pages[sl_random_below(random, 5)]);
    put_member(pen, "kind", kind);
    put_time(index, pen);
    if (kind[0] == 'c' || kind[0] == 'r') {
        uint64_t back = sl_random_below(random, 5000);
        put_id(pen, "parent_id", id_of(generator, index > back ? index - back : 0));
    }
    if (kind[0] == 'r') {
        uint64_t back = sl_random_below(random, 5000);
        put_id(pen, "thread_id", id_of(generator, index > back ? index - back : 0));
    }
    if (sl_random_chance(random, generator->urls)) {
        sl_pen_put_string(pen, "\"url\":\"https://social.example.com/telco/posts/");
        sl_pen_put_number(pen, id_of(generator, index) % UINT64_C(1000000000000000), 15);
        sl_pen_put_string(pen, "\",");
    }
}

size_t sl_generator_write(const struct sl_generator *generator, uint64_t index, char *out) {
    struct sl_random random = sl_random_of(generator->mix.seed, index);
    struct sl_pen pen = {out, out + SL_GENERATOR_POST_MAX_BYTES};
    enum sl_phrases_language language =
        sl_random_chance(&random, generator->italian) ? SL_PHRASES_ITALIAN : SL_PHRASES_ENGLISH;
    sl_pen_put_char(&pen, '{');
    put_place(generator, &random, index, &pen);
    put_member(&pen, "lang", language == SL_PHRASES_ITALIAN ? "it" : "en");
    put_author(generator, draw_author(&random), language, &pen);
    sl_pen_put_string(&pen, "\"text\":\"");
    sl_compose_text(&generator->text_mix, &random, language, &pen);
    sl_pen_put_string(&pen, "\"}\n");
    return (size_t)(pen.at - out);
}
