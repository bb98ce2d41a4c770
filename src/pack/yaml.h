// SPDX-License-Identifier: Apache-2.0
//
// pack/yaml.h - one YAML file as a tree of values, each with its place.
//
// A subset on purpose: one document, plain values, no anchors, aliases or tags (an alias lets a
// kilobyte stand for a gigabyte, a tag says what a reader should decide), no keys but words, no key
// twice. Values are text here; value.h reads them as what they must be.
//
// Nodes and texts live in the arenas they were made in. libyaml allocates while it reads and gives
// everything back.
#ifndef SL_PACK_YAML_H
#define SL_PACK_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "pack/problems.h"

#define SL_YAML_DEPTH_MAX 32
#define SL_YAML_KEYS_MAX  256 // of one map

enum sl_yaml_kind {
    SL_YAML_TEXT,
    SL_YAML_LIST,
    SL_YAML_MAP,
};

struct sl_yaml_node {
    enum sl_yaml_kind kind;
    struct sl_pack_place place;
    struct sl_str text;   // of SL_YAML_TEXT; terminated, holds no NUL
    uint32_t text_column; // where the text begins when it stands in the file as it is; else 0
    bool quoted;
    uint32_t count;                    // items of a list, keys of a map
    const struct sl_yaml_node *first;  // item of a list, or value of a map
    const struct sl_yaml_node *next;   // in the same list or map
    const struct sl_yaml_node *parent; // NULL: the root
    const char *key;                   // in a map
    struct sl_pack_place key_place;
    uint32_t index; // in the list or map
};

// What a file's tree is made of and in.
struct sl_yaml_input {
    const char *file;
    struct sl_str bytes;    // valid UTF-8
    struct sl_arena *texts; // lives as long as the pack
    struct sl_arena *nodes; // lives while the pack is loaded
    struct sl_problems *problems;
};

// The root, or NULL when the bytes are not such YAML; the problems then say why. Keys that stand
// twice are a problem each and do not end the reading.
const struct sl_yaml_node *sl_yaml_parse(const struct sl_yaml_input *input);

// The value of a key, or NULL.
const struct sl_yaml_node *sl_yaml_find(const struct sl_yaml_node *map, const char *key);

#endif
