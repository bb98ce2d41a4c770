// SPDX-License-Identifier: Apache-2.0
//
// Goal: no bytes whatever make the finder break a promise of identify/finder.h, and identifiers
// that carry their own proof (IBAN, codice fiscale, e-mail) are masked whole in any context.
// Method: libFuzzer; the first eight bytes seed an identifier, the rest is the context before and
// behind it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "identify/finder.h"
#include "support/identifiers.h"

#define CONTEXT_MAX 4096

static struct sl_finder *finder;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void stop_unless(bool kept, const char *promise) {
    if (!kept) {
        fprintf(stderr, "not kept: %s\n", promise);
        abort();
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    struct sl_error error = {0};
    struct sl_pack pack = {0};
    for (int kind = 0; kind < SL_KINDS_COUNT; kind++) {
        pack.identifiers[kind].on = true;
    }
    stop_unless(sl_fold_init(&error) == SL_OK, error.text);
    stop_unless(sl_finder_open(&pack, &error, &finder) == SL_OK, error.text);
    return 0;
}

static struct sl_found look(const char *text, size_t len, struct sl_folded *folded) {
    static unsigned char bytes[2 * CONTEXT_MAX * SL_FOLD_GROWTH];
    static uint32_t map[2 * CONTEXT_MAX * SL_FOLD_GROWTH + 1];
    stop_unless(sl_fold(text, len, bytes, sizeof bytes, map, sizeof map / sizeof map[0], folded) !=
                    SL_FOLD_NO_ROOM,
                "the text folds");
    struct sl_found found = sl_finder_look(finder, text, folded);
    for (uint32_t i = 0; i < found.spans_count; i++) {
        const struct sl_candidate *span = &found.spans[i];
        stop_unless(span->start < span->end && span->end <= folded->len, "spans are in bounds");
        stop_unless(i == 0 || span->start > found.spans[i - 1].end, "spans are apart, in order");
    }
    return found;
}

static bool masked(const struct sl_found *found, const struct sl_folded *folded, size_t start,
                   size_t end) {
    for (uint32_t i = 0; i < found->spans_count; i++) {
        uint32_t from, to;
        sl_fold_original_range(folded, found->spans[i].start, found->spans[i].end, &from, &to);
        if (from <= start && to >= end) {
            return true;
        }
    }
    return found->overflow;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const enum sl_kind proven[] = {SL_KIND_IBAN, SL_KIND_FISCAL_CODE, SL_KIND_EMAIL};
    char text[2 * CONTEXT_MAX];
    char identifier[SL_TEST_IDENTIFIER_MAX];
    struct sl_folded folded;
    struct sl_random random;
    if (size < sizeof random || size > CONTEXT_MAX) {
        return 0;
    }
    memcpy(&random, data, sizeof random);
    look((const char *)data, size, &folded);
    sl_random_identifier(&random, proven[sl_random_below(&random, 3)], identifier);
    size_t before = sizeof random + sl_random_below(&random, size - sizeof random + 1);
    // The signs keep the context's letters and marks from becoming the identifier's.
    size_t start = before - sizeof random + 1;
    size_t end = start + strlen(identifier);
    int len = snprintf(text, sizeof text, "%*s!%s!", (int)(before - sizeof random), "", identifier);
    memcpy(text, data + sizeof random, before - sizeof random);
    memcpy(text + len, data + before, size - before);
    struct sl_found found = look(text, (size_t)len + size - before, &folded);
    stop_unless(masked(&found, &folded, start, end), "what carries its proof is masked");
    return 0;
}
