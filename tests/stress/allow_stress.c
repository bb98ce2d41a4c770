// SPDX-License-Identifier: Apache-2.0
//
// Goal: allow lists can be read again while judges are at work; each call of a judge goes by one
// whole list, and no list is lost or freed too early.
// Method: two allow files take turns under one name while threads judge batches that hold the value
// of each; in one call exactly one of them is masked, the same all through the batch, and a third
// value always is. Each third file is broken: then the list before it stays. ThreadSanitizer and
// AddressSanitizer watch where the build has them.
#include <sluice/engine.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define THREADS_COUNT 4
#define RELOADS_COUNT 300

static const char *const lists[] = {"348 7654321\n", "347 1234567\n",
                                    "not a number is fine\n---\n"};

static char folder[] = "/tmp/sluice-stress-XXXXXX";
static _Atomic int done;

static void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void write_file(const char *name, const char *content) {
    char path[64], draft[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(draft, sizeof draft, "%s/draft", folder);
    FILE *file = fopen(draft, "w");
    if (file == NULL || fputs(content, file) < 0 || fclose(file) != 0 || rename(draft, path) != 0) {
        fail("cannot write to /tmp");
    }
}

// "[PHONE]", or the number as it was.
static int is_masked(const struct sl_verdict *verdict) {
    return verdict->masked.len == strlen("tel [PHONE]");
}

static void *judge_all(void *context) {
    struct sl_error error = {0};
    struct sl_judge *judge;
    struct sl_text texts[30];
    static const char *const values[] = {"tel 3487654321", "tel 3471234567", "tel 3467654321"};
    for (int i = 0; i < 30; i++) {
        texts[i] = (struct sl_text){.data = values[i % 3], .len = 14, .mask_only = true};
    }
    if (sl_judge_open(context, &error, &judge) != SL_OK) {
        fail(error.text);
    }
    while (!atomic_load(&done)) {
        const struct sl_verdict *verdicts = sl_judge_texts(judge, texts, 30);
        for (int i = 0; i < 30; i += 3) {
            if (is_masked(&verdicts[i]) == is_masked(&verdicts[i + 1]) ||
                is_masked(&verdicts[i]) != is_masked(&verdicts[0]) ||
                !is_masked(&verdicts[i + 2])) {
                fail("a batch went by no list, or by two");
            }
        }
    }
    sl_judge_close(judge);
    return NULL;
}

static struct sl_engine *open_engine(void) {
    char path[64];
    struct sl_error error = {0};
    struct sl_engine_options options = {.cache_dir = ""};
    struct sl_engine *engine;
    if (mkdtemp(folder) == NULL) {
        fail("cannot write to /tmp");
    }
    write_file("own.txt", lists[0]);
    write_file("pack.yaml", "pack: prova\n"
                            "version: \"1\"\n"
                            "care: {threshold: 0.5, bias: -2.0}\n"
                            "identifiers: {phone: {allow_file: own.txt}}\n"
                            "routes: [{queue: all}]\n"
                            "patterns: [{id: fault, weight: 3.0, phrases: [guasto]}]\n");
    snprintf(path, sizeof path, "%s/pack.yaml", folder);
    if (sl_engine_open(path, &options, &error, &engine) != SL_OK) {
        fail(error.text);
    }
    return engine;
}

int main(void) {
    struct sl_engine *engine = open_engine();
    pthread_t threads[THREADS_COUNT];
    for (int i = 0; i < THREADS_COUNT; i++) {
        if (pthread_create(&threads[i], NULL, judge_all, engine) != 0) {
            fail("cannot start a thread");
        }
    }
    for (int i = 1; i <= RELOADS_COUNT; i++) {
        struct sl_error error = {0};
        write_file("own.txt", lists[i % 3]);
        if ((sl_engine_reload_allowed(engine, &error) == SL_OK) != (i % 3 != 2)) {
            fail("a reload did not end as it should");
        }
    }
    atomic_store(&done, 1);
    for (int i = 0; i < THREADS_COUNT; i++) {
        pthread_join(threads[i], NULL);
    }
    sl_engine_close(engine);
    static const char *const names[] = {"own.txt", "pack.yaml"};
    for (int i = 0; i < 2; i++) {
        char path[64];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    return 0;
}
