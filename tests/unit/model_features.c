// SPDX-License-Identifier: Apache-2.0
//
// Goal: what must not be learned leaves no trace in the features, and everything else does.
// Method: pairs of texts that differ only in a mention, an address, a number or a refused name must
// have the same features; pairs that differ in a word must not. Places of tokens and the bounds of
// long texts are looked at one by one.
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "support/model_files.h"
#include "text/words.h"

static struct sl_features one, other;

static bool same(void) {
    return one.count == other.count && one.words_count == other.words_count &&
           memcmp(one.hashes, other.hashes, one.count * sizeof one.hashes[0]) == 0;
}

Test(model_features, read_hiddenThings_changeNothing) {
    static const char *const pairs[][2] = {
        {"non va @acme_it da ieri", "non va @other-operator.it da ieri"},
        {"vedi https://example.org/a?b=c#d qui", "vedi http://t.example/zzz qui"},
        {"www.example.org non va", "www.other.example non va"},
        {"scrivo a example.com oggi", "scrivo a another.com oggi"},
        {"chiamate il 3331234567 subito", "chiamate il 99 subito"},
        {"pratica ab12cd34 aperta", "pratica 7 aperta"},
        {"due @uno @due insieme", "due @tre @quattro insieme"},
        {"@uno", "@due"},
        {"https://example.org/", "ftp://example.net/x/y"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        sl_test_features(pairs[i][0], NULL, &one);
        sl_test_features(pairs[i][1], NULL, &other);
        cr_expect(same(), "%s", pairs[i][0]);
        cr_expect_gt(one.count, 0);
    }
}

Test(model_features, read_otherWords_changeThem) {
    static const char *const pairs[][2] = {
        {"non va internet", "non va il modem"}, {"non va", "va non"},       {"non va", "non va!"},
        {"@acme non va", "acme non va"},        {"3 giorni", "tre giorni"}, {"", "a"},
        {"fatto. it is", "fatto it is"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        sl_test_features(pairs[i][0], NULL, &one);
        sl_test_features(pairs[i][1], NULL, &other);
        cr_expect_not(same(), "%s", pairs[i][0]);
    }
}

static struct sl_refusals refuse(struct sl_refusal *list, const char *const *names,
                                 uint32_t count) {
    struct sl_refusals refusals;
    for (uint32_t i = 0; i < count; i++) {
        cr_assert(sl_refusal_from((const unsigned char *)names[i], strlen(names[i]), &list[i]));
    }
    sl_refusals_init(&refusals, list, count);
    return refusals;
}

Test(model_features, read_refusedNames_changeNothing) {
    static const char *const names[] = {"acme", "acme mobile", "other operator", "acme", "zeta"};
    struct sl_refusal list[5];
    struct sl_refusals refusals = refuse(list, names, 5);
    cr_expect_eq(refusals.count, 4, "what stands twice is one");
    sl_test_features("con acme non va", &refusals, &one);
    sl_test_features("con zeta non va", &refusals, &other);
    cr_expect(same());
    sl_test_features("con acme mobile non va", &refusals, &one);
    sl_test_features("con other operator non va", &refusals, &other);
    cr_expect(same(), "names of two words");
    sl_test_features("con #acme-mobile non va", &refusals, &one);
    sl_test_features("con # other, operator non va", &refusals, &other);
    cr_expect(same(), "signs between are gone");
    sl_test_features("con other non va", &refusals, &one);
    cr_expect_eq(one.tokens[1].veil, 0, "half a name is none");
}

Test(model_features, refusal_ofNothing_isNone) {
    struct sl_refusal refusal;
    static const char *const none[] = {
        "", " ", ",", "3", "42 degrees", "one two three four five six seven eight nine"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        cr_expect_not(sl_refusal_from((const unsigned char *)none[i], strlen(none[i]), &refusal),
                      "%s", none[i]);
    }
}

Test(model_features, read_text_tokensAreWords) {
    sl_test_features("non mi va, da 2 giorni", NULL, &one);
    static const uint32_t lens[] = {3, 2, 2, 2, 1, 6};
    cr_assert_eq(one.tokens_count, 6);
    for (uint32_t i = 0; i < 6; i++) {
        cr_expect_eq(one.tokens[i].end - one.tokens[i].start, lens[i]);
        cr_expect_eq(one.tokens[i].veil, i == 4 ? SL_VEIL_NUMBER : 0);
    }
    cr_expect_eq(one.words_count, 11);
    // " non mi va da " and " giorni ": every run of four within.
    cr_expect_eq(one.count, 11 + (14 - 3) + (8 - 3));
}

Test(model_features, read_longWords_differInEveryByte) {
    char word[65];
    memset(word, 'a', 64);
    word[64] = '\0';
    sl_test_features(word, NULL, &one);
    for (size_t i = 0; i < 64; i++) {
        word[i] = 'b';
        sl_test_features(word, NULL, &other);
        cr_expect_neq(one.hashes[0], other.hashes[0], "byte %zu", i);
        word[i] = '7';
        sl_test_features(word, NULL, &other);
        cr_expect_eq(other.tokens[0].veil, SL_VEIL_NUMBER, "byte %zu", i);
        word[i] = 'a';
    }
}

// The densest text there is: a token every two bytes.
Test(model_features, read_longestText_staysInBounds) {
    size_t len = 1u << 16;
    unsigned char *view = malloc(len + SL_FEATURES_PAD_BYTES);
    struct sl_refusals none = {0};
    for (size_t i = 0; i < len; i++) {
        view[i] = i % 2 == 0 ? ' ' : 'a';
    }
    sl_features_read(view, len, &none, &one);
    cr_expect_leq(one.tokens_count, SL_FEATURES_TOKENS_MAX);
    cr_expect_geq(one.tokens_count, SL_FEATURES_TOKENS_MAX - 1);
    memset(view, 'a', len);
    view[0] = view[len - 1] = ' ';
    sl_features_read(view, len, &none, &one);
    cr_expect_eq(one.tokens_count, 0, "a word that does not end in time is none");
    free(view);
}
