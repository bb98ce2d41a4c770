// SPDX-License-Identifier: Apache-2.0
#include "engine/mask.h"

#include <stdalign.h>
#include <string.h>

#include "base/assert.h"

static struct sl_cut cut_of(const struct sl_folded *folded, const struct sl_span *span) {
    struct sl_cut cut = {.replaced = {.kind = span->kind,
                                      .kinds = span->kinds,
                                      .characters_min = span->characters_min,
                                      .value = span->value,
                                      .value_len = span->value_len}};
    sl_fold_original_range(folded, span->start, span->end, &cut.start, &cut.end);
    return cut;
}

static void join(struct sl_cut *cut, const struct sl_cut *other) {
    uint32_t kinds = cut->replaced.kinds | other->replaced.kinds;
    uint32_t characters = cut->replaced.characters_min < other->replaced.characters_min
                              ? cut->replaced.characters_min
                              : other->replaced.characters_min;
    cut->end = other->end > cut->end ? other->end : cut->end;
    if (other->replaced.kind < cut->replaced.kind) {
        cut->replaced = other->replaced;
    }
    cut->replaced.kinds = kinds;
    cut->replaced.characters_min = characters;
}

static uint32_t cuts_of(const struct sl_folded *folded, const struct sl_span *spans,
                        uint32_t spans_count, struct sl_cut *ret_cuts) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < spans_count; i++) {
        struct sl_cut cut = cut_of(folded, &spans[i]);
        if (count > 0 && cut.start <= ret_cuts[count - 1].end) {
            join(&ret_cuts[count - 1], &cut);
        } else {
            ret_cuts[count++] = cut;
        }
    }
    return count;
}

static uint32_t count_code_points(const char *bytes, size_t len) {
    uint32_t count = 0;
    for (size_t i = 0; i < len; i++) {
        count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    }
    return count;
}

static char *put_bytes(char *at, const char *from, const char *to) {
    memcpy(at, from, (size_t)(to - from));
    return at + (to - from);
}

static void *take(struct sl_arena *arena, size_t bytes, size_t align) {
    void *taken = sl_arena_take(arena, bytes, align);
    SL_ASSERT(taken != NULL);
    return taken;
}

static void keep(const struct sl_folded *folded, const struct sl_found *found,
                 struct sl_arena *arena, struct sl_verdict *verdict) {
    struct sl_mask *kept =
        take(arena, found->kept_count * sizeof(struct sl_mask), alignof(struct sl_mask));
    for (uint32_t i = 0; i < found->kept_count; i++) {
        const struct sl_span *span = &found->kept[i];
        kept[i].kind = span->kind;
        sl_fold_original_range(folded, span->start, span->end, &kept[i].start, &kept[i].end);
    }
    verdict->kept_count = found->kept_count;
    verdict->kept = kept;
}

static void cut_out(const struct sl_text *text, struct sl_cut *cuts, uint32_t count,
                    const struct sl_operators *operators, struct sl_arena *arena,
                    struct sl_verdict *verdict) {
    struct sl_mask *originals = take(arena, count * sizeof *originals, alignof(struct sl_mask));
    struct sl_mask *masks = take(arena, count * sizeof *masks, alignof(struct sl_mask));
    char *masked = take(arena, text->len + count * SL_REPLACEMENT_BYTES_MAX, 1);
    const char *from = text->data;
    char *at = masked;
    for (uint32_t i = 0; i < count; i++) {
        struct sl_replaced *replaced = &cuts[i].replaced;
        originals[i] = (struct sl_mask){cuts[i].start, cuts[i].end, replaced->kind};
        replaced->code_points =
            count_code_points(text->data + cuts[i].start, cuts[i].end - cuts[i].start);
        at = put_bytes(at, from, text->data + cuts[i].start);
        masks[i] = (struct sl_mask){.start = (uint32_t)(at - masked), .kind = replaced->kind};
        at = sl_operators_put(operators, replaced, at);
        masks[i].end = (uint32_t)(at - masked);
        SL_ASSERT(masks[i].end - masks[i].start <= SL_REPLACEMENT_BYTES_MAX ||
                  masks[i].end - masks[i].start <= cuts[i].end - cuts[i].start);
        from = text->data + cuts[i].end;
    }
    at = put_bytes(at, from, text->data + text->len);
    verdict->masked.data = masked;
    verdict->masked.len = (size_t)(at - masked);
    verdict->masks_count = count;
    verdict->masks = masks;
    verdict->originals = originals;
}

enum sl_outcome sl_mask_text(const struct sl_text *text, const struct sl_folded *folded,
                             const struct sl_found *found, const struct sl_operators *operators,
                             struct sl_arena *arena, struct sl_verdict *verdict) {
    if (found->overflow || found->spans_count + found->kept_count > SL_VERDICT_MASKS_MAX) {
        return SL_JUDGE_TOO_MANY_MASKS;
    }
    verdict->masked = *text;
    verdict->masks_count = 0;
    if (found->kept_count > 0) {
        keep(folded, found, arena, verdict);
    }
    if (found->spans_count > 0) {
        struct sl_cut *cuts =
            take(arena, found->spans_count * sizeof *cuts, alignof(struct sl_cut));
        uint32_t count = cuts_of(folded, found->spans, found->spans_count, cuts);
        cut_out(text, cuts, count, operators, arena, verdict);
    }
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

void sl_mask_more(struct sl_masked_text *masked, uint32_t start, uint32_t end, enum sl_kind kind,
                  bool italian) {
    char label[SL_LABEL_BYTES_MAX];
    uint32_t label_len = (uint32_t)(sl_label_put(kind, italian, label) - label);
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
