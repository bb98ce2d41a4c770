// SPDX-License-Identifier: Apache-2.0
#include "identify/reading.h"

const char sl_reading_number_words[] = "zero|uno|due|tre|quattro|cinque|sei|sette|otto|nove";

bool sl_reading_make(struct sl_reading *reading, const struct sl_folded *folded,
                     const struct sl_cue_list *cues, uint32_t spelled) {
    (void)reading, (void)folded, (void)cues, (void)spelled;
    return false;
}

void sl_reading_range(const struct sl_reading *reading, uint32_t start, uint32_t end,
                      uint32_t *ret_start, uint32_t *ret_end) {
    while (reading->map[end] == reading->map[end - 1]) {
        end++;
    }
    *ret_start = reading->map[start];
    *ret_end = reading->map[end];
}
