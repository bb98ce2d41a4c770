// SPDX-License-Identifier: Apache-2.0
//
// bench/machine.h - where a figure was measured and with what: without this it means nothing.
#ifndef SL_BENCH_MACHINE_H
#define SL_BENCH_MACHINE_H

struct sl_machine {
    char cpu[96];      // the processor's name
    char kernel[256];  // system and release
    char governor[32]; // of its clock; "unknown" where the machine does not say
    char cores[96];    // the cores this process may use, as a list: "0-3,6"
    unsigned cores_online;
    unsigned cores_allowed;
    double load; // average of the last minute when the bench began: how quiet the machine was
    const char *version;
    const char *commit;
    const char *compiler;
    const char *flags;
};

struct sl_machine sl_machine_look(void);

#endif
