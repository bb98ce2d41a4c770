// SPDX-License-Identifier: Apache-2.0
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <msgpack/unpack.h>

#include "base/assert.h"
#include "item/object.h"

#define KNOWN_VERSION 1

// msgpack-c takes memory for as many values as a list says it has, before it has seen them. So an
// item is first passed over byte by byte, to find its end and to count what is in it.
#define VALUES_MAX 65536u

struct sl_item_reader {
    unsigned char *bytes; // fed and not yet given back
    size_t capacity;
    size_t used;
    uint64_t offset;           // in the stream, of bytes[0]
    size_t item;               // where the item begins that is being read
    size_t at;                 // how far it has been passed over
    uint64_t due;              // values still to come until its end
    uint64_t values;           // seen and announced in it
    msgpack_unpacked unpacked; // of the item handed out last
    yajl_gen json;
    struct sl_error broken; // set once and for all
};

int sl_item_reader_open(struct sl_error *error, struct sl_item_reader **ret_reader) {
    struct sl_item_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL || (reader->json = yajl_gen_alloc(NULL)) == NULL) {
        free(reader);
        return sl_error_set(error, "cannot allocate an item reader");
    }
    msgpack_unpacked_init(&reader->unpacked);
    *ret_reader = reader;
    return SL_OK;
}

void sl_item_reader_close(struct sl_item_reader *reader) {
    if (reader != NULL) {
        msgpack_unpacked_destroy(&reader->unpacked);
        yajl_gen_free(reader->json);
        free(reader->bytes);
        free(reader);
    }
}

// Gives up what lies before the item that is being read.
static void drop_read(struct sl_item_reader *reader) {
    msgpack_unpacked_destroy(&reader->unpacked);
    if (reader->item > 0) {
        reader->used -= reader->item;
        memmove(reader->bytes, reader->bytes + reader->item, reader->used);
        reader->offset += reader->item;
        reader->at -= reader->item;
        reader->item = 0;
    }
}

int sl_item_reader_feed(struct sl_item_reader *reader, const void *bytes, size_t len,
                        struct sl_error *error) {
    if (reader->broken.length > 0) {
        *error = reader->broken;
        return SL_FAILED;
    }
    drop_read(reader);
    if (len > reader->capacity - reader->used) {
        size_t capacity = 2 * (reader->used + len);
        unsigned char *grown = realloc(reader->bytes, capacity);
        if (grown == NULL) {
            return sl_error_set(error, "cannot allocate %zu bytes for work items", capacity);
        }
        reader->bytes = grown;
        reader->capacity = capacity;
    }
    if (len > 0) {
        memcpy(reader->bytes + reader->used, bytes, len);
        reader->used += len;
    }
    return SL_OK;
}

// What follows the first byte of a value: a field that holds a length, then content.
struct head {
    uint8_t field_bytes;
    uint8_t content_bytes; // besides what the length says
    uint8_t each;          // values that come for each unit of length; 0: it counts bytes
};

// Of the first bytes from 0xc0 to 0xdf.
static const struct head heads[32] = {
    [0x04] = {1, 0, 0}, [0x05] = {2, 0, 0},  [0x06] = {4, 0, 0},                     // binary
    [0x07] = {1, 1, 0}, [0x08] = {2, 1, 0},  [0x09] = {4, 1, 0},                     // extension
    [0x0a] = {0, 4, 0}, [0x0b] = {0, 8, 0},                                          // float
    [0x0c] = {0, 1, 0}, [0x0d] = {0, 2, 0},  [0x0e] = {0, 4, 0}, [0x0f] = {0, 8, 0}, // natural
    [0x10] = {0, 1, 0}, [0x11] = {0, 2, 0},  [0x12] = {0, 4, 0}, [0x13] = {0, 8, 0}, // integer
    [0x14] = {0, 2, 0}, [0x15] = {0, 3, 0},  [0x16] = {0, 5, 0},                     // fixext
    [0x17] = {0, 9, 0}, [0x18] = {0, 17, 0},                                         //
    [0x19] = {1, 0, 0}, [0x1a] = {2, 0, 0},  [0x1b] = {4, 0, 0},                     // string
    [0x1c] = {2, 0, 1}, [0x1d] = {4, 0, 1},                                          // list
    [0x1e] = {2, 0, 2}, [0x1f] = {4, 0, 2},                                          // map
};

#define NEVER_USED 0xc1

static bool begins_map(unsigned char first) {
    return (first & 0xf0) == 0x80 || first == 0xde || first == 0xdf;
}

// The head that a first byte begins, and the length where it is in that byte.
static struct head read_head(unsigned char first, uint64_t *ret_length) {
    *ret_length = 0;
    if (first < 0x80 || first >= 0xe0) {
        return (struct head){0};
    }
    if (first >= 0xc0) {
        return heads[first - 0xc0];
    }
    if (first >= 0xa0) {
        *ret_length = first & 31u;
        return (struct head){0};
    }
    *ret_length = first & 15u;
    return (struct head){.each = first < 0x90 ? 2 : 1};
}

static enum sl_item_status break_off(struct sl_item_reader *reader, const char *what) {
    sl_error_set(&reader->broken, "work item at byte %" PRIu64 ": %s",
                 reader->offset + reader->item, what);
    return SL_ITEM_BROKEN;
}

// Passes over one value, or the head of one that holds others.
static enum sl_item_status pass_value(struct sl_item_reader *reader) {
    const unsigned char *first = reader->bytes + reader->at;
    size_t have = reader->used - reader->at;
    if (have == 0) {
        return SL_ITEM_MORE;
    }
    if (*first == NEVER_USED) {
        return break_off(reader, "it holds the byte 0xc1, which MessagePack never uses");
    }
    uint64_t length;
    struct head head = read_head(*first, &length);
    if (have < 1u + head.field_bytes) {
        return SL_ITEM_MORE;
    }
    for (int i = 1; i <= head.field_bytes; i++) {
        length = length << 8 | first[i];
    }
    uint64_t inside = length * head.each;
    uint64_t bytes = 1u + head.field_bytes + head.content_bytes + (head.each == 0 ? length : 0);
    if (bytes > SL_ITEM_MAX_BYTES - (reader->at - reader->item)) {
        return break_off(reader, "it has more than 16 MiB");
    }
    if (inside > VALUES_MAX - reader->values) {
        return break_off(reader, "it has more than 65536 values");
    }
    if (have < bytes) {
        return SL_ITEM_MORE;
    }
    reader->values += inside;
    reader->due += inside - 1;
    reader->at += bytes;
    return SL_ITEM_READY;
}

// To the end of the item, as far as it is there.
static enum sl_item_status pass_item(struct sl_item_reader *reader) {
    if (reader->due == 0) {
        if (reader->at == reader->used) {
            return SL_ITEM_MORE;
        }
        if (!begins_map(reader->bytes[reader->at])) {
            return break_off(reader, "expected a MessagePack map, found something else; is this "
                                     "a file of work items, and not their JSON form?");
        }
        reader->due = 1;
        reader->values = 1;
    }
    enum sl_item_status status = SL_ITEM_READY;
    while (reader->due > 0 && status == SL_ITEM_READY) {
        status = pass_value(reader);
    }
    return status;
}

static enum sl_item_status unpack(struct sl_item_reader *reader, struct sl_item *ret_item) {
    struct sl_error error = {0};
    if (msgpack_unpack_next(&reader->unpacked, (const char *)reader->bytes + reader->item,
                            reader->at - reader->item, NULL) != MSGPACK_UNPACK_SUCCESS) {
        return break_off(reader, "it is nested too deeply");
    }
    if (sl_item_object_check(&reader->unpacked.data, &error) != SL_OK ||
        sl_item_object_read(&reader->unpacked.data, ret_item, &error) != SL_OK) {
        return break_off(reader, error.text);
    }
    if (ret_item->version > KNOWN_VERSION) {
        return break_off(reader, "its version (`v`) is above 1, the one that is known here; "
                                 "update the reader");
    }
    return SL_ITEM_READY;
}

enum sl_item_status sl_item_reader_next(struct sl_item_reader *reader, struct sl_item *ret_item,
                                        struct sl_error *error) {
    enum sl_item_status status = SL_ITEM_BROKEN;
    msgpack_unpacked_destroy(&reader->unpacked);
    if (reader->broken.length == 0) {
        status = pass_item(reader);
    }
    if (status == SL_ITEM_READY) {
        status = unpack(reader, ret_item);
    }
    if (status == SL_ITEM_READY) {
        reader->item = reader->at;
    } else if (status == SL_ITEM_BROKEN) {
        *error = reader->broken;
    }
    return status;
}

int sl_item_reader_finish(struct sl_item_reader *reader, struct sl_error *error) {
    if (reader->broken.length == 0 && reader->used > reader->item) {
        break_off(reader, "the stream ends inside it");
    }
    if (reader->broken.length == 0) {
        return SL_OK;
    }
    *error = reader->broken;
    return SL_FAILED;
}

struct sl_text sl_item_reader_json(struct sl_item_reader *reader) {
    SL_ASSERT(reader->unpacked.zone != NULL);
    const unsigned char *bytes;
    size_t len;
    yajl_gen_clear(reader->json);
    yajl_gen_reset(reader->json, NULL);
    sl_item_object_show(&reader->unpacked.data, reader->json);
    // The separator that a reset writes ends the line.
    yajl_gen_reset(reader->json, "\n");
    yajl_gen_get_buf(reader->json, &bytes, &len);
    return (struct sl_text){.data = (const char *)bytes, .len = len};
}
