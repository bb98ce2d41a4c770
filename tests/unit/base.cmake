# SPDX-License-Identifier: Apache-2.0
sluice_test(unit_base
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/base_crypto.c
  MODULES base LABELS unit)
