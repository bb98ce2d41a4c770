// SPDX-License-Identifier: Apache-2.0
#include "bench/compose.h"

#include <stdbool.h>

#include "text/utf8.h"

#define TEXT_BYTES       (16u << 10)
#define SHORT_BYTES      26 // nothing but a few words
#define SLACK_BYTES      12 // a text may miss its length by so much rather than end inside a word
#define HABIT_NO_ACCENTS 6  // of 16
#define SHOUTS_SHARE     (UINT64_C(0x100000000) / 80)

// How a post that has JSON escapes comes by them.
enum escape_style {
    ESCAPE_NOTHING,
    ESCAPE_LINES,  // sentences on lines of their own
    ESCAPE_QUOTES, // a quoted word
    ESCAPE_ASCII,  // all that is not ASCII as \u
};

struct writing {
    const struct sl_compose_mix *mix;
    struct sl_random *random;
    enum sl_phrases_language language;
    enum escape_style style;
    bool capitals;
};

// Length by probability, in thousandths of the mean: the spread of public comments and posts
// addressed to brands.
static uint32_t draw_length(const struct sl_compose_mix *mix, struct sl_random *random) {
    static const struct {
        uint32_t share; // of 10,000
        uint32_t length;
    } spread[] = {{0, 40},      {100, 90},    {500, 160},   {1000, 240},  {2500, 450},  {5000, 800},
                  {7500, 1180}, {9000, 1600}, {9500, 2350}, {9900, 4700}, {10000, 6500}};
    uint32_t draw = sl_random_below(random, 10000), i = 1;
    while (spread[i].share <= draw) {
        i++;
    }
    uint32_t width = spread[i].share - spread[i - 1].share;
    uint32_t height = spread[i].length - spread[i - 1].length;
    uint32_t thousandths = spread[i - 1].length + height * (draw - spread[i - 1].share) / width;
    return (uint32_t)((uint64_t)mix->length_mean * thousandths / 1000);
}

static enum escape_style draw_style(const struct sl_compose_mix *mix, struct sl_random *random) {
    if (!sl_random_chance(random, mix->escapes)) {
        return ESCAPE_NOTHING;
    }
    return ESCAPE_LINES + sl_random_below(random, 3);
}

static void expand(const struct writing *writing, enum sl_phrases_list list, struct sl_pen *pen) {
    char *start = pen->at;
    sl_grammar_expand(writing->mix->grammar, writing->random, writing->language, list, pen);
    if (writing->capitals && *start >= 'a' && *start <= 'z') {
        *start = (char)(*start & ~0x20);
    }
}

static void put_gap(const struct writing *writing, struct sl_pen *pen) {
    static const char *const gaps[] = {". ", ", ", " ", "... ", "! ", ". ", ", ", ".  "};
    uint32_t draw = sl_random_below(writing->random, 16);
    bool ended = strchr("?.!", pen->at[-1]) != NULL;
    if (writing->style == ESCAPE_LINES && draw < 8) {
        sl_pen_put_char(pen, '\n');
    } else {
        sl_pen_put_string(pen, ended ? " " : gaps[draw / 2]);
    }
}

static enum sl_phrases_list draw_talk(struct sl_random *random) {
    static const enum sl_phrases_list talks[] = {
        SL_PHRASES_SONG, SL_PHRASES_SONG,    SL_PHRASES_SONG,    SL_PHRASES_THANKS,
        SL_PHRASES_SPAM, SL_PHRASES_CHAT,    SL_PHRASES_CHAT,    SL_PHRASES_CHAT,
        SL_PHRASES_CHAT, SL_PHRASES_OPINION, SL_PHRASES_OPINION, SL_PHRASES_OPINION};
    return talks[sl_random_below(random, sizeof talks / sizeof talks[0])];
}

// Sentences about one subject until there is enough, the last one cut at a word.
static void put_body(const struct writing *writing, size_t target, struct sl_pen *pen) {
    char *start = pen->at;
    struct sl_random *random = writing->random;
    bool care = sl_random_chance(random, writing->mix->care);
    enum sl_phrases_list subject =
        care ? sl_random_below(random, SL_PHRASES_TOPICS_COUNT) : draw_talk(random);
    if (target < SHORT_BYTES) {
        expand(writing, care ? SL_PHRASES_SHORT_CARE : SL_PHRASES_SHORT_TALK, pen);
        return;
    }
    for (unsigned sentence = 0; (size_t)(pen->at - start) < target; sentence++) {
        if (sentence > 0) {
            put_gap(writing, pen);
        }
        if (sentence % 2 == 0) {
            expand(writing, subject, pen);
        } else if (care) {
            expand(writing, sl_random_below(random, 3) == 0 ? SL_PHRASES_URGE : SL_PHRASES_STORY,
                   pen);
        } else {
            expand(writing, draw_talk(random), pen);
        }
    }
    if ((size_t)(pen->at - start) > target + SLACK_BYTES) {
        char *space = memchr(start + target, ' ', (size_t)(pen->at - start) - target);
        pen->at = space != NULL ? space : pen->at;
    }
}

// The sentence with an identifier or a figure in it, or nothing.
static void put_special(const struct writing *writing, struct sl_pen *pen) {
    uint64_t draw = sl_random_next(writing->random) >> 32;
    if (draw < writing->mix->identifiers) {
        expand(writing, SL_PHRASES_IDENTIFIER, pen);
    } else if (draw < writing->mix->numbers) {
        expand(writing, SL_PHRASES_NUMBER, pen);
    }
}

static void put_emoji(const struct writing *writing, struct sl_pen *pen) {
    const char *const *emoji = sl_phrases_emoji();
    uint32_t kinds = 0, count = 1 + sl_random_below(writing->random, 3);
    while (emoji[kinds] != NULL) {
        kinds++;
    }
    const char *one = emoji[sl_random_below(writing->random, kinds)];
    sl_pen_put_char(pen, ' ');
    while (count-- > 0) {
        sl_pen_put_string(pen, one);
    }
}

static void put_plain(const struct writing *writing, struct sl_pen *pen) {
    char special[512];
    struct sl_pen special_pen = {special, special + sizeof special};
    put_special(writing, &special_pen);
    size_t special_len = (size_t)(special_pen.at - special);
    size_t target = draw_length(writing->mix, writing->random);
    bool special_first = sl_random_below(writing->random, 3) == 0;
    if (special_len > 0 && special_first) {
        sl_pen_put(pen, special, special_len);
        put_gap(writing, pen);
    }
    put_body(writing, target > special_len ? target - special_len : 0, pen);
    if (special_len > 0 && !special_first) {
        put_gap(writing, pen);
        sl_pen_put(pen, special, special_len);
    }
    if (sl_random_chance(writing->random, writing->mix->emoji)) {
        put_emoji(writing, pen);
    }
}

// Makes sure that a post which is to have escapes has one.
static void put_escaped_end(const struct writing *writing, struct sl_pen *pen) {
    switch (writing->style) {
    case ESCAPE_NOTHING:
        break;
    case ESCAPE_LINES:
        sl_pen_put_char(pen, '\n');
        expand(writing, SL_PHRASES_SHORT_TALK, pen);
        break;
    case ESCAPE_QUOTES:
        sl_pen_put_string(pen, " \"");
        expand(writing, SL_PHRASES_HOW, pen);
        sl_pen_put_char(pen, '"');
        break;
    case ESCAPE_ASCII:
        put_emoji(writing, pen);
        break;
    }
}

static void shout(char *text, const char *end) {
    for (; text < end; text++) {
        *text = *text >= 'a' && *text <= 'z' ? (char)(*text & ~0x20) : *text;
    }
}

// Many Italians type "e'" or "perche" for "è" and "perché".
static void put_without_accents(struct sl_pen *pen, const char *text, const char *end,
                                bool apostrophes) {
    static const char *const accented[] = {"à", "è", "é", "ì", "ò", "ù", "È"};
    static const char plain[] = "aeeiouE";
    while (text < end) {
        size_t i = 0;
        while (i < sizeof plain - 1 && (end - text < 2 || memcmp(text, accented[i], 2) != 0)) {
            i++;
        }
        if (i == sizeof plain - 1) {
            sl_pen_put_char(pen, *text++);
            continue;
        }
        text += 2;
        sl_pen_put_char(pen, plain[i]);
        if (apostrophes && (text == end || *text == ' ')) {
            sl_pen_put_char(pen, '\'');
        }
    }
}

static void put_unit(struct sl_pen *pen, uint32_t unit) {
    static const char digits[] = "0123456789abcdef";
    char escape[6] = {'\\',
                      'u',
                      digits[unit >> 12 & 15],
                      digits[unit >> 8 & 15],
                      digits[unit >> 4 & 15],
                      digits[unit & 15]};
    sl_pen_put(pen, escape, sizeof escape);
}

static void put_code_point(struct sl_pen *pen, uint32_t code_point) {
    if (code_point < 0x10000) {
        put_unit(pen, code_point);
    } else {
        put_unit(pen, 0xD800 + ((code_point - 0x10000) >> 10));
        put_unit(pen, 0xDC00 + ((code_point - 0x10000) & 0x3FF));
    }
}

static void put_json(struct sl_pen *pen, const char *text, const char *end, bool ascii) {
    while (text < end) {
        unsigned char c = (unsigned char)*text;
        if (c >= 0x80 && ascii) {
            uint32_t code_point;
            bool valid;
            text += sl_utf8_decode((const unsigned char *)text, (size_t)(end - text), &code_point,
                                   &valid);
            put_code_point(pen, code_point);
            continue;
        }
        if (c == '\n') {
            sl_pen_put(pen, "\\n", 2);
        } else if (c == '"') {
            sl_pen_put(pen, "\\\"", 2);
        } else {
            sl_pen_put_char(pen, *text);
        }
        text++;
    }
}

void sl_compose_text(const struct sl_compose_mix *mix, struct sl_random *random,
                     enum sl_phrases_language language, struct sl_pen *pen) {
    char text[TEXT_BYTES], typed[TEXT_BYTES];
    struct sl_pen plain = {text, text + sizeof text}, hand = {typed, typed + sizeof typed};
    struct writing writing = {
        .mix = mix,
        .random = random,
        .language = language,
        .style = draw_style(mix, random),
        .capitals = sl_random_below(random, 3) > 0,
    };
    put_plain(&writing, &plain);
    put_escaped_end(&writing, &plain);
    uint32_t habit = sl_random_below(random, 16);
    if (habit < HABIT_NO_ACCENTS) {
        put_without_accents(&hand, text, plain.at, habit % 2 == 0);
    } else {
        sl_pen_put(&hand, text, (size_t)(plain.at - text));
    }
    if (sl_random_chance(random, SHOUTS_SHARE)) {
        shout(typed, hand.at);
    }
    put_json(pen, typed, hand.at, writing.style == ESCAPE_ASCII);
}
