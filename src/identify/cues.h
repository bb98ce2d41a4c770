// SPDX-License-Identifier: Apache-2.0
//
// identify/cues.h - the words of a text that speak for or against an identifier, found once for all
// kinds, and what stands round a candidate.
//
// Cues are words and phrases, Italian and English always together, because a post's language is
// never known well enough. They are whole words; "chiam*" also fits every word that begins so (four
// letters at least). The words of a phrase may touch or be parted by up to three characters that
// are neither letter nor digit: "c f" is also "cf", "c.f." and "c. f.". A digit may touch a cue
// ("tel347", "puk1"). They count up to SL_CUE_REACH_BEFORE bytes before a candidate and
// SL_CUE_REACH_AFTER behind it; behind it not when a digit follows, for then they introduce the
// next number. The words of the stage's own labels ("[PHONE]") are no cues, and no cue for a number
// counts across a label: it spoke for what the label stands for.
//
// Each kind brings its cues (struct sl_kind_rules); the pack's are added to them and weigh as much
// as the strongest. Some words mean something whatever the kind: numbers, signs spelled out. Those
// are senses, and come from reading.c, kind_email.c and user_names.c.
//
// Cost: one look at each word of a text, some 3 ns a word, and 10–20 ns for each cue found.
#ifndef SL_IDENTIFY_CUES_H
#define SL_IDENTIFY_CUES_H

#include <stdbool.h>
#include <stdint.h>

#include <sluice/words.h>

#include "base/error.h"
#include "base/str.h"

#define SL_CUE_REACH_BEFORE 40
#define SL_CUE_REACH_AFTER  32

enum sl_cue_weight {
    SL_CUE_NONE,
    SL_CUE_AGAINST, // it is something else: "ordine", "tracking"
    SL_CUE_WEAK,
    SL_CUE_STRONG,
};

// Words, parted by '|', folded; a NULL is none.
struct sl_cue_words {
    const char *strong, *weak, *against;
};

enum sl_sense {
    SL_SENSE_NUMBER = 1 << 0,   // "sette", "forty", "doppio"
    SL_SENSE_AT = 1 << 1,       // "chiocciola", "at"
    SL_SENSE_DOT = 1 << 2,      // "punto", "dot"
    SL_SENSE_PROVIDER = 1 << 3, // "gmail", "hotmail": makes an e-mail address without signs
    SL_SENSE_USER = 1 << 4,     // "username", "ig": a name without digits may follow
    SL_SENSE_GOES_ON = 1 << 5,  // "continua", "resto": of a number cut in two
};

// Of a text without digits these alone make it worth a look.
#define SL_SENSES_TELLING (SL_SENSE_NUMBER | SL_SENSE_AT | SL_SENSE_PROVIDER | SL_SENSE_USER)

// A cue as it stands in a text. Kinds are bits, 1 << enum sl_kind.
struct sl_cue {
    uint32_t start, end; // bytes
    uint32_t strong, weak, against;
    uint32_t senses;
};

// Letters and digits that touch, SL_TOKEN_CHARS or more of them.
#define SL_TOKEN_CHARS 16
struct sl_token {
    uint32_t start, end;
};

struct sl_cue_table; // every cue of every kind

// What was found in one text, ascending by start.
struct sl_cue_list {
    const struct sl_cue_table *table;
    struct sl_cue *cues;
    struct sl_token *tokens;
    uint32_t cues_count, cues_room;
    uint32_t tokens_count, tokens_room;
    uint32_t strong, weak, senses; // of all cues together
    bool wide;                     // there are bytes beyond ASCII
    bool only_telling;             // others may be missing
    bool overflow;                 // no room: the list is not complete
};

struct sl_cue_source {
    struct sl_cue_words words;
    const struct sl_str *extra; // of the pack, kept by reference
    uint32_t extra_count;
};

// One source for each kind, and the words with a sense: senses[i] for bit i. What tells that a text
// is worth a look are the words of SL_SENSES_TELLING and the strong cues of the kinds in `telling`.
int sl_cue_table_open(const struct sl_cue_source sources[SL_KINDS_COUNT],
                      const char *const senses[32], uint32_t telling, struct sl_error *error,
                      struct sl_cue_table **ret_table);
void sl_cue_table_close(struct sl_cue_table *table);

// Finds the cues and long tokens of a folded text, or (only_telling, at half the cost) at least
// those that tell. The list's arrays and their room are the caller's; behind the text
// SL_CUES_PAD_BYTES more must be readable, whatever they hold.
#define SL_CUES_PAD_BYTES 64
void sl_cues_find(const struct sl_cue_table *table, bool only_telling, const unsigned char *bytes,
                  uint32_t len, struct sl_cue_list *list);

struct sl_surroundings {
    enum sl_cue_weight before, after;   // none, weak or strong
    bool weak_before;                   // a weak one does, whatever else
    bool against;                       // a cue against stands before it
    bool letters_before, letters_after; // glued on, and not a cue
    bool amount;                        // a currency, a percent sign or a unit beside it
    bool in_address;                    // inside a URL that is not for calling somebody
    bool alone;                         // no other letter or digit in the text
};

// What stands round bytes [start, end) of the text the list was made from.
struct sl_surroundings sl_cues_around(const struct sl_cue_list *list, enum sl_kind kind,
                                      const unsigned char *bytes, uint32_t len, uint32_t start,
                                      uint32_t end);

// True when cues of a kind stand within `reach` bytes before `start` or SL_CUE_REACH_AFTER behind
// `end`: weak ones with no label of the stage's between, and ones against, to which labels are no
// distance. So a text that is masked never says more for a candidate than it did before.
void sl_cues_near(const struct sl_cue_list *list, enum sl_kind kind, const unsigned char *bytes,
                  uint32_t len, uint32_t start, uint32_t end, uint32_t reach, bool *ret_weak,
                  bool *ret_against);

// How much the letters before `start` speak for a kind, as a cue that a code of letters was glued
// to: "ibanit60…".
enum sl_cue_weight sl_cues_glued(const struct sl_cue_table *table, enum sl_kind kind,
                                 const unsigned char *bytes, uint32_t start);

// A label that the stage itself wrote begins at `at`: "[PHONE]", "[PHONE:k1:…]".
bool sl_label_at(const unsigned char *bytes, uint32_t len, uint32_t at);

// The index of the first cue that begins at `at` or behind it.
uint32_t sl_cues_from(const struct sl_cue_list *list, uint32_t at);

#endif
