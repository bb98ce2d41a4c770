// SPDX-License-Identifier: Apache-2.0
//
// pipeline/sink.h - bytes to one descriptor, in order, through pooled buffers.
//
// Claim room, write into it, commit. A buffer goes to the kernel when it holds SL_SINK_SEND_BYTES,
// or at a flush. Writes to a regular file that we opened carry their offsets, and several are in
// flight; anything else gets one at a time. A short write is continued. The first error is kept and
// makes the sink broken: it then takes and forgets.
//
// Threads: one. The io that it submits to is the caller's; the caller hands its completions to
// sl_sink_complete.
#ifndef SL_PIPELINE_SINK_H
#define SL_PIPELINE_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/counter.h"
#include "base/error.h"
#include "io/io.h"

#define SL_SINK_BUFFERS_COUNT 4
#define SL_SINK_SEND_BYTES    (512u << 10)
#define SL_SINK_BUFFER_BYTES  (32u << 20) // address space; pages are touched as they are used

struct sl_sink_buffer {
    char *bytes;
    size_t used_bytes;
    size_t written_bytes;
    bool in_flight;
    struct sl_io_request request;
};

struct sl_sink {
    const char *name; // for errors
    int fd;
    bool close_fd;
    bool broken;
    int64_t offset;      // of the next write, or SL_IO_STREAM
    unsigned head, tail; // buffers [head, tail) are full or being written; tail is being filled
    struct sl_arena memory;
    struct sl_sink_buffer buffers[SL_SINK_BUFFERS_COUNT];
    struct sl_counter bytes_written;
    struct sl_error error;
};

// Opens `path` ("-": standard output) and takes the buffers. An existing file is emptied, unless it
// is one of `inputs`: then this fails and touches nothing.
int sl_sink_open(struct sl_sink *sink, const char *path, const char *const *inputs,
                 size_t inputs_count, struct sl_error *error);
void sl_sink_close(struct sl_sink *sink);

// Room for `bytes` (at most SL_SINK_BUFFER_BYTES), or NULL when all buffers are on their way.
char *sl_sink_claim(struct sl_sink *sink, struct sl_io *io, size_t bytes);
void sl_sink_commit(struct sl_sink *sink, struct sl_io *io, size_t bytes);

// Sends what there is. Returns true when something was sent.
bool sl_sink_flush(struct sl_sink *sink, struct sl_io *io);

// A write has completed: frees its buffer or writes the rest.
void sl_sink_complete(struct sl_sink *sink, struct sl_io *io, struct sl_io_request *request);

// Nothing is waiting or in flight.
bool sl_sink_idle(const struct sl_sink *sink);

#endif
