// SPDX-License-Identifier: Apache-2.0
#include "support/engine_pack.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/internal.h"
#include "text/fold.h"

static const char head[] = "pack: prova\n"
                           "version: \"1\"\n"
                           "languages: [it]\n"
                           "care: {threshold: 0.5, bias: -2.0}\n"
                           "topics: [fault, billing, coverage]\n"
                           "signals: [complaint, thanks, spam, urgency]\n"
                           "identifiers: {phone: on, email: on, iban: on, card: on,\n"
                           "              fiscal_code: on, vat_number: on}\n"
                           "routes: [{queue: all, priority: 0}]\n"
                           "patterns:\n";

static struct sl_pack *load(const char *first, const char *rest) {
    char path[] = "/tmp/sluice-test-XXXXXX.yaml";
    int fd = mkstemps(path, 5);
    cr_assert(fd >= 0);
    cr_assert_gt(dprintf(fd, "%s%s", first, rest), 0);
    close(fd);
    struct sl_error error = {0};
    struct sl_pack *pack = NULL;
    int result = sl_pack_load(path, &error, &pack);
    unlink(path);
    cr_assert_eq(result, SL_OK, "%s", error.text);
    return pack;
}

struct sl_pack *sl_test_pack_load(const char *patterns) {
    return load(head, patterns);
}

struct sl_pack *sl_test_whole_pack_load(const char *yaml) {
    return load("", yaml);
}

static struct sl_engine *open_on(struct sl_pack *pack, const char *cache_dir) {
    struct sl_error error = {0};
    struct sl_engine_options options = {.cache_dir = cache_dir};
    struct sl_engine *engine = NULL;
    int result = sl_engine_open_pack(pack, &options, &error, &engine);
    cr_assert_eq(result, SL_OK, "%s", error.text);
    return engine;
}

struct sl_engine *sl_test_engine_open(const char *patterns, const char *cache_dir) {
    return open_on(sl_test_pack_load(patterns), cache_dir);
}

struct sl_engine *sl_test_whole_engine_open(const char *yaml) {
    return open_on(sl_test_whole_pack_load(yaml), "");
}

struct sl_judge *sl_test_judge_open(const struct sl_engine *engine) {
    struct sl_error error = {0};
    struct sl_judge *judge = NULL;
    cr_assert_eq(sl_judge_open(engine, &error, &judge), SL_OK, "%s", error.text);
    return judge;
}

struct sl_text sl_test_text(const char *terminated) {
    return (struct sl_text){.data = terminated, .len = strlen(terminated)};
}

const struct sl_verdict *sl_test_judge(struct sl_judge *judge, const char *terminated) {
    struct sl_text text = sl_test_text(terminated);
    return sl_judge_texts(judge, &text, 1);
}
