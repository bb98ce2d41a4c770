# SPDX-License-Identifier: Apache-2.0
sluice_test(property_pack
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/pack_phrases.c ${CMAKE_CURRENT_LIST_DIR}/pack_raw.c
  MODULES pack LIBRARIES PkgConfig::libhs LABELS property)
