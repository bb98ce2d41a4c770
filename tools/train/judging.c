// SPDX-License-Identifier: Apache-2.0
//
// A ring of batches. The calling thread fills them in turn and, before it fills one again, hands
// its posts to the receiver; workers take them in the same turn. A lock and two conditions are
// enough: a batch is a quarter of a millisecond's work.
#include "judging.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/error.h"
#include "parallel.h"

#define BATCH_POSTS      SL_JUDGE_BATCH_MAX
#define BATCH_BYTES      ((size_t)1 << 20)
#define STORE_BYTES      ((size_t)1 << 30) // of address space; what is used of it is memory
#define BATCHES_A_THREAD 3
#define THREADS_MAX      64

enum batch_state {
    BATCH_EMPTY,
    BATCH_FILLED,
    BATCH_TAKEN, // a worker has it
    BATCH_JUDGED,
};

struct batch {
    enum batch_state state;
    uint32_t count;
    struct sl_arena store; // what the posts and judgements point to
    struct sl_labelled_post posts[BATCH_POSTS];
    struct sl_judgement judgements[BATCH_POSTS][SL_JUDGING_ENGINES_MAX];
};

struct run {
    const struct sl_judging *judging;
    struct batch *batches;
    uint32_t batches_count;
    pthread_mutex_t lock;
    pthread_cond_t filled, judged;
    uint64_t next; // batch to be judged next, counted from the first
    bool over;     // no more batches
};

struct worker {
    struct run *run;
    struct sl_judge *judges[SL_JUDGING_ENGINES_MAX];
    pthread_t thread;
    bool started;
};

static struct sl_str keep(struct sl_arena *store, struct sl_str text) {
    if (text.data == NULL) {
        return text;
    }
    char *copy = sl_arena_take(store, text.len, 1);
    SL_ASSERT(copy != NULL); // a batch's texts and masked texts are far from its size
    memcpy(copy, text.data, text.len);
    return (struct sl_str){copy, text.len};
}

static void keep_words(struct sl_arena *store, struct sl_labelled_words *words) {
    for (uint32_t i = 0; i < words->count; i++) {
        words->words[i] = keep(store, words->words[i]);
    }
}

static void keep_post(struct batch *batch, const struct sl_labelled_post *post) {
    struct sl_labelled_post *kept = &batch->posts[batch->count++];
    *kept = *post;
    kept->text = keep(&batch->store, post->text);
    kept->label = keep(&batch->store, post->label);
    keep_words(&batch->store, &kept->topics);
    keep_words(&batch->store, &kept->signals);
    for (uint32_t i = 0; i < SL_LABELLED_GROUPS_MAX; i++) {
        kept->groups[i] = keep(&batch->store, post->groups[i]);
    }
}

static int fill(const struct run *run, struct batch *batch, struct sl_error *error) {
    batch->count = 0;
    sl_arena_reset(&batch->store);
    while (batch->count < BATCH_POSTS && batch->store.used_bytes < BATCH_BYTES) {
        const struct sl_labelled_post *post;
        if (sl_labelled_next(run->judging->posts, error, &post) != SL_OK) {
            return SL_FAILED;
        }
        if (post == NULL) {
            break;
        }
        keep_post(batch, post);
    }
    return SL_OK;
}

static void judge_batch(struct worker *worker, struct batch *batch) {
    struct sl_text texts[BATCH_POSTS];
    for (uint32_t i = 0; i < batch->count; i++) {
        texts[i] =
            (struct sl_text){.data = batch->posts[i].text.data, .len = batch->posts[i].text.len};
    }
    for (uint32_t e = 0; e < worker->run->judging->engines_count; e++) {
        const struct sl_verdict *verdicts = sl_judge_texts(worker->judges[e], texts, batch->count);
        for (uint32_t i = 0; i < batch->count; i++) {
            const struct sl_verdict *verdict = &verdicts[i];
            struct sl_judgement *judgement = &batch->judgements[i][e];
            *judgement = (struct sl_judgement){.outcome = verdict->outcome};
            if (verdict->outcome != SL_JUDGED) {
                continue;
            }
            judgement->label = verdict->label;
            judgement->line = verdict->line;
            judgement->score_permille = verdict->score_permille;
            judgement->why_count = verdict->why_count;
            memcpy(judgement->why, verdict->why, sizeof judgement->why);
            judgement->topics = verdict->topics;
            judgement->signals = verdict->signals;
            judgement->masked =
                keep(&batch->store, (struct sl_str){verdict->masked.data, verdict->masked.len});
        }
    }
}

static void *work(void *context) {
    struct worker *worker = context;
    struct run *run = worker->run;
    pthread_mutex_lock(&run->lock);
    for (;;) {
        struct batch *batch = &run->batches[run->next % run->batches_count];
        if (batch->state == BATCH_FILLED) {
            batch->state = BATCH_TAKEN;
            run->next++;
            pthread_mutex_unlock(&run->lock);
            judge_batch(worker, batch);
            pthread_mutex_lock(&run->lock);
            batch->state = BATCH_JUDGED;
            pthread_cond_signal(&run->judged);
        } else if (run->over) {
            break;
        } else {
            pthread_cond_wait(&run->filled, &run->lock);
        }
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

// Waits for a batch that is with the workers, and hands on what is in it.
static int collect(struct run *run, struct batch *batch, struct sl_error *error) {
    pthread_mutex_lock(&run->lock);
    while (batch->state == BATCH_FILLED || batch->state == BATCH_TAKEN) {
        pthread_cond_wait(&run->judged, &run->lock);
    }
    bool judged = batch->state == BATCH_JUDGED;
    batch->state = BATCH_EMPTY;
    pthread_mutex_unlock(&run->lock);
    for (uint32_t i = 0; judged && i < batch->count; i++) {
        const struct sl_judged post = {.post = &batch->posts[i],
                                       .judgements = batch->judgements[i]};
        if (run->judging->receive(run->judging->context, &post, error) != SL_OK) {
            return SL_FAILED;
        }
    }
    if (judged && run->judging->progress != NULL) {
        run->judging->progress(run->judging->context);
    }
    return SL_OK;
}

static int pump(struct run *run, struct sl_error *error) {
    int result = SL_OK;
    uint64_t at = 0;
    for (bool more = true; result == SL_OK && more; at++) {
        struct batch *batch = &run->batches[at % run->batches_count];
        result = collect(run, batch, error);
        if (result == SL_OK) {
            result = fill(run, batch, error);
        }
        more = result == SL_OK && batch->count > 0;
        if (more) {
            pthread_mutex_lock(&run->lock);
            batch->state = BATCH_FILLED;
            pthread_cond_signal(&run->filled);
            pthread_mutex_unlock(&run->lock);
        }
    }
    // `at` is now behind the batch that stayed empty: the oldest that may still be out.
    for (uint32_t i = 0; result == SL_OK && i < run->batches_count; i++) {
        result = collect(run, &run->batches[(at + i) % run->batches_count], error);
    }
    return result;
}

static int start(struct run *run, struct worker *workers, uint32_t count, struct sl_error *error) {
    for (uint32_t i = 0; i < run->batches_count; i++) {
        if (sl_arena_init(&run->batches[i].store, STORE_BYTES, error) != SL_OK) {
            return SL_FAILED;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        workers[i].run = run;
        for (uint32_t e = 0; e < run->judging->engines_count; e++) {
            if (sl_judge_open(run->judging->engines[e], error, &workers[i].judges[e]) != SL_OK) {
                return SL_FAILED;
            }
        }
        int problem = pthread_create(&workers[i].thread, NULL, work, &workers[i]);
        if (problem != 0) {
            return sl_error_set(error, "cannot start a thread: %s", strerror(problem));
        }
        workers[i].started = true;
    }
    return SL_OK;
}

static void stop(struct run *run, struct worker *workers, uint32_t count) {
    pthread_mutex_lock(&run->lock);
    run->over = true;
    pthread_cond_broadcast(&run->filled);
    pthread_mutex_unlock(&run->lock);
    for (uint32_t i = 0; i < count; i++) {
        if (workers[i].started) {
            pthread_join(workers[i].thread, NULL);
        }
        for (uint32_t e = 0; e < run->judging->engines_count; e++) {
            sl_judge_close(workers[i].judges[e]);
        }
    }
    for (uint32_t i = 0; i < run->batches_count; i++) {
        sl_arena_done(&run->batches[i].store);
    }
}

uint32_t sl_judging_threads(uint32_t asked) {
    uint32_t threads = asked > 0 ? asked : sl_parallel_cores();
    return threads < THREADS_MAX ? threads : THREADS_MAX;
}

int sl_judging_run(const struct sl_judging *judging, struct sl_error *error) {
    SL_ASSERT(judging->engines_count >= 1 && judging->engines_count <= SL_JUDGING_ENGINES_MAX);
    uint32_t threads = sl_judging_threads(judging->threads);
    struct run run = {.judging = judging,
                      .batches_count = threads * BATCHES_A_THREAD,
                      .lock = PTHREAD_MUTEX_INITIALIZER,
                      .filled = PTHREAD_COND_INITIALIZER,
                      .judged = PTHREAD_COND_INITIALIZER};
    run.batches = calloc(run.batches_count, sizeof *run.batches);
    struct worker *workers = calloc(threads, sizeof *workers);
    int result = SL_FAILED;
    if (run.batches == NULL || workers == NULL) {
        sl_error_set(error, "no memory to judge posts");
    } else {
        result = start(&run, workers, threads, error);
        if (result == SL_OK) {
            result = pump(&run, error);
        }
        stop(&run, workers, threads);
    }
    free(run.batches);
    free(workers);
    return result;
}
