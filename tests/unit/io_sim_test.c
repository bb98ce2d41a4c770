// SPDX-License-Identifier: Apache-2.0
//
// Goal: the simulated back end gives the faults it was asked for, and no others.
// Method: one option at a time on small files. That it keeps io.h's contract otherwise is tested
// with the real back ends in io_test.c.
#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/io_sim.h"

enum {
    REQUESTS_MAX = 16,
};

static struct sl_io *open_sim(struct sl_io_sim_options options) {
    struct sl_error error = {0};
    struct sl_io *io;
    options.wake_fd = -1;
    cr_assert_eq(sl_io_sim_open(&options, REQUESTS_MAX, &error, &io), SL_OK, "%s", error.text);
    return io;
}

static int64_t transfer(struct sl_io *io, enum sl_io_verb verb, int fd, void *data, size_t len,
                        int64_t offset) {
    struct sl_io_request request = {
        .verb = verb, .fd = fd, .data = data, .len = len, .offset = offset};
    struct sl_io_request *done;
    sl_io_submit(io, &request);
    while (sl_io_poll(io, &done, 1) == 0) {
        sl_io_wait(io, -1);
    }
    return request.result;
}

static int empty_file(void) {
    return fileno(tmpfile());
}

Test(io_sim, write_fault_fills_disk_at_its_byte) {
    struct sl_io *io = open_sim((struct sl_io_sim_options){.write_fault = {150, ENOSPC}});
    char data[100] = {0};
    int fd = empty_file();
    cr_assert_eq(transfer(io, SL_IO_WRITE, fd, data, 100, SL_IO_STREAM), 100);
    cr_assert_eq(transfer(io, SL_IO_WRITE, fd, data, 100, SL_IO_STREAM), 50);
    cr_assert_eq(transfer(io, SL_IO_WRITE, fd, data, 50, SL_IO_STREAM), -ENOSPC);
    cr_assert_eq(transfer(io, SL_IO_WRITE, fd, data, 50, SL_IO_STREAM), -ENOSPC);
    cr_assert_eq(lseek(fd, 0, SEEK_END), 150);
    sl_io_close(io);
}

Test(io_sim, read_fault_breaks_file_at_its_byte) {
    struct sl_io *io = open_sim((struct sl_io_sim_options){.read_fault = {150, EIO}});
    char data[100];
    int fd = empty_file();
    cr_assert_eq(ftruncate(fd, 1000), 0);
    cr_assert_eq(transfer(io, SL_IO_READ, fd, data, 100, 100), 50);
    cr_assert_eq(transfer(io, SL_IO_READ, fd, data, 100, 150), -EIO);
    cr_assert_eq(transfer(io, SL_IO_READ, fd, data, 100, 0), 100);
    sl_io_close(io);
}

Test(io_sim, short_reads_move_a_part_and_poison_the_rest) {
    struct sl_io *io = open_sim((struct sl_io_sim_options){.short_percent = 100});
    unsigned char data[100];
    int cut_count = 0;
    int fd = empty_file();
    cr_assert_eq(ftruncate(fd, 100), 0);
    for (int i = 0; i < 50; i++) {
        int64_t moved = transfer(io, SL_IO_READ, fd, data, 100, 0);
        cr_assert(moved >= 1 && moved <= 100);
        cut_count += moved < 100;
        for (int64_t j = 0; j < 100; j++) {
            cr_assert_eq(data[j], j < moved ? 0 : SL_IO_SIM_POISON);
        }
    }
    cr_assert_gt(cut_count, 40);
    sl_io_close(io);
}

Test(io_sim, delays_reorder_completions_and_lose_none) {
    struct sl_io *io = open_sim((struct sl_io_sim_options){.delay_polls_max = 8});
    struct sl_io_request requests[REQUESTS_MAX];
    char data[REQUESTS_MAX];
    int overtaken_count = 0;
    int fd = empty_file();
    cr_assert_eq(ftruncate(fd, REQUESTS_MAX), 0);
    for (size_t i = 0; i < REQUESTS_MAX; i++) {
        requests[i] = (struct sl_io_request){
            .verb = SL_IO_READ, .fd = fd, .data = &data[i], .len = 1, .offset = (int64_t)i};
        sl_io_submit(io, &requests[i]);
    }
    struct sl_io_request *last = requests;
    while (sl_io_in_flight(io) > 0) {
        struct sl_io_request *done;
        if (sl_io_poll(io, &done, 1) == 1) {
            cr_assert_eq(done->result, 1);
            overtaken_count += done < last;
            last = done;
        }
    }
    cr_assert_gt(overtaken_count, 2);
    sl_io_close(io);
}
