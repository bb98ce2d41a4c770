// SPDX-License-Identifier: Apache-2.0
//
// train/wordbook.h - the words of posts, by their hashes, so that the strongest features of a
// model can be told by name.
//
// A word is told only where SL_WORDBOOK_LEAST posts hold it, of as many authors (where authors
// are known; each post is one otherwise): a name of a person is not such a word. Authors are
// counted by linear counting (Whang, Vander-Zanden, Taylor, 1990) in 64 bits, which tells twenty
// from a few, and no more.
//
// Memory: 48 bytes a word, up to SL_WORDBOOK_WORDS_MAX words; later ones are not counted.
#ifndef SL_TRAIN_WORDBOOK_H
#define SL_TRAIN_WORDBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SL_WORDBOOK_LEAST      20
#define SL_WORDBOOK_WORDS_MAX  (1u << 20)
#define SL_WORDBOOK_WORD_BYTES 27

struct sl_wordbook_word {
    uint64_t hash; // of the token; 0: the slot is free
    uint64_t authors;
    uint32_t posts;
    uint8_t len;
    char word[SL_WORDBOOK_WORD_BYTES];
};

struct sl_wordbook {
    struct sl_wordbook_word *slots; // a power of two of them
    uint32_t slots_count;
    uint32_t count;
};

// One post of `author` (a hash) holds this word. Call it once a post and word.
bool sl_wordbook_add(struct sl_wordbook *vocabulary, uint64_t hash, const char *word, size_t len,
                     uint64_t author);

// May be told.
bool sl_wordbook_is_common(const struct sl_wordbook_word *word);

void sl_wordbook_done(struct sl_wordbook *vocabulary);

#endif
