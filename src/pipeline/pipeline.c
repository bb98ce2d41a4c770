// SPDX-License-Identifier: Apache-2.0
//
// The program, top to bottom: the stages are set up and joined by lanes, each runs in a thread that
// polls it and sleeps when there is nothing to do, the end of the input travels through them, and
// the last one rings.

#include "pipeline/pipeline.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/assert.h"
#include "engine/internal.h"
#include "pipeline/dispatch.h"
#include "pipeline/flow.h"
#include "pipeline/intake.h"
#include "pipeline/worker.h"

// An idle thread looks again this often at full speed, then this often between yields, then sleeps.
#define SPINS_COUNT  256
#define YIELDS_COUNT 8

struct stage {
    size_t (*poll)(void *state);
    bool (*finished)(const void *state);
    void *state;
    struct sl_bell *bell;
    struct sl_io *io; // NULL: the stage waits for its bell alone
    struct sl_pipeline *pipeline;
    pthread_t thread;
    bool started;
};

struct sl_pipeline {
    struct sl_pipeline_config config;
    unsigned workers_count;
    struct sl_lane *lanes;
    struct sl_intake intake;
    struct sl_worker *workers;
    struct sl_dispatch dispatch;
    struct stage *stages; // intake, workers, dispatch
    unsigned stages_count;
    _Atomic int gate; // enum gate
    int done_fd;      // eventfd
};

// Threads wait here until all of them exist.
enum gate {
    GATE_SHUT,
    GATE_OPEN,
    GATE_CANCELLED,
};

// Setting up.

static unsigned auto_workers(void) {
    cpu_set_t cores;
    int count = sched_getaffinity(0, sizeof cores, &cores) == 0 ? CPU_COUNT(&cores) : 1;
    return count > 1 ? (unsigned)count - 1 : 1;
}

static size_t power_of_two(size_t at_least) {
    size_t size = 1;
    while (size < at_least) {
        size *= 2;
    }
    return size;
}

static int open_io(struct sl_pipeline *pipeline, size_t requests_max, struct sl_bell *bell,
                   struct sl_error *error, struct sl_io **ret_io) {
    const struct sl_pipeline_config *config = &pipeline->config;
    if (config->open_io != NULL) {
        return config->open_io(config->open_io_state, config->io, requests_max, bell->fd, error,
                               ret_io);
    }
    return sl_io_open(config->io, requests_max, bell->fd, error, ret_io);
}

static int open_lane(struct sl_lane *lane, struct sl_error *error) {
    lane->bell.fd = -1;
    size_t blocks = power_of_two(SL_FLOW_BLOCKS_QUEUED);
    // A returned block must always find room: a lane has those queued, one in the worker's hands,
    // and one dealt since the intake last collected.
    size_t blocks_back = power_of_two(SL_FLOW_BLOCKS_QUEUED + 2);
    if (sl_ring_init(&lane->blocks, blocks, 0, error) != SL_OK ||
        sl_ring_init(&lane->blocks_back, blocks_back, 0, error) != SL_OK ||
        sl_ring_init(&lane->chunks, power_of_two(SL_FLOW_CHUNKS_COUNT), 0, error) != SL_OK ||
        sl_ring_init(&lane->chunks_back, power_of_two(SL_FLOW_CHUNKS_COUNT), 0, error) != SL_OK) {
        return SL_FAILED;
    }
    return sl_bell_open(&lane->bell, error);
}

static void close_lane(struct sl_lane *lane) {
    sl_bell_close(&lane->bell);
    sl_ring_done(&lane->blocks);
    sl_ring_done(&lane->blocks_back);
    sl_ring_done(&lane->chunks);
    sl_ring_done(&lane->chunks_back);
}

static int open_intake(struct sl_pipeline *pipeline, struct sl_error *error) {
    const struct sl_pipeline_config *config = &pipeline->config;
    struct sl_intake *intake = &pipeline->intake;
    intake->inputs = config->inputs;
    intake->inputs_count = config->inputs_count;
    intake->block_bytes = config->block_bytes;
    intake->lanes = pipeline->lanes;
    intake->lanes_count = pipeline->workers_count;
    if (sl_bell_open(&intake->bell, error) != SL_OK ||
        open_io(pipeline, SL_INTAKE_READS_COUNT, &intake->bell, error, &intake->io) != SL_OK) {
        return SL_FAILED;
    }
    return sl_intake_init(intake, error);
}

static int open_worker(struct sl_pipeline *pipeline, unsigned index, struct sl_error *error) {
    struct sl_worker *worker = &pipeline->workers[index];
    worker->lane = &pipeline->lanes[index];
    worker->intake_bell = &pipeline->intake.bell;
    worker->dispatch_bell = &pipeline->dispatch.bell;
    worker->engine = pipeline->config.engine;
    worker->format = pipeline->config.format;
    return sl_worker_init(worker, error);
}

static int open_sinks(struct sl_pipeline *pipeline, struct sl_error *error) {
    const struct sl_pipeline_config *config = &pipeline->config;
    struct sl_dispatch *dispatch = &pipeline->dispatch;
    if (sl_sink_open(&dispatch->items, config->output, config->inputs, config->inputs_count,
                     error) != SL_OK) {
        return SL_FAILED;
    }
    dispatch->has_quarantine = config->quarantine != NULL;
    if (!dispatch->has_quarantine) {
        return SL_OK;
    }
    return sl_sink_open(&dispatch->quarantine, config->quarantine, config->inputs,
                        config->inputs_count, error);
}

static int open_dispatch(struct sl_pipeline *pipeline, struct sl_error *error) {
    struct sl_dispatch *dispatch = &pipeline->dispatch;
    dispatch->lanes = pipeline->lanes;
    dispatch->lanes_count = pipeline->workers_count;
    dispatch->engine = pipeline->config.engine;
    dispatch->inputs = pipeline->config.inputs;
    dispatch->format = pipeline->config.format;
    if (sl_bell_open(&dispatch->bell, error) != SL_OK ||
        open_io(pipeline, 2 * SL_SINK_BUFFERS_COUNT, &dispatch->bell, error, &dispatch->io) !=
            SL_OK ||
        open_sinks(pipeline, error) != SL_OK) {
        return SL_FAILED;
    }
    return sl_dispatch_init(dispatch, error);
}

static size_t poll_intake(void *state) {
    return sl_intake_poll(state);
}

static size_t poll_worker(void *state) {
    return sl_worker_poll(state);
}

// A stage that cannot write wants no more input.
static size_t poll_dispatch(void *state) {
    struct sl_pipeline *pipeline = state;
    size_t count = sl_dispatch_poll(&pipeline->dispatch);
    if (sl_dispatch_broken(&pipeline->dispatch)) {
        sl_pipeline_drain(pipeline);
    }
    return count;
}

static bool intake_finished(const void *state) {
    return sl_intake_finished(state);
}

static bool worker_finished(const void *state) {
    return sl_worker_finished(state);
}

static bool dispatch_finished(const void *state) {
    return sl_dispatch_finished(&((const struct sl_pipeline *)state)->dispatch);
}

static void list_stages(struct sl_pipeline *pipeline) {
    struct stage *stage = pipeline->stages;
    *stage++ = (struct stage){.poll = poll_intake,
                              .finished = intake_finished,
                              .state = &pipeline->intake,
                              .bell = &pipeline->intake.bell,
                              .io = pipeline->intake.io};
    for (unsigned i = 0; i < pipeline->workers_count; i++) {
        *stage++ = (struct stage){.poll = poll_worker,
                                  .finished = worker_finished,
                                  .state = &pipeline->workers[i],
                                  .bell = &pipeline->lanes[i].bell};
    }
    *stage++ = (struct stage){.poll = poll_dispatch,
                              .finished = dispatch_finished,
                              .state = pipeline,
                              .bell = &pipeline->dispatch.bell,
                              .io = pipeline->dispatch.io};
    pipeline->stages_count = (unsigned)(stage - pipeline->stages);
    for (unsigned i = 0; i < pipeline->stages_count; i++) {
        pipeline->stages[i].pipeline = pipeline;
    }
}

static void *take_aligned(size_t count, size_t bytes) {
    void *memory = aligned_alloc(SL_RING_LINE_BYTES, count * bytes);
    return memory != NULL ? memset(memory, 0, count * bytes) : NULL;
}

static struct sl_pipeline *take_pipeline(unsigned workers_count) {
    struct sl_pipeline *pipeline = take_aligned(1, sizeof *pipeline);
    if (pipeline == NULL) {
        return NULL;
    }
    pipeline->workers_count = workers_count;
    pipeline->intake.bell.fd = pipeline->dispatch.bell.fd = pipeline->done_fd = -1;
    pipeline->lanes = take_aligned(workers_count, sizeof *pipeline->lanes);
    pipeline->workers = take_aligned(workers_count, sizeof *pipeline->workers);
    pipeline->stages = calloc(workers_count + 2, sizeof *pipeline->stages);
    return pipeline;
}

static int open_parts(struct sl_pipeline *pipeline, struct sl_error *error) {
    if (pipeline->lanes == NULL || pipeline->workers == NULL || pipeline->stages == NULL) {
        return sl_error_set(error, "no memory for %u workers", pipeline->workers_count);
    }
    for (unsigned i = 0; i < pipeline->workers_count; i++) {
        pipeline->lanes[i].bell.fd = -1;
    }
    pipeline->done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (pipeline->done_fd < 0) {
        return sl_error_set(error, "cannot open an eventfd: %s", strerror(errno));
    }
    for (unsigned i = 0; i < pipeline->workers_count; i++) {
        if (open_lane(&pipeline->lanes[i], error) != SL_OK ||
            open_worker(pipeline, i, error) != SL_OK) {
            return SL_FAILED;
        }
    }
    if (open_intake(pipeline, error) != SL_OK || open_dispatch(pipeline, error) != SL_OK) {
        return SL_FAILED;
    }
    list_stages(pipeline);
    return SL_OK;
}

int sl_pipeline_open(const struct sl_pipeline_config *config, struct sl_error *error,
                     struct sl_pipeline **ret_pipeline) {
    SL_ASSERT(config->engine != NULL && config->inputs_count > 0 && config->output != NULL);
    SL_ASSERT(config->workers_count <= SL_PIPELINE_WORKERS_MAX);
    unsigned workers_count = config->workers_count > 0 ? config->workers_count : auto_workers();
    if (workers_count > SL_PIPELINE_WORKERS_MAX) {
        workers_count = SL_PIPELINE_WORKERS_MAX;
    }
    struct sl_pipeline *pipeline = take_pipeline(workers_count);
    if (pipeline == NULL) {
        return sl_error_set(error, "no memory for the pipeline");
    }
    pipeline->config = *config;
    if (pipeline->config.block_bytes == 0) {
        pipeline->config.block_bytes = SL_PIPELINE_BLOCK_BYTES;
    }
    if (open_parts(pipeline, error) != SL_OK) {
        sl_pipeline_close(pipeline);
        return sl_error_add(error, "cannot set up the pipeline");
    }
    *ret_pipeline = pipeline;
    return SL_OK;
}

void sl_pipeline_close(struct sl_pipeline *pipeline) {
    if (pipeline == NULL) {
        return;
    }
    // The back ends first: until they are closed the kernel may still touch blocks and buffers.
    sl_io_close(pipeline->intake.io);
    sl_io_close(pipeline->dispatch.io);
    sl_intake_done(&pipeline->intake);
    sl_dispatch_done(&pipeline->dispatch);
    sl_sink_close(&pipeline->dispatch.items);
    sl_sink_close(&pipeline->dispatch.quarantine);
    for (unsigned i = 0; i < pipeline->workers_count; i++) {
        if (pipeline->workers != NULL) {
            sl_worker_done(&pipeline->workers[i]);
        }
        if (pipeline->lanes != NULL) {
            close_lane(&pipeline->lanes[i]);
        }
    }
    sl_bell_close(&pipeline->intake.bell);
    sl_bell_close(&pipeline->dispatch.bell);
    if (pipeline->done_fd >= 0) {
        close(pipeline->done_fd);
    }
    free(pipeline->lanes);
    free(pipeline->workers);
    free(pipeline->stages);
    free(pipeline);
}

// Running.

static void sleep_on(struct stage *stage) {
    sl_bell_arm(stage->bell);
    if (stage->poll(stage->state) == 0 && !stage->finished(stage->state)) {
        if (stage->io != NULL) {
            sl_io_wait(stage->io, -1);
        } else {
            sl_bell_wait(stage->bell, -1);
        }
    }
    sl_bell_disarm(stage->bell);
}

static bool pass_gate(struct sl_pipeline *pipeline) {
    int gate;
    while ((gate = atomic_load_explicit(&pipeline->gate, memory_order_acquire)) == GATE_SHUT) {
        sched_yield();
    }
    return gate == GATE_OPEN;
}

static void *run_stage(void *argument) {
    struct stage *stage = argument;
    unsigned idle_count = 0;
    if (!pass_gate(stage->pipeline)) {
        return NULL;
    }
    while (!stage->finished(stage->state)) {
        if (stage->poll(stage->state) > 0) {
            idle_count = 0;
        } else if (idle_count < SPINS_COUNT) {
            idle_count++;
        } else if (idle_count < SPINS_COUNT + YIELDS_COUNT) {
            idle_count++;
            sched_yield();
        } else {
            sleep_on(stage);
        }
    }
    if (stage->poll == poll_dispatch) {
        eventfd_write(stage->pipeline->done_fd, 1);
    }
    return NULL;
}

static void join_threads(struct sl_pipeline *pipeline) {
    for (unsigned i = 0; i < pipeline->stages_count; i++) {
        if (pipeline->stages[i].started) {
            pthread_join(pipeline->stages[i].thread, NULL);
            pipeline->stages[i].started = false;
        }
    }
}

int sl_pipeline_start(struct sl_pipeline *pipeline, struct sl_error *error) {
    for (unsigned i = 0; i < pipeline->stages_count; i++) {
        struct stage *stage = &pipeline->stages[i];
        int code = pthread_create(&stage->thread, NULL, run_stage, stage);
        if (code != 0) {
            atomic_store_explicit(&pipeline->gate, GATE_CANCELLED, memory_order_release);
            join_threads(pipeline);
            return sl_error_set(error, "cannot start thread %u of %u: %s", i + 1,
                                pipeline->stages_count, strerror(code));
        }
        stage->started = true;
    }
    atomic_store_explicit(&pipeline->gate, GATE_OPEN, memory_order_release);
    return SL_OK;
}

void sl_pipeline_drain(struct sl_pipeline *pipeline) {
    if (!atomic_exchange_explicit(&pipeline->intake.drain, true, memory_order_relaxed)) {
        sl_bell_ring(&pipeline->intake.bell);
    }
}

size_t sl_pipeline_poll(struct sl_pipeline *pipeline) {
    size_t count = 0;
    for (unsigned i = 0; i < pipeline->stages_count; i++) {
        count += pipeline->stages[i].poll(pipeline->stages[i].state);
    }
    return count;
}

bool sl_pipeline_finished(const struct sl_pipeline *pipeline) {
    return sl_dispatch_finished(&pipeline->dispatch);
}

int sl_pipeline_done_fd(const struct sl_pipeline *pipeline) {
    return pipeline->done_fd;
}

int sl_pipeline_join(struct sl_pipeline *pipeline, struct sl_error *error) {
    join_threads(pipeline);
    int result = SL_OK;
    const struct sl_error *errors[] = {&pipeline->intake.error, &pipeline->dispatch.items.error,
                                       &pipeline->dispatch.quarantine.error};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (errors[i]->length > 0) {
            result = sl_error_add(error, "%s", errors[i]->text);
        }
    }
    return result;
}

// Looking.

void sl_pipeline_read_totals(const struct sl_pipeline *pipeline,
                             struct sl_pipeline_totals *ret_totals) {
    const struct sl_dispatch_counters *dispatched = &pipeline->dispatch.counters;
    struct sl_pipeline_totals totals = {
        .bytes_in = sl_counter_read(&pipeline->intake.bytes_in),
        .bytes_out = sl_counter_read(&pipeline->dispatch.items.bytes_written),
        .sources_done = sl_counter_read(&pipeline->intake.sources_done),
        .emitted = sl_counter_read(&dispatched->emitted),
        .quarantined = sl_counter_read(&dispatched->quarantined),
    };
    for (unsigned i = 0; i < SL_LABELS_COUNT; i++) {
        totals.by_label[i] = sl_counter_read(&dispatched->by_label[i]);
    }
    for (unsigned i = 0; i < SL_QUARANTINE_REASONS_COUNT; i++) {
        totals.by_reason[i] = sl_counter_read(&dispatched->by_reason[i]);
    }
    for (unsigned i = 0; i < pipeline->workers_count; i++) {
        const struct sl_worker_counters *counters = &pipeline->workers[i].counters;
        totals.received += sl_counter_read(&counters->received);
        totals.repaired += sl_counter_read(&counters->repaired);
        totals.masked_posts += sl_counter_read(&counters->masked_posts);
        for (unsigned kind = 0; kind < SL_KINDS_COUNT; kind++) {
            totals.by_mask[kind] += sl_counter_read(&counters->by_mask[kind]);
        }
        for (unsigned flag = 0; flag < SL_FLAGS_COUNT; flag++) {
            for (unsigned care = 0; care < 2; care++) {
                totals.flagged[flag][care] += sl_counter_read(&counters->flagged[flag][care]);
            }
        }
    }
    const struct sl_unfinished_counters *unfinished =
        sl_desk_unfinished_counters(pipeline->dispatch.desk);
    totals.joined = sl_counter_read(&unfinished->joined);
    totals.joined_evicted = sl_counter_read(&unfinished->evicted);
    totals.masked_posts += sl_counter_read(&dispatched->joined_posts);
    for (unsigned kind = 0; kind < SL_KINDS_COUNT; kind++) {
        totals.by_mask[kind] += sl_counter_read(&dispatched->joined_by_mask[kind]);
    }
    *ret_totals = totals;
}

uint64_t sl_pipeline_route_items(const struct sl_pipeline *pipeline, uint32_t route) {
    SL_ASSERT(route < sl_engine_pack(pipeline->config.engine)->routes_count);
    return sl_counter_read(&pipeline->dispatch.by_route[route]);
}

unsigned sl_pipeline_workers_count(const struct sl_pipeline *pipeline) {
    return pipeline->workers_count;
}

enum sl_io_backend sl_pipeline_io_in_use(const struct sl_pipeline *pipeline) {
    return sl_io_backend_in_use(pipeline->intake.io);
}

const char *sl_pipeline_io_fallback_reason(const struct sl_pipeline *pipeline) {
    return sl_io_fallback_reason(pipeline->intake.io);
}

bool sl_pipeline_stopped_at(const struct sl_pipeline *pipeline, const char **ret_input,
                            uint64_t *ret_offset) {
    const struct sl_intake *intake = &pipeline->intake;
    if (!intake->stopped || intake->source >= intake->inputs_count) {
        return false;
    }
    *ret_input = sl_intake_name(intake->inputs[intake->source]);
    *ret_offset = intake->taken_bytes;
    return true;
}

size_t sl_pipeline_first_refused(const struct sl_pipeline *pipeline,
                                 struct sl_refused *ret_refused) {
    const struct sl_dispatch *dispatch = &pipeline->dispatch;
    memcpy(ret_refused, dispatch->first_refused,
           dispatch->first_refused_count * sizeof *ret_refused);
    return dispatch->first_refused_count;
}
