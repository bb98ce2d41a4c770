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
#include "phrases/phrases.h"

// Expressions of the pack in the shape that the matcher takes them, and what they are compiled
// into.
struct expressions {
    struct hs_database **into;
    const bool *taken; // by source, hashtags last: found by their words
    const char **regexes;
    unsigned *flags;
    unsigned *ids;
    unsigned *sources; // indexes of the pack's expressions, then of its guards
    unsigned count;
};

#define OF_HASHTAG UINT_MAX // no source: the matcher takes any word

static void expressions_free(struct expressions *expressions) {
    free(expressions->regexes);
    free(expressions->flags);
    free(expressions->ids);
    free(expressions->sources);
}

static int expressions_init(struct expressions *expressions, const struct sl_pack *pack,
                            struct hs_database **into, struct sl_error *error) {
    size_t count = (size_t)pack->expressions_count + pack->guards_count + pack->hashtags_count;
    *expressions = (struct expressions){.into = into,
                                        .regexes = calloc(count, sizeof(char *)),
                                        .flags = calloc(count, sizeof(unsigned)),
                                        .ids = calloc(count, sizeof(unsigned)),
                                        .sources = calloc(count, sizeof(unsigned))};
    if (expressions->regexes == NULL || expressions->flags == NULL || expressions->ids == NULL ||
        expressions->sources == NULL) {
        expressions_free(expressions);
        return sl_error_set(error, "out of memory for %zu expressions", count);
    }
    return SL_OK;
}

static void add(struct expressions *expressions, const char *regex, unsigned flags, unsigned id,
                unsigned source) {
    unsigned at = expressions->count++;
    expressions->regexes[at] = regex;
    expressions->flags[at] = flags;
    expressions->ids[at] = id;
    expressions->sources[at] = source;
}

static uint32_t id_of_hashtag(const struct sl_pack *pack, uint32_t hashtag) {
    return pack->patterns_count + pack->guards_count + (uint32_t)pack->hashtags[hashtag].flag -
           SL_FLAG_CARE;
}

static void add_hashtags(struct expressions *expressions, const struct sl_pack *pack) {
    const bool *taken = expressions->taken + pack->expressions_count + pack->guards_count;
    for (uint32_t i = 0; i < pack->hashtags_count; i++) {
        if (!taken[i]) {
            add(expressions, pack->hashtags[i].regex, 0, id_of_hashtag(pack, i), OF_HASHTAG);
        }
    }
}

// What every text is searched for beside phrases: the matcher reports patterns, then guards, then
// flags.
static void add_found(struct expressions *expressions, const struct sl_pack *pack) {
    for (uint32_t i = 0; i < pack->expressions_count; i++) {
        const struct sl_pack_expression *expression = &pack->expressions[i];
        bool asks = expression->asked != NULL;
        if (expressions->taken[i]) {
            continue;
        }
        add(expressions, asks ? expression->asked : expression->regex,
            expression->multiline ? HS_FLAG_MULTILINE : 0,
            expression->pattern + (asks ? SL_DATABASE_ASKED : 0), i);
    }
    for (uint32_t i = 0; i < pack->guards_count; i++) {
        const struct sl_pack_guard *guard = &pack->guards[i];
        if (!expressions->taken[pack->expressions_count + i]) {
            add(expressions, guard->regex, guard->multiline ? HS_FLAG_MULTILINE : 0,
                pack->patterns_count + i, pack->expressions_count + i);
        }
    }
    add_hashtags(expressions, pack);
}

// What places are looked for of: the matcher reports each expression, then each guard.
static void add_placed(struct expressions *expressions, const struct sl_pack *pack) {
    for (uint32_t i = 0; i < pack->expressions_count; i++) {
        const struct sl_pack_expression *expression = &pack->expressions[i];
        if (pack->patterns[expression->pattern].guards.count > 0) {
            add(expressions, expression->regex,
                HS_FLAG_SOM_LEFTMOST | (expression->multiline ? HS_FLAG_MULTILINE : 0), i, i);
        }
    }
    for (uint32_t i = 0; i < pack->guards_count; i++) {
        add(expressions, pack->guards[i].regex,
            HS_FLAG_SOM_LEFTMOST | (pack->guards[i].multiline ? HS_FLAG_MULTILINE : 0),
            pack->expressions_count + i, pack->expressions_count + i);
    }
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

static int tell_refused(const struct sl_pack *pack, const struct expressions *expressions,
                        const hs_compile_error_t *refused, struct sl_error *error) {
    if (refused->expression < 0 || (uint32_t)refused->expression >= expressions->count ||
        expressions->sources[refused->expression] == OF_HASHTAG) {
        return sl_error_set(error, "the matcher cannot compile the pack: %s", refused->message);
    }
    uint32_t source = expressions->sources[refused->expression];
    bool is_guard = source >= pack->expressions_count;
    const struct sl_pack_guard *guard = &pack->guards[source - pack->expressions_count];
    const struct sl_pack_expression *expression = &pack->expressions[source];
    const struct sl_pack_place *place = is_guard ? &guard->place : &expression->place;
    return sl_error_set(
        error,
        "%s:%u:%u: patterns: %s: the matcher refuses '%s': %s; write it shorter, or "
        "as several phrases with fewer gaps and alternatives",
        place->file, place->line, place->column,
        is_guard ? "unless" : pack->patterns[expression->pattern].id,
        is_guard ? guard->phrase : expression->phrase, refused->message);
}

static int compile(struct sl_database *database, const struct sl_pack *pack,
                   const struct expressions *expressions, struct sl_error *error) {
    hs_compile_error_t *refused = NULL;
    if (hs_compile_multi(expressions->regexes, expressions->flags, expressions->ids,
                         expressions->count, HS_MODE_BLOCK, NULL, expressions->into,
                         &refused) != HS_SUCCESS) {
        tell_refused(pack, expressions, refused, error);
        hs_free_compile_error(refused);
        return SL_FAILED;
    }
    if (hs_alloc_scratch(*expressions->into, &database->scratch) != HS_SUCCESS) {
        return sl_error_set(error, "out of memory for the matcher's scratch");
    }
    return SL_OK;
}

// SL_OK with `*into` still NULL: there is no entry. An entry that fails anywhere is deleted.
static int take_cached(struct sl_database *database, struct hs_database **into,
                       struct sl_cache *cache, struct sl_error *trouble) {
    char *content;
    size_t len;
    if (sl_cache_load(cache, trouble, &content, &len) != SL_OK) {
        sl_cache_drop(cache);
        return SL_FAILED;
    }
    if (content == NULL) {
        return SL_OK;
    }
    bool usable = hs_deserialize_database(content, len, into) == HS_SUCCESS;
    free(content);
    if (usable && hs_alloc_scratch(*into, &database->scratch) == HS_SUCCESS) {
        return SL_OK;
    }
    if (usable) {
        hs_free_database(*into);
    }
    *into = NULL;
    sl_cache_drop(cache);
    return sl_error_set(trouble, "the matcher refused the entry %s", cache->name);
}

static int keep(const struct hs_database *compiled, struct sl_cache *cache,
                struct sl_error *trouble) {
    char *content;
    size_t len;
    if (hs_serialize_database(compiled, &content, &len) != HS_SUCCESS) {
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
    if (keep(*expressions->into, cache, &trouble) == SL_OK) {
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
    } else if (take_cached(database, expressions->into, &cache, &trouble) == SL_OK &&
               *expressions->into != NULL) {
        tell_origin(database, "taken from the cache in %s", cache.dir);
        result = SL_OK;
    } else {
        result = compile_and_keep(database, pack, expressions, &cache, &trouble, error);
    }
    sl_cache_close(&cache);
    return result;
}

static int open_database(struct sl_database *database, const struct sl_pack *pack,
                         void (*fill)(struct expressions *expressions, const struct sl_pack *pack),
                         const bool *taken, struct hs_database **into, const char *cache_dir,
                         struct sl_error *error) {
    struct expressions expressions;
    if (expressions_init(&expressions, pack, into, error) != SL_OK) {
        return SL_FAILED;
    }
    expressions.taken = taken;
    fill(&expressions, pack);
    int result = SL_OK;
    if (expressions.count > 0) {
        result = open_expressions(database, pack, &expressions, cache_dir, error);
    }
    expressions_free(&expressions);
    return result;
}

// The automaton reports what the matcher would.
static int open_phrases(struct sl_database *database, const struct sl_pack *pack, bool *ret_taken,
                        struct sl_error *error) {
    uint32_t count = 0;
    struct sl_phrases_source *sources =
        calloc((size_t)pack->expressions_count + pack->guards_count + pack->hashtags_count + 1,
               sizeof *sources);
    if (sources == NULL) {
        return sl_error_set(error, "out of memory for %u phrases", pack->expressions_count);
    }
    for (uint32_t i = 0; i < pack->expressions_count; i++) {
        sources[count++] = (struct sl_phrases_source){.plain = pack->expressions[i].plain,
                                                      .found = pack->expressions[i].pattern};
    }
    for (uint32_t i = 0; i < pack->guards_count; i++) {
        sources[count++] = (struct sl_phrases_source){.plain = pack->guards[i].plain,
                                                      .found = pack->patterns_count + i};
    }
    for (uint32_t i = 0; i < pack->hashtags_count; i++) {
        sources[count++] = (struct sl_phrases_source){.plain = pack->hashtags[i].plain,
                                                      .found = id_of_hashtag(pack, i)};
    }
    int result = sl_phrases_init(sources, count, error, ret_taken, &database->phrases);
    free(sources);
    return result;
}

static int open_all(struct sl_database *database, const struct sl_pack *pack, const char *cache_dir,
                    bool *taken, struct sl_error *error) {
    tell_origin(database, "nothing to compile: words say all of the pack");
    if (open_phrases(database, pack, taken, error) != SL_OK) {
        return SL_FAILED;
    }
    if (pack->guarded_count > 0 && open_database(database, pack, add_placed, taken,
                                                 &database->places, cache_dir, error) != SL_OK) {
        return SL_FAILED;
    }
    return open_database(database, pack, add_found, taken, &database->compiled, cache_dir, error);
}

int sl_database_init(struct sl_database *database, const struct sl_pack *pack,
                     const char *cache_dir, struct sl_error *error) {
    if (hs_valid_platform() != HS_SUCCESS) {
        return sl_error_set(error, "this processor lacks SSSE3, which the matcher needs");
    }
    bool *taken =
        calloc((size_t)pack->expressions_count + pack->guards_count + pack->hashtags_count + 1,
               sizeof *taken);
    if (taken == NULL) {
        return sl_error_set(error, "out of memory for %u phrases", pack->expressions_count);
    }
    int result = open_all(database, pack, cache_dir, taken, error);
    free(taken);
    return result;
}

void sl_database_done(struct sl_database *database) {
    sl_phrases_done(database->phrases);
    hs_free_scratch(database->scratch);
    hs_free_database(database->compiled);
    hs_free_database(database->places);
    *database = (struct sl_database){0};
}
