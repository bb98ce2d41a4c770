// SPDX-License-Identifier: Apache-2.0
//
// Goal: judged posts come back in the order of reading with the verdicts a judge gives alone,
// whatever the number of threads, and an error ends the judging cleanly.
// Method: a few thousand posts, more than all batches hold at once, some of them slow to judge;
// compared with one judge that takes them one by one.
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judging.h"
#include "support/engine_pack.h"
#include "support/pack_files.h"

#define POSTS 9000

static const char patterns[] = "  - {id: fault, weight: 3, topic: fault, phrases: [non funziona]}\n"
                               "  - {id: thanks, weight: -1, signal: thanks, phrases: [grazie]}\n";

struct receiver {
    struct sl_judge *judge;
    uint64_t next;
    uint64_t fail_at;
};

static int receive(void *context, const struct sl_judged *judged, struct sl_error *error) {
    struct receiver *receiver = context;
    (void)error;
    cr_assert_eq(judged->post->file_line, receiver->next + 2);
    const struct sl_text text = {.data = judged->post->text.data, .len = judged->post->text.len};
    const struct sl_verdict *verdict = sl_judge_texts(receiver->judge, &text, 1);
    const struct sl_judgement *judgement = &judged->judgements[0];
    cr_assert_eq(judgement->score_permille, verdict->score_permille);
    cr_assert_eq(judgement->label, verdict->label);
    cr_assert_eq(judgement->topics, verdict->topics);
    cr_assert_eq(judgement->masked.len, verdict->masked.len);
    cr_assert_eq(memcmp(judgement->masked.data, verdict->masked.data, verdict->masked.len), 0);
    receiver->next++;
    return receiver->next == receiver->fail_at ? SL_FAILED : SL_OK;
}

static void write_posts(struct sl_pack_files *files, const char **ret_path) {
    char *table;
    size_t len;
    FILE *out = open_memstream(&table, &len);
    fputs("text,label\n", out);
    for (int i = 0; i < POSTS; i++) {
        fprintf(out, "\"post %d %s\",%d\n", i,
                i % 3 == 0   ? "non funziona, tel 333 1234567"
                : i % 3 == 1 ? "grazie"
                             : "la solita canzone",
                i % 3 == 0);
    }
    fclose(out);
    *ret_path = sl_pack_files_write(files, "posts.csv", table, len);
    free(table);
}

static uint64_t run(uint32_t threads, uint64_t fail_at, int expected) {
    struct sl_pack_files files;
    struct sl_error error = {0};
    struct sl_labelled *posts;
    const struct sl_labelled_options options = {0};
    const char *path;
    sl_pack_files_open(&files);
    write_posts(&files, &path);
    cr_assert_eq(sl_labelled_open(&options, &path, 1, &error, &posts), SL_OK);
    struct sl_engine *engine = sl_test_engine_open(patterns, "");
    struct receiver receiver = {.judge = sl_test_judge_open(engine), .fail_at = fail_at};
    const struct sl_judging judging = {.posts = posts,
                                       .engines = {engine},
                                       .engines_count = 1,
                                       .threads = threads,
                                       .receive = receive,
                                       .context = &receiver};
    cr_assert_eq(sl_judging_run(&judging, &error), expected, "%s", error.text);
    sl_judge_close(receiver.judge);
    sl_engine_close(engine);
    sl_labelled_close(posts);
    sl_pack_files_close(&files);
    return receiver.next;
}

Test(judging, posts_come_back_in_order_with_any_threads) {
    for (uint32_t threads = 1; threads <= 5; threads++) {
        cr_expect_eq(run(threads, 0, SL_OK), POSTS);
    }
}

Test(judging, receiver_that_fails_ends_it) {
    cr_expect_eq(run(3, 700, SL_FAILED), 700);
}
