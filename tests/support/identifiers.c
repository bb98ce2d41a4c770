// SPDX-License-Identifier: Apache-2.0
#include "support/identifiers.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "support/identifier_checks.h"

#define COUNT(array)        (sizeof(array) / sizeof((array)[0]))
#define PICK(random, array) ((array)[sl_random_below((random), COUNT(array))])

static const char upper_case[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char plate_letters[] = "ABCDEFGHJKLMNPRSTVWXYZ"; // no I, O, Q, U
static const char base58[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

static char one_of(struct sl_random *random, const char *chars) {
    return chars[sl_random_below(random, strlen(chars))];
}

static unsigned number(struct sl_random *random, unsigned from, unsigned to) {
    return from + (unsigned)sl_random_below(random, to - from + 1);
}

// Writes what `shape` says: 9 a digit, A a letter, P a letter of plates, L one of licences, X a
// letter or digit, h a hexadecimal digit; anything else is itself.
static void put_shape(struct sl_random *random, const char *shape, char *text) {
    for (; *shape != '\0'; shape++) {
        switch (*shape) {
        case '9':
            *text++ = one_of(random, "0123456789");
            break;
        case 'A':
            *text++ = one_of(random, upper_case);
            break;
        case 'P':
            *text++ = one_of(random, plate_letters);
            break;
        case 'X':
            *text++ = one_of(random, "0123456789ABCDEFGHJKLMNPRSTUWXYZ");
            break;
        case 'L':
            *text++ = one_of(random, "BCDEGHJKLMNPRSTXYZ");
            break;
        case 'h':
            *text++ = one_of(random, "0123456789abcdef");
            break;
        default:
            *text++ = *shape;
        }
    }
    *text = '\0';
}

// Turns the last digit into the one that makes the rule true.
static void settle(char *digits, bool (*rule)(const char *)) {
    char *last = digits + strlen(digits) - 1;
    for (*last = '0'; *last < '9' && !rule(digits); (*last)++) {
    }
}

static void put_iban(struct sl_random *random, char *iban) {
    static const char *const structures[] = {
        "ITannnnnnnnnncccccccccccc",     "SMannnnnnnnnncccccccccccc", "DEnnnnnnnnnnnnnnnnnn",
        "FRnnnnnnnnnncccccccccccnn",     "GBaaaannnnnnnnnnnnnn",      "DKnnnnnnnnnnnnnn",
        "MTaaaannnnncccccccccccccccccc", "ESnnnnnnnnnnnnnnnnnnnn",    "ROaaaacccccccccccccccc",
        "CHnnnnncccccccccccc",
    };
    const char *structure = PICK(random, structures);
    snprintf(iban, SL_TEST_IDENTIFIER_MAX, "%.2s00", structure);
    char *end = iban + 4;
    for (const char *part = structure + 2; *part != '\0'; part++) {
        bool digit = *part == 'n' || (*part == 'c' && sl_random_below(random, 4) > 0);
        *end++ = one_of(random, digit ? "0123456789" : "ABCDEFGHIJKLMNOPQRSTUVWYZ");
    }
    *end = '\0';
    if (structure[2] == 'a' && structure[3] == 'n') {
        iban[4] = sl_oracle_control_letter(iban + 5, 22);
    }
    for (int check = 2; check < 99 && !sl_oracle_iban(iban); check++) {
        iban[2] = (char)('0' + check / 10);
        iban[3] = (char)('0' + check % 10);
    }
}

// An address of 20 random bytes after its version, with four bytes of a doubled SHA-256 behind.
static void put_base58_wallet(struct sl_random *random, char *text) {
    unsigned char bytes[25], hash[32];
    char reversed[64];
    size_t len = 0;
    const unsigned char version = sl_random_below(random, 2) == 0 ? 0 : 5;
    bytes[0] = version;
    for (int i = 1; i < 21; i++) {
        bytes[i] = (unsigned char)sl_random_next(random);
    }
    bytes[1] |= 1; // no zeros but the version's
    crypto_hash_sha256(hash, bytes, 21);
    crypto_hash_sha256(hash, hash, 32);
    memcpy(bytes + 21, hash, 4);
    // Long division by 58, as long as something is left.
    for (bool left = true; left;) {
        unsigned remainder = 0;
        left = false;
        for (int i = 0; i < 25; i++) {
            unsigned value = remainder * 256 + bytes[i];
            bytes[i] = (unsigned char)(value / 58);
            remainder = value % 58;
            left = left || bytes[i] != 0;
        }
        reversed[len++] = base58[remainder];
    }
    // A zero byte in front is a 1.
    if (version == 0) {
        reversed[len++] = '1';
    }
    for (size_t i = 0; i < len; i++) {
        text[i] = reversed[len - 1 - i];
    }
    text[len] = '\0';
}

static uint32_t bech32_step(uint32_t sum, uint32_t value) {
    static const uint32_t generator[] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd,
                                         0x2a1462b3};
    uint32_t top = sum >> 25;
    sum = (sum & 0x1ffffff) << 5 ^ value;
    for (int i = 0; i < 5; i++) {
        sum ^= (top >> i & 1) != 0 ? generator[i] : 0;
    }
    return sum;
}

// BIP 173, a witness of version 0 and 20 bytes.
static void put_bech32_wallet(struct sl_random *random, char *text) {
    static const char chars[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    static const uint32_t prefix[] = {3, 3, 0, 2, 3}; // "bc" expanded
    uint32_t sum = 1;
    for (size_t i = 0; i < COUNT(prefix); i++) {
        sum = bech32_step(sum, prefix[i]);
    }
    char *end = text + sprintf(text, "bc1");
    for (int i = 0; i < 33; i++) {
        uint32_t value = i == 0 ? 0 : (uint32_t)sl_random_below(random, 32);
        sum = bech32_step(sum, value);
        *end++ = chars[value];
    }
    for (int i = 0; i < 6; i++) {
        sum = bech32_step(sum, 0);
    }
    sum ^= 1;
    for (int i = 0; i < 6; i++) {
        *end++ = chars[sum >> 5 * (5 - i) & 31];
    }
    *end = '\0';
}

static void put_crypto_wallet(struct sl_random *random, char *text) {
    switch (sl_random_below(random, 3)) {
    case 0:
        put_base58_wallet(random, text);
        break;
    case 1:
        put_bech32_wallet(random, text);
        break;
    default:
        put_shape(random, "0xhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh", text);
    }
}

static void put_fiscal_code(struct sl_random *random, char *code) {
    static const char omocodia[] = "LMNPQRSTUV";
    static const int places[] = {14, 13, 12, 10, 9, 7};
    unsigned day = number(random, 1, 31) + 40 * number(random, 0, 1);
    put_shape(random, "AAAAAA", code);
    snprintf(code + 6, 11, "%02u%c%02u%c%03u", number(random, 0, 99),
             one_of(random, "ABCDEHLMPRST"), day, one_of(random, "ABCDEFGHIJKLMZ"),
             number(random, 1, 999));
    uint64_t replaced = sl_random_below(random, 4) == 0 ? sl_random_below(random, 7) : 0;
    for (uint64_t i = 0; i < replaced; i++) {
        code[places[i]] = omocodia[code[places[i]] - '0'];
    }
    code[15] = sl_oracle_fiscal_letter(code);
    code[16] = '\0';
}

// Returns the sizes of the groups in which it is printed.
static const char *put_card(struct sl_random *random, char *digits) {
    static const struct {
        const char *shape, *sizes;
    } cards[] = {
        {"4999999999999999", "4444"}, {"5199999999999999", "4444"}, {"2720999999999999", "4444"},
        {"379999999999999", "465"},   {"36009999999999", "464"},    {"6011999999999999", "4444"},
        {"5018999999999999", "4444"}, {"3589999999999999", "4444"}, {"6212999999999999", "4444"},
    };
    size_t which = sl_random_below(random, COUNT(cards));
    put_shape(random, cards[which].shape, digits);
    // 9 stands for any digit; the issuer's own must stay.
    memcpy(digits, cards[which].shape, strcspn(cards[which].shape, "9"));
    if (which == 7) {
        memcpy(digits, "3589", 4);
    }
    settle(digits, sl_oracle_luhn);
    return cards[which].sizes;
}

static void put_email(struct sl_random *random, char *text) {
    static const char *const ends[] = {"it", "com", "org", "net", "eu"};
    char local[16] = "";
    size_t len = number(random, 1, 12);
    for (size_t i = 0; i < len; i++) {
        bool sign = i > 0 && i + 1 < len && local[i - 1] >= 'A' && local[i - 1] <= 'Z' &&
                    sl_random_below(random, 5) == 0;
        local[i] = one_of(random, sign ? "._-+" : upper_case);
    }
    snprintf(text, SL_TEST_IDENTIFIER_MAX, "%s@%c%c%u.%s%s", local, one_of(random, upper_case),
             one_of(random, upper_case), number(random, 0, 999),
             sl_random_below(random, 4) == 0 ? "pec." : "", PICK(random, ends));
}

static void put_migration_code(struct sl_random *random, char *text) {
    static const char *const line_shapes[] = {"X9A02999999", "AX9081999999", "A9A032199999"};
    static const char *const services[] = {"001", "004", "012", "017", "222", "999"};
    put_shape(random, PICK(random, line_shapes), text);
    sprintf(text + strlen(text), "%s%c", PICK(random, services), one_of(random, upper_case));
}

static void put_phone(struct sl_random *random, char *text) {
    static const char *const shapes[] = {"32X", "33X", "34X", "36X", "37X", "38X", "39X"};
    static const char *const fixed[] = {"061999999",  "0219999999", "0111999999", "0551999999",
                                        "0811999999", "0574199999", "0721999999"};
    if (sl_random_below(random, 3) > 0) {
        snprintf(text, SL_TEST_IDENTIFIER_MAX, "%.2s", PICK(random, shapes));
        put_shape(random, "99999999", text + 2);
    } else {
        put_shape(random, PICK(random, fixed), text);
    }
}

static void put_ip(struct sl_random *random, char *text) {
    if (sl_random_below(random, 3) > 0) {
        snprintf(text, SL_TEST_IDENTIFIER_MAX, "%u.%u.%u.%u", number(random, 11, 223),
                 number(random, 0, 255), number(random, 0, 255), number(random, 1, 254));
    } else {
        static const char *const shapes[] = {"2a0e:4hhh:hh:hh::1", "2001:0hhh:hhhh:hhhh:1:hhhh:0:2",
                                             "fe80::1hhh:hhhh:hhhh:hhhh"};
        put_shape(random, PICK(random, shapes), text);
    }
}

static void put_mac(struct sl_random *random, char *text) {
    static const char *const shapes[] = {"hh:hh:5e:hh:hh:hh", "hh-hh-5e-hh-hh-hh",
                                         "hhhh.5ehh.hhhh"};
    put_shape(random, PICK(random, shapes), text);
}

static void put_card_secret(struct sl_random *random, char *text) {
    if (sl_random_below(random, 2) == 0) {
        put_shape(random, "999", text);
    } else {
        sprintf(text, "%02u/%s%u", number(random, 1, 12),
                sl_random_below(random, 2) == 0 ? "20" : "", number(random, 27, 34));
    }
}

static void put_birth_date(struct sl_random *random, char *text) {
    static const char *const months[] = {"gennaio", "marzo", "aprile", "luglio", "december"};
    unsigned day = number(random, 1, 28), month = number(random, 1, 12);
    unsigned year = number(random, 1935, 2006);
    switch (sl_random_below(random, 4)) {
    case 0:
        sprintf(text, "%02u/%02u/%u", day, month, year);
        break;
    case 1:
        sprintf(text, "%u-%u-%02u", day, month, year % 100);
        break;
    case 2:
        sprintf(text, "%02u.%02u.%u", day, month, year);
        break;
    default:
        sprintf(text, "%u %s %u", day, PICK(random, months), year);
    }
}

static void put_address(struct sl_random *random, char *text) {
    static const char *const roads[] = {"via", "viale", "piazza", "v.le", "vicolo", "p.zza"};
    static const char *const names[] = {"Garibaldi", "dei Tigli", "San Rocco", "Giuseppe Parini",
                                        "della Fonte"};
    static const char *const towns[] = {"Milano", "Bari", "Trento", "Ancona"};
    int len =
        sprintf(text, "%s %s %u", PICK(random, roads), PICK(random, names), number(random, 1, 180));
    if (sl_random_below(random, 3) == 0) {
        sprintf(text + len, ", %05u %s", number(random, 10, 98168), PICK(random, towns));
    }
}

static void put_url_token(struct sl_random *random, char *text) {
    size_t len = number(random, 24, 40);
    for (size_t i = 0; i < len; i++) {
        text[i] = one_of(random, base58);
    }
    memcpy(text, "k7", 2);
    text[len] = '\0';
}

static void put_password(struct sl_random *random, char *text) {
    static const char *const shapes[] = {"Axh9!9A9", "kAh_999", "Ch99#hA9", "Rkt$9999",
                                         "h9A9h9A9h9"};
    put_shape(random, PICK(random, shapes), text);
}

static const char *shape_of(struct sl_random *random, enum sl_kind kind) {
    static const char *const identity[] = {"CA99999AA", "AP9999999"};
    static const char *const passports[] = {"YA9999999", "YB9999999", "AA9999999"};
    static const char *const licences[] = {"U1L99L999L", "MI9999999L", "U1999LL99L"};
    static const char *const sim_codes[] = {"99999999", "4999", "999999"};
    static const char *const customers[] = {"199999999", "AX91999999", "1.39999999", "88999999999"};
    static const char *const subscribers[] = {"222019999999999", "222109999999999",
                                              "222889999999999", "222509999999999"};
    switch (kind) {
    case SL_KIND_IMSI:
        return PICK(random, subscribers);
    case SL_KIND_PUK_PIN:
        return PICK(random, sim_codes);
    case SL_KIND_IDENTITY_CARD:
        return PICK(random, identity);
    case SL_KIND_PASSPORT:
        return PICK(random, passports);
    case SL_KIND_DRIVING_LICENCE:
        return PICK(random, licences);
    case SL_KIND_CUSTOMER_CODE:
        return PICK(random, customers);
    default:
        return "PP999PP"; // a plate
    }
}

void sl_random_plain_identifier(struct sl_random *random, enum sl_kind kind, char *ret_text) {
    static const char *const offices[] = {"001", "015", "100", "120", "121", "888", "999"};
    static const char *const issuers[] = {"01", "10", "88", "99"};
    switch (kind) {
    case SL_KIND_IBAN:
        put_iban(random, ret_text);
        break;
    case SL_KIND_CRYPTO_WALLET:
        put_crypto_wallet(random, ret_text);
        break;
    case SL_KIND_FISCAL_CODE:
        put_fiscal_code(random, ret_text);
        break;
    case SL_KIND_CARD:
        put_card(random, ret_text);
        break;
    case SL_KIND_EMAIL:
        put_email(random, ret_text);
        break;
    case SL_KIND_URL_TOKEN:
        put_url_token(random, ret_text);
        break;
    case SL_KIND_ICCID:
        sprintf(ret_text, "8939%s", PICK(random, issuers));
        put_shape(random, "9999999999999", ret_text + 6);
        settle(ret_text, sl_oracle_luhn);
        break;
    case SL_KIND_IMEI:
        put_shape(random, "35", ret_text);
        put_shape(random, "9999999999999", ret_text + 2);
        settle(ret_text, sl_oracle_luhn);
        break;
    case SL_KIND_VAT_NUMBER:
        put_shape(random, "1999999", ret_text);
        strcat(strcpy(ret_text + 7, PICK(random, offices)), "0");
        settle(ret_text, sl_oracle_luhn);
        break;
    case SL_KIND_MIGRATION_CODE:
        put_migration_code(random, ret_text);
        break;
    case SL_KIND_CARD_SECRET:
        put_card_secret(random, ret_text);
        break;
    case SL_KIND_PASSWORD:
        put_password(random, ret_text);
        break;
    case SL_KIND_MAC:
        put_mac(random, ret_text);
        break;
    case SL_KIND_IP:
        put_ip(random, ret_text);
        break;
    case SL_KIND_BIRTH_DATE:
        put_birth_date(random, ret_text);
        break;
    case SL_KIND_PHONE:
        put_phone(random, ret_text);
        break;
    case SL_KIND_ADDRESS:
        put_address(random, ret_text);
        break;
    default:
        put_shape(random, shape_of(random, kind), ret_text);
    }
}

// Characters in groups of these sizes with a separator between.
static void join_groups(const char *plain, const char *sizes, const char *separator,
                        char *ret_text) {
    for (; *sizes != '\0'; sizes++) {
        size_t size = strnlen(plain, (size_t)(*sizes - '0'));
        memcpy(ret_text, plain, size);
        plain += size;
        ret_text = stpcpy(ret_text + size, *plain != '\0' ? separator : "");
    }
}

static void write_card(struct sl_random *random, char *ret_text) {
    static const char *const separators[] = {"",    " ", "-", ".",      "/",
                                             " - ", "_", "*", "\u00a0", "|"};
    char digits[32];
    const char *sizes = put_card(random, digits);
    join_groups(digits, sizes, PICK(random, separators), ret_text);
}

static void write_phone(struct sl_random *random, char *ret_text) {
    static const char *const separators[] = {"", " ", "-", ".", "/", " - ", "_", "*", "\u00a0"};
    static const char *const mobiles[] = {"37", "334", "3223", "343", "3322", "32221", "46", "55"};
    static const char *const prefixes[] = {"", "+39", "+39 ", "0039 ", "(+39) "};
    char digits[32], grouped[64];
    put_phone(random, digits);
    if (digits[0] == '3') {
        join_groups(digits, PICK(random, mobiles), PICK(random, separators), grouped);
        snprintf(ret_text, SL_TEST_IDENTIFIER_MAX, "%s%s", PICK(random, prefixes), grouped);
    } else {
        static const char *const gaps[] = {"", " ", "/", "-"};
        int area = digits[1] == '2' || digits[1] == '6'   ? 2
                   : digits[2] == '1' || digits[2] == '5' ? 3
                                                          : 4;
        sprintf(ret_text, "%.*s%s%s", area, digits, PICK(random, gaps), digits + area);
    }
}

void sl_random_separate(struct sl_random *random, const char *plain, unsigned gap_max,
                        char *ret_text) {
    // The last two are more than one separator once folded, or no separator at its ends.
    static const char *const separators[] = {" ", ".", "-", "/", "_",  "*",      "|", ",",
                                             "'", ":", "~", "+", "\\", "\u2022", "…", "\n"};
    uint64_t often = sl_random_below(random, 3);
    for (ret_text[0] = '\0'; *plain != '\0'; plain++) {
        strncat(ret_text, plain, 1);
        bool gap =
            plain[1] != '\0' && often > 0 && sl_random_below(random, often == 1 ? 4 : 1) == 0;
        for (uint64_t i = gap ? 1 + sl_random_below(random, gap_max) : 0; i > 0; i--) {
            strcat(ret_text, separators[sl_random_below(random, gap_max > 1 ? 14 : 16)]);
        }
    }
}

static void random_case(struct sl_random *random, enum sl_kind kind, char *text) {
    // Names of streets are not written in both.
    uint64_t way = sl_random_below(random, kind == SL_KIND_ADDRESS ? 2 : 3);
    for (; *text != '\0'; text++) {
        if (way == 1 || (way == 2 && sl_random_below(random, 2) == 0)) {
            *text = (char)tolower((unsigned char)*text);
        }
    }
}

// The groups in which this kind is often written, "" for one piece.
static const char *usual_groups(struct sl_random *random, enum sl_kind kind, const char *plain) {
    switch (kind) {
    case SL_KIND_ICCID:
        return "44449";
    case SL_KIND_IMEI:
        return sl_random_below(random, 2) == 0 ? "6261" : "2661";
    case SL_KIND_IMSI:
        return "3255";
    case SL_KIND_MIGRATION_CODE:
        return strlen(plain) == 15 ? "3831" : "3931";
    case SL_KIND_PUK_PIN:
        return strlen(plain) == 6 ? "33" : "44";
    case SL_KIND_IDENTITY_CARD:
        return plain[0] == 'C' && strlen(plain) == 9 && isalpha((unsigned char)plain[8]) ? "252"
                                                                                         : "27";
    case SL_KIND_PASSPORT:
        return "27";
    case SL_KIND_PLATE:
        return "232";
    default:
        return "";
    }
}

static size_t count_digits(const char *identifier) {
    size_t count = 0;
    for (; *identifier != '\0'; identifier++) {
        count += isdigit((unsigned char)*identifier) != 0;
    }
    return count;
}

void sl_random_identifier(struct sl_random *random, enum sl_kind kind, char *ret_text) {
    static const char *const separators[] = {" ", "-", "."};
    char plain[SL_TEST_IDENTIFIER_MAX];
    sl_random_plain_identifier(random, kind, plain);
    const char *sizes = usual_groups(random, kind, plain);
    strcpy(ret_text, plain);
    switch (kind) {
    case SL_KIND_IBAN:
    case SL_KIND_FISCAL_CODE:
        sl_random_separate(random, plain, 3, ret_text);
        break;
    case SL_KIND_VAT_NUMBER:
        memcpy(ret_text, "IT", 2);
        sl_random_separate(random, plain, 1, ret_text + (sl_random_below(random, 2) == 0 ? 2 : 0));
        break;
    case SL_KIND_CARD:
        write_card(random, ret_text);
        break;
    case SL_KIND_PHONE:
        write_phone(random, ret_text);
        break;
    case SL_KIND_CRYPTO_WALLET:
    case SL_KIND_PASSWORD:
    case SL_KIND_URL_TOKEN:
        return;
    default:
        if (sizes[0] != '\0' && sl_random_below(random, 2) == 0) {
            // In small letters the groups of a document are words.
            join_groups(plain, sizes, PICK(random, separators), ret_text);
            return;
        }
    }
    random_case(random, kind, ret_text);
}

bool sl_identifier_needs_cue(enum sl_kind kind, const char *identifier) {
    switch (kind) {
    case SL_KIND_IBAN:
    case SL_KIND_CRYPTO_WALLET:
    case SL_KIND_CARD:
    case SL_KIND_EMAIL:
    case SL_KIND_ICCID:
    case SL_KIND_MIGRATION_CODE:
    case SL_KIND_MAC:
    case SL_KIND_PHONE:
        return false;
    case SL_KIND_ADDRESS:
        // Names of streets in small letters are words.
        return strpbrk(identifier + 1, upper_case) == NULL;
    case SL_KIND_VAT_NUMBER:
        return strncasecmp(identifier, "it", 2) != 0;
    case SL_KIND_FISCAL_CODE:
        // With most digits replaced by letters, and separators, it is words to who does not know.
        return count_digits(identifier) < 4;
    default:
        return true;
    }
}

static const char *cue_of(struct sl_random *random, enum sl_kind kind, const char *identifier) {
    // Italian, Italian, English; in the order of enum sl_kind.
    static const char *const cues[SL_KINDS_COUNT][3] = {
        {"il mio iban è ", "IBAN: ", "bank account "},
        {"wallet ", "indirizzo btc: ", "my wallet is "},
        {"codice fiscale ", "c.f. ", "tax code: "},
        {"carta di credito ", "la mia carta è ", "card number "},
        {"mail ", "scrivetemi a ", "my email is "},
        {"https://example.org/reset?token=", "https://www.example.com/v?lang=it&access_token=",
         "http://example.net/verify?code="},
        {"iccid ", "seriale sim ", "sim card number "},
        {"imei ", "codice imei: ", "my imei is "},
        {"imsi ", "il mio imsi è ", "imsi number: "},
        {"partita iva ", "p.iva ", "vat number "},
        {"codice di migrazione ", "codice migrazione: ", "migration code "},
        {"cvv ", "codice di sicurezza ", "cvc: "},
        {"", "", ""},
        {"password: ", "la password è ", "my password is "},
        {"carta d'identità ", "c.i. n. ", "identity card "},
        {"passaporto ", "passaporto n. ", "passport no. "},
        {"patente ", "patente di guida n. ", "driving licence "},
        {"targa ", "auto targata ", "license plate "},
        {"mac ", "mac address: ", "mac address "},
        {"il mio ip è ", "indirizzo ip ", "my ip is "},
        {"nato il ", "data di nascita: ", "born on "},
        {"tel. ", "chiamatemi al ", "my number is "},
        {"codice cliente ", "cod. cliente: ", "customer code "},
        {"abito in ", "indirizzo: ", "my address: "},
    };
    static const char *const expiries[] = {"scadenza ", "carta scad. ", "valid thru "};
    static const char *const sim_codes[][3] = {
        {"puk ", "codice PUK: ", "puk code "},
        {"pin ", "codice pin: ", "pin code "},
        {"codice otp ", "codice di verifica ", "verification code "},
    };
    size_t which = sl_random_below(random, 3), digits = count_digits(identifier);
    if (kind == SL_KIND_PUK_PIN) {
        return sim_codes[digits == 8 ? 0 : digits == 4 ? 1 : 2][which];
    }
    if (kind == SL_KIND_CARD_SECRET && digits > 3) {
        return expiries[which];
    }
    return cues[kind][which];
}

void sl_random_cue(struct sl_random *random, enum sl_kind kind, const char *identifier,
                   char *ret_cue) {
    strcpy(ret_cue, cue_of(random, kind, identifier));
}
