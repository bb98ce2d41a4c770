// SPDX-License-Identifier: Apache-2.0
//
// Goal: no bytes whatever make the finder break a promise of identify/finder.h; and any valid
// identifier, wrapped in any composition of disguises, in any context, is masked.
// Method: libFuzzer. The first eight bytes seed an identifier of some kind and its disguises
// (support/identifiers.c, support/disguises.c), the rest is the context before and behind it. What
// carries its own proof stands right in the context. What needs a cue, or has been disguised past
// what its kind promises without one, has its cue, and a sentence on either side that keeps the
// context's cues against it out of reach.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "identify/finder.h"
#include "support/disguises.h"
#include "support/identifiers.h"

#define CONTEXT_MAX 2048
#define TEXT_MAX    (2 * CONTEXT_MAX + SL_TEST_DISGUISED_MAX)

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
    static unsigned char bytes[TEXT_MAX * SL_FOLD_GROWTH];
    static uint32_t map[TEXT_MAX * SL_FOLD_GROWTH + 1];
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

// Kinds that a context of other numbers and cues against them cannot make doubtful.
static bool proves_itself(enum sl_kind kind) {
    return kind == SL_KIND_IBAN || kind == SL_KIND_FISCAL_CODE || kind == SL_KIND_EMAIL;
}

// Writes the identifier with what stands round it; returns where it begins.
static size_t wrap(struct sl_random *random, char *wrapped, size_t *ret_end) {
    enum sl_kind kind = (enum sl_kind)sl_random_below(random, SL_KINDS_COUNT);
    char plain[SL_TEST_IDENTIFIER_MAX], identifier[SL_TEST_DISGUISED_MAX];
    char cue[SL_TEST_CUE_MAX] = "";
    const char *fence = "!";
    uint32_t used = 0;
    if (sl_random_below(random, 4) == 0) {
        sl_random_identifier(random, kind, identifier);
        strcpy(plain, identifier);
    } else {
        sl_random_plain_identifier(random, kind, plain);
        used = sl_random_disguise(random, plain, sl_disguises_of(kind, plain), identifier);
    }
    if (!proves_itself(kind)) {
        fence = " eccoci qua, buona giornata a chiunque legga questo messaggio! ";
    }
    // A check proves nothing where a letter may be a digit, is a word, or is of another script and
    // apart.
    bool doubtful = (used & (SL_DISGUISE_LETTERS | SL_DISGUISE_SPELLED)) != 0 ||
                    ((used & SL_DISGUISE_LOOKALIKES) != 0 && (used & SL_DISGUISE_SEPARATORS) != 0);
    if (sl_identifier_needs_cue(kind, plain) || doubtful || (!proves_itself(kind) && used != 0)) {
        sl_random_cue(random, kind, plain, cue);
    }
    size_t start = (size_t)sprintf(wrapped, "%s%s", fence, cue);
    *ret_end = start + strlen(identifier);
    // A password or a token goes on to the next white space, another value may not.
    bool wide = kind == SL_KIND_PASSWORD || kind == SL_KIND_URL_TOKEN;
    sprintf(wrapped + start, "%s%s%s", identifier, wide ? "\n" : "!", fence);
    return start;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static char text[TEXT_MAX], wrapped[SL_TEST_DISGUISED_MAX + 512];
    struct sl_folded folded;
    struct sl_random random;
    if (size < sizeof random || size > CONTEXT_MAX) {
        return 0;
    }
    memcpy(&random, data, sizeof random);
    look((const char *)data, size, &folded);
    size_t start, end;
    start = wrap(&random, wrapped, &end);
    size_t context = size - sizeof random;
    size_t before = sl_random_below(&random, context + 1), len = strlen(wrapped);
    memcpy(text, data + sizeof random, before);
    memcpy(text + before, wrapped, len);
    memcpy(text + before + len, data + sizeof random + before, context - before);
    struct sl_found found = look(text, context + len, &folded);
    if (!masked(&found, &folded, before + start, before + end)) {
        fprintf(stderr, "not masked whole: %.*s\n", (int)len, wrapped);
        stop_unless(false, "any valid identifier, in any disguise, in any context, is masked");
    }
    return 0;
}
