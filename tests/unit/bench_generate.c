// SPDX-License-Identifier: Apache-2.0
//
// Goal: figures of today can be held against figures of another day: generated posts are the same
// for the same seed, are posts, and have the mix that was asked for.
// Method: some thousand posts, decoded by the stage's own decoder and counted; a fixed hash of the
// first ones.
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "bench/generate.h"
#include "post/post.h"

#define POSTS_COUNT 20000

static char post_bytes[SL_GENERATOR_POST_MAX_BYTES + SL_POST_PADDING_BYTES];

static struct sl_generator *open_generator(const struct sl_generator_mix *mix) {
    struct sl_error error = {0};
    struct sl_generator *generator;
    cr_assert_eq(sl_generator_open(mix, &error, &generator), SL_OK, "%s", error.text);
    return generator;
}

static uint64_t hash_of_posts(uint64_t seed, uint64_t first, uint64_t count) {
    struct sl_generator_mix mix = sl_generator_mix_default();
    mix.seed = seed;
    struct sl_generator *generator = open_generator(&mix);
    uint64_t chain[2] = {0};
    for (uint64_t i = first; i < first + count; i++) {
        chain[1] = sl_hash64(post_bytes, sl_generator_write(generator, i, post_bytes));
        chain[0] = sl_hash64(chain, sizeof chain);
    }
    sl_generator_close(generator);
    return chain[0];
}

Test(bench, generate_same_seed_gives_same_posts) {
    cr_assert_eq(hash_of_posts(7, 0, 500), hash_of_posts(7, 0, 500));
    cr_assert_neq(hash_of_posts(7, 0, 500), hash_of_posts(8, 0, 500));
}

Test(bench, generate_post_depends_on_its_number_alone) {
    struct sl_generator_mix mix = sl_generator_mix_default();
    struct sl_generator *generator = open_generator(&mix);
    static char alone[SL_GENERATOR_POST_MAX_BYTES];
    size_t alone_len = sl_generator_write(generator, 4321, alone), len = 0;
    for (uint64_t i = 0; i <= 4321; i++) {
        len = sl_generator_write(generator, i, post_bytes);
    }
    cr_assert_eq(len, alone_len);
    cr_assert_arr_eq(post_bytes, alone, len);
    sl_generator_close(generator);
}

// When this fails, figures from before and after cannot be compared: change the hash knowingly.
Test(bench, generate_default_mix_stays_what_it_was) {
    cr_assert_eq(hash_of_posts(1, 0, 2000), UINT64_C(0xbe02060f5036b518), "it is %016llx now",
                 (unsigned long long)hash_of_posts(1, 0, 2000));
}

struct counts {
    size_t json_bytes, text_bytes, italian, suspect, escaped, beyond_ascii, urls;
};

static bool is_suspect(struct sl_str text) {
    for (size_t i = 0; i < text.len; i++) {
        bool digits = i > 0 && text.data[i] >= '0' && text.data[i] <= '9' &&
                      text.data[i - 1] >= '0' && text.data[i - 1] <= '9';
        if (digits || text.data[i] == '@') {
            return true;
        }
    }
    return false;
}

static void count_post(struct sl_post_decoder *decoder, size_t len, struct counts *counts) {
    struct sl_post post;
    sl_post_decoder_reset(decoder);
    cr_assert_eq(post_bytes[len - 1], '\n');
    enum sl_post_fault fault = sl_post_decode(decoder, post_bytes, len - 1, &post);
    cr_assert_eq(fault, SL_POST_OK, "%s: %.*s", sl_post_fault_word(fault), (int)len, post_bytes);
    cr_assert_not(post.repaired);
    counts->json_bytes += len;
    counts->text_bytes += post.text.len;
    counts->italian += sl_str_equal(post.lang, SL_STR("it"));
    counts->suspect += is_suspect(post.text);
    counts->urls += post.url.data != NULL;
    counts->escaped += memchr(post_bytes, '\\', len) != NULL;
    for (size_t i = 0; i < post.text.len; i++) {
        if ((unsigned char)post.text.data[i] >= 0x80) {
            counts->beyond_ascii++;
            break;
        }
    }
}

static struct counts count_posts(const struct sl_generator_mix *mix) {
    struct sl_error error = {0};
    struct sl_post_decoder *decoder;
    struct counts counts = {0};
    struct sl_generator *generator = open_generator(mix);
    cr_assert_eq(sl_post_decoder_open(&error, &decoder), SL_OK, "%s", error.text);
    for (uint64_t i = 0; i < POSTS_COUNT; i++) {
        count_post(decoder, sl_generator_write(generator, i, post_bytes), &counts);
    }
    sl_post_decoder_close(decoder);
    sl_generator_close(generator);
    return counts;
}

static void expect_about(const char *what, size_t count, double wanted, double slack) {
    double found = (double)count / POSTS_COUNT;
    cr_expect(found > wanted - slack && found < wanted + slack, "%s: wanted %.3f, found %.3f", what,
              wanted, found);
}

Test(bench, generate_default_mix_has_its_shares) {
    struct sl_generator_mix mix = sl_generator_mix_default();
    struct counts counts = count_posts(&mix);
    expect_about("bytes of JSON", counts.json_bytes, 445, 10);
    expect_about("bytes of text", counts.text_bytes, 140, 5);
    expect_about("Italian", counts.italian, 0.7, 0.01);
    expect_about("with '@' or two digits", counts.suspect, 0.175, 0.01);
    expect_about("with escapes", counts.escaped, 0.1, 0.01);
    expect_about("beyond ASCII", counts.beyond_ascii, 0.38, 0.05);
    expect_about("with an address", counts.urls, 0.25, 0.01);
}

Test(bench, generate_shares_of_zero_and_one_are_exact) {
    struct sl_generator_mix mix = sl_generator_mix_default();
    mix.italian = 1;
    mix.identifiers = mix.numbers = mix.escapes = mix.urls = 0;
    struct counts counts = count_posts(&mix);
    expect_about("Italian", counts.italian, 1, 1e-9);
    expect_about("with '@' or two digits", counts.suspect, 0, 1e-9);
    expect_about("with escapes", counts.escaped, 0, 1e-9);
    expect_about("with an address", counts.urls, 0, 1e-9);
    mix.identifiers = 1;
    mix.escapes = 1;
    counts = count_posts(&mix);
    expect_about("with '@' or two digits", counts.suspect, 1, 0.003); // a fiscal code may have none
    expect_about("with escapes", counts.escaped, 1, 1e-9);
}

Test(bench, generate_longest_texts_fit) {
    struct sl_generator_mix mix = sl_generator_mix_default();
    mix.length_mean = SL_GENERATOR_LENGTH_MAX;
    mix.escapes = 1;
    struct counts counts = count_posts(&mix);
    expect_about("bytes of text", counts.text_bytes, 1000, 60);
}
