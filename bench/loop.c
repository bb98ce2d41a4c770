// SPDX-License-Identifier: Apache-2.0
#include "bench/loop.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/clock.h"
#include "desk/desk.h"
#include "engine/internal.h"
#include "engine/mask.h"
#include "identify/finder.h"
#include "item/write.h"
#include "post/post.h"
#include "text/fold.h"

#define READ_BYTES   (1u << 20)
#define FIELDS_COUNT 3 // name, handle, url
#define TEXTS_COUNT  (SL_LOOP_BATCH_COUNT * (1 + FIELDS_COUNT))
#define FOLD_BYTES   ((size_t)SL_POST_TEXT_MAX_BYTES * SL_FOLD_GROWTH)
#define BODIES_BYTES (SL_LOOP_BATCH_COUNT * ((size_t)SL_POST_RECORD_MAX_BYTES * 4))
#define ITEM_BYTES   (SL_POST_RECORD_MAX_BYTES * 4 + SL_ITEM_FRAME_MAX_BYTES)
#define JOINED_BYTES SL_MASK_ROOM_BYTES(SL_FOLD_TEXT_MAX)
#define ITEMS_BYTES  (SL_DIGEST_PIECE_BYTES + ITEM_BYTES)
#define MEMORY_BYTES                                                                               \
    ((size_t)SL_POST_RECORD_MAX_BYTES + READ_BYTES + SL_POST_PADDING_BYTES + FOLD_BYTES +          \
     (FOLD_BYTES + 1) * sizeof(uint32_t) + BODIES_BYTES + ITEMS_BYTES + JOINED_BYTES + 4096)

_Static_assert(TEXTS_COUNT <= SL_JUDGE_BATCH_MAX, "a batch is judged in one call");

struct record {
    const char *data;
    size_t len;
    struct sl_post post;
    enum sl_post_fault fault;
    const struct sl_verdict *verdict;
    const struct sl_edges *edges;
    struct sl_hash128 id;
    struct sl_item_body body;
};

struct sl_loop {
    struct sl_post_decoder *decoder;
    struct sl_judge *judge;
    struct sl_item_writer *writer;
    struct sl_desk *desk;
    const struct sl_pack *pack;
    struct sl_arena memory;

    // Input: [at, end) is what has been read and not cut yet.
    int fd;
    char *block;
    char *at, *end;
    bool at_end;
    struct sl_error error;

    // The batch.
    struct record records[SL_LOOP_BATCH_COUNT];
    uint32_t records_count;
    struct sl_text texts[TEXTS_COUNT];
    struct sl_str *fields[TEXTS_COUNT]; // where a masked field goes back to; NULL: a post's text
    uint32_t texts_count;

    unsigned char *folded;
    uint32_t *map;
    char *bodies;
    char *items;
    size_t items_used;
    char *joined; // a text from which one piece more is cut
    struct sl_mask joined_masks[SL_VERDICT_MASKS_MAX];
    struct sl_loop_totals totals;
};

static int take_memory(struct sl_loop *loop, struct sl_error *error) {
    if (sl_arena_init(&loop->memory, MEMORY_BYTES, error) != SL_OK) {
        return SL_FAILED;
    }
    size_t block = (size_t)SL_POST_RECORD_MAX_BYTES + READ_BYTES + SL_POST_PADDING_BYTES;
    loop->block = sl_arena_take(&loop->memory, block, 64);
    loop->folded = sl_arena_take(&loop->memory, FOLD_BYTES, 64);
    loop->map = sl_arena_take(&loop->memory, (FOLD_BYTES + 1) * sizeof(uint32_t), 64);
    loop->bodies = sl_arena_take(&loop->memory, BODIES_BYTES, 64);
    loop->items = sl_arena_take(&loop->memory, ITEMS_BYTES, 64);
    loop->joined = sl_arena_take(&loop->memory, JOINED_BYTES, 64);
    SL_ASSERT(loop->joined != NULL);
    sl_arena_seal(&loop->memory);
    return SL_OK;
}

int sl_loop_open(const struct sl_engine *engine, struct sl_error *error,
                 struct sl_loop **ret_loop) {
    struct sl_loop *loop = calloc(1, sizeof *loop);
    if (loop == NULL) {
        return sl_error_set(error, "no memory for the bare loop");
    }
    loop->pack = sl_engine_pack(engine);
    if (take_memory(loop, error) != SL_OK || sl_post_decoder_open(error, &loop->decoder) != SL_OK ||
        sl_judge_open(engine, error, &loop->judge) != SL_OK ||
        sl_item_writer_open(SL_ITEM_MSGPACK, loop->pack, error, &loop->writer) != SL_OK) {
        sl_loop_close(loop);
        return sl_error_add(error, "cannot set up the bare loop");
    }
    *ret_loop = loop;
    return SL_OK;
}

void sl_loop_close(struct sl_loop *loop) {
    if (loop != NULL) {
        sl_desk_close(loop->desk);
        sl_item_writer_close(loop->writer);
        sl_judge_close(loop->judge);
        sl_post_decoder_close(loop->decoder);
        sl_arena_done(&loop->memory);
        free(loop);
    }
}

void sl_loop_rewind(struct sl_loop *loop, int fd) {
    // A desk remembers; each run has one of its own.
    sl_desk_close(loop->desk);
    loop->desk = NULL;
    loop->error = (struct sl_error){0};
    loop->at_end = sl_desk_open(loop->pack, &loop->error, &loop->desk) != SL_OK;
    if (lseek(fd, 0, SEEK_SET) != 0) {
        sl_error_set(&loop->error, "cannot go to the beginning of the input: %s", strerror(errno));
        loop->at_end = true;
    }
    loop->fd = fd;
    loop->at = loop->end = loop->block;
    loop->items_used = 0;
    loop->totals = (struct sl_loop_totals){0};
}

// Moves what is left of the last line to the front and reads on behind it.
static void read_more(struct sl_loop *loop) {
    size_t left = (size_t)(loop->end - loop->at);
    if (left > SL_POST_RECORD_MAX_BYTES) {
        sl_error_set(&loop->error, "a line of the input is longer than %u bytes",
                     SL_POST_RECORD_MAX_BYTES);
        loop->at_end = true;
        return;
    }
    memmove(loop->block, loop->at, left);
    loop->at = loop->block;
    loop->end = loop->block + left;
    ssize_t got = read(loop->fd, loop->end, READ_BYTES);
    if (got < 0) {
        sl_error_set(&loop->error, "cannot read the input: %s", strerror(errno));
    }
    loop->at_end = got <= 0;
    loop->end += got > 0 ? got : 0;
}

uint32_t sl_loop_take(struct sl_loop *loop) {
    loop->records_count = 0;
    while (loop->records_count < SL_LOOP_BATCH_COUNT) {
        size_t left = (size_t)(loop->end - loop->at);
        char *newline = left > 0 ? memchr(loop->at, '\n', left) : NULL;
        if (newline == NULL && !loop->at_end) {
            if (loop->records_count > 0) {
                break; // the batch points into the block: read when it is done
            }
            read_more(loop);
            continue;
        }
        if (left == 0 || loop->error.length > 0) {
            break;
        }
        size_t len = newline != NULL ? (size_t)(newline - loop->at) : left;
        if (len > 0) {
            struct record *record = &loop->records[loop->records_count++];
            record->data = loop->at;
            record->len = len;
        }
        loop->at += len + (newline != NULL);
    }
    return loop->records_count;
}

static void add_text(struct sl_loop *loop, struct sl_str text, struct sl_str *field) {
    SL_ASSERT(loop->texts_count < TEXTS_COUNT);
    loop->fields[loop->texts_count] = field;
    loop->texts[loop->texts_count++] =
        (struct sl_text){.data = text.data, .len = text.len, .mask_only = field != NULL};
}

static void add_field(struct sl_loop *loop, struct sl_str *field) {
    if (sl_finder_may_find(field->data, field->len)) {
        add_text(loop, *field, field);
    }
}

void sl_loop_decode(struct sl_loop *loop) {
    sl_post_decoder_reset(loop->decoder);
    loop->texts_count = 0;
    for (uint32_t i = 0; i < loop->records_count; i++) {
        struct record *record = &loop->records[i];
        record->fault = sl_post_decode(loop->decoder, record->data, record->len, &record->post);
        if (record->fault == SL_POST_NO_ROOM && i > 0) {
            loop->at = (char *)record->data;
            loop->records_count = i;
            break;
        }
        if (record->fault != SL_POST_OK) {
            continue;
        }
        struct sl_post *post = &record->post;
        add_text(loop, post->text, NULL);
        add_field(loop, &post->author_name);
        add_field(loop, &post->author_handle);
        add_field(loop, &post->url);
    }
    loop->totals.records += loop->records_count;
}

void sl_loop_fold(struct sl_loop *loop) {
    for (uint32_t i = 0; i < loop->texts_count; i++) {
        struct sl_folded folded;
        sl_fold(loop->texts[i].data, loop->texts[i].len, loop->folded, FOLD_BYTES, loop->map,
                FOLD_BYTES + 1, &folded);
    }
}

void sl_loop_mask(struct sl_loop *loop) {
    struct sl_text texts[TEXTS_COUNT];
    for (uint32_t i = 0; i < loop->texts_count; i++) {
        texts[i] = loop->texts[i];
        texts[i].mask_only = true;
    }
    if (loop->texts_count > 0) {
        sl_judge_texts(loop->judge, texts, loop->texts_count);
    }
}

void sl_loop_judge(struct sl_loop *loop) {
    if (loop->texts_count == 0) {
        return;
    }
    const struct sl_verdict *verdicts = sl_judge_texts(loop->judge, loop->texts, loop->texts_count);
    uint32_t next = 0;
    for (uint32_t i = 0; i < loop->records_count; i++) {
        if (loop->records[i].fault != SL_POST_OK) {
            continue;
        }
        loop->records[i].edges = sl_judge_edges(loop->judge, next);
        loop->records[i].verdict = &verdicts[next++];
        for (; next < loop->texts_count && loop->fields[next] != NULL; next++) {
            const struct sl_verdict *verdict = &verdicts[next];
            *loop->fields[next] = verdict->outcome == SL_JUDGED
                                      ? (struct sl_str){verdict->masked.data, verdict->masked.len}
                                      : (struct sl_str){NULL, 0};
        }
    }
}

static bool is_refused(const struct record *record) {
    return record->fault != SL_POST_OK || record->verdict->outcome != SL_JUDGED;
}

void sl_loop_write_bodies(struct sl_loop *loop) {
    char *out = loop->bodies;
    for (uint32_t i = 0; i < loop->records_count; i++) {
        struct record *record = &loop->records[i];
        if (is_refused(record)) {
            continue;
        }
        size_t room = sl_item_body_bound(loop->writer, &record->post, record->verdict);
        SL_ASSERT(room <= BODIES_BYTES - (size_t)(out - loop->bodies));
        record->id = sl_item_id(&record->post);
        record->body =
            sl_item_write_body(loop->writer, record->id, &record->post, record->verdict, out, room);
        out += record->body.len;
    }
}

static struct sl_case case_of(const struct record *record) {
    const struct sl_post *post = &record->post;
    const struct sl_verdict *verdict = record->verdict;
    struct sl_str author[] = {post->channel, post->author_id};
    return (struct sl_case){
        .facts = {.label = verdict->label,
                  .line = verdict->line,
                  .topics = verdict->topics,
                  .signals = verdict->signals,
                  .channel = post->channel,
                  .page = post->page,
                  .kind = post->kind,
                  .lang = post->lang,
                  .followers = post->followers,
                  .masked = verdict->masks_count > 0},
        .item_id = record->id,
        .created_at_ns = post->created_at_ns,
        .from_brand = post->from_brand,
        .has_author = post->author_id.len > 0,
        .author = sl_hash128_parts(author, sizeof author / sizeof author[0]),
        .edges = record->edges,
    };
}

// The end of a number that an earlier post began.
static void mask_join(struct sl_loop *loop, const struct sl_verdict *verdict,
                      const struct sl_join *join, struct sl_masked_text *ret_text) {
    *ret_text = (struct sl_masked_text){.data = loop->joined + SL_LABEL_BYTES_MAX,
                                        .len = verdict->masked.len,
                                        .masks = loop->joined_masks,
                                        .masks_count = verdict->masks_count};
    memcpy(ret_text->data, verdict->masked.data, verdict->masked.len);
    if (verdict->masks_count > 0) {
        memcpy(ret_text->masks, verdict->masks, verdict->masks_count * sizeof(struct sl_mask));
    }
    sl_mask_more(ret_text, join->start, join->end, join->kind, false);
}

static void digest_items(struct sl_loop *loop, size_t len) {
    int64_t start_ns = sl_clock_monotonic_ns();
    sl_digest_add(&loop->totals.output, loop->items, len);
    loop->items_used -= len;
    memmove(loop->items, loop->items + len, loop->items_used);
    loop->totals.digest_ns += sl_clock_monotonic_ns() - start_ns;
}

void sl_loop_write_items(struct sl_loop *loop) {
    for (uint32_t i = 0; i < loop->records_count; i++) {
        const struct record *record = &loop->records[i];
        if (is_refused(record)) {
            loop->totals.refused++;
            continue;
        }
        struct sl_case the_case = case_of(record);
        struct sl_decision decision;
        sl_desk_decide(loop->desk, &the_case, &decision);
        size_t room = record->body.len + SL_ITEM_FRAME_MAX_BYTES;
        SL_ASSERT(room <= ITEMS_BYTES - loop->items_used);
        struct sl_item_body body = record->body;
        struct sl_masked_text text;
        if (decision.join != NULL) {
            mask_join(loop, record->verdict, decision.join, &text);
            body.instead = &text;
        }
        loop->items_used +=
            sl_item_write(loop->writer, body, &decision, loop->items + loop->items_used, room);
        while (loop->items_used >= SL_DIGEST_PIECE_BYTES) {
            digest_items(loop, SL_DIGEST_PIECE_BYTES);
        }
    }
}

int sl_loop_finish(struct sl_loop *loop, struct sl_error *error,
                   struct sl_loop_totals *ret_totals) {
    if (loop->items_used > 0) {
        digest_items(loop, loop->items_used);
    }
    if (loop->error.length > 0) {
        return sl_error_set(error, "%s", loop->error.text);
    }
    *ret_totals = loop->totals;
    return SL_OK;
}

int sl_loop_run(struct sl_loop *loop, int fd, struct sl_error *error,
                struct sl_loop_totals *ret_totals) {
    sl_loop_rewind(loop, fd);
    while (sl_loop_take(loop) > 0) {
        sl_loop_decode(loop);
        sl_loop_judge(loop);
        sl_loop_write_bodies(loop);
        sl_loop_write_items(loop);
    }
    return sl_loop_finish(loop, error, ret_totals);
}
