// SPDX-License-Identifier: Apache-2.0
//
// engine/cache.h - compiled packs, kept on disk between starts.
//
// One file <key>.hsdb an entry: a header (magic, version, key, length, XXH3-64 of the content),
// then the content. An entry is written to a temporary file, synced and renamed, so any number of
// processes may use one folder at once: a reader sees a whole entry or none. An entry that is
// truncated, altered, of another version or of no use to the matcher is deleted, and written anew
// by whoever found it so.
//
// The folder must belong to the user or root, and neither group nor others may write to it: a
// database is as good as code.
//
// Nothing here is a failure of the program. A function that returns SL_FAILED says why in
// `trouble`, and the caller does without.
#ifndef SL_ENGINE_CACHE_H
#define SL_ENGINE_CACHE_H

#include <limits.h>
#include <stddef.h>

#include "base/error.h"
#include "base/hash.h"

struct sl_cache {
    int dir_fd;
    char dir[PATH_MAX];
    char name[SL_HASH_HEX_BYTES + sizeof ".hsdb"];
    struct sl_hash128 key;
};

// Opens the folder, creating it (0700) where it is missing. `dir` NULL: $XDG_CACHE_HOME/sluice, or
// ~/.cache/sluice; "": no cache.
int sl_cache_open(struct sl_cache *cache, const char *dir, struct sl_hash128 key,
                  struct sl_error *trouble);
void sl_cache_close(struct sl_cache *cache);

// The entry's content, to be freed by the caller; NULL with SL_OK when there is no entry.
int sl_cache_load(struct sl_cache *cache, struct sl_error *trouble, char **ret_content,
                  size_t *ret_len);

// Deletes the entry.
void sl_cache_drop(struct sl_cache *cache);

int sl_cache_store(struct sl_cache *cache, const char *content, size_t len,
                   struct sl_error *trouble);

#endif
