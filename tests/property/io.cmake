# SPDX-License-Identifier: Apache-2.0
sluice_test(property_io
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/io_property.c ${CMAKE_SOURCE_DIR}/tests/support/io_sim.c
  MODULES io base LABELS property)
