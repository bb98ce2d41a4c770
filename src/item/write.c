// SPDX-License-Identifier: Apache-2.0
#include "item/write.h"

#include <limits.h>
#include <stdlib.h>

#include <sluice/item.h>

#include "item/emit.h"
#include "pack/pack.h"
#include "text/utf8.h"

_Static_assert(SL_UNFINISHED_PIECES <= SL_ITEM_EARLIER_MAX, "a reader takes all of them");

#define ITEM_VERSION   1
#define ITEM_KEYS      20
#define BODY_BYTES     1024u // of a body without its strings and masks, in either notation
#define MASK_BYTES     72u   // {"kind":"…","start":4294967295,"end":4294967295},
#define STRING_BYTES   5u    // before a string, in MessagePack
#define NAMES_MAX      256u  // of a queue and a pack, so that the frame stays within its bound
#define SOURCE_BYTES   4096u
#define ESCAPED_GROWTH 6u // one byte in JSON becomes at most \u00XX

struct output {
    char *at;
    const char *end;
};

struct sl_item_writer {
    enum sl_item_format format;
    const struct sl_pack *pack;
    size_t names_bytes; // at most, of all names and links in one body
    yajl_gen json;
    struct output output; // of json
    char source[SOURCE_BYTES * SL_UTF8_REPAIR_GROWTH];
};

static void print(void *context, const char *bytes, size_t len) {
    struct output *output = context;
    SL_ASSERT(len <= (size_t)(output->end - output->at));
    memcpy(output->at, bytes, len);
    output->at += len;
}

// Opening

static size_t longest(size_t a, size_t b) {
    return a > b ? a : b;
}

static size_t names_bytes(const struct sl_pack *pack) {
    size_t bytes = 0, pattern_bytes = 0;
    for (uint32_t i = 0; i < pack->topics_count; i++) {
        bytes += strlen(pack->topics[i]) + STRING_BYTES;
        for (const char *const *link = pack->knowledge[i]; link != NULL && *link != NULL; link++) {
            bytes += strlen(*link) + STRING_BYTES;
        }
    }
    for (uint32_t i = 0; i < pack->signals_count; i++) {
        bytes += strlen(pack->signals[i]) + STRING_BYTES;
    }
    for (uint32_t i = 0; i < pack->patterns_count; i++) {
        pattern_bytes = longest(pattern_bytes, strlen(pack->patterns[i].id) + STRING_BYTES);
    }
    return bytes + SL_VERDICT_REASONS_MAX * pattern_bytes;
}

static int check_names(const struct sl_pack *pack, struct sl_error *error) {
    size_t queue_bytes = 0;
    for (uint32_t i = 0; i < pack->routes_count; i++) {
        queue_bytes = longest(queue_bytes, strlen(pack->routes[i].queue));
    }
    if (queue_bytes + strlen(pack->full_name) > NAMES_MAX) {
        return sl_error_set(error,
                            "pack %s: its name and version and its longest queue have more than "
                            "%u bytes together; shorten one",
                            pack->full_name, NAMES_MAX);
    }
    return SL_OK;
}

int sl_item_writer_open(enum sl_item_format format, const struct sl_pack *pack,
                        struct sl_error *error, struct sl_item_writer **ret_writer) {
    if (check_names(pack, error) != SL_OK) {
        return SL_FAILED;
    }
    struct sl_item_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL || (writer->json = yajl_gen_alloc(NULL)) == NULL) {
        free(writer);
        return sl_error_set(error, "cannot allocate an item writer");
    }
    yajl_gen_config(writer->json, yajl_gen_print_callback, print, &writer->output);
    writer->format = format;
    writer->pack = pack;
    writer->names_bytes = names_bytes(pack);
    *ret_writer = writer;
    return SL_OK;
}

void sl_item_writer_close(struct sl_item_writer *writer) {
    if (writer != NULL) {
        yajl_gen_free(writer->json);
        free(writer);
    }
}

// What an item consists of, in the order of docs/work-item.md

EMIT_INLINE void emit_post(struct emit *emit, const struct sl_post *post) {
    emit_map(emit, 9);
    emit_key(emit, "id");
    emit_string(emit, post->id);
    emit_key(emit, "channel");
    emit_string(emit, post->channel);
    emit_key(emit, "page");
    emit_string(emit, post->page);
    emit_key(emit, "kind");
    emit_string(emit, post->kind);
    emit_key(emit, "created_at");
    emit_time(emit, post->created_at_ns);
    emit_key(emit, "parent_id");
    emit_string(emit, post->parent_id);
    emit_key(emit, "thread_id");
    emit_string(emit, post->thread_id);
    emit_key(emit, "lang");
    emit_string(emit, post->lang);
    emit_key(emit, "url");
    emit_string(emit, post->url);
    emit_map_end(emit);
}

EMIT_INLINE void emit_author(struct emit *emit, const struct sl_post *post) {
    emit_map(emit, 4);
    emit_key(emit, "id");
    emit_string(emit, post->author_id);
    emit_key(emit, "name");
    emit_string(emit, post->author_name);
    emit_key(emit, "handle");
    emit_string(emit, post->author_handle);
    emit_key(emit, "followers");
    if (post->followers < 0) {
        emit_null(emit);
    } else {
        emit_integer(emit, post->followers);
    }
    emit_map_end(emit);
}

// The text and its masks, with their keys: what another text goes out instead of.
EMIT_INLINE void emit_text(struct emit *emit, const char *text, size_t len,
                           const struct sl_mask *masks, uint32_t masks_count) {
    emit_key(emit, "text");
    emit_bytes(emit, text, len);
    emit_key(emit, "masks");
    emit_list(emit, masks_count);
    for (uint32_t i = 0; i < masks_count; i++) {
        emit_map(emit, 3);
        emit_key(emit, "kind");
        emit_word(emit, sl_kind_word(masks[i].kind));
        emit_key(emit, "start");
        emit_integer(emit, masks[i].start);
        emit_key(emit, "end");
        emit_integer(emit, masks[i].end);
        emit_map_end(emit);
    }
    emit_list_end(emit);
}

EMIT_INLINE void emit_why(struct emit *emit, const struct sl_pack *pack,
                          const struct sl_verdict *verdict) {
    emit_list(emit, verdict->why_count);
    for (uint8_t i = 0; i < verdict->why_count; i++) {
        uint16_t why = verdict->why[i];
        emit_word(emit, why == SL_VERDICT_REASON_MODEL ? "model" : pack->patterns[why].id);
    }
    emit_list_end(emit);
}

EMIT_INLINE void emit_agency(struct emit *emit, const struct sl_verdict *verdict) {
    if (verdict->flag == SL_FLAG_NONE) {
        emit_null(emit);
        return;
    }
    emit_map(emit, 2);
    emit_key(emit, "flag");
    emit_word(emit, sl_flag_word(verdict->flag));
    emit_key(emit, "judged");
    emit_word(emit, sl_label_word(verdict->judged));
    emit_map_end(emit);
}

EMIT_INLINE void emit_bits(struct emit *emit, uint64_t bits, const char *const *names) {
    emit_list(emit, (size_t)__builtin_popcountll(bits));
    for (; bits != 0; bits &= bits - 1) {
        emit_word(emit, names[__builtin_ctzll(bits)]);
    }
    emit_list_end(emit);
}

// The links of all topics found, each once.
static uint32_t collect_knowledge(const struct sl_pack *pack, uint64_t topics,
                                  const char *ret_links[static SL_ITEM_LIST_MAX]) {
    uint32_t count = 0;
    for (; topics != 0; topics &= topics - 1) {
        const char *const *link = pack->knowledge[__builtin_ctzll(topics)];
        for (; link != NULL && *link != NULL && count < SL_ITEM_LIST_MAX; link++) {
            uint32_t known = 0;
            while (known < count && strcmp(ret_links[known], *link) != 0) {
                known++;
            }
            ret_links[known] = *link;
            count += known == count;
        }
    }
    return count;
}

EMIT_INLINE void emit_knowledge(struct emit *emit, const struct sl_pack *pack, uint64_t topics) {
    const char *links[SL_ITEM_LIST_MAX];
    uint32_t count = collect_knowledge(pack, topics, links);
    emit_list(emit, count);
    for (uint32_t i = 0; i < count; i++) {
        emit_word(emit, links[i]);
    }
    emit_list_end(emit);
}

EMIT_INLINE void emit_request(struct emit *emit, const struct sl_decision *decision) {
    if (!decision->has_request) {
        emit_null(emit);
        return;
    }
    emit_map(emit, 3);
    emit_key(emit, "id");
    emit_hash(emit, decision->request.id);
    emit_key(emit, "turn");
    emit_integer(emit, decision->request.turn);
    emit_key(emit, "opened_at");
    emit_time(emit, decision->request.opened_at_ns);
    emit_map_end(emit);
}

EMIT_INLINE void emit_actions(struct emit *emit, uint32_t actions) {
    emit_list(emit, (size_t)__builtin_popcount(actions));
    for (; actions != 0; actions &= actions - 1) {
        emit_word(emit, sl_action_word((enum sl_action)__builtin_ctz(actions)));
    }
    emit_list_end(emit);
}

EMIT_INLINE void emit_criticals(struct emit *emit, uint32_t criticals) {
    emit_list(emit, (size_t)__builtin_popcount(criticals));
    for (; criticals != 0; criticals &= criticals - 1) {
        emit_word(emit, sl_critical_word((enum sl_critical)__builtin_ctz(criticals)));
    }
    emit_list_end(emit);
}

// From the first key to before that of the text.
EMIT_INLINE void emit_origin(struct emit *emit, struct sl_hash128 id, const struct sl_post *post) {
    emit_map(emit, ITEM_KEYS);
    emit_key(emit, "v");
    emit_integer(emit, ITEM_VERSION);
    emit_key(emit, "id");
    emit_hash(emit, id);
    emit_key(emit, "post");
    emit_post(emit, post);
    emit_key(emit, "author");
    emit_author(emit, post);
}

EMIT_INLINE void emit_care_to_label(struct emit *emit) {
    emit_key(emit, "care");
    emit_map(emit, 4);
    emit_key(emit, "label");
}

// From behind the label to the last key that the verdict fills.
EMIT_INLINE void emit_second_part(struct emit *emit, const struct sl_pack *pack,
                                  const struct sl_verdict *verdict) {
    emit_key(emit, "score");
    emit_number(emit, verdict->score_permille / 1000.0);
    emit_key(emit, "why");
    emit_why(emit, pack, verdict);
    emit_key(emit, "agency");
    emit_agency(emit, verdict);
    emit_map_end(emit);
    emit_key(emit, "topics");
    emit_bits(emit, verdict->topics, pack->topics);
    emit_key(emit, "line");
    emit_word(emit, sl_line_word(verdict->line));
    emit_key(emit, "signals");
    emit_bits(emit, verdict->signals, pack->signals);
    emit_key(emit, "knowledge");
    emit_knowledge(emit, pack, verdict->topics);
}

// What is to be masked in earlier items, now that the number is known for one.
EMIT_INLINE void emit_earlier(struct emit *emit, const struct sl_join *join) {
    uint32_t count = join != NULL ? join->earlier_count : 0;
    emit_list(emit, count);
    for (uint32_t i = 0; i < count; i++) {
        emit_map(emit, 4);
        emit_key(emit, "id");
        emit_hash(emit, join->earlier[i].item_id);
        emit_key(emit, "kind");
        emit_word(emit, sl_kind_word(join->kind));
        emit_key(emit, "start");
        emit_integer(emit, join->earlier[i].start);
        emit_key(emit, "end");
        emit_integer(emit, join->earlier[i].end);
        emit_map_end(emit);
    }
    emit_list_end(emit);
}

// What the desk decided.
EMIT_INLINE void emit_frame(struct emit *emit, const struct sl_pack *pack,
                            const struct sl_decision *decision) {
    emit_key(emit, "request");
    emit_request(emit, decision);
    emit_key(emit, "queue");
    emit_word(emit, decision->queue);
    emit_key(emit, "priority");
    emit_integer(emit, decision->priority);
    emit_key(emit, "due");
    emit_time(emit, decision->due_ns);
    emit_key(emit, "actions");
    emit_actions(emit, decision->actions);
    emit_key(emit, "critical");
    emit_criticals(emit, decision->criticals);
    emit_key(emit, "mask_earlier");
    emit_earlier(emit, decision->join);
    emit_key(emit, "override");
    emit_null(emit);
    emit_key(emit, "pack");
    emit_word(emit, pack->full_name);
}

// Bodies

struct sl_hash128 sl_item_id(const struct sl_post *post) {
    struct sl_str parts[] = {post->channel, post->page, post->id};
    return sl_hash128_parts(parts, sizeof parts / sizeof parts[0]);
}

size_t sl_item_body_bound(const struct sl_item_writer *writer, const struct sl_post *post,
                          const struct sl_verdict *verdict) {
    size_t strings = post->id.len + post->channel.len + post->page.len + post->kind.len +
                     post->parent_id.len + post->thread_id.len + post->lang.len + post->url.len +
                     post->author_id.len + post->author_name.len + post->author_handle.len +
                     verdict->masked.len + writer->names_bytes;
    return BODY_BYTES + verdict->masks_count * MASK_BYTES +
           strings * (writer->format == SL_ITEM_JSON ? ESCAPED_GROWTH : 1);
}

static struct sl_item_body write_msgpack_body(const struct sl_item_writer *writer,
                                              struct sl_hash128 id, const struct sl_post *post,
                                              const struct sl_verdict *verdict, char *out) {
    struct emit emit = {.format = SL_ITEM_MSGPACK, .at = out};
    struct sl_item_body body = {.bytes = out};
    emit_origin(&emit, id, post);
    body.text = (uint32_t)(emit.at - out);
    emit_text(&emit, verdict->masked.data, verdict->masked.len, verdict->masks,
              verdict->masks_count);
    body.text_end = (uint32_t)(emit.at - out);
    emit_care_to_label(&emit);
    body.cut = (uint32_t)(emit.at - out);
    emit_second_part(&emit, writer->pack, verdict);
    body.len = (uint32_t)(emit.at - out);
    return body;
}

// Lets the generator write a new text from `out` on.
EMIT_INLINE struct emit begin_json(struct sl_item_writer *writer, char *out, const char *end) {
    writer->output = (struct output){out, end};
    yajl_gen_reset(writer->json, NULL);
    return (struct emit){.format = SL_ITEM_JSON, .json = writer->json};
}

static struct sl_item_body write_json_body(struct sl_item_writer *writer, struct sl_hash128 id,
                                           const struct sl_post *post,
                                           const struct sl_verdict *verdict, char *out,
                                           size_t room) {
    struct emit emit = begin_json(writer, out, out + room);
    const struct output *output = &writer->output;
    struct sl_item_body body = {.bytes = out};
    emit_origin(&emit, id, post);
    body.text = (uint32_t)(output->at - out);
    emit_text(&emit, verdict->masked.data, verdict->masked.len, verdict->masks,
              verdict->masks_count);
    body.text_end = (uint32_t)(output->at - out);
    emit_care_to_label(&emit);
    // A number without digits: a hole, of which the generator thinks that it holds the label.
    emit_expect(yajl_gen_number(writer->json, "", 0));
    body.cut = (uint32_t)(output->at - out);
    emit_second_part(&emit, writer->pack, verdict);
    body.len = (uint32_t)(output->at - out);
    return body;
}

struct sl_item_body sl_item_write_body(struct sl_item_writer *writer, struct sl_hash128 id,
                                       const struct sl_post *post, const struct sl_verdict *verdict,
                                       char *out, size_t room) {
    SL_ASSERT(verdict->outcome == SL_JUDGED && verdict->masked.data != NULL);
    SL_ASSERT(verdict->why_count <= SL_VERDICT_REASONS_MAX);
    SL_ASSERT(room >= sl_item_body_bound(writer, post, verdict) && room <= UINT32_MAX);
    return writer->format == SL_ITEM_JSON ? write_json_body(writer, id, post, verdict, out, room)
                                          : write_msgpack_body(writer, id, post, verdict, out);
}

// Items

static char *append(char *at, const char *bytes, size_t len) {
    memcpy(at, bytes, len);
    return at + len;
}

static size_t write_msgpack(const struct sl_item_writer *writer, struct sl_item_body body,
                            const struct sl_decision *decision, char *out) {
    struct emit emit = {.format = SL_ITEM_MSGPACK, .at = out};
    uint32_t from = 0;
    if (body.instead != NULL) {
        emit.at = append(out, body.bytes, body.text);
        emit_text(&emit, body.instead->data, body.instead->len, body.instead->masks,
                  body.instead->masks_count);
        from = body.text_end;
    }
    emit.at = append(emit.at, body.bytes + from, body.cut - from);
    emit_word(&emit, sl_label_word(decision->label));
    emit.at = append(emit.at, body.bytes + body.cut, body.len - body.cut);
    emit_frame(&emit, writer->pack, decision);
    return (size_t)(emit.at - out);
}

// What goes on with an object is the same as an object of its own but for its first byte, and for
// its last where more comes behind it.
static char *write_json_text(struct sl_item_writer *writer, const struct sl_masked_text *text,
                             char *joint, const char *end) {
    struct emit emit = begin_json(writer, joint, end);
    emit_map(&emit, 0);
    emit_text(&emit, text->data, text->len, text->masks, text->masks_count);
    emit_map_end(&emit);
    *joint = ',';
    return writer->output.at - 1;
}

static size_t write_json(struct sl_item_writer *writer, struct sl_item_body body,
                         const struct sl_decision *decision, char *out, size_t room) {
    const char *end = out + room;
    char *at = out;
    uint32_t from = 0;
    if (body.instead != NULL) {
        at = write_json_text(writer, body.instead, append(out, body.bytes, body.text), end);
        from = body.text_end;
    }
    struct emit emit = begin_json(writer, append(at, body.bytes + from, body.cut - from), end);
    emit_word(&emit, sl_label_word(decision->label));
    char *joint = append(writer->output.at, body.bytes + body.cut, body.len - body.cut);
    emit = begin_json(writer, joint, end);
    emit_map(&emit, 0);
    emit_frame(&emit, writer->pack, decision);
    emit_map_end(&emit);
    *joint = ',';
    yajl_gen_reset(writer->json, "\n");
    return (size_t)(writer->output.at - out);
}

size_t sl_item_write(struct sl_item_writer *writer, struct sl_item_body body,
                     const struct sl_decision *decision, char *out, size_t room) {
    SL_ASSERT(room >= (size_t)body.len + SL_ITEM_FRAME_MAX_BYTES && body.cut <= body.len);
    return writer->format == SL_ITEM_JSON ? write_json(writer, body, decision, out, room)
                                          : write_msgpack(writer, body, decision, out);
}

// Quarantine

// File names need not be UTF-8.
static struct sl_str repaired_source(struct sl_item_writer *writer, struct sl_str source) {
    size_t len = source.len < SOURCE_BYTES ? source.len : SOURCE_BYTES;
    return (struct sl_str){writer->source, sl_utf8_repair(source.data, len, writer->source)};
}

size_t sl_item_write_quarantined(struct sl_item_writer *writer,
                                 const struct sl_quarantined *quarantined, char *out, size_t room) {
    struct emit emit = begin_json(writer, out, out + room);
    emit_map(&emit, 7);
    emit_key(&emit, "reason");
    emit_word(&emit, quarantined->reason);
    emit_key(&emit, "help");
    emit_word(&emit, quarantined->help);
    emit_key(&emit, "source");
    emit_string(&emit, repaired_source(writer, quarantined->source));
    emit_key(&emit, "line");
    emit_integer(&emit, (int64_t)quarantined->line);
    emit_key(&emit, "record_bytes");
    emit_integer(&emit, (int64_t)quarantined->record_bytes);
    emit_key(&emit, "cut");
    emit_bool(&emit, quarantined->cut);
    emit_key(&emit, "record");
    emit_string(&emit, quarantined->record);
    emit_map_end(&emit);
    yajl_gen_reset(writer->json, "\n");
    return (size_t)(writer->output.at - out);
}
