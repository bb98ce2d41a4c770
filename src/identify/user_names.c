// SPDX-License-Identifier: Apache-2.0
#include "identify/user_names.h"

#include <string.h>

#include "identify/cued.h"

#define NAME_MIN   4
#define NAME_MAX   32
#define DIGITS_MIN 5 // of a name of digits only
#define REACH      36

enum {
    NAME = 75,
    AGAINST = -40,
};

// Words that lead from the cue to the name.
static const char *const leading[26] = {
    ['a' - 'a'] = "account|as",
    ['c' - 'a'] = "come",
    ['d' - 'a'] = "del|della|di",
    ['e' - 'a'] = "e|era",
    ['f' - 'a'] = "facebook|fb|for|from",
    ['h' - 'a'] = "handle",
    ['i' - 'a'] = "id|ig|il|iliad|insta|instagram|is",
    ['l' - 'a'] = "la|lo",
    ['m' - 'a'] = "mia|mio|my|mytim",
    ['n' - 'a'] = "name|netflix|nome",
    ['o' - 'a'] = "on",
    ['p' - 'a'] = "per|profile|profilo|psn",
    ['r' - 'a'] = "registrato",
    ['s' - 'a'] = "sarebbe|skype|sono|spotify|su|suo",
    ['t' - 'a'] = "telegram|the|tim|tuo",
    ['u' - 'a'] = "under|user|username|utente",
    ['v' - 'a'] = "vodafone",
    ['w' - 'a'] = "was|wind",
};

// Words that tell something of a name instead of being it, besides most participles.
static const char *const ordinary[26] = {
    ['a' - 'a'] = "about|admin|again|aiuto|also|always|anche|ancora|assistenza|attivo",
    ['b' - 'a'] = "because|bene|blank|broken|business",
    ['c' - 'a'] = "cellulare|chiedo|codice|come|comunque|correct|corto|cosa",
    ['d' - 'a'] = "dato|direct|diverso|down",
    ['e' - 'a'] = "ecco|email|empty|error|errore|experience",
    ['f' - 'a'] = "falso|family|finale|free|friendly|from",
    ['g' - 'a'] = "generico|giusta|giusto|gone|gratis|grazie|guide",
    ['h' - 'a'] = "have|help|here|hidden",
    ['i' - 'a'] = "inattivo|incorrect|indirizzo|inesistente|inglese|interface|invalid|"
                  "italiano",
    ['j' - 'a'] = "just",
    ['l' - 'a'] = "lenta|lento|live|lungo",
    ['m' - 'a'] = "mail|male|manager|medio|molto",
    ['n' - 'a'] = "never|non|not|numero|nuovo",
    ['o' - 'a'] = "official|only",
    ['p' - 'a'] = "page|pagina|password|perche|pero|please|premium|private|privato|"
                  "problema|problemi|public",
    ['q' - 'a'] = "quale|quando|quella|quello|questo|qui",
    ['r' - 'a'] = "really|reel",
    ['s' - 'a'] = "same|sconosciuto|scrivi|scrivo|sempre|solito|solo|stessa|stesso|still|"
                  "stories|story|support",
    ['t' - 'a'] = "taken|telefono|thanks|that|their|then|there|this|troppo",
    ['u' - 'a'] = "ufficiale|uguale|unknown",
    ['v' - 'a'] = "valid|valido|vecchio|vero|very|vuoto",
    ['w' - 'a'] = "what|when|which|with|wrong",
    ['y' - 'a'] = "your",
};

static const char password_words[] = "pass|password|pwd|psw|pw|psswd|pssw";

static const char devices[] = "iphone|ios|windows|win|android|galaxy|ipad|ps|xbox|office|mac|"
                              "macos|samsung|huawei|xiaomi|redmi|mate|note|fritz|web|covid|fy";

static const char endings[] = "ato|ata|ati|ate|uto|uta|ito|ita|iti|ante|ente|ing|ed|are|ere|ire|"
                              "ion|ione|mente";

const char sl_user_name_words[] = "username|userid|user|utente|login|nickname|nick|ig|insta|"
                                  "instagram|telegram|tg|skype|snapchat|tiktok|discord|"
                                  "facebook|fb|gamertag|gamer tag|game tag|psn|online id|my id|"
                                  "mio id|account";

struct name {
    uint32_t start, end;
    uint32_t digits, letters;
    bool dot, underscore, capitals;
};

static bool begins(const struct sl_look *look, uint32_t start, uint32_t end, const char *text) {
    size_t len = strlen(text);
    return end - start >= len && memcmp(look->bytes + start, text, len) == 0;
}

static uint32_t word_end(const struct sl_look *look, uint32_t at) {
    while (at < look->len && sl_is_letter(look->bytes[at])) {
        at++;
    }
    return at;
}

// The word right before the cue is one of these.
static bool follows(const struct sl_look *look, const struct sl_cue *cue, const char *words) {
    uint32_t end = cue->start > 0 ? cue->start - 1 : 0, start = end;
    while (start > 0 && end - start < NAME_MAX && sl_is_letter(look->bytes[start - 1])) {
        start--;
    }
    return sl_cued_listed(look, start, end, words);
}

// The word right behind the cue is one of these.
static bool goes_on(const struct sl_look *look, const struct sl_cue *cue, const char *words) {
    uint32_t start = cue->end + (cue->end < look->len && look->bytes[cue->end] == ' ');
    return sl_cued_listed(look, start, word_end(look, start), words);
}

// Cues that name a user and nothing else.
static bool is_plain_cue(const struct sl_look *look, const struct sl_cue *cue) {
    return begins(look, cue->start, cue->end, "usern") ||
           begins(look, cue->start, cue->end, "useri") ||
           begins(look, cue->start, cue->end, "nick") ||
           begins(look, cue->start, cue->end, "login") || follows(look, cue, "nome|id") ||
           goes_on(look, cue, "name|id|nome");
}

static bool names_users(const struct sl_look *look, const struct sl_cue *cue) {
    return is_plain_cue(look, cue) || begins(look, cue->start, cue->end, "user") ||
           begins(look, cue->start, cue->end, "utente");
}

// "è", "e'", "is": what follows is the name. A bare "e" counts only where nothing else may follow.
static bool links(const struct sl_look *look, uint32_t start, uint32_t end) {
    bool e =
        end - start == 1 && look->bytes[start] == 'e' &&
        (sl_look_original(look, start) >= 0x80 || (end < look->len && look->bytes[end] == '\''));
    return e || sl_cued_listed(look, start, end, "is|was|era|sarebbe");
}

// Where the name begins, SL_NOWHERE when none can.
static uint32_t find_start(const struct sl_look *look, const struct sl_cue *cue, bool *ret_linked) {
    const unsigned char *bytes = look->bytes;
    *ret_linked = false;
    for (uint32_t at = cue->end; at < look->len && at - cue->end < REACH;) {
        unsigned char c = bytes[at];
        if (sl_is_letter(c)) {
            uint32_t end = word_end(look, at);
            bool handle =
                end < look->len &&
                (sl_is_digit(bytes[end]) || bytes[end] == '_' ||
                 (bytes[end] == '.' && end + 1 < look->len && sl_is_alnum(bytes[end + 1])));
            if (handle || !sl_cued_among(look, at, end, leading)) {
                return at;
            }
            *ret_linked |= links(look, at, end);
            at = end;
        } else if (sl_is_digit(c) || c == '_') {
            return at;
        } else if (c == '@') {
            bool handle = at > 0 && (bytes[at - 1] == ' ' || bytes[at - 1] == ':') &&
                          at + 1 < look->len && sl_is_alnum(bytes[at + 1]);
            return handle ? at : SL_NOWHERE;
        } else if (strchr("-.,;!?)/#[*&", c) != NULL && !(c == '-' && bytes[at + 1] == '>')) {
            return SL_NOWHERE;
        } else {
            *ret_linked |= c >= 0x80 || strchr(":=>(\"", c) != NULL;
            at++;
        }
    }
    return SL_NOWHERE;
}

static struct name read_name(const struct sl_look *look, uint32_t start) {
    const unsigned char *bytes = look->bytes;
    struct name name = {.start = start};
    uint32_t at = start + (bytes[start] == '@');
    for (; at < look->len && at - start <= NAME_MAX; at++) {
        unsigned char c = bytes[at];
        bool joint = (c == '.' || c == '-') && at + 1 < look->len && sl_is_alnum(bytes[at + 1]) &&
                     sl_is_alnum(bytes[at - 1]);
        if (!sl_is_alnum(c) && c != '_' && !joint) {
            break;
        }
        name.digits += sl_is_digit(c);
        name.letters += sl_is_letter(c);
        name.dot |= c == '.';
        name.underscore |= c == '_';
        unsigned char original = sl_look_original(look, at);
        name.capitals |= original >= 'A' && original <= 'Z' && at > start + 1 &&
                         sl_is_letter(sl_look_original(look, at - 1));
    }
    name.end = at;
    return name;
}

// A word of its own, in Italian or English, as far as a list and its ending tell.
static bool is_ordinary(const struct sl_look *look, uint32_t start, uint32_t end) {
    uint32_t word = word_end(look, start);
    if (word < end && look->bytes[word] != '.') {
        return false;
    }
    if (sl_cued_among(look, start, word, ordinary)) {
        return true;
    }
    if (word - start < NAME_MIN) {
        return word == end;
    }
    for (uint32_t len = 2; len <= 5 && len + 1 < word - start; len++) {
        if (sl_cued_listed(look, word - len, word, endings)) {
            return true;
        }
    }
    return false;
}

// Letters that begin no word of either language: an initial before a family name.
static bool begins_oddly(const struct sl_look *look, uint32_t start) {
    static const char vowels[] = "aeiouyhlr";
    unsigned char first = look->bytes[start], second = look->bytes[start + 1];
    bool vowel = strchr("aeiou", first) != NULL;
    bool cluster = strchr(vowels, second) != NULL &&
                   !(second == 'r' && strchr("mnlrvzsj", first)) &&
                   !(second == 'l' && strchr("mnrtdvzj", first));
    return !vowel && !cluster && first != 's' && !(first == 'p' && second == 's') &&
           !(first == 'g' && second == 'n') && !(first == 'k' && second == 'n') &&
           !(first == 't' && strchr("ws", second) != NULL) && first != second;
}

static bool password_follows(const struct sl_look *look, uint32_t end) {
    uint32_t at = end;
    while (at < look->len && at - end < 4 && !sl_is_alnum(look->bytes[at])) {
        at++;
    }
    uint32_t word = word_end(look, at);
    if (word - at == 1 && look->bytes[at] == 'e') {
        at = word + (word < look->len);
        word = word_end(look, at);
    }
    return sl_cued_listed(look, at, word, password_words);
}

static bool clause_ends(const struct sl_look *look, uint32_t end) {
    const unsigned char *bytes = look->bytes;
    uint32_t at = end < look->len && (bytes[end] == ' ' || bytes[end] == '"') ? end + 1 : end;
    return at >= look->len || (!sl_is_alnum(bytes[at]) && bytes[at] != '@' && bytes[at] != '#');
}

// "amazon.it", a link, or the first half of an e-mail address.
static bool is_address(const struct sl_look *look, const struct name *name) {
    const unsigned char *bytes = look->bytes;
    uint32_t label = name->end;
    while (label > name->start && bytes[label - 1] != '.') {
        label--;
    }
    bool domain = name->dot && sl_cued_listed(look, label, name->end,
                                              "it|com|net|org|eu|co|uk|info|io|tv|gov|me|ly");
    unsigned char next = name->end < look->len ? bytes[name->end] : ' ';
    bool link = next == ':' && name->end + 1 < look->len && bytes[name->end + 1] == '/';
    return domain || next == '@' || link || next == '/';
}

// The rest of a longer word ("tiktok_fan"), or a placeholder ("__email__").
static bool is_padded(const struct sl_look *look, uint32_t start, uint32_t cue_end) {
    return look->bytes[start] == '_' && (start == cue_end || look->bytes[start + 1] == '_');
}

// A word without a sign of its own: what stands round it must say that it is a name.
static bool plain_word_is_name(const struct sl_look *look, const struct sl_cue *cue,
                               const struct name *name, bool linked) {
    bool users = names_users(look, cue), plain = is_plain_cue(look, cue);
    bool odd = begins_oddly(look, name->start);
    if (name->digits > 0 || (!linked && !odd && !users) ||
        is_ordinary(look, name->start, name->end)) {
        return false;
    }
    bool alone = linked && clause_ends(look, name->end);
    bool short_cue = cue->end - cue->start == 2; // "ig", "tg"
    return (users && (odd || password_follows(look, name->end))) || (plain && name->capitals) ||
           (alone && (plain || odd || short_cue));
}

// "24gianni", no count ("30minutes") and no rank ("2nd").
static bool begins_with_digits(const struct sl_look *look, const struct name *name) {
    uint32_t digits = sl_cued_digits_end(look, name->start);
    return digits > name->start && name->letters >= NAME_MIN && !sl_cued_counts(look, digits) &&
           !is_ordinary(look, digits, name->end);
}

static bool looks_like_name(const struct sl_look *look, const struct sl_cue *cue,
                            const struct name *name, bool linked) {
    unsigned char first = look->bytes[name->start];
    if (name->letters == 0) {
        return names_users(look, cue) && name->digits >= DIGITS_MIN && !name->dot;
    }
    if (sl_cued_listed(look, name->start, word_end(look, name->start), devices)) {
        return false;
    }
    if (first == '@') {
        return !names_users(look, cue) && !begins(look, cue->start, cue->end, "account") &&
               !begins(look, cue->start, cue->end, "fac");
    }
    if (name->underscore) {
        return true;
    }
    if (name->digits >= 1 && name->letters >= 3 && !sl_is_digit(first)) {
        return linked || name->letters >= 4 || is_plain_cue(look, cue);
    }
    if (linked && is_plain_cue(look, cue) && begins_with_digits(look, name)) {
        return true;
    }
    return name->dot ? !is_ordinary(look, name->start, name->end)
                     : plain_word_is_name(look, cue, name, linked);
}

// "anna_24 is my username": only what no word is, since anything may stand there.
static void look_before(struct sl_look *look, const struct sl_cue *cue) {
    struct sl_cued value;
    if (!is_plain_cue(look, cue) || !sl_cued_before(look, cue->start, &value) || !value.linked) {
        return;
    }
    uint32_t start = value.end;
    while (start > 0 && value.end - start <= NAME_MAX &&
           (sl_is_alnum(look->bytes[start - 1]) || look->bytes[start - 1] == '_')) {
        start--;
    }
    struct name name = read_name(look, start);
    bool known = sl_cued_listed(look, start, word_end(look, start), devices);
    if (name.end != value.end || name.end - start > NAME_MAX || name.letters < NAME_MIN ||
        name.digits + name.underscore == 0 || known || sl_joint_before(look, start) != 0 ||
        (start > 0 && strchr(" \"(:", look->bytes[start - 1]) == NULL)) {
        return;
    }
    sl_look_add(look, (struct sl_candidate){
                          .start = start,
                          .end = name.end,
                          .kind = SL_KIND_CUSTOMER_CODE,
                          .score = NAME,
                          .reasons = SL_REASON_SHAPE | SL_REASON_CUE_AFTER,
                      });
}

void sl_user_name_look(struct sl_look *look, const struct sl_cue *cue) {
    bool linked;
    uint32_t start = find_start(look, cue, &linked);
    if (start == SL_NOWHERE) {
        look_before(look, cue);
        return;
    }
    struct name name = read_name(look, start);
    bool fits = name.end - start >= NAME_MIN && name.end - start <= NAME_MAX;
    if (!fits || is_padded(look, start, cue->end) || is_address(look, &name) ||
        !looks_like_name(look, cue, &name, linked)) {
        return;
    }
    struct sl_surroundings around = sl_look_around(look, SL_KIND_CUSTOMER_CODE, start, name.end);
    bool against = sl_cued_against(look, SL_KIND_CUSTOMER_CODE,
                                   cue->start > REACH ? cue->start - REACH : 0, start);
    if (around.in_address || around.amount || sl_cued_counts(look, name.end)) {
        return;
    }
    sl_look_add(look, (struct sl_candidate){
                          .start = start,
                          .end = name.end,
                          .kind = SL_KIND_CUSTOMER_CODE,
                          .score = NAME + (against ? AGAINST : 0),
                          .reasons = SL_REASON_SHAPE | SL_REASON_CUE_BEFORE |
                                     (against ? SL_REASON_CUE_AGAINST : 0),
                      });
}
