// SPDX-License-Identifier: Apache-2.0
#include "scenario/pipeline_runner.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/random.h"

#define POLLS_MAX 20000000u

void broken_off(const char *file, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    abort();
}

struct sl_engine *open_engine(void) {
    struct sl_error error = {0};
    struct sl_engine_options options = {.cache_dir = ""};
    struct sl_engine *engine = NULL;
    int opened = sl_engine_open(SL_SOURCE_DIR "/rules/telco.yaml", &options, &error, &engine);
    EXPECT(opened == SL_OK, "%s", error.text);
    return engine;
}

static const char *const texts[] = {
    "da ieri sera non ho internet, il modem lampeggia",
    "grazie mille, gentilissimi 😊",
    "Chiamatemi al 333 123 45 67 per favore, perché la linea è ancora ko",
    "che bella canzone in questa pubblicità",
    "my invoice is wrong, write to anna@example.org",
    "offerta giga esaurita\\nquando si rinnova? \\u20ac 9,99",
    "",
    "IT60 X054 2811 1010 0000 0123 456 è il mio conto per il rimborso",
};

static const char *const broken[] = {
    "{\"id\":\"x\",\"text\":\"chiamatemi al 333 1234567",
    "{\"id\":\"x\"}",
    "not json at all, 333 1234567",
    "{\"id\":\"x\",\"text\":\"a\"} trailing",
    "",
    "   ",
    "{\"id\":\"x\",\"text\":\"\xff\xfe invalid\"}",
};

struct bytes make_records(uint64_t seed, size_t count) {
    struct sl_random random = {seed};
    struct bytes records = {0};
    FILE *stream = open_memstream(&records.data, &records.len);
    for (size_t i = 0; i < count; i++) {
        if (sl_random_below(&random, 12) == 0) {
            fputs(broken[sl_random_below(&random, sizeof broken / sizeof *broken)], stream);
        } else {
            fprintf(
                stream,
                "{\"id\":\"%zu\",\"channel\":\"facebook\",\"created_at\":%d,\"author\":{\"id\":%d,"
                "\"followers\":%d},\"text\":\"%s",
                i, 1772000000 + (int)i, (int)sl_random_below(&random, 50),
                (int)sl_random_below(&random, 90000),
                texts[sl_random_below(&random, sizeof texts / sizeof *texts)]);
            if (sl_random_below(&random, 40) == 0) {
                for (size_t pad = sl_random_below(&random, 3000); pad > 0; pad--) {
                    fputs(" e poi", stream);
                }
            }
            fputs("\"}", stream);
        }
        fputs(sl_random_below(&random, 9) == 0 ? "\r\n" : "\n", stream);
    }
    fclose(stream);
    return records;
}

static struct bytes read_file(const char *path) {
    struct bytes bytes = {0};
    FILE *file = fopen(path, "rb");
    EXPECT(file != NULL, "cannot open %s", path);
    fseek(file, 0, SEEK_END);
    bytes.len = (size_t)ftell(file);
    rewind(file);
    bytes.data = malloc(bytes.len + 1);
    EXPECT(fread(bytes.data, 1, bytes.len, file) == bytes.len, "cannot read %s", path);
    fclose(file);
    return bytes;
}

static int open_sim(void *state, enum sl_io_backend backend, size_t requests_max, int wake_fd,
                    struct sl_error *error, struct sl_io **ret_io) {
    struct sl_io_sim_options options = *(struct sl_io_sim_options *)state;
    (void)backend;
    options.wake_fd = wake_fd;
    return sl_io_sim_open(&options, requests_max, error, ret_io);
}

static void poll_to_the_end(const struct run *run, struct sl_pipeline *pipeline) {
    uint64_t polls = 0;
    while (!sl_pipeline_finished(pipeline)) {
        sl_pipeline_poll(pipeline);
        struct sl_pipeline_totals totals;
        sl_pipeline_read_totals(pipeline, &totals);
        EXPECT(totals.emitted + totals.quarantined <= totals.received, "more came out than in");
        if (++polls == run->drain_after_polls) {
            sl_pipeline_drain(pipeline);
        }
        EXPECT(polls < POLLS_MAX, "the pipeline does not come to an end");
    }
}

static void wait_for_the_end(struct sl_pipeline *pipeline) {
    struct sl_error error = {0};
    struct pollfd done = {.fd = sl_pipeline_done_fd(pipeline), .events = POLLIN};
    EXPECT(sl_pipeline_start(pipeline, &error) == SL_OK, "%s", error.text);
    EXPECT(poll(&done, 1, 120000) == 1, "the pipeline does not come to an end");
}

void run_pipeline(struct run *run) {
    char folder[] = "/tmp/sluice-test-XXXXXX", input[64], items[64], refused[64];
    EXPECT(mkdtemp(folder) != NULL, "cannot make a folder");
    snprintf(input, sizeof input, "%s/input", folder);
    snprintf(items, sizeof items, "%s/items", folder);
    snprintf(refused, sizeof refused, "%s/refused", folder);
    FILE *file = fopen(input, "wb");
    EXPECT(fwrite(run->records.data, 1, run->records.len, file) == run->records.len,
           "cannot write");
    fclose(file);

    const char *inputs[] = {input};
    struct sl_pipeline_config config = run->config;
    config.inputs = inputs;
    config.inputs_count = 1;
    config.output = items;
    config.quarantine = refused;
    config.open_io = run->sim != NULL ? open_sim : NULL;
    config.open_io_state = run->sim;
    struct sl_pipeline *pipeline;
    run->error.length = 0;
    EXPECT(sl_pipeline_open(&config, &run->error, &pipeline) == SL_OK, "%s", run->error.text);
    if (run->threads) {
        wait_for_the_end(pipeline);
    } else {
        poll_to_the_end(run, pipeline);
    }
    run->joined = sl_pipeline_join(pipeline, &run->error);
    sl_pipeline_read_totals(pipeline, &run->totals);
    const char *stopped_input;
    run->stopped = sl_pipeline_stopped_at(pipeline, &stopped_input, &run->stopped_offset);
    sl_pipeline_close(pipeline);
    run->items = read_file(items);
    run->refused = read_file(refused);
    unlink(input);
    unlink(items);
    unlink(refused);
    rmdir(folder);
}

void free_run(struct run *run) {
    free(run->items.data);
    free(run->refused.data);
}

// The quarantine file names the input, whose folder differs from run to run; its length does not.
bool same_bytes(struct bytes a, struct bytes b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}
