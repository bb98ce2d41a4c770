// SPDX-License-Identifier: Apache-2.0
//
// identify/edges.h - the beginning and the end of a text, where a number may have been cut in two.
//
// "il mio numero è 347" leaves a *tail*, "1234567 chiamatemi" has a *head*. A tail is what
// fragment.h keeps of a number that was begun; a head is characters, and lives only while its post
// is looked at. sl_edges_join says whether a head finishes a tail, on evidence: the number that
// comes out (Luhn, mod 97, check letter; a mobile number's ten digits), cues before the tail and
// behind the head, marks of continuation ("1/2", "continua", "ecco il resto"), how the pieces are
// grouped, and bad neighbours (an amount, "30 minuti").
//
// At an edge means: nothing stands between it and the edge but punctuation, emoji, mentions,
// hashtags, links, and at most a few words of which one says that something goes on. IBANs may be
// cut behind their check digits, codici fiscali anywhere behind a cue and else behind their first
// digit; a head begins with a word that has a digit, or is the check letter alone.
//
// Pure; nothing is allocated. Cost: some 10–20 ns for a text with digits, 0.2 µs for each edge.
#ifndef SL_IDENTIFY_EDGES_H
#define SL_IDENTIFY_EDGES_H

#include "identify/fragment.h"
#include "identify/kind.h"

#define SL_EDGE_JOINED 60 // a join of this score or more is one

enum sl_edge_form {
    SL_EDGE_PHONE,
    SL_EDGE_CARD,
    SL_EDGE_IBAN,
    SL_EDGE_FISCAL_CODE,
    SL_EDGE_FORMS_COUNT,
};

// One thing that the end of a text may be the beginning of.
struct sl_edge_part {
    struct sl_fragment fragment; // chars is 0: not this
    uint32_t start;
    int16_t score; // what speaks for it where it stands
    bool grouped;  // in fours
    bool cued;     // its own strong cue stands before it
};

struct sl_tail {
    struct sl_edge_part parts[SL_EDGE_FORMS_COUNT];
    uint32_t end;
    bool marked; // something says that it goes on
};

struct sl_head {
    uint64_t ends;                              // bit n: a word or group ends behind n characters
    uint32_t start;                             //
    uint32_t places[SL_FRAGMENT_CHARS_MAX + 1]; // behind n characters
    unsigned char chars[SL_FRAGMENT_CHARS_MAX];
    uint8_t chars_count;
    uint8_t digits_count; // before the first letter
    int16_t phone_score, card_score;
    bool marked;
    bool masked; // by itself, at least in part
};

// Words that say that a number goes on, in the next post or in this one: SL_SENSE_GOES_ON.
extern const char sl_edges_going_on_words[];

// Places are bytes of the text that was looked at; the engine turns them into bytes of the masked
// text.
struct sl_edges {
    bool has_tail, has_head;
    bool through; // the text is nothing but its head
    struct sl_tail tail;
    struct sl_head head;
};

struct sl_edge_join {
    enum sl_kind kind;
    int score;
    uint32_t tail_start, tail_end;
    uint32_t head_start, head_end;
};

// False when nothing can stand at the edges of a folded view with these cues; at once.
bool sl_edges_worth(const struct sl_folded *folded, const struct sl_cue_list *cues);

// What stands at the edges. False: nothing.
bool sl_edges_find(const struct sl_look *look, struct sl_edges *ret_edges);

// True when the head finishes the tail. *ret_join also says what the best try came to when not.
bool sl_edges_join(const struct sl_tail *tail, const struct sl_head *head,
                   struct sl_edge_join *ret_join);

// What may begin with this part is masked by itself: "3285501" behind a cue, or a whole number of
// another form. Only the better part of a mobile number is believed to go on.
void sl_edges_doubt(struct sl_edge_part *part);

// Adds all of a head to a tail, for a number in three pieces. False: nothing can come of it.
bool sl_edges_extend(struct sl_tail *tail, const struct sl_head *head);

#endif
