# SPDX-License-Identifier: Apache-2.0
sluice_fuzz(identify
  SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/identify_fuzz.c
          ${CMAKE_CURRENT_SOURCE_DIR}/support/identifiers.c
          ${CMAKE_CURRENT_SOURCE_DIR}/support/identifier_checks.c
          ${CMAKE_CURRENT_SOURCE_DIR}/support/disguises.c ${CMAKE_SOURCE_DIR}/src/pack/words.c
  MODULES base text identify SECONDS 60)
