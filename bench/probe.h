// SPDX-License-Identifier: Apache-2.0
//
// bench/probe.h - something measured in a process of its own, which starts from nothing and leaves
// nothing behind.
#ifndef SL_BENCH_PROBE_H
#define SL_BENCH_PROBE_H

#include "base/error.h"

struct sl_probe_answer {
    double values[4];
    char text[256];
    double peak_mib; // the most memory that was resident at once; set by sl_probe_run
};

// Runs in the new process and fills the answer.
typedef int (*sl_probe_fn)(void *argument, struct sl_error *error,
                           struct sl_probe_answer *ret_answer);

// Forks, runs the function there and waits for its end. An error of the function becomes the
// caller's.
int sl_probe_run(sl_probe_fn probe, void *argument, struct sl_error *error,
                 struct sl_probe_answer *ret_answer);

#endif
