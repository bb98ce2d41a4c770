# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_identify
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/identify_card.c ${CMAKE_CURRENT_LIST_DIR}/identify_checks.c
          ${CMAKE_CURRENT_LIST_DIR}/identify_codes.c ${CMAKE_CURRENT_LIST_DIR}/identify_cues.c
          ${CMAKE_CURRENT_LIST_DIR}/identify_email.c ${CMAKE_CURRENT_LIST_DIR}/identify_frame.c
          ${CMAKE_CURRENT_LIST_DIR}/identify_phone.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/finder.c
  MODULES engine LABELS unit)
