// SPDX-License-Identifier: Apache-2.0
//
// A program that knows nothing but the installed headers: judges a text, then reads a work item.
#include <stdio.h>
#include <string.h>

#include <sluice/engine.h>
#include <sluice/item.h>

static int fail(const struct sl_error *error) {
    fprintf(stderr, "%s\n", error->text);
    return 1;
}

static int judge(const char *pack_path, struct sl_error *error) {
    static const char text[] = "da ieri sera non ho internet, chiamatemi al 333 1234567";
    struct sl_engine_options options = {.cache_dir = ""};
    struct sl_engine *engine;
    struct sl_judge *judge;
    if (sl_engine_open(pack_path, &options, error, &engine) != SL_OK ||
        sl_judge_open(engine, error, &judge) != SL_OK) {
        return fail(error);
    }
    struct sl_text one = {.data = text, .len = strlen(text)};
    const struct sl_verdict *verdict = sl_judge_texts(judge, &one, 1);
    if (verdict->outcome != SL_JUDGED) {
        return 1;
    }
    printf("label %s\n", sl_label_word(verdict->label));
    printf("masked %.*s\n", (int)verdict->masked.len, verdict->masked.data);
    for (uint32_t i = 0; i < verdict->masks_count; i++) {
        printf("mask %s\n", sl_kind_word(verdict->masks[i].kind));
    }
    sl_judge_close(judge);
    sl_engine_close(engine);
    return 0;
}

static int read_item(struct sl_error *error) {
    // {"care": {"label": "care"}}
    static const unsigned char bytes[] = "\x81\xa4"
                                         "care\x81\xa5"
                                         "label\xa4"
                                         "care";
    static struct sl_item item;
    struct sl_item_reader *reader;
    if (sl_item_reader_open(error, &reader) != SL_OK ||
        sl_item_reader_feed(reader, bytes, sizeof bytes - 1, error) != SL_OK ||
        sl_item_reader_next(reader, &item, error) != SL_ITEM_READY) {
        return fail(error);
    }
    printf("item %.*s\n", (int)item.care.label.len, item.care.label.data);
    sl_item_reader_close(reader);
    return 0;
}

int main(int argc, char **argv) {
    struct sl_error error = {0};
    if (argc != 2) {
        return 2;
    }
    int status = judge(argv[1], &error);
    return status != 0 ? status : read_item(&error);
}
