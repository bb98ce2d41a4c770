# SPDX-License-Identifier: Apache-2.0
sluice_test(property_phrases
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/phrases_property.c
  MODULES phrases pack LIBRARIES PkgConfig::libhs LABELS property)
