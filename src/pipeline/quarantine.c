// SPDX-License-Identifier: Apache-2.0
#include "pipeline/quarantine.h"

#include "base/assert.h"

struct words {
    const char *word;
    const char *help;
};

static const struct words judge_words[SL_OUTCOMES_COUNT] = {
    [SL_JUDGED] = {"judged", "the post was judged"},
    [SL_JUDGE_SCAN_FAILED] = {"scan_failed",
                              "the matcher failed on this text; nothing of it was let through"},
    [SL_JUDGE_TEXT_TOO_LONG] = {"text_unfoldable",
                                "the text grows beyond 1 MiB when its characters are unfolded; "
                                "shorten it"},
    [SL_JUDGE_TOO_MANY_MASKS] =
        {"too_many_identifiers",
         "the text holds more identifiers than one item can list; split it"},
};

static const struct words own_words[] = {
    {"unfinished", "reading broke off inside this record; send it again"},
    {"item_too_long", "the work item of this record would exceed 8 MiB; shorten its fields"},
};

const char *sl_quarantine_word(enum sl_quarantine_reason reason) {
    SL_ASSERT(reason < SL_QUARANTINE_REASONS_COUNT);
    if (reason < SL_QUARANTINE_JUDGE) {
        return sl_post_fault_word((enum sl_post_fault)(reason - SL_QUARANTINE_POST));
    }
    if (reason < SL_QUARANTINE_UNFINISHED) {
        return judge_words[reason - SL_QUARANTINE_JUDGE].word;
    }
    return own_words[reason - SL_QUARANTINE_UNFINISHED].word;
}

const char *sl_quarantine_help(enum sl_quarantine_reason reason) {
    SL_ASSERT(reason < SL_QUARANTINE_REASONS_COUNT);
    if (reason < SL_QUARANTINE_JUDGE) {
        return sl_post_fault_help((enum sl_post_fault)(reason - SL_QUARANTINE_POST));
    }
    if (reason < SL_QUARANTINE_UNFINISHED) {
        return judge_words[reason - SL_QUARANTINE_JUDGE].help;
    }
    return own_words[reason - SL_QUARANTINE_UNFINISHED].help;
}
