// SPDX-License-Identifier: Apache-2.0
//
// The plain form of a phrase (expression.h): its words, with a space behind each, and signs of its
// own for what stands between them.
#include <string.h>

#include "pack/phrase.h"

#define GAP_SIGN   "~ "
#define BEGIN_SIGN "^ "

static void add_bytes(struct sl_regex *plain, struct sl_str bytes) {
    for (size_t i = 0; i < bytes.len; i++) {
        sl_regex_add(plain, (const char[]){bytes.data[i], '\0'});
    }
}

// Signs that the plain form has another use for; and beside a gap, those that end a sentence.
static bool is_sayable(struct sl_str sign, bool gapped, bool at_end) {
    for (size_t i = 0; i < sign.len; i++) {
        if (strchr("^~*(){}|", sign.data[i]) != NULL ||
            (gapped && !at_end && strchr(".?!;", sign.data[i]) != NULL)) {
            return false;
        }
    }
    return true;
}

static bool has_gap(const struct sl_phrase_reader *reader) {
    bool gap = false;
    for (size_t i = 0; i < reader->items_count; i++) {
        gap |= reader->items[i].gap;
    }
    return gap;
}

// At the edges of a phrase a token of signs or of another script is found inside longer ones.
static bool add_word(struct sl_regex *plain, const struct sl_phrase_reader *reader,
                     const struct sl_token *token, bool at_begin, bool at_end) {
    bool borders = sl_phrase_is_word_byte(token->word.data[0]);
    bool tail = token->tail || (!borders && at_begin);
    bool stem = token->stem || (!borders && at_end);
    if ((borders && tail && stem) ||
        (!borders && !is_sayable(token->word, has_gap(reader), at_end))) {
        return false;
    }
    sl_regex_add(plain, tail ? "*" : "");
    add_bytes(plain, token->word);
    sl_regex_add(plain, stem ? "* " : " ");
    return true;
}

static bool add_token(struct sl_regex *plain, const struct sl_phrase_reader *reader,
                      const struct sl_token *token, bool at_begin, bool at_end) {
    switch (token->kind) {
    case SL_TOKEN_WORD:
        return add_word(plain, reader, token, at_begin, at_end);
    case SL_TOKEN_GROUP:
        sl_regex_add(plain, token->group->plain != NULL ? token->group->plain : "");
        return token->group->plain != NULL;
    case SL_TOKEN_BEGIN:
        sl_regex_add(plain, BEGIN_SIGN);
        return true;
    case SL_TOKEN_BAR:
        sl_regex_add(plain, "| ");
        return true;
    default:
        return false; // a gap within an alternative
    }
}

static bool add_item(struct sl_regex *plain, const struct sl_phrase_reader *reader, size_t index) {
    const struct sl_phrase_item *item = &reader->items[index];
    bool begins = index == 0 && reader->at_begin;
    bool ends = index + 1 == reader->items_count && reader->at_end;
    bool grouped = item->optional || item->end - item->first > 1;
    sl_regex_add(plain, !grouped ? "" : item->optional ? "( " : "{ ");
    for (size_t i = item->first; i < item->end; i++) {
        bool first = i == item->first || reader->tokens[i - 1].kind == SL_TOKEN_BAR;
        bool last = i + 1 == item->end || reader->tokens[i + 1].kind == SL_TOKEN_BAR;
        if (!add_token(plain, reader, &reader->tokens[i], begins && first, ends && last)) {
            return false;
        }
    }
    sl_regex_add(plain, !grouped ? "" : item->optional ? ") " : "} ");
    return true;
}

// Behind an optional group at the beginning, which only exceptions keep, the expression asks for no
// border.
bool sl_phrase_add_plain(struct sl_regex *plain, const struct sl_phrase_reader *reader) {
    if (reader->items_count > 0 && reader->items[0].optional) {
        return false;
    }
    for (size_t i = 0; i < reader->items_count; i++) {
        if (!reader->items[i].gap) {
            if (!add_item(plain, reader, i)) {
                return false;
            }
        } else if (i > 0 && reader->tokens[reader->items[i - 1].first].kind == SL_TOKEN_BEGIN) {
            return false;
        } else if (sl_phrase_is_question(reader, i + 1)) {
            sl_regex_add(plain, GAP_SIGN "? ");
            return !plain->full;
        } else {
            sl_regex_add(plain, GAP_SIGN);
        }
    }
    return !plain->full;
}
