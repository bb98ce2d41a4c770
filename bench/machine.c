// SPDX-License-Identifier: Apache-2.0
#include "bench/machine.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#ifdef __clang__
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

// The first line of a file that starts with `prefix`, behind the prefix and what separates it.
static void read_line(const char *path, const char *prefix, char *text, size_t room) {
    FILE *file = fopen(path, "re");
    snprintf(text, room, "unknown");
    if (file == NULL) {
        return;
    }
    char line[512];
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, prefix, strlen(prefix)) == 0) {
            const char *value = line + strlen(prefix);
            value += strspn(value, " \t:");
            snprintf(text, room, "%.*s", (int)strcspn(value, "\n"), value);
            break;
        }
    }
    fclose(file);
}

// "0-3,6" of a set.
static unsigned list_cores(const cpu_set_t *set, char *text, size_t room) {
    size_t used = 0;
    unsigned count = 0;
    text[0] = '\0';
    for (int core = 0; core < CPU_SETSIZE; core++) {
        if (!CPU_ISSET(core, set)) {
            continue;
        }
        int last = core;
        while (last + 1 < CPU_SETSIZE && CPU_ISSET(last + 1, set)) {
            last++;
        }
        char range[32];
        int len = last > core ? snprintf(range, sizeof range, "%d-%d", core, last)
                              : snprintf(range, sizeof range, "%d", core);
        if (used + (size_t)len + 2 <= room) {
            used += (size_t)snprintf(text + used, room - used, "%s%s", used > 0 ? "," : "", range);
        }
        count += (unsigned)(last - core + 1);
        core = last;
    }
    return count;
}

struct sl_machine sl_machine_look(void) {
    struct sl_machine machine = {
        .version = SL_BENCH_VERSION,
        .commit = SL_BENCH_COMMIT,
        .compiler = COMPILER,
        .flags = SL_BENCH_FLAGS,
    };
    struct utsname system;
    if (uname(&system) == 0) {
        snprintf(machine.kernel, sizeof machine.kernel, "%s %s %s", system.sysname, system.release,
                 system.machine);
    }
    read_line("/proc/cpuinfo", "model name", machine.cpu, sizeof machine.cpu);
    read_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "", machine.governor,
              sizeof machine.governor);
    machine.cores_online = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
        machine.cores_allowed = list_cores(&allowed, machine.cores, sizeof machine.cores);
    }
    if (getloadavg(&machine.load, 1) != 1) {
        machine.load = -1;
    }
    return machine;
}
