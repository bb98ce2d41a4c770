// SPDX-License-Identifier: Apache-2.0
//
// Plates of Italy. A car's, AB 123 CD, in capitals and in groups, is like nothing else; in one
// piece or in small letters it needs a cue, as all others do: motorbikes (AB 12345), mopeds and
// trailers (X4AB7K), and those with a province (MI 1A2345, Roma 123456). I, O, Q and U are never
// used.
#include <string.h>

#include "identify/codes.h"
#include "identify/provinces.h"
#include "identify/wordlist.h"

#define FIRST_LETTER_LAST 'h' // cars have come that far
#define LINK_WORDS        4
#define MOPED_CHARS_MIN   5
#define TAIL_CHARS        6 // behind the province

enum {
    CAR = 40,
    CAR_CAPITALS = 65, // and in groups
    MOTORBIKE = 20,
    MOTORBIKE_CAPITALS = 40, // and in one piece
    BY_CUE = 70,
    CUE_STRONG = 40,
    CUE_WEAK = 20,
    AGAINST = -40,
    LOOSE = -15,
    BARE = 25,
};

static const char link_words[] =
    "|n|nr|no|num|numero|number|auto|macchina|moto|motorino|scooter|ciclomotore|cinquantino|"
    "rimorchio|furgone|vecchia|provvisoria|di|della|del|mia|mio|e|era|is|was|car|the|of|my|";

static bool letters_in_use(const unsigned char *chars, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (strchr("ioqu", chars[i]) != NULL) {
            return false;
        }
    }
    return true;
}

static bool is_capital(const struct sl_look *look, uint32_t at) {
    unsigned char c = sl_look_original(look, at);
    return c >= 'A' && c <= 'Z';
}

// True when the word before a place or behind it is all capitals: then capitals prove nothing.
static bool amid_capitals(const struct sl_look *look, const struct sl_code *code) {
    uint32_t before = code->start > 1 ? code->start - 2 : 0;
    uint32_t after = code->end + 1;
    return (before > 0 && is_capital(look, before) && is_capital(look, before - 1)) ||
           (after + 1 < look->len && is_capital(look, after) && is_capital(look, after + 1));
}

static void look_at_run(struct sl_look *look, const struct sl_digit_run *run) {
    struct sl_code_weights weights = {
        .cue_strong = CUE_STRONG,
        .cue_weak = CUE_WEAK,
        .against = AGAINST,
        .loose = LOOSE,
    };
    static const struct sl_code_form car = {"@@###@@", 2, 3, true};
    static const struct sl_code_form motorbike = {"@@#####", 2, 5, false};
    struct sl_code code;
    if (run->digits_count == 3 && sl_code_read(look, run, 0, &car, &code) &&
        letters_in_use(code.chars, 7)) {
        bool grouped =
            code.upper && code.grouped && !code.word && code.chars[0] <= FIRST_LETTER_LAST;
        weights.shape = grouped && !amid_capitals(look, &code) ? CAR_CAPITALS : CAR;
        weights.bare = code.upper ? BARE : 0;
        sl_code_add(look, SL_KIND_PLATE, &code, &weights);
    } else if (run->digits_count >= 5 && sl_code_read(look, run, 0, &motorbike, &code) &&
               letters_in_use(code.chars, 7)) {
        weights.shape = code.upper && code.touching ? MOTORBIKE_CAPITALS : MOTORBIKE;
        weights.loose = 0;
        sl_code_add(look, SL_KIND_PLATE, &code, &weights);
    }
}

// Where `count` letters and digits that touch end, `digits_min` digits among them; SL_NOWHERE: they
// are no such thing.
static uint32_t token_end(const struct sl_look *look, uint32_t at, uint32_t count_min,
                          uint32_t count_max, uint32_t digits_min) {
    uint32_t digits = 0, end = at;
    for (; end < look->len && sl_is_alnum(look->bytes[end]); end++) {
        digits += sl_is_digit(look->bytes[end]);
        if (end - at == count_max) {
            return SL_NOWHERE;
        }
    }
    bool fits =
        end - at >= count_min && digits >= digits_min && letters_in_use(look->bytes + at, end - at);
    return fits ? end : SL_NOWHERE;
}

// "mi 1a2345", "roma 123456".
static uint32_t province_plate_end(const struct sl_look *look, uint32_t at) {
    uint32_t letters = sl_wordlist_end(look, at) - at;
    bool rome = letters == 4 && memcmp(look->bytes + at, "roma", 4) == 0;
    if (!rome && (letters != 2 || !sl_province_has(look->bytes + at))) {
        return SL_NOWHERE;
    }
    uint32_t number = sl_skip_separators(look, at + letters);
    return number == SL_NOWHERE || !sl_is_alnum(look->bytes[number])
               ? SL_NOWHERE
               : token_end(look, number, TAIL_CHARS - 1, TAIL_CHARS, TAIL_CHARS - 1);
}

static void look_at_cue(struct sl_look *look, const struct sl_cue *cue) {
    uint32_t at = sl_wordlist_skip(look, link_words, LINK_WORDS, cue->end);
    if (at == SL_NOWHERE) {
        return;
    }
    uint32_t end = province_plate_end(look, at);
    if (end == SL_NOWHERE && sl_wordlist_end(look, at) - at <= 3) {
        end = token_end(look, at, MOPED_CHARS_MIN, TAIL_CHARS, 1);
        uint32_t letters = 0;
        for (uint32_t i = at; end != SL_NOWHERE && i < end; i++) {
            letters += sl_is_letter(look->bytes[i]);
        }
        end = letters == 0 ? SL_NOWHERE : end;
    }
    if (end != SL_NOWHERE) {
        sl_look_add(look, (struct sl_candidate){at, end, SL_KIND_PLATE, BY_CUE,
                                                SL_REASON_SHAPE | SL_REASON_CUE_BEFORE});
    }
}

const struct sl_kind_rules sl_kind_plate = {
    .threshold = 60,
    .digits_min = 1,
    .cues =
        {
            "targa|targhe|targhino|targat*|license plate|licence plate|number plate|plate number|"
            "registration plate|plate",
            "auto|macchina|automobile|moto|motorino|ciclomotore|scooter|veicolo|vettura|furgone|"
            "immatricolat*|car|vehicle|van|motorbike|registration",
            SL_CUES_OTHER_NUMBERS,
        },
    .on_run = look_at_run,
    .on_cue = look_at_cue,
    .cue_is_enough = true,
};
