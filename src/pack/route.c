// SPDX-License-Identifier: Apache-2.0
#include <strings.h>

#include "base/assert.h"
#include "pack/pack.h"

static bool words_fit(const struct sl_pack_words *words, struct sl_str value) {
    for (uint32_t i = 0; i < words->count; i++) {
        struct sl_str word = words->words[i];
        if (word.len == value.len && strncasecmp(word.data, value.data, word.len) == 0) {
            return true;
        }
    }
    return words->count == 0;
}

static bool route_fits(const struct sl_pack_route *route, const struct sl_route_facts *facts) {
    return (route->labels == 0 || (route->labels >> facts->label & 1) != 0) &&
           (route->lines == 0 || (route->lines >> facts->line & 1) != 0) &&
           (route->topics == 0 || (route->topics & facts->topics) != 0) &&
           (route->signals == 0 || (route->signals & facts->signals) != 0) &&
           (route->masked < 0 || (route->masked == 1) == facts->masked) &&
           (route->followers_min == 0 || facts->followers >= route->followers_min) &&
           words_fit(&route->channels, facts->channel) && words_fit(&route->pages, facts->page) &&
           words_fit(&route->kinds, facts->kind) && words_fit(&route->langs, facts->lang);
}

const struct sl_pack_route *sl_pack_route(const struct sl_pack *pack,
                                          const struct sl_route_facts *facts) {
    SL_ASSERT((unsigned)facts->label < SL_LABELS_COUNT && (unsigned)facts->line < SL_LINES_COUNT);
    for (uint32_t i = 0; i < pack->routes_count; i++) {
        if (route_fits(&pack->routes[i], facts)) {
            return &pack->routes[i];
        }
    }
    SL_ASSERT(!"the last route has no condition");
    return NULL;
}
