# SPDX-License-Identifier: Apache-2.0
sluice_fuzz(phrases
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/phrases_fuzz.c
  MODULES base text pack phrases
  LIBRARIES PkgConfig::libhs)
