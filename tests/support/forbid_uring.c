// SPDX-License-Identifier: Apache-2.0
//
// Runs a command where io_uring is forbidden the way container runtimes forbid it: its system calls
// fail with EPERM under a seccomp filter.
//
// usage: forbid_uring COMMAND [ARGUMENT…]
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <seccomp.h>

int main(int argc, char **argv) {
    static const char *const calls[] = {"io_uring_setup", "io_uring_enter", "io_uring_register"};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (argc < 2 || filter == NULL) {
        return 125;
    }
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        int call = seccomp_syscall_resolve_name(calls[i]);
        if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) != 0) {
            return 125;
        }
    }
    if (seccomp_load(filter) != 0) {
        return 77; // not allowed to filter: the test is skipped
    }
    execvp(argv[1], argv + 1);
    fprintf(stderr, "forbid_uring: %s: %s\n", argv[1], strerror(errno));
    return 126;
}
