// SPDX-License-Identifier: Apache-2.0
//
// identify/kind.h - what the frame offers to a kind, and what a kind gives back.
//
// The frame (finder.c) finds the anchors of a text and calls every kind that is on for each anchor
// it asks for (struct sl_kind_rules). The kind decides whether a candidate stands there, weighs it,
// and hands it in with sl_look_add. Kinds keep no state and do not know of each other.
//
// A text is looked at as its folded view, and once more as its second reading where that differs
// (reading.h): kinds need not care about disguises other than separators. Places in `bytes` are the
// view's own; the frame takes them back to the text. The folded view has no case; where case
// matters, ask sl_look_original.
//
// A run is cut into groups, the digits that touch; a window is some groups in a row. Numbers begin
// and end with a group: half a group is part of something longer.
#ifndef SL_IDENTIFY_KIND_H
#define SL_IDENTIFY_KIND_H

#include <string.h>

#include "identify/cues.h"
#include "identify/finder.h"

#define SL_RUN_DIGITS_MAX 64 // longer runs are offered in pieces …
#define SL_RUN_OVERLAP    32 // … that share this many digits: more than any identifier has
#define SL_RUN_GAP_MAX    3  // separator characters between two digits
#define SL_NOWHERE        UINT32_MAX

// Digits that belong together: between two of them stand at most SL_RUN_GAP_MAX separators, which
// are space . - / \ _ * | , ' : ~ + ( ) [ ] { } and everything beyond ASCII, and no letters.
struct sl_digit_run {
    uint32_t start, end; // folded bytes, from the first digit to behind the last
    uint32_t digits_count;
    uint32_t groups_count;
    uint8_t digits[SL_RUN_DIGITS_MAX];     // values 0..9
    uint32_t offsets[SL_RUN_DIGITS_MAX];   // folded byte of each
    uint8_t groups[SL_RUN_DIGITS_MAX + 1]; // first digit of each; digits_count behind the last
};

// One view of one text, and where to put what is found in it.
struct sl_look {
    const unsigned char *bytes;
    uint32_t len;
    const struct sl_cue_list *cues; // of this view
    struct sl_finder *finder;
};

// A kind. Callbacks that are NULL are not called.
struct sl_kind_rules {
    int threshold;            // a candidate of this score or more is masked
    uint32_t digits_min;      // of a run worth offering
    struct sl_cue_words cues; // see cues.h
    void (*on_run)(struct sl_look *look, const struct sl_digit_run *run);
    void (*on_at)(struct sl_look *look, uint32_t at);               // '@'
    void (*on_cue)(struct sl_look *look, const struct sl_cue *cue); // one of its own, strong
    void (*on_token)(struct sl_look *look, const struct sl_token *token);
    // ':' between hex digits or colons, and the first of two colons
    void (*on_colon)(struct sl_look *look, uint32_t at);
    // "https://…" to the next space; a link inside it is not offered by itself
    void (*on_link)(struct sl_look *look, uint32_t start, uint32_t end);
    uint32_t senses;    // on_cue gets words of these senses, too
    bool in_links;      // asks for runs inside a link though none of its cues stands in the text
    bool cue_is_enough; // worth a look at a text without digits, '@' or "://" where its cue stands
    bool few_digits;    // worth a look at a text of a digit or two, or numbers spelled out
    bool spelled;       // one number spelled out behind its cue is worth a second reading
};

// Hands in a candidate that was weighed, accepted or not. The score is brought into 0..100.
void sl_look_add(struct sl_look *look, struct sl_candidate candidate);

// The same for a code of letters and digits whose own check nearly proves it: what stands round it
// is looked at only when the check fails (`valid` false) or something is glued to its beginning.
// Then a cue adds its weight, and one inside a longer word or number is let go unheard.
void sl_look_add_code(struct sl_look *look, struct sl_candidate candidate, bool valid,
                      int cue_strong, int cue_weak);

// What stands round bytes [start, end), with this kind's cues.
struct sl_surroundings sl_look_around(const struct sl_look *look, enum sl_kind kind, uint32_t start,
                                      uint32_t end);

// The one character that ties bytes [start, end) to digits before or behind them (. - / , : _ * '
// +), '0' when they touch digits, 0 when they do neither.
unsigned char sl_joint_before(const struct sl_look *look, uint32_t start);
unsigned char sl_joint_after(const struct sl_look *look, uint32_t end);

// The first byte from `at` on, or (back) behind the last byte before `at`, that is no separator;
// SL_NOWHERE when more than SL_RUN_GAP_MAX separators or the end of the text stand there.
uint32_t sl_skip_separators(const struct sl_look *look, uint32_t at);
uint32_t sl_skip_separators_back(const struct sl_look *look, uint32_t at);

// Collects letters and digits from `at` on, leaving out separators, until `max` are there or
// something else comes. Writes each one's place too. Returns how many.
uint32_t sl_look_squeeze(const struct sl_look *look, uint32_t at, uint32_t max,
                         unsigned char *ret_chars, uint32_t *ret_offsets);

// A digit stands within `reach` bytes before `start` or behind `end`.
#define SL_LOOK_NEAR 96 // from a cue to its value, the words between counted
bool sl_look_digit_near(const struct sl_look *look, uint32_t start, uint32_t end, uint32_t reach);

// The original's byte that became the one at `at`, for its case. Of a full-width character the one
// of ASCII, of others beyond ASCII the first byte; where an escape stands, what it stands for.
unsigned char sl_look_original(const struct sl_look *look, uint32_t at);

static inline bool sl_is_digit(unsigned char c) {
    return (unsigned char)(c - '0') < 10;
}

static inline bool sl_is_letter(unsigned char c) {
    return (unsigned char)(c - 'a') < 26;
}

static inline bool sl_is_alnum(unsigned char c) {
    return sl_is_digit(c) || sl_is_letter(c);
}

static inline bool sl_is_hex(unsigned char c) {
    return sl_is_digit(c) || (unsigned char)(c - 'a') < 6;
}

// The end of the letters and digits that touch, from `at` on; at <= len.
uint32_t sl_word_end(const unsigned char *bytes, uint32_t len, uint32_t at);

static inline bool sl_is_one_of(unsigned char c, const char *set) {
    return c != '\0' && strchr(set, c) != NULL;
}

static inline uint32_t sl_group_digits(const struct sl_digit_run *run, uint32_t group) {
    return (uint32_t)run->groups[group + 1] - run->groups[group];
}

// The folded bytes of groups [first, last).
static inline uint32_t sl_window_start(const struct sl_digit_run *run, uint32_t first) {
    return run->offsets[run->groups[first]];
}

static inline uint32_t sl_window_end(const struct sl_digit_run *run, uint32_t last) {
    return run->offsets[run->groups[last] - 1] + 1;
}

// The groups [first, last) as a candidate of which only the shape is known yet.
static inline struct sl_candidate sl_window_candidate(const struct sl_digit_run *run,
                                                      uint32_t first, uint32_t last,
                                                      enum sl_kind kind, int score) {
    return (struct sl_candidate){sl_window_start(run, first), sl_window_end(run, last), kind, score,
                                 SL_REASON_SHAPE};
}

// The one character between a group and the next, 0 when there are more.
static inline unsigned char sl_group_gap(const struct sl_look *look, const struct sl_digit_run *run,
                                         uint32_t group) {
    uint32_t end = sl_window_end(run, group + 1);
    return sl_window_start(run, group + 1) - end == 1 ? look->bytes[end] : 0;
}

// True when the group before this one belongs to the same number, date or version.
static inline bool sl_group_tied(const struct sl_look *look, const struct sl_digit_run *run,
                                 uint32_t group) {
    unsigned char gap = group > 0 ? sl_group_gap(look, run, group - 1) : 0;
    return gap == '-' || gap == '.' || gap == '/' || gap == ':' || gap == '_' || gap == '*' ||
           gap == '\'';
}

// The table's rows, each in the file kind_<name>.c.
extern const struct sl_kind_rules sl_kind_address, sl_kind_birth_date, sl_kind_card,
    sl_kind_card_secret, sl_kind_crypto_wallet, sl_kind_customer_code, sl_kind_driving_licence,
    sl_kind_email, sl_kind_fiscal_code, sl_kind_iban, sl_kind_iccid, sl_kind_identity_card,
    sl_kind_imei, sl_kind_imsi, sl_kind_ip, sl_kind_mac, sl_kind_migration_code, sl_kind_passport,
    sl_kind_password, sl_kind_phone, sl_kind_plate, sl_kind_puk_pin, sl_kind_url_token,
    sl_kind_vat_number;

// The lengths (bit n: n digits) of cards whose first digits are these, of kind_card.c; *ret_common:
// those that are common. Where the digits do not tell the issuer yet, of all they may be.
uint32_t sl_card_lengths(const uint8_t *digits, uint32_t count, uint32_t *ret_common);

// Words with a sense, of kind_email.c: SL_SENSE_AT, SL_SENSE_DOT, SL_SENSE_PROVIDER.
extern const char sl_email_at_words[], sl_email_dot_words[], sl_email_provider_words[];

// Of user_names.c: SL_SENSE_USER.
extern const char sl_user_name_words[];

// What a number is when it is nobody's: cues against several kinds.
#define SL_CUES_OTHER_NUMBERS                                                                      \
    "ordine|ordini|order|orders|ticket*|tracking|spedizione|pacco|pacchi|collo|parcel|protocollo|" \
    "segnalazione|reclamo n|seriale|serial|matricola|imei|iccid|modello|model|versione|version|"   \
    "firmware|build|isbn|ean|asin|sku|upc|articolo|prenotazione|booking|volo|flight|case id|"      \
    "case number|case n|case no|reference|riferimento|rif|incident|error|errore|tweet id|post id"

#endif
