// SPDX-License-Identifier: Apache-2.0
//
// Goal: a bell remembers a ring in every state and never stays readable after it was heard.
// Method: one thread plays owner and ringer, one order of calls per test; poll(2) with no time to
// wait shows whether the owner would sleep. Two threads are in tests/stress/bell_stress.c.
#include <criterion/criterion.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "ring/bell.h"

static struct sl_bell bell;

static void open_bell(void) {
    struct sl_error error = {0};
    cr_assert_eq(sl_bell_open(&bell, &error), SL_OK, "%s", error.text);
}

static void close_bell(void) {
    sl_bell_close(&bell);
}

TestSuite(bell, .init = open_bell, .fini = close_bell);

static bool would_sleep(void) {
    struct pollfd rung = {.fd = bell.fd, .events = POLLIN};
    return poll(&rung, 1, 0) == 0;
}

Test(bell, ring_while_awake_writes_nothing) {
    sl_bell_ring(&bell);
    sl_bell_ring(&bell);
    cr_assert(would_sleep());
    sl_bell_arm(&bell);
    cr_assert(would_sleep(), "the owner looks for work after arming, so an older ring is spent");
    sl_bell_disarm(&bell);
}

Test(bell, ring_while_armed_ends_wait) {
    sl_bell_arm(&bell);
    sl_bell_ring(&bell);
    cr_assert_not(would_sleep());
    sl_bell_wait(&bell, -1);
    sl_bell_disarm(&bell);
}

Test(bell, ring_twice_while_armed_writes_once) {
    sl_bell_arm(&bell);
    sl_bell_ring(&bell);
    sl_bell_ring(&bell);
    uint64_t wrote_count = 0;
    cr_assert_eq(read(bell.fd, &wrote_count, sizeof wrote_count), sizeof wrote_count);
    cr_assert_eq(wrote_count, 1);
}

Test(bell, disarm_after_ring_lets_next_wait_sleep) {
    for (int i = 0; i < 3; i++) {
        sl_bell_arm(&bell);
        sl_bell_ring(&bell);
        sl_bell_disarm(&bell);
        sl_bell_arm(&bell);
        cr_assert(would_sleep());
        sl_bell_disarm(&bell);
    }
}

// A ringer may be stopped between its exchange and its write. The write is played late by hand: it
// is taken out before the disarm and put back after.
Test(bell, write_after_disarm_is_read_by_next_disarm) {
    uint64_t one = 1;
    sl_bell_arm(&bell);
    sl_bell_ring(&bell);
    cr_assert_eq(read(bell.fd, &one, sizeof one), sizeof one);
    sl_bell_disarm(&bell);
    cr_assert_eq(write(bell.fd, &one, sizeof one), sizeof one);
    sl_bell_arm(&bell);
    cr_assert_not(would_sleep());
    sl_bell_disarm(&bell);
    sl_bell_arm(&bell);
    cr_assert(would_sleep());
}

Test(bell, wait_without_ring_ends_at_timeout) {
    sl_bell_arm(&bell);
    sl_bell_wait(&bell, 1);
    sl_bell_disarm(&bell);
}

static void ring_from_handler(int signal_number) {
    (void)signal_number;
    sl_bell_ring(&bell);
}

Test(bell, ring_in_signal_handler_ends_wait) {
    signal(SIGUSR1, ring_from_handler);
    sl_bell_arm(&bell);
    errno = ENOENT;
    raise(SIGUSR1);
    cr_assert_eq(errno, ENOENT);
    cr_assert_not(would_sleep());
    sl_bell_disarm(&bell);
}

Test(bell, arm_twice_aborts, .signal = SIGABRT) {
    sl_bell_arm(&bell);
    sl_bell_arm(&bell);
}

Test(bell, wait_unarmed_aborts, .signal = SIGABRT) {
    sl_bell_wait(&bell, 0);
}
