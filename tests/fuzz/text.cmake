# SPDX-License-Identifier: Apache-2.0
sluice_fuzz(fold
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/fold_fuzz.c ${CMAKE_CURRENT_SOURCE_DIR}/support/text_oracle.c
  MODULES base text
  LIBRARIES PkgConfig::libutf8proc)
