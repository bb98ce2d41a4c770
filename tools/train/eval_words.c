// SPDX-License-Identifier: Apache-2.0
#include "eval_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *sl_eval_number(double value, char text[SL_EVAL_NUMBER_BYTES]) {
    if (isnan(value)) {
        return strcpy(text, "–");
    }
    snprintf(text, SL_EVAL_NUMBER_BYTES, "%.3f", value);
    return text;
}

enum sl_eval_verdict sl_eval_compare(const struct sl_eval_report *report,
                                     enum sl_eval_metric metric) {
    struct sl_interval difference = report->bootstrap.difference[metric];
    if (!(difference.low > 0) && !(difference.high < 0)) {
        return SL_EVAL_NO_DIFFERENCE;
    }
    return (difference.low > 0) != sl_metric_lower_is_better(metric) ? SL_EVAL_B_BETTER
                                                                     : SL_EVAL_B_WORSE;
}

const char *sl_eval_verdict_word(enum sl_eval_verdict verdict) {
    return verdict == SL_EVAL_B_BETTER  ? "B is better"
           : verdict == SL_EVAL_B_WORSE ? "B is worse"
                                        : "no difference";
}

const char *sl_eval_change_words(enum sl_eval_change change) {
    static const char *const words[SL_EVAL_CHANGES_COUNT] = {
        [SL_EVAL_GAINED_HITS] = "Requests that only B finds",
        [SL_EVAL_LOST_HITS] = "Requests that only A finds",
        [SL_EVAL_GAINED_ALARMS] = "False alarms of B alone",
        [SL_EVAL_LOST_ALARMS] = "False alarms of A alone",
    };
    return words[change];
}

const char *sl_eval_change_key(enum sl_eval_change change) {
    static const char *const keys[SL_EVAL_CHANGES_COUNT] = {
        [SL_EVAL_GAINED_HITS] = "gained_hits",
        [SL_EVAL_LOST_HITS] = "lost_hits",
        [SL_EVAL_GAINED_ALARMS] = "gained_alarms",
        [SL_EVAL_LOST_ALARMS] = "lost_alarms",
    };
    return keys[change];
}

static bool means(const char *word, enum sl_label label) {
    return strcmp(word, sl_label_word(label)) == 0 ||
           (label == SL_LABEL_NOISE && strcmp(word, "spam") == 0);
}

struct sl_confusion sl_eval_called_as(const struct sl_eval_called *called, uint32_t called_count,
                                      uint32_t judge, enum sl_label label) {
    struct sl_confusion confusion = {0};
    for (uint32_t i = 0; i < called_count; i++) {
        bool meant = means(called[i].word, label);
        for (enum sl_label as = 0; as < SL_LABELS_COUNT; as++) {
            uint64_t posts = called[i].posts[judge][as];
            *(as == label ? (meant ? &confusion.hits : &confusion.alarms)
                          : (meant ? &confusion.misses : &confusion.rejections)) += posts;
        }
    }
    return confusion;
}
