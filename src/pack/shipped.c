// SPDX-License-Identifier: Apache-2.0
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pack/pack.h"

int sl_pack_find_shipped(struct sl_error *error, char *ret_path, size_t room) {
    // Seen from the program: installed, and in a build tree.
    static const char *const places[] = {"../share/sluice/rules/telco.yaml",
                                         "../../rules/telco.yaml"};
    char folder[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", folder, sizeof folder - 1);
    folder[len > 0 ? len : 0] = '\0';
    char *slash = strrchr(folder, '/');
    if (slash != NULL) {
        *slash = '\0';
    }
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        int wrote = snprintf(ret_path, room, "%s/%s", folder, places[i]);
        if (wrote > 0 && (size_t)wrote < room && access(ret_path, R_OK) == 0) {
            return SL_OK;
        }
    }
    return sl_error_set(error,
                        "the shipped pack telco.yaml is not where it was installed (%s/%s); "
                        "name a pack with --pack FILE",
                        folder, places[0]);
}
