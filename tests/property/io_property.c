// SPDX-License-Identifier: Apache-2.0
//
// Goal: a caller that keeps io.h's contract moves every byte through any weather, and the same seed
// gives the same weather.
// Method: files of random length are copied by a small copier with several blocks in flight, under
// random cuts and delays, and compared. Each completion is noted; a second run with the same seed
// must note the same, one with another seed something else.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "support/io_sim.h"
#include "support/random.h"

enum {
    BLOCKS_COUNT = 6,
    BLOCK_BYTES = 700,
    FILE_BYTES_MAX = 20000,
    NOTES_MAX = 20000,
};

struct block {
    struct sl_io_request request;
    unsigned char data[BLOCK_BYTES];
    int64_t offset; // of data[0] in the file
    size_t filled;
    size_t moved; // by the present verb
};

struct copier {
    struct sl_io *io;
    int in_fd;
    int out_fd;
    int64_t size;
    int64_t next_offset;
    struct block blocks[BLOCKS_COUNT];
    int64_t notes[NOTES_MAX]; // block, verb and result of every completion
    size_t notes_count;
};

static void submit(struct copier *copier, struct block *block, enum sl_io_verb verb) {
    size_t end = verb == SL_IO_READ ? BLOCK_BYTES : block->filled;
    block->request = (struct sl_io_request){
        .verb = verb,
        .fd = verb == SL_IO_READ ? copier->in_fd : copier->out_fd,
        .data = block->data + block->moved,
        .len = end - block->moved,
        .offset = block->offset + (int64_t)block->moved,
        .owner = block,
    };
    sl_io_submit(copier->io, &block->request);
}

static void start_next(struct copier *copier, struct block *block) {
    if (copier->next_offset < copier->size) {
        block->offset = copier->next_offset;
        block->moved = 0;
        copier->next_offset += BLOCK_BYTES;
        submit(copier, block, SL_IO_READ);
    }
}

static void carry_on(struct copier *copier, struct block *block) {
    enum sl_io_verb verb = block->request.verb;
    int64_t result = block->request.result;
    copier->notes[copier->notes_count++] =
        (result * 2 + verb) * BLOCKS_COUNT + (block - copier->blocks);
    cr_assert_lt(copier->notes_count, NOTES_MAX);
    cr_assert_geq(result, 0);
    block->moved += (size_t)result;
    if (verb == SL_IO_READ && (result == 0 || block->moved == BLOCK_BYTES)) {
        block->filled = block->moved;
        block->moved = 0;
        verb = SL_IO_WRITE;
    }
    if (verb == SL_IO_WRITE && block->moved == block->filled) {
        start_next(copier, block);
    } else {
        submit(copier, block, verb);
    }
}

static void copy(struct copier *copier, uint64_t seed) {
    struct sl_random random = {seed};
    struct sl_error error = {0};
    struct sl_io_sim_options options = {
        .seed = seed,
        .short_percent = (unsigned)sl_random_below(&random, 101),
        .delay_polls_max = (unsigned)sl_random_below(&random, 10),
        .wake_fd = -1,
    };
    cr_assert_eq(sl_io_sim_open(&options, BLOCKS_COUNT, &error, &copier->io), SL_OK);
    copier->next_offset = 0;
    copier->notes_count = 0;
    for (size_t i = 0; i < BLOCKS_COUNT; i++) {
        start_next(copier, &copier->blocks[i]);
    }
    while (sl_io_in_flight(copier->io) > 0) {
        struct sl_io_request *done[3];
        size_t done_count = sl_io_poll(copier->io, done, 3);
        for (size_t i = 0; i < done_count; i++) {
            carry_on(copier, done[i]->owner);
        }
    }
    sl_io_close(copier->io);
}

static unsigned char original[FILE_BYTES_MAX];
static unsigned char copied[FILE_BYTES_MAX + 1];
static struct copier first;
static struct copier second;

static void open_files(struct copier *copier, struct sl_random *random) {
    copier->in_fd = fileno(tmpfile());
    copier->out_fd = fileno(tmpfile());
    copier->size = (int64_t)sl_random_below(random, FILE_BYTES_MAX + 1);
    for (int64_t i = 0; i < copier->size; i++) {
        original[i] = (unsigned char)sl_random_next(random);
    }
    cr_assert_eq(pwrite(copier->in_fd, original, (size_t)copier->size, 0), copier->size);
}

static void check_copy(const struct copier *copier) {
    cr_assert_eq(pread(copier->out_fd, copied, sizeof copied, 0), copier->size);
    cr_assert_eq(memcmp(copied, original, (size_t)copier->size), 0);
}

static bool same_notes(void) {
    return first.notes_count == second.notes_count &&
           memcmp(first.notes, second.notes, first.notes_count * sizeof first.notes[0]) == 0;
}

Test(io, copy_under_faults_moves_every_byte) {
    struct sl_random random = {sl_random_seed()};
    for (int i = 0; i < 100; i++) {
        open_files(&first, &random);
        copy(&first, sl_random_next(&random));
        check_copy(&first);
        close(first.in_fd);
        close(first.out_fd);
    }
}

Test(io, copy_with_same_seed_repeats_exactly) {
    struct sl_random random = {sl_random_seed()};
    for (int i = 0; i < 20; i++) {
        uint64_t seed = sl_random_next(&random);
        open_files(&first, &random);
        second = first;
        copy(&first, seed);
        copy(&second, seed);
        cr_assert(same_notes());
        close(first.in_fd);
        close(first.out_fd);
    }
}

Test(io, copy_with_other_seed_differs) {
    struct sl_random random = {1};
    do {
        open_files(&first, &random);
    } while (first.size < FILE_BYTES_MAX / 2);
    second = first;
    copy(&first, 1);
    copy(&second, 2);
    cr_assert_not(same_notes());
}
