# SPDX-License-Identifier: Apache-2.0
sluice_test(property_ring SOURCES ${CMAKE_CURRENT_LIST_DIR}/ring_property.c
  MODULES ring LABELS property)
