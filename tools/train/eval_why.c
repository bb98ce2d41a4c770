// SPDX-License-Identifier: Apache-2.0
#include "eval_why.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/internal.h"

#define WHY_BYTES 2048 // 16 patterns of 64 bytes, and weights

struct reason {
    const char *id;
    bool weighs; // false: the model
    int32_t weight_milli;
};

struct told {
    char text[WHY_BYTES];
    size_t len;
};

static struct reason reason_of(const struct sl_engine *engine, uint16_t pattern) {
    struct reason reason = {.id = sl_engine_pattern(engine, pattern),
                            .weighs = pattern != SL_VERDICT_REASON_MODEL};
    if (reason.weighs) {
        reason.weight_milli = sl_engine_pack(engine)->patterns[pattern].weight_milli;
    }
    return reason;
}

__attribute__((format(printf, 2, 3))) static void tell(struct told *told, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(told->text + told->len, sizeof told->text - told->len, format, arguments);
    va_end(arguments);
    size_t rest = sizeof told->text - 1 - told->len;
    told->len += (size_t)len < rest ? (size_t)len : rest;
}

static void tell_reason(struct told *told, const char *before, const struct reason *reason) {
    tell(told, "%s%s", before, reason->id);
    if (reason->weighs) {
        tell(told, " %+.4g", reason->weight_milli / 1000.0);
    }
}

char *sl_why_told(const struct sl_engine *engine, const struct sl_judgement *judgement) {
    struct told told = {.text = ""};
    for (uint8_t i = 0; i < judgement->why_count; i++) {
        struct reason reason = reason_of(engine, judgement->why[i]);
        tell_reason(&told, i > 0 ? ", " : "", &reason);
    }
    return strdup(told.text);
}

static bool find_reason(const struct sl_engine *engine, const struct sl_judgement *judgement,
                        const char *id, struct reason *ret_reason) {
    for (uint8_t i = 0; i < judgement->why_count; i++) {
        *ret_reason = reason_of(engine, judgement->why[i]);
        if (strcmp(ret_reason->id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void tell_only(struct told *told, const char *heading,
                      const struct sl_engine *const engines[2],
                      const struct sl_judgement judgements[2], unsigned side) {
    struct reason reason, other;
    bool first = true;
    for (uint8_t i = 0; i < judgements[side].why_count; i++) {
        reason = reason_of(engines[side], judgements[side].why[i]);
        if (find_reason(engines[1 - side], &judgements[1 - side], reason.id, &other)) {
            continue;
        }
        if (first) {
            tell(told, "%s%s", told->len > 0 ? "; " : "", heading);
        }
        tell_reason(told, first ? "" : ", ", &reason);
        first = false;
    }
}

char *sl_why_changed(const struct sl_engine *const engines[2],
                     const struct sl_judgement judgements[2]) {
    struct told told = {.text = ""};
    struct reason first, second;
    tell_only(&told, "only with B: ", engines, judgements, 1);
    tell_only(&told, "only with A: ", engines, judgements, 0);
    bool begun = false;
    for (uint8_t i = 0; i < judgements[1].why_count; i++) {
        second = reason_of(engines[1], judgements[1].why[i]);
        if (find_reason(engines[0], &judgements[0], second.id, &first) &&
            first.weight_milli != second.weight_milli) {
            tell(&told, "%s%s %+.4g to %+.4g",
                 begun          ? ", "
                 : told.len > 0 ? "; weight: "
                                : "weight: ",
                 second.id, first.weight_milli / 1000.0, second.weight_milli / 1000.0);
            begun = true;
        }
    }
    if (told.len == 0) {
        tell(&told, "the same patterns; bias, threshold or model differ");
    }
    return strdup(told.text);
}
