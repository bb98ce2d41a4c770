// SPDX-License-Identifier: Apache-2.0
//
// Secrets in links, and secrets of programs anywhere: the host stays, the secret goes. User and
// password before the '@'; values of keys that name a secret or a person ("token", "email"); what
// follows reset, verify or invite in a path; a long random piece of a path; keys and tokens that
// show by their form what they are (secrets.h). Short links, ids of videos and posts, words joined
// by hyphens and what shops and networks add to count clicks (utm_*, fbclid, gclid, igsh, si) stay.
#include <string.h>

#include "identify/kind.h"
#include "identify/secrets.h"

#define KEY_MAX    32
#define VALUE_MAX  2048 // outside links
#define CODE_MIN   4
#define MARK_MIN   6
#define RANDOM_MIN 20
#define ID_MIN     6
#define ID_DIGITS  5
#define ID_CHANGES 3
#define UUID_CHARS 36
#define BLANKS_MAX 3
#define PLAIN_MIN  16

enum {
    USERINFO = 90,
    KEY = 80,
    PATH_ID = 75,
    RANDOM = 65,
    KNOWN_FORM = 90,
    BEHIND_CUE = 70,
};

// What a key's value must be to be hidden.
enum value { ANY, CODE, LONG, NUMBER, MAIL };

static const struct key {
    const char *name; // squeezed
    enum value value;
    bool end; // longer keys that end so, too
} keys[] = {
    {"token", ANY, true},
    {"password", ANY, true},
    {"passwd", ANY, true},
    {"secret", ANY, true},
    {"apikey", ANY, true},
    {"accesskey", ANY, true},
    {"authkey", ANY, true},
    {"signature", LONG, true},
    {"sessionid", LONG, true},
    {"sessid", LONG, true},
    {"session", LONG, true},
    {"credential", LONG, true},
    {"codicefiscale", ANY, true},
    {"pass", ANY, false},
    {"pwd", ANY, false},
    {"psw", ANY, false},
    {"pw", ANY, false},
    {"passphrase", ANY, false},
    {"key", LONG, false},
    {"sig", LONG, false},
    {"sid", LONG, false},
    {"auth", LONG, false},
    {"authorization", LONG, false},
    {"bearer", LONG, false},
    {"jwt", LONG, false},
    {"code", CODE, false},
    {"authcode", CODE, false},
    {"oobcode", CODE, false},
    {"verificationcode", CODE, false},
    {"confirmationcode", CODE, false},
    {"activationcode", CODE, false},
    {"resetcode", CODE, false},
    {"codicecliente", LONG, false},
    {"customercode", LONG, false},
    {"otp", NUMBER, false},
    {"pin", NUMBER, false},
    {"puk", NUMBER, false},
    {"cf", LONG, false},
    {"iban", LONG, false},
    {"piva", LONG, false},
    {"msisdn", NUMBER, false},
    {"tel", NUMBER, false},
    {"telefono", NUMBER, false},
    {"phone", NUMBER, true},
    {"phonenumber", NUMBER, false},
    {"cell", NUMBER, false},
    {"cellulare", NUMBER, false},
    {"mobile", NUMBER, false},
    {"email", MAIL, true},
    {"mail", MAIL, false},
    {"user", ANY, false},
    {"username", ANY, false},
    {"userid", ANY, false},
    {"utente", ANY, false},
    {"nomeutente", ANY, false},
    {"login", ANY, false},
};

// Behind these a piece of a path is somebody's own.
static const char *const personal_words[] = {
    "reset",       "verify",   "verification", "invite",        "invites",  "invito",
    "invitation",  "confirm",  "confirmed",    "confirmation",  "activate", "activation",
    "token",       "tokens",   "auth",         "password",      "magic",    "recover",
    "recovery",    "validate", "unsubscribe",  "conferma",      "verifica", "attiva",
    "attivazione", "recupero", "recupera",     "reimposta",     "session",  "otp",
    "joinchat",    "optin",    "optout",       "disiscrizione",
};

// Behind these it is a thing that everybody may see.
static const char *const public_words[] = {
    "track",   "album",   "playlist", "artist",   "episode", "show",    "channel", "c",
    "user",    "users",   "posts",    "post",     "commit",  "commits", "blob",    "tree",
    "place",   "photo",   "photos",   "status",   "video",   "videos",  "watch",   "p",
    "reel",    "reels",   "shorts",   "embed",    "gifs",    "gif",     "media",   "articles",
    "article", "news",    "image",    "images",   "img",     "static",  "assets",  "content",
    "story",   "stories", "product",  "products", "dp",      "item",    "tx",      "permalink",
};

// Hosts of which every id is there to be shared.
static const char *const public_hosts[] = {
    "spotify", "youtu",     "instagram", "facebook", "fb.",   "tiktok", "twitter",
    "twimg",   "pinterest", "reddit",    "twitch",   "giphy", "imgur",  "linkedin",
};

// A piece of a link, between / ? # & and ;
struct piece {
    uint32_t start, end;
};

static bool is_listed(const struct sl_look *look, struct piece piece, const char *const *list,
                      size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (look->bytes[piece.start] == (unsigned char)list[i][0] &&
            strlen(list[i]) == piece.end - piece.start &&
            memcmp(look->bytes + piece.start, list[i], piece.end - piece.start) == 0) {
            return true;
        }
    }
    return false;
}

#define LISTED(look, piece, list) is_listed(look, piece, list, sizeof(list) / sizeof(list)[0])

// All personal words are cues, so that most texts are done with here.
static bool says_personal(const struct sl_look *look) {
    return ((look->cues->strong | look->cues->weak) >> SL_KIND_URL_TOKEN & 1) != 0;
}

// "reset-password" and "verify_email" say what their words say.
static bool is_personal(const struct sl_look *look, struct piece piece) {
    struct piece word = {piece.start, piece.start};
    if (piece.end - piece.start > KEY_MAX) {
        return false;
    }
    for (uint32_t at = piece.start; at <= piece.end; at++) {
        if (at < piece.end && sl_is_letter(look->bytes[at])) {
            continue;
        }
        word.end = at;
        if (word.end > word.start && LISTED(look, word, personal_words)) {
            return true;
        }
        word.start = at + 1;
    }
    return false;
}

enum sign {
    SEPARATOR = 1, // of pieces
    PAIR = 2,
    USER = 4,
    END = 8, // of the link
};

// By byte: enum sign. No folded text holds a byte below the space.
static unsigned char sign_of(unsigned char c) {
    static const unsigned char signs[128] = {
        ['/'] = SEPARATOR, ['?'] = SEPARATOR, ['#'] = SEPARATOR, ['&'] = SEPARATOR,
        [';'] = SEPARATOR, ['='] = PAIR,      ['@'] = USER,      [' '] = END,
        ['"'] = END,       ['<'] = END,       ['>'] = END,       ['`'] = END,
        ['\\'] = END,
    };
    return c < 0x80 ? signs[c] : END;
}

static bool is_separator(unsigned char c) {
    return sign_of(c) == SEPARATOR;
}

static bool is_punctuation(unsigned char c) {
    return c != '\0' && strchr(".,:;!?)]}'*", c) != NULL;
}

// The end of the link that begins at `start`, without what belongs to the sentence; the signs in
// it, and the length of its longest piece.
static uint32_t survey(const struct sl_look *look, uint32_t start, uint32_t max,
                       unsigned char *ret_signs, uint32_t *ret_longest) {
    uint32_t end = sl_word_end(look->bytes, max, start), piece = start;
    *ret_signs = 0;
    *ret_longest = 0;
    while (end < max) {
        unsigned char sign = sign_of(look->bytes[end]);
        *ret_signs |= sign;
        if (sign == END) {
            break;
        }
        if (sign == SEPARATOR) {
            *ret_longest = end - piece > *ret_longest ? end - piece : *ret_longest;
            piece = end + 1;
        }
        end = sl_word_end(look->bytes, max, end + 1);
    }
    *ret_longest = end - piece > *ret_longest ? end - piece : *ret_longest;
    while (end > start && is_punctuation(look->bytes[end - 1])) {
        end--;
    }
    return end;
}

static uint32_t link_end(const struct sl_look *look, uint32_t start, uint32_t max) {
    unsigned char signs;
    uint32_t longest;
    return survey(look, start, max, &signs, &longest);
}

static void add(struct sl_look *look, uint32_t start, uint32_t end, int score, uint32_t reasons) {
    if (start < end && !sl_label_at(look->bytes, look->len, start)) {
        sl_look_add(look, (struct sl_candidate){start, end, SL_KIND_URL_TOKEN, score,
                                                SL_REASON_SHAPE | reasons});
    }
}

// Keys.

static const struct key *find_key(const struct sl_look *look, uint32_t start, uint32_t end) {
    char name[KEY_MAX];
    size_t len = 0;
    if (end - start > KEY_MAX) {
        return NULL;
    }
    for (uint32_t at = start; at < end; at++) {
        if (sl_is_alnum(look->bytes[at])) {
            name[len++] = (char)look->bytes[at];
        }
    }
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        size_t key_len = strlen(keys[i].name);
        if ((key_len == len || (keys[i].end && key_len < len)) &&
            memcmp(name + len - key_len, keys[i].name, key_len) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

static bool is_flag(const struct sl_look *look, struct piece value) {
    static const char *const flags[] = {"true", "false", "null", "none", "yes", "undefined"};
    return LISTED(look, value, flags);
}

static bool is_secret(const struct sl_look *look, enum value kind, struct piece value) {
    uint32_t len = value.end - value.start, digits = 0, letters = 0;
    for (uint32_t at = value.start; at < value.end; at++) {
        digits += sl_is_digit(look->bytes[at]);
        letters += sl_is_letter(look->bytes[at]);
    }
    switch (kind) {
    case ANY:
        return len >= 3 && digits + letters >= 2 && !is_flag(look, value);
    case CODE:
    case LONG:
        return (len >= (kind == CODE ? CODE_MIN : MARK_MIN) && digits >= 2) ||
               (len >= PLAIN_MIN && digits + letters > len / 2);
    case NUMBER:
        return digits >= 4;
    case MAIL:
    default:
        return memchr(look->bytes + value.start, '@', len) != NULL ||
               memmem(look->bytes + value.start, len, "%40", 3) != NULL ||
               (len >= RANDOM_MIN && sl_looks_random(look, value.start, value.end));
    }
}

// Paths.

static bool is_uuid(const struct sl_look *look, struct piece piece) {
    if (piece.end - piece.start != UUID_CHARS) {
        return false;
    }
    for (uint32_t i = 0; i < UUID_CHARS; i++) {
        unsigned char c = look->bytes[piece.start + i];
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? c != '-' : !sl_is_digit(c) && (unsigned char)(c - 'a') >= 6) {
            return false;
        }
    }
    return true;
}

static bool is_plain_piece(const struct sl_look *look, struct piece piece) {
    for (uint32_t at = piece.start; at < piece.end; at++) {
        unsigned char c = look->bytes[at];
        if (!sl_is_alnum(c) && c != '-' && c != '_' && c != '~' && c != '%') {
            return false;
        }
    }
    return true;
}

// A number, or letters and digits that take turns.
static bool looks_like_id(const struct sl_look *look, struct piece piece) {
    uint32_t digits = 0, letters = 0, changes = 0;
    for (uint32_t at = piece.start; at < piece.end; at++) {
        unsigned char c = look->bytes[at], last = at > piece.start ? look->bytes[at - 1] : 0;
        digits += sl_is_digit(c);
        letters += sl_is_letter(c);
        changes += (sl_is_digit(c) && sl_is_letter(last)) || (sl_is_letter(c) && sl_is_digit(last));
    }
    uint32_t len = piece.end - piece.start;
    return is_uuid(look, piece) || (letters == 0 && digits == len && digits >= ID_DIGITS) ||
           (len >= ID_MIN && digits > 0 && letters > 0 && changes >= ID_CHANGES &&
            is_plain_piece(look, piece));
}

static bool is_public_host(const struct sl_look *look, struct piece host) {
    for (size_t i = 0; i < sizeof public_hosts / sizeof public_hosts[0]; i++) {
        if (memmem(look->bytes + host.start, host.end - host.start, public_hosts[i],
                   strlen(public_hosts[i])) != NULL) {
            return true;
        }
    }
    return false;
}

// What is known of a link so far.
struct link {
    struct piece host;
    struct piece before; // the last piece of the path
};

// A word of the path before the piece says that everybody may see it.
static bool is_shared(const struct sl_look *look, const struct link *link, struct piece piece) {
    struct piece word = {link->host.end, link->host.end};
    while (word.start < piece.start) {
        while (word.end < piece.start && !is_separator(look->bytes[word.end])) {
            word.end++;
        }
        if (word.end > word.start && LISTED(look, word, public_words)) {
            return true;
        }
        word.start = ++word.end;
    }
    return false;
}

static void look_at_piece(struct sl_look *look, const struct link *link, struct piece piece) {
    uint32_t len = piece.end - piece.start;
    if (len < ID_MIN - 1) {
        return;
    }
    if (says_personal(look) && looks_like_id(look, piece) && is_personal(look, link->before)) {
        add(look, piece.start, piece.end, PATH_ID, SL_REASON_CUE_BEFORE);
    } else if (len >= RANDOM_MIN && is_plain_piece(look, piece) &&
               sl_looks_random(look, piece.start, piece.end) && !is_shared(look, link, piece) &&
               !is_public_host(look, link->host)) {
        add(look, piece.start, piece.end, RANDOM, 0);
    }
}

// Links.

static void look_at_authority(struct sl_look *look, struct piece authority) {
    const unsigned char *bytes = look->bytes;
    uint32_t at = authority.end, colon = authority.start;
    while (at > authority.start && bytes[at - 1] != '@') {
        at--;
    }
    if (at == authority.start) {
        return;
    }
    at--;
    if (sl_label_at(bytes, look->len, colon)) {
        while (colon < at && bytes[colon] != ']') {
            colon++;
        }
    }
    while (colon < at && bytes[colon] != ':') {
        colon++;
    }
    // A user alone is the beginning of an address, or nobody ("git@").
    if (colon + 1 < at) {
        add(look, authority.start, colon, USERINFO, 0);
        add(look, colon + 1, at, USERINFO, 0);
    }
}

// Returns where the value ends when it is hidden, 0 when it stays.
static uint32_t look_at_pair(struct sl_look *look, const struct link *link, struct piece pair,
                             uint32_t end) {
    const unsigned char *equals = memchr(look->bytes + pair.start, '=', pair.end - pair.start);
    if (equals == NULL) {
        return 0;
    }
    uint32_t at = (uint32_t)(equals - look->bytes);
    struct piece value = {at + 1, at + 1};
    while (value.end < end && look->bytes[value.end] != '&' && look->bytes[value.end] != ';' &&
           look->bytes[value.end] != '#' && look->bytes[value.end] != '?') {
        value.end++;
    }
    const struct key *key = find_key(look, pair.start, at);
    bool secret = value.end > value.start &&
                  (key != NULL ? is_secret(look, key->value, value)
                               : says_personal(look) && looks_like_id(look, value) &&
                                     is_personal(look, link->before));
    if (!secret) {
        return 0;
    }
    add(look, value.start, value.end, KEY, SL_REASON_CUE_BEFORE);
    return value.end;
}

static void look_at_link(struct sl_look *look, uint32_t start, uint32_t max) {
    const unsigned char *bytes = look->bytes;
    unsigned char signs;
    uint32_t longest, end = survey(look, start, max, &signs, &longest);
    if ((signs & (PAIR | USER)) == 0 && longest < RANDOM_MIN && !says_personal(look)) {
        return;
    }
    struct link link = {.host = {start, start}, .before = {start, start}};
    uint32_t at = start;
    while (at < end) {
        struct piece piece = {at, at};
        bool pair = false;
        for (; piece.end < end && !is_separator(bytes[piece.end]); piece.end++) {
            pair |= bytes[piece.end] == '=';
        }
        bool authority =
            at >= start + 3 && bytes[at - 1] == '/' && bytes[at - 2] == '/' && bytes[at - 3] == ':';
        uint32_t hidden = 0;
        if (authority) {
            look_at_authority(look, piece);
            link.host = piece;
        } else {
            hidden = pair ? look_at_pair(look, &link, piece, end) : 0;
            if (hidden == 0) {
                look_at_piece(look, &link, piece);
            }
        }
        at = (hidden > piece.end ? hidden : piece.end) + 1;
        // "/verify?id=…": the pairs of a query stand behind the path's last word.
        if (!pair && !authority && piece.end > piece.start) {
            link.before = piece;
        }
    }
}

// Without a scheme, and in plain text.

static bool in_link(const struct sl_look *look, uint32_t at) {
    uint32_t start = at;
    while (start > 0 && at - start < VALUE_MAX && look->bytes[start - 1] != ' ') {
        start--;
    }
    return memmem(look->bytes + start, at - start, "://", 3) != NULL;
}

static uint32_t bounded(const struct sl_look *look, uint32_t at) {
    return look->len - at > VALUE_MAX ? at + VALUE_MAX : look->len;
}

// "…/?access_token=…": the cue ends the key.
static void look_at_key(struct sl_look *look, const struct sl_cue *cue) {
    const unsigned char *bytes = look->bytes;
    struct piece pair = {cue->start, cue->end};
    while (pair.start > 0 && cue->start - pair.start < KEY_MAX &&
           (sl_is_alnum(bytes[pair.start - 1]) || bytes[pair.start - 1] == '_' ||
            bytes[pair.start - 1] == '-')) {
        pair.start--;
    }
    uint32_t end = link_end(look, cue->end, bounded(look, cue->end));
    pair.end = end;
    struct link link = {.before = {pair.start, pair.start}};
    if (end > cue->end && !in_link(look, cue->start)) {
        look_at_pair(look, &link, pair, end);
    }
}

// "example.it/verify/…"
static void look_behind_word(struct sl_look *look, const struct sl_cue *cue) {
    uint32_t end = link_end(look, cue->end, bounded(look, cue->end));
    struct piece piece = {cue->end + 1, cue->end + 1};
    while (piece.end < end && !is_separator(look->bytes[piece.end])) {
        piece.end++;
    }
    struct link link = {.before = {cue->start, cue->end}};
    if (piece.end > piece.start && !in_link(look, cue->start)) {
        look_at_piece(look, &link, piece);
    }
}

// "api key: …", "il token è …": only what is long and random.
static void look_behind_cue(struct sl_look *look, const struct sl_cue *cue) {
    const unsigned char *bytes = look->bytes;
    uint32_t at = cue->end;
    static const char *const joints[] = {"is ", "e' ", "e "};
    for (uint32_t blanks = 0; at < look->len && blanks < BLANKS_MAX; blanks++, at++) {
        if (bytes[at] != ' ' && bytes[at] != ':' && bytes[at] != '=' && bytes[at] != '"') {
            break;
        }
        for (size_t i = 0; bytes[at] == ' ' && i < sizeof joints / sizeof joints[0]; i++) {
            size_t len = strlen(joints[i]);
            if (look->len - at - 1 > len && memcmp(bytes + at + 1, joints[i], len) == 0) {
                at += (uint32_t)len;
                break;
            }
        }
    }
    uint32_t end = link_end(look, at, bounded(look, at));
    struct piece piece = {at, end};
    if (at > cue->end && end - at >= PLAIN_MIN && is_plain_piece(look, piece) &&
        sl_looks_random(look, at, end) && !(bytes[at] == '0' && bytes[at + 1] == 'x')) {
        add(look, at, end, BEHIND_CUE, SL_REASON_CUE_BEFORE);
    }
}

// Words of programs; others of the cues only mean something in a path.
static bool names_secret(const struct sl_look *look, const struct sl_cue *cue) {
    static const char *const words[] = {"token", "key", "chiave", "secret", "jwt", "bearer"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (memmem(look->bytes + cue->start, cue->end - cue->start, words[i], strlen(words[i])) !=
            NULL) {
            return true;
        }
    }
    return false;
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    const unsigned char *bytes = look->bytes;
    uint32_t start, end;
    if (cue->end >= look->len) {
        return;
    }
    if (bytes[cue->end] == '=') {
        look_at_key(look, cue);
    } else if (bytes[cue->end] == '/') {
        look_behind_word(look, cue);
    } else if ((bytes[cue->end] == ' ' || bytes[cue->end] == ':') && names_secret(look, cue)) {
        look_behind_cue(look, cue);
    } else if (bytes[cue->end] == '-' && sl_secret_block(look, cue, &start, &end)) {
        add(look, start, end, KNOWN_FORM, SL_REASON_PREFIX);
    }
}

static void look_at_token(struct sl_look *look, const struct sl_token *token) {
    uint32_t start, end;
    if (sl_secret_at_token(look, token, &start, &end)) {
        add(look, start, end, KNOWN_FORM, SL_REASON_PREFIX);
    }
}

const struct sl_kind_rules sl_kind_url_token = {
    .threshold = 60,
    .cues =
        {
            "token|access token|id token|refresh token|auth token|bearer|bearer token|jwt|"
            "api key|apikey|secret|client secret|secret key|chiave api|access key|auth key|"
            "session id|sessionid|session|sid|auth|sig|signature|otp|code|"
            "reset|verify|verification|invite|invito|invitation|confirm|confirmation|activate|"
            "activation|conferma|verifica|attiva|attivazione|recupero|recupera|reimposta|"
            "begin private key|begin rsa private key|begin ec private key|begin dsa private key|"
            "begin openssh private key|begin encrypted private key|begin pgp private key block",
            "invites|confirmed|tokens|password|magic|recover|recovery|validate|unsubscribe|"
            "joinchat|optin|optout|disiscrizione",
            "",
        },
    .on_cue = look_at_cue,
    .on_token = look_at_token,
    .on_link = look_at_link,
};
