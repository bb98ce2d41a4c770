// SPDX-License-Identifier: Apache-2.0
//
// One io_uring: each request in flight has exactly one entry with the kernel (its transfer, or a
// poll that waits until the transfer can be tried again), known by the request's address.
#include "io/internal.h"

#include <errno.h>
#include <liburing.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

// Older kernels answer -EAGAIN for a non-blocking descriptor that is not ready, newer ones wait. A
// test sets RWF_NOWAIT here, which makes them all answer -EAGAIN.
#ifndef SL_IO_URING_RW_FLAGS
#define SL_IO_URING_RW_FLAGS 0
#endif

// Completions that are no request's; no object has such an address.
enum {
    TAG_CANCEL = 1, // the answer to a cancel: the cancelled request completes by itself
    TAG_WAKE = 2,   // wake_fd became readable
};

struct uring {
    struct io_uring ring;
    struct sl_io_list in_flight;
    int wake_fd;
    bool wake_polled; // the kernel watches wake_fd for us
};

// errno is the number that liburing returned, with the sign taken off.
static int explain(struct sl_error *error, int number) {
    const char *remedy = "";
    switch (number) {
    case EPERM:
    case EACCES:
        remedy = "; it is forbidden here: run the container with a seccomp profile that allows "
                 "io_uring (--security-opt seccomp=FILE), or set the sysctl "
                 "kernel.io_uring_disabled to 0";
        break;
    case ENOSYS:
    case EOPNOTSUPP:
        remedy = "; it is missing here: run on Linux 5.7 or later, outside of a sandbox that hides "
                 "io_uring";
        break;
    case ENOMEM:
        remedy = "; raise the limit of locked memory (ulimit -l), which older kernels count it in";
        break;
    case EMFILE:
    case ENFILE:
        remedy = "; raise the limit of open files (ulimit -n)";
        break;
    default:
        break;
    }
    return sl_error_set(error, "io_uring: %s%s", strerror(number), remedy);
}

static int init_ring(struct io_uring *ring, unsigned entries_count) {
    // COOP_TASKRUN (5.19) saves interrupts: completions are collected in our own system calls.
    // TASKRUN_FLAG lets a peek see that there are some to collect. SUBMIT_ALL (5.18): one bad entry
    // does not hold up those behind it.
    struct io_uring_params params = {
        .flags = IORING_SETUP_COOP_TASKRUN | IORING_SETUP_TASKRUN_FLAG | IORING_SETUP_SUBMIT_ALL,
    };
    int opened = io_uring_queue_init_params(entries_count, ring, &params);
    if (opened == -EINVAL) {
        params = (struct io_uring_params){0};
        opened = io_uring_queue_init_params(entries_count, ring, &params);
    }
    if (opened < 0) {
        return opened;
    }
    // Pipes need FAST_POLL (5.7), so as not to occupy a kernel thread each; it is the youngest of
    // all that we need. A sandbox may allow the set-up and forbid the use, hence the empty entry.
    int usable = ring->features & IORING_FEAT_FAST_POLL ? io_uring_get_events(ring) : -ENOSYS;
    if (usable < 0) {
        io_uring_queue_exit(ring);
    }
    return usable;
}

int sl_io_uring_open(size_t requests_max, int wake_fd, struct sl_error *error, void **ret_state) {
    struct uring *uring = calloc(1, sizeof *uring);
    if (uring == NULL) {
        return sl_error_set(error, "no memory for %zu requests", requests_max);
    }
    // Between two flushes: a transfer and a cancel for each request, and the poll of wake_fd; one
    // more for the timeout that liburing queues on kernels before 5.11. There are twice as many
    // completion entries, so completions never overflow.
    int opened = init_ring(&uring->ring, 2 * (unsigned)requests_max + 2);
    if (opened < 0) {
        free(uring);
        return explain(error, -opened);
    }
    uring->wake_fd = wake_fd;
    *ret_state = uring;
    return SL_OK;
}

static struct io_uring_sqe *next_entry(struct uring *uring) {
    struct io_uring_sqe *entry = io_uring_get_sqe(&uring->ring);
    SL_ASSERT(entry != NULL);
    return entry;
}

static void queue_transfer(struct uring *uring, struct sl_io_request *request, unsigned flags) {
    struct io_uring_sqe *entry = next_entry(uring);
    unsigned len = (unsigned)request->len;
    uint64_t offset = (uint64_t)request->offset; // SL_IO_STREAM is the kernel's -1
    if (request->verb == SL_IO_READ) {
        io_uring_prep_read(entry, request->fd, request->data, len, offset);
    } else {
        io_uring_prep_write(entry, request->fd, request->data, len, offset);
    }
    entry->rw_flags = SL_IO_URING_RW_FLAGS;
    io_uring_sqe_set_flags(entry, flags);
    io_uring_sqe_set_data(entry, request);
    request->awaits_ready = false;
}

static void queue_ready_poll(struct uring *uring, struct sl_io_request *request) {
    struct io_uring_sqe *entry = next_entry(uring);
    io_uring_prep_poll_add(entry, request->fd, request->verb == SL_IO_READ ? POLLIN : POLLOUT);
    io_uring_sqe_set_data(entry, request);
    request->awaits_ready = true;
}

static void queue_wake_poll(struct uring *uring) {
    struct io_uring_sqe *entry = next_entry(uring);
    io_uring_prep_poll_add(entry, uring->wake_fd, POLLIN);
    io_uring_sqe_set_data64(entry, TAG_WAKE);
    uring->wake_polled = true;
}

static void queue_cancel(struct uring *uring, struct sl_io_request *request) {
    struct io_uring_sqe *entry = next_entry(uring);
    io_uring_prep_cancel(entry, request, 0);
    io_uring_sqe_set_data64(entry, TAG_CANCEL);
}

static void uring_submit(void *state, struct sl_io_request *request) {
    struct uring *uring = state;
    request->cancelled = false;
    sl_io_list_append(&uring->in_flight, request);
    queue_transfer(uring, request, 0);
}

static void uring_cancel(void *state, struct sl_io_request *request) {
    if (!request->cancelled) {
        request->cancelled = true;
        queue_cancel(state, request);
    }
}

// The kernel is short of memory, or the wait was cut short: all of it passes.
static bool passes(int result) {
    return result >= 0 || result == -EAGAIN || result == -EBUSY || result == -ENOMEM ||
           result == -EINTR || result == -ETIME;
}

// Hands all queued entries to the kernel; false when it would not take them now.
static bool flush(struct uring *uring) {
    while (io_uring_sq_ready(&uring->ring) > 0) {
        int taken = io_uring_submit(&uring->ring);
        SL_ASSERT(passes(taken));
        if (taken <= 0) {
            return false;
        }
    }
    return true;
}

// True when the request is complete; otherwise it was queued again.
static bool finish(struct uring *uring, struct sl_io_request *request, int result) {
    bool unfinished = request->awaits_ready || result == -EAGAIN || result == -EINTR;
    if (unfinished && request->cancelled) {
        request->result = -ECANCELED;
        return true;
    }
    if (request->awaits_ready) {
        // Ready, or not worth polling: the transfer will tell. On a kernel thread, because a
        // non-blocking descriptor that cannot be polled would answer -EAGAIN for ever.
        queue_transfer(uring, request, IOSQE_ASYNC);
    } else if (result == -EAGAIN) {
        queue_ready_poll(uring, request);
    } else if (result == -EINTR) {
        queue_transfer(uring, request, 0);
    }
    request->result = result;
    return !unfinished;
}

// The request that a completion entry completes, or NULL.
static struct sl_io_request *take(struct uring *uring, uint64_t data, int result) {
    if (data == TAG_CANCEL) {
        return NULL;
    }
    if (data == TAG_WAKE) {
        uring->wake_polled = false;
        return NULL;
    }
    struct sl_io_request *request = (void *)(uintptr_t)data;
    if (!finish(uring, request, result)) {
        return NULL;
    }
    sl_io_list_remove(&uring->in_flight, request);
    return request;
}

static size_t uring_poll(void *state, struct sl_io_request **ret_done, size_t max) {
    struct uring *uring = state;
    // A request reported while its cancel still stands in the queue might be submitted anew and be
    // cancelled then.
    if (!flush(uring)) {
        return 0;
    }
    size_t done_count = 0;
    struct io_uring_cqe *completion;
    while (done_count < max && io_uring_peek_cqe(&uring->ring, &completion) == 0) {
        uint64_t data = completion->user_data;
        int result = completion->res;
        io_uring_cqe_seen(&uring->ring, completion);
        struct sl_io_request *request = take(uring, data, result);
        if (request != NULL) {
            ret_done[done_count++] = request;
        }
    }
    return done_count;
}

static void uring_wait(void *state, int timeout_ms) {
    struct uring *uring = state;
    if (uring->wake_fd >= 0 && !uring->wake_polled) {
        queue_wake_poll(uring);
    }
    struct __kernel_timespec limit = {
        .tv_sec = timeout_ms / 1000,
        .tv_nsec = timeout_ms % 1000 * 1000000LL,
    };
    struct io_uring_cqe *completion;
    int waited = io_uring_submit_and_wait_timeout(&uring->ring, &completion, 1,
                                                  timeout_ms < 0 ? NULL : &limit, NULL);
    SL_ASSERT(passes(waited));
}

static void cancel_all(struct uring *uring) {
    for (struct sl_io_request *request = uring->in_flight.first; request != NULL;
         request = request->next) {
        request->cancelled = true;
        queue_cancel(uring, request);
    }
}

static void uring_close(void *state) {
    struct uring *uring = state;
    struct sl_io_request *done[16];
    uring->wake_fd = -1;
    while (uring->in_flight.first != NULL) {
        // Again each time: a cancel misses a request that the kernel is just moving between two of
        // its queues.
        if (flush(uring)) {
            cancel_all(uring);
        }
        uring_wait(uring, 10);
        uring_poll(uring, done, sizeof done / sizeof done[0]);
    }
    io_uring_queue_exit(&uring->ring);
    free(uring);
}

const struct sl_io_operations sl_io_uring_operations = {
    .submit = uring_submit,
    .poll = uring_poll,
    .wait = uring_wait,
    .cancel = uring_cancel,
    .close = uring_close,
};
