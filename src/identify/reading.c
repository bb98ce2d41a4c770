// SPDX-License-Identifier: Apache-2.0
#include "identify/reading.h"

#include <string.h>

#include "identify/kind.h"
#include "identify/reading_steps.h"

#define NEAR        10 // bytes between numbers that may belong together: " trattino "
#define LONG        16 // letters of a word that is many digits
#define BESIDE      3  // bytes between a number word and digits
#define CUE_REACH   48 // bytes from a cue to a number spelled out
#define WORD_SENSES (SL_SENSE_NUMBER | SL_SENSE_DOT)
#define DIGITS_LEET 5 // digits of a text in which letters may stand for others
#define DIGITS_GAP  7 // of one in which a number may be parted

// Words of number, and of what else shows that there is something to undo. Only a few are also
// found with their letters apart ("t r e" is "tre", too): the short words that such a cue begins
// with must be rare.
const char sl_reading_number_words[] =
    "z e r o|uno|due|t r e|q u a t t r o|cinque|sei|sette|otto|nove|quatro|"
    "zerouno*|zerodue*|zerotre*|zeroquat*|zerocin*|zerose*|zeroott*|zeronov*|zeroze*|"
    "quattro*|cinque*|dieci*|undic*|dodic*|tredic*|quattordic*|quindic*|sedic*|dicia*|diciott*|"
    "venti*|ventun*|ventott*|trenta*|trentun*|trentott*|quarant*|cinquant*|sessant*|settant*|"
    "ottant*|novant*|cento*|centun*|centott*|duecent*|trecent*|seicent*|settecent*|ottocent*|"
    "novecent*|mille*|duemil*|tremila*|seimila*|settemila*|ottomila*|novemila*|"
    "treuno*|tredue*|tretre*|trequ*|trecin*|treset*|tresei*|treott*|trenove*|trezer*|treven*|"
    "doppio|doppia|triplo|tripla|quadruplo|quadrupla|primo|"
    "one|two|t h r e e|f o u r|five|six|seven|eight|nine|nought|ten|eleven*|twelve|"
    "thirt*|fourt*|fifte*|sixte*|sevent*|eighte*|ninete*|twent*|forty*|fifty*|sixty*|"
    "eighty*|ninety*|hundred*|thousand|double|triple|quadruple|"
    "first|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|"
    "spazio|space|trattino|dash|virgola|barra|slash|commat|period|nbsp|xxx|xxxx";

// What the words of the text say.

static bool digit_near(const struct sl_folded *folded, const struct sl_cue *cue) {
    uint32_t start = cue->start > BESIDE ? cue->start - BESIDE : 0;
    uint32_t end = folded->len - cue->end > BESIDE ? cue->end + BESIDE : folded->len;
    for (uint32_t at = start; at < end; at++) {
        if (sl_is_digit(folded->bytes[at])) {
            return true;
        }
    }
    return false;
}

// "347 trattino 123", "93 punto 45".
static bool digits_round(const struct sl_folded *folded, const struct sl_cue *cue) {
    const unsigned char *bytes = folded->bytes;
    uint32_t before = cue->start, after = cue->end;
    before -= before > 0 && bytes[before - 1] == ' ';
    after += after < folded->len && bytes[after] == ' ';
    return folded->digits_count >= DIGITS_GAP && before > 0 && after < folded->len &&
           sl_is_digit(bytes[before - 1]) && sl_is_digit(bytes[after]);
}

static bool is_entity(const struct sl_folded *folded, const struct sl_cue *cue) {
    return cue->start > 0 && folded->bytes[cue->start - 1] == '&' && cue->end < folded->len &&
           folded->bytes[cue->end] == ';';
}

// Signs spelled out: only between digits.
static bool is_connector(const struct sl_folded *folded, const struct sl_cue *cue) {
    static const char *const connectors[] = {"spazio",  "space", "trattino", "dash",
                                             "virgola", "barra", "slash"};
    for (size_t i = 0; i < sizeof connectors / sizeof connectors[0]; i++) {
        if (strlen(connectors[i]) == cue->end - cue->start &&
            memcmp(connectors[i], folded->bytes + cue->start, cue->end - cue->start) == 0) {
            return true;
        }
    }
    return false;
}

// True when number word `cue` is worth a second reading: it belongs to a cue before it, or stands
// near another number.
static bool number_speaks(const struct sl_folded *folded, const struct sl_cue *cue,
                          uint32_t cue_until, const struct sl_cue *number_before) {
    uint32_t len = cue->end - cue->start;
    bool apart = len > 1 && !sl_is_letter(folded->bytes[cue->start + 1]);
    bool whole = len >= LONG; // a number by itself
    // One word may be found more than once.
    bool near = number_before != NULL && cue->start > number_before->start &&
                cue->start <= number_before->end + NEAR;
    return apart || whole || near || cue->start < cue_until || is_entity(folded, cue) ||
           (folded->digits_count > 0 && digit_near(folded, cue));
}

static bool words_speak(const struct sl_folded *folded, const struct sl_cue_list *cues,
                        uint32_t spelled) {
    uint32_t cue_until = 0;
    const struct sl_cue *number = NULL;
    for (uint32_t i = 0; i < cues->cues_count; i++) {
        const struct sl_cue *cue = &cues->cues[i];
        if ((cue->strong & spelled) != 0) {
            cue_until = cue->end + CUE_REACH;
        }
        bool number_word = (cue->senses & SL_SENSE_NUMBER) != 0;
        if ((number_word && is_connector(folded, cue)) || (cue->senses & SL_SENSE_DOT) != 0) {
            if (digits_round(folded, cue)) {
                return true;
            }
        } else if (number_word) {
            if (number_speaks(folded, cue, cue_until, number)) {
                return true;
            }
            number = cue;
        }
    }
    return false;
}

// Letters of other scripts are characters of two bytes but for the signs of Latin-1 (0xC2), and
// those that begin with 0xE1 or 0xE3. Pictures and most signs begin with others.
static bool is_letter_lead(unsigned char c) {
    return (c > 0xC2 && c < 0xE0) || c == 0xE1 || c == 0xE3;
}

static bool has_letters_beyond(const struct sl_folded *folded) {
    const unsigned char *bytes = folded->bytes;
    for (uint32_t at = 0; at < folded->len;) {
        uint64_t word = 0;
        uint32_t len = folded->len - at < 8 ? folded->len - at : 8;
        memcpy(&word, bytes + at, len);
        for (uint32_t i = 0; (word & 0x8080808080808080u) != 0 && i < len; i++) {
            if (is_letter_lead(bytes[at + i])) {
                return true;
            }
        }
        at += len;
    }
    return false;
}

// Each makes a reading of its own. What makes a number whole may break a code: there a letter of
// another script is a letter, TRE and TEN are letters, and so is O.
enum step {
    STEP_CHARACTERS, // escapes and look-alikes
    STEP_LOOKALIKE_DIGITS,
    STEP_WORDS,
    STEP_RUNS,
    STEPS_COUNT,
};

_Static_assert(STEPS_COUNT == SL_READINGS_MAX, "one a step");

// What there may be to undo.
struct reasons {
    bool escapes, lookalikes, words, runs, letters;
};

static struct reasons look_for_reasons(const struct sl_folded *folded,
                                       const struct sl_cue_list *cues, uint32_t touches,
                                       uint32_t spelled) {
    bool leet = (touches & SL_TOUCH_LETTER) != 0 && folded->digits_count >= DIGITS_LEET;
    bool gap = (touches & SL_TOUCH_GAP) != 0 && folded->digits_count >= DIGITS_GAP;
    bool likely = folded->digits_count > 0 || folded->has_at || cues->strong != 0 ||
                  (cues->senses & SL_SENSE_AT) != 0;
    bool wide = cues->wide && likely;
    bool words = (cues->senses & WORD_SENSES) != 0;
    return (struct reasons){
        .escapes = (touches & SL_TOUCH_ESCAPE) != 0,
        .lookalikes = wide && has_letters_beyond(folded),
        .words = words && words_speak(folded, cues, spelled),
        .runs = leet || gap,
        .letters = (touches & SL_TOUCH_APART) != 0,
    };
}

bool sl_reading_begin(struct sl_reading *reading, const struct sl_folded *folded,
                      const struct sl_cue_list *cues, uint32_t touches, uint32_t spelled) {
    reading->step = STEPS_COUNT;
    if (touches == 0 && !cues->wide && (cues->senses & WORD_SENSES) == 0) {
        return false;
    }
    struct reasons reasons = look_for_reasons(folded, cues, touches, spelled);
    if (!reasons.escapes && !reasons.lookalikes && !reasons.words && !reasons.runs &&
        !reasons.letters) {
        return false;
    }
    reading->bytes = reading->room;
    memcpy(reading->bytes, folded->bytes, folded->len);
    for (uint32_t i = 0; i <= folded->len; i++) {
        reading->map[i] = i;
    }
    reading->len = folded->len;
    reading->step = 0;
    reading->given = false;
    reading->spelled = spelled;
    reading->escapes = reasons.escapes || reasons.words;
    reading->lookalikes = reasons.lookalikes;
    reading->words = reasons.words || reasons.letters;
    reading->runs = reasons.runs;
    reading->letters = reasons.letters;
    return true;
}

// One disguise may hide another: what was undone is a reason for the next steps.
static bool take_step(struct sl_reading *reading, const struct sl_folded *folded,
                      const struct sl_cue_list *cues, enum step step) {
    bool changed = false;
    switch (step) {
    case STEP_CHARACTERS:
        changed = reading->escapes && sl_reading_unescape(reading);
        changed |= (reading->lookalikes || changed) && sl_reading_replace_lookalikes(reading);
        break;
    case STEP_LOOKALIKE_DIGITS:
        return reading->lookalikes && sl_reading_lookalikes_to_digits(reading, folded);
    case STEP_WORDS:
        changed = reading->words && sl_reading_spell_out(reading, cues, reading->spelled);
        break;
    default:
        changed = reading->runs && sl_reading_clear_runs(reading);
        changed |= (reading->letters || changed) && sl_reading_join_letters(reading, folded);
    }
    reading->lookalikes |= changed;
    reading->words |= changed;
    reading->runs |= changed;
    reading->letters |= changed;
    return changed;
}

bool sl_reading_next(struct sl_reading *reading, const struct sl_folded *folded,
                     const struct sl_cue_list *cues) {
    if (reading->given && reading->step < STEPS_COUNT) {
        memcpy(reading->bytes + reading->len + SL_CUES_PAD_BYTES, reading->bytes, reading->len);
        reading->bytes += reading->len + SL_CUES_PAD_BYTES;
        reading->given = false;
    }
    while (reading->step < STEPS_COUNT) {
        if (take_step(reading, folded, cues, (enum step)reading->step++)) {
            reading->given = true;
            return true;
        }
    }
    return false;
}

void sl_reading_range(const struct sl_reading *reading, uint32_t start, uint32_t end,
                      uint32_t *ret_start, uint32_t *ret_end) {
    while (reading->map[end] == reading->map[end - 1]) {
        end++;
    }
    *ret_start = reading->map[start];
    *ret_end = reading->map[end];
}
