// SPDX-License-Identifier: Apache-2.0
#include "pipeline/intake.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"

// A pipe this long lets its writer run ahead while a block is being judged.
#define PIPE_BYTES (1 << 20)

static size_t blocks_count(const struct sl_intake *intake) {
    // Being read, one cut and waiting, one overlong, and for each lane: queued and in the worker's
    // hands.
    return SL_INTAKE_READS_COUNT + 2 + intake->lanes_count * (SL_FLOW_BLOCKS_QUEUED + 1u);
}

static size_t block_memory_bytes(const struct sl_intake *intake) {
    size_t bytes = SL_POST_RECORD_MAX_BYTES + intake->block_bytes + SL_POST_PADDING_BYTES;
    return (bytes + 4095) & ~(size_t)4095;
}

int sl_intake_init(struct sl_intake *intake, struct sl_error *error) {
    size_t count = blocks_count(intake);
    size_t need = count * (block_memory_bytes(intake) + sizeof(struct sl_block) + sizeof(void *)) +
                  SL_POST_RECORD_MAX_BYTES + 4 * 4096;
    if (sl_arena_init(&intake->memory, need, error) != SL_OK) {
        return sl_error_add(error, "no memory for %zu read blocks", count);
    }
    intake->carry = sl_arena_take(&intake->memory, SL_POST_RECORD_MAX_BYTES, 4096);
    intake->blocks = sl_arena_take(&intake->memory, count * sizeof *intake->blocks, 64);
    intake->free_blocks = sl_arena_take(&intake->memory, count * sizeof *intake->free_blocks, 64);
    for (size_t i = 0; i < count; i++) {
        intake->blocks[i].memory = sl_arena_take(&intake->memory, block_memory_bytes(intake), 4096);
        SL_ASSERT(intake->blocks[i].memory != NULL);
        intake->free_blocks[i] = &intake->blocks[i];
    }
    intake->free_count = count;
    intake->fd = -1;
    sl_arena_seal(&intake->memory);
    return SL_OK;
}

void sl_intake_done(struct sl_intake *intake) {
    if (intake->fd > STDIN_FILENO) {
        close(intake->fd);
        intake->fd = -1;
    }
    sl_arena_done(&intake->memory);
}

bool sl_intake_finished(const struct sl_intake *intake) {
    return intake->state == SL_INTAKE_DONE;
}

static bool draining(const struct sl_intake *intake) {
    return atomic_load_explicit(&intake->drain, memory_order_relaxed);
}

// Blocks and lanes.

static void give_back(struct sl_intake *intake, struct sl_block *block) {
    intake->free_blocks[intake->free_count++] = block;
}

static size_t collect_returned(struct sl_intake *intake) {
    size_t count = 0;
    for (unsigned i = 0; i < intake->lanes_count; i++) {
        struct sl_block *block;
        while ((block = sl_ring_pop(&intake->lanes[i].blocks_back)) != NULL) {
            give_back(intake, block);
            count++;
        }
    }
    return count;
}

static struct sl_block *take_block(struct sl_intake *intake) {
    return intake->free_count > 0 ? intake->free_blocks[--intake->free_count] : NULL;
}

static bool deal(struct sl_intake *intake, struct sl_block *block) {
    struct sl_lane *lane = &intake->lanes[intake->sequence % intake->lanes_count];
    block->sequence = intake->sequence;
    block->source = (uint32_t)intake->source;
    if (!sl_ring_push(&lane->blocks, block)) {
        return false;
    }
    intake->sequence++;
    sl_bell_ring(&lane->bell);
    return true;
}

static bool deal_ready(struct sl_intake *intake) {
    if (intake->ready == NULL || !deal(intake, intake->ready)) {
        return false;
    }
    intake->ready = NULL;
    return true;
}

// Inputs.

const char *sl_intake_name(const char *input) {
    return strcmp(input, "-") == 0 ? "standard input" : input;
}

static void fail_input(struct sl_intake *intake, const char *what, int code) {
    sl_error_add(&intake->error, "%s: %s: %s", sl_intake_name(intake->inputs[intake->source]), what,
                 strerror(code));
    intake->sources_failed++;
}

static bool open_input(struct sl_intake *intake) {
    const char *path = intake->inputs[intake->source];
    intake->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (intake->fd < 0 || fstat(intake->fd, &status) != 0) {
        fail_input(intake, "cannot open", errno);
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        fail_input(intake, "cannot read", EISDIR);
        return false;
    }
    off_t position = S_ISREG(status.st_mode) ? lseek(intake->fd, 0, SEEK_CUR) : -1;
    intake->regular = position >= 0;
    intake->next_offset = intake->regular ? position : SL_IO_STREAM;
    if (S_ISFIFO(status.st_mode)) {
        fcntl(intake->fd, F_SETPIPE_SZ, PIPE_BYTES);
    }
    intake->taken_bytes = 0;
    intake->carry_len = 0;
    intake->in_overlong = false;
    intake->end_seen = false;
    intake->failed = false;
    return true;
}

static void close_input(struct sl_intake *intake) {
    if (intake->fd > STDIN_FILENO) {
        close(intake->fd);
    }
    intake->fd = -1;
}

// Reading.

static struct sl_intake_read *read_at(struct sl_intake *intake, unsigned index) {
    return &intake->reads[index % SL_INTAKE_READS_COUNT];
}

static void submit_read(struct sl_intake *intake, struct sl_intake_read *read) {
    read->complete = false;
    read->request = (struct sl_io_request){
        .verb = SL_IO_READ,
        .fd = intake->fd,
        .data = read->block->memory + SL_POST_RECORD_MAX_BYTES + read->filled_bytes,
        .len = intake->block_bytes - read->filled_bytes,
        .offset = intake->regular ? read->request.offset : SL_IO_STREAM,
        .owner = read,
    };
    sl_io_submit(intake->io, &read->request);
}

static size_t submit_reads(struct sl_intake *intake) {
    unsigned most = intake->regular ? SL_INTAKE_READS_COUNT : 1;
    size_t count = 0;
    while (!intake->end_seen && !draining(intake) && intake->tail - intake->head < most) {
        struct sl_block *block = take_block(intake);
        if (block == NULL) {
            break;
        }
        struct sl_intake_read *read = read_at(intake, intake->tail++);
        *read = (struct sl_intake_read){.block = block};
        read->request.offset = intake->next_offset;
        if (intake->regular) {
            intake->next_offset += (int64_t)intake->block_bytes;
        }
        submit_read(intake, read);
        count++;
    }
    return count;
}

static void complete_read(struct sl_intake *intake, struct sl_intake_read *read) {
    int64_t result = read->request.result;
    if (result < 0 && result != -ECANCELED) {
        if (!intake->failed) {
            fail_input(intake, "cannot read on", (int)-result);
            intake->failed = true;
        }
        read->at_end = true;
    } else if (result == 0) {
        read->at_end = true;
    } else if (result > 0) {
        read->filled_bytes += (size_t)result;
        bool full = read->filled_bytes == intake->block_bytes;
        if (intake->regular && !full && !draining(intake)) {
            read->request.offset += result;
            submit_read(intake, read);
            return;
        }
    }
    read->complete = true;
}

static size_t collect_reads(struct sl_intake *intake) {
    struct sl_io_request *done[SL_INTAKE_READS_COUNT];
    size_t count = sl_io_poll(intake->io, done, SL_INTAKE_READS_COUNT);
    for (size_t i = 0; i < count; i++) {
        complete_read(intake, done[i]->owner);
    }
    return count;
}

// Cutting.

static void make_ready(struct sl_intake *intake, struct sl_block *block, enum sl_block_kind kind,
                       char *data, size_t len) {
    SL_ASSERT(intake->ready == NULL);
    block->kind = kind;
    block->data = data;
    block->len = len;
    block->record_bytes = len;
    intake->ready = block;
}

static void carry_over(struct sl_intake *intake, const char *data, size_t len) {
    SL_ASSERT(intake->carry_len + len <= SL_POST_RECORD_MAX_BYTES);
    memcpy(intake->carry + intake->carry_len, data, len);
    intake->carry_len += len;
}

// Keeps the beginning of a record that no headroom can hold; the rest is passed over as it comes.
static void begin_overlong(struct sl_intake *intake, struct sl_block *block, char *data,
                           size_t len) {
    intake->in_overlong = true;
    intake->overlong = block;
    block->data = data;
    block->len = len < SL_FLOW_LOOK_BYTES ? len : SL_FLOW_LOOK_BYTES;
    block->record_bytes = len;
    intake->carry_len = 0;
}

static void end_overlong(struct sl_intake *intake, enum sl_block_kind kind) {
    struct sl_block *block = intake->overlong;
    uint64_t record_bytes = block->record_bytes;
    intake->in_overlong = false;
    intake->overlong = NULL;
    make_ready(intake, block, kind, block->data, block->len);
    block->record_bytes = record_bytes;
}

// The beginning of `data` still belongs to a record that is passed over. Returns the bytes of
// `data` that were passed; the record's block is ready when its newline was among them.
static size_t pass_overlong(struct sl_intake *intake, const char *data, size_t len) {
    const char *newline = memchr(data, '\n', len);
    size_t passed = newline != NULL ? (size_t)(newline - data) + 1 : len;
    intake->overlong->record_bytes += newline != NULL ? passed - 1 : passed;
    if (newline != NULL) {
        intake->taken_bytes += intake->overlong->record_bytes + 1;
        end_overlong(intake, SL_BLOCK_OVERLONG);
    }
    return passed;
}

// Cuts what the oldest read brought. Returns false when there is more of it to cut once the block
// that is ready has been dealt.
static bool cut(struct sl_intake *intake, struct sl_intake_read *read) {
    char *data = read->block->memory + SL_POST_RECORD_MAX_BYTES;
    size_t len = read->filled_bytes;
    if (intake->in_overlong) {
        size_t passed = pass_overlong(intake, data, len);
        // What follows the newline is a block's beginning like any other: move it to the front and
        // come back when the lane has room.
        memmove(data, data + passed, len - passed);
        read->filled_bytes = len - passed;
        if (intake->ready != NULL) {
            return false;
        }
        len = 0;
    }
    const char *newline = len > 0 ? memrchr(data, '\n', len) : NULL;
    if (newline == NULL && intake->carry_len + len <= SL_POST_RECORD_MAX_BYTES) {
        carry_over(intake, data, len);
        give_back(intake, read->block);
        return true;
    }
    data -= intake->carry_len;
    memcpy(data, intake->carry, intake->carry_len);
    len += intake->carry_len;
    intake->carry_len = 0;
    if (newline == NULL) {
        begin_overlong(intake, read->block, data, len);
        return true;
    }
    size_t whole = (size_t)(newline + 1 - data);
    carry_over(intake, newline + 1, len - whole);
    intake->taken_bytes += whole;
    make_ready(intake, read->block, SL_BLOCK_RECORDS, data, whole);
    return true;
}

static size_t cut_reads(struct sl_intake *intake) {
    size_t count = 0;
    while (intake->head != intake->tail && intake->ready == NULL) {
        struct sl_intake_read *read = read_at(intake, intake->head);
        if (!read->complete) {
            break;
        }
        bool dropped = intake->regular && draining(intake);
        if (dropped || intake->end_seen) {
            give_back(intake, read->block);
        } else if (!cut(intake, read)) {
            return count + 1;
        } else {
            intake->end_seen = read->at_end;
        }
        intake->head++;
        count++;
    }
    return count;
}

// A file that a drain leaves is still there to be read from the last whole record on.
static void forget_rest(struct sl_intake *intake) {
    intake->carry_len = 0;
    if (intake->in_overlong) {
        give_back(intake, intake->overlong);
        intake->overlong = NULL;
        intake->in_overlong = false;
    }
}

// The last record of an input needs no newline; one that a failure or a drain broke off is told
// apart.
static bool cut_rest(struct sl_intake *intake) {
    bool drained = draining(intake) && !intake->end_seen;
    bool broken_off = intake->failed || drained;
    if (drained && intake->regular && !intake->failed) {
        forget_rest(intake);
        return false;
    }
    if (intake->in_overlong) {
        intake->taken_bytes += intake->overlong->record_bytes;
        end_overlong(intake, broken_off ? SL_BLOCK_UNFINISHED : SL_BLOCK_OVERLONG);
        return true;
    }
    if (intake->carry_len == 0) {
        return false;
    }
    struct sl_block *block = take_block(intake);
    if (block == NULL) {
        return true; // wait for one
    }
    size_t len = intake->carry_len;
    memcpy(block->memory, intake->carry, len);
    intake->carry_len = 0;
    intake->taken_bytes += len;
    enum sl_block_kind kind = broken_off ? SL_BLOCK_UNFINISHED : SL_BLOCK_RECORDS;
    size_t kept = broken_off && len > SL_FLOW_LOOK_BYTES ? SL_FLOW_LOOK_BYTES : len;
    make_ready(intake, block, kind, block->memory, kept);
    block->record_bytes = len;
    return true;
}

// States.

static size_t poll_opening(struct sl_intake *intake) {
    if (intake->source == intake->inputs_count || draining(intake)) {
        intake->stopped |= intake->source < intake->inputs_count;
        intake->state = SL_INTAKE_ENDING;
    } else if (open_input(intake)) {
        intake->state = SL_INTAKE_READING;
    } else {
        close_input(intake);
        intake->source++;
    }
    return 1;
}

static void cancel_reads(struct sl_intake *intake) {
    for (unsigned i = intake->head; i != intake->tail; i++) {
        if (!read_at(intake, i)->complete) {
            sl_io_cancel(intake->io, &read_at(intake, i)->request);
        }
    }
}

static size_t poll_reading(struct sl_intake *intake) {
    size_t count = submit_reads(intake) + collect_reads(intake) + cut_reads(intake);
    if (intake->end_seen || draining(intake)) {
        cancel_reads(intake);
        intake->state = SL_INTAKE_CLOSING;
        count++;
    }
    return count;
}

static size_t poll_closing(struct sl_intake *intake) {
    size_t count = collect_reads(intake) + cut_reads(intake);
    if (intake->head != intake->tail || intake->ready != NULL) {
        return count;
    }
    if (cut_rest(intake)) {
        return count + (intake->ready != NULL);
    }
    close_input(intake);
    if (draining(intake) && !intake->end_seen) {
        intake->stopped = true;
        intake->state = SL_INTAKE_ENDING;
        return count + 1;
    }
    sl_counter_add(&intake->sources_done, !intake->failed);
    intake->source++;
    intake->state = SL_INTAKE_OPENING;
    return count + 1;
}

static size_t poll_ending(struct sl_intake *intake) {
    if (intake->ready != NULL) {
        return 0;
    }
    if (intake->ends_sent == intake->lanes_count) {
        intake->state = SL_INTAKE_DONE;
        return 1;
    }
    struct sl_block *block = take_block(intake);
    if (block == NULL) {
        return 0;
    }
    make_ready(intake, block, SL_BLOCK_END, block->memory, 0);
    intake->ends_sent++;
    return 1;
}

size_t sl_intake_poll(struct sl_intake *intake) {
    size_t count = collect_returned(intake);
    uint64_t before = intake->taken_bytes;
    switch (intake->state) {
    case SL_INTAKE_OPENING:
        count += poll_opening(intake);
        break;
    case SL_INTAKE_READING:
        count += poll_reading(intake);
        break;
    case SL_INTAKE_CLOSING:
        count += poll_closing(intake);
        break;
    case SL_INTAKE_ENDING:
        count += poll_ending(intake);
        break;
    case SL_INTAKE_DONE:
        return 0;
    }
    if (intake->taken_bytes > before) {
        sl_counter_add(&intake->bytes_in, intake->taken_bytes - before);
    }
    return count + deal_ready(intake);
}
