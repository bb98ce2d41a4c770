// SPDX-License-Identifier: Apache-2.0
#include <sluice/engine.h>

#include <hs/hs.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "engine/internal.h"
#include "engine/judge.h"
#include "text/fold.h"

// A longer hashtag is none of the pack's: see SL_LOADER_FOLD_BYTES_MAX.
#define HASHTAG_BYTES_MAX 256

int sl_engine_open(const char *pack_path, const struct sl_engine_options *options,
                   struct sl_error *error, struct sl_engine **ret_engine) {
    struct sl_pack *pack;
    if (sl_fold_init(error) != SL_OK || sl_pack_load(pack_path, error, &pack) != SL_OK) {
        return SL_FAILED;
    }
    return sl_engine_open_pack(pack, options, error, ret_engine);
}

// The engine's pack is its own: what the options say is written into it.
static void apply_masking(struct sl_pack *pack, const struct sl_masking_options *options) {
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        struct sl_pack_identifier *identifier = &pack->identifiers[kind];
        if (options->kinds != 0) {
            identifier->on = (options->kinds >> kind & 1) != 0;
        }
        if (options->operators[kind] != 0) {
            identifier->masked_by = (enum sl_operator)(options->operators[kind] - 1);
            identifier->masked_by_place.line = 0;
            identifier->stars_count = options->stars_count;
        }
    }
    if (options->labels != SL_LABELS_OF_PACK) {
        pack->masking.italian_labels = options->labels == SL_LABELS_ITALIAN;
    }
    if (options->key_path != NULL) {
        pack->masking.key_path = options->key_path;
    }
    if (options->key_id != NULL) {
        pack->masking.key_id = options->key_id;
    }
}

static int open_allowed(struct sl_engine *engine, struct sl_error *error) {
    struct sl_allow *allowed;
    engine->allowed = calloc(1, sizeof *engine->allowed);
    if (engine->allowed == NULL) {
        return sl_error_set(error, "out of memory for the engine");
    }
    if (sl_allow_load(engine->pack, error, &allowed) != SL_OK) {
        return SL_FAILED;
    }
    sl_allow_shelf_put(engine->allowed, allowed);
    return SL_OK;
}

static int open_masking(struct sl_engine *engine, const struct sl_engine_options *options,
                        struct sl_error *error) {
    if (options != NULL && options->masking != NULL) {
        apply_masking(engine->pack, options->masking);
    }
    if (sl_operators_init(&engine->operators, engine->pack, error) != SL_OK) {
        return SL_FAILED;
    }
    sl_operators_only_labels(&engine->operators, &engine->labels);
    return open_allowed(engine, error);
}

static int load_model(struct sl_engine *engine, struct sl_error *error) {
    struct sl_model *model;
    if (sl_model_load(engine->model_path, engine->pack, error, &model) != SL_OK) {
        return SL_FAILED;
    }
    sl_model_shelf_put(engine->models, model);
    return SL_OK;
}

static int open_model(struct sl_engine *engine, const struct sl_engine_options *options,
                      struct sl_error *error) {
    const char *path = options != NULL && options->model_path != NULL ? options->model_path
                                                                      : engine->pack->model_path;
    engine->models = calloc(1, sizeof *engine->models);
    if (engine->models == NULL) {
        return sl_error_set(error, "out of memory for the engine");
    }
    if (path == NULL || *path == '\0') {
        return SL_OK;
    }
    engine->model_path = strdup(path);
    return engine->model_path != NULL ? load_model(engine, error)
                                      : sl_error_set(error, "out of memory for the engine");
}

int sl_engine_open_pack(struct sl_pack *pack, const struct sl_engine_options *options,
                        struct sl_error *error, struct sl_engine **ret_engine) {
    struct sl_engine *engine = calloc(1, sizeof *engine);
    if (engine == NULL) {
        sl_pack_free(pack);
        return sl_error_set(error, "out of memory for the engine");
    }
    engine->pack = pack;
    const char *cache_dir = options != NULL ? options->cache_dir : NULL;
    if (sl_fold_init(error) != SL_OK || open_masking(engine, options, error) != SL_OK ||
        open_model(engine, options, error) != SL_OK ||
        sl_database_init(&engine->database, pack, cache_dir, error) != SL_OK) {
        sl_engine_close(engine);
        return SL_FAILED;
    }
    *ret_engine = engine;
    return SL_OK;
}

void sl_engine_close(struct sl_engine *engine) {
    if (engine == NULL) {
        return;
    }
    sl_database_done(&engine->database);
    sl_operators_done(&engine->operators);
    if (engine->allowed != NULL) {
        sl_allow_release(engine->allowed->current);
        free(engine->allowed);
    }
    if (engine->models != NULL) {
        sl_model_release(engine->models->current);
        free(engine->models);
    }
    free(engine->model_path);
    sl_pack_free(engine->pack);
    free(engine);
}

int sl_engine_reload_allowed(struct sl_engine *engine, struct sl_error *error) {
    struct sl_pack *pack;
    if (sl_pack_load(engine->pack->path, error, &pack) != SL_OK) {
        return sl_error_add(error, "the allow lists stay as they were");
    }
    struct sl_allow *allowed;
    int result = sl_allow_load(pack, error, &allowed);
    sl_pack_free(pack);
    if (result != SL_OK) {
        return sl_error_add(error, "the allow lists stay as they were");
    }
    sl_allow_shelf_put(engine->allowed, allowed);
    return SL_OK;
}

int sl_engine_reload_model(struct sl_engine *engine, struct sl_error *error) {
    if (engine->model_path == NULL) {
        return SL_OK;
    }
    return load_model(engine, error) == SL_OK ? SL_OK
                                              : sl_error_add(error, "the model stays as it was");
}

const char *sl_engine_pack_name(const struct sl_engine *engine) {
    return engine->pack->full_name;
}

const char *sl_engine_topic(const struct sl_engine *engine, size_t index) {
    return index < engine->pack->topics_count ? engine->pack->topics[index] : NULL;
}

const char *sl_engine_signal(const struct sl_engine *engine, size_t index) {
    return index < engine->pack->signals_count ? engine->pack->signals[index] : NULL;
}

const char *sl_engine_pattern(const struct sl_engine *engine, size_t index) {
    if (index == SL_VERDICT_REASON_MODEL) {
        return "model";
    }
    return index < engine->pack->patterns_count ? engine->pack->patterns[index].id : NULL;
}

enum sl_flag sl_engine_flag(const struct sl_engine *engine, const char *hashtag, size_t len) {
    const struct sl_pack *pack = engine->pack;
    unsigned char bytes[HASHTAG_BYTES_MAX * SL_FOLD_GROWTH];
    uint32_t map[HASHTAG_BYTES_MAX * SL_FOLD_GROWTH + 1];
    struct sl_folded folded;
    if (pack->hashtags_count == 0 || len > HASHTAG_BYTES_MAX) {
        return SL_FLAG_NONE;
    }
    size_t folded_len =
        sl_fold(hashtag, len, bytes, sizeof bytes, map, sizeof map / sizeof map[0], &folded);
    if (folded_len == SL_FOLD_NO_ROOM) {
        return SL_FLAG_NONE;
    }
    size_t signs = folded_len > 0 && bytes[0] == '#' ? 1 : 0;
    struct sl_str name = {(const char *)bytes + signs, folded_len - signs};
    for (uint32_t i = 0; i < pack->hashtags_count; i++) {
        if (sl_str_equal(pack->hashtags[i].name, name)) {
            return pack->hashtags[i].flag;
        }
    }
    return SL_FLAG_NONE;
}

int32_t sl_engine_threshold_permille(const struct sl_engine *engine) {
    return engine->models->current != NULL ? sl_model_threshold_permille(engine->models->current)
                                           : engine->pack->threshold_permille;
}

bool sl_engine_has_model(const struct sl_engine *engine) {
    return engine->model_path != NULL;
}

uint32_t sl_engine_unmatched(const struct sl_engine *engine, char *text, size_t room) {
    text[0] = '\0';
    return engine->models->current != NULL ? sl_model_unmatched(engine->models->current, text, room)
                                           : 0;
}

const struct sl_pack *sl_engine_pack(const struct sl_engine *engine) {
    return engine->pack;
}

const char *sl_engine_origin(const struct sl_engine *engine) {
    return engine->database.origin;
}

const char *sl_engine_matcher_version(void) {
    return hs_version();
}
