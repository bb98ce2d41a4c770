// SPDX-License-Identifier: Apache-2.0
//
// tests/support/io_sim.h - an sl_io back end with a bad day: transfers are cut short, complete
// late and in another order, and fail at a chosen byte, all decided by a seed.
//
// It moves real bytes between the request's buffer and its descriptor, when the completion is due
// and not before; until then the buffer of a read holds SL_IO_SIM_POISON, so a caller that looks
// too early, or reuses a buffer too early, gives wrong output. All random decisions are made at
// submit: the same submissions in the same order get the same faults, and a run in one thread
// repeats exactly.
//
// `wait` returns at once while anything is in flight, because delays are counted in polls, not in
// time; otherwise it waits for wake_fd. A stream that is not ready is left alone until it is.
//
// Threads: as sl_io.
#ifndef SL_TESTS_SUPPORT_IO_SIM_H
#define SL_TESTS_SUPPORT_IO_SIM_H

#include "io/io.h"

#define SL_IO_SIM_POISON 0xA5

// From `at_byte` on, transfers fail with -`error`; the one before ends there. The place is the
// offset, or on streams the count of bytes moved so far with the same verb. `error` 0: no fault.
struct sl_io_sim_fault {
    int64_t at_byte;
    int error;
};

struct sl_io_sim_options {
    uint64_t seed;
    unsigned short_percent;   // how many of the transfers are cut to a random part
    unsigned delay_polls_max; // each completion is held back for 0 to this many polls
    struct sl_io_sim_fault read_fault;
    struct sl_io_sim_fault write_fault;
    int wake_fd; // or -1
};

int sl_io_sim_open(const struct sl_io_sim_options *options, size_t requests_max,
                   struct sl_error *error, struct sl_io **ret_io);

#endif
