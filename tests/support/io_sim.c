// SPDX-License-Identifier: Apache-2.0
#include "support/io_sim.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/random.h"

struct pending {
    struct sl_io_request *request; // NULL: free
    size_t len;                    // after the cut
    unsigned polls_left;
    bool cancelled;
};

struct sim {
    struct sl_io_sim_options options;
    struct sl_random random;
    int64_t streamed[2]; // bytes moved on streams, by verb
    size_t pending_max;
    struct pending pending[];
};

static void sim_submit(void *state, struct sl_io_request *request) {
    struct sim *sim = state;
    struct pending *pending = sim->pending;
    while (pending->request != NULL) {
        pending++;
    }
    // Both numbers are drawn for every request, so that one option does not shift the other's.
    uint64_t cut = sl_random_next(&sim->random);
    uint64_t delay = sl_random_next(&sim->random);
    bool is_short = cut % 100 < sim->options.short_percent;
    *pending = (struct pending){
        .request = request,
        .len = is_short ? 1 + cut / 100 % request->len : request->len,
        .polls_left = (unsigned)(delay % (sim->options.delay_polls_max + 1)),
    };
    if (request->verb == SL_IO_READ) {
        memset(request->data, SL_IO_SIM_POISON, request->len);
    }
}

static bool is_ready(const struct sl_io_request *request) {
    short events = request->verb == SL_IO_READ ? POLLIN : POLLOUT;
    struct pollfd polled = {.fd = request->fd, .events = events};
    return request->offset != SL_IO_STREAM || poll(&polled, 1, 0) > 0;
}

static ssize_t move(const struct sl_io_request *request, size_t len) {
    bool stream = request->offset == SL_IO_STREAM;
    if (request->verb == SL_IO_READ) {
        return stream ? read(request->fd, request->data, len)
                      : pread(request->fd, request->data, len, request->offset);
    }
    return stream ? write(request->fd, request->data, len)
                  : pwrite(request->fd, request->data, len, request->offset);
}

// What the system call gave, or the injected error; -EAGAIN when it is not time.
static int64_t transfer(struct sim *sim, const struct sl_io_request *request, size_t len) {
    bool stream = request->offset == SL_IO_STREAM;
    const struct sl_io_sim_fault *fault =
        request->verb == SL_IO_READ ? &sim->options.read_fault : &sim->options.write_fault;
    int64_t place = stream ? sim->streamed[request->verb] : request->offset;
    if (fault->error != 0 && place >= fault->at_byte) {
        return -fault->error;
    }
    if (fault->error != 0 && (int64_t)len > fault->at_byte - place) {
        len = (size_t)(fault->at_byte - place);
    }
    ssize_t moved = move(request, len);
    if (moved > 0 && stream) {
        sim->streamed[request->verb] += moved;
    }
    return moved < 0 ? -errno : moved;
}

// True when the request is complete.
static bool advance(struct sim *sim, struct pending *pending) {
    struct sl_io_request *request = pending->request;
    if (pending->cancelled) {
        request->result = -ECANCELED;
        return true;
    }
    if (pending->polls_left > 0) {
        pending->polls_left--;
        return false;
    }
    if (!is_ready(request)) {
        return false;
    }
    request->result = transfer(sim, request, pending->len);
    return request->result != -EAGAIN && request->result != -EINTR;
}

static size_t sim_poll(void *state, struct sl_io_request **ret_done, size_t max) {
    struct sim *sim = state;
    size_t done_count = 0;
    for (size_t i = 0; i < sim->pending_max && done_count < max; i++) {
        struct pending *pending = &sim->pending[i];
        if (pending->request != NULL && advance(sim, pending)) {
            ret_done[done_count++] = pending->request;
            pending->request = NULL;
        }
    }
    return done_count;
}

static void sim_wait(void *state, int timeout_ms) {
    struct sim *sim = state;
    for (size_t i = 0; i < sim->pending_max; i++) {
        if (sim->pending[i].request != NULL) {
            return;
        }
    }
    struct pollfd woken = {.fd = sim->options.wake_fd, .events = POLLIN};
    poll(&woken, 1, timeout_ms);
}

static void sim_cancel(void *state, struct sl_io_request *request) {
    struct sim *sim = state;
    for (size_t i = 0; i < sim->pending_max; i++) {
        if (sim->pending[i].request == request) {
            sim->pending[i].cancelled = true;
        }
    }
}

static const struct sl_io_operations operations = {
    .submit = sim_submit,
    .poll = sim_poll,
    .wait = sim_wait,
    .cancel = sim_cancel,
    .close = free,
};

int sl_io_sim_open(const struct sl_io_sim_options *options, size_t requests_max,
                   struct sl_error *error, struct sl_io **ret_io) {
    struct sim *sim = calloc(1, sizeof *sim + requests_max * sizeof(struct pending));
    if (sim == NULL) {
        return sl_error_set(error, "no memory for %zu requests", requests_max);
    }
    sim->options = *options;
    sim->random.state = options->seed;
    sim->pending_max = requests_max;
    if (sl_io_open_with(&operations, sim, requests_max, error, ret_io) != SL_OK) {
        free(sim);
        return SL_FAILED;
    }
    return SL_OK;
}
