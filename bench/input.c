// SPDX-License-Identifier: Apache-2.0
#include "bench/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/generate.h"

#define WRITE_BYTES (1u << 20)

static int write_posts(const struct sl_generator *generator, uint64_t posts, int fd, char *buffer,
                       struct sl_error *error) {
    size_t used = 0;
    for (uint64_t i = 0; i < posts; i++) {
        used += sl_generator_write(generator, i, buffer + used);
        if (used >= WRITE_BYTES) {
            if (sl_file_write(fd, buffer, used, error) != SL_OK) {
                return SL_FAILED;
            }
            used = 0;
        }
    }
    return sl_file_write(fd, buffer, used, error);
}

static int generate(const struct sl_bench_options *options, int fd, struct sl_error *error) {
    struct sl_generator *generator;
    if (sl_generator_open(&options->mix, error, &generator) != SL_OK) {
        return SL_FAILED;
    }
    char *buffer = malloc(WRITE_BYTES + SL_GENERATOR_POST_MAX_BYTES);
    int result = buffer != NULL ? write_posts(generator, options->posts, fd, buffer, error)
                                : sl_error_set(error, "no memory for posts");
    free(buffer);
    sl_generator_close(generator);
    return result;
}

int sl_input_generate(const struct sl_bench_options *options, struct sl_error *error) {
    if (options->output == NULL) {
        return generate(options, STDOUT_FILENO, error);
    }
    int fd = open(options->output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        return sl_error_set(error, "%s: cannot open it for writing: %s", options->output,
                            strerror(errno));
    }
    int result = generate(options, fd, error);
    if (close(fd) != 0 && result == SL_OK) {
        result = sl_error_set(error, "%s: cannot write: %s", options->output, strerror(errno));
    }
    return result;
}

static int open_given(const char *path, struct sl_error *error, struct sl_bench_input *ret_input) {
    struct stat status;
    ret_input->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (ret_input->fd < 0 || fstat(ret_input->fd, &status) != 0) {
        return sl_error_set(error, "%s: cannot open it: %s", path, strerror(errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return sl_error_set(error, "%s: expected a regular file, which can be read many times",
                            path);
    }
    sl_file_path_of(ret_input->fd, ret_input->path);
    return SL_OK;
}

static uint64_t count_lines(struct sl_str bytes) {
    uint64_t count = 0;
    const char *at = bytes.data, *end = at + bytes.len;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        const char *line_end = newline != NULL ? newline : end;
        count += line_end > at;
        at = line_end + 1;
    }
    return count;
}

static int look(struct sl_bench_input *input, struct sl_error *error) {
    struct sl_str bytes;
    if (sl_file_map(input->fd, "the input", error, &bytes) != SL_OK) {
        return SL_FAILED;
    }
    input->posts = count_lines(bytes);
    input->digest = sl_digest_of(bytes);
    sl_file_unmap(bytes);
    return input->posts > 0 ? SL_OK : sl_error_set(error, "the input holds no posts");
}

int sl_input_open(const struct sl_bench_options *options, struct sl_error *error,
                  struct sl_bench_input *ret_input) {
    int result;
    if (options->input != NULL) {
        result = open_given(options->input, error, ret_input);
    } else {
        ret_input->fd = sl_file_open_temporary(options->directory, error, ret_input->path);
        result = ret_input->fd >= 0 ? generate(options, ret_input->fd, error) : SL_FAILED;
    }
    return result == SL_OK ? look(ret_input, error) : SL_FAILED;
}

void sl_input_close(struct sl_bench_input *input) {
    if (input->fd >= 0) {
        close(input->fd);
        input->fd = -1;
    }
}
