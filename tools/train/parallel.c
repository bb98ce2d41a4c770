// SPDX-License-Identifier: Apache-2.0
#include "parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

struct crew {
    sl_parallel_fn run;
    void *context;
    uint32_t tasks_count;
    _Atomic uint32_t next_task;
};

struct member {
    struct crew *crew;
    uint32_t thread;
};

// Starting and joining a thread order what it reads and writes; the counter only deals out numbers.
static void *work(void *argument) {
    struct member *member = argument;
    struct crew *crew = member->crew;
    uint32_t task;
    while ((task = atomic_fetch_add_explicit(&crew->next_task, 1, memory_order_relaxed)) <
           crew->tasks_count) {
        crew->run(crew->context, member->thread, task);
    }
    return NULL;
}

void sl_parallel(uint32_t threads, uint32_t tasks_count, sl_parallel_fn run, void *context) {
    struct crew crew = {.run = run, .context = context, .tasks_count = tasks_count};
    struct member members[SL_PARALLEL_THREADS_MAX];
    pthread_t started[SL_PARALLEL_THREADS_MAX];
    uint32_t count = 1;
    threads = threads < tasks_count ? threads : tasks_count;
    threads = threads < SL_PARALLEL_THREADS_MAX ? threads : SL_PARALLEL_THREADS_MAX;
    for (; count < threads; count++) {
        members[count] = (struct member){&crew, count};
        if (pthread_create(&started[count], NULL, work, &members[count]) != 0) {
            break;
        }
    }
    members[0] = (struct member){&crew, 0};
    work(&members[0]);
    for (uint32_t i = 1; i < count; i++) {
        pthread_join(started[i], NULL);
    }
}

uint32_t sl_parallel_cores(void) {
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count < 1                         ? 1
           : count > SL_PARALLEL_THREADS_MAX ? SL_PARALLEL_THREADS_MAX
                                             : (uint32_t)count;
}
