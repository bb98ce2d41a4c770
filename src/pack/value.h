// SPDX-License-Identifier: Apache-2.0
//
// pack/value.h - reads a value of the file as what it must be: a word, a number, one of a
// vocabulary, a map of known keys.
//
// Every function returns true and fills its out-parameter, or adds one problem (`key.path: expected
// …, found …`) and leaves it alone. A problem shows what was found only when that is a short word:
// texts of people never get into an error.
#ifndef SL_PACK_VALUE_H
#define SL_PACK_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pack/problems.h"
#include "pack/yaml.h"

#define SL_VALUE_NAME_BYTES_MAX 64

// The words that may stand somewhere; their order gives them their numbers.
struct sl_vocabulary {
    const char *what; // "a topic of this pack"; NULL: a problem lists the words
    const char *const *words;
    uint32_t count;
};

struct sl_loader;

// How a key's value gets into the thing that its map describes.
typedef void (*sl_field_fn)(struct sl_loader *loader, const struct sl_yaml_node *value, void *into);

struct sl_field {
    const char *key;
    sl_field_fn read;
    bool required;
};

// Reads a map key by key in the order of the file; keys that are not among the fields, and required
// fields that are not there, are problems.
bool sl_value_fields(struct sl_loader *loader, const struct sl_yaml_node *node,
                     const struct sl_field *fields, size_t fields_count, void *into);

// "expected …, found …" at this value; `expected` says what.
void sl_value_problem(struct sl_loader *loader, const struct sl_yaml_node *node,
                      const char *expected, ...) __attribute__((format(printf, 3, 4)));

// A line of the caller's own wording at a place within this value.
void sl_value_complain(struct sl_loader *loader, const struct sl_yaml_node *node,
                       struct sl_pack_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

// The place of a column of a text, counted in bytes from 1, where it stands in the file as it is.
struct sl_pack_place sl_value_place(const struct sl_yaml_node *node, size_t column);

bool sl_value_list(struct sl_loader *loader, const struct sl_yaml_node *node, const char *of);

// The items of a list, or the value itself when it is none.
const struct sl_yaml_node *sl_value_first(const struct sl_yaml_node *node);
const struct sl_yaml_node *sl_value_next(const struct sl_yaml_node *node,
                                         const struct sl_yaml_node *item);
uint32_t sl_value_count(const struct sl_yaml_node *node);

// Any text but none.
bool sl_value_text(struct sl_loader *loader, const struct sl_yaml_node *node,
                   struct sl_str *ret_text);

// Lower-case letters, digits and . _ -
bool sl_value_name(struct sl_loader *loader, const struct sl_yaml_node *node,
                   const char **ret_name);

// on, true, yes, off, false, no.
bool sl_value_bool(struct sl_loader *loader, const struct sl_yaml_node *node, bool *ret_value);

bool sl_value_integer(struct sl_loader *loader, const struct sl_yaml_node *node, int64_t least,
                      int64_t most, int64_t *ret_value);

// A number with up to three decimals, from least to most whole ones, in thousandths.
bool sl_value_milli(struct sl_loader *loader, const struct sl_yaml_node *node, int32_t least,
                    int32_t most, int32_t *ret_milli);

bool sl_value_word(struct sl_loader *loader, const struct sl_yaml_node *node,
                   const struct sl_vocabulary *vocabulary, uint32_t *ret_index);

// The same for the key under which `value` stands.
bool sl_value_key(struct sl_loader *loader, const struct sl_yaml_node *value,
                  const struct sl_vocabulary *vocabulary, uint32_t *ret_index);

// A word or a list of words, as bits.
bool sl_value_bits(struct sl_loader *loader, const struct sl_yaml_node *node,
                   const struct sl_vocabulary *vocabulary, uint64_t *ret_bits);

#endif
