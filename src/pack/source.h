// SPDX-License-Identifier: Apache-2.0
//
// pack/source.h - the files of a pack: the one that was asked for, and those that it includes.
#ifndef SL_PACK_SOURCE_H
#define SL_PACK_SOURCE_H

#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "pack/problems.h"
#include "pack/yaml.h"

#define SL_SOURCE_BYTES_MAX (8u << 20) // of one file
#define SL_SOURCE_DEPTH_MAX 8          // includes within includes
#define SL_SOURCES_MAX      64

struct sl_source {
    const char *path;
    dev_t device;
    ino_t inode;
    const struct sl_yaml_node *root; // NULL: it could not be read
};

// The pack's own file first, then includes in the order in which they are named.
struct sl_sources {
    size_t count;
    struct sl_source list[SL_SOURCES_MAX];
};

struct sl_loader;

// Reads the file and its includes into loader->sources. What cannot be read is a problem each.
void sl_sources_read(struct sl_loader *loader, const char *path);

// A path that stands in the file `from`, relative to it, as the program opens it; in the pack's
// arena.
const char *sl_source_resolve(struct sl_loader *loader, const char *from, const char *name);

#endif
