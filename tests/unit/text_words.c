// SPDX-License-Identifier: Apache-2.0
//
// Goal: the words view says every writing of the same words in one way, and its map leads back.
// Method: a table; then random bytes against a plain tokenizer, with room to the byte.
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "support/random.h"
#include "text/words.h"

#define ROUNDS_COUNT 20000
#define BYTES_MAX    80

static const char between[] = " ,'\"()/:*&+<>~-";

static void expect_view(const char *folded, const char *expected) {
    unsigned char out[512];
    size_t len = sl_words((const unsigned char *)folded, strlen(folded), out, NULL);
    cr_expect(len == strlen(expected) && memcmp(out, expected, len) == 0, "\"%s\" gives \"%.*s\"",
              folded, (int)len, out);
}

Test(text_words, view_of_any_writing_is_the_words) {
    expect_view("", " ");
    expect_view(" , ", " ");
    expect_view("non funziona", " non funziona ");
    expect_view("non, 'funziona'", " non funziona ");
    expect_view("(non)-funziona!", " non funziona ! ");
    expect_view("cosa?! #rete @tim_it", " cosa ?! # rete @ tim_it ");
    expect_view("aiuto😡😡ora", " aiuto 😡😡 ora ");
    expect_view("3.5 gb", " 3 . 5 gb ");
    expect_view("una frase lunga, piu lunga di un blocco; poi altro",
                " una frase lunga piu lunga di un blocco ; poi altro ");
}

static int class_of(unsigned char byte) {
    bool word = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_';
    return word ? 1 : byte >= 0x80 ? 2 : strchr(between, byte) != NULL ? 0 : 3;
}

// The view, byte by byte: a space, then each token and a space.
static size_t plain_view(const unsigned char *folded, size_t len, unsigned char *out,
                         uint32_t *map) {
    size_t used = 0;
    map[used] = 0;
    out[used++] = ' ';
    for (size_t at = 0; at < len;) {
        int class = class_of(folded[at]);
        if (class == 0) {
            at++;
            continue;
        }
        for (; at < len && class_of(folded[at]) == class; at++) {
            map[used] = (uint32_t)at;
            out[used++] = folded[at];
        }
        map[used] = (uint32_t)at;
        out[used++] = ' ';
    }
    return used;
}

// Like a folded text: no capitals, no controls, no space behind a space.
static size_t random_folded(struct sl_random *random, unsigned char *folded) {
    static const char alphabet[] = "abcz09_  ,,'-!?.#@\xC3\xA8";
    size_t len = sl_random_below(random, BYTES_MAX + 1);
    bool mostly_words = sl_random_below(random, 2) == 0;
    for (size_t i = 0; i < len; i++) {
        folded[i] = (unsigned char)
            alphabet[sl_random_below(random, mostly_words ? 9 : sizeof alphabet - 1)];
        if (folded[i] == ' ' && i > 0 && folded[i - 1] == ' ') {
            folded[i] = 'e';
        }
    }
    return len;
}

Test(text_words, view_of_random_bytes_is_that_of_a_plain_tokenizer) {
    struct sl_random random = {sl_random_seed()};
    for (size_t round = 0; round < ROUNDS_COUNT; round++) {
        unsigned char folded[BYTES_MAX], expected[SL_WORDS_BYTES(BYTES_MAX)];
        uint32_t expected_map[SL_WORDS_BYTES(BYTES_MAX)];
        size_t len = random_folded(&random, folded);
        size_t expected_len = plain_view(folded, len, expected, expected_map);
        // Exact sizes, so that a sanitizer sees a byte too far.
        unsigned char *exact = malloc(len + 1), *out = malloc(SL_WORDS_BYTES(len));
        uint32_t *map = malloc(SL_WORDS_BYTES(len) * sizeof *map);
        memcpy(exact, folded, len);
        size_t out_len = sl_words(exact, len, out, map);
        cr_assert_eq(out_len, expected_len);
        cr_assert_arr_eq(out, expected, out_len);
        for (size_t i = 0; i < out_len; i++) {
            cr_assert(out[i] == ' ' || map[i] == expected_map[i]);
            cr_assert(i == 0 || map[i - 1] <= map[i]);
        }
        cr_assert_eq(sl_words(exact, len, out, NULL), expected_len);
        cr_assert_arr_eq(out, expected, out_len);
        free(exact);
        free(out);
        free(map);
    }
}
