// SPDX-License-Identifier: Apache-2.0
#include "model/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "model/file.h"

#define LANES 16 // heads that are added up at once

struct sl_model {
    _Atomic uint32_t holders;
    struct sl_model_file file;
    struct sl_refusals refusals;
    struct sl_refusal *refusals_list;
    uint32_t patterns_count;                // of the pack
    int32_t *patterns_milli;                // by pattern of the pack
    uint64_t head_bits[SL_MODEL_HEADS_MAX]; // the topic or signal of the pack; 0: it has none such
};

// Matching with a pack.

static uint64_t bit_of(const char *const *names, uint32_t count, struct sl_str name) {
    for (uint32_t i = 0; i < count; i++) {
        if (sl_str_equal(sl_str_from(names[i]), name)) {
            return UINT64_C(1) << i;
        }
    }
    return 0;
}

static void match_heads(struct sl_model *model, const struct sl_pack *pack) {
    const struct sl_model_parts *parts = &model->file.parts;
    for (uint32_t i = 0; i < parts->heads_count; i++) {
        const struct sl_model_head *head = &parts->heads[i];
        model->head_bits[i] = head->kind == SL_MODEL_TOPIC
                                  ? bit_of(pack->topics, pack->topics_count, head->name)
                                  : bit_of(pack->signals, pack->signals_count, head->name);
    }
}

static int compare_patterns(const void *a, const void *b) {
    return strcmp((*(const struct sl_pack_pattern *const *)a)->id,
                  (*(const struct sl_pack_pattern *const *)b)->id);
}

// The pack's pattern of this id, among all sorted by id; NULL: it has none.
static const struct sl_pack_pattern *find_pattern(const struct sl_pack_pattern *const *sorted,
                                                  uint32_t count, struct sl_str id) {
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct sl_str here = sl_str_from(sorted[middle]->id);
        size_t len = here.len < id.len ? here.len : id.len;
        int order = memcmp(here.data, id.data, len);
        if (order == 0 && here.len == id.len) {
            return sorted[middle];
        }
        if (order < 0 || (order == 0 && here.len < id.len)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static int match_patterns(struct sl_model *model, const struct sl_pack *pack) {
    const struct sl_model_parts *parts = &model->file.parts;
    const struct sl_pack_pattern **sorted = calloc(pack->patterns_count + 1, sizeof *sorted);
    model->patterns_milli = calloc(pack->patterns_count + 1, sizeof *model->patterns_milli);
    if (sorted == NULL || model->patterns_milli == NULL) {
        free(sorted);
        return SL_FAILED;
    }
    for (uint32_t i = 0; i < pack->patterns_count; i++) {
        sorted[i] = &pack->patterns[i];
    }
    qsort(sorted, pack->patterns_count, sizeof *sorted, compare_patterns);
    for (uint32_t i = 0; i < parts->patterns_count; i++) {
        const struct sl_pack_pattern *pattern =
            find_pattern(sorted, pack->patterns_count, parts->patterns[i].id);
        if (pattern != NULL) {
            model->patterns_milli[pattern - pack->patterns] =
                (int32_t)lround(parts->patterns[i].weight * 1000);
        }
    }
    model->patterns_count = pack->patterns_count;
    free(sorted);
    return SL_OK;
}

// The extractor needs them sorted, which a file need not have done.
static int take_refusals(struct sl_model *model) {
    const struct sl_model_parts *parts = &model->file.parts;
    model->refusals_list = calloc(parts->refusals_count + 1, sizeof *model->refusals_list);
    if (model->refusals_list == NULL) {
        return SL_FAILED;
    }
    if (parts->refusals_count > 0) {
        memcpy(model->refusals_list, parts->refusals,
               parts->refusals_count * sizeof *parts->refusals);
    }
    sl_refusals_init(&model->refusals, model->refusals_list, parts->refusals_count);
    return SL_OK;
}

int sl_model_load(const char *path, const struct sl_pack *pack, struct sl_error *error,
                  struct sl_model **ret_model) {
    struct sl_model *model = calloc(1, sizeof *model);
    if (model == NULL) {
        return sl_error_set(error, "%s: no memory for the model", path);
    }
    atomic_init(&model->holders, 1);
    if (sl_model_file_read(path, error, &model->file) != SL_OK) {
        free(model);
        return SL_FAILED;
    }
    if (take_refusals(model) != SL_OK || match_patterns(model, pack) != SL_OK) {
        sl_model_release(model);
        return sl_error_set(error, "%s: no memory for the model", path);
    }
    match_heads(model, pack);
    *ret_model = model;
    return SL_OK;
}

static void tell_name(struct sl_str name, const char *what, char *text, size_t room) {
    size_t used = strlen(text);
    snprintf(text + used, room - used, "%s%s %.*s", used > 0 ? ", " : "", what, (int)name.len,
             name.data);
}

uint32_t sl_model_unmatched(const struct sl_model *model, char *text, size_t room) {
    const struct sl_model_parts *parts = &model->file.parts;
    uint32_t count = 0;
    SL_ASSERT(room > 0);
    text[0] = '\0';
    for (uint32_t i = 0; i < parts->heads_count; i++) {
        if (model->head_bits[i] == 0) {
            const char *what = parts->heads[i].kind == SL_MODEL_TOPIC ? "topic" : "signal";
            tell_name(parts->heads[i].name, what, text, room);
            count++;
        }
    }
    return count;
}

// Holding: as sets of allowed values (identify/allow.c). A new holder comes from one that holds, so
// the count cannot be zero (relaxed is enough); the last to let go must see all that the others
// did.

struct sl_model *sl_model_hold(struct sl_model *model) {
    uint32_t holders = atomic_fetch_add_explicit(&model->holders, 1, memory_order_relaxed);
    SL_ASSERT(holders > 0);
    return model;
}

void sl_model_release(struct sl_model *model) {
    if (model == NULL || atomic_fetch_sub_explicit(&model->holders, 1, memory_order_acq_rel) != 1) {
        return;
    }
    sl_model_file_done(&model->file);
    free(model->refusals_list);
    free(model->patterns_milli);
    free(model);
}

static void lock(struct sl_model_shelf *shelf) {
    while (atomic_flag_test_and_set_explicit(&shelf->busy, memory_order_acquire)) {
    }
}

static void unlock(struct sl_model_shelf *shelf) {
    atomic_flag_clear_explicit(&shelf->busy, memory_order_release);
}

void sl_model_shelf_put(struct sl_model_shelf *shelf, struct sl_model *model) {
    lock(shelf);
    struct sl_model *old = shelf->current;
    shelf->current = model;
    // Tells only that it is worth asking: what is read then is guarded by the lock.
    atomic_fetch_add_explicit(&shelf->generation, 1, memory_order_relaxed);
    unlock(shelf);
    sl_model_release(old);
}

struct sl_model *sl_model_shelf_take(struct sl_model_shelf *shelf, uint64_t *ret_generation) {
    lock(shelf);
    struct sl_model *taken = shelf->current != NULL ? sl_model_hold(shelf->current) : NULL;
    *ret_generation = atomic_load_explicit(&shelf->generation, memory_order_relaxed);
    unlock(shelf);
    return taken;
}

bool sl_model_shelf_changed(const struct sl_model_shelf *shelf, uint64_t generation) {
    return atomic_load_explicit(&shelf->generation, memory_order_relaxed) != generation;
}

// Asking.

int32_t sl_model_threshold_permille(const struct sl_model *model) {
    return (int32_t)model->file.parts.threshold_permille;
}

const struct sl_refusals *sl_model_refusals(const struct sl_model *model) {
    return &model->refusals;
}

int32_t sl_model_pattern_milli(const struct sl_model *model, uint32_t pattern) {
    SL_ASSERT(pattern < model->patterns_count);
    return model->patterns_milli[pattern];
}

static int32_t add_care(const struct sl_model_parts *parts, const struct sl_features *features) {
    const int8_t *care = parts->care;
    unsigned shift = 32 - parts->care_bits;
    int32_t sums[4] = {0}; // four, so that no addition waits for the one before
    uint32_t i = 0;
    for (; i + 4 <= features->count; i += 4) {
        sums[0] += care[features->hashes[i] >> shift];
        sums[1] += care[features->hashes[i + 1] >> shift];
        sums[2] += care[features->hashes[i + 2] >> shift];
        sums[3] += care[features->hashes[i + 3] >> shift];
    }
    for (; i < features->count; i++) {
        sums[0] += care[features->hashes[i] >> shift];
    }
    return sums[0] + sums[1] + sums[2] + sums[3];
}

typedef int8_t lanes8 __attribute__((vector_size(LANES)));
typedef int16_t lanes16 __attribute__((vector_size(2 * LANES)));

// Sums of so many weights of 8 bits fit 16.
#define ROWS_AT_ONCE 256

// LANES heads from column `column` on.
static void add_heads(const struct sl_model_parts *parts, const struct sl_features *features,
                      uint32_t column, int32_t *ret_sums) {
    const int8_t *rows = parts->rows + column;
    unsigned shift = 32 - parts->rows_bits;
    memset(ret_sums, 0, LANES * sizeof *ret_sums);
    for (uint32_t from = 0; from < features->words_count; from += ROWS_AT_ONCE) {
        uint32_t left = features->words_count - from;
        uint32_t to = from + (left < ROWS_AT_ONCE ? left : ROWS_AT_ONCE);
        lanes16 sums = {0};
        for (uint32_t i = from; i < to; i++) {
            lanes8 row;
            memcpy(&row, rows + (size_t)(features->hashes[i] >> shift) * parts->row_bytes,
                   sizeof row);
            sums += __builtin_convertvector(row, lanes16);
        }
        for (unsigned lane = 0; lane < LANES; lane++) {
            ret_sums[lane] += sums[lane];
        }
    }
}

void sl_model_add_up(const struct sl_model *model, const struct sl_features *features,
                     struct sl_model_sums *ret_sums) {
    const struct sl_model_parts *parts = &model->file.parts;
    ret_sums->count = features->count;
    ret_sums->words_count = features->words_count;
    ret_sums->care = add_care(parts, features);
    for (uint32_t column = 0; column < parts->row_bytes; column += LANES) {
        add_heads(parts, features, column, ret_sums->heads + column);
    }
}

static int32_t to_milli(double logit) {
    double most = 100000; // far beyond what a score of 0 or 1,000 takes
    return (int32_t)lround(1000 * (logit > most ? most : logit < -most ? -most : logit));
}

static double share_of(uint32_t count) {
    return count > 0 ? 1 / sqrt(count) : 0;
}

void sl_model_conclude(const struct sl_model *model, const struct sl_model_sums *sums,
                       int32_t rules_milli, int32_t patterns_milli,
                       struct sl_model_opinion *ret_opinion) {
    const struct sl_model_parts *parts = &model->file.parts;
    double logit = parts->bias + patterns_milli / 1000.0 +
                   sums->care * (parts->care_scale * share_of(sums->count));
    *ret_opinion = (struct sl_model_opinion){.model_milli = to_milli(logit)};
    ret_opinion->logit_milli = to_milli(parts->offset + parts->rules_slope * rules_milli / 1000.0 +
                                        parts->model_slope * logit);
    double share = share_of(sums->words_count);
    for (uint32_t i = 0; i < parts->heads_count; i++) {
        const struct sl_model_head *head = &parts->heads[i];
        if (head->bias + sums->heads[i] * (head->scale * share) >= head->threshold) {
            uint64_t *said =
                head->kind == SL_MODEL_TOPIC ? &ret_opinion->topics : &ret_opinion->signals;
            *said |= model->head_bits[i];
        }
    }
}

double sl_model_contribution(const struct sl_model *model, const struct sl_features *features,
                             uint32_t index) {
    const struct sl_model_parts *parts = &model->file.parts;
    SL_ASSERT(index < features->count);
    int8_t weight = parts->care[features->hashes[index] >> (32 - parts->care_bits)];
    return parts->model_slope * weight * (parts->care_scale * share_of(features->count));
}

void sl_model_combination(const struct sl_model *model, double *ret_rules_slope,
                          double *ret_model_slope, double *ret_offset) {
    *ret_rules_slope = model->file.parts.rules_slope;
    *ret_model_slope = model->file.parts.model_slope;
    *ret_offset = model->file.parts.offset;
}
