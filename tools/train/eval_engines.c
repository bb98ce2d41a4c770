// SPDX-License-Identifier: Apache-2.0
#include "eval_engines.h"

#include "pack/pack.h"

#define PATH_BYTES 4096

int sl_eval_open_engine(const struct sl_eval_judge_options *judge, enum sl_eval_masking masking,
                        struct sl_error *error, struct sl_engine **ret_engine) {
    char shipped[PATH_BYTES];
    const char *pack = judge->pack;
    if (pack == NULL) {
        if (sl_pack_find_shipped(error, shipped, sizeof shipped) != SL_OK) {
            return SL_FAILED;
        }
        pack = shipped;
    }
    struct sl_masking_options labels = {
        .kinds = masking == SL_EVAL_MASK_ALL ? (UINT32_C(1) << SL_KINDS_COUNT) - 1 : 0};
    for (enum sl_kind kind = 0; kind < SL_KINDS_COUNT; kind++) {
        labels.operators[kind] = 1 + SL_OPERATOR_LABEL;
    }
    const struct sl_engine_options options = {.masking = &labels, .model_path = judge->model};
    return sl_engine_open(pack, &options, error, ret_engine);
}
