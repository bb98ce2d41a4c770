# SPDX-License-Identifier: Apache-2.0
file(GLOB identify_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/identify_*.c)
sluice_test(unit_identify
  SOURCES ${identify_sources} ${CMAKE_CURRENT_LIST_DIR}/../support/finder.c
  MODULES identify pack LABELS unit)
