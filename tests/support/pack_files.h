// SPDX-License-Identifier: Apache-2.0
//
// tests/support/pack_files.h - packs that stand in a test, as files of a folder of their own.
//
// Use: declare a struct sl_pack_files, open it, write files, load by path, close.
#ifndef SL_TESTS_SUPPORT_PACK_FILES_H
#define SL_TESTS_SUPPORT_PACK_FILES_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SL_PACK_FILES_MAX 64

struct sl_pack_files {
    char folder[64];
    size_t count;
    char paths[SL_PACK_FILES_MAX][128];
};

static inline void sl_pack_files_open(struct sl_pack_files *files) {
    files->count = 0;
    strcpy(files->folder, "/tmp/sluice-pack-XXXXXX");
    cr_assert_not_null(mkdtemp(files->folder));
}

// The path of the file, which lives until the folder is closed.
static inline const char *sl_pack_files_write(struct sl_pack_files *files, const char *name,
                                              const char *bytes, size_t len) {
    cr_assert_lt(files->count, SL_PACK_FILES_MAX);
    char *path = files->paths[files->count++];
    strcat(strcat(strcpy(path, files->folder), "/"), name);
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, len, file), len);
    cr_assert_eq(fclose(file), 0);
    return path;
}

static inline void sl_pack_files_close(struct sl_pack_files *files) {
    for (size_t i = 0; i < files->count; i++) {
        unlink(files->paths[i]);
    }
    rmdir(files->folder);
}

#endif
