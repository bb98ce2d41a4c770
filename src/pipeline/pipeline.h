// SPDX-License-Identifier: Apache-2.0
//
// pipeline/pipeline.h - the stage as a whole: inputs in, items out, nothing lost on the way.
//
//     intake thread ──ring──► worker 1..N ──ring──► dispatch thread
//     reads blocks,           decode, judge,        order, decide (desk),
//     cuts at record ends     mask, write bodies    write items
//
// Use: fill a config, open, start, wait until done_fd is readable (drain it earlier if asked to),
// join, read the totals, close. A test calls poll until it is finished instead of start and join:
// the same stages then run in one thread.
//
// What holds: every record that is not blank ends as exactly one item or one quarantined record
// with a reason, received = emitted + quarantined + in flight at any time. The same inputs, pack
// and format give the same bytes, whatever the number of workers, the block size and the back end.
// A full ring stops the reading; memory does not grow with the input.
//
// Threads: drain and read_totals may be called from any thread (drain also from a signal handler),
// all else from the thread that opened. Memory: taken by open, about 20 MiB resident with one
// worker; nothing is allocated per post.
#ifndef SL_PIPELINE_PIPELINE_H
#define SL_PIPELINE_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sluice/engine.h>

#include "base/error.h"
#include "io/io.h"
#include "item/write.h"
#include "pipeline/quarantine.h"

#define SL_PIPELINE_WORKERS_MAX 64

struct sl_pipeline;

// How a thread comes by its io: sl_io_open unless a test has something else in mind.
typedef int (*sl_pipeline_io_fn)(void *state, enum sl_io_backend backend, size_t requests_max,
                                 int wake_fd, struct sl_error *error, struct sl_io **ret_io);

struct sl_pipeline_config {
    const struct sl_engine *engine; // outlives the pipeline
    const char *const *inputs;      // paths, read one after the other; "-": standard input
    size_t inputs_count;
    const char *output;     // a path, or "-": standard output
    const char *quarantine; // a path, or NULL: refused records are only counted
    enum sl_item_format format;
    unsigned workers_count; // 0: the cores this process may use, less one, at least one
    enum sl_io_backend io;
    size_t block_bytes;        // what one read asks for; 0: SL_PIPELINE_BLOCK_BYTES
    sl_pipeline_io_fn open_io; // NULL: sl_io_open
    void *open_io_state;
};

#define SL_PIPELINE_BLOCK_BYTES     (1u << 20)
#define SL_PIPELINE_BLOCK_MIN_BYTES 64u
#define SL_PIPELINE_BLOCK_MAX_BYTES (64u << 20)

struct sl_pipeline_totals {
    uint64_t bytes_in;
    uint64_t bytes_out;
    uint64_t received;
    uint64_t emitted;
    uint64_t quarantined;
    uint64_t repaired; // posts in which invalid Unicode was replaced
    uint64_t by_label[SL_LABELS_COUNT];
    uint64_t by_mask[SL_KINDS_COUNT]; // identifiers masked
    uint64_t masked_posts;
    // Posts by the agency's flag, and whether the engine itself judged them care ([1]) or not.
    uint64_t flagged[SL_FLAGS_COUNT][2];
    uint64_t joined;         // numbers that were begun in an earlier post; in by_mask, too
    uint64_t joined_evicted; // numbers forgotten for want of room while they were waited for
    uint64_t by_reason[SL_QUARANTINE_REASONS_COUNT];
    uint64_t sources_done;
};

int sl_pipeline_open(const struct sl_pipeline_config *config, struct sl_error *error,
                     struct sl_pipeline **ret_pipeline);
void sl_pipeline_close(struct sl_pipeline *pipeline);

int sl_pipeline_start(struct sl_pipeline *pipeline, struct sl_error *error);

// Stop reading; what has been taken in is still judged and written. Calling it again does nothing
// more.
void sl_pipeline_drain(struct sl_pipeline *pipeline);

// Becomes readable when the last item has been written or writing has failed.
int sl_pipeline_done_fd(const struct sl_pipeline *pipeline);

// Waits for the threads. Fails when an input could not be read or an output could not be written;
// the error has a line for each (the first few).
int sl_pipeline_join(struct sl_pipeline *pipeline, struct sl_error *error);

// The first records that were refused, up to SL_PIPELINE_REFUSED_MAX; after join. Returns how many.
#define SL_PIPELINE_REFUSED_MAX 5
struct sl_refused {
    const char *source;
    uint64_t line; // from 1
    enum sl_quarantine_reason reason;
};
size_t sl_pipeline_first_refused(const struct sl_pipeline *pipeline,
                                 struct sl_refused *ret_refused);

// One round of every stage in the calling thread, instead of start. Returns how much was done; 0
// means that everything waits for input, output, or a drain.
size_t sl_pipeline_poll(struct sl_pipeline *pipeline);
bool sl_pipeline_finished(const struct sl_pipeline *pipeline);

void sl_pipeline_read_totals(const struct sl_pipeline *pipeline,
                             struct sl_pipeline_totals *ret_totals);

// Items by route of the pack (queues may have several routes).
uint64_t sl_pipeline_route_items(const struct sl_pipeline *pipeline, uint32_t route);

unsigned sl_pipeline_workers_count(const struct sl_pipeline *pipeline);
enum sl_io_backend sl_pipeline_io_in_use(const struct sl_pipeline *pipeline);
const char *sl_pipeline_io_fallback_reason(const struct sl_pipeline *pipeline);

// After a drain: where reading stopped. False when every input was read to its end.
bool sl_pipeline_stopped_at(const struct sl_pipeline *pipeline, const char **ret_input,
                            uint64_t *ret_offset);

#endif
