// SPDX-License-Identifier: Apache-2.0
#include "ring/bell.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/assert.h"

enum {
    AWAKE, // nobody needs to write
    ARMED, // the owner sleeps or is about to: the first ring writes
    RUNG,  // rung since the owner last armed or disarmed
};

int sl_bell_open(struct sl_bell *bell, struct sl_error *error) {
    bell->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (bell->fd < 0) {
        return sl_error_set(error, "eventfd: %s", strerror(errno));
    }
    atomic_init(&bell->state, AWAKE);
    bell->owed_count = 0;
    return SL_OK;
}

void sl_bell_close(struct sl_bell *bell) {
    close(bell->fd);
    bell->fd = -1;
}

void sl_bell_arm(struct sl_bell *bell) {
    int before = atomic_exchange_explicit(&bell->state, ARMED, memory_order_acq_rel); // B2
    SL_ASSERT(before != ARMED);
}

void sl_bell_disarm(struct sl_bell *bell) {
    int before = atomic_exchange_explicit(&bell->state, AWAKE, memory_order_acq_rel); // B3
    SL_ASSERT(before != AWAKE);
    bell->owed_count += before == RUNG;
    // A write that comes after this read is still owed, ends the next wait early and is read then.
    uint64_t wrote_count;
    if (bell->owed_count > 0 && read(bell->fd, &wrote_count, sizeof wrote_count) > 0) {
        SL_ASSERT(wrote_count <= bell->owed_count);
        bell->owed_count -= wrote_count;
    }
}

void sl_bell_wait(struct sl_bell *bell, int timeout_ms) {
    SL_ASSERT(atomic_load_explicit(&bell->state, memory_order_relaxed) != AWAKE); // B4
    struct pollfd rung = {.fd = bell->fd, .events = POLLIN};
    poll(&rung, 1, timeout_ms);
}

void sl_bell_ring(struct sl_bell *bell) {
    int before = atomic_exchange_explicit(&bell->state, RUNG, memory_order_acq_rel); // B1
    if (before != ARMED) {
        return;
    }
    int errno_before = errno;
    ssize_t wrote = write(bell->fd, &(uint64_t){1}, sizeof(uint64_t));
    SL_ASSERT(wrote == sizeof(uint64_t));
    errno = errno_before;
}
