// SPDX-License-Identifier: Apache-2.0
#include "engine/key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEX_DIGITS  (2 * SL_KEYED_KEY_BYTES)
#define FILE_BYTES  (HEX_DIGITS + 2) // and a line end of either kind
#define HOW_TO_MAKE "make one with: (umask 077; head -c 32 /dev/urandom > FILE)"

static int check_file(int fd, const char *path, struct sl_error *error) {
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return sl_error_set(error, "%s: cannot read the key: %s", path, strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return sl_error_set(error, "%s: expected a file with a key, found a folder or device",
                            path);
    }
    if ((status.st_mode & (S_IWGRP | S_IXGRP | S_IRWXO)) != 0) {
        return sl_error_set(error,
                            "%s: expected a key that nobody else may read or write (mode 0600 or "
                            "0640), found mode %04o; chmod 600 it, and make a new key if others "
                            "may have read it",
                            path, (unsigned)(status.st_mode & 07777));
    }
    return SL_OK;
}

static int hex_value(unsigned char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_hex(const unsigned char *bytes, uint8_t *ret_key) {
    for (int i = 0; i < HEX_DIGITS; i += 2) {
        int high = hex_value(bytes[i]), low = hex_value(bytes[i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        ret_key[i / 2] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static bool is_constant(const uint8_t *key) {
    return memcmp(key, key + 1, SL_KEYED_KEY_BYTES - 1) == 0;
}

static int read_key(const unsigned char *bytes, size_t len, const char *path,
                    struct sl_error *error, uint8_t *ret_key) {
    bool read = len == SL_KEYED_KEY_BYTES;
    if (read) {
        memcpy(ret_key, bytes, SL_KEYED_KEY_BYTES);
    } else {
        size_t digits = len;
        while (digits > HEX_DIGITS && digits <= FILE_BYTES &&
               (bytes[digits - 1] == '\n' || bytes[digits - 1] == '\r')) {
            digits--;
        }
        read = digits == HEX_DIGITS && read_hex(bytes, ret_key);
    }
    if (!read) {
        return sl_error_set(error,
                            "%s: expected a key of 32 bytes or 64 hexadecimal digits, found %s; "
                            "%s",
                            path, len == 0 ? "an empty file" : "something else", HOW_TO_MAKE);
    }
    if (is_constant(ret_key)) {
        return sl_error_set(error, "%s: expected a secret key, found one byte repeated; %s", path,
                            HOW_TO_MAKE);
    }
    return SL_OK;
}

int sl_key_load(const char *path, struct sl_error *error, uint8_t ret_key[SL_KEYED_KEY_BYTES]) {
    unsigned char bytes[FILE_BYTES + 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return sl_error_set(error, "%s: cannot open the key: %s; %s", path, strerror(errno),
                            HOW_TO_MAKE);
    }
    int result = check_file(fd, path, error);
    size_t len = 0;
    ssize_t got = 1;
    while (result == SL_OK && got != 0 && len < sizeof bytes) {
        got = read(fd, bytes + len, sizeof bytes - len);
        if (got < 0 && errno != EINTR) {
            result = sl_error_set(error, "%s: cannot read the key: %s", path, strerror(errno));
        }
        len += got > 0 ? (size_t)got : 0;
    }
    close(fd);
    if (result == SL_OK) {
        result = read_key(bytes, len, path, error, ret_key);
    }
    explicit_bzero(bytes, sizeof bytes);
    return result;
}
