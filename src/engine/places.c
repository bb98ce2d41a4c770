// SPDX-License-Identifier: Apache-2.0
#include "engine/places.h"

#include <hs/hs.h>
#include <string.h>

#include "base/assert.h"
#include "pack/expression.h"

// What the second scan of a text is told.
struct look {
    struct sl_judge *judge;
    struct sl_str text;
    uint32_t piece;
    bool overflow;
};

static bool ends_sentence(char byte) {
    return byte == '.' || byte == '?' || byte == '!' || byte == ';';
}

// From what the matcher saw to whole words: it stops within a stem, takes the spaces round a word,
// and begins at the sign before a sentence.
static void widen(struct sl_str text, struct sl_place *place) {
    while (place->start < place->end &&
           (text.data[place->start] == ' ' || ends_sentence(text.data[place->start]))) {
        place->start++;
    }
    while (place->end > place->start && text.data[place->end - 1] == ' ') {
        place->end--;
    }
    while (place->start > 0 && text.data[place->start - 1] != ' ') {
        place->start--;
    }
    while (place->end < text.len && text.data[place->end] != ' ') {
        place->end++;
    }
}

static void reach(struct sl_str text, const struct sl_pack_guard *guard, struct sl_place *place) {
    uint32_t most = place->end + SL_PHRASE_GAP_BYTES;
    while (guard->reaches_on && place->end < text.len && place->end < most &&
           !ends_sentence(text.data[place->end])) {
        place->end++;
    }
    uint32_t least = place->start > SL_PHRASE_GAP_BYTES ? place->start - SL_PHRASE_GAP_BYTES : 0;
    while (guard->reaches_back && place->start > least &&
           !ends_sentence(text.data[place->start - 1])) {
        place->start--;
    }
}

struct sl_place sl_place_of(const struct sl_pack *pack, struct sl_str text, uint32_t id,
                            uint32_t from, uint32_t to) {
    struct sl_place place = {.id = id, .start = from, .end = to};
    widen(text, &place);
    if (id >= pack->expressions_count) {
        reach(text, &pack->guards[id - pack->expressions_count], &place);
    }
    return place;
}

// Ids are expressions, then guards.
static int on_place(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context) {
    (void)flags;
    struct look *look = context;
    struct sl_judge *judge = look->judge;
    const struct sl_pack *pack = judge->engine->pack;
    bool is_guard = id >= pack->expressions_count;
    if (!is_guard && (judge->doubted[pack->expressions[id].pattern] >> look->piece & 1) == 0) {
        return 0;
    }
    if (judge->places_count == SL_PLACES_MAX) {
        look->overflow = true;
        return 1;
    }
    judge->places[judge->places_count++] =
        sl_place_of(pack, look->text, id, (uint32_t)from, (uint32_t)to);
    return 0;
}

bool sl_place_taken(const struct sl_place *place, const struct sl_place *guard) {
    return guard->start < place->end && place->start <= guard->end + 1;
}

bool sl_place_is_guard_of(const struct sl_pack *pack, uint32_t pattern, uint32_t id) {
    const struct sl_pack_slice *guards = &pack->patterns[pattern].guards;
    for (uint32_t i = 0; i < guards->count; i++) {
        if (pack->guard_lists[guards->first + i] + pack->expressions_count == id) {
            return true;
        }
    }
    return false;
}

static bool is_taken(const struct sl_judge *judge, uint32_t pattern, const struct sl_place *place) {
    const struct sl_pack *pack = judge->engine->pack;
    for (uint32_t i = 0; i < judge->places_count; i++) {
        const struct sl_place *guard = &judge->places[i];
        if (guard->id >= pack->expressions_count && sl_place_taken(place, guard) &&
            sl_place_is_guard_of(pack, pattern, guard->id)) {
            return true;
        }
    }
    return false;
}

// Whether a place of the pattern is left.
static bool is_left(const struct sl_judge *judge, uint32_t pattern) {
    const struct sl_pack *pack = judge->engine->pack;
    for (uint32_t i = 0; i < judge->places_count; i++) {
        const struct sl_place *place = &judge->places[i];
        if (place->id < pack->expressions_count &&
            pack->expressions[place->id].pattern == pattern && !is_taken(judge, pattern, place)) {
            return true;
        }
    }
    return false;
}

static bool settle_piece(struct sl_judge *judge, uint32_t piece) {
    const struct sl_pack *pack = judge->engine->pack;
    const struct sl_piece *where = &judge->pieces[piece];
    struct look look = {
        .judge = judge,
        .text = {(const char *)judge->block + where->start, where->end - where->start},
        .piece = piece};
    judge->places_count = 0;
    hs_error_t result = hs_scan(judge->engine->database.places, look.text.data,
                                (unsigned)look.text.len + 1, 0, judge->scratch, on_place, &look);
    if (look.overflow) {
        return result == HS_SCAN_TERMINATED;
    }
    uint64_t bit = UINT64_C(1) << piece;
    for (uint32_t i = 0; i < pack->guarded_count && result == HS_SUCCESS; i++) {
        uint16_t pattern = pack->guarded[i];
        if ((judge->doubted[pattern] & bit) != 0 && !is_left(judge, pattern)) {
            judge->seen[pattern] &= ~bit;
        }
    }
    return result == HS_SUCCESS;
}

// The pieces in which a pattern and one of its guards were found.
static uint64_t doubt(struct sl_judge *judge, uint16_t pattern) {
    const struct sl_pack *pack = judge->engine->pack;
    const struct sl_pack_slice *guards = &pack->patterns[pattern].guards;
    uint64_t guarded = 0;
    for (uint32_t i = 0; i < guards->count && judge->seen[pattern] != 0; i++) {
        guarded |= judge->seen[pack->patterns_count + pack->guard_lists[guards->first + i]];
    }
    return judge->seen[pattern] & guarded;
}

bool sl_places_settle(struct sl_judge *judge) {
    const struct sl_pack *pack = judge->engine->pack;
    uint64_t pieces = 0;
    for (uint32_t i = 0; i < pack->guarded_count; i++) {
        uint16_t pattern = pack->guarded[i];
        judge->doubted[pattern] = doubt(judge, pattern);
        pieces |= judge->doubted[pattern];
    }
    bool settled = true;
    for (uint64_t left = pieces; left != 0 && settled; left &= left - 1) {
        settled = settle_piece(judge, (uint32_t)__builtin_ctzll(left));
    }
    return settled;
}
