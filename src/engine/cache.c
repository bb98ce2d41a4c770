// SPDX-License-Identifier: Apache-2.0
#include "engine/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"

// Raised when the header or the meaning of the content changes.
#define ENTRY_VERSION 1

struct entry_header {
    char magic[8];
    uint64_t version;
    struct sl_hash128 key; // so that an entry under another's name is not taken for it
    uint64_t length;
    uint64_t checksum;
};

static struct entry_header header_of(const struct sl_cache *cache, const char *content,
                                     size_t len) {
    struct entry_header header = {.version = ENTRY_VERSION,
                                  .key = cache->key,
                                  .length = len,
                                  .checksum = sl_hash64(content, len)};
    memcpy(header.magic, "SLUICEDB", sizeof header.magic);
    return header;
}

static int default_dir(char *ret_dir, size_t room, struct sl_error *trouble) {
    const char *base = getenv("XDG_CACHE_HOME"), *below = "sluice";
    if (base == NULL || base[0] != '/') { // the XDG specification: relative paths do not count
        base = getenv("HOME");
        below = ".cache/sluice";
    }
    if (base == NULL || base[0] != '/') {
        return sl_error_set(trouble, "neither XDG_CACHE_HOME nor HOME names a folder");
    }
    if (snprintf(ret_dir, room, "%s/%s", base, below) >= (int)room) {
        return sl_error_set(trouble, "the path of the cache folder is too long");
    }
    return SL_OK;
}

static void make_dirs(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    mkdir(path, 0700); // whether any of it worked shows when the folder is opened
}

int sl_cache_open(struct sl_cache *cache, const char *dir, struct sl_hash128 key,
                  struct sl_error *trouble) {
    *cache = (struct sl_cache){.dir_fd = -1, .key = key};
    if (dir == NULL) {
        if (default_dir(cache->dir, sizeof cache->dir, trouble) != SL_OK) {
            return SL_FAILED;
        }
    } else if (dir[0] == '\0') {
        return sl_error_set(trouble, "no cache was asked for");
    } else if (snprintf(cache->dir, sizeof cache->dir, "%s", dir) >= (int)sizeof cache->dir) {
        return sl_error_set(trouble, "the path of the cache folder is too long");
    }
    make_dirs(cache->dir);
    cache->dir_fd = open(cache->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat stat;
    if (cache->dir_fd < 0 || fstat(cache->dir_fd, &stat) != 0) {
        return sl_error_set(trouble, "cannot open %s: %s", cache->dir, strerror(errno));
    }
    if ((stat.st_uid != geteuid() && stat.st_uid != 0) ||
        (stat.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return sl_error_set(trouble, "%s can be written by others", cache->dir);
    }
    sl_hash128_hex(key, cache->name);
    strcpy(cache->name + SL_HASH_HEX_BYTES, ".hsdb");
    return SL_OK;
}

void sl_cache_close(struct sl_cache *cache) {
    if (cache->dir_fd >= 0) {
        close(cache->dir_fd);
    }
    cache->dir_fd = -1;
}

// The content of an entry that is whole, or NULL.
static char *read_entry(const struct sl_cache *cache, int fd, size_t *ret_len) {
    struct stat stat;
    struct entry_header header;
    if (fstat(fd, &stat) != 0 || stat.st_size <= (off_t)sizeof header ||
        !sl_fd_read_all(fd, (char *)&header, sizeof header)) {
        return NULL;
    }
    size_t len = (size_t)stat.st_size - sizeof header;
    char *content = malloc(len);
    if (content == NULL) {
        return NULL;
    }
    struct entry_header expected;
    if (sl_fd_read_all(fd, content, len)) {
        expected = header_of(cache, content, len);
        if (memcmp(&header, &expected, sizeof header) == 0) {
            *ret_len = len;
            return content;
        }
    }
    free(content);
    return NULL;
}

int sl_cache_load(struct sl_cache *cache, struct sl_error *trouble, char **ret_content,
                  size_t *ret_len) {
    *ret_content = NULL;
    int fd = openat(cache->dir_fd, cache->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return errno == ENOENT ? SL_OK
                               : sl_error_set(trouble, "cannot open the entry %s: %s", cache->name,
                                              strerror(errno));
    }
    *ret_content = read_entry(cache, fd, ret_len);
    close(fd);
    return *ret_content != NULL ? SL_OK
                                : sl_error_set(trouble, "the entry %s was damaged", cache->name);
}

void sl_cache_drop(struct sl_cache *cache) {
    unlinkat(cache->dir_fd, cache->name, 0);
}

int sl_cache_store(struct sl_cache *cache, const char *content, size_t len,
                   struct sl_error *trouble) {
    // Unique among processes by the pid, among threads of one by the address.
    char temporary[sizeof cache->name + 64];
    snprintf(temporary, sizeof temporary, "%s.%ld.%p", cache->name, (long)getpid(), (void *)cache);
    struct entry_header header = header_of(cache, content, len);
    int fd = openat(cache->dir_fd, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool stored = fd >= 0 && sl_fd_write_all(fd, &header, sizeof header) &&
                  sl_fd_write_all(fd, content, len) && fsync(fd) == 0 &&
                  renameat(cache->dir_fd, temporary, cache->dir_fd, cache->name) == 0;
    int reason = errno;
    if (fd >= 0) {
        close(fd);
        if (!stored) {
            unlinkat(cache->dir_fd, temporary, 0);
        }
    }
    return stored ? SL_OK
                  : sl_error_set(trouble, "cannot write to %s: %s", cache->dir, strerror(reason));
}
