// SPDX-License-Identifier: Apache-2.0
//
// support/engine_pack.h - engines for tests, on packs that stand in the test itself. What goes
// wrong here fails the test.
#ifndef SL_TESTS_SUPPORT_ENGINE_PACK_H
#define SL_TESTS_SUPPORT_ENGINE_PACK_H

#include <sluice/engine.h>

#include "pack/pack.h"

// A pack of `patterns`, the items of the list; the head (name, threshold 0.5, bias -2, topics,
// signals, all identifiers on) and the one route that it needs are put round them.
struct sl_pack *sl_test_pack_load(const char *patterns);

// A pack of these bytes alone, and an engine on it, without a cache.
struct sl_pack *sl_test_whole_pack_load(const char *yaml);
struct sl_engine *sl_test_whole_engine_open(const char *yaml);

// An engine on such a pack.
struct sl_engine *sl_test_engine_open(const char *patterns, const char *cache_dir);

struct sl_judge *sl_test_judge_open(const struct sl_engine *engine);

struct sl_text sl_test_text(const char *terminated);

// One text, judged alone.
const struct sl_verdict *sl_test_judge(struct sl_judge *judge, const char *terminated);

#endif
