# SPDX-License-Identifier: Apache-2.0
sluice_test(property_training
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/training_property.c
  MODULES train LIBRARIES m LABELS property)
