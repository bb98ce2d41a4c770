// SPDX-License-Identifier: Apache-2.0
#include "engine/database.h"

#include <hs/hs.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "engine/cache.h"

// The pack's expressions in the shape that the matcher takes them.
struct expressions {
    const char **regexes;
    unsigned *flags;
    unsigned *ids;
    unsigned count;
};

static void expressions_free(struct expressions *expressions) {
    free(expressions->regexes);
    free(expressions->flags);
    free(expressions->ids);
}

static int expressions_from_pack(const struct sl_pack *pack, struct sl_error *error,
                                 struct expressions *ret_expressions) {
    uint32_t count = pack->expressions_count;
    *ret_expressions = (struct expressions){.regexes = calloc(count, sizeof(char *)),
                                            .flags = calloc(count, sizeof(unsigned)),
                                            .ids = calloc(count, sizeof(unsigned)),
                                            .count = count};
    if (ret_expressions->regexes == NULL || ret_expressions->flags == NULL ||
        ret_expressions->ids == NULL) {
        expressions_free(ret_expressions);
        return sl_error_set(error, "out of memory for %u expressions", count);
    }
    for (uint32_t i = 0; i < count; i++) {
        ret_expressions->regexes[i] = pack->expressions[i].regex;
        ret_expressions->flags[i] = pack->expressions[i].multiline ? HS_FLAG_MULTILINE : 0;
        ret_expressions->ids[i] = pack->expressions[i].pattern;
    }
    return SL_OK;
}

static int key_of(const struct expressions *expressions, struct sl_error *error,
                  struct sl_hash128 *ret_key) {
    hs_platform_info_t platform;
    if (hs_populate_platform(&platform) != HS_SUCCESS) {
        return sl_error_set(error, "the matcher does not know this processor");
    }
    uint64_t features[] = {platform.tune, platform.cpu_features};
    size_t parts_count = 4 + expressions->count;
    struct sl_str *parts = calloc(parts_count, sizeof *parts);
    if (parts == NULL) {
        return sl_error_set(error, "out of memory for %u expressions", expressions->count);
    }
    size_t numbers_bytes = expressions->count * sizeof(unsigned);
    parts[0] = sl_str_from(hs_version());
    parts[1] = (struct sl_str){(const char *)features, sizeof features};
    parts[2] = (struct sl_str){(const char *)expressions->flags, numbers_bytes};
    parts[3] = (struct sl_str){(const char *)expressions->ids, numbers_bytes};
    for (unsigned i = 0; i < expressions->count; i++) {
        parts[4 + i] = sl_str_from(expressions->regexes[i]);
    }
    *ret_key = sl_hash128_parts(parts, parts_count);
    free(parts);
    return SL_OK;
}

static int tell_refused(const struct sl_pack *pack, const hs_compile_error_t *refused,
                        struct sl_error *error) {
    if (refused->expression < 0 || (uint32_t)refused->expression >= pack->expressions_count) {
        return sl_error_set(error, "the matcher cannot compile the pack: %s", refused->message);
    }
    const struct sl_pack_expression *expression = &pack->expressions[refused->expression];
    return sl_error_set(
        error,
        "%s:%u:%u: patterns: %s: the matcher refuses '%s': %s; write it shorter, or "
        "as several phrases with fewer gaps and alternatives",
        expression->place.file, expression->place.line, expression->place.column,
        pack->patterns[expression->pattern].id, expression->phrase, refused->message);
}

static int compile(struct sl_database *database, const struct sl_pack *pack,
                   const struct expressions *expressions, struct sl_error *error) {
    hs_compile_error_t *refused = NULL;
    if (hs_compile_multi(expressions->regexes, expressions->flags, expressions->ids,
                         expressions->count, HS_MODE_BLOCK, NULL, &database->compiled,
                         &refused) != HS_SUCCESS) {
        tell_refused(pack, refused, error);
        hs_free_compile_error(refused);
        return SL_FAILED;
    }
    if (hs_alloc_scratch(database->compiled, &database->scratch) != HS_SUCCESS) {
        return sl_error_set(error, "out of memory for the matcher's scratch");
    }
    return SL_OK;
}

// SL_OK with `compiled` still NULL: there is no entry. An entry that fails anywhere is deleted.
static int take_cached(struct sl_database *database, struct sl_cache *cache,
                       struct sl_error *trouble) {
    char *content;
    size_t len;
    if (sl_cache_load(cache, trouble, &content, &len) != SL_OK) {
        sl_cache_drop(cache);
        return SL_FAILED;
    }
    if (content == NULL) {
        return SL_OK;
    }
    bool usable = hs_deserialize_database(content, len, &database->compiled) == HS_SUCCESS;
    free(content);
    if (usable && hs_alloc_scratch(database->compiled, &database->scratch) == HS_SUCCESS) {
        return SL_OK;
    }
    if (usable) {
        hs_free_database(database->compiled);
    }
    database->compiled = NULL;
    sl_cache_drop(cache);
    return sl_error_set(trouble, "the matcher refused the entry %s", cache->name);
}

static int keep(const struct sl_database *database, struct sl_cache *cache,
                struct sl_error *trouble) {
    char *content;
    size_t len;
    if (hs_serialize_database(database->compiled, &content, &len) != HS_SUCCESS) {
        return sl_error_set(trouble, "the matcher cannot write it out");
    }
    int result = sl_cache_store(cache, content, len, trouble);
    free(content);
    return result;
}

static void tell_origin(struct sl_database *database, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void tell_origin(struct sl_database *database, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(database->origin, sizeof database->origin, format, arguments);
    va_end(arguments);
}

// `healed` says what was wrong with the entry that stood there, if anything.
static int compile_and_keep(struct sl_database *database, const struct sl_pack *pack,
                            const struct expressions *expressions, struct sl_cache *cache,
                            const struct sl_error *healed, struct sl_error *error) {
    if (compile(database, pack, expressions, error) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_error trouble = {0};
    const char *because = healed->length > 0 ? " because " : "";
    if (keep(database, cache, &trouble) == SL_OK) {
        tell_origin(database, "compiled%s%s and kept in %s", because, healed->text, cache->dir);
    } else {
        tell_origin(database, "compiled%s%s, not kept: %s", because, healed->text, trouble.text);
    }
    return SL_OK;
}

static int open_expressions(struct sl_database *database, const struct sl_pack *pack,
                            const struct expressions *expressions, const char *cache_dir,
                            struct sl_error *error) {
    struct sl_hash128 key;
    if (key_of(expressions, error, &key) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_cache cache;
    struct sl_error trouble = {0};
    int result;
    if (sl_cache_open(&cache, cache_dir, key, &trouble) != SL_OK) {
        tell_origin(database, "compiled, not kept: %s", trouble.text);
        result = compile(database, pack, expressions, error);
    } else if (take_cached(database, &cache, &trouble) == SL_OK && database->compiled != NULL) {
        tell_origin(database, "taken from the cache in %s", cache.dir);
        result = SL_OK;
    } else {
        result = compile_and_keep(database, pack, expressions, &cache, &trouble, error);
    }
    sl_cache_close(&cache);
    return result;
}

int sl_database_init(struct sl_database *database, const struct sl_pack *pack,
                     const char *cache_dir, struct sl_error *error) {
    if (pack->expressions_count == 0) {
        tell_origin(database, "nothing to compile: the pack has no patterns");
        return SL_OK;
    }
    if (hs_valid_platform() != HS_SUCCESS) {
        return sl_error_set(error, "this processor lacks SSSE3, which the matcher needs");
    }
    struct expressions expressions;
    if (expressions_from_pack(pack, error, &expressions) != SL_OK) {
        return SL_FAILED;
    }
    int result = open_expressions(database, pack, &expressions, cache_dir, error);
    expressions_free(&expressions);
    return result;
}

void sl_database_done(struct sl_database *database) {
    hs_free_scratch(database->scratch);
    hs_free_database(database->compiled);
    *database = (struct sl_database){0};
}
