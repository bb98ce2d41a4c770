// SPDX-License-Identifier: Apache-2.0
#include "identify/finder.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/crypto.h"
#include "identify/edges.h"
#include "identify/kind.h"
#include "identify/own.h"
#include "identify/reading.h"
#include "identify/runs.h"
#include "identify/value.h"

#define DIGITS_MIN   3   // of a text worth a look without a cue
#define REJECTED_MAX 256 // kept for whoever asks why
#define CUES_MAX     (1u << 20)
#define TOKENS_MAX   (1u << 16)

#define READINGS_ROOM ((size_t)SL_READINGS_MAX * (SL_FINDER_TEXT_MAX + SL_CUES_PAD_BYTES))

_Static_assert(SL_KINDS_COUNT <= 32, "a bit a kind");
_Static_assert(SL_FINDER_PAD_BYTES >= SL_CUES_PAD_BYTES, "what cues.c reads is there");

static const struct sl_kind_rules *const rules[SL_KINDS_COUNT] = {
    [SL_KIND_IBAN] = &sl_kind_iban,
    [SL_KIND_CRYPTO_WALLET] = &sl_kind_crypto_wallet,
    [SL_KIND_FISCAL_CODE] = &sl_kind_fiscal_code,
    [SL_KIND_CARD] = &sl_kind_card,
    [SL_KIND_EMAIL] = &sl_kind_email,
    [SL_KIND_URL_TOKEN] = &sl_kind_url_token,
    [SL_KIND_ICCID] = &sl_kind_iccid,
    [SL_KIND_IMEI] = &sl_kind_imei,
    [SL_KIND_IMSI] = &sl_kind_imsi,
    [SL_KIND_VAT_NUMBER] = &sl_kind_vat_number,
    [SL_KIND_MIGRATION_CODE] = &sl_kind_migration_code,
    [SL_KIND_CARD_SECRET] = &sl_kind_card_secret,
    [SL_KIND_PUK_PIN] = &sl_kind_puk_pin,
    [SL_KIND_PASSWORD] = &sl_kind_password,
    [SL_KIND_IDENTITY_CARD] = &sl_kind_identity_card,
    [SL_KIND_PASSPORT] = &sl_kind_passport,
    [SL_KIND_DRIVING_LICENCE] = &sl_kind_driving_licence,
    [SL_KIND_PLATE] = &sl_kind_plate,
    [SL_KIND_MAC] = &sl_kind_mac,
    [SL_KIND_IP] = &sl_kind_ip,
    [SL_KIND_BIRTH_DATE] = &sl_kind_birth_date,
    [SL_KIND_PHONE] = &sl_kind_phone,
    [SL_KIND_CUSTOMER_CODE] = &sl_kind_customer_code,
    [SL_KIND_ADDRESS] = &sl_kind_address,
};

// By bit of enum sl_sense.
static const char *const senses[32] = {
    sl_reading_number_words, sl_email_at_words,  sl_email_dot_words,
    sl_email_provider_words, sl_user_name_words, sl_edges_going_on_words,
};

// A candidate, and where its value stands in the view in which it was found.
struct entry {
    struct sl_candidate candidate;
    const unsigned char *value;
    uint32_t value_len;
};

struct sl_finder {
    struct sl_cue_table *table;
    // Bits of kinds that are on.
    uint32_t on, cue_is_enough, few_digits, spelled;
    uint32_t on_run[SL_RUN_DIGITS_MAX + 1]; // for a run of so many digits
    uint32_t on_at, on_cue, on_token, on_colon, on_link, in_links;
    uint32_t senses; // that any of them asks for
    uint32_t kept;   // that are found and left alone
    struct sl_allow *allow;
    struct sl_arena memory; // of the lists and the reading
    struct sl_cue_list cues;
    struct sl_reading reading;
    struct sl_runs runs;
    struct sl_edges edges;

    // The text that is looked at.
    const char *text;
    const struct sl_folded *folded;
    bool second; // it is the second reading
    bool overflow;
    uint32_t accepted, rejected; // together: the entries
    struct entry entries[SL_IDENTIFY_CANDIDATES_MAX + REJECTED_MAX];
    struct sl_candidate candidates[SL_IDENTIFY_CANDIDATES_MAX + REJECTED_MAX];
    // And behind them what is kept.
    struct sl_span spans[SL_IDENTIFY_CANDIDATES_MAX];
};

static bool is_on(const struct sl_finder *finder, enum sl_kind kind) {
    return (finder->on >> kind & 1) != 0;
}

bool sl_finder_may_find(const char *text, size_t len) {
    return len >= SL_FINDER_FIELD_BYTES || (len > 0 && sl_text_may_identify(text, len));
}

int sl_kind_threshold(enum sl_kind kind) {
    return rules[kind]->threshold;
}

static int take_memory(struct sl_finder *finder, struct sl_error *error) {
    size_t bytes = CUES_MAX * sizeof(struct sl_cue) + TOKENS_MAX * sizeof(struct sl_token) +
                   READINGS_ROOM + (SL_FINDER_TEXT_MAX + 1) * sizeof(uint32_t) +
                   4 * alignof(max_align_t);
    if (sl_arena_init(&finder->memory, bytes, error) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_arena *memory = &finder->memory;
    finder->cues.cues_room = CUES_MAX;
    finder->cues.tokens_room = TOKENS_MAX;
    finder->cues.cues =
        sl_arena_take(memory, CUES_MAX * sizeof(struct sl_cue), alignof(max_align_t));
    finder->cues.tokens =
        sl_arena_take(memory, TOKENS_MAX * sizeof(struct sl_token), alignof(max_align_t));
    finder->reading.map =
        sl_arena_take(memory, (SL_FINDER_TEXT_MAX + 1) * sizeof(uint32_t), alignof(max_align_t));
    finder->reading.room = sl_arena_take(memory, READINGS_ROOM, 1);
    sl_arena_seal(memory);
    return SL_OK;
}

// Of all kinds, on or off: how a text is read must not depend on what is masked of it.
static int open_cues(struct sl_finder *finder, const struct sl_pack *pack, struct sl_error *error) {
    struct sl_cue_source sources[SL_KINDS_COUNT] = {0};
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        const uint32_t bit = 1u << kind;
        sources[kind] = (struct sl_cue_source){
            .words = rules[kind]->cues,
            .extra = pack->identifiers[kind].cues,
            .extra_count = pack->identifiers[kind].cues_count,
        };
        finder->cue_is_enough |= rules[kind]->cue_is_enough ? bit : 0;
        finder->few_digits |= rules[kind]->few_digits ? bit : 0;
        finder->spelled |= rules[kind]->spelled ? bit : 0;
    }
    return sl_cue_table_open(sources, senses, finder->cue_is_enough | finder->few_digits, error,
                             &finder->table);
}

// Whom to call for what.
static void open_kind(struct sl_finder *finder, enum sl_kind kind) {
    const struct sl_kind_rules *rule = rules[kind];
    const uint32_t bit = 1u << kind;
    finder->on |= bit;
    finder->in_links |= rule->in_links ? bit : 0;
    for (uint32_t i = rule->digits_min; rule->on_run != NULL && i <= SL_RUN_DIGITS_MAX; i++) {
        finder->on_run[i] |= bit;
    }
    finder->on_at |= rule->on_at != NULL ? bit : 0;
    finder->on_cue |= rule->on_cue != NULL ? bit : 0;
    finder->on_token |= rule->on_token != NULL ? bit : 0;
    finder->on_colon |= rule->on_colon != NULL ? bit : 0;
    finder->on_link |= rule->on_link != NULL ? bit : 0;
    finder->senses |= rule->on_cue != NULL ? rule->senses : 0;
}

static int open_finder(struct sl_finder *finder, const struct sl_pack *pack,
                       struct sl_error *error) {
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        const struct sl_pack_identifier *identifier = &pack->identifiers[kind];
        if (!identifier->on) {
            continue;
        }
        open_kind(finder, kind);
        finder->kept |= (uint32_t)(identifier->masked_by == SL_OPERATOR_KEEP) << kind;
    }
    return take_memory(finder, error) == SL_OK ? open_cues(finder, pack, error) : SL_FAILED;
}

int sl_finder_open(const struct sl_pack *pack, struct sl_error *error,
                   struct sl_finder **ret_finder) {
    struct sl_allow *allow;
    if (sl_allow_load(pack, error, &allow) != SL_OK) {
        return SL_FAILED;
    }
    int result = sl_finder_open_with(pack, allow, error, ret_finder);
    sl_allow_release(allow);
    return result;
}

int sl_finder_open_with(const struct sl_pack *pack, struct sl_allow *allow, struct sl_error *error,
                        struct sl_finder **ret_finder) {
    if (sl_crypto_init(error) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_finder *finder = calloc(1, sizeof *finder);
    if (finder == NULL) {
        return sl_error_set(error, "no memory for a finder of %zu bytes", sizeof *finder);
    }
    finder->allow = sl_allow_hold(allow);
    if (open_finder(finder, pack, error) != SL_OK) {
        sl_finder_close(finder);
        return SL_FAILED;
    }
    *ret_finder = finder;
    return SL_OK;
}

void sl_finder_allow(struct sl_finder *finder, struct sl_allow *allow) {
    sl_allow_hold(allow);
    sl_allow_release(finder->allow);
    finder->allow = allow;
}

void sl_finder_close(struct sl_finder *finder) {
    if (finder == NULL) {
        return;
    }
    sl_allow_release(finder->allow);
    sl_cue_table_close(finder->table);
    sl_arena_done(&finder->memory);
    free(finder);
}

void sl_look_add(struct sl_look *look, struct sl_candidate candidate) {
    SL_ASSERT(candidate.start < candidate.end && candidate.end <= look->len);
    struct sl_finder *finder = look->finder;
    int threshold = rules[candidate.kind]->threshold;
    candidate.score = candidate.score < 0 ? 0 : candidate.score > 100 ? 100 : candidate.score;
    struct entry entry = {.value = look->bytes + candidate.start,
                          .value_len = candidate.end - candidate.start};
    if (candidate.score >= threshold) {
        if (sl_own_output(look->bytes, look->len, candidate.start, candidate.end)) {
            return;
        }
        if (sl_allow_has(finder->allow, candidate.kind, entry.value, entry.value_len)) {
            candidate.score = 0;
            candidate.reasons |= SL_REASON_ALLOWED;
        }
    }
    if (finder->second) {
        sl_reading_range(&finder->reading, candidate.start, candidate.end, &candidate.start,
                         &candidate.end);
        candidate.reasons |= SL_REASON_DISGUISE;
    }
    bool accepted = candidate.score >= threshold;
    uint32_t *count = accepted ? &finder->accepted : &finder->rejected;
    if (*count < (accepted ? SL_IDENTIFY_CANDIDATES_MAX : REJECTED_MAX)) {
        entry.candidate = candidate;
        finder->entries[finder->accepted + finder->rejected] = entry;
        (*count)++;
    } else {
        finder->overflow |= accepted;
    }
}

void sl_look_add_code(struct sl_look *look, struct sl_candidate candidate, bool valid,
                      int cue_strong, int cue_weak) {
    bool glued_before = candidate.start > 0 && sl_is_alnum(look->bytes[candidate.start - 1]);
    candidate.reasons |= valid ? SL_REASON_CHECKSUM : SL_REASON_CHECKSUM_WRONG;
    if (!valid || glued_before) {
        struct sl_surroundings around =
            sl_look_around(look, candidate.kind, candidate.start, candidate.end);
        if (around.letters_before || sl_joint_before(look, candidate.start) == '0') {
            return;
        }
        if (around.before != SL_CUE_NONE) {
            candidate.score += around.before == SL_CUE_STRONG ? cue_strong : cue_weak;
            candidate.reasons |= SL_REASON_CUE_BEFORE;
        }
        if (around.after == SL_CUE_STRONG) {
            candidate.score += cue_strong;
            candidate.reasons |= SL_REASON_CUE_AFTER;
        }
    }
    sl_look_add(look, candidate);
}

struct sl_surroundings sl_look_around(const struct sl_look *look, enum sl_kind kind, uint32_t start,
                                      uint32_t end) {
    return sl_cues_around(look->cues, kind, look->bytes, look->len, start, end);
}

unsigned char sl_look_original(const struct sl_look *look, uint32_t at) {
    const struct sl_finder *finder = look->finder;
    uint32_t folded = finder->second ? finder->reading.map[at] : at;
    uint32_t original = finder->folded->identity ? folded : finder->folded->map[folded];
    const unsigned char *c = (const unsigned char *)finder->text + original;
    uint32_t left = finder->folded->original_len - original;
    if (*c >= 0x80) {
        // Full-width letters have the case of those they stand for.
        bool full_width = left >= 3 && c[0] == 0xEF && (c[1] == 0xBC || c[1] == 0xBD);
        uint32_t plain = full_width ? ((c[1] & 3u) << 6 | (c[2] & 0x3Fu)) + 0x20 : 0;
        return plain > 0x20 && plain < 0x7F ? (unsigned char)plain : *c;
    }
    bool letter = sl_is_alnum(*c) || (*c >= 'A' && *c <= 'Z');
    unsigned char escaped =
        letter || !finder->second ? 0 : sl_reading_escaped(finder->folded, folded);
    return letter ? *c : escaped != 0 ? escaped : look->bytes[at];
}

// Anchors.

// The lowest kind of the bits, which it leaves.
static enum sl_kind next_kind(uint32_t *kinds) {
    enum sl_kind kind = (enum sl_kind)__builtin_ctz(*kinds);
    *kinds &= *kinds - 1;
    return kind;
}

// The link that was found last; links come in order, as runs do.
struct link {
    uint32_t start, end; // from its "://" to the next space
    bool none;           // there is no further one
};

// The next "://", or NULL.
static const unsigned char *next_scheme(const unsigned char *at, const unsigned char *end) {
    const unsigned char *colon = memchr(at, ':', (size_t)(end - at));
    while (colon != NULL && (end - colon < 3 || colon[1] != '/' || colon[2] != '/')) {
        colon = memchr(colon + 1, ':', (size_t)(end - colon - 1));
    }
    return colon;
}

static uint32_t link_end(const struct sl_look *look, uint32_t colon) {
    const unsigned char *space = memchr(look->bytes + colon, ' ', look->len - colon);
    return space == NULL ? look->len : (uint32_t)(space - look->bytes);
}

static bool in_link(struct link *link, const struct sl_look *look, const struct sl_digit_run *run) {
    while (!link->none && link->end <= run->start) {
        const unsigned char *end = look->bytes + look->len;
        const unsigned char *found = next_scheme(look->bytes + link->end, end);
        link->none = found == NULL;
        if (found != NULL) {
            link->start = (uint32_t)(found - look->bytes);
            link->end = link_end(look, link->start);
        }
    }
    return !link->none && link->start <= run->start && run->end <= link->end;
}

static void look_at_digits(struct sl_look *look) {
    const struct sl_finder *finder = look->finder;
    struct sl_runs *runs = &look->finder->runs;
    struct link link = {.none = !finder->second && !finder->folded->has_scheme};
    // Ids in links are many, and of most kinds none is masked without a cue.
    uint32_t linked = finder->in_links | look->cues->strong | look->cues->weak;
    sl_runs_begin(runs);
    for (uint32_t touches = runs->touches; sl_runs_next(runs, look); touches = runs->touches) {
        uint32_t kinds = finder->on_run[runs->run.digits_count];
        if (in_link(&link, look, &runs->run)) {
            kinds &= linked;
            runs->touches = touches | (runs->touches & SL_TOUCH_ESCAPE);
        }
        while (kinds != 0) {
            rules[next_kind(&kinds)]->on_run(look, &runs->run);
        }
    }
}

static void look_at_signs(struct sl_look *look) {
    const unsigned char *end = look->bytes + look->len;
    const unsigned char *sign = memchr(look->bytes, '@', look->len);
    while (sign != NULL) {
        for (uint32_t kinds = look->finder->on_at; kinds != 0;) {
            rules[next_kind(&kinds)]->on_at(look, (uint32_t)(sign - look->bytes));
        }
        sign = memchr(sign + 1, '@', (size_t)(end - sign - 1));
    }
}

static bool is_hex_or_colon(unsigned char c) {
    return sl_is_hex(c) || c == ':';
}

// Returns where the link ends.
static uint32_t look_at_link(struct sl_look *look, uint32_t colon) {
    const unsigned char *bytes = look->bytes;
    uint32_t start = colon, end = link_end(look, colon);
    while (start > 0 && (sl_is_alnum(bytes[start - 1]) || bytes[start - 1] == '+')) {
        start--;
    }
    for (uint32_t kinds = look->finder->on_link; kinds != 0;) {
        rules[next_kind(&kinds)]->on_link(look, start, end);
    }
    return end;
}

static void look_at_colons(struct sl_look *look) {
    const unsigned char *bytes = look->bytes;
    const unsigned char *found = memchr(bytes, ':', look->len);
    uint32_t link_end = 0;
    for (; found != NULL; found = memchr(found + 1, ':', (size_t)(bytes + look->len - found - 1))) {
        uint32_t at = (uint32_t)(found - bytes);
        if (look->len - at >= 3 && bytes[at + 1] == '/' && bytes[at + 2] == '/') {
            link_end = at < link_end ? link_end : look_at_link(look, at);
            continue;
        }
        if (at + 1 == look->len || !is_hex_or_colon(bytes[at + 1]) ||
            (bytes[at + 1] != ':' && (at == 0 || !is_hex_or_colon(bytes[at - 1])))) {
            continue;
        }
        for (uint32_t kinds = look->finder->on_colon; kinds != 0;) {
            rules[next_kind(&kinds)]->on_colon(look, at);
        }
    }
}

// The kinds that asked for words of these senses.
static uint32_t kinds_for(const struct sl_finder *finder, uint32_t told) {
    uint32_t asked = 0;
    for (uint32_t kinds = (told & finder->senses) != 0 ? finder->on_cue : 0; kinds != 0;) {
        enum sl_kind kind = next_kind(&kinds);
        asked |= (rules[kind]->senses & told) != 0 ? 1u << kind : 0;
    }
    return asked;
}

static void look_at_words(struct sl_look *look) {
    const struct sl_cue_list *list = look->cues;
    for (uint32_t i = 0; i < list->cues_count; i++) {
        const struct sl_cue *cue = &list->cues[i];
        uint32_t kinds = cue->strong & look->finder->on_cue;
        for (kinds |= kinds_for(look->finder, cue->senses); kinds != 0;) {
            rules[next_kind(&kinds)]->on_cue(look, cue);
        }
    }
    for (uint32_t i = 0; i < list->tokens_count; i++) {
        for (uint32_t kinds = look->finder->on_token; kinds != 0;) {
            rules[next_kind(&kinds)]->on_token(look, &list->tokens[i]);
        }
    }
}

static void look_through(struct sl_finder *finder, const unsigned char *bytes, uint32_t len) {
    struct sl_look look = {bytes, len, &finder->cues, finder};
    look_at_digits(&look);
    if (finder->second || finder->folded->has_at) {
        look_at_signs(&look);
    }
    look_at_colons(&look);
    look_at_words(&look);
}

// What becomes of the candidates.

// Anchors of one sort come in order, so there is little to move.
static void sort_entries(struct entry *entries, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        struct entry entry = entries[i];
        uint32_t at = i;
        for (; at > 0 && entries[at - 1].candidate.start > entry.candidate.start; at--) {
            entries[at] = entries[at - 1];
        }
        entries[at] = entry;
    }
}

// What both readings found is told once.
static uint32_t drop_repeated(struct entry *entries, uint32_t count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct sl_candidate *one = &entries[i].candidate;
        uint32_t same = kept;
        while (same > 0 && entries[same - 1].candidate.start == one->start &&
               (entries[same - 1].candidate.end != one->end ||
                entries[same - 1].candidate.kind != one->kind)) {
            same--;
        }
        if (same == 0 || entries[same - 1].candidate.start != one->start) {
            entries[kept++] = entries[i];
        } else if (one->score > entries[same - 1].candidate.score) {
            entries[same - 1] = entries[i];
        }
    }
    return kept;
}

static int proof_of(const struct sl_candidate *candidate) {
    return (candidate->reasons & SL_REASON_CHECKSUM) != 0                             ? 2
           : (candidate->reasons & (SL_REASON_CUE_BEFORE | SL_REASON_CUE_AFTER)) != 0 ? 1
                                                                                      : 0;
}

static bool names_before(const struct sl_candidate *a, const struct sl_candidate *b) {
    int proof_a = proof_of(a), proof_b = proof_of(b);
    if (proof_a != proof_b) {
        return proof_a > proof_b;
    }
    return a->kind != b->kind ? a->kind < b->kind : a->end - a->start > b->end - b->start;
}

static struct sl_span span_of(const struct entry *entry) {
    const struct sl_candidate *candidate = &entry->candidate;
    return (struct sl_span){
        .start = candidate->start,
        .end = candidate->end,
        .kind = candidate->kind,
        .score = candidate->score,
        .reasons = candidate->reasons,
        .kinds = 1u << candidate->kind,
        .characters_min = (uint32_t)sl_value_characters(entry->value, entry->value_len, 0, NULL),
        .value = entry->value,
        .value_len = entry->value_len,
    };
}

static void join(struct sl_span *span, const struct sl_span *other) {
    span->end = other->end > span->end ? other->end : span->end;
    span->score = other->score > span->score ? other->score : span->score;
    span->reasons |= other->reasons;
    span->kinds |= other->kinds;
    if (other->characters_min < span->characters_min) {
        span->characters_min = other->characters_min;
    }
}

// Those of `kinds` that were accepted become spans, from `spans` on.
static uint32_t merge_accepted(const struct sl_finder *finder, uint32_t entries_count,
                               uint32_t kinds, struct sl_span *spans) {
    uint32_t count = 0;
    const struct sl_candidate *name = NULL; // the candidate that names the last span
    for (uint32_t i = 0; i < entries_count; i++) {
        const struct sl_candidate *candidate = &finder->entries[i].candidate;
        if (candidate->score < rules[candidate->kind]->threshold ||
            (kinds >> candidate->kind & 1) == 0) {
            continue;
        }
        struct sl_span one = span_of(&finder->entries[i]);
        struct sl_span *span = count > 0 ? &spans[count - 1] : NULL;
        if (span == NULL || one.start > span->end) {
            spans[count++] = one;
            name = candidate;
            continue;
        }
        if (names_before(candidate, name)) {
            name = candidate;
            span->kind = one.kind;
            span->value = one.value;
            span->value_len = one.value_len;
        }
        join(span, &one);
    }
    return count;
}

static bool has_byte(const struct sl_folded *folded, char byte) {
    return memchr(folded->bytes, byte, folded->len) != NULL;
}

// An '@' with something before it, or apart from what follows. "@name" alone calls somebody; behind
// a space it takes a provider to be an address, and that is a word that tells.
static bool has_mail_sign(const struct sl_folded *folded) {
    const unsigned char *bytes = folded->bytes, *end = bytes + folded->len;
    const unsigned char *at = folded->has_at ? memchr(bytes, '@', folded->len) : NULL;
    for (; at != NULL; at = memchr(at + 1, '@', (size_t)(end - at - 1))) {
        bool alone = at == bytes || (at[-1] == ' ' || at[-1] == '.' || at[-1] == ',');
        if (!alone || at + 1 == end || !sl_is_alnum(at[1])) {
            return true;
        }
    }
    return false;
}

// "0f:ee:ad-…": an address of a device may have a digit or two.
static bool has_pairs(const struct sl_folded *folded) {
    static const struct {
        char joint;
        uint32_t step;
    } forms[] = {{':', 3}, {'-', 3}, {'.', 5}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const unsigned char *end = folded->bytes + folded->len, *at = folded->bytes;
        while ((at = memchr(at, forms[i].joint, (size_t)(end - at))) != NULL) {
            if (end - at > 2 * (ptrdiff_t)forms[i].step - 1 && at[forms[i].step] == *at &&
                is_hex_or_colon(at[1]) && is_hex_or_colon(at[2])) {
                return true;
            }
            at++;
        }
    }
    return false;
}

// Digits and signs without which only a cue, a long token or numbers spelled out can tell. Few
// digits do where an escape ("%40", "&#64;") or a key ("token=a1b2c") may be.
static bool has_signs(const struct sl_folded *folded) {
    bool few = folded->digits_count > 0 && folded->digits_count < DIGITS_MIN;
    return folded->digits_count >= DIGITS_MIN || folded->has_scheme || has_mail_sign(folded) ||
           (few && (has_byte(folded, '%') || has_byte(folded, '&') || has_byte(folded, '=') ||
                    has_pairs(folded)));
}

static bool cues_tell(const struct sl_finder *finder) {
    const struct sl_cue_list *cues = &finder->cues;
    return cues->tokens_count > 0 || (cues->strong & finder->cue_is_enough) != 0 ||
           (cues->senses & (SL_SENSE_AT | SL_SENSE_PROVIDER | SL_SENSE_USER)) != 0 ||
           (finder->folded->digits_count > 0 && (cues->strong & finder->few_digits) != 0);
}

static void look_at_reading(struct sl_finder *finder) {
    const struct sl_reading *reading = &finder->reading;
    finder->second = true;
    sl_cues_find(finder->table, false, reading->bytes, reading->len, &finder->cues);
    finder->overflow |= finder->cues.overflow;
    look_through(finder, reading->bytes, reading->len);
}

static void look_again(struct sl_finder *finder) {
    const struct sl_folded *folded = finder->folded;
    bool may_be = sl_reading_begin(&finder->reading, folded, &finder->cues, finder->runs.touches,
                                   finder->spelled);
    if (may_be && finder->cues.only_telling) {
        sl_cues_find(finder->table, false, folded->bytes, folded->len, &finder->cues);
        finder->overflow |= finder->cues.overflow;
    }
    while (may_be && sl_reading_next(&finder->reading, folded, &finder->cues)) {
        look_at_reading(finder);
    }
}

static void look(struct sl_finder *finder) {
    const struct sl_folded *folded = finder->folded;
    bool worth = has_signs(folded);
    finder->second = false;
    finder->runs.touches = 0;
    sl_cues_find(finder->table, !worth, folded->bytes, folded->len, &finder->cues);
    if (!worth && cues_tell(finder)) {
        worth = true;
        sl_cues_find(finder->table, false, folded->bytes, folded->len, &finder->cues);
    }
    finder->overflow |= finder->cues.overflow;
    if (worth) {
        look_through(finder, folded->bytes, folded->len);
    }
    look_again(finder);
}

struct sl_found sl_finder_look(struct sl_finder *finder, const char *text,
                               const struct sl_folded *folded) {
    if (folded->len > SL_FINDER_TEXT_MAX) {
        return (struct sl_found){.overflow = true};
    }
    finder->text = text;
    finder->folded = folded;
    finder->overflow = false;
    finder->accepted = 0;
    finder->rejected = 0;
    if (finder->on != 0) {
        look(finder);
    }
    if (finder->overflow) {
        return (struct sl_found){.overflow = true};
    }
    uint32_t count = finder->accepted + finder->rejected;
    sort_entries(finder->entries, count);
    count = drop_repeated(finder->entries, count);
    for (uint32_t i = 0; i < count; i++) {
        finder->candidates[i] = finder->entries[i].candidate;
    }
    uint32_t spans_count = merge_accepted(finder, count, ~finder->kept, finder->spans);
    // A span has a candidate of its own: together they are no more than those.
    struct sl_span *kept = finder->spans + spans_count;
    return (struct sl_found){
        .candidates = finder->candidates,
        .candidates_count = count,
        .spans = finder->spans,
        .spans_count = spans_count,
        .kept = kept,
        .kept_count = finder->kept == 0 ? 0 : merge_accepted(finder, count, finder->kept, kept),
    };
}

const struct sl_edges *sl_finder_edges(struct sl_finder *finder) {
    const struct sl_folded *folded = finder->folded;
    struct sl_edges *edges = &finder->edges;
    const uint32_t parted =
        1u << SL_KIND_PHONE | 1u << SL_KIND_CARD | 1u << SL_KIND_IBAN | 1u << SL_KIND_FISCAL_CODE;
    if ((finder->on & parted) == 0 || !sl_edges_worth(folded, &finder->cues)) {
        return NULL;
    }
    if (finder->second || finder->cues.only_telling) {
        // The second reading's words took the place of the text's own, or not all were looked for.
        sl_cues_find(finder->table, false, folded->bytes, folded->len, &finder->cues);
    }
    struct sl_look look = {folded->bytes, folded->len, &finder->cues, finder};
    if (!sl_edges_find(&look, edges)) {
        return NULL;
    }
    // A number is put together only where its kind is on.
    for (uint32_t i = 0; i < SL_EDGE_FORMS_COUNT && edges->has_tail; i++) {
        struct sl_fragment *fragment = &edges->tail.parts[i].fragment;
        if (!is_on(finder, (enum sl_kind)fragment->kind)) {
            fragment->chars = 0;
        }
    }
    return edges;
}

size_t sl_reasons_to_text(uint32_t reasons, char *text, size_t room) {
    static const char *const words[] = {
        "shape",          "checksum",   "wrong checksum", "issuer",      "grouping",
        "prefix",         "cue before", "cue after",      "cue against", "bad neighbour",
        "service number", "alone",      "allowed",        "disguised",
    };
    SL_ASSERT(room > 0);
    size_t len = 0;
    for (uint32_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t comma = len > 0 ? 2 : 0;
        size_t word = strlen(words[i]);
        if ((reasons >> i & 1) == 0) {
            continue;
        }
        if (len + comma + word >= room) {
            break;
        }
        memcpy(text + len, ", ", comma);
        memcpy(text + len + comma, words[i], word);
        len += comma + word;
    }
    text[len] = '\0';
    return len;
}
