// SPDX-License-Identifier: Apache-2.0
//
// io/internal.h - what io.c and the two back ends share.
#ifndef SL_IO_INTERNAL_H
#define SL_IO_INTERNAL_H

#include "io/io.h"

// The requests in flight, oldest first, linked through themselves.
struct sl_io_list {
    struct sl_io_request *first;
    struct sl_io_request *last;
};

void sl_io_list_append(struct sl_io_list *list, struct sl_io_request *request);
void sl_io_list_remove(struct sl_io_list *list, struct sl_io_request *request);

extern const struct sl_io_operations sl_io_uring_operations;
extern const struct sl_io_operations sl_io_plain_operations;

// Each makes the state of its operations. The error of `uring` is also the reason of a fallback.
int sl_io_uring_open(size_t requests_max, int wake_fd, struct sl_error *error, void **ret_state);
int sl_io_plain_open(size_t requests_max, int wake_fd, struct sl_error *error, void **ret_state);

#endif
