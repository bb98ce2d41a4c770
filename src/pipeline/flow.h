// SPDX-License-Identifier: Apache-2.0
//
// pipeline/flow.h - what travels between the threads, and the lanes it travels on.
//
// A *block* holds whole records as they were read; it goes from the intake to one worker and back.
// A *chunk* holds dockets, one for each record, in order; it goes from a worker to the dispatch and
// back. Blocks are numbered and dealt in turn (block s to worker s mod N); a block's dockets fill
// one chunk or several, the last of which is marked; so the dispatch restores the order of the
// input by asking the workers in the same turn, and a worker with much to say is read while it
// still writes.
#ifndef SL_PIPELINE_FLOW_H
#define SL_PIPELINE_FLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/counter.h"
#include "desk/desk.h"
#include "item/write.h"
#include "pipeline/quarantine.h"
#include "ring/bell.h"
#include "ring/ring.h"

enum sl_block_kind {
    SL_BLOCK_RECORDS,
    SL_BLOCK_OVERLONG,   // the beginning of one record that exceeds SL_POST_RECORD_MAX_BYTES
    SL_BLOCK_UNFINISHED, // the beginning of a record whose rest will not come
    SL_BLOCK_END,        // nothing comes after it
};

struct sl_block {
    enum sl_block_kind kind;
    uint64_t sequence;
    uint32_t source; // index of the input
    char *data;      // in memory
    size_t len;
    uint64_t record_bytes; // OVERLONG and UNFINISHED: of the whole record, as far as it was seen
    char *memory;          // SL_POST_RECORD_MAX_BYTES of headroom for a carried-over beginning, one
                           // read, SL_POST_PADDING_BYTES
};

// Of a record that is not whole, this much is shown, and masked with a view of twice as much, so
// that an identifier that the cut would divide is seen whole.
#define SL_FLOW_EXCERPT_BYTES 4096u
#define SL_FLOW_LOOK_BYTES    (2 * SL_FLOW_EXCERPT_BYTES)

// A chunk is sent on when this much is in it; its memory is larger so that any single docket fits,
// and untouched pages cost nothing.
#define SL_FLOW_CHUNK_SEND_BYTES (256u << 10)
#define SL_FLOW_CHUNK_BYTES      (9u << 20)
#define SL_FLOW_CHUNKS_COUNT     4 // a worker

struct sl_chunk {
    uint64_t sequence; // of the block
    uint32_t source;
    bool last;            // of its block
    bool end;             // nothing comes after it
    uint32_t lines_count; // in the block; with `last`
    uint32_t dockets_count;
    size_t used_bytes;
    unsigned char *bytes;
};

// One record's way slip, followed in the chunk by the bytes it points to.
struct sl_docket {
    size_t total_bytes;               // to the next docket
    uint32_t line;                    // in its block, from 1
    enum sl_quarantine_reason reason; // 0: an item
    // An item.
    struct sl_case the_case; // its strings and edges stand behind the docket
    struct sl_item_body body;
    struct sl_masked_text text; // of a post that may finish a number; otherwise absent
    // A quarantined record.
    struct sl_str record; // masked; absent: it could not be masked and is withheld
    uint64_t record_bytes;
    bool cut;
};

// What joins one worker to the others.
struct sl_lane {
    struct sl_ring blocks;      // intake → worker
    struct sl_ring blocks_back; // worker → intake
    struct sl_ring chunks;      // worker → dispatch
    struct sl_ring chunks_back; // dispatch → worker
    struct sl_bell bell;        // the worker's
};

#define SL_FLOW_BLOCKS_QUEUED 2 // in a lane

#endif
