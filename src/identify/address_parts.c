// SPDX-License-Identifier: Apache-2.0
#include "identify/address_parts.h"

#include <string.h>

#include "identify/provinces.h"
#include "identify/wordlist.h"

#define NUMBER_DIGITS_MAX 4
#define CODE_DIGITS       5
#define CODE_MIN          10
#define CODE_MAX          98168
#define EXTRAS_MAX        4
#define TOWN_WORDS_MAX    4

// What makes something else of the number before it.
static const char counted[] =
    "|euro|eur|gb|mb|kb|tb|giga|mega|mbps|mbit|ore|ora|minuti|minuto|min|mins|secondi|sec|giorni|"
    "giorno|gg|settimane|settimana|mesi|mese|anni|anno|volte|volta|casi|persone|clienti|utenti|"
    "operatori|chiamate|messaggi|mail|email|sms|tentativi|richieste|segnalazioni|ticket|tecnici|"
    "km|metri|cm|kg|mq|punti|stelle|su|h|hours|hour|hrs|days|day|weeks|week|months|month|years|"
    "year|times|minutes|percent|people|users|posts|tweets|pm|am|gol|corsie|livelli|lezioni|"
    "puntate|episodi|milioni|miliardi|mila|gradi|morti|feriti|followers|voti|working|isolati|"
    "miles|bucks|dollars|passi|condomini|famiglie|strade|antenne|linee|palazzi|case|negozi|"
    "appartamenti|lampioni|pali|operai|ragazzi|auto|incidenti|cantieri|armadi|centraline|civici|"
    "cabine|squadre|guasti|disservizi|edifici|piani|abitazioni|utenze|modem|";

static const char extras[] =
    "|int|interno|interni|scala|sc|piano|palazzina|pal|lotto|appartamento|app|apt|apartment|flat|"
    "unit|suite|edificio|blocco|corpo|isolato|km|condominio|";

// Behind a comma, and no town.
static const char no_towns[] =
    "|grazie|non|ma|e|ed|da|dal|dalle|la|il|lo|le|gli|i|in|a|al|alle|per|con|senza|ho|abbiamo|"
    "siamo|sono|mi|ci|si|che|tel|telefono|cell|cellulare|citofono|cliente|codice|cf|internet|linea|"
    "fibra|adsl|modem|rete|tim|vodafone|wind|windtre|fastweb|iliad|telecom|infostrada|tiscali|sky|"
    "no|niente|nessuno|ancora|sempre|oggi|ieri|domani|buongiorno|salve|ciao|thanks|please|and|the|"
    "my|we|is|it|no|but|i|vi|vorrei|chiedo|quando|dove|come|perche|problema|guasto|zona|presso|";

static const char town_joints[] =
    "|di|del|della|dei|degli|delle|dell|nel|nell|sul|sull|in|al|alla|d|e|la|le|lo|l|";

bool sl_address_capital(const struct sl_look *look, uint32_t at) {
    unsigned char c = sl_look_original(look, at);
    return (c >= 'A' && c <= 'Z') || c >= 0x80;
}

uint32_t sl_address_gap(const struct sl_look *look, uint32_t at) {
    uint32_t end = at;
    while (end < look->len && end - at < 3 &&
           (look->bytes[end] == ' ' || look->bytes[end] == ',' || look->bytes[end] == '-')) {
        end++;
    }
    return end;
}

static uint32_t digits_end(const struct sl_look *look, uint32_t at) {
    while (at < look->len && sl_is_digit(look->bytes[at])) {
        at++;
    }
    return at;
}

// The civic number.

// " B", where small letters are words: "12 c'e".
static bool is_letter_suffix(const struct sl_look *look, uint32_t at) {
    bool quoted = at + 1 < look->len && look->bytes[at + 1] == '\'';
    return !quoted && strchr("bcdfg", look->bytes[at]) != NULL &&
           (look->bytes[at] == 'b' || sl_address_capital(look, at));
}

// "/b", "-14", "b", "/12", " bis", from behind the digits.
static uint32_t suffix_end(const struct sl_look *look, uint32_t at) {
    uint32_t from = at;
    if (at < look->len && (look->bytes[at] == '/' || look->bytes[at] == '-')) {
        from = at + 1;
    } else if (at < look->len && look->bytes[at] == ' ' &&
               sl_wordlist_at(look, "|bis|ter|quater|", at + 1)) {
        return sl_wordlist_end(look, at + 1);
    } else if (at + 1 < look->len && look->bytes[at] == ' ' && sl_wordlist_ends(look, at + 2) &&
               is_letter_suffix(look, at + 1)) {
        return at + 2;
    }
    uint32_t letters = sl_wordlist_end(look, from);
    if (letters > from && sl_wordlist_ends(look, letters)) {
        bool word = sl_wordlist_has("|bis|ter|quater|", look->bytes + from, letters - from);
        return letters - from == 1 || word ? letters : at;
    }
    uint32_t digits = from > at ? digits_end(look, from) : from;
    return digits > from && digits - from <= 3 && sl_wordlist_ends(look, digits) ? digits : at;
}

// True when what stands behind makes the number something else.
static bool goes_on(const struct sl_look *look, uint32_t end) {
    unsigned char joint = sl_joint_after(look, end);
    if (!sl_wordlist_ends(look, end) || (joint != 0 && joint != ',')) {
        return true;
    }
    if (joint == ',') {
        return digits_end(look, end + 1) - end - 1 != CODE_DIGITS;
    }
    if (end == look->len) {
        return false;
    }
    uint32_t word = end + (look->bytes[end] == ' ');
    return sl_wordlist_at(look, counted, word) || sl_wordlist_at(look, sl_wordlist_months, word) ||
           (word < look->len && strchr("%$&+=", look->bytes[word]) != NULL) ||
           (look->len - word >= 3 && memcmp(look->bytes + word, "€", 3) == 0) ||
           (look->len - word >= 2 && memcmp(look->bytes + word, "£", 2) == 0);
}

// "4g", "24/7", "2 a 1": said of nets, hours and games.
static bool is_figure_of_speech(const struct sl_look *look, uint32_t at, uint32_t end) {
    uint32_t len = end - at;
    const unsigned char *text = look->bytes + at;
    bool generation = len == 2 && text[0] >= '2' && text[0] <= '6' && text[1] == 'g';
    bool always = len == 4 && memcmp(text, "24/7", 4) == 0;
    bool score =
        look->len - end >= 4 && memcmp(text + len, " a ", 3) == 0 && sl_is_digit(text[len + 3]);
    return generation || always || score;
}

uint32_t sl_address_number(const struct sl_look *look, uint32_t at, uint32_t *parts) {
    uint32_t end = digits_end(look, at);
    if (end == at || end - at > NUMBER_DIGITS_MAX || look->bytes[at] == '0') {
        return SL_NOWHERE;
    }
    bool century = memcmp(look->bytes + at, "19", 2) == 0 || memcmp(look->bytes + at, "20", 2) == 0;
    *parts |= end - at == NUMBER_DIGITS_MAX && century ? SL_ADDRESS_YEAR : 0;
    uint32_t suffix = suffix_end(look, end);
    // "3-2" may be a score.
    *parts |= suffix > end && look->bytes[end] != '-' ? SL_ADDRESS_SUFFIX : 0;
    uint32_t probe = 0;
    // "12 km" counts something, "12 km 3" stands on a road.
    bool extra = sl_address_tail(look, suffix, &probe) > suffix && (probe & SL_ADDRESS_EXTRA) != 0;
    bool other = is_figure_of_speech(look, at, suffix) || (!extra && goes_on(look, suffix));
    return other ? SL_NOWHERE : suffix;
}

// Stairs and floors.

// "int. 4", "scala b", "3° piano".
static uint32_t extra_end(const struct sl_look *look, uint32_t at) {
    uint32_t from = sl_address_gap(look, at);
    if (from == at || from >= look->len) {
        return SL_NOWHERE;
    }
    if (sl_is_digit(look->bytes[from])) {
        uint32_t digits = digits_end(look, from);
        uint32_t piano = sl_wordlist_skip(look, "|o|", 1, digits);
        bool floor = digits - from <= 2 && piano != SL_NOWHERE && piano - digits <= 4 &&
                     sl_wordlist_at(look, "|piano|floor|", piano);
        return floor ? sl_wordlist_end(look, piano) : SL_NOWHERE;
    }
    uint32_t value = sl_wordlist_end(look, from);
    if (!sl_wordlist_has(extras, look->bytes + from, value - from)) {
        return SL_NOWHERE;
    }
    while (value < look->len && strchr(". :", look->bytes[value]) != NULL) {
        value++;
    }
    uint32_t digits = digits_end(look, value);
    uint32_t end = digits > value && digits - value <= 4 ? suffix_end(look, digits)
                                                         : sl_wordlist_end(look, value);
    bool letter = digits == value && end - value == 1;
    bool word =
        digits == value && sl_wordlist_has("|terra|rialzato|primo|secondo|terzo|quarto|unico|",
                                           look->bytes + value, end - value);
    return sl_wordlist_ends(look, end) && (digits > value || letter || word) ? end : SL_NOWHERE;
}

// Post code and town.

uint32_t sl_address_code(const struct sl_look *look, uint32_t at) {
    uint32_t start = sl_address_gap(look, at);
    if (start < look->len && sl_wordlist_at(look, "|cap|", start)) {
        start = sl_wordlist_skip(look, "|cap|", 1, start);
    }
    if (start == SL_NOWHERE || digits_end(look, start) - start != CODE_DIGITS ||
        !sl_wordlist_ends(look, start + CODE_DIGITS) ||
        sl_joint_after(look, start + CODE_DIGITS) != 0) {
        return SL_NOWHERE;
    }
    uint32_t code = 0;
    for (uint32_t i = 0; i < CODE_DIGITS; i++) {
        code = code * 10 + look->bytes[start + i] - '0';
    }
    return code >= CODE_MIN && code <= CODE_MAX ? start + CODE_DIGITS : SL_NOWHERE;
}

// "(rm)", " rm", ", rm" behind a town. Without brackets it must be in capitals.
static uint32_t province_end(const struct sl_look *look, uint32_t at) {
    uint32_t from = sl_address_gap(look, at);
    bool bracket = from < look->len && strchr("([", look->bytes[from]) != NULL;
    from += bracket;
    if (look->len - from < 2 || from == at || sl_wordlist_end(look, from) - from != 2 ||
        !sl_province_has(look->bytes + from)) {
        return SL_NOWHERE;
    }
    if (bracket) {
        bool closed = look->len - from >= 3 && strchr(")]", look->bytes[from + 2]) != NULL;
        return closed ? from + 3 : SL_NOWHERE;
    }
    bool capitals = sl_address_capital(look, from) && sl_address_capital(look, from + 1);
    return capitals && sl_wordlist_ends(look, from + 2) ? from + 2 : SL_NOWHERE;
}

// A town's words from `at` on, up to where the name may end.
struct town {
    uint32_t end;        // of the name by its capitals; SL_NOWHERE: it has none
    uint32_t one_end;    // of its first word
    uint32_t before_end; // of the words before a province in brackets; SL_NOWHERE
};

static bool shouts(const struct sl_look *look, uint32_t start, uint32_t end) {
    return end - start >= 2 && sl_address_capital(look, start) &&
           sl_address_capital(look, start + 1);
}

static struct town read_town(const struct sl_look *look, uint32_t at) {
    struct town town = {SL_NOWHERE, SL_NOWHERE, SL_NOWHERE};
    bool named = true;
    for (uint32_t words = 0; words < TOWN_WORDS_MAX; words++) {
        uint32_t end = sl_wordlist_end(look, at);
        if (end == at || (end < look->len && look->bytes[end] >= 0x80)) {
            break;
        }
        bool capital = sl_address_capital(look, at) && !shouts(look, at, end);
        named &= capital || (words > 0 && sl_wordlist_has(town_joints, look->bytes + at, end - at));
        town.one_end = words == 0 ? end : town.one_end;
        town.end = named && capital && end - at > 1 ? end : town.end;
        uint32_t province = province_end(look, end);
        if (province != SL_NOWHERE && look->bytes[province - 1] == ')') {
            town.before_end = end;
            break;
        }
        if (end + 1 >= look->len || strchr(" '-", look->bytes[end]) == NULL) {
            break;
        }
        at = end + 1;
    }
    return town;
}

// The town that begins behind `at`; `code`: a post code stands before it. SL_NOWHERE: there is
// none that belongs here.
static uint32_t town_end(const struct sl_look *look, uint32_t at, bool code, uint32_t *parts) {
    uint32_t start = sl_address_gap(look, at);
    uint32_t chief = sl_province_town_end(look, start);
    if (start == at || start >= look->len || !sl_is_letter(look->bytes[start]) ||
        (chief == SL_NOWHERE && sl_wordlist_at(look, no_towns, start))) {
        return SL_NOWHERE;
    }
    bool parted = code || start - at > 1 || look->bytes[at] == ',';
    struct town town = read_town(look, start);
    uint32_t end = town.before_end != SL_NOWHERE ? town.before_end
                   : chief != SL_NOWHERE         ? chief
                   : town.end != SL_NOWHERE      ? town.end
                   : code                        ? town.one_end
                                                 : SL_NOWHERE;
    if (end == SL_NOWHERE) {
        return end;
    }
    uint32_t province = province_end(look, end);
    uint32_t behind = province != SL_NOWHERE ? province : end;
    uint32_t late_code = code ? SL_NOWHERE : sl_address_code(look, behind);
    if (!parted && province == SL_NOWHERE && late_code == SL_NOWHERE) {
        return SL_NOWHERE;
    }
    *parts |= province != SL_NOWHERE || end == chief ? SL_ADDRESS_PROVINCE : SL_ADDRESS_TOWN;
    *parts |= late_code != SL_NOWHERE ? SL_ADDRESS_CODE : 0;
    return late_code != SL_NOWHERE ? late_code : behind;
}

uint32_t sl_address_tail(const struct sl_look *look, uint32_t at, uint32_t *parts) {
    for (uint32_t i = 0; i < EXTRAS_MAX; i++) {
        uint32_t end = extra_end(look, at);
        if (end == SL_NOWHERE) {
            break;
        }
        *parts |= SL_ADDRESS_EXTRA;
        at = end;
    }
    uint32_t code = sl_address_code(look, at);
    if (code != SL_NOWHERE) {
        *parts |= SL_ADDRESS_CODE;
        at = code;
    }
    uint32_t town = town_end(look, at, code != SL_NOWHERE, parts);
    if (town != SL_NOWHERE) {
        uint32_t land = sl_address_gap(look, town);
        bool named = land > town && sl_wordlist_at(look, "|italia|italy|", land);
        return named ? sl_wordlist_end(look, land) : town;
    }
    uint32_t province = province_end(look, at);
    if (province != SL_NOWHERE) {
        *parts |= SL_ADDRESS_PROVINCE;
        return province;
    }
    return at;
}
