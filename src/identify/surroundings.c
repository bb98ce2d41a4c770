// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "identify/cues.h"
#include "identify/kind.h"

#define ADDRESS_REACH 512
#define UNIT_MAX      16                        // letters of a unit at most
#define LABELS_REACH  (3 * SL_CUE_REACH_BEFORE) // how far back labels are looked for

// Words that make an amount of the number before them.
static const char *const units[] = {
    "gb",      "mb",     "kb",        "tb",        "giga",     "mega",     "mbps",
    "mbit",    "gbps",   "kbps",      "euro",      "eur",      "usd",      "dollari",
    "dollars", "pounds", "sterline",  "cent",      "percento", "minuti",   "minutes",
    "mins",    "mesi",   "months",    "settimane", "weeks",    "anni",     "years",
    "punti",   "points", "km",        "mq",        "kg",       "views",    "visualizzazioni",
    "like",    "likes",  "followers", "follower",  "iscritti", "abitanti", "persone",
    "people",  "users",  "utenti",    "clienti",   "voti",     "milioni",  "miliardi",
};

static enum sl_cue_weight weight_of(const struct sl_cue *cue, uint32_t bit) {
    return (cue->strong & bit) != 0    ? SL_CUE_STRONG
           : (cue->weak & bit) != 0    ? SL_CUE_WEAK
           : (cue->against & bit) != 0 ? SL_CUE_AGAINST
                                       : SL_CUE_NONE;
}

// Masking twice must change nothing, though a label is longer or shorter than what it stands for.
// So no cue for a number reaches over a label, and cues against one reach as far as if it were not
// there.
static uint32_t label_bytes(const unsigned char *bytes, uint32_t start, uint32_t end) {
    uint32_t count = 0;
    while (start < end) {
        const unsigned char *open = memchr(bytes + start, '[', end - start);
        if (open == NULL) {
            break;
        }
        uint32_t at = (uint32_t)(open - bytes);
        start = at + 1;
        if (sl_label_at(bytes, end, at)) {
            while (start < end && bytes[start - 1] != ']') {
                start++;
            }
            count += start - at;
        }
    }
    return count;
}

// The word is part of an address of mail or a token, which may be masked, and then says nothing.
static bool in_value(const unsigned char *bytes, uint32_t len, const struct sl_cue *cue) {
    uint32_t start = cue->start, end = cue->end;
    while (start > 0 && cue->start - start < SL_CUE_REACH_BEFORE && sl_is_alnum(bytes[start - 1])) {
        start--;
    }
    while (end < len && end - cue->end < SL_CUE_REACH_BEFORE && sl_is_alnum(bytes[end])) {
        end++;
    }
    if (end - start >= SL_TOKEN_CHARS && end - start > cue->end - cue->start) {
        return true;
    }
    while (start > 0 && cue->start - start < ADDRESS_REACH && bytes[start - 1] != ' ') {
        start--;
    }
    while (end < len && end - cue->end < ADDRESS_REACH && bytes[end] != ' ') {
        end++;
    }
    const unsigned char *at = memchr(bytes + start, '@', end - start);
    return at != NULL && at > bytes + start;
}

static void look_before(const struct sl_cue_list *list, enum sl_kind kind,
                        const unsigned char *bytes, uint32_t start,
                        struct sl_surroundings *around) {
    const uint32_t bit = 1u << kind;
    bool touched = false;
    uint32_t window = start < LABELS_REACH ? 0 : start - LABELS_REACH;
    uint32_t reach = SL_CUE_REACH_BEFORE + label_bytes(bytes, window, start);
    for (uint32_t i = sl_cues_from(list, start); i > 0; i--) {
        const struct sl_cue *cue = &list->cues[i - 1];
        if (start - cue->start > reach) {
            break;
        }
        enum sl_cue_weight weight = weight_of(cue, bit);
        if (cue->end > start || weight == SL_CUE_NONE) {
            continue;
        }
        touched |= cue->end == start;
        // A word may be for this kind in one phrase and against it in another.
        around->against |= (cue->against & bit) != 0 && !in_value(bytes, start, cue);
        if (weight > SL_CUE_AGAINST && (weight > around->before || !around->weak_before) &&
            start - cue->start <= SL_CUE_REACH_BEFORE && label_bytes(bytes, cue->end, start) == 0) {
            around->before = weight > around->before ? weight : around->before;
            around->weak_before |= (cue->weak & bit) != 0;
        }
    }
    bool letters = start > 0 && sl_is_letter(bytes[start - 1]) && !touched;
    enum sl_cue_weight glued =
        letters ? sl_cues_glued(list->table, kind, bytes, start) : SL_CUE_NONE;
    around->letters_before = letters && glued == SL_CUE_NONE;
    around->before = glued > around->before ? glued : around->before;
}

void sl_cues_near(const struct sl_cue_list *list, enum sl_kind kind, const unsigned char *bytes,
                  uint32_t len, uint32_t start, uint32_t end, uint32_t reach, bool *ret_weak,
                  bool *ret_against) {
    const uint32_t bit = 1u << kind;
    uint32_t from = start > LABELS_REACH ? start - LABELS_REACH : 0;
    uint32_t to = len - end > LABELS_REACH ? end + LABELS_REACH : len;
    *ret_weak = *ret_against = false;
    for (uint32_t i = sl_cues_from(list, from); i < list->cues_count; i++) {
        const struct sl_cue *cue = &list->cues[i];
        if (cue->start >= to) {
            break;
        }
        if (((cue->weak | cue->against) & bit) == 0) {
            continue;
        }
        bool before = cue->end <= start;
        uint32_t labels = before             ? label_bytes(bytes, cue->end, start)
                          : cue->start > end ? label_bytes(bytes, end, cue->start)
                                             : 0;
        uint32_t distance = before             ? start - cue->start - labels
                            : cue->start > end ? cue->start - end - labels
                                               : 0;
        if (distance <= (before ? reach : SL_CUE_REACH_AFTER - 1)) {
            *ret_weak |= (cue->weak & bit) != 0 && labels == 0;
            *ret_against |= (cue->against & bit) != 0;
        }
    }
}

// What follows may be masked already.
static bool number_follows(const unsigned char *bytes, uint32_t at, uint32_t len) {
    for (uint32_t end = at + 6 < len ? at + 6 : len; at < end; at++) {
        if (sl_is_digit(bytes[at]) || sl_label_at(bytes, len, at)) {
            return true;
        }
    }
    return false;
}

static void look_after(const struct sl_cue_list *list, uint32_t bit, const unsigned char *bytes,
                       uint32_t len, uint32_t end, struct sl_surroundings *around) {
    bool touched = false;
    for (uint32_t i = sl_cues_from(list, end); i < list->cues_count; i++) {
        const struct sl_cue *cue = &list->cues[i];
        if (cue->start - end >= SL_CUE_REACH_AFTER) {
            break;
        }
        enum sl_cue_weight weight = weight_of(cue, bit);
        if (weight < SL_CUE_WEAK) {
            continue;
        }
        touched |= cue->start == end;
        if (weight > around->after && !number_follows(bytes, cue->end, len) &&
            label_bytes(bytes, end, cue->start) == 0) {
            around->after = weight;
        }
    }
    around->letters_after = end < len && sl_is_letter(bytes[end]) && !touched;
}

static bool currency_at(const unsigned char *bytes, uint32_t len, uint32_t at) {
    if (sl_is_alnum(bytes[at]) || bytes[at] == ' ') {
        return false;
    }
    static const char *const signs[] = {"€", "£", "¥", "$", "%"};
    for (uint32_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        uint32_t sign_len = (uint32_t)strlen(signs[i]);
        if (len - at >= sign_len && memcmp(bytes + at, signs[i], sign_len) == 0) {
            return true;
        }
    }
    return false;
}

static bool amount_before(const unsigned char *bytes, uint32_t start) {
    uint32_t end = start > 0 && bytes[start - 1] == ' ' ? start - 1 : start;
    uint32_t at = end;
    // Signs are one to three bytes long, the word is four.
    for (uint32_t len = 1; len <= 3 && len <= end; len++) {
        if (currency_at(bytes, end, end - len)) {
            return true;
        }
    }
    while (at > 0 && end - at <= UNIT_MAX && sl_is_alnum(bytes[at - 1])) {
        at--;
    }
    return end - at == 4 && memcmp(bytes + at, "euro", 4) == 0;
}

static bool amount_after(const unsigned char *bytes, uint32_t len, uint32_t end) {
    uint32_t at = end < len && bytes[end] == ' ' ? end + 1 : end;
    if (at >= len || currency_at(bytes, len, at)) {
        return at < len;
    }
    uint32_t word_end = at;
    while (word_end < len && word_end - at <= UNIT_MAX && sl_is_alnum(bytes[word_end])) {
        word_end++;
    }
    for (uint32_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if ((unsigned char)units[i][0] == bytes[at] && strlen(units[i]) == word_end - at &&
            memcmp(units[i], bytes + at, word_end - at) == 0) {
            return true;
        }
    }
    return false;
}

static bool begins(const unsigned char *bytes, const unsigned char *end, const char *word) {
    size_t len = strlen(word);
    return (size_t)(end - bytes) >= len && memcmp(bytes, word, len) == 0;
}

static bool token_has(const unsigned char *token, size_t len, const char *word) {
    return memmem(token, len, word, strlen(word)) != NULL;
}

static bool in_address(const unsigned char *bytes, uint32_t start) {
    uint32_t at = start;
    bool address = false;
    for (; at > 0 && start - at < ADDRESS_REACH && bytes[at - 1] != ' '; at--) {
        address |= bytes[at - 1] == ':' && begins(bytes + at - 1, bytes + start, "://");
    }
    size_t len = start - at;
    if (!address && !(len > 0 && bytes[at] == 'w' && begins(bytes + at, bytes + start, "www."))) {
        return false;
    }
    return !token_has(bytes + at, len, "wa.me") && !token_has(bytes + at, len, "whatsapp") &&
           !token_has(bytes + at, len, "phone") && !token_has(bytes + at, len, "tel");
}

static bool alone(const unsigned char *bytes, uint32_t len, uint32_t start, uint32_t end) {
    for (uint32_t at = start; at > 0; at--) {
        if (sl_is_alnum(bytes[at - 1])) {
            return false;
        }
    }
    for (uint32_t at = end; at < len; at++) {
        if (sl_is_alnum(bytes[at])) {
            return false;
        }
    }
    return true;
}

struct sl_surroundings sl_cues_around(const struct sl_cue_list *list, enum sl_kind kind,
                                      const unsigned char *bytes, uint32_t len, uint32_t start,
                                      uint32_t end) {
    struct sl_surroundings around = {0};
    look_before(list, kind, bytes, start, &around);
    look_after(list, 1u << kind, bytes, len, end, &around);
    around.amount = amount_before(bytes, start) || amount_after(bytes, len, end);
    around.in_address = in_address(bytes, start);
    around.alone = alone(bytes, len, start, end);
    return around;
}
