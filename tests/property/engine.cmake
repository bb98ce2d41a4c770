# SPDX-License-Identifier: Apache-2.0
sluice_test(property_engine
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/engine_property.c ${CMAKE_CURRENT_LIST_DIR}/engine_rules.c
          ${CMAKE_CURRENT_LIST_DIR}/../support/engine_pack.c
  MODULES engine LIBRARIES PkgConfig::libhs LABELS property)
