// SPDX-License-Identifier: Apache-2.0
//
// train/suggest.h - `sluice-train suggest`: words that the rules lack, from posts they got wrong.
//
// Two lists. From requests that the rules miss: phrases that tell missed requests from posts that
// are none. From false alarms: phrases that tell them from requests, to be given a weight below
// zero. A phrase is one to four words in a row of the words view (text/words.h), what phrases of a
// pack are matched on, so each can be put into a pack as it stands. Never part of one: mentions,
// hashtags, addresses of the web, digits, labels of masked identifiers; the text is the masked one.
//
// Score and choice are told in suggest_score.h, counting in bounded memory in suggest_counts.h. A
// phrase must stand in posts of several sources and authors (and values of --by fields) where those
// are known, so that one campaign or one brand's name does not win.
//
// What is printed is a piece of a pack: two patterns for requests that are missed, of phrases that
// nearly always mean care and of those that mean it more often than not, and one for false alarms.
// Their weights are a first guess from the pack's own threshold and bias. Each phrase has its
// counts beside it. Posts are judged by the rules alone, even where the pack has a model.
//
// The posts are read twice, so standard input is refused. Deterministic.
#ifndef SL_TRAIN_SUGGEST_H
#define SL_TRAIN_SUGGEST_H

int sl_suggest_command(int count, char **arguments);
extern const char sl_suggest_help[];

#endif
