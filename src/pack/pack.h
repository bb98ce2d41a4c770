// SPDX-License-Identifier: Apache-2.0
//
// pack/pack.h - a rule pack as the rest of the stage sees it: read, checked, and turned into
// numbers.
//
// The file format is docs/pack.md. Loading reads the YAML file and its includes, checks every key
// and value, translates phrases into expressions for the matcher, and freezes the result. A pack
// that has anything wrong is refused as a whole; the error then holds one line for each thing found
// (as many as fit), `file:line:column: key: expected …, found …`, with the nearest valid word where
// a word is unknown, and never a text of a person.
//
// Expressions and the line between posts: texts are scanned many at a time with a newline between
// (a folded text holds no newline), so no expression may match, or look, across one. Phrases
// translate only to constructs of which that is proven (phrase.c); raw patterns are read construct
// by construct (raw.c), made safe where there is an equivalent (`\s` to a space, `\W` and negated
// classes without the newline, `^` and `$` by lines), and refused, with the place, where there is
// none.
//
// Ownership: a pack owns all it points to and is immutable. Threads: load and free from one thread,
// read from any.
#ifndef SL_PACK_PACK_H
#define SL_PACK_PACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sluice/words.h>

#include "base/error.h"
#include "base/str.h"

#define SL_PACK_TOPICS_MAX      64
#define SL_PACK_SIGNALS_MAX     64
#define SL_PACK_PATTERNS_MAX    16384
#define SL_PACK_EXPRESSIONS_MAX 65536
#define SL_PACK_ROUTES_MAX      1024
#define SL_PACK_EXAMPLES_MAX    16384
#define SL_PACK_GUARDS_MAX      16384
#define SL_PACK_SHARES_MAX      65536 // topics and signals that all patterns say
#define SL_PACK_OPERANDS_MAX    65536 // what all conditions of patterns ask for
#define SL_PACK_GUARD_LISTS_MAX 65536 // guards that all patterns name
#define SL_PACK_SHARE_MILLI     1000  // what a hit adds, and a topic takes, where nothing is said
#define SL_PACK_WORDS_MAX       16    // alternatives in one condition of a route

struct sl_pack_place {
    const char *file;
    uint32_t line;   // from 1
    uint32_t column; // from 1
};

// A topic or a signal as one number: topics first.
#define SL_PACK_MARKS_MAX (SL_PACK_TOPICS_MAX + SL_PACK_SIGNALS_MAX)

// Some entries of one of the pack's tables.
struct sl_pack_slice {
    uint32_t first, count;
};

// What a hit says. Many expressions (phrases) share one pattern; a pattern counts once a post.
//
// A pattern is hit when one of its phrases is found at a place where no guard takes it away (or it
// has no phrases), and all its clauses hold.
struct sl_pack_pattern {
    const char *id;
    int32_t weight_milli; // added to the logit of care, in thousandths
    uint64_t topics;      // bits; they count with any hit
    uint64_t signals;     // bits; likewise
    enum sl_line line;
    bool searched;                // it has phrases
    struct sl_pack_slice shares;  // added to topics and signals that count from a sum on
    struct sl_pack_slice guards;  // in guard_lists
    struct sl_pack_slice clauses; // none: no condition
    struct sl_pack_place place;
};

// A topic or signal of which some hits count for less than it takes.
struct sl_pack_sum {
    uint32_t mark;
    int32_t threshold_milli; // above 0
};

struct sl_pack_share {
    uint32_t sum; // index
    int32_t weight_milli;
};

// A phrase that takes others away where its extent overlaps theirs or ends right before them.
struct sl_pack_guard {
    const char *regex;
    const char *plain; // NULL: only the expression says it
    const char *phrase;
    bool multiline;
    bool reaches_back, reaches_on; // SL_PHRASE_GAP_BYTES further, within the sentence
    struct sl_pack_place place;
};

// Holds when one of its operands is there; the other way round when negated.
struct sl_pack_clause {
    struct sl_pack_slice operands;
    bool negated;
};

// An operand is the index of a pattern, or this and a mark.
#define SL_PACK_OPERAND_MARK 0x8000u

// What is concluded once the phrases are found, in an order in which nothing is asked for before it
// is known: the sums of a mark, or the hit of a pattern that has clauses.
struct sl_pack_step {
    bool is_mark;
    uint16_t index;
};

// One thing for the matcher to find in folded text.
struct sl_pack_expression {
    const char *regex;  // Hyperscan syntax, safe across newlines
    const char *plain;  // the same in words (expression.h); NULL: only the expression says it. Of a
                        // phrase with ^, which stands twice, both have the form of both
    const char *asked;  // see struct sl_expression; or NULL
    const char *phrase; // as the specialist wrote it
    uint32_t pattern;   // index
    bool multiline;     // ^ and $ mean the borders of a text
    bool raw;           // not made from a phrase
    struct sl_pack_place place;
};

// A list of words of which one must fit, capitals of ASCII aside; empty: anything fits.
struct sl_pack_words {
    struct sl_str words[SL_PACK_WORDS_MAX];
    uint32_t count;
};

// The first route whose conditions all hold decides.
struct sl_pack_route {
    // Conditions. Bit sets: any of the bits; 0: anything.
    uint32_t labels; // bit i: enum sl_label
    uint32_t lines;  // bit i: enum sl_line
    uint64_t topics;
    uint64_t signals;
    struct sl_pack_words channels, pages, kinds, langs;
    int64_t followers_min; // 0: anything
    int masked;            // 1: holds identifiers; 0: holds none; -1: anything
    // Decision.
    const char *queue;
    uint8_t priority;    // 0..9
    int64_t deadline_ns; // after the post's time; -1: none
    uint32_t actions;    // bit i: enum sl_action
    uint32_t criticals;  // bit i: enum sl_critical
    struct sl_pack_place place;
};

struct sl_pack_identifier {
    bool on;
    enum sl_operator masked_by;
    struct sl_pack_place masked_by_place; // line 0: the pack does not say
    uint32_t stars_count;                 // 0: one for each character
    const struct sl_str *cues;            // the pack's own, added to the built-in ones; folded
    uint32_t cues_count;
    // Values never masked; folded. Whoever compares brings both sides into one form.
    const struct sl_str *allow;
    uint32_t allow_count;
    const char *allow_file; // more of them, one a line, not read yet; NULL: none
};

// A kind whose values are worth most in few characters: nothing of them may be shown.
bool sl_pack_is_secret(enum sl_kind kind);

// What concerns all kinds.
struct sl_pack_masking {
    bool italian_labels;
    const char *key_path; // of tokens; NULL: none
    const char *key_id;   // stands in the tokens; NULL: SL_PACK_KEY_ID
};

#define SL_PACK_KEY_ID          "k1"
#define SL_PACK_KEY_ID_MAX      8 // characters: a letter, then letters and digits
#define SL_PACK_STARS_MAX       32
#define SL_PACK_ALLOW_BYTES_MAX 256 // of one value

// A text of the pack's own and what must come out. Unset expectations are not compared.
struct sl_pack_example {
    struct sl_str text;
    int label;               // enum sl_label, or -1
    int line;                // enum sl_line, or -1
    uint64_t topics;         // must all be found
    uint64_t signals;        // must all be found
    uint64_t absent_topics;  // must not be found
    uint64_t absent_signals; // must not be found
    const char *queue;       // or NULL
    struct sl_str masked;    // the whole masked text, or absent
    struct sl_pack_place place;
};

// A hashtag by which the agency forces a label.
struct sl_pack_hashtag {
    enum sl_flag flag;
    struct sl_str name; // folded, without the #
    const char *regex;
    const char *plain; // NULL: only the expression says it
    struct sl_pack_place place;
};

#define SL_PACK_HASHTAGS_MAX 64

// A list of words under a name, and whether anything names it.
struct sl_pack_word_group {
    const char *name;
    bool used;
    struct sl_pack_place place;
};

struct sl_pack {
    const char *path; // as asked for
    const char *name;
    const char *version;
    const char *full_name; // name@version
    const char *const *languages;
    uint32_t languages_count;
    int32_t threshold_permille;  // label care from here on
    int32_t bias_milli;          // logit of care where nothing was found
    const char *model_path;      // a learned model beside the rules, not read yet; NULL: none
    const struct sl_str *brands; // names that no model may learn; folded
    uint32_t brands_count;

    const char *const *topics;
    uint32_t topics_count;
    const char *const *signals;
    uint32_t signals_count;
    struct sl_pack_place mark_places[SL_PACK_MARKS_MAX];
    int32_t thresholds_milli[SL_PACK_MARKS_MAX]; // sum from which a topic or signal counts
    // Bits of the signals the engine itself gives a meaning to, 0 where the pack does not name
    // them.
    uint64_t signal_thanks, signal_spam;

    const struct sl_pack_pattern *patterns;
    uint32_t patterns_count;
    const struct sl_pack_expression *expressions;
    uint32_t expressions_count;
    const struct sl_pack_word_group *word_groups;
    uint32_t word_groups_count;
    const struct sl_pack_sum *sums;
    uint32_t sums_count;
    const struct sl_pack_share *shares;
    const struct sl_pack_guard *guards;
    uint32_t guards_count;
    const uint16_t *guard_lists;
    const uint16_t *guarded; // patterns that have guards
    uint32_t guarded_count;
    const struct sl_pack_clause *clauses;
    const uint16_t *operands;
    const struct sl_pack_step *steps;
    uint32_t steps_count;
    struct sl_pack_hashtag hashtags[SL_PACK_HASHTAGS_MAX];
    uint32_t hashtags_count;
    struct sl_pack_identifier identifiers[SL_KINDS_COUNT];
    struct sl_pack_masking masking;
    const struct sl_pack_route *routes; // the last has no condition
    uint32_t routes_count;
    const char *const
        *knowledge[SL_PACK_TOPICS_MAX]; // by topic: NULL or a list of links ended by NULL
    const struct sl_pack_example *examples;
    uint32_t examples_count;
};

int sl_pack_load(const char *path, struct sl_error *error, struct sl_pack **ret_pack);
void sl_pack_free(struct sl_pack *pack);

// A name for a key: what SL_PACK_KEY_ID_MAX says.
bool sl_pack_key_id_valid(const char *word);

// Where the pack that ships stands, seen from the running program.
int sl_pack_find_shipped(struct sl_error *error, char *ret_path, size_t room);

// What a route is chosen by.
struct sl_route_facts {
    enum sl_label label;
    enum sl_line line;
    uint64_t topics;
    uint64_t signals;
    struct sl_str channel, page, kind, lang;
    int64_t followers; // -1: not known
    bool masked;       // the text held an identifier
};

// The first route that fits; never NULL.
const struct sl_pack_route *sl_pack_route(const struct sl_pack *pack,
                                          const struct sl_route_facts *facts);

// The id of an operand's pattern, or the name of its topic or signal.
const char *sl_pack_operand_name(const struct sl_pack *pack, uint16_t operand);

#endif
