// SPDX-License-Identifier: Apache-2.0
#include "model/veil.h"

#include <stdbool.h>
#include <string.h>

#include "model/features.h"

struct copy {
    unsigned char *out;
    size_t len;
};

static void put_placeholder(struct copy *copy, enum sl_veil veil) {
    copy->out[copy->len++] = ' ';
    copy->out[copy->len++] = (unsigned char)veil;
    copy->out[copy->len++] = ' ';
}

static bool is_letter(unsigned char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

// The scheme has been copied already when "://" shows what it was.
static void take_scheme_back(struct copy *copy) {
    while (copy->len > 0 && (is_letter(copy->out[copy->len - 1]) ||
                             strchr("+.-", copy->out[copy->len - 1]) != NULL)) {
        copy->len--;
    }
}

static size_t page_end(const unsigned char *folded, size_t len, size_t at) {
    while (at < len && strchr(" \"<>", folded[at]) == NULL) {
        at++;
    }
    return at;
}

// A point or hyphen belongs to the name only between its letters.
static size_t mention_end(const unsigned char *folded, size_t len, size_t at) {
    size_t end = ++at;
    for (; at < len; at++) {
        if (is_letter(folded[at]) || folded[at] == '_' || folded[at] >= 0x80) {
            end = at + 1;
        } else if (folded[at] != '.' && folded[at] != '-') {
            break;
        }
    }
    return end;
}

// By insertion: there are few, nearly in order, and qsort may allocate.
static void sort_ranges(struct sl_veil_range *ranges, size_t count) {
    for (size_t i = 1; i < count; i++) {
        struct sl_veil_range range = ranges[i];
        size_t at = i;
        for (; at > 0 && ranges[at - 1].start > range.start; at--) {
            ranges[at] = ranges[at - 1];
        }
        ranges[at] = range;
    }
}

size_t sl_veil(const unsigned char *folded, size_t len, struct sl_veil_range *ranges,
               size_t ranges_count, unsigned char *out) {
    struct copy copy = {.out = out};
    size_t range = 0, at = 0;
    len = len < SL_VEIL_TEXT_BYTES ? len : SL_VEIL_TEXT_BYTES;
    sort_ranges(ranges, ranges_count);
    while (at < len) {
        while (range < ranges_count && ranges[range].end <= at) {
            range++;
        }
        if (range < ranges_count && ranges[range].start <= at) {
            put_placeholder(&copy, SL_VEIL_IDENTIFIER);
            at = ranges[range].end;
        } else if (folded[at] == '@' && mention_end(folded, len, at) > at + 1) {
            put_placeholder(&copy, SL_VEIL_MENTION);
            at = mention_end(folded, len, at);
        } else if (len - at >= 3 && memcmp(folded + at, "://", 3) == 0) {
            take_scheme_back(&copy);
            put_placeholder(&copy, SL_VEIL_PAGE);
            at = page_end(folded, len, at);
        } else {
            copy.out[copy.len++] = folded[at++];
        }
    }
    return copy.len;
}
