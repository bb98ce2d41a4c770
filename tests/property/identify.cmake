# SPDX-License-Identifier: Apache-2.0
sluice_test(property_identify
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/identify_property.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/finder.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/identifiers.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/identifier_checks.c
  MODULES identify pack LIBRARIES PkgConfig::libsodium LABELS property)
