// SPDX-License-Identifier: Apache-2.0
#include "labelled_record.h"

#include <stdio.h>
#include <string.h>

#include "base/assert.h"
#include "text/utf8.h"

// Every byte of a row is stored once at most, and grows only in being repaired.
#define STORE_BYTES ((size_t)SL_LABELLED_ROW_BYTES * SL_UTF8_REPAIR_GROWTH)

int sl_record_init(struct sl_record *record, struct sl_error *error) {
    *record = (struct sl_record){0};
    return sl_arena_init(&record->store, STORE_BYTES, error);
}

void sl_record_done(struct sl_record *record) {
    sl_arena_done(&record->store);
}

uint32_t sl_record_field(struct sl_record *record, const char *name) {
    struct sl_str field = sl_str_from(name);
    for (uint32_t i = 0; i < record->fields_count; i++) {
        if (sl_str_equal(record->fields[i], field)) {
            return i;
        }
    }
    SL_ASSERT(record->fields_count < SL_RECORD_FIELDS_MAX);
    record->fields[record->fields_count] = field;
    return record->fields_count++;
}

void sl_record_reset(struct sl_record *record) {
    for (uint32_t i = 0; i < record->fields_count; i++) {
        record->values[i].count = 0;
        record->values[i].known = record->values[i].list = false;
    }
    sl_arena_reset(&record->store);
    record->repaired = false;
    record->problem = NULL;
}

bool sl_record_put(struct sl_record *record, uint32_t field, const char *bytes, size_t len) {
    struct sl_value *value = &record->values[field];
    if (value->count == SL_RECORD_WORDS_MAX) {
        record->problem = "a list has more than 16 words";
        return false;
    }
    bool valid = sl_utf8_valid(bytes, len);
    char *copy = sl_arena_take(&record->store, valid ? len : len * SL_UTF8_REPAIR_GROWTH, 1);
    SL_ASSERT(copy != NULL);
    if (valid) {
        memcpy(copy, bytes, len);
    } else {
        len = sl_utf8_repair(bytes, len, copy);
        record->repaired = true;
    }
    value->known = true;
    value->words[value->count++] = (struct sl_str){copy, len};
    return true;
}

void sl_record_note_seen(struct sl_record *record, const char *name, size_t len) {
    size_t used = strlen(record->seen);
    bool plain = len > 0 && len <= 32;
    for (size_t i = 0; i < len && plain; i++) {
        plain = name[i] > ' ' && name[i] < 0x7F;
    }
    if (plain && used + len + 3 < sizeof record->seen) {
        snprintf(record->seen + used, sizeof record->seen - used, "%s%.*s", used > 0 ? ", " : "",
                 (int)len, name);
    }
}
