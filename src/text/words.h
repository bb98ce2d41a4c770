// SPDX-License-Identifier: Apache-2.0
//
// text/words.h - the words of a folded text, one space round each: what phrases are matched on.
//
// A folded text still says "non, funziona" in a dozen ways. Its words view says it in one: a space
// at the beginning, then tokens with a space behind each. A token is
//   - a word: letters, digits and _ of ASCII;
//   - a run of bytes beyond ASCII (other scripts, emoji);
//   - a run of other signs: . ? ! ; # @ % $ = and the like.
// Space and , ' " ( ) / : * & + < > ~ - stand between tokens and are gone: " non funziona ! " is
// what is left of "non, 'funziona'!". So a phrase of words is a literal that begins and ends with a
// space, which is what the matcher finds fastest: less than half the time of borders and classes.
//
// The view of an empty text is one space. It is valid UTF-8 if the folded text was, and holds no
// newline.
//
// Threads: no state. Cost: about a nanosecond a byte.
#ifndef SL_TEXT_WORDS_H
#define SL_TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// No view is longer than this.
#define SL_WORDS_BYTES(folded_len) (2 * (size_t)(folded_len) + 2)

// Writes the view of `len` folded bytes to `out`, which has room for SL_WORDS_BYTES(len); returns
// its length. Where `map` is not NULL, map[i] is set to the folded byte that byte i of the view
// stands for (a space: the one behind the token before it).
size_t sl_words(const unsigned char *folded, size_t len, unsigned char *out, uint32_t *map);

// Whether the sentence asks that goes on in a view behind a token: from byte `at`, where a token
// may begin, a question mark ends it within `most` bytes. A newline stands behind the view.
bool sl_words_asks(const unsigned char *view, size_t at, size_t most);

#endif
