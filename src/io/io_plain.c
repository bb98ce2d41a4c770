// SPDX-License-Identifier: Apache-2.0
//
// Ordinary system calls: a request is done when somebody polls for it. Requests with an offset are
// on files, which are always ready; streams are asked with poll(2) first, so that a quiet one does
// not hold up the rest.
#include "io/internal.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

struct plain {
    struct sl_io_list in_flight;
    int wake_fd;
    struct pollfd *polled; // one for each stream in flight, in the list's order, and the wake_fd
};

int sl_io_plain_open(size_t requests_max, int wake_fd, struct sl_error *error, void **ret_state) {
    struct plain *plain = calloc(1, sizeof *plain);
    struct pollfd *polled = calloc(requests_max + 1, sizeof *polled);
    if (plain == NULL || polled == NULL) {
        free(plain);
        free(polled);
        return sl_error_set(error, "no memory for %zu requests", requests_max);
    }
    plain->wake_fd = wake_fd;
    plain->polled = polled;
    *ret_state = plain;
    return SL_OK;
}

static void plain_close(void *state) {
    struct plain *plain = state;
    free(plain->polled);
    free(plain);
}

static void plain_submit(void *state, struct sl_io_request *request) {
    struct plain *plain = state;
    request->cancelled = false;
    sl_io_list_append(&plain->in_flight, request);
}

static void plain_cancel(void *state, struct sl_io_request *request) {
    (void)state;
    request->cancelled = true;
}

static bool is_stream(const struct sl_io_request *request) {
    return request->offset == SL_IO_STREAM;
}

static nfds_t list_streams(struct plain *plain) {
    nfds_t count = 0;
    for (struct sl_io_request *request = plain->in_flight.first; request != NULL;
         request = request->next) {
        if (is_stream(request)) {
            short events = request->verb == SL_IO_READ ? POLLIN : POLLOUT;
            plain->polled[count++] = (struct pollfd){.fd = request->fd, .events = events};
        }
    }
    return count;
}

static ssize_t transfer(const struct sl_io_request *request) {
    if (request->verb == SL_IO_READ) {
        return is_stream(request)
                   ? read(request->fd, request->data, request->len)
                   : pread(request->fd, request->data, request->len, request->offset);
    }
    return is_stream(request) ? write(request->fd, request->data, request->len)
                              : pwrite(request->fd, request->data, request->len, request->offset);
}

// False: not now, ask again.
static bool complete(struct sl_io_request *request, bool ready) {
    if (request->cancelled) {
        request->result = -ECANCELED;
        return true;
    }
    if (!ready) {
        return false;
    }
    ssize_t moved = transfer(request);
    if (moved < 0 && (errno == EAGAIN || errno == EINTR)) {
        return false;
    }
    request->result = moved < 0 ? -errno : moved;
    return true;
}

static size_t plain_poll(void *state, struct sl_io_request **ret_done, size_t max) {
    struct plain *plain = state;
    nfds_t streams_count = list_streams(plain);
    if (streams_count > 0) {
        // When poll fails it leaves all revents 0: nothing is ready, the next poll asks again.
        poll(plain->polled, streams_count, 0);
    }
    const struct pollfd *polled = plain->polled;
    size_t done_count = 0;
    struct sl_io_request *next = plain->in_flight.first;
    while (next != NULL && done_count < max) {
        struct sl_io_request *request = next;
        next = request->next;
        bool ready = !is_stream(request) || (polled++)->revents != 0;
        if (complete(request, ready)) {
            sl_io_list_remove(&plain->in_flight, request);
            ret_done[done_count++] = request;
        }
    }
    return done_count;
}

static void plain_wait(void *state, int timeout_ms) {
    struct plain *plain = state;
    for (struct sl_io_request *request = plain->in_flight.first; request != NULL;
         request = request->next) {
        if (request->cancelled || !is_stream(request)) {
            return;
        }
    }
    nfds_t count = list_streams(plain);
    plain->polled[count++] = (struct pollfd){.fd = plain->wake_fd, .events = POLLIN};
    poll(plain->polled, count, timeout_ms);
}

const struct sl_io_operations sl_io_plain_operations = {
    .submit = plain_submit,
    .poll = plain_poll,
    .wait = plain_wait,
    .cancel = plain_cancel,
    .close = plain_close,
};
