// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "base/error.h"
#include "cli/cli.h"
#include "cli/mask.h"
#include "engine/internal.h"

static const char *operator_word(const struct sl_masker *masker, enum sl_kind kind) {
    return sl_operator_word(sl_engine_pack(masker->engine)->identifiers[kind].masked_by);
}

static void print_table(const struct sl_masker *masker) {
    char number[SL_NUMBER_BYTES], left_out[SL_NUMBER_BYTES];
    const struct sl_mask_counts *counts = &masker->counts;
    fprintf(stderr, "%s%-16s %12s  %s%s\n", sl_cli_ink(stderr, SL_INK_DIM), "kind", "found",
            "operator", sl_cli_ink(stderr, SL_INK_PLAIN));
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        if (counts->found[kind] > 0) {
            fprintf(stderr, "%-16s %12s  %s\n", sl_kind_word(kind),
                    sl_number_grouped(counts->found[kind], number), operator_word(masker, kind));
        }
    }
    fprintf(stderr, "%s lines, %s left out\n", sl_number_grouped(counts->lines, number),
            sl_number_grouped(counts->left_out, left_out));
}

static void print_json(const struct sl_masker *masker, struct sl_json *json) {
    const struct sl_mask_counts *counts = &masker->counts;
    sl_json_begin_map(json);
    sl_json_put_key(json, "lines");
    sl_json_put_integer(json, (int64_t)counts->lines);
    sl_json_put_key(json, "left_out");
    sl_json_put_integer(json, (int64_t)counts->left_out);
    sl_json_put_key(json, "kinds");
    sl_json_begin_map(json);
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        if (counts->found[kind] > 0) {
            sl_json_put_key(json, sl_kind_word(kind));
            sl_json_begin_map(json);
            sl_json_put_key(json, "found");
            sl_json_put_integer(json, (int64_t)counts->found[kind]);
            sl_json_put_key(json, "operator");
            sl_json_put_word(json, operator_word(masker, kind));
            sl_json_end_map(json);
        }
    }
    sl_json_end_map(json);
    sl_json_end_map(json);
    struct sl_text line = sl_json_take_line(json);
    fwrite(line.data, 1, line.len, stderr);
}

void sl_mask_report(const struct sl_masker *masker) {
    struct sl_error error = {0};
    struct sl_json *json;
    if (masker->job->report == SL_MASK_REPORT_TABLE) {
        print_table(masker);
    } else if (sl_json_open(&error, &json) == SL_OK) {
        print_json(masker, json);
        sl_json_close(json);
    } else {
        sl_cli_fail(&error, SL_EXIT_UNDONE);
    }
}
