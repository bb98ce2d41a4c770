// SPDX-License-Identifier: Apache-2.0
//
// sluice/item.h - reading work items downstream (the format: docs/work-item.md).
//
// Use: open a reader, feed it the bytes of a stream as they come, and take items until it wants
// more:
//
//     while ((n = read(fd, buffer, sizeof buffer)) > 0) {
//         sl_item_reader_feed(reader, buffer, n, &error);
//         while ((status = sl_item_reader_next(reader, &item, &error)) == SL_ITEM_READY) { … }
//     }
//     sl_item_reader_finish(reader, &error);   // fails when the stream ends inside an item
//
// An item's strings belong to the reader and live until its next feed or next. Unknown keys are
// passed over; a missing key, or nil, leaves its field absent (NULL, -1 or 0 as noted). Bytes that
// are not an item fail with the offset of the item in the stream; nothing is read past them, and
// the reader stays broken. So does an item of a version that is not known here, of more than
// SL_ITEM_MAX_BYTES or 65,536 values, or nested more than 32 deep.
//
// Threads: a reader belongs to one thread. Memory: grows with the largest item (at most twice
// SL_ITEM_MAX_BYTES and 4 MiB for its values) and with what is fed at once.
#ifndef SLUICE_ITEM_H
#define SLUICE_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sluice/engine.h>
#include <sluice/error.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SL_ITEM_MAX_BYTES (16u << 20)
#define SL_ITEM_NO_TIME   INT64_MIN
#define SL_ITEM_LIST_MAX  64

// Pieces of one number in earlier items.
#define SL_ITEM_EARLIER_MAX 8

struct sl_item_list {
    uint32_t count;
    struct sl_text entries[SL_ITEM_LIST_MAX];
};

struct sl_item_mask {
    struct sl_text kind;
    uint32_t start, end; // bytes in text
};

struct sl_item_earlier {
    struct sl_text id; // of the item
    struct sl_text kind;
    uint32_t start, end; // bytes in its text
};

struct sl_item {
    uint32_t version; // 1, or 0: absent
    struct sl_text id;
    struct {
        struct sl_text id, channel, page, kind, parent_id, thread_id, lang, url;
        int64_t created_at_ns; // or SL_ITEM_NO_TIME
    } post;
    struct {
        struct sl_text id, name, handle;
        int64_t followers; // or -1
    } author;
    struct sl_text text;
    uint32_t masks_count;
    struct sl_item_mask masks[SL_VERDICT_MASKS_MAX];
    struct {
        struct sl_text label;
        double score;
        struct sl_item_list why;
        struct {
            struct sl_text flag;   // care or editorial; absent: the agency set none
            struct sl_text judged; // the label that the engine itself gave
        } agency;
    } care;
    struct sl_item_list topics, signals, knowledge, actions, critical;
    uint32_t mask_earlier_count; // what is to be masked in earlier items
    struct sl_item_earlier mask_earlier[SL_ITEM_EARLIER_MAX];
    struct sl_text line;
    struct {
        struct sl_text id; // absent: the post belongs to no request
        uint32_t turn;
        int64_t opened_at_ns;
    } request;
    struct sl_text queue;
    int priority;   // 0..9, -1: absent
    int64_t due_ns; // or SL_ITEM_NO_TIME
    struct {
        struct sl_text id, by; // absent: none applied
    } override;
    struct sl_text pack;
};

enum sl_item_status {
    SL_ITEM_READY,
    SL_ITEM_MORE,   // feed it
    SL_ITEM_BROKEN, // the error says where
};

struct sl_item_reader;

int sl_item_reader_open(struct sl_error *error, struct sl_item_reader **ret_reader);
void sl_item_reader_close(struct sl_item_reader *reader);
int sl_item_reader_feed(struct sl_item_reader *reader, const void *bytes, size_t len,
                        struct sl_error *error);
enum sl_item_status sl_item_reader_next(struct sl_item_reader *reader, struct sl_item *ret_item,
                                        struct sl_error *error);
int sl_item_reader_finish(struct sl_item_reader *reader, struct sl_error *error);

// The item that `next` has just returned, as one JSON line ended by a newline: all its keys, known
// or not; null for what JSON has no form for. The bytes are those of `--format json`. Lives until
// the reader's next call.
struct sl_text sl_item_reader_json(struct sl_item_reader *reader);

#ifdef __cplusplus
}
#endif
#endif
