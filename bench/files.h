// SPDX-License-Identifier: Apache-2.0
//
// bench/files.h - the files a measurement needs: ones that leave nothing behind, whole files as
// memory, whole writes.
#ifndef SL_BENCH_FILES_H
#define SL_BENCH_FILES_H

#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

// A new empty file in the directory, which is gone when its descriptor is closed; its path works in
// this process and its children. Returns the descriptor, or -1.
#define SL_FILE_PATH_BYTES 64
int sl_file_open_temporary(const char *directory, struct sl_error *error,
                           char ret_path[SL_FILE_PATH_BYTES]);

// The path under which this process can open its own descriptor anew.
void sl_file_path_of(int fd, char ret_path[SL_FILE_PATH_BYTES]);

// The bytes of a regular file, read only, until unmapped. `name` is for the error.
int sl_file_map(int fd, const char *name, struct sl_error *error, struct sl_str *ret_bytes);
void sl_file_unmap(struct sl_str bytes);

int sl_file_write(int fd, const char *bytes, size_t len, struct sl_error *error);

#endif
