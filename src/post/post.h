// SPDX-License-Identifier: Apache-2.0
//
// post/post.h - one message of one author on one channel, and how it is read from a record.
//
// A record is one JSON object on a line (docs/post.md). The decoder reads the fields it knows,
// skips the others, and hands out views: into the record where the bytes stand there as they are,
// into the decoder's own memory where an escape had to be resolved or a string repaired. Both live
// until sl_post_decoder_reset; so a batch of posts is decoded, used and forgotten together.
//
// What is refused (a fault; the caller quarantines the record). Of several the first in reading
// order is told, except that id and text are missed at the end:
//   - the record is not one JSON object, is truncated, has anything behind it   SL_POST_NOT_JSON
//     or is nested deeper than SL_POST_DEPTH_MAX (anywhere, also in unknown fields)
//     SL_POST_TOO_DEEP
//   - `id` or `text` is absent, null or (id) empty          SL_POST_NO_ID, SL_POST_NO_TEXT
//   - a known field has a type it cannot have, or an id is too long             SL_POST_BAD_FIELD
//   - a known field stands in the object twice: which one was meant?        SL_POST_DUPLICATE_KEY
//   - `created_at` is no time                                                    SL_POST_BAD_TIME
//   - the record or the text exceeds its limit     SL_POST_RECORD_TOO_LONG, SL_POST_TEXT_TOO_LONG
//   - the batch's memory is used up (reset and decode again)                      SL_POST_NO_ROOM
// Fields nobody knows are checked like the others but for the escapes in their strings.
//
// Ids (`id`, `page`, `parent_id`, `thread_id`, `author.id`) are strings or integers of any size,
// kept as their digits: 2^53 and doubles play no part. null counts as absent everywhere. A BOM
// before the object, white space round it and a CR at the end are skipped. Invalid UTF-8 anywhere
// in the record, and lone surrogates in \u escapes of fields that are read, become U+FFFD and set
// `repaired`.
//
// Threads: a decoder belongs to one thread. Nothing is allocated after open, which takes about
// 45 MiB of address space, resident as used: a few KiB with ordinary records. Cost: 230 ns for 455
// bytes on a Zen 5, of which simdjson's index is 65 (post/index.h; its own on-demand parser takes
// 300 for the same fields).
#ifndef SL_POST_POST_H
#define SL_POST_POST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SL_POST_PADDING_BYTES    64 // readable behind a record, whatever they hold
#define SL_POST_RECORD_MAX_BYTES (1u << 20)
#define SL_POST_TEXT_MAX_BYTES   (256u << 10)
#define SL_POST_ID_MAX_BYTES     1024u // longer: SL_POST_BAD_FIELD
#define SL_POST_DEPTH_MAX        64
#define SL_POST_HASHTAGS_MAX     64 // more are passed over

struct sl_post {
    struct sl_str id;   // never absent
    struct sl_str text; // never absent, may be empty
    struct sl_str channel, page, kind, parent_id, thread_id, lang, url;
    struct sl_str author_id, author_name, author_handle;
    const struct sl_str *hashtags; // named beside the text, as they stand there
    uint32_t hashtags_count;
    int64_t created_at_ns; // or SL_TIME_NONE
    int64_t followers;     // or -1
    bool verified;
    bool from_brand;
    bool repaired; // the record was not valid Unicode
};

enum sl_post_fault {
    SL_POST_OK,
    SL_POST_NOT_JSON,
    SL_POST_TOO_DEEP,
    SL_POST_NO_ID,
    SL_POST_NO_TEXT,
    SL_POST_BAD_FIELD,
    SL_POST_DUPLICATE_KEY,
    SL_POST_BAD_TIME,
    SL_POST_RECORD_TOO_LONG,
    SL_POST_TEXT_TOO_LONG,
    SL_POST_NO_ROOM,
    SL_POST_FAULTS_COUNT,
};

// The fault as one lower_case word, for counters and quarantine, and as a sentence for people that
// says what to do.
const char *sl_post_fault_word(enum sl_post_fault fault);
const char *sl_post_fault_help(enum sl_post_fault fault);

struct sl_post_decoder;

int sl_post_decoder_open(struct sl_error *error, struct sl_post_decoder **ret_decoder);
void sl_post_decoder_close(struct sl_post_decoder *decoder);

// Forgets every post decoded since the last reset.
void sl_post_decoder_reset(struct sl_post_decoder *decoder);

// Decodes one record of `len` bytes, without its newline; SL_POST_PADDING_BYTES behind it are
// readable. On a fault *ret_post is not to be used.
enum sl_post_fault sl_post_decode(struct sl_post_decoder *decoder, const char *record, size_t len,
                                  struct sl_post *ret_post);

// A record that could not be decoded, made fit to be masked and shown: JSON escapes are resolved
// leniently (so that a disguise as \u0033 does not survive masking) and invalid UTF-8 is repaired.
// Writes at most `room` bytes, cut at a code point; returns the length.
size_t sl_post_record_to_text(const char *record, size_t len, char *out, size_t room);

#ifdef __cplusplus
}
#endif
#endif
