// SPDX-License-Identifier: Apache-2.0
//
// Goal: a compiled pack is taken from the cache when the entry is whole and the pack's own, and in
// every other case compiled anew, silently, with the same verdicts and a mended cache.
// Method: an engine is opened on a fresh folder; its entry is cut, altered, swapped and locked
// away; the engine's own word on its origin and the verdict of one text are compared.
#include <criterion/criterion.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/cache.h"
#include "engine/internal.h"
#include "support/engine_pack.h"

#define HEADER_BYTES 48

static char dir[64];

static void make_dir(void) {
    strcpy(dir, "/tmp/sluice-cache-XXXXXX");
    cr_assert_not_null(mkdtemp(dir));
}

static void remove_dir(void) {
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    cr_assert_eq(system(command), 0);
}

TestSuite(engine_cache, .init = make_dir, .fini = remove_dir);

static const char fault[] = "  - {id: fault, weight: 3.0, raw: [guasto]}\n";

// Opens, judges, closes; returns where the database came from.
static const char *open_once(const char *patterns, const char *cache_dir) {
    static char origin[PATH_MAX + 512];
    struct sl_engine *engine = sl_test_engine_open(patterns, cache_dir);
    struct sl_judge *judge = sl_test_judge_open(engine);
    cr_assert_eq(sl_test_judge(judge, "un guasto")->why_count, 1);
    cr_assert_eq(sl_test_judge(judge, "tutto bene")->why_count, 0);
    snprintf(origin, sizeof origin, "%s", sl_engine_origin(engine));
    sl_judge_close(judge);
    sl_engine_close(engine);
    return origin;
}

static void expect_origin(const char *origin, const char *start) {
    cr_expect(strncmp(origin, start, strlen(start)) == 0, "'%s' instead of '%s…'", origin, start);
}

// The path of the only entry, and how many files there are.
static int find_entry(char *ret_path, size_t room) {
    int count = 0;
    DIR *listing = opendir(dir);
    cr_assert_not_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        if (entry->d_name[0] != '.') {
            snprintf(ret_path, room, "%s/%s", dir, entry->d_name);
            count++;
        }
    }
    closedir(listing);
    return count;
}

static void change_byte(const char *path, long at) {
    FILE *file = fopen(path, "r+");
    cr_assert_not_null(file);
    fseek(file, at, SEEK_SET);
    int byte = fgetc(file);
    fseek(file, at, SEEK_SET);
    fputc(byte ^ 0x10, file);
    cr_assert_eq(fclose(file), 0);
}

static long size_of(const char *path) {
    struct stat entry;
    cr_assert_eq(stat(path, &entry), 0);
    return (long)entry.st_size;
}

Test(engine_cache, open_twice_takes_the_second_from_the_cache) {
    char path[512];
    expect_origin(open_once(fault, dir), "compiled and kept");
    cr_assert_eq(find_entry(path, sizeof path), 1);
    expect_origin(open_once(fault, dir), "taken from the cache");
    cr_expect_eq(find_entry(path, sizeof path), 1);
}

Test(engine_cache, open_same_expressions_with_other_weights_takes_the_cached) {
    open_once(fault, dir);
    expect_origin(open_once("  - {id: broken, weight: 9.0, signal: urgency, raw: [guasto]}\n", dir),
                  "taken from the cache");
}

Test(engine_cache, open_other_expressions_compiles) {
    open_once(fault, dir);
    expect_origin(open_once("  - {id: fault, weight: 3.0, raw: [guasto, rotto]}\n", dir),
                  "compiled and kept");
    expect_origin(open_once("  - {id: other, weight: 3.0, phrases: [altro]}\n"
                            "  - {id: fault, weight: 3.0, raw: [guasto]}\n",
                            dir),
                  "compiled and kept");
}

Test(engine_cache, open_truncated_entry_is_mended) {
    char path[512];
    open_once(fault, dir);
    cr_assert_eq(find_entry(path, sizeof path), 1);
    long whole = size_of(path);
    long lengths[] = {0, 1, HEADER_BYTES - 1, HEADER_BYTES, HEADER_BYTES + 1, whole / 2, whole - 1};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        cr_assert_eq(truncate(path, lengths[i]), 0);
        expect_origin(open_once(fault, dir), "compiled because the entry");
        cr_expect_eq(size_of(path), whole);
        expect_origin(open_once(fault, dir), "taken from the cache");
    }
    cr_assert_eq(truncate(path, whole + 1), 0);
    expect_origin(open_once(fault, dir), "compiled because the entry");
}

Test(engine_cache, open_entry_with_any_byte_altered_is_mended) {
    char path[512];
    open_once(fault, dir);
    cr_assert_eq(find_entry(path, sizeof path), 1);
    long whole = size_of(path);
    for (long at = 0; at < whole; at += at < HEADER_BYTES ? 1 : 997) {
        change_byte(path, at);
        expect_origin(open_once(fault, dir), "compiled because the entry");
    }
    expect_origin(open_once(fault, dir), "taken from the cache");
}

static struct sl_hash128 key_of(const char *path) {
    const char *name = strrchr(path, '/') + 1;
    char high[17] = {0}, low[17] = {0};
    memcpy(high, name, 16);
    memcpy(low, name + 16, 16);
    return (struct sl_hash128){.high = strtoull(high, NULL, 16), .low = strtoull(low, NULL, 16)};
}

Test(engine_cache, open_whole_entry_that_the_matcher_refuses_is_mended) {
    char path[512];
    open_once(fault, dir);
    cr_assert_eq(find_entry(path, sizeof path), 1);
    struct sl_cache cache;
    struct sl_error trouble = {0};
    cr_assert_eq(sl_cache_open(&cache, dir, key_of(path), &trouble), SL_OK);
    char junk[4096];
    memset(junk, 'x', sizeof junk);
    cr_assert_eq(sl_cache_store(&cache, junk, sizeof junk, &trouble), SL_OK);
    sl_cache_close(&cache);
    expect_origin(open_once(fault, dir), "compiled because the matcher refused");
    expect_origin(open_once(fault, dir), "taken from the cache");
}

Test(engine_cache, open_entry_of_another_pack_is_not_taken) {
    char path[512], aside[600];
    open_once(fault, dir);
    cr_assert_eq(find_entry(path, sizeof path), 1);
    snprintf(aside, sizeof aside, "%s/.aside", dir);
    cr_assert_eq(rename(path, aside), 0);
    open_once("  - {id: fault, weight: 3.0, raw: [guasto, rotto]}\n", dir);
    char other[512];
    cr_assert_eq(find_entry(other, sizeof other), 1);
    cr_assert_eq(rename(other, path), 0);
    expect_origin(open_once(fault, dir), "compiled because the entry");
}

Test(engine_cache, open_with_no_cache_keeps_nothing) {
    expect_origin(open_once(fault, ""), "compiled, not kept");
    char path[512];
    cr_expect_eq(find_entry(path, sizeof path), 0);
}

Test(engine_cache, open_with_folder_that_cannot_be_made_compiles) {
    expect_origin(open_once(fault, "/dev/null/sluice"), "compiled, not kept: cannot open");
}

Test(engine_cache, open_with_folder_that_others_can_write_does_not_trust_it) {
    open_once(fault, dir);
    cr_assert_eq(chmod(dir, 0702), 0);
    expect_origin(open_once(fault, dir), "compiled, not kept");
    cr_assert_eq(chmod(dir, 0720), 0);
    expect_origin(open_once(fault, dir), "compiled, not kept");
}

Test(engine_cache, open_with_entry_that_cannot_be_replaced_compiles) {
    char path[512], within[600];
    open_once(fault, dir);
    cr_assert_eq(find_entry(path, sizeof path), 1);
    cr_assert_eq(unlink(path), 0);
    cr_assert_eq(mkdir(path, 0700), 0);
    snprintf(within, sizeof within, "%s/within", path);
    cr_assert_eq(mkdir(within, 0700), 0);
    expect_origin(open_once(fault, dir), "compiled because");
    cr_expect_eq(find_entry(path, sizeof path), 1); // and no temporary file is left
}

Test(engine_cache, open_damaged_entry_without_room_for_another_deletes_it) {
    char path[512];
    open_once(fault, dir);
    cr_assert_eq(find_entry(path, sizeof path), 1);
    change_byte(path, size_of(path) - 1);
    struct rlimit limit = {.rlim_cur = 768, .rlim_max = RLIM_INFINITY};
    cr_assert_gt(size_of(path), (long)limit.rlim_cur);
    signal(SIGXFSZ, SIG_IGN);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    const char *origin = open_once(fault, dir);
    expect_origin(origin, "compiled because the entry");
    cr_expect_not_null(strstr(origin, "not kept: cannot write"), "%s", origin);
    cr_expect_eq(find_entry(path, sizeof path), 0); // nor is a temporary file left
}

Test(engine_cache, open_default_folder_is_below_the_users_cache) {
    char expected[128];
    struct stat made;
    setenv("XDG_CACHE_HOME", dir, 1);
    expect_origin(open_once(fault, NULL), "compiled and kept");
    snprintf(expected, sizeof expected, "%s/sluice", dir);
    cr_assert_eq(stat(expected, &made), 0);
    cr_expect_eq(made.st_mode & 0777, 0700);

    setenv("XDG_CACHE_HOME", "not/absolute", 1);
    setenv("HOME", dir, 1);
    expect_origin(open_once(fault, NULL), "compiled and kept");
    snprintf(expected, sizeof expected, "%s/.cache/sluice", dir);
    cr_expect_eq(stat(expected, &made), 0);
    expect_origin(open_once(fault, NULL), "taken from the cache");
}

Test(engine_cache, open_without_home_compiles) {
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HOME");
    expect_origin(open_once(fault, NULL), "compiled, not kept: neither XDG_CACHE_HOME nor HOME");
}

Test(engine_cache, open_by_many_processes_at_once_leaves_one_whole_entry) {
    enum { PROCESSES_COUNT = 6 };
    pid_t pids[PROCESSES_COUNT];
    for (int i = 0; i < PROCESSES_COUNT; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            for (int j = 0; j < 5; j++) {
                struct sl_engine *engine = sl_test_engine_open(fault, dir);
                sl_engine_close(engine);
                char path[512];
                if (i == 0 && find_entry(path, sizeof path) > 0) {
                    (void)!truncate(path, 100); // one of them damages what the others read
                }
            }
            _exit(0);
        }
    }
    for (int i = 0; i < PROCESSES_COUNT; i++) {
        int status;
        cr_assert_eq(waitpid(pids[i], &status, 0), pids[i]);
        cr_expect_eq(status, 0);
    }
    char path[512];
    open_once(fault, dir);
    cr_expect_eq(find_entry(path, sizeof path), 1);
    expect_origin(open_once(fault, dir), "taken from the cache");
}
