// SPDX-License-Identifier: Apache-2.0
//
// model/file.h - the file of a learned model.
//
// All numbers are little endian, on every machine; fractions are IEEE 754 doubles or singles. Parts
// follow each other, each beginning at a multiple of 64 bytes, zeros between:
//
//   header     SL_MODEL_HEADER_BYTES: struct header of file.c, field by field
//   care       int8[2^care_bits]: weight / care_scale of each bucket
//   heads      SL_MODEL_HEAD_BYTES each: kind, name, scale, bias, threshold
//   rows       int8[2^rows_bits][row_bytes]: a row of one byte a head, filled up to 16
//   patterns   id (as a place in the strings), weight for care
//   refusals   first, all, words_count: names that are hidden from the model
//   shown      words of strong weight for people to read, strongest first: place, posts, weight
//   strings    names and words, without ends
//
// The header holds the XXH3-64 of everything behind the checksum itself, the length of the file,
// the version of the format and that of the features. A reader refuses a file of another version,
// length or checksum, and one whose numbers are out of their bounds; it never trusts a count before
// the length of all parts fits the file's.
//
// Files are written whole beside their place, synced, and renamed into it.
#ifndef SL_MODEL_FILE_H
#define SL_MODEL_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "model/features.h"
#include "model/model.h"

#define SL_MODEL_VERSION      1
#define SL_MODEL_BITS_MIN     10
#define SL_MODEL_BITS_MAX     24
#define SL_MODEL_PATTERNS_MAX SL_PACK_PATTERNS_MAX
#define SL_MODEL_REFUSALS_MAX 65536
#define SL_MODEL_SHOWN_MAX    1024
#define SL_MODEL_NAME_MAX     64 // bytes of a name or of a word that is shown

enum sl_model_head_kind {
    SL_MODEL_TOPIC,
    SL_MODEL_SIGNAL,
};

struct sl_model_head {
    enum sl_model_head_kind kind;
    struct sl_str name;
    double scale; // of its column
    double bias;
    double threshold; // a logit: from here on it is said
};

struct sl_model_pattern {
    struct sl_str id;
    double weight;
};

struct sl_model_shown {
    struct sl_str word;
    uint32_t posts; // in which it stood at training
    double weight;
};

// All that a file says. Where it was read, pointers lead into the file's mapping or to tables that
// belong to it.
struct sl_model_parts {
    struct sl_str pack; // name@version of the pack it was trained with
    uint64_t posts, care_posts;
    uint64_t seed;
    double penalty;
    double bias, care_scale;
    double offset, rules_slope, model_slope; // the combination
    uint32_t threshold_permille;
    double precision, recall; // held out, at the threshold
    uint32_t care_bits, rows_bits, row_bytes;
    const int8_t *care;
    const int8_t *rows;
    const struct sl_model_head *heads;
    uint32_t heads_count;
    const struct sl_model_pattern *patterns;
    uint32_t patterns_count;
    const struct sl_refusal *refusals;
    uint32_t refusals_count;
    const struct sl_model_shown *shown;
    uint32_t shown_count;
};

struct sl_model_file {
    struct sl_model_parts parts;
    unsigned char *bytes; // the whole file, in a mapping of its own
    size_t len;
    void *tables; // heads, patterns, refusals, shown
};

// Reads and checks. Safe on any bytes whatever.
int sl_model_file_read(const char *path, struct sl_error *error, struct sl_model_file *ret_file);

// The same on bytes that the caller mapped; the file takes them over, also when this fails. `path`
// is for errors.
int sl_model_file_take(const char *path, unsigned char *bytes, size_t len, struct sl_error *error,
                       struct sl_model_file *ret_file);
void sl_model_file_done(struct sl_model_file *file);

int sl_model_file_write(const char *path, const struct sl_model_parts *parts,
                        struct sl_error *error);

// Bytes of one row for so many heads.
uint32_t sl_model_row_bytes(uint32_t heads_count);

#endif
