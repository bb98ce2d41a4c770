// SPDX-License-Identifier: Apache-2.0
#include "io/io.h"

#include <stdlib.h>

#include "base/assert.h"
#include "io/internal.h"

struct sl_io {
    const struct sl_io_operations *operations;
    void *state;
    size_t requests_max;
    size_t in_flight;
    struct sl_error fallback;
};

// NULL, with the error set, when there is no memory.
static struct sl_io *new_io(size_t requests_max, struct sl_error *error) {
    SL_ASSERT(requests_max >= 1 && requests_max <= SL_IO_REQUESTS_MAX);
    struct sl_io *io = calloc(1, sizeof *io);
    if (io == NULL) {
        sl_error_set(error, "no memory for input and output");
        return NULL;
    }
    io->requests_max = requests_max;
    return io;
}

static int open_backend(struct sl_io *io, enum sl_io_backend backend, int wake_fd,
                        struct sl_error *error) {
    if (backend != SL_IO_PLAIN) {
        io->operations = &sl_io_uring_operations;
        if (sl_io_uring_open(io->requests_max, wake_fd, &io->fallback, &io->state) == SL_OK) {
            return SL_OK;
        }
    }
    if (backend == SL_IO_URING) {
        sl_error_set(error, "%s", io->fallback.text);
        return sl_error_add(error, "io_uring was asked for by name: ask for auto or plain instead");
    }
    io->operations = &sl_io_plain_operations;
    return sl_io_plain_open(io->requests_max, wake_fd, error, &io->state);
}

int sl_io_open(enum sl_io_backend backend, size_t requests_max, int wake_fd, struct sl_error *error,
               struct sl_io **ret_io) {
    struct sl_io *io = new_io(requests_max, error);
    if (io == NULL) {
        return SL_FAILED;
    }
    if (open_backend(io, backend, wake_fd, error) != SL_OK) {
        free(io);
        return SL_FAILED;
    }
    *ret_io = io;
    return SL_OK;
}

int sl_io_open_with(const struct sl_io_operations *operations, void *state, size_t requests_max,
                    struct sl_error *error, struct sl_io **ret_io) {
    struct sl_io *io = new_io(requests_max, error);
    if (io == NULL) {
        return SL_FAILED;
    }
    io->operations = operations;
    io->state = state;
    *ret_io = io;
    return SL_OK;
}

void sl_io_close(struct sl_io *io) {
    if (io == NULL) {
        return;
    }
    io->operations->close(io->state);
    free(io);
}

enum sl_io_backend sl_io_backend_in_use(const struct sl_io *io) {
    return io->operations == &sl_io_uring_operations ? SL_IO_URING : SL_IO_PLAIN;
}

const char *sl_io_fallback_reason(const struct sl_io *io) {
    return io->fallback.length > 0 ? io->fallback.text : NULL;
}

void sl_io_submit(struct sl_io *io, struct sl_io_request *request) {
    SL_ASSERT(io->in_flight < io->requests_max);
    SL_ASSERT(request->fd >= 0);
    SL_ASSERT(request->len >= 1 && request->len <= SL_IO_LENGTH_MAX);
    SL_ASSERT(request->offset >= SL_IO_STREAM);
    io->in_flight++;
    io->operations->submit(io->state, request);
}

size_t sl_io_poll(struct sl_io *io, struct sl_io_request **ret_done, size_t max) {
    size_t done_count = io->operations->poll(io->state, ret_done, max);
    SL_ASSERT(done_count <= io->in_flight);
    io->in_flight -= done_count;
    return done_count;
}

void sl_io_wait(struct sl_io *io, int timeout_ms) {
    io->operations->wait(io->state, timeout_ms);
}

void sl_io_cancel(struct sl_io *io, struct sl_io_request *request) {
    SL_ASSERT(io->in_flight > 0);
    io->operations->cancel(io->state, request);
}

size_t sl_io_in_flight(const struct sl_io *io) {
    return io->in_flight;
}

void sl_io_list_append(struct sl_io_list *list, struct sl_io_request *request) {
    request->previous = list->last;
    request->next = NULL;
    if (list->last != NULL) {
        list->last->next = request;
    } else {
        list->first = request;
    }
    list->last = request;
}

void sl_io_list_remove(struct sl_io_list *list, struct sl_io_request *request) {
    if (request->previous != NULL) {
        request->previous->next = request->next;
    } else {
        list->first = request->next;
    }
    if (request->next != NULL) {
        request->next->previous = request->previous;
    } else {
        list->last = request->previous;
    }
}
