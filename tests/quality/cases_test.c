// SPDX-License-Identifier: Apache-2.0
//
// Goal: the project's own cases measure what they say they do: enough of them, half of them with
// nothing to mask, a fifth English, no id twice, and every identifier with check characters valid
// unless its category says that it is mistyped.
// Method: the file is read as mask_eval reads it, which refuses spans out of bounds; identifiers
// are taken to plain letters and digits by the fold and held against the published rules
// (support/identifier_checks.c).
#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quality/cases.h"
#include "support/identifier_checks.h"
#include "text/fold.h"

#define CASES_MAX 2000

static char ids[CASES_MAX][32];
static uint32_t cases_count, traps_count, english_count, checked_count;

static bool is_fiscal_code(const char *code) {
    return strlen(code) == 16 && sl_oracle_fiscal_letter(code) == code[15];
}

static bool is_vat_number(const char *number) {
    return strlen(number) >= 11 && sl_oracle_vat_number(number + (number[0] == 'I' ? 2 : 0));
}

static bool is_italian_or_foreign_iban(const char *iban) {
    return sl_oracle_iban(iban) && (strncmp(iban, "IT", 2) != 0 || sl_oracle_iban_cin(iban));
}

// An ICCID may bear a filler, which is not counted.
static bool is_iccid(const char *number) {
    char digits[32] = "";
    strncat(digits, number, strspn(number, "0123456789"));
    return strlen(digits) == 19 && sl_oracle_luhn(digits);
}

static const struct {
    const char *entity;
    bool (*valid)(const char *plain);
} checked[] = {
    {"CREDIT_CARD", sl_oracle_luhn},
    {"IBAN_CODE", is_italian_or_foreign_iban},
    {"ICCID", is_iccid},
    {"IMEI", sl_oracle_luhn},
    {"IT_FISCAL_CODE", is_fiscal_code},
    {"IT_VAT_CODE", is_vat_number},
};

// The letters and digits of a span, folded, in upper case.
static void plain_of(const struct sl_case *one, const struct sl_case_span *span, char *ret_plain) {
    static unsigned char bytes[4096];
    static uint32_t map[4096];
    struct sl_folded folded;
    cr_assert_neq(sl_fold(one->text + span->start, span->end - span->start, bytes, sizeof bytes,
                          map, sizeof map / sizeof map[0], &folded),
                  SL_FOLD_NO_ROOM);
    for (uint32_t i = 0; i < folded.len; i++) {
        if (isalnum(folded.bytes[i])) {
            *ret_plain++ = (char)toupper(folded.bytes[i]);
        }
    }
    *ret_plain = '\0';
}

static void check_identifiers(const struct sl_case *one) {
    // Written with other characters than those of the identifier, or wrongly on purpose.
    if (strcmp(one->category, "typo") == 0 || strcmp(one->category, "spelled") == 0 ||
        strcmp(one->category, "letters") == 0) {
        return;
    }
    for (size_t i = 0; i < sizeof checked / sizeof checked[0]; i++) {
        for (uint32_t at = 0; strcmp(checked[i].entity, one->entity) == 0 && at < one->spans_count;
             at++) {
            char plain[512];
            plain_of(one, &one->spans[at], plain);
            cr_expect(checked[i].valid(plain), "%s is not valid", one->id);
            checked_count++;
        }
    }
}

static void check_case(const struct sl_case *one, void *context) {
    (void)context;
    cr_assert_lt(cases_count, CASES_MAX);
    cr_expect((one->spans_count == 0) == (strcmp(one->entity, "NONE") == 0),
              "%s: NONE is what has no spans", one->id);
    cr_expect(one->category[0] != '\0', "%s has no category", one->id);
    for (uint32_t i = 0; i < one->spans_count; i++) {
        const unsigned char *text = (const unsigned char *)one->text;
        cr_expect(!isspace(text[one->spans[i].start]) && !isspace(text[one->spans[i].end - 1]),
                  "%s: a span ends in white space", one->id);
    }
    check_identifiers(one);
    snprintf(ids[cases_count++], sizeof ids[0], "%s", one->id);
    traps_count += one->spans_count == 0;
    english_count += strncmp(one->category, "english", 7) == 0;
}

static int compare_ids(const void *a, const void *b) {
    return strcmp(a, b);
}

Test(quality_cases, read_own_cases_are_sound) {
    struct sl_error error = {0};
    cr_assert_eq(sl_fold_init(&error), SL_OK);
    cr_assert(sl_cases_each(SL_SOURCE_DIR "/tests/quality/cases.jsonl", check_case, NULL));
    cr_expect_geq(cases_count, 400);
    cr_expect(traps_count * 2 >= cases_count, "%u of %u are traps", traps_count, cases_count);
    cr_expect(english_count * 6 >= cases_count, "%u of %u are English", english_count, cases_count);
    cr_expect_geq(checked_count, 50);
    qsort(ids, cases_count, sizeof ids[0], compare_ids);
    for (uint32_t i = 1; i < cases_count; i++) {
        cr_expect_str_neq(ids[i - 1], ids[i]);
    }
}
