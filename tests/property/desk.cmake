# SPDX-License-Identifier: Apache-2.0
sluice_test(property_desk
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/desk_property.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/engine_pack.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/identifiers.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/identifier_checks.c
  MODULES identify engine desk LABELS property)
