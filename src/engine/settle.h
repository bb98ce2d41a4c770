// SPDX-License-Identifier: Apache-2.0
//
// engine/settle.h - from what was found in a block to what each of its texts adds up to.
//
// All texts of a block are settled at once: what is known of a pattern, a topic or a signal is 64
// bits, one a text, so a condition costs a few operations a block, not a text.
//
// The matcher has said where each pattern was found (judge->seen). What exceptions take away goes
// first (places.h). Patterns without conditions count then. The pack's steps (pack.h) follow in
// their order: sums become topics and signals, and conditions are asked of what is known by then.
// What comes out stands in the pieces (logit, votes) and their verdicts (topics, signals, reasons),
// and in `seen`, which then says which patterns were hit.
#ifndef SL_ENGINE_SETTLE_H
#define SL_ENGINE_SETTLE_H

#include "engine/judge.h"

// False: the matcher failed.
bool sl_settle(struct sl_judge *judge);

// Makes ready for the next block.
void sl_settle_forget(struct sl_judge *judge);

#endif
