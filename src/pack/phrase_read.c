// SPDX-License-Identifier: Apache-2.0
#include "pack/phrase.h"

#include <string.h>

#include "pack/problems.h"
#include "pack/regex.h"

#define DOTS "\xE2\x80\xA6" // …

int sl_phrase_refuse(struct sl_phrase_reader *reader, size_t at, const char *message) {
    *reader->ret_column = at + 1;
    return sl_error_set(reader->error, "%s", message);
}

static int refuse_name(struct sl_phrase_reader *reader, size_t at, struct sl_str name) {
    const char *names[SL_WORD_GROUPS_MAX], *near;
    char word[SL_PHRASE_BYTES_MAX + 1];
    uint32_t count = reader->groups != NULL ? reader->groups->count : 0;
    for (uint32_t i = 0; i < count; i++) {
        names[i] = reader->groups->list[i].known_as->name;
    }
    memcpy(word, name.data, name.len);
    word[name.len] = '\0';
    near = sl_problems_nearest(word, names, count);
    *reader->ret_column = at + 1;
    return sl_error_set(reader->error,
                        "expected a word group that stands above, found \"%s\"%s%s%s", word,
                        near != NULL ? "; did you mean \"" : "", near != NULL ? near : "",
                        near != NULL ? "\"?" : "");
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
    return *at == '\0' || is_separator(*at) || strchr("(){}|*<", *at) != NULL || gap_len(at) > 0;
}

static int add_token(struct sl_phrase_reader *reader, struct sl_token token) {
    if (reader->tokens_count == SL_PHRASE_TOKENS_MAX) {
        return sl_phrase_refuse(reader, token.start, "expected fewer words");
    }
    reader->tokens[reader->tokens_count++] = token;
    return SL_OK;
}

static bool touches(const struct sl_phrase_reader *reader, enum sl_token_kind kind, size_t start) {
    size_t count = reader->tokens_count;
    return count > 0 && reader->tokens[count - 1].kind == kind &&
           reader->tokens[count - 1].end == start;
}

// Whether the stars of `token` stand beside a letter or digit of what its text folded to.
static bool is_star_placed(const struct sl_phrase_reader *reader, struct sl_token token,
                           size_t folded_len) {
    return (!token.tail || sl_phrase_is_word_byte((char)reader->folded[0])) &&
           (!token.stem || sl_phrase_is_word_byte((char)reader->folded[folded_len - 1]));
}

// What was one piece in the phrase can be several tokens of a words view ("c'è", "#rete").
static int add_words(struct sl_phrase_reader *reader, struct sl_str words, struct sl_token token) {
    for (size_t at = 1; at < words.len; at++) {
        size_t start = at;
        while (words.data[at] != ' ') {
            at++;
        }
        struct sl_token word = token;
        word.word = (struct sl_str){words.data + start, at - start};
        word.tail = token.tail && start == 1;
        word.stem = token.stem && at + 1 == words.len;
        if (add_token(reader, word) != SL_OK) {
            return SL_FAILED;
        }
    }
    return SL_OK;
}

static int read_word(struct sl_phrase_reader *reader, size_t *at) {
    struct sl_token token = {
        .kind = SL_TOKEN_WORD, .start = *at, .tail = reader->phrase[*at] == '*'};
    size_t start = *at + token.tail;
    size_t end = start;
    while (!is_word_end(reader->phrase + end)) {
        end++;
    }
    token.stem = reader->phrase[end] == '*' && end > start;
    token.end = end + token.stem;
    if (end == start || (token.stem && !is_word_end(reader->phrase + token.end)) ||
        reader->phrase[token.end] == '*') {
        return sl_phrase_refuse(reader, end, "expected * at the beginning or the end of a word");
    }
    if (touches(reader, SL_TOKEN_CLOSE, token.start)) {
        return sl_phrase_refuse(reader, token.start,
                                "expected a space behind a group, found a word");
    }
    struct sl_folded folded;
    size_t len = sl_fold(reader->phrase + start, end - start, reader->folded, sizeof reader->folded,
                         reader->map, sizeof reader->map / sizeof reader->map[0], &folded);
    if (len == SL_FOLD_NO_ROOM || SL_WORDS_BYTES(len) > sizeof reader->words - reader->words_len) {
        return sl_phrase_refuse(reader, start, "expected a shorter phrase");
    }
    if ((token.tail || token.stem) && (len == 0 || !is_star_placed(reader, token, len))) {
        return sl_phrase_refuse(reader, token.start, "expected a letter or digit beside *");
    }
    unsigned char *words = reader->words + reader->words_len;
    size_t words_len = sl_words(reader->folded, len, words, NULL);
    reader->words_len += words_len;
    *at = token.end;
    return add_words(reader, (struct sl_str){(const char *)words, words_len}, token);
}

static const struct sl_word_group *group_named(const struct sl_word_groups *groups,
                                               struct sl_str name) {
    for (uint32_t i = 0; groups != NULL && i < groups->count; i++) {
        if (sl_str_equal(sl_str_from(groups->list[i].known_as->name), name)) {
            return &groups->list[i];
        }
    }
    return NULL;
}

static int read_group_name(struct sl_phrase_reader *reader, size_t *at) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t name_len = strspn(reader->phrase + *at + 1, letters);
    size_t end = *at + 1 + name_len;
    if (name_len == 0 || reader->phrase[end] != '>') {
        return sl_phrase_refuse(reader, *at, "expected <name> of a word group, found another sign");
    }
    if (touches(reader, SL_TOKEN_WORD, *at) || !is_word_end(reader->phrase + end + 1)) {
        return sl_phrase_refuse(reader, *at, "expected spaces round <name>, found a word");
    }
    struct sl_str name = {reader->phrase + *at + 1, name_len};
    struct sl_token token = {.kind = SL_TOKEN_GROUP, .start = *at, .end = end + 1};
    token.group = group_named(reader->groups, name);
    if (token.group == NULL) {
        return refuse_name(reader, *at, name);
    }
    token.group->known_as->used = true;
    *at = token.end;
    return add_token(reader, token);
}

// ^ alone at the beginning: where a sentence begins.
static bool is_begin(const struct sl_phrase_reader *reader, size_t at) {
    return reader->phrase[at] == '^' && reader->tokens_count == 0 &&
           is_word_end(reader->phrase + at + 1);
}

static int read_sign(struct sl_phrase_reader *reader, size_t *at) {
    char sign = reader->phrase[*at];
    struct sl_token token = {.sign = sign, .start = *at, .end = *at + 1};
    token.kind = sign == '|'                  ? SL_TOKEN_BAR
                 : sign == '(' || sign == '{' ? SL_TOKEN_OPEN
                                              : SL_TOKEN_CLOSE;
    if (token.kind == SL_TOKEN_OPEN && touches(reader, SL_TOKEN_WORD, *at)) {
        return sl_phrase_refuse(reader, *at, "expected a space before a group, found a word");
    }
    *at = token.end;
    return add_token(reader, token);
}

static int read_tokens(struct sl_phrase_reader *reader) {
    size_t gaps_count = 0;
    size_t bars_count = 0;
    for (size_t at = 0; at < reader->len;) {
        char byte = reader->phrase[at];
        size_t gap = gap_len(reader->phrase + at);
        int result = SL_OK;
        if (gap > 0) {
            struct sl_token token = {.kind = SL_TOKEN_GAP, .start = at, .end = at + gap};
            result = ++gaps_count > SL_PHRASE_GAPS_MAX
                         ? sl_phrase_refuse(reader, at,
                                            "expected at most " SL_REGEX_TEXT(
                                                SL_PHRASE_GAPS_MAX) " gaps, found more")
                         : add_token(reader, token);
            at += gap;
        } else if (is_separator(byte)) {
            at++;
        } else if (is_begin(reader, at)) {
            result = add_token(
                reader, (struct sl_token){.kind = SL_TOKEN_BEGIN, .start = at, .end = at + 1});
            at++;
        } else if (byte == '<') {
            result = read_group_name(reader, &at);
        } else if (strchr("(){}|", byte) != NULL) {
            result =
                byte == '|' && ++bars_count >= SL_PHRASE_ALTERNATIVES_MAX
                    ? sl_phrase_refuse(reader, at,
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
static int check_alternative(struct sl_phrase_reader *reader, size_t first, size_t end, size_t at) {
    if (first == end) {
        return sl_phrase_refuse(
            reader, at,
            "expected words in every alternative, found none; (a|b) stands for a, b or "
            "nothing");
    }
    for (size_t i = first; i < end; i++) {
        bool inside = i > first && i + 1 < end && reader->tokens[i + 1].kind != SL_TOKEN_GAP;
        if (reader->tokens[i].kind == SL_TOKEN_GAP && !inside) {
            return sl_phrase_refuse(
                reader, reader->tokens[i].start,
                "expected a word on both sides of a gap within its alternative");
        }
    }
    return SL_OK;
}

static int read_group(struct sl_phrase_reader *reader, size_t *token) {
    const struct sl_token *open = &reader->tokens[*token];
    char sign = open->sign == '(' ? ')' : '}';
    size_t alternative = *token + 1;
    for (size_t i = alternative; i < reader->tokens_count; i++) {
        const struct sl_token *inner = &reader->tokens[i];
        if (inner->kind == SL_TOKEN_OPEN) {
            return sl_phrase_refuse(reader, inner->start,
                                    "expected words in a group, found another group");
        }
        if (inner->kind != SL_TOKEN_BAR && inner->kind != SL_TOKEN_CLOSE) {
            continue;
        }
        if (check_alternative(reader, alternative, i, inner->start) != SL_OK) {
            return SL_FAILED;
        }
        alternative = i + 1;
        if (inner->kind == SL_TOKEN_CLOSE && inner->sign != sign) {
            return sl_phrase_refuse(reader, inner->start,
                                    sign == ')' ? "expected ), found }" : "expected }, found )");
        }
        if (inner->kind == SL_TOKEN_CLOSE) {
            reader->items[reader->items_count++] =
                (struct sl_phrase_item){.optional = sign == ')', .first = *token + 1, .end = i};
            *token = i + 1;
            return SL_OK;
        }
    }
    return sl_phrase_refuse(reader, open->start,
                            sign == ')' ? "expected ), found the end of the phrase"
                                        : "expected }, found the end of the phrase");
}

static int read_items(struct sl_phrase_reader *reader) {
    for (size_t i = 0; i < reader->tokens_count;) {
        const struct sl_token *token = &reader->tokens[i];
        switch (token->kind) {
        case SL_TOKEN_WORD:
        case SL_TOKEN_GROUP:
        case SL_TOKEN_BEGIN:
        case SL_TOKEN_GAP:
            reader->items[reader->items_count++] = (struct sl_phrase_item){
                .gap = token->kind == SL_TOKEN_GAP, .first = i, .end = i + 1};
            i++;
            break;
        case SL_TOKEN_OPEN:
            if (read_group(reader, &i) != SL_OK) {
                return SL_FAILED;
            }
            break;
        case SL_TOKEN_BAR:
            return sl_phrase_refuse(reader, token->start, "expected | only within ( ) or { }");
        case SL_TOKEN_CLOSE:
            return sl_phrase_refuse(reader, token->start,
                                    "expected a group's begin before its end");
        }
    }
    return SL_OK;
}

int sl_phrase_read(struct sl_phrase_reader *reader) {
    return read_tokens(reader) == SL_OK ? read_items(reader) : SL_FAILED;
}
