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
