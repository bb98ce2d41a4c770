// SPDX-License-Identifier: Apache-2.0
//
// train/parallel.h - many tasks on a few threads. What a task does must not depend on which thread
// runs it, or when; so results do not either.
#ifndef SL_TRAIN_PARALLEL_H
#define SL_TRAIN_PARALLEL_H

#include <stdint.h>

typedef void (*sl_parallel_fn)(void *context, uint32_t thread, uint32_t task);

#define SL_PARALLEL_THREADS_MAX 256

// Runs tasks 0 to tasks_count - 1, each once, and returns when all are done. The calling thread is
// one of them; where no other can be started it does all.
void sl_parallel(uint32_t threads, uint32_t tasks_count, sl_parallel_fn run, void *context);

// As many threads as this process may run at once.
uint32_t sl_parallel_cores(void);

#endif
