// SPDX-License-Identifier: Apache-2.0
//
// bench/phrases.h - what generated posts are made of: sentences in Italian and English, by subject.
//
// A sentence may hold slots: {place} is filled with a line of the list of that name in the same
// language, {=phone} by the generator's function of that name. Outside slots no sentence holds '@',
// two digits in a row, a quote or a backslash: how many posts have those is the caller's choice,
// not a matter of which sentence was drawn.
#ifndef SL_BENCH_PHRASES_H
#define SL_BENCH_PHRASES_H

enum sl_phrases_language {
    SL_PHRASES_ITALIAN,
    SL_PHRASES_ENGLISH,
    SL_PHRASES_LANGUAGES_COUNT,
};

// Lists: what a request for care is about (down to cancellation), what else such a post says, what
// all other posts say, sentences that hold an identifier, sentences that hold digits or '@' and no
// identifier, and the slots.
// clang-format off
#define SL_PHRASES_LISTS(X)                                                                        \
    X(FAULT, fault) X(BILLING, billing) X(COVERAGE, coverage) X(ACTIVATION, activation)            \
    X(PORTABILITY, portability) X(CREDIT, credit) X(OFFER, offer) X(APP, app) X(STORE, store)      \
    X(CANCELLATION, cancellation)                                                                  \
    X(STORY, story) X(URGE, urge) X(SHORT_CARE, short_care)                                        \
    X(SONG, song) X(THANKS, thanks) X(SPAM, spam) X(CHAT, chat) X(OPINION, opinion)                \
    X(SHORT_TALK, short_talk)                                                                      \
    X(IDENTIFIER, identifier) X(NUMBER, number)                                                    \
    X(PLACE, place) X(SINCE, since) X(SERVICE, service) X(DEVICE, device) X(PERSON, person)        \
    X(ARTIST, artist) X(MONTH, month) X(HOW, how)
// clang-format on

#define SL_PHRASES_ENUM(upper, lower) SL_PHRASES_##upper,
enum sl_phrases_list {
    SL_PHRASES_LISTS(SL_PHRASES_ENUM) SL_PHRASES_LISTS_COUNT,
    SL_PHRASES_TOPICS_COUNT = SL_PHRASES_CANCELLATION + 1,
};
#undef SL_PHRASES_ENUM

// "place", as slots name it.
const char *sl_phrases_name(enum sl_phrases_list list);

// The lines of a list, ended by NULL; never empty.
const char *const *sl_phrases_lines(enum sl_phrases_language language, enum sl_phrases_list list);

// Emoji, ended by NULL.
const char *const *sl_phrases_emoji(void);

#endif
