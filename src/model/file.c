// SPDX-License-Identifier: Apache-2.0
#include "model/file.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/fd.h"
#include "base/hash.h"
#include "text/utf8.h"

#define HEADER_BYTES   256
#define CHECKED_FROM   32 // what stands before is checked by itself
#define HEAD_BYTES     64
#define PATTERN_BYTES  16
#define REFUSAL_BYTES  24
#define SHOWN_BYTES    24
#define ALIGN_BYTES    64
#define FILE_BYTES_MAX ((size_t)1 << 32)

// No weight that was learned, and nothing that a sum of weights can be, comes near.
#define NUMBER_MAX 1e6

static const char magic[8] = "SLUICEML";

// Where each part begins, by the counts in the header.
struct layout {
    uint64_t care, heads, rows, patterns, refusals, shown, strings, end;
};

static uint64_t align_up(uint64_t at) {
    return (at + ALIGN_BYTES - 1) / ALIGN_BYTES * ALIGN_BYTES;
}

// Counts are within their limits, so nothing here can overflow.
static struct layout layout_of(const struct sl_model_parts *parts, uint64_t strings_bytes) {
    struct layout layout = {.care = HEADER_BYTES};
    layout.heads = align_up(layout.care + (UINT64_C(1) << parts->care_bits));
    layout.rows = align_up(layout.heads + (uint64_t)parts->heads_count * HEAD_BYTES);
    layout.patterns = align_up(layout.rows + ((uint64_t)parts->row_bytes << parts->rows_bits));
    layout.refusals = align_up(layout.patterns + (uint64_t)parts->patterns_count * PATTERN_BYTES);
    layout.shown = align_up(layout.refusals + (uint64_t)parts->refusals_count * REFUSAL_BYTES);
    layout.strings = align_up(layout.shown + (uint64_t)parts->shown_count * SHOWN_BYTES);
    layout.end = layout.strings + strings_bytes;
    return layout;
}

uint32_t sl_model_row_bytes(uint32_t heads_count) {
    return (heads_count + 15) / 16 * 16;
}

// Reading and writing of numbers.

static uint32_t get_u32(const unsigned char **at) {
    uint32_t value;
    memcpy(&value, *at, sizeof value);
    *at += sizeof value;
    return le32toh(value);
}

static uint64_t get_u64(const unsigned char **at) {
    uint64_t value;
    memcpy(&value, *at, sizeof value);
    *at += sizeof value;
    return le64toh(value);
}

static double get_double(const unsigned char **at) {
    uint64_t bits = get_u64(at);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void put_u32(unsigned char **at, uint32_t value) {
    value = htole32(value);
    memcpy(*at, &value, sizeof value);
    *at += sizeof value;
}

static void put_u64(unsigned char **at, uint64_t value) {
    value = htole64(value);
    memcpy(*at, &value, sizeof value);
    *at += sizeof value;
}

static void put_double(unsigned char **at, double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_u64(at, bits);
}

// Reading. `wrong` is the first thing found wrong; once it is set nothing more is read.

struct reader {
    const unsigned char *bytes;
    size_t len;
    struct layout layout;
    struct sl_model_parts parts;
    uint64_t strings_bytes;
    uint32_t pack_place, pack_len;
    const char *wrong;
};

static void expect(struct reader *reader, bool holds, const char *wrong) {
    if (!holds && reader->wrong == NULL) {
        reader->wrong = wrong;
    }
}

static bool is_number(double value, double least) {
    return value >= least && value <= NUMBER_MAX; // false for NaN
}

static void read_numbers(struct reader *reader) {
    struct sl_model_parts *parts = &reader->parts;
    const unsigned char *at = reader->bytes + CHECKED_FROM;
    reader->strings_bytes = get_u64(&at);
    reader->pack_place = get_u32(&at);
    reader->pack_len = get_u32(&at);
    parts->posts = get_u64(&at);
    parts->care_posts = get_u64(&at);
    parts->seed = get_u64(&at);
    parts->penalty = get_double(&at);
    parts->bias = get_double(&at);
    parts->care_scale = get_double(&at);
    parts->offset = get_double(&at);
    parts->rules_slope = get_double(&at);
    parts->model_slope = get_double(&at);
    parts->precision = get_double(&at);
    parts->recall = get_double(&at);
    parts->threshold_permille = get_u32(&at);
    parts->care_bits = get_u32(&at);
    parts->rows_bits = get_u32(&at);
    parts->row_bytes = get_u32(&at);
    parts->heads_count = get_u32(&at);
    parts->patterns_count = get_u32(&at);
    parts->refusals_count = get_u32(&at);
    parts->shown_count = get_u32(&at);
}

static bool are_bits(uint32_t bits) {
    return bits >= SL_MODEL_BITS_MIN && bits <= SL_MODEL_BITS_MAX;
}

static void check_numbers(struct reader *reader) {
    const struct sl_model_parts *parts = &reader->parts;
    expect(reader,
           are_bits(parts->care_bits) && are_bits(parts->rows_bits) &&
               parts->heads_count <= SL_MODEL_HEADS_MAX &&
               parts->row_bytes == sl_model_row_bytes(parts->heads_count) &&
               parts->patterns_count <= SL_MODEL_PATTERNS_MAX &&
               parts->refusals_count <= SL_MODEL_REFUSALS_MAX &&
               parts->shown_count <= SL_MODEL_SHOWN_MAX && reader->strings_bytes < FILE_BYTES_MAX,
           "a size in its header is beyond its limit");
    expect(reader,
           is_number(parts->bias, -NUMBER_MAX) && is_number(parts->care_scale, 0) &&
               is_number(parts->offset, -NUMBER_MAX) && is_number(parts->rules_slope, 0) &&
               is_number(parts->model_slope, 0) && is_number(parts->penalty, 0) &&
               is_number(parts->precision, 0) && is_number(parts->recall, 0) &&
               parts->threshold_permille <= 1000,
           "a number in its header is out of bounds");
}

static void read_header(struct reader *reader) {
    const unsigned char *at = reader->bytes + sizeof magic;
    if (reader->len < HEADER_BYTES || memcmp(reader->bytes, magic, sizeof magic) != 0) {
        reader->wrong = "expected a model made by sluice-train, found another file";
        return;
    }
    uint32_t version = get_u32(&at), features = get_u32(&at);
    uint64_t len = get_u64(&at), checksum = get_u64(&at);
    expect(reader, version == SL_MODEL_VERSION && features == SL_FEATURES_VERSION,
           "it was made by another version of sluice-train; train it again with this one");
    expect(reader, len == reader->len,
           "it is longer or shorter than it says; copy it again, it was cut");
    expect(reader, checksum == sl_hash64(reader->bytes + CHECKED_FROM, reader->len - CHECKED_FROM),
           "its checksum is wrong; copy it again, it was damaged");
    read_numbers(reader);
    check_numbers(reader);
    if (reader->wrong == NULL) {
        reader->layout = layout_of(&reader->parts, reader->strings_bytes);
        expect(reader, reader->layout.end == reader->len, "its parts do not fill it");
    }
}

// Text that may be shown: valid, and without control characters.
static bool is_text(const unsigned char *bytes, size_t len) {
    for (size_t at = 0; at < len;) {
        uint32_t code_point;
        bool valid;
        at += sl_utf8_decode(bytes + at, len - at, &code_point, &valid);
        if (!valid || code_point < 0x20 || code_point == 0x7F) {
            return false;
        }
    }
    return true;
}

static struct sl_str string_at(struct reader *reader, uint32_t place, uint32_t len) {
    const unsigned char *strings = reader->bytes + reader->layout.strings;
    bool fits = len > 0 && len <= 2 * SL_MODEL_NAME_MAX + 1 && place <= reader->strings_bytes &&
                len <= reader->strings_bytes - place;
    expect(reader, fits && is_text(strings + place, len), "a name in it is none");
    return (struct sl_str){(const char *)strings + place, len};
}

static void read_heads(struct reader *reader, struct sl_model_head *heads) {
    const unsigned char *at = reader->bytes + reader->layout.heads;
    for (uint32_t i = 0; i < reader->parts.heads_count && reader->wrong == NULL; i++) {
        const unsigned char *next = at + HEAD_BYTES;
        uint32_t kind = get_u32(&at), place = get_u32(&at), len = get_u32(&at);
        get_u32(&at);
        heads[i] = (struct sl_model_head){.kind = (enum sl_model_head_kind)kind};
        heads[i].name = string_at(reader, place, len);
        heads[i].scale = get_double(&at);
        heads[i].bias = get_double(&at);
        heads[i].threshold = get_double(&at);
        expect(reader,
               kind <= SL_MODEL_SIGNAL && is_number(heads[i].scale, 0) &&
                   is_number(heads[i].bias, -NUMBER_MAX) &&
                   is_number(heads[i].threshold, -NUMBER_MAX),
               "a head in it is out of bounds");
        at = next;
    }
}

static void read_patterns(struct reader *reader, struct sl_model_pattern *patterns) {
    const unsigned char *at = reader->bytes + reader->layout.patterns;
    for (uint32_t i = 0; i < reader->parts.patterns_count && reader->wrong == NULL; i++) {
        uint32_t place = get_u32(&at), len = get_u32(&at);
        patterns[i].id = string_at(reader, place, len);
        patterns[i].weight = get_double(&at);
        expect(reader, is_number(patterns[i].weight, -NUMBER_MAX),
               "a weight in it is out of bounds");
    }
}

static void read_refusals(struct reader *reader, struct sl_refusal *refusals) {
    const unsigned char *at = reader->bytes + reader->layout.refusals;
    for (uint32_t i = 0; i < reader->parts.refusals_count && reader->wrong == NULL; i++) {
        refusals[i] = (struct sl_refusal){.first = get_u64(&at), .all = get_u64(&at)};
        refusals[i].words_count = get_u32(&at);
        get_u32(&at);
        expect(reader,
               refusals[i].words_count > 0 && refusals[i].words_count <= SL_REFUSAL_WORDS_MAX,
               "a name that it refuses is out of bounds");
    }
}

static void read_shown(struct reader *reader, struct sl_model_shown *shown) {
    const unsigned char *at = reader->bytes + reader->layout.shown;
    for (uint32_t i = 0; i < reader->parts.shown_count && reader->wrong == NULL; i++) {
        uint32_t place = get_u32(&at), len = get_u32(&at);
        shown[i].word = string_at(reader, place, len);
        shown[i].weight = get_double(&at);
        shown[i].posts = get_u32(&at);
        get_u32(&at);
        expect(reader, is_number(shown[i].weight, -NUMBER_MAX), "a weight in it is out of bounds");
    }
}

static void read_tables(struct reader *reader, void *tables) {
    struct sl_model_parts *parts = &reader->parts;
    struct sl_model_head *heads = tables;
    struct sl_model_pattern *patterns = (void *)(heads + parts->heads_count);
    struct sl_refusal *refusals = (void *)(patterns + parts->patterns_count);
    struct sl_model_shown *shown = (void *)(refusals + parts->refusals_count);
    read_heads(reader, heads);
    read_patterns(reader, patterns);
    read_refusals(reader, refusals);
    read_shown(reader, shown);
    parts->pack = string_at(reader, reader->pack_place, reader->pack_len);
    parts->care = (const int8_t *)reader->bytes + reader->layout.care;
    parts->rows = (const int8_t *)reader->bytes + reader->layout.rows;
    parts->heads = heads;
    parts->patterns = patterns;
    parts->refusals = refusals;
    parts->shown = shown;
}

_Static_assert(alignof(struct sl_model_head) == 8 && alignof(struct sl_model_pattern) == 8 &&
                   alignof(struct sl_refusal) == 8 && alignof(struct sl_model_shown) == 8,
               "the tables of a file follow each other");

static size_t tables_bytes(const struct sl_model_parts *parts) {
    return parts->heads_count * sizeof *parts->heads +
           parts->patterns_count * sizeof *parts->patterns +
           parts->refusals_count * sizeof *parts->refusals +
           parts->shown_count * sizeof *parts->shown;
}

int sl_model_file_take(const char *path, unsigned char *bytes, size_t len, struct sl_error *error,
                       struct sl_model_file *ret_file) {
    struct reader reader = {.bytes = bytes, .len = len};
    *ret_file = (struct sl_model_file){.bytes = bytes, .len = len};
    read_header(&reader);
    if (reader.wrong == NULL) {
        ret_file->tables = malloc(tables_bytes(&reader.parts) + 1);
        if (ret_file->tables == NULL) {
            reader.wrong = "no memory for its tables";
        } else {
            read_tables(&reader, ret_file->tables);
        }
    }
    if (reader.wrong != NULL) {
        sl_model_file_done(ret_file);
        return sl_error_set(error, "%s: the model is refused: %s", path, reader.wrong);
    }
    ret_file->parts = reader.parts;
    return SL_OK;
}

static int map_file(const char *path, int fd, struct sl_error *error, unsigned char **ret_bytes,
                    size_t *ret_len) {
    struct stat stat;
    if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) {
        return sl_error_set(error, "%s: expected a model file, found something else", path);
    }
    if (stat.st_size == 0 || (uint64_t)stat.st_size > FILE_BYTES_MAX) {
        return sl_error_set(error, "%s: the model is refused: expected 1 byte to 4 GiB, found %lld",
                            path, (long long)stat.st_size);
    }
    size_t len = (size_t)stat.st_size;
    unsigned char *bytes =
        mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED) {
        return sl_error_set(error, "%s: no memory for its %zu bytes", path, len);
    }
    if (!sl_fd_read_all(fd, bytes, len) || mprotect(bytes, len, PROT_READ) != 0) {
        munmap(bytes, len);
        return sl_error_set(error, "%s: cannot read it whole: %s", path, strerror(errno));
    }
    *ret_bytes = bytes;
    *ret_len = len;
    return SL_OK;
}

int sl_model_file_read(const char *path, struct sl_error *error, struct sl_model_file *ret_file) {
    unsigned char *bytes = NULL;
    size_t len = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return sl_error_set(error, "%s: the model cannot be opened: %s", path, strerror(errno));
    }
    int result = map_file(path, fd, error, &bytes, &len);
    close(fd);
    return result == SL_OK ? sl_model_file_take(path, bytes, len, error, ret_file) : SL_FAILED;
}

void sl_model_file_done(struct sl_model_file *file) {
    if (file->bytes != NULL) {
        munmap(file->bytes, file->len);
    }
    free(file->tables);
    *file = (struct sl_model_file){0};
}

// Writing.

struct writer {
    struct layout layout;
    uint64_t strings_used;
    unsigned char *bytes;
};

static uint64_t strings_bytes(const struct sl_model_parts *parts) {
    uint64_t bytes = parts->pack.len;
    for (uint32_t i = 0; i < parts->heads_count; i++) {
        bytes += parts->heads[i].name.len;
    }
    for (uint32_t i = 0; i < parts->patterns_count; i++) {
        bytes += parts->patterns[i].id.len;
    }
    for (uint32_t i = 0; i < parts->shown_count; i++) {
        bytes += parts->shown[i].word.len;
    }
    return bytes;
}

static void put_string(struct writer *writer, unsigned char **at, struct sl_str string) {
    put_u32(at, (uint32_t)writer->strings_used);
    put_u32(at, (uint32_t)string.len);
    memcpy(writer->bytes + writer->layout.strings + writer->strings_used, string.data, string.len);
    writer->strings_used += string.len;
}

static void write_numbers(struct writer *writer, const struct sl_model_parts *parts) {
    unsigned char *at = writer->bytes + CHECKED_FROM;
    put_u64(&at, strings_bytes(parts));
    put_string(writer, &at, parts->pack);
    put_u64(&at, parts->posts);
    put_u64(&at, parts->care_posts);
    put_u64(&at, parts->seed);
    put_double(&at, parts->penalty);
    put_double(&at, parts->bias);
    put_double(&at, parts->care_scale);
    put_double(&at, parts->offset);
    put_double(&at, parts->rules_slope);
    put_double(&at, parts->model_slope);
    put_double(&at, parts->precision);
    put_double(&at, parts->recall);
    put_u32(&at, parts->threshold_permille);
    put_u32(&at, parts->care_bits);
    put_u32(&at, parts->rows_bits);
    put_u32(&at, parts->row_bytes);
    put_u32(&at, parts->heads_count);
    put_u32(&at, parts->patterns_count);
    put_u32(&at, parts->refusals_count);
    put_u32(&at, parts->shown_count);
}

static void write_tables(struct writer *writer, const struct sl_model_parts *parts) {
    unsigned char *at = writer->bytes + writer->layout.heads;
    for (uint32_t i = 0; i < parts->heads_count; i++, at += HEAD_BYTES - 40) {
        put_u32(&at, parts->heads[i].kind);
        put_string(writer, &at, parts->heads[i].name);
        put_u32(&at, 0);
        put_double(&at, parts->heads[i].scale);
        put_double(&at, parts->heads[i].bias);
        put_double(&at, parts->heads[i].threshold);
    }
    at = writer->bytes + writer->layout.patterns;
    for (uint32_t i = 0; i < parts->patterns_count; i++) {
        put_string(writer, &at, parts->patterns[i].id);
        put_double(&at, parts->patterns[i].weight);
    }
    at = writer->bytes + writer->layout.refusals;
    for (uint32_t i = 0; i < parts->refusals_count; i++) {
        put_u64(&at, parts->refusals[i].first);
        put_u64(&at, parts->refusals[i].all);
        put_u32(&at, parts->refusals[i].words_count);
        put_u32(&at, 0);
    }
    at = writer->bytes + writer->layout.shown;
    for (uint32_t i = 0; i < parts->shown_count; i++) {
        put_string(writer, &at, parts->shown[i].word);
        put_double(&at, parts->shown[i].weight);
        put_u32(&at, parts->shown[i].posts);
        put_u32(&at, 0);
    }
}

// Zeroed bytes in, the whole file out. The front comes last: its checksum is over all the rest.
static void fill(struct writer *writer, const struct sl_model_parts *parts) {
    size_t len = writer->layout.end;
    unsigned char *at = writer->bytes + sizeof magic;
    write_numbers(writer, parts);
    write_tables(writer, parts);
    memcpy(writer->bytes + writer->layout.care, parts->care, (size_t)1 << parts->care_bits);
    if (parts->row_bytes > 0) {
        memcpy(writer->bytes + writer->layout.rows, parts->rows,
               (size_t)parts->row_bytes << parts->rows_bits);
    }
    memcpy(writer->bytes, magic, sizeof magic);
    put_u32(&at, SL_MODEL_VERSION);
    put_u32(&at, SL_FEATURES_VERSION);
    put_u64(&at, len);
    put_u64(&at, sl_hash64(writer->bytes + CHECKED_FROM, len - CHECKED_FROM));
}

static int store(const char *path, const unsigned char *bytes, size_t len, struct sl_error *error) {
    char beside[4096];
    if (snprintf(beside, sizeof beside, "%s.%ld.new", path, (long)getpid()) >= (int)sizeof beside) {
        return sl_error_set(error, "%s: the path is too long", path);
    }
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool stored =
        fd >= 0 && sl_fd_write_all(fd, bytes, len) && fsync(fd) == 0 && rename(beside, path) == 0;
    int reason = errno;
    if (fd >= 0) {
        close(fd);
    }
    if (!stored) {
        unlink(beside);
        return sl_error_set(error, "%s: the model cannot be written: %s", path, strerror(reason));
    }
    return SL_OK;
}

int sl_model_file_write(const char *path, const struct sl_model_parts *parts,
                        struct sl_error *error) {
    SL_ASSERT(are_bits(parts->care_bits) && are_bits(parts->rows_bits));
    SL_ASSERT(parts->row_bytes == sl_model_row_bytes(parts->heads_count));
    SL_ASSERT(parts->heads_count <= SL_MODEL_HEADS_MAX &&
              parts->patterns_count <= SL_MODEL_PATTERNS_MAX &&
              parts->refusals_count <= SL_MODEL_REFUSALS_MAX &&
              parts->shown_count <= SL_MODEL_SHOWN_MAX);
    struct writer writer = {.layout = layout_of(parts, strings_bytes(parts))};
    writer.bytes = calloc(1, writer.layout.end);
    if (writer.bytes == NULL) {
        return sl_error_set(error, "%s: no memory for its %llu bytes", path,
                            (unsigned long long)writer.layout.end);
    }
    fill(&writer, parts);
    int result = store(path, writer.bytes, writer.layout.end, error);
    free(writer.bytes);
    return result;
}
