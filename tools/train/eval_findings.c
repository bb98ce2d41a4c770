// SPDX-License-Identifier: Apache-2.0
#include "eval_findings.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define UNKNOWN_NAMES_MAX   64
#define UNKNOWN_NAMES_SHOWN 5

void sl_finding_counts_init(struct sl_finding_counts *counts,
                            const struct sl_engine *const *engines, uint32_t engines_count,
                            sl_engine_name_fn name) {
    *counts = (struct sl_finding_counts){0};
    sl_intern_init(&counts->names, SL_FINDINGS_NAMES_MAX);
    sl_intern_init(&counts->unknown_names, UNKNOWN_NAMES_MAX);
    for (uint32_t e = 0; e < engines_count; e++) {
        for (uint32_t bit = 0; bit < 64; bit++) {
            const char *known = name(engines[e], bit);
            counts->name_of_bit[e][bit] =
                known != NULL ? sl_intern_add(&counts->names, sl_str_from(known)) : SL_INTERN_NONE;
        }
    }
}

void sl_finding_counts_done(struct sl_finding_counts *counts) {
    sl_intern_done(&counts->names);
    sl_intern_done(&counts->unknown_names);
}

static void mark_labelled(struct sl_finding_counts *counts, const struct sl_labelled_words *words,
                          bool labelled[SL_FINDINGS_NAMES_MAX]) {
    for (uint32_t i = 0; i < words->count; i++) {
        uint32_t name = sl_intern_find(&counts->names, words->words[i]);
        if (name != SL_INTERN_NONE) {
            labelled[name] = true;
            continue;
        }
        counts->unknown++;
        name = sl_intern_add(&counts->unknown_names, words->words[i]);
        if (name != SL_INTERN_NONE) {
            counts->unknown_counts[name]++;
        }
    }
}

void sl_finding_counts_add(struct sl_finding_counts *counts, const struct sl_labelled_words *words,
                           const uint64_t found[2], uint32_t judges_count) {
    bool labelled[SL_FINDINGS_NAMES_MAX] = {false};
    counts->posts++;
    mark_labelled(counts, words, labelled);
    for (uint32_t judge = 0; judge < judges_count; judge++) {
        bool said[SL_FINDINGS_NAMES_MAX] = {false};
        for (uint64_t bits = found[judge]; bits != 0; bits &= bits - 1) {
            uint32_t name = counts->name_of_bit[judge][__builtin_ctzll(bits)];
            if (name != SL_INTERN_NONE) {
                said[name] = true;
            }
        }
        for (uint32_t name = 0; name < counts->names.count; name++) {
            struct sl_confusion *confusion = &counts->confusions[name][judge];
            confusion->hits += labelled[name] && said[name];
            confusion->alarms += !labelled[name] && said[name];
            confusion->misses += labelled[name] && !said[name];
            confusion->rejections += !labelled[name] && !said[name];
        }
    }
}

// The most frequent words that no pack knows: "general (120), other (7)". They may be anything, so
// only such as could be names are told.
static char *tell_unknown(const struct sl_finding_counts *counts) {
    bool told[UNKNOWN_NAMES_MAX] = {false};
    char text[512] = "";
    size_t used = 0;
    for (uint32_t round = 0; round < UNKNOWN_NAMES_SHOWN; round++) {
        uint32_t most = SL_INTERN_NONE;
        for (uint32_t i = 0; i < counts->unknown_names.count; i++) {
            if (!told[i] && counts->unknown_names.names[i].len <= 40 &&
                (most == SL_INTERN_NONE ||
                 counts->unknown_counts[i] > counts->unknown_counts[most])) {
                most = i;
            }
        }
        if (most != SL_INTERN_NONE) {
            told[most] = true;
            int len = snprintf(text + used, sizeof text - used, "%s%s (%" PRIu64 ")",
                               used > 0 ? ", " : "", counts->unknown_names.names[most].data,
                               counts->unknown_counts[most]);
            used += (size_t)len;
        }
    }
    return strdup(text);
}

int sl_finding_counts_take(const struct sl_finding_counts *counts, struct sl_error *error,
                           struct sl_eval_findings *ret_findings) {
    *ret_findings = (struct sl_eval_findings){.posts = counts->posts, .unknown = counts->unknown};
    if (counts->posts == 0) {
        return SL_OK;
    }
    ret_findings->findings = calloc(counts->names.count + 1, sizeof *ret_findings->findings);
    ret_findings->unknown_words = counts->unknown > 0 ? tell_unknown(counts) : NULL;
    if (ret_findings->findings == NULL) {
        return sl_error_set(error, "no memory for findings");
    }
    for (uint32_t name = 0; name < counts->names.count; name++) {
        const struct sl_confusion *confusions = counts->confusions[name];
        uint64_t said = 0;
        for (uint32_t judge = 0; judge < 2; judge++) {
            said += confusions[judge].hits + confusions[judge].alarms + confusions[judge].misses;
        }
        if (said == 0) {
            continue;
        }
        struct sl_eval_finding *finding = &ret_findings->findings[ret_findings->count++];
        finding->name = strdup(counts->names.names[name].data);
        memcpy(finding->confusion, confusions, sizeof finding->confusion);
        if (finding->name == NULL) {
            return sl_error_set(error, "no memory for findings");
        }
    }
    return SL_OK;
}
