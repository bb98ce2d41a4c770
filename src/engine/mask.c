// SPDX-License-Identifier: Apache-2.0
#include "engine/mask.h"

#include <stdalign.h>
#include <string.h>

#include "base/assert.h"

static uint32_t original_ranges(const struct sl_folded *folded, const struct sl_found *found,
                                struct sl_mask *ret_ranges) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < found->spans_count; i++) {
        const struct sl_candidate *span = &found->spans[i];
        struct sl_mask range = {.kind = span->kind};
        sl_fold_original_range(folded, span->start, span->end, &range.start, &range.end);
        struct sl_mask *last = count > 0 ? &ret_ranges[count - 1] : NULL;
        if (last != NULL && range.start <= last->end) {
            last->end = range.end > last->end ? range.end : last->end;
            last->kind = range.kind < last->kind ? range.kind : last->kind;
        } else {
            ret_ranges[count++] = range;
        }
    }
    return count;
}

static char *put_label(char *at, enum sl_kind kind) {
    *at++ = '[';
    for (const char *word = sl_kind_word(kind); *word != '\0'; word++) {
        *at++ = (char)(*word >= 'a' && *word <= 'z' ? *word - 'a' + 'A' : *word);
    }
    *at++ = ']';
    return at;
}

static char *put_bytes(char *at, const char *from, const char *to) {
    memcpy(at, from, (size_t)(to - from));
    return at + (to - from);
}

enum sl_outcome sl_mask_text(const struct sl_text *text, const struct sl_folded *folded,
                             const struct sl_found *found, struct sl_arena *arena,
                             struct sl_verdict *verdict) {
    if (found->overflow || found->spans_count > SL_VERDICT_MASKS_MAX) {
        return SL_JUDGE_TOO_MANY_MASKS;
    }
    verdict->masked = *text;
    if (found->spans_count == 0) {
        return SL_JUDGED;
    }
    size_t list_bytes = found->spans_count * sizeof(struct sl_mask);
    struct sl_mask *originals = sl_arena_take(arena, list_bytes, alignof(struct sl_mask));
    struct sl_mask *masks = sl_arena_take(arena, list_bytes, alignof(struct sl_mask));
    char *masked = sl_arena_take(arena, text->len + found->spans_count * SL_MASK_LABEL_BYTES, 1);
    SL_ASSERT(originals != NULL && masks != NULL && masked != NULL);

    uint32_t count = original_ranges(folded, found, originals);
    const char *from = text->data;
    char *at = masked;
    for (uint32_t i = 0; i < count; i++) {
        at = put_bytes(at, from, text->data + originals[i].start);
        masks[i] = (struct sl_mask){.start = (uint32_t)(at - masked), .kind = originals[i].kind};
        at = put_label(at, originals[i].kind);
        masks[i].end = (uint32_t)(at - masked);
        SL_ASSERT(masks[i].end - masks[i].start <= SL_MASK_LABEL_BYTES);
        from = text->data + originals[i].end;
    }
    at = put_bytes(at, from, text->data + text->len);
    verdict->masked.data = masked;
    verdict->masked.len = (size_t)(at - masked);
    verdict->masks_count = count;
    verdict->masks = masks;
    verdict->originals = originals;
    return SL_JUDGED;
}

// Where a byte of the original, the first (or, `behind`, the one behind the last) of something, is
// in the masked text. Inside a mask: at its beginning or behind its end.
static uint32_t masked_place(const struct sl_verdict *verdict, uint32_t original, bool behind) {
    uint32_t place = original;
    for (uint32_t i = 0; i < verdict->masks_count && verdict->originals[i].start < original; i++) {
        if (original < verdict->originals[i].end) {
            return behind ? verdict->masks[i].end : verdict->masks[i].start;
        }
        place = original - verdict->originals[i].end + verdict->masks[i].end;
    }
    return place;
}

static bool overlaps(const struct sl_verdict *verdict, uint32_t start, uint32_t end) {
    for (uint32_t i = 0; i < verdict->masks_count; i++) {
        if (verdict->masks[i].start < end && start < verdict->masks[i].end) {
            return true;
        }
    }
    return false;
}

static uint32_t start_place(const struct sl_folded *folded, const struct sl_verdict *verdict,
                            uint32_t at) {
    uint32_t start, end;
    sl_fold_original_range(folded, at, at + 1, &start, &end);
    return masked_place(verdict, start, false);
}

static uint32_t end_place(const struct sl_folded *folded, const struct sl_verdict *verdict,
                          uint32_t at) {
    uint32_t start, end;
    sl_fold_original_range(folded, at - 1, at, &start, &end);
    return masked_place(verdict, end, true);
}

// The middle of something that is masked.
static bool begins_inside(const struct sl_folded *folded, const struct sl_verdict *verdict,
                          uint32_t at) {
    uint32_t start, end;
    sl_fold_original_range(folded, at, at + 1, &start, &end);
    for (uint32_t i = 0; i < verdict->masks_count; i++) {
        if (verdict->originals[i].start < start && start < verdict->originals[i].end) {
            return true;
        }
    }
    return false;
}

static bool place_tail(const struct sl_folded *folded, const struct sl_verdict *verdict,
                       struct sl_tail *tail) {
    bool any = false;
    tail->end = end_place(folded, verdict, tail->end);
    for (uint32_t form = 0; form < SL_EDGE_FORMS_COUNT; form++) {
        struct sl_edge_part *part = &tail->parts[form];
        if (part->fragment.chars == 0) {
            continue;
        }
        if (begins_inside(folded, verdict, part->start)) {
            part->fragment.chars = 0;
            continue;
        }
        part->start = start_place(folded, verdict, part->start);
        if (overlaps(verdict, part->start, tail->end)) {
            sl_edges_doubt(part);
        }
        any |= part->fragment.chars != 0;
    }
    return any;
}

static void place_head(const struct sl_folded *folded, const struct sl_verdict *verdict,
                       struct sl_head *head) {
    head->start = start_place(folded, verdict, head->start);
    for (uint32_t i = 1; i <= head->chars_count; i++) {
        head->places[i] = end_place(folded, verdict, head->places[i]);
    }
    head->masked = overlaps(verdict, head->start, head->places[head->chars_count]);
}

void sl_mask_edges(const struct sl_folded *folded, const struct sl_verdict *verdict,
                   struct sl_edges *edges) {
    if (edges->has_tail) {
        edges->has_tail = place_tail(folded, verdict, &edges->tail);
    }
    if (edges->has_head) {
        place_head(folded, verdict, &edges->head);
    }
}

void sl_mask_more(struct sl_masked_text *masked, uint32_t start, uint32_t end, enum sl_kind kind) {
    char label[SL_MASK_LABEL_BYTES];
    uint32_t label_len = (uint32_t)(put_label(label, kind) - label);
    SL_ASSERT(start < end && end <= masked->len && label_len <= sizeof label);
    ptrdiff_t growth = (ptrdiff_t)label_len - (ptrdiff_t)(end - start);
    memmove(masked->data - growth, masked->data, start);
    masked->data -= growth;
    masked->len = (size_t)((ptrdiff_t)masked->len + growth);
    memcpy(masked->data + start, label, label_len);

    uint32_t first = 0, last;
    while (first < masked->masks_count && masked->masks[first].end <= start) {
        first++;
    }
    for (last = first; last < masked->masks_count && masked->masks[last].start < end; last++) {
        SL_ASSERT(masked->masks[last].start >= start && masked->masks[last].end <= end);
    }
    memmove(masked->masks + first + 1, masked->masks + last,
            (masked->masks_count - last) * sizeof(struct sl_mask));
    masked->masks_count = masked->masks_count - (last - first) + 1;
    masked->masks[first] = (struct sl_mask){start, start + label_len, kind};
    for (uint32_t i = first + 1; i < masked->masks_count; i++) {
        masked->masks[i].start = (uint32_t)((ptrdiff_t)masked->masks[i].start + growth);
        masked->masks[i].end = (uint32_t)((ptrdiff_t)masked->masks[i].end + growth);
    }
}
