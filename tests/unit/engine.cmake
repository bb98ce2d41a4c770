# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_engine
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine_batch.c ${CMAKE_CURRENT_LIST_DIR}/engine_cache.c
          ${CMAKE_CURRENT_LIST_DIR}/engine_explain.c ${CMAKE_CURRENT_LIST_DIR}/engine_judge.c
          ${CMAKE_CURRENT_LIST_DIR}/engine_mask.c ${CMAKE_CURRENT_LIST_DIR}/engine_operators.c
          ${CMAKE_CURRENT_LIST_DIR}/engine_review.c ${CMAKE_CURRENT_LIST_DIR}/engine_rules.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/engine_pack.c
  MODULES engine LIBRARIES PkgConfig::libhs LABELS unit)
sluice_test(unit_engine_memory
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine_memory.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/allocations.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/engine_pack.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/model_files.c
  MODULES engine LIBRARIES PkgConfig::libhs m LABELS unit)
set_tests_properties(unit_engine_memory PROPERTIES SKIP_REGULAR_EXPRESSION "skipped:")
