// SPDX-License-Identifier: Apache-2.0
//
// desk/desk.h - from what a post says to what is to be done with it: queue, priority, deadline,
// actions.
//
// The desk sees posts in order of input and is driven by their own times, never by the wall clock,
// so the same posts give the same decisions. Its clock is the latest post time seen; a post without
// a time is dated by it.
//
// It also remembers numbers that a post begins and does not finish (unfinished.h), so that the
// author's next post can be masked, and the first one named.
//
// Threads: one; the counters may be read by any. Nothing is allocated after open.
#ifndef SL_DESK_DESK_H
#define SL_DESK_DESK_H

#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "desk/unfinished.h"
#include "pack/pack.h"

struct sl_desk;

// What the desk is told of a post.
struct sl_case {
    struct sl_route_facts facts;
    struct sl_hash128 item_id;
    int64_t created_at_ns; // or SL_TIME_NONE
    bool from_brand;       // the page's own words: never a request for care
    bool has_author;
    struct sl_hash128 author;     // of channel and author id
    const struct sl_edges *edges; // of numbers cut in two, or NULL
};

struct sl_request {
    struct sl_hash128 id;
    uint32_t turn;        // from 1
    int64_t opened_at_ns; // or SL_TIME_NONE
};

struct sl_decision {
    enum sl_label label;
    const char *queue;
    uint8_t priority;
    int64_t due_ns;     // or SL_TIME_NONE
    uint32_t actions;   // bit i: enum sl_action
    uint32_t criticals; // bit i: enum sl_critical
    uint32_t route;     // index in the pack: what the counts by queue go by
    bool has_request;
    struct sl_request request;
    const struct sl_join *join; // a number that this post finishes, or NULL; until the next decide
};

// The pack outlives the desk.
int sl_desk_open(const struct sl_pack *pack, struct sl_error *error, struct sl_desk **ret_desk);
void sl_desk_close(struct sl_desk *desk);

// Decides one post. Every post a request of its own, when it is care; `turn` is then 1.
void sl_desk_decide(struct sl_desk *desk, const struct sl_case *the_case,
                    struct sl_decision *ret_decision);

const struct sl_unfinished_counters *sl_desk_unfinished_counters(const struct sl_desk *desk);

#endif
