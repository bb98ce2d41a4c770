// SPDX-License-Identifier: Apache-2.0
//
// Goal: no stream whatever harms the reader, and how it is cut into feeds makes no difference.
// Method: libFuzzer over streams; each is read in one piece and in small ones, and both must give
// the same items, the same lines of JSON and the same error.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sluice/item.h>

#include "support/json_oracle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LINES_ROOM (1u << 20)

struct reading {
    char lines[LINES_ROOM];
    size_t len;
    struct sl_error error;
};

static void stop_unless(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "not so: %s\n", what);
        abort();
    }
}

static void take_items(struct sl_item_reader *reader, struct reading *reading) {
    static struct sl_item item;
    while (sl_item_reader_next(reader, &item, &reading->error) == SL_ITEM_READY) {
        struct sl_text line = sl_item_reader_json(reader);
        stop_unless(sl_oracle_json_object(line.data, line.len) == SL_ORACLE_JSON_VALID,
                    "the line is JSON");
        if (line.len <= LINES_ROOM - reading->len) {
            memcpy(reading->lines + reading->len, line.data, line.len);
            reading->len += line.len;
        }
    }
}

static void read_stream(const uint8_t *data, size_t size, size_t piece, struct reading *reading) {
    struct sl_error error = {0};
    struct sl_item_reader *reader;
    stop_unless(sl_item_reader_open(&error, &reader) == SL_OK, "a reader opens");
    reading->len = 0;
    reading->error = (struct sl_error){0};
    for (size_t at = 0; at < size && reading->error.length == 0; at += piece) {
        size_t len = size - at < piece ? size - at : piece;
        sl_item_reader_feed(reader, data + at, len, &error);
        take_items(reader, reading);
    }
    sl_item_reader_finish(reader, &reading->error);
    sl_item_reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct reading whole, pieces;
    read_stream(data, size, size, &whole);
    read_stream(data, size, 1 + size % 7, &pieces);
    stop_unless(whole.len == pieces.len && memcmp(whole.lines, pieces.lines, whole.len) == 0,
                "the lines are the same however the stream is cut");
    stop_unless(strcmp(whole.error.text, pieces.error.text) == 0,
                "the error is the same however the stream is cut");
    return 0;
}
