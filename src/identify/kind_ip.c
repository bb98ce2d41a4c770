// SPDX-License-Identifier: Apache-2.0
//
// IP addresses. Four numbers with dots are as often a version or a chapter: what tells an address
// is a range that only networks use, numbers too big for a version, a prefix length, or a cue. Dots
// may be defanged ("[.]") or spelled ("punto"); leading zeros, and a fifth number, speak against
// it. IPv6 has two colons in a row or eight groups; what looks like a time or a name of a program
// ("std::") is none.
#include <string.h>

#include "identify/kind.h"

#define VERSION_MAX 32 // no version begins with more
#define LONG_DIGITS 9
#define OCTETS      4
#define CUE_REACH   10 // from the cue to an address without dots
#define ODD_MAX     15
#define DOT_MAX     5 // " [.] "
#define GROUPS      8 // of IPv6
#define HEX_MAX     39
#define ZONE_MAX    15
#define BRACKETS    "[({"
#define CLOSING     "])}"

enum {
    SHAPE = 40,
    BIG = 20,
    MIDDLE = 12,
    BIG_BUILD = 8,
    MANY_DIGITS = 10,
    SPECIAL = 25,
    DEFANGED = 15,
    PREFIX = 20,
    ZEROS = -30,
    FIFTH = -35,
    CUE_STRONG = 40,
    CUE_WEAK = 20,
    AGAINST = -45,
    AMOUNT = -60,
    ADDRESS = -60, // in the path of a link
    HOST = 30,     // where a link has its host
    PORT = 15,
    COMPRESSED = 30,
    WHOLE = 40,
    HEX_GROUP = 15,
    TAIL = 40, // IPv4 in the last groups
    ZONE = 30,
    KNOWN = 15, // a range that is given out
};

static unsigned char at_or_zero(const struct sl_look *look, uint32_t at) {
    return at < look->len ? look->bytes[at] : 0;
}

// Reads a number of up to `digits_max` digits; returns where it ends, `at` when there is none or it
// is longer.
static uint32_t read_number(const struct sl_look *look, uint32_t at, uint32_t digits_max,
                            uint32_t *ret_value) {
    uint32_t end = at;
    *ret_value = 0;
    while (sl_is_digit(at_or_zero(look, end))) {
        if (end - at == digits_max) {
            return at;
        }
        *ret_value = *ret_value * 10 + (look->bytes[end++] - '0');
    }
    return end;
}

// "/24" behind an address. Returns where it ends, `at` when it is none.
static uint32_t read_prefix(const struct sl_look *look, uint32_t at, uint32_t bits_max) {
    uint32_t bits;
    if (at_or_zero(look, at) != '/') {
        return at;
    }
    uint32_t end = read_number(look, at + 1, 3, &bits);
    bool ends = !sl_is_alnum(at_or_zero(look, end)) && at_or_zero(look, end) != '/';
    return end > at + 1 && bits <= bits_max && ends ? end : at;
}

// One and the same sign, or a blank, between the numbers.
static bool is_odd_joint(unsigned char c) {
    return c == ',' || c == '-' || c == '_' || c == ' ' || c == '/';
}

static bool has_word(const struct sl_look *look, uint32_t at, const char *word) {
    size_t len = strlen(word);
    return look->len - at >= len && memcmp(look->bytes + at, word, len) == 0;
}

// The dot between two octets: plain, in brackets, spelled, or with blanks. Returns where the next
// octet begins, SL_NOWHERE when there is no dot; *ret_plain is cleared unless it is plain.
static uint32_t read_dot(const struct sl_look *look, uint32_t at, bool *ret_plain) {
    uint32_t start = at;
    while (at - start < 2 && at < look->len &&
           (look->bytes[at] == ' ' || sl_is_one_of(look->bytes[at], BRACKETS))) {
        at++;
    }
    if (at >= look->len) {
        return SL_NOWHERE;
    }
    if (look->bytes[at] == '.') {
        at++;
    } else if (at > start && has_word(look, at, "punto")) {
        at += 5;
    } else if (at > start && has_word(look, at, "dot")) {
        at += 3;
    } else {
        return SL_NOWHERE;
    }
    uint32_t behind = at;
    while (at - behind < 2 && at < look->len &&
           (look->bytes[at] == ' ' || sl_is_one_of(look->bytes[at], CLOSING))) {
        at++;
    }
    *ret_plain &= at - start == 1;
    return at < look->len && sl_is_digit(look->bytes[at]) ? at : SL_NOWHERE;
}

struct v4 {
    uint32_t start, end;
    uint32_t octets[OCTETS];
    uint32_t digits;
    bool plain; // every dot is just a dot
    bool zeros; // an octet begins with a zero it does not need
};

static bool read_v4(const struct sl_look *look, uint32_t start, struct v4 *ret_v4) {
    struct v4 v4 = {.start = start, .plain = true};
    uint32_t at = start;
    for (uint32_t i = 0; i < OCTETS; i++) {
        uint32_t end = read_number(look, at, 3, &v4.octets[i]);
        if (end == at || v4.octets[i] > 255) {
            return false;
        }
        v4.zeros |= end - at > 1 && look->bytes[at] == '0';
        v4.digits += end - at;
        v4.end = end;
        at = i + 1 < OCTETS ? read_dot(look, end, &v4.plain) : end;
        if (at == SL_NOWHERE) {
            return false;
        }
    }
    *ret_v4 = v4;
    return true;
}

// Ranges of RFC 6890 that people meet, and the resolvers everybody uses.
static bool is_special(const uint32_t octets[OCTETS]) {
    uint32_t a = octets[0], b = octets[1];
    bool private = a == 127 || (a == 192 && b == 168) || (a == 172 && b >= 16 && b < 32) ||
                   (a == 169 && b == 254) || (a == 10 && b == 0 && octets[2] == 0);
    bool same = b == octets[2] && (b == a || b == 0) && (octets[3] == b || octets[3] == a);
    bool resolver = (a == 8 && b == 8 && octets[2] == octets[3]) || (a == 1 && same) ||
                    (same && (a == 0 || a == 255 || a == 9));
    return private || resolver;
}

// Numbers too big for a version. The last one is let grow: it is a build.
static int weigh_octets(const struct v4 *v4) {
    const uint32_t *octets = v4->octets;
    int score = octets[0] >= 100 ? BIG : octets[0] >= VERSION_MAX ? MIDDLE : 0;
    score += octets[1] >= 100 ? BIG : octets[1] >= VERSION_MAX && octets[0] > 0 ? BIG_BUILD : 0;
    score += octets[2] >= 100 ? BIG : 0;
    score += octets[3] >= 100 ? BIG_BUILD : 0;
    score += v4->digits >= LONG_DIGITS ? MANY_DIGITS : 0;
    score += is_special(octets) ? SPECIAL : 0;
    score += v4->plain ? 0 : DEFANGED;
    score += v4->zeros ? ZEROS : 0;
    return SHAPE + score;
}

static bool has_fifth(const struct sl_look *look, const struct v4 *v4) {
    return at_or_zero(look, v4->end) == '.' && sl_is_digit(at_or_zero(look, v4->end + 1));
}

static void add_surroundings(struct sl_look *look, struct sl_candidate *candidate) {
    struct sl_surroundings around =
        sl_look_around(look, SL_KIND_IP, candidate->start, candidate->end);
    bool host =
        candidate->start > 1 &&
        (look->bytes[candidate->start - 1] == '/' || look->bytes[candidate->start - 1] == '[') &&
        sl_is_one_of(look->bytes[candidate->start - 2], "/@");
    int neighbours = (around.amount ? AMOUNT : 0) + (host ? HOST : around.in_address ? ADDRESS : 0);
    if (around.letters_before || around.letters_after) {
        candidate->score = 0;
        candidate->reasons |= SL_REASON_NEIGHBOUR;
        return;
    }
    candidate->score += neighbours;
    candidate->reasons |= neighbours != 0 ? SL_REASON_NEIGHBOUR : 0;
    if (around.before != SL_CUE_NONE) {
        candidate->score += around.before == SL_CUE_STRONG ? CUE_STRONG : CUE_WEAK;
        candidate->reasons |= SL_REASON_CUE_BEFORE;
    } else if (around.after == SL_CUE_STRONG) {
        candidate->score += CUE_WEAK;
        candidate->reasons |= SL_REASON_CUE_AFTER;
    }
    if (around.against && around.before != SL_CUE_STRONG) {
        candidate->score += AGAINST;
        candidate->reasons |= SL_REASON_CUE_AGAINST;
    }
}

static void weigh_v4(struct sl_look *look, const struct v4 *v4) {
    struct sl_candidate candidate = {
        .start = v4->start,
        .end = read_prefix(look, v4->end, 32),
        .kind = SL_KIND_IP,
        .score = weigh_octets(v4) + (has_fifth(look, v4) ? FIFTH : 0),
        .reasons = SL_REASON_SHAPE,
    };
    if (sl_is_digit(at_or_zero(look, v4->end))) {
        return;
    }
    if (candidate.end > v4->end) {
        candidate.score += PREFIX;
        candidate.reasons |= SL_REASON_PREFIX;
    } else if (at_or_zero(look, v4->end) == ':' && sl_is_digit(at_or_zero(look, v4->end + 1))) {
        candidate.score += PORT;
    }
    add_surroundings(look, &candidate);
    sl_look_add(look, candidate);
}

// Four groups with something else than dots between them, right behind "ip".
static bool read_odd(const struct sl_look *look, const struct sl_digit_run *run, uint32_t first,
                     struct v4 *ret_v4) {
    uint32_t start = sl_window_start(run, first), end = sl_window_end(run, first + OCTETS);
    uint32_t cues = sl_cues_from(look->cues, start);
    const struct sl_cue *cue = cues > 0 ? &look->cues->cues[cues - 1] : NULL;
    if (cue == NULL || (cue->strong >> SL_KIND_IP & 1) == 0 || start - cue->start > CUE_REACH ||
        end - start > ODD_MAX) {
        return false;
    }
    struct v4 v4 = {.start = start, .end = end};
    unsigned char joint = look->bytes[sl_window_end(run, first + 1)];
    for (uint32_t i = 0; i < OCTETS; i++) {
        uint32_t at = sl_window_start(run, first + i), behind = sl_window_end(run, first + i + 1);
        bool last = i + 1 == OCTETS;
        if (read_number(look, at, 3, &v4.octets[i]) != behind || v4.octets[i] > 255 ||
            (!last &&
             (look->bytes[behind] != joint || sl_window_start(run, first + i + 1) != behind + 1))) {
            return false;
        }
        v4.zeros |= behind - at > 1 && look->bytes[at] == '0';
        v4.digits += behind - at;
    }
    *ret_v4 = v4;
    return is_odd_joint(joint);
}

// Something stands before the number at `start` that makes it the middle of a longer one.
static bool continues(const struct sl_look *look, uint32_t start) {
    const unsigned char *bytes = look->bytes;
    return start > 0 && (sl_is_digit(bytes[start - 1]) ||
                         (start > 1 && bytes[start - 1] == '.' && sl_is_digit(bytes[start - 2])));
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    for (uint32_t first = 0; first + OCTETS <= run->groups_count; first++) {
        uint32_t start = sl_window_start(run, first);
        unsigned char next = look->bytes[start + sl_group_digits(run, first)];
        struct v4 v4;
        if (sl_group_digits(run, first) > 3 || sl_is_alnum(next) || continues(look, start) ||
            (!read_v4(look, start, &v4) && !read_odd(look, run, first, &v4))) {
            continue;
        }
        weigh_v4(look, &v4);
        first += OCTETS - 1;
    }
}

// Where the number begins that ends before `at`, what may stand between left out;
// SL_NOWHERE for none.
static uint32_t number_before(const struct sl_look *look, uint32_t at, const char *between) {
    const unsigned char *bytes = look->bytes;
    uint32_t end = at;
    while (end > 0 && at - end < DOT_MAX && sl_is_one_of(bytes[end - 1], between)) {
        end--;
    }
    uint32_t start = end;
    while (start > 0 && end - start < 3 && sl_is_digit(bytes[start - 1])) {
        start--;
    }
    return start < end ? start : SL_NOWHERE;
}

// A dot in letters, the first one: up to three octets stand before it, with other dots between.
static void look_at_dot_word(struct sl_look *look, const struct sl_cue *cue) {
    uint32_t starts[OCTETS - 1], count = 0;
    uint32_t start = number_before(look, cue->start, " " BRACKETS);
    for (; start != SL_NOWHERE && count < OCTETS - 1; count++) {
        starts[count] = start;
        start = number_before(look, start, " ." BRACKETS CLOSING);
    }
    struct v4 v4;
    while (count > 0) {
        start = starts[--count];
        if (!continues(look, start) && read_v4(look, start, &v4)) {
            weigh_v4(look, &v4);
            return;
        }
    }
}

struct v6 {
    uint32_t start, end;
    uint32_t groups, hex_groups; // of these: with a letter, or of three digits and more
    uint32_t digits;
    bool compressed, tail;
};

// "1.2.3.4" as the last two groups.
static bool read_tail(const struct sl_look *look, uint32_t at, struct v6 *v6) {
    struct v4 v4;
    if (v6->groups > GROUPS - 2 || !read_v4(look, at, &v4) || !v4.plain || v4.zeros) {
        return false;
    }
    v6->groups += 2;
    v6->tail = true;
    v6->digits += v4.digits;
    v6->end = v4.end;
    return true;
}

// Returns where the group ends; `at` when there is none.
static uint32_t read_group(const struct sl_look *look, uint32_t at, struct v6 *v6) {
    uint32_t end = at, letters = 0;
    while (sl_is_hex(at_or_zero(look, end)) && end - at < 5) {
        letters += sl_is_letter(look->bytes[end]);
        end++;
    }
    if (end == at || end - at > 4) {
        return at;
    }
    v6->groups++;
    v6->hex_groups += letters > 0 || end - at > 2;
    v6->digits += end - at - letters;
    v6->end = end;
    return end;
}

static bool read_v6(const struct sl_look *look, uint32_t start, struct v6 *ret_v6) {
    struct v6 v6 = {.start = start, .end = start};
    uint32_t at = start;
    for (;;) {
        if (at_or_zero(look, at) == ':' && at_or_zero(look, at + 1) == ':') {
            if (v6.compressed) {
                return false;
            }
            v6.compressed = true;
            v6.end = at += 2;
        } else if (at > start) {
            if (at_or_zero(look, at) != ':' || v6.groups == GROUPS) {
                break;
            }
            at++;
        }
        if (read_tail(look, at, &v6)) {
            break;
        }
        uint32_t end = read_group(look, at, &v6);
        if (end == at) {
            break;
        }
        at = end;
    }
    *ret_v6 = v6;
    return v6.compressed ? v6.groups < GROUPS : v6.groups == GROUPS;
}

// What follows must not belong to it: a letter, one more group, another number.
static bool ends_v6(const struct sl_look *look, uint32_t end) {
    unsigned char next = at_or_zero(look, end);
    unsigned char behind = at_or_zero(look, end + 1);
    return !sl_is_alnum(next) && !(next == ':' && (sl_is_hex(behind) || behind == ':')) &&
           !(next == '.' && sl_is_digit(behind));
}

static uint32_t read_zone(const struct sl_look *look, uint32_t at) {
    uint32_t end = at + 1;
    if (at_or_zero(look, at) != '%') {
        return at;
    }
    while (end - at <= ZONE_MAX && sl_is_alnum(at_or_zero(look, end))) {
        end++;
    }
    return end > at + 1 ? end : at;
}

// Global unicast (2…, 3…), link-local, unique local, multicast.
static bool is_known_range(const unsigned char *group) {
    return group[0] == '2' || group[0] == '3' ||
           (group[0] == 'f' &&
            (group[1] == 'c' || group[1] == 'd' || (group[1] == 'e' && group[2] >= '8') ||
             (group[1] == 'f' && group[2] == '0')));
}

static int weigh_groups(const struct sl_look *look, const struct v6 *v6) {
    int score = v6->compressed ? COMPRESSED : WHOLE;
    const unsigned char *first = look->bytes + v6->start;
    score += v6->end - v6->start > 4 && first[4] == ':' && is_known_range(first) ? KNOWN : 0;
    uint32_t hex = v6->hex_groups > 3 ? 3 : v6->hex_groups;
    score += v6->digits > 0 ? (int)hex * HEX_GROUP : 0;
    return score + (v6->tail ? TAIL : 0);
}

// "::1", the one short address that people write.
static bool is_loopback(const struct sl_look *look, const struct v6 *v6) {
    return v6->end - v6->start == 3 && look->bytes[v6->start] == ':' &&
           look->bytes[v6->start + 2] == '1';
}

static void look_at_colon(struct sl_look *look, uint32_t at) {
    const unsigned char *bytes = look->bytes;
    uint32_t start = at;
    while (start > 0 && at - start < 5 && sl_is_hex(bytes[start - 1])) {
        start--;
    }
    // Only from the first colon on, and not from within a word.
    struct v6 v6;
    if ((start > 0 && (sl_is_alnum(bytes[start - 1]) || bytes[start - 1] == ':')) ||
        !read_v6(look, start, &v6) || !ends_v6(look, v6.end)) {
        return;
    }
    struct sl_candidate candidate = {start, v6.end, SL_KIND_IP, weigh_groups(look, &v6),
                                     SL_REASON_SHAPE};
    uint32_t zone = read_zone(look, candidate.end);
    candidate.score += zone > candidate.end ? ZONE : 0;
    uint32_t prefix = read_prefix(look, zone, 128);
    candidate.score += prefix > zone ? ZONE : 0;
    candidate.score += is_loopback(look, &v6) ? ZONE : 0;
    candidate.reasons |= prefix > candidate.end ? SL_REASON_PREFIX : 0;
    candidate.end = prefix;
    add_surroundings(look, &candidate);
    sl_look_add(look, candidate);
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    if ((cue->senses & SL_SENSE_DOT) != 0) {
        look_at_dot_word(look, cue);
    }
}

const struct sl_kind_rules sl_kind_ip = {
    .threshold = 60,
    .digits_min = 4,
    .cues =
        {
            "ip|ips|ipv4|ipv6|indirizzo ip|ip address|ip pubblico|ip statico|ip fisso|ip privato|"
            "dns|gateway|subnet|netmask|ping|pingo|pingare|traceroute|tracert|nat|nat64|ssh|"
            "loopback|unspecified|src|dst|hop|hops",
            "router|modem|host|rete|network|tunnel|proxy|vpn|firewall|localhost|nslookup|whois",
            "versione|version|versioni|ver|vers|v|rel|release|build|firmware|fw|software|update|"
            "aggiornamento|aggiornat*|app|ios|android|capitolo|articolo|articoli|art|par|modello|"
            "codice|ateco|tel|telefono|cell|fax",
        },
    .on_run = look_at_run,
    .in_links = true,
    .on_cue = look_at_cue,
    .on_colon = look_at_colon,
    .senses = SL_SENSE_DOT,
    .cue_is_enough = true,
};
