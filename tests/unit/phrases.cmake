# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_phrases
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/phrases_walk.c
  MODULES phrases LABELS unit)
