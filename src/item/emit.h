// SPDX-License-Identifier: Apache-2.0
//
// item/emit.h - one structure, two notations.
//
// The writer says what an item consists of once; each call here says it as MessagePack or as JSON.
// All of it is inlined, and the notation is a constant where it is used: so there is one copy of
// the writer for each, the choice is made by the compiler, and the place in the output stays in a
// register. MessagePack maps and lists begin with their length, JSON's end with a bracket: so they
// are opened with their length and closed.
//
// Nothing is checked here: the caller has made sure of the room.
#ifndef SL_ITEM_EMIT_H
#define SL_ITEM_EMIT_H

#include <string.h>

#include <msgpack/pack_define.h>
#include <msgpack/timestamp.h>
#include <yajl/yajl_gen.h>

#include "base/assert.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/str.h"
#include "item/notation.h"
#include "item/write.h"

struct emit {
    enum sl_item_format format;
    yajl_gen json; // JSON: knows where the next byte goes
    char *at;      // MessagePack: where the next byte goes
};

#define EMIT_INLINE static inline __attribute__((always_inline))

EMIT_INLINE void emit_append(struct emit *emit, const void *bytes, size_t len) {
    memcpy(emit->at, bytes, len);
    emit->at += len;
}

// msgpack-c's packer, made from its own template over the append above.
#define msgpack_pack_inline_func(name)               EMIT_INLINE void msgpack_pack##name
#define msgpack_pack_inline_func_cint(name)          EMIT_INLINE void msgpack_pack##name
#define msgpack_pack_inline_func_fixint(name)        EMIT_INLINE void msgpack_pack_fix##name
#define msgpack_pack_user                            struct emit *
#define msgpack_pack_append_buffer(user, bytes, len) emit_append(user, bytes, len)
#include <msgpack/pack_template.h>

EMIT_INLINE void emit_expect(yajl_gen_status status) {
    SL_ASSERT(status == yajl_gen_status_ok);
}

EMIT_INLINE void emit_map(struct emit *emit, size_t pairs_count) {
    if (emit->format == SL_ITEM_JSON) {
        emit_expect(yajl_gen_map_open(emit->json));
    } else {
        msgpack_pack_map(emit, pairs_count);
    }
}

EMIT_INLINE void emit_map_end(struct emit *emit) {
    if (emit->format == SL_ITEM_JSON) {
        emit_expect(yajl_gen_map_close(emit->json));
    }
}

EMIT_INLINE void emit_list(struct emit *emit, size_t entries_count) {
    if (emit->format == SL_ITEM_JSON) {
        emit_expect(yajl_gen_array_open(emit->json));
    } else {
        msgpack_pack_array(emit, entries_count);
    }
}

EMIT_INLINE void emit_list_end(struct emit *emit) {
    if (emit->format == SL_ITEM_JSON) {
        emit_expect(yajl_gen_array_close(emit->json));
    }
}

EMIT_INLINE void emit_null(struct emit *emit) {
    if (emit->format == SL_ITEM_JSON) {
        emit_expect(yajl_gen_null(emit->json));
    } else {
        msgpack_pack_nil(emit);
    }
}

EMIT_INLINE void emit_bytes(struct emit *emit, const char *bytes, size_t len) {
    if (emit->format == SL_ITEM_JSON) {
        emit_expect(yajl_gen_string(emit->json, (const unsigned char *)bytes, len));
    } else {
        msgpack_pack_str(emit, len);
        msgpack_pack_str_body(emit, bytes, len);
    }
}

// Of a literal, whose length is then a constant.
#define emit_key(emit, literal) emit_bytes((emit), (literal), sizeof(literal) - 1)

EMIT_INLINE void emit_word(struct emit *emit, const char *word) {
    emit_bytes(emit, word, strlen(word));
}

EMIT_INLINE void emit_string(struct emit *emit, struct sl_str string) {
    if (string.data == NULL) {
        emit_null(emit);
    } else {
        emit_bytes(emit, string.data, string.len);
    }
}

EMIT_INLINE void emit_integer(struct emit *emit, int64_t value) {
    if (emit->format == SL_ITEM_JSON) {
        emit_expect(yajl_gen_integer(emit->json, value));
    } else {
        msgpack_pack_int64(emit, value);
    }
}

EMIT_INLINE void emit_bool(struct emit *emit, bool value) {
    if (emit->format == SL_ITEM_JSON) {
        emit_expect(yajl_gen_bool(emit->json, value));
    } else if (value) {
        msgpack_pack_true(emit);
    } else {
        msgpack_pack_false(emit);
    }
}

EMIT_INLINE void emit_number(struct emit *emit, double number) {
    if (emit->format == SL_ITEM_JSON) {
        char text[SL_ITEM_NUMBER_BYTES];
        emit_expect(yajl_gen_number(emit->json, text, sl_item_number_format(number, text)));
    } else {
        msgpack_pack_double(emit, number);
    }
}

EMIT_INLINE void emit_time(struct emit *emit, int64_t time_ns) {
    if (time_ns == SL_TIME_NONE) {
        emit_null(emit);
    } else if (emit->format == SL_ITEM_JSON) {
        char text[SL_TIME_TEXT_BYTES];
        emit_bytes(emit, text, sl_time_format(time_ns, text));
    } else {
        msgpack_timestamp timestamp;
        timestamp.tv_sec = sl_item_time_split(time_ns, &timestamp.tv_nsec);
        msgpack_pack_timestamp(emit, &timestamp);
    }
}

EMIT_INLINE void emit_hash(struct emit *emit, struct sl_hash128 hash) {
    char hex[SL_HASH_HEX_BYTES];
    sl_hash128_hex(hash, hex);
    emit_bytes(emit, hex, sizeof hex);
}

#endif
