// SPDX-License-Identifier: Apache-2.0
//
// pipeline/dispatch.h - the last stage: takes the workers' dockets in the order of the input, lets
// the desk decide, and writes items and quarantined records.
//
// Everything that depends on order happens here, in one thread: the desk, the line numbers of
// refused records, the output. When a sink has no room the docket in hand waits, its chunk is not
// given back, and the whole stage behind it comes to rest. When a sink breaks, reading is stopped
// and what is still under way is taken and dropped, so that every thread can end; the error then
// says so.
//
// Threads: poll from one thread.
#ifndef SL_PIPELINE_DISPATCH_H
#define SL_PIPELINE_DISPATCH_H

#include "pipeline/flow.h"
#include "pipeline/pipeline.h"
#include "pipeline/sink.h"

struct sl_dispatch_counters {
    _Alignas(128) struct sl_counter emitted;
    struct sl_counter quarantined;
    struct sl_counter by_label[SL_LABELS_COUNT];
    struct sl_counter by_reason[SL_QUARANTINE_REASONS_COUNT];
    struct sl_counter joined_by_mask[SL_KINDS_COUNT]; // numbers that two posts make together
    struct sl_counter joined_posts;                   // with no other mask
};

struct sl_dispatch {
    // Set by the pipeline.
    struct sl_lane *lanes;
    unsigned lanes_count;
    struct sl_io *io;
    struct sl_bell bell;
    const struct sl_engine *engine;
    const char *const *inputs;
    enum sl_item_format format;
    struct sl_sink items;
    struct sl_sink quarantine;
    bool has_quarantine;

    struct sl_desk *desk;
    struct sl_item_writer *writer;

    uint64_t sequence;      // of the block whose dockets are next
    struct sl_chunk *chunk; // in hand
    size_t chunk_position;
    uint32_t chunk_dockets;      // done of it
    uint32_t source;             // of the last chunk
    uint64_t lines_before;       // lines of this source in earlier blocks
    struct sl_decision decision; // of the docket in hand
    bool decided;
    bool ended; // every docket has been taken
    bool done;  // and written

    struct sl_refused first_refused[SL_PIPELINE_REFUSED_MAX];
    size_t first_refused_count;
    struct sl_dispatch_counters counters;
    struct sl_counter *by_route; // the pack's routes
};

int sl_dispatch_init(struct sl_dispatch *dispatch, struct sl_error *error);
void sl_dispatch_done(struct sl_dispatch *dispatch);

// One round; never blocks (but see io.h on plain writes). Returns how much was done.
size_t sl_dispatch_poll(struct sl_dispatch *dispatch);
bool sl_dispatch_finished(const struct sl_dispatch *dispatch);

// A sink cannot be written any more.
bool sl_dispatch_broken(const struct sl_dispatch *dispatch);

#endif
