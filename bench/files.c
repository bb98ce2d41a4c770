// SPDX-License-Identifier: Apache-2.0
#include "bench/files.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

void sl_file_path_of(int fd, char ret_path[SL_FILE_PATH_BYTES]) {
    snprintf(ret_path, SL_FILE_PATH_BYTES, "/proc/self/fd/%d", fd);
}

int sl_file_open_temporary(const char *directory, struct sl_error *error,
                           char ret_path[SL_FILE_PATH_BYTES]) {
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/sluice-bench-XXXXXX", directory);
    int fd = len < (int)sizeof path ? mkstemp(path) : -1;
    if (fd < 0) {
        sl_error_set(error, "cannot create a file in %s: %s; name another place with --dir",
                     directory, strerror(errno));
        return -1;
    }
    unlink(path);
    sl_file_path_of(fd, ret_path);
    return fd;
}

int sl_file_map(int fd, const char *name, struct sl_error *error, struct sl_str *ret_bytes) {
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return sl_error_set(error, "cannot look at %s: %s", name, strerror(errno));
    }
    *ret_bytes = (struct sl_str){NULL, 0};
    if (status.st_size == 0) {
        return SL_OK;
    }
    void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (bytes == MAP_FAILED) {
        return sl_error_set(error, "cannot map %s: %s", name, strerror(errno));
    }
    *ret_bytes = (struct sl_str){bytes, (size_t)status.st_size};
    return SL_OK;
}

void sl_file_unmap(struct sl_str bytes) {
    if (bytes.data != NULL) {
        munmap((void *)bytes.data, bytes.len);
    }
}

int sl_file_write(int fd, const char *bytes, size_t len, struct sl_error *error) {
    while (len > 0) {
        ssize_t wrote = write(fd, bytes, len);
        if (wrote < 0 && errno != EINTR) {
            return sl_error_set(error, "cannot write posts: %s", strerror(errno));
        }
        bytes += wrote > 0 ? wrote : 0;
        len -= wrote > 0 ? (size_t)wrote : 0;
    }
    return SL_OK;
}
