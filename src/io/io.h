// SPDX-License-Identifier: Apache-2.0
//
// io/io.h - reads and writes that complete later, on io_uring where it is allowed and on ordinary
// system calls where it is not. Knows bytes and descriptors, no posts.
//
// Use: open one `sl_io` per thread. Fill a `struct sl_io_request` that lives until it completes,
// submit it, and collect completions with poll. Between submit and completion nothing of the
// request may be touched, and its buffer belongs to io. When there is nothing else to do, arm the
// thread's bell, wait, and poll again.
//
// Results: `result` is what the system call would have returned: bytes moved (0 at the end of a
// file), or a negative errno. Short reads and writes are normal and are the caller's to continue;
// EINTR and EAGAIN never surface, also not from non-blocking descriptors. Writing to a closed pipe
// is -EPIPE if the program ignores SIGPIPE. Order: requests on one descriptor with explicit offsets
// may complete in any order; with SL_IO_STREAM (pipes, terminals, sockets) the caller keeps at most
// one request a direction in flight.
//
// Back ends, one interface:
//   uring   io_uring through liburing, one ring a thread; Linux 5.7 or later. Newer set-up flags
//           are used where the kernel has them, but not IORING_SETUP_SINGLE_ISSUER (nor
//           DEFER_TASKRUN, which needs it): it ties a ring to one thread for good, so that the
//           main thread could not end requests of a thread that is gone, and it gained nothing
//           measurable with blocks as large as ours.
//   plain   poll(2), pread(2), pwrite(2), read(2), write(2), done when polled for. A write to a
//           pipe or terminal whose reader is slow may block inside poll.
// SL_IO_AUTO tries uring and falls back to plain on any failure to set it up;
// `sl_io_fallback_reason` then says why and how to allow it. Asking for uring by name makes that
// failure an error.
//
// A test gives its own back end (tests/support/io_sim.h makes short transfers, errors and delays
// from a seed) with sl_io_open_with.
//
// Threads: one sl_io belongs to one thread at a time. It may be opened by a thread that then hands
// it to another one, and closed by a third when that one has ended or promises to touch it no more.
// Nothing is allocated after open. Submission beyond `requests_max` in flight is a programmer's
// error. Cost: submit and a poll that finds nothing make no system call on uring.
#ifndef SL_IO_IO_H
#define SL_IO_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SL_IO_STREAM       INT64_C(-1) // use the descriptor's own position
#define SL_IO_LENGTH_MAX   ((size_t)1 << 30)
#define SL_IO_REQUESTS_MAX 4096

enum sl_io_backend {
    SL_IO_AUTO,
    SL_IO_URING,
    SL_IO_PLAIN,
};

enum sl_io_verb {
    SL_IO_READ,
    SL_IO_WRITE,
};

struct sl_io_request {
    // Set by the caller.
    enum sl_io_verb verb;
    int fd; // ≥ 0
    void *data;
    size_t len;     // 1 to SL_IO_LENGTH_MAX
    int64_t offset; // ≥ 0, or SL_IO_STREAM
    void *owner;    // anything; not looked at
    // Set by io, valid in a completion.
    int64_t result;
    // The back end's own.
    struct sl_io_request *previous;
    struct sl_io_request *next;
    bool cancelled;
    bool awaits_ready;
};

struct sl_io;

// What a back end is made of: the functions below without their checks. All are called by the
// thread that the sl_io belongs to. `submit` resets the back end's own fields; `close` must leave
// no buffer in use and frees `state`.
struct sl_io_operations {
    void (*submit)(void *state, struct sl_io_request *request);
    size_t (*poll)(void *state, struct sl_io_request **ret_done, size_t max);
    void (*wait)(void *state, int timeout_ms);
    void (*cancel)(void *state, struct sl_io_request *request);
    void (*close)(void *state);
};

// Room for `requests_max` (1 to SL_IO_REQUESTS_MAX) requests in flight. `wake_fd` is a descriptor
// (the thread's bell) that ends a wait when it becomes readable; io polls it and never reads it.
// -1: none.
int sl_io_open(enum sl_io_backend backend, size_t requests_max, int wake_fd, struct sl_error *error,
               struct sl_io **ret_io);

// `operations` must outlive the sl_io. `state` is closed with it; if this fails, it stays the
// caller's.
int sl_io_open_with(const struct sl_io_operations *operations, void *state, size_t requests_max,
                    struct sl_error *error, struct sl_io **ret_io);

// Cancels what is in flight, waits until no buffer is in use any more, and frees. The requests are
// not reported; what they have moved by then is moved. A transfer to a disk is waited for, one on a
// stream is not. NULL is fine.
void sl_io_close(struct sl_io *io);

// Which back end runs: SL_IO_URING or SL_IO_PLAIN (also for one given by sl_io_open_with).
enum sl_io_backend sl_io_backend_in_use(const struct sl_io *io);

// Why SL_IO_AUTO fell back, in words with what to do about it; NULL when it did not. Lives as long
// as the sl_io.
const char *sl_io_fallback_reason(const struct sl_io *io);

// Queues a request. It reaches the kernel at the next poll or wait at the latest.
void sl_io_submit(struct sl_io *io, struct sl_io_request *request);

// Collects up to `max` completed requests; never waits for one. Returns how many.
size_t sl_io_poll(struct sl_io *io, struct sl_io_request **ret_done, size_t max);

// Blocks until a completion can be polled, wake_fd is readable or `timeout_ms` have passed
// (negative: no limit). May return early; poll after each wait.
void sl_io_wait(struct sl_io *io, int timeout_ms);

// Asks that a request in flight complete soon, with -ECANCELED if nothing was moved. It still
// completes once, and may have been done after all.
void sl_io_cancel(struct sl_io *io, struct sl_io_request *request);

size_t sl_io_in_flight(const struct sl_io *io);

#endif
