// SPDX-License-Identifier: Apache-2.0
#include "store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/file.h"

// Words of strong weight that are told by name, of each sign.
#define SHOWN_EACH 100

struct store {
    struct sl_model_parts parts;
    int8_t *care, *rows;
    struct sl_model_head *heads;
    struct sl_model_pattern *patterns;
    struct sl_model_shown *shown;
};

static double largest(const float *weights, size_t count) {
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        most = fabs(weights[i]) > most ? fabs(weights[i]) : most;
    }
    return most;
}

// Weights at `stride` in `ret_rounded`; returns the scale.
static double round_weights(const float *weights, size_t count, size_t stride,
                            int8_t *ret_rounded) {
    double scale = largest(weights, count) / INT8_MAX;
    for (size_t i = 0; i < count; i++) {
        ret_rounded[i * stride] = scale > 0 ? (int8_t)lround(weights[i] / scale) : 0;
    }
    return scale;
}

static void store_care(struct store *store, const struct sl_fit *fit, const struct sl_pack *pack) {
    struct sl_model_parts *parts = &store->parts;
    size_t table = (size_t)1 << fit->bits;
    parts->care_bits = fit->bits;
    parts->care_scale = round_weights(fit->answer, table, 1, store->care);
    for (uint32_t i = 0; i < fit->patterns_count; i++) {
        if (fit->answer[table + i] != 0) {
            store->patterns[parts->patterns_count++] = (struct sl_model_pattern){
                sl_str_from(pack->patterns[i].id), fit->answer[table + i]};
        }
    }
    parts->bias = fit->answer[table + fit->patterns_count];
    parts->offset = fit->stack.offset;
    parts->rules_slope = fit->stack.rules_slope;
    parts->model_slope = fit->stack.model_slope;
    parts->threshold_permille = fit->threshold_permille;
    parts->precision = fit->both.precision;
    parts->recall = fit->both.recall;
    parts->penalty = fit->penalty;
}

static void store_heads(struct store *store, const struct sl_fit *fit, const struct sl_pack *pack) {
    struct sl_model_parts *parts = &store->parts;
    size_t rows = (size_t)1 << SL_FIT_ROWS_BITS;
    for (uint32_t i = 0; i < fit->heads_count; i++) {
        const struct sl_fit_head *head = &fit->heads[i];
        const char *const *names = head->is_signal ? pack->signals : pack->topics;
        store->heads[i] = (struct sl_model_head){
            .kind = head->is_signal ? SL_MODEL_SIGNAL : SL_MODEL_TOPIC,
            .name = sl_str_from(names[head->index]),
            .scale = round_weights(head->answer, rows, parts->row_bytes, store->rows + i),
            .bias = head->answer[rows],
            .threshold = head->threshold};
    }
}

static int compare_shown(const void *a, const void *b) {
    const struct sl_model_shown *x = a, *y = b;
    if (x->weight != y->weight) {
        return x->weight > y->weight ? -1 : 1;
    }
    size_t len = x->word.len < y->word.len ? x->word.len : y->word.len;
    int order = memcmp(x->word.data, y->word.data, len);
    return order != 0 ? order : (x->word.len > y->word.len) - (x->word.len < y->word.len);
}

// The strongest common words for care, then the strongest against. False: no memory.
static bool store_shown(struct store *store, const struct sl_corpus *corpus,
                        const struct sl_fit *fit) {
    const struct sl_wordbook *vocabulary = &corpus->vocabulary;
    struct sl_model_shown *all = calloc(vocabulary->count + 1, sizeof *all);
    uint32_t count = 0;
    if (all == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < vocabulary->slots_count; i++) {
        const struct sl_wordbook_word *word = &vocabulary->slots[i];
        if (word->hash != 0 && sl_wordbook_is_common(word)) {
            all[count++] = (struct sl_model_shown){
                .word = {word->word, word->len},
                .posts = word->posts,
                .weight = fit->answer[(uint32_t)(word->hash >> 32) >> (32 - fit->bits)]};
        }
    }
    qsort(all, count, sizeof *all, compare_shown);
    uint32_t each = count / 2 < SHOWN_EACH ? count / 2 : SHOWN_EACH;
    memcpy(store->shown, all, each * sizeof *all);
    memcpy(store->shown + each, all + count - each, each * sizeof *all);
    store->parts.shown_count = 2 * each;
    free(all);
    return true;
}

static bool take_memory(struct store *store, const struct sl_fit *fit) {
    struct sl_model_parts *parts = &store->parts;
    parts->rows_bits = SL_FIT_ROWS_BITS;
    parts->row_bytes = sl_model_row_bytes(fit->heads_count);
    parts->heads_count = fit->heads_count;
    parts->care = store->care = calloc((size_t)1 << fit->bits, 1);
    parts->rows = store->rows = calloc(((size_t)parts->row_bytes << SL_FIT_ROWS_BITS) + 1, 1);
    parts->heads = store->heads = calloc(fit->heads_count + 1, sizeof *store->heads);
    parts->patterns = store->patterns = calloc(fit->patterns_count + 1, sizeof *store->patterns);
    parts->shown = store->shown = calloc(2 * SHOWN_EACH, sizeof *store->shown);
    return store->care != NULL && store->rows != NULL && store->heads != NULL &&
           store->patterns != NULL && store->shown != NULL;
}

int sl_store_model(const struct sl_corpus *corpus, const struct sl_pack *pack,
                   const struct sl_fit *fit, uint64_t seed, const char *path,
                   struct sl_error *error) {
    struct store store = {.parts = {.pack = sl_str_from(pack->full_name),
                                    .posts = corpus->posts_count,
                                    .care_posts = corpus->care_count,
                                    .seed = seed,
                                    .refusals = corpus->refusals.list,
                                    .refusals_count = corpus->refusals.count}};
    int result = SL_FAILED;
    if (!take_memory(&store, fit) || !store_shown(&store, corpus, fit)) {
        sl_error_set(error, "out of memory for the model");
    } else if (corpus->refusals.count > SL_MODEL_REFUSALS_MAX) {
        sl_error_set(error, "%u names are to be refused; expected at most %d",
                     corpus->refusals.count, SL_MODEL_REFUSALS_MAX);
    } else {
        store_care(&store, fit, pack);
        store_heads(&store, fit, pack);
        result = sl_model_file_write(path, &store.parts, error);
    }
    free(store.care);
    free(store.rows);
    free(store.heads);
    free(store.patterns);
    free(store.shown);
    return result;
}
