# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_post
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/post_decode.c ${CMAKE_CURRENT_LIST_DIR}/post_faults.c
          ${CMAKE_CURRENT_LIST_DIR}/post_memory.c ${CMAKE_CURRENT_LIST_DIR}/post_record_text.c
          ${CMAKE_CURRENT_LIST_DIR}/post_select.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/post_records.c
  MODULES post LABELS unit)
sluice_test(unit_post_allocations
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/post_allocations.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/allocations.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/post_records.c
  MODULES post LABELS unit)
set_tests_properties(unit_post_allocations PROPERTIES SKIP_REGULAR_EXPRESSION "skipped:")
