# SPDX-License-Identifier: Apache-2.0
sluice_test(property_evaluation
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/evaluation_labelled.c ${CMAKE_CURRENT_LIST_DIR}/evaluation_property.c
  MODULES train LIBRARIES m LABELS property)
