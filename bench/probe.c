// SPDX-License-Identifier: Apache-2.0
#include "bench/probe.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

struct message {
    int result;
    struct sl_probe_answer answer;
    struct sl_error error;
};

static _Noreturn void be_the_child(sl_probe_fn probe, void *argument, int fd) {
    struct message message = {0};
    message.result = probe(argument, &message.error, &message.answer);
    bool told = write(fd, &message, sizeof message) == (ssize_t)sizeof message;
    _exit(told ? 0 : 1);
}

static int collect(int fd, pid_t child, struct sl_error *error, struct message *ret_message) {
    size_t got = 0;
    ssize_t count;
    while (got < sizeof *ret_message &&
           (count = read(fd, (char *)ret_message + got, sizeof *ret_message - got)) != 0) {
        if (count < 0 && errno != EINTR) {
            break;
        }
        got += count > 0 ? (size_t)count : 0;
    }
    int status;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0) {
        if (errno != EINTR) {
            return sl_error_set(error, "cannot wait for a probe: %s", strerror(errno));
        }
    }
    if (got < sizeof *ret_message) {
        return WIFSIGNALED(status)
                   ? sl_error_set(error, "a probe ended by signal %s", strsignal(WTERMSIG(status)))
                   : sl_error_set(error, "a probe ended without an answer");
    }
    ret_message->answer.peak_mib = (double)usage.ru_maxrss / 1024;
    return SL_OK;
}

int sl_probe_run(sl_probe_fn probe, void *argument, struct sl_error *error,
                 struct sl_probe_answer *ret_answer) {
    int ends[2];
    if (pipe(ends) != 0) {
        return sl_error_set(error, "cannot open a pipe to a probe: %s", strerror(errno));
    }
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        be_the_child(probe, argument, ends[1]);
    }
    close(ends[1]);
    struct message message;
    int result = child > 0 ? collect(ends[0], child, error, &message)
                           : sl_error_set(error, "cannot fork: %s", strerror(errno));
    close(ends[0]);
    if (result != SL_OK) {
        return SL_FAILED;
    }
    if (message.result != SL_OK) {
        return sl_error_set(error, "%s", message.error.text);
    }
    *ret_answer = message.answer;
    return SL_OK;
}
