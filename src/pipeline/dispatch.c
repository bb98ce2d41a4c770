// SPDX-License-Identifier: Apache-2.0
#include "pipeline/dispatch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "engine/internal.h"
#include "pipeline/intake.h"

#define COMPLETIONS_COUNT (2 * SL_SINK_BUFFERS_COUNT)

int sl_dispatch_init(struct sl_dispatch *dispatch, struct sl_error *error) {
    const struct sl_pack *pack = sl_engine_pack(dispatch->engine);
    dispatch->by_route = calloc(pack->routes_count, sizeof *dispatch->by_route);
    if (dispatch->by_route == NULL) {
        return sl_error_set(error, "no memory for %u routes: %s", pack->routes_count,
                            strerror(errno));
    }
    if (sl_desk_open(pack, error, &dispatch->desk) != SL_OK ||
        sl_item_writer_open(dispatch->format, pack, error, &dispatch->writer) != SL_OK) {
        sl_dispatch_done(dispatch);
        return SL_FAILED;
    }
    return SL_OK;
}

void sl_dispatch_done(struct sl_dispatch *dispatch) {
    sl_item_writer_close(dispatch->writer);
    sl_desk_close(dispatch->desk);
    free(dispatch->by_route);
    dispatch->writer = NULL;
    dispatch->desk = NULL;
    dispatch->by_route = NULL;
}

bool sl_dispatch_finished(const struct sl_dispatch *dispatch) {
    return dispatch->done;
}

bool sl_dispatch_broken(const struct sl_dispatch *dispatch) {
    return dispatch->items.broken || dispatch->quarantine.broken;
}

// Each docket is decided once, also when its item has to wait for room: the desk moves its clock.
static const struct sl_decision *decide(struct sl_dispatch *dispatch,
                                        const struct sl_docket *docket) {
    if (!dispatch->decided) {
        sl_desk_decide(dispatch->desk, &docket->the_case, &dispatch->decision);
        dispatch->decided = true;
    }
    return &dispatch->decision;
}

// The end of a number that was begun in an earlier post.
static void mask_join(struct sl_dispatch *dispatch, const struct sl_docket *docket,
                      const struct sl_join *join, struct sl_masked_text *ret_text) {
    *ret_text = docket->text;
    SL_ASSERT(ret_text->data != NULL);
    sl_mask_more(ret_text, join->start, join->end, join->kind,
                 sl_engine_pack(dispatch->engine)->masking.italian_labels);
    sl_counter_add(&dispatch->counters.joined_by_mask[join->kind], 1);
    sl_counter_add(&dispatch->counters.joined_posts, !docket->the_case.facts.masked);
}

static bool write_item(struct sl_dispatch *dispatch, const struct sl_docket *docket) {
    size_t bound = docket->body.len + SL_ITEM_FRAME_MAX_BYTES;
    char *out = sl_sink_claim(&dispatch->items, dispatch->io, bound);
    if (out == NULL) {
        return false;
    }
    const struct sl_decision *decision = decide(dispatch, docket);
    struct sl_item_body body = docket->body;
    struct sl_masked_text text;
    if (decision->join != NULL) {
        mask_join(dispatch, docket, decision->join, &text);
        body.instead = &text;
    }
    size_t len = sl_item_write(dispatch->writer, body, decision, out, bound);
    sl_sink_commit(&dispatch->items, dispatch->io, len);
    sl_counter_add(&dispatch->counters.emitted, 1);
    sl_counter_add(&dispatch->counters.by_label[decision->label], 1);
    sl_counter_add(&dispatch->by_route[decision->route], 1);
    dispatch->decided = false;
    return true;
}

static void count_refused(struct sl_dispatch *dispatch, const struct sl_docket *docket,
                          const char *source, uint64_t line) {
    sl_counter_add(&dispatch->counters.quarantined, 1);
    sl_counter_add(&dispatch->counters.by_reason[docket->reason], 1);
    if (dispatch->first_refused_count < SL_PIPELINE_REFUSED_MAX) {
        dispatch->first_refused[dispatch->first_refused_count++] =
            (struct sl_refused){.source = source, .line = line, .reason = docket->reason};
    }
}

static bool write_quarantined(struct sl_dispatch *dispatch, const struct sl_docket *docket) {
    const char *source = sl_intake_name(dispatch->inputs[dispatch->chunk->source]);
    uint64_t line = dispatch->lines_before + docket->line;
    if (dispatch->has_quarantine) {
        struct sl_quarantined quarantined = {
            .reason = sl_quarantine_word(docket->reason),
            .help = sl_quarantine_help(docket->reason),
            .source = sl_str_from(source),
            .line = line,
            .record_bytes = docket->record_bytes,
            .cut = docket->cut,
            .record = docket->record,
        };
        size_t bound = quarantined.record.len * 6 + quarantined.source.len * 6 + 2048;
        char *out = sl_sink_claim(&dispatch->quarantine, dispatch->io, bound);
        if (out == NULL) {
            return false;
        }
        size_t len = sl_item_write_quarantined(dispatch->writer, &quarantined, out, bound);
        sl_sink_commit(&dispatch->quarantine, dispatch->io, len);
    }
    count_refused(dispatch, docket, source, line);
    return true;
}

// Returns the dockets done; stops early when a sink has no room.
static size_t work_chunk(struct sl_dispatch *dispatch) {
    struct sl_chunk *chunk = dispatch->chunk;
    size_t count = 0;
    while (dispatch->chunk_dockets < chunk->dockets_count) {
        const struct sl_docket *docket =
            (const struct sl_docket *)(chunk->bytes + dispatch->chunk_position);
        bool written = sl_dispatch_broken(dispatch) ||
                       (docket->reason == 0 ? write_item(dispatch, docket)
                                            : write_quarantined(dispatch, docket));
        if (!written) {
            break;
        }
        dispatch->chunk_position += docket->total_bytes;
        dispatch->chunk_dockets++;
        count++;
    }
    return count;
}

static bool take_chunk(struct sl_dispatch *dispatch) {
    if (dispatch->chunk == NULL) {
        struct sl_lane *lane = &dispatch->lanes[dispatch->sequence % dispatch->lanes_count];
        dispatch->chunk = sl_ring_pop(&lane->chunks);
        if (dispatch->chunk == NULL) {
            return false;
        }
        SL_ASSERT(dispatch->chunk->sequence == dispatch->sequence);
        if (dispatch->chunk->source != dispatch->source) {
            dispatch->source = dispatch->chunk->source;
            dispatch->lines_before = 0;
        }
        dispatch->chunk_position = 0;
        dispatch->chunk_dockets = 0;
    }
    return true;
}

static void give_chunk_back(struct sl_dispatch *dispatch) {
    struct sl_chunk *chunk = dispatch->chunk;
    struct sl_lane *lane = &dispatch->lanes[dispatch->sequence % dispatch->lanes_count];
    dispatch->chunk = NULL;
    dispatch->ended = chunk->end;
    if (chunk->last) {
        dispatch->lines_before += chunk->lines_count;
        dispatch->sequence++;
    }
    bool fits = sl_ring_push(&lane->chunks_back, chunk);
    SL_ASSERT(fits);
    sl_bell_ring(&lane->bell);
}

static size_t take_chunks(struct sl_dispatch *dispatch) {
    size_t count = 0;
    while (!dispatch->ended && take_chunk(dispatch)) {
        count += work_chunk(dispatch);
        if (dispatch->chunk_dockets < dispatch->chunk->dockets_count) {
            break;
        }
        give_chunk_back(dispatch);
        count++;
    }
    return count;
}

static size_t collect_writes(struct sl_dispatch *dispatch) {
    struct sl_io_request *done[COMPLETIONS_COUNT];
    size_t count = sl_io_poll(dispatch->io, done, COMPLETIONS_COUNT);
    for (size_t i = 0; i < count; i++) {
        sl_sink_complete(done[i]->owner, dispatch->io, done[i]);
    }
    return count;
}

size_t sl_dispatch_poll(struct sl_dispatch *dispatch) {
    if (dispatch->done) {
        return 0;
    }
    size_t count = collect_writes(dispatch) + take_chunks(dispatch);
    if (count == 0 || dispatch->ended) {
        // Nothing more is coming just now: what there is need not wait for a full buffer.
        count += sl_sink_flush(&dispatch->items, dispatch->io);
        count += sl_sink_flush(&dispatch->quarantine, dispatch->io);
    }
    if (dispatch->ended && sl_sink_idle(&dispatch->items) && sl_sink_idle(&dispatch->quarantine)) {
        dispatch->done = true;
        count++;
    }
    return count;
}
