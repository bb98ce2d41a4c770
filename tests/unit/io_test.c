// SPDX-License-Identifier: Apache-2.0
//
// Goal: whatever the back end, a request behaves as io.h says: what it moves, what it answers, when
// it waits, how it is cancelled and closed.
// Method: every test runs three times, as io_uring, io_plain and io_sim (delays, no faults), on
// real files, pipes and terminals. Nothing is timed: a wait that never ends shows as the test's
// time limit. Where the machine forbids io_uring its tests are skipped and say why.
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "io/io.h"
#include "ring/bell.h"
#include "support/io_sim.h"

enum {
    REQUESTS_MAX = 16,
    BLOCK_BYTES = 65536,
};

static struct sl_bell bell;

static struct sl_io *open_io(enum sl_io_backend backend) {
    struct sl_error error = {0};
    struct sl_io *io;
    if (sl_io_open(backend, REQUESTS_MAX, bell.fd, &error, &io) != SL_OK) {
        cr_skip_test("%s", error.text);
    }
    cr_assert_eq(sl_io_backend_in_use(io), backend);
    return io;
}

static struct sl_io *open_sim(void) {
    struct sl_io_sim_options options = {.seed = 1, .delay_polls_max = 3, .wake_fd = bell.fd};
    struct sl_error error = {0};
    struct sl_io *io;
    cr_assert_eq(sl_io_sim_open(&options, REQUESTS_MAX, &error, &io), SL_OK);
    return io;
}

static void open_bell(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_bell_open(&bell, &error), SL_OK, "%s", error.text);
}

TestSuite(io_uring, .init = open_bell);
TestSuite(io_plain, .init = open_bell);
TestSuite(io_sim, .init = open_bell);

// Each test closes the sl_io that it gets.
#define TEST_EACH(name)                                                                            \
    static void name(struct sl_io *io);                                                            \
    Test(io_uring, name) {                                                                         \
        name(open_io(SL_IO_URING));                                                                \
    }                                                                                              \
    Test(io_plain, name) {                                                                         \
        name(open_io(SL_IO_PLAIN));                                                                \
    }                                                                                              \
    Test(io_sim, name) {                                                                           \
        name(open_sim());                                                                          \
    }                                                                                              \
    static void name(struct sl_io *io)

static struct sl_io_request request_on(enum sl_io_verb verb, int fd, void *data, size_t len,
                                       int64_t offset) {
    return (struct sl_io_request){
        .verb = verb, .fd = fd, .data = data, .len = len, .offset = offset};
}

static struct sl_io_request *await_any(struct sl_io *io) {
    struct sl_io_request *done;
    while (sl_io_poll(io, &done, 1) == 0) {
        sl_io_wait(io, -1);
    }
    return done;
}

static int64_t await_result(struct sl_io *io, struct sl_io_request *request) {
    sl_io_submit(io, request);
    cr_assert_eq(await_any(io), request);
    cr_assert_eq(sl_io_in_flight(io), 0);
    return request->result;
}

static bool completes_now(struct sl_io *io) {
    struct sl_io_request *done;
    for (int i = 0; i < 100; i++) {
        if (sl_io_poll(io, &done, 1) > 0) {
            return true;
        }
    }
    return false;
}

static unsigned char byte_at(size_t offset) {
    return (unsigned char)(offset * 2654435761u >> 13);
}

static int file_of(size_t len) {
    int fd = fileno(tmpfile());
    unsigned char *bytes = malloc(len + 1);
    for (size_t i = 0; i < len; i++) {
        bytes[i] = byte_at(i);
    }
    cr_assert_eq(pwrite(fd, bytes, len, 0), (ssize_t)len);
    free(bytes);
    return fd;
}

struct pipe_ends {
    int read_fd;
    int write_fd;
};

static struct pipe_ends open_pipe(int flags) {
    int ends[2];
    cr_assert_eq(pipe2(ends, flags), 0);
    return (struct pipe_ends){ends[0], ends[1]};
}

static void fill_pipe(int write_fd) {
    static char page[4096];
    int flags = fcntl(write_fd, F_GETFL);
    fcntl(write_fd, F_SETFL, flags | O_NONBLOCK);
    while (write(write_fd, page, sizeof page) > 0) {
    }
    fcntl(write_fd, F_SETFL, flags);
}

// Files

TEST_EACH(read_file_many_in_flight_completes_each) {
    static unsigned char blocks[REQUESTS_MAX][BLOCK_BYTES];
    struct sl_io_request requests[REQUESTS_MAX];
    int fd = file_of(sizeof blocks);
    for (size_t i = 0; i < REQUESTS_MAX; i++) {
        requests[i] = request_on(SL_IO_READ, fd, blocks[i], BLOCK_BYTES, (int64_t)i * BLOCK_BYTES);
        sl_io_submit(io, &requests[i]);
    }
    cr_assert_eq(sl_io_in_flight(io), REQUESTS_MAX);
    for (size_t i = 0; i < REQUESTS_MAX; i++) {
        cr_assert_eq(await_any(io)->result, BLOCK_BYTES);
    }
    cr_assert_eq(sl_io_in_flight(io), 0);
    for (size_t i = 0; i < sizeof blocks; i++) {
        cr_assert_eq(blocks[i / BLOCK_BYTES][i % BLOCK_BYTES], byte_at(i), "byte %zu", i);
    }
    sl_io_close(io);
}

TEST_EACH(read_file_across_end_returns_rest_then_zero) {
    char buffer[100];
    int fd = file_of(250);
    struct sl_io_request request = request_on(SL_IO_READ, fd, buffer, sizeof buffer, 200);
    cr_assert_eq(await_result(io, &request), 50);
    request.offset = 250;
    cr_assert_eq(await_result(io, &request), 0);
    sl_io_close(io);
}

TEST_EACH(read_file_as_stream_moves_its_position) {
    unsigned char buffer[60];
    int fd = file_of(100);
    lseek(fd, 0, SEEK_SET);
    struct sl_io_request request = request_on(SL_IO_READ, fd, buffer, sizeof buffer, SL_IO_STREAM);
    cr_assert_eq(await_result(io, &request), 60);
    cr_assert_eq(await_result(io, &request), 40);
    cr_assert_eq(buffer[0], byte_at(60));
    cr_assert_eq(await_result(io, &request), 0);
    sl_io_close(io);
}

TEST_EACH(write_file_many_in_flight_writes_each) {
    static unsigned char blocks[REQUESTS_MAX][BLOCK_BYTES];
    static unsigned char found[sizeof blocks];
    struct sl_io_request requests[REQUESTS_MAX];
    int fd = file_of(0);
    for (size_t i = 0; i < REQUESTS_MAX; i++) {
        memset(blocks[i], (int)i + 1, BLOCK_BYTES);
        requests[i] = request_on(SL_IO_WRITE, fd, blocks[i], BLOCK_BYTES, (int64_t)i * BLOCK_BYTES);
        sl_io_submit(io, &requests[i]);
    }
    for (size_t i = 0; i < REQUESTS_MAX; i++) {
        cr_assert_eq(await_any(io)->result, BLOCK_BYTES);
    }
    cr_assert_eq(pread(fd, found, sizeof found, 0), (ssize_t)sizeof found);
    cr_assert_eq(memcmp(found, blocks, sizeof found), 0);
    sl_io_close(io);
}

// Such a file answers -EAGAIN to io_uring although it is always ready, which must not spin.
TEST_EACH(read_nonblocking_proc_file_completes) {
    char buffer[64];
    int fd = open("/proc/self/status", O_RDONLY | O_NONBLOCK);
    struct sl_io_request request = request_on(SL_IO_READ, fd, buffer, sizeof buffer, 0);
    cr_assert_eq(await_result(io, &request), (int64_t)sizeof buffer);
    sl_io_close(io);
}

TEST_EACH(read_closed_descriptor_returns_ebadf) {
    char buffer[1];
    int fd = dup(0);
    close(fd);
    struct sl_io_request request = request_on(SL_IO_READ, fd, buffer, 1, SL_IO_STREAM);
    cr_assert_eq(await_result(io, &request), -EBADF);
    sl_io_close(io);
}

TEST_EACH(write_full_device_returns_enospc) {
    char byte = 'x';
    int fd = open("/dev/full", O_WRONLY);
    struct sl_io_request request = request_on(SL_IO_WRITE, fd, &byte, 1, SL_IO_STREAM);
    cr_assert_eq(await_result(io, &request), -ENOSPC);
    sl_io_close(io);
}

// Streams

static void *write_late(void *argument) {
    int *write_fd = argument;
    for (int i = 0; i < 3; i++) {
        sched_yield();
        ssize_t wrote = write(*write_fd, "ciao", 4);
        SL_ASSERT(wrote == 4);
    }
    close(*write_fd);
    return NULL;
}

static void read_late_pipe(struct sl_io *io, int flags) {
    char buffer[5];
    int64_t moved = 0;
    struct pipe_ends ends = open_pipe(flags);
    struct sl_io_request request =
        request_on(SL_IO_READ, ends.read_fd, buffer, sizeof buffer, SL_IO_STREAM);
    sl_io_submit(io, &request);
    cr_assert_not(completes_now(io));
    pthread_t writer;
    cr_assert_eq(pthread_create(&writer, NULL, write_late, &ends.write_fd), 0);
    for (;;) {
        int64_t result = await_any(io)->result;
        cr_assert_geq(result, 0);
        moved += result;
        if (result == 0) {
            break;
        }
        sl_io_submit(io, &request);
    }
    cr_assert_eq(moved, 12);
    pthread_join(writer, NULL);
    sl_io_close(io);
}

TEST_EACH(read_pipe_waits_for_late_data_then_end) {
    read_late_pipe(io, 0);
}

TEST_EACH(read_nonblocking_pipe_waits_for_late_data_then_end) {
    read_late_pipe(io, O_NONBLOCK);
}

static void write_full_pipe(struct sl_io *io, int flags) {
    static char drained[1 << 20];
    struct pipe_ends ends = open_pipe(flags);
    fill_pipe(ends.write_fd);
    struct sl_io_request request = request_on(SL_IO_WRITE, ends.write_fd, "x", 1, SL_IO_STREAM);
    sl_io_submit(io, &request);
    cr_assert_not(completes_now(io));
    cr_assert_gt(read(ends.read_fd, drained, sizeof drained), 0);
    cr_assert_eq(await_any(io)->result, 1);
    sl_io_close(io);
}

TEST_EACH(write_full_pipe_waits_for_reader) {
    write_full_pipe(io, 0);
}

TEST_EACH(write_full_nonblocking_pipe_waits_for_reader) {
    write_full_pipe(io, O_NONBLOCK);
}

// Both are ready when asked, one byte is for one of them only.
TEST_EACH(read_nonblocking_pipe_drained_by_another_goes_on_waiting) {
    char buffers[2][1];
    struct sl_io_request requests[2];
    struct pipe_ends ends = open_pipe(O_NONBLOCK);
    int fds[2] = {ends.read_fd, dup(ends.read_fd)};
    cr_assert_eq(write(ends.write_fd, "x", 1), 1);
    for (size_t i = 0; i < 2; i++) {
        requests[i] = request_on(SL_IO_READ, fds[i], buffers[i], 1, SL_IO_STREAM);
        sl_io_submit(io, &requests[i]);
    }
    struct sl_io_request *done[2];
    size_t done_count;
    while ((done_count = sl_io_poll(io, done, 2)) == 0) {
        sl_io_wait(io, -1);
    }
    cr_assert_eq(done_count, 1);
    cr_assert_eq(done[0]->result, 1);
    cr_assert_not(completes_now(io));
    cr_assert_eq(write(ends.write_fd, "x", 1), 1);
    cr_assert_eq(await_any(io)->result, 1);
    sl_io_close(io);
}

TEST_EACH(write_closed_pipe_returns_epipe) {
    signal(SIGPIPE, SIG_IGN);
    struct pipe_ends ends = open_pipe(0);
    close(ends.read_fd);
    struct sl_io_request request = request_on(SL_IO_WRITE, ends.write_fd, "x", 1, SL_IO_STREAM);
    cr_assert_eq(await_result(io, &request), -EPIPE);
    sl_io_close(io);
}

TEST_EACH(read_quiet_pipe_does_not_hold_up_others) {
    char silent[1];
    char buffer[100];
    struct pipe_ends ends = open_pipe(0);
    struct sl_io_request quiet = request_on(SL_IO_READ, ends.read_fd, silent, 1, SL_IO_STREAM);
    sl_io_submit(io, &quiet);
    struct sl_io_request file = request_on(SL_IO_READ, file_of(100), buffer, sizeof buffer, 0);
    sl_io_submit(io, &file);
    cr_assert_eq(await_any(io), &file);
    sl_io_close(io);
}

// Waiting

TEST_EACH(wait_on_quiet_pipe_ends_at_timeout) {
    char buffer[1];
    struct pipe_ends ends = open_pipe(0);
    struct sl_io_request request = request_on(SL_IO_READ, ends.read_fd, buffer, 1, SL_IO_STREAM);
    sl_io_submit(io, &request);
    sl_io_wait(io, 1);
    cr_assert_not(completes_now(io));
    sl_io_close(io);
}

TEST_EACH(wait_on_file_read_returns) {
    char buffer[100];
    struct sl_io_request request = request_on(SL_IO_READ, file_of(100), buffer, sizeof buffer, 0);
    sl_io_submit(io, &request);
    sl_io_wait(io, -1);
    cr_assert_eq(await_any(io)->result, 100);
    sl_io_close(io);
}

TEST_EACH(wait_on_cancelled_pipe_read_returns) {
    char buffer[1];
    struct pipe_ends ends = open_pipe(0);
    struct sl_io_request request = request_on(SL_IO_READ, ends.read_fd, buffer, 1, SL_IO_STREAM);
    sl_io_submit(io, &request);
    cr_assert_not(completes_now(io));
    sl_io_cancel(io, &request);
    sl_io_wait(io, -1);
    cr_assert_eq(await_any(io)->result, -ECANCELED);
    sl_io_close(io);
}

static _Atomic int round_now; // odd: the ringer's turn

static void *ring_rounds(void *argument) {
    int *rounds_count = argument;
    for (int i = 0; i < *rounds_count; i++) {
        while (atomic_load_explicit(&round_now, memory_order_acquire) % 2 == 0) {
            sched_yield();
        }
        atomic_fetch_add_explicit(&round_now, 1, memory_order_release);
        sl_bell_ring(&bell);
    }
    return NULL;
}

static void sleep_through_rounds(struct sl_io *io, int rounds_count) {
    pthread_t ringer;
    cr_assert_eq(pthread_create(&ringer, NULL, ring_rounds, &rounds_count), 0);
    struct sl_io_request *done;
    for (int i = 0; i < rounds_count; i++) {
        atomic_fetch_add_explicit(&round_now, 1, memory_order_release);
        while (atomic_load_explicit(&round_now, memory_order_acquire) % 2 == 1) {
            cr_assert_eq(sl_io_poll(io, &done, 1), 0);
            sl_bell_arm(&bell);
            if (atomic_load_explicit(&round_now, memory_order_acquire) % 2 == 1) {
                sl_io_wait(io, -1);
            }
            sl_bell_disarm(&bell);
        }
    }
    pthread_join(ringer, NULL);
}

TEST_EACH(wait_with_bell_rung_returns_each_time) {
    sleep_through_rounds(io, 2000);
    sl_io_close(io);
}

TEST_EACH(wait_on_quiet_pipe_with_bell_rung_returns_each_time) {
    char buffer[1];
    struct pipe_ends ends = open_pipe(0);
    struct sl_io_request request = request_on(SL_IO_READ, ends.read_fd, buffer, 1, SL_IO_STREAM);
    sl_io_submit(io, &request);
    sleep_through_rounds(io, 2000);
    sl_io_close(io);
}

static void ignore_signal(int signal_number) {
    (void)signal_number;
}

struct disturbance {
    pthread_t victim;
    int write_fd;
};

static void *signal_then_write(void *argument) {
    struct disturbance *disturbance = argument;
    for (int i = 0; i < 100; i++) {
        pthread_kill(disturbance->victim, SIGUSR1);
        sched_yield();
    }
    ssize_t wrote = write(disturbance->write_fd, "x", 1);
    SL_ASSERT(wrote == 1);
    return NULL;
}

TEST_EACH(read_pipe_disturbed_by_signals_returns_its_bytes) {
    char buffer[1];
    struct sigaction action = {.sa_handler = ignore_signal}; // without SA_RESTART
    sigaction(SIGUSR1, &action, NULL);
    struct pipe_ends ends = open_pipe(0);
    struct disturbance disturbance = {pthread_self(), ends.write_fd};
    pthread_t other;
    cr_assert_eq(pthread_create(&other, NULL, signal_then_write, &disturbance), 0);
    struct sl_io_request request = request_on(SL_IO_READ, ends.read_fd, buffer, 1, SL_IO_STREAM);
    cr_assert_eq(await_result(io, &request), 1);
    pthread_join(other, NULL);
    sl_io_close(io);
}

// Cancelling

TEST_EACH(cancel_waiting_pipe_reads_completes_them) {
    char buffers[3][1];
    struct sl_io_request requests[3];
    int flags[] = {0, O_NONBLOCK, 0};
    for (size_t i = 0; i < 3; i++) {
        int fd = open_pipe(flags[i]).read_fd;
        requests[i] = request_on(SL_IO_READ, fd, buffers[i], 1, SL_IO_STREAM);
        sl_io_submit(io, &requests[i]);
    }
    cr_assert_not(completes_now(io));
    sl_io_cancel(io, &requests[1]);
    cr_assert_eq(await_any(io), &requests[1]);
    cr_assert_eq(requests[1].result, -ECANCELED);
    cr_assert_not(completes_now(io));
    sl_io_cancel(io, &requests[0]);
    sl_io_cancel(io, &requests[0]);
    cr_assert_eq(await_any(io), &requests[0]);
    cr_assert_eq(requests[0].result, -ECANCELED);
    cr_assert_eq(sl_io_in_flight(io), 1);
    sl_io_close(io);
}

TEST_EACH(cancel_unpolled_pipe_read_completes_it) {
    char buffer[1];
    int fd = open_pipe(0).read_fd;
    struct sl_io_request request = request_on(SL_IO_READ, fd, buffer, 1, SL_IO_STREAM);
    sl_io_submit(io, &request);
    sl_io_cancel(io, &request);
    cr_assert_eq(await_any(io)->result, -ECANCELED);
    sl_io_close(io);
}

TEST_EACH(cancel_pipe_read_then_submit_again_reads_bytes) {
    char buffer[1];
    struct pipe_ends ends = open_pipe(0);
    struct sl_io_request request = request_on(SL_IO_READ, ends.read_fd, buffer, 1, SL_IO_STREAM);
    for (int i = 0; i < 100; i++) {
        sl_io_submit(io, &request);
        sl_io_cancel(io, &request);
        cr_assert_eq(await_any(io)->result, -ECANCELED);
        cr_assert_eq(write(ends.write_fd, "x", 1), 1);
        cr_assert_eq(await_result(io, &request), 1);
    }
    sl_io_close(io);
}

TEST_EACH(cancel_full_pipe_write_completes_it) {
    struct pipe_ends ends = open_pipe(0);
    fill_pipe(ends.write_fd);
    struct sl_io_request request = request_on(SL_IO_WRITE, ends.write_fd, "x", 1, SL_IO_STREAM);
    sl_io_submit(io, &request);
    cr_assert_not(completes_now(io));
    sl_io_cancel(io, &request);
    cr_assert_eq(await_any(io)->result, -ECANCELED);
    sl_io_close(io);
}

TEST_EACH(cancel_terminal_read_completes_it) {
    char buffer[1];
    int controller = posix_openpt(O_RDWR | O_NOCTTY);
    cr_assert_eq(grantpt(controller) | unlockpt(controller), 0);
    int terminal = open(ptsname(controller), O_RDWR | O_NOCTTY);
    struct sl_io_request request = request_on(SL_IO_READ, terminal, buffer, 1, SL_IO_STREAM);
    sl_io_submit(io, &request);
    cr_assert_not(completes_now(io));
    sl_io_cancel(io, &request);
    cr_assert_eq(await_any(io)->result, -ECANCELED);
    sl_io_close(io);
}

// Closing and changing hands

static char late_buffer[4];

static struct sl_io_request late_read(struct pipe_ends ends) {
    return request_on(SL_IO_READ, ends.read_fd, late_buffer, sizeof late_buffer, SL_IO_STREAM);
}

// Bytes that come after the close must stay in the pipe.
static void check_pipe_is_free(struct pipe_ends ends) {
    char found[8];
    cr_assert_eq(read(ends.read_fd, found, sizeof found), 4, "a closed sl_io took the bytes");
}

static void check_buffer_is_free(struct pipe_ends ends) {
    memset(late_buffer, 'k', sizeof late_buffer);
    cr_assert_eq(write(ends.write_fd, "late", 4), 4);
    check_pipe_is_free(ends);
    cr_assert_eq(memcmp(late_buffer, "kkkk", 4), 0);
}

TEST_EACH(close_with_pipe_reads_in_flight_frees_buffers) {
    struct pipe_ends ends[REQUESTS_MAX];
    struct sl_io_request requests[REQUESTS_MAX];
    for (size_t i = 0; i < REQUESTS_MAX; i++) {
        ends[i] = open_pipe(O_NONBLOCK);
        requests[i] = late_read(ends[i]);
        sl_io_submit(io, &requests[i]);
    }
    sl_io_wait(io, 0);
    sl_io_close(io);
    // All written first: a kernel that still reads has time to do so.
    for (size_t i = 0; i < REQUESTS_MAX; i++) {
        cr_assert_eq(write(ends[i].write_fd, "late", 4), 4);
    }
    for (size_t i = 0; i < REQUESTS_MAX; i++) {
        check_pipe_is_free(ends[i]);
    }
}

// Past the page cache, so that the disk writes into the buffers by itself.
TEST_EACH(close_with_disk_reads_in_flight_frees_buffers) {
    enum { DISK_BYTES = 1 << 20 };
    static _Alignas(4096) unsigned char blocks[REQUESTS_MAX][DISK_BYTES];
    static _Alignas(4096) unsigned char last[DISK_BYTES];
    struct sl_io_request requests[REQUESTS_MAX];
    char path[64];
    int file_fd = file_of(DISK_BYTES);
    fsync(file_fd);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file_fd);
    int fd = open(path, O_RDONLY | O_DIRECT);
    if (fd < 0) {
        cr_skip_test("the file system of temporary files has no O_DIRECT");
    }
    for (size_t i = 0; i < REQUESTS_MAX; i++) {
        requests[i] = request_on(SL_IO_READ, fd, blocks[i], DISK_BYTES, 0);
        sl_io_submit(io, &requests[i]);
    }
    sl_io_wait(io, 0);
    sl_io_close(io);
    memset(blocks, 'k', sizeof blocks);
    // Waits its turn behind what the disk may still be doing.
    cr_assert_eq(pread(fd, last, DISK_BYTES, 0), DISK_BYTES);
    for (size_t i = 0; i < sizeof blocks; i++) {
        cr_assert_eq(blocks[i / DISK_BYTES][i % DISK_BYTES], 'k', "written to after the close");
    }
}

TEST_EACH(close_with_unpolled_pipe_read_frees_buffers) {
    struct pipe_ends ends = open_pipe(0);
    struct sl_io_request quiet = late_read(ends);
    sl_io_submit(io, &quiet);
    sl_io_close(io);
    check_buffer_is_free(ends);
}

TEST_EACH(close_with_bell_rung_and_pipe_read_frees_buffers) {
    struct pipe_ends ends = open_pipe(0);
    struct sl_io_request quiet = late_read(ends);
    sl_io_submit(io, &quiet);
    sl_bell_arm(&bell);
    sl_bell_ring(&bell);
    sl_io_wait(io, 0);
    sl_io_close(io);
    check_buffer_is_free(ends);
}

struct owner {
    struct sl_io *io;
    struct sl_io_request file;
    struct sl_io_request quiet[2];
    struct sl_io_request *first_done;
};

static void *use_and_end(void *argument) {
    struct owner *owner = argument;
    sl_io_submit(owner->io, &owner->file);
    owner->first_done = await_any(owner->io);
    sl_io_submit(owner->io, &owner->quiet[0]);
    sl_io_submit(owner->io, &owner->quiet[1]);
    sl_io_wait(owner->io, 1);
    SL_ASSERT(!completes_now(owner->io));
    return NULL;
}

// The main thread opens, a thread uses and ends with reads in flight, the main thread closes.
TEST_EACH(close_after_owner_thread_left_pipe_reads_frees_buffers) {
    char file_buffer[100];
    char nonblocking_buffer[1];
    struct pipe_ends ends = open_pipe(0);
    int nonblocking_fd = open_pipe(O_NONBLOCK).read_fd;
    struct owner owner = {.io = io};
    owner.file = request_on(SL_IO_READ, file_of(100), file_buffer, sizeof file_buffer, 0);
    owner.quiet[0] = late_read(ends);
    owner.quiet[1] = request_on(SL_IO_READ, nonblocking_fd, nonblocking_buffer, 1, SL_IO_STREAM);
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, use_and_end, &owner), 0);
    pthread_join(thread, NULL);
    cr_assert_eq(owner.first_done, &owner.file);
    cr_assert_eq(owner.file.result, 100);
    cr_assert_eq(sl_io_in_flight(io), 2);
    sl_io_close(io);
    check_buffer_is_free(ends);
}

// Rules

Test(io_plain, submit_beyond_room_aborts, .signal = SIGABRT) {
    struct sl_io *io = open_io(SL_IO_PLAIN);
    static struct sl_io_request requests[REQUESTS_MAX + 1];
    char buffer[1];
    for (size_t i = 0; i <= REQUESTS_MAX; i++) {
        requests[i] = request_on(SL_IO_READ, 0, buffer, 1, SL_IO_STREAM);
        sl_io_submit(io, &requests[i]);
    }
}

Test(io_plain, submit_of_nothing_aborts, .signal = SIGABRT) {
    struct sl_io *io = open_io(SL_IO_PLAIN);
    struct sl_io_request request = request_on(SL_IO_WRITE, 1, "", 0, SL_IO_STREAM);
    sl_io_submit(io, &request);
}
