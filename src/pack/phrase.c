// SPDX-License-Identifier: Apache-2.0
//
// Phrases: signs and folded words become tokens, tokens become items (a word, a gap, a group), and
// each item is written with the space that stands behind each token of a words view (text/words.h).
//
// Why no match crosses a newline: all that is ever written is bytes of words views (never below
// 0x20), \w and GAP, and neither class holds a newline.
#include "pack/expression.h"

#include <stdint.h>
#include <string.h>

#include "base/str.h"
#include "pack/regex.h"
#include "text/fold.h"
#include "text/words.h"

// Behind the space of the token before: nothing, or something that ends with a space. Any bound
// from 30 to 60 costs the same, 0.7–1 ns a post for each phrase; no bound twice that, and counting
// words ten times.
#define GAP             "(?:[^\\n.?!;]{0," SL_REGEX_TEXT(GAP_INNER_BYTES) "} )?"
#define GAP_INNER_BYTES 46
_Static_assert(GAP_INNER_BYTES + 2 == SL_PHRASE_GAP_BYTES, "a gap counts the spaces at its ends");

#define TOKENS_MAX 512
#define DOTS       "\xE2\x80\xA6" // …

enum token_kind {
    TOKEN_WORD,
    TOKEN_GAP,
    TOKEN_OPEN,
    TOKEN_BAR,
    TOKEN_CLOSE,
};

struct token {
    enum token_kind kind;
    char sign;         // of TOKEN_OPEN and TOKEN_CLOSE
    bool stem, tail;   // more of the word may follow, or go before
    size_t start, end; // bytes of the phrase
    struct sl_str word;
};

// What stands at the top of a phrase: tokens [first, end), alternatives where it is a group.
struct item {
    bool gap;
    bool optional;
    size_t first, end;
};

struct reader {
    const char *phrase;
    size_t len;
    struct sl_error *error;
    size_t *ret_column;
    struct token tokens[TOKENS_MAX];
    size_t tokens_count;
    struct item items[TOKENS_MAX];
    size_t items_count;
    unsigned char folded[SL_PHRASE_BYTES_MAX * SL_FOLD_GROWTH];
    uint32_t map[SL_PHRASE_BYTES_MAX * SL_FOLD_GROWTH + 1];
    unsigned char words[SL_WORDS_BYTES(SL_PHRASE_BYTES_MAX * SL_FOLD_GROWTH) * 2];
    size_t words_len;
};

static int refuse(struct reader *reader, size_t at, const char *message) {
    *reader->ret_column = at + 1;
    return sl_error_set(reader->error, "%s", message);
}

static bool is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

static bool is_separator(char byte) {
    return ((unsigned char)byte <= ' ') || (strchr(",'\"-/:", byte) != NULL);
}

// Bytes of the gap that begins here, or 0.
static size_t gap_len(const char *at) {
    if (strncmp(at, DOTS, strlen(DOTS)) == 0) {
        return strlen(DOTS);
    }
    size_t dots = strspn(at, ".");
    return dots >= 3 ? dots : 0;
}

static bool is_word_end(const char *at) {
    return *at == '\0' || is_separator(*at) || strchr("(){}|*", *at) != NULL || gap_len(at) > 0;
}

static int add_token(struct reader *reader, struct token token) {
    if (reader->tokens_count == TOKENS_MAX) {
        return refuse(reader, token.start, "expected fewer words");
    }
    reader->tokens[reader->tokens_count++] = token;
    return SL_OK;
}

static bool touches(const struct reader *reader, enum token_kind kind, size_t start) {
    size_t count = reader->tokens_count;
    return count > 0 && reader->tokens[count - 1].kind == kind &&
           reader->tokens[count - 1].end == start;
}

// Whether the stars of `token` stand beside a letter or digit of what its text folded to.
static bool is_star_placed(const struct reader *reader, struct token token, size_t folded_len) {
    return (!token.tail || is_word_byte((char)reader->folded[0])) &&
           (!token.stem || is_word_byte((char)reader->folded[folded_len - 1]));
}

// What was one piece in the phrase can be several tokens of a words view ("c'è", "#rete").
static int add_words(struct reader *reader, struct sl_str words, struct token token) {
    for (size_t at = 1; at < words.len; at++) {
        size_t start = at;
        while (words.data[at] != ' ') {
            at++;
        }
        struct token word = token;
        word.word = (struct sl_str){words.data + start, at - start};
        word.tail = token.tail && start == 1;
        word.stem = token.stem && at + 1 == words.len;
        if (add_token(reader, word) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

static int read_word(struct reader *reader, size_t *at) {
    struct token token = {.kind = TOKEN_WORD, .start = *at, .tail = reader->phrase[*at] == '*'};
    size_t start = *at + token.tail;
    size_t end = start;
    while (!is_word_end(reader->phrase + end)) {
        end++;
    }
    token.stem = reader->phrase[end] == '*' && end > start;
    token.end = end + token.stem;
    if (end == start || (token.stem && !is_word_end(reader->phrase + token.end)) ||
        reader->phrase[token.end] == '*') {
        return refuse(reader, end, "expected * at the beginning or the end of a word");
    }
    if (touches(reader, TOKEN_CLOSE, token.start)) {
        return refuse(reader, token.start, "expected a space behind a group, found a word");
    }
    struct sl_folded folded;
    size_t len = sl_fold(reader->phrase + start, end - start, reader->folded, sizeof reader->folded,
                         reader->map, sizeof reader->map / sizeof reader->map[0], &folded);
    if (len == SL_FOLD_NO_ROOM || SL_WORDS_BYTES(len) > sizeof reader->words - reader->words_len) {
        return refuse(reader, start, "expected a shorter phrase");
    }
    if ((token.tail || token.stem) && (len == 0 || !is_star_placed(reader, token, len))) {
        return refuse(reader, token.start, "expected a letter or digit beside *");
    }
    unsigned char *words = reader->words + reader->words_len;
    size_t words_len = sl_words(reader->folded, len, words, NULL);
    reader->words_len += words_len;
    *at = token.end;
    return add_words(reader, (struct sl_str){(const char *)words, words_len}, token);
}

static int read_sign(struct reader *reader, size_t *at) {
    char sign = reader->phrase[*at];
    struct token token = {.sign = sign, .start = *at, .end = *at + 1};
    token.kind = sign == '|' ? TOKEN_BAR : sign == '(' || sign == '{' ? TOKEN_OPEN : TOKEN_CLOSE;
    if (token.kind == TOKEN_OPEN && touches(reader, TOKEN_WORD, *at)) {
        return refuse(reader, *at, "expected a space before a group, found a word");
    }
    *at = token.end;
    return add_token(reader, token);
}

static int read_tokens(struct reader *reader) {
    size_t gaps_count = 0;
    size_t bars_count = 0;
    for (size_t at = 0; at < reader->len;) {
        char byte = reader->phrase[at];
        size_t gap = gap_len(reader->phrase + at);
        int result = SL_OK;
        if (gap > 0) {
            struct token token = {.kind = TOKEN_GAP, .start = at, .end = at + gap};
            result = ++gaps_count > SL_PHRASE_GAPS_MAX
                         ? refuse(reader, at,
                                  "expected at most " SL_REGEX_TEXT(
                                      SL_PHRASE_GAPS_MAX) " gaps, found more")
                         : add_token(reader, token);
            at += gap;
        } else if (is_separator(byte)) {
            at++;
        } else if (strchr("(){}|", byte) != NULL) {
            result = byte == '|' && ++bars_count >= SL_PHRASE_ALTERNATIVES_MAX
                         ? refuse(reader, at,
                                  "expected at most " SL_REGEX_TEXT(
                                      SL_PHRASE_ALTERNATIVES_MAX) " alternatives, found more")
                         : read_sign(reader, &at);
        } else {
            result = read_word(reader, &at);
        }
        if (result != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

// One alternative, tokens [first, end): words, with gaps only between words.
static int check_alternative(struct reader *reader, size_t first, size_t end, size_t at) {
    if (first == end) {
        return refuse(reader, at,
                      "expected words in every alternative, found none; (a|b) stands for a, b or "
                      "nothing");
    }
    for (size_t i = first; i < end; i++) {
        bool inside = i > first && i + 1 < end && reader->tokens[i + 1].kind == TOKEN_WORD;
        if (reader->tokens[i].kind == TOKEN_GAP && !inside) {
            return refuse(reader, reader->tokens[i].start,
                          "expected a word on both sides of a gap within its alternative");
        }
    }
    return SL_OK;
}

static int read_group(struct reader *reader, size_t *token) {
    const struct token *open = &reader->tokens[*token];
    char sign = open->sign == '(' ? ')' : '}';
    size_t alternative = *token + 1;
    for (size_t i = alternative; i < reader->tokens_count; i++) {
        const struct token *inner = &reader->tokens[i];
        if (inner->kind == TOKEN_OPEN) {
            return refuse(reader, inner->start, "expected words in a group, found another group");
        }
        if (inner->kind != TOKEN_BAR && inner->kind != TOKEN_CLOSE) {
            continue;
        }
        if (check_alternative(reader, alternative, i, inner->start) != SL_OK) {
            return SL_FAILED;
        }
        alternative = i + 1;
        if (inner->kind == TOKEN_CLOSE && inner->sign != sign) {
            return refuse(reader, inner->start,
                          sign == ')' ? "expected ), found }" : "expected }, found )");
        }
        if (inner->kind == TOKEN_CLOSE) {
            reader->items[reader->items_count++] =
                (struct item){.optional = sign == ')', .first = *token + 1, .end = i};
            *token = i + 1;
            return SL_OK;
        }
    }
    return refuse(reader, open->start,
                  sign == ')' ? "expected ), found the end of the phrase"
                              : "expected }, found the end of the phrase");
}

static int read_items(struct reader *reader) {
    for (size_t i = 0; i < reader->tokens_count;) {
        const struct token *token = &reader->tokens[i];
        switch (token->kind) {
        case TOKEN_WORD:
        case TOKEN_GAP:
            reader->items[reader->items_count++] =
                (struct item){.gap = token->kind == TOKEN_GAP, .first = i, .end = i + 1};
            i++;
            break;
        case TOKEN_OPEN:
            if (read_group(reader, &i) != SL_OK) {
                return SL_FAILED;
            }
            break;
        case TOKEN_BAR:
            return refuse(reader, token->start, "expected | only within ( ) or { }");
        case TOKEN_CLOSE:
            return refuse(reader, token->start, "expected a group's begin before its end");
        }
    }
    return SL_OK;
}

// Whether only optional groups stand between an item and an edge or a gap, `step` items a time.
static bool is_beside_gap(const struct reader *reader, size_t item, size_t step) {
    do {
        item += step; // wraps below 0, which is an edge like any other
    } while (item < reader->items_count && reader->items[item].optional);
    return item >= reader->items_count || reader->items[item].gap;
}

static void drop_what_decides_nothing(struct reader *reader) {
    struct item kept[TOKENS_MAX];
    size_t kept_count = 0;
    for (size_t i = 0; i < reader->items_count; i++) {
        bool idle = reader->items[i].optional &&
                    (is_beside_gap(reader, i, 1) || is_beside_gap(reader, i, SIZE_MAX));
        if (!idle) {
            kept[kept_count++] = reader->items[i];
        }
    }
    memcpy(reader->items, kept, kept_count * sizeof kept[0]);
    reader->items_count = kept_count;
}

static int check_items(struct reader *reader) {
    if (reader->items_count == 0) {
        return refuse(reader, 0,
                      reader->tokens_count == 0
                          ? "expected words, found none"
                          : "expected a word that must be there, found only optional ones");
    }
    for (size_t i = 0; i < reader->items_count; i++) {
        bool between = i > 0 && i + 1 < reader->items_count && !reader->items[i + 1].gap;
        if (reader->items[i].gap && !between) {
            return refuse(reader, reader->tokens[reader->items[i].first].start,
                          "expected a word that must be there on both sides of a gap");
        }
    }
    return SL_OK;
}

// Each token is written with the space behind it, the first also with the one before. What else is
// in the word of a stem does not matter at the phrase's end, nor that of a tail at its begin. A
// token of signs or of another script has no borders: it is found inside longer ones.
static void write_word(struct sl_regex *regex, const struct token *token, bool at_begin,
                       bool at_end) {
    struct sl_str word = token->word;
    bool borders = is_word_byte(word.data[0]);
    if (token->tail) {
        sl_regex_add(regex, at_begin ? "" : "\\w*");
    } else {
        sl_regex_add(regex, at_begin && borders ? " " : "");
    }
    for (size_t i = 0; i < word.len; i++) {
        sl_regex_add_literal(regex, (unsigned char)word.data[i]);
    }
    if (token->stem) {
        sl_regex_add(regex, at_end ? "" : "\\w* ");
    } else {
        sl_regex_add(regex, at_end && !borders ? "" : " ");
    }
}

static void write_item(struct sl_regex *regex, const struct reader *reader, size_t index) {
    const struct item *item = &reader->items[index];
    bool begin = index == 0;
    bool end = index + 1 == reader->items_count;
    bool several = item->end - item->first > 1;
    sl_regex_add(regex, several ? "(?:" : "");
    for (size_t i = item->first; i < item->end; i++) {
        bool first = i == item->first || reader->tokens[i - 1].kind == TOKEN_BAR;
        bool last = i + 1 == item->end || reader->tokens[i + 1].kind == TOKEN_BAR;
        switch (reader->tokens[i].kind) {
        case TOKEN_WORD:
            write_word(regex, &reader->tokens[i], begin && first, end && last);
            break;
        case TOKEN_GAP:
            sl_regex_add(regex, GAP);
            break;
        default:
            sl_regex_add(regex, "|");
            break;
        }
    }
    sl_regex_add(regex, several ? ")" : "");
}

static void write_items(struct sl_regex *regex, const struct reader *reader) {
    for (size_t i = 0; i < reader->items_count; i++) {
        const struct item *item = &reader->items[i];
        sl_regex_add(regex, item->optional ? "(?:" : "");
        write_item(regex, reader, i);
        sl_regex_add(regex, item->optional ? ")?" : "");
    }
}

int sl_expression_from_phrase(const char *phrase, struct sl_arena *arena, struct sl_error *error,
                              size_t *ret_column, struct sl_expression *ret_expression) {
    struct reader reader;
    reader.phrase = phrase;
    reader.len = strnlen(phrase, SL_PHRASE_BYTES_MAX + 1);
    reader.error = error;
    reader.ret_column = ret_column;
    reader.tokens_count = 0;
    reader.items_count = 0;
    reader.words_len = 0;
    if (reader.len > SL_PHRASE_BYTES_MAX) {
        return refuse(&reader, 0,
                      "expected at most " SL_REGEX_TEXT(SL_PHRASE_BYTES_MAX) " bytes, found more");
    }
    if (read_tokens(&reader) != SL_OK || read_items(&reader) != SL_OK) {
        return SL_FAILED;
    }
    drop_what_decides_nothing(&reader);
    if (check_items(&reader) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_regex regex;
    sl_regex_start(&regex);
    write_items(&regex, &reader);
    *ret_expression = (struct sl_expression){.regex = sl_regex_keep(&regex, arena)};
    return ret_expression->regex != NULL ? SL_OK : refuse(&reader, 0, "expected a shorter phrase");
}
