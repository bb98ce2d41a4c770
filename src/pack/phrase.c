// SPDX-License-Identifier: Apache-2.0
//
// Phrases: signs and folded words become tokens, tokens become items (a word, a gap, a group), and
// each item is written with the space that stands behind each token of a words view (text/words.h).
//
// Why no match crosses a newline: all that is ever written is bytes of words views (never below
// 0x20), \w, the gaps and the beginning of a sentence, and none of their classes holds a newline.
#include "pack/phrase.h"

#include <string.h>

#include "pack/regex.h"

// Behind the space of the token before: nothing, or something that ends with a space. Any bound
// from 30 to 60 costs the same, 0.7–1 ns a post for each phrase; no bound twice that, and counting
// words ten times.
#define GAP             "(?:[^\\n.?!;]{0," SL_REGEX_TEXT(GAP_INNER_BYTES) "} )?"
#define GAP_INNER_BYTES 46
// The gap before a question mark at the end: what is asked may be long. The mark may stand behind
// others ("!?").
#define QUESTION_GAP         "(?:[^\\n.?!;]{0," SL_REGEX_TEXT(QUESTION_INNER_BYTES) "} )?[!.]*"
#define QUESTION_INNER_BYTES 238
_Static_assert(QUESTION_INNER_BYTES + 2 == SL_PHRASE_QUESTION_BYTES,
               "a gap counts the spaces at its ends");
// A sentence begins where the text does or behind a sign that ends one; whom it is said to stands
// aside. With and without mentions are two expressions: one that can be both costs 0.1 µs a post,
// two cost nothing that can be measured.
#define BEGIN    "(?:^|[.?!;]) "
#define MENTIONS "(?:@ \\w+ )+"
_Static_assert(GAP_INNER_BYTES + 2 == SL_PHRASE_GAP_BYTES, "a gap counts the spaces at its ends");

// Whether only optional groups stand between an item and an edge or a gap, `step` items a time.
static bool is_beside_gap(const struct sl_phrase_reader *reader, size_t item, size_t step) {
    do {
        item += step; // wraps below 0, which is an edge like any other
    } while (item < reader->items_count && reader->items[item].optional);
    return item >= reader->items_count ? item > reader->items_count || !reader->tells_extent
                                       : reader->items[item].gap;
}

static void drop_what_decides_nothing(struct sl_phrase_reader *reader) {
    struct sl_phrase_item kept[SL_PHRASE_TOKENS_MAX];
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

// Gaps at the edges of an expression that tells an extent reach further.
static void take_reach(struct sl_phrase_reader *reader, struct sl_expression *expression) {
    if (reader->items_count > 1 && reader->items[reader->items_count - 1].gap) {
        expression->reaches_on = true;
        reader->items_count--;
    }
    if (reader->items_count > 1 && reader->items[0].gap) {
        expression->reaches_back = true;
        memmove(reader->items, reader->items + 1, --reader->items_count * sizeof reader->items[0]);
    }
}

static bool has_begin(const struct sl_phrase_reader *reader) {
    return reader->tokens_count > 0 && reader->tokens[0].kind == SL_TOKEN_BEGIN;
}

static int check_items(struct sl_phrase_reader *reader) {
    if (reader->items_count == has_begin(reader)) {
        return sl_phrase_refuse(
            reader, 0,
            reader->tokens_count == 0
                ? "expected words, found none"
                : "expected a word that must be there, found only optional ones");
    }
    for (size_t i = 0; i < reader->items_count; i++) {
        bool between = i > 0 && i + 1 < reader->items_count && !reader->items[i + 1].gap;
        if (reader->items[i].gap && !between) {
            return sl_phrase_refuse(reader, reader->tokens[reader->items[i].first].start,
                                    "expected a word that must be there on both sides of a gap");
        }
    }
    return SL_OK;
}

// Each token is written with the space behind it, the first also with the one before. What else is
// in the word of a stem does not matter at the phrase's end, nor that of a tail at its begin. A
// token of signs or of another script has no borders: it is found inside longer ones.
static void write_word(struct sl_regex *regex, const struct sl_token *token, bool at_begin,
                       bool at_end) {
    struct sl_str word = token->word;
    bool borders = sl_phrase_is_word_byte(word.data[0]);
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

bool sl_phrase_is_question(const struct sl_phrase_reader *reader, size_t index) {
    const struct sl_phrase_item *item = &reader->items[index];
    const struct sl_token *token = &reader->tokens[item->first];
    return index + 1 == reader->items_count && !item->optional && item->end - item->first == 1 &&
           token->kind == SL_TOKEN_WORD && sl_str_equal(token->word, SL_STR("?"));
}

static void write_token(struct sl_regex *regex, const struct sl_token *token, bool at_begin,
                        bool at_end, bool behind_mentions) {
    switch (token->kind) {
    case SL_TOKEN_WORD:
        write_word(regex, token, at_begin, at_end);
        break;
    case SL_TOKEN_GROUP:
        sl_regex_add(regex, token->group->regex[at_begin][at_end]);
        break;
    case SL_TOKEN_GAP:
        sl_regex_add(regex, GAP);
        break;
    case SL_TOKEN_BEGIN:
        sl_regex_add(regex, BEGIN);
        sl_regex_add(regex, behind_mentions ? MENTIONS : "");
        break;
    default:
        sl_regex_add(regex, "|");
        break;
    }
}

static void write_item(struct sl_regex *regex, const struct sl_phrase_reader *reader,
                       size_t index) {
    const struct sl_phrase_item *item = &reader->items[index];
    bool begin = index == 0 && reader->at_begin;
    bool end = index + 1 == reader->items_count && reader->at_end;
    bool several = item->end - item->first > 1;
    if (item->gap && sl_phrase_is_question(reader, index + 1)) {
        sl_regex_add(regex, QUESTION_GAP);
        return;
    }
    sl_regex_add(regex, several ? "(?:" : "");
    for (size_t i = item->first; i < item->end; i++) {
        bool first = i == item->first || reader->tokens[i - 1].kind == SL_TOKEN_BAR;
        bool last = i + 1 == item->end || reader->tokens[i + 1].kind == SL_TOKEN_BAR;
        write_token(regex, &reader->tokens[i], begin && first, end && last,
                    reader->behind_mentions);
    }
    sl_regex_add(regex, several ? ")" : "");
}

static void write_items(struct sl_regex *regex, const struct sl_phrase_reader *reader) {
    for (size_t i = 0; i < reader->items_count; i++) {
        const struct sl_phrase_item *item = &reader->items[i];
        sl_regex_add(regex, item->optional ? "(?:" : "");
        write_item(regex, reader, i);
        sl_regex_add(regex, item->optional ? ")?" : "");
    }
}

static const char *write(const struct sl_phrase_reader *reader, struct sl_arena *arena) {
    struct sl_regex regex;
    sl_regex_start(&regex);
    write_items(&regex, reader);
    return sl_regex_keep(&regex, arena);
}

static const char *write_plain(const struct sl_phrase_reader *reader, struct sl_arena *arena) {
    struct sl_regex plain;
    sl_regex_start(&plain);
    return sl_phrase_add_plain(&plain, reader) ? sl_regex_keep(&plain, arena) : NULL;
}

// What is asked, without the gap and the question mark.
static const char *write_asked(struct sl_phrase_reader *reader, struct sl_arena *arena) {
    reader->items_count -= 2;
    reader->at_end = false;
    const char *asked = write(reader, arena);
    reader->items_count += 2;
    reader->at_end = true;
    return asked;
}

// False when it is too long.
static bool write_forms(struct sl_phrase_reader *reader, bool asks, struct sl_arena *arena,
                        const char **ret_whole, const char **ret_asked) {
    *ret_whole = write(reader, arena);
    *ret_asked = asks ? write_asked(reader, arena) : NULL;
    return *ret_whole != NULL && (!asks || *ret_asked != NULL);
}

static int start(struct sl_phrase_reader *reader, const char *phrase,
                 const struct sl_word_groups *groups, struct sl_error *error, size_t *ret_column) {
    reader->phrase = phrase;
    reader->len = strnlen(phrase, SL_PHRASE_BYTES_MAX + 1);
    reader->groups = groups;
    reader->error = error;
    reader->ret_column = ret_column;
    reader->at_begin = reader->at_end = true;
    reader->tells_extent = reader->behind_mentions = false;
    reader->tokens_count = 0;
    reader->items_count = 0;
    reader->words_len = 0;
    return reader->len <= SL_PHRASE_BYTES_MAX
               ? sl_phrase_read(reader)
               : sl_phrase_refuse(
                     reader, 0,
                     "expected at most " SL_REGEX_TEXT(SL_PHRASE_BYTES_MAX) " bytes, found more");
}

int sl_expression_from_words(const char *phrase, const struct sl_word_groups *groups,
                             enum sl_phrase_use use, struct sl_arena *arena, struct sl_error *error,
                             size_t *ret_column, struct sl_expression *ret_expression) {
    struct sl_phrase_reader reader;
    if (start(&reader, phrase, groups, error, ret_column) != SL_OK) {
        return SL_FAILED;
    }
    *ret_expression = (struct sl_expression){.multiline = has_begin(&reader)};
    reader.tells_extent = use == SL_PHRASE_UNLESS;
    drop_what_decides_nothing(&reader);
    if (reader.tells_extent) {
        take_reach(&reader, ret_expression);
    }
    if (check_items(&reader) != SL_OK) {
        return SL_FAILED;
    }
    ret_expression->plain = write_plain(&reader, arena);
    bool asks = reader.items_count > 2 && reader.items[reader.items_count - 2].gap &&
                sl_phrase_is_question(&reader, reader.items_count - 1);
    bool written =
        write_forms(&reader, asks, arena, &ret_expression->regex, &ret_expression->asked);
    if (ret_expression->multiline) {
        reader.behind_mentions = true;
        written &= write_forms(&reader, asks, arena, &ret_expression->behind_mentions,
                               &ret_expression->asked_behind_mentions);
    }
    return written ? SL_OK : sl_phrase_refuse(&reader, 0, "expected a shorter phrase");
}

int sl_expression_from_phrase(const char *phrase, struct sl_arena *arena, struct sl_error *error,
                              size_t *ret_column, struct sl_expression *ret_expression) {
    return sl_expression_from_words(phrase, NULL, SL_PHRASE_FINDS, arena, error, ret_column,
                                    ret_expression);
}

// Word groups.

void sl_word_group_start(struct sl_word_group_draft *draft) {
    for (int form = 0; form < 4; form++) {
        sl_regex_start(&draft->regex[form / 2][form % 2]);
        sl_regex_add(&draft->regex[form / 2][form % 2], "(?:");
    }
    sl_regex_start(&draft->plain);
    sl_regex_add(&draft->plain, "{ ");
    draft->sayable = true;
    draft->entries_count = 0;
}

// What tokens of signs find depends on where the group is named.
static bool has_only_words(const struct sl_phrase_reader *reader) {
    for (size_t i = 0; i < reader->tokens_count; i++) {
        if (reader->tokens[i].kind == SL_TOKEN_WORD &&
            !sl_phrase_is_word_byte(reader->tokens[i].word.data[0])) {
            return false;
        }
    }
    return true;
}

int sl_word_group_add(struct sl_word_group_draft *draft, const char *entry,
                      const struct sl_word_groups *groups, struct sl_error *error,
                      size_t *ret_column) {
    struct sl_phrase_reader reader;
    if (start(&reader, entry, groups, error, ret_column) != SL_OK) {
        return SL_FAILED;
    }
    for (size_t i = 0; i < reader.tokens_count; i++) {
        if (reader.tokens[i].kind != SL_TOKEN_WORD && reader.tokens[i].kind != SL_TOKEN_GROUP) {
            return sl_phrase_refuse(&reader, reader.tokens[i].start,
                                    "expected words, stems and <groups> only in a word group");
        }
    }
    if (check_items(&reader) != SL_OK) {
        return SL_FAILED;
    }
    for (int form = 0; form < 4; form++) {
        struct sl_regex *regex = &draft->regex[form / 2][form % 2];
        reader.at_begin = form / 2 == 1;
        reader.at_end = form % 2 == 1;
        sl_regex_add(regex, draft->entries_count > 0 ? "|" : "");
        write_items(regex, &reader);
    }
    sl_regex_add(&draft->plain, draft->entries_count > 0 ? "| " : "");
    draft->sayable =
        draft->sayable && has_only_words(&reader) && sl_phrase_add_plain(&draft->plain, &reader);
    draft->entries_count++;
    return SL_OK;
}

bool sl_word_group_end(struct sl_word_group_draft *draft, struct sl_arena *arena,
                       struct sl_word_group *group) {
    bool kept = true;
    for (int form = 0; form < 4; form++) {
        struct sl_regex *regex = &draft->regex[form / 2][form % 2];
        sl_regex_add(regex, ")");
        group->regex[form / 2][form % 2] = sl_regex_keep(regex, arena);
        kept &= group->regex[form / 2][form % 2] != NULL;
    }
    sl_regex_add(&draft->plain, "} ");
    group->plain = draft->sayable ? sl_regex_keep(&draft->plain, arena) : NULL;
    return kept;
}
