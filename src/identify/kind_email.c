// SPDX-License-Identifier: Apache-2.0
//
// E-mail addresses, from each '@' outwards. Written as one piece they need no more proof. With
// blanks round the '@' or the dot, a comma for the dot, or no end at all, the provider must be
// known or a cue near: "thanks @brand. it works" is no address. Nor is "at" a sign by itself, or a
// provider an address: signs spelled out and a name that is no everyday word must say so.
#include <string.h>

#include "identify/kind.h"
#include "identify/signs.h"

#define LOCAL_MAX  64
#define DOMAIN_MAX 253
#define SIGNS_MAX  6  // spelled out, in either half
#define CUE_BESIDE 6  // "mail: ", "mail is "
#define SPEECH_MAX 48 // from a cue to an "at"

enum {
    ONE_PIECE = 90,
    IN_PIECES = 40,
    WORD = 20,          // "at" for the sign
    WORD_PROVIDER = 15, // "su gmail"
    NO_WORD = 10,       // "gmail.com" and nothing between
    DISGUISED = 30,
    TOUCHES = 10,   // "anna@ example.it"
    CLEAR_END = 20, // "example .it", "example,it", "example dot it"
    DOT_SPELLED = 20,
    DOT_LEFT_OUT = 15, // "gmail com"
    LOCAL_SPELLED = 20,
    HANDLE = 20,        // mario.rossi
    HANDLE_DIGITS = 10, // anna85
    KNOWN_PROVIDER = 30,
    CUE_STRONG = 20,
    CUE_WEAK = 10,
    CUE_NEXT = 20,
};

// Providers of mail and nothing else that people mention, by their first letter.
static const char *const providers[26] = {
    ['a' - 'a'] = "alice|aruba|arubapec|aol",
    ['e' - 'a'] = "email",
    ['f' - 'a'] = "fastwebnet",
    ['g' - 'a'] = "gmail|googlemail|gmx",
    ['h' - 'a'] = "hotmail",
    ['i' - 'a'] = "icloud|inwind|iol",
    ['l' - 'a'] = "libero|live|legalmail",
    ['m' - 'a'] = "msn",
    ['o' - 'a'] = "outlook",
    ['p' - 'a'] = "pec|postecert|protonmail|proton",
    ['t' - 'a'] = "tim|tin|tiscali",
    ['v' - 'a'] = "virgilio",
    ['y' - 'a'] = "yahoo|ymail",
};

// Ends people write apart from the rest; no words of their own but one.
static const char *const plain_ends[] = {"it", "com", "net", "org", "eu"};

// Ends after which a missing blank is likelier than a longer name: "…@example.it.Grazie".
static const char *const ends[] = {
    "it", "com", "net", "org", "eu", "info", "biz", "edu", "gov", "uk", "de", "fr", "es",
    "ch", "at",  "be",  "nl",  "us", "ie",   "pt",  "pl",  "ro",  "io", "tv", "sm", "va",
};

// What stands before "at", "su" or a provider and is nobody's name.
static const char *const not_names[] = {
    "a",    "account", "al",   "alla", "and",   "casella", "con",  "contact",   "da",   "dal",
    "del",  "di",      "e",    "ed",   "email", "for",     "from", "gli",       "i",    "il",
    "in",   "is",      "it",   "la",   "le",    "lo",      "look", "looking",   "mail", "mails",
    "me",   "mia",     "mie",  "mio",  "my",    "new",     "not",  "o",         "of",   "on",
    "one",  "only",    "or",   "per",  "posta", "pec",     "solo", "su",        "sul",  "sulla",
    "that", "the",     "them", "this", "to",    "tramite", "tua",  "un",        "una",  "us",
    "use",  "using",   "via",  "what", "with",  "you",     "your", "indirizzo",
};

// `word` has at least one character.
static bool listed(const char *const *list, size_t count, const unsigned char *word, size_t len) {
    for (size_t i = 0; i < count; i++) {
        if (list[i][0] == (char)word[0] && strlen(list[i]) == len &&
            memcmp(list[i], word, len) == 0) {
            return true;
        }
    }
    return false;
}

#define LISTED(list, word, len) listed(list, sizeof(list) / sizeof(list)[0], word, len)

static bool is_provider(const unsigned char *word, size_t len) {
    const char *list = sl_is_letter(word[0]) ? providers[word[0] - 'a'] : NULL;
    while (list != NULL && *list != '\0') {
        size_t listed_len = strcspn(list, "|");
        if (listed_len == len && memcmp(list, word, len) == 0) {
            return true;
        }
        list += listed_len + (list[listed_len] == '|');
    }
    return false;
}

// Two bytes from here on are a letter of another alphabet. Longer characters are mostly pictures.
static bool is_foreign_letter(const unsigned char *bytes) {
    return bytes[0] >= 0xC3 && bytes[0] < 0xE0;
}

static bool is_local(unsigned char c) {
    return sl_is_alnum(c) || (c != '\0' && strchr("._-+'~%", c) != NULL);
}

// Where the part that ends at `at` begins; `at` itself when there is none.
static uint32_t local_start(const struct sl_look *look, uint32_t at) {
    const unsigned char *bytes = look->bytes;
    uint32_t start = at;
    while (start > 0 && at - start < LOCAL_MAX) {
        if (is_local(bytes[start - 1])) {
            start--;
        } else if (start > 1 && bytes[start - 1] >= 0x80 && is_foreign_letter(bytes + start - 2)) {
            start -= 2;
        } else {
            break;
        }
    }
    while (start < at && strchr(".-+'~%", bytes[start]) != NULL) {
        start++;
    }
    return start;
}

// "anna bianchi"@example.it
static uint32_t quoted_start(const struct sl_look *look, uint32_t at) {
    uint32_t start = at > 1 && look->bytes[at - 1] == '"' ? at - 1 : 0;
    while (start > 0 && at - start < LOCAL_MAX) {
        if (look->bytes[--start] == '"') {
            return start;
        }
    }
    return at;
}

static uint32_t label_end(const struct sl_look *look, uint32_t at) {
    while (at < look->len) {
        if (sl_is_alnum(look->bytes[at]) || look->bytes[at] == '-') {
            at++;
        } else if (at + 1 < look->len && is_foreign_letter(look->bytes + at)) {
            at += 2;
        } else {
            break;
        }
    }
    return at;
}

static bool is_top_label(const unsigned char *label, size_t len) {
    if (len > 4 && memcmp(label, "xn--", 4) == 0) {
        return true;
    }
    for (size_t i = 0; i < len; i++) {
        if (sl_is_digit(label[i]) || label[i] == '-') {
            return false;
        }
    }
    return len >= 2;
}

// What stands before the sign. `end` is where the sign begins.
struct local {
    uint32_t start, end;
    bool spelled; // has signs that are spelled out
    bool handle;  // has a sign inside, so is no everyday word
    bool digits;
};

static struct local read_local(const struct sl_look *look, uint32_t end) {
    struct local local = {.start = local_start(look, end), .end = end};
    if (local.start == end) {
        local.start = quoted_start(look, end);
    }
    for (uint32_t signs = 0; local.start < end && signs < SIGNS_MAX; signs++) {
        struct sl_sign_place place = sl_sign_behind(look, local.start);
        bool joins = place.sign != SL_SIGN_NONE && place.sign != SL_SIGN_AT &&
                     place.sign != SL_SIGN_COMMA &&
                     (place.disguised || (place.blank_before && place.blank_after));
        uint32_t start = joins ? local_start(look, place.start) : place.start;
        if (!joins || start == place.start) {
            break;
        }
        local.start = start;
        local.spelled = true;
    }
    for (uint32_t at = local.start; at < end; at++) {
        local.digits |= sl_is_digit(look->bytes[at]);
        local.handle |= look->bytes[at] == '.' || look->bytes[at] == '_';
    }
    local.handle |= local.spelled;
    return local;
}

static bool is_name(const struct sl_look *look, struct local local) {
    return !LISTED(not_names, look->bytes + local.start, local.end - local.start);
}

struct domain {
    uint32_t start, end; // to behind the last label
    bool complete;       // has an end: "example.it"
    bool clear;          // the end is written apart, but with a sign
    bool spelled;        // that sign is a word, or in brackets
    bool bare;           // there is no sign before the end: "gmail com"
};

static bool has_provider(const struct sl_look *look, struct domain domain) {
    for (uint32_t at = domain.start; at < domain.end;) {
        uint32_t end = label_end(look, at);
        if (end > at && is_provider(look->bytes + at, end - at)) {
            return true;
        }
        at = end + 1;
    }
    return false;
}

static struct domain read_domain(const struct sl_look *look, uint32_t at) {
    struct domain domain = {.start = at, .end = at};
    uint32_t known_end = 0;
    for (bool first = true;; first = false) {
        uint32_t end = label_end(look, at);
        const unsigned char *label = look->bytes + at;
        if (end == at || end - domain.start > DOMAIN_MAX) {
            break;
        }
        domain.end = end;
        domain.complete = !first && is_top_label(label, end - at);
        known_end = !first && LISTED(ends, label, end - at) ? end : known_end;
        if (end == look->len || look->bytes[end] != '.') {
            break;
        }
        at = end + 1;
    }
    if (known_end != 0) {
        domain.end = known_end;
        domain.complete = true;
    }
    return domain;
}

// Reads on where the end is written apart: " .it", ". it", ",it", " dot it", "[.]co[.]uk"; and
// " it" where it may be left bare.
static void read_end_apart(const struct sl_look *look, bool may_be_bare, struct domain *domain) {
    for (uint32_t signs = 0; signs < SIGNS_MAX; signs++) {
        struct sl_sign_place place = sl_sign_ahead(look, domain->end);
        bool dot = place.sign == SL_SIGN_DOT || (place.sign == SL_SIGN_COMMA && !place.disguised);
        if (!dot || (domain->complete && !place.disguised)) {
            break;
        }
        uint32_t end = label_end(look, place.end);
        const unsigned char *label = look->bytes + place.end;
        bool known =
            end > place.end && (place.disguised ? LISTED(ends, label, end - place.end)
                                                : LISTED(plain_ends, label, end - place.end));
        if (end == place.end || (!known && (!place.disguised || domain->complete))) {
            break;
        }
        domain->end = end;
        domain->complete = known;
        bool even = place.blank_before == place.blank_after;
        domain->clear = known && (place.disguised || even || !place.blank_after);
        domain->spelled |= place.disguised;
    }
    uint32_t at = domain->end + 1;
    if (domain->complete || !may_be_bare || at >= look->len || look->bytes[at - 1] != ' ') {
        return;
    }
    uint32_t end = label_end(look, at);
    bool elided = end < look->len && look->bytes[end] == '\'';
    if (end > at && LISTED(plain_ends, look->bytes + at, end - at) && !elided) {
        domain->end = end;
        domain->complete = domain->bare = true;
    }
}

// An address that is not written as one piece, and how it is.
struct pieces {
    struct local local;
    struct domain domain;
    int score;
    bool cue_beside; // known to stand right before it
};

static void weigh_pieces(struct sl_look *look, const struct pieces *pieces) {
    const struct domain *domain = &pieces->domain;
    struct sl_candidate candidate = {.start = pieces->local.start,
                                     .end = domain->end,
                                     .kind = SL_KIND_EMAIL,
                                     .score = pieces->score,
                                     .reasons = SL_REASON_SHAPE};
    candidate.score += domain->clear ? CLEAR_END : 0;
    candidate.score += pieces->local.spelled ? LOCAL_SPELLED : 0;
    candidate.score += pieces->cue_beside ? CUE_NEXT : 0;
    if (has_provider(look, *domain)) {
        candidate.score += KNOWN_PROVIDER;
        candidate.reasons |= SL_REASON_ISSUER;
    }
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_EMAIL, candidate.start, candidate.end);
    if (around.before != SL_CUE_NONE) {
        candidate.score += around.before == SL_CUE_STRONG ? CUE_STRONG : CUE_WEAK;
        candidate.reasons |= SL_REASON_CUE_BEFORE;
    }
    sl_look_add(look, candidate);
}

// "https://user:word@example.it": a password stands before the '@', and a host behind it.
static bool is_password(const struct sl_look *look, uint32_t start) {
    const unsigned char *bytes = look->bytes;
    uint32_t at = start;
    if (start == 0 || (bytes[start - 1] != ':' && bytes[start - 1] != '@')) {
        return false;
    }
    while (at > 0 && start - at < LOCAL_MAX && bytes[at - 1] != '/' && bytes[at - 1] != ' ') {
        at--;
    }
    return at > 2 && start - at > 1 && memcmp(bytes + at - 3, "://", 3) == 0;
}

// A sign nobody takes for anything else.
static void look_round_sign(struct sl_look *look, const struct sl_sign_place *sign) {
    bool one_piece = !sign->blank_before && !sign->blank_after && !sign->disguised;
    struct pieces pieces = {.score = IN_PIECES + (sign->disguised      ? DISGUISED
                                                  : sign->blank_before ? 0
                                                                       : TOUCHES)};
    struct domain domain = read_domain(look, sign->end);
    // " @name.it" is how people call each other; only a provider makes it an address. So it does
    // for one without an end, where there are no blanks.
    bool calls = sign->blank_before && !sign->blank_after && !sign->disguised;
    if (domain.end == domain.start || (calls && !has_provider(look, domain))) {
        return;
    }
    pieces.local = read_local(look, sign->start);
    if (pieces.local.start == sign->start || is_password(look, pieces.local.start)) {
        return;
    }
    if (one_piece && domain.complete) {
        read_end_apart(look, false, &domain); // "@example.co[.]uk"
        sl_look_add(look, (struct sl_candidate){pieces.local.start, domain.end, SL_KIND_EMAIL,
                                                ONE_PIECE, SL_REASON_SHAPE});
        return;
    }
    bool provider = has_provider(look, domain);
    bool sure = sign->disguised || pieces.local.spelled || provider;
    read_end_apart(look, sure, &domain);
    // " @ home .it": blanks on both sides say less.
    domain.clear = domain.clear && (sure || one_piece || domain.spelled);
    pieces.domain = domain;
    bool name = pieces.local.handle && sl_is_letter(look->bytes[pieces.local.start]);
    pieces.score += name && !sign->disguised && !calls ? HANDLE : 0;
    // Who writes an end to it writes an address, whatever the name.
    bool named = is_name(look, pieces.local) || !sign->disguised || domain.complete;
    if (named && (domain.complete || ((one_piece || sign->disguised) && provider))) {
        weigh_pieces(look, &pieces);
    }
}

// The sign whose core is at `at`, with the blanks and brackets before it.
static struct sl_sign_place sign_round(const struct sl_look *look, uint32_t at) {
    const unsigned char *bytes = look->bytes;
    at -= at > 0 && bytes[at - 1] == ' ';
    if (at > 0 && bytes[at - 1] != '\0' && strchr("([{<", bytes[at - 1]) != NULL) {
        at--;
        at -= at > 0 && bytes[at - 1] == ' ';
    }
    return sl_sign_ahead(look, at);
}

static void look_at_sign(struct sl_look *look, uint32_t at) {
    const unsigned char *bytes = look->bytes;
    if (at == 0 || at + 1 == look->len) {
        return;
    }
    bool blank_after = bytes[at + 1] == ' ';
    struct sl_sign_place sign = {at, at + 1 + blank_after, SL_SIGN_AT, .blank_after = blank_after};
    if (bytes[at - 1] == ' ' && at > 1 && is_local(bytes[at - 2])) {
        sign.blank_before = true;
        sign.start--;
    } else if (!is_local(bytes[at - 1])) {
        sign = sign_round(look, at);
    }
    if (sign.sign == SL_SIGN_AT && sign.start > 0 && sign.end < look->len) {
        look_round_sign(look, &sign);
    }
}

// What people write for the sign without meaning it.
enum no_sign { WORD_AT, WORD_ON, NOTHING };

// `cue_end` is where the cue ends that led here, SL_NOWHERE for none.
static void look_round_word(struct sl_look *look, uint32_t start, uint32_t end, enum no_sign word,
                            uint32_t cue_end) {
    struct pieces pieces = {.local = read_local(look, start), .domain = read_domain(look, end)};
    const struct local *local = &pieces.local;
    if (local->start == start || pieces.domain.end == end || !is_name(look, *local)) {
        return;
    }
    unsigned char before = local->start > 0 ? look->bytes[local->start - 1] : ' ';
    if (before == '@' || before == '/' || before == '#') {
        return;
    }
    bool provider = has_provider(look, pieces.domain);
    read_end_apart(look, provider, &pieces.domain);
    const struct domain *domain = &pieces.domain;
    bool whole = word == WORD_ON ? provider && (local->handle || local->digits)
                 : word == NOTHING
                     ? domain->complete && (local->handle || local->digits || domain->bare)
                     : domain->complete || (provider && local->handle);
    if (!whole) {
        return;
    }
    pieces.cue_beside = cue_end <= local->start && local->start - cue_end <= CUE_BESIDE;
    pieces.score = (word == WORD_AT   ? WORD
                    : word == WORD_ON ? WORD_PROVIDER
                                      : NO_WORD) +
                   (domain->spelled ? DOT_SPELLED : 0) + (domain->bare ? DOT_LEFT_OUT : 0) +
                   (local->handle   ? HANDLE
                    : local->digits ? HANDLE_DIGITS
                                    : 0);
    weigh_pieces(look, &pieces);
}

// "anna at example dot it": from the end back to the word that stands for the sign.
static void look_before_end(struct sl_look *look, uint32_t at) {
    for (uint32_t signs = 0; signs < SIGNS_MAX; signs++) {
        uint32_t label = at - (at > 0 && look->bytes[at - 1] == ' ');
        uint32_t label_from = label;
        while (label_from > 0 &&
               (sl_is_alnum(look->bytes[label_from - 1]) || look->bytes[label_from - 1] == '-')) {
            label_from--;
        }
        struct sl_sign_place sign = sl_sign_behind(look, label_from);
        if (label_from == label || sign.sign == SL_SIGN_NONE) {
            return;
        }
        if (sign.sign == SL_SIGN_AT) {
            if (sign.everyday) {
                look_round_word(look, sign.start, sign.end, WORD_AT, SL_NOWHERE);
            }
            return;
        }
        at = sign.start;
    }
}

static void look_before_provider(struct sl_look *look, uint32_t at) {
    if (at < 2 || look->bytes[at - 1] != ' ') {
        return;
    }
    struct sl_sign_place sign = sl_sign_behind(look, at);
    bool on = at > 3 && memcmp(look->bytes + at - 4, " su ", 4) == 0;
    if (sign.sign == SL_SIGN_AT && sign.everyday) {
        look_round_word(look, sign.start, at, WORD_AT, SL_NOWHERE);
    } else if (on) {
        look_round_word(look, at - 4, at, WORD_ON, SL_NOWHERE);
    } else if (sign.sign == SL_SIGN_NONE) {
        look_round_word(look, at - 1, at, NOTHING, SL_NOWHERE);
    }
}

// "my mail is anna at example.com"
static void look_behind_cue(struct sl_look *look, uint32_t at) {
    static const char word[] = " at ";
    uint32_t room = look->len - at < SPEECH_MAX ? look->len - at : SPEECH_MAX;
    const unsigned char *found = memmem(look->bytes + at, room, word, sizeof word - 1);
    if (found != NULL) {
        uint32_t start = (uint32_t)(found - look->bytes);
        look_round_word(look, start, start + (uint32_t)sizeof word - 1, WORD_AT, at);
    }
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    if ((cue->senses & SL_SENSE_AT) != 0) {
        struct sl_sign_place sign = sign_round(look, cue->start);
        if (sign.sign == SL_SIGN_AT && sign.disguised && sign.end < look->len) {
            look_round_sign(look, &sign);
        } else if (sign.sign == SL_SIGN_DOT) {
            look_before_end(look, sign.start);
        }
    }
    if ((cue->senses & SL_SENSE_PROVIDER) != 0) {
        look_before_provider(look, cue->start);
    }
    if ((cue->strong >> SL_KIND_EMAIL & 1) != 0) {
        look_behind_cue(look, cue->end);
    }
}

// Signs, and ends that betray a sign before them.
const char sl_email_at_words[] =
    "chiocciola|chiocciolina|kiocciola|at)|at]|at}|at>|dot com|dot it|dot net|dot org|dot eu|"
    "dot co|punto com|punto it|punto net|punto org|punto eu";
const char sl_email_dot_words[] = "punto|dot";
const char sl_email_provider_words[] =
    "gmail|googlemail|hotmail|yahoo|outlook|icloud|libero|virgilio|tiscali|alice|inwind|"
    "fastwebnet|protonmail|legalmail";

const struct sl_kind_rules sl_kind_email = {
    .threshold = 60,
    .digits_min = 0,
    .cues =
        {
            "mail|email|mails|emails|posta elettronica|pec|indirizzo mail|casella|scrivetemi|"
            "scrivimi|scrivermi|scriverci|write me|write to|reach me",
            "indirizzo|scriv*|contatt*|address|write|rispond*",
            "",
        },
    .on_at = look_at_sign,
    .on_cue = look_at_cue,
    .cue_is_enough = true,
    .senses = SL_SENSE_AT | SL_SENSE_PROVIDER,
};
