// SPDX-License-Identifier: Apache-2.0
#include "engine/cues.h"

#include <stdlib.h>
#include <string.h>

#define ADDRESS_REACH 512

struct cue_words {
    const char *strong, *weak, *against;
};

// What a number of seven to nineteen digits is when it is nobody's.
#define OTHER_NUMBERS                                                                              \
    "ordine|ordini|order|orders|ticket*|tracking|spedizione|pacco|pacchi|collo|parcel|protocollo|" \
    "segnalazione|reclamo n|seriale|serial|matricola|imei|iccid|modello|model|versione|version|"   \
    "firmware|build|isbn|ean|asin|sku|upc|articolo|prenotazione|booking|volo|flight|case id|"      \
    "case number|case n|case no|reference|riferimento|rif|incident|error|errore|tweet id|post id"

static const struct cue_words kinds_cues[SL_KINDS_COUNT] = {
    [SL_KIND_IBAN] =
        {
            "iban|coordinate bancarie|bonific*|conto corrente|c c|c c n|bank account|bank details|"
            "accredit*|addebit*|rimbors*|refund*|sepa|rid|wire transfer",
            "conto|banca|bancari*|bank|account",
            "",
        },
    [SL_KIND_FISCAL_CODE] =
        {
            "codice fiscale|codice fiscal|cod fiscale|cod fisc|codfisc|c f|fiscal code|tax code|"
            "tax id|tax number|tin",
            "codice|fiscale|code",
            "",
        },
    [SL_KIND_CARD] =
        {
            "carta di credito|carta di debito|carta credito|numero carta|numero di carta|"
            "numero della carta|carta n|carta numero|mia carta|postepay|poste pay|bancomat|visa|"
            "mastercard|master card|amex|american express|maestro|diners|prepagata|credit card|"
            "debit card|card number|card no|my card|pan",
            "carta|carte|card|cards|pagat*|pagamento|addebit*|paid|payment|charged",
            OTHER_NUMBERS,
        },
    [SL_KIND_EMAIL] =
        {
            "mail|e mail|mails|posta elettronica|pec|indirizzo mail|casella",
            "indirizzo|scriv*|contatt*|address|write|reach me|rispond*",
            "",
        },
    [SL_KIND_VAT_NUMBER] =
        {
            "p iva|partita iva|part iva|p i|p i v a|vat number|vat no|vat id|vat|codice fiscale|"
            "cod fiscale|cod fisc|c f",
            "iva|fattur*|ditta|azienda|societa|impresa|sdi|codice univoco|invoice|company",
            OTHER_NUMBERS,
        },
    [SL_KIND_PHONE] =
        {
            "tel|telef|telefon*|cell|cel|cellulare|cellulari|phone|phones|telephone|mobile|"
            "cellphone|whatsapp|whats app|wapp|whatsup|wa me|mio numero|mio num|mio nr|mio n|"
            "numero mio|numero di cell|numero fisso|numero mobile|nostro numero|suo numero|"
            "chiam*|richiam*|contattatemi|contattami|contattarmi|contattateci|ricontatt*|"
            "recapito|recapiti|linea fissa|linea telefonica|numero della linea|"
            "utenza|utenze|rispondo al|squill*|fax|call|called|calling|ring|rang|text me|"
            "my number|number is|the number|contact number|contact no|reach me|sms al|portabilita",
            "numero|numeri|num|nr|n|linea|linee|fisso|sim|scheda|number|no|line|contact|contatt*|"
            "scriv*|sms|ricarica|ricaricare|intestat*|attiv*",
            OTHER_NUMBERS,
        },
};

// Words that make an amount of the number before them.
static const char *const units[] = {
    "gb",      "mb",     "kb",        "tb",        "giga",     "mega",     "mbps",
    "mbit",    "gbps",   "kbps",      "euro",      "eur",      "usd",      "dollari",
    "dollars", "pounds", "sterline",  "cent",      "percento", "minuti",   "minutes",
    "mins",    "mesi",   "months",    "settimane", "weeks",    "anni",     "years",
    "punti",   "points", "km",        "mq",        "kg",       "views",    "visualizzazioni",
    "like",    "likes",  "followers", "follower",  "iscritti", "abitanti", "persone",
    "people",  "users",  "utenti",    "clienti",   "voti",     "milioni",  "miliardi",
};

static bool is_word(unsigned char c) {
    return (unsigned char)(c - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

static bool is_digit(unsigned char c) {
    return (unsigned char)(c - '0') < 10;
}

static uint32_t bucket(unsigned char first) {
    uint32_t letter = (unsigned char)(first - 'a');
    return letter < 26 ? letter : 26;
}

static struct sl_cue make_cue(const char *text, size_t len, bool stem, enum sl_cue_weight weight) {
    bool varies = len < 2 || text[1] == ' ';
    return (struct sl_cue){
        .text = text,
        .len = (uint16_t)len,
        .second = varies ? 0 : (unsigned char)text[1],
        .stem = stem,
        .weight = weight,
    };
}

// Takes the next cue off "a|b|c*".
static bool next_cue(const char **words, enum sl_cue_weight weight, struct sl_cue *ret_cue) {
    if (**words == '\0') {
        return false;
    }
    size_t len = strcspn(*words, "|");
    bool stem = (*words)[len - 1] == '*';
    *ret_cue = make_cue(*words, len - stem, stem, weight);
    *words += len + ((*words)[len] == '|');
    return true;
}

static uint32_t built_in_cues(enum sl_kind kind, struct sl_cue *list) {
    const char *words[] = {kinds_cues[kind].strong, kinds_cues[kind].weak,
                           kinds_cues[kind].against};
    static const enum sl_cue_weight weights[] = {SL_CUE_STRONG, SL_CUE_WEAK, SL_CUE_AGAINST};
    uint32_t count = 0;
    for (uint32_t i = 0; i < 3; i++) {
        struct sl_cue cue;
        while (next_cue(&words[i], weights[i], &cue)) {
            if (list != NULL) {
                list[count] = cue;
            }
            count++;
        }
    }
    return count;
}

static int compare_cues(const void *a, const void *b) {
    return (int)bucket((unsigned char)((const struct sl_cue *)a)->text[0]) -
           (int)bucket((unsigned char)((const struct sl_cue *)b)->text[0]);
}

int sl_cues_open(enum sl_kind kind, const struct sl_str *extra, uint32_t extra_count,
                 struct sl_error *error, struct sl_cues *ret_cues) {
    uint32_t count = built_in_cues(kind, NULL);
    struct sl_cue *list = malloc((count + extra_count) * sizeof *list);
    if (list == NULL) {
        return sl_error_set(error, "no memory for the cues of %s", sl_kind_word(kind));
    }
    built_in_cues(kind, list);
    for (uint32_t i = 0; i < extra_count; i++) {
        if (extra[i].len > 0 && extra[i].len <= UINT16_MAX) {
            list[count++] = make_cue(extra[i].data, extra[i].len, false, SL_CUE_STRONG);
        }
    }
    qsort(list, count, sizeof *list, compare_cues);
    *ret_cues = (struct sl_cues){.list = list};
    for (uint32_t i = 0, at = 0; i < 28; i++) {
        while (at < count && bucket((unsigned char)list[at].text[0]) < i) {
            at++;
        }
        ret_cues->by_letter[i] = (uint16_t)at;
    }
    return SL_OK;
}

void sl_cues_close(struct sl_cues *cues) {
    free(cues->list);
    *cues = (struct sl_cues){0};
}

// Where the cue that begins at `at` ends, 0 when it does not stand there. Words end at `limit`.
static uint32_t match_cue(const struct sl_cue *cue, const unsigned char *bytes, uint32_t at,
                          uint32_t limit) {
    if (cue->second != 0 && (at + 1 >= limit || bytes[at + 1] != cue->second)) {
        return 0;
    }
    for (uint32_t i = 0; i < cue->len; i++) {
        if (cue->text[i] == ' ') {
            for (uint32_t gap = 0; gap < 3 && at < limit && !is_word(bytes[at]); gap++) {
                at++;
            }
        } else if (at >= limit || bytes[at] != (unsigned char)cue->text[i]) {
            return 0;
        } else {
            at++;
        }
    }
    while (cue->stem && at < limit && is_word(bytes[at])) {
        at++;
    }
    return at == limit || !is_word(bytes[at]) ? at : 0;
}

static void count_cue(enum sl_cue_weight weight, enum sl_cue_weight *side, bool *against) {
    if (weight == SL_CUE_AGAINST) {
        *against = true;
    } else if (weight > *side) {
        *side = weight;
    }
}

static void look_before(const struct sl_cues *cues, const unsigned char *bytes, uint32_t start,
                        struct sl_surroundings *around) {
    uint32_t at = start > SL_CUE_REACH_BEFORE ? start - SL_CUE_REACH_BEFORE : 0;
    bool touched = false;
    while (at > 0 && at < start && is_word(bytes[at - 1])) {
        at++;
    }
    while (at < start) {
        if (is_word(bytes[at]) || bytes[at] >= 0x80) {
            uint32_t letter = bucket(bytes[at]);
            for (uint32_t i = cues->by_letter[letter]; i < cues->by_letter[letter + 1]; i++) {
                uint32_t cue_end = match_cue(&cues->list[i], bytes, at, start);
                if (cue_end != 0) {
                    count_cue(cues->list[i].weight, &around->before, &around->against);
                    touched |= cue_end == start;
                }
            }
            while (at < start && is_word(bytes[at])) {
                at++;
            }
        }
        at++;
    }
    around->letters_before =
        start > 0 && is_word(bytes[start - 1]) && !is_digit(bytes[start - 1]) && !touched;
}

static bool digit_follows(const unsigned char *bytes, uint32_t at, uint32_t len) {
    for (uint32_t end = at + 6 < len ? at + 6 : len; at < end; at++) {
        if (is_digit(bytes[at])) {
            return true;
        }
    }
    return false;
}

static void look_after(const struct sl_cues *cues, const unsigned char *bytes, uint32_t len,
                       uint32_t end, struct sl_surroundings *around) {
    uint32_t reach = len - end > SL_CUE_REACH_AFTER ? end + SL_CUE_REACH_AFTER : len;
    bool touched = false;
    for (uint32_t at = end; at < reach; at++) {
        uint32_t letter = bucket(bytes[at]);
        for (uint32_t i = cues->by_letter[letter]; i < cues->by_letter[letter + 1]; i++) {
            uint32_t cue_end = match_cue(&cues->list[i], bytes, at, len);
            if (cue_end != 0 && cues->list[i].weight != SL_CUE_AGAINST) {
                bool ours = !digit_follows(bytes, cue_end, len);
                touched |= at == end;
                around->after = ours && cues->list[i].weight > around->after ? cues->list[i].weight
                                                                             : around->after;
            }
        }
        while (at < reach && is_word(bytes[at])) {
            at++;
        }
    }
    around->letters_after = end < len && is_word(bytes[end]) && !is_digit(bytes[end]) && !touched;
}

static bool currency_at(const unsigned char *bytes, uint32_t len, uint32_t at) {
    if (is_word(bytes[at]) || bytes[at] == ' ') {
        return false;
    }
    static const char *const signs[] = {"€", "£", "¥", "$", "%"};
    for (uint32_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        uint32_t sign_len = (uint32_t)strlen(signs[i]);
        if (len - at >= sign_len && memcmp(bytes + at, signs[i], sign_len) == 0) {
            return true;
        }
    }
    return false;
}

static bool amount_before(const unsigned char *bytes, uint32_t start) {
    uint32_t end = start > 0 && bytes[start - 1] == ' ' ? start - 1 : start;
    uint32_t at = end;
    // Signs are one to three bytes long, the word is four.
    for (uint32_t len = 1; len <= 3 && len <= end; len++) {
        if (currency_at(bytes, end, end - len)) {
            return true;
        }
    }
    while (at > 0 && is_word(bytes[at - 1])) {
        at--;
    }
    return end - at == 4 && memcmp(bytes + at, "euro", 4) == 0;
}

static bool amount_after(const unsigned char *bytes, uint32_t len, uint32_t end) {
    uint32_t at = end < len && bytes[end] == ' ' ? end + 1 : end;
    if (at >= len || currency_at(bytes, len, at)) {
        return at < len;
    }
    uint32_t word_end = at;
    while (word_end < len && is_word(bytes[word_end])) {
        word_end++;
    }
    for (uint32_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if ((unsigned char)units[i][0] == bytes[at] && strlen(units[i]) == word_end - at &&
            memcmp(units[i], bytes + at, word_end - at) == 0) {
            return true;
        }
    }
    return false;
}

static bool token_has(const unsigned char *token, size_t len, const char *word) {
    return memmem(token, len, word, strlen(word)) != NULL;
}

static bool in_address(const unsigned char *bytes, uint32_t start) {
    uint32_t at = start;
    while (at > 0 && start - at < ADDRESS_REACH && bytes[at - 1] != ' ') {
        at--;
    }
    size_t len = start - at;
    if (!token_has(bytes + at, len, "://") && !token_has(bytes + at, len, "www.")) {
        return false;
    }
    return !token_has(bytes + at, len, "wa.me") && !token_has(bytes + at, len, "whatsapp") &&
           !token_has(bytes + at, len, "phone") && !token_has(bytes + at, len, "tel");
}

static bool alone(const unsigned char *bytes, uint32_t len, uint32_t start, uint32_t end) {
    for (uint32_t at = start; at > 0; at--) {
        if (is_word(bytes[at - 1])) {
            return false;
        }
    }
    for (uint32_t at = end; at < len; at++) {
        if (is_word(bytes[at])) {
            return false;
        }
    }
    return true;
}

struct sl_surroundings sl_cues_look(const struct sl_cues *cues, const unsigned char *bytes,
                                    uint32_t len, uint32_t start, uint32_t end) {
    struct sl_surroundings around = {0};
    look_before(cues, bytes, start, &around);
    look_after(cues, bytes, len, end, &around);
    around.amount = amount_before(bytes, start) || amount_after(bytes, len, end);
    around.in_address = in_address(bytes, start);
    around.alone = alone(bytes, len, start, end);
    return around;
}
