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
// Score: the weighted log-odds-ratio with an informative Dirichlet prior, as a z-value: Monroe,
// Colaresi and Quinn, "Fightin' Words", Political Analysis 16(4), 2008, equations 16, 20 and 22;
// the prior is the phrase's share in all posts. Phrases are counted once a post and once an author,
// and must come from `sources_min` sources (or authors, where all posts are of one source), so that
// one campaign or one brand's name does not win. A longer phrase makes a shorter one redundant when
// it accounts for nine tenths of its posts, and the other way about when it adds nothing.
//
// Memory is bounded: phrases are counted in two passes. The first hashes each into a count-min
// sketch of 2^22 counters (Cormode and Muthukrishnan, 2005), which never counts too little; the
// second keeps exact counts of those that the sketch finds often enough, up to
// SL_SUGGEST_PHRASES_MAX. Beyond that the rarest allowed count is raised, and the result says so.
// So every count that is told is exact, and no phrase above the told minimum is lost.
#ifndef SL_TRAIN_SUGGEST_H
#define SL_TRAIN_SUGGEST_H

int sl_suggest_command(int count, char **arguments);
extern const char sl_suggest_help[];

#endif
