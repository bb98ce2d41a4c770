// SPDX-License-Identifier: Apache-2.0
//
// engine/testing.h - a way to make the matcher fail, for tests that prove what happens then.
#ifndef SL_ENGINE_TESTING_H
#define SL_ENGINE_TESTING_H

#include <sluice/engine.h>

// Takes the judge's scratch away: from here on the matcher itself refuses every scan.
void sl_judge_break_scan(struct sl_judge *judge);

#endif
