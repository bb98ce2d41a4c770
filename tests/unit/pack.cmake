# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_pack
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/pack_errors.c ${CMAKE_CURRENT_LIST_DIR}/pack_expression.c
          ${CMAKE_CURRENT_LIST_DIR}/pack_load.c ${CMAKE_CURRENT_LIST_DIR}/pack_matching.c
          ${CMAKE_CURRENT_LIST_DIR}/pack_route.c ${CMAKE_CURRENT_LIST_DIR}/pack_rules.c ${CMAKE_CURRENT_LIST_DIR}/pack_words.c
  MODULES pack LIBRARIES PkgConfig::libhs LABELS unit)
