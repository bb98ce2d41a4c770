// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "cli/cli.h"
#include "cli/mask.h"

void sl_mask_leave_out(struct sl_masker *masker, const char *why) {
    masker->counts.left_out++;
    sl_cli_note("%s%sline %llu is left out: %s", masker->input != NULL ? masker->input : "",
                masker->input != NULL ? ": " : "", (unsigned long long)masker->line, why);
}

static const char *why_not(enum sl_outcome outcome) {
    switch (outcome) {
    case SL_JUDGE_TOO_MANY_MASKS:
        return "it holds over 256 identifiers";
    case SL_JUDGE_TEXT_TOO_LONG:
        return "it is longer than 1 MiB";
    default:
        return "it cannot be masked";
    }
}

// --check: "notes.txt:12: phone", as compilers say it, or "line 12: phone".
static void tell(struct sl_masker *masker, enum sl_kind kind) {
    char text[64];
    char before[32];
    int len = snprintf(before, sizeof before, masker->input != NULL ? ":%llu: " : "line %llu: ",
                       (unsigned long long)masker->line);
    if (masker->input != NULL) {
        sl_out_copy(masker->out, masker->input, strlen(masker->input));
    }
    sl_out_copy(masker->out, before, (size_t)len);
    len = snprintf(text, sizeof text, "%s\n", sl_kind_word(kind));
    sl_out_copy(masker->out, text, (size_t)len);
}

static void count(struct sl_masker *masker, const struct sl_verdict *verdict) {
    for (uint32_t i = 0; i < verdict->masks_count; i++) {
        masker->counts.found[verdict->masks[i].kind]++;
        if (masker->job->check) {
            tell(masker, verdict->masks[i].kind);
        }
    }
    for (uint32_t i = 0; i < verdict->kept_count; i++) {
        masker->counts.found[verdict->kept[i].kind]++;
    }
}

// Lines of text.

static void write_spans(struct sl_masker *masker, const struct sl_verdict *verdict) {
    struct sl_json *json = masker->json;
    sl_json_begin_map(json);
    sl_json_put_key(json, "text");
    sl_json_put_text(json, verdict->masked);
    sl_json_put_key(json, "spans");
    sl_json_begin_list(json);
    for (uint32_t i = 0; i < verdict->masks_count; i++) {
        sl_json_begin_map(json);
        sl_json_put_key(json, "kind");
        sl_json_put_word(json, sl_kind_word(verdict->originals[i].kind));
        sl_json_put_key(json, "start");
        sl_json_put_integer(json, verdict->originals[i].start);
        sl_json_put_key(json, "end");
        sl_json_put_integer(json, verdict->originals[i].end);
        sl_json_end_map(json);
    }
    sl_json_end_list(json);
    sl_json_end_map(json);
    struct sl_text line = sl_json_take_line(json);
    sl_out_copy(masker->out, line.data, line.len);
}

// `ending` is its newline, or nothing, and stands behind the line.
static void write_line(struct sl_masker *masker, const struct sl_text *line, size_t ending,
                       const struct sl_verdict *verdict) {
    masker->line++;
    if (verdict->outcome != SL_JUDGED) {
        sl_mask_leave_out(masker, why_not(verdict->outcome));
        return;
    }
    if (verdict->masks_count + verdict->kept_count > 0) {
        count(masker, verdict);
    }
    if (masker->job->check) {
        return;
    }
    if (masker->json != NULL) {
        write_spans(masker, verdict);
    } else if (verdict->masks_count == 0) {
        sl_out_put(masker->out, line->data, line->len + ending);
    } else {
        sl_out_copy(masker->out, verdict->masked.data, verdict->masked.len);
        sl_out_put(masker->out, line->data + line->len, ending);
    }
}

static void mask_text_lines(struct sl_masker *masker, const char *data, size_t len) {
    for (size_t at = 0; at < len;) {
        struct sl_text texts[SL_JUDGE_BATCH_MAX];
        size_t texts_count = 0;
        while (at < len && texts_count < SL_JUDGE_BATCH_MAX) {
            const char *end = memchr(data + at, '\n', len - at);
            size_t line_len = end != NULL ? (size_t)(end - data) - at : len - at;
            texts[texts_count++] = (struct sl_text){data + at, line_len, .mask_only = true};
            at += line_len + (end != NULL);
        }
        const struct sl_verdict *verdicts = sl_judge_texts(masker->judge, texts, texts_count);
        for (size_t i = 0; i < texts_count; i++) {
            const char *end = texts[i].data + texts[i].len;
            write_line(masker, &texts[i], end < data + len, &verdicts[i]);
        }
    }
}

// Records.

static bool add(struct sl_masker *masker, const char *bytes, size_t len) {
    if (len > masker->record_room - masker->record_len) {
        size_t room = 2 * (masker->record_len + len);
        char *record = realloc(masker->record, room);
        if (record == NULL) {
            return false;
        }
        masker->record = record;
        masker->record_room = room;
    }
    memcpy(masker->record + masker->record_len, bytes, len);
    masker->record_len += len;
    return true;
}

// Copies what stands before the chosen value, from *from on, and the value with its masks; *from
// is then behind it. What an operator puts needs no escapes.
static bool add_value(struct sl_masker *masker, const struct sl_post_selected *selected,
                      const struct sl_verdict *verdict, const char **from) {
    const char *raw = selected->raw.data, *end = raw + selected->raw.len;
    const char *quote = selected->quoted ? "" : "\"";
    bool fits = add(masker, *from, (size_t)(raw - *from)) && add(masker, quote, strlen(quote));
    size_t passed = 0; // of the text, at `raw`
    for (uint32_t i = 0; i < verdict->masks_count && fits; i++) {
        const struct sl_mask *mask = &verdict->masks[i], *original = &verdict->originals[i];
        const char *start = sl_post_raw_advance(raw, end, original->start - passed);
        fits = add(masker, raw, (size_t)(start - raw)) &&
               add(masker, verdict->masked.data + mask->start, mask->end - mask->start);
        raw = sl_post_raw_advance(start, end, original->end - original->start);
        passed = original->end;
    }
    fits = fits && add(masker, raw, (size_t)(end - raw)) && add(masker, quote, strlen(quote));
    *from = end;
    return fits;
}

// NULL, or why the record is left out.
static const char *mask_values(struct sl_masker *masker, const struct sl_post_selected *selected,
                               size_t selected_count, const char **from) {
    for (size_t first = 0; first < selected_count; first += SL_JUDGE_BATCH_MAX) {
        struct sl_text texts[SL_JUDGE_BATCH_MAX];
        size_t left = selected_count - first;
        size_t texts_count = left < SL_JUDGE_BATCH_MAX ? left : SL_JUDGE_BATCH_MAX;
        for (size_t i = 0; i < texts_count; i++) {
            const struct sl_str *text = &selected[first + i].text;
            texts[i] = (struct sl_text){text->data, text->len, .mask_only = true};
        }
        const struct sl_verdict *verdicts = sl_judge_texts(masker->judge, texts, texts_count);
        for (size_t i = 0; i < texts_count; i++) {
            if (verdicts[i].outcome != SL_JUDGED) {
                return why_not(verdicts[i].outcome);
            }
            count(masker, &verdicts[i]);
            if (verdicts[i].masks_count > 0 &&
                !add_value(masker, &selected[first + i], &verdicts[i], from)) {
                return "there is no memory for it";
            }
        }
    }
    return NULL;
}

static bool is_blank(const char *data, size_t len) {
    while (len > 0 && (*data == ' ' || *data == '\t' || *data == '\r')) {
        data++;
        len--;
    }
    return len == 0;
}

static void mask_record(struct sl_masker *masker, const char *data, size_t len, size_t ending) {
    const struct sl_post_selected *selected;
    size_t selected_count;
    const char *from = data, *why = NULL;
    masker->record_len = 0;
    masker->line++;
    if (!is_blank(data, len)) {
        enum sl_post_fault fault =
            sl_post_select(masker->selection, data, len, &selected, &selected_count);
        why = fault == SL_POST_OK         ? mask_values(masker, selected, selected_count, &from)
              : fault == SL_POST_TOO_DEEP ? "it is nested too deep"
              : fault == SL_POST_RECORD_TOO_LONG ? "it is longer than 1 MiB"
                                                 : "it is not JSON in UTF-8";
    }
    if (why != NULL) {
        sl_mask_leave_out(masker, why);
    } else if (!masker->job->check) {
        sl_out_copy(masker->out, masker->record, masker->record_len);
        sl_out_put(masker->out, from, (size_t)(data + len - from) + ending);
    }
}

static void mask_records(struct sl_masker *masker, const char *data, size_t len) {
    for (size_t at = 0; at < len;) {
        const char *end = memchr(data + at, '\n', len - at);
        size_t line_len = end != NULL ? (size_t)(end - data) - at : len - at;
        mask_record(masker, data + at, line_len, end != NULL);
        at += line_len + (end != NULL);
    }
}

void sl_mask_lines(struct sl_masker *masker, const char *data, size_t len) {
    if (masker->selection != NULL) {
        mask_records(masker, data, len);
    } else {
        mask_text_lines(masker, data, len);
    }
}
