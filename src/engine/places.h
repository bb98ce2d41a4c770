// SPDX-License-Identifier: Apache-2.0
//
// engine/places.h - where patterns were found and where their exceptions were, for texts in which
// both were.
//
// The matcher of the block tells ends, not beginnings. So a pattern that has exceptions is first
// taken as found; only where one of its exceptions (a guard, pack.h) was found in the same text
// too, that text is scanned a second time, by a small database of such patterns and guards that
// tells beginnings.
//
// A place of a phrase is the words it was found in, from the first byte of the first to the last of
// the last. A guard takes a place away when they share a byte, or when the guard ends right before
// the place, with nothing between. A guard with a gap at an edge first reaches up to
// SL_PHRASE_GAP_BYTES further, within its sentence. A pattern of which all places are taken away
// was not found.
//
// A text with more than SL_PLACES_MAX places of patterns and guards keeps them all.
//
// Cost: nothing for texts without both; some 0.5 µs for a post with both.
#ifndef SL_ENGINE_PLACES_H
#define SL_ENGINE_PLACES_H

#include "engine/judge.h"

// The place of what the matcher saw in a words view (`text`, without the newline behind it): whole
// words, and as far as a guard reaches. `id` as in struct sl_place.
struct sl_place sl_place_of(const struct sl_pack *pack, struct sl_str text, uint32_t id,
                            uint32_t from, uint32_t to);

// Whether a guard's place takes another away.
bool sl_place_taken(const struct sl_place *place, const struct sl_place *guard);

bool sl_place_is_guard_of(const struct sl_pack *pack, uint32_t pattern, uint32_t id);

// Takes away from judge->seen. False: the matcher failed.
bool sl_places_settle(struct sl_judge *judge);

#endif
