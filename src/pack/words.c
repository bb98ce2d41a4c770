// SPDX-License-Identifier: Apache-2.0
#include <sluice/words.h>

#include <stddef.h>

#include "base/assert.h"

static const char *const label_words[] = {
    [SL_LABEL_EDITORIAL] = "editorial",
    [SL_LABEL_CARE] = "care",
    [SL_LABEL_THANKS] = "thanks",
    [SL_LABEL_NOISE] = "noise",
};

static const char *const line_words[] = {
    [SL_LINE_UNKNOWN] = "unknown",
    [SL_LINE_MOBILE] = "mobile",
    [SL_LINE_FIXED] = "fixed",
};

static const struct {
    const char *word, *italian;
} kind_words[] = {
    [SL_KIND_IBAN] = {"iban", "iban"},
    [SL_KIND_CRYPTO_WALLET] = {"crypto_wallet", "portafoglio_cripto"},
    [SL_KIND_FISCAL_CODE] = {"fiscal_code", "codice_fiscale"},
    [SL_KIND_CARD] = {"card", "carta"},
    [SL_KIND_EMAIL] = {"email", "email"},
    [SL_KIND_URL_TOKEN] = {"url_token", "token"},
    [SL_KIND_ICCID] = {"iccid", "iccid"},
    [SL_KIND_IMEI] = {"imei", "imei"},
    [SL_KIND_IMSI] = {"imsi", "imsi"},
    [SL_KIND_VAT_NUMBER] = {"vat_number", "partita_iva"},
    [SL_KIND_MIGRATION_CODE] = {"migration_code", "codice_migrazione"},
    [SL_KIND_CARD_SECRET] = {"card_secret", "segreto_carta"},
    [SL_KIND_PUK_PIN] = {"puk_pin", "puk_pin"},
    [SL_KIND_PASSWORD] = {"password", "password"},
    [SL_KIND_IDENTITY_CARD] = {"identity_card", "documento"},
    [SL_KIND_PASSPORT] = {"passport", "passaporto"},
    [SL_KIND_DRIVING_LICENCE] = {"driving_licence", "patente"},
    [SL_KIND_PLATE] = {"plate", "targa"},
    [SL_KIND_MAC] = {"mac", "mac"},
    [SL_KIND_IP] = {"ip", "ip"},
    [SL_KIND_BIRTH_DATE] = {"birth_date", "data_nascita"},
    [SL_KIND_PHONE] = {"phone", "telefono"},
    [SL_KIND_CUSTOMER_CODE] = {"customer_code", "codice_cliente"},
    [SL_KIND_ADDRESS] = {"address", "indirizzo"},
};

static const char *const operator_words[] = {
    [SL_OPERATOR_LABEL] = "label", [SL_OPERATOR_STARS] = "stars", [SL_OPERATOR_LAST4] = "last4",
    [SL_OPERATOR_DROP] = "drop",   [SL_OPERATOR_TOKEN] = "token", [SL_OPERATOR_KEEP] = "keep",
};

static const char *const action_words[] = {
    [SL_ACTION_COURTESY] = "courtesy",
    [SL_ACTION_REMOVE] = "remove",
    [SL_ACTION_BAN_REVIEW] = "ban_review",
    [SL_ACTION_SURVEY] = "survey",
};

static const char *const critical_words[] = {
    [SL_CRITICAL_DETRACTOR] = "detractor",
    [SL_CRITICAL_SPAMMER] = "spammer",
    [SL_CRITICAL_INFLUENCER] = "influencer",
    [SL_CRITICAL_EXPLOITATION] = "exploitation",
};

_Static_assert(sizeof label_words / sizeof label_words[0] == SL_LABELS_COUNT, "a word a label");
_Static_assert(sizeof line_words / sizeof line_words[0] == SL_LINES_COUNT, "a word a line");
_Static_assert(sizeof kind_words / sizeof kind_words[0] == SL_KINDS_COUNT, "a word a kind");
_Static_assert(sizeof operator_words / sizeof operator_words[0] == SL_OPERATORS_COUNT,
               "a word an operator");
_Static_assert(sizeof action_words / sizeof action_words[0] == SL_ACTIONS_COUNT,
               "a word an action");
_Static_assert(sizeof critical_words / sizeof critical_words[0] == SL_CRITICALS_COUNT,
               "a word a critical");

const char *sl_label_word(enum sl_label label) {
    SL_ASSERT((unsigned)label < SL_LABELS_COUNT);
    return label_words[label];
}

const char *sl_line_word(enum sl_line line) {
    SL_ASSERT((unsigned)line < SL_LINES_COUNT);
    return line_words[line];
}

const char *sl_flag_word(enum sl_flag flag) {
    SL_ASSERT((unsigned)flag < SL_FLAGS_COUNT);
    return flag == SL_FLAG_NONE ? NULL : flag == SL_FLAG_CARE ? "care" : "editorial";
}

const char *sl_kind_word(enum sl_kind kind) {
    SL_ASSERT((unsigned)kind < SL_KINDS_COUNT);
    return kind_words[kind].word;
}

const char *sl_kind_italian_word(enum sl_kind kind) {
    SL_ASSERT((unsigned)kind < SL_KINDS_COUNT);
    return kind_words[kind].italian;
}

const char *sl_operator_word(enum sl_operator word) {
    SL_ASSERT((unsigned)word < SL_OPERATORS_COUNT);
    return operator_words[word];
}

const char *sl_action_word(enum sl_action action) {
    SL_ASSERT((unsigned)action < SL_ACTIONS_COUNT);
    return action_words[action];
}

const char *sl_critical_word(enum sl_critical critical) {
    SL_ASSERT((unsigned)critical < SL_CRITICALS_COUNT);
    return critical_words[critical];
}
