// SPDX-License-Identifier: Apache-2.0
//
// Goal: no bytes whatever make the reader of model files, the veil or the extractor of features
// crash or read beyond their input.
// Method: libFuzzer. An even first byte: the rest is a model file whose length and checksum are put
// right first, so that the fuzzer gets behind them; what is accepted is asked about every word. An
// odd one: the rest is a folded text with ranges, veiled and read.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/hash.h"
#include "model/file.h"
#include "model/veil.h"
#include "text/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// Long enough that the smallest table fits.
#define FILE_BYTES 8192

static void stop_when(bool wrong, const char *what) {
    if (wrong) {
        fprintf(stderr, "%s\n", what);
        abort();
    }
}

static void ask_everything(const struct sl_model_parts *parts) {
    volatile long sum = parts->care[0] + parts->care[((size_t)1 << parts->care_bits) - 1];
    for (size_t i = 0; i < (size_t)parts->row_bytes << parts->rows_bits; i += 61) {
        sum += parts->rows[i];
    }
    for (uint32_t i = 0; i < parts->heads_count; i++) {
        sum += parts->heads[i].name.data[parts->heads[i].name.len - 1];
    }
    for (uint32_t i = 0; i < parts->patterns_count; i++) {
        sum += parts->patterns[i].id.data[parts->patterns[i].id.len - 1];
    }
    for (uint32_t i = 0; i < parts->shown_count; i++) {
        sum += parts->shown[i].word.data[parts->shown[i].word.len - 1];
    }
    for (uint32_t i = 0; i < parts->refusals_count; i++) {
        stop_when(parts->refusals[i].words_count == 0, "a refusal of nothing");
    }
}

static void try_file(const uint8_t *data, size_t size) {
    unsigned char *bytes =
        mmap(NULL, FILE_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    stop_when(bytes == MAP_FAILED, "no memory");
    uint32_t versions[] = {SL_MODEL_VERSION, SL_FEATURES_VERSION};
    uint64_t len = FILE_BYTES;
    memcpy(bytes, "SLUICEML", 8);
    memcpy(bytes + 8, versions, sizeof versions);
    memcpy(bytes + 16, &len, sizeof len);
    memcpy(bytes + 32, data, size < FILE_BYTES - 32 ? size : FILE_BYTES - 32);
    uint64_t checksum = sl_hash64(bytes + 32, FILE_BYTES - 32);
    memcpy(bytes + 24, &checksum, sizeof checksum);
    struct sl_error error = {0};
    struct sl_model_file file;
    if (sl_model_file_take("m", bytes, FILE_BYTES, &error, &file) == SL_OK) {
        ask_everything(&file.parts);
        sl_model_file_done(&file);
    } else {
        stop_when(error.length == 0, "refused without a word");
    }
}

static void try_text(const uint8_t *data, size_t size) {
    static unsigned char veiled[SL_VEIL_BYTES];
    static struct sl_features features;
    struct sl_veil_range ranges[4];
    size_t ranges_count = size > 8 ? data[0] % 5 : 0;
    for (size_t i = 0; i < ranges_count; i++) {
        ranges[i].start = data[2 * i];
        ranges[i].end = ranges[i].start + 1 + data[2 * i + 1] % 9;
    }
    unsigned char *text = malloc(size + 1); // its own, so that a byte behind it is seen
    stop_when(text == NULL, "no memory");
    memcpy(text, data, size);
    size_t len = sl_veil(text, size, ranges, ranges_count, veiled);
    stop_when(len > SL_VEIL_BYTES, "a veil too long");
    unsigned char *view = malloc(SL_WORDS_BYTES(len) + SL_FEATURES_PAD_BYTES);
    stop_when(view == NULL, "no memory");
    struct sl_refusals none = {0};
    sl_features_read(view, sl_words(veiled, len, view, NULL), &none, &features);
    stop_when(features.count > SL_FEATURES_MAX, "too many features");
    free(view);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > 0) {
        (data[0] % 2 == 0 ? try_file : try_text)(data + 1, size - 1);
    }
    return 0;
}
