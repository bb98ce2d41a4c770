// SPDX-License-Identifier: Apache-2.0
//
// Goal: batches of posts go to workers and back without a race, and in order; so does the
// bootstrap. Method: some thousand posts through two engines with several numbers of threads,
// receivers that now and then end it early; what is received is hashed, and the hashes must be one.
// ThreadSanitizer watches where the build has it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "eval_bootstrap.h"
#include "judging.h"

#define POSTS_COUNT 6000

static const char pack[] = "pack: p\nversion: \"1\"\ncare: {threshold: 0.5, bias: -2}\n"
                           "topics: [fault]\nsignals: []\nroutes: [{queue: all}]\npatterns:\n"
                           "  - {id: fault, weight: 3, topic: fault, phrases: [non va]}\n";

struct receiver {
    uint64_t hash, count, fail_at;
    struct sl_scored scored[POSTS_COUNT];
};

static void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void check(int result, const struct sl_error *error) {
    if (result != SL_OK) {
        fail(error->text);
    }
}

static void write_file(char *path, int suffix, const char *text) {
    int fd = mkstemps(path, suffix);
    if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd) != 0) {
        fail("cannot write a file in /tmp");
    }
}

static int receive(void *context, const struct sl_judged *judged, struct sl_error *error) {
    struct receiver *receiver = context;
    (void)error;
    const struct sl_judgement *judgements = judged->judgements;
    const uint64_t parts[] = {receiver->hash, judged->post->file_line, judgements[0].score_permille,
                              judgements[1].score_permille,
                              sl_hash64(judgements[1].masked.data, judgements[1].masked.len)};
    receiver->hash = sl_hash64(parts, sizeof parts);
    receiver->scored[receiver->count++] =
        (struct sl_scored){.score_permille = {judgements[0].score_permille, 500},
                           .called = {judgements[0].label == SL_LABEL_CARE, false},
                           .care = judged->post->care};
    return receiver->count == receiver->fail_at ? SL_FAILED : SL_OK;
}

static void judge(const struct sl_engine *engine, const char *path, uint32_t threads,
                  struct receiver *receiver) {
    struct sl_error error = {0};
    struct sl_labelled *posts;
    const struct sl_labelled_options options = {0};
    check(sl_labelled_open(&options, &path, 1, &error, &posts), &error);
    const struct sl_judging judging = {.posts = posts,
                                       .engines = {engine, engine},
                                       .engines_count = 2,
                                       .threads = threads,
                                       .receive = receive,
                                       .context = receiver};
    bool failed = sl_judging_run(&judging, &error) != SL_OK;
    if (failed != (receiver->fail_at > 0)) {
        fail("the judging did not end as it should");
    }
    sl_labelled_close(posts);
}

static void resample(const struct receiver *receiver, uint32_t threads,
                     struct sl_bootstrap *ret_bootstrap) {
    struct sl_error error = {0};
    const struct sl_bootstrap_job job = {.posts = receiver->scored,
                                         .posts_count = POSTS_COUNT,
                                         .judges_count = 2,
                                         .replicates = 40,
                                         .seed = 1,
                                         .threads = threads};
    check(sl_bootstrap_run(&job, &error, ret_bootstrap), &error);
}

int main(void) {
    char pack_path[] = "/tmp/sluice-test-XXXXXX.yaml", posts_path[] = "/tmp/sluice-test-XXXXXX.csv";
    char *table;
    size_t len;
    FILE *out = open_memstream(&table, &len);
    fputs("text,label\n", out);
    for (int i = 0; i < POSTS_COUNT; i++) {
        fprintf(out, "\"%d %s\",%d\n", i, i % 3 == 0 ? "non va, tel 333 1234567" : "bella",
                i % 4 == 0);
    }
    fclose(out);
    write_file(pack_path, 5, pack);
    write_file(posts_path, 4, table);
    free(table);
    struct sl_error error = {0};
    struct sl_engine *engine;
    check(sl_engine_open(pack_path, &(struct sl_engine_options){.cache_dir = ""}, &error, &engine),
          &error);
    static struct receiver first, other;
    struct sl_bootstrap first_figures, other_figures;
    judge(engine, posts_path, 1, &first);
    resample(&first, 1, &first_figures);
    for (uint32_t threads = 2; threads <= 5; threads++) {
        other = (struct receiver){0};
        judge(engine, posts_path, threads, &other);
        resample(&other, threads, &other_figures);
        if (other.count != POSTS_COUNT || other.hash != first.hash ||
            memcmp(&first_figures, &other_figures, sizeof first_figures) != 0) {
            fail("threads change what comes out");
        }
        other = (struct receiver){.fail_at = 300 * threads};
        judge(engine, posts_path, threads, &other);
    }
    sl_engine_close(engine);
    unlink(pack_path);
    unlink(posts_path);
    return 0;
}
