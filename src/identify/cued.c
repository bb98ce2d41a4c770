// SPDX-License-Identifier: Apache-2.0
#include "identify/cued.h"

#include <string.h>

#define BACK_WORDS_MAX   5
#define ABBREVIATION_MAX 4

// Words on the way from a cue to its value, by their first letter: such as lead on, '=' such as say
// what it is, '#' such as say that it is a number, and '!' such as lead away, to a time, an amount
// or somebody to call.
static const char *const on_the_way[26] = {
    ['a' - 'a'] = "a|abbiamo|!about|accesso|account|adsl|!after|!ai|!al|!alle|!allo|amazon|amex|an|"
                  "and|!anni|!anno|apple|=are|arrivato|as|!at|attivazione|attuale|avete",
    ['b' - 'a'] = "!before|!by",
    ['c' - 'a'] =
        "!call|!called|!calling|card|carta|casa|cell|cellulare|che|!chiama|!chiamando|"
        "!chiamare|!chiamate|!chiamato|!chiamo|ci|=cioe|!circa|cliente|#cod|#code|#codice|"
        "come|conferma|contract|contratto|coopvoce|!costa|!costo|credito|current|customer",
    ['d' - 'a'] = "d|!dal|!dall|!dalle|dato|debito|dei|del|dell|della|delle|dello|di|disdetta|"
                  "=diventa|!dopo",
    ['e' - 'a'] = "e|ecco|ed|enter|!entro|=equals|=era|!euro",
    ['f' - 'a'] = "facebook|fastweb|fattura|fibra|!fino|fissa|fisso|following|for|!fra|!from",
    ['g' - 'a'] = "gave|given|gli|google|got|guasto",
    ['h' - 'a'] = "ha|hai|hanno|has|have|her|here|his|ho",
    ['i' - 'a'] =
        "i|#id|#ident|ig|il|iliad|!in|inserisci|insta|instagram|internet|intestato|inviato|"
        "invoice|=is",
    ['k' - 'a'] = "kena",
    ['l' - 'a'] = "l|la|le|line|linea|lo",
    ['m' - 'a'] = "mandato|mastercard|me|mi|mia|miei|mio|mobile|my",
    ['n' - 'a'] =
        "#n|!negli|!nel|!nell|new|#no|nostra|nostro|#nr|#nro|#num|#number|#numeri|#numero|"
        "nuova|nuovo",
    ['o' - 'a'] = "o|of|old|!oltre|operatore|or|!ore|our|!over",
    ['p' - 'a'] = "per|personale|phone|pin|poi|portabilita|poste|pratica|!prezzo|!prima|primo|"
                  "principale|puk",
    ['q' - 'a'] = "!quasi|quella|quello|questa|questo|qui",
    ['r' - 'a'] = "received|recesso|#ref|#reference|reclamo|registrato|retro|ricevuto|rimborso|"
                  "riportato|=risulta",
    ['s' - 'a'] = "=sarebbe|scheda|scritto|secondo|=segue|seguente|sent|sicurezza|sim|!since|sms|"
                  "=sono|spid|stampato|su|sua|subentro|sul|suo",
    ['t' - 'a'] =
        "telefonica|telefono|telegram|temporaneo|that|the|their|then|this|tim|!tra|tua|tuo",
    ['u' - 'a'] = "=uguale|un|una|!until|usa|usare|use|user|utente|utenza",
    ['v' - 'a'] = "vecchio|verifica|via|visa|vodafone|voltura|vostra|vostro",
    ['w' - 'a'] = "=was|whatsapp|wind|windtre|!within",
    ['y' - 'a'] = "you|your",
};

// What may stand between a value and the cue behind it.
static const char back_words[] =
    "il|lo|la|l|i|the|a|un|una|mio|mia|tuo|tua|suo|sua|nostro|nostra|"
    "vostro|vostra|my|your|our|his|her|codice|cod|code|numero|number|"
    "nuovo|nuova|new|di|del|della|google|whatsapp|telegram|facebook|instagram|"
    "apple|amazon|microsoft|paypal|spid|poste|sim|tim|vodafone|iliad|"
    "account|one|login";
static const char back_links[] = "is|era|was|sarebbe|come|as|are|sono|for";

static const char counted[] =
    "cifre|cifra|digit|digits|numeri|caratteri|characters|volta|volte|times|tentativi|tentativo|"
    "attempts|tries|secondi|seconds|sec|minuto|minuti|minutes|min|mins|ora|ore|h|hours|giorno|"
    "giorni|gg|days|settimana|settimane|weeks|mese|mesi|months|anno|anni|years|euro|eur|gb|"
    "lire|yen|rupees|rs|dollari|dollars|bucks|pounds|sterline|franchi|punti|points|views|like|"
    "likes|giga|mb|mega|mbps|k|mila|milioni|sms|chiamate|calls|clienti|customers|utenti|users|"
    "persone|people|follower|followers|posti|pagine|pages|metri|km|copie|rate|linee|contratti|"
    "fatture|account|accounts|pratiche|messaggi|messages";
static const char counted_signs[] = "cifre|cifra|digit|digits|numeri|caratteri|characters";

static bool word_fits(const unsigned char *bytes, uint32_t start, uint32_t end, const char *words) {
    size_t len = end - start;
    for (const char *word = words; len > 0;) {
        size_t same = 0;
        while (same < len && (unsigned char)word[same] == bytes[start + same]) {
            same++;
        }
        if (same == len && (word[same] == '|' || word[same] == '\0')) {
            return true;
        }
        const char *bar = strchr(word + same, '|');
        if (bar == NULL) {
            break;
        }
        word = bar + 1;
    }
    return false;
}

bool sl_cued_listed(const struct sl_look *look, uint32_t start, uint32_t end, const char *words) {
    return word_fits(look->bytes, start, end, words);
}

bool sl_cued_among(const struct sl_look *look, uint32_t start, uint32_t end,
                   const char *const words[26]) {
    if (start == end || !sl_is_letter(look->bytes[start])) {
        return false;
    }
    const char *list = words[look->bytes[start] - 'a'];
    return list != NULL && word_fits(look->bytes, start, end, list);
}

static uint32_t letters_end(const struct sl_look *look, uint32_t at) {
    while (at < look->len && sl_is_letter(look->bytes[at])) {
        at++;
    }
    return at;
}

uint32_t sl_cued_digits_end(const struct sl_look *look, uint32_t at) {
    while (at < look->len && sl_is_digit(look->bytes[at])) {
        at++;
    }
    return at;
}

uint32_t sl_cued_run_end(const struct sl_look *look, uint32_t at, uint32_t max,
                         uint32_t *ret_count) {
    uint32_t end = at, count = 0;
    for (uint32_t next = at; next != SL_NOWHERE && sl_is_digit(look->bytes[next]);
         next = sl_skip_separators(look, end)) {
        end = sl_cued_digits_end(look, next);
        count += end - next;
        if (count > max) {
            return at;
        }
    }
    *ret_count = count;
    return end;
}

// The sign of a word in on_the_way, ' ' when it has none, 0 when it does not stand there.
static char way_of(const unsigned char *bytes, uint32_t start, uint32_t end) {
    const char *words = end > start ? on_the_way[bytes[start] - 'a'] : NULL;
    for (const char *word = words; word != NULL && *word != '\0';) {
        size_t len = strcspn(word, "|");
        bool sign = strchr("=#!", *word) != NULL;
        if (len - sign == end - start && memcmp(word + sign, bytes + start, end - start) == 0) {
            return sign ? *word : ' ';
        }
        word += len + (word[len] == '|');
    }
    return 0;
}

// "è" or "e'", which tell what something is; a bare "e" is as often "and".
static bool is_copula(const struct sl_look *look, uint32_t start, uint32_t end) {
    if (end - start != 1 || look->bytes[start] != 'e') {
        return false;
    }
    bool accent = sl_look_original(look, start) >= 0x80;
    return accent || (end < look->len && look->bytes[end] == '\'');
}

// "[PHONE]", "[PHONE:…": what the stage itself wrote.
static bool label_at(const struct sl_look *look, uint32_t at) {
    uint32_t end = at + 1;
    while (end < look->len && (sl_is_letter(look->bytes[end]) || look->bytes[end] == '_')) {
        end++;
    }
    return end > at + 1 && end < look->len && (look->bytes[end] == ']' || look->bytes[end] == ':');
}

// A point behind a short word that leads on is an abbreviation's: "n.", "cod. cl.".
static bool ends_sentence(const struct sl_look *look, uint32_t at, bool strange) {
    const unsigned char *bytes = look->bytes;
    bool last = at + 1 == look->len || bytes[at + 1] == ' ';
    uint32_t word = at;
    while (word > 0 && at - word <= ABBREVIATION_MAX && sl_is_letter(bytes[word - 1])) {
        word--;
    }
    bool point = bytes[at] == '.' && (strange || at - word > ABBREVIATION_MAX);
    return last && (bytes[at] == '!' || bytes[at] == '?' || bytes[at] == ';' || point);
}

// Passes the signs before a token. SL_NOWHERE: none follows.
static uint32_t skip_signs(const struct sl_look *look, struct sl_cued *value, uint32_t at) {
    const unsigned char *bytes = look->bytes;
    for (; at < look->len && at - value->from <= SL_CUED_REACH && !sl_is_alnum(bytes[at]); at++) {
        bool address = bytes[at] == ':' && at + 1 < look->len && bytes[at + 1] == '/';
        value->masked = bytes[at] == '[' && label_at(look, at);
        if (bytes[at] == '@' || address || value->masked ||
            ends_sentence(look, at, value->strange)) {
            return SL_NOWHERE;
        }
        value->linked |=
            bytes[at] >= 0x80 || (bytes[at] != '\0' && strchr(":=>([\"", bytes[at]) != NULL);
    }
    return at < look->len && at - value->from <= SL_CUED_REACH ? at : SL_NOWHERE;
}

// Behind the token that begins at `at`.
static uint32_t token_end(const struct sl_look *look, uint32_t at, bool *ret_digits) {
    const unsigned char *bytes = look->bytes;
    *ret_digits = false;
    uint32_t start = at;
    for (; at < look->len && at - start < 64; at++) {
        if (sl_is_alnum(bytes[at])) {
            *ret_digits |= sl_is_digit(bytes[at]);
            continue;
        }
        bool inside = at + 1 < look->len && sl_is_alnum(bytes[at + 1]);
        bool digits = inside && sl_is_digit(bytes[at + 1]) && sl_is_digit(bytes[at - 1]);
        bool joint = bytes[at] == '-' || bytes[at] == '_' ||
                     (digits && (bytes[at] == '.' || bytes[at] == '/'));
        if (!inside || !joint) {
            break;
        }
    }
    return at;
}

bool sl_cued_counts(const struct sl_look *look, uint32_t end) {
    uint32_t at = end;
    while (at < look->len && at - end < 2 && (look->bytes[at] == ' ' || look->bytes[at] == '-')) {
        at++;
    }
    return word_fits(look->bytes, at, letters_end(look, at), counted);
}

// "4 cifre", "6-digit".
static uint32_t skip_size(const struct sl_look *look, uint32_t at) {
    uint32_t end = sl_cued_digits_end(look, at);
    if (end == at || end - at > 2 || end == look->len) {
        return at;
    }
    uint32_t word = end + (look->bytes[end] == ' ' || look->bytes[end] == '-');
    uint32_t word_end = letters_end(look, word);
    return word_fits(look->bytes, word, word_end, counted_signs) ? word_end : at;
}

// Passes a word that leads on. Returns where it ends, `at` itself when it does not lead on,
// SL_NOWHERE when it leads away.
static uint32_t skip_word(const struct sl_look *look, struct sl_cued *value, uint32_t at) {
    uint32_t end = letters_end(look, at);
    bool glued = end < look->len && sl_is_digit(look->bytes[end]);
    bool prefix = end - at <= 2 && end + 1 < look->len && look->bytes[end] == '-' &&
                  sl_is_digit(look->bytes[end + 1]);
    if (glued || (prefix && way_of(look->bytes, at, end) != '#')) {
        return at;
    }
    char way = way_of(look->bytes, at, end);
    if (way == '!') {
        return SL_NOWHERE;
    }
    if (way == 0) {
        return at;
    }
    value->linked |= way == '=' || is_copula(look, at, end);
    value->numbered |= way == '#';
    value->words++;
    return end;
}

enum sl_cued_step sl_cued_next(const struct sl_look *look, struct sl_cued *value) {
    uint32_t at = value->end;
    if (value->strange) {
        value->linked = value->numbered = false;
    }
    for (;;) {
        at = skip_signs(look, value, at);
        if (at == SL_NOWHERE) {
            return SL_CUED_NONE;
        }
        value->strange = false;
        uint32_t next =
            sl_is_digit(look->bytes[at]) ? skip_size(look, at) : skip_word(look, value, at);
        if (next == SL_NOWHERE) {
            return SL_CUED_NONE;
        }
        if (next == at) {
            break;
        }
        at = next;
    }
    bool digits;
    value->start = at;
    value->end = token_end(look, at, &digits);
    if (digits) {
        return SL_CUED_CODE;
    }
    value->end = letters_end(look, at);
    value->words++;
    value->strangers++;
    value->strange = true;
    return SL_CUED_WORD;
}

bool sl_cued_before(const struct sl_look *look, uint32_t at, struct sl_cued *value) {
    const unsigned char *bytes = look->bytes;
    *value = (struct sl_cued){.from = at};
    while (value->words <= BACK_WORDS_MAX) {
        while (at > 0 && !sl_is_alnum(bytes[at - 1])) {
            unsigned char c = bytes[--at];
            if (value->from - at > SL_CUED_REACH || strchr(".,;!?@#", c) != NULL) {
                return false;
            }
            value->linked |= c == '=';
        }
        if (at == 0 || sl_is_digit(bytes[at - 1])) {
            value->end = at;
            return at > 0;
        }
        uint32_t end = at;
        while (at > 0 && end - at <= SL_CUE_REACH_BEFORE && sl_is_letter(bytes[at - 1])) {
            at--;
        }
        if (is_copula(look, at, end) || word_fits(bytes, at, end, back_links)) {
            value->linked = true;
        } else if (!word_fits(bytes, at, end, back_words)) {
            value->end = end;
            return value->linked;
        }
        value->words++;
    }
    return false;
}

bool sl_cued_is_year(const struct sl_look *look, uint32_t start, uint32_t end) {
    const unsigned char *bytes = look->bytes + start;
    return end - start == 4 &&
           ((bytes[0] == '1' && bytes[1] == '9') || (bytes[0] == '2' && bytes[1] == '0'));
}

bool sl_cued_against(const struct sl_look *look, enum sl_kind kind, uint32_t from, uint32_t to) {
    for (uint32_t i = sl_cues_from(look->cues, from); i < look->cues->cues_count; i++) {
        const struct sl_cue *cue = &look->cues->cues[i];
        if (cue->start >= to) {
            break;
        }
        if ((cue->against >> kind & 1) != 0) {
            return true;
        }
    }
    return false;
}

bool sl_cued_cue_in_handle(const struct sl_look *look, const struct sl_cue *cue) {
    unsigned char before = cue->start > 0 ? look->bytes[cue->start - 1] : ' ';
    return before == '@' || before == '#' || before == '_';
}
