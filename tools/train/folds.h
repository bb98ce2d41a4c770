// SPDX-License-Identifier: Apache-2.0
//
// train/folds.h - which posts are held out together.
//
// Whole groups are: posts of one source (or author) are on one side, or the model would be praised
// for knowing the source. The field is the one that was asked for; else, where posts are of several
// sources or brands, posts of one source and one brand are together; else posts of one author; else
// posts of the same text. Posts without a value of it are a group each by their text.
//
// Sources that are (nearly) all care or all not say nothing about where the border between the two
// is, only how the posts were gathered. Mixed sources, with SL_FOLDS_MIXED posts of each, do: where
// they have enough posts, they alone decide how rules and model are combined.
//
// Groups go, largest first, to the fold that has least of both care and the rest so far; the seed
// decides between equals.
#ifndef SL_TRAIN_FOLDS_H
#define SL_TRAIN_FOLDS_H

#include "base/error.h"
#include "corpus.h"

struct sl_folds {
    enum sl_corpus_group by;
    uint32_t groups_count;
    uint32_t count;
    uint8_t *of;    // by post
    bool *is_mixed; // by post: of a mixed source; all are where there are too few such
    uint32_t mixed_count;
};

#define SL_FOLDS_MIXED       10 // posts of each class in a mixed source
#define SL_FOLDS_MIXED_POSTS 50 // of each class in all of them

// `folds_count` 0: as many as there are groups, up to 5. Fails where nothing can be held out: fewer
// than two groups.
int sl_folds_make(const struct sl_corpus *corpus, bool by_chosen, uint32_t folds_count,
                  uint64_t seed, struct sl_error *error, struct sl_folds *ret_folds);
void sl_folds_done(struct sl_folds *folds);

const char *sl_folds_word(enum sl_corpus_group by); // "source"

#endif
