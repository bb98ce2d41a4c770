// SPDX-License-Identifier: Apache-2.0
//
// Codice di migrazione, which moves a fixed line to another operator (AGCOM 274/07/CONS): COW,
// three letters or digits of the operator; COR, 8 to 12 digits, mostly the line's number; COS, the
// service (001–017, 222, 999); one control character whose rule is not known. With a letter in COW,
// a 0 or 3 before COR and a letter at the end the shape is enough. The "codice segreto" is shorter
// and takes its cue, and so do parts that are named one by one.
#include <string.h>

#include "identify/cued.h"

#define COW_CHARS      3
#define COR_DIGITS_MIN 8
#define COR_DIGITS_MAX 12
#define COS_DIGITS     3
#define CHARS_MIN      (COW_CHARS + COR_DIGITS_MIN + COS_DIGITS + 1)
#define CHARS_MAX      (COW_CHARS + COR_DIGITS_MAX + COS_DIGITS + 1)
#define SECRET_MIN     7
#define SECRET_MAX     19
#define SECRET_DIGITS  4
#define SECRET_GAP_MAX 2
#define STRANGERS_MAX  3
#define PARTS_MAX      4
#define PART_LABEL_GAP 3

enum {
    SHAPE = 40,
    LINE = 15,         // COR begins as a telephone number does
    CONTROL = 15,      // a letter at the end
    CUE = 40,          // on a whole code
    SECRET = 75,       // behind its cue
    STRANGER = -5,     // between cue and code
    DIGITS_ONLY = -10, // it may be the line's number itself
    PART = 80,
    AGAINST = -20,
};

static bool known_service(const unsigned char *cos) {
    int service = (cos[0] - '0') * 100 + (cos[1] - '0') * 10 + cos[2] - '0';
    return (service >= 1 && service <= 17) || service == 222 || service == 999;
}

static bool all_digits(const unsigned char *chars, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (!sl_is_digit(chars[i])) {
            return false;
        }
    }
    return true;
}

static bool has_letter(const unsigned char *chars, uint32_t count) {
    return !all_digits(chars, count);
}

// The first `count` of these characters are built as a whole code.
static bool shaped(const unsigned char *chars, uint32_t count) {
    uint32_t cor_digits = count - COW_CHARS - COS_DIGITS - 1;
    return all_digits(chars + COW_CHARS, cor_digits + COS_DIGITS) &&
           known_service(chars + COW_CHARS + cor_digits);
}

static void weigh(struct sl_look *look, const unsigned char *chars, uint32_t count, uint32_t start,
                  uint32_t end) {
    struct sl_candidate candidate = {start, end, SL_KIND_MIGRATION_CODE, SHAPE, SL_REASON_SHAPE};
    struct sl_surroundings around = sl_look_around(look, SL_KIND_MIGRATION_CODE, start, end);
    candidate.score += chars[COW_CHARS] == '0' || chars[COW_CHARS] == '3' ? LINE : 0;
    candidate.score += sl_is_letter(chars[count - 1]) ? CONTROL : 0;
    if (around.before == SL_CUE_STRONG || around.after == SL_CUE_STRONG) {
        candidate.score += CUE;
        candidate.reasons |=
            around.before == SL_CUE_STRONG ? SL_REASON_CUE_BEFORE : SL_REASON_CUE_AFTER;
    }
    if (around.against) {
        candidate.score += AGAINST;
        candidate.reasons |= SL_REASON_CUE_AGAINST;
    }
    if (!around.letters_before && !around.in_address) {
        sl_look_add(look, candidate);
    }
}

// Where COW begins when digits [start, …) are what follows its last letter; SL_NOWHERE when not.
static uint32_t cow_start(const struct sl_look *look, uint32_t start) {
    const unsigned char *bytes = look->bytes;
    uint32_t at = start;
    if (at > 0 && !sl_is_alnum(bytes[at - 1])) {
        at = sl_skip_separators_back(look, at);
    }
    uint32_t chars = 0;
    while (at != SL_NOWHERE && at > 0 && chars <= COW_CHARS && sl_is_alnum(bytes[at - 1])) {
        at--;
        chars++;
    }
    return chars > 0 && chars <= COW_CHARS ? at : SL_NOWHERE;
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    uint32_t start = cow_start(look, run->start);
    unsigned char chars[CHARS_MAX + 1];
    uint32_t offsets[CHARS_MAX + 1];
    if (start == SL_NOWHERE) {
        return;
    }
    uint32_t count = sl_look_squeeze(look, start, CHARS_MAX + 1, chars, offsets);
    if (count < CHARS_MIN || !has_letter(chars, COW_CHARS)) {
        return;
    }
    for (uint32_t wanted = count < CHARS_MAX ? count : CHARS_MAX; wanted >= CHARS_MIN; wanted--) {
        uint32_t end = offsets[wanted - 1] + 1;
        bool whole = end == look->len || !sl_is_alnum(look->bytes[end]);
        if (whole && shaped(chars, wanted)) {
            weigh(look, chars, wanted, start, end);
            return;
        }
    }
}

// "COW OPI COR 0212345678 COS 001": the parts by name, from the first on.
static uint32_t part_label(const struct sl_look *look, uint32_t at) {
    static const char labels[] = "cow|cor|cos|cc|ctrl|controllo";
    uint32_t start = at;
    while (start < look->len && start - at < PART_LABEL_GAP && !sl_is_alnum(look->bytes[start])) {
        start++;
    }
    uint32_t end = start;
    while (end < look->len && end - start < 10 && sl_is_letter(look->bytes[end])) {
        end++;
    }
    return sl_cued_listed(look, start, end, labels) ? end : SL_NOWHERE;
}

// The control character behind COS, where it cannot be a word.
static uint32_t take_control(const struct sl_look *look, uint32_t at,
                             struct sl_candidate *ret_part) {
    bool single = at + 1 < look->len && look->bytes[at] == ' ' &&
                  sl_is_letter(look->bytes[at + 1]) &&
                  (at + 2 == look->len || !sl_is_alnum(look->bytes[at + 2])) &&
                  memchr("aeio", look->bytes[at + 1], 4) == NULL;
    *ret_part = (struct sl_candidate){at + 1, at + 2, SL_KIND_MIGRATION_CODE, PART,
                                      SL_REASON_SHAPE | SL_REASON_CUE_BEFORE};
    return single;
}

static void look_at_parts(struct sl_look *look, uint32_t label_start) {
    struct sl_candidate parts[PARTS_MAX];
    uint32_t count = 0, digits = 0;
    uint32_t at = part_label(look, label_start);
    while (at != SL_NOWHERE && count < PARTS_MAX) {
        uint32_t start = at;
        while (start < look->len && start - at < PART_LABEL_GAP &&
               !sl_is_alnum(look->bytes[start])) {
            start++;
        }
        uint32_t end = start;
        for (; end < look->len && end - start <= COR_DIGITS_MAX && sl_is_alnum(look->bytes[end]);
             end++) {
            digits += sl_is_digit(look->bytes[end]);
        }
        if (end == start || end - start > COR_DIGITS_MAX) {
            break;
        }
        parts[count++] = (struct sl_candidate){start, end, SL_KIND_MIGRATION_CODE, PART,
                                               SL_REASON_SHAPE | SL_REASON_CUE_BEFORE};
        at = part_label(look, end);
    }
    if (count > 0 && count < PARTS_MAX &&
        parts[count - 1].end - parts[count - 1].start == COS_DIGITS) {
        count += take_control(look, parts[count - 1].end, &parts[count]);
    }
    for (uint32_t i = 0; count >= 2 && digits >= COR_DIGITS_MIN && i < count; i++) {
        sl_look_add(look, parts[i]);
    }
}

// Takes in what belongs to the code behind single blanks or strokes: "tlm 0212 345678".
static uint32_t secret_end(const struct sl_look *look, uint32_t start, uint32_t *ret_digits) {
    const unsigned char *bytes = look->bytes;
    uint32_t chars = 0, end = start;
    *ret_digits = 0;
    for (uint32_t at = start; at < look->len;) {
        uint32_t group = at, digits = 0;
        while (at < look->len && at - group <= SECRET_MAX && sl_is_alnum(bytes[at])) {
            digits += sl_is_digit(bytes[at++]);
        }
        bool fits = at > group && chars + at - group <= SECRET_MAX;
        bool control = at - group == 1 && chars >= CHARS_MIN - 1;
        if (!fits || (group > start && digits < at - group && !control)) {
            break;
        }
        chars += at - group;
        *ret_digits += digits;
        end = at;
        if (at == look->len || memchr(" -./", bytes[at], 4) == NULL) {
            break;
        }
        at++;
    }
    return end;
}

static void look_behind_cue(struct sl_look *look, const struct sl_cue *cue) {
    struct sl_cued value = {.from = cue->end, .end = cue->end};
    uint32_t cow = SL_NOWHERE; // a word of three letters right before digits
    for (;;) {
        enum sl_cued_step step = sl_cued_next(look, &value);
        if (step == SL_CUED_NONE || value.strangers > STRANGERS_MAX) {
            return;
        }
        if (step == SL_CUED_CODE) {
            break;
        }
        cow = value.end - value.start == COW_CHARS ? value.start : SL_NOWHERE;
    }
    bool cow_near = cow != SL_NOWHERE && value.start - cow <= COW_CHARS + SECRET_GAP_MAX;
    uint32_t start = cow_near ? cow : value.start, digits;
    uint32_t end = secret_end(look, value.start, &digits);
    uint32_t chars = 0;
    for (uint32_t at = start; at < end; at++) {
        chars += sl_is_alnum(look->bytes[at]);
    }
    if (digits < SECRET_DIGITS || chars < SECRET_MIN || chars > SECRET_MAX ||
        sl_cued_counts(look, end) ||
        sl_cued_against(look, SL_KIND_MIGRATION_CODE, cue->end, start) ||
        sl_joint_after(look, end) != 0) {
        return;
    }
    uint32_t strangers = value.strangers - (cow_near ? 1 : 0);
    sl_look_add(
        look, (struct sl_candidate){
                  .start = start,
                  .end = end,
                  .kind = SL_KIND_MIGRATION_CODE,
                  .score = SECRET + STRANGER * (int)strangers + (digits == chars ? DIGITS_ONLY : 0),
                  .reasons = SL_REASON_SHAPE | SL_REASON_CUE_BEFORE,
              });
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    if (cue->end - cue->start == COW_CHARS) {
        look_at_parts(look, cue->start);
    } else {
        look_behind_cue(look, cue);
    }
}

const struct sl_kind_rules sl_kind_migration_code = {
    .threshold = 60,
    .digits_min = COR_DIGITS_MIN,
    .cues =
        {
            "codice di migrazione|codice migrazione|cod migrazione|cod di migrazione|cod migr|"
            "codice migr|codice per la migrazione|codici di migrazione|codice di passaggio|"
            "codice segreto|codice di trasferimento|codice trasferimento|"
            "codice di trasferimento utenza|codice di portabilita|codice portabilita|"
            "codice cow|migration code|transfer code|porting code|switching code|pac code|"
            "cow|cor",
            "",
            "ordine|ordini|order|ticket*|tracking|spedizione|pacco|prezzo|chiam*|numero verde",
        },
    .on_run = look_at_run,
    .on_cue = look_at_cue,
};
