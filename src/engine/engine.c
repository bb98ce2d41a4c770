// SPDX-License-Identifier: Apache-2.0
#include <sluice/engine.h>

#include <hs/hs.h>
#include <stdlib.h>

#include "base/error.h"
#include "engine/internal.h"
#include "engine/judge.h"
#include "text/fold.h"

int sl_engine_open(const char *pack_path, const struct sl_engine_options *options,
                   struct sl_error *error, struct sl_engine **ret_engine) {
    struct sl_pack *pack;
    if (sl_fold_init(error) != SL_OK || sl_pack_load(pack_path, error, &pack) != SL_OK) {
        return SL_FAILED;
    }
    return sl_engine_open_pack(pack, options, error, ret_engine);
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
    if (sl_fold_init(error) != SL_OK ||
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
    sl_pack_free(engine->pack);
    free(engine);
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
    return index < engine->pack->patterns_count ? engine->pack->patterns[index].id : NULL;
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
