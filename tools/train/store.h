// SPDX-License-Identifier: Apache-2.0
//
// train/store.h - from what was fitted to a model file: weights are rounded to 8 bits, with the
// scale at which the largest just fits.
#ifndef SL_TRAIN_STORE_H
#define SL_TRAIN_STORE_H

#include "corpus.h"
#include "fit.h"

int sl_store_model(const struct sl_corpus *corpus, const struct sl_pack *pack,
                   const struct sl_fit *fit, uint64_t seed, const char *path,
                   struct sl_error *error);

#endif
