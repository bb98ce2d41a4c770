// SPDX-License-Identifier: Apache-2.0
#include "engine/operators.h"

#include <string.h>

#include "base/assert.h"
#include "engine/key.h"
#include "identify/value.h"

static const char token_letters[] = "cdfhjkmnprtuvwxy";

#define SHOWN       4
#define LETTER_BITS 4
#define HASH_BYTES  SL_KEYED_HASH_BYTES_MIN
_Static_assert(SL_TOKEN_LETTERS *LETTER_BITS >= 64 && SL_TOKEN_LETTERS <= 2 * HASH_BYTES,
               "a token of 64 bits at least, and no more than there are");

// Open.

static bool has_operator(const struct sl_pack *pack, enum sl_operator which,
                         const struct sl_pack_identifier **ret_first) {
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        const struct sl_pack_identifier *identifier = &pack->identifiers[kind];
        if (identifier->on && identifier->masked_by == which) {
            *ret_first = identifier;
            return true;
        }
    }
    return false;
}

static int load_key(struct sl_operators *operators, const struct sl_pack *pack,
                    struct sl_error *error) {
    const struct sl_pack_identifier *first;
    const struct sl_pack_masking *masking = &pack->masking;
    const char *id = masking->key_id != NULL ? masking->key_id : SL_PACK_KEY_ID;
    strcpy(operators->key_id, id);
    if (!has_operator(pack, SL_OPERATOR_TOKEN, &first)) {
        return SL_OK;
    }
    if (masking->key_path == NULL) {
        const struct sl_pack_place *place = &first->masked_by_place;
        static const char message[] = "operator: token needs a key: write masking: {key: {file: "
                                      "…}} into the pack, or give --key FILE";
        return place->line > 0 ? sl_error_set(error, "%s:%u:%u: %s", place->file, place->line,
                                              place->column, message)
                               : sl_error_set(error, "%s", message);
    }
    return sl_key_load(masking->key_path, error, operators->key) == SL_OK ? sl_crypto_init(error)
                                                                          : SL_FAILED;
}

int sl_operators_init(struct sl_operators *operators, const struct sl_pack *pack,
                      struct sl_error *error) {
    *operators =
        (struct sl_operators){.italian_labels = pack->masking.italian_labels, .only_labels = true};
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        const struct sl_pack_identifier *identifier = &pack->identifiers[kind];
        SL_ASSERT(identifier->masked_by != SL_OPERATOR_LAST4 || !sl_pack_is_secret(kind));
        operators->of[kind] = identifier->masked_by;
        operators->stars_count[kind] = identifier->stars_count;
        operators->only_labels &=
            identifier->masked_by == SL_OPERATOR_LABEL || identifier->masked_by == SL_OPERATOR_KEEP;
    }
    return load_key(operators, pack, error);
}

void sl_operators_done(struct sl_operators *operators) {
    explicit_bzero(operators->key, sizeof operators->key);
}

void sl_operators_only_labels(const struct sl_operators *operators,
                              struct sl_operators *ret_operators) {
    *ret_operators =
        (struct sl_operators){.italian_labels = operators->italian_labels, .only_labels = true};
}

// Put.

char *sl_label_put(enum sl_kind kind, bool italian, char *at) {
    const char *word = italian ? sl_kind_italian_word(kind) : sl_kind_word(kind);
    *at++ = '[';
    for (; *word != '\0'; word++) {
        *at++ = (char)(*word >= 'a' && *word <= 'z' ? *word - 'a' + 'A' : *word);
    }
    *at++ = ']';
    return at;
}

static char *put_stars(char *at, size_t count) {
    memset(at, '*', count);
    return at + count;
}

// Values of more characters than this are cut in front, where only stars stand.
#define LAST4_STARS_MAX 32

static char *put_last4(const struct sl_replaced *replaced, char *at) {
    char last[SHOWN];
    size_t count = sl_value_characters(replaced->value, replaced->value_len, SHOWN, last);
    SL_ASSERT(count >= SL_LAST4_CHARACTERS_MIN);
    size_t stars = count - SHOWN;
    at = put_stars(at, stars < LAST4_STARS_MAX ? stars : LAST4_STARS_MAX);
    memcpy(at, last, SHOWN);
    return at + SHOWN;
}

static char *put_token(const struct sl_operators *operators, const struct sl_replaced *replaced,
                       char *at) {
    unsigned char canonical[SL_VALUE_BYTES_MAX];
    uint8_t hash[HASH_BYTES];
    size_t len =
        sl_value_canonical(replaced->kind, replaced->value, replaced->value_len, canonical);
    at = sl_label_put(replaced->kind, operators->italian_labels, at);
    if (len == 0) {
        return at;
    }
    sl_keyed_hash(operators->key, sl_kind_word(replaced->kind), canonical, len, hash, sizeof hash);
    at[-1] = ':';
    at = stpcpy(at, operators->key_id);
    *at++ = ':';
    for (int i = 0; i < SL_TOKEN_LETTERS; i++) {
        *at++ = token_letters[hash[i / 2] >> (i % 2 == 0 ? LETTER_BITS : 0) & 15];
    }
    *at++ = ']';
    return at;
}

static bool all_have(const struct sl_operators *operators, uint32_t kinds, enum sl_operator which) {
    for (; kinds != 0; kinds &= kinds - 1) {
        if (operators->of[__builtin_ctz(kinds)] != which) {
            return false;
        }
    }
    return true;
}

static enum sl_operator operator_for(const struct sl_operators *operators,
                                     const struct sl_replaced *replaced) {
    enum sl_operator which = operators->of[replaced->kind];
    if (which == SL_OPERATOR_LAST4) {
        if (!all_have(operators, replaced->kinds, which)) {
            return SL_OPERATOR_LABEL;
        }
        return replaced->characters_min < SL_LAST4_CHARACTERS_MIN ? SL_OPERATOR_STARS : which;
    }
    // A span is masked whatever its kind's operator: what is kept makes none.
    return which == SL_OPERATOR_KEEP ? SL_OPERATOR_LABEL : which;
}

char *sl_operators_put(const struct sl_operators *operators, const struct sl_replaced *replaced,
                       char *at) {
    uint32_t stars_count = operators->stars_count[replaced->kind];
    switch (operator_for(operators, replaced)) {
    case SL_OPERATOR_STARS:
        return put_stars(at, stars_count > 0 ? stars_count : replaced->code_points);
    case SL_OPERATOR_LAST4:
        return put_last4(replaced, at);
    case SL_OPERATOR_DROP:
        return at;
    case SL_OPERATOR_TOKEN:
        return put_token(operators, replaced, at);
    default:
        return sl_label_put(replaced->kind, operators->italian_labels, at);
    }
}
