// SPDX-License-Identifier: Apache-2.0
#include "pipeline/worker.h"

#include <string.h>

#include "base/assert.h"
#include "engine/internal.h"
#include "identify/finder.h"

#define NO_TEXT UINT32_MAX

// Room for the texts of a batch's refused records; one that does not fit ends the batch.
#define REFUSED_BYTES (4u * SL_POST_RECORD_MAX_BYTES)

static int take_chunks(struct sl_worker *worker, struct sl_error *error) {
    if (sl_arena_init(&worker->chunk_memory, SL_FLOW_CHUNKS_COUNT * (size_t)SL_FLOW_CHUNK_BYTES,
                      error) != SL_OK) {
        return SL_FAILED;
    }
    for (unsigned i = 0; i < SL_FLOW_CHUNKS_COUNT; i++) {
        worker->chunks[i].bytes = sl_arena_take(&worker->chunk_memory, SL_FLOW_CHUNK_BYTES, 4096);
        bool fits = sl_ring_push(&worker->lane->chunks_back, &worker->chunks[i]);
        SL_ASSERT(fits);
    }
    sl_arena_seal(&worker->chunk_memory);
    return SL_OK;
}

int sl_worker_init(struct sl_worker *worker, struct sl_error *error) {
    if (take_chunks(worker, error) != SL_OK ||
        sl_arena_init(&worker->refused, REFUSED_BYTES, error) != SL_OK ||
        sl_post_decoder_open(error, &worker->decoder) != SL_OK ||
        sl_judge_open(worker->engine, error, &worker->judge) != SL_OK ||
        sl_item_writer_open(worker->format, sl_engine_pack(worker->engine), error,
                            &worker->writer) != SL_OK) {
        sl_worker_done(worker);
        return sl_error_add(error, "cannot set up a worker");
    }
    return SL_OK;
}

void sl_worker_done(struct sl_worker *worker) {
    sl_item_writer_close(worker->writer);
    sl_judge_close(worker->judge);
    sl_post_decoder_close(worker->decoder);
    sl_arena_done(&worker->refused);
    sl_arena_done(&worker->chunk_memory);
    worker->writer = NULL;
    worker->judge = NULL;
    worker->decoder = NULL;
}

bool sl_worker_finished(const struct sl_worker *worker) {
    return worker->done;
}

// Decode.

static uint32_t add_text(struct sl_worker *worker, struct sl_str text, bool mask_only) {
    SL_ASSERT(worker->texts_count < SL_WORKER_TEXTS_COUNT);
    worker->texts[worker->texts_count] =
        (struct sl_text){.data = text.data, .len = text.len, .mask_only = mask_only};
    return worker->texts_count++;
}

// A name, handle or link can hold an identifier as well as the text can.
static uint32_t add_field(struct sl_worker *worker, struct sl_str field) {
    bool suspect = sl_finder_may_find(field.data, field.len);
    return suspect ? add_text(worker, field, true) : NO_TEXT;
}

// What the record's hashtags say; of two, care.
static enum sl_flag flag_beside(const struct sl_worker *worker, const struct sl_post *post) {
    enum sl_flag flag = SL_FLAG_NONE;
    for (uint32_t i = 0; i < post->hashtags_count && flag != SL_FLAG_CARE; i++) {
        const struct sl_str *hashtag = &post->hashtags[i];
        enum sl_flag one = sl_engine_flag(worker->engine, hashtag->data, hashtag->len);
        flag = one != SL_FLAG_NONE ? one : flag;
    }
    return flag;
}

static void accept(struct sl_worker *worker, struct sl_worker_record *record) {
    const struct sl_post *post = &record->post;
    record->text = add_text(worker, post->text, false);
    worker->texts[record->text].flag = flag_beside(worker, post);
    record->fields[SL_WORKER_AUTHOR_NAME] = add_field(worker, post->author_name);
    record->fields[SL_WORKER_AUTHOR_HANDLE] = add_field(worker, post->author_handle);
    record->fields[SL_WORKER_URL] = add_field(worker, post->url);
    sl_counter_add(&worker->counters.repaired, post->repaired);
}

// Prepares a refused record to be masked and shown. False when the batch has no room for it.
static bool refuse(struct sl_worker *worker, struct sl_worker_record *record, const char *data,
                   size_t len) {
    size_t need = len * 3;
    char *text = sl_arena_take(&worker->refused, need + 1, 1);
    if (text == NULL) {
        SL_ASSERT(worker->records_count > 0);
        return false;
    }
    size_t text_len = sl_post_record_to_text(data, len, text, need);
    record->text = add_text(worker, (struct sl_str){text, text_len}, true);
    return true;
}

static bool is_blank(const char *data, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (data[i] != ' ' && data[i] != '\t' && data[i] != '\r') {
            return false;
        }
    }
    return true;
}

// Takes one record into the batch. False when the batch is full and must be judged first.
static bool take_record(struct sl_worker *worker, const char *data, size_t len) {
    struct sl_worker_record *record = &worker->records[worker->records_count];
    enum sl_post_fault fault = sl_post_decode(worker->decoder, data, len, &record->post);
    if (fault == SL_POST_NO_ROOM && worker->records_count > 0) {
        return false;
    }
    record->reason = SL_QUARANTINE_POST + fault;
    record->line = worker->line + 1;
    record->record_bytes = len;
    record->cut = false;
    if (fault == SL_POST_OK) {
        accept(worker, record);
    } else {
        size_t shown = len;
        if (len > SL_POST_RECORD_MAX_BYTES) {
            shown = SL_FLOW_LOOK_BYTES;
            record->cut = true;
        }
        if (!refuse(worker, record, data, shown)) {
            return false;
        }
    }
    worker->records_count++;
    sl_counter_add(&worker->counters.received, 1);
    return true;
}

static void take_records(struct sl_worker *worker) {
    const struct sl_block *block = worker->block;
    while (worker->block_position < block->len && worker->records_count < SL_WORKER_BATCH_COUNT) {
        const char *data = block->data + worker->block_position;
        size_t left = block->len - worker->block_position;
        const char *newline = memchr(data, '\n', left);
        size_t len = newline != NULL ? (size_t)(newline - data) : left;
        if (!is_blank(data, len) && !take_record(worker, data, len)) {
            break;
        }
        worker->block_position += len + (newline != NULL);
        worker->line++;
    }
}

// A record of which only the beginning is there.
static void take_beginning(struct sl_worker *worker) {
    const struct sl_block *block = worker->block;
    struct sl_worker_record *record = &worker->records[0];
    *record = (struct sl_worker_record){
        .reason = block->kind == SL_BLOCK_OVERLONG ? SL_QUARANTINE_POST + SL_POST_RECORD_TOO_LONG
                                                   : SL_QUARANTINE_UNFINISHED,
        .line = 1,
        .record_bytes = block->record_bytes,
        .cut = block->record_bytes > SL_FLOW_EXCERPT_BYTES,
    };
    bool fits = refuse(worker, record, block->data, block->len);
    SL_ASSERT(fits);
    worker->records_count = 1;
    worker->block_position = block->len;
    worker->line = 1;
    sl_counter_add(&worker->counters.received, 1);
}

// Judge.

static struct sl_str masked(const struct sl_verdict *verdict) {
    if (verdict->outcome != SL_JUDGED) {
        return (struct sl_str){NULL, 0};
    }
    return (struct sl_str){verdict->masked.data, verdict->masked.len};
}

// An unmaskable field is left out: the post itself can still be worked.
static void mask_field(const struct sl_worker *worker, uint32_t text, struct sl_str *field) {
    if (text != NO_TEXT) {
        *field = masked(&worker->verdicts[text]);
    }
}

static void count_masks(struct sl_worker *worker, const struct sl_verdict *verdict) {
    sl_counter_add(&worker->counters.masked_posts, verdict->masks_count > 0);
    for (uint32_t i = 0; i < verdict->masks_count; i++) {
        sl_counter_add(&worker->counters.by_mask[verdict->masks[i].kind], 1);
    }
}

// What the verdict says of a post decides whether it leaves as an item.
static void settle(struct sl_worker *worker, struct sl_worker_record *record) {
    if (record->reason != 0) {
        return;
    }
    const struct sl_verdict *verdict = &worker->verdicts[record->text];
    if (verdict->outcome != SL_JUDGED) {
        record->reason = SL_QUARANTINE_JUDGE + verdict->outcome;
        return;
    }
    mask_field(worker, record->fields[SL_WORKER_AUTHOR_NAME], &record->post.author_name);
    mask_field(worker, record->fields[SL_WORKER_AUTHOR_HANDLE], &record->post.author_handle);
    mask_field(worker, record->fields[SL_WORKER_URL], &record->post.url);
    count_masks(worker, verdict);
    sl_counter_add(&worker->counters.flagged[verdict->flag][verdict->judged == SL_LABEL_CARE], 1);
}

static void take_batch(struct sl_worker *worker) {
    sl_post_decoder_reset(worker->decoder);
    sl_arena_reset(&worker->refused);
    worker->records_count = 0;
    worker->records_written = 0;
    worker->texts_count = 0;
    if (worker->block->kind == SL_BLOCK_RECORDS) {
        take_records(worker);
    } else {
        take_beginning(worker);
    }
    if (worker->texts_count > 0) {
        worker->verdicts = sl_judge_texts(worker->judge, worker->texts, worker->texts_count);
    }
    for (uint32_t i = 0; i < worker->records_count; i++) {
        settle(worker, &worker->records[i]);
    }
}

// Write.

// How much of a masked text shows at most the first `bytes` of the original and no part of a mask.
static size_t masked_length_at(const struct sl_verdict *verdict, size_t bytes) {
    size_t gone = 0, come = 0;
    for (uint32_t i = 0; i < verdict->masks_count; i++) {
        if (verdict->originals[i].start >= bytes) {
            break;
        }
        if (verdict->originals[i].end > bytes) {
            return verdict->masks[i].start;
        }
        gone += verdict->originals[i].end - verdict->originals[i].start;
        come += verdict->masks[i].end - verdict->masks[i].start;
    }
    size_t len = bytes - gone + come;
    return len < verdict->masked.len ? len : verdict->masked.len;
}

static struct sl_str shown_record(const struct sl_worker *worker,
                                  const struct sl_worker_record *record) {
    const struct sl_verdict *verdict = &worker->verdicts[record->text];
    struct sl_str text = masked(verdict);
    if (record->cut && text.data != NULL) {
        text.len = masked_length_at(verdict, SL_FLOW_EXCERPT_BYTES);
        while (text.len > 0 && ((unsigned char)text.data[text.len] & 0xC0) == 0x80) {
            text.len--; // not inside a code point
        }
    }
    return text;
}

static void send_chunk(struct sl_worker *worker, bool last, bool end) {
    struct sl_chunk *chunk = worker->chunk;
    chunk->last = last;
    chunk->end = end;
    chunk->lines_count = worker->line;
    bool fits = sl_ring_push(&worker->lane->chunks, chunk);
    SL_ASSERT(fits); // the ring holds all chunks there are
    worker->chunk = NULL;
    sl_bell_ring(worker->dispatch_bell);
}

static bool have_chunk(struct sl_worker *worker) {
    if (worker->chunk == NULL) {
        worker->chunk = sl_ring_pop(&worker->lane->chunks_back);
        if (worker->chunk == NULL) {
            return false;
        }
        worker->chunk->sequence = worker->block->sequence;
        worker->chunk->source = worker->block->source;
        worker->chunk->used_bytes = 0;
        worker->chunk->dockets_count = 0;
    }
    return true;
}

static struct sl_str copy_str(char **at, struct sl_str str) {
    if (str.data == NULL) {
        return str;
    }
    struct sl_str copy = {*at, str.len};
    memcpy(*at, str.data, str.len);
    *at += str.len;
    return copy;
}

static void *take_behind(char **at, const void *from, size_t bytes) {
    void *copy = memcpy(*at, from, bytes);
    *at += bytes;
    return copy;
}

// The text once more: which kind of number a head finishes, if any, only the desk can tell.
static struct sl_masked_text copy_text(char **at, const struct sl_verdict *verdict) {
    size_t masks_bytes = verdict->masks_count * sizeof(struct sl_mask);
    struct sl_masked_text text = {.len = verdict->masked.len, .masks_count = verdict->masks_count};
    text.masks = (struct sl_mask *)*at;
    if (masks_bytes > 0) {
        take_behind(at, verdict->masks, masks_bytes);
    }
    *at += sizeof(struct sl_mask) + SL_LABEL_BYTES_MAX;
    text.data = take_behind(at, verdict->masked.data, verdict->masked.len);
    return text;
}

static size_t edges_bound(const struct sl_edges *edges, const struct sl_verdict *verdict) {
    if (edges == NULL) {
        return 0;
    }
    size_t text = SL_LABEL_BYTES_MAX + verdict->masked.len +
                  (verdict->masks_count + 1) * sizeof(struct sl_mask);
    return sizeof *edges + (edges->has_head ? text : 0);
}

static void fill_case(struct sl_case *the_case, const struct sl_post *post,
                      const struct sl_verdict *verdict, struct sl_hash128 id, char **at) {
    *the_case = (struct sl_case){
        .facts = {.label = verdict->label,
                  .line = verdict->line,
                  .topics = verdict->topics,
                  .signals = verdict->signals,
                  .channel = copy_str(at, post->channel),
                  .page = copy_str(at, post->page),
                  .kind = copy_str(at, post->kind),
                  .lang = copy_str(at, post->lang),
                  .followers = post->followers,
                  .masked = verdict->masks_count > 0},
        .item_id = id,
        .created_at_ns = post->created_at_ns,
        .from_brand = post->from_brand,
        .has_author = post->author_id.len > 0,
    };
    if (the_case->has_author) {
        struct sl_str author[] = {post->channel, post->author_id};
        the_case->author = sl_hash128_parts(author, sizeof author / sizeof author[0]);
    }
}

// Writes what stands behind the docket; NULL when the chunk has not the room.
static char *write_item(struct sl_worker *worker, struct sl_worker_record *record,
                        struct sl_docket *docket, size_t room) {
    struct sl_post *post = &record->post;
    const struct sl_verdict *verdict = &worker->verdicts[record->text];
    size_t strings = post->channel.len + post->page.len + post->kind.len + post->lang.len;
    // Of nobody, and of the page itself, nothing is held.
    bool held = post->author_id.len > 0 && !post->from_brand;
    const struct sl_edges *edges = held ? sl_judge_edges(worker->judge, record->text) : NULL;
    size_t bound = sl_item_body_bound(worker->writer, post, verdict);
    if (edges_bound(edges, verdict) + strings + bound > room) {
        return NULL;
    }
    // What has to be aligned comes first.
    char *at = (char *)(docket + 1);
    edges = edges != NULL ? take_behind(&at, edges, sizeof *edges) : NULL;
    docket->text =
        edges != NULL && edges->has_head ? copy_text(&at, verdict) : (struct sl_masked_text){0};
    struct sl_hash128 id = sl_item_id(post);
    fill_case(&docket->the_case, post, verdict, id, &at);
    docket->the_case.edges = edges;
    docket->body = sl_item_write_body(worker->writer, id, post, verdict, at, bound);
    return at + docket->body.len;
}

static char *write_refused(struct sl_worker *worker, const struct sl_worker_record *record,
                           struct sl_docket *docket, size_t room) {
    struct sl_str text = shown_record(worker, record);
    if (text.len > room) {
        return NULL;
    }
    char *at = (char *)(docket + 1);
    docket->record = copy_str(&at, text);
    docket->record_bytes = record->record_bytes;
    docket->cut = record->cut;
    return at;
}

// False when the chunk has not the room.
static bool write_docket(struct sl_worker *worker, struct sl_worker_record *record) {
    struct sl_chunk *chunk = worker->chunk;
    size_t left = SL_FLOW_CHUNK_BYTES - chunk->used_bytes;
    if (left < sizeof(struct sl_docket)) {
        return false;
    }
    struct sl_docket *docket = (struct sl_docket *)(chunk->bytes + chunk->used_bytes);
    size_t room = left - sizeof *docket;
    docket->line = record->line;
    docket->reason = record->reason;
    char *end = record->reason == 0 ? write_item(worker, record, docket, room)
                                    : write_refused(worker, record, docket, room);
    if (end == NULL) {
        return false;
    }
    size_t total = (size_t)(end - (char *)docket);
    docket->total_bytes = (total + _Alignof(struct sl_docket) - 1) & -_Alignof(struct sl_docket);
    SL_ASSERT(docket->total_bytes <= left);
    chunk->used_bytes += docket->total_bytes;
    chunk->dockets_count++;
    return true;
}

static size_t write_batch(struct sl_worker *worker) {
    size_t count = 0;
    while (worker->records_written < worker->records_count && have_chunk(worker)) {
        struct sl_worker_record *record = &worker->records[worker->records_written];
        if (!write_docket(worker, record)) {
            if (worker->chunk->dockets_count == 0) {
                // Not even an empty chunk has the room: it is refused, its masked text is kept.
                record->reason = SL_QUARANTINE_ITEM_TOO_LONG;
                continue;
            }
            send_chunk(worker, false, false);
            continue;
        }
        worker->records_written++;
        count++;
        if (worker->chunk->used_bytes >= SL_FLOW_CHUNK_SEND_BYTES) {
            send_chunk(worker, false, false);
        }
    }
    return count;
}

// Blocks.

static bool take_next_block(struct sl_worker *worker) {
    if (worker->block == NULL) {
        worker->block = sl_ring_pop(&worker->lane->blocks);
        worker->block_position = 0;
        worker->line = 0;
        worker->records_count = 0;
        worker->records_written = 0;
    }
    return worker->block != NULL;
}

static void give_block_back(struct sl_worker *worker) {
    bool fits = sl_ring_push(&worker->lane->blocks_back, worker->block);
    SL_ASSERT(fits); // the ring holds all blocks that a lane can have
    worker->block = NULL;
    sl_bell_ring(worker->intake_bell);
}

// A block ends with a chunk that says so, if need be an empty one.
static size_t end_block(struct sl_worker *worker) {
    if (!have_chunk(worker)) {
        return 0;
    }
    send_chunk(worker, true, false);
    give_block_back(worker);
    return 1;
}

static size_t end_all(struct sl_worker *worker) {
    if (!have_chunk(worker)) {
        return 0;
    }
    send_chunk(worker, true, true);
    give_block_back(worker);
    worker->done = true;
    return 1;
}

size_t sl_worker_poll(struct sl_worker *worker) {
    if (worker->done || !take_next_block(worker)) {
        return 0;
    }
    if (worker->block->kind == SL_BLOCK_END) {
        return end_all(worker);
    }
    size_t count = 0;
    if (worker->records_written == worker->records_count &&
        worker->block_position < worker->block->len) {
        take_batch(worker);
        count++;
    }
    count += write_batch(worker);
    bool all_written = worker->records_written == worker->records_count;
    if (all_written && worker->block_position == worker->block->len) {
        count += end_block(worker);
    }
    return count;
}
