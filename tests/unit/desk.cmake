# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_desk
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/desk_decide.c ${CMAKE_CURRENT_LIST_DIR}/desk_unfinished.c
  MODULES base pack identify desk LABELS unit)
