// SPDX-License-Identifier: Apache-2.0
#include "desk/desk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

struct sl_desk {
    const struct sl_pack *pack;
    int64_t now_ns; // the latest post time seen, or SL_TIME_NONE
    struct sl_unfinished unfinished;
};

int sl_desk_open(const struct sl_pack *pack, struct sl_error *error, struct sl_desk **ret_desk) {
    struct sl_desk *desk = malloc(sizeof *desk);
    if (desk == NULL) {
        return sl_error_set(error, "no memory for the desk: %s", strerror(errno));
    }
    *desk = (struct sl_desk){.pack = pack, .now_ns = SL_TIME_NONE};
    if (sl_unfinished_init(&desk->unfinished, error) != SL_OK) {
        free(desk);
        return SL_FAILED;
    }
    *ret_desk = desk;
    return SL_OK;
}

void sl_desk_close(struct sl_desk *desk) {
    if (desk != NULL) {
        sl_unfinished_done(&desk->unfinished);
        free(desk);
    }
}

const struct sl_unfinished_counters *sl_desk_unfinished_counters(const struct sl_desk *desk) {
    return &desk->unfinished.counters;
}

// Nothing is held of nobody, nor of the page itself, which answers many in one breath.
static const struct sl_join *join(struct sl_desk *desk, const struct sl_case *the_case,
                                  int64_t at_ns) {
    if (!the_case->has_author || the_case->from_brand) {
        return NULL;
    }
    struct sl_unfinished_post post = {.author = the_case->author,
                                      .item_id = the_case->item_id,
                                      .at_ns = at_ns,
                                      .edges = the_case->edges};
    return sl_unfinished_take(&desk->unfinished, &post);
}

// Times at the edge of what an int64_t holds have no deadline rather than a wrong one.
static int64_t deadline(int64_t from_ns, int64_t after_ns) {
    int64_t due_ns;
    if (from_ns == SL_TIME_NONE || after_ns < 0 ||
        __builtin_add_overflow(from_ns, after_ns, &due_ns)) {
        return SL_TIME_NONE;
    }
    return due_ns;
}

// Only what was written in public can be seen, answered and taken down in public.
static uint32_t privacy_actions(const struct sl_route_facts *facts) {
    bool private_message = sl_str_equal(facts->kind, SL_STR("message"));
    if (!facts->masked || private_message) {
        return 0;
    }
    return 1u << SL_ACTION_COURTESY | 1u << SL_ACTION_REMOVE;
}

void sl_desk_decide(struct sl_desk *desk, const struct sl_case *the_case,
                    struct sl_decision *ret_decision) {
    struct sl_route_facts facts = the_case->facts;
    if (the_case->from_brand) {
        facts.label = SL_LABEL_EDITORIAL;
    }
    int64_t at_ns = the_case->created_at_ns;
    if (at_ns == SL_TIME_NONE) {
        at_ns = desk->now_ns;
    } else if (at_ns > desk->now_ns) { // SL_TIME_NONE is the least of all
        desk->now_ns = at_ns;
    }
    const struct sl_join *joined = join(desk, the_case, at_ns);
    facts.masked |= joined != NULL;
    const struct sl_pack_route *route = sl_pack_route(desk->pack, &facts);
    bool care = facts.label == SL_LABEL_CARE;
    *ret_decision = (struct sl_decision){
        .label = facts.label,
        .queue = route->queue,
        .priority = route->priority,
        .due_ns = deadline(at_ns, route->deadline_ns),
        .actions = route->actions | privacy_actions(&facts),
        .criticals = route->criticals,
        .route = (uint32_t)(route - desk->pack->routes),
        .has_request = care,
        .request = {.id = the_case->item_id, .turn = 1, .opened_at_ns = at_ns},
        .join = joined,
    };
}
