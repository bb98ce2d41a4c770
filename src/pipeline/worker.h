// SPDX-License-Identifier: Apache-2.0
//
// pipeline/worker.h - the middle stage: a block's records, 64 at a time, through decode, judge and
// mask, into dockets.
//
// Each poll takes one step with one batch: decode its records; judge their texts at once, together
// with the fields and refused records that have to be masked; then write a docket for each record,
// in order. When no chunk is free the batch stays as it is and the next poll goes on where it
// stopped.
//
// Pure: what a docket says depends on its record and the pack alone. Threads: one a worker.
#ifndef SL_PIPELINE_WORKER_H
#define SL_PIPELINE_WORKER_H

#include "base/arena.h"
#include "pipeline/flow.h"
#include "pipeline/pipeline.h"

#define SL_WORKER_BATCH_COUNT 64
// A post's text and its three free-text fields.
#define SL_WORKER_TEXTS_COUNT (4 * SL_WORKER_BATCH_COUNT)

enum sl_worker_field {
    SL_WORKER_AUTHOR_NAME,
    SL_WORKER_AUTHOR_HANDLE,
    SL_WORKER_URL,
    SL_WORKER_FIELDS_COUNT,
};

struct sl_worker_record {
    enum sl_quarantine_reason reason; // 0: `post` is good
    uint32_t line;
    uint64_t record_bytes;
    bool cut;
    struct sl_post post;
    uint32_t text;                           // index in `texts`
    uint32_t fields[SL_WORKER_FIELDS_COUNT]; // index in `texts`, or UINT32_MAX: leaves as it is
};

struct sl_worker_counters {
    _Alignas(128) struct sl_counter received;
    struct sl_counter repaired;
    struct sl_counter masked_posts;
    struct sl_counter by_mask[SL_KINDS_COUNT];
    struct sl_counter flagged[SL_FLAGS_COUNT][2]; // by flag; [1]: the engine itself judged care
};

struct sl_worker {
    // Set by the pipeline.
    struct sl_lane *lane;
    struct sl_bell *intake_bell;
    struct sl_bell *dispatch_bell;
    const struct sl_engine *engine;
    enum sl_item_format format;

    struct sl_post_decoder *decoder;
    struct sl_judge *judge;
    struct sl_item_writer *writer;

    struct sl_block *block; // in hand
    size_t block_position;  // of the next record
    uint32_t line;          // lines seen in the block

    struct sl_worker_record records[SL_WORKER_BATCH_COUNT];
    uint32_t records_count;
    uint32_t records_written;
    struct sl_text texts[SL_WORKER_TEXTS_COUNT];
    uint32_t texts_count;
    const struct sl_verdict *verdicts; // one for each text
    struct sl_arena refused;           // texts of refused records

    struct sl_chunk chunks[SL_FLOW_CHUNKS_COUNT];
    struct sl_arena chunk_memory;
    struct sl_chunk *chunk; // being filled, or NULL
    bool done;

    struct sl_worker_counters counters;
};

int sl_worker_init(struct sl_worker *worker, struct sl_error *error);
void sl_worker_done(struct sl_worker *worker);

// One round; never blocks. Returns how much was done.
size_t sl_worker_poll(struct sl_worker *worker);
bool sl_worker_finished(const struct sl_worker *worker);

#endif
