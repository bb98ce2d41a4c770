// SPDX-License-Identifier: Apache-2.0
//
// Goal: no bytes whatever make the pack's readers crash, hang or accept what the matcher cannot
// take.
// Method: libFuzzer; the first byte says what the rest is: a phrase (one to find or an exception,
// with a word group at hand), a raw pattern, a file, or a file behind a head that is right.
// Expressions that are accepted go through the real compiler.
#include <hs/hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pack/expression.h"
#include "pack/pack.h"
#include "text/fold.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char head[] = "pack: p\nversion: '1'\ncare: {threshold: 0.5, bias: -2}\n"
                           "topics: [fault]\nsignals: [spam]\n";

static void stop_when(bool wrong, const char *what) {
    if (wrong) {
        fprintf(stderr, "%s\n", what);
        abort();
    }
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    struct sl_error error = {0};
    stop_when(sl_fold_init(&error) != SL_OK, error.text);
    return 0;
}

// Only the compiler knows which borders contradict each other.
static void check_compiles(const char *regex, bool multiline) {
    hs_database_t *database = NULL;
    hs_compile_error_t *refused = NULL;
    stop_when(strchr(regex, '\n') != NULL, "a newline in an expression");
    if (hs_compile(regex, multiline ? HS_FLAG_MULTILINE : 0, HS_MODE_BLOCK, NULL, &database,
                   &refused) != HS_SUCCESS) {
        stop_when(strcmp(refused->message, "Pattern can never match.") != 0, refused->message);
        hs_free_compile_error(refused);
    }
    hs_free_database(database);
}

// <g> for phrases.
static void make_group(struct sl_arena *arena, struct sl_word_group *ret_group) {
    static const char *const entries[] = {"a", "b*", "*c", "d e"};
    static struct sl_pack_word_group known = {.name = "g"};
    struct sl_word_group_draft draft;
    struct sl_error error = {0};
    size_t column;
    sl_word_group_start(&draft);
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        stop_when(sl_word_group_add(&draft, entries[i], NULL, &error, &column) != SL_OK,
                  error.text);
    }
    ret_group->known_as = &known;
    stop_when(!sl_word_group_end(&draft, arena, ret_group), "no room for a group");
}

static void try_expression(bool raw, enum sl_phrase_use use, const char *text) {
    struct sl_arena arena;
    struct sl_error error = {0};
    struct sl_expression expression;
    size_t column = 0;
    stop_when(sl_arena_init(&arena, 1 << 20, &error) != SL_OK, error.text);
    struct sl_word_group group;
    make_group(&arena, &group);
    struct sl_word_groups groups = {&group, 1};
    int result =
        raw ? sl_expression_from_raw(text, &arena, &error, &column, &expression)
            : sl_expression_from_words(text, &groups, use, &arena, &error, &column, &expression);
    if (result == SL_OK) {
        check_compiles(expression.regex, expression.multiline);
        if (expression.behind_mentions != NULL) {
            check_compiles(expression.behind_mentions, true);
        }
    } else {
        stop_when(column < 1 || column > strlen(text) + 1, "a place outside the text");
        stop_when(error.length == 0 || strchr(error.text, '\n') != NULL, "not one line");
    }
    sl_arena_done(&arena);
}

static void try_file(bool with_head, const char *bytes, size_t len) {
    int fd = memfd_create("pack", MFD_CLOEXEC);
    stop_when(fd < 0, "no file in memory");
    size_t head_len = with_head ? sizeof head - 1 : 0;
    stop_when(write(fd, head, head_len) != (ssize_t)head_len ||
                  write(fd, bytes, len) != (ssize_t)len,
              "file not written");
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct sl_error error = {0};
    struct sl_pack *pack = NULL;
    if (sl_pack_load(path, &error, &pack) == SL_OK) {
        stop_when(pack->expressions_count == 0 || pack->routes_count == 0, "a pack of nothing");
        sl_pack_free(pack);
    } else {
        stop_when(error.length == 0, "refused without a word");
    }
    close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) {
        return 0;
    }
    char *text = calloc(1, size);
    stop_when(text == NULL, "no memory");
    memcpy(text, data + 1, size - 1);
    if (data[0] % 4 < 2) {
        try_expression(data[0] % 4 == 1, data[0] % 8 < 4 ? SL_PHRASE_FINDS : SL_PHRASE_UNLESS,
                       text);
    } else {
        try_file(data[0] % 4 == 3, text, size - 1);
    }
    free(text);
    return 0;
}
