# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_item
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/item_read.c ${CMAKE_CURRENT_LIST_DIR}/item_write.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/items.c
  MODULES item LIBRARIES PkgConfig::msgpack LABELS unit)
sluice_test(unit_item_allocations
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/item_allocations.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/allocations.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/items.c
  MODULES item LABELS unit)
set_tests_properties(unit_item_allocations PROPERTIES SKIP_REGULAR_EXPRESSION "skipped:")
