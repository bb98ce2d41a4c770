# SPDX-License-Identifier: Apache-2.0
sluice_test(property_item
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/item_property.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/items.c
  MODULES item LABELS property)
