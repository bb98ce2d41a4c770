# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_ring
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/ring_test.c ${CMAKE_CURRENT_LIST_DIR}/bell_test.c
  MODULES ring LABELS unit)
