# SPDX-License-Identifier: Apache-2.0
sluice_fuzz(pack
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/pack_fuzz.c
  MODULES base text pack
  LIBRARIES PkgConfig::libhs)
