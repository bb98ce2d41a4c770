// SPDX-License-Identifier: Apache-2.0
//
// Goal: on the published cases for masking, recall and precision do not fall below what was
// reached.
// Method: every case of ../shared/data/identifiers/*.jsonl whose kind is known here; a case is
// right when exactly its spans are masked, or, where nothing is to be masked, none of its kind. A
// table by file and kind and the ids of the misses are printed, never the texts. Skipped (77) where
// the data is absent.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <yajl/yajl_tree.h>

#include "support/finder.h"

#define FOLDER   SL_SOURCE_DIR "/../shared/data/identifiers"
#define LINE_MAX (1 << 16)

static const struct {
    const char *entity;
    enum sl_kind kind;
} entities[] = {
    {"CREDIT_CARD", SL_KIND_CARD},       {"EMAIL_ADDRESS", SL_KIND_EMAIL},
    {"IBAN_CODE", SL_KIND_IBAN},         {"IT_FISCAL_CODE", SL_KIND_FISCAL_CODE},
    {"IT_VAT_CODE", SL_KIND_VAT_NUMBER}, {"PHONE_NUMBER", SL_KIND_PHONE},
    {"PHONE_SHORT_CODE", SL_KIND_PHONE}, {"IP_ADDRESS", SL_KIND_IP},
    {"MAC_ADDRESS", SL_KIND_MAC},        {"PASSWORD", SL_KIND_PASSWORD},
    {"URL_TOKEN", SL_KIND_URL_TOKEN},    {"CRYPTO", SL_KIND_CRYPTO_WALLET},
};

// Thousandths of the cases that must be right. What is missing from 1000:
// libphonenumber: toll-free and premium numbers of Italy, which are nobody's; numbers of other
// countries without their code; Presidio: cases that keep a wrong check character, mistyped cards
// behind a cue, IBANs with slashes; "::1" and "::/0" with no word for a
// network, which are nobody's; evasions: spelled digits, letters for digits, words for signs.
static const struct {
    const char *file;
    enum sl_kind kind;
    int positives, negatives;
} floors[] = {
    {"codicefiscale_cases.jsonl", SL_KIND_FISCAL_CODE, 990, 1000},
    {"evasions_cases.jsonl", SL_KIND_CARD, 500, 1000},
    {"evasions_cases.jsonl", SL_KIND_EMAIL, 440, 1000},
    {"evasions_cases.jsonl", SL_KIND_FISCAL_CODE, 660, 1000},
    {"evasions_cases.jsonl", SL_KIND_IBAN, 710, 1000},
    {"evasions_cases.jsonl", SL_KIND_PHONE, 750, 1000},
    {"evasions_cases.jsonl", SL_KIND_VAT_NUMBER, 1000, 1000},
    {"evasions_cases.jsonl", SL_KIND_IP, 1000, 1000},
    {"evasions_cases.jsonl", SL_KIND_PASSWORD, 1000, 1000},
    {"evasions_cases.jsonl", SL_KIND_CRYPTO_WALLET, 1000, 1000},
    {"iban_registry_cases.jsonl", SL_KIND_IBAN, 996, 1000},
    {"libphonenumber_cases.jsonl", SL_KIND_PHONE, 930, 1000},
    {"partita_iva_cases.jsonl", SL_KIND_VAT_NUMBER, 984, 1000},
    {"payment_cards_cases.jsonl", SL_KIND_CARD, 1000, 984},
    {"presidio_cases.jsonl", SL_KIND_CARD, 928, 600},
    {"presidio_cases.jsonl", SL_KIND_EMAIL, 1000, 1000},
    {"presidio_cases.jsonl", SL_KIND_FISCAL_CODE, 333, 1000},
    {"presidio_cases.jsonl", SL_KIND_IBAN, 1000, 982},
    {"presidio_cases.jsonl", SL_KIND_PHONE, 875, 1000},
    {"presidio_cases.jsonl", SL_KIND_VAT_NUMBER, 666, 1000},
    {"presidio_cases.jsonl", SL_KIND_IP, 976, 1000},
    {"presidio_cases.jsonl", SL_KIND_MAC, 1000, 1000},
    {"presidio_cases.jsonl", SL_KIND_CRYPTO_WALLET, 1000, 1000},
    {"telecom_it_cases.jsonl", SL_KIND_IP, 1000, 1000},
    {"telecom_it_cases.jsonl", SL_KIND_MAC, 1000, 1000},
    {"telecom_it_cases.jsonl", SL_KIND_PASSWORD, 1000, 1000},
    {"telecom_it_cases.jsonl", SL_KIND_URL_TOKEN, 1000, 1000},
    {"telecom_it_cases.jsonl", SL_KIND_CRYPTO_WALLET, 1000, 1000},
    {"telecom_it_cases.jsonl", SL_KIND_EMAIL, 1000, 1000},
    {"telecom_it_cases.jsonl", SL_KIND_PHONE, 1000, 1000},
};

struct tally {
    uint32_t positives, masked, negatives, kept;
};

TestSuite(identify_shared, .init = sl_test_finder_init, .fini = sl_test_finder_done);

static yajl_val field(yajl_val object, const char *name, yajl_type type) {
    const char *path[] = {name, NULL};
    yajl_val value = yajl_tree_get(object, path, type);
    cr_assert_not_null(value, "a case without %s", name);
    return value;
}

// Bytes before the code point `index`.
static uint32_t code_point_offset(const char *text, long long index) {
    const char *at = text;
    for (; index > 0 && *at != '\0'; index--) {
        for (at++; (*at & 0xC0) == 0x80; at++) {
        }
    }
    return (uint32_t)(at - text);
}

static bool masked_as_expected(yajl_val expected, const char *text, const struct sl_mask *spans,
                               uint32_t count) {
    if (count != expected->u.array.len) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        yajl_val span = expected->u.array.values[i];
        long long start = YAJL_GET_INTEGER(span->u.array.values[0]);
        long long end = YAJL_GET_INTEGER(span->u.array.values[1]);
        if (spans[i].start != code_point_offset(text, start) ||
            spans[i].end != code_point_offset(text, end)) {
            return false;
        }
    }
    return true;
}

static bool masks_kind(const struct sl_mask *spans, uint32_t count, enum sl_kind kind) {
    for (uint32_t i = 0; i < count; i++) {
        if (spans[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static void look_at_case(yajl_val object, enum sl_kind kind, struct tally *tally) {
    static struct sl_mask spans[SL_TEST_SPANS_MAX];
    const char *text = YAJL_GET_STRING(field(object, "text", yajl_t_string));
    yajl_val expected = field(object, "spans", yajl_t_array);
    uint32_t count = sl_test_find(sl_test_finder(), text, strlen(text), spans);
    bool right;
    if (expected->u.array.len > 0) {
        right = masked_as_expected(expected, text, spans, count);
        tally->positives++;
        tally->masked += right;
    } else {
        right = !masks_kind(spans, count, kind);
        tally->negatives++;
        tally->kept += right;
    }
    if (!right) {
        printf("  %s\n", YAJL_GET_STRING(field(object, "id", yajl_t_string)));
    }
}

static void look_at_file(const char *name, struct tally *tallies) {
    static char line[LINE_MAX];
    char path[512];
    snprintf(path, sizeof path, FOLDER "/%s", name);
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        yajl_val object = yajl_tree_parse(line, NULL, 0);
        cr_assert_not_null(object, "%s holds a line that is no JSON", name);
        const char *entity = YAJL_GET_STRING(field(object, "entity", yajl_t_string));
        for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
            if (strcmp(entities[i].entity, entity) == 0) {
                look_at_case(object, entities[i].kind, &tallies[entities[i].kind]);
            }
        }
        yajl_tree_free(object);
    }
    fclose(file);
}

static uint32_t permille(uint32_t part, uint32_t whole) {
    return whole == 0 ? 1000 : part * 1000 / whole;
}

static void expect_floors(const char *name, const struct tally *tallies) {
    for (size_t i = 0; i < sizeof floors / sizeof floors[0]; i++) {
        const struct tally *tally = &tallies[floors[i].kind];
        if (strcmp(floors[i].file, name) != 0) {
            continue;
        }
        printf("%-28s %-12s masked exactly %4u of %4u, left alone %3u of %3u\n", name,
               sl_kind_word(floors[i].kind), tally->masked, tally->positives, tally->kept,
               tally->negatives);
        cr_expect_geq((int)permille(tally->masked, tally->positives), floors[i].positives, "%s %s",
                      name, sl_kind_word(floors[i].kind));
        cr_expect_geq((int)permille(tally->kept, tally->negatives), floors[i].negatives, "%s %s",
                      name, sl_kind_word(floors[i].kind));
    }
}

Test(identify_shared, look_at_published_cases_keeps_the_level) {
    static const char *last;
    for (size_t i = 0; i < sizeof floors / sizeof floors[0]; i++) {
        struct tally tallies[SL_KINDS_COUNT] = {0};
        if (last == NULL || strcmp(last, floors[i].file) != 0) {
            last = floors[i].file;
            look_at_file(last, tallies);
            expect_floors(last, tallies);
        }
    }
}

int main(int argc, char *argv[]) {
    if (access(FOLDER, R_OK) != 0) {
        puts("skipped: the shared data is not here");
        return 77;
    }
    struct criterion_test_set *tests = criterion_initialize();
    int status = criterion_handle_args(argc, argv, true) && !criterion_run_all_tests(tests);
    criterion_finalize(tests);
    return status;
}
