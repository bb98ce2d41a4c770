// SPDX-License-Identifier: Apache-2.0
//
// Goal: judges on different threads share one engine without a word between them, and give the same
// verdicts.
// Method: several threads judge the same texts, each in batches of another size, and hash all that
// their verdicts say; the hashes must be one. ThreadSanitizer watches where the build has it.
#include <sluice/engine.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"

#define THREADS_COUNT 6
#define TEXTS_COUNT   2048
#define TEXT_ROOM     256

static const char pack[] =
    "pack: prova\n"
    "version: \"1\"\n"
    "languages: [it]\n"
    "care: {threshold: 0.5, bias: -2.0}\n"
    "topics: [fault]\n"
    "signals: [thanks]\n"
    "identifiers: {phone: on, email: on}\n"
    "routes: [{queue: all, priority: 0}]\n"
    "patterns:\n"
    "  - {id: fault, weight: 3.0, topic: fault, phrases: [guasto, non … funziona]}\n"
    "  - {id: thanks, weight: -1.0, signal: thanks, phrases: [grazie]}\n";

static const char *const openings[] = {"guasto", "non mi FUNZIONA", "grazie mille", "che bello è",
                                       "perché"};
static const char *const endings[] = {"😀", "333 1234567", "mario.rossi@example.it", "da ieri", ""};

struct worker {
    pthread_t thread;
    const struct sl_engine *engine;
    const struct sl_text *texts;
    size_t batch;
    uint64_t hash;
};

static void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static uint64_t hash_verdict(uint64_t hash, const struct sl_verdict *verdict) {
    uint64_t parts[] = {hash,
                        (uint64_t)verdict->outcome << 32 | verdict->label,
                        (uint64_t)verdict->score_permille << 32 | verdict->masks_count,
                        verdict->topics,
                        verdict->signals,
                        sl_hash64(verdict->why, sizeof verdict->why),
                        sl_hash64(verdict->masked.data, verdict->masked.len)};
    return sl_hash64(parts, sizeof parts);
}

static void *judge_all(void *context) {
    struct worker *worker = context;
    struct sl_error error = {0};
    struct sl_judge *judge;
    if (sl_judge_open(worker->engine, &error, &judge) != SL_OK) {
        fail(error.text);
    }
    for (int round = 0; round < 8; round++) {
        for (size_t at = 0; at < TEXTS_COUNT; at += worker->batch) {
            size_t left = TEXTS_COUNT - at;
            size_t count = left < worker->batch ? left : worker->batch;
            const struct sl_verdict *verdicts = sl_judge_texts(judge, worker->texts + at, count);
            for (size_t i = 0; i < count; i++) {
                worker->hash = hash_verdict(worker->hash, &verdicts[i]);
            }
        }
    }
    sl_judge_close(judge);
    return NULL;
}

static struct sl_engine *open_engine(void) {
    char path[] = "/tmp/sluice-stress-XXXXXX.yaml";
    int fd = mkstemps(path, 5);
    if (fd < 0 || write(fd, pack, strlen(pack)) != (ssize_t)strlen(pack) || close(fd) != 0) {
        fail("cannot write a pack to /tmp");
    }
    struct sl_error error = {0};
    struct sl_engine_options options = {.cache_dir = ""};
    struct sl_engine *engine;
    if (sl_engine_open(path, &options, &error, &engine) != SL_OK) {
        fail(error.text);
    }
    unlink(path);
    return engine;
}

int main(void) {
    static char memory[TEXTS_COUNT][TEXT_ROOM];
    static struct sl_text texts[TEXTS_COUNT];
    for (size_t i = 0; i < TEXTS_COUNT; i++) {
        int len =
            snprintf(memory[i], TEXT_ROOM, "%s %zu %s", openings[i % 5], i, endings[i / 5 % 5]);
        texts[i] = (struct sl_text){.data = memory[i], .len = (size_t)len};
    }
    static const size_t batches[THREADS_COUNT] = {1, 7, 63, 64, 100, SL_JUDGE_BATCH_MAX};
    struct sl_engine *engine = open_engine();
    struct worker workers[THREADS_COUNT];
    for (size_t i = 0; i < THREADS_COUNT; i++) {
        workers[i] = (struct worker){.engine = engine, .texts = texts, .batch = batches[i]};
        if (pthread_create(&workers[i].thread, NULL, judge_all, &workers[i]) != 0) {
            fail("cannot start a thread");
        }
    }
    for (size_t i = 0; i < THREADS_COUNT; i++) {
        pthread_join(workers[i].thread, NULL);
        if (workers[i].hash != workers[0].hash) {
            fail("verdicts differ between threads");
        }
    }
    sl_engine_close(engine);
    return 0;
}
