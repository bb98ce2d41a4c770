// SPDX-License-Identifier: Apache-2.0
#include "pipeline/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"

static bool same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

// Emptying the file that is about to be read would lose it.
static int refuse_inputs(const char *path, const struct stat *output, const char *const *inputs,
                         size_t inputs_count, struct sl_error *error) {
    for (size_t i = 0; i < inputs_count; i++) {
        struct stat input;
        int found =
            strcmp(inputs[i], "-") == 0 ? fstat(STDIN_FILENO, &input) : stat(inputs[i], &input);
        if (found == 0 && same_file(output, &input)) {
            return sl_error_set(error, "%s: is an input too; write to another file", path);
        }
    }
    return SL_OK;
}

static int open_path(struct sl_sink *sink, const char *path, const char *const *inputs,
                     size_t inputs_count, struct sl_error *error) {
    sink->fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
    if (sink->fd < 0) {
        return sl_error_set(error, "%s: cannot open for writing: %s", path, strerror(errno));
    }
    sink->close_fd = true;
    struct stat status;
    if (fstat(sink->fd, &status) != 0) {
        return sl_error_set(error, "%s: cannot inspect: %s", path, strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return SL_OK;
    }
    if (refuse_inputs(path, &status, inputs, inputs_count, error) != SL_OK) {
        return SL_FAILED;
    }
    if (ftruncate(sink->fd, 0) != 0) {
        return sl_error_set(error, "%s: cannot empty: %s", path, strerror(errno));
    }
    sink->offset = 0;
    return SL_OK;
}

static int take_buffers(struct sl_sink *sink, struct sl_error *error) {
    if (sl_arena_init(&sink->memory, SL_SINK_BUFFERS_COUNT * (size_t)SL_SINK_BUFFER_BYTES, error) !=
        SL_OK) {
        return sl_error_add(error, "%s: no memory for its write buffers", sink->name);
    }
    for (unsigned i = 0; i < SL_SINK_BUFFERS_COUNT; i++) {
        sink->buffers[i].bytes = sl_arena_take(&sink->memory, SL_SINK_BUFFER_BYTES, 4096);
    }
    sl_arena_seal(&sink->memory);
    return SL_OK;
}

int sl_sink_open(struct sl_sink *sink, const char *path, const char *const *inputs,
                 size_t inputs_count, struct sl_error *error) {
    *sink = (struct sl_sink){.name = path, .fd = STDOUT_FILENO, .offset = SL_IO_STREAM};
    bool to_standard_output = strcmp(path, "-") == 0;
    if (to_standard_output) {
        sink->name = "standard output";
    }
    int opened = to_standard_output ? SL_OK : open_path(sink, path, inputs, inputs_count, error);
    if (opened != SL_OK || take_buffers(sink, error) != SL_OK) {
        sl_sink_close(sink);
        return SL_FAILED;
    }
    return SL_OK;
}

void sl_sink_close(struct sl_sink *sink) {
    sl_arena_done(&sink->memory);
    if (sink->close_fd) {
        close(sink->fd);
        sink->close_fd = false;
    }
}

static struct sl_sink_buffer *buffer_at(struct sl_sink *sink, unsigned index) {
    return &sink->buffers[index % SL_SINK_BUFFERS_COUNT];
}

static void submit(struct sl_sink *sink, struct sl_io *io, struct sl_sink_buffer *buffer) {
    size_t len = buffer->used_bytes - buffer->written_bytes;
    buffer->in_flight = true;
    buffer->request = (struct sl_io_request){
        .verb = SL_IO_WRITE,
        .fd = sink->fd,
        .data = buffer->bytes + buffer->written_bytes,
        .len = len,
        .offset = sink->offset,
        .owner = sink,
    };
    if (sink->offset != SL_IO_STREAM) {
        sink->offset += (int64_t)len;
    }
    sl_io_submit(io, &buffer->request);
}

// A stream has one write in flight: the oldest.
static void submit_next_of_stream(struct sl_sink *sink, struct sl_io *io) {
    if (sink->head != sink->tail && !buffer_at(sink, sink->head)->in_flight) {
        submit(sink, io, buffer_at(sink, sink->head));
    }
}

static bool send_tail(struct sl_sink *sink, struct sl_io *io) {
    struct sl_sink_buffer *buffer = buffer_at(sink, sink->tail);
    bool all_sent = sink->tail - sink->head == SL_SINK_BUFFERS_COUNT;
    if (sink->broken || all_sent || buffer->used_bytes == 0) {
        return false;
    }
    buffer->written_bytes = 0;
    sink->tail++;
    if (sink->offset == SL_IO_STREAM) {
        submit_next_of_stream(sink, io);
    } else {
        submit(sink, io, buffer);
    }
    return true;
}

char *sl_sink_claim(struct sl_sink *sink, struct sl_io *io, size_t bytes) {
    SL_ASSERT(bytes <= SL_SINK_BUFFER_BYTES);
    if (sink->tail - sink->head == SL_SINK_BUFFERS_COUNT) {
        return NULL;
    }
    if (sink->broken) {
        buffer_at(sink, sink->tail)->used_bytes = 0;
    }
    if (SL_SINK_BUFFER_BYTES - buffer_at(sink, sink->tail)->used_bytes < bytes) {
        send_tail(sink, io);
        if (sink->tail - sink->head == SL_SINK_BUFFERS_COUNT) {
            return NULL;
        }
    }
    struct sl_sink_buffer *buffer = buffer_at(sink, sink->tail);
    return buffer->bytes + buffer->used_bytes;
}

void sl_sink_commit(struct sl_sink *sink, struct sl_io *io, size_t bytes) {
    struct sl_sink_buffer *buffer = buffer_at(sink, sink->tail);
    SL_ASSERT(bytes <= SL_SINK_BUFFER_BYTES - buffer->used_bytes);
    if (sink->broken) {
        return;
    }
    buffer->used_bytes += bytes;
    if (buffer->used_bytes >= SL_SINK_SEND_BYTES) {
        send_tail(sink, io);
    }
}

bool sl_sink_flush(struct sl_sink *sink, struct sl_io *io) {
    return send_tail(sink, io);
}

static void set_broken(struct sl_sink *sink, int64_t result) {
    if (!sink->broken) {
        int code = result < 0 ? (int)-result : EIO;
        sl_error_set(&sink->error, "%s: cannot write after %llu bytes: %s%s", sink->name,
                     (unsigned long long)sl_counter_read(&sink->bytes_written), strerror(code),
                     code == ENOSPC  ? "; make room and run again"
                     : code == EPIPE ? "; its reader has gone"
                                     : "");
    }
    sink->broken = true;
}

// Buffers come free in order, so that the ones in use are always [head, tail).
static void free_written(struct sl_sink *sink) {
    while (sink->head != sink->tail) {
        struct sl_sink_buffer *buffer = buffer_at(sink, sink->head);
        bool done = sink->broken || buffer->written_bytes == buffer->used_bytes;
        if (buffer->in_flight || !done) {
            return;
        }
        buffer->used_bytes = 0;
        buffer->written_bytes = 0;
        sink->head++;
    }
}

static void write_rest(struct sl_io *io, struct sl_sink_buffer *buffer, size_t wrote) {
    struct sl_io_request *request = &buffer->request;
    request->data = (char *)request->data + wrote;
    request->len -= wrote;
    if (request->offset != SL_IO_STREAM) {
        request->offset += (int64_t)wrote;
    }
    buffer->in_flight = true;
    sl_io_submit(io, request);
}

void sl_sink_complete(struct sl_sink *sink, struct sl_io *io, struct sl_io_request *request) {
    struct sl_sink_buffer *buffer =
        (struct sl_sink_buffer *)((char *)request - offsetof(struct sl_sink_buffer, request));
    buffer->in_flight = false;
    if (request->result <= 0) {
        set_broken(sink, request->result);
    } else {
        size_t wrote = (size_t)request->result;
        buffer->written_bytes += wrote;
        sl_counter_add(&sink->bytes_written, wrote);
        if (!sink->broken && buffer->written_bytes < buffer->used_bytes) {
            write_rest(io, buffer, wrote);
        }
    }
    free_written(sink);
    if (!sink->broken && sink->offset == SL_IO_STREAM) {
        submit_next_of_stream(sink, io);
    }
}

bool sl_sink_idle(const struct sl_sink *sink) {
    const struct sl_sink_buffer *filling = &sink->buffers[sink->tail % SL_SINK_BUFFERS_COUNT];
    return sink->head == sink->tail && (sink->broken || filling->used_bytes == 0);
}
