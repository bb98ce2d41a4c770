// SPDX-License-Identifier: Apache-2.0
//
// Goal: what stands in place of an identifier shows no more than its operator promises, tokens are
// the same for the same value and for no other, and masking twice changes nothing.
// Method: whole texts through judges on packs with one operator each; a generator wraps values in
// sentences and checks the promise of every operator on what comes out, from a seed that it prints
// (SL_SEED takes it back).
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/internal.h"
#include "engine/key.h"
#include "engine/operators.h"
#include "support/engine_pack.h"
#include "text/fold.h"

#define PATTERNS "  - {id: fault, weight: 3.0, phrases: [guasto]}\n"

static struct sl_masking_options masking;
static struct sl_engine *engine;
static struct sl_judge *judge;
static char key_path[] = "/tmp/sluice-key-XXXXXX";

static void write_key(const void *bytes, size_t len, mode_t mode) {
    strcpy(key_path, "/tmp/sluice-key-XXXXXX");
    int fd = mkstemp(key_path);
    cr_assert(fd >= 0);
    cr_assert_eq(write(fd, bytes, len), (ssize_t)len);
    cr_assert_eq(fchmod(fd, mode), 0);
    close(fd);
}

static void open_engine(void) {
    struct sl_error error = {0};
    struct sl_engine_options options = {.cache_dir = "", .masking = &masking};
    cr_assert_eq(sl_fold_init(&error), SL_OK);
    cr_assert_eq(sl_engine_open_pack(sl_test_pack_load(PATTERNS), &options, &error, &engine), SL_OK,
                 "%s", error.text);
    judge = sl_test_judge_open(engine);
}

static void close_engine(void) {
    sl_judge_close(judge);
    sl_engine_close(engine);
    masking = (struct sl_masking_options){0};
}

static void ask_for(enum sl_operator which) {
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        bool secret = which == SL_OPERATOR_LAST4 && sl_pack_is_secret(kind);
        masking.operators[kind] = (uint8_t)(1 + (secret ? SL_OPERATOR_STARS : which));
    }
    if (which == SL_OPERATOR_TOKEN) {
        write_key("an example of thirty-two letters", 32, 0600);
        masking.key_path = key_path;
    }
}

static void open_with(enum sl_operator which) {
    ask_for(which);
    open_engine();
    unlink(key_path);
}

static void expect_masked(const char *text, const char *expected) {
    const struct sl_verdict *verdict = sl_test_judge(judge, text);
    cr_expect(verdict->masked.len == strlen(expected) &&
                  memcmp(verdict->masked.data, expected, verdict->masked.len) == 0,
              "'%.*s' instead of '%s'", (int)verdict->masked.len, verdict->masked.data, expected);
}

Test(engine_operators, label_in_italian_on_request) {
    masking.labels = SL_LABELS_ITALIAN;
    open_with(SL_OPERATOR_LABEL);
    expect_masked("tel 348 7654321", "tel [TELEFONO]");
    expect_masked("piva 07643520567", "piva [PARTITA_IVA]");
    close_engine();
}

Test(engine_operators, stars_are_as_many_as_characters_or_as_told) {
    open_with(SL_OPERATOR_STARS);
    expect_masked("tel ３４８ 7654321 è mio", "tel *********** è mio");
    close_engine();
    masking.stars_count = 5;
    open_with(SL_OPERATOR_STARS);
    expect_masked("tel 348 7654321 e carla.neri@example.org", "tel ***** e *****");
    close_engine();
}

Test(engine_operators, last4_shows_the_last_four_characters) {
    open_with(SL_OPERATOR_LAST4);
    expect_masked("tel +39 348-765 43 21.", "tel ********4321.");
    expect_masked("iban DE89 3704 0044 0532 0130 00", "iban ******************3000");
    close_engine();
}

Test(engine_operators, last4_of_few_characters_shows_none) {
    open_with(SL_OPERATOR_LAST4);
    expect_masked("tel 06 12345", "tel ********");
    close_engine();
}

Test(engine_operators, last4_beside_a_kind_that_hides_is_a_label) {
    static const struct sl_span span = {.start = 4,
                                        .end = 14,
                                        .kind = SL_KIND_PHONE,
                                        .kinds = 1u << SL_KIND_PHONE | 1u << SL_KIND_IBAN,
                                        .characters_min = 10,
                                        .value = (const unsigned char *)"3487654321",
                                        .value_len = 10};
    struct sl_operators operators = {.of[SL_KIND_PHONE] = SL_OPERATOR_LAST4};
    struct sl_replaced replaced = {.kind = span.kind,
                                   .kinds = span.kinds,
                                   .characters_min = span.characters_min,
                                   .value = span.value,
                                   .value_len = span.value_len,
                                   .code_points = 10};
    char out[SL_REPLACEMENT_BYTES_MAX + 1];
    *sl_operators_put(&operators, &replaced, out) = '\0';
    cr_expect_str_eq(out, "[PHONE]");
    operators.of[SL_KIND_IBAN] = SL_OPERATOR_LAST4;
    *sl_operators_put(&operators, &replaced, out) = '\0';
    cr_expect_str_eq(out, "******4321");
    replaced.characters_min = 7;
    *sl_operators_put(&operators, &replaced, out) = '\0';
    cr_expect_str_eq(out, "**********", "the other one is short");
}

Test(engine_operators, drop_leaves_nothing_and_an_empty_mask) {
    open_with(SL_OPERATOR_DROP);
    const struct sl_verdict *verdict = sl_test_judge(judge, "scrivi a carla.neri@example.org ora");
    cr_assert_eq(verdict->masked.len, strlen("scrivi a  ora"));
    cr_assert_eq(verdict->masks_count, 1);
    cr_expect(verdict->masks[0].start == 9 && verdict->masks[0].end == 9);
    cr_expect(verdict->originals[0].start == 9 && verdict->originals[0].end == 31);
    close_engine();
}

// Without the address, what stands on its sides would be a telephone number.
Test(engine_operators, drop_that_would_make_an_identifier_leaves_the_label) {
    open_with(SL_OPERATOR_DROP);
    expect_masked("348 carla.neri@example.org 7654321", "348 [EMAIL] 7654321");
    close_engine();
}

Test(engine_operators, keep_is_found_and_left) {
    masking.operators[SL_KIND_PHONE] = 1 + SL_OPERATOR_KEEP;
    open_engine();
    const struct sl_verdict *verdict =
        sl_test_judge(judge, "tel 348 7654321, carla.neri@example.org");
    cr_expect_eq(verdict->masks_count, 1);
    cr_assert_eq(verdict->kept_count, 1);
    cr_expect(verdict->kept[0].start == 4 && verdict->kept[0].end == 15);
    expect_masked("tel 348 7654321, carla.neri@example.org", "tel 348 7654321, [EMAIL]");
    close_engine();
}

// The number inside the address is kept as a number, and masked as a part of the address.
Test(engine_operators, keep_of_one_kind_does_not_show_what_another_masks) {
    masking.operators[SL_KIND_PHONE] = 1 + SL_OPERATOR_KEEP;
    open_engine();
    expect_masked("tel 3487654321@example.org", "tel [EMAIL]");
    close_engine();
}

Test(engine_operators, keep_is_explained) {
    struct sl_error error = {0};
    const struct sl_explanation *explanation;
    masking.operators[SL_KIND_PHONE] = 1 + SL_OPERATOR_KEEP;
    open_engine();
    struct sl_text text = sl_test_text("tel 348 7654321");
    cr_assert_eq(sl_judge_explain(judge, text, &error, &explanation), SL_OK);
    cr_assert_eq(explanation->identifiers_count, 1);
    cr_expect(explanation->identifiers[0].kept);
    cr_expect_not(explanation->identifiers[0].masked);
    close_engine();
}

// Tokens.

// The one token in the masked text, with its brackets.
static const char *token_of(const char *text) {
    static char token[128];
    const struct sl_verdict *verdict = sl_test_judge(judge, text);
    cr_assert_eq(verdict->masks_count, 1, "%s", text);
    size_t len = verdict->masks[0].end - verdict->masks[0].start;
    cr_assert_lt(len, sizeof token);
    memcpy(token, verdict->masked.data + verdict->masks[0].start, len);
    token[len] = '\0';
    return token;
}

Test(engine_operators, token_is_the_same_however_the_value_is_written) {
    static const char *const ways[] = {
        "tel +39 348 7654321", "cell 0039-348-7654321", "tel ３４８７６５４３２１",
        "tel 348.76.54.321",   "tel (+39)3487654321",
    };
    open_with(SL_OPERATOR_TOKEN);
    char first[128];
    strcpy(first, token_of("tel 348 7654321"));
    cr_expect_eq(strncmp(first, "[PHONE:k1:", 10), 0);
    cr_expect_eq(strlen(first), 10 + SL_TOKEN_LETTERS + 1);
    cr_expect_eq(strspn(first + 10, "cdfhjkmnprtuvwxy"), SL_TOKEN_LETTERS);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        cr_expect_str_eq(token_of(ways[i]), first, "%s", ways[i]);
    }
    cr_expect_str_neq(token_of("tel 348 7654322"), first);
    close_engine();
}

Test(engine_operators, token_depends_on_kind_and_key) {
    struct sl_operators operators = {.key = "one key of thirty-two letters, o", .key_id = "a"};
    char first[128], second[128];
    struct sl_replaced replaced = {
        .kind = SL_KIND_ICCID, .value = (const unsigned char *)"894412345", .value_len = 9};
    memset(operators.of, 0, sizeof operators.of);
    operators.of[SL_KIND_ICCID] = operators.of[SL_KIND_IMEI] = SL_OPERATOR_TOKEN;
    *sl_operators_put(&operators, &replaced, first) = '\0';
    cr_expect_eq(strncmp(first, "[ICCID:a:", 9), 0);
    replaced.kind = SL_KIND_IMEI;
    *sl_operators_put(&operators, &replaced, second) = '\0';
    cr_expect_str_neq(first + 9, second + 8, "a domain for each kind");
    replaced.kind = SL_KIND_ICCID;
    operators.key[0] ^= 1;
    *sl_operators_put(&operators, &replaced, second) = '\0';
    cr_expect_str_neq(first, second);
    operators.key[0] ^= 1;
    *sl_operators_put(&operators, &replaced, second) = '\0';
    cr_expect_str_eq(first, second);
}

Test(engine_operators, key_is_read_as_bytes_or_digits) {
    static const char hex[] =
        "000102030405060708090a0B0c0d0e0F101112131415161718191a1b1c1d1e1f\r\n";
    struct sl_error error = {0};
    uint8_t key[SL_KEYED_KEY_BYTES];
    write_key(hex, 64, 0640);
    cr_assert_eq(sl_key_load(key_path, &error, key), SL_OK, "%s", error.text);
    unlink(key_path);
    write_key(hex, 66, 0400);
    cr_assert_eq(sl_key_load(key_path, &error, key), SL_OK, "%s", error.text);
    unlink(key_path);
    for (int i = 0; i < SL_KEYED_KEY_BYTES; i++) {
        cr_expect_eq(key[i], i);
    }
    write_key(key, sizeof key, 0600);
    uint8_t again[SL_KEYED_KEY_BYTES];
    cr_assert_eq(sl_key_load(key_path, &error, again), SL_OK, "%s", error.text);
    cr_expect_arr_eq(key, again, sizeof key);
    unlink(key_path);
}

Test(engine_operators, key_that_is_wrong_is_refused_and_not_shown) {
    static const char text[67] =
        "0123456789012345678901234567890123456789012345678901234567890123xy";
    static const struct {
        size_t len;
        mode_t mode;
        const char *says;
    } cases[] = {
        {0, 0600, "an empty file"},   {31, 0600, "something else"}, {33, 0600, "something else"},
        {63, 0600, "something else"}, {66, 0600, "something else"}, {64, 0644, "mode 0644"},
        {64, 0660, "chmod 600"},      {64, 0604, "nobody else"},
    };
    uint8_t key[SL_KEYED_KEY_BYTES];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sl_error error = {0};
        write_key(text, cases[i].len, cases[i].mode);
        cr_expect_eq(sl_key_load(key_path, &error, key), SL_FAILED, "case %zu", i);
        cr_expect_not_null(strstr(error.text, cases[i].says), "%s", error.text);
        cr_expect_null(strstr(error.text, "01234567"), "%s", error.text);
        unlink(key_path);
    }
    struct sl_error error = {0};
    cr_expect_eq(sl_key_load(key_path, &error, key), SL_FAILED);
    cr_expect_not_null(strstr(error.text, "cannot open the key: No such file"), "%s", error.text);
    memset(key, 7, sizeof key);
    write_key(key, sizeof key, 0600);
    cr_expect_eq(sl_key_load(key_path, &error, key), SL_FAILED);
    unlink(key_path);
}

Test(engine_operators, token_without_a_key_is_refused) {
    struct sl_error error = {0};
    struct sl_engine_options options = {.cache_dir = "", .masking = &masking};
    cr_assert_eq(sl_fold_init(&error), SL_OK);
    masking.operators[SL_KIND_PHONE] = 1 + SL_OPERATOR_TOKEN;
    cr_assert_eq(sl_engine_open_pack(sl_test_pack_load(PATTERNS), &options, &error, &engine),
                 SL_FAILED);
    cr_expect_not_null(strstr(error.text, "token needs a key"), "%s", error.text);
}

// The promise of every operator.

static uint64_t random_state;

static uint32_t pick(uint32_t below) {
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random_state >> 33) % below;
}

#define DIGITS_MAX 16

static const char *const befores[] = {"tel ",         "chiamatemi al ", "il mio numero: ", "",
                                      "cell.",        "non va nulla, ", "scrivete a ",     "carta ",
                                      "[PHONE] tel ", "ordine 12, tel "};
static const char *const betweens[] = {" oppure ", " e ", ", ", "/", " tel ", "\t", " - "};
static const char *const afters[] = {"", ".", " grazie", " entro 24 ore", " [EMAIL]", "\r"};

// A value, and its digits, which tell who it is.
static void make_value(char *value, char *digits) {
    static const char *const separators[] = {"", "", " ", "-", ".", "/"};
    const char *separator = separators[pick(6)];
    snprintf(digits, DIGITS_MAX, "34%u%07u", pick(10), pick(10000000));
    if (pick(3) == 0) {
        sprintf(value, "u%s@example.org", digits);
    } else {
        sprintf(value, "%s%.3s%s%s", pick(2) == 0 ? "+39 " : "", digits, separator, digits + 3);
    }
}

static void expect_promise(enum sl_operator which, const struct sl_verdict *verdict,
                           const char *digits) {
    char squeezed[512];
    size_t len = 0;
    for (size_t i = 0; i < verdict->masked.len; i++) {
        char c = verdict->masked.data[i];
        if (strchr(" -./", c) == NULL) { // what may part the digits of a value
            squeezed[len++] = c;
        }
    }
    squeezed[len] = '\0';
    // Five digits in a row are more than any operator shows.
    for (size_t i = 0; i + 5 <= strlen(digits) && which != SL_OPERATOR_KEEP; i++) {
        char five[6] = {0};
        memcpy(five, digits + i, 5);
        cr_assert_null(strstr(squeezed, five), "%s shows '%.*s'", sl_operator_word(which),
                       (int)verdict->masked.len, verdict->masked.data);
    }
}

Test(engine_operators, every_operator_keeps_its_promise_and_masking_twice_changes_nothing) {
    const char *asked = getenv("SL_SEED");
    uint64_t seed = asked != NULL ? strtoull(asked, NULL, 10) : (uint64_t)getpid();
    fprintf(stderr, "seed %llu (SL_SEED)\n", (unsigned long long)seed);
    for (unsigned i = 0; i < SL_OPERATORS_COUNT; i++) {
        enum sl_operator which = (enum sl_operator)i;
        random_state = seed;
        open_with(which);
        for (int round = 0; round < 3000; round++) {
            char one[64], two[64], text[512], masked[512];
            char digits_one[DIGITS_MAX], digits_two[DIGITS_MAX];
            make_value(one, digits_one);
            make_value(two, digits_two);
            sprintf(text, "%s%s%s%s%s", befores[pick(10)], one, betweens[pick(7)], two,
                    afters[pick(6)]);
            const struct sl_verdict *verdict = sl_test_judge(judge, text);
            cr_assert_eq(verdict->outcome, SL_JUDGED);
            if (verdict->masks_count == 2) {
                expect_promise(which, verdict, digits_one);
                expect_promise(which, verdict, digits_two);
            }
            size_t len = verdict->masked.len;
            bool settled = verdict->masks_count == 0 || which != SL_OPERATOR_LABEL;
            memcpy(masked, verdict->masked.data, len);
            struct sl_text again = {.data = masked, .len = len};
            verdict = sl_judge_texts(judge, &again, 1);
            cr_assert(!settled || (verdict->masked.len == len &&
                                   memcmp(verdict->masked.data, masked, len) == 0),
                      "%s: twice differs: '%.*s'", sl_operator_word(which), (int)len, masked);
        }
        close_engine();
    }
}

// Allow lists while judges work.

Test(engine_operators, reload_that_fails_keeps_the_lists) {
    struct sl_error error = {0};
    open_with(SL_OPERATOR_LABEL);
    cr_expect_eq(sl_engine_reload_allowed(engine, &error), SL_FAILED, "the pack's file is gone");
    cr_expect_not_null(strstr(error.text, "stay as they were"), "%s", error.text);
    expect_masked("tel 348 7654321", "tel [PHONE]");
    close_engine();
}
