// SPDX-License-Identifier: Apache-2.0
//
// Goal: where io_uring is forbidden or fails, AUTO goes on with plain and says why and what to do,
// and asking for uring by name is an error.
// Method: a child process takes the permission away from itself (a seccomp filter that answers with
// a chosen errno, or a resource limit), opens an sl_io and reads a file with it. A wrong outcome
// aborts the child, which the test sees.
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/assert.h"
#include "io/io.h"

// What the child takes away, and what the reason must then say.
struct ban {
    int syscall;
    int answer;
    const char *remedy;
};

static void run_in_child(void (*body)(const struct ban *ban), const struct ban *ban) {
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        body(ban);
        _exit(0);
    }
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(status, 0, "the child's status is 0x%x", (unsigned)status);
}

static void forbid(const struct ban *ban) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    SL_ASSERT(filter != NULL);
    int added = seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint32_t)ban->answer), ban->syscall, 0);
    SL_ASSERT(added == 0);
    int loaded = seccomp_load(filter);
    SL_ASSERT(loaded == 0);
    seccomp_release(filter);
}

static void read_zeros(struct sl_io *io, int fd) {
    char buffer[8] = "unread";
    struct sl_io_request request = {
        .verb = SL_IO_READ, .fd = fd, .data = buffer, .len = sizeof buffer, .offset = 0};
    struct sl_io_request *done;
    sl_io_submit(io, &request);
    while (sl_io_poll(io, &done, 1) == 0) {
        sl_io_wait(io, -1);
    }
    SL_ASSERT(request.result == sizeof buffer);
    SL_ASSERT(memcmp(buffer, (char[8]){0}, sizeof buffer) == 0);
}

static void open_auto_falls_back(const struct ban *ban) {
    struct sl_error error = {0};
    struct sl_io *io;
    int zeros_fd = open("/dev/zero", O_RDONLY);
    forbid(ban);
    int opened = sl_io_open(SL_IO_AUTO, 4, -1, &error, &io);
    SL_ASSERT(opened == SL_OK);
    SL_ASSERT(sl_io_backend_in_use(io) == SL_IO_PLAIN);
    SL_ASSERT(sl_io_fallback_reason(io) != NULL);
    SL_ASSERT(strstr(sl_io_fallback_reason(io), strerror(ban->answer)) != NULL);
    SL_ASSERT(strstr(sl_io_fallback_reason(io), ban->remedy) != NULL);
    SL_ASSERT(error.length == 0);
    read_zeros(io, zeros_fd);
    sl_io_close(io);
}

static void open_uring_fails(const struct ban *ban) {
    struct sl_error error = {0};
    struct sl_io *io = NULL;
    forbid(ban);
    int opened = sl_io_open(SL_IO_URING, 4, -1, &error, &io);
    SL_ASSERT(opened == SL_FAILED);
    SL_ASSERT(io == NULL);
    SL_ASSERT(strstr(error.text, ban->remedy) != NULL);
    SL_ASSERT(strstr(error.text, "asked for by name") != NULL);
}

static const struct ban bans[] = {
    {SCMP_SYS(io_uring_setup), EPERM, "seccomp"},
    {SCMP_SYS(io_uring_setup), ENOSYS, "Linux 5.7"},
    {SCMP_SYS(io_uring_setup), EOPNOTSUPP, "sandbox"},
    {SCMP_SYS(io_uring_setup), ENOMEM, "ulimit -l"},
    {SCMP_SYS(io_uring_setup), EMFILE, "ulimit -n"},
    {SCMP_SYS(io_uring_setup), EINVAL, ""},
    {SCMP_SYS(io_uring_enter), EPERM, "seccomp"},
};

Test(io, open_auto_where_forbidden_falls_back_with_reason) {
    for (size_t i = 0; i < sizeof bans / sizeof bans[0]; i++) {
        run_in_child(open_auto_falls_back, &bans[i]);
    }
}

Test(io, open_uring_where_forbidden_fails_with_remedy) {
    for (size_t i = 0; i < sizeof bans / sizeof bans[0]; i++) {
        run_in_child(open_uring_fails, &bans[i]);
    }
}

static void open_without_locked_memory(const struct ban *ban) {
    (void)ban;
    struct sl_error error = {0};
    struct sl_io *io;
    int limited = setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){0, 0});
    SL_ASSERT(limited == 0);
    int opened = sl_io_open(SL_IO_AUTO, 64, -1, &error, &io);
    SL_ASSERT(opened == SL_OK);
    SL_ASSERT((sl_io_backend_in_use(io) == SL_IO_PLAIN) == (sl_io_fallback_reason(io) != NULL));
    read_zeros(io, open("/dev/zero", O_RDONLY));
    sl_io_close(io);
}

Test(io, open_auto_without_locked_memory_reads) {
    run_in_child(open_without_locked_memory, NULL);
}

Test(io, open_plain_gives_no_reason) {
    struct sl_error error = {0};
    struct sl_io *io;
    cr_assert_eq(sl_io_open(SL_IO_PLAIN, 1, -1, &error, &io), SL_OK);
    cr_assert_eq(sl_io_backend_in_use(io), SL_IO_PLAIN);
    cr_assert_null(sl_io_fallback_reason(io));
    sl_io_close(io);
}

Test(io, close_null_is_harmless) {
    sl_io_close(NULL);
}
