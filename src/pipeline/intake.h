// SPDX-License-Identifier: Apache-2.0
//
// pipeline/intake.h - the first stage: reads the inputs one after the other into pooled blocks,
// cuts the blocks at record ends, and deals them to the workers in turn.
//
// A regular file has several reads in flight, consumed in the order of their offsets; anything else
// (pipe, terminal, device) has one. The bytes behind a block's last newline are carried over into
// the headroom of the next. A record that no headroom can hold becomes an OVERLONG block with its
// beginning, and reading goes on behind its newline.
//
// When a lane is full or no block is free, nothing is read. On a drain, reads in flight are
// cancelled; what a pipe has already given is still dealt, its half record as UNFINISHED.
//
// Threads: poll from one thread; `drain` is set by any.
#ifndef SL_PIPELINE_INTAKE_H
#define SL_PIPELINE_INTAKE_H

#include "base/arena.h"
#include "pipeline/flow.h"
#include "pipeline/pipeline.h"

#define SL_INTAKE_READS_COUNT 4

struct sl_intake_read {
    struct sl_block *block;
    size_t filled_bytes;
    bool complete; // in flight until then
    bool at_end;   // the input ended in or before this read
    struct sl_io_request request;
};

enum sl_intake_state {
    SL_INTAKE_OPENING, // the next input
    SL_INTAKE_READING,
    SL_INTAKE_CLOSING, // reads in flight of an input that is done with
    SL_INTAKE_ENDING,  // an END block for every lane
    SL_INTAKE_DONE,
};

struct sl_intake {
    // Set by the pipeline.
    const char *const *inputs;
    size_t inputs_count;
    size_t block_bytes;
    struct sl_lane *lanes;
    unsigned lanes_count;
    struct sl_io *io;
    struct sl_bell bell;
    _Atomic bool drain;

    // The input being read.
    enum sl_intake_state state;
    size_t source;
    int fd;
    bool regular;
    bool in_overlong;     // passing over the rest of a record that is too long
    bool failed;          // a read of this input failed
    int64_t next_offset;  // of the next read to submit
    uint64_t taken_bytes; // of this input, up to the last record dealt
    struct sl_intake_read reads[SL_INTAKE_READS_COUNT];
    unsigned head, tail; // reads [head, tail) are submitted, oldest first
    bool end_seen;       // no further reads of this input

    // Blocks.
    struct sl_arena memory;
    struct sl_block *blocks;
    struct sl_block **free_blocks;
    size_t free_count;
    struct sl_block *ready;    // cut, waiting for room in its lane
    struct sl_block *overlong; // the beginning of the record that is being passed over
    uint64_t sequence;
    unsigned ends_sent;
    char *carry;
    size_t carry_len;

    // Read by others.
    struct sl_counter bytes_in;
    struct sl_counter sources_done;
    struct sl_error error; // inputs that failed; read after join
    size_t sources_failed;
    bool stopped; // by a drain, before the inputs' end
};

// Takes all memory. The caller has set the fields marked so.
int sl_intake_init(struct sl_intake *intake, struct sl_error *error);
void sl_intake_done(struct sl_intake *intake);

// One round; never blocks (but for opening an input). Returns how much was done.
size_t sl_intake_poll(struct sl_intake *intake);
bool sl_intake_finished(const struct sl_intake *intake);

// What people call an input: its path, or "standard input" for "-".
const char *sl_intake_name(const char *input);

#endif
