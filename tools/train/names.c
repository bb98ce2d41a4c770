// SPDX-License-Identifier: Apache-2.0
#include "names.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/fold.h"

static bool fold_name(struct sl_str name, unsigned char *bytes, size_t room, size_t *ret_len) {
    uint32_t map[SL_REFUSAL_NAME_BYTES * SL_FOLD_GROWTH + 1];
    struct sl_folded folded;
    if (name.len == 0 || name.len > SL_REFUSAL_NAME_BYTES) {
        return false;
    }
    *ret_len = sl_fold(name.data, name.len, bytes, room, map, sizeof map / sizeof map[0], &folded);
    return *ret_len != SL_FOLD_NO_ROOM;
}

bool sl_names_add(struct sl_names *names, struct sl_str name) {
    unsigned char folded[SL_REFUSAL_NAME_BYTES * SL_FOLD_GROWTH];
    struct sl_refusal refusal;
    size_t len;
    if (!fold_name(name, folded, sizeof folded, &len) || !sl_refusal_from(folded, len, &refusal)) {
        return true;
    }
    for (uint32_t i = names->count; i > 0 && i + 8 > names->count; i--) {
        if (names->list[i - 1].refusal.all == refusal.all) { // posts of one brand stand together
            return true;
        }
    }
    if (names->count == names->room) {
        uint32_t room = names->room == 0 ? 256 : 2 * names->room;
        struct sl_name *list = realloc(names->list, room * sizeof *list);
        if (list == NULL) {
            return false;
        }
        names->list = list;
        names->room = room;
    }
    char *kept = strndup((const char *)folded, len);
    names->list[names->count++] = (struct sl_name){.name = kept, .refusal = refusal};
    return kept != NULL;
}

int sl_names_add_file(struct sl_names *names, const char *path, struct sl_error *error) {
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return sl_error_set(error, "%s: the file of names cannot be opened: %s", path,
                            strerror(errno));
    }
    char *line = NULL;
    size_t room = 0;
    unsigned long number = 0;
    ssize_t len;
    bool fits = true;
    while (fits && (len = getline(&line, &room, file)) >= 0) {
        number++;
        len -= len > 0 && line[len - 1] == '\n';
        fits = len <= SL_REFUSAL_NAME_BYTES;
        if (fits && len > 0 && line[0] != '#' &&
            !sl_names_add(names, (struct sl_str){line, (size_t)len})) {
            break;
        }
    }
    bool failed = ferror(file) != 0;
    free(line);
    fclose(file);
    if (!fits) {
        return sl_error_set(error, "%s:%lu: expected a name of at most %d bytes, found more", path,
                            number, SL_REFUSAL_NAME_BYTES);
    }
    return failed ? sl_error_set(error, "%s: cannot read: %s", path, strerror(errno)) : SL_OK;
}

static int compare_names(const void *a, const void *b) {
    const struct sl_name *x = a, *y = b;
    return x->refusal.all < y->refusal.all ? -1 : x->refusal.all > y->refusal.all;
}

bool sl_names_seal(struct sl_names *names, struct sl_refusals *ret_refusals) {
    uint32_t kept = 0;
    names->refusals = calloc(names->count + 1, sizeof *names->refusals);
    if (names->refusals == NULL) {
        return false;
    }
    if (names->count > 0) {
        qsort(names->list, names->count, sizeof *names->list, compare_names);
    }
    for (uint32_t i = 0; i < names->count; i++) {
        if (kept > 0 && names->list[kept - 1].refusal.all == names->list[i].refusal.all) {
            free(names->list[i].name);
        } else {
            names->list[kept++] = names->list[i];
        }
    }
    names->count = kept;
    for (uint32_t i = 0; i < kept; i++) {
        names->refusals[i] = names->list[i].refusal;
    }
    sl_refusals_init(ret_refusals, names->refusals, kept);
    return true;
}

static bool count_one(struct sl_names *names, const unsigned char *words, size_t len) {
    struct sl_name asked;
    if (!sl_refusal_from(words, len, &asked.refusal)) {
        return false;
    }
    struct sl_name *found =
        bsearch(&asked, names->list, names->count, sizeof *names->list, compare_names);
    if (found == NULL) {
        return false;
    }
    found->count++;
    return true;
}

void sl_names_count(struct sl_names *names, const unsigned char *words, size_t len) {
    if (count_one(names, words, len)) {
        return;
    }
    // Several names in a row: those of one word are told apart, the others are not counted.
    for (size_t at = 0; at < len;) {
        const unsigned char *space = memchr(words + at, ' ', len - at);
        size_t end = space != NULL ? (size_t)(space - words) : len;
        count_one(names, words + at, end - at);
        at = end + 1;
    }
}

void sl_names_done(struct sl_names *names) {
    for (uint32_t i = 0; i < names->count; i++) {
        free(names->list[i].name);
    }
    free(names->list);
    free(names->refusals);
    *names = (struct sl_names){0};
}
