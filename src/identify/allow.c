// SPDX-License-Identifier: Apache-2.0
#include "identify/allow.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/hash.h"
#include "identify/value.h"
#include "text/fold.h"

// A value stands in the blob behind one byte for its kind.
struct slot {
    uint64_t hash;
    uint32_t offset;
    uint32_t len; // with that byte; 0: free
};

struct sl_allow {
    _Atomic uint32_t holders;
    uint32_t kinds; // bits: those that have values
    uint32_t count;
    uint32_t slots_count; // a power of two, at least twice the count
    struct slot *slots;
    unsigned char *blob;
    size_t blob_bytes, blob_room;
};

struct key {
    unsigned char bytes[1 + SL_VALUE_BYTES_MAX];
    uint32_t len; // 0: nothing to compare
};

static void make_key(enum sl_kind kind, const unsigned char *value, size_t len,
                     struct key *ret_key) {
    ret_key->bytes[0] = (unsigned char)kind;
    size_t written = sl_value_canonical(kind, value, len, ret_key->bytes + 1);
    ret_key->len = written > 0 ? (uint32_t)written + 1 : 0;
}

// The slot that holds the key, or the free one where it belongs.
static struct slot *find(const struct sl_allow *allow, const struct key *key, uint64_t hash) {
    uint32_t at = (uint32_t)hash & (allow->slots_count - 1);
    for (;; at = (at + 1) & (allow->slots_count - 1)) {
        struct slot *slot = &allow->slots[at];
        if (slot->len == 0 || (slot->hash == hash && slot->len == key->len &&
                               memcmp(allow->blob + slot->offset, key->bytes, key->len) == 0)) {
            return slot;
        }
    }
}

// Making a set.

static bool grow_slots(struct sl_allow *allow) {
    struct slot *old = allow->slots;
    uint32_t old_count = allow->slots_count;
    uint32_t count = old_count == 0 ? 64 : 2 * old_count;
    struct slot *slots = calloc(count, sizeof *slots);
    if (slots == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < old_count; i++) {
        uint32_t at = (uint32_t)old[i].hash & (count - 1);
        while (old[i].len > 0 && slots[at].len > 0) {
            at = (at + 1) & (count - 1);
        }
        if (old[i].len > 0) {
            slots[at] = old[i];
        }
    }
    free(old);
    allow->slots = slots;
    allow->slots_count = count;
    return true;
}

static bool grow_blob(struct sl_allow *allow) {
    size_t room = allow->blob_room == 0 ? 4096 : 2 * allow->blob_room;
    unsigned char *blob = room <= UINT32_MAX ? realloc(allow->blob, room) : NULL;
    if (blob == NULL) {
        return false;
    }
    allow->blob = blob;
    allow->blob_room = room;
    return true;
}

static bool add_key(struct sl_allow *allow, const struct key *key) {
    if (2 * (allow->count + 1) > allow->slots_count && !grow_slots(allow)) {
        return false;
    }
    while (allow->blob_room - allow->blob_bytes < key->len) {
        if (!grow_blob(allow)) {
            return false;
        }
    }
    uint64_t hash = sl_hash64(key->bytes, key->len);
    struct slot *slot = find(allow, key, hash);
    if (slot->len == 0) {
        memcpy(allow->blob + allow->blob_bytes, key->bytes, key->len);
        *slot = (struct slot){hash, (uint32_t)allow->blob_bytes, key->len};
        allow->blob_bytes += key->len;
        allow->count++;
        allow->kinds |= 1u << key->bytes[0];
    }
    return true;
}

static int no_memory(struct sl_error *error) {
    return sl_error_set(error, "no memory for the allow lists");
}

static int add_folded(struct sl_allow *allow, enum sl_kind kind, struct sl_str value,
                      struct sl_error *error) {
    struct key key;
    make_key(kind, (const unsigned char *)value.data, value.len, &key);
    return key.len == 0 || add_key(allow, &key) ? SL_OK : no_memory(error);
}

// Allow files.

// What is wrong with a line, NULL when nothing is.
static const char *fold_line(const char *line, size_t len, unsigned char *bytes, size_t room,
                             struct sl_folded *ret_folded) {
    uint32_t map[SL_PACK_ALLOW_BYTES_MAX * SL_FOLD_GROWTH + 1];
    if (len > SL_PACK_ALLOW_BYTES_MAX ||
        sl_fold(line, len, bytes, room, map, sizeof map / sizeof map[0], ret_folded) ==
            SL_FOLD_NO_ROOM) {
        return "expected a value of at most 256 bytes, found more";
    }
    ret_folded->map = NULL; // it ends with this function
    return ret_folded->repaired ? "expected UTF-8, found other bytes" : NULL;
}

static const char *add_line(struct sl_allow *allow, enum sl_kind kind, const char *line,
                            size_t len) {
    while (len > 0 && strchr(" \t\r\n", line[len - 1]) != NULL) {
        len--;
    }
    size_t blank = strspn(line, " \t");
    if (blank >= len || line[blank] == '#') {
        return NULL;
    }
    unsigned char bytes[SL_PACK_ALLOW_BYTES_MAX * SL_FOLD_GROWTH];
    struct sl_folded folded;
    struct key key;
    const char *wrong = fold_line(line + blank, len - blank, bytes, sizeof bytes, &folded);
    if (wrong != NULL) {
        return wrong;
    }
    make_key(kind, bytes, folded.len, &key);
    if (key.len == 0 || sl_value_characters(bytes, folded.len, 0, NULL) == 0) {
        return "expected a value of this kind, found none";
    }
    return add_key(allow, &key) ? NULL : "no memory for more values";
}

static int add_lines(struct sl_allow *allow, enum sl_kind kind, const char *path, FILE *file,
                     struct sl_error *error) {
    char *line = NULL;
    size_t room = 0, bytes = 0;
    unsigned long number = 0;
    const char *wrong = NULL;
    ssize_t len;
    while (wrong == NULL && (len = getline(&line, &room, file)) >= 0) {
        number++;
        bytes += (size_t)len;
        wrong = bytes > SL_ALLOW_FILE_BYTES_MAX ? "expected at most 64 MiB, found more"
                : strlen(line) < (size_t)len    ? "expected text, found a NUL byte"
                                                : add_line(allow, kind, line, (size_t)len);
    }
    free(line);
    if (wrong != NULL) {
        return sl_error_set(error, "%s:%lu: %s", path, number, wrong);
    }
    return ferror(file) ? sl_error_set(error, "%s: cannot read: %s", path, strerror(errno)) : SL_OK;
}

static int add_file(struct sl_allow *allow, enum sl_kind kind, const char *path,
                    struct sl_error *error) {
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return sl_error_set(error, "%s: the allow file of %s cannot be opened: %s", path,
                            sl_kind_word(kind), strerror(errno));
    }
    int result = add_lines(allow, kind, path, file, error);
    fclose(file);
    return result;
}

static int add_identifier(struct sl_allow *allow, enum sl_kind kind,
                          const struct sl_pack_identifier *identifier, struct sl_error *error) {
    for (uint32_t i = 0; i < identifier->allow_count; i++) {
        if (add_folded(allow, kind, identifier->allow[i], error) != SL_OK) {
            return SL_FAILED;
        }
    }
    return identifier->allow_file != NULL ? add_file(allow, kind, identifier->allow_file, error)
                                          : SL_OK;
}

int sl_allow_load(const struct sl_pack *pack, struct sl_error *error, struct sl_allow **ret_allow) {
    struct sl_allow *allow = calloc(1, sizeof *allow);
    if (allow == NULL) {
        return no_memory(error);
    }
    atomic_init(&allow->holders, 1);
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        if (add_identifier(allow, kind, &pack->identifiers[kind], error) != SL_OK) {
            sl_allow_release(allow);
            return SL_FAILED;
        }
    }
    *ret_allow = allow;
    return SL_OK;
}

// Asking.

uint32_t sl_allow_count(const struct sl_allow *allow) {
    return allow->count;
}

bool sl_allow_has(const struct sl_allow *allow, enum sl_kind kind, const unsigned char *value,
                  size_t len) {
    if ((allow->kinds >> kind & 1) == 0) {
        return false;
    }
    struct key key;
    make_key(kind, value, len, &key);
    return key.len > 0 && find(allow, &key, sl_hash64(key.bytes, key.len))->len > 0;
}

// Holding. A new holder comes from one that holds, so the count cannot be zero (relaxed is enough);
// the last to let go must see all that the others did before they let go.

struct sl_allow *sl_allow_hold(struct sl_allow *allow) {
    uint32_t holders = atomic_fetch_add_explicit(&allow->holders, 1, memory_order_relaxed);
    SL_ASSERT(holders > 0);
    return allow;
}

void sl_allow_release(struct sl_allow *allow) {
    if (allow == NULL || atomic_fetch_sub_explicit(&allow->holders, 1, memory_order_acq_rel) != 1) {
        return;
    }
    free(allow->slots);
    free(allow->blob);
    free(allow);
}

// The lock is held for a few instructions, and taken once a reload by each holder.

static void lock(struct sl_allow_shelf *shelf) {
    while (atomic_flag_test_and_set_explicit(&shelf->busy, memory_order_acquire)) {
    }
}

static void unlock(struct sl_allow_shelf *shelf) {
    atomic_flag_clear_explicit(&shelf->busy, memory_order_release);
}

void sl_allow_shelf_put(struct sl_allow_shelf *shelf, struct sl_allow *allow) {
    lock(shelf);
    struct sl_allow *old = shelf->current;
    shelf->current = allow;
    // Tells only that it is worth asking: what is read then is guarded by the lock.
    atomic_fetch_add_explicit(&shelf->generation, 1, memory_order_relaxed);
    unlock(shelf);
    sl_allow_release(old);
}

struct sl_allow *sl_allow_shelf_take(struct sl_allow_shelf *shelf, uint64_t *ret_generation) {
    lock(shelf);
    struct sl_allow *taken = sl_allow_hold(shelf->current);
    *ret_generation = atomic_load_explicit(&shelf->generation, memory_order_relaxed);
    unlock(shelf);
    return taken;
}

bool sl_allow_shelf_changed(const struct sl_allow_shelf *shelf, uint64_t generation) {
    return atomic_load_explicit(&shelf->generation, memory_order_relaxed) != generation;
}
