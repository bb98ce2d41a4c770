// SPDX-License-Identifier: Apache-2.0
//
// base/fd.h - whole reads and writes of small files, for what is opened once: a call that moves a
// part, or is interrupted, is repeated. Not for the stage's own inputs and outputs: those are
// module io's.
#ifndef SL_BASE_FD_H
#define SL_BASE_FD_H

#include <stdbool.h>
#include <stddef.h>

// False: an error, with errno, or the file ended before.
bool sl_fd_read_all(int fd, void *bytes, size_t len);

// False: an error, with errno.
bool sl_fd_write_all(int fd, const void *bytes, size_t len);

#endif
