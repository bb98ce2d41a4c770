// SPDX-License-Identifier: Apache-2.0
//
// item/write.h - writes work items (docs/work-item.md) as MessagePack or as JSON lines.
//
// An item is written in two steps by two threads. The worker writes the *body*: all that follows
// from the post and its verdict alone. The desk writes the item round it: what it decided, and the
// label of `care`, which it may change. So the thread that sees every post copies bytes instead of
// packing them. The order of keys is that of the document, so a body has a cut in it where the
// label goes:
//
//     v id post author text masks care{ | label | score why agency } topics line signals knowledge
//     | request queue priority due actions critical mask_earlier override pack
//     `------- body, first part -------'         `------ body, second part ------------'
//
// Where the desk finds that the post finishes a number that was begun in an earlier one, another
// text and its masks go out instead of those in the body.
//
// MessagePack goes through msgpack-c's packer, made from its own template over an inlined append
// (item/emit.h; the stock callback packer costs ten times as much). JSON goes through yajl's
// generator. Strings must be valid UTF-8; the caller (post, engine) sees to that.
//
// Room: `sl_item_body_bound` says how many bytes a body can take at the most; the writers assert
// that they were given that. A verdict that is not SL_JUDGED has no text that may leave: writing
// its body asserts too.
//
// Threads: a writer belongs to one thread. Nothing is allocated after open. Cost, of an item of 800
// bytes: about 80 ns for the body and 45 ns for the item round it in MessagePack, 20 times that in
// JSON.
#ifndef SL_ITEM_WRITE_H
#define SL_ITEM_WRITE_H

#include <stddef.h>
#include <stdint.h>

#include <sluice/engine.h>

#include "base/error.h"
#include "base/hash.h"
#include "desk/desk.h"
#include "engine/mask.h"
#include "post/post.h"

enum sl_item_format {
    SL_ITEM_MSGPACK,
    SL_ITEM_JSON,
};

struct sl_item_writer;

struct sl_item_body {
    const char *bytes;
    uint32_t len;
    uint32_t cut;                         // bytes of the first part
    uint32_t text, text_end;              // in it: the text and its masks, with their keys
    const struct sl_masked_text *instead; // what goes out in their stead, or NULL
};

// The pack, for its names and links, outlives the writer. Fails when its name and its longest queue
// have more than 256 bytes together.
int sl_item_writer_open(enum sl_item_format format, const struct sl_pack *pack,
                        struct sl_error *error, struct sl_item_writer **ret_writer);
void sl_item_writer_close(struct sl_item_writer *writer);

// The item's id: XXH3-128 over channel, page and post id.
struct sl_hash128 sl_item_id(const struct sl_post *post);

// `post` as it may leave: its free-text fields (author_name, author_handle, url) have been masked
// by the caller. `post->text` is not looked at; the verdict's masked text is written.
size_t sl_item_body_bound(const struct sl_item_writer *writer, const struct sl_post *post,
                          const struct sl_verdict *verdict);
struct sl_item_body sl_item_write_body(struct sl_item_writer *writer, struct sl_hash128 id,
                                       const struct sl_post *post, const struct sl_verdict *verdict,
                                       char *out, size_t room);

// The whole item, at most body.len + SL_ITEM_FRAME_MAX_BYTES, also with another text that
// sl_mask_more made of the body's. Returns its length. A JSON item ends with a newline.
#define SL_ITEM_FRAME_MAX_BYTES 2560
size_t sl_item_write(struct sl_item_writer *writer, struct sl_item_body body,
                     const struct sl_decision *decision, char *out, size_t room);

// A record that was not let through, as one JSON line for the quarantine file, from a writer of
// either format. `record` is masked, or absent when it could not be; `source` may be any file name
// (its first 4,096 bytes are written, repaired). Returns the length; at most
// (record.len + source.len) * 6 + 2048.
struct sl_quarantined {
    const char *reason; // a word
    const char *help;   // a sentence
    struct sl_str source;
    uint64_t line;
    uint64_t record_bytes; // of the original
    bool cut;              // record holds only its beginning
    struct sl_str record;
};
size_t sl_item_write_quarantined(struct sl_item_writer *writer,
                                 const struct sl_quarantined *quarantined, char *out, size_t room);

#endif
