// SPDX-License-Identifier: Apache-2.0
#include "cli/out.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

// Beyond this a copy costs more than a system call.
#define DIRECT_BYTES ((size_t)1 << 16)

// Somebody else may have made the descriptor non-blocking.
static bool is_patient(struct sl_out *out) {
    struct pollfd watched = {.fd = out->fd, .events = POLLOUT};
    return errno == EINTR || (errno == EAGAIN && (poll(&watched, 1, -1) >= 0 || errno == EINTR));
}

static void write_all(struct sl_out *out, const char *bytes, size_t len) {
    while (len > 0 && out->problem == 0) {
        ssize_t wrote = write(out->fd, bytes, len);
        if (wrote >= 0) {
            bytes += wrote;
            len -= (size_t)wrote;
        } else if (!is_patient(out)) {
            out->problem = errno;
        }
    }
}

static void write_buffer(struct sl_out *out) {
    write_all(out, out->buffer, out->used);
    out->used = 0;
}

void sl_out_copy(struct sl_out *out, const char *bytes, size_t len) {
    sl_out_settle(out);
    if (len > SL_OUT_BYTES - out->used) {
        write_buffer(out);
    }
    if (len >= DIRECT_BYTES) {
        write_buffer(out);
        write_all(out, bytes, len);
    } else if (len > 0) { // of nothing there may be no place
        memcpy(out->buffer + out->used, bytes, len);
        out->used += len;
    }
}

void sl_out_settle(struct sl_out *out) {
    const char *bytes = out->pending;
    size_t len = out->pending_len;
    out->pending_len = 0;
    if (len > 0) {
        sl_out_copy(out, bytes, len);
    }
}

void sl_out_put(struct sl_out *out, const char *bytes, size_t len) {
    if (out->pending_len == 0 || out->pending + out->pending_len != bytes) {
        sl_out_settle(out);
        out->pending = bytes;
    }
    out->pending_len += len;
}

bool sl_out_flush(struct sl_out *out) {
    sl_out_settle(out);
    write_buffer(out);
    return out->problem == 0;
}
