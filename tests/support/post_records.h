// SPDX-License-Identifier: Apache-2.0
//
// support/post_records.h - decoding records in tests as the stage does: out of a buffer in which
// other bytes follow.
#ifndef SL_TESTS_SUPPORT_POST_RECORDS_H
#define SL_TESTS_SUPPORT_POST_RECORDS_H

#include "post/post.h"

struct sl_post_decoder *sl_test_decoder_open(void);

// Decodes `record` from memory of its own that ends exactly SL_POST_PADDING_BYTES behind it; those
// are filled with `padding`, over and over. What the post points to lives until the call after the
// next.
enum sl_post_fault sl_test_decode_padded(struct sl_post_decoder *decoder, struct sl_str record,
                                         struct sl_str padding, struct sl_post *ret_post);

// The same, with a padding that would complete many a record that is cut off.
enum sl_post_fault sl_test_decode(struct sl_post_decoder *decoder, struct sl_str record,
                                  struct sl_post *ret_post);

// The name of the first field in which two posts differ; NULL when they do not.
const char *sl_test_post_difference(const struct sl_post *a, const struct sl_post *b);

// The name of the first string that is not valid UTF-8; NULL when all are.
const char *sl_test_post_invalid_string(const struct sl_post *post);

#endif
