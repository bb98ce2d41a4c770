// SPDX-License-Identifier: Apache-2.0
//
// Passwords and keys of wireless networks, by cue alone: what stands behind "password", with or
// without ':' or "è" between, and looks chosen to be hard to guess: letters with digits, signs
// inside, small letters before capitals; or is quoted. A plain word is none: people write far more
// often that a password is forgotten, expired or wrong. The user's name beside a password goes with
// it.
#include <string.h>

#include "identify/kind.h"

#define VALUE_MIN     4
#define DIRECT_MIN    6 // without ':' or "è"
#define NUMBER_MIN    8 // digits, without ':' or "è"
#define KEY_MIN       8 // behind a bare "chiave"
#define VALUE_MAX     64
#define WORDS_BETWEEN 8
#define USER_REACH    48
#define USER_MIN      3
#define MODEL_MAX     4 // digits behind the name of a product

enum {
    JOINED = 85,
    DIRECT = 70,
    USER = 70,
};

// Between a cue and its value.
static const char *const between[] = {
    "del",   "della",       "dello",      "di",        "de",       "dell'",   "il",      "la",
    "lo",    "mia",         "mio",        "nuova",     "nuovo",    "vecchia", "attuale", "wifi",
    "wi-fi", "wireless",    "wlan",       "rete",      "modem",    "router",  "casa",    "account",
    "email", "mail",        "e-mail",     "posta",     "spid",     "area",    "clienti", "app",
    "sito",  "provvisoria", "temporanea", "temporary", "accesso",  "login",   "per",     "in",
    "con",   "a",           "to",         "the",       "my",       "new",     "old",     "for",
    "of",    "network",     "wpa",        "wpa2",      "wpa3",     "wep",     "psk",     "key",
    "n.",    "fibra",       "adsl",       "tim",       "vodafone", "fastweb", "iliad",   "windtre",
};

// A value follows: "la password è …".
static const char *const copulas[] = {"e",       "e'",   "is",     "was",      "era",
                                      "sarebbe", "this", "questa", "seguente", "as"};

// Said of passwords, also in quotes and behind "=".
static const char *const said[] = {
    "errata",   "errato",   "sbagliata", "scaduta",  "dimenticata", "persa",     "non",
    "reset",    "invalid",  "incorrect", "wrong",    "expired",     "forgotten", "password",
    "valida",   "corretta", "debole",    "sicura",   "weak",        "required",  "obbligatoria",
    "mancante", "missing",  "richiesta", "campo",    "null",        "true",      "false",
    "none",     "username", "user",      "utente",   "login",       "inserire",  "inserisci",
    "aes-256",  "aes-128",  "aes256",    "aes-ccmp",
};

// Names that are written with a number or a capital inside and are no passwords.
static const char *const products[] = {
    "windows",   "office",      "iphone",  "ipad",     "android",    "ios",      "covid",
    "galaxy",    "win",         "wpa",     "wifi",     "xbox",       "ps",       "euro",
    "samsung",   "playstation", "youtube", "mytim",    "myvodafone", "whatsapp", "facebook",
    "paypal",    "linkedin",    "tiktok",  "icloud",   "netflix",    "spotify",  "gmail",
    "myfastweb", "postepay",    "windtre", "fritzbox", "sim",
};

// Tickets: "boarding pass".
static const char *const tickets[] = {
    "boarding", "game", "green", "day", "gate", "hall", "lounge", "companion", "music",
    "season",   "bus",  "ski",   "sky", "free", "gold", "battle", "travel",    "media",
};

// Their owner's name stands behind these.
static const char *const users[] = {"user",    "username", "utente",    "nome utente",
                                    "login",   "nick",     "nickname",  "userid",
                                    "user id", "account",  "user name", "id utente"};

static bool is_listed(const struct sl_look *look, uint32_t start, uint32_t end,
                      const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (look->bytes[start] == (unsigned char)list[i][0] && strlen(list[i]) == end - start &&
            memcmp(look->bytes + start, list[i], end - start) == 0) {
            return true;
        }
    }
    return false;
}

#define LISTED(look, start, end, list)                                                             \
    is_listed(look, start, end, list, sizeof(list) / sizeof(list)[0])

static bool is_cue(const struct sl_look *look, const struct sl_cue *cue, const char *word) {
    return strlen(word) == cue->end - cue->start &&
           memcmp(look->bytes + cue->start, word, cue->end - cue->start) == 0;
}

// What a value is made of.
struct value {
    uint32_t start, end;
    uint32_t letters, digits, capitals, signs; // signs not at the end
    bool camel;                                // a capital behind a small letter
    bool foreign;                              // an emoji
};

// Letters beyond ASCII and currency signs may belong to a password, pictures do not.
static bool is_picture(unsigned char c) {
    return c >= 0xE3;
}

static struct value read_value(const struct sl_look *look, uint32_t start, uint32_t end) {
    struct value value = {.start = start, .end = end};
    bool small_before = false;
    uint32_t signs = 0;
    for (uint32_t at = start; at < end; at++) {
        unsigned char c = look->bytes[at];
        bool capital = sl_is_letter(c) && (sl_look_original(look, at) & 0x20) == 0;
        value.letters += sl_is_letter(c) || c >= 0x80;
        value.digits += sl_is_digit(c);
        value.capitals += capital;
        value.camel |= capital && small_before;
        small_before = sl_is_letter(c) && !capital;
        bool sign = at > start && sl_is_one_of(c, "!@#$%^&*+=_~?");
        signs = sign ? signs + 1 : signs;
        value.signs = sign ? value.signs : signs;
        value.foreign |= is_picture(c);
    }
    return value;
}

// Where the word that begins at `at` ends, without the sentence's punctuation. In a link a value
// ends where the next begins.
static uint32_t word_end(const struct sl_look *look, uint32_t at, bool in_link) {
    uint32_t end = at;
    while (end < look->len && look->bytes[end] != ' ' && look->bytes[end] != '"' &&
           end - at <= VALUE_MAX && !is_picture(look->bytes[end]) &&
           !sl_label_at(look->bytes, look->len, end) &&
           !(in_link && sl_is_one_of(look->bytes[end], "&#;"))) {
        end++;
    }
    while (end > at && sl_is_one_of(look->bytes[end - 1], ".,;:?)]}>'`")) {
        end--;
    }
    return end;
}

static bool is_address(const struct sl_look *look, const struct value *value) {
    const unsigned char *bytes = look->bytes + value->start;
    size_t len = value->end - value->start;
    const unsigned char *sign = memchr(bytes, '@', len);
    bool mail = sign != NULL && memchr(sign, '.', (size_t)(bytes + len - sign)) != NULL &&
                sign > bytes && sl_is_alnum(bytes[len - 1]);
    return mail || memmem(bytes, len, "://", 3) != NULL || memmem(bytes, len, "www.", 4) != NULL;
}

// "iphone12", "MyTIM".
static bool is_product(const struct sl_look *look, const struct value *value) {
    uint32_t end = value->end;
    while (end > value->start && sl_is_digit(look->bytes[end - 1])) {
        end--;
    }
    return value->end - end <= MODEL_MAX && end > value->start &&
           LISTED(look, value->start, end, products);
}

// "24h", "1000mb", "3volte": a number and what it counts.
static bool is_counted(const struct sl_look *look, const struct value *value) {
    uint32_t at = value->start;
    while (at < value->end && sl_is_digit(look->bytes[at])) {
        at++;
    }
    return at > value->start && value->end - at == value->letters && value->capitals == 0;
}

static bool is_chosen(const struct sl_look *look, const struct value *value, bool joined) {
    uint32_t len = value->end - value->start;
    bool mixed = value->letters > 0 && value->digits > 0;
    if (len < VALUE_MIN || len > VALUE_MAX || value->foreign ||
        sl_is_one_of(look->bytes[value->start], "@#[*/") || is_address(look, value) ||
        LISTED(look, value->start, value->end, said)) {
        return false;
    }
    if (!joined) {
        bool number = value->letters == 0 && value->digits == len && len >= NUMBER_MIN;
        return number ||
               (len >= DIRECT_MIN && !is_product(look, value) && !is_counted(look, value) &&
                (mixed || (value->signs > 0 && value->capitals > 0 && value->letters > 2)));
    }
    bool number = value->digits >= VALUE_MIN && value->letters == 0;
    bool word = (value->camel && len >= DIRECT_MIN && !is_product(look, value)) ||
                (value->signs > 0 && value->letters > 2);
    return mixed || number || word;
}

// What is known once the words between a cue and its value are read.
struct place {
    uint32_t at;
    bool joined; // ':' or "è" stands between
    bool tight;  // "=", and nothing else
    bool quoted;
};

// Skips a word that may stand between. Returns false when the value begins here.
static bool skip_word(const struct sl_look *look, struct place *place) {
    uint32_t end = place->at;
    while (end < look->len &&
           (sl_is_alnum(look->bytes[end]) || look->bytes[end] == '-' || look->bytes[end] == '\'')) {
        end++;
    }
    bool ends = end == look->len || sl_is_one_of(look->bytes[end], " :=)");
    if (end == place->at || !ends) {
        return false;
    }
    bool copula = LISTED(look, place->at, end, copulas);
    // "password MyTim: …"
    bool named = end < look->len && sl_is_one_of(look->bytes[end], ":=") &&
                 !LISTED(look, place->at, end, said);
    if (!copula && !named && !LISTED(look, place->at, end, between)) {
        return false;
    }
    place->joined |= copula;
    place->at = end;
    return true;
}

// "\"password\": …"
static uint32_t skip_own_quote(const struct sl_look *look, uint32_t at) {
    const unsigned char *bytes = look->bytes;
    if (at + 2 >= look->len || (bytes[at] != '"' && bytes[at] != '\'')) {
        return at;
    }
    uint32_t next = at + 1 + (bytes[at + 1] == ' ');
    return bytes[next] == ':' || bytes[next] == '=' ? next : at;
}

// The bytes of an arrow, or of a hand that points.
static uint32_t arrow_bytes(const struct sl_look *look, uint32_t at) {
    static const char *const arrows[] = {"→", "➡", "➔", "➜", "⇒", "👉"};
    for (size_t i = 0; look->bytes[at] >= 0x80 && i < sizeof arrows / sizeof arrows[0]; i++) {
        size_t len = strlen(arrows[i]);
        if (look->len - at >= len && memcmp(look->bytes + at, arrows[i], len) == 0) {
            return (uint32_t)len;
        }
    }
    return 0;
}

// Goes from behind the cue to where its value must begin. False: no value can follow.
static bool find_place(const struct sl_look *look, uint32_t from, struct place *ret_place) {
    struct place place = {.at = skip_own_quote(look, from)};
    from = place.at;
    for (uint32_t words = 0; words < WORDS_BETWEEN;) {
        if (place.at >= look->len) {
            return false;
        }
        unsigned char c = look->bytes[place.at];
        unsigned char next = place.at + 1 < look->len ? look->bytes[place.at + 1] : 0;
        if (c == ' ') {
            place.at++;
        } else if (c == ':' || c == '=' || (c == '-' && (next == '>' || next == ' '))) {
            place.tight = c == '=' && place.at == from && next != ' ';
            place.joined = true;
            place.at += 1 + (next == '>');
            words++;
        } else if (c == '"' || c == '`' || (c == '\'' && place.at > from)) {
            place.quoted = true;
            place.at++;
            break;
        } else if (c == '(' || (c == ')' && words > 0) || (c == '*' && next == '*')) {
            place.at += 1 + (c == '*');
            words++;
        } else if (arrow_bytes(look, place.at) > 0) {
            place.joined = true;
            place.at += arrow_bytes(look, place.at);
            words++;
        } else if (place.at == from || !skip_word(look, &place)) {
            break;
        } else {
            words++;
        }
    }
    *ret_place = place;
    return place.at > from && place.at < look->len &&
           !sl_label_at(look->bytes, look->len, place.at);
}

// The value between quotes, without the blanks inside them. One word, or, where the quotes are
// joined to the cue, a phrase.
static bool read_quoted(const struct sl_look *look, const struct place *place,
                        struct value *ret_value) {
    uint32_t start = place->at, end;
    unsigned char quote = look->bytes[place->at - 1];
    while (start < look->len && look->bytes[start] == ' ') {
        start++;
    }
    for (end = start; end < look->len && look->bytes[end] != quote; end++) {
        if (end - start > VALUE_MAX) {
            return false;
        }
    }
    if (end == look->len) {
        return false;
    }
    while (end > start && look->bytes[end - 1] == ' ') {
        end--;
    }
    uint32_t first = word_end(look, start, false);
    *ret_value = read_value(look, start, end);
    return end - start >= VALUE_MIN && first > start && !LISTED(look, start, first, said) &&
           !sl_label_at(look->bytes, look->len, start) && !ret_value->foreign &&
           !is_address(look, ret_value) && (place->joined || is_chosen(look, ret_value, false));
}

// Cues that mean other things more often: "pass", "chiave".
static bool is_doubtful(const struct sl_look *look, const struct sl_cue *cue) {
    return is_cue(look, cue, "pass") || is_cue(look, cue, "pw") || is_cue(look, cue, "chiave");
}

static bool find_value(const struct sl_look *look, const struct sl_cue *cue,
                       struct value *ret_value, bool *ret_joined) {
    struct place place;
    if (!find_place(look, cue->end, &place)) {
        return false;
    }
    *ret_joined = place.joined;
    if (place.quoted && read_quoted(look, &place, ret_value)) {
        return true;
    }
    bool in_link = cue->start > 0 && sl_is_one_of(look->bytes[cue->start - 1], "?&#;");
    uint32_t end = word_end(look, place.at, in_link);
    struct value value = read_value(look, place.at, end);
    *ret_value = value;
    bool plain = place.tight && value.letters >= VALUE_MIN && end - place.at <= VALUE_MAX &&
                 value.letters == end - place.at && !LISTED(look, value.start, end, said);
    if (end == place.at || (!plain && !is_chosen(look, &value, place.joined))) {
        return false;
    }
    if (is_cue(look, cue, "chiave")) {
        return value.letters > 0 && value.digits > 0 && end - place.at >= KEY_MIN;
    }
    return true;
}

static void add(struct sl_look *look, uint32_t start, uint32_t end, int score, uint32_t reasons) {
    sl_look_add(look, (struct sl_candidate){start, end, SL_KIND_PASSWORD, score,
                                            SL_REASON_SHAPE | reasons});
}

// "user mrossi" beside a password. A plain word only where nothing else follows it.
static void look_at_user(struct sl_look *look, const struct sl_cue *cue,
                         const struct value *password) {
    struct place place;
    const unsigned char *bytes = look->bytes;
    bool named = false;
    for (size_t i = 0; i < sizeof users / sizeof users[0]; i++) {
        named |= is_cue(look, cue, users[i]);
    }
    if (!named || (cue->start > 0 && bytes[cue->start - 1] == '@') ||
        !find_place(look, cue->end, &place)) {
        return;
    }
    uint32_t end = word_end(look, place.at, false);
    uint32_t first = sl_cues_from(look->cues, place.at);
    bool other = first < look->cues->cues_count && look->cues->cues[first].start == place.at;
    if (end - place.at < USER_MIN || !sl_is_alnum(bytes[place.at]) || other ||
        (place.at < password->end && end > password->start)) {
        return;
    }
    struct value value = read_value(look, place.at, end);
    uint32_t next = end < look->len && bytes[end] == ' ' ? end + 1 : end;
    uint32_t following = sl_cues_from(look->cues, next);
    bool last = next >= look->len || !sl_is_letter(bytes[next]) ||
                (following < look->cues->cues_count && look->cues->cues[following].start == next &&
                 (look->cues->cues[following].strong >> SL_KIND_PASSWORD & 1) != 0);
    if (place.joined || value.digits > 0 || value.signs > 0 || last) {
        add(look, place.at, end, USER, SL_REASON_CUE_BEFORE);
    }
}

static void look_at_users(struct sl_look *look, const struct sl_cue *cue,
                          const struct value *password) {
    uint32_t from = cue->start > USER_REACH ? cue->start - USER_REACH : 0;
    const struct sl_cue_list *list = look->cues;
    for (uint32_t i = sl_cues_from(list, from);
         i < list->cues_count && list->cues[i].start < password->end + USER_REACH; i++) {
        if ((list->cues[i].weak >> SL_KIND_PASSWORD & 1) != 0) {
            look_at_user(look, &list->cues[i], password);
        }
    }
}

static uint32_t word_start(const struct sl_look *look, uint32_t end) {
    uint32_t start = end;
    while (start > 0 && look->bytes[start - 1] != ' ' && end - start <= VALUE_MAX) {
        start--;
    }
    return start;
}

// "… è la password del wifi".
static void look_before_cue(struct sl_look *look, const struct sl_cue *cue) {
    static const char *const owners[] = {"la", "mia", "nuova", "the", "my", "new", "nostra"};
    uint32_t end = cue->start;
    for (uint32_t words = 0; words < WORDS_BETWEEN && end > 0 && look->bytes[end - 1] == ' ';
         words++) {
        uint32_t start = word_start(look, end - 1);
        bool copula = LISTED(look, start, end - 1, copulas);
        if (copula && start > 0) {
            uint32_t from = word_start(look, start - 1);
            struct value value = read_value(look, from, word_end(look, from, false));
            if (value.end > from && is_chosen(look, &value, false)) {
                add(look, value.start, value.end, DIRECT, SL_REASON_CUE_AFTER);
            }
        }
        if (copula || !LISTED(look, start, end - 1, owners)) {
            return;
        }
        end = start;
    }
}

// A word that means other things more often needs a sign behind it, or another word of the sort
// before it, and is no ticket.
static bool is_vouched(const struct sl_look *look, const struct sl_cue *cue,
                       const struct value *value, bool joined) {
    uint32_t end = cue->start > 0 && look->bytes[cue->start - 1] == ' ' ? cue->start - 1 : 0;
    bool ticket = end > 0 && LISTED(look, word_start(look, end), end, tickets);
    return !ticket &&
           (joined ||
            sl_look_around(look, SL_KIND_PASSWORD, cue->start, value->end).before != SL_CUE_NONE);
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    struct value value;
    bool joined;
    if (cue->start > 0 && sl_is_one_of(look->bytes[cue->start - 1], "@#")) {
        return;
    }
    bool doubtful = is_doubtful(look, cue);
    if (!find_value(look, cue, &value, &joined)) {
        if (!doubtful) {
            look_before_cue(look, cue);
        }
        return;
    }
    if (doubtful && !is_vouched(look, cue, &value, joined)) {
        return;
    }
    add(look, value.start, value.end, joined ? JOINED : DIRECT, SL_REASON_CUE_BEFORE);
    look_at_users(look, cue, &value);
}

const struct sl_kind_rules sl_kind_password = {
    .threshold = 60,
    .cues =
        {
            "password|passwords|passwd|passw|psw|pswd|pwd|psswd|pword|passcode|passphrase|"
            "pass phrase|parola d ordine|parola di accesso|parola segreta|chiave di accesso|"
            "chiave d accesso|chiave wifi|chiave wi fi|chiave del wifi|chiave del wi fi|"
            "chiave wpa|chiave wpa2|chiave wep|chiave di rete|chiave della rete|"
            "chiave di sicurezza|codice wifi|codice wi fi|codice del wifi|wpa|wpa2|wpa3|wpa key|"
            "wifi key|wi fi key|wifi code|network key|security key|pass|pw|chiave|"
            "pa$$word|pa$$w0rd|p@ssword|p@ssw0rd|p@$$word|p@$$w0rd|passw0rd|pass word|p4ssword|"
            "p4ssw0rd|pa55word|pa55w0rd",
            "user|username|utente|nome utente|login|nick|nickname|userid|user id|user name|"
            "id utente|account|mail|email|e mail|wifi|wi fi|spid|rete|ssid|modem|router",
            "",
        },
    .on_cue = look_at_cue,
    .cue_is_enough = true,
};
