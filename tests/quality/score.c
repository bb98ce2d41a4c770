// SPDX-License-Identifier: Apache-2.0
#include "quality/score.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const struct {
    const char *entity;
    int row;
} entities[] = {
    {"ADDRESS", SL_KIND_ADDRESS},
    {"CREDIT_CARD", SL_KIND_CARD},
    {"CREDIT_CARD_CVV", SL_KIND_CARD_SECRET},
    {"CREDIT_CARD_EXPIRY", SL_KIND_CARD_SECRET},
    {"CRYPTO", SL_KIND_CRYPTO_WALLET},
    {"CUSTOMER_CODE", SL_KIND_CUSTOMER_CODE},
    {"DATE_OF_BIRTH", SL_KIND_BIRTH_DATE},
    {"EMAIL_ADDRESS", SL_KIND_EMAIL},
    {"IBAN_CODE", SL_KIND_IBAN},
    {"ICCID", SL_KIND_ICCID},
    {"IMEI", SL_KIND_IMEI},
    {"IMSI", SL_KIND_IMSI},
    {"IP_ADDRESS", SL_KIND_IP},
    {"IT_DRIVER_LICENSE", SL_KIND_DRIVING_LICENCE},
    {"IT_FISCAL_CODE", SL_KIND_FISCAL_CODE},
    {"IT_FISCAL_CODE_STP", SL_KIND_FISCAL_CODE},
    {"IT_HEALTH_CARD", SL_KIND_IDENTITY_CARD},
    {"IT_IDENTITY_CARD", SL_KIND_IDENTITY_CARD},
    {"IT_PASSPORT", SL_KIND_PASSPORT},
    {"IT_VAT_CODE", SL_KIND_VAT_NUMBER},
    {"LICENSE_PLATE", SL_KIND_PLATE},
    {"MAC_ADDRESS", SL_KIND_MAC},
    {"MIGRATION_CODE", SL_KIND_MIGRATION_CODE},
    {"NONE", SL_SCORE_NOTHING},
    {"OTP", SL_KIND_PUK_PIN},
    {"PASSWORD", SL_KIND_PASSWORD},
    {"PHONE_NUMBER", SL_KIND_PHONE},
    {"PHONE_SHORT_CODE", SL_KIND_PHONE},
    {"PIN", SL_KIND_PUK_PIN},
    {"PUK", SL_KIND_PUK_PIN},
    {"URL_TOKEN", SL_KIND_URL_TOKEN},
    {"USERNAME", SL_KIND_CUSTOMER_CODE},
};

int sl_score_row(const char *entity) {
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        if (strcmp(entities[i].entity, entity) == 0) {
            return entities[i].row;
        }
    }
    return -1;
}

static void refuse(const struct sl_case *one, const char *why) {
    fprintf(stderr, "%s: %s\n", one->id, why);
    exit(2);
}

// Sets a byte of `kinds` to kind + 1 for every byte of the text that is masked.
static void mask(struct sl_finder *finder, const struct sl_case *one, unsigned char *kinds,
                 struct sl_score *score) {
    static unsigned char bytes[SL_SCORE_TEXT_MAX * SL_FOLD_GROWTH];
    static uint32_t map[SL_SCORE_TEXT_MAX * SL_FOLD_GROWTH + 1];
    struct sl_folded folded;
    if (one->len >= SL_SCORE_TEXT_MAX ||
        sl_fold(one->text, one->len, bytes, sizeof bytes, map, sizeof map / sizeof map[0],
                &folded) == SL_FOLD_NO_ROOM) {
        refuse(one, "the text is too long");
    }
    struct sl_found found = sl_finder_look(finder, one->text, &folded);
    if (found.overflow) {
        refuse(one, "the text holds too much");
    }
    memset(kinds, 0, one->len);
    for (uint32_t i = 0; i < found.spans_count; i++) {
        struct sl_case_span *span = &score->spans[score->spans_count++];
        sl_fold_original_range(&folded, found.spans[i].start, found.spans[i].end, &span->start,
                               &span->end);
        memset(kinds + span->start, (int)found.spans[i].kind + 1, span->end - span->start);
    }
}

static bool is_letter_or_number(const char *text, size_t room) {
    utf8proc_int32_t c = 0;
    if (((unsigned char)text[0] & 0xC0) == 0x80 ||
        utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)room, &c) < 0) {
        return false;
    }
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

static bool holds(const struct sl_case *one, uint32_t at) {
    for (uint32_t i = 0; i < one->spans_count; i++) {
        if (at >= one->spans[i].start && at < one->spans[i].end) {
            return true;
        }
    }
    return false;
}

// Takes away what only another case of the same text expects.
static void leave_to_others(const struct sl_case *cases, size_t cases_count,
                            const struct sl_case *one, unsigned char *kinds,
                            struct sl_score *score) {
    for (size_t i = 0; i < cases_count; i++) {
        const struct sl_case *other = &cases[i];
        if (strcmp(other->id, one->id) == 0 || strcmp(other->text, one->text) != 0) {
            continue;
        }
        for (uint32_t at = 0; at < one->len; at++) {
            if (holds(other, at) && !holds(one, at)) {
                kinds[at] = 0;
            }
        }
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < score->spans_count; i++) {
        const struct sl_case_span span = score->spans[i];
        bool left = true;
        for (uint32_t at = span.start; at < span.end; at++) {
            left = left && kinds[at] == 0;
        }
        if (!left) {
            score->spans[kept++] = span;
        }
    }
    score->spans_count = kept;
}

void sl_score_case(struct sl_finder *finder, const struct sl_case *cases, size_t cases_count,
                   const struct sl_case *one, int row, struct sl_score *ret_score) {
    static unsigned char kinds[SL_SCORE_TEXT_MAX];
    ret_score->spans_count = 0;
    mask(finder, one, kinds, ret_score);
    leave_to_others(cases, cases_count, one, kinds, ret_score);
    bool covered = true, clean = true, named = true, of_kind = false;
    for (uint32_t at = 0; at < one->len; at++) {
        bool expected = holds(one, at), masked = kinds[at] != 0;
        covered =
            covered && (!expected || masked || !is_letter_or_number(one->text + at, one->len - at));
        clean = clean && (expected || !masked);
        named = named && (!masked || kinds[at] == row + 1);
        of_kind = of_kind || (masked && kinds[at] == row + 1);
    }
    ret_score->masked = ret_score->spans_count > 0;
    ret_score->covered = covered && ret_score->masked;
    ret_score->clean = clean;
    ret_score->of_kind = of_kind;
    ret_score->named = named && ret_score->masked;
    ret_score->exact =
        ret_score->spans_count == one->spans_count &&
        memcmp(ret_score->spans, one->spans, one->spans_count * sizeof one->spans[0]) == 0;
}
