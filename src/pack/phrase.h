// SPDX-License-Identifier: Apache-2.0
//
// pack/phrase.h - a phrase while it is turned into an expression: phrase_read.c takes it apart into
// items, phrase.c checks and writes them, phrase_plain.c writes their plain form.
#ifndef SL_PACK_PHRASE_H
#define SL_PACK_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "pack/expression.h"
#include "text/fold.h"
#include "text/words.h"

#define SL_PHRASE_TOKENS_MAX 512

enum sl_token_kind {
    SL_TOKEN_WORD,
    SL_TOKEN_GROUP, // <name>: one of a word group
    SL_TOKEN_GAP,
    SL_TOKEN_BEGIN, // ^: the beginning of a sentence
    SL_TOKEN_OPEN,
    SL_TOKEN_BAR,
    SL_TOKEN_CLOSE,
};

struct sl_token {
    enum sl_token_kind kind;
    char sign;         // of SL_TOKEN_OPEN and SL_TOKEN_CLOSE
    bool stem, tail;   // more of the word may follow, or go before
    size_t start, end; // bytes of the phrase
    struct sl_str word;
    const struct sl_word_group *group;
};

// What stands at the top of a phrase: tokens [first, end), alternatives where it is a group.
struct sl_phrase_item {
    bool gap;
    bool optional;
    size_t first, end;
};

struct sl_phrase_reader {
    const char *phrase;
    size_t len;
    const struct sl_word_groups *groups;
    bool at_begin, at_end; // it stands at the beginning, at the end of an expression
    bool behind_mentions;  // how ^ is written
    bool tells_extent;     // where it ends matters too, not only whether it is there
    struct sl_error *error;
    size_t *ret_column;
    struct sl_token tokens[SL_PHRASE_TOKENS_MAX];
    size_t tokens_count;
    struct sl_phrase_item items[SL_PHRASE_TOKENS_MAX];
    size_t items_count;
    unsigned char folded[SL_PHRASE_BYTES_MAX * SL_FOLD_GROWTH];
    uint32_t map[SL_PHRASE_BYTES_MAX * SL_FOLD_GROWTH + 1];
    unsigned char words[SL_WORDS_BYTES(SL_PHRASE_BYTES_MAX * SL_FOLD_GROWTH) * 2];
    size_t words_len;
};

// Fills tokens and items from phrase, len, groups, error and ret_column.
int sl_phrase_read(struct sl_phrase_reader *reader);

// The error at byte `at` of the phrase; SL_FAILED.
int sl_phrase_refuse(struct sl_phrase_reader *reader, size_t at, const char *message);

// Adds the plain form of the items. False: it cannot say them, or is too long.
bool sl_phrase_add_plain(struct sl_regex *plain, const struct sl_phrase_reader *reader);

// Whether an item is the one question mark that ends the phrase.
bool sl_phrase_is_question(const struct sl_phrase_reader *reader, size_t item);

// A letter, digit or _ of a words view.
static inline bool sl_phrase_is_word_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
}

#endif
