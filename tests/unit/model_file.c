// SPDX-License-Identifier: Apache-2.0
//
// Goal: a model file comes back as it was written, and one that is damaged in any way is refused
// with a word about what to do.
// Method: a small file with every part in it; every single byte of it flipped, every shorter
// length, bytes behind it, a file of another kind, and headers whose checksum is right and whose
// numbers are not.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/hash.h"
#include "support/model_files.h"

static const struct sl_test_weight weights[] = {{"internet", 5}, {"bella", -4}, {NULL, 0}};
static const struct sl_test_weight topic_weight = {"modem", 3};
static const struct sl_test_model whole = {.weights = weights,
                                           .bias = -0.5,
                                           .offset = 0.25,
                                           .rules_slope = 1,
                                           .model_slope = 0.5,
                                           .threshold_permille = 400,
                                           .topic = "fault",
                                           .topic_weight = &topic_weight,
                                           .pattern = "fault.words",
                                           .pattern_weight = 1.5,
                                           .refused = "acme mobile"};

static char path[64];
static unsigned char *bytes;
static size_t len;

static void setup(void) {
    strcpy(path, "/tmp/sluice-model-XXXXXX");
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    close(fd);
    sl_test_model_write(path, &whole);
    FILE *file = fopen(path, "rb");
    bytes = malloc(1 << 20);
    len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
}

static void teardown(void) {
    unlink(path);
    free(bytes);
}

static int take(const unsigned char *from, size_t count, struct sl_error *error) {
    struct sl_model_file file;
    unsigned char *mapped = mmap(NULL, count > 0 ? count : 1, PROT_READ | PROT_WRITE,
                                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert_neq(mapped, MAP_FAILED);
    memcpy(mapped, from, count);
    int result = sl_model_file_take("m", mapped, count, error, &file);
    if (result == SL_OK) {
        sl_model_file_done(&file);
    }
    return result;
}

Test(model_file, read_whole_returnsWhatWasWritten, .init = setup, .fini = teardown) {
    struct sl_error error = {0};
    struct sl_model_file file;
    cr_assert_eq(sl_model_file_read(path, &error, &file), SL_OK, "%s", error.text);
    const struct sl_model_parts *parts = &file.parts;
    cr_expect(sl_str_equal(parts->pack, SL_STR("test@1")));
    cr_expect_eq(parts->posts, 10);
    cr_expect_eq(parts->bias, -0.5);
    cr_expect_eq(parts->offset, 0.25);
    cr_expect_eq(parts->threshold_permille, 400);
    cr_expect_eq(parts->heads_count, 1);
    cr_expect(sl_str_equal(parts->heads[0].name, SL_STR("fault")));
    cr_expect_eq(parts->heads[0].threshold, 0.5);
    cr_expect_eq(parts->patterns_count, 1);
    cr_expect(sl_str_equal(parts->patterns[0].id, SL_STR("fault.words")));
    cr_expect_eq(parts->patterns[0].weight, 1.5);
    cr_expect_eq(parts->refusals_count, 1);
    cr_expect_eq(parts->refusals[0].words_count, 2);
    int sum = 0;
    for (size_t i = 0; i < (size_t)1 << SL_TEST_MODEL_BITS; i++) {
        sum += parts->care[i];
    }
    cr_expect_eq(sum, 50 - 40);
    sl_model_file_done(&file);
}

Test(model_file, read_anyByteFlipped_refuses, .init = setup, .fini = teardown) {
    for (size_t i = 0; i < len; i += i < 4096 ? 1 : 17) {
        struct sl_error error = {0};
        bytes[i] ^= (unsigned char)(1u << i % 8);
        cr_assert_eq(take(bytes, len, &error), SL_FAILED, "byte %zu", i);
        cr_assert(strncmp(error.text, "m: the model is refused: ", 25) == 0, "%s", error.text);
        bytes[i] ^= (unsigned char)(1u << i % 8);
    }
    struct sl_error error = {0};
    cr_assert_eq(take(bytes, len, &error), SL_OK, "%s", error.text);
}

Test(model_file, read_otherLength_refuses, .init = setup, .fini = teardown) {
    for (size_t shorter = 0; shorter < len; shorter += shorter < 512 ? 1 : 977) {
        struct sl_error error = {0};
        cr_assert_eq(take(bytes, shorter, &error), SL_FAILED, "length %zu", shorter);
    }
    struct sl_error error = {0};
    cr_assert_eq(take(bytes, len + 1, &error), SL_FAILED);
    cr_assert_not_null(strstr(error.text, "longer or shorter than it says"));
}

// Bytes [at, at + 4) become `number`, and the checksum follows.
static void forge(size_t at, uint32_t number) {
    memcpy(bytes + at, &number, sizeof number);
    uint64_t checksum = sl_hash64(bytes + 32, len - 32);
    memcpy(bytes + 24, &checksum, sizeof checksum);
}

Test(model_file, read_numbersOutOfBounds_refuses, .init = setup, .fini = teardown) {
    static const struct {
        size_t at;
        const char *what;
    } numbers[] = {{32, "strings"},    {40, "place of the pack"}, {44, "length of the pack"},
                   {140, "care bits"}, {144, "rows bits"},        {148, "row bytes"},
                   {152, "heads"},     {156, "patterns"},         {160, "refusals"},
                   {164, "shown"},     {136, "threshold"}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        static const uint32_t bad[] = {UINT32_MAX, 0x7fffffff, 0x10000000, 31};
        for (size_t j = 0; j < sizeof bad / sizeof bad[0]; j++) {
            uint32_t before;
            memcpy(&before, bytes + numbers[i].at, sizeof before);
            if (bad[j] <= 1000 && numbers[i].at == 136) {
                continue; // a threshold like others
            }
            struct sl_error error = {0};
            forge(numbers[i].at, bad[j]);
            cr_expect_eq(take(bytes, len, &error), SL_FAILED, "%s %u", numbers[i].what, bad[j]);
            forge(numbers[i].at, before);
        }
    }
    struct sl_error error = {0};
    cr_assert_eq(take(bytes, len, &error), SL_OK, "%s", error.text);
}

Test(model_file, read_noNumber_refuses, .init = setup, .fini = teardown) {
    for (size_t at = 76; at <= 140 - 8; at += 8) { // from the penalty to the recall, upper halves
        uint32_t before;
        memcpy(&before, bytes + at, sizeof before);
        struct sl_error error = {0};
        forge(at, 0x7ff80000); // NaN
        cr_expect_eq(take(bytes, len, &error), SL_FAILED, "at %zu", at);
        forge(at, before);
    }
}

Test(model_file, read_otherVersion_saysTrainAgain, .init = setup, .fini = teardown) {
    struct sl_error error = {0};
    bytes[8]++;
    cr_assert_eq(take(bytes, len, &error), SL_FAILED);
    cr_assert_not_null(strstr(error.text, "another version of sluice-train; train it again"));
    bytes[8]--;
    bytes[12]++;
    error = (struct sl_error){0};
    cr_assert_eq(take(bytes, len, &error), SL_FAILED);
    cr_assert_not_null(strstr(error.text, "another version"));
}

Test(model_file, read_noModel_saysWhat) {
    struct sl_error error = {0};
    struct sl_model_file file;
    cr_assert_eq(sl_model_file_read("/nonexistent/care.model", &error, &file), SL_FAILED);
    cr_assert_not_null(strstr(error.text, "/nonexistent/care.model: the model cannot be opened"));
    error = (struct sl_error){0};
    cr_assert_eq(sl_model_file_read("/", &error, &file), SL_FAILED);
    cr_assert_not_null(strstr(error.text, "expected a model file"));
}

Test(model_file, write_twice_givesTheSameBytes, .init = setup, .fini = teardown) {
    unsigned char *again = malloc(1 << 20);
    sl_test_model_write(path, &whole);
    FILE *file = fopen(path, "rb");
    cr_assert_eq(fread(again, 1, 1 << 20, file), len);
    fclose(file);
    cr_assert_eq(memcmp(again, bytes, len), 0);
    free(again);
}
