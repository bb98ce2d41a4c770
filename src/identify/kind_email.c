// SPDX-License-Identifier: Apache-2.0
//
// E-mail addresses, from each '@' outwards. Written as one piece they need no more proof. With
// blanks round the '@' or the dot, a comma for the dot, or no end at all, the provider must be
// known or a cue near: "thanks @brand. it works" is no address.
#include <string.h>

#include "identify/kind.h"

#define LOCAL_MAX  64
#define DOMAIN_MAX 253

enum {
    ONE_PIECE = 90,
    IN_PIECES = 40,
    CLEAR_END = 20, // "example .it", "example,it"
    KNOWN_PROVIDER = 30,
    CUE_STRONG = 20,
    CUE_WEAK = 10,
};

// Providers of mail and nothing else that people mention.
static const char *const providers[] = {
    "gmail", "googlemail", "libero", "hotmail",    "outlook",   "live",   "yahoo",
    "alice", "tiscali",    "tin",    "virgilio",   "icloud",    "inwind", "fastwebnet",
    "aruba", "msn",        "aol",    "protonmail", "legalmail", "pec",
};

// Ends people write apart from the rest; no words of their own but one.
static const char *const plain_ends[] = {"it", "com", "net", "org", "eu"};

// Ends after which a missing blank is likelier than a longer name: "…@example.it.Grazie".
static const char *const ends[] = {
    "it", "com", "net", "org", "eu", "info", "biz", "edu", "gov", "uk", "de", "fr", "es",
    "ch", "at",  "be",  "nl",  "us", "ie",   "pt",  "pl",  "ro",  "io", "tv", "sm", "va",
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

struct domain {
    uint32_t start, end; // to behind the last label
    bool complete;       // has an end: "example.it"
};

static bool has_provider(const struct sl_look *look, struct domain domain) {
    for (uint32_t at = domain.start; at < domain.end;) {
        uint32_t end = label_end(look, at);
        if (end > at && LISTED(providers, look->bytes + at, end - at)) {
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

static uint32_t skip_blank(const struct sl_look *look, uint32_t at) {
    return at < look->len && look->bytes[at] == ' ' ? at + 1 : at;
}

// Looks for an end written apart from the domain: " .it", ". it", ",it", and " it" behind a known
// provider. Returns what it adds to the score.
static int read_end_apart(const struct sl_look *look, struct domain *domain) {
    uint32_t dot = skip_blank(look, domain->end);
    bool dotted = dot < look->len && (look->bytes[dot] == '.' || look->bytes[dot] == ',');
    uint32_t at = dotted ? skip_blank(look, dot + 1) : dot;
    uint32_t end = label_end(look, at);
    if (end == at || !LISTED(plain_ends, look->bytes + at, end - at) ||
        (!dotted && !has_provider(look, *domain))) {
        return 0;
    }
    domain->end = end;
    domain->complete = true;
    return dotted && at == dot + 1 ? CLEAR_END : 0;
}

// Written with blanks, or without an end.
static void weigh_pieces(struct sl_look *look, uint32_t start, struct domain domain, int score) {
    struct sl_candidate candidate = {start, domain.end, SL_KIND_EMAIL, score, SL_REASON_SHAPE};
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_EMAIL, candidate.start, candidate.end);
    if (has_provider(look, domain)) {
        candidate.score += KNOWN_PROVIDER;
        candidate.reasons |= SL_REASON_ISSUER;
    }
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

static void look_at_sign(struct sl_look *look, uint32_t at) {
    bool blank_before = at > 0 && look->bytes[at - 1] == ' ';
    uint32_t domain_start = skip_blank(look, at + 1);
    bool one_piece = !blank_before && domain_start == at + 1;
    uint32_t local_end = blank_before ? at - 1 : at;
    uint32_t start = local_start(look, local_end);
    if (start == local_end || is_password(look, start)) {
        return;
    }
    struct domain domain = read_domain(look, domain_start);
    if (domain.end == domain_start) {
        return;
    }
    if (one_piece && domain.complete) {
        sl_look_add(look, (struct sl_candidate){start, domain.end, SL_KIND_EMAIL, ONE_PIECE,
                                                SL_REASON_SHAPE});
        return;
    }
    int score = IN_PIECES + (one_piece ? read_end_apart(look, &domain) : 0);
    // " @name.it" is how people call each other; only a provider makes it an address. So it does
    // for one without an end, where there are no blanks.
    bool calls = blank_before && domain_start == at + 1;
    bool whole = domain.complete && !calls;
    if (whole || ((domain.complete || one_piece) && has_provider(look, domain))) {
        weigh_pieces(look, start, domain, score);
    }
}

const char sl_email_at_words[] = "chiocciola";
const char sl_email_dot_words[] = "punto|dot";
const char sl_email_provider_words[] = "gmail|hotmail";

const struct sl_kind_rules sl_kind_email = {
    .threshold = 60,
    .digits_min = 0,
    .cues =
        {
            "mail|e mail|mails|posta elettronica|pec|indirizzo mail|casella",
            "indirizzo|scriv*|contatt*|address|write|reach me|rispond*",
            "",
        },
    .on_at = look_at_sign,
};
