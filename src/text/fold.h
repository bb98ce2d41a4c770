// SPDX-License-Identifier: Apache-2.0
//
// text/fold.h - the folded view of a text: what is left of it once the ways of writing the same
// thing are gone, and the way back to the original bytes.
//
// Patterns are matched on the folded view only; masks are cut in the original. Each code point of
// the original folds by itself, whatever stands around it:
//   - Case and compatibility forms (NFKD, then full case folding) go: "PERCHÉ" and "perche", "ﬁbra"
//     and "fibra", "①", "𝟙", "１" and "1", "½" and "1/2" fold alike. "ß" is "ss".
//   - Combining marks of all three kinds (Mn, Mc, Me) go, so "1️⃣" is "1".
//   - Every decimal digit (Nd) of any script becomes the ASCII digit of its value; digits, numbers
//     and letters in circles, on discs, in parentheses and on keycaps become plain: "❶", "⑴" and
//     "①" are "1", "⑩" and "🔟" are "10", "🅰" and "⒜" are "a". Squared words (🆗) stay, and so do
//     regional indicators: a flag before a number or a name must not become letters glued to it.
//   - Quotes, primes, guillemets and the acute accent on its own become ' or "; dashes (Pd), minus
//     signs and hyphen bullets '-'; ideographic and small full stops, middle dots and bullets '.';
//     "…" is "..."; the look-alikes of ':' and '/' (∶ ⁄ ∕) and ➕ become those; ＠ and ﹫ '@'.
//   - Format characters (Cf: zero-width, bidirectional, tags, soft hyphen), variation selectors,
//     fillers and whatever else Unicode calls default-ignorable go.
//   - White space and control characters of any kind, NUL, DEL and line ends included, become a
//     space, and a run of spaces is one space, also across characters that go. White space at
//     either end of the text is one space too.
//   - Anything else stays in UTF-8: printable ASCII but for its case, emoji, CJK, Hangul syllables
//     (not taken apart), letters without a decomposition such as "ø" and "ł", what Unicode 15 has
//     not assigned, private use.
// So the folded view is valid UTF-8, holds no byte below 0x20 and no 0x7F, and never a newline: the
// engine relies on that when it joins many texts with newlines and scans them at once. Folding a
// folded view again changes nothing.
//
// Invalid UTF-8 (overlong, surrogate, truncated …): each maximal ill-formed part (Unicode 15, 3.9,
// "substitution of maximal subparts") folds to U+FFFD and `repaired` is set.
//
// The map: folded byte i comes from the original code point that starts at byte map[i]; map[len] is
// the length of the original. It never decreases. A range [a, b) of folded bytes covers the
// original bytes [map[a], map[b]) after widening b to the next place where the map changes, so a
// code point is never split and what folded to nothing behind a character goes with that character
// (a keycap's U+20E3, an accent). What folded to nothing before the first character belongs to
// none. sl_fold_original_range does exactly that.
//
// Fast path: ASCII without double white space folds byte by byte; when the whole text is such,
// `identity` is true, the map is not written (map[i] would be i) and may be NULL.
//
// Threads: sl_fold_init once, before any thread folds; everything else is free of shared state.
// Nothing is allocated, ever; the tables take 170 KB of static memory. Cost: about 45 ns for 140
// bytes of ASCII, 75 ns with three accents or emoji among them, 5 ns for each code point of other
// scripts. Tables come from utf8proc (2.8: Unicode 15) and from the lists in fold_table.c.
#ifndef SL_TEXT_FOLD_H
#define SL_TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

// No code point folds to more bytes than SL_FOLD_GROWTH times its own (U+FDFA: 3 to 33).
#define SL_FOLD_GROWTH   11
#define SL_FOLD_TEXT_MAX (1u << 20) // bytes of one text
#define SL_FOLD_NO_ROOM  SIZE_MAX

struct sl_folded {
    const unsigned char *bytes; // the caller's output buffer
    uint32_t len;
    const uint32_t *map; // len + 1 entries; NULL when identity
    uint32_t original_len;
    bool identity;
    bool repaired; // the original was not valid UTF-8
    // What the identifier stage needs to know to be left out. Counts stop at UINT16_MAX.
    uint16_t digits_count; // ASCII digits in the folded view
    bool has_at;           // '@'
    bool has_scheme;       // "://"
};

// Builds the tables (2 ms, once per process; later calls return at once). Call it from one thread
// before the first fold. Fails only with a utf8proc whose Unicode the tables were not made for.
int sl_fold_init(struct sl_error *error);

// Folds `text` into `bytes` (room for bytes_room) and `map` (room for map_room entries). Returns
// the folded length and fills *ret_folded, or returns SL_FOLD_NO_ROOM and leaves *ret_folded alone
// when either does not fit or the text is over SL_FOLD_TEXT_MAX; `bytes` and `map` then hold
// anything. len * SL_FOLD_GROWTH (+ 1 for the map) is always enough. The text may hold anything,
// NUL included; it must not overlap `bytes`.
size_t sl_fold(const char *text, size_t len, unsigned char *bytes, size_t bytes_room, uint32_t *map,
               size_t map_room, struct sl_folded *ret_folded);

// The original bytes [*ret_start, *ret_end) behind folded bytes [start, end); start < end ≤ len.
void sl_fold_original_range(const struct sl_folded *folded, uint32_t start, uint32_t end,
                            uint32_t *ret_start, uint32_t *ret_end);

// True when the original text could hold an identifier at all: for short fields, without folding
// them. Never false for a text whose folded view has '@', "://" or three digits; true beyond that
// only for a text that holds a code point outside ASCII whose folding has a digit, '@', ':' or '/'
// ("²", "½", "℅"): accents, emoji and other scripts do not make it true. About 1 ns a byte.
bool sl_text_may_identify(const char *text, size_t len);

#endif
