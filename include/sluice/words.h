// SPDX-License-Identifier: Apache-2.0
//
// sluice/words.h - the closed vocabularies: what a verdict and a work item can say, and the word
// for each. Topics, signals and queues are open; they are named by the rule pack.
//
// The numbers may change between versions, the words do not: store and send words.
#ifndef SLUICE_WORDS_H
#define SLUICE_WORDS_H

#ifdef __cplusplus
extern "C" {
#endif

enum sl_label {
    SL_LABEL_EDITORIAL, // talk that no agent needs to answer
    SL_LABEL_CARE,      // a request for care
    SL_LABEL_THANKS,    // counted, not worked
    SL_LABEL_NOISE,     // spam, or nothing said at all
    SL_LABELS_COUNT,
};

enum sl_line {
    SL_LINE_UNKNOWN,
    SL_LINE_MOBILE,
    SL_LINE_FIXED,
    SL_LINES_COUNT,
};

// What the media agency says of a post by a hashtag; it goes before the engine's own judgement.
enum sl_flag {
    SL_FLAG_NONE,
    SL_FLAG_CARE,
    SL_FLAG_EDITORIAL,
    SL_FLAGS_COUNT,
};

// Identifier kinds, in order of label priority: where spans of several kinds overlap, the union of
// their bytes is masked; the kind with the best proof names it (a check, then a cue, then the shape
// alone), and of those the first in this list.
enum sl_kind {
    SL_KIND_IBAN,
    SL_KIND_CRYPTO_WALLET,
    SL_KIND_FISCAL_CODE,
    SL_KIND_CARD,
    SL_KIND_EMAIL,
    SL_KIND_URL_TOKEN,
    SL_KIND_ICCID,
    SL_KIND_IMEI,
    SL_KIND_IMSI,
    SL_KIND_VAT_NUMBER,
    SL_KIND_MIGRATION_CODE,
    SL_KIND_CARD_SECRET,
    SL_KIND_PUK_PIN,
    SL_KIND_PASSWORD,
    SL_KIND_IDENTITY_CARD, // and the health card
    SL_KIND_PASSPORT,
    SL_KIND_DRIVING_LICENCE,
    SL_KIND_PLATE,
    SL_KIND_MAC,
    SL_KIND_IP,
    SL_KIND_BIRTH_DATE,
    SL_KIND_PHONE,
    SL_KIND_CUSTOMER_CODE,
    SL_KIND_ADDRESS,
    SL_KINDS_COUNT,
};

// What stands in place of an identifier.
enum sl_operator {
    SL_OPERATOR_LABEL, // [PHONE]
    SL_OPERATOR_STARS, // **********
    SL_OPERATOR_LAST4, // ******4567
    SL_OPERATOR_DROP,  // nothing
    SL_OPERATOR_TOKEN, // [PHONE:k1:…], the same for the same value
    SL_OPERATOR_KEEP,  // the value itself; it is counted
    SL_OPERATORS_COUNT,
};

enum sl_action {
    SL_ACTION_COURTESY,   // invite the customer to write again without the data
    SL_ACTION_REMOVE,     // put the original up for removal
    SL_ACTION_BAN_REVIEW, // a person decides; the stage never bans
    SL_ACTION_SURVEY,
    SL_ACTIONS_COUNT,
};

enum sl_critical {
    SL_CRITICAL_DETRACTOR,
    SL_CRITICAL_SPAMMER,
    SL_CRITICAL_INFLUENCER,
    SL_CRITICAL_EXPLOITATION,
    SL_CRITICALS_COUNT,
};

// "care", "mobile", "fiscal_code", "ban_review", "influencer" … Static strings.
const char *sl_label_word(enum sl_label label);
const char *sl_line_word(enum sl_line line);
const char *sl_flag_word(enum sl_flag flag); // NULL: none
const char *sl_kind_word(enum sl_kind kind);
const char *sl_kind_italian_word(enum sl_kind kind); // "telefono", for labels in Italian
const char *sl_operator_word(enum sl_operator word);
const char *sl_action_word(enum sl_action action);
const char *sl_critical_word(enum sl_critical critical);

#ifdef __cplusplus
}
#endif
#endif
