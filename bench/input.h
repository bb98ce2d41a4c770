// SPDX-License-Identifier: Apache-2.0
//
// bench/input.h - the posts that are measured: generated into a file, or a file of the user's own.
#ifndef SL_BENCH_INPUT_H
#define SL_BENCH_INPUT_H

#include <stdint.h>

#include "base/error.h"
#include "bench/digest.h"
#include "bench/files.h"
#include "bench/options.h"

struct sl_bench_input {
    int fd; // at any position
    char path[SL_FILE_PATH_BYTES];
    uint64_t posts; // lines that are not empty
    struct sl_digest digest;
};

int sl_input_open(const struct sl_bench_options *options, struct sl_error *error,
                  struct sl_bench_input *ret_input);
void sl_input_close(struct sl_bench_input *input);

// What the command `generate` does.
int sl_input_generate(const struct sl_bench_options *options, struct sl_error *error);

#endif
