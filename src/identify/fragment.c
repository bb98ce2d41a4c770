// SPDX-License-Identifier: Apache-2.0
#include "identify/fragment.h"

#include "base/assert.h"
#include "identify/checks.h"
#include "identify/kind.h"

#define FIXED_MIN        9 // shorter ones are too few digits to be believed in two pieces
#define CARD_DIGITS_MAX  19
#define E164_DIGITS_MAX  15
#define ABROAD_BEGUN     2
#define CALLING_CODE_MAX 3
#define IBAN_CHECK_CHARS 4 // the country and the two check digits
#define BIT(n)           (UINT64_C(1) << (n))
#define NOT_YET(bits)    ((bits) & ~UINT64_C(1))

// Bits min … max, as seen after `have` characters.
static uint64_t lengths_left(uint32_t min, uint32_t max, uint32_t have) {
    uint64_t left = 0;
    for (uint32_t length = min > have ? min : have + 1; length <= max; length++) {
        left |= BIT(length - have);
    }
    return left;
}

// An Italian number without its country code.
static void begin_italian(const uint8_t *digits, uint32_t count, bool prefixed,
                          struct sl_fragment *fragment) {
    uint64_t fixed = lengths_left(FIXED_MIN, SL_ITALIAN_FIXED_MAX, count);
    if (count == 0) {
        fragment->left_rare |= fixed | lengths_left(SL_ITALIAN_MOBILE, SL_ITALIAN_MOBILE, 0);
    } else if (digits[0] == 3 && (count == 1 || digits[1] != 0)) {
        fragment->left |= lengths_left(SL_ITALIAN_MOBILE, SL_ITALIAN_MOBILE, count);
        fragment->no_zero_next = count == 1;
    } else if (digits[0] == 0 && (count == 1 || digits[1] != 0) &&
               (count < 4 || sl_italian_area_digits(digits, count) != 0)) {
        *(prefixed ? &fragment->left : &fragment->left_rare) |= fixed;
    }
}

// Behind a + or 00. Padded numbers begin with zeros, too, and +50 is a score: of other countries
// that takes a cue, or a + and some digits of the number itself.
static void begin_international(const uint8_t *digits, uint32_t count, bool plus,
                                struct sl_fragment *fragment) {
    uint32_t code_digits;
    const struct sl_calling_code *code = sl_calling_code_find(digits, count, &code_digits);
    if (code == NULL) {
        if (count < CALLING_CODE_MAX && count > 0 && digits[0] != 0) {
            fragment->left_rare |= lengths_left(FIXED_MIN, E164_DIGITS_MAX, count);
        }
    } else if (code->code == SL_ITALIAN_CALLING) {
        begin_italian(digits + code_digits, count - code_digits, true, fragment);
    } else {
        uint32_t min = code_digits + code->digits_min;
        bool sure = plus && count >= code_digits + ABROAD_BEGUN;
        *(sure ? &fragment->left : &fragment->left_rare) |=
            lengths_left(min > FIXED_MIN ? min : FIXED_MIN, code_digits + code->digits_max, count);
    }
}

static void begin_phone(const uint8_t *digits, uint32_t count, bool plus,
                        struct sl_fragment *fragment) {
    if (plus) {
        begin_international(digits, count, true, fragment);
        return;
    }
    if (count > 2 && digits[0] == 0 && digits[1] == 0) {
        begin_international(digits + 2, count - 2, false, fragment);
        return;
    }
    begin_italian(digits, count, false, fragment);
    if (count > 2 && digits[0] == 3 && digits[1] == 9 && digits[2] == 3) {
        begin_italian(digits + 2, count - 2, true, fragment);
        fragment->no_zero_next = false;
    }
}

static bool begin_number(const unsigned char *chars, uint32_t count, bool plus,
                         struct sl_fragment *fragment) {
    uint8_t digits[CARD_DIGITS_MAX];
    if (count >= CARD_DIGITS_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!sl_is_digit(chars[i])) {
            return false;
        }
        digits[i] = (uint8_t)(chars[i] - '0');
    }
    fragment->chars = (uint8_t)count;
    if (fragment->kind == SL_KIND_PHONE) {
        begin_phone(digits, count, plus, fragment);
    } else if (!plus) {
        uint32_t common;
        uint32_t lengths = sl_card_lengths(digits, count, &common);
        fragment->left = NOT_YET(common >> count);
        fragment->left_rare = NOT_YET((lengths & ~common) >> count);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t from_end = count - 1 - i;
            for (uint32_t parity = 0; parity < 2; parity++) {
                bool doubled = ((from_end + parity) & 1) != 0;
                fragment->sums[parity] += sl_luhn_weight(digits[i], doubled);
            }
        }
    }
    return true;
}

static bool append_digit(struct sl_fragment *fragment, unsigned char c) {
    if (!sl_is_digit(c) || (fragment->no_zero_next && c == '0')) {
        return false;
    }
    if (fragment->kind == SL_KIND_CARD) {
        uint8_t digit = (uint8_t)(c - '0');
        uint16_t odd = fragment->sums[1];
        fragment->sums[1] = (fragment->sums[0] + sl_luhn_weight(digit, true)) % 10;
        fragment->sums[0] = (odd + sl_luhn_weight(digit, false)) % 10;
    }
    fragment->no_zero_next = false;
    return true;
}

static uint32_t add_to_remainder(uint32_t remainder, unsigned char c) {
    return (sl_is_digit(c) ? remainder * 10 + (uint32_t)(c - '0')
                           : remainder * 100 + (uint32_t)(c - 'a' + 10)) %
           97;
}

// The first four characters count last: they have a sum of their own.
static bool append_iban(struct sl_fragment *fragment, unsigned char c) {
    const unsigned char letters[2] = {(unsigned char)fragment->country[0],
                                      (unsigned char)fragment->country[1]};
    const struct sl_iban_country *country = sl_iban_country_find(letters);
    SL_ASSERT(country != NULL);
    char class = sl_iban_class(country, fragment->chars);
    unsigned char taken = class == 'n' && c == 'o' ? '0' : c;
    bool fits = (class != 'a' && sl_is_digit(taken)) || (class != 'n' && sl_is_letter(taken));
    if (class == '\0' || !fits) {
        return false;
    }
    uint16_t *sum = &fragment->sums[fragment->chars < IBAN_CHECK_CHARS ? 0 : 1];
    *sum = (uint16_t)add_to_remainder(*sum, taken);
    return true;
}

static bool append_fiscal_code(struct sl_fragment *fragment, unsigned char c) {
    uint32_t place = fragment->chars;
    if (!sl_fiscal_code_fits(place, c)) {
        return false;
    }
    if (place + 1 < SL_FISCAL_CODE_CHARS) {
        fragment->sums[0] = (uint16_t)((fragment->sums[0] + sl_fiscal_code_weight(place, c)) % 26);
    } else {
        fragment->sums[1] = fragment->sums[0] == c - 'a'; // the check letter
    }
    return true;
}

bool sl_fragment_append(struct sl_fragment *fragment, unsigned char c) {
    bool fits = fragment->kind == SL_KIND_IBAN          ? append_iban(fragment, c)
                : fragment->kind == SL_KIND_FISCAL_CODE ? append_fiscal_code(fragment, c)
                                                        : append_digit(fragment, c);
    fragment->left >>= 1;
    fragment->left_rare >>= 1;
    fragment->chars++;
    return fits && (fragment->left | fragment->left_rare) != 0;
}

// Most words are done with at the third letter, or the seventh.
static bool may_begin(enum sl_kind kind, const unsigned char *chars, uint32_t count) {
    if (kind == SL_KIND_IBAN) {
        return count <= 2 || sl_is_digit(chars[2]) || chars[2] == 'o';
    }
    return (count <= 6 || sl_fiscal_code_fits(6, chars[6])) &&
           (count <= 8 || sl_fiscal_code_fits(8, chars[8]));
}

static bool begin_code(const unsigned char *chars, uint32_t count, struct sl_fragment *fragment) {
    uint32_t whole = SL_FISCAL_CODE_CHARS;
    if (fragment->kind == SL_KIND_IBAN) {
        const struct sl_iban_country *country =
            count >= 2 && sl_is_letter(chars[0]) ? sl_iban_country_find(chars) : NULL;
        if (country == NULL) {
            return false;
        }
        fragment->country[0] = country->letters[0];
        fragment->country[1] = country->letters[1];
        whole = sl_iban_chars(country);
    }
    if (count >= whole) {
        return false;
    }
    fragment->left = BIT(whole);
    for (uint32_t i = 0; i < count; i++) {
        if (!sl_fragment_append(fragment, chars[i])) {
            return false;
        }
    }
    return true;
}

bool sl_fragment_begin(enum sl_kind kind, const unsigned char *chars, uint32_t count, bool plus,
                       struct sl_fragment *ret_fragment) {
    SL_ASSERT(count > 0);
    *ret_fragment = (struct sl_fragment){.kind = (uint8_t)kind};
    bool begun =
        kind == SL_KIND_PHONE || kind == SL_KIND_CARD
            ? begin_number(chars, count, plus, ret_fragment)
            : !plus && may_begin(kind, chars, count) && begin_code(chars, count, ret_fragment);
    return begun && (ret_fragment->left | ret_fragment->left_rare) != 0;
}

static bool checked(const struct sl_fragment *fragment) {
    switch (fragment->kind) {
    case SL_KIND_CARD:
        return fragment->sums[0] % 10 == 0;
    case SL_KIND_IBAN: {
        // The country and the check digits are six digits once the letters are numbers.
        uint32_t shifted = fragment->sums[1] * (1000000u % 97);
        return (shifted + fragment->sums[0]) % 97 == 1;
    }
    case SL_KIND_FISCAL_CODE:
        return fragment->sums[1] == 1;
    default:
        return true;
    }
}

enum sl_fragment_state sl_fragment_state(const struct sl_fragment *fragment) {
    bool whole = ((fragment->left | fragment->left_rare) & 1) != 0;
    if (!whole || !checked(fragment)) {
        return SL_FRAGMENT_PART;
    }
    return (fragment->left & 1) != 0 ? SL_FRAGMENT_WHOLE : SL_FRAGMENT_WHOLE_RARE;
}
