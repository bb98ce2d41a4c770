// SPDX-License-Identifier: Apache-2.0
//
// Addresses and keys of crypto currencies. Most carry a checksum that no other text passes: base58
// with a double SHA-256 (Bitcoin, Litecoin, Dogecoin, Tron, Ripple, private and extended keys) and
// bech32 (bc1…, ltc1…, addr1…); these may be in two pieces, and behind a cue in many. Ethereum's 0x
// with 40 hex digits and Monero's 95 characters are known by their shape. Case matters.
#include <string.h>

#include "base/crypto.h"
#include "identify/kind.h"

#define BASE58_MIN      25 // characters
#define ADDRESS_MAX     36
#define PRIVATE_MIN     51
#define PRIVATE_MAX     52
#define EXTENDED_CHARS  111
#define PAYLOAD_MAX     82 // bytes, checksum included
#define CHECKSUM_BYTES  4
#define BECH32_MIN      14
#define BECH32_MAX      128
#define BECH32_CHECKSUM 6
#define BECH32M_RESIDUE 0x2BC830A3u
#define ETHEREUM_CHARS  42
#define MONERO_CHARS    95
#define MONERO_LONG     106 // with a payment's id
#define CHARS_MAX       128
#define FILLERS_MAX     3
#define PIECE_MIN       3 // but for the last

enum {
    CHECKED = 95,
    ETHEREUM = 75,
    MONERO = 70,
};

static const char bitcoin_alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
static const char ripple_alphabet[] = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
static const char bech32_alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

// Letters and digits with their case, in one piece or taken from several.
struct string {
    char chars[CHARS_MAX];
    uint32_t offsets[CHARS_MAX];
    uint32_t len;
};

static void take(const struct sl_look *look, uint32_t start, uint32_t end, struct string *string) {
    for (uint32_t at = start; at < end && string->len < CHARS_MAX; at++) {
        unsigned char original = sl_look_original(look, at);
        // What folded from another script is taken as it folded.
        bool plain = (original | 0x20) == (look->bytes[at] | 0x20);
        string->chars[string->len] = (char)(plain ? original : look->bytes[at]);
        string->offsets[string->len++] = at;
    }
}

// Writes the number that base58 stands for, big-endian. Returns its bytes, 0 when there is a
// character that base58 has not, or no room.
static uint32_t decode_base58(const char *chars, uint32_t len, const char *alphabet,
                              uint8_t ret_bytes[PAYLOAD_MAX]) {
    uint8_t number[PAYLOAD_MAX] = {0}; // little-endian
    uint32_t used = 0, zeros = 0;
    for (uint32_t i = 0; i < len; i++) {
        const char *found = strchr(alphabet, chars[i]);
        if (found == NULL) {
            return 0;
        }
        uint32_t carry = (uint32_t)(found - alphabet);
        zeros += zeros == i && carry == 0;
        for (uint32_t j = 0; j < used || carry != 0; j++) {
            if (j == PAYLOAD_MAX) {
                return 0;
            }
            carry += (j < used ? number[j] : 0) * 58u;
            number[j] = (uint8_t)carry;
            carry >>= 8;
            used = j >= used ? j + 1 : used;
        }
    }
    uint32_t bytes = zeros + used;
    if (bytes > PAYLOAD_MAX) {
        return 0;
    }
    memset(ret_bytes, 0, zeros);
    for (uint32_t i = 0; i < used; i++) {
        ret_bytes[zeros + i] = number[used - 1 - i];
    }
    return bytes;
}

static bool check_base58(const char *chars, uint32_t len) {
    uint8_t bytes[PAYLOAD_MAX], hash[SL_SHA256_BYTES];
    const char *alphabet = chars[0] == 'r' ? ripple_alphabet : bitcoin_alphabet;
    bool address = len >= BASE58_MIN && len <= ADDRESS_MAX;
    bool key = (len >= PRIVATE_MIN && len <= PRIVATE_MAX) || len == EXTENDED_CHARS;
    uint32_t count = address || key ? decode_base58(chars, len, alphabet, bytes) : 0;
    // A version of one or two bytes before a hash of 20; before a key of 32, a flag behind it; an
    // extended key.
    if (count != 25 && count != 26 && count != 37 && count != 38 && count != PAYLOAD_MAX) {
        return false;
    }
    sl_sha256(bytes, count - CHECKSUM_BYTES, hash);
    sl_sha256(hash, sizeof hash, hash);
    return memcmp(hash, bytes + count - CHECKSUM_BYTES, CHECKSUM_BYTES) == 0;
}

static uint32_t polymod_step(uint32_t residue, uint32_t value) {
    static const uint32_t generators[] = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD,
                                          0x2A1462B3};
    uint32_t top = residue >> 25;
    residue = (residue & 0x1FFFFFF) << 5 ^ value;
    for (uint32_t i = 0; i < 5; i++) {
        residue ^= (top >> i & 1) != 0 ? generators[i] : 0;
    }
    return residue;
}

// BIP 173 and 350: a word of letters, '1', and a code; of one case.
static bool check_bech32(const char *chars, uint32_t len) {
    const char *one = len >= BECH32_MIN ? memrchr(chars, '1', len) : NULL;
    if (one == NULL || one == chars || chars + len - one <= BECH32_CHECKSUM + 1 || chars[0] < 'A') {
        return false;
    }
    bool upper = chars[0] < 'a';
    uint32_t residue = 1, word = (uint32_t)(one - chars);
    for (uint32_t i = 0; i < word; i++) {
        residue = polymod_step(residue, (unsigned char)(chars[i] | 0x20) >> 5);
    }
    residue = polymod_step(residue, 0);
    for (uint32_t i = 0; i < len; i++) {
        char c = chars[i];
        bool letter = c > '9';
        if (letter && (c < 'a') != upper) {
            return false;
        }
        const char *found = strchr(bech32_alphabet, letter ? c | 0x20 : c);
        if (i == word) {
            continue;
        }
        if (i > word && found == NULL) {
            return false;
        }
        uint32_t value =
            i < word ? (unsigned char)(c | 0x20) & 31 : (uint32_t)(found - bech32_alphabet);
        residue = polymod_step(residue, value);
    }
    return residue == 1 || residue == BECH32M_RESIDUE;
}

static bool is_ethereum(const char *chars, uint32_t len) {
    if (len != ETHEREUM_CHARS || chars[0] != '0' || (chars[1] | 0x20) != 'x') {
        return false;
    }
    for (uint32_t i = 2; i < len; i++) {
        unsigned char c = (unsigned char)chars[i];
        if (!sl_is_digit(c) && (unsigned char)((c | 0x20) - 'a') >= 6) {
            return false;
        }
    }
    return true;
}

static bool is_monero(const char *chars, uint32_t len) {
    if ((len != MONERO_CHARS && len != MONERO_LONG) || (chars[0] != '4' && chars[0] != '8') ||
        strchr("0123456789AB", chars[1]) == NULL) {
        return false;
    }
    uint32_t capitals = 0, digits = 0;
    for (uint32_t i = 0; i < len; i++) {
        if (strchr(bitcoin_alphabet, chars[i]) == NULL && chars[i] != '0') {
            return false;
        }
        capitals += (unsigned char)(chars[i] - 'A') < 26;
        digits += sl_is_digit((unsigned char)chars[i]);
    }
    return capitals > 8 && digits > 4;
}

// True when it is handed in.
static bool weigh(struct sl_look *look, const struct string *string, uint32_t len) {
    struct sl_candidate candidate = {string->offsets[0], string->offsets[len - 1] + 1,
                                     SL_KIND_CRYPTO_WALLET, 0, SL_REASON_SHAPE};
    if (check_base58(string->chars, len) ||
        (len <= BECH32_MAX && check_bech32(string->chars, len))) {
        candidate.score = CHECKED;
        candidate.reasons |= SL_REASON_CHECKSUM;
    } else if (is_ethereum(string->chars, len)) {
        candidate.score = ETHEREUM;
        candidate.reasons |= SL_REASON_PREFIX;
    } else if (is_monero(string->chars, len)) {
        candidate.score = MONERO;
    } else {
        return false;
    }
    sl_look_add(look, candidate);
    return true;
}

static uint32_t piece_end(const struct sl_look *look, uint32_t at) {
    while (at < look->len && sl_is_alnum(look->bytes[at])) {
        at++;
    }
    return at;
}

static uint32_t piece_start(const struct sl_look *look, uint32_t at, uint32_t max) {
    uint32_t start = at;
    while (start > 0 && at - start <= max && sl_is_alnum(look->bytes[start - 1])) {
        start--;
    }
    return start;
}

// The token and the piece before or behind it, one blank between them.
static void look_at_pieces(struct sl_look *look, const struct sl_token *token) {
    const unsigned char *bytes = look->bytes;
    uint32_t len = token->end - token->start;
    struct string string = {.len = 0};
    if (token->end + 1 < look->len && bytes[token->end] == ' ') {
        uint32_t end = token->end + 1;
        while (end < look->len && sl_is_alnum(bytes[end]) && end - token->start <= PRIVATE_MAX) {
            end++;
        }
        uint32_t joined = end - token->start - 1;
        if (joined >= BASE58_MIN && joined <= PRIVATE_MAX &&
            (end == look->len || !sl_is_alnum(bytes[end]))) {
            take(look, token->start, token->end, &string);
            take(look, token->end + 1, end, &string);
            if (weigh(look, &string, string.len)) {
                return;
            }
        }
    }
    if (token->start > 1 && bytes[token->start - 1] == ' ') {
        uint32_t start = piece_start(look, token->start - 1, PRIVATE_MAX);
        uint32_t joined = token->start - 1 - start + len;
        if (joined >= BASE58_MIN && joined <= PRIVATE_MAX) {
            string.len = 0;
            take(look, start, token->start - 1, &string);
            take(look, token->start, token->end, &string);
            weigh(look, &string, string.len);
        }
    }
}

// True when the token has capitals, small letters and digits, as base58 has.
static bool is_mixed(const struct sl_look *look, const struct sl_token *token) {
    bool capital = false, small = false, digit = false;
    for (uint32_t at = token->start; at < token->end && !(capital && small && digit); at++) {
        unsigned char c = look->bytes[at];
        bool same = sl_look_original(look, at) == c;
        digit |= sl_is_digit(c);
        small |= sl_is_letter(c) && same;
        capital |= sl_is_letter(c) && !same;
    }
    return capital && small && digit;
}

static void look_at_token(struct sl_look *look, const struct sl_token *token) {
    uint32_t len = token->end - token->start;
    if (len > CHARS_MAX) {
        return;
    }
    bool found = false;
    if (len >= BECH32_MIN && memchr(look->bytes + token->start, '1', len) != NULL) {
        struct string string = {.len = 0};
        take(look, token->start, token->end, &string);
        found = weigh(look, &string, len);
    } else if (len >= BASE58_MIN) {
        struct string string = {.len = 0};
        take(look, token->start, token->end, &string);
        found = weigh(look, &string, len);
    }
    if (!found && len < PRIVATE_MAX && is_mixed(look, token)) {
        look_at_pieces(look, token);
    }
}

// Skips "address is", up to where an address may begin.
static uint32_t skip_fillers(const struct sl_look *look, uint32_t at) {
    static const char *const fillers[] = {"is", "e", "address", "addr", "indirizzo", "mio", "my"};
    at = sl_skip_separators(look, at);
    for (uint32_t words = 0; words < FILLERS_MAX && at != SL_NOWHERE; words++) {
        uint32_t end = piece_end(look, at);
        bool filler = false;
        for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++) {
            filler |= strlen(fillers[i]) == end - at &&
                      memcmp(fillers[i], look->bytes + at, end - at) == 0;
        }
        if (!filler) {
            break;
        }
        at = sl_skip_separators(look, end);
    }
    return at;
}

// Behind a cue in many pieces, up to the end of any of them.
static void look_behind_cue(struct sl_look *look, const struct sl_cue *cue) {
    uint32_t at = skip_fillers(look, cue->end);
    struct string string = {.len = 0};
    if (at == SL_NOWHERE || strchr("013lmtdrbx", look->bytes[at]) == NULL) {
        return;
    }
    while (at != SL_NOWHERE && sl_is_alnum(look->bytes[at])) {
        uint32_t end = at, room = PRIVATE_MAX - string.len;
        while (end < look->len && end - at <= room && sl_is_alnum(look->bytes[end])) {
            end++;
        }
        if (end - at > room) {
            return;
        }
        take(look, at, end, &string);
        if (string.len >= BASE58_MIN && weigh(look, &string, string.len)) {
            return;
        }
        if (end - at < PIECE_MIN) {
            return;
        }
        at = sl_skip_separators(look, end);
    }
}

const struct sl_kind_rules sl_kind_crypto_wallet = {
    .threshold = 60,
    .cues =
        {
            "btc|bitcoin|bitcoins|eth|ether|ethereum|wallet|portafoglio|ltc|litecoin|doge|dogecoin|"
            "trx|tron|usdt|tether|xrp|ripple|xmr|monero|bnb|crypto|cripto|satoshi",
            "donate|donazioni|address|indirizzo",
            "",
        },
    .on_cue = look_behind_cue,
    .on_token = look_at_token,
};
