// SPDX-License-Identifier: Apache-2.0
//
// ring/bell.h - how a thread with nothing to do sleeps, and how others wake it without losing a
// wake.
//
// Each thread of the pipeline owns one bell. Others ring it after they have committed something the
// owner may be waiting for. Ringing costs one atomic exchange while the owner is awake, and one
// write to an eventfd when it sleeps; a thread that also waits for input or output adds `fd` to
// what it polls, so that there is one way to sleep.
//
// The owner's side is always this, in this order:
//
//     sl_bell_arm(bell);                 // from here on a ring is remembered
//     if (work can be done) {            // look once more: it may have come before the arming
//         sl_bell_disarm(bell);
//     } else {
//         wait until bell->fd is readable (sl_bell_wait, or poll it with other descriptors)
//         sl_bell_disarm(bell);
//     }
//
// A wait may end without a ring (a signal, or the late write of an earlier ring); the owner's loop
// looks for work and arms again.
//
// Memory orders: arm, disarm and ring are atomic read-modify-writes on one variable, so they have
// one order that all threads agree on. Either the ring comes later than the arming and sees it
// (then it writes the eventfd), or the arming comes later, reads what the ring wrote, and thereby
// sees all that was committed before the ring. Each atomic operation in bell.c bears its label:
//
//   label  operation                order    pairs  why
//   B1     ring exchanges RUNG      acq_rel  B2 B3  release: what was committed before the ring is
//                                                   seen by the owner that finds it rung
//   B2     arm exchanges ARMED      acq_rel  B1     acquire: see B1
//   B3     disarm exchanges AWAKE   acq_rel  B1     acquire: see B1
//   B4     wait loads the state     relaxed  -      checks the caller, orders nothing
//
// Threads: open and close by anybody while nobody else uses the bell; arm, wait, disarm by the
// owner; ring by any thread, also from a signal handler. Nothing is allocated.
#ifndef SL_RING_BELL_H
#define SL_RING_BELL_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/error.h"

struct sl_bell {
    _Alignas(128) _Atomic int state;
    int fd; // eventfd, non-blocking, readable while rung
    // The owner's own: writes to the eventfd that were promised (a ring found the bell armed) and
    // not yet read. The write follows the exchange, so it may arrive after the disarm.
    _Alignas(128) uint64_t owed_count;
};

int sl_bell_open(struct sl_bell *bell, struct sl_error *error);
void sl_bell_close(struct sl_bell *bell);

void sl_bell_arm(struct sl_bell *bell);
void sl_bell_disarm(struct sl_bell *bell);

// Blocks until rung or until `timeout_ms` have passed (negative: no limit), or a signal came. Only
// between arm and disarm.
void sl_bell_wait(struct sl_bell *bell, int timeout_ms);

// Leaves errno as it was.
void sl_bell_ring(struct sl_bell *bell);

#endif
