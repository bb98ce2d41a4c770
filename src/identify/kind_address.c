// SPDX-License-Identifier: Apache-2.0
//
// Street addresses: a word for a street, a name, a civic number. "Via" is said of many things
// ("vado via", "via mail 3 volte", "in via di risoluzione"), so the name must look like one: by its
// capitals, as one that half the towns of Italy have, or by what stands round it (a post code, a
// town, "abito in"). Without a number or a post code it is no address.
#include <string.h>

#include "identify/address_parts.h"
#include "identify/provinces.h"
#include "identify/wordlist.h"

#define NAME_WORDS_MAX  6
#define NAME_BYTES_MAX  56
#define SMALL_WORDS_MAX 3 // of a name without capitals
#define DAY_DIGITS_MAX  2
#define SHORT_WORD_MAX  4 // "mons."
#define KIND            SL_KIND_ADDRESS

enum {
    STREET = 30,
    STREET_VAGUE = 20, // "corso", "largo": everyday words
    NAME_CAPITAL = 30,
    NAME_KNOWN = 30,
    NAME_BOTH = 40,
    NAME_JOINED = 30, // "dei ciclamini"
    PREPOSITION = 30, // "in via …"
    CUE = 30,
    COMMA = 10,
    SUFFIX = 15,
    EXTRA = 20,
    CODE = 35,
    PROVINCE = 30,
    TOWN = 15,
    ENDS = 5,
    YEAR = -40,
    LONG_NUMBER = 10, // behind a vague word; courses and versions have short ones
    TOWN_BEHIND = 20, // not parted from the number, so not of the address
};

// Names of streets in most towns of Italy, and words that begin one.
static const char known[] =
    "|francia|spagna|inghilterra|germania|america|argentina|svizzera|toscana|lombardia|piemonte|"
    "sicilia|sardegna|umbria|veneto|puglia|calabria|liguria|romagna|garibaldi|mazzini|cavour|"
    "marconi|verdi|dante|alighieri|manzoni|leopardi|carducci|foscolo|pascoli|petrarca|rossini|"
    "puccini|bellini|matteotti|gramsci|moro|togliatti|kennedy|gasperi|nenni|pertini|einaudi|buozzi|"
    "vittorio|emanuele|umberto|margherita|galilei|galileo|volta|vinci|leonardo|michelangelo|"
    "raffaello|colombo|vespucci|repubblica|liberta|indipendenza|risorgimento|resistenza|italia|"
    "europa|unita|costituzione|partigiani|martiri|caduti|vittoria|pace|lavoro|mille|nazionale|"
    "provinciale|statale|comunale|industriale|stazione|chiesa|piave|isonzo|po|adige|tevere|monte|"
    "trieste|trento|gorizia|san|santa|santo|sant|ss|don|papa|monsignor|novembre|settembre|aprile|"
    "maggio|febbraio|giugno|marzo|diaz|cadorna|battisti|bixio|crispi|giolitti|turati|duomo|"
    "falcone|borsellino|pirandello|deledda|tasso|ariosto|boccaccio|aurelia|appia|cassia|"
    "salaria|tiburtina|casilina|flaminia|emilia|";

// Between the words of a name, small also where the others are not.
static const char joints[] =
    "|di|del|della|dello|dei|degli|delle|dell|de|da|dal|d|e|ed|la|le|lo|l|il|i|in|al|alla|alle|san|"
    "santa|santo|sant|don|papa|padre|suor|fratelli|flli|monsignor|mons|cardinale|generale|gen|"
    "capitano|cap|dott|dottor|ing|avv|prof|conte|re|";

// They stand between the words of a name only where capitals say that it is one.
static const char small_joints[] = "|di|del|della|dello|dei|degli|delle|dell|de|d|";

// What "via", "corso", "piazza" are said of, and words that no street is called after.
static const char no_names[] =
    "|mail|email|e|posta|pec|raccomandata|fax|telefono|telefonica|cellulare|sms|mms|dm|pm|chat|app|"
    "web|internet|online|rete|cavo|satellite|radio|tv|wifi|wi|fibra|adsl|fttc|ftth|dsl|lan|usb|"
    "bluetooth|hotspot|vpn|ip|http|https|www|url|link|sito|portale|form|modulo|ticket|messaggio|"
    "messaggi|messenger|whatsapp|telegram|twitter|facebook|fb|instagram|youtube|skype|social|tweet|"
    "google|amazon|paypal|apple|iphone|ipad|android|tim|vodafone|wind|windtre|fastweb|iliad|sky|"
    "telecom|bonifico|bollettino|carta|rid|sepa|agenzia|corriere|poste|tecnico|operatore|software|"
    "aggiornamento|reset|remoto|remota|libera|lattea|crucis|vai|da|dal|dalla|dalle|dai|con|col|per|"
    "che|non|no|si|ma|o|a|ai|agli|su|sul|tutto|tutti|tutte|subito|ora|ore|poi|solo|circa|"
    "quel|quello|questo|questa|sono|ho|ha|hai|hanno|mi|ti|ci|vi|se|nel|nella|nello|nell|nei|negli|"
    "nelle|come|quando|fino|entro|dopo|"
    "prima|verso|senza|piu|meno|oltre|almeno|ieri|oggi|domani|lunedi|martedi|mercoledi|giovedi|"
    "venerdi|sabato|domenica|affari|pulita|facendo|anticipo|definitiva|definitivo|eccezionale|"
    "straordinaria|telematica|preliminare|ufficiale|amichevole|bonaria|risoluzione|sviluppo|"
    "completamento|formazione|inglese|anno|anni|mesi|tempo|opera|the|an|of|to|and|my|your|this|"
    "text|phone|call|dhl|ups|gls|brt|sda|tnt|fedex|desktop|browser|chrome|terminal|gate|route|"
    "flight|java|python|excel|office|word|windows|microsoft|html|";

// Everyday words, that say little of what follows; the second sort only before small letters.
static const char vague_streets[] = "|corso|strada|str|quartiere|v|";
static const char vague_small_streets[] = "|largo|salita|calle|galleria|traversa|borgo|rione|";

// Streets cut short, by their last word.
static const char short_streets[] = "|v|le|vle|zza|pzza|za|so|go|str|da|loc|fraz|";

static const char prepositions[] = "|in|di|sita|sito|presso|alla|";

// What was read of a candidate up to the civic number.
struct street {
    uint32_t number; // where it or the post code stands
    uint32_t words;
    bool named; // there is more than "di", "della"
    bool capital, known, joined, comma;
    bool no_number; // "snc"; the number is that
};

static bool is_vague(const struct sl_look *look, const struct sl_cue *cue, bool capital) {
    const unsigned char *word = look->bytes + cue->start;
    size_t len = cue->end - cue->start;
    return sl_wordlist_has(vague_streets, word, len) ||
           (!capital && sl_wordlist_has(vague_small_streets, word, len));
}

// "strada statale 16": it crosses half a province.
static bool is_trunk_road(const struct sl_look *look, const struct sl_cue *cue,
                          const struct street *street, uint32_t parts) {
    uint32_t name = sl_wordlist_skip(look, "||", 0, cue->end);
    return parts == 0 && street->words == 1 && name != SL_NOWHERE &&
           sl_wordlist_at(look, "|strada|", cue->start) &&
           sl_wordlist_at(look, "|statale|provinciale|regionale|comunale|", name);
}

// "4 novembre", "xxv aprile", "1° maggio": days that streets are called after. Returns where the
// month stands, SL_NOWHERE when it is none.
static uint32_t day_name(const struct sl_look *look, uint32_t at) {
    uint32_t end = at;
    while (end < look->len && sl_is_digit(look->bytes[end])) {
        end++;
    }
    if (end == at || end - at > DAY_DIGITS_MAX) {
        return SL_NOWHERE;
    }
    uint32_t name = sl_wordlist_skip(look, "|o|", 1, end);
    bool day = name != SL_NOWHERE && name - end <= 3 &&
               (sl_wordlist_at(look, sl_wordlist_months, name) ||
                sl_wordlist_at(look, "|martiri|giornate|fratelli|febbraio|", name));
    return day && sl_wordlist_end(look, name) - name > 3 ? name : SL_NOWHERE;
}

// Takes one word of the name in. False: no name has it.
static bool take_word(const struct sl_look *look, uint32_t at, uint32_t end,
                      struct street *street) {
    const unsigned char *word = look->bytes + at;
    uint32_t len = end - at;
    bool first = street->words++ == 0;
    bool capital = sl_address_capital(look, at);
    bool joint = sl_wordlist_has(joints, word, len);
    street->known |=
        sl_wordlist_has(known, word, len) || sl_province_town_end(look, at) != SL_NOWHERE;
    street->joined |= first && len > 1 && sl_wordlist_has(small_joints, word, len) && len >= 3;
    if (sl_wordlist_has(no_names, word, len) && (first || !joint)) {
        return len == 1 && capital && end < look->len && look->bytes[end] == '.'; // an initial
    }
    street->named |= !joint;
    if (capital && !joint) {
        street->capital = true;
        return true;
    }
    return joint || !street->capital;
}

// Behind the name: a comma, "n.", "civico". Returns where digits or "snc" stand.
static uint32_t skip_to_number(const struct sl_look *look, uint32_t at, struct street *street) {
    uint32_t end = at;
    while (end < look->len && end - at < 3 && strchr(" ,-.", look->bytes[end]) != NULL) {
        street->comma |= look->bytes[end] == ',';
        end++;
    }
    if (end == look->len || !sl_is_letter(look->bytes[end])) {
        return end;
    }
    uint32_t number = sl_wordlist_skip(look, "|al|n|nr|num|numero|civico|civ|no|o|", 3, end);
    if (number == SL_NOWHERE || number == end) {
        return end;
    }
    street->comma = true;
    return number;
}

// Goes on to the next word of the name. A dot ends a sentence, unless the word is cut short.
static uint32_t skip_joint(const struct sl_look *look, uint32_t start, uint32_t end) {
    uint32_t at = end;
    while (at < look->len && at - end < 2 && strchr(" .'-", look->bytes[at]) != NULL) {
        if (look->bytes[at] == '.' && end - start > SHORT_WORD_MAX) {
            return end;
        }
        at++;
    }
    return at;
}

// Reads the name from `at` on.
static bool read_street(const struct sl_look *look, uint32_t at, struct street *ret_street) {
    const uint32_t from = at;
    struct street street = {0};
    uint32_t day = day_name(look, at);
    street.named = day != SL_NOWHERE;
    at = day != SL_NOWHERE ? day : at;
    while (at < look->len && at - from < NAME_BYTES_MAX) {
        uint32_t end = sl_wordlist_end(look, at);
        uint32_t number = street.words > 0 ? skip_to_number(look, at, &street) : at;
        if (number < look->len && street.words > 0 &&
            (sl_is_digit(look->bytes[number]) || sl_wordlist_at(look, "|snc|", number))) {
            street.number = number;
            street.no_number = !sl_is_digit(look->bytes[number]);
            *ret_street = street;
            return street.named && (street.capital || street.words <= SMALL_WORDS_MAX);
        }
        if (end == at || street.words == NAME_WORDS_MAX || street.comma ||
            !take_word(look, at, end, &street)) {
            return false;
        }
        at = skip_joint(look, at, end);
        if (at == end && (at == look->len || look->bytes[at] != ',')) {
            return false; // a digit or a sign is glued to the name
        }
    }
    return false;
}

static bool follows_preposition(const struct sl_look *look, uint32_t start) {
    uint32_t end = start > 0 && look->bytes[start - 1] == ' ' ? start - 1 : start;
    uint32_t word = sl_wordlist_start(look, end);
    return sl_wordlist_has(prepositions, look->bytes + word, end - word);
}

// "in via telematica", "in via prioritaria": how, not where.
static bool is_adjective(const struct sl_look *look, uint32_t end) {
    static const char *const endings[] = {"ale", "iva", "aria", "ica", "ente", "osa", "ima", "ile"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t len = strlen(endings[i]);
        if (end >= len && memcmp(look->bytes + end - len, endings[i], len) == 0) {
            return true;
        }
    }
    return false;
}

static int weigh_name(const struct street *street) {
    return street->capital && street->known ? NAME_BOTH
           : street->capital                ? NAME_CAPITAL
           : street->known                  ? NAME_KNOWN
           : street->joined                 ? NAME_JOINED
                                            : 0;
}

static int weigh_parts(uint32_t parts) {
    return ((parts & SL_ADDRESS_SUFFIX) != 0 ? SUFFIX : 0) +
           ((parts & SL_ADDRESS_EXTRA) != 0 ? EXTRA : 0) +
           ((parts & SL_ADDRESS_CODE) != 0 ? CODE : 0) +
           ((parts & SL_ADDRESS_PROVINCE) != 0 ? PROVINCE : 0) +
           ((parts & SL_ADDRESS_TOWN) != 0 ? TOWN : 0) +
           ((parts & SL_ADDRESS_YEAR) != 0 ? YEAR : 0);
}

// What stands right behind the address, and how long its number is.
static int weigh_end(const struct sl_look *look, const struct sl_cue *cue,
                     const struct street *street, uint32_t end) {
    uint32_t behind = end + (end < look->len && look->bytes[end] == ' ');
    bool ends = end == look->len || strchr(".,;!?)", look->bytes[end]) != NULL;
    bool digits = street->number + 1 < end && sl_is_digit(look->bytes[street->number]) &&
                  sl_is_digit(look->bytes[street->number + 1]);
    return (ends ? ENDS : 0) +
           (sl_province_town_end(look, behind) != SL_NOWHERE ? TOWN_BEHIND : 0) +
           (is_vague(look, cue, true) && street->capital && digits ? LONG_NUMBER : 0);
}

// "in via montanara" is a place, "in via prioritaria" is none.
static bool is_place(const struct sl_look *look, const struct sl_cue *cue,
                     const struct street *street) {
    uint32_t name_end = street->number;
    while (!sl_is_letter(look->bytes[name_end - 1])) {
        name_end--;
    }
    bool named = street->capital || street->known || street->words > 1;
    return follows_preposition(look, cue->start) && (named || !is_adjective(look, name_end));
}

static void weigh(struct sl_look *look, const struct sl_cue *cue, const struct street *street,
                  uint32_t end, uint32_t parts) {
    struct sl_candidate candidate = {cue->start, end, KIND, 0, SL_REASON_SHAPE};
    struct sl_surroundings around = sl_look_around(look, KIND, cue->start, end);
    if (around.letters_before || around.in_address || is_trunk_road(look, cue, street, parts)) {
        return;
    }
    candidate.score = (is_vague(look, cue, street->capital) ? STREET_VAGUE : STREET) +
                      weigh_name(street) + weigh_parts(parts) + (street->comma ? COMMA : 0) +
                      weigh_end(look, cue, street, end);
    if (is_place(look, cue, street)) {
        candidate.score += PREPOSITION;
        candidate.reasons |= SL_REASON_CUE_BEFORE;
    }
    if (around.weak_before) { // another street's name may stand before it as well
        candidate.score += CUE;
        candidate.reasons |= SL_REASON_CUE_BEFORE;
    }
    if ((parts & (SL_ADDRESS_CODE | SL_ADDRESS_PROVINCE)) != 0) {
        candidate.reasons |= SL_REASON_GROUPING;
    }
    sl_look_add(look, candidate);
}

static void look_italian(struct sl_look *look, const struct sl_cue *cue) {
    struct street street;
    uint32_t at = cue->end;
    bool dot = at < look->len && look->bytes[at] == '.';
    at += dot;
    at += at < look->len && look->bytes[at] == ' ';
    uint32_t last = sl_wordlist_start(look, cue->end);
    bool cut = sl_wordlist_has(short_streets, look->bytes + last, cue->end - last);
    // "v" is an address only as "v."; glued to its name no street is.
    if (at == cue->end || (dot && !cut) || (cue->end - cue->start == 1 && !dot) ||
        !read_street(look, at, &street)) {
        return;
    }
    uint32_t parts = 0, end;
    if (street.no_number) {
        parts = SL_ADDRESS_SUFFIX;
        end = sl_wordlist_end(look, street.number);
    } else {
        end = sl_address_number(look, street.number, &parts);
    }
    if (end == SL_NOWHERE) {
        end = sl_address_code(look, street.number);
        if (end == SL_NOWHERE) {
            return;
        }
        end = street.number; // the tail reads the code again
        while (!sl_is_letter(look->bytes[end - 1])) {
            end--;
        }
    }
    end = sl_address_tail(look, end, &parts);
    weigh(look, cue, &street, end, parts);
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    // Most of these words are everyday ones.
    if (!sl_look_digit_near(look, cue->start, cue->end, SL_LOOK_NEAR)) {
        return;
    }
    bool english = sl_wordlist_at(look, "|" SL_ADDRESS_ENGLISH "|", cue->start);
    if (english) {
        sl_address_look_english(look, cue);
    } else {
        look_italian(look, cue);
    }
}

const struct sl_kind_rules sl_kind_address = {
    .threshold = 60,
    .cues =
        {
            "via|v|viale|v le|vle|piazza|p zza|pzza|p za|piazzale|p le|piazzetta|corso|c so|largo|"
            "l go|vicolo|vico|strada|str|contrada|c da|localita|loc|frazione|fraz|borgo|salita|"
            "calle|fondamenta|lungomare|lungotevere|lungarno|lungo*|rione|traversa|galleria|"
            "circonvallazione|sestiere|quartiere|cascina|" SL_ADDRESS_ENGLISH,
            "abito|abita|abitiamo|abitazione|residente|residenti|residenza|domicilio|domiciliat*|"
            "indirizzo|indirizzi|sede|vivo|viviamo|casa|consegn*|spedi*|recapitat*|mi trovo|"
            "address|live at|lives at|living at|i live|ship to|deliver*|my house|my home|located "
            "at|located on|postcode|zip",
            "",
        },
    .on_cue = look_at_cue,
    .few_digits = true,
    .spelled = true,
};
